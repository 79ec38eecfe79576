"""`gongkai extract`: what a saved page says, as JSON-ready records."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db.facts import FileRead
from gongkai.arguments import InputError
from gongkai.tables import rows_of
from spiders.files import KINDS_OF_FILES, kind_of, read_apart
from spiders.read import read_page
from spiders.recognise import scores
from spiders.records import Article, ListPage, Page, PageKind

MAX_FILE_BYTES = 50 * 1024 * 1024


def extract_file(path: Path, url: str) -> dict[str, Any]:
    """The record of one saved page, or of a document that is no web page. Raises InputError where the file cannot be
    read."""
    try:
        with path.open("rb") as stream:
            body = stream.read(MAX_FILE_BYTES)
    except OSError as error:
        raise InputError(f"{path}: 无法读取 / cannot be read ({error.strerror})") from None
    if kind_of(path.name, url, None, body) in KINDS_OF_FILES:
        return record_of_file(read_apart(path.name, url, None, body), url)
    return record_of(read_page(body, url))


def extract_batch(path: Path) -> Iterator[dict[str, Any]]:
    """One record a line (path, url), in the file's order; relative paths start at the list's folder."""
    for row in rows_of(path):
        file = path.parent / row[0].strip()
        try:
            yield extract_file(file, row[1].strip() if len(row) > 1 and row[1].strip() else file.resolve().as_uri())
        except InputError as error:
            yield {"error": str(error)}


def record_of(page: Page) -> dict[str, Any]:
    """The contract's keys first; what explains them after."""
    article = page.article or Article(title=None)
    listing = page.listing or ListPage(items=())
    return {
        "kind": page.kind.value,
        "platform": page.platform,
        "title": article.title,
        "pub_date": _day(article.published),
        "source": article.source,
        "index_no": article.index_no,
        "doc_no": article.doc_no,
        "validity": article.validity,
        "text": article.text,
        "tables": [[list(row) for row in table] for table in article.tables],
        "attachments": [dataclasses.asdict(attachment) for attachment in article.attachments],
        "items": [{"title": item.title, "url": item.url, "date": _day(item.date)} for item in listing.items],
        "next": listing.next.url if listing.next else None,
        "pub_time": article.published_time.isoformat("minutes") if article.published_time else None,
        "clocks": {
            "visible": _day(article.visible_date),
            "meta": _day(article.meta_date),
            "url": _day(article.url_date),
            "signed": _day(article.signed_date),
            "running_id": article.running_id,
        },
        "total": listing.total,
        "truncated": listing.truncated,
        "needs": listing.needs.value if listing.needs else None,
        "platform_scores": dict(sorted(scores(page.marks).items(), key=lambda score: (-score[1], score[0]))),
        "marks": [dataclasses.asdict(mark) for mark in page.marks],
    }


def record_of_file(file: FileRead, url: str) -> dict[str, Any]:
    """The same for a document (pdf, docx, xlsx ...): what it says, and under `file` how it could be read."""
    page = Page(url, PageKind.OTHER, "generic", article=Article(None, text=file.text, tables=file.tables))
    said = {"name": file.name, "kind": file.kind, "outcome": file.outcome.value, "created": file.created}
    return record_of(page) | {"file": said}


def described(record: dict[str, Any]) -> str:
    """The record for a reader."""
    lines = [f"{name}: {record[name]}" for name in ("kind", "platform", "title", "pub_date", "source") if record[name]]
    because = [f"{mark['sign']} +{mark['score']}" for mark in record["marks"] if mark["family"] == record["platform"]]
    lines += ["marks: " + "; ".join(because)] if because else []
    lines += [f"{name}: {record[name]}" for name in ("index_no", "doc_no", "validity", "next") if record[name]]
    lines += [f"attachment: {entry['name']}  {entry['url']}" for entry in record["attachments"]]
    lines += [f"{item['date'] or '----------'}  {item['title']}  {item['url']}" for item in record["items"]]
    return "\n".join([*lines, record["text"][:500]]).rstrip()


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
