"""A .docx or .xlsx file -> paragraphs and rows."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

import docx
from docx.oxml.table import CT_Tbl, CT_Tc
from docx.oxml.text.paragraph import CT_P
from openpyxl import load_workbook

from plans.reading.blocks import Block, Paragraph, Row, bounded, clean
from plans.reading.errors import PlanImportError
from plans.reading.grid import Cell, rows_of_grid
from plans.reading.numbering import Numbering

MAX_UNPACKED: Final = 200_000_000  # bytes; ten times the largest file taken, far beyond any plan
MAX_COLUMNS: Final = 40
MAX_EMPTY_ROWS: Final = 1_000  # in a run; what comes after so many is a forgotten sign at the sheet's end


def read_docx(body: bytes) -> Iterator[Block]:
    """Paragraphs (with the numbers that Word counts by itself) and table rows. Raises PlanImportError."""
    _check_archive(body, "docx")
    try:
        yield from list(_docx_blocks(body))
    except Exception as error:
        raise _broken("docx") from error


def _docx_blocks(body: bytes) -> Iterator[Block]:
    document = docx.Document(io.BytesIO(body))
    numbering = Numbering(document)
    for element in document.element.body.iterchildren():
        if isinstance(element, CT_P):
            text = clean(numbering.label(element) + _text(element))
            if text:
                yield Paragraph(text, whole=True)
        elif isinstance(element, CT_Tbl):
            yield from rows_of_grid([_cell(tc, numbering) for tc in tr.tc_lst] for tr in element.tr_lst)


def _text(paragraph: CT_P) -> str:
    return "".join(run.text for run in paragraph.r_lst) if not paragraph.hyperlink_lst else paragraph.text


def _cell(tc: CT_Tc, numbering: Numbering) -> Cell:
    if tc.vMerge == "continue":
        return Cell("", tc.grid_span)
    texts = (clean(numbering.label(p) + _text(p)) for p in tc.p_lst)
    return Cell("\n".join(text for text in texts if text), tc.grid_span)


def read_xlsx(body: bytes) -> Iterator[Block]:
    """The rows of all visible sheets. Raises PlanImportError."""
    _check_archive(body, "xlsx")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on styles and extensions that it leaves out
            yield from list(_xlsx_rows(body))
    except PlanImportError:
        raise
    except Exception as error:
        raise _broken("xlsx") from error


def _xlsx_rows(body: bytes) -> Iterator[Block]:
    book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield from bounded(_filled(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)))


def _filled(rows: Iterable[tuple[object, ...]]) -> Iterator[Row]:
    empty = 0
    for values in rows:
        cells = tuple("" if value is None else clean(str(value)) for value in values)
        empty = 0 if any(cells) else empty + 1
        if empty > MAX_EMPTY_ROWS:
            return
        if not empty:
            yield Row(cells)


def _check_archive(body: bytes, kind: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, LookupError) as error:
        raise _broken(kind) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise PlanImportError("文件有密码保护，请去掉密码后再导入", "protected by a password: remove it first")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise PlanImportError("文件解压后过大，不像一份工作要点", "unpacks to far more than any plan holds")


def _broken(kind: str) -> PlanImportError:
    return PlanImportError(f"文件已损坏，或不是 {kind} 文件", f"damaged, or no {kind} file")
