"""What holds for every verdict, whatever the facts: order, noise, time and gaps."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from judging import MONTHLY, day, entered, facts, published, read, register, sites

from checks.export import to_jsonl, to_record
from checks.judge import judge
from checks.verdict import Status
from db.facts import FetchOutcome, Stop

REGISTER = register(
    MONTHLY,
    {**MONTHLY, "id": "2-1", "cadence": "quarterly", "due": None},
    {**MONTHLY, "id": "2-2", "cadence": "yearly", "due": {"day": 31, "month": 3, "of": "period", "about": "previous"}},
    {**MONTHLY, "id": "2-3", "cadence": "once", "due": {"date": "2017-06-30"}},
    {**MONTHLY, "id": "2-4", "cadence": None, "vague": "regularly", "due": None},
    {**MONTHLY, "id": "3-1", "kind": "standing", "cadence": None, "due": None},
    {**MONTHLY, "id": "3-2", "cadence": "daily", "due": None},
    {**MONTHLY, "id": "4-1", "check": "manual"},
)
ACCUSED = {Status.OVERDUE, Status.MISSING}
DAYS = st.dates(dt.date(2016, 12, 1), dt.date(2018, 4, 30)).map(str)
TITLES = st.one_of(
    st.integers(1, 12).map(lambda m: f"2017年{m}月预算执行情况"),
    st.integers(3, 12).map(lambda m: f"2017年1-{m}月预算执行情况"),
    st.sampled_from(
        [
            "2017年1-2月预算执行情况",
            "2017年上半年预算执行情况",
            "2017年二季度预算执行情况",
            "2016年预算执行情况",
            "2017年预算执行情况",
            "预算执行情况",
            "2017年5月预算执行情况解读",
            "关于公布2017年…",
        ]
    ),
)
PUBLICATIONS = st.builds(published, TITLES, st.one_of(st.none(), DAYS), seen=DAYS)
READINGS = st.builds(
    read,
    DAYS,
    st.one_of(st.none(), DAYS),
    st.sampled_from(list(Stop)),
    outcome=st.sampled_from([FetchOutcome.OK, FetchOutcome.TIMEOUT, FetchOutcome.BLOCKED]),
    items=st.integers(0, 30),
    url=st.sampled_from(["http://127.0.0.1:9001/a/", "http://127.0.0.1:9001/b/"]),
)
ONE_PLACE = st.builds(read, DAYS, st.one_of(st.none(), DAYS), st.sampled_from(list(Stop)), items=st.just(0))
ENTRIES = st.builds(entered, DAYS, st.sampled_from([FetchOutcome.OK, FetchOutcome.DNS]))
SEEN = st.lists(st.one_of(PUBLICATIONS, READINGS, ENTRIES), max_size=12)
steady = settings(max_examples=120, derandomize=True, deadline=None)


def verdicts(seen, as_of):
    return judge(REGISTER, sites(), facts(*seen), day(as_of))


@steady
@given(SEEN, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_observations_does_not_matter(seen, as_of, random):
    shuffled = list(seen)
    random.shuffle(shuffled)
    assert verdicts(seen, as_of) == verdicts(shuffled, as_of)


@steady
@given(SEEN, DAYS)
def test_judging_twice_gives_the_same_bytes(seen, as_of):
    once, twice = verdicts(seen, as_of), verdicts(seen, as_of)
    assert to_jsonl(once) == to_jsonl(twice)
    assert [to_record(v) for v in once] == [to_record(v) for v in twice]


@steady
@given(SEEN, DAYS, DAYS)
def test_unrelated_publications_do_not_change_verdicts(seen, as_of, on):
    unrelated = [published("我市召开扶贫工作会议", on), published("2017年5月水质状况", on, columns=())]
    assert to_jsonl(verdicts(seen, as_of)) == to_jsonl(verdicts([*seen, *unrelated], as_of))


@steady
@given(SEEN, DAYS, DAYS)
def test_time_without_new_evidence_never_improves_a_verdict(seen, one_day, another_day):
    earlier, later = sorted((one_day, another_day))
    known = [s for s in seen if not hasattr(s, "published") or (s.published or s.first_seen.date()) <= day(earlier)]
    for before, after in zip(verdicts(known, earlier), verdicts(known, later), strict=True):
        if before.obligation == "3-2":  # a daily duty asks another question each day
            continue
        allowed = {before.status}
        if before.status is Status.OVERDUE:
            allowed.add(Status.MISSING)
        if before.status is Status.NOT_DUE:
            allowed |= {*ACCUSED, Status.INCONCLUSIVE}
        assert after.status in allowed, (before, after)


@steady
@given(st.lists(PUBLICATIONS, max_size=6), DAYS, DAYS, st.sampled_from(list(Stop)))
def test_incomplete_coverage_never_accuses(seen, as_of, read_on, stop):
    partly = read(read_on, "2018-04-30", stop if stop not in (Stop.END_OF_LIST,) else Stop.PAGE_LIMIT, items=0)
    assert not [v for v in verdicts([*seen, partly], as_of) if v.status in ACCUSED]


@steady
@given(SEEN, DAYS)
def test_an_accusation_names_a_complete_reading_after_the_due_date(seen, as_of):
    for verdict in verdicts(seen, as_of):
        if verdict.status in ACCUSED:
            assert verdict.columns
            assert all(column.sufficient for column in verdict.columns)
            assert verdict.obligation == "3-2" or all(c.read_at[:10] > str(verdict.due) for c in verdict.columns)
            assert as_of > str(verdict.due) or verdict.obligation == "3-2"


@steady
@given(st.lists(st.one_of(PUBLICATIONS, ONE_PLACE), min_size=1, max_size=8), DAYS, st.integers(0, 7))
def test_removing_a_reading_never_creates_an_accusation(seen, as_of, which):
    """Where the readings are of one column. Of a second column whose only reading is lost no trace is left."""
    rest = [s for i, s in enumerate(seen) if i != which or not hasattr(s, "stop")]
    accused = {v.key for v in verdicts(seen, as_of) if v.status in ACCUSED}
    after = {v.key for v in verdicts(rest, as_of) if v.status in ACCUSED}
    assert not [key for key in after - accused if "/3-2/" not in key]  # a daily duty asks about its last reading


@steady
@given(SEEN, DAYS)
def test_without_any_reading_nobody_is_accused(seen, as_of):
    without = [s for s in seen if not hasattr(s, "stop")]
    assert not [v for v in verdicts(without, as_of) if v.status in ACCUSED]


@steady
@given(SEEN, DAYS)
def test_every_expectation_keeps_its_record_whatever_was_seen(seen, as_of):
    fixed = [v.key for v in verdicts(seen, as_of) if v.obligation != "3-2"]
    assert fixed == [v.key for v in verdicts([], as_of) if v.obligation != "3-2"]
    assert len(set(fixed)) == len(fixed)


def test_a_hostile_title_is_data_only():
    title = "{period} {0} %s \ud800 2017年5月预算执行情况" + "甲" * 5000
    (may,) = [
        v for v in verdicts([published(title, "2017-06-20")], "2017-12-31") if v.key.endswith("1-3/市财政局/2017-05")
    ]
    assert may.status is Status.ON_TIME
    assert len(may.reason) < 300
    assert to_jsonl([may]).endswith(b"\n")
