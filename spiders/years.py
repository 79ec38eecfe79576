"""Which links of a column page lead to its single years? Some portals cut a column by year (FIELD-GUIDE 3.3, 4):
the column's own address then shows the current year alone, or no rows at all."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import urldefrag, urlencode

from lxml.html import HtmlElement

from spiders.addresses import is_file, is_known_article, same_page
from spiders.document import Document, first_text
from spiders.outline import outline

MAX_YEARS: Final = 12  # of one column; portals of 2026 go back to 2008 at most, and seldom so far
_CHOICES: Final = 60  # options of one choice; a list of years has below 30
_YEAR = re.compile(r"[\[(【]?((?:19|20)\d\d)(年?)度?[\])】]?")


@dataclass(frozen=True, slots=True)
class YearLink:
    """A link, tab or choice named by a year. `url` is None where only a script knows what it shows."""

    year: int
    url: str | None


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
    return tuple(sorted(found, key=lambda link: (-link.year, link.url or ""))) if spelt else ()


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
    return tuple(link for link in links if link.url and (since is None or link.year >= since.year - 1))[:MAX_YEARS]


def hides_years(links: Iterable[YearLink], since: dt.date | None, dates: Iterable[dt.date]) -> bool:
    """Whether a wanted year is named that no address leads to and of which no row was seen."""
    seen = {day.year for day in dates}
    readable = {link.year for link in links if link.url}
    named = {link.year for link in links if link.url is None and (since is None or link.year >= since.year)}
    return bool(named - seen - readable)
