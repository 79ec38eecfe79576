"""A web page or an HTML export -> paragraphs and rows."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from plans.reading.blocks import Block, Paragraph, Row, clean
from plans.reading.errors import PlanImportError
from plans.reading.grid import Cell, rows_of_grid

_HIDDEN = ("script", "style", "noscript", "template", "head", "svg", "select", "iframe")
_BREAKING = re.compile(
    "address|article|blockquote|body|br|center|d[dlt]|div|fieldset|figure|footer|form|h[1-6r]|header|html|li|main|nav|"
    "ol|p|pre|section|t(?:able|body|d|foot|h|head|r)|ul"
)


MAX_CHARS: Final = 5_000_000  # the parser takes a second for each million


def read_html(text: str) -> Iterator[Block]:
    """Blocks in page order. A table inside which stands no other is data; the others are layout. Raises
    PlanImportError where the page is too large."""
    if len(text) > MAX_CHARS:
        raise PlanImportError("网页过大，请另存为文字或 Word 文档", "the page is too large: save it as text or .docx")
    soup = BeautifulSoup(text, "html.parser")
    for hidden in soup(list(_HIDDEN)):
        if not hidden.decomposed:
            hidden.decompose()
    tables = {id(table) for table in soup("table") if table.find("table") is None and len(table("tr")) > 1}
    yield from _walk(soup, tables)


def _walk(soup: BeautifulSoup, tables: set[int]) -> Iterator[Block]:
    """Without recursion: pages nest as deep as they like."""
    run: list[str] = []
    node: PageElement | None = soup.contents[0] if soup.contents else None
    while node is not None:
        if isinstance(node, Tag) and id(node) in tables:
            yield from _paragraph(run)
            yield from _rows(node)
            node = _after(node)
            continue
        if isinstance(node, Tag) and _BREAKING.fullmatch(node.name):
            yield from _paragraph(run)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            run.append(str(node))
            if _closes_block(node):
                yield from _paragraph(run)
        node = node.next_element
    yield from _paragraph(run)


def _after(tag: Tag) -> PageElement | None:
    """What follows the element and all that is in it."""
    node: PageElement | None = tag
    while node is not None and node.next_sibling is None:
        node = node.parent
    return None if node is None else node.next_sibling


def _closes_block(text: NavigableString) -> bool:
    """Whether a block's end tag comes straight after this text."""
    node: PageElement = text
    while node.next_sibling is None and node.parent is not None:
        node = node.parent
        if _BREAKING.fullmatch(node.name):
            return True
    return False


def _paragraph(run: list[str]) -> Iterator[Paragraph]:
    text = clean(" ".join("".join(run).split()))
    run.clear()
    if text:
        yield Paragraph(text, whole=True)


def _rows(table: Tag) -> Iterator[Row]:
    return rows_of_grid([_cell(td) for td in tr(["td", "th"])] for tr in table("tr"))


def _cell(tag: Tag) -> Cell:
    for brk in tag("br"):
        brk.replace_with("\n")
    parts = [" ".join(p.get_text().split()) for p in tag("p")] or [
        " ".join(line.split()) for line in tag.get_text().split("\n")
    ]
    text = clean("\n".join(part for part in parts if part))
    return Cell(text, _span(tag.get("colspan")), _span(tag.get("rowspan")))


def _span(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 5 else 1
