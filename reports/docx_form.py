"""A document as a Word file that an office can go on editing: real headings, real tables with repeated heads."""

import datetime as dt
import io
from typing import Any, Final

import vl_convert
from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from reports.cells import shown
from reports.document import Chart, Document, Kind, Section, Table
from reports.links import printable
from reports.texts import Lang, Texts, texts

_BODY_FONT, _HEAD_FONT = "仿宋", "黑体"  # of official documents (GB/T 9704): body in FangSong, headings in HeiTi
_MAX_ROWS: Final = 2_000  # more rows are for the workbook; a note says so
_RIGHT: Final = frozenset({Kind.NUMBER, Kind.POINTS, Kind.SHARE})


def to_docx(document: Document) -> bytes:
    """The file. Wide tables stand on landscape pages; charts are pictures with a description."""
    t = texts(Lang.EN if document.lang == "en" else Lang.ZH)
    word = WordDocument()
    _prepare(word)
    title = word.add_paragraph(printable(document.title), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, value in document.facts:
        line = word.add_paragraph()
        line.add_run(f"{printable(name)}：").bold = True
        line.add_run(printable(value))
    for section in document.sections:
        _section(word, section, t, indented=document.kind == "bulletin")
    for line_text in document.signed:
        word.add_paragraph(printable(line_text)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.core_properties.title = printable(document.title)[:250]
    word.core_properties.author = ""
    word.core_properties.created = word.core_properties.modified = dt.datetime(2000, 1, 1)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _prepare(word: Any) -> None:  # noqa: ANN401 - python-docx's document
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.6)
    page.top_margin = page.bottom_margin = Cm(2.5)
    for name, font, size in (("Normal", _BODY_FONT, 12), ("Title", _HEAD_FONT, 20), ("Heading 1", _HEAD_FONT, 15)):
        _font(word.styles[name], font, size)
    _font(word.styles["Heading 2"], _HEAD_FONT, 13)
    _page_numbers(page)


def _font(style: Any, name: str, size: int) -> None:  # noqa: ANN401
    style.font.name, style.font.size, style.font.color.rgb = "Times New Roman", Pt(size), RGBColor(0x1B, 0x21, 0x29)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)


def _page_numbers(page: Any) -> None:  # noqa: ANN401
    paragraph = page.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _section(word: Any, section: Section, t: Texts, *, indented: bool) -> None:  # noqa: ANN401
    if section.title:
        word.add_heading(printable(section.title), level=section.level)
    for text in section.paragraphs:
        paragraph = word.add_paragraph(printable(text))
        paragraph.paragraph_format.line_spacing = 1.5
        if indented:
            paragraph.paragraph_format.first_line_indent = Pt(24)
    for number, text in enumerate(section.points, start=1):
        word.add_paragraph(f"{number}. {printable(text)}").paragraph_format.line_spacing = 1.3
    for chart in section.charts:
        _picture(word, chart)
    for table in section.tables:
        _table(word, table, t)


def _picture(word: Any, chart: Chart) -> None:  # noqa: ANN401
    word.add_paragraph(printable(chart.title)).paragraph_format.keep_with_next = True
    shape = word.add_picture(io.BytesIO(vl_convert.svg_to_png(chart.svg, scale=2)), width=Cm(15.5))
    shape._inline.docPr.set("descr", printable(chart.description))


def _table(word: Any, table: Table, t: Texts) -> None:  # noqa: ANN401
    if table.is_wide:
        _turn(word, WD_ORIENT.LANDSCAPE)
    caption = word.add_paragraph(printable(table.title))
    caption.paragraph_format.keep_with_next = True
    caption.runs[0].bold = True
    if table.note:
        word.add_paragraph(printable(table.note))
    drawn = word.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    drawn.autofit = False
    widths = _widths(word.sections[-1], table)
    for drawn_column, width in zip(drawn.columns, widths, strict=True):
        drawn_column.width = width
    for cell, column, width in zip(drawn.rows[0].cells, table.columns, widths, strict=True):
        cell.width = width
        _fill(cell, column.head, bold=True)
    _repeat(drawn.rows[0])
    for row in table.rows[:_MAX_ROWS]:
        cells = drawn.add_row().cells
        for cell, column, value, width in zip(cells, table.columns, row, widths, strict=True):
            cell.width = width
            _fill(cell, shown(value, column.kind, t), right=column.kind in _RIGHT)
    if not table.rows:
        _fill(drawn.add_row().cells[0].merge(drawn.rows[-1].cells[-1]), table.empty)
    if len(table.rows) > _MAX_ROWS:
        word.add_paragraph(t("page.more_in_workbook", n=len(table.rows) - _MAX_ROWS))
    word.add_paragraph()
    if table.is_wide:
        _turn(word, WD_ORIENT.PORTRAIT)


def _widths(page: Any, table: Table) -> list[int]:  # noqa: ANN401
    """The page's width shared out as the columns ask; Word wants it at every cell."""
    room = page.page_width - page.left_margin - page.right_margin
    asked = sum(column.width for column in table.columns)
    return [room * column.width // asked for column in table.columns]


def _fill(cell: Any, text: str, *, bold: bool = False, right: bool = False) -> None:  # noqa: ANN401
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(9)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: Any) -> None:  # noqa: ANN401
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _turn(word: Any, orientation: Any) -> None:  # noqa: ANN401
    page = word.add_section()
    long_side, short_side = max(page.page_width, page.page_height), min(page.page_width, page.page_height)
    lying = orientation == WD_ORIENT.LANDSCAPE
    page.orientation = orientation
    page.page_width, page.page_height = (long_side, short_side) if lying else (short_side, long_side)
