"""Bytes of a .txt, .md or .tsv file -> paragraphs and rows, in the ways in which tables are saved as text."""

import codecs
import re
from collections.abc import Iterator
from typing import Final

from plans.reading.blocks import Block, Paragraph, Row, clean
from plans.reading.errors import PlanImportError
from plans.reading.headers import is_header_cell
from plans.reading.streams import rows_of_cells

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAX_BAD_SHARE: Final = 0.02  # a few broken signs are bearable, every fiftieth is another encoding or no text
_MARKUP = re.compile(r"</?(?:p|br|td|tr|div|span|b|strong|font)(?:\s[^<>]{0,200})?/?>", re.I)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.I)
_BREAK: Final = "\v"
_MARKDOWN_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_BOLD = re.compile(r"\*\*|__")
_HEADING = re.compile(r"#{1,6}\s+")
_BOOKMARK = re.compile(r"\[bookmark:[^\[\]]{0,80}\]\s*")
_PIPES_ALONE: Final = 6  # so many lines of nothing but "|" are a table saved one cell a line
_TABS_AHEAD: Final = 4  # the same for lines that begin with their only tab
_TERMINAL = "。；！？.;!?”"


def decode(body: bytes) -> str:
    """Text from UTF-8, UTF-16 or GB18030, with or without BOM; a file that mixes UTF-8 and GB18030 is read line
    by line. Raises PlanImportError where it is no text."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _checked(body[len(bom) :].decode(encoding, "replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(body.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _checked("\n".join(_decode_line(line) for line in body.split(b"\n")))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("gb18030", "replace")


def _checked(text: str) -> str:
    bad = text.count("\ufffd") + sum(text.count(chr(code)) for code in range(9))
    if bad > len(text) * _MAX_BAD_SHARE + 2:
        raise PlanImportError(
            "文件不是文字，或编码不是 UTF-8、GB18030", "no text, or in an encoding other than UTF-8 and GB18030"
        )
    return text


def looks_like_html(body: bytes) -> bool:
    head = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<table", b"<body", b"<div", b"<head"))


def read_text(text: str) -> Iterator[Block]:
    """Paragraphs and rows, in order. Tables are recognised as: lines with tabs (a row), lines that begin with their
    only tab (a cell), lines with bars (a row), and lines between lines of a lone bar (a cell)."""
    lines = [_plain_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if sum(line.strip() in ("|", "｜") for line in lines) >= _PIPES_ALONE and not any(
        _has_bars(line) for line in lines
    ):
        yield from _bar_cells(lines)
    elif any(_has_bars(line) for line in lines):
        yield from _bar_rows(lines)
    else:
        yield from _tabbed(lines)


def _plain_line(line: str) -> str:
    line = _LINE_BREAK.sub(_BREAK if "|" in line or "\t" in line else " ", line) if "<" in line else line
    line = _BOOKMARK.sub("", _MARKUP.sub("", line)) if "<" in line or "[" in line else line
    line = _BOLD.sub("", line) if "**" in line or "__" in line else line
    return _HEADING.sub("", line, count=1) if line.lstrip().startswith("#") else line


def _has_bars(line: str) -> bool:
    return line.count("|") >= 2 and len(line.replace("|", "").strip()) > 1


def _bar_rows(lines: list[str]) -> Iterator[Block]:
    for line in lines:
        if _MARKDOWN_RULE.fullmatch(line.strip()):
            continue
        if _has_bars(line):
            bare = line.strip()
            cells = [clean(cell.replace(_BREAK, "\n")) for cell in bare.removeprefix("|").split("|")]
            yield Row(tuple(cells))
        elif line.strip("| \t"):
            yield from _paragraph(line.replace("|", " "))


def _bar_cells(lines: list[str]) -> Iterator[Block]:
    """A table saved as one cell a line with a lone bar between; two bars in a row end a row, where it has them."""
    before, cells, current = True, [], list[str]()
    for line in lines:
        if line.strip() in ("|", "｜"):
            before = False
            cells.append(clean("\n".join(current)))
            current = []
        elif before and not is_header_cell(line):
            yield from _paragraph(line)
        else:
            current.append(line)
    cells.append(clean("\n".join(current)))
    yield from rows_of_cells(cells)


def _tabbed(lines: list[str]) -> Iterator[Block]:
    ahead = sum(line.startswith("\t") and line.count("\t") == 1 for line in lines)
    inside = sum("\t" in line.strip(" \t") for line in lines)
    if ahead >= _TABS_AHEAD and ahead > inside:
        yield from _tab_cells(lines)
        return
    for line in lines:
        if "\t" in line.strip(" \t") or (inside and line.startswith("\t") and line.strip()):
            yield Row(tuple(clean(cell.replace(_BREAK, "\n")) for cell in line.split("\t")))
        else:
            yield from _paragraph(line)


def _tab_cells(lines: list[str]) -> Iterator[Block]:
    """A table saved as one cell a line, each behind a tab; a line without a tab goes on with its cell."""
    first = next(index for index, line in enumerate(lines) if line.startswith("\t"))
    last = max(index for index, line in enumerate(lines) if line.startswith("\t"))
    for line in lines[:first]:
        yield from _paragraph(line)
    cells: list[str] = []
    for line in lines[first : last + 1]:
        if line.startswith("\t"):
            cells.append(line[1:])
        else:
            cells[-1] += "\n" + line
    yield from rows_of_cells([clean(cell) for cell in cells])
    for line in lines[last + 1 :]:
        yield from _paragraph(line)


def _paragraph(line: str) -> Iterator[Paragraph]:
    text = clean(line.strip().lstrip("?") if line.lstrip().startswith("??") else line)
    if text:
        yield Paragraph(text)
