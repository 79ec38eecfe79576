# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""What the family modules know beyond the generic reader, at its borders."""

import datetime as dt

import pytest

from spiders.document import Document
from spiders.platforms.generic import Generic
from spiders.platforms.nchannel import NChannel
from spiders.platforms.ucap import Ucap
from spiders.platforms.vsb import Vsb

SITE = "http://www.example.gov.cn"
ROWS = "".join(
    f"<li><a href='/info/1056/18{n}0.htm'>关于公布第{n}批名单的通知</a><span>2022-03-0{9 - n}</span></li>"
    for n in range(4)
)


def listed(path: str, pager: str, rows: str = ROWS) -> Document:
    return Document(SITE + path, f"<html><body><div><ul>{rows}</ul><div>{pager}</div></div></body></html>")


@pytest.mark.parametrize(
    ("path", "pager", "following", "truncated"),
    [
        ("/tzgg.htm", "<td id='fanye20'>共180条&nbsp;&nbsp;1/18</td><script>_simple_list_gotopage_fun(18,'a',2)</script>", "/tzgg/17.htm", False),
        ("/tzgg.htm", "<span class='p_t'>1/11</span>", "/tzgg/10.htm", False),
        ("/tzgg.htm", "<span class='p_t'>1/1</span>", None, False),
        ("/tzgg/17.htm", "<span class='p_t'>2/18</span>", "/tzgg/16.htm", False),
        ("/tzgg/1.htm", "<span class='p_t'>18/18</span>", None, False),
        ("/tzgg/1.htm", "<p>共180条</p>", None, False),  # 1.htm is the last page, not the first
        ("/tzgg.htm", "<p>共180条</p>", None, True),
        ("/tzgg/16.htm", "<span class='p_t'>3/18</span><a href='99.htm'>下页</a>", "/tzgg/99.htm", False),  # links first
        ("/tzgg.htm", "<span class='p_t'>1/99999</span>", None, True),  # no portal's number
    ],
)  # fmt: skip
def test_vsb_counts_down(path: str, pager: str, following: str | None, truncated: bool) -> None:
    page = Vsb().read_list(listed(path, pager))
    assert len(page.items) == 4
    assert (page.next.url if page.next else None) == (SITE + following if following else None)
    assert page.truncated is truncated


def component(name: str, rows: str, purl: str, most: int) -> str:
    return f'<!--start component {name}--><div><ul>{rows}</ul></div><script>var purl="{purl}" \n var maxPageNum=0; maxPageNum = {most};</script><!--end component-->'


@pytest.mark.parametrize(("most", "following"), [(16, "/n1/index_26_15.html"), (2, "/n1/index_26_1.html"), (1, None)])
def test_n_channel_follows_the_pager_of_the_list_s_own_component(most: int, following: str | None) -> None:
    side = component("侧栏", "<li><a href='/n9/c2999001/content.html'>快讯</a></li>", "/n9/index_77", 40)
    html = f"<html><body>{side}{component('列表', ROWS, '/n1/index_26', most)}</body></html>"
    page = NChannel().read_list(Document(SITE + "/n1/index.html", html))
    assert (page.next.url if page.next else None) == (SITE + following if following else None)
    assert not page.truncated


def test_n_channel_states_how_many_pages_its_list_has() -> None:
    side = component("侧栏", "<li><a href='/n9/c2999001/content.html'>快讯</a></li>", "/n9/index_77", 40)
    html = f"<html><body>{side}{component('列表', ROWS, '/n1/index_26', 16)}</body></html>"
    assert NChannel().read_list(Document(SITE + "/n1/index.html", html)).pages == 16


@pytest.mark.parametrize(("number", "following"), [(4, "/n1/index_226396_3.html"), (1, None)])
def test_an_n_channel_fragment_of_bare_rows_leads_on_by_its_number(number: int, following: str | None) -> None:
    page = NChannel().read_list(Document(f"{SITE}/n1/index_226396_{number}.html", f"<ul>{ROWS}</ul>"))
    assert len(page.items) == 4
    assert (page.next.url if page.next else None) == (SITE + following if following else None)


@pytest.mark.parametrize(
    ("url", "pager", "pages"),
    [
        ("/xxgk/list.shtml", "<script>createPageHTML('page_div',5, 1,'list','shtml',89)</script>", 5),
        ("/xxgk/index.html", '<script>createPageHTML(4, 0, "index", "html")</script>', 4),
        ("/list.asp?classid=12", "共 84 条 页次:1/5页 <a href='list.asp?classid=12&page=2'>下一页</a>", 5),
    ],
)
def test_a_pager_that_counts_its_pages_is_believed(url: str, pager: str, pages: int) -> None:
    assert Generic().read_list(listed(url, pager)).pages == pages
    assert (
        Vsb().read_list(listed("/tzgg.htm", "<span class='p_t'>1/11</span><a href='tzgg/10.htm'>下页</a>")).pages == 11
    )


PROSE = "<p>为规范市场秩序，根据有关法律法规，制定本规定，自发布之日起施行，请遵照执行。</p>" * 4


@pytest.mark.parametrize(
    ("made", "claimed", "line", "published"),
    [
        ("2025-10-25 23:58:40", "2025-10-25 11:32", "", None),  # made anew in one go
        ("2025-10-25 23:58:40", "2022-08-12 11:32", "", dt.date(2022, 8, 12)),
        ("2025-10-25 23:58:40", "2025-10-25 11:32", "<p>发布时间：2025-10-25</p>", dt.date(2025, 10, 25)),
    ],
)
def test_ucap_does_not_believe_the_day_of_generation(
    made: str, claimed: str, line: str, published: dt.date | None
) -> None:
    metas = f"<meta name='others' content='页面生成时间 {made}'><meta name='PubDate' content='{claimed}'>"
    html = f"<html><head>{metas}</head><body><h1>派出机构监管职责规定</h1>{line}<UCAPCONTENT>{PROSE}</UCAPCONTENT></body></html>"
    article = Ucap().read_article(Document(SITE + "/zwgk/c1/c1653889/content.shtml", html))
    assert article.published == published
    assert article.meta_date == dt.date.fromisoformat(claimed[:10])
