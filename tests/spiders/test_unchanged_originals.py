"""An original whose page is answered 304: what it draws by script may have changed, so its picture is asked for."""

import re
from collections.abc import Iterable

import pytest
import scrapy
from scrapy.http import HtmlResponse
from scrapy.settings import Settings

from db.facts import FetchOutcome, Repealed
from spiders.items import ArticleAsked
from spiders.portal import PortalSpider, SiteState
from spiders.records import ListItem
from spiders.task import SiteTask, Want

PAGE = "http://127.0.0.1/zcfg/p1.html"
RULES = Repealed("临江市财政票据管理办法", "临财〔2009〕12号")


def spider(*, has_browser: bool = True, originals: bool = True) -> tuple[PortalSpider, SiteState]:
    want = Want(("规范性文件",), (re.compile("废止"),), originals=originals)
    made = PortalSpider([SiteTask("czj", "http://127.0.0.1/", wants=(want,), repealed=(RULES,))])
    made.settings = Settings({"BROWSER": "/bin/browser" if has_browser else ""})
    (state,) = made.states
    state.rows[PAGE] = ListItem("关于印发临江市财政票据管理办法的通知", PAGE)
    return made, state


def answered(status: int) -> HtmlResponse:
    return HtmlResponse(PAGE, status=status, request=scrapy.Request(PAGE, meta={"asked": PAGE}))


def pictured(outputs: Iterable[object]) -> list[str]:
    return [each.url for each in outputs if isinstance(each, scrapy.Request) and "render" in each.meta]


def test_an_unchanged_original_is_pictured_once() -> None:
    made, state = spider()
    outputs = list(made.parse_article(answered(304), state))
    assert pictured(outputs) == [PAGE]
    assert [each.outcome for each in outputs if isinstance(each, ArticleAsked)] == [FetchOutcome.NOT_MODIFIED]
    assert pictured(made.parse_article(answered(304), state)) == []


def test_an_unchanged_page_is_pictured_when_a_notice_names_it_afterwards() -> None:
    made, state = spider()
    other = ListItem("临江市国有资产出租管理办法", PAGE)
    state.rows[PAGE] = other
    state.shelf.add(PAGE, other)
    assert pictured(made.parse_article(answered(304), state)) == []
    assert pictured(made._follow((Repealed(other.title),))) == [PAGE]


@pytest.mark.parametrize("given", [{"has_browser": False}, {"originals": False}])
def test_nobody_is_asked_without_a_browser_or_without_need(given: dict[str, bool]) -> None:
    made, state = spider(**given)
    assert pictured(made.parse_article(answered(304), state)) == []


def test_a_page_that_is_gone_is_not_pictured() -> None:
    made, state = spider()
    assert pictured(made.parse_article(answered(404), state)) == []
