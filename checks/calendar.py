"""Working days of mainland China, make-up days (调休上班) among them.

The State Council announces each year's holidays in the November before; the `chinesecalendar` package carries the
notices of 2004 and later. Where a year's notice is not known, weekends alone count, and the answer says `assumed`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import chinese_calendar

_DAY: Final = dt.timedelta(days=1)
_SATURDAY: Final = 5
# New Year's holiday reaches into the old December: the notices of 2004 to 2026 move days from 29 December on
# (Saturday 2018-12-29 was worked for the Monday after), so a December's end waits for the next year's notice.
_NEW_YEAR_REACH: Final = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """Whether people work on a day. `assumed`: judged by the weekday alone, the year's notice is not known."""

    is_working: bool
    assumed: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A day reached by counting working days, and what made the count differ from Mondays to Fridays: `holidays`
    are the weekdays passed over, `make_up_days` the Saturdays and Sundays counted."""

    day: dt.date
    assumed: bool
    holidays: tuple[dt.date, ...]
    make_up_days: tuple[dt.date, ...]


def is_working_day(day: dt.date) -> WorkingDay:
    """Whether a calendar day of mainland China is worked. Never raises."""
    try:
        is_working = bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return WorkingDay(day.weekday() < _SATURDAY, assumed=True)
    return WorkingDay(is_working, assumed=not _is_settled(day))


def add_working_days(start: dt.date, n: int) -> Counted:
    """The n-th working day after `start`, which is not counted itself; `start` where n is 0 or less.

    The day on which a limit begins does not count (民法典 art. 201). Never raises: the count stops at the last day
    that a date can hold.
    """
    day, assumed, left = start, False, n
    holidays: list[dt.date] = []
    make_up_days: list[dt.date] = []
    while left > 0 and day < dt.date.max:
        day += _DAY
        found = is_working_day(day)
        assumed = assumed or found.assumed
        left -= found.is_working
        on_weekend = day.weekday() >= _SATURDAY
        if found.is_working and on_weekend:
            make_up_days.append(day)
        elif not found.is_working and not on_weekend:
            holidays.append(day)
    return Counted(day, assumed, tuple(holidays), tuple(make_up_days))


def _is_settled(day: dt.date) -> bool:
    try:
        chinese_calendar.is_workday(day + _NEW_YEAR_REACH)
    except (NotImplementedError, OverflowError):
        return False
    return True
