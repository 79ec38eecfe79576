# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Lists of sites that nobody has seen, each in a layout and with a pager of its own: title, address, date and next
page of every one must come out right. The pages are written for these tests."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urljoin

import pytest

from spiders.read import read_page

HOST = "http://www.example.gov.cn"
NAV = """<div id="hd"><a href="/"><img src="/logo.png" alt="示例市财政局"></a><ul class="mainNav"><li><a href="/jgsz/">机构设置</a></li>
<li><a href="/zwdt/">政务动态</a></li><li><a href="/zfxxgk/">政府信息公开</a></li><li><a href="/hdjl/">互动交流</a></li></ul>
<div class="search"><input name="q"><button>搜索</button></div></div>
<div class="crumb">您所在的位置：<a href="/">首页</a> &gt; <a href="/zfxxgk/">政府信息公开</a> &gt; 财政收支</div>"""
FOOT = """<div id="ft"><a href="/map.html">网站地图</a>|<a href="/lxwm.html">联系我们</a><p>主办：示例市财政局　网站标识码：4404000001　备号：粤ICP备12345678号</p></div>"""
TITLES = (
    "关于2017年5月全市一般公共预算收支情况的说明",
    "2017年4月全市及各区财政收支",
    "示例市2016年度“三公”经费决算汇总（2017年第3号）",
    "市财政局 市审计局关于开展专项检查的通知",
)
DAYS = ("2017-06-21", "2017-05-23", "2017-04-20", "2016-12-30")


@dataclass(frozen=True)
class Site:
    """`row` is filled once an item: t title, u address, d date, y m dd its parts, n number, s shortened title."""

    url: str
    box: str
    row: str
    address: str  # of item n
    pager: str
    next: str | None


SITES = {
    "ASP table, paging by query": Site(
        "/list.asp?classid=12", "<table width='98%' cellpadding='4'>{}</table>",
        "<tr><td width='3%'><img src='dot.gif'></td><td><a href='{u}' target='_blank'>{t}</a></td><td align='right'>[{d}]</td></tr>",
        "show.asp?id=30{n}",
        "<p align='center'>共 84 条 页次:1/5页 首页 上一页 <a href='list.asp?classid=12&page=2'>下一页</a> <a href='list.asp?classid=12&page=5'>尾页</a></p>",
        "/list.asp?classid=12&page=2"),
    "each row a table of its own": Site(
        "/xxgk/index_2.asp", "<div class='lb'>{}</div>",
        "<table class='tb'><tr><td class='l'>·<a href='{u}'>{t}</a></td><td class='r'>{y}/{m}/{dd}</td></tr></table>",
        "view_{n}77.asp", "<a href='index.asp'>首页</a><a href='index.asp'>上页</a><a href='index_3.asp'>下页</a>", "/xxgk/index_3.asp"),
    "definition list, date in dd": Site(
        "/cz/", "<dl class='news'>{}</dl>", "<dt><a href='{u}'>{t}</a></dt><dd>发布日期：{d}</dd>", "2017/{n}1234.html",
        "<div class='pages'><span>1</span><a href='/cz/2/'>2</a><a href='/cz/3/'>3</a><a href='/cz/2/'>»</a></div>", "/cz/2/"),
    "date block with the day over year and month": Site(
        "/zwdt/list.html", "<div class='cards'>{}</div>",
        "<div class='card'><div class='date'><strong>{dd}</strong><em>{y}-{m}</em></div><div class='con'><h3><a href='{u}'>{t}</a></h3><p>本月全市财政运行总体平稳，收入保持增长。</p></div></div>",
        "/zwdt/d/{n}8888.html", "<ul class='pagination'><li class='active'><a href='list.html'>1</a></li><li><a href='list-2.html'>2</a></li><li><a href='list-2.html' aria-label='Next'>&raquo;</a></li></ul>",
        "/zwdt/list-2.html"),
    "date block before the link, slash": Site(
        "/zwdt/list_2.shtml", "<ul class='ul1'>{}</ul>", "<li><div><span>{dd}</span><span>{y}/{m}</span></div><a href='{u}'>{t}</a></li>",
        "./{y}{m}/c{n}9001.shtml", "<div class='page'><a href='list_1.shtml'>&lt;</a><a href='list_1.shtml'>1</a><b>2</b><a href='list_3.shtml'>3</a><a href='list_3.shtml'>&gt;</a></div>",
        "/zwdt/list_3.shtml"),
    "date before the title": Site(
        "/gg/?page=3", "<ul>{}</ul>", "<li><i>{d}</i> <a href='{u}'>{t}</a></li>", "/gg/info.jsp?infoid=5{n}",
        "<a href='?page=2'>上一页</a> <a href='?page=4'>下一页</a> <a href='?page=20'>末页</a>", "/gg/?page=4"),
    "list inside a form": Site(
        "/xxgk/lb.do", "<form name='f' action='/xxgk/lb.do' method='post'><input type='hidden' name='pageNo' value='1'><ul>{}</ul></form>",
        "<li><a href='{u}'>{t}</a><span>{d}</span></li>", "/xxgk/nr.do?id=77{n}",
        "<a href='javascript:gotoPage(2);'>下一页</a>", "/xxgk/lb.do"),
    "rel=next and WordPress": Site(
        "/category/czsz/", "<main>{}</main>",
        "<article class='post'><header><h2 class='entry-title'><a href='{u}' rel='bookmark'>{t}</a></h2><time datetime='{d}T10:00:00+08:00'>{d}</time></header><div class='entry-summary'><p>收支情况摘要若干文字。</p></div></article>",
        "/archives/{n}501", "<nav class='navigation'><a class='page-numbers' href='/category/czsz/page/2/'>2</a><a class='next page-numbers' rel='next' href='/category/czsz/page/2/'>下一页</a></nav>",
        "/category/czsz/page/2/"),
    "WordPress, later page": Site(
        "/category/czsz/page/2/", "<main>{}</main>", "<article><h2><a href='{u}'>{t}</a></h2><span class='date'>{y}年{m}月{dd}日</span></article>", "/archives/{n}501",
        "<nav><a href='/category/czsz/'>1</a><span aria-current='page' class='page-numbers current'>2</span><a href='/category/czsz/page/3/'>3</a></nav>", "/category/czsz/page/3/"),
    "select and GO": Site(
        "/zcfg/index.html", "<ul class='list'>{}</ul>", "<li><span class='fr'>{d}</span><a href='{u}' title='{t}'>{s}…</a></li>", "{y}-{m}/{dd}/content_{n}001.htm",
        "第<select onchange='location=this.value'><option value='index.html' selected>1</option><option value='index_2.html'>2</option><option value='index_3.html'>3</option></select>页<input type='button' value='GO'>", "/zcfg/index_2.html"),
    "page count in words": Site(
        "/zcfg/index_2.jhtml", "<div class='r'><ul>{}</ul></div>", "<li>■ <a href='{u}'>{t}</a> <font color='gray'>({d})</font></li>", "/zcfg/{n}0007.jhtml",
        "<div>第2页 共8页 <a href='index.jhtml'>首页</a> <a href='index.jhtml'>上一页</a> <a href='index_3.jhtml'>下一页</a> <a href='index_8.jhtml'>尾页</a></div>", "/zcfg/index_3.jhtml"),
    "page count in words, the last": Site(
        "/zcfg/index_8.jhtml", "<div class='r'><ul>{}</ul></div>", "<li><a href='{u}'>{t}</a> <font color='gray'>({d})</font></li>", "/zcfg/{n}0007.jhtml",
        "<div>第8页 共8页 <a href='index.jhtml'>首页</a> <a href='index_7.jhtml'>上一页</a> <a href='index_8.jhtml'>下一页</a> <a href='index_8.jhtml'>尾页</a></div>", None),
    "?p=": Site(
        "/news?p=1", "<div class='l'>{}</div>", "<p class='item'><a href='{u}'>{t}</a><small>{y}.{m}.{dd}</small></p>", "/news/{n}0210",
        "<div class='pager'><a class='cur' href='/news?p=1'>1</a><a href='/news?p=2'>2</a><a href='/news?p=2'>后一页</a></div>", "/news?p=2"),
    "?pageNo=, next by sign": Site(
        "/portal/list?cid=9&pageNo=2", "<div>{}</div>", "<div class='row'><div class='col-9'><a href='{u}'>{t}</a></div><div class='col-3'>{d} 09:30</div></div>", "/portal/detail?cid=9&id={n}31",
        "<div><a href='?cid=9&pageNo=1'>1</a><span class='on'>2</span><a href='?cid=9&pageNo=3'>3</a><a href='?cid=9&pageNo=3'>&gt;&gt;</a></div>", "/portal/list?cid=9&pageNo=3"),
    "data-page attributes": Site(
        "/api-site/list?page=1", "<ul>{}</ul>", "<li><a href='{u}'><span class='tit'>{t}</span><span class='time'>{d}</span></a></li>", "/api-site/a/{n}4001.html",
        "<div class='pg'><a class='active' data-page='1' href='javascript:;'>1</a><a data-page='2' href='javascript:;'>2</a><a class='next' data-page='2' href='javascript:;'>下一页</a></div>", "/api-site/list?page=2"),
    "protocol-relative links": Site(
        "/col/", "<ul>{}</ul>", "<li><a href='{u}'>{t}</a><span>{d}</span></li>", "//www.example.gov.cn/col/{n}9999.html", "<a href='//www.example.gov.cn/col/index_1.html'>下一页</a>", "/col/index_1.html"),
    "newline in href": Site(
        "/csrc/fg.html", "<table><tbody>{}</tbody></table>", "<tr><td>{n}</td><td><a href='\n{u}\n' >{t}</a></td><td>{d}</td></tr>", "/csrc/c1{n}5/content.shtml", "<a href='\nfg_2.html\n'>下一页</a>", "/csrc/fg_2.html"),
    "two nested links": Site(
        "/lk/index.html", "<ul>{}</ul>", "<li><a href='{u}'></a><a href='{u}' title='{t}'>{t}</a><span>{d}</span></li>", "t{y}{m}{dd}_{n}11.html", "", None),
    "date split over lines": Site(
        "/col/col28/index.html", "<ul>{}</ul>", "<li><a href='{u}'>{t}</a><span>\n  {y}-\n  {m}-\n  {dd}\n</span></li>", "/art/{y}/{m}/{dd}/art_28_{n}5.html", "", None),
    "full-width figures": Site(
        "/qk/", "<ul>{}</ul>", "<li><a href='{u}'>{t}</a><span>（{w}）</span></li>", "{n}0021.htm", "<a href='2.htm'>下一頁</a>", "/qk/2.htm"),
    "bold date in the row's text": Site(
        "/b/index.htm", "<div class='TRS'>{}</div>", "<div>● <a href='{u}'>{t}</a>&nbsp;&nbsp;<b>{d}</b></div>", "b{n}2017.htm", "<span>[<a href='index_1.htm'>下一页</a>]</span>", "/b/index_1.htm"),
    "columns in a table with headings": Site(
        "/ml/", "<table><thead><tr><th>索引号</th><th>信息名称</th><th>文号</th><th>生成日期</th><th>发布日期</th></tr></thead><tbody>{}</tbody></table>",
        "<tr><td>00712345-2/2017-000{n}</td><td><a href='{u}'>{t}</a></td><td>示财〔2017〕{n}号</td><td>2015-01-0{n}</td><td>{d}</td></tr>", "/ml/xx/{n}5566.html", "<a href='/ml/?pageIndex=2'>下一页</a>", "/ml/?pageIndex=2"),
    "hidden copies of rows": Site(
        "/n/", "<ul>{}</ul><div style='display:none'><ul><li><a href='/m/1.html'>手机版专用链接一行标题</a><span>2011-01-01</span></li></ul></div>",
        "<li><a href='{u}'>{t}</a><span>{d}</span></li>", "/n/{n}0101.html", "<a href='index_2.html'>下一页 ></a>", "/n/index_2.html"),
    "icon font arrows": Site(
        "/i/index_3.html", "<ul>{}</ul>", "<li><i class='icon-dot'></i><a href='{u}'>{t}</a><time>{d}</time></li>", "/i/{y}/{n}77001.html",
        "<div class='fy'><a href='index_2.html' class='prev'><i class='fa fa-left'></i></a><a href='index.html'>1</a><a href='index_2.html'>2</a><a class='current'>3</a><a href='index_4.html'>4</a><a href='index_4.html' class='next'><i class='fa fa-right'></i></a></div>", "/i/index_4.html"),
    "anchor text with nested fonts": Site(
        "/o/more.php?typeid=4", "<table>{}</table>", "<tr><td height=24><font color=red>·</font><a href='{u}'><font size=2>{t}</font></a> <font size=1>({d})</font></td></tr>", "view.php?aid={n}09",
        "<table><tr><td>1 <a href='more.php?typeid=4&PageNo=2'>2</a> <a href='more.php?typeid=4&PageNo=3'>3</a> <a href='more.php?typeid=4&PageNo=2'>下一页</a></td></tr></table>", "/o/more.php?typeid=4&PageNo=2"),
    "thumbnails beside": Site(
        "/p/", "<div class='pics'>{}</div>", "<div class='pic'><a href='{u}'><img src='{n}.jpg' alt=''></a><h4><a href='{u}'>{t}</a></h4><p><span>来源：市财政局</span><span>{d}</span><span>浏览：12次</span></p></div>", "/p/{n}3003.html",
        "<a href='/p/?currentPage=2'>Next ›</a>", "/p/?currentPage=2"),
    "links to whole files": Site(
        "/w/", "<ul>{}</ul>", "<li><a href='{u}'>{t}</a><span>{d}</span></li>", "./P02017{n}21512345678901.pdf", "<a href='index_1.html'>下一页</a>", "/w/index_1.html"),
    "onclick with the address": Site(
        "/z/index.html", "<ul>{}</ul>", "<li><a href='{u}'>{t}</a><span>{d}</span></li>", "/z/{n}4554.html", "<input type='button' value='下一页' onclick=\"window.location.href='index_2.html'\">", "/z/index_2.html"),
    "numbers only, parenthesised": Site(
        "/k/", "<ul>{}</ul>", "<li><a href='{u}'>{t}</a><span>{d}</span></li>", "/k/{n}1122.html", "<p>(1) <a href='k2.html'>(2)</a> <a href='k3.html'>(3)</a></p>", "/k/k2.html"),
    "links opened by a script": Site(
        "/js/", "<ul>{}</ul>", "<li><a href='javascript:;' onclick=\"window.open('{u}')\">{t}</a><span>{d}</span></li>", "/js/{n}9090.html", "<a href=\"javascript:location.href='/js/index_2.html'\">下一页</a>", "/js/index_2.html"),
    "numbered titles": Site(
        "/no/", "<ul>{}</ul>", "<li><a href='{u}'>{n}、{t}</a><span>{d}</span></li>", "/no/{n}9090.html", "<a href='2.html'>下页</a>", "/no/2.html"),
    "two items a table row": Site(
        "/tt/", "<table><tr>{}</tr></table>", "<td><a href='{u}'>{t}</a> [{d}]</td>", "/tt/{n}9090.html", "<a href='2.html'>下页</a>", "/tt/2.html"),
    "the issuing office before the title": Site(
        "/of/", "<ul>{}</ul>", "<li><a href='/dept/czj/'>市财政局</a> | <a href='{u}'>{t}</a><span>{d}</span></li>", "/of/{n}9090.html", "<a href='2.html'>下页</a>", "/of/2.html"),
    "rows never closed, upper case": Site(
        "/uc/", "<UL>{}</UL>", "<LI><A HREF='{u}'>{t}</A><SPAN>{d}</SPAN>", "/uc/{n}9090.html", "<A HREF='2.html'>下页</A>", "/uc/2.html"),
    "an update date beside": Site(
        "/up/", "<ul>{}</ul>", "<li><a href='{u}'>{t}</a><span>发布：{d}</span><span>更新：2018-01-01</span></li>", "/up/{n}9090.html", "<a href='2.html'>下页</a>", "/up/2.html"),
    "a summary with dates": Site(
        "/su/", "<ul>{}</ul>", "<li><h4><a href='{u}'>{t}</a></h4><p>根据2015年3月1日的部署，现公布有关情况如下。</p><span>{d}</span></li>", "/su/{n}9090.html", "<a href='2.html'>下页</a>", "/su/2.html"),
    "year beside month and day": Site(
        "/q/", "<ul>{}</ul>", "<li><div class='d'><p>{m}-{dd}</p><p>{y}</p></div><div><a href='{u}'>{t}</a></div></li>", "/q/{n}6677.html", "<a href='index_2.html'>下一页</a>", "/q/index_2.html"),
}  # fmt: skip


def wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else "－" if sign == "-" else sign for sign in text)


def written(site: Site) -> tuple[bytes, list[tuple[str, str, dt.date]]]:
    rows, expected = [], []
    for number, (title, day) in enumerate(zip(TITLES, DAYS, strict=True), 1):
        parts = {"y": day[:4], "m": day[5:7], "dd": day[8:], "n": number}
        address = site.address.format(**parts)
        rows.append(site.row.format(t=title, s=title[:10], u=address, d=day, w=wide(day), **parts))
        expected.append((title, address, dt.date.fromisoformat(day)))
    html = f"<html><head><title>财政收支</title></head><body>{NAV}<div class='main'>{site.box.format(''.join(rows))}<div class='fenye'>{site.pager}</div></div>{FOOT}</body></html>"
    return html.encode(), expected


@pytest.mark.parametrize("name", SITES)
def test_items_and_next_page(name: str) -> None:
    site = SITES[name]
    body, expected = written(site)
    page = read_page(body, HOST + site.url)
    assert page.kind == "list"
    assert page.listing is not None
    assert [(item.title, item.url, item.date) for item in page.listing.items] == [
        (title, urljoin(HOST + site.url, address), day) for title, address, day in expected
    ]
    assert (page.listing.next.url if page.listing.next else None) == (HOST + site.next if site.next else None)


def test_the_newest_item_as_a_headline_above_the_list_belongs_to_it() -> None:
    head = "<div class='top'><h2><a href='/a/90021.html'>2017年6月全市一般公共预算收支情况</a></h2><p>收入增长。</p><span>2017-07-20</span></div>"
    rows = "".join(f"<li><a href='/a/{n}0021.html'>{title}</a><span>{day}</span></li>" for n, (title, day) in enumerate(zip(TITLES, DAYS, strict=True)))  # fmt: skip
    page = read_page(f"<html><body>{NAV}<div>{head}<ul>{rows}</ul></div>{FOOT}</body></html>".encode(), HOST + "/zwdt/")
    assert page.listing is not None
    assert [str(item.date) for item in page.listing.items] == ["2017-07-20", *DAYS]
    twice = head.replace("/a/90021.html", "/a/00021.html")  # the list has it too
    again = read_page(
        f"<html><body>{NAV}<div>{twice}<ul>{rows}</ul></div>{FOOT}</body></html>".encode(), HOST + "/zwdt/"
    )
    assert again.listing is not None
    assert len(again.listing.items) == 4
