"""Whose item is it, where several agencies answer for one obligation and share the place where it stands?

On the portal's column of yearly reports each agency's report fits the pattern of all. A title that names another lead,
and not this one, does not serve this one. Joint leads publish once, under the name of either: so it is a doubt, which
accuses nobody, unless two others have each an item of their own name, which makes it a series of one an agency.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from checks.lookalikes import Resemblance
from checks.matching import MAX_TITLE, Matched
from checks.verdict import Refusal
from plans.agencies import agency_key, sites_for
from plans.register import Obligation
from plans.sites import Sites

_OWN_SERIES: Final = 2  # other leads with items of their own name, from which each must have one; assumed
_OFFICE: Final = re.compile(r".{2,}(?:局|委|办|厅|院|室|会|中心)$")  # 市政府 stands in 全市政府性债务 as well

Names = Mapping[str, frozenset[str]]


def lead_names(obligation: Obligation, sites: Sites) -> Names:
    """Each lead's names as titles bear them: the plan's, and those of its own sites."""
    places = sites_for(obligation.model_copy(update={"where": ()}), sites)
    named = {place.agency: {place.agency, *(site.name for site in place.sites)} for place in places}
    return {lead: frozenset(key for n in names if _OFFICE.match(key := agency_key(n))) for lead, names in named.items()}


def without_others(agency: str, matched: Sequence[Matched], names: Names) -> tuple[Matched, ...]:
    """The matched publications; those that name another lead of the obligation alone are marked as not this one's."""
    if len(names) < 2:
        return tuple(matched)
    named = [_named(m, names) for m in matched]
    owners = frozenset(lead for leads in named if len(leads) == 1 for lead in leads) - {agency}
    other = Resemblance(Refusal.NOT_ABOUT_IT, doubtful=len(owners) < _OWN_SERIES)
    return tuple(
        replace(m, resemblance=other) if leads and agency not in leads and m.resemblance is None else m
        for m, leads in zip(matched, named, strict=True)
    )


def _named(matched: Matched, names: Names) -> frozenset[str]:
    title = agency_key(matched.publication.title[:MAX_TITLE])
    return frozenset(lead for lead, own in names.items() if any(name in title for name in own))
