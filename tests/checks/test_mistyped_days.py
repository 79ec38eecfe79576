"""A row whose day is mistyped is no proof of absence: the rows above and below it in the list say when it came."""

import pytest
from judging import day, judged, only, published, read

from checks.verdict import ReasonCode, Refusal, Status

PERIOD = "2017-08"
AROUND = (day("2017-10-12"), day("2017-08-11"))


def row(title: str, on: str, beside: tuple = AROUND, **more):
    return published(title, on, beside=beside, **more)


def verdict_on(*rows):
    return judged("2017-12-31", *rows, read("2018-01-10"), period=PERIOD)


@pytest.mark.parametrize("on", ["2016-09-09", "2016-08-09", "2015-09-09", "2019-09-09"])
def test_a_day_of_another_year_between_rows_of_this_one_is_a_doubt(on):
    verdict = verdict_on(row("8月预算执行情况", on))
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.AMBIGUOUS)
    assert "疑为误填" in verdict.candidates[0].detail


def test_a_row_at_the_lists_end_has_one_neighbour():
    assert verdict_on(row("8月预算执行情况", "2016-09-09", (day("2017-10-12"),))).status is Status.INCONCLUSIVE


@pytest.mark.parametrize(
    "beside",
    [
        (),  # nobody knows what stands beside it
        (day("2016-10-12"), day("2016-08-11")),  # it stands among its like
        (day("2017-10-12"), day("2016-08-11")),  # the last year's list begins here
        (day("2014-10-12"), day("2014-08-11")),  # out of place, but not in this year
    ],
)
def test_last_years_instalment_in_its_place_proves_nothing(beside):
    verdict = verdict_on(row("8月预算执行情况", "2016-09-09", beside))
    assert verdict.status is Status.MISSING
    assert verdict.candidates[0].refused is Refusal.OTHER_PERIOD


def test_a_title_of_another_month_or_with_its_year_is_no_doubt():
    assert verdict_on(row("7月预算执行情况", "2016-08-09")).status is Status.MISSING
    assert verdict_on(row("2016年8月预算执行情况", "2016-09-09")).status is Status.MISSING


def test_a_mistyped_row_accuses_nobody_and_excuses_no_late_instalment():
    found = row("2017年8月预算执行情况", "2017-09-29", ())
    verdict = verdict_on(found, row("8月预算执行情况", "2016-09-09"))
    assert (verdict.status, verdict.url) == (Status.LATE, found.url)


def test_a_day_that_was_still_to_come_when_it_was_seen_is_mistyped_too():
    verdict = verdict_on(row("8月预算执行情况", "2018-09-09", (), seen="2017-09-28"))
    assert verdict.status is Status.INCONCLUSIVE


def test_a_daily_column_is_not_called_stale_past_a_mistyped_newest_row():
    daily = {"cadence": "daily", "due": None}
    old = published("预算执行日报", "2017-06-20", seen="2017-06-29")
    mistyped = row("预算执行日报第二期", "2016-06-28", (day("2017-06-20"),), seen="2017-06-29")
    assert only("2017-06-30", old, read("2017-06-29"), **daily).status is Status.OVERDUE
    assert only("2017-06-30", old, mistyped, read("2017-06-29"), **daily).status is Status.INCONCLUSIVE
