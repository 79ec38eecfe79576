"""Lists whose rows are no links: what stands beside them is not the list."""

from spiders.document import Document
from spiders.platforms.generic import read_list
from spiders.unlinked import unlinked_rows

MENU = '<div class="nav"><a href="/">首页</a><a href="/xw/">新闻</a><a href="/czsz/">财政收支</a></div>'


def page(rows: str) -> Document:
    return Document("http://x.example.gov.cn/czsz/", f"<html><body>{MENU}<table>{rows}</table></body></html>")


def opened_by_script(number: int) -> str:
    row = '<tr onclick="openDoc({0})"><td>2017年{0}月全市财政收支情况</td><td>2017-{0:02d}-15</td></tr>'
    return "".join(row.format(month) for month in range(1, number + 1))


def test_rows_that_a_script_opens_are_not_replaced_by_the_menu_beside_them() -> None:
    assert unlinked_rows(page(opened_by_script(9))) == 9
    assert read_list(page(opened_by_script(9))).items == ()


def test_a_list_with_links_stays_what_it_is() -> None:
    linked = opened_by_script(9).replace("<td>2017年", '<td><a href="/n/1.html">2017年').replace("情况<", "情况</a><")
    assert unlinked_rows(page(linked)) == 0
    assert len(read_list(page(linked)).items) > 0


def test_a_few_days_beside_a_list_are_no_rows() -> None:
    one = '<tr><td><a href="/n/1.html">2017年5月全市财政收支情况</a></td><td>2017-06-15</td></tr>'
    assert [item.title for item in read_list(page(one + opened_by_script(3))).items] == ["2017年5月全市财政收支情况"]
