"""From register, sites and facts to verdicts: pure, without clock or network, the same bytes every time.

What was claimed after `as_of` is as if it were not there. Readings made after `as_of` count: what they did not
find was not there before either, as far as claimed dates go.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from checks.calendar import add_working_days
from checks.coverage import Coverage, Gap, Need, ReadingIndex, coverage, local_day
from checks.due import DueDate
from checks.expectations import Expectation, Rule, expectations
from checks.matching import Matched, TitleIndex, Weighing, newest, plain_title, weigh
from checks.verdict import Flag, Status, Verdict
from checks.wording import Sentence, gap_sentence, place_phrase, sentence, short
from db.facts import Facts, Publication, Reading
from plans.agencies import AgencySites, sites_for
from plans.register import Obligation, Register
from plans.sites import Sites

# A realtime or daily column may rest this long before its reading says so: a daily list seen on a Monday
# morning ends on Friday. Assumed: no official rule names a number.
FRESH_WORKING_DAYS: Final = 2
_LONGEST_REST: Final = 21  # days; the longest public holidays take 8 to 10 with their weekends


@dataclass(frozen=True, slots=True)
class _Seen:
    """The facts, indexed once for all obligations."""

    titles: TitleIndex
    readings: ReadingIndex


@dataclass(frozen=True, slots=True)
class _Case:
    """One expectation and all that was found for it."""

    expectation: Expectation
    as_of: dt.date
    seen: _Seen
    matched: tuple[Matched, ...]
    weighing: Weighing
    need: Need
    covered: Coverage

    @property
    def obligation(self) -> Obligation:
        return self.expectation.obligation

    @property
    def sites(self) -> tuple[str, ...]:
        return tuple(site.id for site in self.expectation.sites)

    @property
    def due(self) -> dt.date:
        return self.expectation.due.day or self.expectation.plan.last_day

    @property
    def about(self) -> dict[str, str]:
        period = self.expectation.period
        if period is None or self.expectation.rule is not Rule.INSTALMENT:
            return {"about": "此项内容", "about_en": "this item"}
        return {"about": f"{period} 期次", "about_en": f"the instalment {period}"}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a rule decided. `due` is what the publication was held to, None where no limit counted."""

    status: Status
    why: Sentence
    due: DueDate
    found: Publication | None = None
    flags: tuple[Flag, ...] = ()
    days_late: int | None = None
    reading: Reading | None = None  # the reading behind the answer where no publication is


def judge(register: Register, sites: Sites, facts: Facts, as_of: dt.date) -> tuple[Verdict, ...]:
    """Every expectation of the register judged as of the day: in the register's order of obligations, then
    agencies, then periods."""
    seen = _Seen(TitleIndex(facts.publications), ReadingIndex(facts))
    return tuple(
        verdict
        for obligation in register.obligations
        for place in sites_for(obligation, sites)
        for verdict in _judge_place(register, obligation, place, seen, as_of)
    )


def _judge_place(
    register: Register, obligation: Obligation, place: AgencySites, seen: _Seen, as_of: dt.date
) -> Iterator[Verdict]:
    sites = tuple(site.id for site in place.sites)
    readings = [r for site in sites for r in seen.readings.belonging(site, obligation.evidence.columns)]
    addresses = frozenset(reading.url for reading in readings)
    last_day = register.plan.last_day
    read_on = min(as_of, last_day, max((local_day(r.read_at) for r in readings), default=as_of))
    matched: tuple[Matched, ...] | None = None
    for expectation in expectations(register, obligation, place, read_on):
        if matched is None:
            found = seen.titles.matching(sites, obligation.evidence, attachments=expectation.rule is Rule.STANDING)
            matched = tuple(m for m in found if not (m.is_cut and addresses.isdisjoint(m.publication.columns)))
        need = _need(expectation)
        covered = coverage(sites, seen.readings, need)
        case = _Case(expectation, as_of, seen, matched, weigh(expectation, matched, as_of), need, covered)
        yield _verdict(case, _answer(case))


def _need(expectation: Expectation) -> Need:
    """What must have been read before anybody may say that nothing is there."""
    columns = expectation.obligation.evidence.columns
    due = expectation.due.day or expectation.plan.last_day
    if expectation.rule is Rule.FRESHNESS:
        return Need(columns, _oldest_fresh(due), due - dt.timedelta(days=1))
    return Need(columns, expectation.since, due)


def _answer(case: _Case) -> _Answer:
    expectation = case.expectation
    if expectation.unjudged is not None:
        status = Status.MANUAL if expectation.rule is Rule.MANUAL else Status.INCONCLUSIVE
        return _Answer(status, expectation.unjudged, expectation.due)
    if expectation.rule is Rule.FRESHNESS:
        return _judge_freshness(case)
    if expectation.rule is Rule.STANDING:
        return _judge_standing(case)
    return _judge_instalment(case)


def _judge_instalment(case: _Case) -> _Answer:
    accepted = case.weighing.accepted
    if accepted is None:
        return _absent(case)
    due = _held_to(case, accepted)
    if accepted.publication.published is None:
        return _undated(case, accepted.publication, due)
    return _dated(case, accepted.publication, accepted.publication.published, due)


def _held_to(case: _Case, accepted: Matched) -> DueDate:
    """January served only together with February is held to February's due date: the merged issue is the
    habit of the statistics offices (STANDARDS 5), not a fault."""
    period, february = case.expectation.period, case.expectation.february_due
    if period is None or february is None or period.next() not in accepted.periods.periods:
        return case.expectation.due
    line = f"{period} 仅见与 {period.next()} 合并公开，按 {period.next()} 的期限计"
    return DueDate(february.day, (*case.expectation.due.explained, line, *february.explained), february.assumed)


def _dated(case: _Case, found: Publication, published: dt.date, due: DueDate) -> _Answer:
    limit = due.day or case.due
    facts = {**case.about, "due": limit, "published": published, "title": short(found.title)}
    if published > limit:
        days = (published - limit).days
        return _Answer(Status.LATE, sentence("late", days=days, **facts), due, found, (), days)
    merged = due is not case.expectation.due
    return _Answer(Status.ON_TIME, sentence("merged_january" if merged else "on_time", **facts), due, found)


def _undated(case: _Case, found: Publication, due: DueDate) -> _Answer:
    seen, limit = local_day(found.first_seen), due.day or case.due
    facts = {"seen": seen, "due": limit, "title": short(found.title)}
    if seen <= min(limit, case.as_of):
        return _Answer(Status.ON_TIME, sentence("seen_in_time", **facts), due, found, (Flag.UNDATED,))
    if case.as_of <= limit:
        return _not_due(case)
    return _Answer(Status.INCONCLUSIVE, sentence("undated", **facts), due, found, (Flag.UNDATED,))


def _not_due(case: _Case) -> _Answer:
    why = sentence("not_due", **case.about, due=case.due, as_of=case.as_of)
    return _Answer(Status.NOT_DUE, why, case.expectation.due)


def _absent(case: _Case) -> _Answer:
    """Nothing was accepted: not due yet, proven absent, or not to be judged, and why."""
    expectation = case.expectation
    if case.as_of <= case.due:
        return _not_due(case)
    if not case.sites:
        return _unclear(case, sentence("site_unknown", agency=expectation.agency))
    evidence = case.obligation.evidence
    if not evidence.title and not (evidence.columns and expectation.rule is Rule.STANDING):
        return _unclear(case, sentence("no_evidence_pattern"))
    if case.weighing.doubts:
        return _ambiguous(case, case.weighing.doubts[0].publication)
    if case.covered.gap is not None:
        return _uncovered(case, case.covered.gap)
    where = place_phrase(case.covered.decisive, expectation.sites)
    why = sentence("not_found", **case.about, **where, due=case.due, as_of=case.as_of)
    return _Answer(_absence(case), why, expectation.due, reading=case.covered.decisive[0])


def _absence(case: _Case) -> Status:
    following = case.expectation.next_due
    closed = case.as_of > case.expectation.plan.last_day
    return Status.MISSING if closed or (following is not None and case.as_of > following) else Status.OVERDUE


def _unclear(case: _Case, why: Sentence, reading: Reading | None = None) -> _Answer:
    return _Answer(Status.INCONCLUSIVE, why, case.expectation.due, reading=reading)


def _uncovered(case: _Case, gap: Gap) -> _Answer:
    return _unclear(case, gap_sentence(gap, case.expectation.sites, case.need), gap.reading)


def _ambiguous(case: _Case, doubtful: Publication) -> _Answer:
    facts = {"title": short(doubtful.title), "published": doubtful.published or "—"}
    return _unclear(case, sentence("ambiguous", **case.about, **facts))


def _judge_standing(case: _Case) -> _Answer:
    stated = case.obligation.due is not None and case.obligation.due.date is not None
    due = case.expectation.due if stated else DueDate(None)
    accepted = case.weighing.accepted
    if accepted is not None:
        found = accepted.publication
        if stated and found.published is not None:
            return _dated(case, found, found.published, due)
        unknown = (Flag.UNDATED, Flag.TIME_UNKNOWN) if stated else ()
        return _Answer(Status.ON_TIME, sentence("standing", title=short(found.title)), due, found, unknown)
    filled = _filled_column(case)
    if filled is None:
        return _absent(case)
    facts = {"column": short(filled.column), "items": filled.items, "read_at": local_day(filled.read_at)}
    flags = (Flag.TIME_UNKNOWN,) if stated and local_day(filled.read_at) > case.due else ()
    return _Answer(Status.ON_TIME, sentence("standing_column", **facts), due, flags=flags, reading=filled)


def _filled_column(case: _Case) -> Reading | None:
    """A column that bears one of the wanted names and held something by `as_of`."""
    names = tuple(plain_title(name) for name in case.obligation.evidence.columns)
    for site in case.sites:
        for reading in case.seen.readings.belonging(site, case.obligation.evidence.columns):
            named = any(name in plain_title(reading.column) for name in names)
            if named and reading.items > 0 and not _filled_later(case, reading):
                return reading
    return None


def _filled_later(case: _Case, reading: Reading) -> bool:
    listed = case.seen.titles.listed_in(reading.site, frozenset({reading.url}))
    return bool(listed) and all(p.published is not None and p.published > case.as_of for p in listed)


def _judge_freshness(case: _Case) -> _Answer:
    expectation, evidence = case.expectation, case.obligation.evidence
    day = case.due
    if day < expectation.plan.first_day:
        return _not_due(case)
    if not case.sites:
        return _unclear(case, sentence("site_unknown", agency=expectation.agency))
    if not evidence.title and not evidence.columns:
        return _unclear(case, sentence("no_evidence_pattern"))
    latest = _newest_item(case, day)
    if latest is None or latest.published is None or latest.published < _oldest_fresh(day):
        return _stale(case, latest)
    facts = {"due": day, "published": latest.published, "title": short(latest.title)}
    return _Answer(Status.ON_TIME, sentence("fresh", allowed=FRESH_WORKING_DAYS, **facts), expectation.due, latest)


def _stale(case: _Case, latest: Publication | None) -> _Answer:
    doubtful = [m.publication for m in case.matched if not m.excluded and _could_be_fresh(m, case.need)]
    if doubtful:
        return _ambiguous(case, doubtful[0])
    if case.covered.gap is not None:
        return _uncovered(case, case.covered.gap)
    where = place_phrase(case.covered.decisive, case.expectation.sites)
    rest = {"newest": latest.published if latest else "—", "allowed": FRESH_WORKING_DAYS}
    why = sentence("stale", due=case.due, **rest, **where)
    return _Answer(Status.OVERDUE, why, case.expectation.due, reading=case.covered.decisive[0])


def _could_be_fresh(matched: Matched, need: Need) -> bool:
    published = matched.publication.published
    if published is None:
        return True
    return matched.is_cut and need.back_to is not None and published >= need.back_to


def _newest_item(case: _Case, day: dt.date) -> Publication | None:
    if case.obligation.evidence.title:
        latest = newest(case.matched, day)
        return latest.publication if latest else None
    columns = case.obligation.evidence.columns
    addresses = frozenset(r.url for site in case.sites for r in case.seen.readings.belonging(site, columns))
    listed = [p for site in case.sites for p in case.seen.titles.listed_in(site, addresses)]
    dated = [p for p in listed if p.published is not None and p.published <= day]
    return max(dated, key=lambda p: (p.published or dt.date.min, p.url), default=None)


def _oldest_fresh(day: dt.date) -> dt.date:
    """The oldest claimed day that still counts as fresh on the given day."""
    oldest = day
    for back in range(1, _LONGEST_REST):
        earlier = day - dt.timedelta(days=back)
        if add_working_days(earlier, FRESH_WORKING_DAYS).day < day:
            break
        oldest = earlier
    return oldest


def _is_misplaced(case: _Case, found: Publication) -> bool:
    """A column for it exists and was read on that site, but it stands only in others."""
    columns = case.obligation.evidence.columns
    if not columns or not found.columns:
        return False
    right = {reading.url for reading in case.seen.readings.belonging(found.site, columns)}
    return bool(right) and right.isdisjoint(found.columns)


def _verdict(case: _Case, answer: _Answer) -> Verdict:
    expectation, found = case.expectation, answer.found
    flags = {*answer.flags}
    if found is not None and _is_misplaced(case, found):
        flags.add(Flag.WRONG_PLACE)
    if answer.due.assumed:
        flags.add(Flag.CALENDAR_ASSUMED)
    read_site = answer.reading.site if answer.reading else None
    return Verdict(
        plan=expectation.plan.id,
        obligation=case.obligation.id,
        agency=expectation.agency,
        site=found.site if found else read_site or next(iter(case.sites), None),
        period=str(expectation.period) if expectation.period is not None else None,
        subject=None,
        status=answer.status,
        flags=tuple(flag for flag in Flag if flag in flags),
        due=answer.due.day,
        published=found.published if found else None,
        first_seen=found.first_seen if found else None,
        days_late=answer.days_late,
        url=found.url if found else None,
        title=found.title if found else None,
        evidence=_evidence(answer),
        reason_code=answer.why.code,
        reason=answer.why.zh,
        reason_en=answer.why.en,
        measure=case.obligation.measure,
        obligation_title=case.obligation.title,
        due_explained=answer.due.explained,
        candidates=case.weighing.candidates,
        columns=case.covered.columns,
        clocks=tuple((clock.name.value, clock.value) for clock in found.clocks) if found else (),
    )


def _evidence(answer: _Answer) -> str | None:
    if answer.found is not None:
        return answer.found.evidence
    return answer.reading.evidence if answer.reading else None
