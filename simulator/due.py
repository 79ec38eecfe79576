"""Slots of a cadence and the days on which they fall due, counted by the simulator alone.

The audit counts due dates by itself elsewhere. That both counts come from different hands is the point.
"""

import calendar
import datetime as dt
from dataclasses import dataclass

import chinese_calendar

from plans.register import After, Cadence, Due

DAY = dt.timedelta(days=1)
MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.HALF_YEARLY: 6, Cadence.YEARLY: 12}


@dataclass(frozen=True, order=True, slots=True)
class Slot:
    """One stretch of time of a cadence: a week, month, quarter, half-year or year. `number` counts within `year`."""

    first: dt.date
    last: dt.date
    cadence: Cadence
    year: int
    number: int

    @property
    def key(self) -> str:
        match self.cadence:
            case Cadence.WEEKLY:
                return f"{self.year}-W{self.number:02d}"
            case Cadence.MONTHLY:
                return f"{self.year}-{self.number:02d}"
            case Cadence.QUARTERLY:
                return f"{self.year}-Q{self.number}"
            case Cadence.HALF_YEARLY:
                return f"{self.year}-H{self.number}"
            case _:
                return str(self.year)


def slot_of(cadence: Cadence, day: dt.date) -> Slot:
    """The slot of `cadence` in which `day` lies; weeks are ISO weeks."""
    if cadence is Cadence.WEEKLY:
        year, week, weekday = day.isocalendar()
        first = day - (weekday - 1) * DAY
        return Slot(first, first + 6 * DAY, cadence, year, week)
    months = MONTHS[cadence]
    number = (day.month - 1) // months + 1
    first = dt.date(day.year, (number - 1) * months + 1, 1)
    last_month = number * months
    last = dt.date(day.year, last_month, calendar.monthrange(day.year, last_month)[1])
    return Slot(first, last, cadence, day.year, number)


def following(slot: Slot) -> Slot:
    return slot_of(slot.cadence, slot.last + DAY)


def previous(slot: Slot) -> Slot:
    return slot_of(slot.cadence, slot.first - DAY)


def slots_between(cadence: Cadence, first: dt.date, last: dt.date) -> list[Slot]:
    """The slots that begin between two days, both included."""
    slot = slot_of(cadence, first)
    if slot.first < first:
        slot = following(slot)
    found = []
    while slot.first <= last:
        found.append(slot)
        slot = following(slot)
    return found


def is_working_day(day: dt.date) -> bool:
    """Working days know the make-up days; where the year's calendar is not published, weekends alone count."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def working_days_after(day: dt.date, count: int) -> dt.date:
    while count > 0:
        day += DAY
        count -= is_working_day(day)
    return day


def countable(due: Due | None) -> bool:
    """Whether the rule can be counted from a slot alone, without an event in the world."""
    return due is not None and (due.day is not None or due.date is not None or due.after is After.PERIOD_END)


def due_date(due: Due, slot: Slot, plan_year: int) -> dt.date:
    """The last day on which publishing for `slot` is on time. A fixed date shifts with the slot's year."""
    if due.date is not None:
        return _in_month(due.date.year + slot.year - plan_year, due.date.month, due.date.day)
    if due.day is not None:
        base = following(slot) if due.of == "next_period" else slot
        if slot.cadence is Cadence.WEEKLY:
            return base.first + (due.day - 1) * DAY
        return _in_month(base.first.year, base.first.month + (due.month or 1) - 1, due.day)
    if due.working_days is not None:
        return working_days_after(slot.last, due.working_days)
    days = due.days if due.days is not None else -(-(due.hours or 0) // 24)
    return slot.last + days * DAY


def _in_month(year: int, month: int, day: int) -> dt.date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
