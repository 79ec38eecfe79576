"""What an article says: its paragraphs, its table and its attached files, made from the article's own seed."""

from dataclasses import dataclass

from markupsafe import Markup

from simulator.addresses import article_path, attachment_path
from simulator.city import CitySite, File, FileKind, Page, Publication
from simulator.dice import dice
from simulator.documents import document_bytes, plain_pdf, xlsx
from simulator.noise import noise_paragraphs

OFFICE: dict[str, FileKind] = {"docx": "docx", "pdf": "pdf", "scan": "pdf"}  # bodies that stand in such a file alone
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
        return _with_files(site, publication, folder, publication.page)
    rng = dice(site.seed, "body", publication.source.number, *_draft(publication))
    table = _table(site, publication)
    if publication.body in OFFICE:
        rows = () if publication.body == "scan" else table
        return _with_files(
            site, publication, folder, Page(files=(File(publication.title, OFFICE[publication.body], rows),))
        )
    if publication.body == "attachment":
        kind: FileKind = "xlsx" if table else "pdf"
        return Content((), (), (_attachment(site, publication, folder, kind),))
    opening = [f"现将{publication.title}公布如下："] if publication.obligation else []
    paragraphs = opening + noise_paragraphs(publication.day, site.name, site.place, rng)
    attached = (_attachment(site, publication, folder, "pdf"),) if rng.random() < 0.15 else ()
    shown = table if publication.body == "table" else ()
    return Content(tuple(paragraphs), shown, attached)


def _draft(publication: Publication) -> tuple[int, ...]:
    return (publication.draft,) if publication.draft else ()


def _with_files(site: CitySite, publication: Publication, folder: str, page: Page) -> Content:
    files = []
    for number, file in enumerate(page.files, publication.number * 3 + 1):
        path = attachment_path(site, publication, folder, file.kind, number)
        files.append(Attachment(path, f"{file.name}.{file.kind}", file.kind, number, file))
    return Content((*page.paragraphs, *_link(site, publication)), page.table, tuple(files))


def _link(site: CitySite, publication: Publication) -> tuple[str, ...]:
    """A paragraph with a link to the article that this one is about, where that is online."""
    wanted = publication.linked.source if publication.linked else None
    target = next((p for p in site.publications if wanted is not None and p.source is wanted), None)
    if target is None:
        return ()
    return (Markup('相关文件：<a href="{}">{}</a>').format(article_path(site, target), target.title),)


def _table(site: CitySite, publication: Publication) -> tuple[tuple[str, ...], ...]:
    if publication.obligation is None:
        return ()
    evidence = publication.obligation.evidence
    rng = dice(site.seed, "table", publication.source.number, *_draft(publication))
    lacks = lacking(publication)
    names = list(evidence.covers)[: -1 if lacks == "covers" else None]
    enough = max(evidence.min_rows or 0, 8) if not evidence.covers else evidence.min_rows or 0
    if lacks == "min_rows":
        enough = (evidence.min_rows or 0) // 2
    names += [f"{ITEMS[k % len(ITEMS)]}{k // len(ITEMS) + 1}" for k in range(enough - len(names))]
    fields = evidence.fields[: -1 if lacks == "fields" else None]
    head = ("序号", "名称", *(fields or ("本期数", "累计数", "同比增长（%）")))
    values = len(head) - 2
    rows = [(str(k), name, *(f"{rng.uniform(1, 9000):.2f}" for _ in range(values))) for k, name in enumerate(names, 1)]
    count = (evidence.min_count or 0) // (3 if lacks == "min_count" else 1)
    total = [("合计", f"共{count}个", *("—" for _ in range(values)))] if evidence.min_count else []
    return (head, *rows, *total)


def lacking(publication: Publication) -> str | None:
    """Which element of its evidence an incomplete instalment lacks."""
    if "incomplete" not in publication.faults or publication.obligation is None:
        return None
    evidence = publication.obligation.evidence
    asked = ("covers", "fields", "min_rows", "min_count")
    return next((name for name in asked if getattr(evidence, name)), None)


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
