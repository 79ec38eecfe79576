# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""What each family's page asks of its interface, and what is read from the answers."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from db.facts import Stop
from spiders.document import Document
from spiders.interfaces import interfaces_of
from spiders.platforms.generic import read_list
from spiders.reading import ColumnProgress, Interfaces
from spiders.records import ListPage, Needs, PageRequest

SITE = "http://www.example.gov.cn"
HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"


def html(url: str, body: str) -> Document:
    return Document(SITE + url, f"<html><head><title>财政收支</title></head><body>{body}</body></html>")


def answer(request: PageRequest, value: object) -> Document:
    """What an interface answers to a request."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Document(request.url, text, asked=request if request.method == "POST" else None)


def fields(request: PageRequest) -> dict[str, Any]:
    """All that a request asks, query and body."""
    asked: dict[str, Any] = dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    if request.body and request.body.startswith("{"):
        return asked | json.loads(request.body)
    return asked | dict(parse_qsl(request.body or "", keep_blank_values=True))


def path(request: PageRequest | None) -> str:
    return urlsplit(request.url).path if request else ""


def record(number: int, day: str = "2017-06-21") -> str:
    return f'<record><![CDATA[<li><a href="/art/2017/6/21/art_284_{number}.html">2017年全市预算收支情况之{number}</a><span>{day}</span></li>]]></record>'


def store(start: int, count: int, total: int | None = None) -> str:
    stated = f"<totalrecord>{total}</totalrecord>" if total is not None else ""
    rows = "".join(record(number) for number in range(start, start + count))
    return f"<datastore>{stated}<recordset>{rows}</recordset></datastore>"


def rows(count: int, **names: str) -> list[dict[str, Any]]:
    """Rows of a JSON answer; `names` renames title, url and date."""
    title, url, day = (names.get(name, name) for name in ("title", "url", "date"))
    return [{title: f"关于第{n}批项目的公示", url: f"/a/{n}.html", day: "2017-06-21"} for n in range(count)]


# --- Hanweb JCMS --------------------------------------------------------------------------------------------


def jcms_column(count: int, total: int, params: str = "") -> Document:
    group = '<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=3&path=/&columnid=284&unitid=423656">]]></nextgroup>'
    first = store(1, count).replace("<datastore>", "<datastore>" + group)
    calls = f"$('#1').jpage({{totalRecord:1000,perPage:10}});$('#423656').jpage({{totalRecord:{total},proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:10,{params}dataStore:$('#423656').children('script').html()}});"
    unit = f'<div id="423656"><script type="text/xml">{first}</script></div>'
    mobile = unit.replace("423656", "900001")
    return html("/col/col284/index.html", f"{unit}<script>{calls}</script>{mobile}")


PARAMS = "ajaxParam:{col:1,appid:'1',webid:3,path:'/',columnid:284,sourceContentType:1,unitid:'423656',webname:'%E7%A4%BA%E4%BE%8B%E5%B8%82',permissiontype:0},"


def test_a_jcms_column_counts_by_the_call_with_the_store_and_ignores_the_mobile_unit() -> None:
    page = read_list(jcms_column(30, 138, PARAMS))
    assert (len(page.items), page.total, page.needs) == (30, 138, None)


def test_a_jcms_column_goes_on_behind_its_embedded_rows_with_the_fields_of_its_script() -> None:
    request = read_list(jcms_column(30, 138, PARAMS)).next
    assert request is not None
    assert (request.method, path(request)) == ("POST", "/module/web/jpage/dataproxy.jsp")
    asked = fields(request)
    assert (asked["startrecord"], asked["endrecord"], asked["perpage"]) == ("31", "90", "10")
    assert (asked["columnid"], asked["unitid"], asked["webname"], asked["col"]) == ("284", "423656", "示例市", "1")


def test_jcms_fields_may_stand_in_a_variable_and_be_encrypted() -> None:
    named = "ajaxParam:param_423656,"
    column = jcms_column(30, 138, named)
    variable = "var param_423656 = {columnid:'aGVsbG8rd29ybGQ9PQ==', unitid:'x/y+z=', webid:'3'};"
    asked = fields(
        read_list(replace(column, text=column.text.replace("$('#1')", variable + "$('#1')"))).next or PageRequest("")
    )
    assert (asked["columnid"], asked["unitid"]) == ("aGVsbG8rd29ybGQ9PQ==", "x/y+z=")


def test_without_fields_the_next_group_is_asked_by_page_and_its_address_goes_back_untouched() -> None:
    column = jcms_column(30, 138)
    column = replace(column, text=column.text.replace("columnid=284", "columnid=aGVsbG8%2Bd29ybGQ%3D"))
    page = read_list(column)
    assert page.next is not None
    assert "columnid=aGVsbG8%2Bd29ybGQ%3D&" in page.next.url
    assert fields(page.next)["page"] == "1"
    assert fields(page.next)["perpage"] == "100"


def test_all_rows_embedded_is_the_end() -> None:
    page = read_list(jcms_column(12, 12, PARAMS))
    assert (page.next, page.truncated, page.total) == (None, False, 12)


def empty_jcms(more: str = "", total: int = 0, holds: str = "") -> Document:
    """A column of two units, one for small screens, whose stores hold nothing."""
    units = ""
    for unit in ("423656", "900001"):
        units += (
            f'<div id="{unit}"><script type="text/xml"><datastore><recordset>\n{holds}</recordset></datastore></script>'
        )
        units += f"<script>$('#{unit}').jpage({{totalRecord:{total},perPage:20,dataStore:$('#{unit}').html()}});</script></div>"
    return html("/col/col284/index.html", f"<h2>收费目录清单</h2>{units}{more}")


def test_a_jcms_column_that_carries_an_empty_store_and_counts_none_is_an_empty_list() -> None:
    page = read_list(empty_jcms("<script>$('#423656_0').jpage({totalRecord:1000,perPage:20});</script>"))
    assert (page.items, page.total, page.declared_empty) == ((), 0, True)
    assert ColumnProgress(None).add(page).stop is Stop.END_OF_LIST


@pytest.mark.parametrize(
    "page",
    [
        empty_jcms(total=12),  # it counts rows that are not there
        empty_jcms(holds="<!-- -->"),
        empty_jcms("<script>$('#555').jpage({totalRecord:12,proxyUrl:'/x.jsp'});</script>"),  # another unit has rows
        empty_jcms("<script>$(list).jpage({totalRecord:0});</script>"),  # nobody knows what this one shows
        empty_jcms("<ul>" + "".join(record(n)[17:-12] for n in range(5)) + "</ul>"),
        replace(empty_jcms(), url="http://czj.example/index.html"),
        html("/col/col284/index.html", "<h2>收费目录清单</h2>"),
    ],
)
def test_an_empty_store_in_doubt_is_no_empty_list(page: Document) -> None:
    read = read_list(page)
    assert not read.declared_empty
    assert ColumnProgress(None).add(read).stop is not Stop.END_OF_LIST or read.items


@pytest.mark.parametrize(
    ("start", "end", "given", "total", "following"),
    [
        (31, 90, 60, 138, ("91", "150")),
        (91, 150, 48, 138, None),
        (31, 90, 20, 138, ("51", "110")),  # the proxy cuts its windows
        (31, 90, 60, None, ("91", "150")),
        (91, 150, 7, None, None),
        (31, 90, 60, 12, ("91", "150")),  # an absurd total is none
    ],
)
def test_a_window_goes_on_where_the_last_one_ended(
    start: int, end: int, given: int, total: int | None, following: tuple[str, str] | None
) -> None:
    url = f"{SITE}/module/web/jpage/dataproxy.jsp?startrecord={start}&endrecord={end}&perpage=10"
    page = read_list(answer(PageRequest(url, "POST", "columnid=a%2Bb&unitid=9"), store(start, given, total)))
    asked = fields(page.next) if page.next else None
    assert len(page.items) == given
    assert (asked and (asked["startrecord"], asked["endrecord"])) == following
    assert page.next is None or (page.next.method, page.next.body) == ("POST", "columnid=a%2Bb&unitid=9")


@pytest.mark.parametrize(
    "text", ["<?xml version='1.0' encoding='UTF-8'?><datastore></datastore>", "", "null", "<html>502</html>"]
)
def test_a_deep_page_without_records_is_no_end(text: str) -> None:
    page = read_list(Document(f"{SITE}/module/web/jpage/dataproxy.jsp?page=9&columnid=1&unitid=2", text))
    assert (page.items, page.declared_empty, page.needs) == ((), False, Needs.INTERFACE)


def test_a_proxy_that_gives_fewer_rows_a_page_than_asked_is_asked_for_that_many() -> None:
    url = f"{SITE}/module/web/jpage/dataproxy.jsp?page=1&columnid=284&unitid=9&startrecord=1&endrecord=100&perpage=100"
    page = read_list(Document(url, store(1, 20, 45)))
    assert page.next is not None
    assert (fields(page.next)["page"], fields(page.next)["perpage"]) == ("2", "20")
    assert read_list(Document(page.next.url.replace("page=2", "page=3", 1), store(41, 5, 45))).next is None


def test_dates_broken_over_lines_are_read() -> None:
    page = read_list(
        Document(
            f"{SITE}/module/web/jpage/dataproxy.jsp?page=1",
            f"<datastore>{record(1, '2026-' + chr(10) + ' 01-' + chr(10) + ' 23')}</datastore>",
        )
    )
    assert page.items[0].date == dt.date(2026, 1, 23)


@pytest.mark.parametrize("pages", ["共&nbsp;3&nbsp;页", "共 <b>34</b> 条　第 1 / 3 页", "第<b>1</b>页 共<b>3</b>页"])
def test_the_tree_module_is_asked_by_form_and_only_this_column_s_rows_are_kept(pages: str) -> None:
    page = html("/col/col11565/index.html", "<iframe src='/module/xxgk/tree.jsp?area=002276772'></iframe>")
    (request,) = interfaces_of(page)
    asked = fields(request)
    assert (request.method, path(request)) == ("POST", "/module/xxgk/search.jsp")
    assert (asked["area"], asked["currpage"], asked["divid"]) == ("002276772", "1", "div11565")
    lines = "".join(
        f"<tr><td><a href='/art/2017/6/{n}/art_{c}_{n}.html'>关于第{n}号文件的通知</a></td><td>2017-06-{n}</td></tr>"
        for n, c in [(11, 11565), (12, 99), (13, 11565)]
    )
    read = read_list(answer(request, f"<table>{lines}</table><div>{pages}</div>"))
    assert [item.url.rsplit("/", 1)[1] for item in read.items] == ["art_11565_11.html", "art_11565_13.html"]
    assert read.next is not None
    assert fields(read.next)["currpage"] == "2"
    assert read.total is None


# --- Hanweb JPaaS -------------------------------------------------------------------------------------------

UNIT = "<script src='/x/unitbuild.js' url=\"/api-gateway/jpaas-publish-server/front/page/build/unit\" queryData=\"{'parseType':'bulidstatic','webId':'3185','tagId':'%s','pageId':'12'}\"></script>"


def unit_answer(number: int, count: int | None, size: int = 15, first: int = 0) -> dict[str, Any]:
    lines = "".join(
        f"<li><a href='/col/col12/art/2017/art_{n:032x}.html'>关于第{n}批项目的公示</a><b>2017-06-21</b></li>"
        for n in range(first, first + size)
    )
    pager = f'<div class="page" count="{count}" rows="15" pageNo="{number}"></div>' if count is not None else ""
    return {"success": True, "data": {"html": f"<ul>{lines}</ul>{pager}"}}


def test_units_that_are_lists_are_asked_and_parts_of_the_frame_are_not() -> None:
    page = html("/col/col12/index.html", "".join(UNIT % tag for tag in ("头部导航", "右侧内容", "分页列表", "底部")))
    tags = [fields(request)["tagId"] for request in interfaces_of(page)]
    assert tags == ["右侧内容", "分页列表"]
    assert [fields(request)["tagId"] for request in interfaces_of(html("/col/", UNIT % "头部导航"))] == ["头部导航"]


def test_the_next_page_of_a_unit_is_asked_by_param_json() -> None:
    (request,) = interfaces_of(html("/col/col12/index.html", UNIT % "信息列表"))
    page = read_list(answer(request, unit_answer(1, 386)))
    assert (len(page.items), page.total) == (15, 386)
    assert page.next is not None
    assert json.loads(fields(page.next)["paramJson"]) == {"pageNo": 2, "pageSize": 15}
    assert read_list(answer(page.next, unit_answer(26, 386, 11))).next is None


@pytest.mark.parametrize(
    ("tag", "size", "truncated"), [("信息列表", 7, False), ("信息列表", 20, True), ("图片新闻", 7, True)]
)
def test_a_unit_without_a_pager_is_a_whole_list_only_where_it_says_that_it_is_the_list(
    tag: str, size: int, truncated: bool
) -> None:
    (request,) = interfaces_of(html("/col/col12/index.html", UNIT % tag))
    assert read_list(answer(request, unit_answer(1, None, size))).truncated is truncated


@pytest.mark.parametrize(
    "text",
    [
        '{"success":false,"data":{"html":"<a href=/login>x</a>"}}',
        '{"success":true,"data":{"html":""}}',
        "<html><p>没有找到相关数据</p></html>",
        "",
    ],
)
def test_a_unit_that_gives_nothing_readable_is_no_empty_list(text: str) -> None:
    (request,) = interfaces_of(html("/col/col12/index.html", UNIT % "信息列表"))
    page = read_list(answer(request, text))
    assert (page.items, page.declared_empty, page.needs) == ((), False, Needs.INTERFACE)


def test_a_unit_whose_pager_counts_none_is_an_empty_list() -> None:
    (request,) = interfaces_of(html("/col/col12/index.html", UNIT % "信息列表"))
    assert read_list(answer(request, unit_answer(1, 0, 0))).declared_empty


NOTHING = {"success": True, "data": {"html": '<div class="page-content"><div class="no-data">暂无数据</div></div>'}}


def test_the_list_s_own_unit_may_say_that_there_is_nothing() -> None:
    column = read_list(html("/col/col12/index.html", UNIT % "热点推荐" + UNIT % "信息列表"))
    asked = Interfaces()
    first = asked.after(column)
    assert first is not None
    said = read_list(answer(first, NOTHING))
    assert (fields(first)["tagId"], said.declared_empty) == ("信息列表", True)
    assert asked.after(said) is None
    assert ColumnProgress(None).add(asked.judged(said)).stop is Stop.END_OF_LIST


@pytest.mark.parametrize("tags", [("热点推荐",), ("信息列表", "右侧内容")])
def test_another_unit_may_have_the_rows_of_which_one_says_nothing(tags: tuple[str, ...]) -> None:
    asked = Interfaces()
    first = asked.after(read_list(html("/col/col12/index.html", "".join(UNIT % tag for tag in tags))))
    assert first is not None
    said = read_list(answer(first, NOTHING))
    assert asked.after(said) is not None or asked.judged(said).needs is Needs.INTERFACE


def test_a_unit_with_a_script_may_have_rows_although_it_says_nothing() -> None:
    (request,) = interfaces_of(html("/col/col12/index.html", UNIT % "信息列表"))
    drawn = {"success": True, "data": {"html": "<div>暂无数据</div><script>load('/rows')</script>"}}
    assert not read_list(answer(request, drawn)).declared_empty


# --- truecms ------------------------------------------------------------------------------------------------

TRUECMS = "<ul id='list'></ul><script>$('#list').jpage({totalRecord:75,perPage:20,groupSize:3,proxyUrl:'/TrueCMS/messageController/getMessage.do',contentTemplate:'<datastore><record><![CDATA[<li>${m.title}</li>]]></record></datastore>',ajaxParam:{columnId:'754f6db5-d294-46d5-b25c-da3a86d102cd'}});</script>"


def test_truecms_is_asked_in_large_windows_first_and_read_through_its_callback() -> None:
    requests = interfaces_of(html("/xxgk/zcfg.html", TRUECMS))
    windows = [(fields(r)["startrecord"], fields(r)["endrecord"], fields(r)["perpage"]) for r in requests]
    assert windows == [("1", "60", "20"), ("1", "20", "20"), ("1", "10", "10")]
    assert fields(requests[0])["columnId"] == "754f6db5-d294-46d5-b25c-da3a86d102cd"
    page = read_list(answer(requests[0], "cb(" + json.dumps({"result": store(1, 60, 75)}) + ");"))
    assert (len(page.items), page.total) == (60, 75)
    assert page.next is not None
    assert (fields(page.next)["startrecord"], fields(page.next)["endrecord"]) == ("61", "120")
    assert read_list(answer(page.next, "cb(" + json.dumps({"result": store(61, 15, 75)}) + ")")).next is None


def test_a_window_that_is_too_wide_is_answered_with_nothing_and_that_is_no_empty_list() -> None:
    request = interfaces_of(html("/xxgk/zcfg.html", TRUECMS))[0]
    page = read_list(answer(request, 'cb({"result":""})'))
    assert (page.declared_empty, page.needs) == (False, Needs.INTERFACE)


def test_first_rows_of_truecms_in_a_hidden_container_count() -> None:
    lines = "".join(
        f"<li><a href='/zcfg/content/{n:032x}.html'>关于第{n}批项目的公示</a><span>2017-06-21</span></li>"
        for n in range(60)
    )
    page = read_list(
        html("/xxgk/zcfg.html", f"<div id='initData' style='display:none'><ul>{lines}</ul></div>{TRUECMS}")
    )
    assert (len(page.items), page.total) == (60, 75)
    assert page.next is not None
    assert fields(page.next)["startrecord"] == "61"


# --- Epoint -------------------------------------------------------------------------------------------------

COMMON = 'var siteInfo = {"siteGuid":"7eb5f7f1-9041-43ad-8e13-8fcb82ea831a","projectName":"/EWB-FRONT"};'
EWB = "<script src='/js/webBuilderCommon.js'></script><ul id='govinfolist'></ul>"
EWB_URL = "/dynamic/zwgk/govInfoPub.html?categorynum=003006&deptcode=008"


def test_the_site_s_script_is_asked_where_the_page_does_not_name_the_site() -> None:
    (script,) = interfaces_of(html(EWB_URL, EWB))
    assert path(script) == "/js/webBuilderCommon.js"
    page = read_list(answer(script, COMMON))
    assert page.needs is Needs.INTERFACE
    plain, wrapped = page.interfaces
    assert path(plain) == "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
    assert fields(plain) == {
        "deptcode": "008",
        "categorynum": "003006",
        "siteGuid": "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a",
        "pageIndex": 0,
        "pageSize": 50,
    }
    assert json.loads(wrapped.body or "")["params"] == fields(plain)


def test_a_page_that_names_its_site_is_asked_at_once() -> None:
    assert path(interfaces_of(html(EWB_URL, EWB + f"<script>{COMMON}</script>"))[0]).endswith("/getgovinfolist")


def ewb(count: int, total: int) -> dict[str, Any]:
    data = [
        {**row, "title": row["realtitle"][:5] + "..."}
        for row in rows(count, title="realtitle", url="infourl", date="infodate")
    ]
    return {"custom": {"code": 1, "total": total, "data": data}, "status": {"code": 200}}


@pytest.mark.parametrize("form", [0, 1])
def test_epoint_pages_count_from_nought_in_either_form(form: int) -> None:
    first = interfaces_of(html(EWB_URL, EWB + f"<script>{COMMON}</script>"))[form]
    page = read_list(answer(first, ewb(50, 70)))
    assert page.items[0].title == "关于第0批项目的公示"
    assert (len(page.items), page.total, page.items[0].date) == (50, 70, dt.date(2017, 6, 21))
    assert page.next is not None
    assert '"pageIndex":1,' in (page.next.body or "")
    assert read_list(answer(page.next, ewb(20, 70))).next is None


def test_an_empty_answer_to_our_own_question_proves_nothing() -> None:
    first = interfaces_of(html(EWB_URL, EWB + f"<script>{COMMON}</script>"))[0]
    page = read_list(answer(first, ewb(0, 0)))
    assert (page.declared_empty, page.needs) == (False, Needs.INTERFACE)


# --- IGS, ministries, Suzhou, UCAP --------------------------------------------------------------------------


def test_igs_addresses_are_put_together_from_the_script() -> None:
    counter = "<script>stat({siteId: 71464717});</script>"
    script = f'var code = "{HEX}", siteId = 34, size = 15; ask("/igs/front/search/list.jhtml?code=" + code + "&siteId=" + siteId + "&pageNumber=" + no + "&pageSize=" + size);'
    (request,) = interfaces_of(html("/zwgk/", f"{counter}<script>{script}</script>"))
    assert fields(request) == {"code": HEX, "siteId": "34", "pageNumber": "1", "pageSize": "50"}
    page = read_list(
        answer(
            request,
            {
                "page": {
                    "content": rows(50, title="DOCTITLE", url="DOCPUBURL", date="PUBDATE"),
                    "totalElements": 90,
                    "totalPages": 2,
                }
            },
        )
    )
    assert (len(page.items), page.total) == (50, 90)
    assert page.next is not None
    assert fields(page.next)["pageNumber"] == "2"


@pytest.mark.parametrize(
    "script",
    [
        'load("/igs/front/search/list.jhtml?code=" + secret() + "&siteId=3")',
        'load("/igs/front/search/list.jhtml?siteId=3")',
        'load("/igs/front/search/list.jhtml?code=" + unknown)',
    ],
)
def test_an_address_with_an_unreadable_part_is_not_asked(script: str) -> None:
    page = read_list(html("/zwgk/", f"<script>{script}</script>"))
    assert (page.interfaces, page.needs) == ((), Needs.INTERFACE)


SHELLS: list[tuple[str, str, str, dict[str, str], dict[str, Any], dict[str, str]]] = [
    ("/wxzw/A0937.htm", "<script>var channelCode = 'A09370301'; $.ajax({type:'POST',url:'/cms/JsonList',data:{channelCode:channelCode,perPage:'20',pageno:id}})</script>", "/cms/JsonList",
     {"channelCode": "A09370301", "perPage": "20", "pageno": "1"}, {"list": rows(20, title="topic", url="infourl", date="pubtime"), "totalRec": 33}, {"pageno": "2"}),
    ("/zcfgk/c100006/list.html", f"<script>var channelId = '{HEX}'; post('/getFileListByCodeId')</script>", "/getFileListByCodeId",
     {"codeId": "", "channelId": HEX, "page": "1", "size": "20"}, {"results": {"data": {"total": 45, "results": rows(20, date="publishedTimeStr")}}}, {"page": "2"}),
    ("/szsrmzf/zcwj.shtml", f"<script>$.post('/szinf/xxgk/interfacesWebZcwj/loadData?pageSize=15',{{pageIndex:1,channel_id:'{HEX}'}})</script>", "/szinf/xxgk/interfacesWebZcwj/loadData",
     {"pageSize": "15", "pageIndex": "1", "channel_id": HEX}, {"data": {"allRow": 31, "totalPage": 3, "list": rows(15, title="TITLE", url="URL", date="PUBLISHED_TIME_FORMAT")}}, {"pageIndex": "2"}),
    ("/zwgk/common_list.shtml", f'<script>$.ajax({{url: "/common/search/{HEX}?_isAgg=true&_isJson=true&_pageSize=15&_template=index&page=" + p}})</script>', f"/common/search/{HEX}",
     {"page": "1", "_pageSize": "15", "_isAgg": "true", "_isJson": "true", "_template": "index"}, {"data": {"total": 31, "page": 1, "rows": 15, "results": rows(15, date="publishedTimeStr")}}, {"page": "2"}),
    ("/zhengce/wenjianku/", '<script>get("/search-gov/data?t=zhengcelibrary_gw&q=&p=" + page + "&n=5")</script>', "/search-gov/data",
     {"t": "zhengcelibrary_gw", "q": "", "p": "1", "n": "50"}, {"searchVO": {"totalCount": 70, "listVO": [{"title": f"<em>国务院</em>关于第{n}号文件的批复", "url": f"/a/{n}.htm", "pubtime": 1498003200000, "pcode": "国函〔2017〕5号"} for n in range(50)]}}, {"p": "2"}),
]  # fmt: skip


@pytest.mark.parametrize(("url", "body", "where", "asked", "value", "following"), SHELLS)
def test_a_shell_page_is_filled_by_its_interface(
    url: str, body: str, where: str, asked: dict[str, str], value: object, following: dict[str, str]
) -> None:
    (request,) = interfaces_of(html(url, body))
    assert (path(request), fields(request)) == (where, asked)
    page = read_list(answer(request, value))
    assert page.items
    assert all(item.date == dt.date(2017, 6, 21) for item in page.items)
    assert page.next is not None
    assert fields(page.next) == asked | following
    assert page.next.method == request.method


def test_the_library_s_titles_lose_their_marks_and_keep_their_numbers() -> None:
    url, body, _, _, value, _ = SHELLS[-1]
    item = read_list(answer(interfaces_of(html(url, body))[0], value)).items[0]
    assert (item.title, item.doc_no) == ("国务院关于第0号文件的批复", "国函〔2017〕5号")


def test_nfra_pages_are_files_first_and_queries_later() -> None:
    shell = html("/cn/view/pages/ItemList.html?itemPId=923&itemId=931&itemUrl=x.html", "<div ng-app='x'></div>")
    request, query = interfaces_of(shell)
    assert (
        path(request)
        == "/cn/static/data/DocInfo/SelectDocByItemIdAndChild/data_itemId=931,pageIndex=1,pageSize=18.json"
    )
    assert fields(query) == {"itemId": "931", "pageSize": "18", "pageIndex": "1"}
    value = {
        "rptCode": 200,
        "data": {
            "total": 100,
            "rows": [
                {"docId": n, "docSubtitle": f"关于第{n}号办法的通知", "publishDate": "2017-06-21 10:27:00"}
                for n in range(1, 19)
            ],
        },
    }
    paths = []
    page = ListPage((), PageRequest(request.url))
    while page.next is not None and len(paths) < 9:
        paths.append(page.next.url.removeprefix(SITE))
        page = read_list(answer(page.next, value))
    assert [item[-30:] for item in paths[:4]] == [
        "1,pageIndex=1,pageSize=18.json",
        "1,pageIndex=2,pageSize=18.json",
        "1,pageIndex=3,pageSize=18.json",
        "Id=931&pageSize=18&pageIndex=4",
    ]
    assert len(paths) == 6
    assert page.items[0].url == f"{SITE}/cbircweb/DocInfo/SelectByDocId?docId=1"
