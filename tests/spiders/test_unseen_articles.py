# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Articles of sites that nobody has seen: title, publish date, source and number, wherever the page puts them."""

import datetime as dt
from dataclasses import dataclass

import pytest

from spiders.read import read_page

HOST = "http://www.example.gov.cn"
TITLE = "关于2017年5月全市一般公共预算收支情况的说明"
DAY = dt.date(2017, 6, 21)
PROSE = "".join(
    f"<p>{text}</p>"
    for text in (
        "今年以来，全市财政部门认真落实积极财政政策，组织收入，优化支出，财政运行总体平稳，主要情况如下。",
        "一、收入情况。1-5月，全市一般公共预算收入完成一百二十三亿元，同比增长百分之八，其中税收收入九十八亿元。",
        "二、支出情况。1-5月，全市一般公共预算支出完成一百八十亿元，同比增长百分之十，民生支出占比七成以上。",
        "三、下一步工作。继续加强收入征管，盘活存量资金，确保完成全年收支预算任务，保障重点支出需要。",
    )
)
NAV = "<div class='top'><span>今天是2026年9月1日 星期二</span><ul class='menu'><li><a href='/'>首页</a></li><li><a href='/zwgk/'>政务公开</a></li><li><a href='/bsfw/'>办事服务</a></li></ul></div>"
FOOT = "<div class='footer'>版权所有 示例市财政局 更新日期：2026-08-31 备案号：粤ICP备12345678号</div>"


@dataclass(frozen=True)
class Case:
    """`body` holds {T} title, {P} prose. `day` None: nothing on the page says when it was published."""

    body: str
    day: dt.date | None = DAY
    source: str | None = None
    url: str = "/zwgk/czsz/12345.html"
    head: str = f"<title>{TITLE}_示例市财政局</title>"
    doc_no: str | None = None
    title: str = TITLE


CASES = {
    "line of labels": Case("<h1>{T}</h1><div class='info'>发布日期：2017-06-21 来源：市财政局 浏览次数：<span id='hits'></span></div><div class='c'>{P}</div>", source="市财政局"),
    "labels without colon": Case("<h2>{T}</h2><p><span>发布时间</span> <span>2017/06/21 10:15</span></p><div>{P}</div>"),
    "brackets": Case("<div class='tit'>{T}</div><div>【发布时间：2017-06-21】【来源：国库科】【字体：大 中 小】</div><div>{P}</div>", source="国库科"),
    "glued labels": Case("<h1>{T}</h1><p>作者：张三来源：市财政局发布时间：2017-06-21点击数：88</p><div>{P}</div>", source="市财政局"),
    "date glued to a label": Case("<h1>{T}</h1><p>信息发布时间：2017-06-21阅读次数：15</p><div>{P}</div>"),
    "no label at all": Case("<h3 class='title'>{T}</h3><div class='time'>2017-06-21作者：浏览次数：</div><div id='vsb_content'>{P}</div>", url="/info/1056/1876.htm"),
    "definition list": Case("<h1>{T}</h1><dl><dt>索引号</dt><dd>00712345-2/2017-00018</dd><dt>发布机构</dt><dd>示例市财政局</dd><dt>成文日期</dt><dd>2017-06-15</dd><dt>发布日期</dt><dd>2017-06-21</dd></dl><div class='body'>{P}</div>"),
    "table, written date first": Case("<table><tr><td>成文日期：</td><td>2017年06月15日</td><td>发布日期：</td><td>2017年06月21日</td></tr><tr><td>文　　号：</td><td colspan=3>示财〔2017〕18号</td></tr></table><h1>{T}</h1><div>{P}</div>", doc_no="示财〔2017〕18号"),
    "table of th": Case("<h1>{T}</h1><table><tr><th>发文字号</th><td>示财函〔2017〕3号</td></tr><tr><th>公开日期</th><td>2017-06-21</td></tr></table><div>{P}</div>", doc_no="示财函〔2017〕3号"),
    "list of li": Case("<ul class='xxgk'><li><b>名 称：</b>{T}</li><li><b>索 引 号：</b>0071/2017-18</li><li><b>发布日期：</b>2017-06-21</li></ul><h2>{T}</h2><div>{P}</div>"),
    "date at the bottom": Case("<h1>{T}</h1><div class='content'>{P}</div><div class='bottom-info'><span>发布日期：2017-06-21</span><span>信息来源：市财政局</span></div>", source="市财政局"),
    "footer table": Case("<h1>{T}</h1><div>{P}</div><table><tr><td>录入时间</td><td>2017-06-21</td></tr></table>"),
    "time element": Case("<article><header><h1 class='entry-title'>{T}</h1><time datetime='2017-06-21T09:00:00+08:00'>2017-06-21</time></header><div class='entry-content'>{P}</div></article>"),
    "full-width figures": Case("<h1>{T}</h1><p>发布日期：２０１７－０６－２１</p><div>{P}</div>"),
    "Chinese numerals": Case("<h1>{T}</h1><p>发布时间：二〇一七年六月二十一日</p><div>{P}</div>"),
    "zeros as circles": Case("<h1>{T}</h1><p>发布时间：二○一七年六月二十一日</p><div>{P}</div>"),
    "date broken over lines": Case("<h1>{T}</h1><p>发布日期：\n 2017-\n 06-\n 21</p><div>{P}</div>"),
    "three titles": Case("<div class='logo'>示例市财政局</div><div class='path'>当前位置：首页 > 政务公开 > 财政收支 > 正文</div><h2 class='lm'>财政收支</h2><h1>{T}</h1><p>时间：2017-06-21</p><div><p align='center'><b>{T}</b></p>{P}</div>"),
    "broken title": Case("<h1>关于2017年5月全市一般公共预算<br>收支情况的说明</h1><p>日期：2017-06-21</p><div>{P}</div>"),
    "labels in comments": Case("<h1>{T}</h1><!-- <p>发布时间：2016-01-01 来源：旧模板</p> --><p>发布时间：2017-06-21</p><div>{P}</div>"),
    "metas with NBSP": Case("<h1>{T}</h1><div>{P}</div>", head=f'<title>{TITLE}</title><meta name="ArticleTitle"\xa0content="{TITLE}"><meta name="PubDate"\xa0content="2017-06-21 10:00"><meta name="SiteName" content="示例市财政局">'),
    "metas in another order and case": Case("<div class='x'>{T}</div><div>{P}</div>", head=f'<title>示例市财政局</title><meta content="{TITLE}" name="articletitle"><meta content="2017-06-21 10:00" name="PUBDATE">'),
    "visible before meta": Case("<h1>{T}</h1><p>发布日期：2017-06-21</p><div>{P}</div>", head=f'<title>{TITLE}</title><meta name="PubDate" content="2019-10-25 10:00">'),
    "script writes the date": Case("<h1>{T}</h1><p>发布时间：<script>var pubdata='2017年06月21日';document.write(pubdata);</script></p><div>{P}</div>"),
    "editor names": Case("<h1>{T}</h1><p>2017-06-21 09:57　来源：示例日报　责任编辑：李四</p><div>{P}</div>", source="示例日报"),
    "source and date behind it": Case("<h1>{T}</h1><p>来源：市财政局 2017-06-21</p><div>{P}</div>", source="市财政局"),
    "update beside publish": Case("<h1>{T}</h1><p>更新时间：2018-01-01 发布时间：2017-06-21</p><div>{P}</div>"),
    "font tags of an old site": Case("<table width=900><tr><td align=center><font size=5><b>{T}</b></font></td></tr><tr><td align=center><font color=#999>发布日期：2017-6-21 &nbsp; 阅读：301次</font></td></tr><tr><td>{P}</td></tr></table>"),
    "day without zeros": Case("<h1>{T}</h1><p>发布时间:2017-6-21 9:5:3</p><div>{P}</div>"),
    "undated": Case("<h1>{T}</h1><p>（2015年10月29日令第118号公布）</p><div>{P}</div>", None),
    "only the address has a date": Case("<h1>{T}</h1><div>{P}</div>", None, url="/zwgk/201706/t20170621_1234.html"),
    "only a written date": Case("<h1>{T}</h1><table><tr><td>成文日期</td><td>2017-06-15</td></tr></table><div>{P}</div>", None),
    "only signed": Case("<h1>{T}</h1><div>{P}<p align='right'>示例市财政局</p><p align='right'>2017年6月15日</p></div>", None),
    "impossible day": Case("<h1>{T}</h1><p>发布日期：2017-02-30</p><div>{P}</div>", None),
    "the epoch": Case("<h1>{T}</h1><p>发布日期：1970-01-01 08:00</p><div>{P}</div>", None),
    "a year of five figures": Case("<h1>{T}</h1><p>发布日期：20177-06-21</p><div>{P}</div>", None),
    "zeros": Case("<h1>{T}</h1><p>发布日期：0000-00-00 00:00:00</p><div>{P}</div>", None),
    "month only": Case("<h1>{T}</h1><p>发布日期：2017年6月</p><div>{P}</div>", None),
    "meta placeholder": Case("<h1>{T}</h1><div>{P}</div>", None, head=f'<title>{TITLE}</title><meta name="PubDate" content="发布日期">'),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_title_date_source_and_number(name: str) -> None:
    case = CASES[name]
    body = case.body.replace("{T}", TITLE).replace("{P}", PROSE)
    html = f"<html><head><meta charset='utf-8'>{case.head}</head><body>{NAV}<div class='main'>{body}</div>{FOOT}</body></html>"
    page = read_page(html.encode(), HOST + case.url)
    assert page.kind == "article"
    article = page.article
    assert article is not None
    assert (article.title, article.published) == (case.title, case.day)
    assert (article.source, article.doc_no) == (case.source, case.doc_no)
    assert "组织收入" in article.text
    assert "ICP" not in article.text
