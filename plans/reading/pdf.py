"""A PDF with text -> paragraphs (lines joined again) and rows of its ruled tables."""

import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from plans.reading.blocks import Block, Paragraph, Row, clean
from plans.reading.errors import PlanImportError
from plans.reading.outline import marker

MAX_PAGES: Final = 300  # the longest plans with their tables have 60
MAX_OBJECTS: Final = 30_000  # signs and lines of a page; a full page of a plan has 2,000
_INDENT: Final = 1.2  # a line that begins more than so many characters right of the margin begins a paragraph
_SHORT: Final = 2.5  # a line that ends more than so many characters left of the margin ends one


def read_pdf(body: bytes) -> Iterator[Block]:
    """Raises PlanImportError where the file is damaged, protected, or holds pictures of pages alone."""
    try:
        blocks = _blocks(body)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise _protected() from None
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, (PDFPasswordIncorrect, PDFEncryptionError)):
            raise _protected() from None
        raise _broken() from None
    except PlanImportError:
        raise
    except Exception as error:
        raise _broken() from error
    if not blocks:
        raise PlanImportError(
            "PDF 中没有文字（可能是扫描件），请先作文字识别（OCR）或改用文字版",
            "the PDF holds no text (scanned pages?): run OCR first or use the text version",
        )
    yield from blocks


def _blocks(body: bytes) -> list[Block]:
    found: list[Block] = []
    with pdfplumber.open(io.BytesIO(body)) as pdf:
        if len(pdf.pages) > MAX_PAGES:
            raise PlanImportError(f"PDF 超过 {MAX_PAGES} 页，请只导入计划本身", f"more than {MAX_PAGES} pages")
        for page in pdf.pages:
            found += _page(page)
            page.close()
    return found


def _page(page: Page) -> Iterator[Block]:
    """The page's blocks from top to bottom."""
    if sum(map(len, page.objects.values())) > MAX_OBJECTS:
        raise PlanImportError("PDF 页面过于复杂，请改用文字版", "a PDF page is too complex: use the text version")
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    top = page.bbox[1]
    for table in tables:
        yield from _paragraphs(_between(page, top, table.bbox[1]))
        for row in table.extract():
            cells = tuple(_cell(cell) for cell in row)
            if any(cells):
                yield Row(cells)
        top = max(top, table.bbox[3])
    yield from _paragraphs(_between(page, top, page.bbox[3]))


def _between(page: Page, top: float, bottom: float) -> list[dict[str, Any]]:
    if bottom - top < 1:
        return []
    part = page.crop((page.bbox[0], top, page.bbox[2], bottom), strict=False)
    return list(part.extract_text_lines(return_chars=False))


def _cell(text: str | None) -> str:
    """Lines of a cell are wrapped; a numbered item begins a paragraph of its own."""
    joined = ""
    for line in (text or "").split("\n"):
        joined += ("\n" if joined and marker(line) else "") + clean(line)
    return joined


def _paragraphs(lines: Sequence[dict[str, Any]]) -> Iterator[Paragraph]:
    if not lines:
        return
    left = min(line["x0"] for line in lines)
    right = max(line["x1"] for line in lines)
    text = ""
    for line in lines:
        size = max(1.0, line["bottom"] - line["top"])
        if text and line["x0"] > left + _INDENT * size:
            yield Paragraph(text, whole=True)
            text = ""
        text = clean(text + line["text"])
        if text and line["x1"] < right - _SHORT * size:
            yield Paragraph(text, whole=True)
            text = ""
    if text:
        yield Paragraph(text)


def _protected() -> PlanImportError:
    return PlanImportError("PDF 有密码保护，请去掉密码后再导入", "the PDF is protected by a password: remove it first")


def _broken() -> PlanImportError:
    return PlanImportError("PDF 已损坏，无法读取", "the PDF is damaged")
