"""Interpretations, news and forwarded items are turned down with their reason; what may stand in place is a doubt."""

import pytest
from judging import MONTHLY, judged, only, published, read

from checks.lookalikes import comes_from_above, resemblance
from checks.verdict import ReasonCode, Refusal, Status

PLAIN = {**MONTHLY, "evidence": {"title": ["预算执行"], "columns": ["财政收支"]}}
WHOLE = read("2018-01-10")


def refusal(title, source=None, wanted=("预算执行",)):
    found = resemblance(title, source, wanted)
    return found and (found.refusal.value, found.doubtful)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2017年5月预算执行情况", None),
        ("关于召开预算执行听证会的通知", None),  # calls the meeting, tells nothing about it
        ("2017年5月预算执行情况解读", ("interpretation", True)),
        ("《预算执行办法》政策解读（二）", ("interpretation", True)),
        ("【文字解读】预算执行办法", ("interpretation", True)),
        ("一图读懂2017年5月预算执行情况", ("interpretation", True)),
        ("图解：预算执行", ("interpretation", True)),
        ("预算执行有关情况答记者问", ("interpretation", True)),
        ("市财政局召开2017年5月预算执行分析会", ("news", True)),
        ("陈局长赴斗门区调研预算执行工作", ("news", True)),
        ("转发2017年5月预算执行情况", ("forwarded", True)),
        ("转发广东省财政厅2017年5月预算执行情况", ("forwarded", False)),
        ("[转载]财政部：2017年5月预算执行情况", ("forwarded", False)),
    ],
)
def test_sorts_of_look_alikes(title, expected):
    assert refusal(title) == expected


def test_what_the_register_asks_for_is_no_look_alike():
    assert refusal("预算执行情况解读", wanted=("预算.*解读",)) is None
    assert refusal("转发2017年预算执行情况", wanted=("转发.*预算",)) is None


def test_a_source_tells_where_an_item_comes_from():
    assert comes_from_above("5月预算执行情况", "广东省财政厅")
    assert not comes_from_above("5月预算执行情况", "市财政局")


@pytest.mark.parametrize(
    ("title", "refused", "status"),
    [
        ("2017年5月预算执行情况解读", Refusal.INTERPRETATION, Status.INCONCLUSIVE),
        ("市财政局召开2017年5月预算执行分析会", Refusal.NEWS, Status.INCONCLUSIVE),
        ("转发广东省财政厅2017年5月预算执行情况", Refusal.FORWARDED, Status.MISSING),
        ("2017年4月预算执行情况解读", Refusal.OTHER_PERIOD, Status.MISSING),
    ],
)
def test_a_look_alike_is_turned_down_and_kept(title, refused, status):
    verdict = judged("2018-02-01", published(title, "2017-06-20"), WHOLE, what=PLAIN)
    assert (verdict.status, verdict.candidates[0].refused) == (status, refused)


def test_a_look_alike_in_time_does_not_excuse_a_late_instalment():
    seen = published("2017年5月预算执行情况解读", "2017-06-20"), published("2017年5月预算执行情况", "2017-06-29")
    verdict = judged("2018-02-01", *seen, WHOLE, what=PLAIN)
    assert (verdict.status, verdict.days_late) == (Status.LATE, 4)
    assert [c.refused for c in verdict.candidates] == [None, Refusal.INTERPRETATION]


def test_a_standing_list_is_not_its_interpretation():
    standing = {"kind": "standing", "cadence": None, "due": None, "evidence": PLAIN["evidence"]}
    verdict = only("2018-02-01", published("预算执行清单解读", "2017-03-01"), read("2018-01-10", items=0), **standing)
    assert verdict.status is not Status.ON_TIME


@pytest.mark.parametrize(
    ("title", "on", "status"),
    [
        ("10月预算执行情况", "2017-10-28", Status.INCONCLUSIVE),  # may be this October's, told before its end
        ("1-10月预算执行情况", "2017-10-28", Status.INCONCLUSIVE),
        ("2016年10月预算执行情况", "2017-10-28", Status.MISSING),  # says whose it is
        ("10月预算执行情况", "2017-09-28", Status.MISSING),  # before the month: last year's
        ("10月预算执行情况", "2017-11-02", Status.ON_TIME),
    ],
)
def test_a_month_without_a_year_told_before_its_end_is_a_doubt(title, on, status):
    verdict = judged("2018-02-01", published(title, on), WHOLE, period="2017-10")
    assert verdict.status is status
    if status is Status.INCONCLUSIVE:
        assert verdict.reason_code is ReasonCode.AMBIGUOUS


def test_last_year_s_item_is_kept_as_such():
    verdict = judged("2018-02-01", published("2016年5月预算执行情况", "2016-06-20"), WHOLE)
    assert (verdict.candidates[0].refused, verdict.candidates[0].detail) == (Refusal.OTHER_PERIOD, "上一年同期")
