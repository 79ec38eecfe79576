"""When is an instalment on time, late, overdue, missing, not due - and when may nobody say?"""

import pytest
from judging import BUDGET, COLUMN, MONTHLY, at, entered, facts, judged, only, published, read, register, sites

from checks.judge import judge
from checks.verdict import Flag, ReasonCode, Refusal, Status
from db.facts import FetchOutcome, Stop

MAY = "临江市2017年5月预算执行情况"


@pytest.mark.parametrize(
    ("on", "status", "days_late"),
    [("2017-06-24", Status.ON_TIME, None), ("2017-06-25", Status.ON_TIME, None), ("2017-06-26", Status.LATE, 1)],
)
def test_published_around_the_deadline(on, status, days_late):
    verdict = judged("2017-12-31", published(MAY, on))
    assert (verdict.status, verdict.days_late, verdict.reason_code) == (status, days_late, ReasonCode.FOUND)
    assert str(verdict.due) == "2017-06-25"


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2017-06-24", Status.NOT_DUE),
        ("2017-06-25", Status.NOT_DUE),  # the day is not over
        ("2017-06-26", Status.OVERDUE),
        ("2017-07-25", Status.OVERDUE),
        ("2017-07-26", Status.MISSING),  # the next instalment's due date has passed as well
    ],
)
def test_not_found_around_the_deadlines(as_of, status):
    assert judged(as_of, read("2018-01-10")).status is status


def test_a_closed_year_makes_the_last_instalment_missing():
    assert judged("2018-01-25", read("2018-03-01"), period="2017-12").status is Status.NOT_DUE
    assert judged("2018-01-26", read("2018-03-01"), period="2017-12").status is Status.MISSING


@pytest.mark.parametrize(("read_on", "status"), [("2017-06-25", "inconclusive"), ("2017-06-26", "overdue")])
def test_absence_needs_a_reading_after_the_due_date(read_on, status):
    verdict = judged("2017-06-30", read(read_on))
    assert verdict.status == status
    if status == "inconclusive":
        assert verdict.reason_code is ReasonCode.READ_TOO_EARLY


@pytest.mark.parametrize(("back_to", "status"), [("2017-05-01", "overdue"), ("2017-05-02", "inconclusive")])
def test_absence_needs_a_reading_back_to_the_first_day_of_the_period(back_to, status):
    assert judged("2017-06-30", read("2017-06-28", back_to, Stop.STATIC_PART_ONLY)).status == status
    assert judged("2017-06-30", read("2017-06-28", back_to, Stop.REACHED_DATE)).status == status


def test_an_early_instalment_is_on_time_before_it_is_due():
    assert judged("2017-06-10", published(MAY, "2017-06-08")).status is Status.ON_TIME


def test_what_is_claimed_after_the_as_of_day_is_as_if_it_were_not_there():
    seen = published(MAY, "2017-06-29"), read("2018-01-10")
    verdict = judged("2017-06-28", *seen)
    assert verdict.status is Status.OVERDUE
    assert [c.refused for c in verdict.candidates] == [Refusal.AFTER_AS_OF]
    assert judged("2017-06-29", *seen).status is Status.LATE


@pytest.mark.parametrize(
    ("seen", "status", "reason"),
    [
        ("2017-06-25", Status.ON_TIME, ReasonCode.FOUND),
        ("2017-06-26", Status.INCONCLUSIVE, ReasonCode.UNDATED),
    ],
)
def test_an_undated_instalment_is_judged_by_when_it_was_first_seen(seen, status, reason):
    verdict = judged("2017-06-30", published(MAY, None, seen=seen), read("2017-06-28"))
    assert (verdict.status, verdict.reason_code, verdict.flags) == (status, reason, (Flag.UNDATED,))


def test_an_undated_instalment_seen_only_later_leaves_an_earlier_day_not_due():
    assert judged("2017-06-10", published(MAY, None, seen="2017-06-28")).status is Status.NOT_DUE


def test_an_undated_copy_never_beats_a_dated_one():
    verdict = judged("2017-12-31", published(MAY, None, seen="2017-06-01"), published(MAY, "2017-06-29"))
    assert verdict.status is Status.LATE
    assert [c.refused for c in verdict.candidates] == [None, Refusal.UNDATED]


def test_of_two_copies_the_earlier_one_counts():
    verdict = judged("2017-12-31", published(MAY, "2017-07-03"), published(MAY, "2017-06-20"))
    assert verdict.status is Status.ON_TIME
    assert [c.refused for c in verdict.candidates] == [None, Refusal.LATER_VERSION]


def test_refused_candidates_keep_their_reason():
    verdict = judged(
        "2017-06-30",
        published("2017年5月预算执行情况解读", "2017-06-20"),
        published("2017年4月预算执行情况", "2017-05-20"),
        read("2017-06-28"),
    )
    assert verdict.status is Status.OVERDUE
    assert {c.refused for c in verdict.candidates} == {Refusal.EXCLUDED, Refusal.OTHER_PERIOD}


def test_a_title_without_a_period_within_the_window_forbids_the_accusation():
    verdict = judged("2017-06-30", published("预算执行情况公告", "2017-06-20"), read("2017-06-28"))
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.AMBIGUOUS)
    assert "预算执行情况公告" in verdict.reason
    before = judged("2017-06-30", published("预算执行情况公告", "2017-04-20"), read("2017-06-28"))
    assert before.status is Status.OVERDUE


def test_an_instalment_dated_before_its_period_is_no_proof_but_forbids_the_accusation():
    verdict = judged("2017-06-30", published(MAY, "2017-04-20"), read("2017-06-28"))
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.AMBIGUOUS)
    assert [c.refused for c in verdict.candidates] == [Refusal.BEFORE_PERIOD]


def test_a_title_cut_in_the_list_and_never_opened_forbids_the_accusation():
    cut = published("临江市财政局关于公布2017年5月全市一般公共…", "2017-06-20")
    nameless = published("临江市财政局关于公布全市一般公共...", "2017-06-20")
    assert judged("2017-06-30", cut, read("2017-06-28")).status is Status.INCONCLUSIVE
    assert judged("2017-06-30", nameless, read("2017-06-28")).reason_code is ReasonCode.AMBIGUOUS
    elsewhere = published("临江市财政局关于公布全市一般公共...", "2017-06-20", columns=("http://127.0.0.1:9001/gzdt/",))
    assert judged("2017-06-30", elsewhere, read("2017-06-28")).status is Status.OVERDUE


def test_a_title_cut_by_a_fixed_width_forbids_the_accusation_as_well():
    cut = published("临江市财政局关于公布全市一般公共", "2017-06-20", cut=True)
    assert judged("2017-06-30", cut, read("2017-06-28")).reason_code is ReasonCode.AMBIGUOUS
    whole = published("临江市财政局关于公布全市一般公共", "2017-06-20")
    assert judged("2017-06-30", whole, read("2017-06-28")).status is Status.OVERDUE


def test_january_served_only_together_with_february_takes_its_due_date():
    both = published("临江市2017年1-2月预算执行情况", "2017-03-20")
    january = judged("2017-12-31", both, period="2017-01")
    assert (january.status, str(january.due)) == (Status.ON_TIME, "2017-03-25")
    assert any("合并" in line for line in january.due_explained)
    assert judged("2017-12-31", both, period="2017-02").status is Status.ON_TIME
    late = judged("2017-12-31", both, published("2017年1月预算执行情况", "2017-03-01"), period="2017-01")
    assert (late.status, late.days_late) == (Status.LATE, 4)


def test_a_register_may_merge_january():
    merged = {**MONTHLY, "merge_january": True}
    verdict = judged("2017-03-20", read("2017-03-15"), period="2017-01", what=merged)
    assert (verdict.status, str(verdict.due)) == (Status.NOT_DUE, "2017-03-25")
    overdue = judged("2017-03-28", read("2017-03-27"), period="2017-01", what=merged)
    assert overdue.status is Status.OVERDUE


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (None, ReasonCode.NOT_READ),
        (entered("2017-06-28", FetchOutcome.TIMEOUT), ReasonCode.UNREACHABLE),
        (entered("2017-06-28", FetchOutcome.CAPTCHA), ReasonCode.BLOCKED),
        (entered("2017-06-28", FetchOutcome.ROBOTS), ReasonCode.ROBOTS),
        (entered("2017-06-28", FetchOutcome.OK, "财政收支"), ReasonCode.COLUMN_NOT_FOUND),
        (read("2017-06-28", "2017-06-01", Stop.STATIC_PART_ONLY), ReasonCode.TRUNCATED),
        (read("2017-06-28", stop=Stop.NEEDS_BROWSER), ReasonCode.NEEDS_BROWSER),
        (read("2017-06-28", stop=Stop.NO_ITEMS, items=0), ReasonCode.NO_ITEMS),
        (read("2017-06-28", stop=Stop.NO_ITEMS), ReasonCode.TRUNCATED),
        (read("2017-06-28", stop=Stop.FETCH_FAILED, outcome=FetchOutcome.DNS, pages=0), ReasonCode.UNREACHABLE),
        (read("2017-06-28", stop=Stop.FETCH_FAILED, outcome=FetchOutcome.DNS), ReasonCode.TRUNCATED),
        (read("2017-06-28", stop=Stop.FETCH_FAILED, outcome=FetchOutcome.BLOCKED), ReasonCode.BLOCKED),
        (read("2017-06-20"), ReasonCode.READ_TOO_EARLY),
    ],
)
def test_what_was_not_read_completely_is_inconclusive_and_says_why(reading, reason):
    verdict = judged("2017-06-30", *([reading] if reading else []))
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, reason)
    assert "{" not in verdict.reason + verdict.reason_en


def test_every_place_must_be_read_completely():
    other = read("2017-06-28", "2017-06-01", Stop.PAGE_LIMIT, url=COLUMN + "b/", column="财政收支公开")
    assert judged("2017-06-30", read("2017-06-28"), other).status is Status.INCONCLUSIVE


def test_a_site_of_the_agency_that_was_not_read_forbids_the_accusation():
    portal = {"id": "portal", "name": "临江市政府", "agency": "市政府", "url": "http://127.0.0.1:9002/"}
    both = {**MONTHLY, "where": ["czj", "portal"]}
    verdicts = judge(register(both), sites(portal), facts(read("2017-06-28")), at("2017-06-30").date())
    assert {v.reason_code for v in verdicts if v.due < at("2017-06-28").date()} == {ReasonCode.NOT_READ}


def test_a_sufficient_reading_stays_proof_when_a_later_one_fails():
    failed = read("2017-06-29", stop=Stop.FETCH_FAILED, outcome=FetchOutcome.TIMEOUT, pages=0)
    assert judged("2017-06-30", read("2017-06-28"), failed).status is Status.OVERDUE


def test_a_verdict_names_its_evidence():
    reading = read("2017-06-28", evidence="sha256:" + "b" * 64)
    absent = judged("2017-06-30", reading)
    assert (absent.evidence, absent.site) == (reading.evidence, "czj")
    assert [(c.column, c.sufficient) for c in absent.columns] == [("财政收支", True)]
    assert "3 页 45 条" in absent.reason
    assert "2017-06-28" in absent.reason
    found = published(MAY, "2017-06-20")
    assert judged("2017-12-31", found).evidence == found.evidence


def test_an_instalment_in_another_column_is_misplaced_only_where_the_right_one_was_read():
    elsewhere = published(MAY, "2017-06-20", columns=("http://127.0.0.1:9001/tzgg/",))
    assert judged("2017-12-31", elsewhere).flags == ()
    assert judged("2017-12-31", elsewhere, read("2017-06-28")).flags == (Flag.WRONG_PLACE,)
    at_home = published(MAY, "2017-06-20", seen="2017-06-28")
    assert judged("2017-12-31", at_home, read("2017-06-28")).flags == ()


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({"check": "manual"}, Status.MANUAL, ReasonCode.MANUAL_DUTY),
        ({"where": ["wechat"]}, Status.MANUAL, ReasonCode.MANUAL_CHANNEL),
        ({"kind": "platform"}, Status.INCONCLUSIVE, ReasonCode.KIND_NOT_JUDGED),
        ({"kind": "duty"}, Status.INCONCLUSIVE, ReasonCode.KIND_NOT_JUDGED),
        ({"kind": "label", "check": "manual"}, Status.MANUAL, ReasonCode.MANUAL_DUTY),
        ({"cadence": None, "vague": "timely", "due": None}, Status.INCONCLUSIVE, ReasonCode.KIND_NOT_JUDGED),
        ({"due": {"hours": 24, "after": "event"}}, Status.INCONCLUSIVE, ReasonCode.KIND_NOT_JUDGED),
        ({"cadence": "yearly", "evidence": {}}, Status.INCONCLUSIVE, ReasonCode.NO_EVIDENCE_PATTERN),
        (
            {"cadence": "yearly", "lead": ["市水务局"], "where": []},
            Status.INCONCLUSIVE,
            ReasonCode.SITE_UNKNOWN,
        ),
    ],
)
def test_what_no_machine_can_judge_says_so(changes, status, reason):
    verdict = only("2018-12-31", read("2018-06-01"), **changes)
    assert (verdict.status, verdict.reason_code, verdict.flags) == (status, reason, ())


STANDING = {"kind": "standing", "cadence": None, "due": None}


def test_a_standing_list_is_on_time_whenever_it_is_found():
    verdict = only("2017-03-01", published("预算执行一览表", "2015-02-03"), **STANDING)
    assert (verdict.status, verdict.period, verdict.due) == (Status.ON_TIME, None, None)
    attached = published("公告", "2015-02-03", attachments=(("预算执行一览表.xls", "http://127.0.0.1:9001/a.xls"),))
    assert only("2017-03-01", attached, **STANDING).status is Status.ON_TIME
    assert only("2017-03-01", read("2017-02-01"), **STANDING).status is Status.ON_TIME  # the column holds items


@pytest.mark.parametrize(("as_of", "status"), [("2017-12-31", Status.NOT_DUE), ("2018-01-01", Status.MISSING)])
def test_a_standing_list_that_is_not_there_is_missing_when_the_year_is_closed(as_of, status):
    assert only(as_of, read("2018-02-01", items=0), **STANDING).status is status


@pytest.mark.parametrize("address", [COLUMN, COLUMN.replace("http:", "https:"), COLUMN.rstrip("/")])
def test_the_link_to_an_empty_column_of_a_standing_list_is_no_publication(address):
    link = published("预算执行清单", None, url=address, columns=("http://127.0.0.1:9001/",))
    empty = read("2018-01-10", items=0, column="预算执行清单")
    assert only("2018-02-01", link, empty, **STANDING).status is Status.MISSING
    unread = read("2018-01-10", items=0, stop=Stop.NO_ITEMS)
    assert only("2018-02-01", link, unread, **STANDING).reason_code is ReasonCode.NO_ITEMS


def test_a_page_of_text_that_the_menu_names_like_a_column_is_a_publication():
    page = published("预算执行清单", None, url=COLUMN, text="本单位权责事项如下。" * 20)
    reading = read("2018-01-10", items=0, stop=Stop.NO_ITEMS)
    assert only("2018-02-01", page, reading, **STANDING).status is Status.ON_TIME


def test_a_standing_list_may_have_been_published_long_ago():
    partly = read("2018-02-01", "2016-01-01", Stop.PAGE_LIMIT, column="公告栏")
    assert only("2018-01-01", partly, **STANDING).reason_code is ReasonCode.TRUNCATED


def test_a_standing_list_with_a_stated_day_can_be_late():
    dated = {**STANDING, "due": {"date": "2017-06-30"}}
    assert only("2017-12-31", published("预算执行一览表", "2017-07-02"), **dated).days_late == 2
    assert only("2017-07-01", read("2017-07-01", items=0), **dated).status is Status.OVERDUE


ONCE = {"cadence": "once", "due": {"date": "2017-06-30"}}


def test_a_one_time_matter_is_known_by_its_title_and_carries_the_year():
    verdict = only("2017-12-31", published("预算执行监督办法", "2017-07-01"), **ONCE)
    assert (verdict.status, verdict.period, verdict.days_late) == (Status.LATE, "2017", 1)
    assert only("2017-07-01", read("2017-07-01"), **ONCE).status is Status.OVERDUE
    assert only("2018-01-01", read("2017-07-01"), **ONCE).status is Status.MISSING


def test_a_one_time_matter_that_came_before_the_plan_is_a_doubt():
    verdict = only("2017-12-31", published("预算执行监督办法", "2016-12-20"), read("2017-12-20"), **ONCE)
    assert verdict.reason_code is ReasonCode.AMBIGUOUS


def test_a_one_time_matter_without_a_day_is_due_when_the_plan_ends():
    verdict = only("2017-12-31", **{"cadence": "once", "due": None})
    assert (verdict.status, str(verdict.due)) == (Status.NOT_DUE, "2017-12-31")


DAILY = {"cadence": "daily", "due": None}


@pytest.mark.parametrize(
    ("newest", "status"),
    [("2017-06-15", Status.ON_TIME), ("2017-06-14", Status.OVERDUE)],  # read on Monday 2017-06-19
)
def test_a_daily_column_may_rest_two_working_days(newest, status):
    verdict = only("2017-06-30", published("预算执行日报", newest), read("2017-06-19"), **DAILY)
    assert (verdict.status, verdict.period) == (status, "2017-06-19")


def test_a_daily_column_that_was_not_read_is_inconclusive():
    assert only("2017-06-30", **DAILY).reason_code is ReasonCode.NOT_READ


def test_a_yearly_report_may_be_about_the_year_before():
    yearly = {"cadence": "yearly", "due": {"day": 31, "month": 3, "of": "period", "about": "previous"}}
    verdict = only("2017-12-31", published("2016年预算执行报告", "2017-04-01"), **yearly)
    assert (verdict.period, str(verdict.due), verdict.days_late) == ("2016", "2017-03-31", 1)


def test_regularly_is_served_by_anything_published_that_often():
    vague = {**MONTHLY, "cadence": None, "vague": "regularly", "due": None}
    monthly = published("2017年5月预算执行情况", "2017-06-08")
    assert judged("2017-12-31", monthly, period="2017-Q2", what=vague).status is Status.ON_TIME
    nameless = published("预算执行情况", "2017-05-08")
    assert judged("2017-12-31", nameless, period="2017-Q2", what=vague).status is Status.ON_TIME
    assert judged("2017-12-31", nameless, read("2017-12-20"), period="2017-Q1", what=vague).status is not Status.ON_TIME


def test_the_calendar_of_a_year_not_yet_published_is_flagged():
    verdicts = judge(
        register({**MONTHLY, "due": {"working_days": 10, "after": "period_end"}}, year=2031),
        sites(),
        facts(),
        at("2031-01-01").date(),
    )
    assert {v.flags for v in verdicts} == {(Flag.CALENDAR_ASSUMED,)}


def test_verdicts_stand_in_the_register_s_order():
    second = {**MONTHLY, "id": "0-1", "lead": ["市财政局", "市审计局"], "evidence": BUDGET}
    verdicts = judge(register(MONTHLY, second), sites(), facts(), at("2017-06-30").date())
    keys = [(v.obligation, v.agency) for v in verdicts]
    assert list(dict.fromkeys(keys)) == [("1-3", "市财政局"), ("0-1", "市财政局"), ("0-1", "市审计局")]
    assert [v.period for v in verdicts[:12]] == [f"2017-{month:02d}" for month in range(1, 13)]


def test_a_daily_column_with_an_undated_item_leaves_a_doubt():
    undated = published("预算执行日报", None, seen="2017-06-19")
    assert only("2017-06-30", undated, read("2017-06-19"), **DAILY).reason_code is ReasonCode.AMBIGUOUS


def test_a_daily_column_without_title_patterns_is_judged_by_whatever_it_lists():
    column_only = {**DAILY, "evidence": {"columns": ["财政收支"]}}
    item = published("随便什么", "2017-06-16")
    assert only("2017-06-30", item, read("2017-06-19"), **column_only).status is Status.ON_TIME
    assert only("2017-06-30", read("2017-06-19"), **column_only).status is Status.OVERDUE


def test_figures_of_the_period_before_are_a_doubt_where_the_limit_lies_within_the_period():
    """By the 25th of each month the figures of the month before: a register that forgot `about: previous`."""
    within = {**MONTHLY, "due": {"day": 25, "of": "period"}}
    verdict = judged("2017-06-30", published("2017年4月预算执行情况", "2017-05-20"), read("2017-06-28"), what=within)
    assert verdict.reason_code is ReasonCode.AMBIGUOUS


def test_a_sum_over_a_longer_span_serves_only_once_the_span_is_over():
    half_year = "2017年上半年预算执行情况"
    assert judged("2017-12-31", published(half_year, "2017-07-20"), period="2017-06").status is Status.ON_TIME
    early = judged("2017-08-01", published(half_year, "2017-05-20"), read("2017-08-01"), period="2017-06")
    assert early.status is Status.OVERDUE


def test_a_dated_copy_of_wider_span_beats_an_undated_one_of_the_month():
    june, half_year = published("2017年6月预算执行情况", None), published("2017年上半年预算执行情况", "2017-07-20")
    assert judged("2017-12-31", june, half_year, period="2017-06").title == half_year.title


def test_what_was_first_seen_after_the_as_of_day_was_not_seen_yet():
    seen_later = published(MAY, None, seen="2017-06-20")
    assert judged("2017-06-10", seen_later).status is Status.NOT_DUE
    assert judged("2017-06-20", seen_later).status is Status.ON_TIME


@pytest.mark.parametrize(("seen", "status"), [("2017-05-01", "inconclusive"), ("2017-04-30", "overdue")])
def test_an_undated_title_without_a_period_could_be_it_unless_it_was_there_before(seen, status):
    assert judged("2017-06-30", published("预算执行情况", None, seen=seen), read("2017-06-28")).status == status


def test_a_day_in_the_title_is_no_period_of_a_monthly_report():
    dated = published("预算执行情况（2017年6月20日）", "2017-06-20")
    assert judged("2017-06-30", dated, read("2017-06-28")).reason_code is ReasonCode.AMBIGUOUS
