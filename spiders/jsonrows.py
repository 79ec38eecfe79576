"""What rows does an interface's JSON answer hold, and how many are there in all?

The families name the same things by other keys (FIELD-GUIDE 3.1, 3.6, 3.8, 3.9); the keys are listed here, the shape
of the answer around them is not assumed. A family whose answers are peculiar reads them in its own module.
"""

import datetime as dt
import html
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from spiders.asked import for_page, page_asked, size_asked
from spiders.document import Document
from spiders.outline import clean
from spiders.reading import is_full_page
from spiders.records import ListItem, ListPage, Needs, PageRequest
from spiders.rowdates import find_full

MAX_ROWS: Final = 2_000
MAX_TOTAL: Final = 2_000_000  # items of one list; the largest seen is a province's trading platform with 224,000
SHANGHAI = dt.timezone(dt.timedelta(hours=8))  # no summer time since 1991; portals know no older instants
_YEARS: Final = range(1990, 2100)  # a stamp outside is a counter or a placeholder
_LONGEST_TITLE: Final = 2_000

TITLE_KEYS: Final = (
    *("realtitle", "title", "doctitle", "docsubtitle", "infotitle", "topic", "subject", "name", "doc_title"),
    *("articletitle", "bt"),
)
URL_KEYS: Final = (
    *("url", "infourl", "chnldocurl", "docpuburl", "post_url", "docurl", "link", "href", "linkurl", "puburl"),
    *("weburl", "visiturl", "articleurl", "srcdocpuburl", "surl"),
)
DATE_KEYS: Final = (
    *("display_publish_time", "publishedtimestr", "publishdate", "published_time_format", "publishtime"),
    *("publishedtime", "publish_time", "publish_date", "pubdate", "pub_date", "pub_time", "pubtime", "docreltime"),
    *("docpubtime", "infodate", "releasetime", "releasedate", "showdate", "fbsj", "fbrq", "time", "date"),
)
_NUMBER_KEYS: Final = ("document_number", "refno", "pcode", "c_wjbh", "documentno", "filenum", "fwzh", "wh", "docno")
_VALIDITY_KEYS: Final = ("validity", "effectiveness", "timeliness", "aging", "yxx", "sxx")
_TOTAL_KEYS: Final = (
    *("total", "totalcount", "recordcount", "allrow", "totalrecord", "totalrecords", "totalrec", "post_count"),
    *("totalnum", "totalhits", "totalelements", "count"),
)
_SIGNED_DATE_FAMILIES: Final = frozenset({"display_publish_time"})  # beside this key, `date` is the day of signing
_VALID_WORDS: Final = (("废止", "废止"), ("失效", "失效"), ("有效", "有效"))  # 全文失效, 部分失效 ... by their core
_TAG = re.compile(r"<[^<>]{0,500}>")
_FEEDS = re.compile(r"ZUIXINZHENGCE|/feed|latest", re.I)  # the newest items alone (FIELD-GUIDE 3.9)


def parse_json(text: str) -> object | None:
    """A JSON or JSONP answer; None where it is none. Never raises."""
    bare = text.strip("\ufeff \t\r\n")
    wrapped = re.match(
        r"(?:/\*\*/\s{0,9})?(?:typeof [\w.$]{1,80} ?={2,3} ?['\"]function['\"] ?&& ?)?[\w.$]{1,80}\s{0,9}\(", bare[:300]
    )
    if wrapped and bare.rstrip("; \r\n\t").endswith(")"):
        bare = bare.rstrip("; \r\n\t")[wrapped.end() : -1].strip()
    if not bare or bare[0] not in "{[":
        return None
    try:
        parsed: object = json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None
    return parsed


def read_json(document: Document) -> ListPage | None:
    """A list out of an interface's answer whose rows are objects. None where the answer is no JSON or holds HTML;
    an empty page without `declared_empty` where it is one that we cannot read."""
    data = parse_json(document.text)
    if data is None:
        return None
    page = rows_page(document, data)
    if page.items:
        return page
    return None if next(html_values(data), None) is not None else page


def rows_page(document: Document, data: object, first_page: int = 1) -> ListPage:
    """The rows of a parsed answer. `first_page` is the number of the interface's first page: 1, or 0."""
    found = tuple(item for item in (json_item(document, row) for row in object_rows(data)) if item)
    if not found:
        empty = says_empty(data)
        return ListPage((), total=0 if empty else None, declared_empty=empty, needs=None if empty else Needs.INTERFACE)
    total = _plausible(stated_total(data), len(found))
    following = _following(document, len(found), total, first_page)
    cut = following is None and total is None and _looks_cut(document, len(found))
    return ListPage(found, following, total, truncated=cut)


def doubted(page: ListPage) -> ListPage:
    """The page, not taken for an empty list: an interface whose question we put together ourselves says `total: 0` as
    well when one of its parameters was wrong."""
    return page if page.items else ListPage((), needs=Needs.INTERFACE)


def _following(document: Document, rows: int, total: int | None, first_page: int) -> PageRequest | None:
    known = page_asked(document)
    if known is None:
        return None
    number = max(known[1], first_page)  # where the first page is 1, page 0 is the same (FIELD-GUIDE 3.1)
    size = max(size_asked(document) or rows, 1)
    if total is None:  # until a page is not full
        return for_page(document, number + 1) if rows >= size else None
    if rows < size and number == first_page:
        size = rows  # the interface gives fewer rows a page than were asked for
    return for_page(document, number + 1) if (number - first_page + 1) * size < total else None


def _looks_cut(document: Document, rows: int) -> bool:
    """Whether an answer without count and page may be the newest rows of a longer list."""
    if page_asked(document) is not None:
        return False  # a page that is not full ends its list
    return bool(_FEEDS.search(urlsplit(document.url).path)) or is_full_page(rows)


def _plausible(total: int | None, rows: int) -> int | None:
    """A count of items; None for what counts pages, is a placeholder or absurd."""
    return total if total is not None and rows <= total <= MAX_TOTAL else None


def failed(data: object) -> bool:
    """Whether an answer says of itself that it is none: {"success": false}, {"code": 500}."""
    if not isinstance(data, dict):
        return False
    values = {str(key).lower(): value for key, value in list(data.items())[:50]}
    if any(values.get(key) in (False, "false") for key in ("success", "ok")):
        return True
    codes = [str(values.get(key, "")) for key in ("code", "status", "rptcode", "errcode", "errorcode", "statuscode")]
    return any(re.fullmatch(r"-\d{1,9}|[45]\d\d|error|fail(?:ed|ure)?", code, re.I) for code in codes)


def says_empty(data: object) -> bool:
    """Whether an answer says plainly that its list has no items: a total of 0, and no failure. A bare empty array
    says nothing: interfaces out of order send it too."""
    return not failed(data) and stated_total(data) == 0


def walk(data: object) -> Iterator[object]:
    """All values, breadth first, bounded."""
    queue: deque[object] = deque([data])
    seen = 0
    while queue and seen < 20_000:
        value = queue.popleft()
        seen += 1
        yield value
        if isinstance(value, dict):
            queue.extend(list(value.values())[:200])
        elif isinstance(value, list):
            queue.extend(value[:MAX_ROWS])


def object_rows(data: object) -> list[Mapping[str, Any]]:
    """The first list of objects that have titles."""
    for value in walk(data):
        if not isinstance(value, list) or not value:
            continue
        rows: list[Mapping[str, Any]] = [row for row in value[:MAX_ROWS] if isinstance(row, dict)]
        if not rows or len(rows) * 2 < len(value[:MAX_ROWS]):
            continue
        titled = sum(
            bool(first_value(row, TITLE_KEYS))
            and bool(first_value(row, (*URL_KEYS, "docid")) or first_value(row, DATE_KEYS))
            for row in rows
        )
        if titled * 2 >= len(rows):
            return rows
    return []


def first_value(row: Mapping[str, Any], keys: Sequence[str]) -> object | None:
    """The first of the keys, whatever its case, that has a plain value."""
    lowered = {str(key).lower(): value for key, value in list(row.items())[:200]}
    for key in keys:
        value: object = lowered.get(key)
        if value not in (None, "", "null") and not isinstance(value, (dict, list, bool)):
            return value
    return None


def json_item(document: Document, row: Mapping[str, Any]) -> ListItem | None:
    """One row of a list, None where it has no title."""
    title = plain_title(first_value(row, TITLE_KEYS))
    if not title:
        return None
    address = first_value(row, URL_KEYS)
    url = document.absolute(str(address)) if address is not None else _nfra_detail(document, row)
    number = first_value(row, _NUMBER_KEYS) or _domain_value(row, _NUMBER_KEYS)
    return ListItem(title, url or "", _json_day(row), _whole(number), json_validity(row))


def plain_title(value: object) -> str:
    """A title without the marks that searches put around their words."""
    text = html.unescape(_TAG.sub("", str(value if value is not None else "")[:_LONGEST_TITLE]))
    return clean(_TAG.sub("", text).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _whole(value: object) -> str | None:
    return plain_title(value)[:200] or None


def _nfra_detail(document: Document, row: Mapping[str, Any]) -> str | None:
    """NFRA lists name documents by number only (FIELD-GUIDE 3.9)."""
    number = first_value(row, ("docid",))
    if number is None or not re.fullmatch(r"\d{1,12}", str(number)):
        return None
    return document.absolute(f"/cbircweb/DocInfo/SelectByDocId?docId={number}")


def json_validity(row: Mapping[str, Any]) -> str | None:
    """The two machine-readable flags of gkmlpt (FIELD-GUIDE 3.1), or a worded validity."""
    if str(row.get("is_abolished") or "0") not in ("0", "False", "false"):
        return "废止"
    if str(row.get("is_expired") or "0") not in ("0", "False", "false"):
        return "失效"
    worded = str(first_value(row, _VALIDITY_KEYS) or _domain_value(row, _VALIDITY_KEYS) or "")[:20]
    return next((word for core, word in _VALID_WORDS if core in worded), None)


def _json_day(row: Mapping[str, Any]) -> dt.date | None:
    keys: Sequence[str] = DATE_KEYS
    if first_value(row, tuple(_SIGNED_DATE_FAMILIES)) is not None:
        keys = [key for key in DATE_KEYS if key not in ("date", "time")]
    for key in keys:
        day = as_day(first_value(row, (key,)))
        if day:
            return day
    return as_day(_domain_value(row, ("pubdate",)))


def as_day(value: object) -> dt.date | None:
    """A day from a text, or from unix seconds or milliseconds in Shanghai; None for anything else."""
    text = str(value if value is not None else "").strip()[:40]
    if re.fullmatch(r"[0-9]{9,10}|[0-9]{12,13}", text):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        day = dt.datetime.fromtimestamp(seconds, SHANGHAI).date()
        return day if day.year in _YEARS else None
    if re.fullmatch(r"20[0-9]{6}", text):
        try:
            return dt.datetime.strptime(text, "%Y%m%d").replace(tzinfo=SHANGHAI).date()
        except ValueError:
            return None
    return find_full(text)


def _domain_value(row: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    """UCAP keeps further fields in domainMetaList[].resultList[]{key, value}."""
    groups = row.get("domainMetaList")
    for group in groups[:20] if isinstance(groups, list) else ():
        pairs = group.get("resultList") if isinstance(group, dict) else None
        for pair in pairs[:50] if isinstance(pairs, list) else ():
            if isinstance(pair, dict) and pair.get("key") in keys and pair.get("value"):
                return str(pair["value"])
    return None


def stated_total(data: object) -> int | None:
    """The number of items that an answer states, the outermost first."""
    for value in walk(data):
        if not isinstance(value, dict):
            continue
        lowered = {str(key).lower(): each for key, each in list(value.items())[:200]}
        number = next((each for key in _TOTAL_KEYS if (each := _count(lowered.get(key))) is not None), None)
        if number is not None:
            return number
    return None


def _count(value: object) -> int | None:
    if isinstance(value, (bool, float)) or not re.fullmatch(r"[0-9]{1,8}", str(value)):
        return None
    return int(str(value))


def html_values(data: object) -> Iterator[str]:
    """The pieces of HTML inside an answer."""
    for value in walk(data):
        if isinstance(value, str) and "<" in value:
            low = value[:200_000].lower()
            if "<a" in low or "<li" in low or "<record>" in low or "count=" in low:
                yield value
