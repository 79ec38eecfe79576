"""A small city read four times in a year: crawled, judged, and held against the key that knows no judge."""

from pathlib import Path

import pytest

from benchmarks.agreement import EVERY, Case, audited
from checks.verdict import Flag, ReasonCode, Status

pytest.importorskip("scrapy")


def test_a_small_city_over_a_year_agrees_wholly(tmp_path: Path) -> None:
    tally = audited(Case("random", seed=21, looks=4, sites=2), tmp_path)
    assert tally.answers > 200
    assert tally.unread_accused == 0
    assert [(d.what, d.answer, d.said) for d in tally.differences] == []


def test_the_table_names_every_status_flag_and_reason() -> None:
    for sort, names in (("status", Status), ("flag", Flag), ("reason", ReasonCode)):
        assert {f"{sort} {name}" for name in names} <= set(EVERY)
