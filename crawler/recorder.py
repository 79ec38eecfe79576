"""Turns what the spider yields into stored facts, as it comes."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from crawler.archive import Archive
from crawler.fetch_log import Fetched
from db import recording
from db.details import Details
from db.facts import PENDING, Clock, ClockName, FetchOutcome, Reading, Screenshot, SiteReading, Stop
from spiders.attachments import stamps_in
from spiders.dates import running_id, url_date
from spiders.items import ArticleAsked, ArticleRead, ColumnResult, FileOpened, ListRead, PagePictured, SiteEntered
from spiders.records import Article, Letter, ListItem

_GONE = (FetchOutcome.NOT_FOUND, FetchOutcome.SOFT_404)
_FETCHES_PER_WRITE = 50  # the log of requests may lag; facts and evidence never do


def keep_evidence(engine: Engine, archive: Archive, fetched: Fetched, at: dt.datetime) -> None:
    """Archive the body of a page that a finding may rest on, and store where it lies."""
    if not (fetched.body and fetched.evidence and fetched.site):
        return
    kept = archive.keep(
        fetched.evidence,
        fetched.url,
        fetched.body,
        status=fetched.http_status or 0,
        headers=fetched.headers,
        at=at,
    )
    if kept is not None:
        row = {name: getattr(kept, name) for name in ("evidence", "file", "offset", "url", "archived_at")}
        recording.record_archived(engine, [row])


class Recorder:
    """Writes one crawl's facts. `clock` gives the instant of each fact: the real time, or the stamp of a replay."""

    def __init__(self, engine: Engine, crawl: int, archive: Archive, clock: Callable[[], dt.datetime]) -> None:
        self._engine, self._crawl, self._archive, self._clock = engine, crawl, archive, clock
        self._fetches: list[dict[str, Any]] = []
        self._first_read: dict[tuple[str, str], dt.datetime] = {}
        self.counts: Counter[str] = Counter()
        self.unreachable: dict[str, str] = {}  # site -> outcome of its first request

    def on_fetch(self, fetched: Fetched) -> None:
        """Log one request; keep the body of every page that a verdict may rest on."""
        at = self._clock()
        keep_evidence(self._engine, self._archive, fetched, at)
        if not fetched.requested:
            return
        self.counts[f"fetch/{fetched.outcome}"] += 1
        self.counts["requests"] += 1
        self._fetches.append(
            {
                "crawl_id": self._crawl,
                "site": fetched.site,
                "url": fetched.url,
                "fetched_at": at,
                "outcome": fetched.outcome.value,
                "http_status": fetched.http_status,
                "size": len(fetched.body) if fetched.body is not None else None,
                "evidence": fetched.evidence,
            }
        )
        if len(self._fetches) >= _FETCHES_PER_WRITE:
            self.flush()

    def record(self, item: object) -> None:
        """Store one of the spider's records."""
        at = self._clock()
        match item:
            case ListRead():
                self._first_read.setdefault((item.site, item.column_url), at)
                self._record_list(item, at)
            case ArticleRead():
                self.counts["articles"] += 1
                recording.record_version(
                    self._engine, self._crawl, item.site, item.url, _said(item), at=at, evidence=item.evidence
                )
            case ArticleAsked():
                self.counts["articles_gone" if item.outcome in _GONE else "articles_asked"] += 1
                recording.record_visit(
                    self._engine,
                    self._crawl,
                    item.site,
                    item.url,
                    item.outcome,
                    at=at,
                    etag=item.etag,
                    last_modified=item.last_modified,
                )
            case PagePictured():
                self.counts["pictures"] += 1
                picture = Screenshot(at, item.evidence, item.marks)
                recording.record_screenshot(self._engine, self._crawl, item.site, item.url, picture)
            case FileOpened():
                self.counts[f"file/{item.file.outcome}"] += 1
                recording.record_file(self._engine, self._crawl, item.site, item.page, item.file, at=at)
            case ColumnResult():
                if item.stop is not Stop.INTERRUPTED:
                    self.counts[f"column/{item.stop}"] += 1
                read_at = self._first_read.get((item.site, item.url), at)
                recording.record_reading(self._engine, self._crawl, _reading(item, read_at))
            case SiteEntered():
                self.counts["sites" if item.outcome is FetchOutcome.OK else "sites_failed"] += 1
                if item.outcome is not FetchOutcome.OK:
                    self.unreachable[item.site] = item.outcome.value
                entry = SiteReading(item.site, at, item.outcome, item.columns_not_found)
                recording.record_site(self._engine, self._crawl, entry)

    def flush(self) -> None:
        recording.record_fetches(self._engine, self._fetches)
        self._fetches = []

    def _record_list(self, item: ListRead, at: dt.datetime) -> None:
        self.counts["list_pages"] += 1
        self.counts["rows"] += len(item.items)
        seen = [_seen(row) for row in item.items if row.url]
        recording.record_sightings(
            self._engine, self._crawl, item.site, item.column_url, seen, at=at, evidence=item.evidence
        )


def _seen(row: ListItem) -> recording.Seen:
    day, number = url_date(row.url), running_id(row.url)
    clocks = [Clock(ClockName.URL, day.isoformat())] if day else []
    clocks += [Clock(ClockName.RUNNING_ID, str(number))] if number is not None else []
    clocks += _letter_clocks(row.letter) if row.letter else []
    return recording.Seen(row.url, row.title, row.date, row.doc_no, row.validity, tuple(clocks), row.cut)


def _said(item: ArticleRead) -> recording.Said:
    article = item.article
    return recording.Said(
        title=article.title,
        published=article.published,
        source=article.source,
        doc_no=article.doc_no,
        index_no=article.index_no,
        validity=article.validity,
        text=article.text,
        attachments=tuple((attachment.name, attachment.url) for attachment in article.attachments),
        clocks=tuple(_clocks(article, item.last_modified)),
        details=Details(article.tables, article.links, article.marks, article.repeals, article.asked, article.answered),
    )


def _clocks(article: Article, last_modified: dt.datetime | None) -> list[Clock]:
    statements = {
        ClockName.VISIBLE: article.visible_date,
        ClockName.META: article.meta_date,
        ClockName.URL: article.url_date,
        ClockName.SIGNED: article.signed_date,
    }
    clocks = [Clock(name, day.isoformat()) for name, day in statements.items() if day is not None]
    clocks += _letter_clocks(Letter(article.asked, article.answered, article.is_pending))
    if article.running_id is not None:
        clocks.append(Clock(ClockName.RUNNING_ID, str(article.running_id)))
    stamps = {day for file in article.attachments for day in stamps_in(file)}
    clocks += [Clock(ClockName.ATTACHMENT, day.isoformat()) for day in sorted(stamps)]
    if last_modified is not None:
        clocks.append(Clock(ClockName.LAST_MODIFIED, last_modified.astimezone(dt.UTC).isoformat()))
    return clocks


def _letter_clocks(letter: Letter) -> list[Clock]:
    clocks = [Clock(ClockName.ASKED, letter.asked.isoformat())] if letter.asked else []
    answered = letter.answered.isoformat() if letter.answered else PENDING if letter.is_pending else None
    return [*clocks, Clock(ClockName.ANSWERED, answered)] if answered else clocks


def _reading(item: ColumnResult, read_at: dt.datetime) -> Reading:
    return Reading(
        site=item.site,
        column=item.column,
        url=item.url,
        read_at=read_at,
        pages=item.pages,
        items=item.rows,
        stop=item.stop,
        back_to=item.back_to,
        outcome=item.outcome,
        evidence=item.evidence,
        wanted=item.wanted,
    )
