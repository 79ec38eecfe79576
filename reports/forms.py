"""A document in every form that an office works with, written as one set."""

from pathlib import Path

from reports.cells import shown
from reports.document import Document, Table, to_json
from reports.docx_form import to_docx
from reports.html_form import to_html
from reports.switching import drop_stale_page, other_page
from reports.tables import csv_text
from reports.texts import Lang, Texts, texts
from reports.writing import replace_files
from reports.xlsx_form import to_xlsx


def write_forms(
    document: Document, out: Path, stem: str, docx: bytes | None = None, other: Document | None = None
) -> tuple[Path, ...]:
    """Write `stem`.html, the office forms and one CSV a table (stem-table.csv) into `out`: all or none. `docx` is the
    Word form of a product that makes its own; `other` is the same document in the other language, written as a page
    beside the first, each with a link to the other. The files' paths. Raises OSError."""
    lang = Lang.EN if document.lang == "en" else Lang.ZH
    t = texts(lang)
    files = _pages(document, other, out, stem, lang) | office_forms(document, out, stem, docx)
    for table in document.tables:
        files[out / f"{stem}-{table.id}.csv"] = _csv(table, t).encode("utf-8-sig", "replace")
    replace_files(files)
    drop_stale_page(out, stem, lang)
    return tuple(files)


def _pages(document: Document, other: Document | None, out: Path, stem: str, lang: Lang) -> dict[Path, bytes]:
    main, beside = f"{stem}.html", other_page(stem, lang)
    pages = {out / main: to_html(document, None if other is None else beside)}
    if other is not None:
        pages[out / beside] = to_html(other, main)
    return {path: page.encode("utf-8", "replace") for path, page in pages.items()}


def office_forms(document: Document, out: Path, stem: str, docx: bytes | None = None) -> dict[Path, bytes]:
    """`stem`.docx, .xlsx and .json as they are to be written into `out`."""
    return {
        out / f"{stem}.docx": to_docx(document) if docx is None else docx,
        out / f"{stem}.xlsx": to_xlsx(document),
        out / f"{stem}.json": to_json(document).encode("utf-8", "replace"),
    }


def _csv(table: Table, t: Texts) -> str:
    heads = [column.head for column in table.columns]
    rows = [
        [shown(cell, c.kind, t) if cell is not None else None for cell, c in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    return csv_text([heads, *rows])
