"""Every phrase of the lexicon finds its examples, and leaves its false friends alone."""

from collections.abc import Iterator

import pytest

from plans.reading.cadences import cadences_in, column_cadences
from plans.reading.headers import Role
from plans.reading.lexicon import CadencePhrase, DeadlinePhrase, Stated, lexicon
from plans.reading.limits import limits_in


def examples_of_cadences() -> Iterator[tuple[CadencePhrase, str, str]]:
    for entry in lexicon().cadences:
        for text, phrase in entry.examples.items():
            yield entry, text, phrase


def examples_of_deadlines() -> Iterator[tuple[DeadlinePhrase, bool, str, str]]:
    for column, entries in ((False, lexicon().deadlines), (True, lexicon().column_deadlines)):
        for entry in entries:
            for text, deadline in entry.examples.items():
                yield entry, column, text, deadline


@pytest.mark.parametrize(("entry", "text", "phrase"), list(examples_of_cadences()))
def test_a_phrase_is_found_in_its_example(entry: CadencePhrase, text: str, phrase: str) -> None:
    found = [one for one in cadences_in(text, 2017) if one.stated is entry.cadence]
    assert [one.phrase if entry.whole is None else one.phrase[: len(phrase)] for one in found] == [phrase]


@pytest.mark.parametrize(
    ("entry", "text"), [(entry, text) for entry in lexicon().cadences for text in entry.not_in], ids=str
)
def test_a_false_friend_is_no_cadence(entry: CadencePhrase, text: str) -> None:
    assert entry.cadence not in {one.stated for one in cadences_in(text, 2017)}


@pytest.mark.parametrize(("entry", "column", "text", "deadline"), list(examples_of_deadlines()))
def test_a_limit_is_read_from_its_example(entry: DeadlinePhrase, column: bool, text: str, deadline: str) -> None:
    assert [(one.means, one.deadline) for one in limits_in(text, 2017, column=column)] == [(entry.means, deadline)]


@pytest.mark.parametrize("text", [text for entry in lexicon().deadlines for text in entry.not_in])
def test_a_false_friend_is_no_limit(text: str) -> None:
    assert limits_in(text, 2017) == []


def test_every_stated_cadence_but_the_derived_ones_has_phrases() -> None:
    derived = {Stated.ONCE_BY_DATE, Stated.UNSPECIFIED}  # a date makes the one, silence the other
    assert {entry.cadence for entry in lexicon().cadences} == set(Stated) - derived


def test_every_column_role_has_heads() -> None:
    assert set(lexicon().heads) == {role.value for role in Role}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("每月25日前及时发布上月数据", [("monthly", "day 25 of the next month")]),
        ("每月定期发布成交数据", [("monthly", "")]),
        ("每月抽查和年终考评", [("monthly", ""), ("yearly", "")]),
        (
            "最迟5小时内发声、24小时内开发布会",
            [("on_event", "5 hours after event"), ("on_event", "24 hours after event")],
        ),
        ("及时公布方案", [("timely", "")]),
        ("在文件失效之日起10个工作日内标注", [("on_event", "10 working days after repeal")]),
    ],
)
def test_what_a_clause_states(text: str, stated: list[tuple[str, str]]) -> None:
    assert [(one.stated.value, one.deadline) for one in cadences_in(text, 2017)] == stated


@pytest.mark.parametrize("title", ["《关于每月公布价格的办法》", "《年度报告》", "《动态更新规则》"])
def test_titles_of_documents_state_nothing(title: str) -> None:
    assert cadences_in(f"落实{title}", 2017) == []


@pytest.mark.parametrize(
    ("cell", "stated"),
    [
        ("2021年8月前", [("once_by_date", "2021-07-31")]),
        ("2021年2月公布预算，2021年8月公布决算", [("once_by_date", "2021-02-28"), ("once_by_date", "2021-08-31")]),
        ("3月至11月", [("once_by_date", "2017-11-30")]),
        ("长期推进", [("unspecified", "")]),
        ("每季度末", [("quarterly", "")]),
        ("年底前", [("once_by_date", "2017-12-31")]),
    ],
)
def test_what_a_time_column_states(cell: str, stated: list[tuple[str, str]]) -> None:
    assert [(one.stated.value, one.deadline) for one in column_cadences(cell, 2017)] == stated


def test_a_plan_without_a_year_has_deadlines_without_one() -> None:
    assert [one.deadline for one in limits_in("6月底前完成", None)] == ["XXXX-06-30"]
