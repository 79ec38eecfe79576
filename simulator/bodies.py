"""What an article says: its paragraphs, its table and its attached files, made from the article's own seed."""

from dataclasses import dataclass

from simulator.addresses import attachment_path
from simulator.city import CitySite, File, FileKind, Publication
from simulator.dice import dice
from simulator.documents import document_bytes, plain_pdf, xlsx
from simulator.noise import noise_paragraphs

ITEMS = ("一般项目", "重点项目", "基础项目", "专项资金", "民生支出", "城乡建设", "教育事业", "卫生健康", "交通运输")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside an article. `path` begins with a slash."""

    path: str
    name: str
    kind: FileKind
    number: int
    file: File | None = None  # what it holds, where that is not left to chance


@dataclass(frozen=True, slots=True)
class Content:
    """An article's text, table (first row: its head) and files."""

    paragraphs: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()


def content_of(site: CitySite, publication: Publication, folder: str) -> Content:
    """The content of one article; `folder` is the path of the directory in which its page stands."""
    if publication.page is not None:
        return _written(site, publication, folder)
    rng = dice(site.seed, "body", publication.source.number)
    table = _table(site, publication)
    if publication.body == "attachment":
        kind: FileKind = "xlsx" if table else "pdf"
        return Content((), (), (_attachment(site, publication, folder, kind),))
    opening = [f"现将{publication.title}公布如下："] if publication.obligation else []
    paragraphs = opening + noise_paragraphs(publication.day, site.name, site.place, rng)
    attached = (_attachment(site, publication, folder, "pdf"),) if rng.random() < 0.15 else ()
    shown = table if publication.body == "table" else ()
    return Content(tuple(paragraphs), shown, attached)


def _written(site: CitySite, publication: Publication, folder: str) -> Content:
    page = publication.page
    assert page is not None  # noqa: S101 - the caller has seen to it
    files = []
    for number, file in enumerate(page.files, publication.number * 3 + 1):
        path = attachment_path(site, publication, folder, file.kind, number)
        files.append(Attachment(path, f"{file.name}.{file.kind}", file.kind, number, file))
    return Content(page.paragraphs, page.table, tuple(files))


def _table(site: CitySite, publication: Publication) -> tuple[tuple[str, ...], ...]:
    if publication.obligation is None:
        return ()
    evidence = publication.obligation.evidence
    rng = dice(site.seed, "table", publication.source.number)
    names = list(evidence.covers)[: -1 if "incomplete" in publication.faults else None]
    enough = max(evidence.min_rows or 0, 8) if not evidence.covers else evidence.min_rows or 0
    names += [f"{ITEMS[k % len(ITEMS)]}{k // len(ITEMS) + 1}" for k in range(enough - len(names))]
    head = ("序号", "名称", *(evidence.fields or ("本期数", "累计数", "同比增长（%）")))
    values = len(head) - 2
    rows = [(str(k), name, *(f"{rng.uniform(1, 9000):.2f}" for _ in range(values))) for k, name in enumerate(names, 1)]
    total = [("合计", f"共{evidence.min_count}个", *("—" for _ in range(values)))] if evidence.min_count else []
    return (head, *rows, *total)


def _attachment(site: CitySite, publication: Publication, folder: str, kind: FileKind) -> Attachment:
    number = publication.number * 3 + 1
    path = attachment_path(site, publication, folder, kind, number)
    return Attachment(path, f"{publication.title}.{kind}", kind, number)


def file_bytes(site: CitySite, publication: Publication, attachment: Attachment) -> bytes:
    """A small, valid file: a spreadsheet or document of a table, or one page of PDF with its creation date."""
    if attachment.file is not None:
        return document_bytes(attachment.file, publication.moment)
    if attachment.kind == "pdf":
        return plain_pdf(f"No. {publication.source.number}", publication.moment)
    return xlsx(_table(site, publication) or (("序号", "名称"),))
