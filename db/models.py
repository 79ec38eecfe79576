"""The tables. Rows of facts are only ever added: what was seen once stays as it was seen.

Nothing here that PostgreSQL would not take. Instants are stored in UTC, days are Asia/Shanghai days.
"""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Dialect, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant: zone-aware in Python, UTC in the database. A naive value is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Common base; short Python types get their column types here."""

    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own idiom
        dt.datetime: UtcDateTime,
        dt.date: Date,
        dict[str, Any]: JSON,
        dict[str, Any] | None: JSON(none_as_null=True),
        list[Any] | None: JSON(none_as_null=True),
        list[Any]: JSON,
    }


class Crawl(Base):
    """One run of the crawler. `inputs` is the digest of what it was asked; an unfinished run with the same
    inputs is continued rather than begun again."""

    __tablename__ = "crawl"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    inputs: Mapped[str] = mapped_column(String(64), index=True)
    plan: Mapped[str | None] = mapped_column(String(200))
    started_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]


class SiteEntry(Base):
    """Whether one site could be entered in one crawl."""

    __tablename__ = "site_entry"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"), index=True)
    site: Mapped[str] = mapped_column(String(200), index=True)
    read_at: Mapped[dt.datetime]
    outcome: Mapped[str] = mapped_column(String(40))
    columns_not_found: Mapped[list[Any]]


class ColumnReading(Base):
    """How far one column was read in one crawl, and why reading stopped."""

    __tablename__ = "column_reading"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"), index=True)
    site: Mapped[str] = mapped_column(String(200), index=True)
    name: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    read_at: Mapped[dt.datetime]
    pages: Mapped[int]
    items: Mapped[int]
    stop: Mapped[str] = mapped_column(String(40))
    back_to: Mapped[dt.date | None]
    outcome: Mapped[str] = mapped_column(String(40))
    evidence: Mapped[str | None] = mapped_column(String(80))
    wanted: Mapped[list[Any]]


class Page(Base):
    """The identity of one publication: its address on its site. Everything seen of it hangs below."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("site", "url"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    site: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(Text)


class Sighting(Base):
    """A publication met in a column during a crawl: the title and date that the list showed."""

    __tablename__ = "sighting"
    __table_args__ = (Index("ix_sighting_page_crawl", "page_id", "crawl_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"), index=True)
    column_url: Mapped[str] = mapped_column(Text)
    seen_at: Mapped[dt.datetime]
    title: Mapped[str] = mapped_column(Text)
    list_date: Mapped[dt.date | None]
    doc_no: Mapped[str | None] = mapped_column(Text)
    validity: Mapped[str | None] = mapped_column(Text)
    clocks: Mapped[list[Any]]  # what the address tells: its date, its running number
    evidence: Mapped[str | None] = mapped_column(String(80))
    cut: Mapped[bool | None]  # the list shows only a part of the title; NULL before this was looked at


class Version(Base):
    """What an opened publication said. A new row only where it says something else than the row before."""

    __tablename__ = "version"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"), index=True)
    seen_at: Mapped[dt.datetime]
    digest: Mapped[str] = mapped_column(String(64))  # of the fields below: equal digest, nothing new
    evidence: Mapped[str | None] = mapped_column(String(80))
    title: Mapped[str | None] = mapped_column(Text)
    published: Mapped[dt.date | None]
    source: Mapped[str | None] = mapped_column(Text)
    doc_no: Mapped[str | None] = mapped_column(Text)
    index_no: Mapped[str | None] = mapped_column(Text)
    validity: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    attachments: Mapped[list[Any]]
    clocks: Mapped[list[Any]]
    details: Mapped[dict[str, Any] | None]  # tables, links, marks, repeals, asked, answered: see db.details


class Visit(Base):
    """A publication's own page was asked for, and how that ended; an OK visit may have said nothing new."""

    __tablename__ = "visit"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"), index=True)
    at: Mapped[dt.datetime]
    outcome: Mapped[str] = mapped_column(String(40))
    etag: Mapped[str | None] = mapped_column(Text)  # as the server sent them, to ask the next time
    last_modified: Mapped[str | None] = mapped_column(Text)


class OpenedFile(Base):
    """What one attachment of a publication said. A new row only where it says something else than before."""

    __tablename__ = "opened_file"
    __table_args__ = (Index("ix_opened_file_page_url", "page_id", "url"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"), index=True)
    seen_at: Mapped[dt.datetime]
    url: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(40))
    evidence: Mapped[str | None] = mapped_column(String(80))
    body: Mapped[dict[str, Any]]  # name, kind, text, tables, created


class Picture(Base):
    """A publication's page as a browser showed it."""

    __tablename__ = "picture"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"), index=True)
    taken_at: Mapped[dt.datetime]
    evidence: Mapped[str] = mapped_column(String(80))
    marks: Mapped[list[Any]]  # that stand in the rendered page


class Fetch(Base):
    """One request and how it ended."""

    __tablename__ = "fetch"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"), index=True)
    site: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(Text)
    fetched_at: Mapped[dt.datetime]
    outcome: Mapped[str] = mapped_column(String(40))
    http_status: Mapped[int | None]
    size: Mapped[int | None]
    evidence: Mapped[str | None] = mapped_column(String(80))


class Archived(Base):
    """Where the bytes of an evidence hash lie: a record in a WARC file of the archive folder."""

    __tablename__ = "archived"
    evidence: Mapped[str] = mapped_column(String(80), primary_key=True)
    file: Mapped[str] = mapped_column(Text)  # name inside the archive folder
    offset: Mapped[int]  # of the record, in bytes
    url: Mapped[str] = mapped_column(Text)
    archived_at: Mapped[dt.datetime]


class Judgement(Base):
    """One run of the judge: which register, as of which day."""

    __tablename__ = "judgement"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    plan: Mapped[str] = mapped_column(String(200), index=True)
    register_digest: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[dt.date]
    judged_at: Mapped[dt.datetime]
    rules: Mapped[str | None] = mapped_column(String(64))  # names the judging code
    last_crawl: Mapped[int | None]  # the newest crawl whose facts were judged


class JudgedVerdict(Base):
    """One verdict of a judgement with its whole explanation."""

    __tablename__ = "judged_verdict"
    __table_args__ = (Index("ix_judged_verdict_run_key", "judgement_id", "key"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id"))
    key: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(40))
    body: Mapped[dict[str, Any]]


class StoredReview(Base):
    """One step that a person took about one verdict. Steps are added, never changed."""

    __tablename__ = "review"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    plan: Mapped[str] = mapped_column(String(200), index=True)
    key: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(40))
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime]
    reason: Mapped[str] = mapped_column(Text)
    machine: Mapped[str] = mapped_column(String(40))
    status: Mapped[str | None] = mapped_column(String(40))
    flags: Mapped[list[Any] | None]
    evidence: Mapped[str | None] = mapped_column(Text)


class Drawing(Base):
    """One drawn sample of a spot-check: its seed, the frame's digest, and all that is needed to draw it again."""

    __tablename__ = "drawing"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), index=True)  # the round: 2017-06, 2017-Q2
    drawn_at: Mapped[dt.datetime]
    seed: Mapped[str] = mapped_column(String(200))
    frame_digest: Mapped[str] = mapped_column(String(80))
    body: Mapped[dict[str, Any]]


class DrawnSite(Base):
    """What a spot-check found at one drawn site: passed, failed or not to be judged, and why."""

    __tablename__ = "drawn_site"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    drawing_id: Mapped[int] = mapped_column(ForeignKey("drawing.id"), index=True)
    site: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(40))
    judged_at: Mapped[dt.datetime]
    body: Mapped[dict[str, Any]]


class ProbeTry(Base):
    """One try to open a site's home page. `own_network` is false where this machine itself had no network."""

    __tablename__ = "probe_try"
    __table_args__ = (Index("ix_probe_try_site_at", "site", "at"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    site: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime]
    outcome: Mapped[str] = mapped_column(String(40))
    milliseconds: Mapped[int]  # until the answer, or until the try was given up
    own_network: Mapped[bool]


class StoredHealth(Base):
    """One look at a whole site: home page, columns, samples (`db.facts.SiteHealth` as its owner writes it)."""

    __tablename__ = "site_health"
    __table_args__ = (Index("ix_site_health_site_read_at", "site", "read_at"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    site: Mapped[str] = mapped_column(String(200))
    read_at: Mapped[dt.datetime]
    body: Mapped[dict[str, Any]]


class StoredScorecard(Base):
    """One assessment. A frozen year is never scored over: a correction is a new version with its reason."""

    __tablename__ = "scorecard"
    __table_args__ = (UniqueConstraint("plan", "version"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    plan: Mapped[str] = mapped_column(String(200))
    version: Mapped[int]
    model: Mapped[str] = mapped_column(String(200))
    model_digest: Mapped[str] = mapped_column(String(64))
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id"))
    frozen_at: Mapped[dt.datetime]
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    body: Mapped[dict[str, Any]]


class SentNotice(Base):
    """A notice that was sent: what it was about goes out once on each channel."""

    __tablename__ = "sent_notice"
    __table_args__ = (UniqueConstraint("digest", "channel"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[dt.datetime]
    text: Mapped[str] = mapped_column(Text)
