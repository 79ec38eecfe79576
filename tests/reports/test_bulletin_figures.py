"""The bulletin's figures against a round counted by hand, and what never happens whatever was found."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from bulletin_sample import APRIL, BLOCKED, FULL, LINKS, MAY, ORDER, SITES, STALE, STRATA, checked, round_
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.indicator_findings import Outcome
from checks.sampling import Stratum
from reports.bulletin import Bulletin, Told, figures, next_round, numeral, round_name, told
from reports.bulletin_figures import points_moved, rechecks, streak
from reports.bulletin_problems import quantity
from reports.bulletin_wording import shipped
from reports.texts import Lang

WORDING = shipped(Lang.ZH)


def said(bulletin: Bulletin, lang: Lang = Lang.ZH) -> Told:
    return told(bulletin, shipped(lang), lang)


def all_text(words: Told) -> str:
    problems = [text for title, lines in words.problems for text in (title, *lines)]
    return "\n".join((*words.overview, *problems, *words.demands))


def test_the_hand_counted_round() -> None:
    found = figures(FULL)
    assert {name: found[name] for name in ("running", "drawn", "judged", "passed", "failed", "unclear", "rate")} == {
        "running": 30,
        "drawn": 10,
        "judged": 8,
        "passed": 6,
        "failed": 2,
        "unclear": 2,
        "rate": 0.75,
    }
    assert found["points_moved"] == 35.0
    assert found["rechecked"] == {"failed_last_time": 3, "passed": 1, "failed": 1, "unclear": 0, "absent": 1}


def test_every_share_in_the_overview_has_its_whole_beside_it() -> None:
    first, second, third = said(FULL).overview
    assert "抽查比例33.3%（10/30）" in first
    assert "合格率75.0%（6/8）" in first
    assert "占抽查10个的20.0%" in first
    assert "总体合格率在60.0%至80.0%之间" in first
    assert "合格率40.0%，2/5）相比，合格率上升35.0个百分点" in second
    assert "按时公开率41.7%（5/12）" in third


def test_the_unclear_are_told_apart_and_nothing_of_them_reads_as_blame() -> None:
    words = said(FULL)
    assert "既不计入合格率，也不认定为不合格" in words.overview[0]
    blamed = "".join(text for _, lines in words.problems for text in lines)
    assert "s3局" not in blamed
    assert "s4局" not in blamed
    assert not any("s3局" in map(str, row) for row in words.annexes["findings"].rows)
    assert [row[1] for row in words.annexes["failed"].rows] == ["政府门户", "部门"]
    assert [(row[1], row[4]) for row in words.annexes["unclear"].rows] == [
        ("s3局", "站点无法访问：站点无法访问的理由"),
        ("s4局", "尚未检查"),
    ]


def test_what_is_left_to_a_person_is_said_beside_the_rate() -> None:
    assert "可判定的网站另有1项次指标须人工核查" in said(FULL).overview[0]


def test_only_annexes_with_rows_are_named_in_the_demands() -> None:
    assert "附件2、5所列单位" in said(FULL).demands[0]
    passed = round_("2017-06", [checked("s1", Outcome.PASSED, [LINKS])])
    assert "附件5所列单位" in said(Bulletin(passed, (), "site-2019", ORDER)).demands[0]


def test_the_first_round_has_nothing_to_compare_with() -> None:
    words = said(replace(FULL, earlier=(), plan=None))
    assert words.overview[1] == "本次为首次抽查，没有上次数据可比。"
    assert words.annexes["recheck"].rows == ()


@pytest.mark.parametrize(
    ("passed", "failed", "expected"),
    [
        (2, 3, "合格率持平"),
        (1, 4, "合格率下降20.0个百分点"),
        (1, 1, "合格率上升10.0个百分点"),
        (0, 0, "合格率不作比较"),
    ],
)
def test_the_change_is_told_in_percentage_points(passed: int, failed: int, expected: str) -> None:
    sites = [checked(f"a{n}", Outcome.PASSED) for n in range(passed)]
    sites += [checked(f"b{n}", Outcome.FAILED, [STALE]) for n in range(failed)]
    sites += [checked("c", Outcome.UNCLEAR, [BLOCKED])]
    assert expected in said(Bulletin(round_("2017-06", sites), (MAY,), "site-2015", ORDER)).overview[1]


def test_an_empty_population_divides_by_nothing() -> None:
    words = said(Bulletin(round_("2017-06", [], []), (), "", ORDER))
    assert words.overview[0].endswith("本次没有抽取网站，不计算抽查比例和合格率。")
    assert words.problems == ()
    assert words.nothing == "本次没有可判定的网站和项次，不能说明有无问题。"
    assert "%" not in all_text(words)


def test_a_group_of_one_reads_naturally() -> None:
    one = round_("2017-06", [checked("s1", Outcome.FAILED, [STALE])], [Stratum("portal", 1, 1)])
    words = said(Bulletin(one, (), "site-2019", ORDER))
    assert "可判定1个，结果为不合格。" in words.overview[0]
    assert words.problems[0][1][0].startswith("抽查的网站（可判定1个）首页或栏目长期未更新")
    assert "大量" not in all_text(words)


def test_all_unclear_means_no_rate_and_no_blame() -> None:
    sites = [checked(f"s{n}", Outcome.UNCLEAR, [BLOCKED, LINKS]) for n in range(3)]
    words = said(Bulletin(round_("2017-06", sites), (), "site-2019", ORDER))
    assert "抽取的3个网站均未能完整检查、无法判定，不计算合格率，也不认定为不合格，原因见附件4。" in words.overview[0]
    assert "另有" not in words.overview[0]
    assert words.problems == ()
    assert words.demands[0] == WORDING.demands.rectify_none


def test_a_site_that_fails_again_and_again_is_a_problem_of_its_own() -> None:
    assert streak("s1", FULL.round, FULL.earlier) == 3
    assert streak("s2", FULL.round, FULL.earlier) == 1
    (paragraph,) = next(lines for title, lines in said(FULL).problems if "整改不彻底" in title)
    assert "连续3次" in paragraph


def test_a_round_without_the_site_ends_its_streak() -> None:
    gap = round_("2017-05", [checked("s2", Outcome.PASSED)])
    assert streak("s1", FULL.round, (APRIL, gap)) == 1


@pytest.mark.parametrize(
    ("n", "of", "word"),
    [(1, 1, "个别"), (1, 2, "个别"), (2, 3, "部分"), (3, 8, "多个"), (5, 8, "大量"), (1, 30, "个别"), (4, 4, "多个")],
)
def test_the_quantifier_follows_the_share_but_needs_cases(n: int, of: int, word: str) -> None:
    assert quantity(n, of, WORDING) == word


@pytest.mark.parametrize(
    ("issued", "days", "deadline"),
    [
        (dt.date(2017, 7, 6), 10, "2017年7月20日"),
        (dt.date(2017, 9, 29), 1, "2017年9月30日"),  # a Saturday worked for the National Day
        (dt.date(2017, 9, 30), 1, "2017年10月9日"),
    ],
)
def test_the_deadline_counts_working_days(issued: dt.date, days: int, deadline: str) -> None:
    order = replace(ORDER, issued=issued, deadline_days=days)
    assert f"于{deadline}前" in said(replace(FULL, order=order)).demands[0]


def test_a_deadline_in_a_year_without_a_calendar_says_so() -> None:
    assert "放假安排尚未公布" in said(replace(FULL, order=replace(ORDER, issued=dt.date(2090, 7, 6)))).demands[0]


@pytest.mark.parametrize(
    ("code", "name", "following"),
    [
        ("2017-06", "2017年6月份", "2017-07"),
        ("2017-12", "2017年12月份", "2018-01"),
        ("2017-Q4", "2017年第四季度", "2018-Q1"),
    ],
)
def test_rounds_have_names_and_followers(code: str, name: str, following: str) -> None:
    assert round_name(code, WORDING, Lang.ZH) == name
    assert next_round(code) == following


def test_numerals() -> None:
    assert [numeral(n) for n in (1, 10, 11, 20, 21, 99)] == ["一", "十", "十一", "二十", "二十一", "九十九"]


OUTCOMES = st.lists(st.sampled_from(Outcome), max_size=12)


@given(now=OUTCOMES, last=st.none() | OUTCOMES, rest=st.integers(0, 40), lang=st.sampled_from(Lang))
@settings(derandomize=True, deadline=None, max_examples=150)
def test_whatever_was_found_the_figures_agree(
    now: list[Outcome], last: list[Outcome] | None, rest: int, lang: Lang
) -> None:
    strata = [Stratum("department", len(now) + rest, len(now))]
    this = round_("2017-06", [checked(f"s{n}", outcome, [STALE, BLOCKED]) for n, outcome in enumerate(now)], strata)
    before = round_("2017-05", [checked(f"s{n}", outcome) for n, outcome in enumerate(last or [])])
    bulletin = Bulletin(this, () if last is None else (before,), "site-2019", ORDER)
    found, words, counts = figures(bulletin), told(bulletin, shipped(lang), lang), Counter(now)
    assert [found[o.value] for o in Outcome] == [counts[o] for o in Outcome]
    assert found["judged"] + found["unclear"] == found["drawn"] == len(words.annexes["sample"].rows)
    assert len(words.annexes["failed"].rows) == counts[Outcome.FAILED]
    assert len(words.annexes["unclear"].rows) == counts[Outcome.UNCLEAR]
    assert sum(v for k, v in found["rechecked"].items() if k != "failed_last_time") == len(
        rechecks(this, bulletin.last)
    )
    moved = points_moved(this, before) if last is not None else None
    assert moved is None or Decimal(-100) <= moved <= Decimal(100)
    blamed = "".join(text for _, lines in words.problems for text in lines)
    assert not any(f"“s{n}局”" in blamed for n, outcome in enumerate(now) if outcome is Outcome.UNCLEAR)


def test_the_strata_of_the_sample_are_those_of_the_text() -> None:
    assert sum(s.drawn for s in STRATA) == len(SITES)
