"""Adding facts: what a crawl saw is written as it comes, in small transactions that survive a kill."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.orm import Session

from db.details import Details, details_to_json, file_to_json, mark_to_json
from db.facts import Clock, FetchOutcome, FileRead, Reading, Screenshot, SiteReading
from db.models import (
    Archived,
    ColumnReading,
    Crawl,
    Fetch,
    JudgedVerdict,
    Judgement,
    OpenedFile,
    Page,
    Picture,
    Sighting,
    SiteEntry,
    Version,
    Visit,
)

MAX_URL_CHARACTERS = 2_000  # PostgreSQL indexes no text beyond 2,704 bytes; real addresses stay below 300


RESUMABLE_FOR = dt.timedelta(days=1)  # what an older broken-off crawl read is no picture of today any more


@dataclass(frozen=True, slots=True)
class Seen:
    """One row of a list page as it is stored."""

    url: str
    title: str
    list_date: dt.date | None
    doc_no: str | None = None
    validity: str | None = None
    clocks: tuple[Clock, ...] = ()  # what the address tells
    cut: bool = False  # the list shows only a part of the title


@dataclass(frozen=True, slots=True)
class Said:
    """What an opened publication said."""

    title: str | None
    published: dt.date | None
    source: str | None
    doc_no: str | None
    index_no: str | None
    validity: str | None
    text: str
    attachments: tuple[tuple[str, str], ...]
    clocks: tuple[Clock, ...]
    details: Details = field(default_factory=Details)

    def row(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "published": self.published,
            "source": self.source,
            "doc_no": self.doc_no,
            "index_no": self.index_no,
            "validity": self.validity,
            "text": self.text,
            "attachments": [list(pair) for pair in self.attachments],
            "clocks": _clock_pairs(self.clocks),
            "details": details_to_json(self.details) or None,
        }

    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.row(), sort_keys=True, default=str).encode()).hexdigest()


@dataclass
class CrawlRecord:
    """An open crawl. `resumed` says that it continues one that was broken off."""

    id: int
    resumed: bool
    finished_columns: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # (site, column address)
    begun_columns: tuple[tuple[str, str, str, tuple[str, ...]], ...] = ()  # (site, name, address, wanted), unfinished


def begin_crawl(engine: Engine, inputs: str, plan: str | None, at: dt.datetime) -> CrawlRecord:
    """Continue a recent unfinished crawl of the same `inputs` (a digest), or begin a new one."""
    with Session(engine) as session, session.begin():
        unfinished = session.scalar(
            select(Crawl.id)
            .where(Crawl.inputs == inputs, Crawl.finished_at.is_(None), Crawl.started_at >= at - RESUMABLE_FOR)
            .order_by(Crawl.id.desc())
            .limit(1)
        )
        if unfinished is not None:
            rows = session.scalars(select(ColumnReading).where(ColumnReading.crawl_id == unfinished)).all()
            done = frozenset((row.site, row.url) for row in rows if row.stop != "interrupted")
            begun = [(r.site, r.name, r.url, tuple(r.wanted)) for r in rows if (r.site, r.url) not in done]
            return CrawlRecord(unfinished, True, done, tuple(dict.fromkeys(begun)))
        crawl = Crawl(inputs=inputs, plan=plan, started_at=at, finished_at=None)
        session.add(crawl)
        session.flush()
        return CrawlRecord(crawl.id, resumed=False)


def finish_crawl(engine: Engine, crawl: int, at: dt.datetime) -> None:
    with engine.begin() as connection:
        connection.execute(update(Crawl).where(Crawl.id == crawl).values(finished_at=at))


def record_sightings(
    engine: Engine,
    crawl: int,
    site: str,
    column_url: str,
    seen: Iterable[Seen],
    *,
    at: dt.datetime,
    evidence: str | None,
) -> None:
    """Store the rows of one list page. A page stands in for a row only once per column and crawl."""
    rows = {row.url: row for row in seen if len(row.url) <= MAX_URL_CHARACTERS}
    if not rows:
        return
    with Session(engine) as session, session.begin():
        pages = _page_ids(session, site, list(rows))
        known = set(
            session.scalars(
                select(Sighting.page_id).where(
                    Sighting.crawl_id == crawl,
                    Sighting.column_url == column_url,
                    Sighting.page_id.in_(list(pages.values())),
                )
            )
        )
        new = [
            {
                "page_id": pages[url],
                "crawl_id": crawl,
                "column_url": column_url,
                "seen_at": at,
                "title": row.title,
                "list_date": row.list_date,
                "doc_no": row.doc_no,
                "validity": row.validity,
                "clocks": _clock_pairs(row.clocks),
                "evidence": evidence,
                "cut": row.cut,
            }
            for url, row in rows.items()
            if pages[url] not in known
        ]
        if new:
            session.execute(insert(Sighting), new)


def record_version(
    engine: Engine, crawl: int, site: str, url: str, said: Said, *, at: dt.datetime, evidence: str | None
) -> bool:
    """Store what a publication says, unless it says the same as last time. True where a row was added."""
    if len(url) > MAX_URL_CHARACTERS:
        return False
    digest = said.digest()
    with Session(engine) as session, session.begin():
        page = _page_ids(session, site, [url])[url]
        last = session.scalar(
            select(Version.digest).where(Version.page_id == page).order_by(Version.id.desc()).limit(1)
        )
        if last == digest:
            return False
        session.add(Version(page_id=page, crawl_id=crawl, seen_at=at, digest=digest, evidence=evidence, **said.row()))
    return True


def record_visit(
    engine: Engine,
    crawl: int,
    site: str,
    url: str,
    outcome: FetchOutcome,
    *,
    at: dt.datetime,
    etag: str | None = None,
    last_modified: str | None = None,
) -> None:
    """Store that a publication's own page was asked for; pages that no list showed and nobody opened have no row.
    `etag` and `last_modified` are the answer's headers as they came."""
    with Session(engine) as session, session.begin():
        page = session.scalar(select(Page.id).where(Page.site == site, Page.url == url))
        if page is not None:
            session.add(
                Visit(
                    page_id=page,
                    crawl_id=crawl,
                    at=at,
                    outcome=outcome.value,
                    etag=etag,
                    last_modified=last_modified,
                )
            )


def record_file(engine: Engine, crawl: int, site: str, url: str, file: FileRead, *, at: dt.datetime) -> bool:
    """Store what an attachment of the publication at `url` says, unless it says the same as last time."""
    if len(url) > MAX_URL_CHARACTERS:
        return False
    said = file_to_json(file)
    with Session(engine) as session, session.begin():
        page = _page_ids(session, site, [url])[url]
        last = session.scalar(
            select(OpenedFile)
            .where(OpenedFile.page_id == page, OpenedFile.url == file.url)
            .order_by(OpenedFile.id.desc())
            .limit(1)
        )
        if last is not None and (last.outcome, last.body) == (file.outcome.value, said):
            return False
        session.add(
            OpenedFile(
                page_id=page,
                crawl_id=crawl,
                seen_at=at,
                url=file.url,
                outcome=file.outcome.value,
                evidence=file.evidence,
                body=said,
            )
        )
    return True


def record_screenshot(engine: Engine, crawl: int, site: str, url: str, picture: Screenshot) -> None:
    """Store a picture of the publication at `url`; its bytes are in the archive under its evidence hash."""
    with Session(engine) as session, session.begin():
        page = _page_ids(session, site, [url])[url]
        marks = [mark_to_json(mark) for mark in picture.marks]
        session.add(
            Picture(page_id=page, crawl_id=crawl, taken_at=picture.taken_at, evidence=picture.evidence, marks=marks)
        )


def record_reading(engine: Engine, crawl: int, reading: Reading) -> None:
    with Session(engine) as session, session.begin():
        session.add(
            ColumnReading(
                crawl_id=crawl,
                site=reading.site,
                name=reading.column,
                url=reading.url,
                read_at=reading.read_at,
                pages=reading.pages,
                items=reading.items,
                stop=reading.stop.value,
                back_to=reading.back_to,
                outcome=reading.outcome.value,
                evidence=reading.evidence,
                wanted=list(reading.wanted),
            )
        )


def record_site(engine: Engine, crawl: int, entry: SiteReading) -> None:
    with Session(engine) as session, session.begin():
        session.add(
            SiteEntry(
                crawl_id=crawl,
                site=entry.site,
                read_at=entry.read_at,
                outcome=entry.outcome.value,
                columns_not_found=list(entry.columns_not_found),
            )
        )


def record_fetches(engine: Engine, rows: list[dict[str, Any]]) -> None:
    """Store a batch of requests; the keys are the columns of `fetch`."""
    if rows:
        with engine.begin() as connection:
            connection.execute(insert(Fetch), rows)


def record_archived(engine: Engine, rows: list[dict[str, Any]]) -> None:
    """Store where evidence lies; a hash that is known already is left as it is."""
    with Session(engine) as session, session.begin():
        for row in rows:
            if session.get(Archived, row["evidence"]) is None:
                session.add(Archived(**row))


def record_judgement(
    engine: Engine,
    *,
    plan: str,
    register_digest: str,
    as_of: dt.date,
    at: dt.datetime,
    verdicts: Iterable[tuple[str, str, dict[str, Any]]],
    rules: str | None = None,
) -> int:
    """Store one run of the judge over all facts so far; each verdict as (key, status, body), `rules` names the
    judging code. Returns the run's number."""
    with Session(engine) as session, session.begin():
        last_crawl = session.scalar(select(func.max(Crawl.id)))
        run = Judgement(
            plan=plan, register_digest=register_digest, as_of=as_of, judged_at=at, rules=rules, last_crawl=last_crawl
        )
        session.add(run)
        session.flush()
        rows = [{"judgement_id": run.id, "key": key, "status": status, "body": body} for key, status, body in verdicts]
        if rows:
            session.execute(insert(JudgedVerdict), rows)
        return run.id


def count_fetches(engine: Engine, crawl: int) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Fetch).where(Fetch.crawl_id == crawl)) or 0


def _clock_pairs(clocks: Iterable[Clock]) -> list[list[str]]:
    return [[clock.name.value, clock.value] for clock in clocks]


def _page_ids(session: Session, site: str, urls: list[str]) -> dict[str, int]:
    """The identity of each address, made where it is new."""
    found: dict[str, int] = {}
    for start in range(0, len(urls), 500):  # SQLite allows 32,766 parameters, older ones 999
        chunk = urls[start : start + 500]
        found |= {
            url: id_
            for id_, url in session.execute(select(Page.id, Page.url).where(Page.site == site, Page.url.in_(chunk)))
        }
    new = [Page(site=site, url=url) for url in urls if url not in found]
    session.add_all(new)
    session.flush()
    return found | {page.url: page.id for page in new}
