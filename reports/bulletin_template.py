"""Makes the Word templates that come with the program, in the look of an official document (GB/T 9704-2012): A4 with
margins of 37, 26, 35 and 28 mm, title 22 pt, body 16 pt FangSong in lines of 28.8 pt, page numbers below.

`python -m reports.bulletin_template` writes them anew after the wording's heads changed; they are checked in.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.bulletin_word import shipped_template
from reports.bulletin_wording import Annex, Wording, shipped
from reports.docx_form import name_stand_ins
from reports.texts import Lang

# The typefaces of GB/T 9704, and what a machine without them takes in their place.
_TITLE, _BODY, _HEAD, _SUBHEAD = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
_STAND_INS: Final = {
    _TITLE: "STZhongsong,SimSun,Noto Serif CJK SC",
    _BODY: "FangSong,STFangsong,Noto Serif CJK SC",
    _HEAD: "SimHei,Noto Sans CJK SC",
    _SUBHEAD: "KaiTi,STKaiti,Noto Serif CJK SC",
}
_LINE: Final = Pt(28.8)  # 22 lines a page
_STYLES: Final = (("Title", _TITLE, 22), ("Heading 1", _HEAD, 16), ("Heading 2", _SUBHEAD, 16), ("Normal", _BODY, 16))
_CELL: Final = Pt(10.5)
# name of the annex -> (placeholder of the cell, key of the wording's head, share of the width)
_COLUMNS: Final = {
    "sample": (("number", 5), ("site", 20), ("url", 22), ("agency", 17), ("level", 9), ("why", 15), ("outcome", 9)),
    "failed": (("number", 5), ("region", 10), ("site", 17), ("url", 20), ("agency", 16), ("problems", 34)),
    "recheck": (("number", 5), ("site", 20), ("agency", 16), ("last", 10), ("now", 14), ("reason", 34)),
    "unclear": (("number", 5), ("site", 20), ("url", 22), ("agency", 16), ("reason", 34)),
    "findings": (("number", 5), ("category", 15), ("agency", 15), ("subject", 18), ("what", 44)),
    "agencies": (
        ("number", 5),
        ("agency", 20),
        ("due", 9),
        ("judged", 9),
        ("on_time", 9),
        ("late", 9),
        ("absent", 12),
        ("inconclusive", 9),
        ("rate", 10),
    ),
}
_OTHER_HEADS: Final = {("failed", "url"): "url_code", ("failed", "agency"): "agency_owner"}


def template(wording: Wording) -> Any:  # noqa: ANN401 - python-docx's document
    """The template with its placeholders, heads from the wording."""
    word = WordDocument()
    _prepare(word)
    _body(word, wording)
    page = word.add_section()
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(25), Mm(25), Mm(26), Mm(24)
    for name, columns in _COLUMNS.items():
        _annex(word, name, columns, wording.annex)
    return word


def _body(word: Any, wording: Wording) -> None:  # noqa: ANN401
    _line(word, "{{ title }}", style="Title")
    _line(word, "{{ number }}", align=WD_ALIGN_PARAGRAPH.CENTER, indented=False)
    _line(word, "", indented=False)
    _line(word, "{{ addressee }}", indented=False)
    _line(word, "{{ basis }}")
    _line(word, wording.overview.title, style="Heading 1")
    _each(word, "overview", "{{ line }}")
    _line(word, wording.problems.title, style="Heading 1")
    _line(word, "{%p for problem in problems %}")
    _line(word, "{%p if problem.title %}")
    _line(word, "{{ problem.title }}", style="Heading 2")
    _line(word, "{%p endif %}")
    _each(word, "problem.paragraphs", "{{ line }}")
    _line(word, "{%p endfor %}")
    _line(word, wording.demands.title, style="Heading 1")
    _each(word, "demands", "{{ line }}")
    _line(word, "")
    _each(word, "annex_lines", "{{ line }}")
    _line(word, "")
    for name in ("issuer", "issued"):
        signed = _line(word, f"{{{{ {name} }}}}", align=WD_ALIGN_PARAGRAPH.RIGHT, indented=False)
        signed.paragraph_format.right_indent = Pt(64)  # four characters in from the edge (GB/T 9704, 7.3.5)


def _each(word: Any, of: str, line: str) -> None:  # noqa: ANN401
    _line(word, f"{{%p for line in {of} %}}")
    _line(word, line)
    _line(word, "{%p endfor %}")


def _annex(word: Any, name: str, columns: Sequence[tuple[str, int]], heads: Annex) -> None:  # noqa: ANN401
    _line(word, f"{{%p if {name} %}}", indented=False)
    _line(word, f"{{{{ {name}.heading }}}}", style="Heading 1").paragraph_format.first_line_indent = Pt(0)
    _line(word, f"{{%p if {name}.note %}}", indented=False)
    note = _line(word, f"{{{{ {name}.note }}}}", indented=False)
    note.runs[0].font.size, note.paragraph_format.line_spacing = _CELL, Pt(18)
    _line(word, "{%p endif %}", indented=False)
    table = word.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.autofit = False
    room, asked = Mm(247), sum(width for _, width in columns)
    for column, (cell_name, width) in enumerate(columns):
        head = getattr(heads, _OTHER_HEADS.get((name, cell_name), cell_name))
        for row, text in ((0, head), (2, f"{{{{ row.{cell_name} }}}}")):
            _fill(table.cell(row, column), text, bold=row == 0)
        for row in range(4):
            table.cell(row, column).width = room * width // asked
        table.columns[column].width = room * width // asked
    _fill(table.cell(1, 0), f"{{%tr for row in {name}.rows %}}")
    _fill(table.cell(3, 0), "{%tr endfor %}")
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    _line(word, "", indented=False)
    _line(word, "{%p endif %}", indented=False)


def _fill(cell: Any, text: str, *, bold: bool = False) -> None:  # noqa: ANN401
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(16)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, _CELL
    _hint(run)


def _hint(run: Any) -> None:  # noqa: ANN401
    """Quotation marks and the like, which both scripts have, in the Chinese typeface."""
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _unhint(word: Any) -> None:  # noqa: ANN401
    """An English sentence's quotation marks as narrow as its letters."""
    for fonts in word.element.body.iter(qn("w:rFonts")):
        fonts.attrib.pop(qn("w:hint"), None)


def _line(
    word: Any,  # noqa: ANN401
    text: str,
    *,
    style: str = "Normal",
    align: Any = None,  # noqa: ANN401
    indented: bool = True,
) -> Any:  # noqa: ANN401
    paragraph = word.add_paragraph(style=style)
    _hint(paragraph.add_run(text))
    if not indented:
        paragraph.paragraph_format.first_line_indent = Pt(0)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _prepare(word: Any) -> None:  # noqa: ANN401
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # or the punctuation of another country is taken
    for name, font, size in _STYLES:
        _style(word.styles[name], font, size)
    name_stand_ins(word, _STAND_INS)
    word.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.styles["Title"].paragraph_format.first_line_indent = Pt(0)
    word.styles["Title"].paragraph_format.space_after = Pt(12)
    footer = page.footer.paragraphs[0]
    footer.alignment, footer.paragraph_format.first_line_indent = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)
    footer.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)
    footer.add_run(" —")
    word.core_properties.author = word.core_properties.title = word.core_properties.comments = ""
    word.core_properties.created = word.core_properties.modified = dt.datetime(2000, 1, 1)


def _style(style: Any, font: str, size: int) -> None:  # noqa: ANN401
    style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    border = style.element.find(f".//{qn('w:pBdr')}")
    if border is not None:  # the blue rule under python-docx's titles
        border.getparent().remove(border)
    shape = style.paragraph_format
    shape.first_line_indent = Pt(32)  # two characters
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(34) if size > 16 else _LINE


def write_templates() -> tuple[Path, ...]:
    """Both languages' templates, written to where the program looks for them."""
    for lang in Lang:
        word = template(shipped(lang))
        if lang is Lang.EN:
            _unhint(word)
        word.save(str(shipped_template(lang)))
    return tuple(shipped_template(lang) for lang in Lang)


if __name__ == "__main__":
    write_templates()
