"""Which agencies answer for an obligation, and on which sites is each one's part looked for?"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from plans.register import Obligation
from plans.sites import Level, Site, Sites
from plans.words import is_channel, words

_BRACKETS = re.compile(r"\([^()]*\)")
_JOINTS = re.compile(r"[、,，;；/和及与]")
# 市 ... 街: a name that begins so lacks the place before it. A place that ends so is another level's: what
# 香洲区市场监管局 has before 市场监管局 is no place of the same office.
_SHORT_BEGINNING = "省市区县州镇乡旗"
_BARE_PLACE = re.compile(rf"[\u4e00-\u9fff]{{1,12}}(?<![{_SHORT_BEGINNING}])")


@dataclass(frozen=True, slots=True)
class AgencySites:
    """One agency's part of an obligation: where it is looked for. `channels` are those that are no site of the
    sites file; no sites and no channels means that nobody knows where to look."""

    agency: str
    sites: tuple[Site, ...]
    channels: tuple[str, ...]


def sites_for(obligation: Obligation, sites: Sites) -> tuple[AgencySites, ...]:
    """One entry for each lead agency, in the register's order, each agency once; never empty.

    - `where` names sites: each lead has those of them that are its own, and those that belong to no lead of
      this obligation (a shared portal counts for all leads).
    - `where` names channels alone: no lead has a site. A site id that the file does not know is no channel:
      where `where` names nothing else, nobody knows where to look.
    - no `where`: each lead has all its sites.

    A collective lead (各区、各部门) is replaced by the agencies of that level among the sites that `where` names,
    or else in the whole file; where there is none of that level, the phrase itself stays as the agency.
    A lead and a site's agency are the same when their names are (NFKC, without blanks), or when only one bare
    place name divides them (市财政局, 珠海市财政局) and no other agency fits as well.
    """
    wanted = frozenset(obligation.where)
    field = {site.id: site for site in sites.sites if not wanted or site.id in wanted}
    rank = {site_id: place for place, site_id in enumerate(field)}
    channels = tuple(dict.fromkeys(name for name in obligation.where if name not in field and is_channel(name)))
    leads = _leads(obligation.lead, tuple(field.values()), _by_agency(sites))
    shared = (field.keys() - frozenset().union(*leads.values())) if wanted else frozenset()
    return tuple(
        AgencySites(
            agency, tuple(field[one] for one in sorted((own & rank.keys()) | shared, key=rank.__getitem__)), channels
        )
        for agency, own in leads.items()
    )


@lru_cache(maxsize=100_000)  # the names of a whole country's sites file
def agency_key(name: str) -> str:
    """A name as it is compared: NFKC, no blanks, 人民政府 as 政府."""
    return "".join(unicodedata.normalize("NFKC", name).split()).replace("人民政府", "政府")


def collective_levels(lead: str) -> tuple[Level, ...]:
    """The levels that a collective lead stands for; none where `lead` is one agency's name."""
    text = agency_key(lead)
    while (bare := _BRACKETS.sub("", text)) != text:
        text = bare
    levels = [_phrase_levels().get(part) for part in _JOINTS.split(text) if part]
    found = [level for level in levels if level is not None]
    return tuple(dict.fromkeys(found)) if len(found) == len(levels) else ()


@cache
def _phrase_levels() -> dict[str, Level]:
    return {agency_key(phrase): group.level for group in words().collective for phrase in group.phrases}


def _by_agency(sites: Sites) -> dict[str, frozenset[str]]:
    """Agency key -> ids of its sites."""
    found: dict[str, set[str]] = defaultdict(set)
    for site in sites.sites:
        found[agency_key(site.agency)].add(site.id)
    return {key: frozenset(ids) for key, ids in found.items()}


def _leads(
    names: Iterable[str], field: tuple[Site, ...], index: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Agency -> ids of its own sites. `field`: the sites among which a collective lead's agencies are looked up."""
    found: dict[str, frozenset[str]] = {}
    taken: set[str] = set()
    for agency in (agency for name in names for agency in _members(name, field)):
        key = _key_in(index, agency)
        if key not in taken:
            taken.add(key)
            found[agency] = index.get(key, frozenset())
    return found


def _members(lead: str, field: tuple[Site, ...]) -> Iterable[str]:
    """The agencies that a lead stands for: itself, or those that a collective one means."""
    levels = collective_levels(lead)
    return dict.fromkeys(site.agency for site in field if site.level in levels) or (lead,)


def _key_in(index: Mapping[str, object], name: str) -> str:
    """The key under which the sites file knows the agency, or the name's own."""
    key = agency_key(name)
    if key in index:
        return key
    near = [other for other in index if _same_but_for_place(key, other)]
    return near[0] if len(near) == 1 else key


def _same_but_for_place(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if not short or short[0] not in _SHORT_BEGINNING or not long.endswith(short):
        return False
    return _BARE_PLACE.fullmatch(long[: len(long) - len(short)]) is not None
