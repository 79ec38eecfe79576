"""What repeated visits tell: taken down, or altered after it was first read; and what is neither."""

from dataclasses import replace

import pytest
from judging import COLUMN, at, day, judged, published, read

from checks.verdict import Flag, Status, Verdict
from db.facts import FetchOutcome, LapseMark, MarkPlace, PageState, PageVisit, Publication

MAY = "2017年5月预算执行情况"
TEXT = "一般公共预算收入完成 12.3 亿元，增长 5.1%。\n支出完成 23.4 亿元，增长 3.2%。\n财政运行总体平稳。"


def state(on: str, text: str = TEXT, title: str = MAY, claims: str = "2017-06-20", **more: object) -> PageState:
    return PageState(at(on), title, day(claims), digest=f"{on}{text}{title}", text=text, **more)


def visit(on: str, outcome: FetchOutcome = FetchOutcome.OK) -> PageVisit:
    return PageVisit(at(on), outcome)


def may(**more: object) -> Publication:
    return published(MAY, "2017-06-20", seen="2017-06-21", **more)


def verdict(*seen: object) -> Verdict:
    return judged("2017-12-31", *seen)


# --- removed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gone", [FetchOutcome.NOT_FOUND, FetchOutcome.SOFT_404])
def test_a_page_that_stood_there_and_is_gone_was_removed_and_still_counts(gone: FetchOutcome) -> None:
    found = verdict(may(history=(state("2017-06-21"),), visits=(visit("2017-06-21"), visit("2017-08-01", gone))))
    assert (found.status, found.flags) == (Status.ON_TIME, (Flag.REMOVED,))
    assert "2017-06-21 尚能打开或列出，2017-08-01 查阅时页面已不存在" in found.reason


@pytest.mark.parametrize("outcome", [FetchOutcome.TIMEOUT, FetchOutcome.BLOCKED, FetchOutcome.MOVED, FetchOutcome.DNS])
def test_a_page_that_could_not_be_asked_is_not_removed(outcome: FetchOutcome) -> None:
    found = verdict(may(history=(state("2017-06-21"),), visits=(visit("2017-08-01", outcome),)))
    assert found.flags == ()


def test_a_page_that_came_back_is_not_removed() -> None:
    visits = (visit("2017-06-21"), visit("2017-08-01", FetchOutcome.NOT_FOUND), visit("2017-08-09"))
    assert verdict(may(history=(state("2017-06-21"),), visits=visits)).flags == ()


def test_a_link_that_never_opened_is_dead_and_nothing_was_removed() -> None:
    listed = ((at("2017-06-21"), MAY, day("2017-06-20")),)
    dead = may(listed=listed, visits=(visit("2017-06-21", FetchOutcome.NOT_FOUND),))
    assert verdict(dead, read("2017-06-21")).flags == ()


def test_what_left_its_list_and_whose_page_is_gone_was_removed() -> None:
    listed = ((at("2017-06-21"), MAY, day("2017-06-20")),)
    gone = may(listed=listed, visits=(visit("2017-08-01", FetchOutcome.NOT_FOUND),))
    assert verdict(gone, read("2017-08-01")).flags == (Flag.REMOVED,)


def test_what_merely_left_its_list_stands_there_still() -> None:
    listed = ((at("2017-06-21"), MAY, day("2017-06-20")),)
    left = may(listed=listed, history=(state("2017-06-21"),), visits=(visit("2017-08-01"),))
    assert verdict(left, read("2017-08-01")).flags == ()


def test_a_page_saved_again_under_another_address_was_not_removed() -> None:
    gone = may(history=(state("2017-06-21"),), visits=(visit("2017-08-01", FetchOutcome.NOT_FOUND),))
    again = Publication(
        "czj", COLUMN + "again.html", MAY, (COLUMN,), day("2017-06-21"), at("2017-08-01"), at("2017-08-01")
    )
    assert verdict(gone, again).flags == ()


def saved_again(seen: str, last: str, **more: object) -> Publication:
    """May's page under a later address, as a renumbered column shows it."""
    return Publication("czj", COLUMN + "z.html", MAY, (COLUMN,), day("2017-06-20"), at(seen), at(last), **more)


def test_a_page_saved_again_was_removed_when_the_later_one_is_gone() -> None:
    lost = may(history=(state("2017-06-21"),), visits=(visit("2017-08-01", FetchOutcome.NOT_FOUND),))
    later = {"history": (state("2017-08-01"),), "visits": (visit("2017-10-09", FetchOutcome.NOT_FOUND),)}
    found = verdict(lost, saved_again("2017-08-01", "2017-09-01", **later))
    assert found.flags == (Flag.REMOVED,)
    assert "2017-10-09 查阅时页面已不存在" in found.reason


def test_a_page_saved_again_with_its_title_put_right_was_not_removed() -> None:
    gone = may(history=(state("2017-06-21"),), visits=(visit("2017-08-01", FetchOutcome.NOT_FOUND),))
    again = replace(saved_again("2017-08-01", "2017-09-01"), title=MAY + "（更正）")
    assert Flag.REMOVED not in verdict(gone, again).flags


def test_what_changed_after_a_page_was_saved_again_changed() -> None:
    lost = may(history=(state("2017-06-21"),), visits=(visit("2017-08-01", FetchOutcome.NOT_FOUND),))
    later = (state("2017-08-01", TEXT + "另一行"), state("2017-10-09", TEXT.replace("12.3", "11.1")))
    assert verdict(lost, saved_again("2017-08-01", "2017-10-09", history=later)).flags == (Flag.CHANGED,)


def test_the_move_itself_and_a_copy_beside_are_no_change() -> None:
    gone = (visit("2017-08-01", FetchOutcome.NOT_FOUND),)
    moved = saved_again("2017-08-01", "2017-10-09", history=(state("2017-08-01", TEXT + "版式说明一行"),))
    assert verdict(may(history=(state("2017-06-21"),), visits=gone), moved).flags == ()
    changed = (state("2017-08-01"), state("2017-10-09", TEXT.replace("12.3", "11.1")))
    beside = saved_again("2017-08-01", "2017-10-09", history=changed)
    assert verdict(may(history=(state("2017-06-21"),)), beside).flags == ()  # what counts stands there as it was


# --- changed ---------------------------------------------------------------------------------------------------


def changed(*states: PageState) -> Verdict:
    return verdict(may(history=states))


def test_changed_words_are_told_by_their_share() -> None:
    found = changed(state("2017-06-21"), state("2017-08-01", TEXT.replace("12.3 亿元", "9.8 亿元")))
    assert found.flags == (Flag.CHANGED,)
    assert "正文约 5% 有改动" in found.reason


def test_a_changed_title_and_a_changed_day_are_told_with_both() -> None:
    found = changed(state("2017-06-21", claims="2017-06-19"), state("2017-08-01", title=MAY + "（更正）"))
    assert "标题由《2017年5月预算执行情况》改为《2017年5月预算执行情况（更正）》" in found.reason
    assert "标示日期由 2017-06-19 改为 2017-06-20" in found.reason


def test_a_day_that_changed_in_the_list_alone_is_told() -> None:
    listed = ((at("2017-06-21"), MAY, day("2017-06-19")), (at("2017-08-01"), MAY, day("2017-06-20")))
    assert "标示日期由 2017-06-19 改为 2017-06-20" in verdict(may(listed=listed)).reason


def test_two_columns_with_two_days_are_no_change() -> None:
    each = [(at(on), MAY, day(shown)) for on in ("2017-06-21", "2017-08-01") for shown in ("2017-06-19", "2017-06-20")]
    assert verdict(may(listed=tuple(each))).flags == ()


@pytest.mark.parametrize(
    "later",
    [
        TEXT + "\n浏览次数：1234",
        TEXT + "\n页面生成时间：2017-08-01 09:00:00",
        TEXT.replace("。\n", "。\n\n　　"),
        TEXT.replace("。\n", "。"),
        "",
        TEXT + "\n本文件已失效",
    ],
    ids=["counter", "generated", "blanks", "other lines", "unreadable", "mark of repeal"],
)
def test_what_nobody_wrote_anew_is_no_change(later: str) -> None:
    mark = LapseMark(MarkPlace.BANNER, "本文件已失效")
    assert changed(state("2017-06-21", TEXT + "\n浏览次数：87"), state("2017-08-01", later, marks=(mark,))).flags == ()


def test_the_same_bytes_read_otherwise_by_a_newer_reader_are_no_change() -> None:
    same = {"evidence": "sha256:" + "b" * 64}
    assert changed(state("2017-06-21", **same), state("2017-08-01", TEXT[:40], **same)).flags == ()


def test_the_order_of_states_and_visits_does_not_matter() -> None:
    states = (state("2017-06-21"), state("2017-08-01", TEXT[:40]))
    visits = (visit("2017-06-21"), visit("2017-08-01", FetchOutcome.NOT_FOUND))
    one = verdict(may(history=states, visits=visits))
    other = verdict(may(history=states[::-1], visits=visits[::-1]))
    assert (one.flags, one.reason) == (other.flags, other.reason)
