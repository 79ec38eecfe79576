"""Charts of one agency and of 300, of one month and of a year with a gap, of nothing at all: drawn and legible."""

import re

import pytest

from reports.charts import (
    MAX_BARS,
    lateness_bars,
    points_bands,
    ranking_bars,
    status_matrix,
    trend_lines,
)


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


@pytest.mark.parametrize(
    "svg",
    [
        ranking_bars([], 100),
        ranking_bars([("甲局", 0.0, "")], 0, "不定等次"),
        ranking_bars([(f"第{n}局", 0.0, "不合格") for n in range(MAX_BARS)], 100),
        points_bands([], 100),
        points_bands([0.0] * 300, 100),
        points_bands([105.0], 100),
        trend_lines([("2017-01", 0.0)]),
        trend_lines([(f"{2015 + n // 12}-{n % 12 + 1:02d}", 1.0) for n in range(36)]),
        lateness_bars([]),
        lateness_bars([0, 4_000]),
        status_matrix([]),
        status_matrix([("甲局", "2017-01", 0, 0)]),
        status_matrix([("甲局", "2017-01", 0, 1)]),
    ],
)
def test_no_number_is_too_small_or_too_large_to_be_drawn(svg: str) -> None:
    assert svg.startswith("<svg")
    assert "NaN" not in svg
    assert "Infinity" not in svg


def test_bands_count_every_agency_once() -> None:
    points = [n / 3 for n in range(301)]  # 0 to 100
    counts = [int(word) for word in words(points_bands(points, 100)) if word.isdecimal()]
    drawn = counts[-20:]  # behind the axis' own numbers
    assert sum(drawn) == len(points)


def test_full_marks_stand_in_the_highest_band() -> None:
    said = words(points_bands([100.0, 61.0], 100))
    assert "95-100" in said
    assert "100-105" not in said


def test_a_month_without_a_verdict_is_a_gap_and_not_left_out() -> None:
    assert "2017-02" in words(trend_lines([("2017-01", 0.5), ("2017-03", 1.0)]))
    assert "2016-12" in words(status_matrix([("甲局", "2016-11", 1, 1), ("甲局", "2017-01", 0, 2)]))


def test_of_300_agencies_those_with_the_least_on_time_are_drawn() -> None:
    cells = [(f"第{n}局", "2017-01", n, 300) for n in range(300)]
    said = words(status_matrix(cells))
    assert len([word for word in said if word.endswith("局")]) == MAX_BARS
    assert "第0局" in said
    assert "第299局" not in said


def test_values_beside_a_line_are_told_where_there_is_room() -> None:
    assert "50%" in words(trend_lines([("2017-01", 0.5), ("2017-02", 1.0)]))
    many = words(trend_lines([(f"{2015 + n // 12}-{n % 12 + 1:02d}", 0.37) for n in range(36)]))
    assert "37%" not in many
