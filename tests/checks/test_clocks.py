"""What the other clocks say about a claimed day: at which bar a page is suspected, and what is never accused."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import COLUMN, MONTHLY, at, day, facts, read, register, sites

from checks.clocks import ALIKE, BESIDE, LATER_BY, Surroundings, hear
from checks.judge import judge
from checks.verdict import Flag, Status, Verdict
from db.facts import Clock, ClockName, FileOutcome, FileRead, PageState, Publication, Reading, Stop

READ_ON = "2018-06-01"
steady = settings(max_examples=60, derandomize=True, deadline=None)


def page(
    title: str, claims: str, number: int, made: str | None = None, *, seen: str = READ_ON, **more: object
) -> Publication:
    """A page of the budget column with a running number and, where given, a day in its address."""
    stamp = (made or claims).replace("-", "")
    clocks = [Clock(ClockName.RUNNING_ID, str(number)), Clock(ClockName.LIST, claims)]
    clocks += [Clock(ClockName.URL, made)] if made else []
    known = {"columns": (COLUMN,), "clocks": tuple(clocks), **more}
    url = f"{COLUMN}t{stamp}_{number}.html"
    return Publication("czj", url, title, published=day(claims), first_seen=at(seen), last_seen=at(seen), **known)


def month(m: int, claims: str, number: int, made: str | None = None, **more: object) -> Publication:
    return page(f"2017年{m}月预算执行情况", claims, number, made or claims, **more)


OLDER = tuple(page(f"关于2016年第{n}号事项的通知", f"2016-1{n}-05", 100 + n, f"2016-1{n}-05") for n in (0, 1, 2))
# In time: January to March. One sitting on 20 September: April to July. Then on time again.
HONEST = (month(1, "2017-02-20", 200), month(2, "2017-03-20", 300), month(3, "2017-04-20", 400))
RUN = (
    month(4, "2017-05-20", 901, "2017-09-20"),
    month(5, "2017-06-20", 902, "2017-09-20"),
    month(6, "2017-07-20", 903, "2017-09-20"),
    month(7, "2017-08-22", 905, "2017-09-20"),
)
AFTER = (month(8, "2017-09-22", 950), month(9, "2017-10-20", 1000))
PUT_UP_TOGETHER = (*OLDER, *HONEST, *RUN, *AFTER)


def verdicts(*seen: Publication | Reading) -> dict[str, Verdict]:
    found = judge(register(MONTHLY), sites(), facts(read(READ_ON), *seen), day("2018-06-01"))
    return {verdict.period: verdict for verdict in found if verdict.period}


def suspected(*seen: Publication | Reading) -> set[str]:
    return {period for period, verdict in verdicts(*seen).items() if Flag.BACKDATED in verdict.flags}


def test_months_put_up_in_one_sitting_are_suspected_and_stay_on_time() -> None:
    judged = verdicts(*PUT_UP_TOGETHER)
    assert suspected(*PUT_UP_TOGETHER) == {"2017-04", "2017-05", "2017-06"}
    assert {judged[f"2017-0{m}"].status for m in range(1, 10)} == {Status.ON_TIME}


def test_every_suspicion_lists_its_clocks_and_says_them() -> None:
    verdict = verdicts(*PUT_UP_TOGETHER)["2017-05"]
    assert dict(verdict.clocks) == {
        "running_id": "902",
        "list": "2017-06-20",
        "url": "2017-09-20",
        "neighbours": "905 (2017-08-22)",
        "first_seen": READ_ON,
    }
    assert "网址日期为 2017-09-20" in verdict.reason
    assert "须由人核实" in verdict.reason
    assert "2017-09-20" in verdict.reason_en


def test_the_last_of_a_run_needs_a_second_clock() -> None:
    """Nothing beside it claims a later day: its address alone says so, and a page may be saved again."""
    verdict = verdicts(*PUT_UP_TOGETHER)["2017-07"]
    assert verdict.flags == ()
    assert "仅此一项" in dict(verdict.clocks)["not_backdated"]


def test_three_lower_numbers_that_claim_later_days_are_that_clock() -> None:
    notices = [page(f"关于{n}的通知", f"2017-09-{12 + n}", 800 + n, f"2017-09-{12 + n}") for n in range(3)]
    assert "2017-07" in suspected(*PUT_UP_TOGETHER, *notices)


def test_a_page_saved_again_is_no_forgery() -> None:
    saved_again = month(5, "2017-06-20", 902, "2017-09-20")
    notice = page("关于放假的通知", "2017-09-20", 903, "2017-09-20", columns=("http://127.0.0.1:9001/tzgg/",))
    assert suspected(*OLDER, *HONEST, saved_again, notice, *AFTER) == set()


def test_one_pair_is_too_few() -> None:
    pair = (month(5, "2017-06-20", 902, "2017-07-22"), month(6, "2017-07-22", 903))
    assert suspected(*OLDER, *HONEST, *pair) == set()
    assert "仅 1 篇" in dict(verdicts(*OLDER, *HONEST, *pair)["2017-05"].clocks)["not_backdated"]


def test_an_import_of_the_whole_column_accuses_nobody() -> None:
    """Nothing in the column bears an older number: the run may be the day on which the column was moved."""
    assert suspected(*RUN, *AFTER) == set()
    assert "迁移" in dict(verdicts(*RUN, *AFTER)["2017-05"].clocks)["not_backdated"]


def test_years_of_items_with_one_day_of_import_accuse_nobody() -> None:
    history = [page(f"201{y}年报告", f"201{y}-05-05", 880 + y, "2017-09-20") for y in (3, 4, 5)]
    assert suspected(*PUT_UP_TOGETHER, *history) == set()


def test_scheduled_publishing_is_not_backdating() -> None:
    scheduled = [month(m, f"2017-{m + 1:02d}-20", 150 + m, "2017-01-10") for m in range(1, 8)]
    assert suspected(*OLDER, *scheduled) == set()


@pytest.mark.parametrize(("seen", "flagged"), [("2017-06-25", False), ("2017-06-26", True)])
def test_who_was_seen_by_the_due_date_is_never_suspected(seen: str, flagged: bool) -> None:
    others = [each for each in PUT_UP_TOGETHER if each is not RUN[1]]
    may = dataclasses.replace(RUN[1], first_seen=at(seen))
    assert ("2017-05" in suspected(*others, may)) is flagged


@pytest.mark.parametrize(("saved", "flagged"), [("2017-06-25", False), ("2017-06-27", True)])
def test_a_file_older_than_the_due_date_speaks_for_the_page(saved: str, flagged: bool) -> None:
    stamp = Clock(ClockName.LAST_MODIFIED, f"{saved}T01:00:00+00:00")
    may = dataclasses.replace(RUN[1], clocks=(*RUN[1].clocks, stamp))
    others = [each for each in PUT_UP_TOGETHER if each is not RUN[1]]
    assert ("2017-05" in suspected(*others, may)) is flagged


# --- addresses without a day ------------------------------------------------------------------------------------


def numbered(title: str, claims: str, number: int) -> Publication:
    found = page(title, claims, number)
    return dataclasses.replace(found, url=f"{COLUMN}post_{number}.html")


EARLIER = [numbered(f"关于第{n}号事项的通知", f"2017-0{1 + n // 4}-{10 + n % 4}", 100 + 20 * n) for n in range(16)]
NOTICES = [numbered(f"关于{n}的通知", f"2017-09-{12 + n}", 800 + 10 * n) for n in range(3)]
NUMBERED_RUN = [numbered(f"2017年{m}月预算执行情况", f"2017-0{m + 1}-20", 900 + m) for m in (4, 5, 6)]


def test_without_days_in_addresses_a_run_of_three_after_later_claims_is_suspected() -> None:
    assert suspected(*EARLIER, *NOTICES, *NUMBERED_RUN) == {"2017-04", "2017-05", "2017-06"}


def test_a_pair_a_single_page_or_an_import_is_not() -> None:
    assert suspected(*EARLIER, *NOTICES, *NUMBERED_RUN[:2]) == set()
    assert suspected(*EARLIER, *NOTICES, NUMBERED_RUN[0]) == set()
    assert suspected(*EARLIER[:2], *NUMBERED_RUN) == set()
    years = [numbered(f"201{y}年报告", f"201{y}-05-05", 898 + y) for y in (4, 5)]
    assert suspected(*EARLIER, *NOTICES, *NUMBERED_RUN, *years) == set()


def test_numbers_that_do_not_run_with_the_days_are_no_clock() -> None:
    """Several counters on one site, or random numbers."""
    mixed = [numbered(f"第{n}号通报", f"2017-{1 + (7 * n) % 12:02d}-1{n % 3}", 300 + 11 * n) for n in range(40)]
    assert suspected(*mixed, *NOTICES, *NUMBERED_RUN) == set()


# --- our own crawls --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "flagged"),
    [
        (read("2017-06-27"), True),
        (read("2017-06-25"), False),  # on the due date: it could still come
        (read("2017-06-27", "2017-06-01", Stop.REACHED_DATE), True),
        (read("2017-06-27", "2017-06-22", Stop.REACHED_DATE), False),  # did not reach the claimed day
        (read("2017-06-27", "2017-06-01", Stop.STATIC_PART_ONLY), True),  # what lies behind is older
        (read("2017-06-27", "2017-06-22", Stop.STATIC_PART_ONLY), False),
        (read("2017-06-27", None, Stop.STATIC_PART_ONLY), False),
        (read("2017-06-27", None, Stop.FETCH_FAILED), False),
        (read("2017-06-27", items=0), False),
        (read("2017-08-01"), False),  # after it was first seen
        (read("2017-06-27", url="http://127.0.0.1:9001/other/"), False),  # not the column that lists it
    ],
)
def test_a_complete_reading_without_it_is_proof(reading: Reading, flagged: bool) -> None:
    may = page("2017年5月预算执行情况", "2017-06-20", 902, seen="2017-07-10")
    verdict = verdicts(may, reading)["2017-05"]
    assert (Flag.BACKDATED in verdict.flags) is flagged
    assert verdict.status is Status.ON_TIME
    if flagged:
        assert dict(verdict.clocks)["not_seen"] == "2017-06-27"


def test_a_page_that_was_seen_under_another_address_was_saved_again() -> None:
    may = page("2017年5月预算执行情况", "2017-06-20", 902, seen="2017-07-10")
    before = page("2017年5月预算执行情况", "2017-06-21", 700, seen="2017-06-22")
    assert suspected(may, before, read("2017-06-27")) == set()


def test_a_claim_that_was_set_back_after_we_read_it_is_proof() -> None:
    listed = (
        (at("2017-07-01"), "2017年5月预算执行情况", day("2017-06-30")),
        (at(READ_ON), "2017年5月", day("2017-06-20")),
    )
    may = page("2017年5月预算执行情况", "2017-06-20", 902, seen="2017-07-01", listed=listed)
    verdict = verdicts(may)["2017-05"]
    assert set(verdict.flags) == {Flag.BACKDATED, Flag.CHANGED}
    assert "首次读到时标示为 2017-06-30" in verdict.reason


# --- attachments -----------------------------------------------------------------------------------------------


def with_file(
    created: str | None, address: str = "http://127.0.0.1:9001/f.pdf", made: str = "2017-09-20"
) -> Publication:
    file = FileRead("附件", address, "pdf", FileOutcome.READ, created=created)
    return month(5, "2017-06-20", 902, made, files=(file,), attachments=(("附件", address),))


def test_an_attachment_made_later_and_the_address_are_two_clocks() -> None:
    assert suspected(*OLDER, with_file("2017-09-19T16:30:00+00:00")) == {"2017-05"}
    stamped = "http://127.0.0.1:9001/P020170919123456789012.pdf"
    assert suspected(*OLDER, with_file(None, stamped)) == {"2017-05"}


def test_an_attachment_alone_may_have_been_replaced() -> None:
    assert suspected(*OLDER, with_file("2017-09-19T10:00:00", made="2017-06-20")) == set()


@pytest.mark.parametrize("created", ["", "soon", "9999-99-99", "0001-01-01T00:00:00+14:00", "x" * 10_000])
def test_a_hostile_creation_date_is_no_clock(created: str) -> None:
    assert suspected(*OLDER, with_file(created)) == set()


# --- a late answer that our crawls take back -------------------------------------------------------------------


def test_what_was_seen_in_time_and_redated_later_is_not_late() -> None:
    history = (
        PageState(at("2017-06-22"), "2017年5月预算执行情况", day("2017-06-20"), "a", text="正文" * 20),
        PageState(at("2017-08-01"), "2017年5月预算执行情况", day("2017-07-30"), "b", text="正文" * 20),
    )
    may = page("2017年5月预算执行情况", "2017-07-30", 902, seen="2017-06-22", history=history)
    verdict = verdicts(may)["2017-05"]
    assert (verdict.status, verdict.flags, verdict.days_late) == (Status.ON_TIME, (Flag.CHANGED,), None)
    assert verdict.published == day("2017-06-20")


@pytest.mark.parametrize("as_of", ["2017-06-22", "2017-07-01", "2018-03-01"])
def test_what_stood_there_by_the_due_date_is_in_time_under_an_impossible_day_too(as_of: str) -> None:
    may = page("2017年5月预算执行情况", "2017-11-30", 902, seen="2017-06-20")
    (verdict,) = [v for v in judge(register(), sites(), facts(may, read(as_of)), day(as_of)) if v.period == "2017-05"]
    assert (verdict.status, verdict.flags, verdict.days_late) == (Status.ON_TIME, (Flag.TIME_UNKNOWN,), None)
    assert verdict.published == day("2017-11-30")  # as it claims
    assert "2017-06-20 已见公开" in verdict.reason


@pytest.mark.parametrize(
    ("seen", "status"),
    [("2017-06-25", Status.ON_TIME), ("2017-06-26", Status.INCONCLUSIVE), ("2017-11-30", Status.LATE)],
)
def test_a_day_later_than_the_sighting_that_shows_it_proves_no_delay(seen: str, status: Status) -> None:
    verdict = verdicts(page("2017年5月预算执行情况", "2017-11-30", 902, seen=seen))["2017-05"]
    assert verdict.status is status


def test_another_title_seen_at_the_address_in_time_was_another_thing() -> None:
    listed = (
        (at("2017-06-20"), "2017年4月预算执行情况", None),
        (at("2017-12-01"), "2017年5月预算执行情况", day("2017-11-30")),
    )
    may = page("2017年5月预算执行情况", "2017-11-30", 902, seen="2017-06-20", listed=listed)
    assert verdicts(may)["2017-05"].status is Status.LATE


def test_years_of_items_that_claim_one_day_are_a_move_and_not_late() -> None:
    moved = [page(f"201{y}年{m}月预算执行情况", "2018-03-01", 100 * y + m) for y in (5, 6, 7) for m in range(3, 8)]
    verdict = verdicts(*moved)["2017-05"]
    assert (verdict.status, verdict.flags) == (Status.INCONCLUSIVE, (Flag.TIME_UNKNOWN,))
    assert verdict.reason_code == "site_moved"
    assert verdicts(*moved[-5:])["2017-05"].status is Status.LATE


def test_a_small_column_of_a_site_that_moved_as_a_whole_is_a_move_as_well() -> None:
    few = [
        page(f"{y}年{m}月预算执行情况", "2018-03-01", m + y) for y, m in ((2016, 3), (2016, 9), (2017, 2), (2017, 5))
    ]
    others = [page(f"第{n}号通知", "2018-03-01", 5000 + n, columns=("http://127.0.0.1:9001/tz/",)) for n in range(16)]
    assert verdicts(*few)["2017-05"].status is Status.LATE
    assert verdicts(*few, *others)["2017-05"].reason_code == "site_moved"


# --- what always holds -----------------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2017, 1, 1), dt.date(2018, 5, 30)).map(str)
MONTHS = st.integers(1, 12)
PAGES = st.builds(
    lambda m, claims, number, made, seen: month(m, claims, number, made, seen=seen),
    MONTHS,
    DAYS,
    st.integers(1, 60),
    DAYS,
    DAYS,
)
READINGS = st.builds(read, DAYS, st.one_of(st.none(), DAYS), st.sampled_from([Stop.END_OF_LIST, Stop.REACHED_DATE]))
WORLDS = st.lists(st.one_of(PAGES, READINGS), max_size=14)


def judged(world: list[Publication | Reading]) -> tuple[Verdict, ...]:
    return judge(register(MONTHLY), sites(), facts(*world), day("2018-06-01"))


@steady
@given(WORLDS, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(world, random) -> None:
    shuffled = list(world)
    random.shuffle(shuffled)
    assert judged(world) == judged(shuffled)


@steady
@given(WORLDS)
def test_suspicion_needs_a_claim_in_time_and_no_sight_by_the_due_date(world) -> None:
    for verdict in judged(world):
        if Flag.BACKDATED in verdict.flags:
            assert verdict.status is Status.ON_TIME
            assert verdict.published <= verdict.due < verdict.first_seen.date()


@steady
@given(WORLDS, st.integers(0, 13), st.sampled_from([ClockName.URL, ClockName.LAST_MODIFIED]))
def test_an_agreeing_clock_never_adds_a_flag(world, place, name) -> None:
    pages = [each for each in world if isinstance(each, Publication)]
    if not pages:
        return
    chosen = pages[place % len(pages)]
    around = Surroundings(facts(*world))
    clock = Clock(name, str(chosen.published))
    agreeing = dataclasses.replace(chosen, clocks=(*chosen.clocks, clock))
    due = day("2017-06-25")
    before, after = hear(chosen, due, around), hear(agreeing, due, around)
    assert before.suspected or not after.suspected
    assert len(after.statements) <= len(before.statements)


@steady
@given(st.lists(st.tuples(MONTHS, DAYS), min_size=3, max_size=14), st.integers(0, 3))
def test_a_move_on_one_day_never_flags(claims, older) -> None:
    """All that the column holds was made in one sitting, however its claims lie."""
    moved = [month(m, claimed, 500 + n, "2018-05-31") for n, (m, claimed) in enumerate(claims)]
    assert suspected(*moved, *OLDER[: min(older, 2)]) == set()


@steady
@given(WORLDS)
def test_flags_never_make_a_status_worse(world) -> None:
    bare = [dataclasses.replace(w, clocks=(), columns=w.columns) if isinstance(w, Publication) else w for w in world]
    for verdict, plain in zip(judged(world), judged(bare), strict=True):
        assert verdict.status is plain.status


def test_the_thresholds_stand_as_documented() -> None:
    assert (LATER_BY.days, BESIDE, ALIKE) == (14, 20, 3)
