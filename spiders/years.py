"""Which links of a column page lead to its single years? Some portals cut a column by year (FIELD-GUIDE 3.3, 4):
the column's own address then shows the current year alone, or no rows at all."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag

from spiders.addresses import is_file, is_known_article, same_page
from spiders.document import Document
from spiders.outline import outline

MAX_YEARS: Final = 12  # of one column; portals of 2026 go back to 2008 at most, and seldom so far
_YEAR = re.compile(r"[\[(【]?((?:19|20)\d\d)(年?)度?[\])】]?")


@dataclass(frozen=True, slots=True)
class YearLink:
    """A link named by a year. `url` is None where only a script knows what it shows."""

    year: int
    url: str | None


def year_links(document: Document) -> tuple[YearLink, ...]:
    """The links to a column's years, newest first; links to the page itself are left out. Never raises."""
    found: dict[YearLink, bool] = {}
    for link in outline(document).links:
        named = _YEAR.fullmatch("".join(unicodedata.normalize("NFKC", link.text[:40]).split()))
        if named is None:
            continue
        url = _address(link.url, link.element.get("href") or "")
        if url is None or not (same_page(url, document.url) or is_file(url) or is_known_article(url)):
            found.setdefault(YearLink(int(named.group(1)), url), bool(named.group(2)))
    spelt = any(found.values()) or len({link.year for link in found}) > 1  # a bare 2017 alone may be anything
    return tuple(sorted(found, key=lambda link: (-link.year, link.url or ""))) if spelt else ()


def _address(url: str | None, href: str) -> str | None:
    if url is None or not url.startswith(("http://", "https://")) or href.strip().startswith("#"):
        return None
    return urldefrag(url).url


def wanted_years(links: Iterable[YearLink], since: dt.date | None) -> tuple[YearLink, ...]:
    """The readable years in which something from `since` on may stand, newest first. The year before counts as well:
    a report of 2016 is published in 2017 and may be kept under either."""
    return tuple(link for link in links if link.url and (since is None or link.year >= since.year - 1))[:MAX_YEARS]


def hides_years(links: Iterable[YearLink], since: dt.date | None, dates: Iterable[dt.date]) -> bool:
    """Whether a wanted year is named that no address leads to and of which no row was seen."""
    seen = {day.year for day in dates}
    readable = {link.year for link in links if link.url}
    named = {link.year for link in links if link.url is None and (since is None or link.year >= since.year)}
    return bool(named - seen - readable)
