"""Writes a document in every form, the PDF among them where a browser is at hand."""

from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from crawler.browser_path import find_browser
from reports.document import Document
from reports.forms import write_forms
from reports.printing import PrintingError, to_pdf, to_pdfs


def write_all(
    document: Document, out: Path, stem: str, docx: bytes | None = None, other: Document | None = None
) -> tuple[Path, ...]:
    """`stem`.html, .docx, .xlsx, .json, .csv and, with a browser, .pdf. `docx` and `other` as in `write_forms`.
    Raises OSError."""
    files = write_forms(document, out, stem, docx, other)
    return (*files, *print_page(out / f"{stem}.html"))


def print_page(page: Path, annex: Sequence[Callable[[int], str]] = ()) -> tuple[Path, ...]:
    """The PDF of an HTML report beside it, with an annex as in `to_pdf`. Without a browser there is none, and a line
    on stderr says what to install."""
    pdf = page.with_suffix(".pdf")
    try:
        to_pdf(page, pdf, find_browser(), annex)
    except PrintingError as error:
        pdf.unlink(missing_ok=True)  # of an earlier run: it would contradict the other forms
        typer.echo(str(error), err=True)
        return ()
    return (pdf,)


def print_pages(pages: Sequence[Path]) -> tuple[Path, ...]:
    """The PDFs of many HTML pages beside them, as `print_page` makes one."""
    try:
        return to_pdfs(pages, find_browser())
    except PrintingError as error:
        for page in pages:
            page.with_suffix(".pdf").unlink(missing_ok=True)
        typer.echo(str(error), err=True)
        return ()
