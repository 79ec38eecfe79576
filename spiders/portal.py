"""The portal spider: reads the wanted columns of government portals, newest first, no further than needed.

    scrapy crawl portal -a url=http://www.example.gov.cn/ -a columns=财政收支,预决算 -a title=预算执行 -O out.jsonl

reads one portal; the audit hands in tasks for many. It yields records (`spiders.items`), stores nothing and
judges nothing. What an article says and how a list goes on is the platform modules' knowledge.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Any

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from db.facts import COMPLETE_STOPS, FetchOutcome, Repealed, Stop
from spiders.attachments import (
    MAX_REDIRECTS,
    FileAsked,
    files_left,
    files_to_ask,
    is_file,
    not_fetched,
    opened,
    place_of,
    redirected,
)
from spiders.dates import running_id, url_date
from spiders.discovery import Below, Discovery
from spiders.document import Document
from spiders.drawn import follower, is_undrawn, steps
from spiders.failures import outcome_of_failure, outcome_of_response
from spiders.items import ArticleAsked, ArticleRead, ColumnResult, FileOpened, ListRead, PagePictured, SiteEntered
from spiders.lapse import marks_on
from spiders.originals import RepealedDocuments, Shelf, with_marks_and_repeals, with_repeals
from spiders.reading import GLANCE_PAGES, MAX_PAGES, ColumnProgress, Interfaces, Step
from spiders.recognise import platform_for
from spiders.records import Article, Attachment, ListItem, PageRequest
from spiders.render import NoBrowserError, Render, rendered
from spiders.site_request import site_request
from spiders.task import ColumnAddress, KnownPage, SiteTask, Want
from spiders.years import YearLink, hides_years, wanted_years, year_links

_OURS_TO_JUDGE = (304, *range(400, 600))  # redirects stay Scrapy's
_MAX_HEADER = 300  # characters of a validator that is kept; real ones have 20 to 60
_NOTHING_THERE = (Stop.NO_ITEMS, Stop.NEEDS_BROWSER)
Output = scrapy.Request | SiteEntered | ListRead | ArticleRead | ArticleAsked | FileOpened | PagePictured | ColumnResult


class ColumnState:
    """One column while it is read."""

    def __init__(self, column: ColumnAddress) -> None:
        self.column = column
        self.progress = _new_progress(column)
        self.evidence: str | None = None
        self.interfaces = Interfaces()
        self.is_drawn = False  # by a browser, because nothing stands in the page without its scripts
        self.years: tuple[YearLink, ...] = ()  # links to the column's single years, on its first page


class SiteState:
    """One site while it is read."""

    def __init__(self, task: SiteTask) -> None:
        self.task = task
        self.discovery = Discovery(task)
        self.entered = False
        self.is_open = False  # the first answer was a page of the site
        self.begun: set[str] = set()  # addresses of columns
        self.asked: set[str] = set()  # addresses of articles, in this crawl
        self.listed: set[str] = set()  # addresses of articles that a list showed in this crawl
        self.known = {page.url: page for page in task.known}
        self.pictured: set[str] = set()  # addresses of articles whose picture was asked for in this crawl
        self.rows: dict[str, ListItem] = {}  # by address, those whose articles were asked for or are known
        self.files = {page.url: page for page in task.files}
        self.wants_originals = any(want.originals for want in task.wants)
        self.shelf = Shelf()
        self.unmarked: set[str] = set()  # addresses of articles that bore no mark in this crawl, or did not change


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
        self.repealed = RepealedDocuments(document for task in tasks for document in task.repealed)

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
            links, directories = platform.columns(document), platform.directory(document)
            if not links and not directories and self._may_draw(response):
                request = self._request(state, PageRequest(response.meta["asked"]), self.parse_channel, depth=depth)
                yield rendered(request, Render(_is_on(state.task)))
                return
            state.discovery.add(links, directories, depth)
        yield from self._entered(state, outcome)
        yield from self._go_on_discovering(state)

    def parse_list(self, response: Response, state: SiteState, reading: ColumnState) -> Iterator[Output]:
        """One page of a column."""
        outcome = _outcome(response, state.task)
        yield from self._entered(state, outcome)
        if outcome is not FetchOutcome.OK:
            yield self._unseen(state, reading, outcome)
            return
        document = _document(response)
        platform = platform_for(document, state.task.platform)
        page = platform.read_list(document)
        evidence = response.meta.get("evidence")
        reading.evidence = reading.evidence or evidence
        instead = reading.interfaces.after(page) if not reading.progress.pages else None
        if instead is not None:  # the rows stand in an answer that the page's script would fetch
            if reading.column.leads_to_years:
                reading.years = reading.years or year_links(document)
            yield self._list_request(state, reading, instead)
            return
        step = reading.progress.add(reading.interfaces.judged(page))
        if reading.progress.pages == 1:
            below = self._below(state, reading, document, step)
            if step.stop in _NOTHING_THERE and not below.certain and self._may_draw(response):
                yield self._draw(state, reading)
                return
            if below.columns:
                yield from self._read_below(state, reading, below, step, outcome)
                return
        yield from self._listed(state, reading, step, response.url, evidence)
        if step.stop is not None:
            yield from self._ended(state, reading, step.stop, outcome)
        elif step.request is not None:
            yield self._list_request(state, reading, step.request)

    def parse_drawn_list(self, response: Response, state: SiteState, reading: ColumnState) -> Iterator[Output]:
        """A page of a column as a browser draws it, and what its pager showed after each click."""
        outcome = _outcome(response, state.task)
        if outcome is not FetchOutcome.OK:
            yield self._result(state, reading, Stop.FETCH_FAILED, outcome)
            return
        for drawn, step in steps(reading.progress, response, state.task.platform):
            reading.evidence = reading.evidence or drawn.evidence
            if reading.progress.pages == 1:
                below = self._below(state, reading, _document(response), step)
                if below.columns:
                    yield from self._read_below(state, reading, below, step, outcome)
                    return
            yield from self._listed(state, reading, step, drawn.url, drawn.evidence)
            if step.stop is not None:
                yield from self._ended(state, reading, step.stop, outcome)
            elif step.request is not None:
                yield self._list_request(state, reading, step.request)

    @staticmethod
    def _below(state: SiteState, reading: ColumnState, document: Document, step: Step) -> Below:
        """What a column's first page leads to where it is no list itself. Notes the links to its single years."""
        column = reading.column
        if column.leads_to_years:
            reading.years = reading.years or year_links(document)
        if step.stop not in _NOTHING_THERE or column.is_part:  # a part leads back to its column: unread, it stays so
            return Below()
        links = platform_for(document, state.task.platform).columns(document)
        below, years = state.discovery.below(column, links), _years_of(state.task, reading)
        return Below((*below.columns, *years), below.certain or bool(years))

    def _read_below(
        self, state: SiteState, reading: ColumnState, below: Below, step: Step, outcome: FetchOutcome
    ) -> Iterator[Output]:
        """The lists themselves are one click further: a landing page or a directory. Where the names are merely alike
        it may be a list that we cannot read, with its neighbours beside it: these are read, and it stays unread."""
        yield from self._read(state, below.columns)
        yield self._result(state, reading, Stop.LANDING if below.certain else step.stop or Stop.NO_ITEMS, outcome)

    def _listed(
        self, state: SiteState, reading: ColumnState, step: Step, url: str, evidence: str | None
    ) -> Iterator[Output]:
        column = reading.column
        fresh = tuple(_on_site(state.task, item) for item in step.fresh)
        yield ListRead(state.task.id, column.name, column.url, url, fresh, evidence)
        for item in fresh:
            yield from self._open(state, item, column.wanted)
            yield from self._open_original(state, item)

    def _ended(self, state: SiteState, reading: ColumnState, stop: Stop, outcome: FetchOutcome) -> Iterator[Output]:
        """A column that ends before the wanted day may be the current year alone: its other years are read too."""
        if stop is not Stop.REACHED_DATE:
            yield from self._read(state, _years_of(state.task, reading))
        progress = reading.progress
        if stop is Stop.END_OF_LIST and hides_years(reading.years, progress.since, progress.dates):
            stop = Stop.STATIC_PART_ONLY
        result = self._result(state, reading, stop, outcome)
        yield result
        yield from self._revisit_vanished(state, result)

    def parse_page(self, response: Response, state: SiteState) -> Iterator[Output] | AsyncIterator[Output]:
        """What a row led to: an article, or a file."""
        is_document = _outcome(response, state.task) is FetchOutcome.OK and is_file(response)
        return self._parse_document(response, state) if is_document else self.parse_article(response, state)

    async def _parse_document(self, response: Response, state: SiteState) -> AsyncIterator[Output]:
        """A file that is the publication itself."""
        asked = response.meta["asked"]
        file = Attachment(state.rows[asked].title, asked)
        article = Article(None, url_date=url_date(asked), running_id=running_id(asked), attachments=(file,))
        changed_at = _instant(response.headers.get("Last-Modified"))
        yield ArticleRead(state.task.id, asked, article, response.meta.get("evidence"), changed_at)
        held = with_repeals(await opened(response, file), state.rows[asked])
        yield FileOpened(state.task.id, asked, held)
        for request in self._follow(held.repeals):
            yield request
        etag, last_modified = (_header(response, name) for name in ("ETag", "Last-Modified"))
        yield ArticleAsked(state.task.id, asked, FetchOutcome.OK, etag, last_modified)

    async def parse_file(self, response: Response, state: SiteState, wanted: FileAsked) -> AsyncIterator[Output]:
        """An attachment, or the way on to it: redirects are followed only to where files may lie."""
        target = redirected(response)
        if target is None:
            notice = state.rows.get(wanted.page) or ListItem("", wanted.page)
            file = with_repeals(await opened(response, wanted.file), notice)
            yield FileOpened(state.task.id, wanted.page, file)
            for request in self._follow(file.repeals):
                yield request
        elif wanted.hops >= MAX_REDIRECTS:
            yield FileOpened(state.task.id, wanted.page, not_fetched(wanted.file))
        else:
            yield self._file_request(state, dataclasses.replace(wanted, hops=wanted.hops + 1), target)

    def parse_article(
        self, response: Response, state: SiteState, static: ArticleRead | None = None
    ) -> Iterator[Output]:
        """An article. `static` is what its page says without a browser: nothing, where it is asked for with one."""
        outcome, asked = _outcome(response, state.task), response.meta["asked"]
        if static is not None and outcome is not FetchOutcome.OK:  # the page itself came, and that is what counts
            yield static
            outcome = FetchOutcome.OK
        elif outcome is FetchOutcome.OK:
            document = _document(response)
            article = platform_for(document, state.task.platform).read_article(document)
            article = with_marks_and_repeals(document, article)
            changed_at = _instant(response.headers.get("Last-Modified"))
            read = ArticleRead(state.task.id, asked, article, response.meta.get("evidence"), changed_at)
            if is_undrawn(article) and self._may_draw(response):
                yield self._drawn_article_request(state, read)
                return
            yield read
            row = state.rows.get(asked) or ListItem(article.title or "", asked, article.published)
            yield from self._after_article(state, asked, row, article)
            for file in files_to_ask(state.task.wants, row, article, state.files.get(asked)):
                yield self._file_request(state, FileAsked(asked, file), file.url)
        elif outcome is FetchOutcome.NOT_MODIFIED and asked in state.rows:
            yield from self._after_unchanged(state, asked, state.rows[asked])
        etag, last_modified = (_header(response, name) for name in ("ETag", "Last-Modified"))
        yield ArticleAsked(state.task.id, asked, outcome, etag, last_modified)

    def channel_failed(self, failure: Failure) -> Iterator[Output]:
        state: SiteState = failure.request.cb_kwargs["state"]  # type: ignore[attr-defined]
        yield from self._entered(state, FetchOutcome.OK if _lacks_browser(failure) else _failed(failure))
        yield from self._go_on_discovering(state)

    def list_failed(self, failure: Failure) -> Iterator[Output]:
        arguments = failure.request.cb_kwargs  # type: ignore[attr-defined]
        if _lacks_browser(failure):
            yield self._result(arguments["state"], arguments["reading"], Stop.NEEDS_BROWSER, FetchOutcome.OK)
            return
        outcome = _failed(failure)
        yield from self._entered(arguments["state"], outcome)
        yield self._unseen(arguments["state"], arguments["reading"], outcome)

    def article_failed(self, failure: Failure) -> Iterator[Output]:
        """The row stays as a fact; that its page did not come is another."""
        request = failure.request  # type: ignore[attr-defined]
        static: ArticleRead | None = request.cb_kwargs.get("static")
        if static is not None:
            yield static
        outcome = FetchOutcome.OK if static is not None else _failed(failure)
        yield ArticleAsked(request.cb_kwargs["state"].task.id, request.meta["asked"], outcome)

    def file_failed(self, failure: Failure) -> Iterator[Output]:
        arguments = failure.request.cb_kwargs  # type: ignore[attr-defined]
        wanted: FileAsked = arguments["wanted"]
        yield FileOpened(arguments["state"].task.id, wanted.page, not_fetched(wanted.file, _failed(failure)))

    def _entered(self, state: SiteState, outcome: FetchOutcome) -> Iterator[Output]:
        """The first answer of a site tells whether it could be entered."""
        if not state.entered:
            state.entered, state.is_open = True, outcome is FetchOutcome.OK
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
            yield from self._open_original(state, item)
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

    def look_elsewhere(self, since: Mapping[str, dt.date]) -> Iterator[scrapy.Request]:
        """What to ask for once all wanted columns are read: on each of these sites (id -> first claimed day that
        matters) the columns in which the office may have put what was not found in its place."""
        for state in self.states:
            day = since.get(state.task.id)
            if day is not None and state.is_open and state.discovery.pages:
                yield from self._glance(state, day)
            elif day is not None and state.is_open:  # its columns were given, so nobody looked for others
                request = self._request(state, PageRequest(state.task.url), self.parse_home, since=day)
                yield request.replace(errback=self.home_failed)

    def parse_home(self, response: Response, state: SiteState, since: dt.date) -> Iterator[Output]:
        if _outcome(response, state.task) is FetchOutcome.OK:
            document = _document(response)
            state.discovery.add(platform_for(document, state.task.platform).columns(document), (), depth=0)
            yield from self._glance(state, since)

    def home_failed(self, failure: Failure) -> None:
        """Nothing to add: the wanted columns were read without it."""

    def _glance(self, state: SiteState, since: dt.date) -> Iterator[scrapy.Request]:
        for column in state.discovery.elsewhere(since):
            if column.url not in state.begun | state.task.read_columns:
                state.begun.add(column.url)
                yield self._list_request(state, ColumnState(column), PageRequest(column.url))

    def _unseen(self, state: SiteState, reading: ColumnState, outcome: FetchOutcome) -> scrapy.Request | ColumnResult:
        """A page of a column that did not come: another interface is asked, or the reading ends here."""
        instead = reading.interfaces.after_failure(outcome) if not reading.progress.pages else None
        if instead is not None:
            return self._list_request(state, reading, instead)
        is_first = not reading.progress.pages and not reading.is_drawn
        if is_first and reading.interfaces.leave_it_to_the_page(outcome) and self._has_browser():
            return self._draw(state, reading)
        progress, stop = reading.progress, reading.progress.stop_unseen(outcome)
        if stop is Stop.END_OF_LIST:  # all rows were seen before; what came behind them matters no more
            is_whole = not hides_years(reading.years, progress.since, progress.dates)
            return self._result(state, reading, stop if is_whole else Stop.STATIC_PART_ONLY, FetchOutcome.OK)
        return self._result(state, reading, stop, outcome)

    def _list_request(self, state: SiteState, reading: ColumnState, asked: PageRequest) -> scrapy.Request:
        own = state.task.own(asked.url)
        asked = PageRequest(own or asked.url, asked.method, asked.body, asked.headers)
        request = self._request(state, asked, self.parse_list, reading=reading)
        request.errback = self.list_failed
        if not reading.is_drawn or asked.method != "GET":
            return request
        more = follower(reading.progress, state.task.platform)
        pause = 0.0 if state.task.is_loopback else state.task.delay_seconds
        return rendered(
            request.replace(callback=self.parse_drawn_list),
            Render(_is_on(state.task), wants_more=more, pause_seconds=pause),
        )

    def _may_draw(self, response: Response) -> bool:
        """Whether a page in which nothing stands may be asked for once more, through the browser."""
        return "render" not in response.meta and self._has_browser()

    def _has_browser(self) -> bool:
        return bool(self.settings.get("BROWSER"))

    def _draw(self, state: SiteState, reading: ColumnState) -> scrapy.Request:
        """The column from its beginning, in a browser."""
        reading.progress, reading.evidence, reading.is_drawn = _new_progress(reading.column), None, True
        return self._list_request(state, reading, PageRequest(reading.column.url))

    def _open(self, state: SiteState, item: ListItem, shelf: tuple[str, ...] = ()) -> Iterator[Output]:
        """Ask for an article that could matter, unless it was opened before and its row is unchanged; then it is
        asked again only from time to time."""
        own = state.task.own(item.url) if item.url else None
        if own is None:
            return
        state.listed.add(own)
        known = state.known.get(own)
        as_known = known is not None and (known.title, known.date) == (item.title, item.date)
        state.rows[own] = item
        if known is not None and as_known and not known.is_due:
            for file in files_left(state.task.wants, item, state.files[own]) if own in state.files else ():
                yield self._file_request(state, FileAsked(own, file), file.url)
            return
        if own not in state.asked and _could_matter(state.task, item, shelf):
            yield self._article_request(state, own, known if as_known else None)

    def _open_original(self, state: SiteState, item: ListItem) -> Iterator[Output]:
        """Ask for a row's page where it could be a document that some notice repeals: once in every crawl, without
        asking whether it changed, as what a page draws by script changes behind the same answer."""
        own = state.task.own(item.url) if item.url and state.wants_originals else None
        if own is None:
            return
        state.shelf.add(own, item)
        if own not in state.asked and self.repealed.may_be_row(item):
            state.rows[own] = item
            yield self._article_request(state, own, None)

    def _follow(self, repeals: Iterable[Repealed]) -> Iterator[scrapy.Request]:
        """Ask on all sites for what a notice repeals: rows that were listed before the notice was read."""
        new = self.repealed.add(repeals)
        for state in self.states if new else ():
            for own, item in state.shelf.could_be(new).items():
                if own in state.unmarked and self._is_to_be_pictured(state, own, item):
                    yield self._picture_request(state, own)
                elif own not in state.asked:
                    state.rows[own] = item
                    yield self._article_request(state, own, None)

    def _after_article(self, state: SiteState, asked: str, row: ListItem, article: Article) -> Iterator[Output]:
        """What an article leads to: the documents that it repeals; its own picture, where it is one of these itself
        and its source bears no mark."""
        yield from self._follow(article.repeals)
        if any(mark.is_read for mark in article.marks) or not state.wants_originals:
            return
        state.unmarked.add(asked)
        named = dataclasses.replace(row, title=article.title or row.title, doc_no=article.doc_no or row.doc_no)
        if self._is_to_be_pictured(state, asked, row) or self._is_to_be_pictured(state, asked, named):
            yield self._picture_request(state, asked)

    def _after_unchanged(self, state: SiteState, asked: str, row: ListItem) -> Iterator[Output]:
        """The picture of an original whose page did not change: a mark may be drawn behind the same answer."""
        if not state.wants_originals:
            return
        state.unmarked.add(asked)
        if self._is_to_be_pictured(state, asked, row):
            yield self._picture_request(state, asked)

    def _is_to_be_pictured(self, state: SiteState, url: str, item: ListItem) -> bool:
        return self._has_browser() and url not in state.pictured and self.repealed.may_be_row(item)

    def _picture_request(self, state: SiteState, url: str) -> scrapy.Request:
        """The page in a browser, whose picture proves that it bears no mark."""
        state.pictured.add(url)
        request = self._request(state, PageRequest(url), self.parse_picture)
        request.errback = self.picture_failed
        return rendered(request.replace(priority=-2), Render(_is_on(state.task), screenshot=True))

    def parse_picture(self, response: Response, state: SiteState) -> Iterator[Output]:
        evidence = response.meta.get("screenshot")
        if _outcome(response, state.task) is FetchOutcome.OK and isinstance(evidence, str):
            document = _document(response)
            article = platform_for(document, state.task.platform).read_article(document)
            if not is_undrawn(article):
                marks = marks_on(document, article)
                yield PagePictured(state.task.id, response.meta["asked"], evidence, marks)

    def picture_failed(self, failure: Failure) -> None:
        """Nothing to add: without its picture the page proves nothing."""

    def _revisit_vanished(self, state: SiteState, result: ColumnResult) -> Iterator[Output]:
        """Ask for what this column listed before and, read as far back as it stood, does not list any more: gone, or
        merely moved on?"""
        if result.stop not in COMPLETE_STOPS and result.back_to is None:
            return
        for page in state.known.values():
            in_reach = result.stop is Stop.END_OF_LIST or _is_since(page.date, result.back_to)
            vanished = result.url in page.columns and page.url not in state.listed | state.asked
            wanted = in_reach and _could_matter(state.task, ListItem(page.title, page.url, page.date))
            if vanished and wanted and (page.is_due or page.is_unasked):
                state.rows[page.url] = ListItem(page.title, page.url, page.date)
                yield self._article_request(state, page.url, page)

    def _article_request(self, state: SiteState, url: str, known: KnownPage | None) -> scrapy.Request:
        state.asked.add(url)
        asked = PageRequest(url, headers=known.asked_with() if known else ())
        request = self._request(state, asked, self.parse_page)
        request.errback = self.article_failed
        return request.replace(priority=-1)

    def _drawn_article_request(self, state: SiteState, static: ArticleRead) -> scrapy.Request:
        request = self._request(state, PageRequest(static.url), self.parse_article, static=static)
        request.errback = self.article_failed
        return rendered(request.replace(priority=-1), Render(_is_on(state.task)))

    def _file_request(self, state: SiteState, asked: FileAsked, url: str) -> scrapy.Request | FileOpened:
        place = place_of(state.task, url)
        if place is None:
            return FileOpened(state.task.id, asked.page, not_fetched(asked.file))
        request = self._request(state, PageRequest(place[0]), self.parse_file, wanted=asked)
        request.errback = self.file_failed
        request.meta.update(download_slot=place[1], dont_redirect=True, handle_httpstatus_all=True)
        return request.replace(priority=-2)

    def _request(self, state: SiteState, asked: PageRequest, callback: Any, **arguments: Any) -> scrapy.Request:  # noqa: ANN401
        given = {"state": state, **arguments}
        return site_request(state.task, asked, callback, self.channel_failed, given=given, ours_to_judge=_OURS_TO_JUDGE)

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


def _new_progress(column: ColumnAddress) -> ColumnProgress:
    return ColumnProgress(column.since, GLANCE_PAGES if column.is_glance else MAX_PAGES)


def _years_of(task: SiteTask, reading: ColumnState) -> tuple[ColumnAddress, ...]:
    column = reading.column
    links = [(link.name, task.own(link.url or "")) for link in wanted_years(reading.years, column.since)]
    return tuple(
        ColumnAddress(f"{column.name} {name}", url, column.wanted, column.since, is_part=True)
        for name, url in links
        if url is not None
    )


def _could_matter(task: SiteTask, item: ListItem, shelf: tuple[str, ...] = ()) -> bool:
    return any(want.could_matter(item, shelf) for want in task.wants)


def _is_since(day: dt.date | None, back_to: dt.date | None) -> bool:
    return back_to is None or (day is not None and day >= back_to)


def _header(response: Response, name: str) -> str | None:
    """A header to be sent back the next time; one that is longer than any real one is none."""
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value if 0 < len(value) <= _MAX_HEADER and value.isprintable() else None


def _is_on(task: SiteTask) -> Callable[[str], bool]:
    return lambda url: task.own(url) is not None


def _lacks_browser(failure: Failure) -> bool:
    return isinstance(failure.value, NoBrowserError)


def _failed(failure: Failure) -> FetchOutcome:
    return outcome_of_failure(failure.value or Exception("failed without an error"))


def _document(response: Response) -> Document:
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    charset = re.search(r"charset=\s*[\"']?([\w-]+)", header, re.IGNORECASE)
    document = Document.from_bytes(response.body, response.url, charset.group(1) if charset else None)
    return dataclasses.replace(document, asked=_asked(response))


def _asked(response: Response) -> PageRequest | None:
    """The form or object that a page answers, to be sent again for the next one."""
    request = response.request
    if request is None or request.method == "GET":
        return None
    kind = request.headers.get("Content-Type")
    headers = (("Content-Type", kind.decode("latin-1")),) if kind else ()
    return PageRequest(response.url, request.method, request.body.decode("utf-8", "replace"), headers)


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
