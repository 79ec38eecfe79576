"""A column's page without rows: does it merely lead to the list, or is it the list, whose rows we cannot read?"""

import pytest
from scrapy.http import HtmlResponse, Request
from scrapy.settings import Settings

from db.facts import Stop
from spiders.discovery import Discovery
from spiders.items import ColumnResult
from spiders.portal import ColumnState, PortalSpider, SiteState
from spiders.records import ColumnLink
from spiders.task import ColumnAddress, SiteTask, Want

HOME = "http://www.lin.gov.cn/"
COLUMN = HOME + "zwgk/czsj/"
WANTED = ("财政收支",)
SHELL = '<div id="app"></div><script src="/static/js/app.1.js"></script>'
LIST = '<ul class="menu"><li><a href="/zwgk/czsz/">财政收支</a></li></ul>'
NEIGHBOUR = '<ul class="menu"><li><a href="/zwgk/czzx/">财政收支与专项资金</a></li></ul>'


def results(markup: str, browser: str = "") -> dict[str, object]:
    """What the spider makes of the column's page, by address; a request to draw it by the word `drawn`."""
    task = SiteTask("czj", HOME, wants=(Want(WANTED, ()),))
    state, reading = SiteState(task), ColumnState(ColumnAddress("财政数据", COLUMN, WANTED))
    state.begun.add(COLUMN)
    spider = PortalSpider([task])
    spider.settings = Settings({"BROWSER": browser})
    body = f"<html><body>{markup}</body></html>".encode()
    response = HtmlResponse(COLUMN, body=body, request=Request(COLUMN, meta={"asked": COLUMN}), encoding="utf-8")
    outputs = list(spider.parse_list(response, state, reading))
    drawn = any(isinstance(output, Request) and "render" in output.meta for output in outputs)
    return ({"drawn": True} if drawn else {}) | {
        output.url: output.stop for output in outputs if isinstance(output, ColumnResult)
    }


def test_a_page_that_leads_to_a_column_of_the_wanted_name_is_a_landing_page() -> None:
    assert results(LIST)[COLUMN] is Stop.LANDING
    assert results(SHELL + LIST, "chromium")[COLUMN] is Stop.LANDING


def test_a_page_that_its_script_draws_is_drawn_before_its_neighbours_are_taken_for_it() -> None:
    assert results(SHELL + NEIGHBOUR, "chromium") == {"drawn": True}


@pytest.mark.parametrize(("markup", "stop"), [(SHELL + NEIGHBOUR, Stop.NEEDS_BROWSER), (NEIGHBOUR, Stop.NO_ITEMS)])
def test_neighbours_are_read_but_do_not_stand_for_a_list_that_was_not(markup: str, stop: Stop) -> None:
    found = results(markup)
    assert found[COLUMN] is stop
    assert found[HOME + "zwgk/czzx/"] is Stop.INTERRUPTED  # begun


@pytest.mark.parametrize("name", ["临江市财政局", "财政局办公室", "财政局门户网站", "临江市人民政府"])
def test_the_name_of_an_office_is_no_column_below_a_column(name: str) -> None:
    column = ColumnAddress("财政信息", COLUMN, ("财政信息公开",))
    discovery = Discovery(SiteTask("czj", HOME))
    assert discovery.below(column, [ColumnLink(name, HOME + "main.html")]).columns == ()
    assert discovery.below(column, [ColumnLink("财政信息", HOME + "main.html")]).columns


@pytest.mark.parametrize(
    "markup",
    [
        SHELL,
        "<p class='loading'>正在加载……</p><script src='/static/js/app.js'></script>",
        "<noscript>We're sorry but czj doesn't work properly without JavaScript enabled.</noscript>",
        "<noscript>请启用 JavaScript 后浏览本页</noscript><script src='/js/a.js'></script>",
    ],
)
def test_a_shell_without_rows_needs_a_browser(markup: str) -> None:
    assert results(markup)[COLUMN] is Stop.NEEDS_BROWSER
