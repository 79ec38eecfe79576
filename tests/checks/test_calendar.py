"""Working days of mainland China: holidays, make-up days, and years whose notice is not known."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.calendar import Counted, add_working_days, is_working_day

DAY = dt.timedelta(days=1)
STEADY = settings(derandomize=True, deadline=None, max_examples=100)
DAYS = st.dates()
RECENT = st.dates(dt.date(2003, 11, 1), dt.date(2028, 2, 1))


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (dt.date(2017, 1, 22), True),  # a Sunday, worked for the Spring Festival
        (dt.date(2017, 1, 27), False),  # New Year's Eve, a Friday
        (dt.date(2017, 2, 4), True),  # a Saturday, worked
        (dt.date(2017, 6, 1), True),
        (dt.date(2017, 6, 3), False),  # a Saturday
        (dt.date(2017, 9, 30), True),  # a Saturday, worked for National Day
        (dt.date(2017, 10, 2), False),
        (dt.date(2020, 1, 31), False),  # the Spring Festival of 2020 was made longer
        (dt.date(2024, 10, 12), True),  # a Saturday, worked
    ],
)
def test_the_notice_of_the_year_decides(day, is_working):
    found = is_working_day(day)
    assert found.is_working is is_working
    assert not found.assumed


@pytest.mark.parametrize("day", [dt.date(1999, 10, 1), dt.date(2090, 10, 2), dt.date.min, dt.date.max])
def test_without_a_notice_weekends_alone_count_and_the_answer_says_so(day):
    found = is_working_day(day)
    assert found.is_working is (day.weekday() < 5)
    assert found.assumed


def test_the_end_of_december_waits_for_the_next_year_s_notice():
    """Saturday 2018-12-29 was worked by the notice of 2019."""
    last = max(year for year in range(2004, 2100) if not is_working_day(dt.date(year, 6, 1)).assumed)
    assert not is_working_day(dt.date(last, 12, 28)).assumed
    assert is_working_day(dt.date(last, 12, 29)).assumed
    assert not is_working_day(dt.date(last - 1, 12, 31)).assumed


@pytest.mark.parametrize(
    ("start", "n", "day"),
    [
        (dt.date(2017, 6, 1), 0, dt.date(2017, 6, 1)),
        (dt.date(2017, 6, 1), -3, dt.date(2017, 6, 1)),
        (dt.date(2017, 6, 1), 1, dt.date(2017, 6, 2)),  # the day itself does not count
        (dt.date(2017, 6, 2), 1, dt.date(2017, 6, 5)),
        (dt.date(2017, 6, 3), 1, dt.date(2017, 6, 5)),  # from a Saturday
        (dt.date(2017, 6, 30), 20, dt.date(2017, 7, 28)),
        (dt.date(2017, 9, 29), 1, dt.date(2017, 9, 30)),
        (dt.date(2017, 9, 29), 2, dt.date(2017, 10, 9)),
    ],
)
def test_the_nth_working_day_after(start, n, day):
    assert add_working_days(start, n).day == day


def test_a_count_tells_what_it_passed_over_and_what_it_took_in():
    week = tuple(dt.date(2017, 10, day) for day in (2, 3, 4, 5, 6))
    assert add_working_days(dt.date(2017, 9, 29), 2) == Counted(
        day=dt.date(2017, 10, 9), assumed=False, holidays=week, make_up_days=(dt.date(2017, 9, 30),)
    )


def test_one_assumed_day_makes_the_count_assumed():
    assert not add_working_days(dt.date(2004, 1, 1), 3).assumed
    assert add_working_days(dt.date(2003, 12, 30), 3).assumed


def test_the_calendar_s_last_day_ends_the_count():
    assert add_working_days(dt.date(9999, 12, 30), 1000).day == dt.date.max


@STEADY
@given(start=DAYS, n=st.integers(0, 60))
def test_a_count_never_raises_and_never_goes_back(start, n):
    assert add_working_days(start, n).day >= start


@STEADY
@given(start=RECENT, n=st.integers(1, 60))
def test_exactly_n_working_days_lie_in_the_count_and_the_last_is_one(start, n):
    counted = add_working_days(start, n)
    passed = [start + i * DAY for i in range(1, (counted.day - start).days + 1)]
    assert sum(is_working_day(day).is_working for day in passed) == n
    assert is_working_day(counted.day).is_working
    weekdays = sum(day.weekday() < 5 for day in passed)
    assert weekdays - len(counted.holidays) + len(counted.make_up_days) == n


@STEADY
@given(start=RECENT, n=st.integers(0, 30), more=st.integers(0, 30))
def test_counting_on_is_counting_at_once(start, n, more):
    assert add_working_days(add_working_days(start, n).day, more).day == add_working_days(start, n + more).day
