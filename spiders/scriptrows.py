"""Lists that stand in a page's scripts, or that are no HTML at all: jpage records, writeln rows, JSON answers.

Sources: FIELD-GUIDE 3.1, 3.3 (Wuhan), 3.4, 3.5, 3.8, 3.9. Nothing is executed; only literals are read.
"""

import datetime as dt
import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from spiders.document import Document
from spiders.lists import FoundList, find_list
from spiders.outline import clean
from spiders.pager import page_in_query, script_text, with_page
from spiders.records import ListItem, ListPage, Needs, PageRequest
from spiders.rowdates import find_full

MAX_RECORDS: Final = 2_000
SHANGHAI = dt.timezone(dt.timedelta(hours=8))  # no summer time since 1991; portals know no older instants

# --- Hanweb jpage -----------------------------------------------------------------------------------------

_RECORD_TOTAL = re.compile(r"<totalrecord>\s*(\d{1,7})\s*</totalrecord>", re.I)
_NEXT_GROUP = re.compile(r"<nextgroup>\s*<!\[CDATA\[\s*<a[^<>]{0,40}href=[\"']([^\"'<>]{1,1000})[\"']", re.I)
_STORE_TOTAL = re.compile(r"\btotalRecord\s*:\s*(\d{1,7})[^{}]{0,2000}?\bdataStore\b")


def jpage_records(text: str) -> list[str]:
    """The HTML of the rows in <record><![CDATA[ ... ]]></record>, of the first datastore that has any."""
    for store in text.split("<datastore>")[1:] or [text]:
        records = []
        for chunk in store.split("<record>")[1 : MAX_RECORDS + 1]:
            body = chunk.split("</record>", 1)[0].strip()
            if body.startswith("<![CDATA["):
                body = body[9:].split("]]>", 1)[0]
            records.append(body)
        if records:
            return records
    return []


def read_jpage(document: Document) -> ListPage | None:
    """A column page with embedded records, or an answer of dataproxy.jsp; None where it is neither."""
    if "<record>" not in document.text:
        return None
    records = jpage_records(document.text)
    if not records:
        return None
    found = list_in_html(document, "<ul>" + "".join(_as_row(record) for record in records) + "</ul>")
    total = _RECORD_TOTAL.search(document.text) or _STORE_TOTAL.search(document.text)
    count = int(total.group(1)) if total else None
    group = _NEXT_GROUP.search(document.text)
    url = document.absolute(html.unescape(group.group(1))) if group else None
    done = count is not None and len(records) >= count
    if url is None and "dataproxy.jsp" in document.url and not done:
        following = _next_answer(document)
    else:
        following = PageRequest(url) if url and not done and url != document.url else None
    more = count is not None and len(records) < count and following is None and "dataproxy" not in document.url
    return ListPage(found.items, following, count, truncated=more)


def _next_answer(document: Document) -> PageRequest | None:
    """The following answer of dataproxy.jsp, of which `page` alone counts (FIELD-GUIDE 3.4)."""
    known = page_in_query(document.url)
    return with_page(document.url, known[1] + 1) if known else None


def _as_row(record: str) -> str:
    """A record as one list row, whatever its own markup is."""
    bare = record.strip()
    return bare if bare[:3].lower() == "<li" else f"<li>{bare}</li>"


def list_in_html(document: Document, source: str) -> FoundList:
    """The list in a piece of HTML that belongs to a document."""
    return find_list(Document(document.url, f"<html><body>{source}</body></html>", document.encoding))


# --- rows drawn by document.write ---------------------------------------------------------------------------

_WRITE = re.compile(
    r"""document\s*\.\s*write(?:ln)?\s*\(\s*(?:'((?:[^'\\]|\\.){1,4000})'|"((?:[^"\\]|\\.){1,4000})")\s*\)"""
)
_ASSIGN = re.compile(
    r"""\b(url|title|FILENUM|fileNum|docurl|doctitle)\s*=\s*(?:'([^'\n]{0,500})'|"([^"\n]{0,500})")""", re.I
)
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
    marks = list(_ASSIGN.finditer(scripts))[: MAX_RECORDS * 4]
    starts = [
        index
        for index, mark in enumerate(marks)
        if mark.group(1).lower() in ("url", "docurl") and (mark.group(2) or mark.group(3))
    ]
    for position, index in enumerate(starts):
        end = starts[position + 1] if position + 1 < len(starts) else len(marks)
        values = {mark.group(1).lower(): mark.group(2) or mark.group(3) or "" for mark in marks[index:end]}
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


# --- JSON -------------------------------------------------------------------------------------------------

_TITLE_KEYS: Final = (
    "title",
    "doctitle",
    "docsubtitle",
    "realtitle",
    "infotitle",
    "topic",
    "subject",
    "name",
    "doc_title",
    "articletitle",
    "bt",
)
_URL_KEYS: Final = (
    "url",
    "infourl",
    "chnldocurl",
    "docpuburl",
    "post_url",
    "docurl",
    "link",
    "href",
    "linkurl",
    "puburl",
    "weburl",
    "visiturl",
    "articleurl",
    "srcdocpuburl",
)
_DATE_KEYS: Final = (
    *("display_publish_time", "publishedtimestr", "publishdate", "published_time_format", "publishtime"),
    *("publishedtime", "publish_time", "publish_date", "pubdate", "pub_date", "pub_time", "pubtime", "docreltime"),
    *("docpubtime", "infodate", "releasetime", "releasedate", "showdate", "fbsj", "fbrq", "time", "date"),
)
_NUMBER_KEYS: Final = ("document_number", "refno", "pcode", "c_wjbh", "documentno", "filenum", "wh", "docno")
_TOTAL_KEYS: Final = (
    "total",
    "totalcount",
    "recordcount",
    "allrow",
    "totalrecord",
    "post_count",
    "totalnum",
    "totalhits",
    "count",
)
_SIGNED_DATE_FAMILIES: Final = frozenset({"display_publish_time"})  # beside this key, `date` is the day of signing


def parse_json(text: str) -> object | None:
    """A JSON or JSONP answer; None where it is none. Never raises."""
    bare = text.strip()
    wrapped = re.match(r"[\w.$]{1,80}\s*\(", bare[:200])
    if wrapped and bare.rstrip("; \n").endswith(")"):
        bare = bare.rstrip("; \n")[wrapped.end() : -1].strip()
    if not bare or bare[0] not in "{[":
        return None
    try:
        parsed: object = json.loads(bare)
    except (ValueError, RecursionError):
        return None
    return parsed


def read_json(document: Document) -> ListPage | None:
    """A list out of an interface's answer: rows as objects, or HTML inside an object. None where the answer
    is no JSON; an empty page without `declared_empty` where it is one that we cannot read."""
    data = parse_json(document.text)
    if data is None:
        return None
    rows = _object_rows(data)
    if rows:
        found = tuple(item for item in (_json_item(document, row) for row in rows) if item)
        if found:
            total = _total(data)
            return ListPage(found, _next_json(document, len(found), total), total)
    inner = next(_html_values(data), None)
    if inner is not None:
        return _unit_answer(document, inner)
    total = _total(data)
    return ListPage((), total=total, declared_empty=total == 0, needs=None if total == 0 else Needs.INTERFACE)


def _walk(data: object) -> Iterator[object]:
    """All values, breadth first, bounded."""
    queue: list[object] = [data]
    seen = 0
    while queue and seen < 20_000:
        value = queue.pop(0)
        seen += 1
        yield value
        if isinstance(value, dict):
            queue.extend(list(value.values())[:200])
        elif isinstance(value, list):
            queue.extend(value[:MAX_RECORDS])


def _object_rows(data: object) -> list[Mapping[str, Any]]:
    """The first list of objects that have titles."""
    for value in _walk(data):
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value[:MAX_RECORDS]):
            rows = value[:MAX_RECORDS]
            titled = sum(
                bool(_value(row, _TITLE_KEYS))
                and bool(_value(row, _URL_KEYS) or _value(row, ("docid",)) or _value(row, _DATE_KEYS))
                for row in rows
            )
            if titled * 2 >= len(rows):
                return rows
    return []


def _value(row: Mapping[str, Any], keys: Sequence[str]) -> object | None:
    lowered = {str(key).lower(): value for key, value in list(row.items())[:200]}
    for key in keys:
        value: object = lowered.get(key)
        if value not in (None, "", [], {}) and not isinstance(value, (dict, list)):
            return value
    return None


def _json_item(document: Document, row: Mapping[str, Any]) -> ListItem | None:
    title = clean(html.unescape(re.sub(r"<[^<>]{0,500}>", "", str(_value(row, _TITLE_KEYS) or ""))[:1_000]))
    if not title:
        return None
    address = _value(row, _URL_KEYS)
    url = document.absolute(str(address)) if address is not None else _nfra_detail(document, row)
    number = _value(row, _NUMBER_KEYS) or _domain_value(row, "refno")
    return ListItem(title, url or "", _json_day(row), clean(str(number)) if number else None, json_validity(row))


def _nfra_detail(document: Document, row: Mapping[str, Any]) -> str | None:
    """NFRA lists name documents by number only (FIELD-GUIDE 3.9)."""
    number = _value(row, ("docid",))
    if number is None or not re.fullmatch(r"\d{1,12}", str(number)):
        return None
    return document.absolute(f"/cbircweb/DocInfo/SelectByDocId?docId={number}")


def json_validity(row: Mapping[str, Any]) -> str | None:
    """The two machine-readable validity flags of gkmlpt (FIELD-GUIDE 3.1)."""
    if str(row.get("is_abolished") or "0") not in ("0", "False", "false"):
        return "废止"
    if str(row.get("is_expired") or "0") not in ("0", "False", "false"):
        return "失效"
    return None


def _json_day(row: Mapping[str, Any]) -> dt.date | None:
    keys = (
        [key for key in _DATE_KEYS if key not in ("date", "time")]
        if _value(row, tuple(_SIGNED_DATE_FAMILIES))
        else _DATE_KEYS
    )
    for key in keys:
        value = _value(row, (key,))
        day = as_day(value) if value is not None else None
        if day:
            return day
    value = _domain_value(row, "pubdate")
    return as_day(value) if value else None


def as_day(value: object) -> dt.date | None:
    """A day from a text, or from unix seconds or milliseconds in Shanghai; None for anything else."""
    text = str(value).strip()[:40]
    if re.fullmatch(r"\d{9,10}|\d{12,13}", text):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        return dt.datetime.fromtimestamp(seconds, SHANGHAI).date()
    if re.fullmatch(r"20\d{6}", text):
        try:
            return dt.datetime.strptime(text, "%Y%m%d").replace(tzinfo=SHANGHAI).date()
        except ValueError:
            return None
    return find_full(text)


def _domain_value(row: Mapping[str, Any], key: str) -> str | None:
    """UCAP keeps further fields in domainMetaList[].resultList[]{key, value}."""
    groups = row.get("domainMetaList")
    for group in groups[:20] if isinstance(groups, list) else ():
        pairs = group.get("resultList") if isinstance(group, dict) else None
        for pair in pairs[:50] if isinstance(pairs, list) else ():
            if isinstance(pair, dict) and pair.get("key") == key and pair.get("value"):
                return str(pair["value"])
    return None


def _total(data: object) -> int | None:
    for value in _walk(data):
        if not isinstance(value, dict):
            continue
        number = _value(value, _TOTAL_KEYS)
        if number is not None and re.fullmatch(r"\d{1,8}", str(number)):
            return int(str(number))
        if any(
            isinstance(value.get(key), int) and value[key] == 0
            for key in ("total", "totalCount", "recordCount", "allRow")
        ):
            return 0
    return None


def _next_json(document: Document, rows: int, total: int | None) -> PageRequest | None:
    known = page_in_query(document.url)
    if known is None or total is None or rows == 0:
        return None
    size = next(
        (
            int(value)
            for key, value in parse_qsl(urlsplit(document.url).query)
            if key.lower().strip("_") in ("pagesize", "size", "perpage", "rows", "n") and value.isdigit() and int(value)
        ),
        rows,
    )
    if max(known[1], 1) * size >= total:
        return None
    return with_page(document.url, max(known[1], 1) + 1)


def _html_values(data: object) -> Iterator[str]:
    for value in _walk(data):
        if (
            isinstance(value, str)
            and "<" in value
            and ("<a" in value.lower() or "<li" in value.lower() or "<record>" in value)
        ):
            yield value


# --- Hanweb JPaaS units -------------------------------------------------------------------------------------

_UNIT_PAGE = re.compile(
    r"""count=["'](\d{1,7})["']\s+rows=["'](\d{1,4})["'](?:[^<>]{0,200}?pageNo=["'](\d{1,5})["'])?"""
)
_UNIT = re.compile(
    r"""url=["']([^"'<>]{1,300}/build/unit)["'][^<>]{0,300}?queryData=(["'])(\{.{1,1500}?\})\2""", re.I | re.S
)
_QUERY_PAIR = re.compile(r"""['"]([\w-]{1,60})['"]\s*:\s*['"]([^'"]{0,500})['"]""")
_LIST_TAG = re.compile(r"列表|list|内容|当前栏目", re.I)


def _unit_answer(document: Document, source: str) -> ListPage:
    if "<record>" in source:
        return read_jpage(Document(document.url, source)) or ListPage(())
    found = list_in_html(document, source)
    pager = _UNIT_PAGE.search(source)
    if pager is None:
        return ListPage(found.items, needs=None if found.items else Needs.INTERFACE)
    total, size = int(pager.group(1)), int(pager.group(2)) or 1
    current = int(pager.group(3) or _asked_page(document.url) or 1)
    following = unit_page(document.url, current + 1, size) if current * size < total else None
    return ListPage(found.items, following, total, declared_empty=total == 0)


def _asked_page(url: str) -> int | None:
    for key, value in parse_qsl(urlsplit(url).query):
        if key == "paramJson":
            number = re.search(r'"pageNo"\s*:\s*"?(\d{1,5})', value)
            return int(number.group(1)) if number else None
    return None


def unit_page(url: str, number: int, size: int) -> PageRequest:
    """Page `number` of a JPaaS unit: paramJson={"pageNo":n,"pageSize":m}; a bare pageNo is ignored."""
    parts = urlsplit(url)
    pairs = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key not in ("paramJson", "pageNo")
    ]
    pairs.append(("paramJson", json.dumps({"pageNo": number, "pageSize": size}, separators=(",", ":"))))
    return PageRequest(urlunsplit(parts._replace(query=urlencode(pairs, quote_via=quote))))


def jpaas_units(document: Document) -> tuple[PageRequest, ...]:
    """The interface addresses of a JPaaS page's units; those tagged as lists first."""
    units: list[tuple[int, int, str]] = []
    for found in _UNIT.finditer(document.text[:2_000_000]):
        pairs = _QUERY_PAIR.findall(html.unescape(found.group(3)))
        base = document.absolute(html.unescape(found.group(1)))
        if base and pairs:
            tag = dict(pairs).get("tagId", "")
            units.append((0 if _LIST_TAG.search(tag) else 1, len(units), f"{base}?{urlencode(pairs, quote_via=quote)}"))
    return tuple(PageRequest(url) for _, _, url in sorted(units)[:8])


def inline_json(document: Document) -> ListPage | None:
    """Rows that stand as a JSON literal in a script: var list = [{"title": ..., "url": ...}]."""
    scripts = script_text(document)
    decoder = json.JSONDecoder()
    for start in [found.start() for found in re.finditer(r"\[\s{0,9}\{\s{0,9}\"", scripts)][:6]:
        try:
            value = decoder.raw_decode(scripts, start)[0]
        except (ValueError, RecursionError):
            continue
        found = tuple(item for item in (_json_item(document, row) for row in _object_rows(value)) if item and item.url)
        if found:
            return ListPage(found)
    return None
