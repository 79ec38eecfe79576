"""Which links of a column page lead to its single years? Some portals cut a column by year (FIELD-GUIDE 3.3, 4):
the column's own address then shows the current year alone, or no rows at all."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import urldefrag, urlencode, urlsplit

from lxml.html import HtmlElement

from spiders.addresses import is_file, is_known_article, same_page
from spiders.document import Document, first_text
from spiders.outline import outline

MAX_YEARS: Final = 12  # of one column; portals of 2026 go back to 2008 at most, and seldom so far
MAX_PARTS: Final = 24  # of columns cut by month or quarter; a plan's year and what is published after it are 14 months
_CHOICES: Final = 60  # options of one choice; a list of years has below 30
_YEAR = re.compile(r"[\[(【]?((?:19|20)\d\d)(年?)度?[\])】]?")


_MONTH = re.compile(r"[\[(【]?((?:19|20)\d\d)年(?:(1[0-2]|0?[1-9])月份?|第?([一二三四1-4])季度)[\])】]?")
_FOLDER = re.compile(r"/(?:(?:index|list|default)\.\w{2,5})?$")


@dataclass(frozen=True, slots=True)
class YearLink:
    """A link, tab or choice named by a year. `url` is None where only a script knows what it shows."""

    year: int
    url: str | None
    month: int = 0  # the last month of what it shows, where that is a month or a quarter

    @property
    def name(self) -> str:
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年"


def year_links(document: Document) -> tuple[YearLink, ...]:
    """What leads to a column's years, newest first; links to the page itself are left out. Never raises."""
    found: dict[YearLink, bool] = {}
    for text, url in (*_links(document), *_choices(document), *_tabs(document)):
        named = _named(text)
        if named is None:
            continue
        if url is None or not (same_page(url, document.url) or is_file(url) or is_known_article(url)):
            found.setdefault(YearLink(int(named.group(1)), url), bool(named.group(2)))
    spelt = any(found.values()) or len({link.year for link in found}) > 1  # a bare 2017 alone may be anything
    links = (*(found if spelt else ()), *_parts(document))
    return tuple(sorted(links, key=lambda link: (-link.year, -link.month, link.url or "")))


def _parts(document: Document) -> tuple[YearLink, ...]:
    """Links to a column's single months or quarters. A link so named may be a publication as well: only folders, and
    the column's own address asked otherwise, are parts of it."""
    found: dict[str, YearLink] = {}
    for link in outline(document).links:
        named = _MONTH.fullmatch("".join(unicodedata.normalize("NFKC", link.text[:40]).split()))
        url = _address(link.url, link.element.get("href") or "")
        if named is None or url is None or same_page(url, document.url) or is_known_article(url):
            continue
        path = urlsplit(url).path
        if _FOLDER.search(path) or (path == urlsplit(document.url).path and urlsplit(url).query):
            quarter = "一二三四".find(named[3]) + 1 or int(named[3]) if named[3] else 0
            found.setdefault(url, YearLink(int(named[1]), url, int(named[2] or quarter * 3)))
    return tuple(found.values()) if len(found) > 1 else ()


def leads_to_part(text: str, url: str | None) -> bool:
    """Whether a link named by a year, month or quarter alone leads to a folder: a column's part, and no row of it."""
    name = "".join(unicodedata.normalize("NFKC", text[:40]).split())
    named = _YEAR.fullmatch(name) or _MONTH.fullmatch(name)
    return named is not None and url is not None and _FOLDER.search(urlsplit(url).path) is not None


def _named(text: str) -> re.Match[str] | None:
    return _YEAR.fullmatch("".join(unicodedata.normalize("NFKC", text[:40]).split()))


def _links(document: Document) -> Iterator[tuple[str, str | None]]:
    for link in outline(document).links:
        yield link.text, _address(link.url, link.element.get("href") or "")


def _choices(document: Document) -> Iterator[tuple[str, str | None]]:
    """The other years of a list of choices that shows one now. Where it shows 全部 the rows are of all years, and one
    that goes on into the future chooses a day."""
    for select in document.tree.iter("select"):
        options = list(islice(select.iter("option"), _CHOICES))
        shown = next((option for option in options if option.get("selected") is not None), next(iter(options), None))
        now = _named(first_text(shown, 40)) if shown is not None else None
        named = [found for option in options if (found := _named(first_text(option, 40)))]
        if now is None or max(int(found.group(1)) for found in named) > int(now.group(1)) + 1:
            continue
        for option in options:
            if option is not shown:
                yield first_text(option, 40), _chosen(document, select, option)


def _chosen(document: Document, select: HtmlElement, option: HtmlElement) -> str | None:
    """Where a choice leads: to an address of its own, or to what its form asks for by itself. None where a script, or
    something typed or chosen beside it, decides."""
    value, name = (option.get("value") or first_text(option, 40)).strip(), select.get("name")
    if re.search(r"[/?]", value):
        return _address(document.absolute(value), value)
    form = next(select.iterancestors("form"), None)
    if form is None or not name or (form.get("method") or "get").lower() != "get" or form.get("onsubmit"):
        return None
    if "submit" not in (select.get("onchange") or "submit") or len(list(islice(form.iter("select"), 2))) > 1:
        return None
    fields = list(islice(form.iter("input"), _CHOICES))
    if not all((field.get("type") or "text").lower() in ("hidden", "submit", "button", "image") for field in fields):
        return None
    held = [(field.get("name") or "", field.get("value") or "") for field in fields if field.get("type") == "hidden"]
    target = document.absolute(form.get("action") or "") or document.url
    return f"{target.split('?', 1)[0]}?{urlencode([pair for pair in (*held, (name, value)) if pair[0]])}"


def _tabs(document: Document) -> Iterator[tuple[str, str | None]]:
    """Years side by side that are no links: a script shows the rows of each. The headings of a list that is grouped by
    year have its rows between them."""
    for element in document.tree.iter("li", "span", "div", "button", "dd", "b"):
        after = element.getnext()
        if after is not None and after.tag == element.tag and _is_bare_year(element) and _is_bare_year(after):
            yield element.text or "", None
            yield after.text or "", None


def _is_bare_year(element: HtmlElement) -> bool:
    return not len(element) and _named(element.text or "") is not None


def _address(url: str | None, href: str) -> str | None:
    if url is None or not url.startswith(("http://", "https://")) or href.strip().startswith("#"):
        return None
    return urldefrag(url).url


def wanted_years(links: Iterable[YearLink], since: dt.date | None) -> tuple[YearLink, ...]:
    """The readable years in which something from `since` on may stand, newest first. The year before counts as well:
    a report of 2016 is published in 2017 and may be kept under either."""
    wanted = tuple(link for link in links if link.url and _is_wanted(link, since))
    parts = sum(link.month > 0 for link in wanted)
    return wanted[: MAX_PARTS if parts else MAX_YEARS]


def _is_wanted(link: YearLink, since: dt.date | None) -> bool:
    if since is None:
        return True
    return (link.year, link.month) >= (since.year, since.month) if link.month else link.year >= since.year - 1


def hides_years(links: Iterable[YearLink], since: dt.date | None, dates: Iterable[dt.date]) -> bool:
    """Whether a wanted year is named that no address leads to and of which no row was seen, or more months than are
    read."""
    links = tuple(links)
    if sum(link.month > 0 and _is_wanted(link, since) for link in links) > MAX_PARTS:
        return True
    seen = {day.year for day in dates}
    readable = {link.year for link in links if link.url}
    named = {link.year for link in links if link.url is None and (since is None or link.year >= since.year)}
    return bool(named - seen - readable)
