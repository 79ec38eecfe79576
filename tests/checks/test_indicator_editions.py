"""Editions of the official indicators are data with a strict schema."""

from pathlib import Path

import pytest

from checks.indicator_edition import Edition, load_edition, shipped_editions
from checks.indicator_findings import IndicatorKind
from plans.load import PlanFileError

MINIMAL = """
id: mine
title: 自定
source: 某文件
scores: all
full: 10
indicators:
  - {id: a, title: 甲, title_en: A, group: 组, kind: deduction, rule: gov_domain, text: 规则, source: 某, assumed: true,
     points: 10, each: 5}
"""


def loaded(tmp_path: Path, text: str) -> Edition:
    path = tmp_path / "edition.yaml"
    path.write_text(text, encoding="utf-8")
    return load_edition(path)


@pytest.mark.parametrize("name", ["site-2015", "site-2019"])
def test_the_shipped_editions_load_and_make_a_hundred_points(name: str) -> None:
    edition = load_edition(name)
    assert name in shipped_editions()
    assert edition.id == name
    points = [i.points for i in edition.indicators if i.kind is IndicatorKind.DEDUCTION]
    assert sum(points) == edition.full == 100


def test_each_indicator_says_where_it_comes_from() -> None:
    for name in shipped_editions():
        for indicator in load_edition(name).indicators:
            assert len(indicator.source) > 4, indicator.id


def test_the_vetoes_of_2019_are_those_of_the_official_table() -> None:
    vetoes = [i.title for i in load_edition("site-2019").indicators if i.kind is IndicatorKind.VETO]
    assert len(vetoes) == 7  # the table's six, forged dates apart from the other grave faults
    assert load_edition("site-2019").services_points == 25


def test_an_edition_of_one_s_own_may_be_a_file(tmp_path: Path) -> None:
    assert loaded(tmp_path, MINIMAL).indicators[0].each == 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points: 10,", "points: 9,"),  # the points must make the full marks
        ("each: 5", "each: 11"),
        ("assumed: true,", ""),
        ("rule: gov_domain", "rule: unknown"),
        ("rule: gov_domain", "rule: home_updated"),  # asks for days
        ("rule: gov_domain", "rule: identifier"),  # asks for an identifier
        ("each: 5", "each: 5, limits: {days: 3}"),  # takes none
        ("each: 5", "each: 5, column: news"),
        ("each: 5", "each: 5, points_each: 3"),
        ("kind: deduction", "kind: veto"),  # a veto has no points
    ],
)
def test_a_wrong_edition_is_refused_with_its_line(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(PlanFileError, match=r"edition\.yaml:\d+"):
        loaded(tmp_path, MINIMAL.replace(old, new))
