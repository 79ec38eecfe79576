"""Article pages in the manner of each family: what is read, and what is not taken for something else."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.articles import read_article
from spiders.document import Document
from spiders.records import Article
from spiders.repeals import repealed_in

SENTENCE = "为进一步做好有关工作，根据上级文件要求，结合本地实际，现将有关事项通知如下，请认真贯彻执行。"
BODY = "".join(f"<p>{SENTENCE}</p>" for _ in range(4))
URL = "http://www.example.gov.cn/zwgk/202602/t20260213_4711.html"


def read(body: str, head: str = "", url: str = URL) -> Article:
    return read_article(Document(url, f"<html><head>{head}</head><body>{body}</body></html>"))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# --- families --------------------------------------------------------------------------------------------------


def test_trs_article_with_index_table() -> None:
    article = read(
        '<table class="bd1 xxgk_detail_table1"><tr><td>标　　题：</td><td colspan="3">关于印发某办法的通知</td></tr>'
        "<tr><td>索 引 号：</td><td>306-30-2026-001</td><td>发文机构：</td><td>某部</td></tr>"
        "<tr><td>成文日期：</td><td>2026年02月09日</td><td>发布日期：</td><td>2026年02月11日</td></tr>"
        "<tr><td>发文字号：</td><td>国某发〔2026〕5号</td><td>有&ensp;效&ensp;性：</td><td></td></tr></table>"
        "<h1>某部关于印发某办法的通知</h1>"
        f'<div id="Zoom" class="TRS_Editor">{BODY}<p>某部</p><p>2026年2月9日</p></div>',
        '<title>某部关于印发某办法的通知 - 某部</title><meta name="PubDate" content="2026-02-11 03:11">'
        '<meta name="ContentSource" content="某部">',
    )
    assert article.title == "某部关于印发某办法的通知"
    assert (article.published, article.published_time) == (day("2026-02-11"), None)
    assert article.signed_date == day("2026-02-09")
    assert article.url_date == day("2026-02-13")
    assert (article.index_no, article.doc_no, article.validity) == ("306-30-2026-001", "国某发〔2026〕5号", None)
    assert article.source is None  # the page shows no 来源; the meta is the template's
    assert article.running_id == 4711


def test_jilin_writes_date_source_and_validity_by_script() -> None:
    article = read(
        "<table><tr><td>索 引 号：</td><td>111/2020-03</td><td>分 类：</td><td>通知</td></tr>"
        "<tr><td>发文机关：</td><td>市林业局</td><td>成文日期：</td><td>2020年11月20日</td></tr>"
        "<tr><td>标 题：</td><td>关于某事的通知</td><td>发布日期：</td><td><script>var pubdata='2020年11月27日';"
        "document.write(pubdata)</script></td></tr></table>"
        '<script>if("有效" != "有效"){document.write("<td>有效性：</td><td>失效</td>")}</script>'
        '<div class="title">关于某事的通知</div>'
        "<div>来源：<script>var wzly='市林业局办公室'; document.write(wzly);</script></div>"
        f'<div class="TRS_Editor">{BODY}</div>',
        "<title>关于某事的通知</title>",
    )
    assert (article.published, article.signed_date) == (day("2020-11-27"), day("2020-11-20"))
    assert article.source == "市林业局办公室"
    assert article.validity is None


def test_a_validity_that_a_script_writes_only_when_lost_is_read() -> None:
    article = read(
        '<h1>关于某事的通知</h1><div>发布日期：2020-11-27</div><script>if("废止" != "有效")'
        '{document.write("<span>有效性：废止</span>")}</script>'
        f'<div id="zoom">{BODY}</div>'
    )
    assert article.validity == "废止"


def test_hanweb_field_comments_and_small_title() -> None:
    article = read(
        '<div class="title"><!--<$[标题名称(html)]>begin-->省某委关于某事的公告<!--<$[标题名称(html)]>end--></div>'
        '<div class="small-title"><span>发布日期：2016-11-22</span><span>浏览次数：<script src="/c.js"></script></span>'
        "<span>信息来源：<!--<$[信息来源]>begin-->省某委<!--<$[信息来源]>end--></span></div>"
        f'<div class="main-txt" id="zoom"><!--<$[信息内容]>begin-->{BODY}<!--<$[信息内容]>end--></div>',
        '<title>省某委关于某事的公告</title><meta name="Maketime" content="2019-03-22 12:28:37">',
        "http://www.example.gov.cn/art/2016/11/23/art_1_22.html",
    )
    assert (article.title, article.source) == ("省某委关于某事的公告", "省某委")
    assert (article.published, article.url_date) == (day("2016-11-22"), day("2016-11-23"))
    assert article.text.splitlines()[0] == SENTENCE


def test_nfcms_article_that_is_one_file() -> None:
    article = read(
        '<h3 class="zw-title">2019年政府网站年度工作报表</h3><div class="zw-info">'
        '<span class="time">时间  :  2020-01-15 09:17:04</span><span class="ly">来源  :  本网站</span></div>'
        '<div class="news_cont_d_wrap"><p><a class="nfw-cms-attachment" attachment-id="1" '
        'href="/attachment/0/1.pdf" alt="2019年政府网站年度工作报表.pdf">2019年政府网站年度…</a></p></div>',
        '<title>2019年政府网站年度工作报表 - 某局</title><meta name="SiteName" content="某局">',
    )
    assert article.title == "2019年政府网站年度工作报表"
    assert (article.published, article.published_time) == (day("2020-01-15"), dt.time(9, 17, 4))
    assert article.source == "本网站"
    assert [(file.name, file.url) for file in article.attachments] == [
        ("2019年政府网站年度工作报表.pdf", "http://www.example.gov.cn/attachment/0/1.pdf")
    ]


def test_gkmlpt_index_table_with_plain_labels() -> None:
    article = read(
        "<table><tr><td>索引号:</td><td>0070/2026-001</td><td>分类:</td><td>通知</td></tr>"
        "<tr><td>发布机构:</td><td>某区某局</td><td>成文日期:</td><td>2026-02-03</td></tr>"
        "<tr><td>名称:</td><td colspan=3>某局关于某事的通知</td></tr>"
        "<tr><td>文号:</td><td>深某〔2026〕3号</td><td>发布日期:</td><td>2026-02-05</td></tr></table>"
        f'<h1 class="title">某局关于某事的通知</h1><div class="article-content">{BODY}</div>',
        "<title>某局关于某事的通知-某区政府在线</title>",
        "http://www.example.gov.cn/gkmlpt/content/9/9103/post_9103540.html",
    )
    assert (article.title, article.doc_no) == ("某局关于某事的通知", "深某〔2026〕3号")
    assert (article.published, article.signed_date, article.url_date) == (day("2026-02-05"), day("2026-02-03"), None)
    assert article.running_id == 9103540


def test_vsb_date_stands_alone_under_the_title() -> None:
    article = read(
        '<div class="title">某大学网上确认公告</div><div class="time">2021-10-27<em>作者：</em>浏览次数：'
        '<script>_showDynClicks("wbnews", 1, 2)</script></div>'
        f'<div id="vsb_content"><div class="v_news_content">{BODY}</div></div><ul><li>附件【'
        '<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=5">考场表.pdf</a>'
        "】已下载<span>3</span>次</li></ul>",
        "<title>某大学网上确认公告-某大学</title>",
        "http://www.example.edu.cn/info/1050/1840.htm",
    )
    assert (article.title, article.published, article.source) == ("某大学网上确认公告", day("2021-10-27"), None)
    assert [file.name for file in article.attachments] == ["考场表.pdf"]


def test_ucap_tags() -> None:
    article = read(
        "<h1><UCAPTITLE>某市某局通告</UCAPTITLE></h1>"
        "<div>来源：某局 发布时间：<PUBLISHTIME>2024-05-30 10:00</PUBLISHTIME></div>"
        f"<div id=UCAP-CONTENT><UCAPCONTENT>{BODY}</UCAPCONTENT></div><div>扫一扫在手机打开当前页</div>",
        "<title>某市某局通告_部门文件_某市</title>",
        "http://www.example.gov.cn/site/c1/c2/202405/0123456789abcdef0123456789abcdef.shtml",
    )
    assert (article.title, article.published, article.source) == ("某市某局通告", day("2024-05-30"), "某局")
    assert article.text.count("\n") == 3


def test_epoint_date_is_glued_to_the_next_label() -> None:
    article = read(
        '<div class="article-info"><h1>某项目中标公示</h1><p class="info-sources">【信息发布时间：'
        '<span>2020</span><span>-12-</span><span>16</span>阅读次数：<span id="infoViewCount"></span>】</p>'
        f'<div class="con">{BODY}<p>公示时间：2020年12月17日至2020年12月19日</p></div></div>',
        '<title>交易信息网</title><meta name="SiteName" content="网站名称">',
    )
    assert (article.title, article.published, article.source) == ("某项目中标公示", day("2020-12-16"), None)


def test_pingtan_policy_template() -> None:
    article = read(
        '<div class="index_box"><ul><li>索&ensp;引&ensp;号： <font>PZ00101-1700-2016-00422</font></li>'
        "<li>主题分类： <font>无</font></li><li>成文日期： <font>2016-12-01</font></li>"
        "<li>发文字号： <font>岚某〔2016〕299号</font></li><li>发布日期： <font>2016-12-02</font></li>"
        '<li>有&ensp;效&ensp;性： <em class="red_base">废止</em></li></ul></div>'
        '<div class="article_title">关于公布某事项的通知</div><div class="article_title_sec">岚某〔2016〕299号</div>'
        '<div class="article_extend"><span class="article_source">来源：某县人民政府</span>'
        '<span class="article_time">时间：2016-12-02 17:11</span></div>'
        f'<div class="article_content"><div class=TRS_Editor>{BODY}</div></div>'
        "<div class=\"article_attachment\" ms-if=\"''!=''\">附件下载<ul></ul></div>",
        "<title>关于公布某事项的通知_规范性文件_某县</title>",
        "http://www.example.gov.cn/zwgk/202510/t20251024_102201.htm",
    )
    assert article.title == "关于公布某事项的通知"
    assert (article.published, article.published_time) == (day("2016-12-02"), dt.time(17, 11))
    assert (article.signed_date, article.url_date) == (day("2016-12-01"), day("2025-10-24"))
    assert (article.index_no, article.doc_no) == ("PZ00101-1700-2016-00422", "岚某〔2016〕299号")
    assert (article.validity, article.source, article.attachments) == ("废止", "某县人民政府", ())


def test_suzhou_labels_in_fonts() -> None:
    article = read(
        "<h1>市某局关于某事的通知</h1><div class='xxgkml'><p><label><font>索 引 号：</font></label>014/2026-1</p>"
        "<p><label><font>公开日期：</font></label><span>2026-02-11</span></p>"
        f"<p><label><font>时 效：</font></label>有效</p></div><div class='xxgkml-content'>{BODY}</div>"
    )
    assert (article.index_no, article.published, article.validity) == ("014/2026-1", day("2026-02-11"), "有效")


def test_old_table_layout_with_line_of_labels_and_footer_editor() -> None:
    article = read(
        "<table><tr><td>首页 > 通知公告</td></tr><tr><td><table>"
        "<tr><td align=center>某县关于某事的公告</td></tr>"
        "<tr><td align=center>来源： 某县财政局&nbsp;&nbsp;&nbsp;"
        "&nbsp;发布日期：2020-11-27&nbsp;&nbsp;阅读次数：12</td></tr>"
        f"<tr><td>{BODY}<p>2020年11月26日</p></td></tr></table></td></tr></table>"
        '<div class="footer"><div class="TRS_Editor">版权所有：某县人民政府 地址：某路1号</div></div>',
        "<title>某县门户</title>",
    )
    assert (article.title, article.published, article.source) == (
        "某县关于某事的公告",
        day("2020-11-27"),
        "某县财政局",
    )
    assert article.signed_date == day("2020-11-26")
    assert "版权" not in article.text
    assert article.text.startswith(SENTENCE)


def test_header_row_of_labels_above_a_row_of_values() -> None:
    article = read(
        "<table><tr><th>索引号</th><th>发布机构</th><th>发布日期</th><th>有效性</th></tr>"
        "<tr><td>A-1</td><td>某局</td><td>2026-02-11</td><td>失效</td></tr></table>"
        f"<h1>某局通知某事</h1><div id=zoom>{BODY}</div>"
    )
    assert (article.index_no, article.published, article.validity) == ("A-1", day("2026-02-11"), "失效")


def test_definition_list_and_sibling_boxes() -> None:
    article = read(
        "<dl><dt>索引号</dt><dd>B-2</dd><dt>文号</dt><dd></dd><dt>有效性</dt><dd>部分失效</dd></dl>"
        "<div><div>发布日期</div><div>2026-02-11</div></div>"
        f"<h1>某局通知某事</h1><div id=zoom>{BODY}</div>"
    )
    assert (article.index_no, article.doc_no, article.validity) == ("B-2", None, "部分失效")
    assert article.published == day("2026-02-11")


# --- dates -----------------------------------------------------------------------------------------------------


def test_dates_of_events_signatures_and_updates_are_no_publish_date() -> None:
    article = read(
        "<h1>某会议的通知</h1><div>更新时间：2026-02-14 来源：某局</div>"
        f"<div id=zoom><p>时间：2026年3月1日 地点：某厅</p>{BODY}<p>某局</p><p>2026年2月9日</p></div>"
    )
    assert article.published is None
    assert article.visible_date is None
    assert article.signed_date == day("2026-02-09")
    assert article.url_date == day("2026-02-13")


def test_a_bottom_date_counts_when_labelled() -> None:
    article = read(
        f"<h1>某街道调研</h1><div id=zoom><p>2019年2月27日下午，{SENTENCE}</p>{BODY}</div>"
        "<p>发布日期：2019-03-06 责任编辑：某人</p>"
    )
    assert article.published == day("2019-03-06")


def test_today_in_the_sites_head_and_dates_of_other_articles_do_not_count() -> None:
    article = read(
        "<div>今天是 2026年3月1日 星期日</div><h1>某局通知某事</h1>"
        f"<div id=zoom>{BODY}</div><h3>最新信息</h3><ul><li><a href=/a>另一条</a><span>2026-02-28</span></li>"
        "<li><a href=/b>再一条</a><span>2026-02-27</span></li></ul>"
    )
    assert article.published is None


def test_the_one_row_of_a_side_list_dates_nothing() -> None:
    article = read(
        f"<h1>某局通知某事</h1><div id=zoom>{BODY}</div><div>最新公告</div>"
        "<table><tr><td><a href=/a>另一条公告</a></td><td>2026-02-28</td></tr></table>"
    )
    assert article.published is None


def test_the_visible_date_wins_over_the_meta_and_both_are_kept() -> None:
    article = read(
        f"<h1>某局通知某事</h1><div>发布时间：2026-02-11 09:30</div><div id=zoom>{BODY}</div>",
        '<meta name="PubDate" content="2026-02-12 03:11">',
    )
    assert (article.published, article.published_time) == (day("2026-02-11"), dt.time(9, 30))
    assert (article.visible_date, article.meta_date) == (day("2026-02-11"), day("2026-02-12"))


def test_the_metas_hour_is_not_believed() -> None:
    article = read(
        f"<h1>某局通知某事</h1><div id=zoom>{BODY}</div>", '<meta content="2026-02-12 03:11" NAME="pubdate">'
    )
    assert (article.published, article.published_time) == (day("2026-02-12"), None)
    assert article.visible_date is None


def test_a_meta_date_that_is_the_pages_generation_is_only_a_clock() -> None:
    head = '<meta name="PubDate" content="2025-10-25 11:32:37"><meta name="others" content="页面生成时间 {}">'
    body = f"<h3>某监管办法</h3><p>（2021年10月30日令第189号公布）</p><div id=zoom>{BODY}</div>"
    regenerated = read(body, head.format("2025-10-25 11:32:37"))
    assert (regenerated.published, regenerated.meta_date) == (None, day("2025-10-25"))
    assert read(body, head.format("2025-10-25 11:33:37")).published is None
    assert read(body, head.format("2025-10-25 11:33:38")).published == day("2025-10-25")


@pytest.mark.parametrize("placeholder", ["发布时间", "{pubdate}", "${article.pubDate}", ""])
def test_placeholders_in_metas_are_nothing(placeholder: str) -> None:
    article = read(f"<h1>某局通知某事</h1><div id=zoom>{BODY}</div>", f'<meta name="PubDate" content="{placeholder}">')
    assert (article.published, article.meta_date) == (None, None)


def test_an_impossible_visible_date_is_none() -> None:
    assert read(f"<h1>某局通知某事</h1><div>发布日期：2017-13-40</div><div id=zoom>{BODY}</div>").published is None


def test_comments_styles_scripts_and_hidden_boxes_are_not_seen() -> None:
    article = read(
        "<h1>某局通知某事</h1><!-- <span>来源：旧报</span> --><div style='display: none'>发布日期：2001-01-01</div>"
        "<script>var x = '发布日期：2002-02-02';</script><textarea>来源：模板</textarea>"
        f"<div><span>发布日期：2026-02-11</span></div><div id=zoom>{BODY}</div><p>信息来源： 某日报</p>"
    )
    assert (article.published, article.source) == (day("2026-02-11"), "某日报")


@pytest.mark.parametrize(
    ("line", "moment", "source"),
    [
        ("<div>2021-03-05 17:12<span>来源： 新华社</span></div>", "2021-03-05 17:12", "新华社"),
        ("<div>2021年3月5日　来源：预算司</div>", "2021-03-05", "预算司"),
        ("<p>时间：2020/12/4 9:10:07　作者：某人来源：某局</p>", "2020-12-04 09:10:07", "某局"),
        ("<p>(来源：某局)</p><p>[2021-03-05]</p>", "2021-03-05", "某局"),
        ("<p>信息来源：某局 / 发布日期：2021-03-05 / 访问量:[123]</p>", "2021-03-05", "某局"),
        ("<span>2021-03-05</span><span>123</span>次浏览", "2021-03-05", None),
        ("<b>发布日期</b>：<span>2021-03-05</span> <span>10:20</span> 【打印】", "2021-03-05 10:20", None),
        ("<p>【发布日期】2021年03月05日</p><p>【信息来源】某局</p>", "2021-03-05", "某局"),
        ("<p>发布于 2021-03-05 稿源：某报 [大 中 小]</p>", "2021-03-05", "某报"),
        ("<p>来源：某局 2021-03-05 10:20</p>", "2021-03-05 10:20", "某局"),
        ("<p>来源：</p><p>发布时间：20210305</p>", "2021-03-05", None),
        ("<p>2021-03-05 09:57 光明网</p>", "2021-03-05 09:57", "光明网"),
        ("<table><tr><th>发文日期</th><td>2021年3月5日</td></tr></table>", "2021-03-05", None),
        ("<p>（2021年3月5日第十届某会第二十八次会议通过）</p>", None, None),
        ("<p>今天是2021年3月5日 星期五</p>", None, None),
        ("<p>成文日期：2021-03-05</p>", None, None),
    ],
)
def test_head_lines_of_all_sorts(line: str, moment: str | None, source: str | None) -> None:
    article = read(f"<h1>某局关于某事的公告</h1>{line}<div id=zoom>{BODY}</div>", "<title>某局关于某事的公告</title>")
    wanted = dt.datetime.fromisoformat(moment) if moment else None
    assert article.published == (wanted.date() if wanted else None)
    assert article.published_time == (wanted.time() if wanted and ":" in (moment or "") else None)
    assert article.source == source
    assert article.title == "某局关于某事的公告"


# --- titles ----------------------------------------------------------------------------------------------------


def test_a_title_broken_over_lines_is_one() -> None:
    article = read(
        "<h1>某区延续税收政策<br>助企纾困<div>预计减负180亿元</div></h1>"
        f"<div>发布日期：2026-02-11</div><div id=zoom>{BODY}</div>",
        "<title>某区延续税收政策助企纾困预计减负180亿元_某区</title>",
    )
    assert article.title == "某区延续税收政策助企纾困预计减负180亿元"


def test_a_subtitle_in_its_own_line_is_kept_out() -> None:
    article = read(
        f"<h1>某区改革见成效<p>——某镇纪实</p></h1><div>发布日期：2026-02-11</div><div id=zoom>{BODY}</div>",
        '<title>某区改革见成效</title><meta name="ArticleTitle" content="某区改革见成效<div>——某镇纪实</div>">',
    )
    assert article.title == "某区改革见成效"


def test_title_of_the_column_and_logo_are_not_the_title() -> None:
    article = read(
        '<div class="logo"><h1>某市人民政府</h1></div><h2>公示公告</h2>'
        '<p style="font-size:24px">某市某局关于某事的公示</p>'
        f"<div>时间：2026-02-11 来源：<a href=/>某局</a></div><div id=zoom>{BODY}</div>",
        '<title>公示公告</title><meta name="ColumnName" content="公示公告">'
        '<meta name="SiteName" content="某市人民政府">',
    )
    assert (article.title, article.source) == ("某市某局关于某事的公示", "某局")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("1-10月某县投资结构趋优_统计信息_某市统计局", "1-10月某县投资结构趋优"),
        ("某局关于某事的通知-某市政府", "某局关于某事的通知"),
        ("某局关于某事的通知 - 通知公告 - 某市", "某局关于某事的通知"),
        ("某局关于某事的通知－某委", "某局关于某事的通知"),
        ("【某局关于某事的令】-某委", "某局关于某事的令"),
        ("某人——新运动走来", "某人——新运动走来"),
    ],
)
def test_the_sites_name_is_taken_off_the_head_title(head: str, title: str) -> None:
    assert read(f"<div id=zoom>{BODY}</div>", f"<title>{head}</title>").title == title


def test_the_issuing_body_in_an_index_table_is_not_the_title() -> None:
    article = read(
        "<table><tr><td><b>索 引 号：</b></td><td>0001/2021-001</td><td><b>主题分类：</b></td><td>农业</td></tr>"
        "<tr><td><b>发文机关：</b></td><td>某办公厅</td><td><b>发布日期：</b></td><td>2021年02月03日</td></tr></table>"
        '<table><tr><td id="UCAP-CONTENT"><p>某办公厅关于某事的意见</p><p>某办发〔2021〕4号</p>'
        f"{BODY}</td></tr></table>",
        "<title>某办公厅关于某事的意见（某办发〔2021〕4号）_政府信息公开专栏</title>",
    )
    assert article.title == "某办公厅关于某事的意见"
    assert (article.published, article.doc_no) == (day("2021-02-03"), "某办发〔2021〕4号")


def test_a_date_in_brackets_behind_the_heading_is_the_date_and_no_title() -> None:
    article = read(
        f'<h2 id="ivs_title">关于某事的通知<small>（2021年03月05日）</small></h2><div id="ivs_content">{BODY}</div>',
        "<title>关于某事的通知_某局</title>",
    )
    assert (article.title, article.published) == ("关于某事的通知", day("2021-03-05"))


def test_a_list_of_fields_above_the_heading_is_not_the_title() -> None:
    article = read(
        "<ul><li><span>发布机构：</span><em>某局</em></li><li><span>公开日期：</span><em>2021-02-03</em></li>"
        f"<li><span>文号：</span><em></em></li></ul><h2>某事通报</h2><div class=con>{BODY}</div>"
    )
    assert (article.title, article.published, article.doc_no) == ("某事通报", day("2021-02-03"), None)


def test_a_title_that_stands_only_in_the_text_is_found() -> None:
    article = read(f"<div id=zoom><p align=center><b>关于某事的通告</b></p>{BODY}</div>", "<title>某市某局</title>")
    assert article.title == "关于某事的通告"


def test_parts_of_numbers_in_elements_of_their_own_are_joined() -> None:
    article = read(
        "<h1>平潭<span>2017</span>年<span>1</span>-<span>5</span>月执行情况</h1>"
        f"<div>发布日期：<span>2017</span>年<span>6</span>月<span>7</span>日</div><div id=zoom>{BODY}"
        "<p>收入<span>61,476</span>万元</p></div>"
    )
    assert (article.title, article.published) == ("平潭2017年1-5月执行情况", day("2017-06-07"))
    assert article.text.endswith("收入61,476万元")


# --- numbers, validity, files, text ----------------------------------------------------------------------------


def test_a_number_alone_under_the_title_is_the_documents_number() -> None:
    article = read(
        "<h1>关于修订某办法（某规〔2023〕2号）的通知</h1><div>发布日期：2026-02-11</div>"
        f"<div id=zoom><p>某规〔 2024 〕 5 号</p>{BODY}<p>根据国发〔2015〕58号</p></div>"
    )
    assert article.doc_no == "某规〔2024〕5号"


@pytest.mark.parametrize(
    ("shown", "validity"),
    [
        ("有效", "有效"),
        ("现行有效", "现行有效"),
        ("部分失效", "部分失效"),
        ("已废止", "已废止"),
        ("尚未生效", "尚未生效"),
        ("", None),
        ("--", None),
        ("有效 失效 废止", None),
        ("本文件由市政府负责解释并自发布之日起有效", None),
    ],
)
def test_validity_is_given_as_it_stands(shown: str, validity: str | None) -> None:
    article = read(f"<ul><li>有 效 性：{shown}</li></ul><h1>【已废止】某局通知某事</h1><div id=zoom>{BODY}</div>")
    assert article.validity == validity


def test_data_tables_in_the_text_are_no_fields_and_stay_rows() -> None:
    article = read(
        "<h1>关于公布文件清理结果的通知</h1><div>发布日期：2026-02-11</div>"
        f"<div id=zoom>{BODY}<table><tr><td>名称</td><td>文号</td><td>有效性</td></tr>"
        "<tr><td>某办法</td><td>某发〔2010〕1号</td><td>废止</td></tr>"
        "<tr><td>某细则</td><td></td><td>失效</td></tr></table></div>"
    )
    assert (article.doc_no, article.validity) == (None, None)
    assert article.text.splitlines()[-3:] == ["名称\t文号\t有效性", "某办法\t某发〔2010〕1号\t废止", "某细则\t\t失效"]


def test_files_are_named_deduplicated_and_absolute() -> None:
    article = read(
        f"<h1>某局通知某事</h1><div id=zoom>{BODY}"
        '<a href="./W020260211.xls" oldsrc="W020260211.xls" title="附件1：名单.xls">附件1</a>'
        '<a href="./W020260211.xls">再次</a><a href="/files/abc.docx">附件2：表格</a><a href="P02.ofd"></a>'
        '<a href="/a/download?fileUrl=x1&amp;fileName=%E5%8A%9E%E6%B3%95.wps">下载</a>'
        '<a href="/downfile.jsp?id=3">附件3.zip</a><a href="javascript:;">附件4.pdf</a>'
        '<a href="/other.html">相关.pdf</a><a href="/pic.jpg">图</a>'
        '<iframe src="/pdf/web/viewer.html?file=/u/b.pdf"></iframe></div>'
        '<div class="fjdown"><a href="scan.jpg">扫描件</a></div>'
        '<div class="footer"><a href="/app.zip">客户端</a></div>'
    )
    base = "http://www.example.gov.cn"
    assert [(file.name, file.url) for file in article.attachments] == [
        ("附件1：名单.xls", f"{base}/zwgk/202602/W020260211.xls"),
        ("附件2：表格", f"{base}/files/abc.docx"),
        ("P02.ofd", f"{base}/zwgk/202602/P02.ofd"),
        ("办法.wps", f"{base}/a/download?fileUrl=x1&fileName=%E5%8A%9E%E6%B3%95.wps"),
        ("附件3.zip", f"{base}/downfile.jsp?id=3"),
        ("b.pdf", f"{base}/u/b.pdf"),
        ("扫描件", f"{base}/zwgk/202602/scan.jpg"),
    ]


def test_text_without_a_known_container_is_the_densest_part() -> None:
    menu = "".join(f"<li><a href=/{number}>栏目{number}</a></li>" for number in range(30))
    article = read(
        f"<div class=nav><ul>{menu}</ul></div><div><ul>{menu}</ul></div><div class=x><div class=y><h1>某局通知某事</h1>"
        f"<p>发布日期：2026-02-11 来源：某局 【字体：大 中 小】</p>{BODY}</div><div>上一篇：无</div></div>"
        "<div>主办单位：某局 备案号 ICP备1号</div>"
    )
    assert article.text == "\n".join([SENTENCE] * 4)
    assert article.source == "某局"


# --- interfaces ------------------------------------------------------------------------------------------------


def test_nfra_answer() -> None:
    answer = (
        '{"rptCode":200,"data":{"docId":1255850,"docTitle":"某局\\n关于某事的批复","docSubtitle":"某局关于某事的批复",'
        '"publishDate":"2026-04-24 17:32:00","builddate":"2026-04-21","indexNo":"7178/2026-309",'
        f'"documentNo":"金复[2026]220号","docSource":"准入司","docFileUrl":null,"docClob":"<div><p>{SENTENCE}</p></div>"}}}}'
    )
    article = read_article(Document("https://x.gov.cn/cbircweb/DocInfo/SelectByDocId?docId=1255850", answer))
    assert (article.title, article.source) == ("某局关于某事的批复", "准入司")
    assert (article.published, article.published_time) == (day("2026-04-24"), dt.time(17, 32))
    assert (article.signed_date, article.running_id) == (day("2026-04-21"), 1255850)
    assert (article.index_no, article.doc_no, article.text) == ("7178/2026-309", "金复[2026]220号", SENTENCE)


def test_gkmlpt_answer_bears_the_machine_validity() -> None:
    answer = (
        '{"id": 9, "title": "某局通知", "document_number": "深某〔2026〕3号", "identifier": "0070", "date": 1770048000,'
        '"display_publish_time": 1770220800, "is_expired": 0, "is_abolished": 1, "content": "<p>文</p>",'
        '"attachment": [{"id": 1, "name": "表.xlsx", "url": "/attachment/1.xlsx"}]}'
    )
    article = read_article(Document("http://x.gov.cn/gkmlpt/api/9", answer))
    assert (article.published, article.signed_date) == (day("2026-02-05"), day("2026-02-03"))
    assert (article.validity, article.attachments[0].name) == ("废止", "表.xlsx")


def test_an_answer_with_many_rows_is_no_article() -> None:
    rows = '{"list": [{"title": "甲", "publishDate": "2026-01-01"}, {"title": "乙", "publishDate": "2026-01-02"}]}'
    assert read_article(Document("http://x.gov.cn/api", rows)).title is None


# --- hostile input ---------------------------------------------------------------------------------------------

PIECES = [
    *[
        "<h1>",
        "</h1>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<p>",
        "<br>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
    ],
    *[
        "<!--<$[标题]>begin-->",
        "document.write(",
        "'",
        '"',
        "发布日期：",
        "来源：",
        "2026-02-11",
        "<a href='x.pdf'>",
        "\x00",
        "\ud800",
    ],
    *[
        "<UCAPTITLE>",
        "有效性",
        "</html>",
        "<html>",
        "<meta name='PubDate' content='2026'>",
        "{",
        "}",
        "_CONFIG DETAIL: content:",
    ],
]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(text=st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_no_page_makes_the_reader_raise(text: str) -> None:
    article = read_article(Document("http://x.gov.cn/[1]/", text))
    assert article.title is None or article.title.strip()


@pytest.mark.parametrize(
    "text",
    [
        "<p>" + "：" * 200_000,
        "<p>" + "发布日期" * 100_000,
        "<p>" + "2026-" * 80_000,
        "<p>" + "二〇" * 200_000,
        "<p>" + " \n" * 200_000 + "x",
        "<script>" + "document.write('a'+" * 1_000 + "</script>",
        "<script>" + "if((((" * 3_000 + "document.write(</script>",
        "<script>document.write(" + "/*" * 9_000 + "</script>",
        "<script>document.write(" + "\n" * 19_000 + "</script>",
        "<div>" * 20_000,
        "<table><tr><td>" * 3_000,
        "<b>" * 50_000,
        '{"a":' * 50_000,
        "<a href='x.pdf'>" * 5_000,
        "<meta name=x content=y>" * 5_000,
    ],
    ids=range(15),
)
def test_hostile_pages_are_read_in_bounded_time(text: str) -> None:
    read_article(Document("http://x.gov.cn/", text))


def test_the_layout_row_around_a_text_is_no_index_row() -> None:
    article = read(
        '<table><tr><td><div><h1>关于废止部分文件的决定</h1><div class="laiyuan">发布日期：2017年02月17日14:22　'
        "文章来源：临海市统计局</div><div id='zoomcon'><UCAPCONTENT><p>经研究，市人民政府决定废止下列规范性文件，自"
        "发布之日起不再执行。</p><p>1.《临海市公墓建设管理办法》（临府〔2014〕11号）</p></UCAPCONTENT></div></div></td></tr></table>"
    )
    assert article.text.splitlines()[1] == "1.《临海市公墓建设管理办法》（临府〔2014〕11号）"
    assert [each.title for each in repealed_in(article.title, article.text)] == ["临海市公墓建设管理办法"]
