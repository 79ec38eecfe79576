"""Where an item belongs, and what may be said when it is not there."""

import datetime as dt
from dataclasses import replace

import pytest
from judging import MONTHLY, at, day, entered, facts, judged, published, read, register, sites

from checks.judge import judge
from checks.verdict import Flag, ReasonCode, Status
from db.facts import FetchOutcome, Reading, SiteReading, Stop

ENTERED = entered("2018-06-01")
OTHER = "http://127.0.0.1:9001/czxx/"


def elsewhere(stop: Stop = Stop.END_OF_LIST) -> Reading:
    return read("2018-06-01", url=OTHER, column="财政信息公开专栏", wanted=(), stop=stop)


def series(*months: int) -> list[object]:
    return [published(f"2017年{m}月预算执行情况", f"2017-{m + 1:02}-10", columns=(OTHER,)) for m in months]


def test_a_column_that_holds_the_series_is_its_place_whatever_it_is_called() -> None:
    lacking = entered("2018-06-01", FetchOutcome.OK, "财政收支")
    seen = [lacking, elsewhere(), *series(1, 2, 3)]
    assert judged("2018-02-01", *seen, period="2017-05").status is Status.MISSING


def test_two_instalments_in_a_column_do_not_make_it_the_place() -> None:
    lacking = entered("2018-06-01", FetchOutcome.OK, "财政收支")
    verdict = judged("2018-02-01", lacking, elsewhere(), *series(1, 2), period="2017-05")
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.COLUMN_NOT_FOUND)


def test_a_few_strays_of_a_weekly_series_do_not_make_another_place() -> None:
    weekly = {**MONTHLY, "cadence": "weekly", "due": {"working_days": 5, "after": "period_end"}}
    weeks = [
        published(f"2017年第{w}周预算执行情况", str(dt.date.fromisocalendar(2017, w + 1, 2))) for w in range(1, 31)
    ]
    strays = [replace(week, columns=(OTHER,)) for week in weeks[-3:]]
    seen = [ENTERED, read("2018-06-01"), elsewhere(Stop.FETCH_FAILED), *weeks[:-3], *strays]
    assert judged("2018-02-01", *seen, period="2017-W40", what=weekly).status is Status.MISSING


def test_the_place_of_the_series_must_be_read_completely_too() -> None:
    seen = [ENTERED, elsewhere(Stop.FETCH_FAILED), *series(1, 2, 3)]
    assert judged("2018-02-01", *seen, period="2017-05").status is Status.INCONCLUSIVE


def test_a_page_that_lists_what_stands_in_its_place_as_well_is_no_other_place() -> None:
    both = [
        published(f"2017年{m}月预算执行情况", f"2017-{m + 1:02}-10", columns=(OTHER, read("2018-06-01").url))
        for m in (1, 2, 3)
    ]
    seen = [ENTERED, read("2018-06-01"), elsewhere(Stop.FETCH_FAILED), *both]
    assert judged("2018-02-01", *seen, period="2017-05").status is Status.MISSING


def test_a_column_that_is_known_to_be_missing_proves_no_absence_in_another() -> None:
    lacking = entered("2018-06-01", FetchOutcome.OK, "财政收支")
    verdict = judged("2018-02-01", lacking, read("2018-06-01", wanted=("通知公告",), column="通知公告"))
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.COLUMN_NOT_FOUND)


def test_an_assisted_duty_is_never_called_missing_by_the_machine() -> None:
    verdict = judged("2018-02-01", ENTERED, read("2018-06-01"), what={**MONTHLY, "check": "assisted"})
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.NEEDS_PERSON)


def test_an_assisted_duty_that_is_found_late_is_late() -> None:
    seen = [ENTERED, read("2018-06-01"), published("2017年5月预算执行情况", "2017-06-28")]
    assert judged("2018-02-01", *seen, what={**MONTHLY, "check": "assisted"}).status is Status.LATE


def test_a_late_find_accuses_nobody_while_the_other_site_could_not_be_entered() -> None:
    portal = {"id": "portal", "name": "临江市政府", "agency": "市政府", "url": "http://127.0.0.1:9002/"}
    seen = facts(
        ENTERED,
        read("2018-06-01"),
        published("2017年5月预算执行情况", "2017-06-28"),
        SiteReading("portal", at("2018-06-01"), FetchOutcome.REFUSED),
    )
    both = register({**MONTHLY, "where": ["czj", "portal"]})
    may = next(v for v in judge(both, sites(portal), seen, day("2018-02-01")) if v.period == "2017-05")
    assert (may.status, may.reason_code) == (Status.INCONCLUSIVE, ReasonCode.UNREACHABLE)


def test_what_was_seen_in_time_needs_no_other_site() -> None:
    portal = {"id": "portal", "name": "临江市政府", "agency": "市政府", "url": "http://127.0.0.1:9002/"}
    seen = facts(
        ENTERED,
        read("2018-06-01"),
        published("2017年5月预算执行情况", "2017-11-30", seen="2017-06-20"),
        SiteReading("portal", at("2018-06-01"), FetchOutcome.REFUSED),
    )
    both = register({**MONTHLY, "where": ["czj", "portal"]})
    may = next(v for v in judge(both, sites(portal), seen, day("2018-02-01")) if v.period == "2017-05")
    assert (may.status, may.flags) == (Status.ON_TIME, (Flag.TIME_UNKNOWN,))


def test_a_landing_page_is_no_place_of_its_own() -> None:
    landing = read("2018-06-01", url=OTHER, stop=Stop.LANDING, pages=1, items=0)
    assert judged("2018-02-01", ENTERED, landing, read("2018-06-01")).status is Status.MISSING
    assert judged("2018-02-01", ENTERED, landing).status is Status.INCONCLUSIVE


def test_a_column_that_was_merely_begun_proves_nothing() -> None:
    begun = read("2018-06-01", url=OTHER, stop=Stop.INTERRUPTED, pages=0, items=0)
    assert judged("2018-02-01", ENTERED, begun, read("2018-06-01")).status is Status.INCONCLUSIVE


def test_a_finished_reading_replaces_the_begun_one_of_the_same_instant() -> None:
    begun = read("2018-06-01", stop=Stop.INTERRUPTED, pages=0, items=0)
    for order in ((begun, read("2018-06-01")), (read("2018-06-01"), begun)):
        assert judged("2018-02-01", ENTERED, *order).status is Status.MISSING


NAMELESS = {**MONTHLY, "evidence": {"title": ["预算执行"]}}


def test_without_column_names_any_read_column_is_too_little() -> None:
    verdict = judged("2018-02-01", ENTERED, read("2018-06-01"), what=NAMELESS)
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.COLUMN_NOT_FOUND)


@pytest.mark.parametrize(("listed", "status"), [(1, Status.MISSING), (2, Status.INCONCLUSIVE)])
def test_without_column_names_all_columns_of_the_sites_file_are_the_place(listed: int, status: Status) -> None:
    columns = [{"name": "财政收支", "url": read("2018-06-01").url}, {"name": "预决算", "url": OTHER}][:listed]
    office = {"id": "czj", "name": "财政局", "agency": "市财政局", "url": "http://127.0.0.1:9001/", "columns": columns}
    world = sites().model_validate({"sites": [office]})
    verdicts = judge(register(NAMELESS), world, facts(ENTERED, read("2018-06-01")), day("2018-02-01"))
    assert next(v for v in verdicts if v.period == "2017-05").status is status


def test_a_misplaced_item_is_found_and_flagged() -> None:
    stray = published("2017年5月预算执行情况", "2017-06-20", columns=("http://127.0.0.1:9001/tzgg/",))
    verdict = judged("2018-02-01", ENTERED, read("2018-06-01"), stray)
    assert (verdict.status, verdict.flags) == (Status.ON_TIME, (Flag.WRONG_PLACE,))
    assert "应放在“" in verdict.reason


@pytest.mark.parametrize("stop", [Stop.NO_ITEMS, Stop.FETCH_FAILED])
def test_nothing_is_misplaced_while_its_place_could_not_be_read(stop: Stop) -> None:
    stray = published("2017年5月预算执行情况", "2017-06-20", columns=("http://127.0.0.1:9001/tzgg/",))
    verdict = judged("2018-02-01", ENTERED, read("2018-06-01", stop=stop, items=0), stray)
    assert (verdict.status, verdict.flags) == (Status.ON_TIME, ())


def test_what_stands_in_a_column_that_was_read_less_far_is_in_place() -> None:
    short = read("2018-06-01", "2018-05-01", Stop.REACHED_DATE)
    notices = "http://127.0.0.1:9001/tzgg/"
    whole = read("2018-06-01", url=notices, column="通知公告", wanted=("财政收支",))
    proper = published("2017年5月预算执行情况", "2017-06-20", columns=(short.url,))
    assert judged("2018-02-01", ENTERED, short, whole, proper).flags == ()


@pytest.mark.parametrize(("on", "flags"), [("2017-06-20", ()), ("2017-06-24", (Flag.WRONG_PLACE,))])
def test_what_stands_in_its_place_and_in_another_under_addresses_of_their_own_is_in_place(
    on: str, flags: tuple[Flag, ...]
) -> None:
    stray = published("2017年5月预算执行情况", "2017-06-20", columns=("http://127.0.0.1:9001/tzgg/",))
    proper = published("2017年5月预算执行情况", on, url=f"{read('2018-06-01').url}1.html")
    verdict = judged("2018-02-01", ENTERED, read("2018-06-01"), stray, proper)
    assert (verdict.status, verdict.flags) == (Status.ON_TIME, flags)


QUARTERLY = {**MONTHLY, "cadence": "quarterly"}


def test_monthly_issues_of_a_quarterly_matter_accuse_nobody() -> None:
    months = [published(f"2017年{m}月预算执行情况", f"2017-{m + 1:02}-10") for m in (4, 5, 6)]
    verdict = judged("2018-02-01", ENTERED, read("2018-06-01"), *months, period="2017-Q2", what=QUARTERLY)
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.AMBIGUOUS)


def test_a_quarter_whose_last_month_is_absent_too_is_missing() -> None:
    months = [published(f"2017年{m}月预算执行情况", f"2017-{m + 1:02}-10") for m in (4, 5)]
    verdict = judged("2018-02-01", ENTERED, read("2018-06-01"), *months, period="2017-Q2", what=QUARTERLY)
    assert verdict.status is Status.MISSING
