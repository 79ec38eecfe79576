"""A document as a workbook: one sheet a table, frozen heads, filters, statuses in colour and in words."""

import datetime as dt
import io
import re
from collections.abc import Iterable
from math import ceil
from typing import Any, Final

import xlsxwriter

from checks.verdict import Status
from reports.cells import RIGHT, SHORT, is_text, room, shown, width_of
from reports.document import Cell, Column, Document, Kind, Table
from reports.links import printable, web_link
from reports.texts import Lang, Texts, texts

_LINE: Final = 15  # points of height that a line of a cell takes
_LETTER: Final = 0.85  # of a digit's width, by which columns are measured, in the typefaces of office programs
_HAN: Final = 2.1  # the same of a Chinese character
_MOST_LINES: Final = 26  # Excel takes 409 points
_FILTER_BUTTON: Final = 3  # characters that the button in a head takes
_FRONT: Final = 90  # characters of the first sheet's lines
_MAX_CELL: Final = 32_000  # Excel takes 32,767 characters in a cell
_MAX_ROWS: Final = 1_048_000  # and 1,048,576 rows in a sheet
_FILLS: Final = {
    Status.ON_TIME: "#E4F1E8",
    Status.LATE: "#FDEDC8",
    Status.OVERDUE: "#FBD3BD",
    Status.MISSING: "#F4B6B6",
    Status.INCONCLUSIVE: "#E3E6EA",
    Status.MANUAL: "#E2E7F7",
}
_FORMATS: Final = {Kind.POINTS: "0.00", Kind.SHARE: "0.0%", Kind.NUMBER: "0"}


def to_xlsx(document: Document) -> bytes:
    """The workbook. Texts are written as texts: none becomes a formula or a link that we did not make."""
    t = texts(Lang.EN if document.lang == "en" else Lang.ZH)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": printable(document.title), "created": dt.datetime(2000, 1, 1)})  # same bytes
        _front(book, document, t)
        used = {t("page.front")}
        for table in document.tables:
            _sheet(book, table, _sheet_name(table.title, used), t)
    return out.getvalue()


def _front(book: Any, document: Document, t: Texts) -> None:  # noqa: ANN401 - xlsxwriter has no types
    sheet = book.add_worksheet(t("page.front"))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, _FRONT)
    _paper(sheet)
    sheet.write_string(0, 0, printable(document.title), book.add_format({"bold": True, "font_size": 16}))
    row = 2
    criteria = ((t.entries.get(f"criteria.{name}", name), value) for name, value in document.criteria)
    for name, value in (*document.facts, *criteria):
        sheet.write_string(row, 0, printable(name), bold)
        sheet.write_string(row, 1, printable(value), wrap)
        row += 1
    for section in document.sections:
        lines = (*section.paragraphs, *section.points)
        if lines:
            row += 1
            sheet.write_string(row, 0, printable(section.title), bold)
            for line in lines:
                row += 1
                sheet.write_string(row, 1, printable(line)[:_MAX_CELL], wrap)
                _heighten(sheet, row, [(line, _FRONT)])
            row += 1


def _sheet(book: Any, table: Table, name: str, t: Texts) -> None:  # noqa: ANN401
    sheet = book.add_worksheet(name)
    heading = {"bold": True, "bg_color": "#E7E9EC", "text_wrap": True, "valign": "vcenter", "bottom": 1}
    heads = {
        right: book.add_format(heading | {"align": "right"} if right else heading | {"align": "left", "indent": 1})
        for right in (True, False)
    }
    figure = {"valign": "top", "align": "right"}
    formats = {kind: book.add_format(figure | {"num_format": code}) for kind, code in _FORMATS.items()}
    formats[Kind.DATE] = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left", "indent": 1})
    formats[Kind.LINK] = book.add_format(
        {"font_color": "#1D4F80", "underline": 1, "valign": "top", "align": "left", "indent": 1}
    )
    text = book.add_format({"text_wrap": True, "valign": "top", "align": "left", "indent": 1})
    widths = _widths(table, t)
    for i, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, column.head, heads[column.kind in RIGHT])
    _heighten(sheet, 0, [(c.head, w - _FILTER_BUTTON) for c, w in zip(table.columns, widths, strict=True)])
    wrapped = [i for i, column in enumerate(table.columns) if column.kind is Kind.TEXT]
    for number, row in enumerate(table.rows[:_MAX_ROWS], start=1):
        for i, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write(sheet, number, i, cell, column, formats.get(column.kind, text), text, t)
        _heighten(sheet, number, [(str(row[i]), widths[i] + 1) for i in wrapped if row[i]])
    if not table.rows:
        sheet.write_string(1, 0, table.empty)  # not wrapped: it runs on into the empty cells beside it
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    _colour(book, sheet, table, t)
    if table.is_wide:
        sheet.set_landscape()
    _paper(sheet)
    sheet.repeat_rows(0)


def _widths(table: Table, t: Texts) -> list[int]:
    """Of each column in characters, with the button in its head."""
    widest = [
        max(c.width, SHORT) if is_text(c) else need for c, need in zip(table.columns, room(table, t), strict=True)
    ]
    return [min(need, most) + _FILTER_BUTTON for need, most in zip(room(table, t), widest, strict=True)]


def _heighten(sheet: Any, row: int, cells: Iterable[tuple[str, int]]) -> None:  # noqa: ANN401
    """Room for the wrapped lines of (text, width in characters): not every office program finds it by itself."""
    lines = max((ceil(_digits(text) / max(width, 1)) for text, width in cells), default=1)
    if lines > 1:
        sheet.set_row(row, _LINE * min(lines, _MOST_LINES))


def _digits(text: str) -> float:
    wide = width_of(text) - len(text)
    return _HAN * wide + _LETTER * (len(text) - wide)


def _paper(sheet: Any) -> None:  # noqa: ANN401
    """A4, as wide as the page, with the sheet's name and page numbers at the foot."""
    sheet.set_paper(9)
    sheet.set_margins(0.5, 0.5, 0.6, 0.7)  # inches
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def _write(sheet: Any, row: int, column: int, cell: Cell, of: Column, style: Any, text: Any, t: Texts) -> None:  # noqa: ANN401, PLR0917
    if cell is None:
        sheet.write_string(row, column, t("none"), style if of.kind in RIGHT else text)
    elif isinstance(cell, bool | Status | dt.datetime):
        sheet.write_string(row, column, shown(cell, of.kind, t), text)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), style)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, style)
    elif of.kind is Kind.LINK and (link := web_link(cell)) and len(link) <= 2_000:
        sheet.write_url(row, column, link, style, string=link[:255])
    else:
        sheet.write_string(row, column, shown(cell, of.kind, t)[:_MAX_CELL], text)


def _colour(book: Any, sheet: Any, table: Table, t: Texts) -> None:  # noqa: ANN401
    """Conditional colours: they follow when somebody sorts, filters or edits."""
    last = max(len(table.rows), 1)
    for i, column in enumerate(table.columns):
        if column.kind is Kind.STATUS:
            for status, fill in _FILLS.items():
                rule = {"type": "cell", "criteria": "==", "value": f'"{t(f"status.{status}")}"'}
                sheet.conditional_format(1, i, last, i, rule | {"format": book.add_format({"bg_color": fill})})


def _sheet_name(title: str, used: set[str]) -> str:
    """At most 31 characters, none of []:*?/\\, and every name once."""
    base = re.sub(r"[\[\]:*?/\\']", " ", printable(title)).strip()[:28] or "表"
    name, n = base, 2
    while name.casefold() in {each.casefold() for each in used}:
        name, n = f"{base}{n}", n + 1
    used.add(name)
    return name
