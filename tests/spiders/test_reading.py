"""How far a column is read, and what may be said afterwards."""

import dataclasses
import datetime as dt

import pytest

from db.facts import Stop
from spiders.reading import MAX_PAGES, ColumnProgress
from spiders.records import ListItem, ListPage, Needs, PageRequest

SINCE = dt.date(2017, 1, 1)


def rows(*days: str | None, start: int = 0) -> tuple[ListItem, ...]:
    return tuple(
        ListItem(f"第{start + n}条", f"http://x/{start + n}", dt.date.fromisoformat(day) if day else None)
        for n, day in enumerate(days)
    )


def page(items: tuple[ListItem, ...], following: int | None = None, **kwargs: object) -> ListPage:
    return ListPage(items, PageRequest(f"http://x/index_{following}.html") if following else None, **kwargs)


def test_the_last_page_ends_the_list_completely() -> None:
    progress = ColumnProgress(SINCE)
    assert progress.add(page(rows("2017-06-01", "2017-05-01"))).stop is Stop.END_OF_LIST
    assert progress.back_to(Stop.END_OF_LIST) is None


def test_a_page_wholly_before_the_wanted_day_ends_the_reading() -> None:
    progress = ColumnProgress(SINCE)
    assert progress.add(page(rows("2017-02-01", "2016-12-31"), 1)).request is not None
    assert progress.add(page(rows("2016-12-30", "2016-12-01", start=9), 2)).stop is Stop.REACHED_DATE
    assert progress.back_to(Stop.REACHED_DATE) == SINCE


def test_one_old_row_between_newer_ones_does_not_end_the_reading() -> None:
    assert ColumnProgress(SINCE).add(page(rows("2012-05-01", "2017-06-01", "2012-04-01"), 1)).request is not None


def test_sticky_old_rows_at_the_top_do_not_end_the_reading() -> None:
    old = ListItem("置顶", "http://x/top", dt.date(2011, 1, 1), sticky=True)
    assert ColumnProgress(SINCE).add(page((old, *rows("2017-06-01")), 1)).request is not None


def test_a_list_without_dates_is_read_to_its_end() -> None:
    assert ColumnProgress(SINCE).add(page(rows(None, None), 1)).request is not None


def test_without_a_wanted_day_old_pages_are_read_too() -> None:
    assert ColumnProgress(None).add(page(rows("1999-01-01"), 1)).request is not None


def test_a_page_that_brings_nothing_new_stops_without_a_claim_of_completeness() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows("2017-06-01"), 1))
    assert progress.add(page(rows("2017-06-01"), 2)).stop is Stop.REPEATED_PAGE


def test_a_repeated_page_after_the_stated_total_is_the_end() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows("2017-06-01"), 1, total=1))
    assert progress.add(page(rows("2017-06-01"), 2, total=1)).stop is Stop.END_OF_LIST


@pytest.mark.parametrize(
    ("listing", "stop"),
    [
        (ListPage((), needs=Needs.BROWSER), Stop.NEEDS_BROWSER),
        (ListPage((), needs=Needs.INTERFACE), Stop.NEEDS_BROWSER),
        (ListPage((), declared_empty=True), Stop.END_OF_LIST),
        (ListPage(()), Stop.NO_ITEMS),
        (page(rows("2017-06-01"), truncated=True), Stop.STATIC_PART_ONLY),
        (page(rows("2017-06-01"), total=167), Stop.STATIC_PART_ONLY),
    ],
)
def test_no_rows_or_fewer_than_stated_is_never_taken_for_the_end(listing: ListPage, stop: Stop) -> None:
    assert ColumnProgress(SINCE).add(listing).stop is stop


def test_a_stub_in_the_middle_is_no_end() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows("2017-06-01"), 1))
    assert progress.add(ListPage(())).stop is Stop.NO_ITEMS


def test_a_sorted_list_that_breaks_off_was_read_to_the_day_after_its_last_row() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows("2017-06-01", "2017-05-20", "2017-05-02"), 1))
    assert progress.back_to(Stop.FETCH_FAILED) == dt.date(2017, 5, 3)


def test_an_unsorted_list_that_breaks_off_is_trusted_only_to_the_newest_of_its_last_rows() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows("2017-06-01", "2017-04-20", "2017-05-02"), 1))
    assert progress.back_to(Stop.FETCH_FAILED) == dt.date(2017, 6, 2)


def test_a_list_that_never_came_was_read_back_to_nowhere() -> None:
    assert ColumnProgress(SINCE).back_to(Stop.FETCH_FAILED) is None


def test_endless_pages_have_a_limit() -> None:
    progress = ColumnProgress(None)
    stops = [progress.add(page(rows("2017-06-01", start=n), n + 1)).stop for n in range(MAX_PAGES)]
    assert stops[-1] is Stop.PAGE_LIMIT
    assert set(stops[:-1]) == {None}


def test_a_pager_that_runs_in_a_circle_stops() -> None:
    progress = ColumnProgress(SINCE)
    assert progress.add(page(rows("2017-06-01"), 7)).request is not None
    assert progress.add(page(rows("2017-05-01", start=5), 7)).stop is Stop.REPEATED_PAGE


def interface_page(items: tuple[ListItem, ...], following: int) -> ListPage:
    return ListPage(items, PageRequest(f"http://x/module/web/jpage/dataproxy.jsp?page={following}"), total=3)


def test_an_interface_whose_page_1_stands_in_the_column_page_is_asked_on() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(interface_page(rows("2017-06-01", "2017-05-01"), 1))
    repeated = progress.add(interface_page(rows("2017-06-01", "2017-05-01"), 2))
    assert repeated.request is not None
    assert repeated.request.url.endswith("page=2")
    assert progress.add(interface_page(rows("2017-04-01", start=5), 3)).request is not None


def test_a_repeated_later_page_may_hide_rows_and_ends_the_reading() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(interface_page(rows("2017-06-01"), 2))
    assert progress.add(interface_page(rows("2017-06-01"), 3)).stop is Stop.REPEATED_PAGE


def test_rows_that_come_again_do_not_make_a_sorted_list_unsorted() -> None:
    progress = ColumnProgress(SINCE)
    for following in (1, 2):
        progress.add(page(rows("2017-06-01", "2017-05-01"), following))
    assert progress.back_to(Stop.REPEATED_PAGE) == dt.date(2017, 5, 2)


def test_an_empty_answer_behind_a_full_page_is_no_end() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows(*["2017-06-01"] * 15), 2))
    assert progress.add(ListPage((), total=0, declared_empty=True)).stop is Stop.NO_ITEMS


def test_an_empty_answer_behind_a_short_page_is_the_end() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows(*["2017-06-01"] * 15), 2))
    progress.add(page(rows("2017-05-01", start=20), 3))
    assert progress.add(ListPage((), total=0, declared_empty=True)).stop is Stop.END_OF_LIST


def test_an_empty_answer_after_the_stated_total_is_the_end() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows(*["2017-06-01"] * 15), 2, total=15))
    assert progress.add(ListPage(())).stop is Stop.END_OF_LIST


def test_the_old_beginning_of_a_list_from_old_to_new_does_not_end_the_reading() -> None:
    progress = ColumnProgress(SINCE)
    assert progress.add(page(rows("2016-01-01", "2016-02-01", "2016-03-01"), 2)).request is not None


def test_a_list_from_old_to_new_that_breaks_off_says_nothing_about_newer_rows() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows("2017-01-01", "2017-02-01", "2017-03-01"), 2))
    assert progress.back_to(Stop.FETCH_FAILED) is None


def test_the_old_rows_of_one_group_do_not_end_a_list_that_is_grouped() -> None:
    progress = ColumnProgress(SINCE)
    first = rows(
        "2017-06-01", "2017-03-01", "2016-08-01", "2016-06-01", "2016-05-01", "2017-06-30", "2017-05-30", "2017-04-30"
    )
    assert progress.add(page(first, 1)).request is not None
    old = rows("2016-03-01", "2016-02-01", "2016-01-01", start=20)
    assert progress.add(page(old, 2)).request is not None
    assert progress.back_to(Stop.PAGE_LIMIT) is None
    assert progress.add(page(rows("2017-06-15", "2017-03-15", start=30))).stop is Stop.END_OF_LIST


def test_dates_out_of_order_within_some_months_do_not_make_a_list_grouped() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(
        page(rows("2017-09-01", "2017-06-01", "2017-05-01", "2017-04-30", "2017-08-01", "2017-07-30", "2017-07-01"), 1)
    )
    assert progress.add(page(rows("2016-03-01", "2016-02-01", start=20), 2)).stop is Stop.REACHED_DATE


def test_a_short_last_page_is_cut_at_the_width_of_the_pages_before() -> None:
    progress = ColumnProgress(None)
    cut = tuple(ListItem("关于公布全市一般公共预算", f"http://x/{n}", cut=True) for n in range(3))
    progress.add(page(cut, 1))
    last = (ListItem("关于二〇一七年度饮用水水", "http://x/8"), ListItem("春节放假安排", "http://x/9"))
    assert [item.cut for item in progress.add(page(last)).fresh] == [True, False]


def test_a_row_that_matters_and_has_no_address_forbids_every_claim_of_completeness() -> None:
    nowhere = ListItem("2017年5月财政收支", "", dt.date(2017, 6, 21))
    progress = ColumnProgress(SINCE)
    assert progress.add(page((nowhere, *rows("2017-05-23")))).stop is Stop.STATIC_PART_ONLY
    assert progress.back_to(Stop.STATIC_PART_ONLY) is None
    earlier = ColumnProgress(SINCE)
    earlier.add(page((nowhere, *rows("2017-05-23")), 1))
    assert earlier.add(page(rows("2016-05-23", start=5), 2)).stop is Stop.STATIC_PART_ONLY


def test_an_old_row_without_an_address_does_no_harm() -> None:
    old = ListItem("2012年财政收支", "", dt.date(2012, 6, 21))
    assert ColumnProgress(SINCE).add(page((*rows("2017-05-23"), old))).stop is Stop.END_OF_LIST


def test_fewer_pages_than_the_list_states_are_no_end() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows("2017-06-01", "2017-05-01"), 1, pages=5))
    assert progress.add(page(rows("2017-04-01", start=5))).stop is Stop.STATIC_PART_ONLY
    assert progress.back_to(Stop.STATIC_PART_ONLY) == dt.date(2017, 4, 2)


def test_as_many_pages_as_the_list_states_are_its_end() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows("2017-06-01", "2017-05-01"), 1, pages=2))
    assert progress.add(page(rows("2017-04-01", start=5))).stop is Stop.END_OF_LIST


def test_a_page_that_came_twice_counts_once() -> None:
    progress = ColumnProgress(SINCE)
    first = interface_page(rows("2017-06-01", "2017-05-01"), 1)
    progress.add(dataclasses.replace(first, total=None, pages=2))
    progress.add(interface_page(rows("2017-06-01", "2017-05-01"), 2))
    assert progress.add(ListPage((), declared_empty=True)).stop is Stop.NO_ITEMS


def test_sticky_rows_on_every_page_do_not_make_up_for_rows_that_were_not_read() -> None:
    progress = ColumnProgress(SINCE)
    sticky = tuple(ListItem(f"置顶{n}", f"http://x/top{n}", dt.date(2017, 6, 9), sticky=True) for n in range(2))
    progress.add(page((*sticky, *rows("2017-06-01", "2017-05-01")), 1, total=6))
    assert progress.add(page((*sticky, *rows("2017-04-01", start=5)))).stop is Stop.STATIC_PART_ONLY


def test_a_later_page_that_says_it_is_empty_is_no_end_before_the_stated_pages_are_read() -> None:
    progress = ColumnProgress(SINCE)
    progress.add(page(rows("2017-06-01", "2017-05-01"), 1, pages=3))
    progress.add(page(rows("2017-04-01", start=5), 2))
    assert progress.add(ListPage((), declared_empty=True)).stop is Stop.NO_ITEMS
