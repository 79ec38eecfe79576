"""What should have been seen, and by when: obligations x agencies x periods.

How each obligation is judged follows from its kind, cadence and check, in this order:

1. `check: manual`, or only channels and no site -> one MANUAL record.
2. kinds that are judged document by document (SUBJECT_KINDS; of events those that may happen more than once) -> one
   SUBJECTS record. Another kind without a machine rule (platform, duty), a periodic one without any cadence, or a
   limit that counts from an event -> one NOT_JUDGED record.
3. `kind: standing` (or cadence standing) -> STANDING: found at any time; without a stated due date the plan's
   last day is the limit.
4. cadence once, or none but a due date -> ONCE: one instalment whose period is the plan's year; without a due
   date the plan's last day is the limit.
5. cadence realtime or daily -> FRESHNESS: one expectation, for the day on which the page was last read.
6. else INSTALMENT: one expectation for every period that lies wholly in the plan's span (where none does, the
   period that holds the plan's last day, so that no obligation drops out of the results). The vague words
   regularly and as_appropriate take their cadence from the register's defaults and are served by anything
   published at least that often.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from checks.due import DueDate, due_date, stated_day
from checks.periods import Period, PeriodKind, periods_between
from checks.wording import Sentence, sentence
from plans.agencies import AgencySites
from plans.register import Cadence, CheckMode, Defaults, Kind, Obligation, Plan, Register, Vague
from plans.sites import Site

PERIOD_KINDS: Final = MappingProxyType(
    {
        Cadence.WEEKLY: PeriodKind.WEEK,
        Cadence.MONTHLY: PeriodKind.MONTH,
        Cadence.QUARTERLY: PeriodKind.QUARTER,
        Cadence.HALF_YEARLY: PeriodKind.HALF,
        Cadence.YEARLY: PeriodKind.YEAR,
    }
)
# Kinds that are judged document by document (`checks.judge.SUBJECT_RULES`), not period by period.
SUBJECT_KINDS: Final[frozenset[Kind]] = frozenset({Kind.EVENT, Kind.LABEL, Kind.PAIRING, Kind.RESPONSE})
_FRESH: Final = frozenset({Cadence.REALTIME, Cadence.DAILY})


class Rule(StrEnum):
    """How an expectation is judged."""

    INSTALMENT = "instalment"
    ONCE = "once"
    STANDING = "standing"
    FRESHNESS = "freshness"
    SUBJECTS = "subjects"  # one answer for each document or letter, however many there are
    NOT_JUDGED = "not_judged"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One obligation of one agency for one period. `since` is the first day on which the instalment can stand
    there (None: any day; of a longer period its last month, before which nobody can sum it up); `next_due` is
    when the following instalment falls due, which turns overdue into missing (None: only the plan's end does)."""

    plan: Plan
    obligation: Obligation
    agency: str
    sites: tuple[Site, ...]
    rule: Rule
    period: Period | None = None
    due: DueDate = field(default_factory=lambda: DueDate(None))
    since: dt.date | None = None
    next_due: dt.date | None = None
    at_least: bool = False
    february_due: DueDate | None = None  # of a January: what a merged January-February instalment is held to
    unjudged: Sentence | None = None  # why no machine judges it
    defaults: Defaults = field(default_factory=Defaults)  # of the register, for limits that count from a subject's day


def expectations(
    register: Register, obligation: Obligation, place: AgencySites, read_on: dt.date
) -> tuple[Expectation, ...]:
    """All expectations of one obligation for one agency, by period; never none.

    `read_on` is the day for which realtime and daily duties are judged: that of the last reading.
    """
    bare = Expectation(
        register.plan, obligation, place.agency, place.sites, Rule.NOT_JUDGED, defaults=register.defaults
    )
    unseen = _unseen(obligation, place)
    if unseen is not None:
        return (replace(bare, rule=Rule.MANUAL, unjudged=unseen),)
    if obligation.kind in SUBJECT_KINDS and not _is_one_matter(obligation):
        return (replace(bare, rule=Rule.SUBJECTS, due=_of_each(register.plan), since=register.plan.first_day),)
    rule, cadence = _rule(obligation, register.defaults)
    if rule is Rule.STANDING:
        return (_standing(bare),)
    if rule is Rule.FRESHNESS:
        return (_freshness(bare, read_on),)
    if rule is Rule.ONCE:
        return (_held_to_a_day(_once(bare, register.defaults)),)
    if rule is Rule.INSTALMENT and cadence is not None:
        instalments = _instalments(bare, PERIOD_KINDS[cadence], register.defaults)
        return instalments if instalments[0].due.day else (_held_to_a_day(instalments[0]),)
    return (replace(bare, unjudged=sentence("kind_not_judged", kind=obligation.kind.value)),)


def _is_one_matter(obligation: Obligation) -> bool:
    """An event that happens once in the plan's time is one matter, however many publications tell of it."""
    return obligation.kind is Kind.EVENT and obligation.cadence is Cadence.ONCE


def _unseen(obligation: Obligation, place: AgencySites) -> Sentence | None:
    """Why no crawler can see this duty at all."""
    if obligation.check is CheckMode.MANUAL:
        return sentence("manual_duty")
    if place.channels and not place.sites:
        return sentence("manual_channel", channels="、".join(place.channels))
    return None


def _rule(obligation: Obligation, defaults: Defaults) -> tuple[Rule, Cadence | None]:
    cadence = obligation.cadence or _vague_cadence(obligation.vague, defaults)
    if obligation.kind is Kind.STANDING:
        return Rule.STANDING, cadence
    if obligation.kind is not Kind.PERIODIC and not _is_one_matter(obligation):
        return Rule.NOT_JUDGED, cadence
    if cadence is Cadence.STANDING:
        return Rule.STANDING, cadence
    dated = obligation.due is not None and obligation.due.date is not None
    if cadence is Cadence.ONCE or (cadence is None and dated):
        return Rule.ONCE, cadence
    if cadence in _FRESH:
        return Rule.FRESHNESS, cadence
    return (Rule.INSTALMENT if cadence in PERIOD_KINDS else Rule.NOT_JUDGED), cadence


def _vague_cadence(vague: Vague | None, defaults: Defaults) -> Cadence | None:
    if vague is Vague.REGULARLY:
        return defaults.regularly.at_least
    if vague is Vague.AS_APPROPRIATE:
        return defaults.as_appropriate.at_least
    return None


def _held_to_a_day(expectation: Expectation) -> Expectation:
    """The expectation itself, or a record that nobody can judge it, where no due date can be counted."""
    if expectation.due.day is not None:
        return expectation
    return replace(expectation, rule=Rule.NOT_JUDGED, period=None, unjudged=sentence("event_limit"))


def _standing(bare: Expectation) -> Expectation:
    stated = bare.obligation.due.date if bare.obligation.due else None
    if stated is not None:
        return replace(bare, rule=Rule.STANDING, due=stated_day(stated))
    return replace(bare, rule=Rule.STANDING, due=_end_of_plan(bare.plan))


def _once(bare: Expectation, defaults: Defaults) -> Expectation:
    obligation, plan = bare.obligation, bare.plan
    period = Period(PeriodKind.YEAR, plan.year - 1 if obligation.about_previous else plan.year)
    due = _end_of_plan(plan) if obligation.due is None else due_date(obligation, period, defaults)
    return replace(bare, rule=Rule.ONCE, period=period, due=due, since=plan.first_day)


def _freshness(bare: Expectation, read_on: dt.date) -> Expectation:
    en = f"judged by what the page shows on the day of reading ({read_on})"
    due = DueDate(read_on, (f"按查阅当天（{read_on}）网页所示判定",), explained_en=(en,))
    return replace(bare, rule=Rule.FRESHNESS, period=Period.of(PeriodKind.DAY, read_on), due=due)


def _instalments(bare: Expectation, kind: PeriodKind, defaults: Defaults) -> tuple[Expectation, ...]:
    obligation = bare.obligation
    about = [p.previous() if obligation.about_previous else p for p in _periods_of(bare.plan, kind)]
    base = replace(bare, rule=Rule.INSTALMENT, at_least=obligation.cadence is None)
    return tuple(_instalment(base, period, defaults) for period in about)


def _earliest(period: Period) -> dt.date:
    """The day since which an instalment about the period may be published: within the period's last month, or within
    its week, which may begin in the month before."""
    return period.first_day if period.kind in (PeriodKind.DAY, PeriodKind.WEEK) else period.last_day.replace(day=1)


def _follows(obligation: Obligation, due: DueDate, after: DueDate) -> bool:
    """Whether the following instalment falls due by itself: not where both are held to one fixed date. Over long
    holidays the working days of two weeks end on the same day."""
    if due.day is None or after.day is None:
        return False
    fixed = obligation.due is not None and obligation.due.date is not None
    return after.day > due.day or (after.day == due.day and not fixed)


def _instalment(base: Expectation, period: Period, defaults: Defaults) -> Expectation:
    due, following = (due_date(base.obligation, p, defaults) for p in (period, period.next()))
    january = period.kind is PeriodKind.MONTH and period.number == 1
    merged = base.obligation.merge_january and january
    after = due_date(base.obligation, period.next().next(), defaults) if merged else following
    return replace(
        base,
        period=period,
        due=due,
        since=_earliest(period),
        next_due=after.day if _follows(base.obligation, due, after) else None,
        february_due=following if january else None,
    )


def _periods_of(plan: Plan, kind: PeriodKind) -> tuple[Period, ...]:
    """The periods that lie wholly in the plan's span; where none does, the one that holds its last day."""
    touched = periods_between(kind, plan.first_day, plan.last_day)
    whole = tuple(p for p in touched if p.first_day >= plan.first_day and p.last_day <= plan.last_day)
    return whole or (Period.of(kind, plan.last_day),)


def _of_each(plan: Plan) -> DueDate:
    """Until one is seen: each document, letter or event has a limit of its own, and none can come after the plan."""
    day = plan.last_day
    en = f"each one has its own limit; until one is seen the plan's last day, {day}, stands for it"
    return DueDate(day, (f"期限逐件计算；未见到任何一件时，以方案最后一天 {day} 代之",), explained_en=(en,))


def _end_of_plan(plan: Plan) -> DueDate:
    day = plan.last_day
    en = f"the register states no limit: the plan's last day, {day}"
    return DueDate(day, (f"台账未写明期限，以方案最后一天 {day} 为限",), explained_en=(en,))
