# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""What is a list, what is none, and what may be said about one."""

import datetime as dt

import pytest

from spiders.document import Document
from spiders.lists import find_list
from spiders.platforms.generic import Generic
from spiders.records import ListPage, Needs
from spiders.rowdates import RowDate, row_date, settle_years

URL = "http://www.example.gov.cn/zwgk/tzgg/index.html"
MENU = '<div class="nav"><ul><li><a href="/zwgk/">政务公开</a></li><li><a href="/zwgk/czxx/">财政信息公开</a></li><li><a href="/zwgk/rsxx/">人事任免信息</a></li></ul></div>'
ROWS = "".join(
    f'<li><a href="t201706{20 - n}_{n}00{n}.html">关于某项工作安排的通知（第{n}号）</a><span>2017-06-{20 - n}</span></li>'
    for n in range(6)
)


def read(body: str, url: str = URL) -> ListPage:
    return Generic().read_list(
        Document(url, f"<html><head><title>通知公告</title></head><body>{MENU}{body}</body></html>")
    )


def test_a_menu_is_no_list() -> None:
    assert read("").items == ()
    assert (
        read(
            '<div class="left"><ul><li><a href="a/">机构职能与领导</a></li><li><a href="b/">规划计划与总结</a></li></ul></div>'
        ).items
        == ()
    )


def test_the_side_box_with_dates_loses_against_the_undated_main_list() -> None:
    main = "".join(
        f'<li><a href="./c{n}1234{n}/content.shtml">行政规范性文件之示例文件第{n}号全文</a></li>' for n in range(8)
    )
    side = f'<div class="hot-list sidebar"><h3>热门信息</h3><ul>{ROWS}</ul></div>'
    items = read(f'<div class="main"><ul>{main}</ul></div>{side}').items
    assert len(items) == 8
    assert {item.date for item in items} == {None}


def test_a_headed_side_box_alone_is_no_list() -> None:
    assert read(f'<div class="box"><h3>相关链接</h3><ul>{ROWS[: len(ROWS) // 3 * 2]}</ul></div>').items == ()


def test_rows_without_usable_links_still_count() -> None:
    items = read("<ul>" + ROWS.replace("t20170618_2002.html", "javascript:;") + "</ul>").items
    assert [item.url == "" for item in items] == [False, False, True, False, False, False]


def test_an_undated_row_with_a_whole_title_is_kept_and_one_that_leads_to_a_column_is_not() -> None:
    undated = '<li><a href="dbj3.html">2017年第三季度低保金发放情况</a><span></span></li>'
    column = '<li><a href="/zwgk/tzgg/">更多通知公告信息请看这里</a></li>'
    items = read(f"<ul>{ROWS}{undated}{column}</ul>").items
    assert [(item.title, item.date) for item in items[6:]] == [("2017年第三季度低保金发放情况", None)]


def test_rows_that_are_older_on_top_are_sticky() -> None:
    top = '<li><a href="t20160101_1.html">县政府网站后台操作流程</a><span>2016-01-01</span></li>'
    items = read(f"<ul>{top}{ROWS}</ul>").items
    assert [item.sticky for item in items] == [True] + [False] * 6
    marked = read(
        f'<ul>{ROWS}<li><a href="t20170101_9.html">[置顶]办事指南汇编全本</a><span>2017-01-01</span></li></ul>'
    ).items
    assert (marked[-1].title, marked[-1].sticky) == ("办事指南汇编全本", True)


def test_validity_and_number_beside_the_title() -> None:
    rows = "".join(
        f'<tr><td><a href="t2017062{n}_{n}.html">示例区管理办法第{n}号文本</a></td><td>示府〔2017〕{n}号</td><td>{state}</td><td>2017-06-2{n}</td></tr>'
        for n, state in enumerate(("有效", "废止", "已失效"))
    )
    items = read(f"<table><tr><th>标题</th><th>文号</th><th>有效性</th><th>发布日期</th></tr>{rows}</table>").items
    assert [(item.doc_no, item.validity) for item in items] == [
        ("示府〔2017〕0号", "有效"),
        ("示府〔2017〕1号", "废止"),
        ("示府〔2017〕2号", "已失效"),
    ]


def test_a_mark_in_the_title_is_a_validity() -> None:
    items = read(
        f'<ul>{ROWS}<li><a href="t20170101_9.html">示例区管理办法（已废止）</a><span>2017-01-01</span></li></ul>'
    ).items
    assert items[-1].validity == "废止"


@pytest.mark.parametrize(
    ("dates", "urls", "expected"),
    [
        (["05-03", "05-02"], ["a", "b"], [None, None]),  # a year is never guessed
        (["05-03"], ["http://a/201705/t20170503_1.html"], [dt.date(2017, 5, 3)]),
        (["05-03"], ["http://a/201705/t20170504_1.html"], [None]),  # another day: the address tells the import
        (
            ["2017-06-01", "05-03", "2017-04-01"],
            ["a", "b", "c"],
            [dt.date(2017, 6, 1), dt.date(2017, 5, 3), dt.date(2017, 4, 1)],
        ),
        (["2018-01-02", "05-03", "2017-04-01"], ["a", "b", "c"], [dt.date(2018, 1, 2), None, dt.date(2017, 4, 1)]),
    ],
)
def test_years_are_settled_by_evidence_only(dates: list[str], urls: list[str], expected: list[dt.date | None]) -> None:
    assert settle_years([row_date([("", date)]) for date in dates], urls) == expected


@pytest.mark.parametrize(
    ("pieces", "day"),
    [
        ([("", "索引号 2026-02-00018")], None),
        ([("", "（2015年10月29日令第118号公布）")], None),
        ([("成文日期", "2017-01-01"), ("发布日期", "2017-02-02")], dt.date(2017, 2, 2)),
        ([("成文日期", "2017-01-01")], None),
        ([("", "截止日期：2017-03-03")], None),
        ([("", "2017-13-40")], None),
        ([("", "2017-2-29")], None),
        ([("", "12"), ("", "2017-06")], dt.date(2017, 6, 12)),
        ([("", "2017年"), ("", "06-12")], dt.date(2017, 6, 12)),
    ],
)
def test_the_date_of_a_row(pieces: list[tuple[str, str]], day: dt.date | None) -> None:
    assert row_date(pieces) == RowDate(day=day)


@pytest.mark.parametrize(
    ("body", "needs", "empty"),
    [
        ("<p>暂无信息</p>", None, True),
        ("<p style='display:none'>暂无信息</p>", None, False),
        ("<p v-if='none'>暂无数据</p><li v-for='x in rows'></li>", Needs.BROWSER, False),
        ("<p>暂无数据</p><script>$.ajax({url:'/api/list'})</script>", Needs.BROWSER, False),
        ("<p>暂无数据</p><script>$.get('/visits/count?hits=1')</script>", None, True),
        ("<script src='/module/web/jpage/dataproxy.jsp'></script>", Needs.INTERFACE, False),
        ("<script>url:'messageController/getMessage.do'</script>", Needs.INTERFACE, False),
        ("<iframe src='/xxgk/list.jsp'></iframe>", Needs.INTERFACE, False),
        ("<iframe src='http://weather.example.com/'></iframe>", None, False),
        ("", None, False),
    ],
)
def test_no_rows_is_never_simply_an_empty_list(body: str, needs: Needs | None, empty: bool) -> None:
    page = read(body)
    assert (page.items, page.needs, page.declared_empty) == ((), needs, empty)


def test_a_list_that_counts_more_than_it_shows_is_truncated() -> None:
    assert read(f"<ul>{ROWS}</ul><p>共60条</p>").truncated
    assert not read(f"<ul>{ROWS}</ul><p>共6条</p>").truncated
    assert not read(f"<ul>{ROWS}</ul><p>共60条</p>", URL.replace("index", "index_9")).truncated
    assert not read(f'<ul>{ROWS}</ul><p>共60条 <a href="index_2.html">下一页</a></p>').truncated


def test_doubles_of_a_mobile_copy_are_dropped() -> None:
    assert len(find_list(Document(URL, f"<html><body><ul>{ROWS}</ul><ul>{ROWS}</ul></body></html>")).items) == 6


@pytest.mark.parametrize(("rows", "truncated"), [(15, True), (20, True), (12, True), (14, False), (5, False)])
def test_a_full_page_without_any_pager_may_be_the_newest_rows_only(rows: int, truncated: bool) -> None:
    listed = "".join(
        f'<li><a href="t201706_{n}00{n}.html">关于某项工作安排的通知（第{n}号）</a><span>2017-06-{28 - n}</span></li>'
        for n in range(rows)
    )
    assert read(f"<ul>{listed}</ul>").truncated is truncated
    assert read(f"<ul>{listed}</ul><script>createPageHTML(1, 0, 'index', 'html');</script>").truncated is False
    assert read(f"<ul>{listed}</ul><div>共{rows}条</div>").truncated is False


def test_an_answer_of_dataproxy_without_a_next_group_goes_on_by_its_page() -> None:
    records = "".join(f"<record><![CDATA[{row}</li>]]></record>" for row in ROWS.split("</li>")[:6])
    url = "http://www.example.gov.cn/module/web/jpage/dataproxy.jsp?page=1&columnid=284&unitid=7"
    answer = f"<datastore><totalrecord>9</totalrecord><recordset>{records}</recordset></datastore>"
    listing = Generic().read_list(Document(url, answer))
    assert listing.next is not None
    assert listing.next.url == url.replace("page=1", "page=2")


def test_the_count_of_a_pager_below_is_no_date_of_the_table_above() -> None:
    rows = "".join(
        f'<tr id="line_u5_{n}"><td>·</td><td><a href="/info/656866/41315{n}2.htm">关于开展2016年第{n}次演练工作的通知</a></td><td></td></tr>'
        for n in range(3)
    )
    pager = '<div class="pb_sys"><span>共53条</span><span><a href="../zmsq.htm">首页</a><a href="2.htm">上页</a><span>6</span></span><span>6/6</span></div>'
    assert len(read(f'<div class="right-list"><table class="lb">{rows}</table>{pager}</div>').items) == 3


def test_the_only_row_of_a_column_is_found_beside_a_long_menu() -> None:
    menu = "".join(f'<li><a href="/zwgk/c{n}.htm">政务公开栏目{n}</a></li>' for n in range(90))
    row = '<li><span>2017-02-07</span><a href="/info/1046/4049.htm">行政事业性收费目录清单</a></li>'
    page = read(f'<div class="side"><ul>{menu}</ul></div><div class="box"><h2>收费清单</h2><ul>{row}</ul></div>')
    assert [item.title for item in page.items] == ["行政事业性收费目录清单"]


COLUMNS = ("政策文件汇编", "人事任免信息", "政府采购信息", "规划计划总结", "建议提案办理", "重大行政决策")


def test_a_menu_of_columns_is_no_list() -> None:
    menu = "".join(f'<li><a href="list.asp?classid={n}0123">{name}</a></li>' for n, name in enumerate(COLUMNS))
    assert read(f"<div><ul>{menu}</ul></div>").items == ()


def test_what_names_the_page_itself_among_others_is_a_menu() -> None:
    menu = "".join(f'<li><a href="{n}1234/">{name}</a></li>' for n, name in enumerate(COLUMNS))
    assert read(f'<div><ul>{menu}<li><a href="{URL}">财政资金使用情况</a></li></ul></div>').items == ()


def test_the_only_row_wins_against_the_menu_beside_it() -> None:
    menu = "".join(f'<p><a href="list.asp?classid={n}0123">{name}</a></p>' for n, name in enumerate(COLUMNS * 2))
    row = '<p><a href="show.asp?id=4049">临海市2018年度重大行政决策事项目录</a> (2018-03-30)</p>'
    assert len(read(f"<div class='a'>{menu}</div><div class='b'>{row}</div>").items) == 1
