"""Reads what no family claims, and does most of the work of those that do.

Rows come from the page's repeated structure, its scripts, or an interface's answer; the next page from the
pager. A page whose rows lie behind a script or an interface says so: it is never an empty complete list.
"""

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from spiders.articles import read_article
from spiders.capped import says_capped
from spiders.columns import column_links, directory_links
from spiders.document import Document
from spiders.interfaces import interfaces_of, read_interface
from spiders.lists import FoundList, find_list
from spiders.marks import find_marks
from spiders.outline import hidden
from spiders.pager import Pager, find_pager, page_in_query, page_number, script_text
from spiders.reading import SMALLEST_PAGE
from spiders.records import Article, ColumnLink, ListPage, Mark, Needs, PageRequest
from spiders.scriptrows import inline_json, read_written

# Interfaces that fill a list, by the words in the page (FIELD-GUIDE 3.4-3.9).
_INTERFACE = re.compile(
    r"unitbuild\.js|dataproxy\.jsp|messageController/getMessage\.do|getgovinfolist|/common/search/[0-9a-f]{32}|interfacesWebZcwj"
    r"|/fjdzapp/search|openGovSerch|/igs/front|SelectDocByItemId|getFileListByCodeId|/cms/JsonList|/gkmlpt/api/"
)
# Templates and calls by which a script draws rows.
_DRAWN = re.compile(
    r"\bms-repeat|\bv-for\s*=|\bng-repeat\s*=|\*ngFor|\{\{[^{}]{1,80}\}\}|<script[^<>]{0,100}type\s*=\s*[\"']text/(?:x-)?(?:template|html|tpl|handlebars)"
    r"|\$\.(?:ajax|post|get|getJSON)\s*\(|\baxios\b|\bfetch\s*\(|XMLHttpRequest|\blaytpl\b|id=[\"'](?:app|root)[\"']"
)
_COUNTER = re.compile(r"hits|click|visit|counter|dynclick|stat(?:istics)?|pv\b|browse", re.I)
_NOTHING = re.compile(
    r"暂无(?:相关)?(?:数据|内容|信息|记录|文章|文件|公开)"
    r"|(?:没有|未)(?:找到|查到|查询到|检索到)?(?:相关|符合|任何)?的?(?:数据|记录|信息|内容|文章)"
    r"|(?:共|总计)\s*0\s*条|^\s*暂无\s*$|no data|no records?",
    re.I,
)
_CONDITIONS: Final = ("ms-if", "ms-visible", "v-if", "v-show", "v-else", "ng-if", "ng-show", "data-template", "hidden")
_LONGEST_NOTICE: Final = 60  # characters of a "nothing here" notice; longer texts only mention it


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
        return ListPage((), needs=Needs.INTERFACE, interfaces=units)
    if found.items:
        return _complete(document, found, find_pager(document))
    drawn = read_written(document) or inline_json(document)
    if drawn is not None and drawn.items:
        pager = find_pager(document)
        truncated = _truncated(document, len(drawn.items), pager)
        return replace(drawn, next=pager.next, total=pager.total, truncated=truncated, pages=pager.pages)
    return _without_rows(document)


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
    return pager.total > rows if pager.total is not None else pager == Pager() and _looks_cut(rows)


def _looks_cut(rows: int) -> bool:
    """Whether a list without any pager looks like the newest rows of a longer one: a full page, as portals cut them."""
    return rows >= SMALLEST_PAGE and rows % 5 == 0


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


def says_nothing(document: Document) -> bool:
    """Whether the page says visibly that its list is empty."""
    for element in document.tree.iter("p", "div", "li", "td", "span", "dd", "h3", "h4", "b", "center", "font"):
        if len(element) > 4 or not (element.text or len(element)):
            continue
        text = element.text or ""
        if not 2 <= len(text.strip()) <= _LONGEST_NOTICE or not _NOTHING.search(text):
            continue
        if not any(_conditional(node) for node in (element, *element.iterancestors())):
            return True
    return False


def _conditional(node: object) -> bool:
    tag = getattr(node, "tag", None)
    if tag in ("script", "template", "style"):
        return True
    return hidden(node) or any(node.get(name) is not None for name in _CONDITIONS)  # type: ignore[attr-defined]


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
