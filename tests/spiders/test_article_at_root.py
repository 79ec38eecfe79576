# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""An article whose address was lost is read at the site's root: its signs decide, not the address."""

import pytest

from spiders.read import read_page

PROSE = "全市一般公共预算收入完成二十三亿元，同比增长百分之六点五，其中税收收入占比继续提高。" * 8
HEAD = "<div class='nav'>" + "".join(f"<a href='/c{n}/'>栏目名称{n}</a>" for n in range(12)) + "</div>"
TITLE = "2017年5月全市一般公共预算收支情况"
LINE = "<p>发布时间：2017-06-21 来源：市财政局</p>"
BLOCK = "<ul>" + "".join(f"<li><a href='/a/{n}0000.html'>关于某项工作的通知第{n}号文件</a><span>2017-06-1{n}</span></li>" for n in range(8)) + "</ul>"  # fmt: skip


def kind(body: str, url: str = "http://www.example.gov.cn/") -> str:
    html = f"<html><head><title>{TITLE}</title></head><body>{HEAD}{body}</body></html>"
    return str(read_page(html.encode(), url).kind)


@pytest.mark.parametrize("url", ["http://www.example.gov.cn/", "http://www.example.gov.cn/index.html"])
def test_title_date_line_and_prose_make_an_article(url: str) -> None:
    assert kind(f"<h1>{TITLE}</h1>{LINE}<div>{PROSE}</div>", url) == "article"


def test_lists_side_by_side_make_a_home_page_whatever_prose_stands_on_it() -> None:
    assert kind(f"<h1>{TITLE}</h1>{LINE}<div>{PROSE}</div>{BLOCK}") == "home"
    assert kind(BLOCK) == "home"


def test_prose_without_a_date_line_is_a_home_page() -> None:
    assert kind(f"<div>{PROSE}</div>") == "home"
