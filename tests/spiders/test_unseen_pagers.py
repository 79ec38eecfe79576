# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Pagers as small portals write them, beside those of the field guide: (address, pager) -> next address."""

import pytest

from spiders.document import Document
from spiders.pager import find_pager

S = "http://www.example.gov.cn"
L = S + "/zwgk/tzgg/"

CASES = {
    "dedecms": (L + "list_21_1.html","<ul class='pagelist'><li>首页</li><li class='thisclass'>1</li><li><a href='list_21_2.html'>2</a></li><li><a href='list_21_3.html'>3</a></li><li><a href='list_21_2.html'>下一页</a></li><li><a href='list_21_9.html'>末页</a></li><li><span class='pageinfo'>共 <strong>9</strong>页<strong>130</strong>条</span></li></ul>", L + "list_21_2.html"),
    "dedecms last": (L + "list_21_9.html","<ul class='pagelist'><li><a href='list_21_1.html'>首页</a></li><li><a href='list_21_8.html'>上一页</a></li><li><a href='list_21_8.html'>8</a></li><li class='thisclass'>9</li><li>末页</li></ul>",None),
    "layui": (L + "?page=2","<div class='layui-laypage'><a class='layui-laypage-prev' data-page='1' href='?page=1'>上一页</a><a href='?page=1' data-page='1'>1</a><span class='layui-laypage-curr'><em class='layui-laypage-em'></em><em>2</em></span><a data-page='3' href='?page=3'>3</a><a class='layui-laypage-next' data-page='3' href='?page=3'>下一页</a></div>", L + "?page=3"),
    "laypage disabled": (L + "?page=3","<a href='?page=2'>上一页</a><span class='cur'>3</span><a class='layui-laypage-next layui-disabled' href='?page=3'>下一页</a>",None),
    "li disabled": (L + "index_5.html","<ul class='pagination'><li><a href='index_4.html'>上一页</a></li><li class='active'><a>5</a></li><li class='disabled'><a href='#'>下一页</a></li></ul>",None),
    "span next at end": (L + "index_5.html","<a href='index_4.html'>上一页</a> <span>下一页</span> <span>尾页</span>",None),
    "jsp go": (L + "list.jsp?id=7","<form name='pf' action='list.jsp' method='get'><input type='hidden' name='id' value='7'><input name='curPage' value='1'></form><a onclick='goto(2)' href='#'>下页</a>", L + "list.jsp?id=7&curPage=2"),
    "aspx postback": (L + "more.aspx","<a href=\"javascript:__doPostBack('pager','2')\">下一页</a>",None),
    "page x of y english": (L + "index_2.html","Page 2 of 8 <a href='index_1.html'>Prev</a><a href='index_3.html'>Next</a>", L + "index_3.html"),
    "total pages fraction": (L + "index.html","<div>1/8 <a href='index_2.html'>下一页</a></div>", L + "index_2.html"),
    "fraction last": (L + "index_8.html","<div>共120条 8/8 <a href='index_7.html'>上一页</a><a href='index_8.html'>下一页</a></div>",None),
    "arrow entity": (L,"<div class='page'><em>1</em><a href='index_1.html'>2</a><a href='index_1.html'>&rarr;</a></div>", L + "index_1.html"),
    "img next": (L,"<div><a href='index_1.html' title='下一页'><img src='n.gif'></a></div>", L + "index_1.html"),
    "js location": (L,"<a href=\"javascript:window.location='index_2.html'\">下一页</a>", L + "index_2.html"),
    "pages dir": (L,"<div class='p'><strong>1</strong> <a href='./2/'>2</a> <a href='./3/'>3</a></div>", L + "2/"),
    "query with offset": (L + "?start=0","<a href='?start=20'>下一页</a>", L + "?start=20"),
    "hidden next, which a script may show: asked rather than taken for the end": (L + "index_3.html","<a href='index_2.html'>上一页</a><a style='display:none' href='index_4.html'>下一页</a>", L + "index_4.html"),
    "dede plus": (S + "/plus/list.php?tid=4","<a href='list.php?tid=4&TotalResult=33&PageNo=2'>下一页</a>", S + "/plus/list.php?tid=4&TotalResult=33&PageNo=2"),
    "article neighbours are no pager": (L + "t20170501_1.html","<p>上一篇：<a href='t1.html'>a</a></p><p>下一篇：<a href='t20170502_2.html'>关于</a></p>",None),
    "numbered blocks": (L,"<div class='page'>[<b>1</b>] [<a href='?pn=2'>2</a>] [<a href='?pn=3'>3</a>] ... [<a href='?pn=9'>9</a>]</div>", L + "?pn=2"),
    "goto script with total": (L + "list.shtml","<script>var pageCount=7;var pageIndex=1;</script><a href='javascript:void(0)' onclick=\"toPage('list_2.shtml')\">下一页</a>", L + "list_2.shtml"),
    "traditional": (L,"<a href='i2.html'>下一頁</a>", L + "i2.html"),
    "trailing words": (L,"<a href='i2.html'>下一页（2）</a>", L + "i2.html"),
    "next N items": (L,"<a href='i2.html'>下20条</a>", L + "i2.html"),
    "后页": (L,"<a href='i2.html'>后页</a>", L + "i2.html"),
    "下一页 with em": (L,"<a href='i2.html'><em>下</em><em>一页</em></a>", L + "i2.html"),
    "button": (L,"<button onclick=\"location.href='i2.html'\">下一页</button>", L + "i2.html"),
    "relative index": (L + "index.shtml","<a href='./index_1.shtml'>下一页</a>", L + "index_1.shtml"),
    "aria": (L,"<nav><a aria-label='下一页' href='i2.html'><svg></svg></a></nav>", L + "i2.html"),
    "rel next a": (L,"<nav><a rel='next' href='i2.html'>更早的文章</a></nav>", L + "i2.html"),
    "uppercase NEXT": (L,"<a href='i2.html'>NEXT &gt;</a>", L + "i2.html"),
    "more news anchors": (L,"<a href='i2.html'>下一页&raquo;</a><a href='i9.html'>&gt;|</a>", L + "i2.html"),
    "current in select only, with page words": (L + "index_2.html","第<select name='p'><option value='1'>1</option><option value='2' selected>2</option><option value='3'>3</option></select>页 <a href='index_3.html'>下一页</a>", L + "index_3.html"),
    "bare sign whose address counts on": (L,"<div>共 3 页 <a href='?pageIndex=2'>&gt;</a></div>", L + "?pageIndex=2"),
    "bare sign on a later page": (S + "/c/31?pageIndex=2&t=a","<a href='/c/31?t=a&pageIndex=1'>&lt;</a><a href='/c/31?t=a&pageIndex=3'>&gt;</a>", S + "/c/31?t=a&pageIndex=3"),
    "bare sign to a numbered folder": (L,"<div><a href='2/'>&gt;</a></div>", L + "2/"),
    "bare sign from folder to folder": (L + "2/","<div><a href='../'>&lt;</a> <a href='../3/'>&gt;</a></div>", L + "3/"),
    "bare sign in a folder named list": (S + "/list/","<a href='/list/2/'>&gt;</a>", S + "/list/2/"),
    "older posts of a blog": (L,"<a href='?start=11'>早期文章</a>", L + "?start=11"),
    "older and newer posts": (L + "?start=11","<a href='?start=22'>« 较旧的文章</a><a href='?start=0'>较新的文章 »</a>", L + "?start=22"),
    "image without a name": (L,"<a href='2.html'><img src='/images/next.gif'></a>", L + "2.html"),
    "numbers in other brackets": (L,"<p>〔1〕 <a href='2.html'>〔2〕</a> <a href='3.html'>〔3〕</a></p>", L + "2.html"),
    "bare sign to index_1": (L + "index.html","<a href='index_1.html'>&gt;</a>", L + "index_1.html"),
    "bare sign to another column's folder": (L,"<a href='/zwgk/2/'>&gt;</a>", None),
    "bare sign of a breadcrumb": (L + "?page=1","<a href='/'>首页</a><a href='/zwgk/?page=2'>&gt;</a><a href='?id=2'>&gt;</a>", None),
    "vsb td fanye": (S + "/tzgg.htm","<table><tr><td id='fanye203020'>共180条&nbsp;&nbsp;1/18&nbsp;</td><td><span class='NextDisabled'>首页</span><span class='PrevDisabled'>上页</span><a href='tzgg/17.htm' class='Next'>下页</a><a href='tzgg/1.htm' class='Next'>尾页</a></td></tr></table><script>_simple_list_gotopage_fun(18,'a203020GOPAGE',2)</script>", S + "/tzgg/17.htm"),
    "vsb p_t": (S + "/tzgg/10.htm","<span class='p_pages'><span class='p_first p_fun'><a href='../tzgg.htm'>首页</a></span><span class='p_prev p_fun'><a href='../tzgg.htm'>上页</a></span><span class='p_no'><a href='../tzgg.htm'>1</a></span><span class='p_no_d'>2</span><span class='p_no'><a href='9.htm'>3</a></span><span class='p_next p_fun'><a href='9.htm'>下页</a></span><span class='p_last p_fun'><a href='1.htm'>尾页</a></span><span class='p_t'>2/11</span></span>", S + "/tzgg/9.htm"),
    "vsb p_ last": (S + "/tzgg/1.htm","<span class='p_pages'><span class='p_first p_fun'><a href='../tzgg.htm'>首页</a></span><span class='p_prev p_fun'><a href='2.htm'>上页</a></span><span class='p_no'><a href='2.htm'>10</a></span><span class='p_no_d'>11</span><span class='p_next_d p_fun_d'>下页</span><span class='p_last_d p_fun_d'>尾页</span></span>",None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_next_page(case: str) -> None:
    url, pager, expected = CASES[case]
    rows = "<ul><li><a href='a/t20170501_1.html'>关于某事的通知</a></li></ul>"
    found = find_pager(Document(url, f"<html><head><title>x</title></head><body>{rows}{pager}</body></html>"))
    assert (found.next.url if found.next else None) == expected


def test_a_post_back_is_no_address_but_promises_a_page() -> None:
    url, pager, _ = CASES["aspx postback"]
    found = find_pager(Document(url, f"<html><body>{pager}</body></html>"))
    assert (found.next, found.more) == (None, True)


def test_pages_that_only_a_choice_with_a_script_leads_to_are_promised() -> None:
    options = "<option value='1' selected>第1页</option><option value='2'>第2页</option>"
    found = find_pager(Document(L, f"<select onchange='turn(this.value)'>{options}</select>"))
    assert (found.next, found.more) == (None, True)
