"""One light look at each site: home page, the first pages of its columns, samples of articles and links.

Polite as every crawl: robots.txt obeyed, one slot a host, each page once. Nothing is judged here.
"""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from sqlalchemy import Engine
from twisted.python.failure import Failure

from crawler.archive import Archive
from crawler.fetch_log import Fetched
from crawler.recorder import keep_evidence
from crawler.run import slots_of
from db import reading
from db.facts import (
    ArticleHealth,
    ColumnClass,
    ColumnHealth,
    ColumnState,
    FetchOutcome,
    HomeHealth,
    LetterSeen,
    LinkTried,
    SiteHealth,
)
from db.health import record_health
from spiders import health
from spiders.document import Document
from spiders.failures import outcome_of_failure, outcome_of_response
from spiders.health_words import class_of, guide_elements
from spiders.outline import outline
from spiders.reading import Interfaces
from spiders.recognise import platform_for
from spiders.records import ColumnLink, ListPage, PageRequest
from spiders.site_request import site_request
from spiders.task import SiteTask

MAX_COLUMNS: Final = 60  # first pages of columns of one site
MAX_HOME_LINKS: Final = 300  # a city's home page has some 250
MAX_OTHER_LINKS: Final = 60  # a sample, as the official check takes one
MAX_ARTICLES: Final = 12
MAX_GUIDES: Final = 6  # the rule asks for five items
_LINKS_OF_A_COLUMN: Final = 3
_OURS_TO_JUDGE: Final = tuple(range(400, 600))
_REDIRECTED_TO_AN_ERROR: Final = ("404", "error", "notfound")


@dataclass
class _State:
    """One site while it is looked at. Addresses are keys without what makes no difference."""

    task: SiteTask
    home: HomeHealth | None = None
    columns: dict[str, ColumnHealth] = field(default_factory=dict)
    articles: dict[str, ArticleHealth] = field(default_factory=dict)
    links: dict[str, LinkTried] = field(default_factory=dict)
    letters: list[LetterSeen] = field(default_factory=list)
    offered: set[ColumnClass] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)  # columns and articles
    named: set[str] = field(default_factory=set)  # columns, opened or not
    guides: int = 0
    samples: int = 0
    others: int = 0
    left: int = 0


class HealthSpider(scrapy.Spider):
    """Looks at sites; `looks()` says afterwards what was seen."""

    name = "health"

    def __init__(
        self,
        tasks: Sequence[SiteTask],
        clock: Callable[[], dt.datetime],
        keep: Callable[[Fetched], None],
        **kwargs: Any,  # noqa: ANN401 - Scrapy's own contract
    ) -> None:
        super().__init__(**kwargs)
        self.states = [_State(task) for task in tasks]
        self.clock, self.today, self.on_fetch = clock, _shanghai_day(clock()), keep

    def looks(self) -> tuple[SiteHealth, ...]:
        return tuple(_look(state, self.clock()) for state in self.states)

    async def start(self) -> AsyncIterator[Any]:
        for state in self.states:
            yield self._request(state, PageRequest(state.task.url), self.parse_home, self.home_failed)

    def parse_home(self, response: Response, state: _State) -> Iterable[scrapy.Request]:
        outcome = _outcome(response, state.task)
        state.home = HomeHealth(state.task.url, self.clock(), outcome, evidence=response.meta.get("evidence"))
        if outcome is not FetchOutcome.OK:
            return
        document = Document.from_bytes(response.body, response.url)
        days = health.shown_days(document, self.today)
        state.home = replace(
            state.home,
            rows=days.rows,
            dated=days.dated,
            newest=days.newest,
            newest_hint=days.hint,
            metas=health.metas_of(document),
            identifiers=health.identifiers_of(document),
            has_footer=health.has_footer(document),
        )
        state.asked.add(_place(response.url))
        state.named.add(_place(response.url))
        yield from self._open_columns(state, self._columns_on(state, document), first_level=True)
        yield from self._open_articles(state, response.url, health.article_links(document), ColumnClass.OTHER, 3)
        yield from self._try_links(state, response.url, _links_of(document), on_home=True)

    def home_failed(self, failure: Failure) -> None:
        state = failure.request.cb_kwargs["state"]  # type: ignore[attr-defined]
        state.home = HomeHealth(state.task.url, self.clock(), _failed(failure))

    def _columns_on(self, state: _State, document: Document) -> list[ColumnLink]:
        """Columns that no page before named, those whose names say what they are first."""
        state.offered |= health.offered(document)
        found: dict[str, ColumnLink] = {}
        for link in platform_for(document, state.task.platform).columns(document):
            url = state.task.own(link.url)
            if url is None or _place(url) in state.named or not health.is_worth_opening(link):
                continue
            known = found.get(_place(url))
            better = known is not None and class_of(known.name) is ColumnClass.OTHER
            if known is None or (better and class_of(link.name) is not ColumnClass.OTHER):
                found[_place(url)] = ColumnLink(link.name, url, link.where)
        state.named |= found.keys()
        return sorted(found.values(), key=lambda link: class_of(link.name) is ColumnClass.OTHER)

    def _open_columns(
        self, state: _State, links: Iterable[ColumnLink], *, first_level: bool
    ) -> Iterable[scrapy.Request]:
        for link in links:
            if len(state.columns) >= MAX_COLUMNS:
                state.left += 1
                continue
            state.asked.add(_place(link.url))
            state.columns[_place(link.url)] = ColumnHealth(
                name=link.name,
                url=link.url,
                kind=class_of(link.name),
                read_at=self.clock(),
                outcome=FetchOutcome.REFUSED,  # until something came
                state=ColumnState.UNREAD,
                first_level=first_level,
            )
            request = self._request(state, PageRequest(link.url), self.parse_column, self.column_failed)
            request.cb_kwargs.update(place=_place(link.url), interfaces=Interfaces())
            yield request

    def parse_column(
        self, response: Response, state: _State, place: str, interfaces: Interfaces
    ) -> Iterable[scrapy.Request]:
        outcome, column = _outcome(response, state.task), state.columns[place]
        if outcome is not FetchOutcome.OK:
            state.columns[place] = column if interfaces.asked else replace(column, outcome=outcome)
            return
        document = Document.from_bytes(response.body, response.url)
        listing = platform_for(document, state.task.platform).read_list(document)
        below: list[ColumnLink] = []
        if not interfaces.asked:
            evidence = response.meta.get("evidence")
            column = replace(column, outcome=outcome, metas=health.metas_of(document), evidence=evidence)
            state.columns[place] = column
            state.offered |= health.offered(document)
            below = [] if listing.items or listing.declared_empty else self._columns_on(state, document)
        instead = interfaces.after(listing)
        if instead is not None:  # the rows stand in an answer that the page's script would fetch
            request = self._request(state, instead, self.parse_column, self.column_failed)
            request.cb_kwargs.update(place=place, interfaces=interfaces)
            yield request
            return
        if interfaces.asked:  # the rows alone: an answer's markup is no page
            document = Document(column.url, "")
        column = _read_column(column, document, interfaces.judged(listing), self.today, leads_on=bool(below))
        state.columns[place] = column
        if column.kind is ColumnClass.CONSULTATION:
            state.letters += health.letters_of(listing)
        yield from self._open_columns(state, below, first_level=False)
        if column.state in (ColumnState.LIST, ColumnState.PAGE):
            rows = [(item.url, item.title) for item in listing.items if item.url]
            most = MAX_GUIDES if column.kind is ColumnClass.SERVICES else 1
            yield from self._open_articles(state, column.url, rows, column.kind, most)
            yield from self._try_links(state, column.url, [*rows, *_links_of(document)], on_home=False)

    def column_failed(self, failure: Failure) -> None:
        given = failure.request.cb_kwargs  # type: ignore[attr-defined]
        state, place = given["state"], given["place"]
        if not given["interfaces"].asked:
            state.columns[place] = replace(state.columns[place], outcome=_failed(failure))

    def _open_articles(
        self, state: _State, page: str, links: Iterable[tuple[str, str]], kind: ColumnClass, most: int
    ) -> Iterable[scrapy.Request]:
        is_guide = kind is ColumnClass.SERVICES
        for url, title in links:
            room = state.guides < MAX_GUIDES if is_guide else state.samples < MAX_ARTICLES
            if not most or not room:
                return
            if state.task.own(url) is None or _place(url) in state.asked or _is_document(url):
                continue
            most -= 1
            state.guides, state.samples = state.guides + is_guide, state.samples + (not is_guide)
            state.asked.add(_place(url))
            request = self._request(state, PageRequest(url), self.parse_article, self.article_failed)
            request.cb_kwargs.update(title=title, page=page, is_guide=is_guide)
            yield request

    def parse_article(self, response: Response, state: _State, title: str, page: str, is_guide: bool) -> None:
        outcome, asked = _outcome(response, state.task), response.meta["asked"]
        read = ArticleHealth(title, asked, page, outcome)
        if outcome is FetchOutcome.OK:
            document = Document.from_bytes(response.body, response.url)
            article = platform_for(document, state.task.platform).read_article(document)
            elements = guide_elements(health.page_text(document)) if is_guide else None
            read = replace(read, published=article.published, metas=health.metas_of(document), elements=elements)
        state.articles[_place(asked)] = read

    def article_failed(self, failure: Failure) -> None:
        given = failure.request.cb_kwargs  # type: ignore[attr-defined]
        asked = failure.request.meta["asked"]  # type: ignore[attr-defined]
        read = ArticleHealth(given["title"], asked, given["page"], _failed(failure))
        given["state"].articles[_place(asked)] = read

    def _try_links(
        self, state: _State, page: str, links: Iterable[tuple[str, str]], *, on_home: bool
    ) -> Iterable[scrapy.Request]:
        """All links of the home page; of another page the first that were not tried yet."""
        room = MAX_HOME_LINKS if on_home else min(_LINKS_OF_A_COLUMN, MAX_OTHER_LINKS - state.others)
        for url, text in links:
            if room <= 0:
                return
            if not url.startswith("http") or _place(url) in state.links:
                continue
            if not on_home and _place(url) in state.asked | state.named:
                continue
            room -= 1
            state.others += not on_home
            tried = LinkTried(url, text[:60], page, on_home, FetchOutcome.REFUSED)
            state.links[_place(url)] = tried
            if _place(url) not in state.asked:  # what is opened anyway is not asked for twice
                yield self._link_request(state, tried, "HEAD")

    def _link_request(self, state: _State, tried: LinkTried, method: str) -> scrapy.Request:
        request = self._request(state, PageRequest(tried.url, method), self.parse_link, self.link_failed)
        request.cb_kwargs["tried"] = tried
        slot = urlsplit(tried.url).netloc.lower()
        obeys = state.task.obey_robots or state.task.own(tried.url) is None
        request.meta.update(download_slot=slot, handle_httpstatus_list=_OURS_TO_JUDGE, dont_obey_robotstxt=not obeys)
        return request.replace(priority=-1)

    def parse_link(self, response: Response, state: _State, tried: LinkTried) -> Iterable[scrapy.Request]:
        """HEAD asks whether the page is there; where it is not, or leads to an error page, GET asks once more."""
        is_head = response.request is not None and response.request.method == "HEAD"
        to_error = any(mark in urlsplit(response.url).path.lower() for mark in _REDIRECTED_TO_AN_ERROR)
        if is_head and (response.status >= 400 or to_error):
            yield self._link_request(state, tried, "GET")
            return
        outcome = FetchOutcome.OK if is_head else outcome_of_response(response)
        state.links[_place(tried.url)] = replace(tried, outcome=outcome)

    def link_failed(self, failure: Failure) -> Iterable[scrapy.Request]:
        given = failure.request.cb_kwargs  # type: ignore[attr-defined]
        outcome, tried = _failed(failure), given["tried"]
        given["state"].links[_place(tried.url)] = replace(tried, outcome=outcome)
        return ()

    def _request(
        self,
        state: _State,
        asked: PageRequest,
        callback: Any,  # noqa: ANN401 - Scrapy's own contract
        errback: Any,  # noqa: ANN401
    ) -> scrapy.Request:
        return site_request(state.task, asked, callback, errback, given={"state": state}, ours_to_judge=_OURS_TO_JUDGE)


def look_at(
    engine: Engine, archive_folder: Path, tasks: Sequence[SiteTask], *, clock: Callable[[], dt.datetime]
) -> int:
    """Look at every site once and store what was seen; the number of sites. Scrapy owns the process
    meanwhile (one reactor a process)."""
    with Archive(archive_folder, clock(), reading.archived_hashes(engine)) as archive:

        def _keep(fetched: Fetched) -> None:
            keep_evidence(engine, archive, fetched, clock())

        process = AsyncCrawlerProcess(_settings(tasks, archive_folder / "health.log"))
        crawler = process.create_crawler(HealthSpider)
        process.crawl(crawler, tasks=tasks, clock=clock, keep=_keep)
        process.start()
        if not isinstance(crawler.spider, HealthSpider):
            raise RuntimeError("Scrapy did not start the look")  # noqa: TRY004 - no matter of types
        looks = crawler.spider.looks()
    record_health(engine, looks)
    return len(looks)


def _links_of(document: Document) -> list[tuple[str, str]]:
    return [(link.url, link.text or link.title) for link in outline(document).links if link.url]


def _read_column(
    column: ColumnHealth, document: Document, listing: ListPage, today: dt.date, *, leads_on: bool
) -> ColumnHealth:
    days = health.shown_days(document, today, listing)
    return replace(
        column,
        state=health.column_state(document, listing, leads_on=leads_on),
        rows=days.rows,
        dated=days.dated,
        newest=days.newest,
        newest_hint=days.hint,
    )


def _look(state: _State, now: dt.datetime) -> SiteHealth:
    home = state.home or HomeHealth(state.task.url, now, FetchOutcome.REFUSED)
    opened = [a.published for a in state.articles.values() if a.page == home.url and a.published is not None]
    hints = [day for day in (home.newest_hint, *opened) if day is not None and day <= _shanghai_day(now)]
    links = {place: _settled(state, place, tried) for place, tried in state.links.items()}
    return SiteHealth(
        site=state.task.id,
        read_at=home.read_at,
        home=replace(home, newest_hint=max(hints, default=None)),
        columns=tuple(state.columns.values()),
        articles=tuple(state.articles.values()),
        links=tuple(links.values()),
        letters=tuple(state.letters),
        offered=tuple(sorted(state.offered)),
        columns_left=state.left,
    )


def _settled(state: _State, place: str, tried: LinkTried) -> LinkTried:
    """A link whose page was opened as a column or article ended as that did."""
    page = state.columns.get(place) or state.articles.get(place)
    if page is not None:
        return replace(tried, outcome=page.outcome)
    is_home = place == _place(state.task.url) and state.home is not None
    return replace(tried, outcome=state.home.outcome) if is_home and state.home else tried


def _shanghai_day(moment: dt.datetime) -> dt.date:
    return (moment.astimezone(dt.UTC) + dt.timedelta(hours=8)).date()


def _settings(tasks: Sequence[SiteTask], log_file: Path) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("DOWNLOAD_SLOTS", slots_of(tasks))
    settings.set("LOG_FILE", str(log_file))
    return settings


def _place(url: str) -> str:
    """The address without what makes no difference: /zwgk/ and /zwgk/index.html are one page."""
    bare = url.split("#", 1)[0]
    for index in ("index.html", "index.htm", "index.shtml", "index.jsp", "index.php"):
        bare = bare.removesuffix(f"/{index}") + "/" if bare.endswith(f"/{index}") else bare
    return bare


def _is_document(url: str) -> bool:
    return urlsplit(url).path.lower().rsplit(".", 1)[-1] in {"pdf", "doc", "docx", "xls", "xlsx", "zip", "rar", "ofd"}


def _outcome(response: Response, task: SiteTask) -> FetchOutcome:
    return FetchOutcome.MOVED if task.own(response.url) is None else outcome_of_response(response)


def _failed(failure: Failure) -> FetchOutcome:
    return outcome_of_failure(failure.value or Exception("failed without an error"))
