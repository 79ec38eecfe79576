"""What the portal spider yields: one record for each thing seen. Exportable as they are (`scrapy crawl -O`)."""

import datetime as dt
from dataclasses import dataclass

from db.facts import FetchOutcome, FileRead, LapseMark
from spiders.reading import ColumnResult
from spiders.records import Article, ListItem

__all__ = ["ArticleAsked", "ArticleRead", "ColumnResult", "FileOpened", "ListRead", "PagePictured", "SiteEntered"]


@dataclass(frozen=True, slots=True)
class SiteEntered:
    """Whether the site answered, and which wanted columns were found nowhere on it."""

    site: str
    outcome: FetchOutcome
    columns_not_found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListRead:
    """One page of a column: the rows that were new on it."""

    site: str
    column: str
    column_url: str
    page_url: str
    items: tuple[ListItem, ...]
    evidence: str | None


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """One opened article. `last_modified` is the HTTP header as an instant."""

    site: str
    url: str
    article: Article
    evidence: str | None
    last_modified: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ArticleAsked:
    """An article's page was asked for, and how that ended. `etag` and `last_modified` are headers as they came."""

    site: str
    url: str
    outcome: FetchOutcome
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class PagePictured:
    """An article's page as a browser showed it. `evidence` is of the picture; `marks` stand in the rendered page."""

    site: str
    url: str
    evidence: str
    marks: tuple[LapseMark, ...] = ()


@dataclass(frozen=True, slots=True)
class FileOpened:
    """One attachment of the publication at `page`, or the file that is the publication itself."""

    site: str
    page: str
    file: FileRead
