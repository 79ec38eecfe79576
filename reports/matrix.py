"""The big table: obligations down, the plan's months across, a verdict in each cell.

Quarters, halves and years span their months. What belongs to a time before the plan (last year's report) stands
in a column before the months; what has no period, or would overlap another cell, in one after them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from checks.verdict import Status
from plans.register import Plan
from reports.figures import Tally, tally
from reports.items import Item
from reports.periods import Span, month_number, span

MAX_CHIPS: Final = 6  # weeks of a month fit; more are counted by status
MAX_MONTHS: Final = 24  # two years are as wide as a table can be read


@dataclass(frozen=True, slots=True)
class Count:
    """Several verdicts of one status in one cell; `first` is the one that the cell leads to."""

    status: Status
    items: int
    first: Item


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: single verdicts, or counts where there are too many of them."""

    span: int
    items: tuple[Item, ...] = ()
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    obligation: str
    title: str
    before: Cell
    cells: tuple[Cell, ...]
    other: Cell


@dataclass(frozen=True, slots=True)
class Group:
    """All rows of one agency."""

    agency: str
    tally: Tally
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`months` are (year, month). `before` and `other` say whether any row needs those columns."""

    months: tuple[tuple[int, int], ...]
    groups: tuple[Group, ...]
    before: bool
    other: bool
    rows: int


def matrix(plan: Plan, by_agency: Iterable[tuple[str, Sequence[Item]]]) -> Matrix:
    """The table of all items, grouped as they come; rows in the order in which items name their obligations."""
    months = plan_months(plan)
    first = month_number(*months[0])
    groups = tuple(
        Group(agency, tally(i.verdict for i in items), tuple(_rows(items, first, len(months))))
        for agency, items in by_agency
    )
    rows = [row for group in groups for row in group.rows]
    return Matrix(
        months=months,
        groups=groups,
        before=any(row.before.items or row.before.counts for row in rows),
        other=any(row.other.items or row.other.counts for row in rows),
        rows=len(rows),
    )


def plan_months(plan: Plan) -> tuple[tuple[int, int], ...]:
    """The months that the plan touches, at most MAX_MONTHS of them."""
    first = month_number(plan.first_day.year, plan.first_day.month)
    last = max(first, month_number(plan.last_day.year, plan.last_day.month))
    return tuple((n // 12, n % 12 + 1) for n in range(first, min(last, first + MAX_MONTHS - 1) + 1))


def _rows(items: Sequence[Item], first: int, months: int) -> Iterable[Row]:
    by_obligation: dict[str, list[Item]] = {}
    for each in items:
        by_obligation.setdefault(each.verdict.obligation, []).append(each)
    for obligation, its in by_obligation.items():
        yield _row(obligation, its, first, months)


def _row(obligation: str, items: Sequence[Item], first: int, months: int) -> Row:
    before: list[Item] = []
    other: list[Item] = []
    slots: dict[Span, list[Item]] = {}
    for each in items:
        where = _place(each, first, months)
        if where is not None and where.first < 0:
            before.append(each)
        elif where is None or any(_overlap(where, taken) for taken in slots if taken != where):
            other.append(each)
        else:
            slots.setdefault(where, []).append(each)
    return Row(obligation, items[0].what, _cell(1, before), tuple(_fill(slots, months)), _cell(1, other))


def _place(each: Item, first: int, months: int) -> Span | None:
    """Where on the axis (0 is the first month) a period stands; negative before it, None off it."""
    period = span(each.verdict.period)
    if period is None:
        return None
    start, end = period.first - first, period.first - first + period.months
    if end <= 0:
        return Span(start, period.months)
    clipped = Span(max(0, start), min(end, months) - max(0, start))
    return clipped if clipped.months > 0 else None


def _overlap(one: Span, other: Span) -> bool:
    return one.first < other.first + other.months and other.first < one.first + one.months


def _fill(slots: dict[Span, list[Item]], months: int) -> Iterable[Cell]:
    at = 0
    for where in sorted(slots, key=lambda s: s.first):
        yield from (Cell(1) for _ in range(where.first - at))
        yield _cell(where.months, slots[where])
        at = where.first + where.months
    yield from (Cell(1) for _ in range(months - at))


def _cell(width: int, items: Sequence[Item]) -> Cell:
    if len(items) <= MAX_CHIPS:
        return Cell(width, tuple(items))
    groups = [(status, [i for i in items if i.verdict.status is status]) for status in Status]
    return Cell(width, (), tuple(Count(status, len(its), its[0]) for status, its in groups if its))
