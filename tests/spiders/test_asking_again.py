"""Pages that were opened before: asked again from time to time, and where their list does not show them any more."""

import asyncio
import datetime as dt
import re
from dataclasses import replace

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from db.facts import FetchOutcome, Stop
from spiders.items import ArticleAsked, ArticleRead, ColumnResult
from spiders.portal import PortalSpider
from spiders.task import ColumnAddress, KnownPage, SiteTask, Want

HOME = "http://127.0.0.1:9001/"
COLUMN = HOME + "czsz/"
MAY, JUNE, JULY = (
    KnownPage(
        f"{COLUMN}2017{m + 1:02d}/t2017{m + 1:02d}20_{m}.html",
        f"2017年{m}月预算执行情况",
        dt.date(2017, m + 1, 20),
        (COLUMN,),
    )
    for m in (5, 6, 7)
)
OTHER = HOME + "czsz/201706/t20170601_9.html"
TASK = SiteTask(
    id="czj",
    url=HOME,
    columns=(ColumnAddress("财政收支", COLUMN),),
    wants=(Want(("财政收支",), (re.compile("预算执行"),), since=dt.date(2017, 1, 1)),),
)


def listing(*pages: KnownPage) -> str:
    rows = "".join(f'<li><a href="{p.url}">{p.title}</a><span>{p.date}</span></li>' for p in pages)
    notice = f'<li><a href="{OTHER}">关于放假的通知</a><span>2017-06-01</span></li>'
    return f'<html><head><title>财政收支</title></head><body><ul class="list">{rows}{notice}</ul></body></html>'


def article(page: KnownPage) -> str:
    text = "一般公共预算收入完成情况良好，支出进度正常。" * 5
    body = f"<h1>{page.title}</h1><p>发布日期：{page.date}</p><p>{text}</p>"
    return f"<html><head><title>{page.title}</title></head><body>{body}</body></html>"


class Portal:
    """Answers the spider from pages by address; everything else is not found."""

    def __init__(
        self, *listed: KnownPage, gone: tuple[KnownPage, ...] = (), unchanged: tuple[KnownPage, ...] = ()
    ) -> None:
        self.pages = {COLUMN: listing(*listed)} | {p.url: article(p) for p in (MAY, JUNE, JULY) if p not in gone}
        self.unchanged = {p.url for p in unchanged}
        self.requests: list[Request] = []

    def crawl(self, task: SiteTask) -> list[object]:
        spider = PortalSpider(tasks=[task])
        waiting, found = list(asyncio.run(_started(spider))), []
        while waiting:
            output = waiting.pop(0)
            if isinstance(output, Request):
                self.requests.append(output)
                waiting += list(output.callback(self._answer(output), **output.cb_kwargs))
            else:
                found.append(output)
        return found

    def _answer(self, request: Request) -> HtmlResponse:
        status = 200 if request.url in self.pages else 404
        if request.url in self.unchanged and request.headers.get("If-None-Match"):
            status = 304
        body = self.pages.get(request.url, "<html><title>404</title></html>") if status != 304 else ""
        headers = {"ETag": '"v2"', "Content-Type": "text/html; charset=utf-8"}
        return HtmlResponse(request.url, status=status, headers=headers, body=body.encode(), request=request)

    def asked(self) -> list[str]:
        return [request.url for request in self.requests if request.url != COLUMN]


async def _started(spider: PortalSpider) -> list[object]:
    return [output async for output in spider.start()]


def visits(found: list[object]) -> dict[str, FetchOutcome]:
    return {item.url: item.outcome for item in found if isinstance(item, ArticleAsked)}


def knowing(*pages: KnownPage) -> SiteTask:
    return replace(TASK, known=pages)


def test_a_listed_page_that_answered_lately_is_not_asked_again() -> None:
    portal = Portal(JULY, JUNE, MAY)
    portal.crawl(knowing(MAY, JUNE, JULY))
    assert portal.asked() == []


def test_each_new_page_is_asked_once_and_its_validator_kept() -> None:
    portal = Portal(JULY, JUNE, MAY)
    found = portal.crawl(knowing(MAY, JUNE))
    assert portal.asked() == [JULY.url]
    assert [item.etag for item in found if isinstance(item, ArticleAsked)] == ['"v2"']


def test_a_page_that_answered_long_ago_is_asked_with_its_validators_and_may_be_unchanged() -> None:
    old = replace(MAY, is_due=True, etag='"v1"', last_modified="Tue, 20 Jun 2017 01:00:00 GMT")
    portal = Portal(JUNE, MAY, unchanged=(MAY,))
    found = portal.crawl(knowing(old, JUNE))
    (request,) = [r for r in portal.requests if r.url == MAY.url]
    assert request.headers["If-None-Match"] == b'"v1"'
    assert request.headers["If-Modified-Since"] == b"Tue, 20 Jun 2017 01:00:00 GMT"
    assert visits(found) == {MAY.url: FetchOutcome.NOT_MODIFIED}
    assert not [item for item in found if isinstance(item, ArticleRead)]


def test_a_row_that_changed_is_asked_anew_without_validators() -> None:
    portal = Portal(MAY)
    portal.crawl(knowing(replace(MAY, title="2017年5月预算执行情况（初稿）", etag='"v1"')))
    (request,) = [r for r in portal.requests if r.url == MAY.url]
    assert "If-None-Match" not in request.headers


def test_what_a_complete_list_does_not_show_any_more_is_asked_for() -> None:
    portal = Portal(JULY, MAY, gone=(JUNE,))
    found = portal.crawl(knowing(MAY, replace(JUNE, is_unasked=True), JULY))
    assert portal.asked() == [JUNE.url]
    assert visits(found) == {JUNE.url: FetchOutcome.NOT_FOUND}
    assert [item.stop for item in found if isinstance(item, ColumnResult)][-1] is Stop.END_OF_LIST


@pytest.mark.parametrize(("page", "asked"), [(JUNE, True), (MAY, False)])
def test_of_a_list_that_goes_on_out_of_sight_only_what_must_stand_in_its_read_part_is_asked_for(
    page: KnownPage, asked: bool
) -> None:
    portal = Portal(JULY, gone=(page,))
    rows = listing(JULY).replace("2017-06-01", "2017-07-01")
    portal.pages[COLUMN] = rows.replace("</ul>", "</ul><div>共40条</div>")
    found = portal.crawl(knowing(replace(page, is_unasked=True), JULY))
    assert [item.stop for item in found if isinstance(item, ColumnResult)][-1] is Stop.STATIC_PART_ONLY
    assert portal.asked() == [page.url] * asked


def test_what_was_asked_since_it_left_the_list_is_not_asked_every_time() -> None:
    portal = Portal(JULY, MAY, gone=(JUNE,))
    portal.crawl(knowing(MAY, JUNE, JULY))
    assert portal.asked() == []


def test_a_list_that_could_not_be_read_sends_nobody_to_its_pages() -> None:
    portal = Portal(MAY)
    del portal.pages[COLUMN]
    portal.crawl(knowing(replace(MAY, is_unasked=True)))
    assert portal.asked() == []


@pytest.mark.parametrize("etag", ["x" * 301, "a\nb", ""])
def test_a_validator_that_no_server_sends_is_not_kept(etag: str) -> None:
    from spiders.portal import _header  # noqa: PLC0415

    response = HtmlResponse(HOME, headers={"ETag": etag}, body=b"")
    assert _header(response, "ETag") is None
