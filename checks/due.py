"""By when must an instalment stand there? One due date, and how it was counted.

Deadlines that fall on a day of rest are not moved: the Regulation's twenty days are working days already,
and no official rule moves a plan's "by the 25th" (STANDARDS 3.1). A plan that means otherwise says so in
working days.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from checks.calendar import add_working_days
from checks.periods import Period, PeriodKind
from plans.register import After, Defaults, Due, Obligation, WorkingDays

DAYS_IN_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day on which publishing is on time. `day` is None where it hangs on an event that no
    crawler sees. `explained` are Chinese lines, one step each, `explained_en` the same in English; `assumed`: the
    working-day calendar of a year was not published yet, weekends alone were counted."""

    day: dt.date | None
    explained: tuple[str, ...] = ()
    assumed: bool = False
    explained_en: tuple[str, ...] = ()

    def after(self, zh: str, en: str) -> "DueDate":
        """The same day, with a step told before the others."""
        return replace(self, explained=(zh, *self.explained), explained_en=(en, *self.explained_en))


def stated_day(day: dt.date) -> DueDate:
    """The calendar date that the register states."""
    return DueDate(day, (f"台账写明截止日期：{day}",), explained_en=(f"the register states the date: {day}",))


def due_date(obligation: Obligation, period: Period, defaults: Defaults) -> DueDate:
    """The due date of the instalment about `period`.

    The rule is counted from the period in which the duty falls. That is `period` itself, or the one after it
    where the register says `about: previous` (the report about 2016, due by 31 March of 2017: `{day: 31,
    month: 3, of: period, about: previous}`). With `merge_january` January's due date is February's.
    """
    if obligation.merge_january and _is_january(period):
        following = period.next()
        return _due_date(obligation, following, defaults).after(
            f"{period} 与 {following} 合并公开，按 {following} 的期限计",
            f"{period} is published together with {following} and held to its due date",
        )
    return _due_date(obligation, period, defaults)


def due_after(due: Due | None, start: dt.date, event: str, defaults: Defaults) -> DueDate:
    """The last day for what must be done within so many days of an event that began on `start`; `event` names it in
    Chinese (废止日). Without a stated limit the register's reading of 及时 counts. A `due` with a day of its own
    is held to that; one by the calendar (`day`) gives none here."""
    if due is None:
        return _as_timely(working_days_after(start, defaults.timely.working_days, event))
    if due.date is not None:
        return stated_day(due.date)
    if due.working_days is not None:
        return working_days_after(start, due.working_days, event)
    days = due.days if due.days is not None else -(-due.hours // 24) if due.hours is not None else None
    if days is None:
        zh, en = "台账的期限不自事件之日起算", "the register's limit does not run from the event"
        return DueDate(None, (zh,), explained_en=(en,))
    return _days_after(start, days, event)


def _due_date(obligation: Obligation, period: Period, defaults: Defaults) -> DueDate:
    due, duty = obligation.due, period.next() if obligation.about_previous else period
    if due is None:
        return _timely(duty, defaults.timely)
    if due.date is not None:
        return stated_day(due.date)
    if due.day is not None:
        return _day_of(due, due.day, period, duty)
    if due.after is not After.PERIOD_END:
        zh, en = (
            "期限自事件发生之日起算，网页上看不到起算日",
            "the limit runs from an event whose day pages do not show",
        )
        return DueDate(None, (zh,), explained_en=(en,))
    return _after_period_end(due, duty)


def _timely(period: Period, timely: WorkingDays) -> DueDate:
    return _as_timely(working_days_after(period.last_day, timely.working_days))


def _as_timely(counted: DueDate) -> DueDate:
    return counted.after(
        "台账未写明期限，按“及时”的默认标准计", "the register states no limit: its reading of 及时 (in time) counts"
    )


def _after_period_end(due: Due, period: Period) -> DueDate:
    if due.working_days is not None:
        return working_days_after(period.last_day, due.working_days)
    days = due.days if due.days is not None else -(-(due.hours or 0) // 24)  # a started day counts whole
    return _days_after(period.last_day, days, "期末")


def _days_after(start: dt.date, days: int, event: str) -> DueDate:
    day = start + dt.timedelta(days=days)
    return DueDate(day, (f"{event} {start} 后 {days} 天：{day}",), explained_en=(f"{days} days after {start}: {day}",))


def working_days_after(start: dt.date, days: int, event: str = "期末") -> DueDate:
    """The working day number `days` after `start`, which `event` names in Chinese."""
    counted = add_working_days(start, days)
    said = [
        (
            f"自{event} {start} 次日起第 {days} 个工作日：{counted.day}",
            f"working day {days} after {start}: {counted.day}",
        )
    ]
    if counted.holidays:
        said.append(_listed("其间工作日放假：", "weekdays that were holidays: ", counted.holidays))
    if counted.make_up_days:
        said.append(_listed("其间调休上班：", "weekend days worked: ", counted.make_up_days))
    if counted.assumed:
        zh = "部分年份的放假安排尚未公布：只扣除周末，法定节假日及调休均未计入"
        en = "holidays of some years are not announced yet: weekends alone are left out, no public holiday is"
        said.append((zh, en))
    return DueDate(counted.day, tuple(zh for zh, _ in said), counted.assumed, tuple(en for _, en in said))


def _listed(zh: str, en: str, days: Sequence[dt.date]) -> tuple[str, str]:
    return zh + "、".join(map(str, days)), en + ", ".join(map(str, days))


def _day_of(due: Due, day: int, about: Period, duty: Period) -> DueDate:
    named = duty.next() if due.of == "next_period" else duty
    if _days(named) <= DAYS_IN_A_WEEK:
        found = named.first_day + dt.timedelta(days=min(day, _days(named)) - 1)
        return DueDate(found, (f"{named} 的第 {day} 天：{found}",), explained_en=(f"day {day} of {named}: {found}",))
    # Without `month`: the last month of the instalment's own period, before whose end nobody can tell of it;
    # the first month of a later one.
    month = due.month or (_months(named) if named == about else 1)
    found = _day_of_month(named.first_day, month, day)
    wanted = f"{named} 第 {month} 个月的 {day} 日" if _months(named) > 1 else f"{named} 的 {day} 日"
    wanted_en = f"day {day} of month {month} of {named}" if _months(named) > 1 else f"day {day} of {named}"
    clipped, clipped_en = ("", "") if found.day == day else ("（当月无此日，取月末）", " (the month's last day)")
    en = f"due by {wanted_en}: {found}{clipped_en}"
    return DueDate(found, (f"应于 {wanted}前公开：{found}{clipped}",), explained_en=(en,))


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
