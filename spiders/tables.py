"""The tables in an article's text: rows of cells, as they look to a reader.

Merged cells are told in each of their places; tables that only place things (one cell, or further tables around
which they stand) are none.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from lxml.html import HtmlElement

from db.facts import Table
from spiders.body import body_span
from spiders.document import Document
from spiders.visible import Line, is_hidden, view

MAX_TABLES: Final = 200  # of one article
MAX_ROWS: Final = 20_000  # of all its tables
MAX_COLUMNS: Final = 200
MAX_CELLS: Final = 400_000
MAX_CELL: Final = 2_000  # characters
_INVISIBLE: Final = frozenset({"script", "style", "noscript", "template", "select", "textarea"})
_ZERO_WIDTH: Final = dict.fromkeys((*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD))
_NO_BREAK: Final = frozenset(
    {
        "a",
        "b",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "label",
        "o:p",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
    }
)


def tables_on(document: Document) -> tuple[Table, ...]:
    """The tables in the text of a page whatever it is. Never raises."""
    page = view(document)
    start, end = body_span(page)
    return tables_in(page.lines[start:end])


def tables_in(lines: Sequence[Line]) -> tuple[Table, ...]:
    """The data tables to which these lines belong, in the page's order."""
    found: list[Table] = []
    room = _Room()
    for element in _elements(lines):
        rows = tuple(row for row in _rows(element, room) if any(row))
        if len(rows) > 1 or any(len(row) > 1 for row in rows):
            found.append(rows)
        if len(found) >= MAX_TABLES or room.is_full:
            break
    return tuple(found)


class _Room:
    """What may still be kept of a page's tables."""

    def __init__(self) -> None:
        self.rows, self.cells = MAX_ROWS, MAX_CELLS

    @property
    def is_full(self) -> bool:
        return self.rows <= 0 or self.cells <= 0

    def take(self, cells: int) -> None:
        self.rows -= 1
        self.cells -= cells


def _elements(lines: Sequence[Line]) -> list[HtmlElement]:
    """The innermost tables around the lines. A table around another one only places it."""
    tables: dict[HtmlElement, None] = {}
    last: HtmlElement | None = None
    for line in lines:
        if line.row is None or line.row.tag != "tr" or line.frame or line.row is last:
            continue
        last = line.row
        table = next(line.row.iterancestors("table"), None)
        if table is not None:
            tables[table] = None
    return [table for table in tables if next(table.iterdescendants("table"), None) is None or _is_data(table)]


def _is_data(table: HtmlElement) -> bool:
    """Whether a table with further tables in it holds more rows of several cells of its own than those."""
    own = [row for row in _own(table, "tr") if len(list(_own(row, "td", "th"))) > 1]
    inner = sum(1 for _ in table.iterdescendants("table"))
    return len(own) > max(2, inner)


def _rows(table: HtmlElement, room: _Room) -> Iterator[tuple[str, ...]]:
    held: dict[int, tuple[int, str]] = {}  # column -> for how many more rows a cell from above reaches down, its text
    for row in _own(table, "tr"):
        if room.is_full:
            return
        if is_hidden(row):
            continue
        cells: list[str] = []
        for cell in _own(row, "td", "th"):
            _take_held(cells, held)
            text = _text(cell)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for _ in range(min(across, MAX_COLUMNS - len(cells))):
                if down > 1:
                    held[len(cells)] = (down - 1, text)
                cells.append(text)
        _take_held(cells, held)
        room.take(len(cells))
        yield tuple(cells)


def _take_held(cells: list[str], held: dict[int, tuple[int, str]]) -> None:
    while len(cells) in held and len(cells) < MAX_COLUMNS:
        left, text = held.pop(len(cells))
        if left > 1:
            held[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "").strip()
    if not (value.isascii() and value.isdigit() and len(value) <= 6):
        return 1
    return min(int(value), MAX_ROWS) or (MAX_ROWS if name == "rowspan" else 1)  # 0: to the table's end


def _own(element: HtmlElement, *names: str) -> Iterator[HtmlElement]:
    """The rows of a table or the cells of a row, through tbody and forms, never those of an inner table."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag in names:
            yield child
        elif isinstance(child.tag, str) and child.tag not in ("table", "td", "th"):
            stack.extend(reversed(child))


def _text(cell: HtmlElement) -> str:
    """A cell's visible text on one line; what an inner table says is its own."""
    pieces: list[str] = []
    size = 0
    stack: list[HtmlElement | str] = [cell]
    while stack and size <= 2 * MAX_CELL:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            size += len(node)
            continue
        if node is not cell and node.tail:
            stack.append(node.tail)
        if not isinstance(node.tag, str) or node.tag in _INVISIBLE or is_hidden(node):
            continue
        if node is not cell and node.tag in ("table", "tr", "td", "th"):
            continue
        if node.tag not in _NO_BREAK and node is not cell:
            pieces.append(" ")
            stack.append(" ")
        stack.extend(reversed(node))
        if node.text:
            stack.append(node.text)
    return _folded("".join(pieces))[:MAX_CELL]


def _folded(text: str) -> str:
    return " ".join(text.translate(_ZERO_WIDTH).split())
