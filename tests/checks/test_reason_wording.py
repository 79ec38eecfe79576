"""Every reason has its sentence, in both languages, and every way to stop has its reason."""

import string

import pytest
from judging import day, only, read

from checks.coverage import MOST_TELLING, OUTCOME_REASONS, STOP_REASONS
from checks.due import working_days_after
from checks.verdict import ReasonCode, Status
from checks.wording import OUTCOME_WORDS, STOP_WORDS, TEMPLATES, sentence, short
from db.facts import FetchOutcome, Stop


def test_every_reason_code_has_a_sentence():
    codes = {sentence(name, **_facts(name)).code for name in TEMPLATES}
    assert codes == set(ReasonCode)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_sentence_is_one_chinese_and_one_english_line(name):
    said = sentence(name, **_facts(name))
    assert any("\u4e00" <= sign <= "\u9fff" for sign in said.zh)
    assert said.en.isascii()
    assert "\n" not in said.zh + said.en


def test_every_outcome_and_stop_has_a_word_and_a_reason():
    assert set(OUTCOME_WORDS) == set(OUTCOME_REASONS) == set(FetchOutcome)
    assert set(STOP_WORDS) == set(Stop)
    assert set(STOP_REASONS) == set(Stop) - {Stop.FETCH_FAILED}  # that one is read from its outcome
    assert set(MOST_TELLING) >= {*OUTCOME_REASONS.values(), *STOP_REASONS.values()}


def test_long_and_broken_titles_become_one_short_line():
    assert short("甲\n乙  丙") == "甲 乙 丙"
    assert len(short("甲" * 500)) == 80


def _facts(name):
    _, chinese, english = TEMPLATES[name]
    fields = {field for text in (chinese, english) for _, field, _, _ in string.Formatter().parse(text) if field}
    return dict.fromkeys(fields, "x")


def test_a_daily_column_without_any_dated_item_is_told_so():
    verdict = only("2017-07-01", read("2017-06-30", items=0), cadence="daily", due=None)
    assert (verdict.status, verdict.reason_code) == (Status.OVERDUE, ReasonCode.NOT_FOUND)
    assert "没有见到一条标有日期的此项内容" in verdict.reason
    assert "—" not in verdict.reason


def test_an_assumed_calendar_says_that_no_public_holiday_is_left_out():
    assert "法定节假日及调休均未计入" in working_days_after(day("2099-12-20"), 10).explained[-1]
    assert not any("法定节假日" in step for step in working_days_after(day("2017-05-31"), 10).explained)
