"""One attachment in, what it says out, whatever its kind."""

import re
from importlib import import_module
from typing import Final

from db.facts import FileOutcome, FileRead
from spiders.files.contents import MAX_BYTES, Contents, EndedError, Source
from spiders.files.kinds import is_text, kind_of, named_kind
from spiders.files.ole import streams_of

# The reader of each kind; loaded when it is needed, for the libraries behind them take longer than most files.
_READERS: Final = {
    "pdf": "spiders.files.pdf",
    "docx": "spiders.files.docx",
    "doc": "spiders.files.doc",
    "xlsx": "spiders.files.xlsx",
    "xls": "spiders.files.xls",
    "xmlss": "spiders.files.xmlss",
    "csv": "spiders.files.plaintext",
    "txt": "spiders.files.plaintext",
    "rtf": "spiders.files.rtf",
    "html": "spiders.files.webpage",
    "mht": "spiders.files.webpage",
    "zip": "spiders.files.archive",
    "ofd": "spiders.files.ofd",
    "pptx": "spiders.files.pptx",
}
_NOTICE: Final = 400  # characters; the error texts that spiders.outcome knows are shorter
_PACKED: Final = frozenset({"docx", "xlsx", "pptx", "ole"})  # with a password they lie in an OLE container
_CHARSET = re.compile(r"charset=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)


def read_file(name: str, url: str, content_type: str | None, body: bytes) -> FileRead:
    """What a file says; `content_type` as the server named it. Never raises: a file that cannot be read to its end
    is BROKEN, ENCRYPTED, SCANNED or TOO_LARGE and bears what could be read. `evidence` is left to the caller.

    The bounds of `spiders.files.contents` limit what is read; for hostile bytes see `read_apart`.
    """
    return read_member(name, url, content_type, body, 0)


def read_member(name: str, url: str, content_type: str | None, body: bytes, depth: int) -> FileRead:
    """The same for a file that `depth` archives hold."""
    if len(body) > MAX_BYTES:
        return FileRead(name, url, named_kind(name, url, content_type) or "unknown", FileOutcome.TOO_LARGE)
    kind = kind_of(name, url, content_type, body)
    found = _CHARSET.search(content_type or "")
    contents = Contents()
    outcome = _read(Source(name, url, body, kind, found.group(1) if found else None, depth), contents)
    if outcome is FileOutcome.READ and _is_disguised(kind, named_kind(name, url, content_type), contents):
        outcome = FileOutcome.BROKEN
    return FileRead(name, url, kind, outcome, contents.text, contents.tables, contents.created)


def _read(source: Source, contents: Contents) -> FileOutcome:
    if not source.body:
        return FileOutcome.BROKEN
    if source.kind == "image":
        return FileOutcome.SCANNED
    if source.kind in _PACKED and "encryptedpackage" in streams_of(source.body):
        return FileOutcome.ENCRYPTED
    module = _READERS.get(source.kind)
    if module is None:
        promised = source.kind == "unknown" and named_kind(source.name, source.url, None)
        return FileOutcome.BROKEN if promised else FileOutcome.UNSUPPORTED
    try:
        import_module(module).read(source, contents)
    except EndedError as ended:
        return ended.outcome
    except Exception:  # noqa: BLE001 - the libraries raise whatever their parsing of hostile bytes runs into
        return FileOutcome.BROKEN
    return FileOutcome.READ


def _is_disguised(kind: str, claimed: str | None, contents: Contents) -> bool:
    """Whether a web page or a text stands where a document was promised: an error page under a file's name. Excel and
    Word files that systems export as HTML pass when they hold a table or more than a notice."""
    if not is_text(kind) or claimed is None or is_text(claimed):
        return False
    exported = claimed in ("xls", "doc", "xlsx", "docx") and kind == "html"
    return not (exported and (contents.tables or len(contents.text) >= _NOTICE))
