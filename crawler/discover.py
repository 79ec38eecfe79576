"""Which columns of one portal bear the names that a register wants? Reads the pages that link columns, no list."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings

from crawler.fetch_log import Fetched
from crawler.run import slots_of
from db.facts import FetchOutcome
from spiders.columns import ColumnMatch
from spiders.discovery import Discovery
from spiders.document import Document
from spiders.portal import Output, PortalSpider, SiteState
from spiders.recognise import family_of, recognise
from spiders.task import SiteTask


class MatchKind(StrEnum):
    OWN = "own"  # bears a wanted name: what it lacks, when read completely, is missing
    RELATED = "related"  # where portals keep such matters as well: what it lacks proves nothing
    NOTICE = "notice"  # where offices put what belongs elsewhere


@dataclass(frozen=True, slots=True)
class Match:
    """A wanted name, the portal's column for it, and how alike the names are (0 to 1). A related column answers for
    the first of a want's names, `through` a name that is related to it; its score is the likeness to that."""

    kind: MatchKind
    wanted: str
    column: str
    url: str
    score: float
    why: str
    through: str = ""


@dataclass(frozen=True, slots=True)
class Discovered:
    """What one search found. `outcome` is how the home page was entered; where it is not OK nothing else is known.
    `requests` counts every attempt, robots.txt and retries too; `pages` those that were searched for links."""

    outcome: FetchOutcome
    family: str
    title: str
    matches: tuple[Match, ...]
    not_found: tuple[str, ...]
    requests: int
    pages: int
    errors: int  # pages that the program itself failed on
    interrupted: bool


class DiscoverySpider(PortalSpider):
    """The portal spider until the moment when it would read columns."""

    def __init__(self, task: SiteTask, **kwargs: Any) -> None:  # noqa: ANN401 - Scrapy's own contract
        super().__init__(tasks=[task], **kwargs)
        self.outcome = FetchOutcome.REFUSED
        self.family = "generic"
        self.title = ""
        self.requests = 0

    @property
    def discovery(self) -> Discovery:
        return self.states[0].discovery

    def on_fetch(self, fetched: Fetched) -> None:
        """Called by the fetch log for every attempt."""
        self.requests += fetched.requested

    def parse_channel(self, response: Response, state: SiteState, depth: int) -> Iterator[Output]:
        if not state.entered:  # the home page
            document = Document.from_bytes(response.body, response.url)
            self.family = family_of(recognise(document))
            self.title = " ".join((document.tree.findtext(".//title") or "").split())
        yield from super().parse_channel(response, state, depth)

    def _entered(self, state: SiteState, outcome: FetchOutcome) -> Iterator[Output]:
        if not state.entered:
            state.entered, self.outcome = True, outcome
        yield from ()

    def _read_columns(self, state: SiteState) -> Iterator[Output]:
        yield from ()


def discover(task: SiteTask) -> Discovered:
    """Search one portal for the columns that `task.wants` name, from its home page on; at most
    spiders.discovery.MAX_CHANNEL_PAGES pages. Scrapy owns the process meanwhile: one search a process."""
    process = AsyncCrawlerProcess(_settings(task))
    crawler = process.create_crawler(DiscoverySpider)
    process.crawl(crawler, task=task)
    process.start()
    spider, stats = crawler.spider, crawler.stats
    finished = stats is not None and stats.get_value("finish_reason") == "finished"
    if not isinstance(spider, DiscoverySpider):
        raise RuntimeError("Scrapy did not start the search")  # noqa: TRY004 - no matter of types
    matches = matches_of(spider.discovery)
    related = {match.wanted for match in matches if match.kind is MatchKind.RELATED}
    return Discovered(
        outcome=spider.outcome,
        family=spider.family,
        title=spider.title,
        matches=matches,
        not_found=tuple(name for name in spider.discovery.not_found() if name not in related),
        requests=spider.requests,
        pages=spider.discovery.pages,
        errors=stats.get_value("spider_exceptions/count", 0) if stats else 0,
        interrupted=not finished,
    )


def matches_of(discovery: Discovery) -> tuple[Match, ...]:
    """What an audit would read on the site, each wanted name and address once: own columns first, then related
    ones, then the notice column."""
    found: dict[tuple[str, str], Match] = {}
    for want in discovery.task.wants:
        for match in discovery.found(want):
            found.setdefault((match.wanted, match.link.url), _match(MatchKind.OWN, match.wanted, match))
    for want in discovery.task.wants:
        for match in discovery.related(want):
            one = _match(MatchKind.RELATED, want.columns[0], match, match.wanted)
            found.setdefault((one.wanted, one.url), one)
    notices = [Match(MatchKind.NOTICE, c.name, c.name, c.url, 1.0, "notice column") for c in discovery.notices()]
    known = {(match.column, match.url) for match in found.values() if match.kind is MatchKind.OWN}
    return (*found.values(), *(notice for notice in notices if (notice.column, notice.url) not in known))


def _match(kind: MatchKind, wanted: str, match: ColumnMatch, through: str = "") -> Match:
    return Match(kind, wanted, match.link.name, match.link.url, match.score, match.why, through)


def _settings(task: SiteTask) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("DOWNLOAD_SLOTS", slots_of([task]))
    settings.set("LOG_ENABLED", False)  # the command line says what went wrong, in one line
    return settings
