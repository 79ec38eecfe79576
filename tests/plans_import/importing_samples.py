"""Small made-up plans in the layouts of real ones, in our own words."""

import io
import zipfile

import docx
from openpyxl import Workbook

TITLE = "某市2021年政务公开工作要点分工方案"
HEAD = ("工作任务", "具体措施", "牵头单位")
ROWS = (
    ("一、推进财政公开", "1.按月公开收支。", "市甲局"),
    ("", "2.每月25日前及时发布上月数据；年底前开通公众号。", ""),
    ("", "3.适时公开审计报告。", "市乙局"),
    ("二、推进环境公开", "每周公布11个水源的水质。", "市丙局牵头，各区、各部门配合"),
)
# (section, number, lead, cooperating, stated cadences)
EXPECTED = [
    ("一", "1", ["市甲局"], [], ["monthly"]),
    ("一", "2", ["市甲局"], [], ["monthly", "once_by_date"]),
    ("一", "3", ["市乙局"], [], ["as_appropriate"]),
    ("二", "", ["市丙局"], ["各区", "各部门"], ["weekly"]),
]

NARRATIVE = """某市2021年政务公开工作要点

一、总体要求
坚持公开为常态，各项工作及时公开。

二、重点任务
（一）推进财政公开。按月公开收支情况。（市甲局牵头，各区配合）
（二）推进审计公开。适时公布审计结果，每季度通报整改
情况。（市乙局、市丙局按职责分工分别牵头落实）

三、保障措施
（一）加强组织领导。各部门要高度重视。
（二）抓好落实。各区、各部门要在本要点印发后15个工作日内，在本单位网站公开实施方案。
"""


def tab_cells() -> str:
    """One cell a line behind a tab; a blank line behind each row."""
    rows = (HEAD, *ROWS)
    return TITLE + "\n\n" + "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)


def tab_rows() -> str:
    return "\n".join([TITLE, *("\t".join(row) for row in (HEAD, *ROWS))])


def markdown() -> str:
    lines = [f"| {' | '.join(row)} |" for row in (HEAD, *ROWS)]
    return "\n".join([f"# {TITLE}", "", lines[0], "|---|---|---|", *lines[1:]])


def bar_cells() -> str:
    """One cell a line between lines of a lone bar; two bars end a row; spans are lost."""
    text = "|\n" + "\n|\n".join(HEAD) + "\n|\n"
    return TITLE + "\n" + text + "".join("|\n" + "\n|\n".join(cell for cell in row if cell) + "\n|\n" for row in ROWS)


def page() -> str:
    heads = "".join(f"<th>{cell}</th>" for cell in HEAD)
    return (
        f"<html><head><title>x</title></head><body><h1>{TITLE}</h1><table><tr>{heads}</tr>"
        f'<tr><td rowspan="3">{ROWS[0][0]}</td><td><p>{ROWS[0][1]}</p><p>{ROWS[1][1]}</p></td>'
        f"<td>{ROWS[0][2]}</td></tr>"
        f"<tr><td>{ROWS[2][1]}</td><td rowspan=1>{ROWS[2][2]}</td></tr><tr></tr>"
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in ROWS[3])}</tr></table></body></html>"
    )


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=0, cols=3)
    for row in (HEAD, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for column, last in ((0, 3), (2, 2)):
        merged = table.cell(1, column).merge(table.cell(last, column))
        merged.text = ROWS[0][column]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([TITLE])
    sheet.merge_cells("A1:C1")
    for row in (HEAD, *ROWS):
        sheet.append([cell or None for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(lines: list[str]) -> bytes:
    """A PDF with one line of text for each of `lines`, its signs mapped to Unicode as office programs do."""
    signs = sorted({sign for line in lines for sign in line})
    codes = {sign: index + 1 for index, sign in enumerate(signs)}
    text = "".join(
        f"BT /F1 12 Tf 60 {780 - 20 * at} Td <{''.join(f'{codes[sign]:04x}' for sign in line)}> Tj ET\n"
        for at, line in enumerate(lines)
    )
    chars = "\n".join(f"<{code:04x}> <{ord(sign):04x}>" for sign, code in codes.items())
    mapping = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def 1 begincodespacerange "
        f"<0000> <ffff> endcodespacerange {len(codes)} beginbfchar\n{chars}\nendbfchar endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}endstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] "
        "/ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000 /FontDescriptor 8 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        f"<< /Length {len(mapping)} >>\nstream\n{mapping}\nendstream",
        "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 800 /Descent -200 "
        "/ItalicAngle 0 /CapHeight 800 /StemV 80 >>",
    ]
    return _assembled(objects)


def _assembled(objects: list[str]) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
    return body + f"{trailer}startxref\n{len(body)}\n%%EOF\n".encode()


def zip_of(names: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return stream.getvalue()
