"""Interfaces answer what they like: nothing raises, nothing absurd is believed, nothing unread counts as empty."""

import datetime as dt
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.answers import read_answer
from spiders.asked import asked_again, fields_of, page_of
from spiders.document import Document
from spiders.interfaces import interfaces_of, read_interface
from spiders.jsonrows import as_day, parse_json
from spiders.platforms.generic import read_list
from spiders.records import Needs, PageRequest
from spiders.spelled import spelled

HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
SITE = "http://www.example.gov.cn"
INTERFACES = [
    "/api/list?page=1&pageSize=15",
    "/module/web/jpage/dataproxy.jsp?page=1&columnid=284&unitid=9&perpage=100",
    "/module/web/jpage/dataproxy.jsp?startrecord=31&endrecord=90&perpage=10",
    "/module/xxgk/search.jsp?currpage=1&divid=div284",
    "/api-gateway/jpaas-publish-server/front/page/build/unit?tagId=list&paramJson=%7B%22pageNo%22%3A2%7D",
    "/truecms/messageController/getMessage.do?startrecord=1&endrecord=60&perpage=20&columnId=x",
    "/EWB-FRONT/rest/lightfrontaction/getgovinfolist",
    "/js/webBuilderCommon.js?categorynum=003006&deptcode=",
    "/igs/front/search/list.html?pageNumber=1&pageSize=50&index=x",
    f"/common/search/{HEX}?page=1&_pageSize=15",
    "/cms/JsonList",
    "/getFileListByCodeId",
    "/search-gov/data?t=zhengcelibrary_gw&p=1&n=50",
    "/cbircweb/DocInfo/SelectDocByItemIdAndChild?itemId=931&pageSize=18&pageIndex=1",
    "/cn/static/data/DocInfo/SelectDocByItemIdAndChild/data_itemId=931,pageIndex=1,pageSize=18.json",
]
POSTED = PageRequest(SITE, "POST", '{"params":{"pageIndex":0,"pageSize":50}}')
ERROR_PAGE = "<html><head><title>系统提示</title></head><body><p>没有找到相关数据</p><p>暂无数据</p></body></html>"


def listed(**row: Any) -> dict[str, Any]:
    return {"title": "关于公开预算的通知", "url": "/a/1.html", "publishdate": "2017-06-21"} | row


def read(value: object, url: str = INTERFACES[0]) -> Any:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return read_list(Document(SITE + url, text))


@pytest.mark.parametrize("url", [url for url in INTERFACES if "webBuilderCommon" not in url])
@pytest.mark.parametrize(
    "text",
    [
        ERROR_PAGE,
        "",
        "null",
        "[]",
        "{}",
        '{"code":500,"total":0,"data":[]}',
        '{"success":false,"total":0,"rows":[]}',
        '{"data":',
        "callback()",
        "\ufeff",
        "404",
    ],
)
def test_nothing_readable_is_never_an_empty_list(url: str, text: str) -> None:
    page = read_list(Document(SITE + url, text))
    assert page.items == ()
    assert page.next is None
    assert not page.declared_empty or url == INTERFACES[0]
    if parse_json(text) is not None or url != INTERFACES[0]:
        assert page.needs is Needs.INTERFACE


@pytest.mark.parametrize("total", [-1, -5, 99_999_999_999, 999_999_999, "一百", None, True, 1.5, [], "1e9", 0, "٣٣"])
def test_absurd_totals_are_ignored(total: object) -> None:
    page = read({"total": total, "rows": [listed(), listed(url="/a/2.html")]})
    assert (len(page.items), page.total) == (2, None)


def test_a_total_that_counts_pages_is_no_count_of_items() -> None:
    page = read({"total": 3, "rows": [listed(url=f"/a/{n}.html") for n in range(15)]})
    assert page.total is None
    assert page.next is not None


@pytest.mark.parametrize(
    "wrapping",
    [
        "{}",
        "cb({});",
        "jQuery19_1.x$({})",
        "/**/ cb({})",
        "typeof cb === 'function' && cb({});",
        "\ufeff{}",
        " \r\n{}\r\n",
        "\ufeffcb( {} )",
    ],
)
def test_callbacks_and_marks_around_an_answer_do_not_matter(wrapping: str) -> None:
    text = json.dumps({"total": 1, "rows": [listed()]}, ensure_ascii=False)
    assert len(read(wrapping.replace("{}", text, 1)).items) == 1


@pytest.mark.parametrize(
    ("row", "title", "url"),
    [
        ({"title": None}, None, None),
        ({"title": ""}, None, None),
        ({"title": ["a"]}, None, None),
        (
            {"title": "<p><font color='red'>关于<em>公开</em></font>&nbsp;预算&amp;决算</p>"},
            "关于公开 预算&决算",
            "/a/1.html",
        ),
        ({"title": "&lt;b&gt;关于公开预算&lt;/b&gt;"}, "关于公开预算", "/a/1.html"),
        ({"title": "关于\ud800公开"}, "关于\ufffd公开", "/a/1.html"),
        ({"url": "javascript:void(0)"}, "关于公开预算的通知", ""),
        ({"url": "http://[::1"}, "关于公开预算的通知", ""),
        ({"url": None}, "关于公开预算的通知", ""),
        ({"url": {"a": 1}}, "关于公开预算的通知", ""),
        ({"url": "x" * 5_000}, "关于公开预算的通知", ""),
    ],
)
def test_a_row_is_read_or_left_out(row: dict[str, Any], title: str | None, url: str | None) -> None:
    page = read({"rows": [listed(url="/b.html"), listed(url="/c.html"), listed(**row)]})
    last = page.items[-1]
    if title is None:
        assert len(page.items) == 2
    else:
        assert (last.title, last.url.removeprefix(SITE)) == (title, url)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1498003200, dt.date(2017, 6, 21)),
        (1498003200000, dt.date(2017, 6, 21)),
        ("1498003200", dt.date(2017, 6, 21)),
        ("2017-06-21T00:10:00.000+0800", dt.date(2017, 6, 21)),
        ("2017年6月21日", dt.date(2017, 6, 21)),
        ("20170621", dt.date(2017, 6, 21)),
        ("20171345", None),
        (9_999_999_999_999, None),
        (0, None),
        (-1498003200, None),
        ("", None),
        (None, None),
        ("٢٠١٧٠٦٢١", None),
        ("1" * 5_000, None),
    ],
)
def test_a_day_is_read_from_seconds_milliseconds_and_text(value: object, day: dt.date | None) -> None:
    assert as_day(value) == day


def test_bytes_in_gbk_and_with_a_mark_are_read() -> None:
    text = json.dumps({"total": 1, "rows": [listed()]}, ensure_ascii=False)
    for body in (text.encode("gbk"), text.encode("utf-8-sig"), text.encode("utf-16")):
        document = Document.from_bytes(body, SITE + INTERFACES[0], "utf-8")
        assert read_list(document).items[0].title == "关于公开预算的通知"


def test_an_article_s_answer_may_have_a_mark_a_callback_and_files() -> None:
    files = [
        {"attachmentName": "附件.pdf", "urlOtherName": "/files/1.pdf"},
        {"attachmentName": None, "urlOtherName": "javascript:;"},
        None,
    ]
    data = {
        "rptCode": 200,
        "data": {
            "docSubtitle": "办法",
            "docClob": "<p>全文</p>",
            "publishDate": "2017-06-21 10:27:00",
            "documentNo": "金规〔2017〕1号",
            "attachmentInfoVOList": files,
        },
    }
    article = read_answer(
        Document(f"{SITE}/cbircweb/DocInfo/SelectByDocId?docId=1", "\ufeffcb(" + json.dumps(data) + ")")
    )
    assert article is not None
    assert (article.title, article.published, article.doc_no) == ("办法", dt.date(2017, 6, 21), "金规〔2017〕1号")
    assert [(file.name, file.url) for file in article.attachments] == [("附件.pdf", f"{SITE}/files/1.pdf")]
    assert read_answer(Document(SITE, json.dumps({"code": 500} | data["data"]))) is None  # type: ignore[operator]


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["<a href='x'>", "<record>", "<li count='1' rows='0'>"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "title",
                    "url",
                    "total",
                    "rows",
                    "data",
                    "html",
                    "result",
                    "pubtime",
                    "docid",
                    "domainMetaList",
                    "resultList",
                    "key",
                    "value",
                    "x",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(derandomize=True, deadline=None, max_examples=120)
@given(JSON_VALUES, st.sampled_from(INTERFACES), st.sampled_from([None, POSTED]))
def test_no_answer_makes_reading_raise(value: object, url: str, asked: PageRequest | None) -> None:
    document = Document(SITE + url, json.dumps({"data": value}), asked=asked)
    page = read_interface(document)
    assert page is not None
    assert page.total is None or page.total >= 0
    read_answer(document)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(
    st.text(max_size=60), st.text(max_size=60), st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3)
)
def test_no_question_makes_asking_again_raise(url: str, body: str, changes: dict[str, str]) -> None:
    try:
        document = Document(url, "", asked=PageRequest(url, "POST", body))
        fields_of(document)
    except ValueError:  # addresses of documents have been split before they were asked
        return
    page_of(PageRequest(url, "POST", body))
    asked_again(document, changes)


RUNS = {
    "calls": "$('#1').jpage({" * 60_000,
    "open braces": "<script>$('#1').jpage({ajaxParam:" + "{" * 500_000 + "</script><record>",
    "units": '<script url="/x/build/unit" queryData="{' * 20_000,
    "sums": 'messageController/getMessage.do "/igs/front/a.html?x=" ' + '+ "a" ' * 100_000,
    "variables": 'code = "1" ' * 60_000 + '"/igs/front/search/list.html?code=" + code' * 30,
    "rows": json.dumps({"rows": [listed(url=f"/a/{n}.html") for n in range(20_000)]}),
    "nested": '{"a":' * 100_000,
    "wide": json.dumps([[{"x": str(n)}] * 20 for n in range(20_000)]),
    "tags in a title": json.dumps({"rows": [listed(title="<" * 200_000)]}),
    "quotes": "\"'" * 300_000 + "/common/search/",
    "categories": "EWB-FRONT " + "categorynum = " * 60_000,
    "groups": "<record>x</record><nextgroup><![CDATA[<a " * 20_000,
    "spaces": "/module/xxgk/ " + "共" + "&nbsp;" * 100_000,
}


@pytest.mark.parametrize("name", RUNS)
def test_long_runs_are_read_in_linear_time(name: str) -> None:
    started = time.process_time()
    for url in ("/zwgk/index.html", INTERFACES[0], INTERFACES[1], INTERFACES[3]):
        document = Document(SITE + url, RUNS[name])
        interfaces_of(document)
        read_interface(document)
    assert time.process_time() - started < 8.0  # a quadratic step takes minutes


def test_addresses_are_put_together_only_from_what_can_be_read() -> None:
    assert spelled('a("/list/x.do?id=" + id + "&page=" + n)', "/list/") == []
    assert spelled('var id = \'7\'; a("/list/x.do?id=" + id + "&page=" + n)', "/list/") == ["/list/x.do?id=7&page=1"]
    assert spelled('a("/list/x.do?id=1&amp;r=" + Math.random())', "/list/") == []
    assert parse_json("cb(1)") is None
