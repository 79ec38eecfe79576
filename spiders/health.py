"""What one page shows of a site's health: shown days, meta tags, identifiers, what a column's page is. Pure."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from db.facts import ColumnClass, ColumnState, Identifier, LetterSeen
from spiders import addresses
from spiders.dates import find_dates, url_date
from spiders.document import Document
from spiders.health_words import class_of
from spiders.lists import FoundList, all_lists
from spiders.outline import outline, text_of
from spiders.read import kind_of
from spiders.records import ColumnLink, ListPage, PageKind
from spiders.rows import draft

MAX_TEXT: Final = 200_000  # characters of a page in which days and identifiers are looked for
_MAX_META: Final = 200  # characters of a meta's content that are kept
_METAS: Final = frozenset(
    {
        *("sitename", "sitedomain", "siteidcode"),
        *("columnname", "columndescription", "columnkeywords", "columntype"),
        *("articletitle", "pubdate", "contentsource"),
    }
)
_TODAY: Final = re.compile(r"(?:今天|今日|现在|当前|北京)[^\d]{0,12}$")  # a clock in the page's head is no update
_FOOTER: Final = re.compile(r"版权所有|主办单位|主办[:：]|承办|备案|技术支持|地址[:：]|(?:联系|值班)电话")
_CODE: Final = re.compile(r"标识码[^0-9a-zA-Z]{0,12}(bm\d{8}|\d{10})(?!\d)", re.IGNORECASE)
_ICP: Final = re.compile(r"[一-鿿]ICP[备证]\d{5,10}号(?:-\d{1,3})?", re.IGNORECASE)
_POLICE: Final = re.compile(r"公网安备\D{0,4}\d{10,16}号?")
_CORRECTION: Final = re.compile(r"找错|纠错")
# Addresses of the national entry and of the services that provide it.
_CORRECTION_SOURCE: Final = re.compile(r"zfwzzc|_zcfloat|pucha\.kaipuyun|jiucuo|zhaocuo", re.IGNORECASE)
_SITE_MAP: Final = re.compile(r"网站地图|站点地图|网站导航")
_SEARCH: Final = re.compile(r"搜索|检索|搜一搜|站内查询|search|sousuo|(?:^|[/_.-])so(?:$|[/_.-])", re.IGNORECASE)
_SEARCH_PARTS: Final = ("action", "id", "class", "name", "placeholder", "value", "alt", "title", "href", "src")


@dataclass(frozen=True, slots=True)
class ShownDays:
    """Titles of a page and the days beside them. `hint`: the newest day in an address or anywhere in the text."""

    rows: int = 0
    dated: int = 0
    newest: dt.date | None = None
    hint: dt.date | None = None


def shown_days(document: Document, today: dt.date, listing: ListPage | None = None) -> ShownDays:
    """The days of a page's titles, none after `today`, the day of reading. A day without a year is its last one up to
    then. `listing` are rows that an interface gave in the page's place."""
    days: dict[str, dt.date | None] = {}
    for found in all_lists(document):
        days.update(_days_of(found, today))
    for item in listing.items if listing else ():
        letter = item.letter
        claimed = [day for day in (item.date, letter and letter.answered, letter and letter.asked) if day]
        days[item.url or item.title] = max(claimed, default=days.get(item.url or item.title))
    known = [day for day in days.values() if day is not None and day <= today]
    dated = sum(day is not None for day in days.values())
    return ShownDays(len(days), dated, max(known, default=None), _hint(document, days, today))


def _days_of(found: FoundList, today: dt.date) -> dict[str, dt.date | None]:
    days: dict[str, dt.date | None] = {item.url or item.title: item.date for item in found.items}
    for row in found.rows:
        read = draft(row)
        if read is not None and days.get(read.url or read.title, today) is None and read.date.month_day is not None:
            days[read.url or read.title] = _last(read.date.month_day, today)
    return days


def _last(month_day: tuple[int, int], today: dt.date) -> dt.date | None:
    """The last such day up to today."""
    for year in (today.year, today.year - 1):
        try:
            day = dt.date(year, *month_day)
        except ValueError:
            continue
        if day <= today:
            return day
    return None


def _hint(document: Document, rows: Iterable[str], today: dt.date) -> dt.date | None:
    text = page_text(document)
    in_text = [f.day for f in find_dates(text) if not _TODAY.search(text[max(0, f.start - 16) : f.start])]
    in_addresses = [url_date(url) for url in rows if url.startswith("http")]
    linked = [url_date(link.url) for link in outline(document).links if link.url]
    return max((day for day in (*in_text, *in_addresses, *linked) if day is not None and day <= today), default=None)


def page_text(document: Document) -> str:
    body = document.tree.find("body")
    return text_of(document.tree if body is None else body)[:MAX_TEXT]


def metas_of(document: Document) -> tuple[tuple[str, str], ...]:
    """The meta tags of the guidelines that have a content, by lower-case name (FIELD-GUIDE 4)."""
    found: dict[str, str] = {}
    for meta in document.tree.iter("meta"):
        name, content = (meta.get("name") or "").strip().lower(), (meta.get("content") or "").strip()
        if name in _METAS and content:
            found.setdefault(name, content[:_MAX_META])
    return tuple(sorted(found.items()))


def identifiers_of(document: Document) -> tuple[tuple[Identifier, str], ...]:
    """What a home page shows of itself, with what it says there."""
    text = "".join(unicodedata.normalize("NFKC", page_text(document)).split())
    images = " ".join(f"{i.get('alt') or ''} {i.get('title') or ''}" for i in document.tree.iter("img", "a"))[:MAX_TEXT]
    found: dict[Identifier, str] = {}
    for kind, pattern in ((Identifier.SITE_CODE, _CODE), (Identifier.ICP, _ICP), (Identifier.POLICE, _POLICE)):
        match = pattern.search(text)
        if match:
            found[kind] = match.group(1) if kind is Identifier.SITE_CODE else match.group()
    if _CORRECTION.search(text + images) or _CORRECTION_SOURCE.search(document.text):
        found[Identifier.CORRECTION] = ""
    if _SITE_MAP.search(text + images):
        found[Identifier.SITE_MAP] = ""
    if _has_search(document):
        found[Identifier.SEARCH] = ""
    return tuple(found.items())


def _has_search(document: Document) -> bool:
    for element in document.tree.iter("form", "input", "button", "a", "img", "iframe"):
        parts = [(element.get(name) or "")[:300] for name in _SEARCH_PARTS]
        own = text_of(element)[:40] if element.tag in ("a", "button") else ""
        if any(_SEARCH.search(part) for part in (*parts, own)):
            return True
    return False


def has_footer(document: Document) -> bool:
    """Whether the page's foot stands in the page itself: many are drawn by scripts, and then nothing is missing."""
    return bool(_FOOTER.search(page_text(document)))


def column_state(document: Document, listing: ListPage, *, leads_on: bool) -> ColumnState:
    """What a column's first page is. Blank is said only where the page itself says that there is nothing; a page on
    which no list was recognised is unread, and so is one that runs from old to new and goes on: its newest stand
    behind. `leads_on`: it links columns that no page before did."""
    if kind_of(document) is PageKind.ARTICLE:
        return ColumnState.PAGE
    if listing.items:
        return ColumnState.UNREAD if _runs_upwards(listing) else ColumnState.LIST
    if listing.declared_empty and not listing.interfaces:
        return ColumnState.BLANK
    return ColumnState.LANDING if leads_on else ColumnState.UNREAD


def _runs_upwards(listing: ListPage) -> bool:
    days = [item.date for item in listing.items if item.date and not item.sticky]
    return bool(listing.next or listing.truncated) and len(days) > 1 and days[0] < days[-1]


def letters_of(listing: ListPage) -> tuple[LetterSeen, ...]:
    return tuple(
        LetterSeen(item.title, item.url, item.letter.asked, item.letter.answered, item.letter.is_pending)
        for item in listing.items
        if item.letter is not None
    )


def offered(document: Document) -> frozenset[ColumnClass]:
    """The classes of columns that any link of the page names."""
    names = (link.text or link.title for link in outline(document).links)
    return frozenset(class_of(name) for name in names if 0 < len(name) <= 24) - {ColumnClass.OTHER}


def is_worth_opening(link: ColumnLink) -> bool:
    """Whether a link of a page is taken for a column: it stands where columns stand, or its name says so."""
    return link.where != "link" or class_of(link.name) is not ColumnClass.OTHER


def article_links(document: Document) -> tuple[tuple[str, str], ...]:
    """(address, title) of links that seem to lead to articles, in page order."""
    found = {
        link.url: link.text or link.title
        for link in outline(document).links
        if link.url and addresses.may_be_article(link.url) and len(link.text or link.title) >= 6
    }
    return tuple(found.items())
