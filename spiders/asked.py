"""What was asked of an interface, and how is it asked for another page?

Interfaces take their page in the query, in a form or in a JSON body (FIELD-GUIDE 3.4-3.9). Only the fields that
change are written anew; everything else goes back as the page spelled it (encrypted column ids among it).
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from spiders.document import Document
from spiders.pager import PAGE_KEYS
from spiders.records import PageRequest

FORM: Final = (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),)
JSON: Final = (("Content-Type", "application/json;charset=UTF-8"),)
_SIZE_KEYS: Final = frozenset({"pagesize", "size", "perpage", "rows", "n", "pg"})
_LONGEST_NUMBER: Final = 6  # digits of a page number or size


def form(url: str, fields: Mapping[str, str]) -> PageRequest:
    """A form sent to an interface."""
    return PageRequest(url, "POST", urlencode(fields), FORM)


def json_post(url: str, fields: Mapping[str, Any]) -> PageRequest:
    """A JSON object sent to an interface."""
    return PageRequest(url, "POST", json.dumps(fields, ensure_ascii=True, separators=(",", ":")), JSON)


def request_of(document: Document) -> PageRequest:
    """The request that the document answers."""
    return document.asked or PageRequest(document.url)


def fields_of(document: Document) -> dict[str, str]:
    """What was asked: the fields of the query and of the body, by name."""
    return _fields(request_of(document))


def _fields(request: PageRequest) -> dict[str, str]:
    fields = dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    if request.body:
        sent = _json_object(request.body)
        pairs = parse_qsl(request.body, keep_blank_values=True) if sent is None else list(_inner(sent).items())
        fields |= {str(name): str(value) for name, value in pairs}
    return fields


def page_asked(document: Document) -> tuple[str, int] | None:
    """The name and number of the page that was asked for."""
    return page_of(request_of(document))


def page_of(request: PageRequest) -> tuple[str, int] | None:
    """The name and number of the page that a request asks for."""
    for name, value in _fields(request).items():
        if name.lower() in PAGE_KEYS and value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER:
            return name, int(value)
    return None


def size_asked(document: Document) -> int | None:
    """The number of rows a page that was asked for."""
    for name, value in fields_of(document).items():
        if name.lower().strip("_") in _SIZE_KEYS and value.isascii() and value.isdigit() and int(value[:6]) > 0:
            return int(value[:6])
    return None


def for_page(document: Document, number: int) -> PageRequest | None:
    """The same request for another page; None where it names no page."""
    known = page_asked(document)
    return asked_again(document, {known[0]: str(number)}) if known else None


def asked_again(document: Document, changes: Mapping[str, str]) -> PageRequest:
    """The document's request with some fields changed, each where it stood; new ones are added to the query."""
    request = request_of(document)
    parts = urlsplit(request.url)
    query, body = parts.query, request.body
    for name, value in changes.items():
        in_query = _replaced(query, name, value)
        in_body = _replaced_in_body(body, name, value) if body else None
        if in_body is not None:
            body = in_body
        if in_query is not None:
            query = in_query
        elif in_body is None:
            query += f"{'&' if query else ''}{quote(name)}={quote(value)}"
    return PageRequest(urlunsplit(parts._replace(query=query)), request.method, body, request.headers)


def with_query(url: str, changes: Mapping[str, str]) -> str:
    """The address with some fields of its query set."""
    return asked_again(Document(url, ""), changes).url


def _replaced(encoded: str, name: str, value: str) -> str | None:
    found, count = re.subn(
        rf"(^|&)({re.escape(name)})=[^&]*", lambda m: f"{m[1]}{m[2]}={quote(value, safe='')}", encoded, count=1
    )
    return found if count else None


def _replaced_in_body(body: str, name: str, value: str) -> str | None:
    sent = _json_object(body)
    if sent is None:
        return _replaced(body, name, value)
    inner = _inner(sent)
    if name not in inner:
        return None
    inner[name] = int(value) if isinstance(inner[name], int) else value
    return json.dumps(sent, ensure_ascii=True, separators=(",", ":"))


def _json_object(body: str) -> dict[str, Any] | None:
    if not body.startswith("{"):
        return None
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return sent if isinstance(sent, dict) else None


def _inner(sent: dict[str, Any]) -> dict[str, Any]:
    """Some interfaces of one family wrap their fields in `params` (FIELD-GUIDE 3.6)."""
    params = sent.get("params")
    return params if isinstance(params, dict) else sent
