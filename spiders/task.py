"""What the spider is asked to read: plain records, made from plans by the crawler or from `-a` arguments."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from db.facts import Repealed
from spiders.records import Attachment, ListItem

_CUT = re.compile(r"((?<!\.)\.{2,}+|(?<!…)…++)\s*+$")
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def plain(text: str) -> str:
    """A title for comparing: full-width forms folded, blanks and invisible characters gone."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True, slots=True)
class Want:
    """What one obligation looks for: columns by name (best first) and titles by pattern.

    `since` is the first claimed day that matters; None: lists are read to their end.
    """

    columns: tuple[str, ...]
    titles: tuple[re.Pattern[str], ...]
    excludes: tuple[re.Pattern[str], ...] = ()
    since: dt.date | None = None
    catch_all: frozenset[str] = frozenset()  # those of `columns` in which anything is posted
    files: bool = False  # what it needs may stand in an article's attachments
    originals: bool = False  # the documents that its notices repeal are opened as well, in every crawl
    opens_since: dt.date | None = None  # first claimed day of what is opened, where lists are read further back
    any_title: bool = False  # interpretations bear any title (补贴怎么发？看这里): the text says what they explain

    def matches(self, title: str) -> bool:
        texts = (title, plain(title))
        if any(pattern.search(text) for pattern in self.excludes for text in texts):
            return False
        return any(pattern.search(text) for pattern in self.titles for text in texts)

    def could_matter(self, item: ListItem, shelf: tuple[str, ...] = ()) -> bool:
        """Whether the article behind a row must be opened: its title matches, or is cut short, and its date
        is in range or unknown. `shelf`: the wanted names that the row's column answers; on a shelf of `any_title`
        everything is opened but what quotes, in its title, the one document that it is about."""
        since = self.opens_since or self.since
        if item.date is not None and since is not None and item.date < since:
            return False
        placed = self.any_title and not self.catch_all.issuperset(set(self.columns).intersection(shelf))
        untold = placed and "《" not in item.title
        return untold or self.matches(item.title) or item.cut or _CUT.search(item.title) is not None


@dataclass(frozen=True, slots=True)
class ColumnAddress:
    """A column to read, and the wanted names that it is read for."""

    name: str
    url: str
    wanted: tuple[str, ...] = ()
    since: dt.date | None = None
    is_part: bool = False  # one year of a column; its own links to years lead back to the others
    is_glance: bool = False  # only looked through: its newest pages, for what was not found in its place

    @property
    def leads_to_years(self) -> bool:
        """Whether its links to single years are followed."""
        return not (self.is_part or self.is_glance)


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that an earlier crawl opened: what its list last showed, and what it is asked again with."""

    url: str
    title: str
    date: dt.date | None
    columns: tuple[str, ...] = ()  # addresses of the columns that listed it
    is_due: bool = False  # it last answered long ago
    is_unasked: bool = False  # it was not asked for since it was last listed
    etag: str | None = None
    last_modified: str | None = None

    def asked_with(self) -> tuple[tuple[str, str], ...]:
        """The headers by which a server may answer that nothing has changed (RFC 9110, 13.1)."""
        given = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return tuple((name, value) for name, value in given if value)


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """The attachments of a page that an earlier crawl opened, and what the page said then."""

    url: str
    said: str  # fingerprint, see spiders.attachments
    files: tuple[Attachment, ...] = ()
    read: frozenset[str] = frozenset()  # addresses of those that came


@dataclass(frozen=True, slots=True)
class SiteTask:
    """All that is wanted of one site in one crawl."""

    id: str
    url: str
    aliases: tuple[str, ...] = ()
    platform: str = "auto"
    columns: tuple[ColumnAddress, ...] = ()  # as the sites file names them
    wants: tuple[Want, ...] = ()
    notices: tuple[str, ...] = ()  # names of columns that are read beside the wanted ones: where things get misplaced
    elsewhere: tuple[str, ...] = ()  # names of columns that are looked through for what was not found, best first
    delay_seconds: float = 1.0
    obey_robots: bool = True
    begun_columns: tuple[ColumnAddress, ...] = ()  # that a broken-off crawl began and did not finish
    read_columns: frozenset[str] = frozenset()  # addresses that a broken-off crawl read already
    known: tuple[KnownPage, ...] = ()  # opened by earlier crawls, or by this one before it was broken off
    pending: tuple[ListItem, ...] = ()  # listed in a broken-off crawl, not opened yet
    files: tuple[KnownFiles, ...] = ()  # of known pages that have any
    repealed: tuple[Repealed, ...] = ()  # by notices of earlier crawls, on whatever site

    @property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").lower()

    @property
    def slot(self) -> str:
        """Politeness is per host: sites on one host share a download slot (practice sites differ by port)."""
        return urlsplit(self.url).netloc.lower()

    @property
    def is_loopback(self) -> bool:
        return self.host == "localhost" or self.host.startswith("127.") or self.host == "::1"

    def own(self, url: str) -> str | None:
        """The address as read through `url`'s host when it is on this site or an alias, else None."""
        parts = urlsplit(url)
        netloc, host = parts.netloc.lower(), (parts.hostname or "").lower()
        base = urlsplit(self.url)
        if netloc == base.netloc.lower() or (not self.is_loopback and _bare(host) == _bare(self.host)):
            return url
        if host in {alias.lower() for alias in self.aliases} or netloc in {alias.lower() for alias in self.aliases}:
            return urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))
        return None


def _bare(host: str) -> str:
    return host.removeprefix("www.")
