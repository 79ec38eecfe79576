# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Columns are found in navigation, blocks and directories, and loose names find them."""

import pytest

from spiders.columns import column_links, column_name, directory_links, likeness, match_columns
from spiders.document import Document
from spiders.records import ColumnLink

HOME = Document(
    "http://czj.example.gov.cn/",
    """<html><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="zwgk/">政务公开</a></li><li><a href="javascript:;">登录</a></li></ul>
<div class="block"><div class="hd"><h3>财 政&nbsp;收支</h3><a class="more" href="czsz/">更多&gt;&gt;</a></div>
  <ul><li><a href="czsz/t20170621_1.html">2017年5月财政收支情况</a></li></ul></div>
<div class="block"><span class="tit">通知公告</span><em><a href="tzgg/index.html">MORE+</a></em></div>
<div class="block"><h2><a href="yjs/">部门预决算</a></h2><a href="yjs/" title="部门预决算">&gt;&gt;</a></div>
<div class="block"><a href="bf/"><img src="x.png" alt="扶贫资金专栏"></a></div>
<div class="gkml-tree"><a href="gk/1/">机构职能</a><a href="gk/2/">规划计划</a></div>
<div class="footer"><a href="wzdt/">网站地图</a><a href="http://beian.miit.gov.cn/">粤ICP备05000000号</a><a href="mailto:a@b.cn">邮箱</a></div>
</body></html>""",
)


def test_home_page_names_its_columns() -> None:
    found = {
        link.name: (link.url.removeprefix("http://czj.example.gov.cn/"), link.where) for link in column_links(HOME)
    }
    assert found["政务公开"] == ("zwgk/", "nav")
    assert found["财政收支"] == ("czsz/", "block")
    assert found["通知公告"] == ("tzgg/index.html", "block")
    assert found["部门预决算"][0] == "yjs/"
    assert found["扶贫资金专栏"][0] == "bf/"
    assert found["机构职能"] == ("gk/1/", "directory")
    assert not {"首页", "登录", "邮箱", "2017年5月财政收支情况", "粤ICP备05000000号"} & found.keys()


def test_site_map_and_directory_are_further_addresses() -> None:
    assert [request.url for request in directory_links(HOME)] == ["http://czj.example.gov.cn/wzdt/"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("通 知　公告", "通知公告"),
        ("财政收支更多>>", "财政收支"),
        ("更多", ""),
        ("【预决算】", "预决算"),
        ("ＰＰＰ项目", "PPP项目"),
    ],
)
def test_names_are_cleaned(text: str, name: str) -> None:
    assert column_name(text) == name


@pytest.mark.parametrize(
    ("wanted", "better", "worse"),
    [
        ("财政预决算", "财政预决算", "预决算公开"),
        ("财政预决算", "预决算公开", "财政信息"),
        ("财政预决算", "财政信息", "人事信息"),
        ("预决算", "财政预决算", "通知公告"),
        ("饮用水水质", "饮用水水源水质信息", "空气质量"),
        ("行政处罚", "行政处罚信息公开", "行政许可"),
        ("财政收支", "财政收支", "财政收支专栏"),
        ("规范性文件", "行政规范性文件", "政策解读"),
    ],
)
def test_the_nearer_name_scores_higher(wanted: str, better: str, worse: str) -> None:
    assert likeness(wanted, better)[0] > likeness(wanted, worse)[0]


@pytest.mark.parametrize(
    ("wanted", "other"),
    [("行政处罚", "行政许可"), ("财政收支", "人事任免"), ("饮用水", "通知公告"), ("招标公告", "人事信息")],
)
def test_strangers_are_not_matched(wanted: str, other: str) -> None:
    assert match_columns([wanted], [ColumnLink(other, "http://a/")]) == []


def test_matches_come_best_first_and_do_not_depend_on_order() -> None:
    links = [
        ColumnLink("财政信息", "http://a/1/"),
        ColumnLink("预决算公开", "http://a/2/"),
        ColumnLink("财政预决算", "http://a/3/", "nav"),
    ]
    found = match_columns(["财政预决算"], links)
    assert [match.link.url for match in found] == ["http://a/3/", "http://a/2/", "http://a/1/"]
    assert found == match_columns(["财政预决算"], list(reversed(links)))
    assert (found[0].score, found[0].why) == (1.0, "same name")


def test_a_home_page_of_frames_and_a_splash_page_lead_to_where_the_columns_are() -> None:
    frames = "<frameset rows='80,*'><frame src='/top.html'><frame src='main.html'></frameset>"
    home = "http://x.example.gov.cn/"
    asked = directory_links(Document(home, f"<html><head><title>财政局</title></head>{frames}</html>"))
    assert [request.url for request in asked] == [f"{home}top.html", f"{home}main.html"]
    splash = "<body><img src='a.jpg'><a href='/main.html'>点击进入网站</a><a href='/en/'>English</a></body>"
    assert [request.url for request in directory_links(Document(home, splash))] == [f"{home}main.html"]


def test_an_entrance_among_many_links_is_no_splash_page() -> None:
    links = "".join(f"<a href='/{i}/'>栏目{i}</a>" for i in range(9))
    assert directory_links(Document("http://x.example.gov.cn/", f"<a href='/wsbs/'>进入办事大厅</a>{links}")) == []
