"""Lists that the scripts of a page write or carry: rows of document.write, JSON literals.

Sources: FIELD-GUIDE 3.3 (Wuhan), 3.9. Nothing is executed; only literals are read.
"""

import html
import json
import re
from itertools import islice
from typing import Final

from spiders.document import Document
from spiders.jpage import list_in_html
from spiders.jsonrows import json_item, object_rows
from spiders.outline import clean
from spiders.pager import script_text
from spiders.records import ListItem, ListPage
from spiders.rowdates import find_full

MAX_RECORDS: Final = 2_000

_WRITE = re.compile(
    r"""document\s*\.\s*write(?:ln)?\s*\(\s*(?:'((?:[^'\\]|\\.){1,4000})'|"((?:[^"\\]|\\.){1,4000})")\s*\)"""
)
# What stands inside another literal ('<a title="' + title + '">') assigns nothing, so literals are passed over whole;
# one that is not closed on its line ends with it.
_ASSIGN = re.compile(
    r"""\b(url|title|FILENUM|fileNum|docurl|doctitle)\s{0,20}=\s{0,20}"""
    r"""(?:'((?:[^'\\\n]|\\.){0,500})'|"((?:[^"\\\n]|\\.){0,500})")"""
    r"""|'(?:[^'\\\n]|\\.){0,20000}'?|"(?:[^"\\\n]|\\.){0,20000}"?""",
    re.I,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_DAY = re.compile(r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")


def read_written(document: Document) -> ListPage | None:
    """Rows that a script writes from literals: whole HTML rows, or url = "..."; title = "..." (Wuhan)."""
    scripts = script_text(document)
    if "document.write" not in scripts:
        return None
    assigned = _assigned_rows(document, scripts)
    if assigned:
        return ListPage(tuple(assigned))
    source = "".join(
        (single or double).replace("\\/", "/").replace("\\'", "'").replace('\\"', '"')
        for single, double in _WRITE.findall(scripts)
    )
    if "<a" not in source.lower():
        return None
    found = list_in_html(document, source)
    return ListPage(found.items) if found.items else None


def _assigned_rows(document: Document, scripts: str) -> list[ListItem]:
    rows: list[ListItem] = []
    marks = list(islice((mark for mark in _ASSIGN.finditer(scripts) if mark.group(1)), MAX_RECORDS * 4))
    starts = [
        index
        for index, mark in enumerate(marks)
        if mark.group(1).lower() in ("url", "docurl") and (mark.group(2) or mark.group(3))
    ]
    for position, index in enumerate(starts):
        end = starts[position + 1] if position + 1 < len(starts) else len(marks)
        values = {mark.group(1).lower(): _plain(mark.group(2) or mark.group(3) or "") for mark in marks[index:end]}
        title = clean(html.unescape(values.get("title") or values.get("doctitle") or ""))
        url = document.absolute(values.get("url") or values.get("docurl") or "")
        stop = marks[end].start() if end < len(marks) else min(marks[end - 1].end() + 600, len(scripts))
        if not title or url is None:
            continue
        day = find_full(scripts[marks[end - 1].end() : stop]) or find_full(
            scripts[marks[index].end() : stop].replace(title, "")
        )
        rows.append(ListItem(title, url, day, doc_no=clean(values.get("filenum")) or None))
    return rows


def _plain(literal: str) -> str:
    """What a string literal says: \\" and \\/ without their backslashes, \\u5e74 as its character."""
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)) if found.group(1) else found.group(2), literal)


def inline_json(document: Document) -> ListPage | None:
    """Rows that stand as a JSON literal in a script: var list = [{"title": ..., "url": ...}]."""
    scripts = script_text(document)
    decoder = json.JSONDecoder()
    for start in [found.start() for found in re.finditer(r"\[\s{0,9}\{\s{0,9}\"", scripts)][:6]:
        try:
            value = decoder.raw_decode(scripts, start)[0]
        except (ValueError, RecursionError):
            continue
        found = tuple(item for item in (json_item(document, row) for row in object_rows(value)) if item and item.url)
        if found:
            return ListPage(found)
    return None
