"""What kind of file is it? By its first bytes, then its name, then what the server called it.

Portals serve .doc names on HTML, RTF and docx bytes, and `application/octet-stream` on everything.
"""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote, urlsplit

from spiders.files.ole import streams_of
from spiders.files.zips import names_in

KINDS_OF_FILES: Final = frozenset(
    {
        "pdf",
        "docx",
        "doc",
        "xlsx",
        "xls",
        "xlsb",
        "xmlss",
        "csv",
        "rtf",
        "mht",
        "zip",
        "image",
        "ofd",
        "odf",
        "rar",
        "7z",
        "gz",
        "pptx",
        "ppt",
        "ole",
        "ceb",
    }
)  # what no browser shows as a page
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: Final = (
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gz"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Founder CEB", "ceb"),
)
_RAW_SHEET: Final = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
_HTML = re.compile(rb"<!doctype html|<html[\s>]|<(?:head|body|table|meta|div|script)[\s>]", re.IGNORECASE)
_SHEET_XML = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")
# How a name's ending or a content type is read where the bytes say nothing.
_ENDINGS: Final = {
    "pdf": "pdf",
    "docx": "docx",
    "docm": "docx",
    "doc": "doc",
    "wps": "doc",
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "xls": "xls",
    "et": "xls",
    "pptx": "pptx",
    "ppt": "ppt",
    "dps": "ppt",
    "csv": "csv",
    "tsv": "csv",
    "txt": "txt",
    "rtf": "rtf",
    "zip": "zip",
    "rar": "rar",
    "7z": "7z",
    "ofd": "ofd",
    "ceb": "ceb",
    "json": "txt",
    "xml": "txt",
    "htm": "html",
    "html": "html",
    "shtml": "html",
    "jpg": "image",
    "jpeg": "image",
    "png": "image",
    "gif": "image",
    "bmp": "image",
    "tif": "image",
    "tiff": "image",
    "webp": "image",
}
_TYPES: Final = (
    ("application/pdf", "pdf"),
    ("wordprocessingml", "docx"),
    ("spreadsheetml", "xlsx"),
    ("presentationml", "pptx"),
    ("msword", "doc"),
    ("ms-excel", "xls"),
    ("text/csv", "csv"),
    ("rtf", "rtf"),
    ("text/html", "html"),
    ("text/", "txt"),
    ("zip", "zip"),
    ("image/", "image"),
)
_TEXTUAL: Final = frozenset({"csv", "txt", "html"})


def kind_of(name: str, url: str, content_type: str | None, body: bytes) -> str:
    """The kind of a file, "unknown" where nothing tells. Never raises."""
    kind = _by_bytes(body, lambda: named_kind(name, url, content_type))
    return kind or named_kind(name, url, content_type) or ("txt" if _is_text(body) else "unknown")


def named_kind(name: str, url: str, content_type: str | None) -> str | None:
    """The kind that a name, an address or a content type claims."""
    for ending in (_ending(name), _ending(_path(url))):
        if ending in _ENDINGS:
            return _ENDINGS[ending]
    told = (content_type or "").lower()
    return next((kind for mark, kind in _TYPES if mark in told), None)


def is_text(kind: str | None) -> bool:
    return kind in _TEXTUAL


def _by_bytes(body: bytes, claimed: Callable[[], str | None]) -> str | None:
    head = body[:4096]
    for mark, kind in _MAGIC:
        if head.startswith(mark):
            return kind
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(body, claimed)
    if head.startswith(_OLE):
        return _ole_kind(body, claimed)
    if head.startswith(_RAW_SHEET):
        return "xls"
    if head.startswith(b"BM") and claimed() == "image":
        return "image"
    return _marked_up(head, claimed)


def _marked_up(head: bytes, claimed: Callable[[], str | None]) -> str | None:
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare[:13].lower() == b"mime-version:":
        return "mht"
    if not bare.startswith(b"<"):
        return None
    if _SHEET_XML.search(head):
        return "xmlss"
    return "html" if _HTML.search(head) and claimed() not in ("csv", "txt") else None


def _zip_kind(body: bytes, claimed: Callable[[], str | None]) -> str:
    names = names_in(body)
    if "ofd.xml" in names:
        return "ofd"
    if "xl/workbook.bin" in names:
        return "xlsb"
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(name.startswith(folder) for name in names):
            return kind
    if "meta-inf/manifest.xml" in names and "content.xml" in names:
        return "odf"
    named = claimed()
    return named if not names and named in ("docx", "xlsx", "pptx", "ofd") else "zip"


def _ole_kind(body: bytes, claimed: Callable[[], str | None]) -> str:
    names = streams_of(body)
    for stream, kind in (("worddocument", "doc"), ("workbook", "xls"), ("book", "xls"), ("powerpoint document", "ppt")):
        if stream in names:
            return kind
    named = claimed()
    if "encryptedpackage" in names:
        return named if named in ("docx", "xlsx", "pptx") else "ole"
    return named if named in ("doc", "xls", "ppt") else "ole"


def _is_text(body: bytes) -> bool:
    head = body[:4096]
    return bool(head) and b"\x00" not in head and sum(byte < 9 or 13 < byte < 32 for byte in head) == 0


def _ending(name: str) -> str:
    last = name.strip().rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[-1].lower() if "." in last else ""


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""
