"""Which files of an article are asked for, where they may lie, and what came.

Only what an obligation needs is fetched: names that must be covered, fields, rows and counts, and lists of repealed
documents stand in attachments as often as in the text (FIELD-GUIDE 5).
"""

import asyncio
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urljoin, urlsplit

import tldextract
from scrapy.http import Response

from db.facts import FetchOutcome, FileOutcome, FileRead
from spiders.addresses import ending
from spiders.dates import make_date
from spiders.failures import outcome_of_response
from spiders.files import KINDS_OF_FILES, kind_of, read_soon
from spiders.records import Article, Attachment, ListItem
from spiders.task import KnownFiles, SiteTask, Want

MAX_FILES: Final = 5  # of one article; a notice has one to three, a page with forty is a library
MAX_REDIRECTS: Final = 3
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PICTURES: Final = frozenset({"jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp"})
# TRS: P0 or W0, the day, a running time (FIELD-GUIDE 5). Digits alone are somebody's own numbers.
_STAMP = re.compile(r"(?:^|[^A-Za-z0-9])[PW]0(20\d\d|19\d\d)(\d\d)(\d\d)\d{6,14}(?!\d)")
# The suffixes that come with the library: no list is fetched, no file is written.
_DOMAINS: Final = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())


@dataclass(frozen=True, slots=True)
class FileAsked:
    """A file that is asked for: of which publication (address), and after how many redirects."""

    page: str
    file: Attachment
    hops: int = 0


def fingerprint(title: str | None, text: str) -> str:
    """Names what an article said, so that its files are asked again when it says something else."""
    return hashlib.sha256(f"{title or ''}\n{text}".encode()).hexdigest()


def files_to_ask(
    wants: Sequence[Want], row: ListItem, article: Article, known: KnownFiles | None
) -> tuple[Attachment, ...]:
    """The files of an article that was opened: those that were never read, and all where it says something new."""
    same = known is not None and known.said == fingerprint(article.title, article.text)
    read = known.read if known is not None and same else frozenset()
    wanted = _wanted(wants, row, article.title, article.attachments)
    return tuple(file for file in wanted if file.url not in read)


def files_left(wants: Sequence[Want], row: ListItem, known: KnownFiles) -> tuple[Attachment, ...]:
    """The files of an article that is not opened anew which an earlier crawl did not get."""
    return tuple(file for file in _wanted(wants, row, None, known.files) if file.url not in known.read)


def _wanted(
    wants: Sequence[Want], row: ListItem, title: str | None, files: Sequence[Attachment]
) -> tuple[Attachment, ...]:
    """All files of an article that matters, else those that matter by their own names; pictures last."""
    needing = [want for want in wants if want.files]
    rows = [row] if title is None else [replace(row, title=title, cut=False)]
    rows += [row] if title is not None and any(want.matches(row.title) for want in needing) else []
    named = [file for file in files if _matter(needing, [replace(row, title=file.name, cut=False)])]
    chosen = named + [file for file in files if file not in named] if _matter(needing, rows) else named
    return tuple(sorted(chosen, key=lambda file: ending(file.url) in _PICTURES))[:MAX_FILES]


def _matter(wants: Sequence[Want], rows: Iterable[ListItem]) -> bool:
    return any(want.could_matter(row) for row in rows for want in wants)


def place_of(task: SiteTask, url: str) -> tuple[str, str] | None:
    """The address at which a file is asked for, and the download slot; None where it must not be asked for.

    A file may lie on the site itself, an alias, or another host of the same registered domain (zhuhai.gov.cn), on the
    ports of the web. Elsewhere a page could send us anywhere: to other offices, foreign shops, a printer in our house.
    """
    try:
        own = task.own(url)
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if own is not None:
        return own, task.slot
    domain = _DOMAINS(task.host).top_domain_under_public_suffix
    same = bool(domain) and _DOMAINS(host).top_domain_under_public_suffix == domain
    if not same or parts.scheme not in ("http", "https") or port not in (None, 80, 443):
        return None
    return url, parts.netloc.lower()


def redirected(response: Response) -> str | None:
    """Where a response sends us on to."""
    target = (response.headers.get("Location") or b"").decode("utf-8", "replace")
    try:
        return urljoin(response.url, target) if response.status in REDIRECTS and target else None
    except ValueError:
        return None


def is_file(response: Response) -> bool:
    """Whether what came instead of an article's page is a document: rows of some lists lead to files."""
    return kind_of("", response.url, content_type(response), response.body) in KINDS_OF_FILES


async def opened(response: Response, file: Attachment) -> FileRead:
    """What a file says that came; read in a process of its own while the crawl goes on."""
    if outcome_of_response(response) is not FetchOutcome.OK:
        return not_fetched(file)
    read = await asyncio.wrap_future(read_soon(file.name, file.url, content_type(response), response.body))
    return replace(read, evidence=response.meta.get("evidence"))


def not_fetched(file: Attachment, outcome: FetchOutcome | None = None) -> FileRead:
    """What is said of a file that did not come."""
    said = FileOutcome.TOO_LARGE if outcome is FetchOutcome.TOO_LARGE else FileOutcome.NOT_FETCHED
    return FileRead(file.name, file.url, ending(file.url) or "unknown", said)


def content_type(response: Response) -> str | None:
    return (response.headers.get("Content-Type") or b"").decode("latin-1") or None


def stamps_in(file: Attachment) -> tuple[dt.date, ...]:
    """The days on which a content system took a file in, from the name that it gave: P020170629512345678.xlsx."""
    found = (_STAMP.search(part) for part in (file.name, file.url.rsplit("/", 1)[-1]))
    days = (make_date(int(each[1]), int(each[2]), int(each[3])) for each in found if each)
    return tuple(dict.fromkeys(day for day in days if day is not None))
