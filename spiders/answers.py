"""What does an interface's JSON answer say, if it holds one article?

NFRA `SelectByDocId`, gkmlpt, UCAP and Suzhou details (FIELD-GUIDE 3.1, 3.6, 3.8, 3.9) name the same things by other
keys; the keys are listed here, the shape of the answer around them is not assumed.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, Final

from spiders.body import attachments, text_of_lines
from spiders.dates import from_stamp, running_id, url_date
from spiders.document import Document
from spiders.jsonrows import failed, parse_json
from spiders.records import Article, Attachment
from spiders.tables import tables_in
from spiders.values import clean_source, clean_validity, clean_value
from spiders.visible import fragment_view, plain

_TITLE: Final = ("docsubtitle", "title", "doctitle", "articletitle", "subject", "infotitle", "realtitle")
_PUBLISHED: Final = (
    *("publishdate", "display_publish_time", "publishedtimestr", "publishtime", "pubdate", "pubtime"),
    *("published_time_format", "publishedtime", "releasetime", "infodate", "docreltime"),
)
_SIGNED: Final = ("builddate", "writedate", "c_fwrq_format", "date")
_SOURCE: Final = ("docsource", "source", "contentsource", "infosource")
_INDEX: Final = ("indexno", "identifier", "indexnumber", "c_syh", "syh")
_DOC_NO: Final = ("documentno", "document_number", "refno", "pcode", "c_wjbh", "filenum", "fileno")
_VALIDITY: Final = ("validity", "effectiveness", "yxx", "timeliness")
_CONTENT: Final = ("docclob", "content", "contenthtml", "infocontent", "articlecontent", "body", "htmlcontent")
_FILES: Final = ("docfileurl", "pdffileurl")
_LISTS_OF_FILES: Final = ("attachment", "attachments", "attachmentinfovolist", "filelist", "files")
_FILE_URL: Final = ("url", "urlothername", "fileurl", "filepath", "path")  # NFRA: urlOtherName, attachmentName
_FILE_NAME: Final = ("name", "attachmentname", "filename", "title")
_ID: Final = ("docid", "id", "articleid", "infoid", "manuscriptid")
MAX_DEPTH: Final = 5
MAX_NODES: Final = 500


def read_answer(document: Document) -> Article | None:
    """The article of a JSON answer, None where the document is none or holds no single article."""
    answer = parse_json(document.text)
    fields = _article_fields(answer) if isinstance(answer, dict) and not failed(answer) else None
    return _article(document, fields) if fields is not None else None


def _article_fields(answer: object) -> dict[str, Any] | None:
    """The first object, from outside in, that has a title and a text or date. Objects in lists of several are
    rows and no article."""
    queue: deque[tuple[object, int]] = deque([(answer, 0)])
    for _ in range(MAX_NODES):
        if not queue:
            return None
        node, depth = queue.popleft()
        if isinstance(node, list) and len(node) == 1:
            node = node[0]
        if not isinstance(node, dict) or depth > MAX_DEPTH:
            continue
        fields = {str(key).lower(): value for key, value in node.items()}
        if _text(fields, _TITLE) and (_text(fields, _CONTENT) or _first(fields, _PUBLISHED) is not None):
            return fields
        queue.extend((value, depth + 1) for value in node.values() if isinstance(value, dict | list))
    return None


def _article(document: Document, fields: Mapping[str, Any]) -> Article:
    published = from_stamp(_first(fields, _PUBLISHED))
    signed = from_stamp(_first(fields, _SIGNED))
    html = _text(fields, _CONTENT) or ""
    page = fragment_view(html)
    number = _first(fields, _ID)
    return Article(
        title=plain(_text(fields, _TITLE) or "") or None,
        published=published[0] if published else None,
        published_time=published[1] if published else None,
        visible_date=published[0] if published else None,
        url_date=url_date(document.url),
        signed_date=signed[0] if signed else None,
        running_id=_number(number) or running_id(document.url),
        source=clean_source(_text(fields, _SOURCE)),
        index_no=clean_value(_text(fields, _INDEX) or ""),
        doc_no=clean_value(_text(fields, _DOC_NO) or ""),
        validity=_validity(fields),
        text=text_of_lines(page, 0, len(page.lines)),
        attachments=_files(document, fields, html),
        tables=tables_in(page.lines),
    )


def _validity(fields: Mapping[str, Any]) -> str | None:
    """gkmlpt's two flags, the only machine validity fields of any family; else a worded one."""
    if "is_abolished" in fields or "is_expired" in fields:
        if _is_set(fields.get("is_abolished")):
            return "废止"
        return "失效" if _is_set(fields.get("is_expired")) else "有效"
    return clean_validity(_text(fields, _VALIDITY) or "")


def _is_set(flag: object) -> bool:
    return flag is True or flag in (1, "1", "true")


def _files(document: Document, fields: Mapping[str, Any], html: str) -> tuple[Attachment, ...]:
    found: dict[str, Attachment] = {}
    listed = next((value for key in _LISTS_OF_FILES if isinstance(value := fields.get(key), list) and value), [])
    for entry in listed[:300]:
        if isinstance(entry, dict):
            named = {str(key).lower(): value for key, value in entry.items()}
            _add(document, found, _first(named, _FILE_URL), _first(named, _FILE_NAME))
    for key in _FILES:
        _add(document, found, fields.get(key), None)
    if html:
        for each in attachments(Document(document.url, html)):
            found.setdefault(each.url, each)
    return tuple(found.values())


def _add(document: Document, found: dict[str, Attachment], address: object, name: object) -> None:
    url = document.absolute(address) if isinstance(address, str) else None
    if url:
        given = plain(name) if isinstance(name, str) else ""
        found.setdefault(url, Attachment(given or url.rsplit("/", 1)[-1], url))


def _first(fields: Mapping[str, Any], names: Sequence[str]) -> object:
    return next((fields[name] for name in names if fields.get(name) not in (None, "")), None)


def _text(fields: Mapping[str, Any], names: Sequence[str]) -> str | None:
    text = next((value for name in names if isinstance(value := fields.get(name), str) and value.strip()), None)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if text else None


def _number(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 < value < 10**19 else None
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 19 else None
