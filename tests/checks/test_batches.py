"""Overdue instalments put up on one day: one finding, each late one flagged."""

from judging import MONTHLY, day, facts, published, read, register, sites

from checks.batches import batches
from checks.judge import judge
from checks.verdict import Flag, Status, Verdict
from db.facts import Publication


def verdicts(*seen: Publication) -> list[Verdict]:
    return list(judge(register(MONTHLY), sites(), facts(read("2018-06-01"), *seen), day("2018-06-01")))


def months(*numbers: int, on: str) -> list[Publication]:
    return [published(f"2017年{m}月预算执行情况", on) for m in numbers]


def flagged(*seen: Publication) -> list[str]:
    return [verdict.period for verdict in verdicts(*seen) if Flag.BATCH in verdict.flags]


def test_three_instalments_on_one_day_are_one_batch_and_its_late_ones_are_flagged() -> None:
    seen = months(4, 5, 6, on="2017-07-20")
    assert flagged(*seen) == ["2017-04", "2017-05"]
    (batch,) = batches(verdicts(*seen))
    assert (batch.day, batch.periods) == (day("2017-07-20"), ("2017-04", "2017-05", "2017-06"))
    by_period = {verdict.period: verdict for verdict in verdicts(*seen)}
    assert by_period["2017-06"].status is Status.ON_TIME
    assert by_period["2017-04"].reason.endswith("2017-04 – 2017-06 共 3 期于 2017-07-20 一次补发")
    assert by_period["2017-04"].reason_en.endswith("were put up together on 2017-07-20")


def test_two_on_one_day_are_none() -> None:
    assert flagged(*months(4, 5, on="2017-07-20")) == []


def test_one_late_among_three_is_none() -> None:
    assert flagged(*months(5, 6, 7, on="2017-07-20")) == []


def test_late_ones_on_different_days_are_none() -> None:
    late = [*months(3, on="2017-07-18"), *months(4, on="2017-07-19"), *months(5, on="2017-07-20")]
    assert flagged(*late) == []


def test_a_merged_issue_is_one_document_and_no_batch() -> None:
    merged = published("2017年3月、4月、5月预算执行情况", "2017-07-20")
    assert {v.url for v in verdicts(merged) if v.status is Status.LATE} == {merged.url}
    assert flagged(merged) == []


def test_the_same_verdicts_in_another_order_make_the_same_batch() -> None:
    seen = verdicts(*months(2, 3, 4, 5, on="2017-07-20"))
    assert batches(seen) == batches(reversed(seen))
