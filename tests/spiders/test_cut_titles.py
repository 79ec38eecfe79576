"""Titles cut by a fixed width: the rows are marked, so that their articles are opened and the judge doubts them."""

import datetime as dt
import re

import pytest

from spiders.cuttitles import cut_rows
from spiders.document import Document
from spiders.lists import find_list
from spiders.task import Want

FULL = (
    "关于公布二〇一七年第二季度全市集中式饮用水水源水质状况报告的通知",
    "示例市财政局关于二〇一七年五月份一般公共预算收支执行情况的公告",
    "示例市安全生产委员会办公室关于进一步加强高温季节安全工作的意见",
    "示例市住房和城乡建设局关于老旧小区改造项目招标结果的公示说明",
    "示例市人民政府办公室转发省政府关于深化放管服改革重点任务的通知",
    "春节放假安排",
    "人事任免名单",
)
DAY = dt.date(2017, 6, 21)


def page(titles: list[str], attributes: list[str] | None = None) -> Document:
    marks = [f' title="{text}"' if text else "" for text in attributes or [""] * len(titles)]
    rows = "".join(
        f'<li><a href="/art/{n}0001.html"{mark}>{title}</a><span>2017-06-{20 - n:02}</span></li>'
        for n, (title, mark) in enumerate(zip(titles, marks, strict=True))
    )
    return Document("http://www.example.gov.cn/zwgk/", f"<html><body><ul class='list'>{rows}</ul></body></html>")


@pytest.mark.parametrize("width", [12, 16, 20, 24])
def test_many_unfinished_titles_of_one_greatest_length_are_cut(width: int) -> None:
    items = find_list(page([title[:width] for title in FULL])).items
    assert [item.cut for item in items] == [True] * 5 + [False] * 2


def test_a_limit_in_bytes_leaves_a_byte_unused_where_no_sign_fits() -> None:
    long = [f"{prefix}{title}" for prefix, title in zip(("", "1", "22", "333", "A"), FULL, strict=False)]
    cut = [title.encode("gbk")[:30].decode("gbk", "ignore") for title in long]
    assert cut_rows([*cut, FULL[5]]) == {0, 1, 2, 3, 4}


def test_whole_titles_are_not() -> None:
    assert not any(item.cut for item in find_list(page(list(FULL))).items)


def test_a_monthly_series_of_equal_titles_is_not() -> None:
    series = [f"2017年{month}月全市一般公共预算收支执行" for month in range(1, 10)]
    assert cut_rows(series) == frozenset()


def test_titles_with_the_whole_in_an_attribute_are_not() -> None:
    items = find_list(page([title[:16] for title in FULL], list(FULL))).items
    assert [item.title for item in items] == list(FULL)
    assert not any(item.cut for item in items)


def test_an_ellipsis_marks_a_row_by_itself() -> None:
    items = find_list(page([FULL[0][:16] + "...", FULL[5], FULL[6]])).items
    assert [item.cut for item in items] == [True, False, False]


def test_a_cut_row_is_opened_whatever_its_title_says_unless_it_is_too_old() -> None:
    want = Want(("财政收支",), (re.compile("饮用水.*报告"),), since=DAY)
    items = find_list(page([title[:12] for title in FULL])).items
    assert [want.could_matter(item) for item in items] == [False] * 7
    later = Want(("财政收支",), (re.compile("饮用水.*报告"),))
    assert [later.could_matter(item) for item in items] == [True] * 5 + [False] * 2
