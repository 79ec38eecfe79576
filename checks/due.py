"""By when must an instalment stand there? One due date, and how it was counted.

Deadlines that fall on a day of rest are not moved: the Regulation's twenty days are working days already,
and no official rule moves a plan's "by the 25th" (STANDARDS 3.1). A plan that means otherwise says so in
working days.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from typing import Final

from checks.calendar import add_working_days
from checks.periods import Period, PeriodKind
from plans.register import After, Defaults, Due, Obligation, WorkingDays

DAYS_IN_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day on which publishing is on time. `day` is None where it hangs on an event that no
    crawler sees. `explained` are Chinese lines, one step each; `assumed`: the working-day calendar of a
    year was not published yet, weekends alone were counted."""

    day: dt.date | None
    explained: tuple[str, ...] = ()
    assumed: bool = False


def due_date(obligation: Obligation, period: Period, defaults: Defaults) -> DueDate:
    """The due date of the instalment about `period`.

    The rule is counted from the period in which the duty falls. That is `period` itself, or the one after it
    where the register says `about: previous` (the report about 2016, due by 31 March of 2017: `{day: 31,
    month: 3, of: period, about: previous}`). With `merge_january` January's due date is February's.
    """
    if obligation.merge_january and _is_january(period):
        merged = _due_date(obligation, period.next(), defaults)
        line = f"{period} 与 {period.next()} 合并公开，按 {period.next()} 的期限计"
        return DueDate(merged.day, (line, *merged.explained), merged.assumed)
    return _due_date(obligation, period, defaults)


def due_after(due: Due | None, start: dt.date, event: str, defaults: Defaults) -> DueDate:
    """The last day for what must be done within so many days of an event that began on `start`; `event` names it in
    Chinese (废止日). Without a stated limit the register's reading of 及时 counts. A `due` with a day of its own
    is held to that; one by the calendar (`day`) gives none here."""
    if due is None:
        counted = _count_working_days(start, defaults.timely.working_days, event)
        return DueDate(counted.day, ("台账未写明期限，按“及时”的默认标准计", *counted.explained), counted.assumed)
    if due.date is not None:
        return DueDate(due.date, (f"台账写明截止日期：{due.date}",))
    if due.working_days is not None:
        return _count_working_days(start, due.working_days, event)
    days = due.days if due.days is not None else -(-due.hours // 24) if due.hours is not None else None
    if days is None:
        return DueDate(None, ("台账的期限不自事件之日起算",))
    day = start + dt.timedelta(days=days)
    return DueDate(day, (f"{event} {start} 后 {days} 天：{day}",))


def _due_date(obligation: Obligation, period: Period, defaults: Defaults) -> DueDate:
    due, duty = obligation.due, period.next() if obligation.about_previous else period
    if due is None:
        return _timely(duty, defaults.timely)
    if due.date is not None:
        return DueDate(due.date, (f"台账写明截止日期：{due.date}",))
    if due.day is not None:
        return _day_of(due, due.day, period, duty)
    if due.after is not After.PERIOD_END:
        return DueDate(None, ("期限自事件发生之日起算，网页上看不到起算日",))
    return _after_period_end(due, duty)


def _timely(period: Period, timely: WorkingDays) -> DueDate:
    counted = _count_working_days(period.last_day, timely.working_days)
    return DueDate(counted.day, ("台账未写明期限，按“及时”的默认标准计", *counted.explained), counted.assumed)


def _after_period_end(due: Due, period: Period) -> DueDate:
    if due.working_days is not None:
        return _count_working_days(period.last_day, due.working_days)
    days = due.days if due.days is not None else -(-(due.hours or 0) // 24)  # a started day counts whole
    day = period.last_day + dt.timedelta(days=days)
    return DueDate(day, (f"期末 {period.last_day} 后 {days} 天：{day}",))


def _count_working_days(start: dt.date, days: int, event: str = "期末") -> DueDate:
    counted = add_working_days(start, days)
    lines = [f"自{event} {start} 次日起第 {days} 个工作日：{counted.day}"]
    if counted.holidays:
        lines.append("其间工作日放假：" + "、".join(map(str, counted.holidays)))
    if counted.make_up_days:
        lines.append("其间调休上班：" + "、".join(map(str, counted.make_up_days)))
    if counted.assumed:
        lines.append("部分年份的放假安排尚未公布，只按周末推算")
    return DueDate(counted.day, tuple(lines), counted.assumed)


def _day_of(due: Due, day: int, about: Period, duty: Period) -> DueDate:
    named = duty.next() if due.of == "next_period" else duty
    if _days(named) <= DAYS_IN_A_WEEK:
        found = named.first_day + dt.timedelta(days=min(day, _days(named)) - 1)
        return DueDate(found, (f"{named} 的第 {day} 天：{found}",))
    # Without `month`: the last month of the instalment's own period, before whose end nobody can tell of it;
    # the first month of a later one.
    month = due.month or (_months(named) if named == about else 1)
    found = _day_of_month(named.first_day, month, day)
    wanted = f"{named} 第 {month} 个月的 {day} 日" if _months(named) > 1 else f"{named} 的 {day} 日"
    clipped = "" if found.day == day else "（当月无此日，取月末）"
    return DueDate(found, (f"应于 {wanted}前公开：{found}{clipped}",))


def _day_of_month(first: dt.date, month: int, day: int) -> dt.date:
    """`month` counts from 1 in the month of `first`; a day beyond the month's end is its last day."""
    years, index = divmod(first.month + month - 2, 12)
    year = first.year + years
    return dt.date(year, index + 1, min(day, monthrange(year, index + 1)[1]))


def _days(period: Period) -> int:
    return (period.last_day - period.first_day).days + 1


def _months(period: Period) -> int:
    first, last = period.first_day, period.last_day
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _is_january(period: Period) -> bool:
    return period.kind is PeriodKind.MONTH and period.number == 1
