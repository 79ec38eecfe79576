# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""One list, written in the many ways in which portals write lists: the same three rows must come out."""

import datetime as dt

import pytest

from spiders.document import Document
from spiders.lists import find_list

URL = "http://czj.example.gov.cn/zwgk/czsz/index.html"
TITLES = ("2017年5月全市一般公共预算收支情况", "2017年4月全市一般公共预算收支情况", "2017年3月全市一般公共预算收支情况")
DAYS = (dt.date(2017, 6, 21), dt.date(2017, 5, 23), dt.date(2017, 4, 20))
LINKS = ("./201706/t20170621_3301.html", "./201705/t20170523_3207.html", "./201704/t20170420_3102.html")

HEAD = """<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/bsfw/">办事服务</a></li><li><a href="/hdjl/">互动交流</a></li><li><a href="/ztzl/">专题专栏</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="./">财政收支</a></div>
<div class="left-side"><h3>栏目导航</h3><ul><li><a href="../zfwj/">政府文件</a></li><li><a href="../ysjs/">部门预算决算</a></li>
<li><a href="../zfcg/">政府采购公告</a></li><li><a href="../rsxx/">人事任免信息</a></li><li><a href="./">财政收支</a></li></ul></div>"""
FOOT = """<div class="friendlink"><a href="http://www.gov.cn/">中国政府网</a><a href="http://www.mof.gov.cn/">财政部</a></div>
<div class="footer">版权所有：示例市财政局 <a href="/wzdt/">网站地图</a> <a href="/about/">联系我们</a> 备案号：粤ICP备05000000号 更新时间：2017-06-30</div>"""


def page(body: str) -> str:
    return f"<html><head><title>财政收支</title></head><body>{HEAD}{body}{FOOT}</body></html>"


def rows(template: str, days: tuple[str, ...] = tuple(day.isoformat() for day in DAYS)) -> str:
    return "\n".join(
        template.format(
            t=title,
            u=link,
            d=day,
            y=day[:4],
            ym=day[:7],
            md=day[5:],
            dd=day[8:],
            m=day[5:7],
            short=title[:12] + "...",
            n=index + 1,
        )
        for index, (title, link, day) in enumerate(zip(TITLES, LINKS, days, strict=True))
    )


SHAPES = {
    "li, span behind": ('<ul class="list">{}</ul>', '<li><a href="{u}">{t}</a><span>{d}</span></li>'),
    "li, span before": ('<ul class="list">{}</ul>', '<li><span class="time">{d}</span><a href="{u}">{t}</a></li>'),
    "li, brackets": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a> [{d}]</li>'),
    "li, full-width brackets": ("<ul>{}</ul>", '<li>· <a href="{u}">{t}</a>（{d}）</li>'),
    "date in the link's own text": ("<ul>{}</ul>", '<li><a href="{u}">{t} [{d}]</a></li>'),
    "date in a span inside the link": ("<ul>{}</ul>", '<li><a href="{u}"><span class="r">{d}</span><span class="l">{t}</span></a></li>'),
    "title cut, attribute whole": ("<ul>{}</ul>", '<li><a href="{u}" title="{t}">{short}</a><i>{d}</i></li>'),
    "dl, dt and dd": ("<dl>{}</dl>", '<dt><a href="{u}">{t}</a></dt><dd>{d}</dd>'),
    "dl a row": ("<div>{}</div>", '<dl><dd><a href="{u}">{t}</a></dd><dd>{d}</dd></dl>'),
    "table, three cells": ("<table>{}</table>", '<tr><td>{n}</td><td><a href="{u}">{t}</a></td><td>{d}</td></tr>'),
    "table with headings": (
        "<table><tr><th>序号</th><th>标题</th><th>成文日期</th><th>发布日期</th></tr>{}</table>",
        '<tr><td>{n}</td><td><a href="{u}">{t}</a></td><td>2016-01-01</td><td>{d}</td></tr>',
    ),
    "headings in td, publishing first": (
        "<table><tbody><tr><td>名称</td><td>发布日期</td><td>生成日期</td></tr>{}</tbody></table>",
        '<tr><td><a href="{u}">{t}</a></td><td>{d}</td><td>2016-01-01</td></tr>',
    ),
    "a table a row": ("<div>{}</div>", '<table><tr><td><a href="{u}">{t}</a></td><td>{d}</td></tr></table>'),
    "two rows of a table": ("<table>{}</table>", '<tr><td><a href="{u}">{t}</a></td></tr><tr><td>发布时间：{d}</td></tr>'),
    "div in div": ('<div class="box">{}</div>', '<div class="item"><div class="tt"><a href="{u}">{t}</a></div><div class="date">{d}</div></div>'),
    "flat divs": ('<div class="box">{}</div>', '<div class="tt"><a href="{u}">{t}</a></div><div class="date">{d}</div>'),
    "flat links": ('<div class="box">{}</div>', '<a href="{u}">{t}</a><span>{d}</span><br>'),
    "flat links, text date": ('<div class="box">{}</div>', '<a href="{u}">{t}</a> {d}<br>'),
    "flat, date before": ('<div class="box">{}</div>', '<span>{d}</span><a href="{u}">{t}</a><br>'),
    "p": ('<div class="box">{}</div>', '<p><a href="{u}">{t}</a><em>{d}</em></p>'),
    "the link around all": ('<div class="box">{}</div>', '<a href="{u}" class="item"><h4>{t}</h4><p>摘要：本月收支运行平稳。</p><span class="date">{d}</span></a>'),
    "year-month and day": ("<ul>{}</ul>", '<li><div class="day"><b>{dd}</b><span>{ym}</span></div><a href="{u}">{t}</a></li>'),
    "year and month-day": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><span>{md}</span><i>{y}</i></li>'),
    "compact date": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><span>{y}{m}{dd}</span></li>'),
    "Chinese date": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><span>{y}年{m}月{dd}日</span></li>'),
    "date over lines": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><span>{y}-\n {m}-\n {dd}</span></li>'),
    "slashes and time": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><span>{y}/{m}/{dd} 10:32:05</span></li>'),
    "glued label": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><span>【信息发布时间：{d}阅读次数：</span></li>'),
    "asked and answered": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><span>[提交时间：{d}]</span><span>[回复时间：2017-08-08]</span></li>'),
    "category before": ("<ul>{}</ul>", '<li><a href="/zwgk/">[财政收支]</a><a href="{u}">{t}</a><span>{d}</span></li>'),
    "files beside": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><a href="./files/{n}.docx">下载文字版</a><a href="./files/{n}.pdf">下载图片版</a><span>{d}</span></li>'),
    "interpretation beneath": (
        "<ul>{}</ul>",
        '<li><a href="{u}">{t}</a><div class="popbox"><ul><li><a href="../jd/t20170701_{n}.html">一图读懂全市一般公共预算收支运行情况与后几个月的走势</a></li></ul></div><span>{d}</span></li>',
    ),
    "details beneath": ("<ul>{}</ul>", '<li><img src="a.png"><a href="{u}">{t}</a><p>全市收入平稳……<a href="{u}">[<font>详情</font>]</a></p><span>{d}</span></li>'),
    "image link first": ("<ul>{}</ul>", '<li><a href="{u}"><img src="a.jpg"></a><h3><a href="{u}">{t}</a></h3><span>{d}</span></li>'),
    "nested links": ("<ul>{}</ul>", '<li><a href="{u}"><a href="{u}" title="{t}">{t}</a></a><span>{d}</span></li>'),
    "split in groups": ("<div class='all'>{}</div>", '<div class="g{n}"><ul><li><a href="{u}">{t}</a><span>{d}</span></li></ul></div>'),
    "separators between": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><span>{d}</span></li><li class="line"></li>'),
    "sections of html5": ("<section>{}</section>", '<article><h2><a href="{u}">{t}</a></h2><time datetime="{d}">{d}</time></article>'),
    "upper case": ("<UL>{}</UL>", '<LI><A HREF="{u}">{t}</A><SPAN>{d}</SPAN></LI>'),
    "unclosed": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><span>{d}</span>'),
    "comment inside": ("<ul>{}</ul>", '<li><!-- <a href="x.html">旧</a> 2001-01-01 --><a href="{u}">{t}</a><span>{d}</span></li>'),
    "zero-width in the title": ("<ul>{}</ul>", '<li><a href="{u}">\u200b{t}\ufeff</a><span>{d}</span></li>'),
    "new mark": ("<ul>{}</ul>", '<li><a href="{u}">{t}</a><img src="new.gif" alt="new"><span>{d}</span></li>'),
    "link with onclick only": ("<ul>{}</ul>", '<li><a href="{u}" onclick="hit({n})" target="_blank">{t}</a><span class="fr">{d}</span></li>'),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_row_gives_the_same_items(shape: str) -> None:
    outer, row = SHAPES[shape]
    document = Document(URL, page(outer.replace("{}", rows(row))))
    items = find_list(document).items
    assert [item.title for item in items] == list(TITLES)
    assert [item.date for item in items] == list(DAYS)
    assert [item.url for item in items] == [document.absolute(link) for link in LINKS]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_of_one_row_is_a_list(shape: str) -> None:
    outer, row = SHAPES[shape]
    one = row.format(
        t=TITLES[0],
        u=LINKS[0],
        d="2017-06-21",
        y="2017",
        ym="2017-06",
        md="06-21",
        dd="21",
        m="06",
        short=TITLES[0][:12] + "...",
        n=1,
    )
    items = find_list(Document(URL, page(outer.replace("{}", one)))).items
    assert [(item.title, item.date) for item in items] == [(TITLES[0], DAYS[0])]
