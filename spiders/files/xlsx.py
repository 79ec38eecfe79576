"""Excel 2007 and later: all sheets as tables, merged cells told in each place, the values that Excel last computed."""

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

import openpyxl
from openpyxl.utils.cell import range_boundaries

from db.facts import FileOutcome
from spiders.files.contents import MAX_COLUMNS, MAX_ROWS, Contents, EndedError, Source
from spiders.files.merges import Merge, spread
from spiders.files.xml import MAX_XML, property_date
from spiders.files.zips import ZipSource

MAX_SHEETS: Final = 200
MAX_MERGES: Final = 5_000  # of one sheet
MAX_LINES: Final = 3 * MAX_ROWS  # of one sheet, blank ones too; a cell in line 1,048,576 costs a second otherwise


def read(source: Source, contents: Contents) -> None:
    """Raises EndedError where the book is broken, encrypted, too large or made of pictures."""
    container = ZipSource(source.body)
    container.check_sizes()
    contents.date(property_date(container))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it does not know
        # read_only: a sheet is streamed; otherwise one merged range over all cells would fill the memory.
        book = openpyxl.load_workbook(io.BytesIO(source.body), read_only=True, data_only=True, keep_links=False)
        sheets: list[Any] = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
        for sheet in sheets[:MAX_SHEETS]:
            merges = _merges(container, str(getattr(sheet, "_worksheet_path", "")))
            if len(sheets) > 1:
                contents.say(str(sheet.title))
            contents.add_table(spread(_rows(sheet), merges))
    if len(sheets) > MAX_SHEETS:
        raise EndedError(FileOutcome.TOO_LARGE)
    if contents.says_little and any(name.startswith("xl/media/") for name in container.names):
        raise EndedError(FileOutcome.SCANNED)


def _rows(sheet: Any) -> Iterator[list[str]]:  # noqa: ANN401 - openpyxl's read-only sheets have no public type
    sheet.reset_dimensions()  # stated dimensions are often wrong, A1 alone among them
    for row in islice(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), MAX_LINES):
        width = len(row) if row.count(None) < len(row) else 0
        while width and row[width - 1] is None:
            width -= 1
        yield [cell_text(value) for value in row[:width]]


def cell_text(value: object) -> str:
    """A cell as a reader sees it: dates as ISO, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        whole = value.time() == dt.time()
        return value.date().isoformat() if whole else value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _merges(container: ZipSource, path: str) -> list[Merge]:
    """The merged ranges of a sheet; openpyxl's streaming mode leaves them out."""
    try:
        body = container.find(path.lstrip("/"))
    except EndedError:
        return []
    if body is None or len(body) > MAX_XML or b"mergeCell" not in body:
        return []
    ranges = re.findall(rb'<(?:\w{1,20}:)?mergeCell\s[^<>]{0,100}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"', body)
    return list(_bounded(ranges[:MAX_MERGES]))


def _bounded(ranges: Iterable[bytes]) -> Iterator[Merge]:
    for each in ranges:
        left, top, right, bottom = range_boundaries(each.decode("ascii"))
        if left and top and right and bottom and left <= MAX_COLUMNS:
            yield Merge(top - 1, left - 1, bottom - 1, min(right, MAX_COLUMNS) - 1)
