"""The XML sheets of Excel 2003, which reporting systems write under the name .xls."""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from spiders.files.contents import MAX_COLUMNS, Contents, Source
from spiders.files.xml import iso_text, local, parsed

_SS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read(source: Source, contents: Contents) -> None:
    """Raises EndedError where the XML is broken or too large."""
    root = parsed(source.body)
    for element in root.iter():
        if local(element) == "Created":
            contents.date(iso_text(element.text))
        elif local(element) == "Table":
            contents.add_table(_rows(element))


def _rows(table: _Element) -> Iterator[list[str]]:
    for row in table.iterchildren():
        if local(row) != "Row":
            continue
        cells: list[str] = []
        for cell in row.iterchildren():
            if local(cell) == "Cell" and len(cells) < MAX_COLUMNS:
                cells += [""] * (_number(cell, "Index", 1) - 1 - len(cells))
                text = "".join(str(piece) for piece in cell.itertext())
                cells += [text] * (1 + _number(cell, "MergeAcross", 0))
        yield cells


def _number(cell: _Element, name: str, default: int) -> int:
    value = str(cell.get(f"{_SS}{name}") or "")
    return min(int(value), MAX_COLUMNS) if value.isascii() and value.isdigit() and len(value) < 6 else default
