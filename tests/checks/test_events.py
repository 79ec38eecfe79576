"""What must follow an event: found items are held to a proven day; what is not there accuses nobody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import MONTHLY, at, day, facts, published, read, register, sites

from checks.judge import judge
from checks.verdict import Flag, ReasonCode, Status
from db.facts import Clock, ClockName, FetchOutcome, PageVisit, Stop

EVENT = {
    **MONTHLY,
    "kind": "event",
    "cadence": "on_event",
    "due": {"working_days": 20, "after": "event"},
    "evidence": {"title": ["环境", "火灾"], "exclude": ["招聘"], "columns": ["财政收支"]},
}
MADE = "临江市环境治理办法"
WHOLE = read("2018-01-10")


def item(title=MADE, on="2017-06-01", signed=None, **more):
    clocks = (Clock(ClockName.SIGNED, signed),) if signed else ()
    return published(title, on, clocks=clocks, **more)


def verdicts(*seen, as_of="2018-02-01", **changes):
    return judge(register({**EVENT, **changes}), sites(), facts(*seen), day(as_of))


def verdict(*seen, as_of="2018-02-01", **changes):
    (one,) = verdicts(*seen, as_of=as_of, **changes)
    return one


@pytest.mark.parametrize(
    ("on", "status", "days"),
    [("2017-05-30", Status.ON_TIME, None), ("2017-05-31", Status.ON_TIME, None), ("2017-06-01", Status.LATE, 1)],
)
def test_a_document_is_due_twenty_working_days_after_it_was_made(on, status, days):
    one = verdict(item(on=on, signed="2017-05-02"), WHOLE)  # 29 and 30 May are holidays, 27 May is worked
    assert (one.status, one.days_late, str(one.due), one.subject) == (status, days, "2017-05-31", MADE)


def test_timely_is_read_by_the_register_s_defaults():
    assert verdict(item(signed="2017-03-01"), WHOLE, due=None, vague="timely").status is Status.LATE


@pytest.mark.parametrize(
    "seen",
    [
        item(),  # nobody says when it was made
        item(signed="2010-03-01"),  # made before the plan, posted again
        item(signed="2017-07-01"),  # dated after it was published
        item("环境状况公示", signed="2017-01-10"),  # dated by its matter
        item("转发广东省环境治理办法", signed="2017-01-10"),  # made by another
        item(signed="2017-01-10", source="广东省环境保护厅"),
    ],
)
def test_without_a_proven_day_it_counts_as_on_time_and_says_so(seen):
    one = verdict(seen, WHOLE)
    assert (one.status, one.flags, one.due) == (Status.ON_TIME, (Flag.TIME_UNKNOWN,), None)


def test_without_a_limit_nothing_is_unknown():
    one = verdict(item(signed="2017-01-10"), WHOLE, due=None)
    assert (one.status, one.flags, one.due) == (Status.ON_TIME, (), None)


def test_a_day_in_the_title_or_an_approval_in_the_text_proves_no_lateness():
    fire = item("关于2017年3月1日火灾情况的通报", on="2017-06-01")
    approved = item("环境规划", on="2017-06-01", text="经市政府2017年2月15日批准，现予公布。")
    for seen in (fire, approved):
        one = verdict(seen, WHOLE)
        assert (one.status, one.reason_code) == (Status.INCONCLUSIVE, ReasonCode.AMBIGUOUS)
    near = item("关于2017年5月20日火灾情况的通报", on="2017-06-01")
    assert (verdict(near, WHOLE).status, verdict(near, WHOLE).flags) == (Status.ON_TIME, ())


@pytest.mark.parametrize(("on", "status"), [("2017-05-20", "on_time"), ("2017-05-21", "on_time"), ("2017-05-22", None)])
def test_a_limit_in_hours_is_told_by_days_and_no_finer(on, status):
    one = verdict(item("2017年5月20日火灾通报", on=on), WHOLE, due={"hours": 5, "after": "event"})
    assert one.status == (status or "inconclusive")
    if status:
        assert one.flags == (Flag.TIME_UNKNOWN,)


@pytest.mark.parametrize("as_of", ["2017-06-01", "2018-02-01", "2020-01-01"])
@pytest.mark.parametrize("check", ["automatic", "assisted"])
def test_no_event_is_never_an_accusation(as_of, check):
    one = verdict(WHOLE, as_of=as_of, check=check)
    assert (one.status, one.reason_code, one.due) == (Status.INCONCLUSIVE, ReasonCode.NO_EVENT, None)
    once = verdict(WHOLE, as_of="2018-02-01", check=check, cadence="once", due=None)
    assert (once.status, once.reason_code) == (Status.INCONCLUSIVE, ReasonCode.NO_EVENT)


def test_an_incomplete_reading_is_told_as_such():
    one = verdict(read("2018-01-10", "2017-09-01", Stop.PAGE_LIMIT))
    assert one.reason_code is ReasonCode.TRUNCATED


def test_each_item_is_one_verdict_and_versions_count_once_by_the_earliest_day():
    seen = item("环境公示", "2017-03-01"), item("环境公示", "2017-05-01"), item("环境公告", "2017-04-01")
    mirrored = item("环境公告", "2017-04-20", site="hbj", columns=())
    bureau = {"id": "hbj", "name": "临江市环保局", "agency": "市财政局", "url": "http://127.0.0.1:9002/"}
    found = judge(register({**EVENT, "where": []}), sites(bureau), facts(*seen, mirrored, WHOLE), day("2018-02-01"))
    told = [(v.subject, str(v.published)) for v in found]
    assert told == [
        ("环境公示（2017-03-01）", "2017-03-01"),
        ("环境公告", "2017-04-01"),
        ("环境公示（2017-05-01）", "2017-05-01"),
    ]


def test_only_items_of_the_plan_s_time_and_no_look_alikes_count():
    seen = (
        item("环境公示", "2016-12-31"),
        item("环境公示", "2018-01-01"),
        item("环境治理办法解读"),
        item("市环保局召开环境治理工作会议"),
        item("环境岗位招聘公告"),
    )
    assert verdict(*seen, WHOLE).reason_code is ReasonCode.NO_EVENT


def test_an_undated_item_may_be_of_any_year():
    one = verdict(item(on=None), WHOLE)
    assert (one.status, one.reason_code) == (Status.INCONCLUSIVE, ReasonCode.UNDATED)


def test_a_matter_that_happens_once_has_its_year_and_its_limit():
    once = {"cadence": "once", "due": {"date": "2017-06-30"}}
    assert verdict(item(on="2017-06-30"), WHOLE, **once).status is Status.ON_TIME
    late = verdict(item(on="2017-07-01"), WHOLE, **once)
    assert (late.status, late.period, late.subject) == (Status.LATE, "2017", None)


steady = settings(max_examples=100, derandomize=True, deadline=None)
DAYS = st.dates(day("2016-11-01"), day("2018-03-31")).map(str)
ITEMS = st.builds(
    item,
    st.sampled_from([MADE, "环境公示", "转发环境意见", "2017年5月20日火灾通报"]),
    st.one_of(st.none(), DAYS),
    st.one_of(st.none(), DAYS),
)
SEEN = st.lists(st.one_of(ITEMS, st.just(WHOLE)), max_size=8, unique_by=lambda seen: seen.url)


@steady
@given(SEEN, DAYS, st.randoms(use_true_random=False))
def test_order_does_not_matter_keys_are_unique_and_nobody_is_called_missing(seen, as_of, random):
    shuffled = list(seen)
    random.shuffle(shuffled)
    found = verdicts(*seen, as_of=as_of)
    assert found == verdicts(*shuffled, as_of=as_of)
    assert len({v.key for v in found}) == len(found)
    assert not [v for v in found if v.status in (Status.MISSING, Status.OVERDUE)]


def test_an_item_that_was_taken_down_since_was_published_and_says_so():
    stood = PageVisit(at("2017-06-21"), FetchOutcome.OK)
    gone = PageVisit(at("2017-09-01"), FetchOutcome.NOT_FOUND)
    one = verdict(item(visits=(stood, gone)), WHOLE, due=None)
    assert (one.status, one.flags) == (Status.ON_TIME, (Flag.REMOVED,))
    assert "页面已不存在" in one.reason
    assert verdict(item(visits=(stood,)), WHOLE, due=None).flags == ()
