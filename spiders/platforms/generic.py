"""Reads what no family claims, and does most of the work of those that do.

Rows come from the page's repeated structure, its scripts, or an interface's answer; the next page from the
pager. A page whose rows lie behind a script or an interface says so: it is never an empty complete list.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from spiders.articles import read_article
from spiders.capped import says_capped
from spiders.columns import column_links, directory_links
from spiders.document import Document
from spiders.interfaces import interfaces_of, read_interface
from spiders.lists import FoundList, find_list
from spiders.marks import find_marks
from spiders.nothing import says_nothing
from spiders.outline import hidden
from spiders.pager import Pager, find_pager, page_in_query, page_number, script_text
from spiders.platforms.jpaas import is_list_unit
from spiders.reading import is_full_page
from spiders.records import Article, ColumnLink, ListPage, Mark, Needs, PageRequest
from spiders.scriptrows import inline_json, read_written
from spiders.unlinked import MIN_ROWS, unlinked_rows

# Interfaces that fill a list, by the words in the page (FIELD-GUIDE 3.4-3.9).
_INTERFACE = re.compile(
    r"unitbuild\.js|dataproxy\.jsp|messageController/getMessage\.do|getgovinfolist|/common/search/[0-9a-f]{32}|interfacesWebZcwj"
    r"|/fjdzapp/search|openGovSerch|/igs/front|SelectDocByItemId|getFileListByCodeId|/cms/JsonList|/gkmlpt/api/"
)
# Templates and calls by which a script draws rows.
_DRAWN = re.compile(
    r"\bms-repeat|\bv-for\s*=|\bng-repeat\s*=|\*ngFor|\{\{[^{}]{1,80}\}\}|<script[^<>]{0,100}type\s*=\s*[\"']text/(?:x-)?(?:template|html|tpl|handlebars)"
    r"|\$\.(?:ajax|post|get|getJSON)\s*\(|\baxios\b|\bfetch\s*\(|XMLHttpRequest|\blaytpl\b|id=[\"'](?:app|root)[\"']"
    r"|without JavaScript enabled|(?:启用|开启|打开|支持) ?JavaScript|正在加载|加载中(?:[.…]|<)"
)
_COUNTER = re.compile(r"hits|click|visit|counter|dynclick|stat(?:istics)?\b|pv\b|browse", re.I)


@dataclass(frozen=True)
class Generic:
    """Any portal. `name` is the family that was recognised, for families without a reader of their own."""

    name: str = "generic"

    def recognise(self, document: Document) -> list[Mark]:
        """Marks of this family on the page."""
        return [mark for mark in find_marks(document) if mark.family == self.name]

    def read_list(self, document: Document) -> ListPage:
        """The rows of a column page (or of an interface's answer) and the way to the next page."""
        return read_list(document)

    def read_article(self, document: Document) -> Article:
        """The article on the page."""
        return read_article(document)

    def columns(self, document: Document) -> list[ColumnLink]:
        """Links to columns from navigation, blocks and directories."""
        return column_links(document)

    def directory(self, document: Document) -> list[PageRequest]:
        """Pages that list columns: disclosure directory, site map."""
        return directory_links(document)


def read_list(document: Document) -> ListPage:
    """The list on a page, whatever family it is of. Never raises."""
    answer = read_interface(document)
    if answer is not None:
        return answer
    found = find_list(document)
    units = interfaces_of(document)
    if units and (found.dated < 0.5 or found.weight < 1):
        return ListPage((), needs=Needs.INTERFACE, interfaces=units, lists=sum(map(is_list_unit, units)))
    if found.items and not _is_beside(document, found):
        return _complete(document, found, find_pager(document))
    drawn = read_written(document) or inline_json(document)
    if drawn is not None and drawn.items:
        pager = find_pager(document)
        truncated = _truncated(document, len(drawn.items), pager)
        return replace(drawn, next=pager.next, total=pager.total, truncated=truncated, pages=pager.pages)
    return _without_rows(document)


def _is_beside(document: Document, found: FoundList) -> bool:
    """Whether the few links found merely stand beside the list, whose rows a script opens."""
    if len(found.items) >= MIN_ROWS:
        return False
    return unlinked_rows(document) >= max(MIN_ROWS, 3 * len(found.items))


def _complete(document: Document, found: FoundList, pager: Pager) -> ListPage:
    bare = pager.next is None and pager.total is None and pager.pages is None
    capped = bare and (found.is_scattered or says_capped(document, found))
    truncated = capped or _truncated(document, len(found.items), pager)
    return ListPage(found.items, pager.next, pager.total, truncated, pages=pager.pages)


def _truncated(document: Document, rows: int, pager: Pager) -> bool:
    """Whether items exist that no readable link leads to: a next page without an address, or a first page
    whose list says or looks as if it had more than it shows."""
    if pager.next is not None:
        return False
    if pager.more:
        return True
    known = page_in_query(document.url)
    later = (pager.current or 1) > 1 or (page_number(document.url) or 1) > 1 or (known is not None and known[1] > 1)
    if later:
        return False
    return pager.total > rows if pager.total is not None else pager == Pager() and is_full_page(rows)


def _without_rows(document: Document) -> ListPage:
    scripts = script_text(document)
    frames = _frames(document)
    if _INTERFACE.search(document.text):
        return ListPage((), needs=Needs.INTERFACE, interfaces=frames)
    if any(
        not _COUNTER.search(document.text[max(0, found.start() - 80) : found.end() + 200])
        for found in _DRAWN.finditer(document.text)
    ):
        return ListPage((), needs=Needs.BROWSER)
    notice = says_nothing(document)
    if frames and not notice:
        return ListPage((), needs=Needs.INTERFACE, interfaces=frames)
    return ListPage((), total=0 if notice else None, declared_empty=notice and "document.write" not in scripts)


def _frames(document: Document) -> tuple[PageRequest, ...]:
    """Same-host frames, in which some portals keep the list (FIELD-GUIDE 3.6)."""
    host = urlsplit(document.url).netloc
    found = []
    for frame in document.tree.iter("iframe", "frame"):
        url = document.absolute(frame.get("src") or "")
        if (
            url
            and urlsplit(url).netloc == host
            and not hidden(frame)
            and not re.search(r"head|foot|tail|top|bottom|nav|weather|share", url, re.I)
        ):
            found.append(PageRequest(url))
    return tuple(found[:4])
