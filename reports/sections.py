"""What each section of the audit report says, ready for the template. Pure; nothing here judges."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from checks.batches import batches as find_batches
from checks.verdict import Flag, ReasonCode, Status, Verdict
from db.facts import FetchOutcome, Reading, SiteReading
from plans.register import Register
from plans.sites import Site, Sites
from reports.figures import Figures, Tally, percent
from reports.items import Item, Link
from reports.links import bounded, web_link
from reports.moments import local_time
from reports.periods import period_name
from reports.texts import Texts

WORST_NAMED: Final = 3  # a summary names few agencies; the table has all
_INFORMATION_ONLY: Final = frozenset({Flag.CALENDAR_ASSUMED})  # says how days were counted, doubts nobody


@dataclass(frozen=True, slots=True)
class Card:
    """One headline figure and its denominator."""

    label: str
    value: int
    of: int | None
    note: str
    tone: str


@dataclass(frozen=True, slots=True)
class AgencyRow:
    name: str
    tally: Tally
    rate: str | None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Verdicts of one obligation of one agency that say the same, told once for all their periods."""

    agency: str
    what: str
    obligation: str
    site: str | None
    items: tuple[Item, ...]
    reasons: tuple[tuple[str, str], ...]  # (words, their language), each once


@dataclass(frozen=True, slots=True)
class Unjudged:
    code: ReasonCode
    items: int
    bundles: tuple[Bundle, ...]


@dataclass(frozen=True, slots=True)
class ColumnRow:
    name: Link
    read_at: str
    pages: int
    items: int
    back_to: str
    stop: str
    complete: bool
    wanted: str


@dataclass(frozen=True, slots=True)
class SiteRows:
    """One site's columns; `trouble` says why it could not be entered or what was not found there."""

    site: Link
    agency: str
    columns: tuple[ColumnRow, ...]
    trouble: tuple[str, ...]


def cards(all_: Tally, t: Texts) -> tuple[Card, ...]:
    """The headline figures, each with what it is a part of."""
    due_note = t("card.due_note", total=all_.total, not_due=all_.not_due, manual=all_.manual)
    absent = _share(t, "card.absent_note", all_.absent, all_.judged, missing=all_.missing, overdue=all_.overdue)
    return (
        Card(t("card.due"), all_.due, all_.total, due_note, "plain"),
        Card(t("card.judged"), all_.judged, all_.due, _share(t, "card.judged_note", all_.judged, all_.due), "plain"),
        Card(t("card.on_time"), all_.on_time, all_.judged, _judged_share(t, all_.on_time, all_), "on_time"),
        Card(t("card.late"), all_.late, all_.judged, _judged_share(t, all_.late, all_), "late"),
        Card(t("card.absent"), all_.absent, all_.judged, absent, "missing"),
        Card(
            t("card.inconclusive"),
            all_.inconclusive,
            all_.due,
            _share(t, "card.inconclusive_note", all_.inconclusive, all_.due),
            "inconclusive",
        ),
    )


def _judged_share(t: Texts, part: int, all_: Tally) -> str:
    return _share(t, "card.share_note", part, all_.judged)


def _share(t: Texts, key: str, part: int, whole: int, **facts: int) -> str:
    rate = percent(part, whole)
    return t("card.no_base") if rate is None else t(key, rate=rate, of=whole, **facts)


def summary(register: Register, counts: Figures, as_of: dt.date, doubts: int, t: Texts) -> tuple[str, ...]:
    """The audit in a few plain sentences; says what it cannot say."""
    all_ = counts.overall
    obligations = len(register.obligations)
    if not all_.total:
        return (t("summary.none", as_of=as_of, obligations=obligations),)
    agencies = len(agency_order(register, counts.by_agency))
    scope = t("summary.scope", as_of=as_of, obligations=obligations, agencies=agencies, total=all_.total)
    said = [scope, *_outcome(all_, t)]
    worst = _worst(counts.by_agency, t)
    if worst:
        said.append(t("summary.worst", names=worst))
    if doubts:
        said.append(t("summary.doubts", n=doubts))
    if all_.inconclusive and all_.judged:
        said.append(t("summary.inconclusive", n=all_.inconclusive))
    if all_.manual:
        said.append(t("summary.manual", n=all_.manual))
    return tuple(said)


def _outcome(all_: Tally, t: Texts) -> tuple[str, ...]:
    if not all_.due:
        return (t("summary.nothing_due"),)
    rate = percent(all_.on_time, all_.judged)
    if rate is None:
        return (t("summary.nothing_judged", due=all_.due),)
    counts = {s.value: all_.count(s) for s in (Status.ON_TIME, Status.LATE, Status.OVERDUE, Status.MISSING)}
    told = t("summary.judged", due=all_.due, judged=all_.judged, rate=rate, **counts)
    return (told,) if all_.problems else (told, t("summary.clean"))


def _worst(by_agency: Mapping[str, Tally], t: Texts) -> str:
    ranked = sorted((pair for pair in by_agency.items() if pair[1].absent), key=lambda pair: -pair[1].absent)
    level = ranked[WORST_NAMED][1].absent if len(ranked) > WORST_NAMED else 0  # a tie is named whole or not at all
    named = [(name, tally.absent) for name, tally in ranked if tally.absent > level]
    return t.join(tuple(t("summary.worst_one", agency=bounded(name), n=absent) for name, absent in named))


def agency_order(register: Register, judged: Iterable[str]) -> tuple[str, ...]:
    """Every agency of the register in its order, then those that only verdicts name."""
    leads = (name for obligation in register.obligations for name in obligation.lead)
    return tuple(dict.fromkeys([*leads, *judged]))


def agency_rows(register: Register, by_agency: Mapping[str, Tally]) -> tuple[AgencyRow, ...]:
    """A row for every agency, also for those without a verdict; most missing, overdue, late first."""
    names = agency_order(register, by_agency)
    rows = [_agency_row(name, by_agency.get(name, Tally())) for name in names]
    return tuple(sorted(rows, key=lambda row: (-row.tally.absent, -row.tally.late)))


def _agency_row(name: str, tally: Tally) -> AgencyRow:
    return AgencyRow(name, tally, percent(tally.on_time, tally.judged))


def batches(items: Sequence[Item], t: Texts) -> tuple[str, ...]:
    """One sentence for each batch: several overdue instalments put up on one day are one finding."""
    return batch_sentences((i.verdict for i in items), {i.verdict.obligation: i.what for i in items}, t)


def batch_sentences(verdicts: Iterable[Verdict], what: Mapping[str, str], t: Texts) -> tuple[str, ...]:
    """The same from verdicts; `what` names the obligations by id."""
    return tuple(
        t(
            "findings.batch",
            agency=bounded(batch.agency),
            what=what[batch.obligation],
            n=len(batch.periods),
            first=period_name(batch.periods[0], t),
            last=period_name(batch.periods[-1], t),
            day=batch.day,
            late=len(batch.late),
        )
        for batch in find_batches(verdicts)
    )


def doubts(items: Iterable[Item]) -> tuple[Item, ...]:
    """On time by the claimed date, but with a flag that a person must look at."""
    return tuple(i for i in of_status(items, Status.ON_TIME) if set(i.verdict.flags) - _INFORMATION_ONLY)


def of_status(items: Iterable[Item], status: Status) -> tuple[Item, ...]:
    return tuple(i for i in items if i.verdict.status is status)


def by_agency(items: Iterable[Item]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    return _grouped(items, lambda i: i.verdict.agency)


def unjudged(items: Iterable[Item]) -> tuple[Unjudged, ...]:
    """What could not be judged, by reason, most frequent first."""
    groups = _grouped(of_status(items, Status.INCONCLUSIVE), lambda i: i.verdict.reason_code.value)
    ranked = sorted(groups, key=lambda group: -len(group[1]))
    return tuple(Unjudged(ReasonCode(code), len(its), bundles(its)) for code, its in ranked)


def bundles(items: Iterable[Item]) -> tuple[Bundle, ...]:
    """Items told together where agency, obligation and site are the same."""
    groups: dict[tuple[str, str, str | None], list[Item]] = {}
    for i in items:
        groups.setdefault((i.verdict.agency, i.verdict.obligation, i.site), []).append(i)
    return tuple(
        Bundle(agency, its[0].what, obligation, site, tuple(its), _reasons(its))
        for (agency, obligation, site), its in groups.items()
    )


def _reasons(items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((i.reason, i.reason_lang) for i in items))


def _grouped(items: Iterable[Item], key: Callable[[Item], str]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    groups: dict[str, list[Item]] = {}
    for i in items:
        groups.setdefault(key(i), []).append(i)
    return tuple((name, tuple(its)) for name, its in groups.items())


def coverage(
    sites: Sites, readings: Iterable[Reading], entered: Iterable[SiteReading], t: Texts
) -> tuple[SiteRows, ...]:
    """Every site with the last reading of each column, also sites of which nothing was read."""
    last: dict[tuple[str, str], Reading] = {}
    for reading in readings:
        known = last.get((reading.site, reading.url))
        if known is None or _order(reading) > _order(known):
            last[reading.site, reading.url] = reading
    visits = {v.site: v for v in sorted(entered, key=lambda v: v.read_at)}
    by_site = {site.id: site for site in sites.sites}
    names = dict.fromkeys([*by_site, *sorted({site for site, _ in last} - by_site.keys())])
    return tuple(
        _site_rows(by_site.get(name), name, [r for r in last.values() if r.site == name], visits.get(name), t)
        for name in names
    )


def _order(reading: Reading) -> tuple[dt.datetime, bool, int]:
    return reading.read_at, reading.complete, reading.pages


def _site_rows(
    site: Site | None, name: str, readings: Sequence[Reading], visit: SiteReading | None, t: Texts
) -> SiteRows:
    trouble = []
    if visit is not None and visit.outcome not in (FetchOutcome.OK, FetchOutcome.NOT_MODIFIED):
        trouble.append(t(f"outcome.{visit.outcome}"))
    if visit is not None and visit.columns_not_found:
        names = t.join(tuple(bounded(column) for column in visit.columns_not_found))
        trouble.append(t("coverage.columns_not_found", names=names))
    if not readings:
        trouble.append(t("coverage.unread"))
    ordered = sorted(readings, key=lambda r: (r.complete, r.column, r.url))
    return SiteRows(
        site=Link(bounded(site.name if site else name), web_link(site.url) if site else None),
        agency=site.agency if site else t("none"),
        columns=tuple(_column_row(r, t) for r in ordered),
        trouble=tuple(trouble),
    )


def _column_row(r: Reading, t: Texts) -> ColumnRow:
    stop = t(f"stop.{r.stop}")
    if r.outcome not in (FetchOutcome.OK, FetchOutcome.NOT_MODIFIED):
        stop = f"{stop} ({t(f'outcome.{r.outcome}')})"
    whole = t("coverage.whole_list") if r.complete else t("none")
    return ColumnRow(
        name=Link(bounded(r.column or r.url), web_link(r.url)),
        read_at=local_time(r.read_at) or t("unknown"),
        pages=r.pages,
        items=r.items,
        back_to=r.back_to.isoformat() if r.back_to else whole,
        stop=stop,
        complete=r.complete,
        wanted=t.join(tuple(bounded(name) for name in r.wanted)),
    )
