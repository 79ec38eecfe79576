"""Verdicts as data: the contract of verdicts.jsonl, the stored record, the summary's figures."""

import json

from judging import day, facts, judged, published, read, register, sites

from checks.export import from_record, summary_of, to_jsonl, to_line, to_record
from checks.judge import judge

CONTRACT = [
    *("plan", "obligation", "agency", "site", "period", "subject", "status", "flags", "due", "published"),
    *("first_seen", "days_late", "url", "title", "evidence", "reason"),
]
LATE = judged("2017-12-31", published("2017年5月预算执行情况", "2017-06-29", seen="2017-06-30"), read("2017-07-02"))


def test_a_line_has_the_contract_s_keys_in_their_order_and_then_more():
    line = to_line(LATE)
    assert list(line) == [*CONTRACT, "reason_code"]
    assert (line["status"], line["due"], line["published"], line["days_late"]) == (
        "late",
        "2017-06-25",
        "2017-06-29",
        4,
    )
    assert line["first_seen"] == "2017-06-30T10:00:00+08:00"
    assert line["reason"].startswith("found: ")


def test_a_record_gives_the_same_verdict_back():
    for as_of in ("2017-05-30", "2017-07-03", "2018-02-01"):
        for verdict in judge(register(), sites(), facts(read("2018-01-30")), day(as_of)):
            assert from_record(json.loads(json.dumps(to_record(verdict)))) == verdict
    assert from_record(to_record(LATE)) == LATE


def test_a_line_gives_the_verdict_back_without_what_explains_it():
    back = from_record(json.loads(to_jsonl([LATE])))
    assert to_line(back) == to_line(LATE)
    assert back.candidates == ()


def test_lines_are_utf8_one_verdict_each():
    lines = to_jsonl([LATE, LATE]).decode().splitlines()
    assert len(lines) == 2
    assert "市财政局" in lines[0]


def test_the_summary_counts_with_denominators():
    verdicts = judge(register(), sites(), facts(published("2017年5月预算执行情况", "2017-06-29")), day("2017-07-25"))
    summary = summary_of(register(), verdicts, day("2017-07-25"))
    assert summary["as_of"] == "2017-07-25"
    overall = summary["overall"]
    assert overall["by_status"] == {
        **{"on_time": 0, "late": 1, "overdue": 0, "missing": 0},
        **{"not_due": 7, "inconclusive": 4, "manual": 0},
    }
    assert (overall["total"], overall["due"], overall["judged"], overall["on_time_rate"]) == (12, 5, 1, 0.0)
    assert summary["by_agency"]["市财政局"] == overall
    assert summary["by_obligation"]["1-3"] == overall


def test_nothing_judged_is_no_rate_of_zero():
    assert summary_of(register(), (), day("2017-07-25"))["overall"]["on_time_rate"] is None
