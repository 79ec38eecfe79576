"""What one page shows of a site's health: days, metas, identifiers, what a column's page is."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.facts import ColumnClass, ColumnState, Identifier
from spiders import health
from spiders.document import Document
from spiders.health_words import class_of, guide_elements
from spiders.recognise import platform_for
from spiders.records import ListItem, ListPage, PageRequest

TODAY = dt.date(2019, 6, 28)
ROW = "<li><a href='/xw/{path}/content_10{n}.html'>关于做好第{n}项重点工作的通知</a>{shown}</li>"


def page(body: str, url: str = "http://www.x.gov.cn/xw/", head: str = "") -> Document:
    return Document.from_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(), url)


def rows(*shown: str, path: str = "a") -> str:
    return (
        "<ul>" + "".join(ROW.format(path=path, n=n, shown=f"<span>{s}</span>") for n, s in enumerate(shown)) + "</ul>"
    )


def state(document: Document, *, leads_on: bool = False) -> ColumnState:
    return health.column_state(document, platform_for(document).read_list(document), leads_on=leads_on)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("政务要闻", ColumnClass.NEWS),
        ("工作动态", ColumnClass.NEWS),
        ("通知公告", ColumnClass.NOTICES),
        ("公示公告>>", ColumnClass.NOTICES),
        ("规范性文件", ColumnClass.POLICIES),
        ("政策解读", ColumnClass.INTERPRETATIONS),
        ("政策文件解读", ColumnClass.INTERPRETATIONS),
        ("领导之窗", ColumnClass.LEADERS),
        ("局长信箱", ColumnClass.CONSULTATION),
        ("领导信箱", ColumnClass.CONSULTATION),
        ("机构设置", ColumnClass.ORGANISATION),
        ("珠海概况", ColumnClass.PROFILE),
        ("办事指南", ColumnClass.SERVICES),
        ("统计数据", ColumnClass.REGULAR),
        ("在线访谈", ColumnClass.OTHER),
        ("网上信访", ColumnClass.OTHER),
        ("政策法规", ColumnClass.OTHER),
        ("预算决算", ColumnClass.OTHER),  # yearly: a quiet year is no fault
        ("专题专栏", ColumnClass.OTHER),
        ("", ColumnClass.OTHER),
    ],
)
def test_the_class_of_a_column_is_told_from_its_name(name: str, kind: ColumnClass) -> None:
    assert class_of(name) is kind


def test_the_newest_shown_day_is_that_beside_a_title() -> None:
    found = health.shown_days(page(rows("2019-06-20", "2019-06-12", "2019-05-30")), TODAY)
    assert (found.rows, found.dated, found.newest) == (3, 3, dt.date(2019, 6, 20))


def test_every_block_of_a_home_page_counts() -> None:
    body = f"<div class='a'>{rows('2018-01-02', '2018-01-01', '2017-12-30')}</div>"
    body += f"<div class='b'>{rows('2019-06-25', '2019-06-24', '2019-06-22', path='b')}</div>"
    assert health.shown_days(page(body, "http://www.x.gov.cn/"), TODAY).newest == dt.date(2019, 6, 25)


def test_a_day_without_a_year_is_its_last_one() -> None:
    found = health.shown_days(page(rows("06-20", "06-12", "05-30")), TODAY)
    assert (found.dated, found.newest) == (3, dt.date(2019, 6, 20))
    later = health.shown_days(page(rows("12-20", "12-12", "11-30")), TODAY)
    assert later.newest == dt.date(2018, 12, 20)


def test_a_day_to_come_is_no_update() -> None:
    found = health.shown_days(page(rows("2019-07-20", "2019-05-12", "2019-04-30")), TODAY)
    assert found.newest == dt.date(2019, 5, 12)


def test_a_clock_in_the_head_is_no_sign_of_life_but_an_address_is() -> None:
    clock = page(f"<div>今天是：2019年6月28日</div>{rows('2019-01-20', '2019-01-12', '2019-01-02')}")
    assert health.shown_days(clock, TODAY).hint == dt.date(2019, 1, 20)
    row = "<li><a href='/xw/201906/t20190620_10{n}.html'>关于做好第{n}项重点工作的通知</a></li>"
    addressed = page(f"<ul>{''.join(row.format(n=n) for n in range(4))}</ul>")
    found = health.shown_days(addressed, TODAY)
    assert (found.newest, found.hint) == (None, dt.date(2019, 6, 20))


def test_metas_are_kept_under_lower_case_names_and_only_with_a_content() -> None:
    head = (
        "<meta name='SiteName' content='某市'><meta content='x' name='columnNAME'><meta name='SiteIDCode' content=' '>"
    )
    head += "<meta name='keywords' content='y'>"
    assert health.metas_of(page("", head=head)) == (("columnname", "x"), ("sitename", "某市"))


FOOT = {
    Identifier.SITE_CODE: "<p>网站标识码：4400000089</p>",
    Identifier.ICP: "<p>粤ICP备 05012345 号-1</p>",
    Identifier.POLICE: "<a><img src='g.png'>粤公网安备 44010402000123号</a>",
    Identifier.CORRECTION: "<script id='_jiucuo_' src='http://pucha.kaipuyun.cn/exposure/jiucuo.js'></script>",
    Identifier.SITE_MAP: "<a href='/wzdt/'>网站地图</a>",
    Identifier.SEARCH: "<form action='/was5/web/search'><input name='q'></form>",
}


@pytest.mark.parametrize("lacking", list(FOOT))
def test_each_identifier_is_found_and_missed_by_itself(lacking: Identifier) -> None:
    body = "".join(text for kind, text in FOOT.items() if kind is not lacking) + "<p>主办单位：某市政府</p>"
    document = page(body, "http://www.x.gov.cn/")
    assert dict(health.identifiers_of(document)).keys() == FOOT.keys() - {lacking}
    assert health.has_footer(document)


@pytest.mark.parametrize("code", ["bm06000001", "2202000006"])
def test_the_code_of_a_ministry_and_of_a_place(code: str) -> None:
    found = dict(health.identifiers_of(page(f"<p>政府网站标识码: {code}</p>")))
    assert found[Identifier.SITE_CODE] == code


def test_a_footer_that_a_script_draws_was_not_read() -> None:
    assert not health.has_footer(page("<script src='/foot.js'></script>"))


def test_blank_is_what_says_so_itself() -> None:
    assert state(page("<div class='list'><p>暂无相关信息</p></div>")) is ColumnState.BLANK
    assert state(page("<div id='app'></div><script>load('/api');</script>")) is ColumnState.UNREAD
    assert state(page("<div></div>")) is ColumnState.UNREAD
    assert state(page("<div></div>"), leads_on=True) is ColumnState.LANDING
    assert state(page(rows("2019-06-20", "2019-06-12", "2019-05-30"))) is ColumnState.LIST


def test_a_list_from_old_to_new_that_goes_on_was_not_read() -> None:
    items = tuple(ListItem(f"t{n}", f"http://x/{n}", dt.date(2015, 1, n)) for n in range(1, 6))
    document = page("<p></p>")
    upwards = ListPage(items, next=PageRequest("http://x/2"))
    assert health.column_state(document, upwards, leads_on=False) is ColumnState.UNREAD
    assert health.column_state(document, ListPage(items), leads_on=False) is ColumnState.LIST


def test_elements_of_a_guide_are_found_under_their_usual_words() -> None:
    assert guide_elements("一、法律依据 二、申报材料 三、办 理 流 程 四、咨询电话") == (
        *("设定依据", "办理材料", "联系电话", "办理流程"),
    )


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    body=st.binary(max_size=400)
    | st.text("<>li a='/标识码ICP备公网安备0123456789-暂无信息", max_size=300).map(str.encode)
)
def test_no_page_makes_the_reading_of_its_health_fail(body: bytes) -> None:
    document = Document.from_bytes(body, "http://www.x.gov.cn/xw/")
    found = health.shown_days(document, TODAY)
    assert found.newest is None or found.newest <= TODAY
    assert found.dated <= found.rows
    assert isinstance(state(document), ColumnState)
    health.identifiers_of(document)
    health.metas_of(document)
    health.offered(document)
    health.article_links(document)
