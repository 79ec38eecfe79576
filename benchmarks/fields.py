"""What is read from the labelled pages, family by family and field by field, and each miss with its cause.

    python -m benchmarks.fields [--pages DIR]

DIR as for `benchmarks.extraction`. Every page is read as `gongkai extract` reads it: its kind must be found out first,
and a page that is taken for another kind misses all its fields. Of a list the labels give the number of rows, the first
row and the next page; of the Pingtan portal's columns every row. A field that no label of a family names has no share.
Labels that the page itself contradicts are put right in `WRONG_LABELS`, each with its reason, and counted as such.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

from benchmarks.extraction import PAGES, UNKNOWN_ADDRESS, bare
from spiders.read import read_page
from spiders.records import Article, ListPage, Page, PageKind

FIELDS: Final = (
    *("kind", "title", "date", "source", "doc_no", "index_no"),
    *("rows", "row title", "row url", "row date", "next"),
)
# Lists whose labels give no address; rows and pager need one to resolve against.
UNKNOWN_LIST: Final = "http://www.example.gov.cn/zwgk/lb/index.html"
KNOWN_ADDRESSES: Final = {"083": "https://www.nfra.gov.cn/cbircweb/solr/openGovSerch?pageNo=2&pageSize=10&searchType=1"}
# (page, field) -> what the page says in fact.
WRONG_LABELS: Final[dict[tuple[str, str], Any]] = {
    ("066", "rows"): 6,  # six <li> with six addresses; the label says seven
    ("048", "next"): "index_1.html",  # Pager({size: 100, current: 0, ...}), its code stands in the page
    ("057", "next"): "/cssfzx/032001/032001001/2.html",  # the click handler spells it; 169 items at 15 a page
    ("059", "next"): "/tcsfzx/033001/2.html",  # the same; 338 items
    ("085", "next"): "index_2603340_1.html",  # page 084's script counts down from 16: page 2 is followed by 1
    ("086", "next"): "index_2603340_2.html",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One field of one page: what was read, what is labelled, and why they differ (empty where they do not)."""

    family: str
    page: str
    field: str
    cause: str = ""


def readings(folder: Path) -> Iterator[Reading]:
    """Every labelled field of both collections."""
    for label in _rows(folder / "pages.jsonl"):
        url = KNOWN_ADDRESSES.get(label["id"]) or label["url"]
        url = url or (UNKNOWN_LIST if label["kind"] == "list" else UNKNOWN_ADDRESS)
        page = read_page((folder / "pages" / f"{label['id']}.html").read_bytes(), url)
        for field, cause in _compared(label, page, url):
            yield Reading(_family(label), label["id"], field, cause)
    yield from _pingtan(folder / "pingtan")


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _family(label: dict[str, Any]) -> str:
    return str(label["cms_family"]).split("(")[0]


def _compared(label: dict[str, Any], page: Page, url: str) -> Iterator[tuple[str, str]]:
    """(field, cause of the miss or "") of a page."""
    yield "kind", "" if page.kind == label["kind"] else f"taken for: {page.kind}"
    if label["kind"] == "article":
        yield from _article(page, label["title"], label["pub_date"], label["source"])
    elif label["kind"] == "list":
        yield from _list(page, label, url)


def _article(page: Page, title: str, date: str | None, source: str | None) -> Iterator[tuple[str, str]]:
    article = page.article
    if article is None:
        yield from ((field, f"taken for: {page.kind}") for field in ("title", "date", "source"))
        return
    yield "title", _difference(article.title, title)
    claimed = article.published.isoformat() if article.published else None
    yield "date", "" if claimed == date else _date_cause(article, claimed, date)
    yield "source", _difference(article.source, source)


def _difference(read: str | None, wanted: str | None) -> str:
    if bare(read) == bare(wanted):
        return ""
    if read is None:
        return f"nothing found, labelled {wanted!r}"
    return f"read {read!r}, " + (f"labelled {wanted!r}" if wanted else "the page states none")


def _date_cause(article: Article, claimed: str | None, wanted: str | None) -> str:
    """Which clock was believed, and which one would have been right."""
    clocks = {
        "visible": article.visible_date,
        "meta": article.meta_date,
        "address": article.url_date,
        "signature": article.signed_date,
    }
    believed = [name for name, day in clocks.items() if claimed and day and day.isoformat() == claimed]
    right = [name for name, day in clocks.items() if wanted and day and day.isoformat() == wanted]
    said = f"believed {'/'.join(believed)} {claimed}" if claimed else "no date believed"
    return f"{said}; labelled {wanted or 'none'}" + (f", which the {'/'.join(right)} says" if right else "")


def _list(page: Page, label: dict[str, Any], url: str) -> Iterator[tuple[str, str]]:
    listing = page.listing
    if listing is None:
        fields = ("rows", "row title", "row url", "row date", "next")
        yield from ((field, f"taken for: {page.kind}") for field in fields)
        return
    count = WRONG_LABELS.get((label["id"], "rows"), label["n_list_items"])
    if count is not None:
        yield "rows", "" if len(listing.items) == count else f"{len(listing.items)} rows, labelled {count}"
    yield from _first_row(listing, label["list_first"], url)
    yield "next", _next_cause(listing, WRONG_LABELS.get((label["id"], "next"), label["next_page_url"]), url)


def _first_row(listing: ListPage, wanted: dict[str, Any] | None, url: str) -> Iterator[tuple[str, str]]:
    if not wanted:
        return
    if not listing.items:
        yield from ((field, "no rows") for field in ("row title", "row url", "row date"))
        return
    first = listing.items[0]
    # A label takes the remark behind a title into it (048: [提交时间...]).
    begins = bool(first.title) and bare(wanted["title"]).startswith(bare(first.title) + "[提交时间")
    yield "row title", "" if begins else _difference(first.title, wanted["title"])
    if not wanted["url"].startswith("javascript"):  # links robbed by a re-publisher lead nowhere
        yield "row url", _difference(first.url, urljoin(url, wanted["url"]))
    yield "row date", _difference(first.date.isoformat() if first.date else None, wanted["date"])


def _next_cause(listing: ListPage, wanted: str | None, url: str) -> str:
    expected = urljoin(url, wanted) if wanted and not wanted.startswith("javascript") else None
    read = listing.next.url if listing.next else None
    if read == expected:
        return ""
    return f"{read or 'no next page'}, labelled {expected or 'the last page'}"


def _pingtan(folder: Path) -> Iterator[Reading]:
    family = "trs_wcm (Pingtan)"
    for label in _rows(folder / "articles.jsonl"):
        file = folder / "site" / label["url"].partition("pingtan.gov.cn/")[2]
        if file.is_file():
            page = read_page(file.read_bytes(), label["url"])
            yield Reading(family, file.stem, "kind", "" if page.article else f"taken for: {page.kind}")
            for field, cause in _article(page, label["title"], label["pub_date_meta"][:10], label["source"]):
                yield Reading(family, file.stem, field, cause)
            article = page.article or Article(None)
            yield Reading(family, file.stem, "doc_no", _difference(article.doc_no, label["doc_no"]))
            yield Reading(family, file.stem, "index_no", _difference(article.index_no, label["index_no"]))
    columns: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in _rows(folder / "items.jsonl"):
        columns[item["column"]].append(item)
    for column, wanted in columns.items():
        file = folder / "site" / column / "index.htm"
        if file.is_file():
            page = read_page(file.read_bytes(), f"https://www.pingtan.gov.cn/{column}/index.htm")
            name = column.rsplit("/", 1)[-1]
            yield Reading(family, name, "kind", "" if page.kind is PageKind.LIST else f"taken for: {page.kind}")
            yield from (Reading(family, name, field, cause) for field, cause in _column(page, wanted))


def _column(page: Page, wanted: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Every row of a column, matched by address."""
    items = {item.url: item for item in (page.listing or ListPage(())).items}
    yield "rows", "" if len(items) == len(wanted) else f"{len(items)} rows, labelled {len(wanted)}"
    for label in wanted:
        item = items.get(label["url"])
        yield "row url", "" if item else f"row missing: {label['url']}"
        if item:
            yield "row title", _difference(item.title, label["title"])
            yield "row date", _difference(item.date.isoformat() if item.date else None, label["list_date"])


def table(found: list[Reading]) -> Iterator[str]:
    """Lines: right of labelled, a family a line, then all families together."""
    yield f"{'':24}" + "".join(f"{field:>11}" for field in FIELDS)
    families = sorted({reading.family for reading in found})
    for family in (*families, "all"):
        of_family = [reading for reading in found if family in (reading.family, "all")]
        cells = []
        for field in FIELDS:
            causes = [reading.cause for reading in of_family if reading.field == field]
            cells.append(f"{sum(not cause for cause in causes)}/{len(causes)}" if causes else "-")
        yield f"{family:24}" + "".join(f"{cell:>11}" for cell in cells)


def misses(found: list[Reading]) -> Iterator[str]:
    for reading in found:
        if reading.cause:
            yield f"  {reading.family} {reading.page} {reading.field}: {reading.cause}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.fields")
    parser.add_argument("--pages", type=Path, default=PAGES, metavar="DIR")
    folder = parser.parse_args().pages
    if not (folder / "pages.jsonl").is_file() or not (folder / "pingtan" / "articles.jsonl").is_file():
        print(f"no labelled pages in {folder}: pages.jsonl and pingtan/articles.jsonl are needed", file=sys.stderr)
        raise SystemExit(2)
    found = list(readings(folder))
    print("\n".join(table(found)))
    print(f"labels put right: {', '.join(f'{page} {field}' for page, field in WRONG_LABELS)}")
    print("misses:")
    print("\n".join(misses(found)) or "  none")


if __name__ == "__main__":
    main()
