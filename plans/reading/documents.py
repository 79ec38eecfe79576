"""Which kind of file is this, and what paragraphs and table rows does it hold?"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from plans.reading.blocks import Block, bounded
from plans.reading.errors import PlanImportError
from plans.reading.office import read_docx, read_xlsx
from plans.reading.pdf import read_pdf
from plans.reading.plaintext import decode, looks_like_html, read_text
from plans.reading.webpage import read_html

MAX_BYTES: Final = 20_000_000  # plans with scanned seals reach 5 MB; a file of 50 MB is no plan
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and new ones behind a password
_PDF_HEAD_WITHIN: Final = 1024  # ISO 32000-1 appendix H: readers accept the header there
_OTHER_KINDS: Final[Mapping[bytes, str]] = MappingProxyType(
    {
        b"\x89PNG": "PNG",
        b"\xff\xd8\xff": "JPEG",
        b"GIF8": "GIF",
        b"II*\x00": "TIFF",
        b"Rar!": "RAR",
        b"7z\xbc": "7z",
    }
)


def read_document(body: bytes, name: str) -> tuple[Block, ...]:
    """The blocks of a document in its own order. The content decides what it is, `name` only where that leaves it
    open. Raises PlanImportError, and nothing else, whatever the bytes are."""
    if not body.strip(b"\x00 \t\r\n"):
        raise PlanImportError("文件是空的", "the file is empty")
    if len(body) > MAX_BYTES:
        raise PlanImportError(
            f"文件过大（{len(body) // 1_000_000} MB，上限 {MAX_BYTES // 1_000_000} MB）",
            f"the file is too large ({len(body) // 1_000_000} MB, at most {MAX_BYTES // 1_000_000} MB)",
        )
    try:
        blocks = tuple(bounded(_reader(body, name)(body)))
    except (RecursionError, MemoryError):
        raise PlanImportError("文件结构异常，无法读取", "the file is built too strangely to be read") from None
    if not blocks:
        raise PlanImportError("文件中没有文字", "the file holds no text")
    return blocks


def _reader(body: bytes, name: str) -> Callable[[bytes], Iterator[Block]]:
    suffix = PurePath(name.replace("\x00", "")).suffix.lower()
    if b"%PDF-" in body[:_PDF_HEAD_WITHIN]:
        return read_pdf
    if body.startswith(b"PK\x03\x04"):
        return _zipped(body, suffix)
    if body.startswith(_OLE):
        raise PlanImportError(
            "文件有密码保护，或是旧版 Office 格式（.doc、.xls）；请去掉密码或另存为 .docx、.xlsx",
            "protected by a password, or an old Office format: save it as .docx or .xlsx without a password",
        )
    for head, kind in _OTHER_KINDS.items():
        if body.startswith(head):
            raise PlanImportError(f"这是 {kind} 文件，不是文字文档", f"this is a {kind} file, not a text document")
    if suffix in (".pdf", ".docx", ".xlsx"):
        raise PlanImportError(f"文件已损坏：不是有效的 {suffix} 文件", f"damaged: not a valid {suffix} file")
    return _as_html if suffix in (".html", ".htm") or looks_like_html(body) else _as_text


def _zipped(body: bytes, suffix: str) -> Callable[[bytes], Iterator[Block]]:
    if b"word/document" in body and suffix != ".xlsx":
        return read_docx
    if b"xl/workbook" in body or suffix == ".xlsx":
        return read_xlsx
    return read_docx


def _as_html(body: bytes) -> Iterator[Block]:
    return read_html(decode(body))


def _as_text(body: bytes) -> Iterator[Block]:
    return read_text(decode(body))
