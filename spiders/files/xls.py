"""Excel 97 and older (and WPS's .et, which is the same): all sheets as tables."""

import io
from collections.abc import Iterator
from typing import Any, Final

import xlrd
from xlrd.xldate import xldate_as_datetime

from db.facts import FileOutcome
from spiders.files.contents import MAX_COLUMNS, Contents, EndedError, Source
from spiders.files.merges import Merge, spread
from spiders.files.ole import OleSource
from spiders.files.xlsx import MAX_MERGES, MAX_SHEETS, cell_text

_ERROR: Final = 5  # xlrd.XL_CELL_ERROR: #N/A and its like
_DATE: Final = 3
_BOOLEAN: Final = 4


def read(source: Source, contents: Contents) -> None:
    """Raises EndedError where the book is encrypted or too large, and xlrd's own errors where it is broken."""
    container = OleSource(source.body) if source.body.startswith(b"\xd0\xcf\x11\xe0") else None
    if container is not None:
        contents.date(container.created())
    book = _opened(source.body)
    for index in range(min(book.nsheets, MAX_SHEETS)):
        sheet = book.sheet_by_index(index)
        if book.nsheets > 1 and sheet.nrows:
            contents.say(sheet.name)
        merges = [
            Merge(top, left, bottom - 1, min(right, MAX_COLUMNS) - 1)
            for top, bottom, left, right in sheet.merged_cells[:MAX_MERGES]
            if left < MAX_COLUMNS
        ]
        contents.add_table(spread(_rows(book, sheet), merges))
    if book.nsheets > MAX_SHEETS:
        raise EndedError(FileOutcome.TOO_LARGE)


def _opened(body: bytes) -> Any:  # noqa: ANN401 - xlrd has no types
    """With formats, for merged cells are among them; without, where these are damaged."""
    for formats in (True, False):
        try:
            # ragged rows: a cell in the last line of an empty sheet shall not fill the memory
            return xlrd.open_workbook(
                file_contents=body, logfile=io.StringIO(), formatting_info=formats, ragged_rows=True
            )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).lower():
                raise EndedError(FileOutcome.ENCRYPTED) from None
        except Exception:  # noqa: BLE001, S110 - xlrd asserts and indexes its way through hostile bytes
            pass
    raise EndedError(FileOutcome.BROKEN)


def _rows(book: Any, sheet: Any) -> Iterator[list[str]]:  # noqa: ANN401 - xlrd has no types
    for number in range(sheet.nrows):
        yield [_text(cell, book.datemode) for cell in sheet.row(number)[:MAX_COLUMNS]]


def _text(cell: Any, datemode: int) -> str:  # noqa: ANN401 - xlrd has no types
    if cell.ctype == _DATE:
        try:
            return cell_text(xldate_as_datetime(cell.value, datemode))
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return cell_text(cell.value)
    if cell.ctype == _BOOLEAN:
        return cell_text(bool(cell.value))
    return "" if cell.ctype == _ERROR else cell_text(cell.value)
