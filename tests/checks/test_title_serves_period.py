"""Which expected periods does a title serve? The table at the head of checks/matching.py."""

import pytest
from judging import day

from checks.matching import plain_title, serves
from checks.periods import PeriodKind, periods_between, read_periods

PERIODS = {
    "2017-01": ("month", "2017-01-15"),
    "2017-02": ("month", "2017-02-15"),
    "2017-03": ("month", "2017-03-15"),
    "2017-04": ("month", "2017-04-15"),
    "2017-05": ("month", "2017-05-15"),
    "2017-06": ("month", "2017-06-15"),
    "2017-09": ("month", "2017-09-15"),
    "2017-12": ("month", "2017-12-15"),
    "2017-Q1": ("quarter", "2017-01-15"),
    "2017-Q2": ("quarter", "2017-05-15"),
    "2017-Q3": ("quarter", "2017-08-15"),
    "2017-Q4": ("quarter", "2017-11-15"),
    "2017-H1": ("half", "2017-05-15"),
    "2017-H2": ("half", "2017-11-15"),
    "2017": ("year", "2017-05-15"),
    "2016": ("year", "2016-05-15"),
    "2016-12": ("month", "2016-12-15"),
}


def period(name):
    kind, inside = PERIODS[name]
    (found,) = periods_between(PeriodKind(kind), day(inside), day(inside))
    return found


@pytest.mark.parametrize(
    ("title", "served"),
    [
        ("2017年5月预算执行情况", {"2017-05"}),
        ("2017年1-5月预算执行情况", {"2017-05"}),
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
    assert {name for name in PERIODS if serves(read, period(name)) is not None} == served


def test_the_narrower_title_is_the_better_one():
    june = period("2017-06")
    titles = ["2017年6月情况", "2017年4-6月情况", "2017年上半年情况"]
    ranks = [serves(read_periods(title, None), june) for title in titles]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_titles_are_searched_without_blanks_and_in_plain_forms():
    assert plain_title(" 2017 年５月\u3000预算\u200b执行（月报）") == "2017年5月预算执行(月报)"
