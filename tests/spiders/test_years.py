"""Columns that a portal cuts by year: the current year alone is not the whole column."""

import datetime as dt

import pytest
from scrapy.http import HtmlResponse, Request
from scrapy.settings import Settings

from db.facts import Stop
from spiders.document import Document
from spiders.items import ColumnResult
from spiders.portal import ColumnState, PortalSpider, SiteState
from spiders.task import ColumnAddress, SiteTask
from spiders.years import YearLink, hides_years, wanted_years, year_links

SINCE = dt.date(2017, 1, 1)
COLUMN = "http://x.example.gov.cn/spcj/"
ROWS = '<ul class="list"><li><a href="t1.html">2017年12月食品抽检情况公示</a><span>2018-01-12</span></li></ul>'
TABS = "".join(f'<a href="/spcj/?y={year}">{year}年</a>' for year in (2018, 2017, 2016, 2015))


def links(markup: str) -> tuple[YearLink, ...]:
    return year_links(Document(COLUMN, f"<html><body>{markup}</body></html>"))


def read(markup: str, url: str = COLUMN, *, is_part: bool = False) -> list[object]:
    """What the spider makes of the column's page, or of the page of one of its parts."""
    state = SiteState(SiteTask("x", "http://x.example.gov.cn/"))
    reading = ColumnState(ColumnAddress("食品抽检", url, ("食品抽检",), SINCE, is_part=is_part))
    state.begun |= {COLUMN, url}
    body = f"<html><body>{markup}</body></html>".encode()
    headers = {"Content-Type": "text/html; charset=utf-8"}
    response = HtmlResponse(url, body=body, headers=headers, request=Request(url))
    spider = PortalSpider([state.task])
    spider.settings = Settings()  # no browser
    return list(spider.parse_list(response, state, reading))


def results(outputs: list[object]) -> dict[str, Stop]:
    return {output.url: output.stop for output in outputs if isinstance(output, ColumnResult)}


@pytest.mark.parametrize(
    ("markup", "years"),
    [
        ('<a href="2017/">2017年</a>', [2017]),
        ('<a href="2017/">２０１７ 年度</a>', [2017]),
        ('<a href="2017/">2017</a><a href="2016/">2016</a>', [2017, 2016]),
        ('<a href="2017/">2017</a>', []),  # a bare number alone may be anything
        ('<a href="/spcj/index.html">2017年</a>', []),  # the page itself
        ('<a href="2017.pdf">2017年</a>', []),
        ('<a href="a.html">2017年5月</a><a href="b.html">2017年工作总结</a>', []),
    ],
)
def test_links_named_by_a_year_alone_lead_to_years(markup: str, years: list[int]) -> None:
    assert [link.year for link in links(markup)] == years


def test_the_year_before_the_wanted_day_is_read_as_well_and_no_older() -> None:
    assert [link.year for link in wanted_years(links(TABS), SINCE)] == [2018, 2017, 2016]
    assert [link.year for link in wanted_years(links(TABS), None)] == [2018, 2017, 2016, 2015]


def test_a_year_behind_a_script_is_hidden_unless_its_rows_were_seen() -> None:
    tabs = links('<a href="javascript:show(2018)">2018年</a><a href="#" onclick="show(2017)">2017年</a>')
    assert hides_years(tabs, SINCE, [dt.date(2018, 1, 12)])
    assert not hides_years(tabs, SINCE, [dt.date(2018, 1, 12), dt.date(2017, 3, 1)])
    assert not hides_years(tabs, dt.date(2018, 1, 1), [dt.date(2018, 1, 12)])


def test_the_other_years_of_a_column_are_places_of_the_same_item() -> None:
    outputs = read(TABS + ROWS)
    found = results(outputs)
    assert found.pop(COLUMN) is Stop.END_OF_LIST
    assert found == {f"{COLUMN}?y={year}": Stop.INTERRUPTED for year in (2018, 2017, 2016)}  # begun, not read yet
    assert all(output.wanted == ("食品抽检",) for output in outputs if isinstance(output, ColumnResult))


def test_a_column_of_nothing_but_years_is_a_landing_page() -> None:
    assert results(read(TABS))[COLUMN] is Stop.LANDING


def test_a_column_whose_other_years_need_a_script_was_not_read_to_its_end() -> None:
    tabs = '<a href="javascript:show(2018)">2018年</a><a href="javascript:show(2017)">2017年</a>'
    assert results(read(tabs + ROWS)) == {COLUMN: Stop.STATIC_PART_ONLY}


CHOICE = (
    '<form action="/spcj/" method="{}"><input type="hidden" name="c" value="4">{}<select name="year">'
    '<option value="2018" selected>2018年</option><option value="2017">2017年</option></select></form>'
)


def test_the_other_years_of_a_choice_are_asked_for_as_its_form_would() -> None:
    assert links(CHOICE.format("get", "")) == (YearLink(2017, f"{COLUMN}?c=4&year=2017"),)
    jump = f'<select onchange="location=this.value"><option>2018</option><option value="{COLUMN}2017/">2017</option>'
    assert links(jump + '<option value="/spcj/2016/">2016</option></select>') == (
        YearLink(2017, f"{COLUMN}2017/"),
        YearLink(2016, f"{COLUMN}2016/"),
    )


@pytest.mark.parametrize("form", [CHOICE.format("post", ""), CHOICE.format("get", '<input name="keyword">')])
def test_a_year_that_must_be_posted_or_searched_for_is_hidden(form: str) -> None:
    assert links(form) == (YearLink(2017, None),)
    assert results(read(form + ROWS.replace("2018-01-12", "2018-02-12"))) == {COLUMN: Stop.STATIC_PART_ONLY}


def test_a_choice_that_shows_all_years_hides_none() -> None:
    all_years = CHOICE.format("post", "").replace(" selected", "").replace("<option", "<option>全部</option><option", 1)
    assert links(all_years) == ()


def test_a_choice_that_goes_on_into_the_future_is_no_choice_of_years_of_a_column() -> None:
    options = "".join(f"<option{' selected' if y == 2018 else ''}>{y}</option>" for y in range(2010, 2031))
    assert links(f"<select>{options}</select>") == ()


@pytest.mark.parametrize(
    "markup",
    [
        CHOICE.format("get", "").replace("<select", '<select onchange="load(this.value)"'),
        CHOICE.format("get", "").replace("<form", '<form onsubmit="return false"'),
        CHOICE.format("get", "<select name='type'><option>甲</option></select>"),
    ],
)
def test_a_choice_that_a_script_or_another_choice_decides_is_hidden(markup: str) -> None:
    assert links(markup) == (YearLink(2017, None),)


def test_years_side_by_side_without_links_are_tabs_and_headings_of_groups_are_not() -> None:
    assert links("<ul><li class='on'>2018年</li><li>2017年</li></ul>") == (YearLink(2018, None), YearLink(2017, None))
    assert links(f"<h3>2018年</h3>{ROWS}<h3>2017年</h3>{ROWS}<div>2016年</div>{ROWS}<div>2015年</div>") == ()


def test_a_column_whose_other_year_is_a_tab_was_not_read_to_its_end() -> None:
    tabs = "<ul><li class='on'>2018年</li><li>2017年</li></ul>"
    assert results(read(tabs + ROWS)) == {COLUMN: Stop.STATIC_PART_ONLY}


MONTHS = "".join(
    f'<a href="/spcj/{month}/">{month[:4]}年{int(month[4:])}月</a>' for month in ("201801", "201712", "201701")
)


def test_a_column_cut_by_month_is_read_month_by_month_from_the_wanted_day_on() -> None:
    assert [(link.year, link.month) for link in wanted_years(links(MONTHS), dt.date(2017, 2, 1))] == [
        (2018, 1),
        (2017, 12),
    ]
    found = results(read(MONTHS + ROWS))
    assert set(found) == {COLUMN, *(f"{COLUMN}{month}/" for month in ("201801", "201712", "201701"))}


def test_a_column_cut_by_quarter_is_read_quarter_by_quarter() -> None:
    quarters = '<a href="?q=1">2017年第一季度</a><a href="?q=4">2017年4季度</a>'
    assert [(link.month, link.url) for link in links(quarters)] == [(12, f"{COLUMN}?q=4"), (3, f"{COLUMN}?q=1")]


def test_publications_named_by_a_month_are_no_parts_of_their_column() -> None:
    assert links('<a href="n/12.html">2017年5月</a><a href="n/13.html">2017年6月</a>') == ()


def test_more_months_than_are_read_hide_some() -> None:
    many = tuple(YearLink(2017 - i // 12, f"{COLUMN}{i}/", 12 - i % 12) for i in range(30))
    assert hides_years(many, None, [])
    assert not hides_years(many, dt.date(2017, 1, 1), [])


def test_a_part_that_cannot_be_read_is_no_landing_page_of_its_own_column() -> None:
    menu = f'<div class="nav"><a href="{COLUMN}">食品抽检</a><a href="/xw/">新闻</a></div>'
    part = f"{COLUMN}201701/"
    assert results(read(menu + MONTHS, part, is_part=True)) == {part: Stop.NO_ITEMS}


def test_the_only_row_of_a_month_is_read_beside_the_links_to_all_months() -> None:
    months = "".join(f'<a href="/spcj/{y}{m:02d}/">{y}年{m}月</a>' for y in (2016, 2017) for m in range(1, 13))
    part = f"{COLUMN}201801/"
    assert results(read(f'<div class="side">{months}</div>' + ROWS, part, is_part=True)) == {part: Stop.END_OF_LIST}
