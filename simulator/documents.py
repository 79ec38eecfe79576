"""Office files made by hand, the same bytes every time: spreadsheets, Word documents, PDFs, scanned PDFs."""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Mapping
from html import escape

from simulator.city import File

Rows = tuple[tuple[str, ...], ...]


def document_bytes(file: File, created: dt.datetime) -> bytes:
    """The file's table as its kind writes it; a PDF without rows is a page that was scanned."""
    match file.kind:
        case "xlsx":
            return xlsx(file.rows)
        case "docx":
            return docx(file.rows)
        case _:
            return text_pdf(file.rows, created) if file.rows else scanned_pdf(created)


def plain_pdf(text: str, created: dt.datetime) -> bytes:
    """One page with one line of Latin text."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return _pdf(f"BT /F1 18 Tf 72 760 Td ({text}) Tj ET", f"/Font << /F1 {font} >>", created, [])


def text_pdf(rows: Rows, created: dt.datetime) -> bytes:
    """One page whose Chinese text can be read: two-byte codes that the font maps to themselves."""
    lines = "".join(f"<{'  '.join(row).encode('utf-16-be').hex()}> Tj 0 -24 Td " for row in rows)
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /Identity-H "
        "/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
    )
    descendant = (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /STSong-Light /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    more = [descendant, _stream("", to_unicode)]
    return _pdf(f"BT /F1 12 Tf 72 760 Td {lines}ET", f"/Font << /F1 {font} >>", created, more)


def scanned_pdf(created: dt.datetime) -> bytes:
    """One page that is a grey picture: nobody reads its text without recognising signs."""
    picture = zlib.compress(bytes(0 if (x * y) % 7 == 0 else 200 for y in range(64) for x in range(64)))
    head = "/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    image = _stream(f"{head}/Filter [/ASCIIHexDecode /FlateDecode] ", picture.hex() + ">")
    return _pdf("q 500 0 0 700 50 70 cm /I1 Do Q", "/XObject << /I1 6 0 R >>", created, [image])


def _stream(head: str, data: str) -> str:
    return f"<< {head}/Length {len(data)} >>\nstream\n{data}\nendstream"


def _pdf(content: str, resources: str, created: dt.datetime, more: list[str]) -> bytes:
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + f"/Resources << {resources} >> >>",
        _stream("", content),
        f"<< /CreationDate (D:{created:%Y%m%d%H%M%S}+08'00') >>",
        *more,
    ]
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    out += f"xref\n0 {count}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{out.index('xref')}\n%%EOF\n"
    return out.encode("ascii")


XLSX_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="sheet1.xml"/></Relationships>',
}


DOCX_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
}


def xlsx(rows: Rows) -> bytes:
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>' for value in row) + "</row>"
        for row in rows
    )
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return _package({**XLSX_PARTS, "xl/sheet1.xml": f"{sheet}<sheetData>{cells}</sheetData></worksheet>"})


def docx(rows: Rows) -> bytes:
    width = max((len(row) for row in rows), default=1)
    grid = "<w:tblGrid>" + "<w:gridCol/>" * width + "</w:tblGrid>"
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{escape(v)}</w:t></w:r></w:p></w:tc>" for v in row) + "</w:tr>"
        for row in rows
    )
    body = f"<w:body><w:tbl><w:tblPr/>{grid}{lines}</w:tbl><w:p/></w:body>"
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    return _package({**DOCX_PARTS, "word/document.xml": f"{head}{body}</w:document>"})


def _package(parts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return buffer.getvalue()
