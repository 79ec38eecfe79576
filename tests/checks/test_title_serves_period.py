"""Which expected periods does a title serve? The table at the head of checks/matching.py."""

import pytest

from checks.matching import plain_title, serves
from checks.periods import Period, read_periods

PERIODS = [
    *("2016-12", "2017-01", "2017-02", "2017-03", "2017-04", "2017-05", "2017-06", "2017-09", "2017-12"),
    *("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2017-H1", "2017-H2", "2016", "2017"),
]


@pytest.mark.parametrize(
    ("title", "served"),
    [
        ("2017年5月预算执行情况", {"2017-05"}),
        ("2017年1-5月预算执行情况", {"2017-05"}),
        ("2017年6月及1-6月预算执行情况", {"2017-06", "2017-Q2", "2017-H1"}),
        ("2017年1-2月预算执行情况", {"2017-01", "2017-02"}),
        ("2017年4-5月预算执行情况", {"2017-04", "2017-05"}),
        ("2017年4-6月预算执行情况", {"2017-04", "2017-05", "2017-06", "2017-Q2"}),
        ("2017年一季度预算执行情况", {"2017-03", "2017-Q1"}),
        ("2017年1-3月预算执行情况", {"2017-03", "2017-Q1"}),
        ("2017年上半年预算执行情况", {"2017-06", "2017-Q2", "2017-H1"}),
        ("2017年1-6月预算执行情况", {"2017-06", "2017-Q2", "2017-H1"}),
        ("2017年前三季度预算执行情况", {"2017-09", "2017-Q3"}),
        ("2017年1-9月预算执行情况", {"2017-09", "2017-Q3"}),
        ("2017年1-12月预算执行情况", {"2017-12", "2017-Q4", "2017-H2", "2017"}),
        ("2017年预算执行情况", {"2017-12", "2017-Q4", "2017-H2", "2017"}),
        ("2016年度预算执行情况", {"2016-12", "2016"}),
        ("预算执行情况", set()),
    ],
)
def test_what_a_title_serves(title, served):
    read = read_periods(title, None)
    assert {name for name in PERIODS if serves(read, Period.parse(name)) is not None} == served


def test_the_narrower_title_is_the_better_one():
    june = Period.parse("2017-06")
    titles = ["2017年6月情况", "2017年4-6月情况", "2017年上半年情况"]
    ranks = [serves(read_periods(title, None), june) for title in titles]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_titles_are_searched_without_blanks_and_in_plain_forms():
    assert plain_title(" 2017 年５月\u3000预算\u200b执行（月报）") == "2017年5月预算执行(月报)"
