"""The key of periodic expectations: what the looks until the day of judgement prove, and nothing more.

Written from DESIGN (statuses, flags, Time) alone.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import chinese_calendar

from plans.register import After, Obligation
from simulator.bodies import lacking
from simulator.city import City, CitySite, Expectation, Publication
from simulator.year.answer import Answer, Truth, truth, unread
from simulator.year.looking import Look, Read
from simulator.year.stage import row_of

WEEK = dt.timedelta(days=6)
FEW = 3  # instalments put up on one day that make a batch beyond doubt (STANDARDS 3.4 shows three and more)


@dataclass(frozen=True, slots=True)
class Sight:
    """The expectation's place on one day: what stood there for it, and what the reading was worth."""

    day: dt.date
    found: Publication | None
    read: Read
    misplaced: bool = False


def periodic_answers(city: City, looks: Sequence[Look], as_of: dt.date) -> list[Answer]:
    """One answer for each periodic expectation; `looks` are those until `as_of`, the oldest first."""
    obligations = {duty.obligation.id: duty.obligation for site in city.sites for duty in site.duties}
    return [_answer(city, e, obligations[e.obligation], looks, as_of) for e in city.expectations]


def _answer(city: City, e: Expectation, obligation: Obligation, looks: Sequence[Look], as_of: dt.date) -> Answer:
    site = next(site for site in city.sites if site.id == e.site)
    sights = [sight(e, look) for look in looks]
    seen = [sight for sight in sights if sight.found]
    found = seen[0].found if seen else None
    if e.assisted and not seen:
        judged = assisted(e, sights, as_of)
    else:
        judged = _present(city, site, e, sights, as_of) if seen else absent(city, e, sights, as_of)
    judged = _with_calendar(judged, obligation, e)
    planted = tuple(sorted(found.source.faults)) if found else ()
    across = e.first.year != (e.first + WEEK).year and "-W" in e.period  # whose year it is, DESIGN does not say
    return Answer(
        "periodic", e.obligation, e.agency, judged, period=e.period, planted=planted, due=e.due, optional=across
    )


def sight(e: Expectation, look: Look) -> Sight:
    site = look.sites[e.site]
    column = site.columns_of[e.obligation]
    read = look.read(e.site, column)
    here = _first(e, read.rows)
    if here or look.hindrance(e.site):
        return Sight(look.day, here, read)
    there = _first(e, look.read(e.site, site.notices).rows)
    return Sight(look.day, there, read, misplaced=there is not None)


def sight_of(article: Publication, site_id: str, obligation: str, look: Look) -> Sight:
    """One article of an obligation that is judged item by item, in its column or among the notices."""
    site = look.sites[site_id]
    read = look.read(site_id, site.columns_of[obligation])
    here = row_of(read, article)
    if here or look.hindrance(site_id):
        return Sight(look.day, here, read)
    there = row_of(look.read(site_id, site.notices), article)
    return Sight(look.day, there, read, misplaced=there is not None)


def _first(e: Expectation, rows: Sequence[Publication]) -> Publication | None:
    serving = [p for p in rows if (e.obligation, e.period) in p.serves]
    return min(serving, key=lambda p: (p.day, p.number), default=None)


def absent(city: City, e: Expectation, sights: Sequence[Sight], as_of: dt.date) -> Truth:
    """Never seen. Missing only where the place was read completely, back past the period, after the due date."""
    if as_of <= e.due:
        return truth("not_due")
    after = [s for s in sights if s.day > e.due]
    proof = [s for s in after if s.read.reaches(e.first)]
    closed = as_of > city.register.plan.last_day
    status = "missing" if closed or e.next_due < as_of else "overdue"
    if after and after[-1] in proof:
        # An empty page may be a list that nobody recognised as one.
        return truth(status) if after[-1].read.rows else truth(status, "inconclusive")
    if proof:  # it was proven absent before the last reading failed
        return truth(status, "inconclusive")
    if not after:
        reasons = {s.read.hindrance for s in sights[-1:] if s.read.hindrance}
        return unread("read_too_early", "not_read", "no_items", *reasons, hindered=False)
    return unread(
        *{s.read.hindrance for s in sights if s.read.hindrance}, *_beside(city, e), "read_too_early", "not_read"
    )


def _beside(city: City, e: Expectation) -> set[str]:
    """Why other columns in which it could stand as well are not read."""
    site = next(site for site in city.sites if site.id == e.site)
    names = {
        name for duty in site.duties if duty.obligation.id == e.obligation for name in duty.obligation.evidence.columns
    }
    return {"robots"} if any(column.forbidden and column.name in names for column in site.columns) else set()


def assisted(e: Expectation, sights: Sequence[Sight], as_of: dt.date) -> Truth:
    """Never seen, and the register leaves it to a person to say so. What is owed once or always may stand in many
    columns, and as many are the reasons why it was not seen."""
    if as_of <= e.due:
        return truth("not_due")
    hindrances = {s.read.hindrance for s in sights if s.read.hindrance}
    at_any_time = e.next_due == dt.date.max
    reasons = () if at_any_time else ("needs_person", "read_too_early", "not_read", "no_items", *hindrances)
    return unread(*reasons, hindered=False)


def _present(city: City, site: CitySite, e: Expectation, sights: Sequence[Sight], as_of: dt.date) -> Truth:
    seen = [s for s in sights if s.found]
    first, last = seen[0], seen[-1]
    flags, free = flags_of(e, sights)
    assert first.found is not None and last.found is not None  # noqa: PT018, S101 - seen
    if first.found.undated:
        return _undated(e, sights, flags, free)
    claims = list(dict.fromkeys(s.found.day for s in seen if s.found))
    if "imported" in first.found.faults and first.found.origin:  # first met after the move
        return _imported(e, sights, flags, free)
    if "imported" in first.found.faults:
        claims = claims[:1]
    statuses = tuple(dict.fromkeys("on_time" if claim <= e.due else "late" for claim in claims))
    batch = _batch(site, e, first.found)
    flags, free = flags | ({"batch"} if batch >= FEW and statuses == ("late",) else set()), set(free)
    if batch > 1 and "late" in statuses:
        free.add("batch")
    published = claims[0] if len(claims) == 1 else None
    return truth(*statuses, flags=flags, free=free, published=published)


def _undated(e: Expectation, sights: Sequence[Sight], flags: set[str], free: set[str]) -> Truth:
    seen = [s for s in sights if s.found]
    flags, free = flags | {"undated"}, free | {"time_unknown"}
    if seen[0].day <= e.due:
        return truth("on_time", flags=flags, free=free)
    if any(e.due < s.day < seen[0].day and s.read.reaches(e.first) for s in sights):
        return truth("late", "inconclusive", flags=flags, free=free)
    return truth("inconclusive", flags=flags, free=free, reasons=frozenset({"undated"}))


def _imported(e: Expectation, sights: Sequence[Sight], flags: set[str], free: set[str]) -> Truth:
    """It bears the day of the site's move. On time where that is; else nobody knows, unless it was missed before."""
    seen = [s for s in sights if s.found]
    first = seen[0].found
    assert first is not None  # noqa: S101 - seen
    free = free | {"batch", "time_unknown"}
    if first.day <= e.due:
        return truth("on_time", flags=flags, free=free)
    if any(e.due < s.day < seen[0].day and s.read.reaches(e.first) for s in sights):
        return truth("late", "inconclusive", flags=flags, free=free)
    return truth("inconclusive", flags=flags, free=free, reasons=frozenset({"site_moved"}), hindered=True)


def flags_of(e: Expectation, sights: Sequence[Sight]) -> tuple[set[str], set[str]]:
    """Flags that must be there, and flags that may be."""
    seen = [s for s in sights if s.found]
    must: set[str] = set()
    free: set[str] = set()
    for more, perhaps in (removal(sights), _change(seen), _dating(e, sights), _contents(seen)):
        must |= more
        free |= perhaps
    if all(s.misplaced for s in seen):
        read = any(s.read.reaches(s.found.day) for s in seen if s.found)
        (must if read else free).add("wrong_place")  # unread, its right place may hold it as well
    elif any(s.misplaced for s in seen):
        free.add("wrong_place")
    return must, free


def removal(sights: Sequence[Sight]) -> tuple[set[str], set[str]]:
    """Seen before and no longer there at the last reading that reached so far."""
    last_seen = max(n for n, s in enumerate(sights) if s.found)
    found = sights[last_seen].found
    assert found is not None  # noqa: S101 - seen
    later = [s for s in sights[last_seen + 1 :] if s.read.hindrance != "unreachable"]
    if found.source.gone is None:
        return set(), set()
    if sights[last_seen].misplaced:
        return set(), {"removed"}
    proven = [s for s in later if s.read.reaches(found.day)]
    if proven and proven[-1] is later[-1] and later[-1].day == sights[-1].day:
        blank = not proven[-1].read.rows  # an empty page may be a list that nobody recognised
        return (set(), {"removed"}) if blank else ({"removed"}, set())
    return set(), {"removed"} if any(s.day >= found.source.gone for s in later) else set()


def _change(seen: Sequence[Sight]) -> tuple[set[str], set[str]]:
    pages = [s.found for s in seen if s.found]
    must: set[str] = set()
    free: set[str] = set()
    for before, after in pairwise(pages):
        if before.title != after.title or before.draft != after.draft:
            (must if before.number == after.number else free).add("changed")  # behind a new address it is another page
        if before.day != after.day or before.number != after.number:
            free.add("changed")
    return must, free - must


def _dating(e: Expectation, sights: Sequence[Sight]) -> tuple[set[str], set[str]]:
    """`backdated` is owed where our own readings contradict a claim that would be in time; it is a false accusation
    where the article was online on the day that it claims."""
    seen = [s for s in sights if s.found]
    pages = [s.found for s in seen if s.found]
    last = pages[-1]
    if "imported" in last.source.faults:  # the move has covered the traces, but an earlier look may know
        return set(), {"backdated", "changed"} if last.source.day < last.moment.date() else set()
    if last.undated or last.day >= last.moment.date():
        return set(), set()
    if last.day > e.due:
        return set(), {"backdated"}
    missed = [s for s in sights if s.day < seen[0].day and s.day > max(e.due, last.day) and s.read.reaches(e.first)]
    later_claim = any(page.day > max(e.due, last.day) for page in pages)
    honest_before = pages[0].day <= e.due
    if (missed and honest_before) or later_claim:
        return {"backdated"}, {"changed"}
    return set(), {"backdated", "changed"}


def _contents(seen: Sequence[Sight]) -> tuple[set[str], set[str]]:
    found = seen[-1].found
    assert found is not None  # noqa: S101 - seen
    lacks, obligation = lacking(found), found.obligation
    if lacks is None or obligation is None or found.body == "scan":
        return set(), set()
    if found.body == "pdf" and lacks in ("min_rows", "min_count"):  # what a PDF holds is lines of text, no rows
        return set(), {"incomplete"}
    if lacks in ("covers", "fields") and getattr(obligation.evidence, lacks)[-1] in found.title:
        return set(), {"incomplete"}  # the page names it in its heading and its first sentence
    return {"incomplete"}, set()


def _batch(site: CitySite, e: Expectation, found: Publication) -> int:
    """How many instalments of the obligation came online on the same day."""
    day = found.source.moment.date()
    return sum(
        1
        for p in site.publications
        if p.moment.date() == day and any(obligation == e.obligation for obligation, _ in p.serves)
    )


def _with_calendar(judged: Truth, obligation: Obligation, e: Expectation) -> Truth:
    """`calendar_assumed` where working days were counted in a year whose calendar is not published."""
    due = obligation.due
    counted = due is not None and due.working_days is not None and due.after is After.PERIOD_END
    known = is_published(e.due) and is_published(e.first)
    if known:
        return judged
    given = {"flags": judged.flags | ({"calendar_assumed"} if counted and not is_published(e.due) else set())}
    return Truth(
        judged.statuses,
        given["flags"],
        judged.free | {"calendar_assumed"},
        judged.reasons,
        judged.hindered,
        judged.published,
    )


def is_published(day: dt.date) -> bool:
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True
