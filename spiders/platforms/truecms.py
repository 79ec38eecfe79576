"""truecms (南通, 连云港, 上海人大): jpage columns behind a JSONP interface.

Recognised by messageController/getMessage.do; learned from public crawlers and a page template of 2020-2026
(FIELD-GUIDE 3.6). The answer is {"result": "<datastore> ..."}, bare or in a callback. Some sites keep the first rows
in a container #initData and have the interface switched off. It answers 404 without a Referer.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from lxml.html import tostring

from spiders.asked import with_query
from spiders.document import Document
from spiders.jpage import (
    calls,
    list_in_html,
    next_window,
    records,
    rows_of,
    stated_total,
    window_asked,
    window_fields,
)
from spiders.jsonrows import failed, parse_json, walk
from spiders.pager import script_text
from spiders.records import ListPage, Needs, PageRequest

_INTERFACE: Final = "messageController/getMessage.do"
_COLUMN = re.compile(r"\bcolumnId['\"]?\s{0,3}[:=]\s{0,3}['\"]([\w-]{1,60})['\"]")
_PROXY = re.compile(r"['\"]([^'\"\s<>]{0,300}messageController/getMessage\.do)['\"]")
_TOTAL = re.compile(r"\btotalRecord\s{0,3}:\s{0,3}['\"]?(\d{1,7})")
_MAX_ROWS: Final = 500  # in #initData; 60 seen
_WINDOWS: Final = (60, 20, 10)  # how much an interface gives at once differs from site to site (FIELD-GUIDE 3.6)


def requests(document: Document) -> tuple[PageRequest, ...]:
    """How to ask for the first records: in large windows, then in smaller ones."""
    return tuple(request for size in _WINDOWS if (request := _window(document, 1, size)))


def _window(document: Document, start: int, window: int) -> PageRequest | None:
    if _INTERFACE not in document.text:
        return None
    column, proxy = _COLUMN.search(document.text), _PROXY.search(document.text)
    url = document.absolute(proxy.group(1)) if proxy else None
    if column is None or url is None:
        return None
    per_page = min(next((call.per_page for call in calls(script_text(document)) if call.per_page), 10), window)
    fields = window_fields(start, per_page, window)
    return PageRequest(with_query(url, fields | {"columnId": column.group(1), "callback": "cb"}))


def read_list(document: Document) -> ListPage | None:
    """A page with its first rows in #initData, or an answer of the interface; None for anything else."""
    if urlsplit(document.url).path.endswith(_INTERFACE):
        return _read_answer(document)
    if _INTERFACE not in document.text:
        return None
    return _read_page(document) if "initData" in document.text else None


def _read_page(document: Document) -> ListPage | None:
    holder = next(
        (node for node in document.tree.iter("div", "ul", "script", "textarea") if node.get("id") == "initData"), None
    )
    rows = list(holder.iter("li")) if holder is not None else []
    if not rows:
        return None
    source = "".join(str(tostring(row, encoding="unicode", with_tail=False)) for row in rows[:_MAX_ROWS])
    items = list_in_html(document, f"<ul>{source}</ul>").items
    stated = _TOTAL.search(script_text(document))
    total = int(stated.group(1)) if stated and int(stated.group(1)) >= len(rows) else None
    if not items:
        return None
    if total is not None and total <= len(rows):
        return ListPage(items, None, total)
    following = _window(document, len(rows) + 1, _WINDOWS[0])
    return ListPage(items, following, total, truncated=following is None)


def _read_answer(document: Document) -> ListPage:
    data = parse_json(document.text)
    source = next(_datastores(data), "") if data is not None else document.text
    found = records(source) if "<record>" in source else []
    items = rows_of(document, found).items if found else ()
    total = stated_total(source)
    if not items:
        empty = not found and total == 0 and not failed(data)
        return ListPage((), total=0 if empty else None, declared_empty=empty, needs=None if empty else Needs.INTERFACE)
    total = total if total is not None and total >= len(found) else None
    asked = window_asked(document)
    following = next_window(document, asked, len(found), total) if asked else None
    cut = following is None and asked is None and total is None
    return ListPage(items, following, total, truncated=cut)


def _datastores(data: object) -> Iterator[str]:
    for value in walk(data):
        if isinstance(value, str) and "<datastore" in value[:500]:
            yield value
