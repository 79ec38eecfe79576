# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""The disclosure directory of Guangdong: tree, interface, validity flags, bodies in a script."""

import datetime as dt
import json

import pytest

from spiders.document import Document
from spiders.platforms.gkmlpt import Gkmlpt
from spiders.records import PageRequest

SITE = "http://www.example.gov.cn"
API = SITE + "/gkmlpt/api/all/9003"
READER = Gkmlpt()
PAGE = """<html><head><title>示例区政府信息公开</title></head><body><table><tr><td>索引号:</td><td>007543382/2012-00077</td></tr>
<tr><td>发布机构:</td><td>示例区财政局</td><td>成文日期:</td><td>2012-08-10</td></tr><tr><td>名称:</td><td>示例区专项资金管理办法</td></tr>
<tr><td>文号:</td><td>示财规〔2012〕3号</td><td>发布日期:</td><td>2012-08-11</td></tr></table>
<script>window._CONFIG = { SID: '755041', DETAIL: %s, SERVICE_AREA_ID: 755 }</script></body></html>"""
DETAIL = {
    "title": "示例区专项资金管理办法",
    "content": '<p>第一条 为规范专项资金管理，制定本办法。</p><p><a href="/attachment/1.docx">附件1.docx</a></p>',
    "is_abolished": 1,
}


def answer(rows: int, count: int) -> str:
    articles = [
        {"title": f"文件{n}", "url": f"/gkmlpt/content/9/{n}/post_{n}.html", "display_publish_time": 1498060799}
        for n in range(rows)
    ]
    return json.dumps({"classify": {"post_count": count}, "articles": articles, "total": count})


@pytest.mark.parametrize(
    ("query", "rows", "count", "following"),
    [
        ("?page=1&sid=7", 100, 204, "?page=2&sid=7"),
        ("?page=0&sid=7", 100, 204, "?page=2&sid=7"),  # pages 0 and 1 are the same
        ("?page=2&sid=7", 100, 204, "?page=3&sid=7"),
        ("?page=3&sid=7", 4, 204, None),
        ("?page=3&sid=7", 0, 204, None),  # an empty page ends the list whatever the count says
        ("?page=2&sid=7", 100, 200, None),
        ("?sid=7", 100, 204, "?sid=7&page=2"),
    ],
)
def test_pages_go_on_until_the_count_is_reached(query: str, rows: int, count: int, following: str | None) -> None:
    page = READER.read_list(Document(API + query, answer(rows, count)))
    assert page.next == (PageRequest(API + following) if following else None)
    assert len(page.items) == rows
    assert page.total == count


def test_an_empty_node_is_an_empty_list() -> None:
    assert READER.read_list(Document(API + "?page=1", answer(0, 0))).declared_empty


def test_the_last_second_of_a_day_in_shanghai_belongs_to_that_day() -> None:
    page = READER.read_list(Document(API + "?page=1", answer(1, 1)))
    assert page.items[0].date == dt.date(2017, 6, 21)


def test_the_article_is_in_the_script() -> None:
    article = READER.read_article(
        Document(SITE + "/gkmlpt/content/9/9103/post_9103541.html", PAGE % json.dumps(DETAIL))
    )
    assert article.title == "示例区专项资金管理办法"
    assert "第一条 为规范专项资金管理" in article.text
    assert article.published == dt.date(2012, 8, 11)
    assert article.signed_date == dt.date(2012, 8, 10)
    assert article.doc_no == "示财规〔2012〕3号"
    assert article.validity == "废止"
    assert [file.url for file in article.attachments] == [SITE + "/attachment/1.docx"]


def test_a_configuration_that_is_no_json_still_gives_its_content() -> None:
    broken = '{title: \'x\', "content": "\\u003Cp\\u003E第一条 为规范专项资金管理，制定本办法。\\u003C/p\\u003E", tail: undefined}'
    article = READER.read_article(Document(SITE + "/gkmlpt/content/9/9103/post_9103541.html", PAGE % broken))
    assert "第一条 为规范专项资金管理" in article.text


def test_every_page_of_the_family_leads_to_the_directory() -> None:
    document = Document(SITE + "/szfgw/gkmlpt/content/9/9103/post_9103541.html", "<html></html>")
    assert READER.directory(document)[0] == PageRequest(SITE + "/szfgw/gkmlpt/index")
