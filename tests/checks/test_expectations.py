"""What should have been seen: obligations x agencies x periods."""

import pytest
from judging import BUDGET, MONTHLY, day, register, sites

from checks.expectations import SUBJECT_KINDS, Rule, expectations
from plans.agencies import sites_for
from plans.register import Kind


def expected(plan=None, **changes):
    whole = register({**MONTHLY, **changes}, **(plan or {}))
    (obligation,) = whole.obligations
    (place,) = sites_for(obligation, sites())
    return expectations(whole, obligation, place, day("2017-06-19"))


@pytest.mark.parametrize(
    ("cadence", "periods"),
    [
        ("quarterly", ["2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4"]),
        ("half_yearly", ["2017-H1", "2017-H2"]),
        ("yearly", ["2017"]),
        ("once", ["2017"]),
        ("daily", ["2017-06-19"]),
        ("realtime", ["2017-06-19"]),
    ],
)
def test_every_cadence_has_its_periods(cadence, periods):
    due = None if cadence in ("once", "daily", "realtime") else MONTHLY["due"]
    assert [str(e.period) for e in expected(cadence=cadence, due=due)] == periods


def test_months_and_weeks():
    assert [str(e.period) for e in expected()] == [f"2017-{m:02d}" for m in range(1, 13)]
    weeks = [str(e.period) for e in expected(cadence="weekly")]
    assert (weeks[0], weeks[-1], len(weeks)) == ("2017-W01", "2017-W52", 52)


def test_only_periods_that_lie_wholly_in_the_plan_count():
    months = expected({"start": "2017-03-20", "end": "2017-06-30"})
    assert [str(e.period) for e in months] == ["2017-04", "2017-05", "2017-06"]


def test_no_obligation_drops_out_where_no_period_lies_wholly_in_the_plan():
    assert [str(e.period) for e in expected({"start": "2017-03-20"}, cadence="yearly")] == ["2017"]


def test_about_previous_shifts_the_periods_not_their_number():
    before = {"day": 25, "of": "period", "about": "previous"}
    months = expected(due=before)
    assert [str(e.period) for e in months][:2] == ["2016-12", "2017-01"]
    assert len(months) == 12
    assert [str(e.due.day) for e in months][:2] == ["2017-01-25", "2017-02-25"]


def test_the_next_instalment_s_due_date_is_known():
    may = expected()[4]
    assert (str(may.due.day), str(may.next_due), str(may.since)) == ("2017-06-25", "2017-07-25", "2017-05-01")


def test_an_instalment_may_come_out_within_its_week_or_the_last_month_of_its_period() -> None:
    weeks = {str(e.period): e.since for e in expected(cadence="weekly")}
    assert (weeks["2017-W35"], weeks["2017-W36"]) == (day("2017-08-28"), day("2017-09-04"))
    assert [e.since for e in expected(cadence="quarterly")][:2] == [day("2017-03-01"), day("2017-06-01")]


def test_two_weeks_may_fall_due_on_one_day_after_a_long_holiday():
    weeks = expected(cadence="weekly", due={"working_days": 3, "after": "period_end"})
    before = next(e for e in weeks if str(e.period) == "2017-W39")
    assert (str(before.due.day), str(before.next_due)) == ("2017-10-11", "2017-10-11")


def test_instalments_that_are_held_to_one_date_do_not_follow_each_other():
    assert expected(due={"date": "2017-12-31"})[0].next_due is None


def test_a_merged_january_is_followed_by_march():
    assert str(expected(merge_january=True)[0].next_due) == "2017-04-25"


@pytest.mark.parametrize(
    ("vague", "count"),
    [("regularly", 4), ("as_appropriate", 1)],
)
def test_vague_words_take_their_cadence_from_the_defaults(vague, count):
    found = expected(cadence=None, vague=vague, due=None)
    assert len(found) == count
    assert all(e.at_least for e in found)


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.PERIODIC, Kind.STANDING}))
def test_other_kinds_give_one_record_without_a_period(kind):
    """Judged document by document, or by no machine at all."""
    evidence = {**BUDGET, "pair": {"title": ["解读"]}}
    (found,) = expected(kind=kind, evidence=evidence)
    assert (found.rule, found.period) == (Rule.SUBJECTS if kind in SUBJECT_KINDS else Rule.NOT_JUDGED, None)
    (by_hand,) = expected(kind=kind, check="manual")
    assert by_hand.rule is Rule.MANUAL


def test_a_due_date_alone_makes_a_one_time_matter():
    (found,) = expected(cadence=None, due={"date": "2017-09-30"})
    assert (found.rule, str(found.due.day)) == (Rule.ONCE, "2017-09-30")


def test_standing_without_a_stated_day_is_due_when_the_plan_ends():
    (found,) = expected(kind="standing", cadence=None, due=None)
    assert (found.rule, found.period, str(found.due.day), found.since) == (Rule.STANDING, None, "2017-12-31", None)
