"""A document as a Word file that an office can go on editing: real headings, real tables with repeated heads."""

import copy
import datetime as dt
import io
from collections.abc import Mapping
from typing import Any, Final

import vl_convert
from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from reports.cells import RIGHT, is_text, room, shared, shown
from reports.document import Chart, Document, Section, Table
from reports.links import printable
from reports.texts import Lang, Texts, texts

_BODY_FONT, _HEAD_FONT = "仿宋", "黑体"  # of official documents (GB/T 9704): body in FangSong, headings in HeiTi
_MAX_ROWS: Final = 2_000  # more rows are for the workbook; a note says so
_MANY: Final = 9  # columns; more of them are set smaller
_PADDING: Final = 2 * 57_150  # EMU: 1.5 mm left and right of a cell's text
_UNBROKEN: Final = 14  # half-width characters: a column that needs no more keeps its cells on one line
# GB/T 9704 names fonts that only Chinese Windows has; the others say what stands in for them.
_STAND_INS: Final = {_BODY_FONT: "FangSong,STFangsong,Noto Serif CJK SC", _HEAD_FONT: "SimHei,Noto Sans CJK SC"}


def to_docx(document: Document) -> bytes:
    """The file. Wide tables stand on landscape pages; charts are pictures with a description."""
    t = texts(Lang.EN if document.lang == "en" else Lang.ZH)
    word = WordDocument()
    _prepare(word)
    lying = _lying(document)
    _turn_page(word.sections[0], lying=bool(lying) and lying[0])
    title = word.add_paragraph(printable(document.title), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, value in document.facts:
        line = word.add_paragraph()
        line.add_run(t("page.named", name=printable(name))).bold = True
        line.add_run(printable(value))
    for section, lies in zip(document.sections, lying, strict=True):
        _turn(word, lying=lies)
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
    for rule in word.styles["Title"].element.iter(qn("w:pBdr")):
        rule.getparent().remove(rule)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # or commas are set in the middle of the line, as in Taiwan
    name_stand_ins(word, _STAND_INS)
    _page_numbers(page)


def name_stand_ins(word: Any, stand_ins: Mapping[str, str]) -> None:  # noqa: ANN401
    """What a machine without a typeface takes in its place, in this order."""
    part = next(p for p in word.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in stand_ins.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")


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
        _picture(word, chart, captioned=chart.title not in section.title)
    for table in section.tables:
        _table(word, table, t, captioned=table.title not in section.title)


def _picture(word: Any, chart: Chart, *, captioned: bool) -> None:  # noqa: ANN401
    if captioned:
        word.add_paragraph(printable(chart.title)).paragraph_format.keep_with_next = True
    shape = word.add_picture(io.BytesIO(vl_convert.svg_to_png(chart.svg, scale=2)), width=Cm(15.5))
    page = word.sections[-1]
    highest = (page.page_height - page.top_margin - page.bottom_margin) * 3 // 4
    if shape.height > highest:
        shape.width, shape.height = shape.width * highest // shape.height, highest
    shape._inline.docPr.set("descr", printable(chart.description))


def _table(word: Any, table: Table, t: Texts, *, captioned: bool) -> None:  # noqa: ANN401
    if captioned:
        caption = word.add_paragraph(printable(table.title))
        caption.paragraph_format.keep_with_next = True
        caption.runs[0].bold = True
    if table.note:
        note = word.add_paragraph(printable(table.note))
        note.paragraph_format.keep_with_next = True
        note.runs[0].font.size = Pt(10)
    size = 7.5 if len(table.columns) > _MANY else 9
    widths = _widths(word.sections[-1], table, t, size)
    rows = [[column.head for column in table.columns]]
    rows += [
        [shown(value, column.kind, t) for value, column in zip(row, table.columns, strict=True)]
        for row in table.rows[:_MAX_ROWS]
    ]
    if not table.rows:
        rows.append([table.empty, *("" for _ in table.columns[1:])])
    drawn = _draw(word, rows, widths, size, [column.kind in RIGHT for column in table.columns])
    if not table.rows:
        merged = drawn.rows[1].cells[0].merge(drawn.rows[1].cells[-1])
        for paragraph in merged.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
    if len(table.rows) > _MAX_ROWS:
        word.add_paragraph(t("page.more_in_workbook", n=len(table.rows) - _MAX_ROWS))
    word.add_paragraph()


def _draw(word: Any, rows: list[list[str]], widths: list[int], size: float, rights: list[bool]) -> Any:  # noqa: ANN401
    """A table of texts; the first row is its head. A template row is copied for each row: python-docx looks up a
    cell's place anew each time, which takes minutes for thousands of rows."""
    drawn = word.add_table(rows=1, cols=len(widths), style="Table Grid")
    drawn.autofit = False
    _pad(drawn)
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    for cell, width, right in zip(drawn.rows[0].cells, widths, rights, strict=True):
        cell.width = width
        _prepare_cell(cell, size, right=right)
    whole = OxmlElement("w:cantSplit")
    drawn.rows[0]._tr.get_or_add_trPr().append(whole)
    template = copy.deepcopy(drawn.rows[0]._tr)
    _say(drawn.rows[0]._tr, rows[0])
    for run in drawn.rows[0]._tr.iter(qn("w:rPr")):
        run.append(OxmlElement("w:b"))
    _repeat(drawn.rows[0])
    for texts_of_row in rows[1:]:
        row = copy.deepcopy(template)
        _say(row, texts_of_row)
        drawn._tbl.append(row)
    return drawn


def _prepare_cell(cell: Any, size: float, *, right: bool) -> None:  # noqa: ANN401
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1
    paragraph.add_run("—").font.size = Pt(size)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _say(row: Any, said: list[str]) -> None:  # noqa: ANN401 - a w:tr whose cells hold one run each
    for place, text in zip(row.iter(qn("w:t")), said, strict=True):
        place.text = printable(text)
        place.set(qn("xml:space"), "preserve")


def _pad(drawn: Any) -> None:  # noqa: ANN401
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_PADDING // 2 // 635))  # twentieths of a point
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    drawn._tbl.tblPr.append(margins)


def _widths(page: Any, table: Table, t: Texts, size: float) -> list[int]:  # noqa: ANN401
    """The page's width shared out, in EMU: what is short or a number stands unbroken, texts share the rest as their
    columns ask. Word wants it at every cell."""
    whole = page.page_width - page.left_margin - page.right_margin
    sign = int(size * 12_700 * 0.53)  # of a half-width character, with a little to spare
    needs = room(table, t)
    fixed = [not is_text(c) or need <= _UNBROKEN for c, need in zip(table.columns, needs, strict=True)]
    asked = [
        (need if is_fixed else min(need, 2 * column.width)) * sign + _PADDING
        for column, need, is_fixed in zip(table.columns, needs, fixed, strict=True)
    ]
    if sum(asked) < whole * 3 // 4 and len(asked) < _MANY:
        return asked  # a small table is not stretched over the page
    taken = sum(width for width, is_fixed in zip(asked, fixed, strict=True) if is_fixed)
    if sum(asked) <= whole or taken > whole * 9 // 10:
        return [width * whole // sum(asked) for width in asked]
    texts = iter(shared([w for w, is_fixed in zip(asked, fixed, strict=True) if not is_fixed], whole - taken))
    return [width if is_fixed else next(texts) for width, is_fixed in zip(asked, fixed, strict=True)]


def _repeat(row: Any) -> None:  # noqa: ANN401
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _lying(document: Document) -> list[bool]:
    """Which sections stand on lying pages: those with a wide table. One without rows stands as the next that has
    some, or at the end as the last: a page is not turned for a few lines."""
    asked = [
        any(t.is_wide and t.rows for t in s.tables) if any(t.rows for t in s.tables) else None
        for s in document.sections
    ]
    lying: list[bool] = []
    last = False
    for i, own in enumerate(asked):
        last = next((each for each in asked[i:] if each is not None), last) if own is None else own
        lying.append(last)
    return lying


def _turn(word: Any, *, lying: bool) -> None:  # noqa: ANN401
    """The rest stands on lying or upright pages; a heading is on the same page as its table."""
    orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    if word.sections[-1].orientation == orientation:
        return
    _turn_page(word.add_section(), lying=lying)


def _turn_page(page: Any, *, lying: bool) -> None:  # noqa: ANN401
    page.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    long_side, short_side = max(page.page_width, page.page_height), min(page.page_width, page.page_height)
    page.left_margin = page.right_margin = Cm(1.6 if lying else 2.6)
    page.top_margin = page.bottom_margin = Cm(1.8 if lying else 2.5)
    page.page_width, page.page_height = (long_side, short_side) if lying else (short_side, long_side)
