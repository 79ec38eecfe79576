"""Every reason has its sentence, in both languages, and every way to stop has its reason."""

import string

import pytest

from checks.coverage import MOST_TELLING, OUTCOME_REASONS, STOP_REASONS
from checks.verdict import ReasonCode
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
