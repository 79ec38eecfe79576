"""From a register and a sites file to what the spider shall read, and how far back."""

import datetime as dt
import re
from collections.abc import Mapping

from plans.agencies import sites_for
from plans.register import CheckMode, Kind, Obligation, Register
from plans.sites import Site, Sites
from plans.words import is_catch_all, words
from spiders.task import ColumnAddress, SiteTask, Want


def tasks_for(register: Register, sites: Sites, since: Mapping[str, dt.date | None]) -> tuple[SiteTask, ...]:
    """One task for each site that an obligation looks at, in the sites file's order.

    `since` says for each obligation id from which claimed day on publications matter (None: from ever);
    obligations that are not in it are not looked for.
    """
    wants: dict[str, list[Want]] = {}
    for obligation in register.obligations:
        if obligation.id not in since or obligation.check is CheckMode.MANUAL:
            continue
        looked_for = _wants(obligation, since[obligation.id])
        for agency in sites_for(obligation, sites):
            for site in agency.sites:
                known = wants.setdefault(site.id, [])
                known += [want for want in looked_for if want not in known]
    return tuple(_task(site, wants[site.id]) for site in sites.sites if site.id in wants)


def wants_of(register: Register, agency: str | None = None) -> tuple[Want, ...]:
    """What the register's automatic and assisted obligations look for, wherever that is; with `agency` those alone
    that it leads, by its own name or a collective one (各部门)."""
    wants: list[Want] = []
    for obligation in register.obligations:
        if obligation.check is CheckMode.MANUAL or not (agency is None or _is_led_by(obligation, agency)):
            continue
        wants += [want for want in _wants(obligation, None) if want not in wants]
    return tuple(wants)


def _is_led_by(obligation: Obligation, agency: str) -> bool:
    anywhere = obligation.model_copy(update={"where": ()})
    own = Site(id="own", name=agency, agency=agency, url="http://own.invalid/")
    return any(place.sites for place in sites_for(anywhere, Sites(sites=(own,))))


def site_task(site: Site, wants: tuple[Want, ...]) -> SiteTask:
    """What is wanted of one site; its aliases, delay and robots rule are those of the sites file."""
    return _task(site, list(wants))


def _wants(obligation: Obligation, since: dt.date | None) -> tuple[Want, ...]:
    """What one obligation looks for: its own items, and for pairs of documents the interpretations as well."""
    pair = obligation.evidence.pair
    if obligation.kind is not Kind.PAIRING or pair is None:
        return (_want(obligation, since),)
    titles = tuple(re.compile(pattern) for pattern in pair.title)
    catch_all = frozenset(name for name in pair.columns if is_catch_all(name))
    return (_want(obligation, since), Want(pair.columns, titles, since=since, catch_all=catch_all, any_title=True))


def _want(obligation: Obligation, since: dt.date | None) -> Want:
    """Repealed documents are as old as they are: where they stand, lists are read to their end, while of the notices
    those since the plan's first day alone are opened."""
    evidence, is_label = obligation.evidence, obligation.kind is Kind.LABEL
    return Want(
        columns=evidence.columns,
        titles=tuple(re.compile(pattern) for pattern in evidence.title),
        excludes=tuple(re.compile(pattern) for pattern in evidence.exclude),
        since=None if is_label else since,
        catch_all=frozenset(name for name in evidence.columns if is_catch_all(name)),
        files=_needs_files(obligation),
        originals=is_label,
        opens_since=since if is_label else None,
    )


def _needs_files(obligation: Obligation) -> bool:
    """Whether what proves the obligation may stand in attachments alone; lists of repealed documents mostly do."""
    evidence = obligation.evidence
    named = bool(evidence.covers or evidence.fields or evidence.min_rows or evidence.min_count)
    return named or obligation.kind is Kind.LABEL


def _task(site: Site, wants: list[Want]) -> SiteTask:
    return SiteTask(
        id=site.id,
        url=site.url,
        aliases=site.aliases,
        platform=site.platform,
        columns=tuple(ColumnAddress(column.name, column.url) for column in site.columns),
        wants=tuple(wants),
        notices=words().notice_columns,
        elsewhere=words().elsewhere_columns,
        delay_seconds=site.delay_seconds,
        obey_robots=site.obey_robots,
    )
