"""The jpage plug-in: lists that stand in a script as records and go on by windows of records.

Hanweb JCMS and truecms ship the same jquery.jpage.js (FIELD-GUIDE 3.4, 3.6): `$('#unit').jpage({totalRecord, perPage,
proxyUrl, ajaxParam, dataStore})`. The proxy is asked with startrecord, endrecord and perpage. Nothing is executed.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from spiders.asked import asked_again, fields_of
from spiders.document import Document
from spiders.jsonrows import MAX_TOTAL
from spiders.lists import FoundList, find_list
from spiders.records import PageRequest

MAX_RECORDS: Final = 2_000
WINDOW: Final = 60  # records asked at once: three pages of 20, as the crawlers of FIELD-GUIDE 3.4 do
_MAX_CALLS: Final = 8
_MAX_CALL: Final = 8_000  # characters of one call; a truecms call carries its row template
_CALL = re.compile(r"""(?:\$\(\s?["']#(\w{1,40})["']\s?\)\s?)?\.jpage\s?\(\s?\{""")
_OPTION: Final = r"\b{}\s{{0,3}}:\s{{0,3}}"
_TOTAL = re.compile(_OPTION.format("totalRecord") + r"['\"]?(\d{1,7})")
_PER_PAGE = re.compile(_OPTION.format("perPage") + r"['\"]?(\d{1,4})")
_PROXY = re.compile(_OPTION.format("proxyUrl") + r"['\"]([^'\"\s<>]{1,500})['\"]")
_PARAMS = re.compile(_OPTION.format("(?:ajaxParam|ajaxParams|param)") + r"(?:\{([^{}]{1,2000})\}|(\w{1,60}))")
_PAIR = re.compile(r"""['"]?(\w{1,40})['"]?\s{0,3}:\s{0,3}(?:'([^'\n]{0,500})'|"([^"\n]{0,500})"|([\w.%/-]{1,60}))""")
_STATED = re.compile(r"<totalrecord>\s{0,9}(?:<!\[CDATA\[)?\s{0,9}(\d{1,7})", re.I)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the plug-in. `has_store`: its first rows stand in the page."""

    unit: str | None
    total: int | None
    per_page: int | None
    proxy: str | None
    fields: dict[str, str]
    has_store: bool


@dataclass(frozen=True, slots=True)
class Window:
    """The records that were asked for; the first has number 1."""

    start: int
    end: int


def calls(scripts: str) -> list[Call]:
    """The calls in a page's scripts. Of two for one unit the one with dataStore is right (FIELD-GUIDE 3.4), so those
    come first."""
    found = [_call(scripts, match) for match in list(_CALL.finditer(scripts))[:_MAX_CALLS]]
    return sorted(found, key=lambda call: not call.has_store)


def _call(scripts: str, match: re.Match[str]) -> Call:
    source = _braced(scripts[match.end() : match.end() + _MAX_CALL])
    total, size, proxy = _TOTAL.search(source), _PER_PAGE.search(source), _PROXY.search(source)
    return Call(
        match.group(1),
        int(total.group(1)) if total else None,
        int(size.group(1)) or None if size else None,
        proxy.group(1) if proxy else None,
        _fields(scripts, source),
        "dataStore" in source,
    )


def _braced(source: str) -> str:
    depth = 1
    for position, character in enumerate(source):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return source[:position]
    return source


def _fields(scripts: str, source: str) -> dict[str, str]:
    """The fields that the call sends: written in it, or in a variable that it names (param_<unit>)."""
    given = _PARAMS.search(source)
    if given is None:
        return {}
    literal = given.group(1)
    if literal is None:
        named = re.search(rf"\b{re.escape(given.group(2))}\s{{0,3}}=\s{{0,3}}\{{([^{{}}]{{1,2000}})\}}", scripts)
        literal = named.group(1) if named else ""
    return {name: unquote(one or two or bare) for name, one, two, bare in _PAIR.findall(literal)}


def records(text: str) -> list[str]:
    """The HTML of the rows in <record><![CDATA[ ... ]]></record>, of the first datastore that has any; a second one
    holds the same rows for small screens."""
    for store in text.split("<datastore>")[1:] or [text]:
        found = []
        for chunk in store.split("<record>")[1 : MAX_RECORDS + 1]:
            body = chunk.split("</record>", 1)[0].strip()
            if body.startswith("<![CDATA["):
                body = body[9:].split("]]>", 1)[0]
            if "${" not in body:  # a row template in a call of the plug-in
                found.append(body)
        if found:
            return found
    return []


def rows_of(document: Document, found: list[str]) -> FoundList:
    """The list that records make."""
    return list_in_html(document, "<ul>" + "".join(_as_row(record) for record in found) + "</ul>")


def _as_row(record: str) -> str:
    """A record as one list row, whatever its own markup is."""
    bare = record.strip()
    return bare if bare[:3].lower() == "<li" else f"<li>{bare}</li>"


def list_in_html(document: Document, source: str) -> FoundList:
    """The list in a piece of HTML that belongs to a document."""
    return find_list(Document(document.url, f"<html><body>{source}</body></html>", document.encoding))


def stated_total(text: str) -> int | None:
    """The count of an answer's <totalrecord>."""
    found = _STATED.search(text)
    return int(found.group(1)) if found and int(found.group(1)) <= MAX_TOTAL else None


def window_asked(document: Document) -> Window | None:
    """The window that an answer answers; None where it was asked by page (there only the page counts)."""
    fields = fields_of(document)
    start, end = fields.get("startrecord", ""), fields.get("endrecord", "")
    if "page" in fields or not re.fullmatch(r"[0-9]{1,7}", start) or not re.fullmatch(r"[0-9]{1,7}", end):
        return None
    first = max(int(start), 1)
    return Window(first, int(end)) if int(end) >= first else None


def window_fields(start: int, per_page: int, window: int = WINDOW) -> dict[str, str]:
    """What to ask for a window of records: whole pages, at least one."""
    size = max(window // per_page, 1) * per_page if per_page <= window else per_page
    return {"startrecord": str(start), "endrecord": str(start + size - 1), "perpage": str(per_page)}


def next_window(document: Document, asked: Window, given: int, total: int | None) -> PageRequest | None:
    """The request for the records after those that an answer gave; None where it gave the last. A proxy that cuts
    its windows is asked on from where it stopped."""
    size = asked.end - asked.start + 1
    start = asked.start + given
    ended = start > total if total is not None else given < min(size, 10)
    if not given or ended:
        return None
    return asked_again(document, {"startrecord": str(start), "endrecord": str(start + size - 1)})
