"""What an article says: its paragraphs, its table and its attached files, made from the article's own seed."""

import datetime as dt
import io
import zipfile
from dataclasses import dataclass
from html import escape
from typing import Literal

from simulator.addresses import attachment_path
from simulator.city import CitySite, Publication
from simulator.dice import dice
from simulator.noise import noise_paragraphs

ITEMS = ("一般项目", "重点项目", "基础项目", "专项资金", "民生支出", "城乡建设", "教育事业", "卫生健康", "交通运输")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside an article. `path` begins with a slash."""

    path: str
    name: str
    kind: Literal["pdf", "xlsx"]
    number: int


@dataclass(frozen=True, slots=True)
class Content:
    """An article's text, table (first row: its head) and files."""

    paragraphs: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()


def content_of(site: CitySite, publication: Publication, folder: str) -> Content:
    """The content of one article; `folder` is the path of the directory in which its page stands."""
    rng = dice(site.seed, "body", publication.number)
    table = _table(site, publication)
    if publication.body == "attachment":
        kind: Literal["pdf", "xlsx"] = "xlsx" if table else "pdf"
        return Content((), (), (_attachment(site, publication, folder, kind),))
    opening = [f"现将{publication.title}公布如下："] if publication.obligation else []
    paragraphs = opening + noise_paragraphs(publication.day, site.name, site.place, rng)
    attached = (_attachment(site, publication, folder, "pdf"),) if rng.random() < 0.15 else ()
    shown = table if publication.body == "table" else ()
    return Content(tuple(paragraphs), shown, attached)


def _table(site: CitySite, publication: Publication) -> tuple[tuple[str, ...], ...]:
    if publication.obligation is None:
        return ()
    evidence = publication.obligation.evidence
    rng = dice(site.seed, "table", publication.number)
    names = list(evidence.covers)[: -1 if "incomplete" in publication.faults else None]
    enough = max(evidence.min_rows or 0, 8) if not evidence.covers else evidence.min_rows or 0
    names += [f"{ITEMS[k % len(ITEMS)]}{k // len(ITEMS) + 1}" for k in range(enough - len(names))]
    head = ("序号", "名称", *(evidence.fields or ("本期数", "累计数", "同比增长（%）")))
    values = len(head) - 2
    rows = [(str(k), name, *(f"{rng.uniform(1, 9000):.2f}" for _ in range(values))) for k, name in enumerate(names, 1)]
    total = [("合计", f"共{evidence.min_count}个", *("—" for _ in range(values)))] if evidence.min_count else []
    return (head, *rows, *total)


def _attachment(site: CitySite, publication: Publication, folder: str, kind: Literal["pdf", "xlsx"]) -> Attachment:
    number = publication.number * 3 + 1
    path = attachment_path(site, publication, folder, kind)
    return Attachment(path, f"{publication.title}.{kind}", kind, number)


def file_bytes(site: CitySite, publication: Publication, kind: Literal["pdf", "xlsx"]) -> bytes:
    """A small, valid file: a spreadsheet of the article's table, or one page of PDF with its creation date."""
    if kind == "pdf":
        return _pdf(f"No. {publication.number}", publication.moment)
    return _xlsx(_table(site, publication) or (("序号", "名称"),))


def _pdf(text: str, created: dt.datetime) -> bytes:
    stream = f"BT /F1 18 Tf 72 760 Td ({text}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        f"<< /CreationDate (D:{created:%Y%m%d%H%M%S}+08'00') >>",
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


def _xlsx(rows: tuple[tuple[str, ...], ...]) -> bytes:
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>' for value in row) + "</row>"
        for row in rows
    )
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    parts = {**XLSX_PARTS, "xl/sheet1.xml": f"{sheet}<sheetData>{cells}</sheetData></worksheet>"}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return buffer.getvalue()
