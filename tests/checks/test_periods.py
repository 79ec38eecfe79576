"""Periods: how they are written, where they begin and end, what stands beside them."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.periods import Period, PeriodKind, periods_between

STEADY = settings(derandomize=True, deadline=None, max_examples=150)
KINDS = st.sampled_from(list(PeriodKind))
DAYS = st.dates(dt.date(1000, 1, 15), dt.date(9998, 1, 15))


@pytest.mark.parametrize(
    ("code", "kind", "first", "last"),
    [
        ("2017-05", PeriodKind.MONTH, "2017-05-01", "2017-05-31"),
        ("2016-02", PeriodKind.MONTH, "2016-02-01", "2016-02-29"),
        ("2017-12", PeriodKind.MONTH, "2017-12-01", "2017-12-31"),
        ("2017-Q2", PeriodKind.QUARTER, "2017-04-01", "2017-06-30"),
        ("2017-H2", PeriodKind.HALF, "2017-07-01", "2017-12-31"),
        ("2017", PeriodKind.YEAR, "2017-01-01", "2017-12-31"),
        ("2017-W23", PeriodKind.WEEK, "2017-06-05", "2017-06-11"),
        ("2020-W53", PeriodKind.WEEK, "2020-12-28", "2021-01-03"),
        ("2017-06-01", PeriodKind.DAY, "2017-06-01", "2017-06-01"),
    ],
)
def test_a_period_is_written_and_bounded(code, kind, first, last):
    period = Period.parse(code)
    assert (str(period), period.kind) == (code, kind)
    assert (str(period.first_day), str(period.last_day)) == (first, last)


@pytest.mark.parametrize(
    "code",
    [
        *("", "0000", "17-05", "2017-5", "2017-05 ", "2017-05-1", "２０１７", "2017-Q2\n"),
        *("2017-13", "2017-00", "2017-Q5", "2017-H3", "2017-W53", "2017-W00", "2017-02-29"),
    ],
)
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match=r"no|not|day|week|year"):
        Period.parse(code)


@pytest.mark.parametrize(
    ("kind", "year", "number"),
    [
        (PeriodKind.MONTH, 2017, 13),
        (PeriodKind.QUARTER, 2017, 0),
        (PeriodKind.YEAR, 2017, 2),
        (PeriodKind.DAY, 2017, 631),
        (PeriodKind.YEAR, 0, 1),
        (PeriodKind.MONTH, 10000, 1),
        (PeriodKind.WEEK, 9999, 53),
    ],
)
def test_a_period_that_no_calendar_has_cannot_be_made(kind, year, number):
    with pytest.raises(ValueError, match=r"."):
        Period(kind, year, number)


def test_beyond_the_calendar_s_ends_there_is_nothing():
    with pytest.raises(ValueError, match="calendar ends"):
        Period.parse("9999-12").next()
    with pytest.raises(ValueError, match="calendar ends"):
        Period.parse("0001").previous()


def test_a_span_touches_the_periods_at_both_its_ends():
    months = periods_between(PeriodKind.MONTH, dt.date(2016, 12, 31), dt.date(2017, 2, 1))
    assert [str(month) for month in months] == ["2016-12", "2017-01", "2017-02"]
    assert periods_between(PeriodKind.MONTH, dt.date(2017, 2, 1), dt.date(2017, 1, 31)) == ()
    assert [str(p) for p in periods_between(PeriodKind.YEAR, dt.date(9999, 1, 1), dt.date.max)] == ["9999"]


@STEADY
@given(kind=KINDS, day=DAYS)
def test_a_period_of_a_day_holds_it_and_reads_back(kind, day):
    period = Period.of(kind, day)
    assert period.contains(day)
    assert period.first_day <= period.last_day
    assert Period.parse(str(period)) == period
    assert not period.contains(period.last_day + dt.timedelta(days=1))
    assert not period.contains(period.first_day - dt.timedelta(days=1))


@STEADY
@given(kind=KINDS, day=DAYS)
def test_next_and_previous_undo_each_other_and_leave_no_gap(kind, day):
    period = Period.of(kind, day)
    assert period.next().previous() == period == period.previous().next()
    assert period.next().first_day - period.last_day == dt.timedelta(days=1)
    assert period.previous() < period < period.next()


@STEADY
@given(kind=KINDS, first=DAYS, length=st.integers(0, 800))
def test_the_periods_of_a_span_follow_each_other_and_cover_it(kind, first, length):
    last = first + dt.timedelta(days=length)
    found = periods_between(kind, first, last)
    assert found[0].contains(first)
    assert found[-1].contains(last)
    assert all(a.next() == b for a, b in pairwise(found))
