# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""A list without a pager: complete, unless it says itself that it shows only its newest rows."""

import pytest

from spiders.document import Document
from spiders.platforms.generic import read_list

URL = "http://www.example.gov.cn/zwgk/czsz/"


def listed(rows: int, before: str = "", after: str = "", url: str = URL) -> bool:
    items = "".join(
        f'<li><a href="t2017{month:02}20_{month}00.html">2017年{month}月全市一般公共预算收支情况</a><span>2017-{month:02}-20</span></li>'
        for month in range(rows, 0, -1)
    )
    html = f"<html><body><div class='nav'><a href='/'>首页</a></div><div class='box'>{before}<ul>{items}</ul>{after}</div></body></html>"
    page = read_list(Document(url, html))
    assert len(page.items) == rows
    return page.truncated


@pytest.mark.parametrize(
    ("rows", "before", "after", "truncated"),
    [
        (8, "<h3>财政收支</h3>", "", False),
        (8, "<h3>财政收支</h3><a href='/zwgk/czsz/list.html'>更多&gt;&gt;</a>", "", True),
        (8, "<h3>财政收支<span><a href='../czsz_all/'>more</a></span></h3>", "", True),
        (7, "", "<p><a href='list_1.html'>查看更多</a></p>", True),
        (8, "<h3>财政收支</h3><a href='/zwgk/czsz/'><img alt='更多' src='m.gif'></a>", "", False),  # leads to itself
        (6, "<h3>财政收支</h3><a href='../gd/'><img alt='更多' src='m.gif'></a>", "", True),
        (8, "<p>（仅显示最新8条）</p>", "", True),
        (8, "<p>最新发布 8 条</p>", "", True),
        (6, "<p>本栏目最新20条信息</p>", "", False),  # it could show twenty and has six
        (8, "<p>共有关部门8个</p>", "", False),
        (8, "<h3>财政收支</h3>", "<a href='t20170101_1.html'>更多解读</a>", False),  # an article
        (7, "", "<p><a href='all.html'>查看全部</a></p>", True),
        (8, "", "<p><a href='his/'>历史信息</a></p>", True),
        (8, "<p>本栏目共有信息 37 条</p>", "", True),
        (8, "<p>共有信息8条</p>", "", False),
    ],
)
def test_truncated(rows: int, before: str, after: str, truncated: bool) -> None:
    assert listed(rows, before, after) is truncated


def test_a_more_link_of_another_block_says_nothing_about_this_list() -> None:
    links = "".join(f"<a href='/c{n}/'>栏目{n}</a>" for n in range(6))
    assert not listed(8, f"<div class='side'>{links}<a href='/tzgg/'>更多</a></div>")


def test_a_full_page_without_any_pager_stays_doubtful() -> None:
    assert listed(10)


def test_undated_rows_in_several_boxes_are_a_channel_s_front_and_no_complete_list() -> None:
    boxes = "".join(
        f"<div class='box{box}'><h2>栏目{box}</h2><ul>"
        + "".join(
            f"<li><a href='/c{box}/content/post_{box}{n}501.html'>关于某项具体工作安排的第{n}号通知</a></li>"
            for n in range(5)
        )
        + "</ul></div>"
        for box in range(1, 4)
    )
    page = read_list(Document(URL, f"<html><body>{boxes}</body></html>"))
    assert page.items
    assert page.truncated


def test_a_link_right_behind_the_list_counts_without_a_box_around_both() -> None:
    rows = "".join(
        f"<li><a href='t2017{m:02}20_{m}00.html'>2017年{m}月全市财政收支情况</a><span>2017-{m:02}-20</span></li>"
        for m in range(1, 9)
    )
    html = f"<html><body><div class='nav'><a href='/'>首页</a></div><ul>{rows}</ul>{{}}</body></html>"
    assert read_list(Document(URL, html.format("<p><a href='his/'>往期信息</a></p>"))).truncated
    block = "<div><h3>相关栏目</h3><a href='/tzgg/'>更多</a><p>" + "本栏目发布各类通知。" * 6 + "</p></div>"
    assert not read_list(Document(URL, html.format(block))).truncated
