"""An article whose page says nothing without its scripts is asked for in a browser; what the page said itself stays."""

import pytest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from db.facts import FetchOutcome
from spiders.items import ArticleAsked, ArticleRead
from spiders.portal import PortalSpider, SiteState
from spiders.task import SiteTask

URL = "http://www.lin.gov.cn/zwgk/t20170620_1.html"
SHELL = "<html><head><title>2017年5月预算执行情况</title></head><body><div id='app'></div></body></html>"
WHOLE = "<html><body><h1>2017年5月预算执行情况</h1><p>发布日期：2017-06-20</p></body></html>"
TASK = SiteTask("czj", "http://www.lin.gov.cn/")


def spider(browser: str) -> PortalSpider:
    made = PortalSpider([TASK])
    made.settings = Settings({"BROWSER": browser})
    return made


def answered(body: str, status: int = 200, **meta: object) -> Response:
    request = Request(URL, meta={"asked": URL, **meta})
    return HtmlResponse(URL, status, body=body.encode(), request=request, encoding="utf-8")


def static() -> tuple[PortalSpider, SiteState, ArticleRead]:
    reader, state = spider("chromium"), SiteState(TASK)
    (request,) = reader.parse_article(answered(SHELL), state)
    assert isinstance(request, Request)
    return reader, state, request.cb_kwargs["static"]


def test_without_a_browser_the_page_is_kept_as_it_came() -> None:
    kept = list(spider("").parse_article(answered(SHELL), SiteState(TASK)))
    assert [type(output) for output in kept] == [ArticleRead, ArticleAsked]


def test_what_the_browser_drew_is_read_in_place_of_the_page() -> None:
    reader, state, first = static()
    drawn, asked = reader.parse_article(answered(WHOLE, render=object()), state, first)
    assert isinstance(drawn, ArticleRead)
    assert drawn.article.published is not None
    assert isinstance(asked, ArticleAsked)


@pytest.mark.parametrize("status", [404, 500])
def test_a_page_that_could_not_be_drawn_keeps_what_it_said_itself(status: int) -> None:
    reader, state, first = static()
    kept, asked = reader.parse_article(answered("", status, render=object()), state, first)
    assert kept is first
    assert isinstance(asked, ArticleAsked)
    assert asked.outcome is FetchOutcome.OK


def test_a_browser_that_fails_takes_nothing_away() -> None:
    reader, state, first = static()
    failure = Failure(TimeoutError("the browser did not answer"))  # type: ignore[no-untyped-call]  # Twisted has no types
    failure.request = Request(URL, meta={"asked": URL}, cb_kwargs={"state": state, "static": first})  # type: ignore[attr-defined]  # as Scrapy hands it on
    kept, asked = reader.article_failed(failure)
    assert kept is first
    assert isinstance(asked, ArticleAsked)
    assert asked.outcome is FetchOutcome.OK
