"""Small files of every kind, made in the tests: by the libraries where they write, by hand where none does."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import docx
import openpyxl
from pypdf import PdfReader, PdfWriter

ROWS = (("水源", "类别", "达标率"), ("竹仙洞水库", "Ⅱ类", "100"), ("大镜山水库", "Ⅲ类", "98.5"))


def zipped(members: Mapping[str, bytes], *, encoding: str = "utf-8") -> bytes:
    """A zip file. In another encoding than UTF-8 the names stand in it as Windows packs them: raw and unflagged."""
    buffer = io.BytesIO()
    stand_ins = {name: f"~{number:03}" for number, name in enumerate(members)}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name if encoding == "utf-8" else _stand_in(name, stand_ins, encoding), body)
    packed = buffer.getvalue()
    if encoding != "utf-8":
        for name in members:
            packed = packed.replace(_stand_in(name, stand_ins, encoding).encode(), name.encode(encoding))
    return packed


def _stand_in(name: str, stand_ins: Mapping[str, str], encoding: str) -> str:
    return stand_ins[name].ljust(len(name.encode(encoding)), "_")


def docx_file(paragraphs: Sequence[str] = ("全市饮用水源水质状况",), rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    document = docx.Document()
    document.core_properties.created = dt.datetime(2017, 6, 29, 2, 15)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.add_paragraph("注：数据来源于市环境监测站。")
    return _saved(document)


def xlsx_file(rows: Sequence[Sequence[object]] = ROWS, title: str = "水质", merges: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.properties.created = dt.datetime(2017, 6, 29, 2, 15)
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    return _saved(book)


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# --- PDF ---------------------------------------------------------------------------------------------------------


def pdf_file(
    pages: Sequence[Sequence[str]] = (("全市饮用水源水质状况", "竹仙洞水库达标"),),
    *,
    ruled: bool = False,
    created: str = "",
) -> bytes:
    """Pages of lines in a Chinese font that is not embedded, read by the predefined encoding alone; `ruled` sets each
    line in a frame of its own with a column for each tab."""
    contents = [_page_content(lines, ruled).encode("ascii") for lines in pages]
    return _pdf(contents, "/Font <</F1 4 0 R>>", created=created)


def scanned_pdf(pages: int = 2) -> bytes:
    picture = (
        b"<</Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1>>"
    )
    content = b"q 595 0 0 842 0 0 cm /Im1 Do Q"
    return _pdf([content] * pages, "/XObject <</Im1 4 0 R>>", [picture + b"\nstream\n\x80\nendstream"])


def locked_pdf(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file())))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _page_content(lines: Sequence[str], ruled: bool) -> str:
    drawn = []
    for number, line in enumerate(lines):
        y = 780 - 24 * number
        for column, cell in enumerate(line.split("\t")):
            x = 60 + 150 * column
            drawn.append(f"BT /F1 12 Tf {x} {y} Td <{cell.encode('utf-16-be').hex()}> Tj ET")
            if ruled:
                drawn.append(f"{x - 5} {y - 7} 150 24 re S")
    return "\n".join(drawn)


_FONT = (
    b"<</Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<</Type /Font"
    b" /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo <</Registry (Adobe) /Ordering (GB1)"
    b" /Supplement 2>> /FontDescriptor <</Type /FontDescriptor /FontName /STSong-Light /Flags 6"
    b" /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93>> /DW 1000>>]>>"
)


def _pdf(contents: Sequence[bytes], resources: str, further: Sequence[bytes] = (_FONT,), created: str = "") -> bytes:
    count = len(contents)
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(count))
    info = f"<</CreationDate ({created})>>" if created else "<<>>"
    objects = [b"<</Type /Catalog /Pages 2 0 R>>", f"<</Type /Pages /Kids [{kids}] /Count {count}>>".encode()]
    objects += [info.encode(), *further]
    for number, content in enumerate(contents):
        objects.append(
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R"
            f" /Resources <<{resources}>>>>".encode()
        )
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
    written, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Size %d /Root 1 0 R /Info 3 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return written + end % (len(objects) + 1, table, len(objects) + 1, len(written))


# --- OLE: Word 97 and Excel 97 -------------------------------------------------------------------------------------


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of version 3; streams are filled up to 4,096 bytes, so that none is a mini stream."""
    padded = {name: body.ljust(4096, b"\x00") for name, body in streams.items()}
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(body: bytes) -> int:
        first = len(sectors)
        chunks = [body[start : start + 512].ljust(512, b"\x00") for start in range(0, len(body), 512)]
        sectors.extend(chunks)
        fat.extend([*range(first + 1, first + len(chunks)), 0xFFFFFFFE])
        return first

    places = {name: put(body) for name, body in padded.items()}
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    for number, (name, body) in enumerate(padded.items(), 1):
        right = number + 1 if number < len(padded) else 0xFFFFFFFF
        directory += _entry(name, 2, 0xFFFFFFFF, places[name], len(body), right=right)
    directory_at = put(directory.ljust(-(-len(directory) // 512) * 512, b"\x00"))
    fat_sectors = -(-(len(fat) + 2) // 128)
    fat_at = len(sectors)
    fat.extend([0xFFFFFFFD] * fat_sectors)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, fat_sectors, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *(fat_at + n if n < fat_sectors else 0xFFFFFFFF for n in range(109)))
    return header + b"".join(sectors) + table


def _entry(name: str, kind: int, child: int, start: int, size: int, *, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\x00") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def summary(created: dt.datetime) -> bytes:
    """The stream of standard properties with the creation date alone (UTC)."""
    ticks = int((created - dt.datetime(1601, 1, 1)).total_seconds()) * 10_000_000
    section = struct.pack("<II", 8 + 8 + 12, 1) + struct.pack("<II", 0x0C, 16) + struct.pack("<IQ", 0x40, ticks)
    return struct.pack("<HHI16xI", 0xFFFE, 0, 0x00020005, 1) + bytes(16) + struct.pack("<I", 48) + section


def doc_file(pieces: Sequence[str | bytes] = ("全市饮用水源水质状况\r",), *, flags: int = 0) -> bytes:
    """A Word 97 document whose text stands in pieces: str as UTF-16, bytes as 8-bit."""
    stream, places, length = bytearray(0x600), [], 0
    marks = [0]
    for piece in pieces:
        raw = piece.encode("utf-16-le") if isinstance(piece, str) else piece
        places.append(len(stream) if isinstance(piece, str) else 2 * len(stream) | 0x40000000)
        stream += raw
        length += len(piece)
        marks.append(length)
    table = struct.pack(f"<{len(marks)}I", *marks) + b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    clx = b"\x01\x02\x00ab" + b"\x02" + struct.pack("<I", len(table)) + table
    struct.pack_into("<HH", stream, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", stream, 0x0A, 0x0200 | flags)
    struct.pack_into("<I", stream, 0x4C, length)
    struct.pack_into("<II", stream, 0x1A2, 0, len(clx))
    properties = summary(dt.datetime(2017, 6, 29, 2, 15))
    return ole_file({"WordDocument": bytes(stream), "1Table": clx, "\x05SummaryInformation": properties})


def xls_file(rows: Sequence[Sequence[str | float]] = ROWS) -> bytes:
    """An Excel 97 book with one sheet of labels and numbers."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, str):
                sheet += _record(0x0204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
            else:
                sheet += _record(0x0203, place + struct.pack("<d", cell))
    sheet += _record(0x000A, b"")
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = "水质".encode("utf-16-le")
    size = len(head) + 4 + 8 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IBBBB", size, 0, 0, 2, 1) + name)
    return ole_file({"Workbook": head + bound + _record(0x000A, b"") + sheet})


def _record(number: int, body: bytes) -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def ofd_file(lines: Sequence[str] = ("全市饮用水源水质状况",)) -> bytes:
    objects = "".join(
        f'<ofd:TextObject Boundary="20 {20 + 8 * n} 150 6"><ofd:TextCode>{line}</ofd:TextCode></ofd:TextObject>'
        for n, line in enumerate(lines)
    )
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    info = "<ofd:DocInfo><ofd:CreationDate>2017-06-29</ofd:CreationDate></ofd:DocInfo>"
    head = f"<ofd:OFD {space}><ofd:DocBody>{info}</ofd:DocBody></ofd:OFD>"
    page = f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    return zipped({"OFD.xml": head.encode(), "Doc_0/Pages/Page_0/Content.xml": page.encode()})
