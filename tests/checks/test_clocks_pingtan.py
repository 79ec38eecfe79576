"""One real column judged with all its clocks: 61 months of Pingtan's budget reports, from the facts of its list."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from checks.coverage import SHANGHAI
from checks.judge import judge
from checks.verdict import Flag, Status, Verdict
from db.facts import Clock, ClockName, Facts, Publication, Reading, SiteReading, Stop
from plans.load import load_register, load_sites

ROOT = Path(__file__).parents[2]
READ_AT = dt.datetime(2026, 9, 10, 9, tzinfo=SHANGHAI)
# Each was made on one later day together with the next month, or months, of the series.
SUSPECTED = {
    *("2021-09", "2021-10", "2021-11"),  # four months on 2022-01-26, numbers 30234 to 30238
    *("2022-01", "2022-03", "2022-05", "2022-08", "2023-03", "2026-03", "2026-05"),
}
# Bear a later day in their address as well, and why that is not held against them.
NOT_SUSPECTED = {
    "2021-06": "迁移",  # the oldest that the list shows: nothing tells that the numbers ran before
    "2021-07": "迁移",
    "2026-06": "仅此一项",  # the last of its pair: nothing beside it claims a later day
}


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    sites = load_sites(ROOT / "plans/sites/pingtan.yaml")
    column = sites.sites[0].columns[0].url
    with (ROOT / "simulator/data/pingtan-budget.csv").open(encoding="utf-8", newline="") as file:
        seen = tuple(publication(row, column) for row in csv.DictReader(file))
    reading = Reading("pingtan", "政府预算公开", column, READ_AT, 1, 75, Stop.STATIC_PART_ONLY, dt.date(2022, 7, 9))
    facts = Facts(seen, (reading,), (SiteReading("pingtan", READ_AT, reading.outcome),))
    judged = judge(load_register(ROOT / "plans/registers/pingtan-budget.yaml"), sites, facts, READ_AT.date())
    return {verdict.period: verdict for verdict in judged if verdict.period}


def publication(row: dict[str, str], column: str) -> Publication:
    stamp = row["url_date"].replace("-", "")
    clocks = (
        Clock(ClockName.URL, row["url_date"]),
        Clock(ClockName.RUNNING_ID, row["document"]),
        Clock(ClockName.LIST, row["claimed"]),
    )
    return Publication(
        "pingtan",
        f"{column.rsplit('/', 1)[0]}/{stamp[:6]}/t{stamp}_{row['document']}.htm",
        row["title"],
        (column,),
        dt.date.fromisoformat(row["claimed"]),
        READ_AT,
        READ_AT,
        clocks,
    )


def test_by_the_claimed_dates_three_months_are_late(verdicts: dict[str, Verdict]) -> None:
    assert len(verdicts) == 61
    late = {period for period, verdict in verdicts.items() if verdict.status is Status.LATE}
    assert late == {"2025-12", "2026-01", "2026-04"}
    assert sum(verdict.status is Status.ON_TIME for verdict in verdicts.values()) == 58


def test_ten_months_were_put_up_together_with_later_ones(verdicts: dict[str, Verdict]) -> None:
    assert {period for period, verdict in verdicts.items() if Flag.BACKDATED in verdict.flags} == SUSPECTED
    for period in SUSPECTED:
        names = dict(verdicts[period].clocks)
        assert {"url", "running_id", "list", "neighbours", "first_seen"} <= names.keys()
        assert "同一栏目共 10 篇如此" in verdicts[period].reason


def test_what_is_not_held_against_a_page_says_why(verdicts: dict[str, Verdict]) -> None:
    unheld = {p: dict(v.clocks)["not_backdated"] for p, v in verdicts.items() if "not_backdated" in dict(v.clocks)}
    assert unheld.keys() == NOT_SUSPECTED.keys()
    for period, why in NOT_SUSPECTED.items():
        assert why in unheld[period]


def test_no_other_flag_is_set(verdicts: dict[str, Verdict]) -> None:
    assert {flag for verdict in verdicts.values() for flag in verdict.flags} == {Flag.BACKDATED}
