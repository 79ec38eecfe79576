"""The portal spider: reads the wanted columns of government portals, newest first, no further than needed.

    scrapy crawl portal -a url=http://www.example.gov.cn/ -a columns=财政收支,预决算 -a title=预算执行 -O out.jsonl

reads one portal; the audit hands in tasks for many. It yields records (`spiders.items`), stores nothing and
judges nothing. What an article says and how a list goes on is the platform modules' knowledge.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from email.utils import parsedate_to_datetime
from typing import Any

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from db.facts import FetchOutcome, Stop
from spiders.discovery import Discovery
from spiders.document import Document
from spiders.failures import outcome_of_failure, outcome_of_response
from spiders.items import ArticleRead, ColumnResult, ListRead, SiteEntered
from spiders.reading import ColumnProgress
from spiders.recognise import platform_for
from spiders.records import ListItem, PageRequest
from spiders.task import ColumnAddress, SiteTask, Want
from spiders.years import YearLink, hides_years, wanted_years, year_links

_ERROR_CODES = tuple(range(400, 600))
Output = scrapy.Request | SiteEntered | ListRead | ArticleRead | ColumnResult


class ColumnState:
    """One column while it is read."""

    def __init__(self, column: ColumnAddress) -> None:
        self.column = column
        self.progress = ColumnProgress(column.since)
        self.evidence: str | None = None
        self.asked_interface = False
        self.years: tuple[YearLink, ...] = ()  # links to the column's single years, on its first page


class SiteState:
    """One site while it is read."""

    def __init__(self, task: SiteTask) -> None:
        self.task = task
        self.discovery = Discovery(task)
        self.entered = False
        self.begun: set[str] = set()  # addresses of columns
        self.opened = {url for url, _, _ in task.known}
        self.known = {url: (title, day) for url, title, day in task.known}


class PortalSpider(scrapy.Spider):
    """Reads portals. Arguments of `scrapy crawl`: `url`, `columns` (comma separated names), `title` (regular
    expression), `since` (a date), `platform`. Without `columns` the given page itself is read as a column."""

    name = "portal"

    def __init__(
        self,
        tasks: Sequence[SiteTask] | None = None,
        *,
        url: str | None = None,
        columns: str = "",
        title: str = ".",
        since: str | None = None,
        platform: str = "auto",
        **kwargs: Any,  # noqa: ANN401 - Scrapy's own contract
    ) -> None:
        super().__init__(**kwargs)
        if tasks is None:
            if url is None:
                raise ValueError("give -a url=http://..., the portal's home page or one of its columns")
            tasks = [_task_from_arguments(url, columns, title, since, platform)]
        self.states = [SiteState(task) for task in tasks]

    async def start(self) -> AsyncIterator[Any]:
        for state in self.states:
            if state.discovery.is_needed():
                yield self._request(state, PageRequest(state.task.url), self.parse_channel, depth=0)
            else:
                for output in self._read_columns(state):
                    yield output

    def parse_channel(self, response: Response, state: SiteState, depth: int) -> Iterator[Output]:
        """A home page, channel or directory: where columns are linked."""
        outcome = _outcome(response, state.task)
        if outcome is FetchOutcome.OK:
            document = _document(response)
            platform = platform_for(document, state.task.platform)
            state.discovery.add(platform.columns(document), platform.directory(document), depth)
        yield from self._entered(state, outcome)
        yield from self._go_on_discovering(state)

    def parse_list(self, response: Response, state: SiteState, reading: ColumnState) -> Iterator[Output]:
        """One page of a column."""
        outcome = _outcome(response, state.task)
        if outcome is not FetchOutcome.OK:
            yield from self._entered(state, outcome)
            yield self._result(state, reading, Stop.FETCH_FAILED, outcome)
            return
        document = _document(response)
        platform = platform_for(document, state.task.platform)
        page = platform.read_list(document)
        evidence = response.meta.get("evidence")
        reading.evidence = reading.evidence or evidence
        if page.interfaces and not page.items and not reading.asked_interface:
            reading.asked_interface = True  # the rows stand in an answer that the page's script would fetch
            yield self._list_request(state, reading, page.interfaces[0])
            return
        step = reading.progress.add(page)
        yield from self._entered(state, outcome)
        column = reading.column
        if reading.progress.pages == 1 and not column.is_part:
            reading.years = year_links(document)
        if step.stop in (Stop.NO_ITEMS, Stop.NEEDS_BROWSER) and reading.progress.pages == 1:
            below = (*state.discovery.below(column, platform.columns(document)), *_years_of(state.task, reading))
            if below:  # a landing page or a directory: the lists themselves are one click further
                yield from self._read(state, below)
                yield self._result(state, reading, Stop.LANDING, outcome)
                return
        fresh = tuple(_on_site(state.task, item) for item in step.fresh)
        yield ListRead(state.task.id, column.name, column.url, response.url, fresh, evidence)
        for item in fresh:
            yield from self._open(state, item)
        if step.stop is not None:
            yield from self._ended(state, reading, step.stop, outcome)
        elif step.request is not None:
            yield self._list_request(state, reading, step.request)

    def _ended(self, state: SiteState, reading: ColumnState, stop: Stop, outcome: FetchOutcome) -> Iterator[Output]:
        """A column that ends before the wanted day may be the current year alone: its other years are read too."""
        if stop is not Stop.REACHED_DATE:
            yield from self._read(state, _years_of(state.task, reading))
        progress = reading.progress
        if stop is Stop.END_OF_LIST and hides_years(reading.years, progress.since, progress.dates):
            stop = Stop.STATIC_PART_ONLY
        yield self._result(state, reading, stop, outcome)

    def parse_article(self, response: Response, state: SiteState) -> Iterator[Output]:
        if _outcome(response, state.task) is not FetchOutcome.OK:
            return
        document = _document(response)
        article = platform_for(document, state.task.platform).read_article(document)
        yield ArticleRead(
            state.task.id,
            response.meta["asked"],
            article,
            response.meta.get("evidence"),
            _instant(response.headers.get("Last-Modified")),
        )

    def channel_failed(self, failure: Failure) -> Iterator[Output]:
        state: SiteState = failure.request.cb_kwargs["state"]  # type: ignore[attr-defined]
        yield from self._entered(state, _failed(failure))
        yield from self._go_on_discovering(state)

    def list_failed(self, failure: Failure) -> Iterator[Output]:
        arguments = failure.request.cb_kwargs  # type: ignore[attr-defined]
        outcome = _failed(failure)
        yield from self._entered(arguments["state"], outcome)
        yield self._result(arguments["state"], arguments["reading"], Stop.FETCH_FAILED, outcome)

    def article_failed(self, failure: Failure) -> None:
        """Nothing to add: the row stays as a fact, and the log of fetches says how the request ended."""

    def _entered(self, state: SiteState, outcome: FetchOutcome) -> Iterator[Output]:
        """The first answer of a site tells whether it could be entered."""
        if not state.entered:
            state.entered = True
            if outcome is not FetchOutcome.OK or not state.discovery.is_needed():
                yield SiteEntered(state.task.id, outcome)

    def _go_on_discovering(self, state: SiteState) -> Iterator[Output]:
        following = state.discovery.next_page()
        if following is not None:
            depth, request = following
            yield self._request(state, request, self.parse_channel, depth=depth)
            return
        if state.discovery.pages:
            yield SiteEntered(state.task.id, FetchOutcome.OK, state.discovery.not_found())
        yield from self._read_columns(state)

    def _read_columns(self, state: SiteState) -> Iterator[Output]:
        for item in state.task.pending:
            yield from self._open(state, item)
        yield from self._read(state, state.discovery.columns())
        yield from self._read(state, state.task.begun_columns)  # years and lists below a landing page

    def _read(self, state: SiteState, columns: Iterable[ColumnAddress]) -> Iterator[Output]:
        new = [c for c in columns if c.url not in state.task.read_columns and c.url not in state.begun]
        begun = [ColumnState(column) for column in new]
        for reading in begun:  # first of all: a crawl that is killed must not look as if these did not exist
            state.begun.add(reading.column.url)
            yield self._result(state, reading, Stop.INTERRUPTED, FetchOutcome.OK)
        for reading in begun:
            yield self._list_request(state, reading, PageRequest(reading.column.url))

    def _list_request(self, state: SiteState, reading: ColumnState, asked: PageRequest) -> scrapy.Request:
        own = state.task.own(asked.url)
        asked = PageRequest(own or asked.url, asked.method, asked.body, asked.headers)
        request = self._request(state, asked, self.parse_list, reading=reading)
        request.errback = self.list_failed
        return request

    def _open(self, state: SiteState, item: ListItem) -> Iterator[Output]:
        """Ask for an article that could matter, unless it was opened before and its row is unchanged."""
        own = state.task.own(item.url) if item.url else None
        if own is None or not any(want.could_matter(item) for want in state.task.wants):
            return
        if own in state.opened and state.known.get(own, (item.title, item.date)) == (item.title, item.date):
            return
        state.opened.add(own)
        state.known.pop(own, None)
        request = self._request(state, PageRequest(own), self.parse_article)
        request.errback = self.article_failed
        yield request.replace(priority=-1)

    def _request(self, state: SiteState, asked: PageRequest, callback: Any, **arguments: Any) -> scrapy.Request:  # noqa: ANN401
        return scrapy.Request(
            asked.url,
            method=asked.method,
            body=asked.body or b"",
            headers=dict(asked.headers),
            callback=callback,
            errback=self.channel_failed,
            cb_kwargs={"state": state, **arguments},
            dont_filter=True,
            meta={
                "download_slot": state.task.slot,
                "site": state.task.id,
                "asked": asked.url,
                "dont_obey_robotstxt": not state.task.obey_robots,
                "handle_httpstatus_list": _ERROR_CODES,  # ours to judge; redirects stay Scrapy's
                "autothrottle_dont_adjust_delay": state.task.is_loopback,
            },
        )

    @staticmethod
    def _result(state: SiteState, reading: ColumnState, stop: Stop, outcome: FetchOutcome) -> ColumnResult:
        progress, column = reading.progress, reading.column
        return ColumnResult(
            site=state.task.id,
            column=column.name,
            url=column.url,
            pages=progress.pages,
            rows=progress.rows,
            stop=stop,
            back_to=progress.back_to(stop),
            outcome=outcome,
            evidence=reading.evidence,
            wanted=column.wanted,
        )


def _years_of(task: SiteTask, reading: ColumnState) -> tuple[ColumnAddress, ...]:
    column = reading.column
    links = [(link.year, task.own(link.url or "")) for link in wanted_years(reading.years, column.since)]
    return tuple(
        ColumnAddress(f"{column.name} {year}年", url, column.wanted, column.since, is_part=True)
        for year, url in links
        if url is not None
    )


def _failed(failure: Failure) -> FetchOutcome:
    return outcome_of_failure(failure.value or Exception("failed without an error"))


def _document(response: Response) -> Document:
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    charset = re.search(r"charset=\s*[\"']?([\w-]+)", header, re.IGNORECASE)
    return Document.from_bytes(response.body, response.url, charset.group(1) if charset else None)


def _outcome(response: Response, task: SiteTask) -> FetchOutcome:
    if task.own(response.url) is None:
        return FetchOutcome.MOVED
    known = response.meta.get("outcome")
    return known if isinstance(known, FetchOutcome) else outcome_of_response(response)


def _on_site(task: SiteTask, item: ListItem) -> ListItem:
    own = task.own(item.url) if item.url else None
    return item if own is None or own == item.url else dataclasses.replace(item, url=own)


def _instant(header: bytes | None) -> dt.datetime | None:
    try:
        moment = parsedate_to_datetime(header.decode("latin-1")) if header else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _task_from_arguments(url: str, columns: str, title: str, since: str | None, platform: str) -> SiteTask:
    names = tuple(name.strip() for name in columns.split(",") if name.strip())
    day = dt.date.fromisoformat(since) if since else None
    want = Want(names, (re.compile(title),), since=day)
    given = () if names else (ColumnAddress("", url),)
    return SiteTask(id="portal", url=url, platform=platform, columns=given, wants=(want,))
