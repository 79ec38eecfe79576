"""Tables and links of an article's text, as they look to a reader."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.facts import Table
from spiders.articles import read_article
from spiders.document import Document
from spiders.records import Article
from spiders.tables import MAX_COLUMNS, MAX_ROWS, tables_on

PROSE = "<p>2017年5月，全市一般公共预算收入完成情况如下表所示，各区数据由各区财政局提供，特此公布。</p>"


def article(body: str) -> Article:
    page = f"""<html><head><title>收支情况</title></head><body><div class="nav"><a href="/">首页</a></div>
    <h1>5月一般公共预算收支情况</h1><p>发布时间：2017-06-20</p><div class="TRS_Editor">{PROSE}{body}</div>
    <div class="footer"><table><tr><td>主办</td><td>某局</td></tr><tr><td>电话</td><td>1</td></tr></table></div>
    </body></html>"""
    return read_article(Document.from_bytes(page.encode(), "http://www.example.gov.cn/a/t20170620_1.html"))


def tables(body: str) -> tuple[Table, ...]:
    return article(body).tables


def rows(*lines: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in line.split("|")) for line in lines)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def test_a_table_in_the_text_is_rows_of_cells_and_one_in_the_footer_is_none() -> None:
    assert tables(rows("区|收入", "香洲区|１２")) == ((("区", "收入"), ("香洲区", "１２")),)


def test_blanks_are_folded_and_breaks_part_words() -> None:
    assert tables(rows("区\u3000\n |收&nbsp; 入<br>万元", "<p>甲</p><p>乙</p>丙|1\u200b2")) == (
        (("区", "收 入 万元"), ("甲 乙 丙", "12")),
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<tr><td rowspan=2>甲<td>1<tr><td>2", (("甲", "1"), ("甲", "2"))),
        ("<tr><td colspan=2>甲<td>1<tr><td>2<td>3<td>4", (("甲", "甲", "1"), ("2", "3", "4"))),
        (
            "<tr><td rowspan=2 colspan=2>甲<td>1<tr><td>2<tr><td>3<td>4<td>5",
            (("甲", "甲", "1"), ("甲", "甲", "2"), ("3", "4", "5")),
        ),
        ("<tr><td>1<td rowspan=0>尾<tr><td>2<tr><td>3", (("1", "尾"), ("2", "尾"), ("3", "尾"))),
        ("<thead><tr><th>甲<th>乙<tbody><tr><td>1<td>2", (("甲", "乙"), ("1", "2"))),
        ("<tr><td rowspan=-3>甲<td colspan=x>1<tr><td>2<td>3", (("甲", "1"), ("2", "3"))),
        ("<tr><td>甲<td>1<tr style='display:none'><td>乙<td>2<tr><td>丙<td>3", (("甲", "1"), ("丙", "3"))),
        ("<tr><td>甲<td>1<tr><td> <td>&nbsp;<tr><td>丙<td>", (("甲", "1"), ("丙", ""))),
    ],
)
def test_merged_cells_are_told_in_each_of_their_places(html: str, expected: Table) -> None:
    assert tables(f"<table>{html}</table>") == (expected,)


def test_tables_that_only_place_things_are_none() -> None:
    assert tables(f"<table><tr><td>{PROSE}</td></tr></table>") == ()
    inner = rows("区|收入", "香洲区|1")
    assert tables(f"<table><tr><td>{inner}</td></tr></table>") == ((("区", "收入"), ("香洲区", "1")),)


def test_a_data_table_with_a_table_in_a_cell_gives_both() -> None:
    outer = rows("甲|1", "乙|2", "丙|3", "丁|" + rows("子|4", "丑|5"))
    found = tables(outer)
    assert found[0] == (("甲", "1"), ("乙", "2"), ("丙", "3"), ("丁", ""))
    assert found[1] == (("子", "4"), ("丑", "5"))


def test_spans_and_rows_are_bounded() -> None:
    wide = tables("<table><tr><td colspan=999999 rowspan=999999>甲<td>1<tr><td>2</table>")[0]
    assert [len(row) for row in wide] == [MAX_COLUMNS, MAX_COLUMNS]
    many = tables("<table>" + "<tr><td>1<td>2" * (MAX_ROWS + 10) + "</table>")[0]
    assert len(many) == MAX_ROWS


PIECES = ("<table>", "<tr>", "<td>", "</td>", "</table>", "<td rowspan=3>", "<td colspan=9>", "x", "<p>")


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_markup_raises(html: str) -> None:
    for table in tables_on(Document.from_bytes(html.encode(), "http://www.example.gov.cn/")):
        assert all(len(row) <= MAX_COLUMNS and any(row) for row in table)


def test_links_of_the_text_are_kept_without_its_files_and_the_page_s_frame() -> None:
    read = article(
        '<p>详见<a href="/b/t1.html">解读</a>、<a href="http://www.gov.cn/x.htm#top">国务院文件</a>，'
        '<a href="./P020170620.xlsx">附件.xlsx</a><a href="javascript:print()">打印</a>'
        '<a href="mailto:a@b.cn">信箱</a><a href="/b/t1.html">再看</a></p>'
    )
    assert read.links == ("http://www.example.gov.cn/b/t1.html", "http://www.gov.cn/x.htm")
    assert [file.name for file in read.attachments] == ["附件.xlsx"]
