"""Word 2007 and later: paragraphs and tables in the document's order, from its XML.

Read with lxml and not with python-docx: its cells cost the square of a table's rows.
"""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from db.facts import FileOutcome
from spiders.files.contents import MAX_COLUMNS, Contents, EndedError, Source
from spiders.files.xml import local, parsed, property_date
from spiders.files.zips import ZipSource

_DOCUMENT: Final = "word/document.xml"
# Deleted text, the instructions of fields, the second copy of drawings, the text behind its phonetic guide.
_SKIPPED: Final = frozenset({"del", "moveFrom", "instrText", "Fallback", "rt", "pPr", "rPr", "sectPr"})
_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(source: Source, contents: Contents) -> None:
    """Raises EndedError where the document is broken, encrypted, too large or made of pictures."""
    container = ZipSource(source.body)
    contents.date(property_date(container))
    body = container.find(_DOCUMENT) or _renamed(container)
    if body is None:
        raise EndedError(FileOutcome.BROKEN)
    root = parsed(body)
    for block in _blocks(root):
        if local(block) == "tbl":
            contents.add_table(_rows(block))
        else:
            contents.say(_text(block))
    if contents.says_little and any(name.startswith("word/media/") for name in container.names):
        raise EndedError(FileOutcome.SCANNED)


def _renamed(container: ZipSource) -> bytes | None:
    """WPS and some exporters number the main part: word/document2.xml."""
    names = [name for name in container.names if name.startswith("word/document") and name.endswith(".xml")]
    return container.find(names[0]) if names else None


def _blocks(root: _Element) -> Iterator[_Element]:
    """Paragraphs and outermost tables; text boxes are told with the paragraph that anchors them."""
    stack = [root]
    while stack:
        element = stack.pop()
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name not in _SKIPPED:
            stack.extend(reversed(element))


def _text(element: _Element) -> str:
    pieces: list[str] = []
    stack: list[_Element | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        name = local(node)
        if name in _SKIPPED:
            continue
        if name == "t":
            pieces.append(node.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        else:
            if name == "p" and node is not element:
                stack.append("\n")
            stack.extend(reversed(node))
    return "".join(pieces)


def _rows(table: _Element) -> Iterator[list[str]]:
    """The rows, merged cells told in each of their places. A table in a cell is part of the cell's text."""
    above: dict[int, str] = {}
    for row in _within(table, "tr"):
        cells: list[str] = []
        for cell in _within(row, "tc"):
            span, continues, begins = _merge(cell)
            column = len(cells)
            text = above.get(column, "") if continues else _text(cell)
            if begins or continues:
                above[column] = text
            else:
                above.pop(column, None)
            cells += [text] * min(span, max(0, MAX_COLUMNS - column))
        yield cells


def _within(element: _Element, name: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, also inside content controls, never those of inner tables."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        found = local(child)
        if found == name:
            yield child
        elif found in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            stack.extend(reversed(child))


def _merge(cell: _Element) -> tuple[int, bool, bool]:
    """How many columns a cell takes, whether it continues the one above, whether it begins such a run."""
    span, continues, begins = 1, False, False
    for properties in cell.iterchildren():
        if local(properties) != "tcPr":
            continue
        for each in properties.iterchildren():
            value = next((found for key, found in each.attrib.items() if str(key).endswith("}val")), None)
            if local(each) == "gridSpan" and value and str(value).isascii() and str(value).isdigit():
                span = max(1, min(int(str(value)[:4]), MAX_COLUMNS))
            elif local(each) == "vMerge":
                begins = value == "restart"
                continues = not begins
    return span, continues, begins
