"""Hanweb JPaaS (大汉, the newer one): columns without rows, filled by units of jpaas-publish-server.

Recognised by AuthorizedRead/unitbuild.js, /api-gateway/jpaas-publish-server/, meta ColId, /art/YYYY/art_<32hex>.html;
learned from pages of fzggw.zj.gov.cn and public crawlers of 2026 (FIELD-GUIDE 3.5). A page has several units
(navigation, footer, list); the list's is the one whose answer holds articles.
"""

import html
import json
import re
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from spiders.asked import fields_of
from spiders.document import Document
from spiders.jpage import list_in_html, records, rows_of, stated_total
from spiders.jsonrows import MAX_TOTAL, failed, html_values, parse_json, walk
from spiders.nothing import says_nothing
from spiders.reading import SMALLEST_PAGE
from spiders.records import ListPage, Needs, PageRequest

MAX_UNITS: Final = 8
_LOOK: Final = 2_000_000
_SCRIPT = re.compile(r"<script\b[^<>]{0,4000}?/build/unit[^<>]{0,4000}>", re.I)
_UNIT_URL = re.compile(r"""\burl\s?=\s?["']([^"'<>]{1,300}/build/unit)["']""", re.I)
_QUERY_DATA = re.compile(
    r"""\bqueryData\s?=\s?(?:"(\{[^"<>]{1,2000}\})"|'(\{[^'<>]{1,2000}\})'|"(\{[^<>]{1,2000}?\})")""", re.I
)
_QUERY_PAIR = re.compile(r"""['"]([\w-]{1,60})['"]\s{0,3}:\s{0,3}['"]([^'"]{0,500})['"]""")
_PARTS: Final = re.compile(r"导航|页脚|页头|头部|底部|面包屑|当前位置|nav|foot|head|banner|crumb", re.I)
_LIST_TAG: Final = re.compile(r"列表|list|内容|当前栏目", re.I)
_PAGER = re.compile(r"<[^<>]{0,300}\bcount=[\"'](\d{1,8})[\"'][^<>]{0,300}>")
_ROWS = re.compile(r"\brows=[\"'](\d{1,4})[\"']")
_NUMBER = re.compile(r"\bpageNo=[\"'](\d{1,5})[\"']", re.I)


def requests(document: Document) -> tuple[PageRequest, ...]:
    """The addresses of a page's units, those tagged as lists first; parts of the frame only where there is no other."""
    units: list[tuple[int, int, str]] = []
    for script in _SCRIPT.finditer(document.text[:_LOOK]):
        address, data = _UNIT_URL.search(script.group()), _QUERY_DATA.search(script.group())
        pairs = _QUERY_PAIR.findall(html.unescape(next(filter(None, data.groups()), ""))) if data else []
        base = document.absolute(html.unescape(address.group(1))) if address else None
        if base and pairs:
            rank = _rank(dict(pairs).get("tagId", ""))
            units.append((rank, len(units), f"{base}?{urlencode(pairs, quote_via=quote)}"))
    lists = [unit for unit in units if unit[0] < _rank("导航")] or units
    return tuple(PageRequest(url) for url in dict.fromkeys(url for _, _, url in sorted(lists)))[:MAX_UNITS]


def is_list_unit(request: PageRequest) -> bool:
    """Whether a request asks a unit that is the list by its tag (信息列表, 内容区域)."""
    tag = dict(parse_qsl(urlsplit(request.url).query)).get("tagId", "")
    return bool(tag) and _rank(tag) == 0


def _rank(tag: str) -> int:
    return 2 if _PARTS.search(tag) else 0 if _LIST_TAG.search(tag) else 1


def read_empty(document: Document) -> ListPage | None:
    """An answer of the list's own unit that says 暂无数据; None for anything else. Other units say so of something
    else, a pager counts what is not shown, and a script may draw rows."""
    if not (urlsplit(document.url).path.endswith("/build/unit") and is_list_unit(PageRequest(document.url))):
        return None
    data = parse_json(document.text)
    source = "".join(value for value in walk(data) if isinstance(value, str) and "<" in value)
    if failed(data) or "<script" in source.lower() or _PAGER.search(source) or list_in_html(document, source).items:
        return None
    shown = Document(document.url, f"<html><body>{source}</body></html>", document.encoding)
    return ListPage((), total=0, declared_empty=True) if source and says_nothing(shown) else None


def read_list(document: Document) -> ListPage | None:
    """A unit's answer, or any other that holds HTML or records inside JSON; None for anything else."""
    data = parse_json(document.text)
    source = next(html_values(data), None) if data is not None else None
    if source is None:
        return ListPage((), needs=Needs.INTERFACE) if urlsplit(document.url).path.endswith("/build/unit") else None
    if failed(data):
        return ListPage((), needs=Needs.INTERFACE)
    return _read_records(document, source) if "<record>" in source else _read_unit(document, source)


def _read_records(document: Document, source: str) -> ListPage:
    found = records(source)
    items = rows_of(document, found).items if found else ()
    total = stated_total(source)
    total = total if total is not None and total >= len(found) else None
    return ListPage(items, None, total, truncated=total is None, needs=None if items else Needs.INTERFACE)


def _read_unit(document: Document, source: str) -> ListPage:
    items = list_in_html(document, source).items
    pager = _PAGER.search(source)
    size = _ROWS.search(pager.group()) if pager else None
    if pager is None or size is None:
        cut = bool(items) and _may_be_cut(document, len(items))
        return ListPage(items, truncated=cut, needs=None if items else Needs.INTERFACE)
    total, rows = int(pager.group(1)), int(size.group(1)) or 1
    number = _NUMBER.search(pager.group())
    current = int(number.group(1)) if number else _asked_page(document.url) or 1
    if not items:
        return ListPage(
            (),
            total=total if total == 0 else None,
            declared_empty=total == 0,
            needs=None if total == 0 else Needs.INTERFACE,
        )
    plausible = len(items) <= total <= MAX_TOTAL
    more = current * rows < total if plausible else len(items) >= rows
    following = unit_page(document.url, current + 1, rows) if more else None
    return ListPage(items, following, total if plausible else None)


def _may_be_cut(document: Document, rows: int) -> bool:
    """Whether a unit without a pager may be a block of the newest: a list of a single page has none either, but its
    tag says that it is the list."""
    tag = fields_of(document).get("tagId", "")
    return _rank(tag) > 0 or (rows >= SMALLEST_PAGE and rows % 5 == 0)


def _asked_page(url: str) -> int | None:
    for key, value in parse_qsl(urlsplit(url).query):
        if key == "paramJson":
            number = re.search(r'"pageNo"\s{0,3}:\s{0,3}"?(\d{1,5})', value)
            return int(number.group(1)) if number else None
    return None


def unit_page(url: str, number: int, size: int) -> PageRequest:
    """Page `number` of a unit: paramJson={"pageNo":n,"pageSize":m}; a bare pageNo is ignored."""
    parts = urlsplit(url)
    pairs = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key not in ("paramJson", "pageNo")
    ]
    pairs.append(("paramJson", json.dumps({"pageNo": number, "pageSize": size}, separators=(",", ":"))))
    return PageRequest(urlunsplit(parts._replace(query=urlencode(pairs, quote_via=quote))))
