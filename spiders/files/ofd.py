"""OFD, the national standard for fixed documents (GB/T 33190): the text of the pages, line by line."""

import re
from typing import Final

from lxml.etree import _Element

from db.facts import FileOutcome
from spiders.files.contents import MAX_PAGES, Contents, EndedError, Source
from spiders.files.xml import iso_text, local, parsed
from spiders.files.zips import ZipSource

_PAGE = re.compile(r"doc_(\d{1,4})/pages/page_(\d{1,5})/content\.xml")
_LINE: Final = 1.0  # millimetres; text objects whose upper edges differ by less stand in one line


def read(source: Source, contents: Contents) -> None:
    """Raises EndedError where the file is broken, too large or made of pictures."""
    container = ZipSource(source.body)
    head = container.find("ofd.xml")
    for element in parsed(head).iter() if head else ():
        if local(element) == "CreationDate":
            contents.date(iso_text(element.text))
    found = [(match, name) for name in container.names if (match := _PAGE.search(name))]
    pages = sorted((int(match.group(1)), int(match.group(2)), name) for match, name in found)
    for _, _, name in pages[:MAX_PAGES]:
        contents.say(_text(parsed(container.find(name) or b"")))
    if len(pages) > MAX_PAGES:
        raise EndedError(FileOutcome.TOO_LARGE)
    if contents.says_little:
        raise EndedError(FileOutcome.SCANNED if pages else FileOutcome.BROKEN)


def _text(page: _Element) -> str:
    pieces: list[str] = []
    above: float | None = None
    for element in page.iter():
        if local(element) != "TextObject":
            continue
        top = _top(element)
        if pieces and (above is None or top is None or abs(top - above) > _LINE):
            pieces.append("\n")
        above = top
        pieces += [code.text or "" for code in element.iter() if local(code) == "TextCode"]
    return "".join(pieces)


def _top(element: _Element) -> float | None:
    parts = str(element.get("Boundary") or "").split()
    try:
        return float(parts[1]) if len(parts) == 4 else None
    except ValueError:
        return None
