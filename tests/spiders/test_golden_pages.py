# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Golden pairs: a page in the manner of a platform family, and what must be read from it.

The pages are written for these tests. A pair whose golden is missing is generated and fails until somebody
has read it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from spiders.read import read_page
from spiders.records import Article, Page

PAGES = Path(__file__).parent / "pages"
SITE = "http://www.example.gov.cn"
ADDRESSES = {
    "article_with_sidebar.html": "/czj/zwgk/czsz/201706/t20170621_9000.html",
    "block_page.html": "/czj/zwgk/",
    "dede_article.html": "/zwgk/czgs/2018/0717/707.html",
    "dede_last.html": "/zwgk/czgs/list_21_3.html",
    "dede_list.html": "/zwgk/czgs/list_21_1.html",
    "empire_article.html": "/xxgk/gsgg/2018-07-20/7001.html",
    "empire_first.html": "/xxgk/gsgg/",
    "empire_last.html": "/xxgk/gsgg/index_23.html",
    "empty_list.html": "/zwgk/fzwj/",
    "gkmlpt_api.json": "/gkmlpt/api/all/9003?page=2&sid=755041",
    "gkmlpt_index.html": "/gkmlpt/index",
    "hidden_empty.html": "/zwgk/sgs/",
    "home.html": "/",
    "iframe_list.html": "/zwgk/czxx/",
    "ilist_list.html": "/info/iList.jsp?site_id=CMSexample&cat_id=10622&cur_page=1",
    "jpaas_answer.json": "/api-gateway/jpaas-publish-server/front/page/build/unit?parseType=bulidstatic&webId=3185&pageId=1229565788",
    "jpaas_column.html": "/col/col1229565788/index.html",
    "jpage_answer.html": "/module/web/jpage/dataproxy.jsp?page=3&columnid=284&unitid=423656",
    "jpage_column.html": "/col/col284/index.html",
    "n_channel_article.html": "/n10001/n10002/n10003/c3512001/content.html",
    "n_channel_first.html": "/n10001/n10002/n10003/index.html",
    "n_channel_fragment.html": "/n1/n2/n3/index_2603340_2.html",
    "n_channel_oldest.html": "/n10001/n10002/n10003/index_2603340_1.html",
    "nfcms_article.html": "/zwgk/tzgg/content/post_3130123.html",
    "nfcms_list.html": "/zwgk/tzgg/index.html",
    "nfra_list.json": "/cbircweb/solr/openGovSerch?pageNo=2&pageSize=10&searchType=1",
    "node_list.html": "/tiaofasi/144941/144957/index.html",
    "trs_list.html": "/zwgk/czsz/",
    "trs_second.html": "/czj/czxx/index_1.html",
    "trs_static_part.html": "/zwgk/hjbh/index.htm",
    "ucap_article.html": "/zwgk/c100009/202201/0f1e2d3c4b5a69788796a5b4c3d2e1f0.shtml",
    "ucap_last.html": "/zwgk/c100009/common_list_3.shtml",
    "ucap_list.html": "/zwgk/c106256/fg.shtml",
    "ucap_search.json": "/common/search/0f1e2d3c4b5a69788796a5b4c3d2e1f0?page=2&_pageSize=15&_isJson=true",
    "ucap_second.html": "/zwgk/c100009/common_list_2.shtml",
    "ucap_undated.html": "/zwgk/c106256/c1653889/content.shtml",
    "vsb_article.html": "/info/1056/1876.htm",
    "vsb_first.html": "/tzgg.htm",
    "vsb_last.html": "/tzgg/1.htm",
    "vsb_list.html": "/tzgg/2.htm",
    "was_list.html": "/was5/web/search?channelid=239993&page=2",
    "wuhan_list.html": "/zwgk/gfxwj/index.shtml",
}


def seen(page: Page) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": str(page.kind), "platform": page.platform}
    if page.listing is not None:
        listing = page.listing
        record["items"] = [
            [item.title, item.url.removeprefix(SITE), item.date.isoformat() if item.date else None]
            + [mark for mark in (item.doc_no, item.validity, "sticky" if item.sticky else None) if mark]
            for item in listing.items
        ]
        record["next"] = listing.next.url.removeprefix(SITE) if listing.next else None
        record["total"] = listing.total
        record |= {name: True for name in ("truncated", "declared_empty") if getattr(listing, name)}
        if listing.needs:
            record["needs"] = str(listing.needs)
            record["interfaces"] = [request.url.removeprefix(SITE) for request in listing.interfaces]
    if page.article is not None:
        record["article"] = fields(page.article)
    if page.kind == "home":
        record["columns"] = [[link.name, link.url.removeprefix(SITE), link.where] for link in page.columns]
    return record


def fields(article: Article) -> dict[str, Any]:
    """What an article says, without what it does not; of the text the first words."""
    said = {
        "title": article.title,
        "published": article.published and article.published.isoformat(),
        "meta": article.meta_date and article.meta_date.isoformat(),
        "signed": article.signed_date and article.signed_date.isoformat(),
        "source": article.source,
        "index_no": article.index_no,
        "doc_no": article.doc_no,
        "validity": article.validity,
        "attachments": [[entry.name, entry.url.removeprefix(SITE)] for entry in article.attachments],
        "text": article.text[:24],
    }
    return {name: value for name, value in said.items() if value}


@pytest.mark.parametrize("name", ADDRESSES)
def test_page_reads_as_its_golden_says(name: str) -> None:
    golden = PAGES / f"{name.partition('.')[0]}.golden.json"
    record = seen(read_page((PAGES / name).read_bytes(), SITE + ADDRESSES[name]))
    if not golden.exists():
        golden.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and has been generated: read it before you keep it")
    assert record == json.loads(golden.read_text(encoding="utf-8"))


def test_every_page_has_an_address_and_every_golden_a_page() -> None:
    names = {path.name for path in PAGES.iterdir() if ".golden." not in path.name}
    assert names == ADDRESSES.keys()
    assert {path.name.partition(".")[0] for path in PAGES.glob("*.golden.json")} == {
        name.partition(".")[0] for name in names
    }
