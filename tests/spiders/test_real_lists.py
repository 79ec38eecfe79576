"""Shares reached on the labelled real pages, where they are at hand. Every miss is printed with its page."""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from spiders.read import read_page
from spiders.records import ListPage, PageKind

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not (DATA / "pages.jsonl").exists(), reason="the labelled pages are not here")

# Addresses of pages whose labels give none; rows and pager need some address to resolve against.
STAND_IN = "http://www.example.gov.cn/zwgk/lb/index.html"
ADDRESSES = {"083": "https://www.nfra.gov.cn/cbircweb/solr/openGovSerch?pageNo=2&pageSize=10&searchType=1"}

# Labels that the page itself contradicts.
WRONG_COUNT = {"066": 6}  # the page holds six rows (six <li>, six addresses), the label says seven
WRONG_NEXT = {
    "048": "index_1.html",  # Pager({size:100, current:0, prefix:'index', suffix:'html'}), its code stands in the page
    "057": "/cssfzx/032001/032001001/2.html",  # the click handler spells the address; 169 items at 15 a page
    "059": "/tcsfzx/033001/2.html",  # the same; 338 items
    "085": "index_2603340_1.html",  # 084's script counts down from 16 to 1: page 2 is followed by 1
    "086": "index_2603340_2.html",
}


def labels(kind: str) -> Iterator[dict[str, Any]]:
    for line in (DATA / "pages.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if label["kind"] == kind:
            yield label


def address(label: dict[str, Any]) -> str:
    return ADDRESSES.get(label["id"]) or label["url"] or STAND_IN


@cache
def listing(identifier: str, url: str) -> ListPage:
    body = (DATA / "pages" / f"{identifier}.html").read_bytes()
    page = read_page(body, url, kind=PageKind.LIST)
    assert page.listing is not None
    return page.listing


def bare(title: str) -> str:
    return "".join(title.split()).replace("\u200b", "")


def report(what: str, right: int, misses: list[str]) -> float:
    total = right + len(misses)
    print(f"{what}: {right}/{total} = {right / total:.1%}")
    for miss in misses:
        print("  miss", miss)
    return right / total


def test_items_of_the_labelled_lists() -> None:
    right, misses = 0, []
    for label in labels("list"):
        url = address(label)
        found = listing(label["id"], url)
        wanted = label["list_first"]
        count = WRONG_COUNT.get(label["id"], label["n_list_items"])
        first = found.items[0] if found.items else None
        good = len(found.items) == count
        if good and wanted and first:
            link = urljoin(url, wanted["url"]) if not wanted["url"].startswith("javascript") else ""
            same_title = bare(first.title) == bare(wanted["title"]) or bare(wanted["title"]).startswith(
                bare(first.title) + "[提交时间"
            )
            good = (
                same_title and (first.date.isoformat() if first.date else None) == wanted["date"] and first.url == link
            )
        right += good
        if not good:
            misses.append(f"{label['id']}: {len(found.items)} of {count} items, first {first}")
    assert report("lists", right, misses) >= 0.98


def test_next_pages_of_the_labelled_lists() -> None:
    right, misses = 0, []
    for label in labels("list"):
        url = address(label)
        wanted = WRONG_NEXT.get(label["id"], label["next_page_url"])
        expected = urljoin(url, wanted) if wanted and not wanted.startswith("javascript") else None
        found = listing(label["id"], url).next
        if (found.url if found else None) == expected:
            right += 1
        else:
            misses.append(f"{label['id']}: {found}, expected {expected}")
    assert report("next pages", right, misses) >= 0.95


def test_a_next_button_robbed_of_its_address_is_no_end_of_the_list() -> None:
    for label in labels("list"):
        if (label["next_page_url"] or "").startswith("javascript"):
            assert listing(label["id"], address(label)).truncated, label["id"]


def test_kinds_and_families_of_the_labelled_pages() -> None:
    families = {"gd_nfcms": "nfcms", "epoint_ewb": "epoint", "nfra_json_api": "nfra", "hanweb_old": "hanweb_jcms"}
    right, misses, named = 0, [], 0
    lines = [label for kind in ("list", "article", "home") for label in labels(kind)]
    for label in lines:
        page = read_page((DATA / "pages" / f"{label['id']}.html").read_bytes(), label["url"] or "")
        family = label["cms_family"].split("(")[0].replace("ucap_like", "ucap")
        named += page.platform == families.get(family, family)
        if page.kind == label["kind"]:
            right += 1
        else:
            misses.append(f"{label['id']}: {page.kind}, expected {label['kind']}")
    print(f"families: {named}/{len(lines)}")
    assert report("kinds", right, misses) >= 0.97
    assert named / len(lines) >= 0.9  # "other" and "xinhua_cms" are names that no family bears


def test_lists_of_the_pingtan_portal() -> None:
    columns: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for line in (DATA / "pingtan" / "items.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        columns[item["column"]].append((bare(item["title"]), item["list_date"], item["url"]))
    right, misses = 0, []
    for column, expected in columns.items():
        path = DATA / "pingtan" / "site" / column / "index.htm"
        if not path.exists():
            continue
        page = read_page(path.read_bytes(), f"https://www.pingtan.gov.cn/{column}/index.htm")
        assert page.listing is not None
        assert page.listing.truncated, column
        found = {(bare(item.title), str(item.date), item.url) for item in page.listing.items}
        right += len(found & set(expected))
        misses += [f"{column}: {row}" for row in set(expected) ^ found]
    assert report("Pingtan rows", right, misses) >= 0.98
