"""One crawl over many sites in one process: tasks in, facts in the store."""

import dataclasses
import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.settings import Settings
from sqlalchemy import Engine

from crawler.archive import Archive
from crawler.recorder import Recorder
from crawler.summary import CrawlSummary
from db import reading, recording
from spiders.attachments import fingerprint
from spiders.portal import PortalSpider
from spiders.records import Attachment, ListItem
from spiders.task import ColumnAddress, KnownFiles, KnownPage, SiteTask

# An opened page is asked again once in so long, so that a monthly crawl sees what was taken down or changed and a daily
# one costs no more. Assumed: spot-checks are monthly or quarterly (STANDARDS 2), and months have 28 days or more.
ASK_AGAIN_AFTER = dt.timedelta(days=25)
_UNDELAYED = {"delay": 0.0, "concurrency": 8, "jitter": 0.0}


class RecordingSpider(PortalSpider):
    """The portal spider of an audit: everything that it sees goes to a recorder."""

    recorder: Recorder

    def __init__(self, recorder: Recorder, tasks: Sequence[SiteTask], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(tasks=tasks, **kwargs)
        self.recorder = recorder
        self.on_fetch = recorder.on_fetch


class RecorderPipeline:
    """Hands the spider's records to its recorder."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RecorderPipeline":
        return cls(crawler)

    def process_item(self, item: object, spider: object | None = None) -> object:
        if isinstance(self.crawler.spider, RecordingSpider):
            self.crawler.spider.recorder.record(item)
        return item


def crawl(
    engine: Engine,
    archive_folder: Path,
    tasks: Sequence[SiteTask],
    *,
    plan: str | None,
    clock: Callable[[], dt.datetime],
    on_progress: Callable[[dict[str, int]], None] | None = None,
    unseen: Callable[[], Mapping[str, dt.date]] | None = None,
) -> CrawlSummary:
    """Read what `tasks` ask for. A crawl of the same tasks that was broken off is continued.

    `unseen` is asked once, when all of it is read and stored: on which sites was something not found in its place, and
    from which claimed day on may it stand elsewhere? There the crawl goes on.

    Scrapy's own log goes to `crawl.log` in the archive folder. `clock` gives the instant of each fact. Scrapy owns
    the process meanwhile (one reactor a process): a second crawl needs a second process.
    """
    record = recording.begin_crawl(engine, _digest(tasks), plan, clock())
    tasks = _left_over(engine, record, tasks, clock())
    with Archive(archive_folder, clock(), reading.archived_hashes(engine)) as archive:
        recorder = Recorder(engine, record.id, archive, clock)
        process = AsyncCrawlerProcess(_settings(tasks, archive_folder / "crawl.log"))
        crawler = process.create_crawler(RecordingSpider)
        if on_progress is not None:
            _report_progress(crawler, recorder, on_progress)
        if unseen is not None:
            _look_elsewhere_at_the_end(crawler, unseen)
        process.crawl(crawler, recorder=recorder, tasks=tasks)
        process.start()
        recorder.flush()
    finished = crawler.stats is not None and crawler.stats.get_value("finish_reason") == "finished"
    if finished:
        recording.finish_crawl(engine, record.id, clock())
    errors = crawler.stats.get_value("spider_exceptions/count", 0) if crawler.stats else 0
    counts = dict(recorder.counts) | ({"errors": errors} if errors else {})
    return CrawlSummary(record.id, record.resumed, not finished, counts, tuple(sorted(recorder.unreachable.items())))


def _settings(tasks: Sequence[SiteTask], log_file: Path) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("ITEM_PIPELINES", {RecorderPipeline: 100})
    settings.set("DOWNLOAD_SLOTS", slots_of(tasks))
    settings.set("LOG_FILE", str(log_file))
    return settings


def slots_of(tasks: Sequence[SiteTask]) -> dict[str, dict[str, float | int]]:
    """One slot a host, as slow as the most careful of its sites. Loopback is not delayed: it is a practice city
    or a replay on the user's own machine (robots.txt is asked for under the bare host name)."""
    slots: dict[str, dict[str, float | int]] = {host: dict(_UNDELAYED) for host in ("127.0.0.1", "localhost")}
    for task in tasks:
        before = slots.get(task.slot, {"delay": 0.0})
        delay = max(task.delay_seconds, before["delay"])
        slots[task.slot] = dict(_UNDELAYED) if task.is_loopback else {"delay": delay, "concurrency": 1, "jitter": 0.25}
    return slots


def _digest(tasks: Sequence[SiteTask]) -> str:
    """Names what is asked for: equal tasks, equal digest."""
    asked = [
        (
            task.id,
            task.url,
            task.columns,
            [(w.columns, _patterns(w.titles), _patterns(w.excludes), w.since, w.files) for w in task.wants],
        )
        for task in tasks
    ]
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def _patterns(patterns: Sequence[re.Pattern[str]]) -> list[str]:
    return [pattern.pattern for pattern in patterns]


def _left_over(
    engine: Engine, record: recording.CrawlRecord, tasks: Sequence[SiteTask], now: dt.datetime
) -> list[SiteTask]:
    """The tasks with what is known: columns and articles of a broken-off crawl, articles opened before."""
    known: dict[str, list[KnownPage]] = defaultdict(list)
    for page in reading.kept_pages(engine, [task.id for task in tasks]):
        known[page.site].append(_known(page, now))
    files: dict[str, list[KnownFiles]] = defaultdict(list)
    for held in reading.kept_files(engine, [task.id for task in tasks]):
        attached = tuple(Attachment(name, url) for name, url in held.attachments)
        files[held.site].append(KnownFiles(held.url, fingerprint(held.title, held.text), attached, held.read))
    repealed = reading.repealed_documents(engine)
    pending: dict[str, list[ListItem]] = defaultdict(list)
    if record.resumed:
        for site, url, title, day, cut in reading.unopened_sightings(engine, record.id):
            pending[site].append(ListItem(title, url, day, cut=cut))
    return [
        dataclasses.replace(
            task,
            known=tuple(known[task.id]),
            pending=tuple(pending[task.id]),
            files=tuple(files[task.id]),
            repealed=repealed if any(want.originals for want in task.wants) else (),
            begun_columns=_begun(record, task),
            read_columns=frozenset(url for site, url in record.finished_columns if site == task.id),
        )
        for task in tasks
    ]


def _known(page: reading.KeptPage, now: dt.datetime) -> KnownPage:
    return KnownPage(
        url=page.url,
        title=page.title,
        date=page.list_date,
        columns=page.columns,
        is_due=now - page.asked_at >= ASK_AGAIN_AFTER,
        is_unasked=page.is_unasked,
        etag=page.etag,
        last_modified=page.last_modified,
    )


def _begun(record: recording.CrawlRecord, task: SiteTask) -> tuple[ColumnAddress, ...]:
    """What the broken-off crawl began on this site, to be read as far back as its earliest want needs."""
    days = [want.since for want in task.wants]
    since = None if None in days else min((day for day in days if day is not None), default=None)
    begun = [(name, url, wanted) for site, name, url, wanted in record.begun_columns if site == task.id]
    return tuple(ColumnAddress(name, url, wanted, since) for name, url, wanted in begun)


def _look_elsewhere_at_the_end(crawler: Crawler, unseen: Callable[[], Mapping[str, dt.date]]) -> None:
    from scrapy import signals  # noqa: PLC0415 - beside its only use

    waiting = [unseen]  # asked once: what is not there now is not there

    def _on_idle(spider: RecordingSpider) -> None:
        requests = list(spider.look_elsewhere(waiting.pop()())) if waiting else []
        for request in requests:
            crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    crawler.signals.connect(_on_idle, signal=signals.spider_idle, weak=False)


def _report_progress(crawler: Crawler, recorder: Recorder, on_progress: Callable[[dict[str, int]], None]) -> None:
    from scrapy import signals  # noqa: PLC0415 - beside its only use

    def _after_response(**_: object) -> None:
        on_progress(dict(recorder.counts))

    crawler.signals.connect(_after_response, signal=signals.response_received, weak=False)
