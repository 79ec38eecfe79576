"""Titles, dates and sources of the labelled real pages: the shares read, and each miss with its cause visible."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from spiders.articles import read_article
from spiders.document import Document
from spiders.records import Article

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the labelled pages are not part of the repository")


@dataclass(frozen=True)
class Labelled:
    name: str
    article: Article
    title: str
    published: str | None
    source: str | None
    more: dict[str, object]


def rows(name: str) -> Iterator[dict[str, str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


@pytest.fixture(scope="module")
def corpus() -> list[Labelled]:
    found = []
    for row in rows("pages.jsonl"):
        if row["kind"] == "article":
            body = (DATA / "pages" / f"{row['id']}.html").read_bytes()
            article = read_article(Document.from_bytes(body, row["url"] or "http://example.gov.cn/"))
            found.append(Labelled(row["id"], article, row["title"], row["pub_date"], row["source"], {}))
    return found


@pytest.fixture(scope="module")
def pingtan() -> list[Labelled]:
    found = []
    for row in rows("pingtan/articles.jsonl"):
        file = DATA / "pingtan" / "site" / row["url"].split("pingtan.gov.cn/")[1]
        if file.exists():
            article = read_article(Document.from_bytes(file.read_bytes(), row["url"]))
            found.append(
                Labelled(file.name, article, row["title"], row["pub_date_meta"][:10], row["source"], dict(row))
            )
    return found


def same(one: str | None, other: str | None) -> bool:
    def key(text: str | None) -> str:
        return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))

    return key(one) == key(other)


def share(kind: str, pairs: list[tuple[str, str | None, str | None]]) -> float:
    misses = [f"{name}: read {read!r}, labelled {wanted!r}" for name, read, wanted in pairs if not same(read, wanted)]
    print(f"{kind}: {len(pairs) - len(misses)} of {len(pairs)}", *misses, sep="\n  ")
    return 1 - len(misses) / len(pairs)


def iso(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


def test_titles(corpus: list[Labelled], pingtan: list[Labelled]) -> None:
    assert share("titles", [(each.name, each.article.title, each.title) for each in corpus + pingtan]) >= 0.98


def test_publish_dates(corpus: list[Labelled], pingtan: list[Labelled]) -> None:
    assert share("dates", [(each.name, iso(each.article), each.published) for each in corpus + pingtan]) >= 0.98


def test_sources(corpus: list[Labelled], pingtan: list[Labelled]) -> None:
    assert share("sources", [(each.name, each.article.source, each.source) for each in corpus + pingtan]) >= 0.98


def test_numbers_validity_clocks_and_files_of_pingtan(pingtan: list[Labelled]) -> None:
    for each in pingtan:
        article, label = each.article, each.more
        assert (article.index_no, article.doc_no, article.validity) == (
            label["index_no"],
            label["doc_no"],
            label["validity"],
        ), each.name
        assert str(article.url_date) == label["url_date"], each.name
        assert str(article.running_id) == label["docid"], each.name
        assert [{"name": file.name, "url": file.url} for file in article.attachments] == label["attachments"], each.name
