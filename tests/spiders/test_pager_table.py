# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Where the next page is, by every pager that the field guide names: (address, pager) -> next address."""

import pytest

from spiders.document import Document
from spiders.pager import find_pager

SITE = "http://www.example.gov.cn"
LIST = SITE + "/zwgk/tzgg/"

CASES = {
    # TRS, counting from 0
    "trs first": (LIST, '<script>createPageHTML(9, 0, "index", "html");</script>', LIST + "index_1.html"),
    "trs third": (LIST + "index_2.html", '<script>createPageHTML(9,2,"index","html");</script>', LIST + "index_3.html"),
    "trs last": (LIST + "index_8.html", '<script>createPageHTML(9, 8, "index", "html");</script>', None),
    "trs single": (LIST, '<script>createPageHTML(1, 0, "index", "html");</script>', None),
    "trs shtml": (LIST + "index.shtml", "<script>createPageHTML(3, 0, 'index', 'shtml');</script>", LIST + "index_1.shtml"),
    "trs definition only": (LIST, "<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}</script>", None),
    "trs Pager": (LIST, "<script>Pager({size:4, current:0, prefix:'index',suffix:'html',visible:5});</script>", LIST + "index_1.html"),
    "trs Pager last": (LIST + "index_3.html", "<script>Pager({size:4, current:3, prefix:'index',suffix:'html'});</script>", None),
    "trs createPage": (LIST, '<script>createPage(12,0,"index","html")</script>', LIST + "index_1.html"),
    "mee page id": (LIST, '<script>createPageHTML(5, 0, "index_17032", "shtml");</script>', LIST + "index_17032_1.shtml"),
    "countPage": (LIST, "<script>var countPage = 12; var currentPage = 0;</script>", LIST + "index_1.html"),
    "countPage fourth": (LIST + "index_3.htm", "<script>var countPage = 12\nvar currentPage = 3</script>", LIST + "index_4.htm"),
    "countPage last": (LIST + "index_11.html", "<script>var countPage = 12; var currentPage = 11;</script>", None),
    "was": (SITE + "/was5/web/search?channelid=11&page=2", "<script>var countPage = 3;</script>", SITE + "/was5/web/search?channelid=11&page=3"),
    "was last": (SITE + "/was5/web/search?channelid=11&page=3", "<script>var countPage = 3;</script>", None),
    # UCAP, counting from 1
    "ucap first": (LIST + "fg.shtml", "<script>createPageHTML('page_div',5, 1,'fg','shtml',89);</script>", LIST + "fg_2.shtml"),
    "ucap fourth": (LIST + "fg_4.shtml", "<script>createPageHTML('page_div',5, 4,'fg','shtml',89);</script>", LIST + "fg_5.shtml"),
    "ucap last": (LIST + "fg_5.shtml", "<script>createPageHTML('page_div',5, 5,'fg','shtml',89);</script>", None),
    # counting down
    "vsb first": (SITE + "/tzgg.htm", '共180条&nbsp;&nbsp;1/18 <span class="NextDisabled">首页</span><a href="tzgg/17.htm" class="Next">下页</a><a href="tzgg/1.htm">尾页</a>', SITE + "/tzgg/17.htm"),
    "vsb middle": (SITE + "/tzgg/16.htm", '共180条 3/18 <a href="../tzgg.htm">首页</a><a href="17.htm">上页</a><a href="15.htm">下页</a>', SITE + "/tzgg/15.htm"),
    "vsb last": (SITE + "/tzgg/1.htm", '共180条 18/18 <a href="2.htm">上页</a><span class="NextDisabled">下页</span>', None),
    "vsb new": (SITE + "/tzgg.htm", '<span class="p_pages"><span class="p_no_d">1</span><span class="p_no"><a href="tzgg/10.htm">2</a></span><span class="p_next p_fun"><a href="tzgg/10.htm">下页</a></span></span>', SITE + "/tzgg/10.htm"),
    "n-channel first": (SITE + "/n1/n2/index.html", '<script>var purl="../../n1/n2/index_2603340"; maxPageNum=0; maxPageNum = 16;</script>', SITE + "/n1/n2/index_2603340_15.html"),
    "n-channel fragment": (SITE + "/n1/n2/index_2603340_15.html", "<!--start component x--><li>a</li>", SITE + "/n1/n2/index_2603340_14.html"),
    "n-channel oldest": (SITE + "/n1/n2/index_2603340_1.html", "<!--start component x--><li>a</li>", None),
    # links by word, sign, class, rel
    "nfcms": (LIST + "index.html", '<a class="current" href="">1</a><a class="normal" href="index_2.html">2</a><a class="next" href="index_2.html">下一页</a><a class="last" href="index_27.html">最后一页</a>', LIST + "index_2.html"),
    "empire": (LIST + "index_2.html", '<a title="Total record">&nbsp;<b>333</b> </a><a href="index.html">1</a>&nbsp;<b>2</b>&nbsp;<a href="index_3.html">3</a>', LIST + "index_3.html"),
    "empire last": (LIST + "index_23.html", '<a title="Total record">&nbsp;<b>333</b> </a><a href="index_21.html">21</a> <a href="index_22.html">22</a> <b>23</b>', None),
    "text with sign": (LIST, '<a href="list_2.html">下一页 &gt;&gt;</a>', LIST + "list_2.html"),
    "single sign": (LIST, '<div><a href="?p=1">1</a><a href="p2.html">&gt;</a><a href="p9.html">&gt;&gt;</a></div>', LIST + "p2.html"),
    "next in English": (LIST, '<div class="pagination"><a href="?page=2">Next</a></div>', LIST + "?page=2"),
    "li.next": (LIST, '<ul class="pagination"><li class="active"><span>1</span></li><li><a href="?page=2">2</a></li><li class="next"><a href="?page=2">&rsaquo;</a></li></ul>', LIST + "?page=2"),
    "rel in head": (LIST, '<link rel="next" href="index_2.html">', LIST + "index_2.html"),
    "image alt": (LIST, '<a href="index_2.html"><img alt="下一页" src="n.gif"></a>', LIST + "index_2.html"),
    "disabled at the end": (LIST + "index_3.html", '<a href="index_2.html">上一页</a><a class="disabled" href="javascript:;">下一页</a>', None),
    "next leads to itself": (LIST + "index_3.html", '<a href="index_2.html">上一页</a><a href="index_3.html">下一页</a>', None),
    "index and folder are one": (LIST + "index.html", '<a href="./">下一页</a>', None),
    # numbers
    "unlinked current": (LIST + "index_2.html", '<div><a href="index.html">1</a><span>2</span><a href="index_3.html">3</a></div>', LIST + "index_3.html"),
    "classed current": (LIST, '<div><a class="on" href="index.html">1</a><a href="index_2.html">2</a><a href="index_3.html">3</a></div>', LIST + "index_2.html"),
    "last number current": (LIST + "index_3.html", '<div><a href="index.html">1</a><a href="index_2.html">2</a><strong>3</strong></div>', None),
    "bracketed": (LIST, '<p>[1] <a href="list_21_2.html">[2]</a> <a href="list_21_3.html">[3]</a></p>', LIST + "list_21_2.html"),
    "select": (LIST, '<select><option value="index.html" selected>1</option><option value="index_2.html">2</option></select>', LIST + "index_2.html"),
    # queries
    "query": (LIST + "?page=2&cat=7", '<a href="?page=1&cat=7">上一页</a><a href="?page=3&cat=7">下一页</a>', LIST + "?page=3&cat=7"),
    "call with a number": (LIST + "list.jsp?currentPage=2&id=5", '<a href="javascript:goPage(3)">下一页</a>', LIST + "list.jsp?currentPage=3&id=5"),
    "address in a script": (LIST, """<a href="javascript:void(0)" onclick="location.href='index_2.html'">下一页</a>""", LIST + "index_2.html"),
    # plug-ins
    "epoint": (SITE + "/x/", '<script>$("#page").pagination({pageIndex:0,pageSize: 15,total: 31}); location.href="/x/"+(data.pageIndex+1)+".html";</script>', SITE + "/x/2.html"),
    "epoint last": (SITE + "/x/3.html", '<script>$("#page").pagination({pageIndex:0,pageSize: 15,total: 31}); location.href="/x/"+(data.pageIndex+1)+".html";</script>', None),
    "shanghai": (LIST + "index.html", '<script>$(".pagination").pagination({totalPage:7})</script>', LIST + "index_2.html"),
    # none
    "no pager": (LIST, "<ul><li>a</li></ul>", None),
    "years are no pages": (LIST, '<div><a href="2016/">2016</a><a href="2017/">2017</a></div>', None),
    "breadcrumb sign": (LIST, '<div><a href="/">首页</a> <a href="/zwgk/">&gt;</a></div>', None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_next_page(case: str) -> None:
    url, pager, expected = CASES[case]
    found = find_pager(Document(url, f"<html><head><title>x</title></head><body>{pager}</body></html>"))
    assert (found.next.url if found.next else None) == expected


def test_a_form_with_a_page_field_is_asked_by_post() -> None:
    form = '<form action="list.do" method="post"><input type="hidden" name="pageNo" value="1"><input type="hidden" name="cat" value="9"></form>'
    found = find_pager(Document(LIST, f'<html><body>{form}<a href="javascript:toPage(2)">下一页</a></body></html>'))
    assert found.next is not None
    assert (found.next.url, found.next.method, found.next.body) == (LIST + "list.do", "POST", "pageNo=2&cat=9")


def test_a_next_button_without_an_address_promises_more_unless_it_is_the_last_page() -> None:
    numbers = '<a class="current" href="">1</a><a class="normal" href="javascript:;">2</a>'
    more = find_pager(
        Document(LIST, f'<html><body>{numbers}<a class="next" href="javascript:;">下一页</a></body></html>')
    )
    assert (more.next, more.more) == (None, True)
    last = find_pager(Document(LIST, '<html><body>共2页 第2页 <a href="javascript:;">下一页</a></body></html>'))
    assert (last.next, last.more) == (None, False)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("<p>共180条 1/18</p>", 180),
        ("<p>总记录数：1,2 共 45 条记录</p>", 45),
        ('<a title="Total record">&nbsp;<b>333</b> </a>', 333),
        ('<div id="x" count="386" rows="15" pageNo="1"></div>', 386),
        ("<script>var pageChnlInfo={recordCount:'1530',prepage:15}</script>", 1530),
        ("<p>2017年共有关部门</p>", None),
    ],
)
def test_the_lists_own_count(text: str, total: int | None) -> None:
    assert find_pager(Document(LIST, f"<html><body>{text}</body></html>")).total == total
