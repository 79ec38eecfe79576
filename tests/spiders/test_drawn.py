"""When is a drawn list at its end? Only where its pager says so, or its count; never where a click brought nothing."""

import datetime as dt

import pytest
from scrapy.http import HtmlResponse, Request

from db.facts import Stop
from spiders.discovery import Below, Discovery
from spiders.drawn import follower, is_undrawn, steps
from spiders.reading import ColumnProgress
from spiders.records import Article, Attachment, ColumnLink
from spiders.render import Ended, Render, State, rendered
from spiders.task import ColumnAddress, SiteTask, Want

URL = "http://www.lin.gov.cn/czsz/"
EMPTY = "<p>暂无数据</p>"


def listing(first: int, last: int, *, more: str = "", year: int = 2017) -> str:
    rows = "".join(
        f"<li><a href='/czsz/{number}.html'>临江市第{number}号一般公共预算执行情况</a>"
        f"<span>{year}-06-{28 - number:02}</span></li>"
        for number in range(first, last)
    )
    return f"<html><body><ul>{rows}</ul><div class='pagination'>{more}</div></body></html>"


def stops(*pages: str, ended: Ended, troubled: bool = False, since: dt.date | None = None) -> tuple[Stop | None, int]:
    """Why the reading of these states ends, and how many rows it had."""
    progress = ColumnProgress(since)
    request = Request(URL)
    states = tuple(State(URL, page.encode(), "sha256:x", troubled) for page in pages)
    request.meta.update(states=states, ended=ended)
    taken = list(steps(progress, HtmlResponse(URL, request=request), "auto"))
    return taken[-1][1].stop, progress.rows


NEXT = "<a href='javascript:;'>下一页</a>"


def test_a_pager_that_is_at_its_end_after_clicks_ends_the_list() -> None:
    assert stops(listing(0, 12, more=NEXT), listing(12, 20, more=NEXT), ended=Ended.LAST_PAGE) == (Stop.END_OF_LIST, 20)


def test_a_click_that_brings_nothing_may_hide_the_rest() -> None:
    stop, rows = stops(listing(0, 12, more=NEXT), listing(12, 24, more=NEXT), ended=Ended.UNCHANGED)
    assert (stop, rows) == (Stop.STATIC_PART_ONLY, 24)


def test_a_click_that_brings_nothing_is_the_end_where_the_page_counts_to_it() -> None:
    count = NEXT + "共 20 条"
    assert stops(listing(0, 12, more=count), listing(12, 20, more=count), ended=Ended.UNCHANGED)[0] is Stop.END_OF_LIST


def test_a_count_that_is_not_reached_is_no_end() -> None:
    count = NEXT + "共 30 条"
    ends = stops(listing(0, 12, more=count), listing(12, 20, more=count), ended=Ended.LAST_PAGE)
    assert ends[0] is Stop.STATIC_PART_ONLY


def test_a_full_page_whose_next_page_is_switched_off_at_once_proves_nothing() -> None:
    assert stops(listing(0, 12, more=NEXT), ended=Ended.LAST_PAGE)[0] is Stop.STATIC_PART_ONLY


def test_too_many_pages_are_a_limit() -> None:
    pages = [listing(start, start + 12, more=NEXT) for start in (0, 12)]
    assert stops(*pages, ended=Ended.LIMIT)[0] is Stop.PAGE_LIMIT


def test_the_same_rows_again_are_a_repetition() -> None:
    page = listing(0, 12, more=NEXT)
    assert stops(page, page, listing(12, 24), ended=Ended.LAST_PAGE)[0] is Stop.REPEATED_PAGE


def test_a_list_that_grows_counts_each_row_once() -> None:
    assert stops(listing(0, 12), listing(0, 20), ended=Ended.LAST_PAGE) == (Stop.END_OF_LIST, 20)


def test_an_empty_list_is_believed_only_where_all_data_came() -> None:
    assert stops(EMPTY, ended=Ended.NO_PAGER)[0] is Stop.END_OF_LIST
    assert stops(EMPTY, ended=Ended.NO_PAGER, troubled=True)[0] is Stop.NO_ITEMS
    assert stops("<p hidden>暂无数据</p>", ended=Ended.NO_PAGER)[0] is Stop.NO_ITEMS


def test_a_page_that_is_empty_after_a_click_proves_nothing() -> None:
    assert stops(listing(0, 12, more=NEXT), "<p>...</p>", ended=Ended.LAST_PAGE)[0] is Stop.NO_ITEMS


def test_clicking_ends_at_the_wanted_date_and_where_a_link_leads_on() -> None:
    old, linked = listing(12, 24, year=2015), listing(12, 24, more="<a href='index_2.html'>下一页</a>")
    progress = ColumnProgress(dt.date(2017, 1, 1))
    assert follower(progress, "auto")(listing(0, 12).encode(), URL)
    assert not follower(progress, "auto")(old.encode(), URL)
    assert not follower(progress, "auto")(linked.encode(), URL)
    assert not follower(progress, "auto")(EMPTY.encode(), URL)
    assert progress.pages == 0


@pytest.mark.parametrize(
    "article",
    [
        Article("题", text="正文"),
        Article("题", published=dt.date(2017, 1, 1)),
        Article("题", attachments=(Attachment("表", "/a.xls"),)),
    ],
)
def test_an_article_that_says_something_needs_no_browser(article: Article) -> None:
    assert not is_undrawn(article)
    assert is_undrawn(Article("题"))


def test_a_drawn_request_is_neither_redirected_nor_repeated() -> None:
    request = rendered(Request(URL, meta={"site": "czj"}, priority=-1), Render(lambda url: True))
    assert request.meta["dont_redirect"]
    assert request.meta["dont_retry"]
    assert (request.meta["site"], request.priority) == ("czj", -1)


def test_the_home_page_is_no_list_below_a_column() -> None:
    want = Want(("统计数据",), ())
    discovery = Discovery(SiteTask("tjj", "http://www.lin.gov.cn/", wants=(want,)))
    column = ColumnAddress("统计数据", URL, ("统计数据",))
    home = ColumnLink("统计数据", "http://www.lin.gov.cn/index.html")
    assert discovery.below(column, [home]) == Below()
    assert discovery.below(column, [ColumnLink("统计数据", URL + "tjsj/")]).certain
