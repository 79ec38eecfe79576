"""What a page says: the records that every platform module returns. Days are Asia/Shanghai calendar days."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from db.facts import LapseMark, Repealed, Table


class PageKind(StrEnum):
    ARTICLE = "article"
    LIST = "list"
    HOME = "home"
    OTHER = "other"


class Needs(StrEnum):
    """What stands between the page and its list."""

    BROWSER = "browser"  # rows are drawn by a script that we cannot read
    INTERFACE = "interface"  # rows come from an interface that the family knows but did not answer


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How to ask for a further page or an interface's answer."""

    url: str
    method: str = "GET"
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What a page or row says about a public letter. `is_pending`: it says that there is no answer yet."""

    asked: dt.date | None = None
    answered: dt.date | None = None
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """One row of a list. `url` is absolute. `date` is the date beside the title, if any. `cut` says that the list shows
    only a part of the title."""

    title: str
    url: str
    date: dt.date | None = None
    doc_no: str | None = None
    validity: str | None = None
    sticky: bool = False
    cut: bool = False
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a column. `next` is None on the last page. `total` and `pages` are the list's own counts of its
    items and pages, if it states them. `truncated` says that more items exist which no readable link leads to."""

    items: tuple[ListItem, ...]
    next: PageRequest | None = None
    total: int | None = None
    truncated: bool = False
    needs: Needs | None = None
    declared_empty: bool = False  # the page itself says 暂无数据 and the like
    interfaces: tuple[PageRequest, ...] = ()  # where `needs` is INTERFACE: what to ask, the likeliest first
    lists: int = 0  # so many of `interfaces`, the first, are the list's by their own names
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `published` is what the page claims (visible before meta, never the URL's date); the
    other clocks are kept apart so that they can contradict it."""

    title: str | None
    published: dt.date | None = None
    published_time: dt.time | None = None
    visible_date: dt.date | None = None
    meta_date: dt.date | None = None
    url_date: dt.date | None = None
    signed_date: dt.date | None = None
    running_id: int | None = None
    source: str | None = None
    index_no: str | None = None
    doc_no: str | None = None
    validity: str | None = None
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[str, ...] = ()  # absolute addresses in the body, without the attachments
    marks: tuple[LapseMark, ...] = ()
    repeals: tuple[Repealed, ...] = ()
    asked: dt.date | None = None  # of a public letter or consultation
    is_pending: bool = False  # a letter whose page says that it has no answer yet
    answered: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ColumnLink:
    """A link that may lead to a column: from navigation, a home page block's 更多, or a directory tree."""

    name: str
    url: str
    where: str = "link"  # nav | block | directory | link


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign by which a family was recognised. `score` adds up; the highest family wins."""

    family: str
    sign: str
    score: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that one saved page says."""

    url: str
    kind: PageKind
    platform: str
    marks: tuple[Mark, ...] = ()
    article: Article | None = None
    listing: ListPage | None = None
    columns: tuple[ColumnLink, ...] = field(default=())
