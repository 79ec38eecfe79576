"""By when must an instalment stand there, and how was that counted?"""

import datetime as dt

import pytest
from judging import MONTHLY, day

from checks.due import due_date
from checks.periods import Period, PeriodKind
from plans.register import Defaults, Obligation


def due_of(rule, kind="month", of="2017-05-15", **more):
    obligation = Obligation.model_validate({**MONTHLY, "due": rule, **more})
    return due_date(obligation, Period.of(PeriodKind(kind), day(of)), Defaults())


@pytest.mark.parametrize(
    ("rule", "kind", "of", "due"),
    [
        ({"day": 25, "of": "next_period"}, "month", "2017-05-15", "2017-06-25"),  # a Sunday, not moved
        ({"day": 25, "of": "next_period"}, "month", "2017-12-15", "2018-01-25"),
        ({"day": 31, "of": "next_period"}, "month", "2017-01-15", "2017-02-28"),
        ({"day": 31, "of": "next_period"}, "month", "2020-01-15", "2020-02-29"),
        ({"day": 25, "of": "period"}, "month", "2017-05-15", "2017-05-25"),
        ({"day": 15, "of": "next_period"}, "quarter", "2017-05-15", "2017-07-15"),
        ({"day": 15, "month": 2, "of": "next_period"}, "quarter", "2017-05-15", "2017-08-15"),
        ({"day": 31, "month": 3, "of": "next_period"}, "year", "2017-05-15", "2018-03-31"),
        ({"day": 30, "month": 11, "of": "period"}, "year", "2017-05-15", "2017-11-30"),
        ({"day": 20, "of": "period"}, "half", "2017-05-15", "2017-06-20"),  # without `month` the last one
        ({"day": 3, "of": "next_period"}, "week", "2017-06-07", "2017-06-14"),
        ({"day": 31, "of": "next_period"}, "week", "2017-06-07", "2017-06-18"),
        ({"date": "2017-12-31"}, "year", "2017-05-15", "2017-12-31"),
        ({"days": 10, "after": "period_end"}, "month", "2017-05-15", "2017-06-10"),
        ({"hours": 36, "after": "period_end"}, "month", "2017-05-15", "2017-06-02"),
    ],
)
def test_due_dates(rule, kind, of, due):
    assert due_of(rule, kind, of).day == day(due)


@pytest.mark.parametrize(
    ("kind", "of", "due"),
    [("year", "2016-05-15", "2017-03-31"), ("quarter", "2016-11-15", "2017-03-31")],
)
def test_the_instalment_about_the_period_before_is_due_in_the_period_after_it(kind, of, due):
    assert due_of({"day": 31, "month": 3, "of": "period", "about": "previous"}, kind, of).day == day(due)


def test_working_days_know_holidays_and_make_up_days():
    """National Day 2017: 1-8 October off, Saturday 30 September worked."""
    counted = due_of({"working_days": 5, "after": "period_end"}, of="2017-09-15")
    assert counted.day == dt.date(2017, 10, 13)
    assert any("2017-10-02" in line for line in counted.explained)
    assert not counted.assumed


def test_without_a_rule_the_default_of_timely_counts():
    assert due_of(None).day == due_of({"working_days": 20, "after": "period_end"}).day
    assert "默认" in due_of(None).explained[0]


def test_a_limit_after_an_event_cannot_be_counted():
    assert due_of({"working_days": 10, "after": "repeal"}).day is None


def test_a_year_without_a_published_calendar_is_assumed():
    assert due_of({"working_days": 10, "after": "period_end"}, of="2031-05-15").assumed


def test_merged_january_is_due_with_february():
    merged = due_of({"day": 25, "of": "next_period"}, of="2017-01-15", merge_january=True)
    assert merged.day == day("2017-03-25")
    assert "2017-02" in merged.explained[0]
    assert due_of({"day": 25, "of": "next_period"}, of="2017-02-15", merge_january=True).day == day("2017-03-25")
