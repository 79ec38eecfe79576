# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Manners of portals that the readers had not met: each test is a page written in the manner of what was once misread."""

from spiders import addresses
from spiders.articles import read_article
from spiders.document import Document
from spiders.read import read_page
from spiders.records import Article, ListPage, Page, PageKind

HOST = "http://www.example.gov.cn"
NAV = "".join(
    f'<li><a href="/lm{n}/">{name}</a></li>'
    for n, name in enumerate(("首页", "机构", "新闻", "公开", "服务", "互动", "专题", "数据"))
)
ROWS = (
    ("关于2026年上半年财政收支情况的说明", "2026-07-21"),
    ("关于公布第三批入库名单的公示", "2026-06-30"),
    ("关于调整办理时限的公告", "2026-05-04"),
    ("关于征求管理办法意见的函", "2025-12-30"),
)


def page_of(html: str, path: str) -> Page:
    return read_page(
        f'<html><head><meta charset="utf-8"></head><body><ul class="nav">{NAV}</ul>{html}</body></html>'.encode(),
        HOST + path,
    )


def article(html: str, path: str = "/zwgk/202609/t20260907_1234.html") -> Article:
    return read_article(
        Document.from_bytes(f'<html><head><meta charset="utf-8">{html}</body></html>'.encode(), HOST + path)
    )


def listed(html: str, path: str) -> ListPage:
    page = page_of(html, path)
    assert page.kind is PageKind.LIST
    assert page.listing is not None
    return page.listing


def test_a_date_inside_the_element_named_title_is_the_rows_date() -> None:
    rows = "".join(
        f'<li><a href="./202607/t20260721_{n}.html"><span class="cont_tit"><img src="x.jpg"><font class="cont_tit03">{title}</font><font class="cont_tit02">{day}</font></span></a></li><li class="cont_line">&nbsp;</li>'
        for n, (title, day) in enumerate(ROWS)
    )
    found = listed(f"<ul class='center_list'>{rows}</ul>", "/tjsj/zxfb/")
    assert [(item.title, str(item.date)) for item in found.items] == list(ROWS)


def test_the_date_that_signs_a_short_text_is_not_the_publish_date() -> None:
    read = article(
        '<meta name="ArticleTitle" content="关于某标准报批稿的公示"><meta name="PubDate" content="2026-09-09"></head><body><h1 class="tit">关于某标准报批稿的公示</h1>'
        "<div><p>各市、县有关主管部门：</p><p>现将有关事项通知如下，请于2026年10月31日前将材料报送我局。</p><p style='text-align:right'>2026年8月30日</p></div>"
    )
    assert str(read.published) == "2026-09-09"
    assert str(read.signed_date) == "2026-08-30"
    assert read.text.startswith("各市、县")


def test_the_metas_publish_time_outweighs_the_day_of_issue() -> None:
    head = '<meta name="ArticleTitle" content="某部公告2026年第50号"><meta name="PubDate" content="2026-09-07 17:30">'
    table = "<table><tr><td>【发布单位】</td><td>某局</td></tr><tr><td>【发文日期】</td><td>2026年09月05日</td></tr></table>"
    body = f"</head><body><h1>某部公告2026年第50号</h1>{table}<div class='art-con'><p>依照有关法律法规，经批准，现公布有关事项如下，自公布之日起施行。</p></div>"
    assert str(article(head + body).published) == "2026-09-07"
    assert str(article(body).published) == "2026-09-05"


def test_an_index_table_makes_an_article_of_a_page_without_metas() -> None:
    page = page_of(
        "<table><tr><td>报送单位：</td><td>市财政局</td><td>主题分类：</td><td></td></tr><tr><td>发文字号：</td><td>津财采〔2019〕1号</td><td>成文日期：</td><td>2019-01-04</td></tr>"
        "<tr><td>标　　题：</td><td colspan=3><span>关于做好政府采购有关工作的通知</span></td></tr></table><div><p>各有关单位：</p></div>",
        "/xwdt/zcfg/tz/a",
    )
    assert page.kind is PageKind.ARTICLE
    assert page.article is not None
    assert page.article.title == "关于做好政府采购有关工作的通知"
    assert page.article.published is None


def test_one_dated_list_with_a_pager_at_a_sites_root_is_a_list() -> None:
    rows = "".join(
        f'<li class="news"><a href="/info/1001/1234{n}.htm">{title}</a><span>{day}</span></li>'
        for n, (title, day) in enumerate(ROWS)
    )
    found = listed(f'<ul>{rows}</ul><div class="wp_paging">总共 100 条 <a href="index_2.htm">下页</a></div>', "/")
    assert len(found.items) == len(ROWS)
    assert found.next is not None


HEADED = "</head><body><h2>关于加强供水安全保障工作的通知</h2>"
TEXT = "<div class='con'><p>各有关单位：</p><p>为进一步加强城市供水安全保障工作，现就有关事项通知如下，请认真贯彻执行。</p><p>特此通知。</p>{}</div>"


def test_a_label_does_not_reach_into_the_name_in_the_element_before_it() -> None:
    read = article(HEADED + "<div><em>来源：某委网站</em><em>发布时间：2023-05-10 09:05</em></div>" + TEXT.format(""))
    assert read.source == "某委网站"
    assert str(read.published) == "2023-05-10"


def test_labels_without_colon_that_fill_their_elements_count() -> None:
    head = "<div><label>发布时间</label><i>2023-05-10 15:40:12</i><label>信息来源</label><i>市水务局</i></div>"
    read = article(HEADED + head + TEXT.format(""))
    assert read.source == "市水务局"
    assert str(read.published) == "2023-05-10"


def test_source_and_date_may_close_the_text() -> None:
    tail = "<div>编辑：李某　审核：王某　2023-05-10</div>"
    read = article(HEADED + TEXT.format("<p>（来源：县融媒体中心）</p>") + tail)
    assert read.source == "县融媒体中心"
    assert str(read.published) == "2023-05-10"


ITEMS = "".join(
    f'<li><a href="./202607/t20260721_{n}.htm" title="{title}">{title}</a><span>{day}</span></li>'
    for n, (title, day) in enumerate(ROWS)
)


def test_the_pagers_script_spells_the_ending_of_a_folders_next_page() -> None:
    script = """<script>var currentPage = 0;
      var nextPage = currentPage+1
      var countPage = 20
      if(countPage>1) document.write("<a href=\\"index"+"_" + nextPage + "."+"htm\\">下一页</a>");</script>"""
    found = listed(f"<ul class='list'>{ITEMS}</ul>{script}", "/caizhengxinwen/")
    assert found.next is not None
    assert found.next.url == HOST + "/caizhengxinwen/index_1.htm"


def test_a_next_button_may_name_its_page_in_tagname() -> None:
    pager = '<div><a tagname="[HOMEPAGE]">首页</a><a tagname="/customs/302249/2480149-2.html" paging="next">下一页</a></div>'
    found = listed(f"<ul class='list'>{ITEMS}</ul>{pager}", "/customs/302249/index.html")
    assert found.next is not None
    assert found.next.url == HOST + "/customs/302249/2480149-2.html"


def test_labels_in_square_brackets_need_no_colon() -> None:
    info = "<div class='doc-info'>[主题分类] 建设 [发文机构] 示例市住建局 [发布日期] 2026-07-28</div>"
    read = article(
        "</head><body>" + info + "<h2>关于加强供水安全保障工作的通知</h2>" + TEXT.format("<p>2026年7月27日</p>")
    )
    assert str(read.published) == "2026-07-28"


def test_a_page_of_one_attachment_is_an_article() -> None:
    info = "<ul class='info'><li><span>发布时间</span>：<em>2023-05-10</em></li><li><span>信息来源</span>：<em>县财政局</em></li></ul>"
    page = page_of(
        f"<h1>2023年部门预算公开表</h1>{info}<div class='nr'><p><a href='a.xls'>附件1.xls</a></p></div>",
        "/zfcg/t_33.html",
    )
    assert page.kind is PageKind.ARTICLE
    assert page.article is not None
    assert (page.article.title, str(page.article.published)) == ("2023年部门预算公开表", "2023-05-10")
    assert page.article.source == "县财政局"


def test_the_title_attribute_replaces_a_text_that_ends_with_dots_for_nothing() -> None:
    rows = "".join(
        f'<li><a href="/info/1056/18{n}6.htm" title="{title}">{title}…</a><span>{day}</span></li>'
        for n, (title, day) in enumerate(ROWS)
    )
    found = listed(f"<ul class='list'>{rows}</ul>", "/xwzx/tzgg.htm")
    assert [item.title for item in found.items] == [title for title, _ in ROWS]


def test_addresses_of_phpcms_are_told_apart() -> None:
    query = HOST + "/index.php?m=content&c=index&a={}&catid=12{}"
    assert addresses.may_be_article(HOST + "/show-12-31-1.html")
    assert addresses.may_be_article(query.format("show", "&id=31"))
    assert not addresses.is_list(query.format("show", "&id=31"))
    assert addresses.is_list(query.format("lists", ""))
    assert addresses.is_list(HOST + "/list-12-1.html")


def test_a_date_in_an_element_of_its_own_behind_a_name_counts() -> None:
    info = "<div><span>县水务局</span><span>2016/3/9 0:00:00</span></div>"
    read = article(HEADED + info + TEXT.format(""), "/content.aspx?id=1")
    assert str(read.published) == "2016-03-09"


def test_an_index_table_for_each_row_makes_no_article_of_a_list() -> None:
    tip = "<div class='tip'><p>索引号：11{n}</p><p>发文字号：某发〔2026〕{n}号</p><p>成文日期：2026-01-0{n}</p><p>主题分类：城乡建设、环境保护以及其他需要列出的各类主题分类名称</p></div>"
    rows = "".join(
        f'<li><a href="/gk/{n}55.html">{title}</a><span>{day}</span>{tip.format(n=n)}</li>'
        for n, (title, day) in enumerate(ROWS, 1)
    )
    found = listed(f"<ul class='list'>{rows}</ul>", "/gk/list.html")
    assert [(item.title, str(item.date)) for item in found.items] == list(ROWS)
