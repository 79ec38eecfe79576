"""What the key of a year says where nothing can be read, decided or confirmed."""

from collections import Counter

import pytest

from simulator.year.answer import ACCUSING, Answer
from simulator.year.building import YearCity, build_year
from simulator.year.key import looks_of, year_key
from simulator.year.registers import random_register

SEEDS = range(60, 70)
Judged = list[tuple[YearCity, Answer]]


@pytest.fixture(scope="module")
def judged() -> Judged:
    """Every answer of ten years, judged on the days of the third, the eighth and the last look."""
    found: Judged = []
    for seed in SEEDS:
        year = build_year(random_register(seed), seed)
        looks = looks_of(year)
        for day in (year.looks[2], year.looks[7], year.looks[-1]):
            found += [(year, answer) for answer in year_key(year, looks, day, lambda s, p: f"{s.id}/{p.number}")]
    return found


def test_every_reason_for_which_nobody_can_judge_occurs(judged: Judged) -> None:
    reasons = {reason for _, answer in judged for reason in answer.truth.reasons}
    assert reasons >= {"site_unknown", "not_read", "no_evidence_pattern", "kind_not_judged", "manual_channel"}
    assert reasons >= {"unreachable", "blocked", "robots", "column_not_found", "needs_browser", "not_confirmed"}
    assert reasons >= {"read_too_early", "ambiguous", "needs_person", "undated", "truncated"}


def test_who_has_no_browser_accuses_no_unmarked_document(judged: Judged) -> None:
    labels = [answer for year, answer in judged if answer.kind == "label" and not year.browser]
    assert labels
    assert not [answer for answer in labels if ACCUSING & set(answer.truth.statuses)]


def test_documents_are_repealed_wholly_and_in_part_and_marks_fit_or_do_not(judged: Judged) -> None:
    planted = Counter(word for _, answer in judged if answer.kind == "label" for word in answer.planted)
    assert min(planted[word] for word in ("partial", "fits", "says_more", "says_less", "silent", "lost")) > 0
    assert planted["scanned_list"] > 0


def test_a_site_that_nobody_had_named_owes_nothing_that_was_proven_absent(judged: Judged) -> None:
    never = [(y, a) for y, a in judged for site, day in y.joined.items() if day > y.looks[-1] and _of(y, a, site)]
    assert never
    assert not [answer for _, answer in never if ACCUSING & set(answer.truth.statuses)]


def _of(year: YearCity, answer: Answer, site: str) -> bool:
    own = {e.obligation for e in year.city.expectations if e.site == site}
    return answer.kind == "periodic" and answer.obligation in own


def test_an_unanswered_letter_is_overdue_only_after_its_limit(judged: Judged) -> None:
    waiting = [a for _, a in judged if a.kind == "response" and {"letter_never", "letter_slow"} & set(a.planted)]
    accused = [a for a in waiting if {"overdue", "missing"} & set(a.truth.statuses)]
    assert accused
    assert all(a.due and a.as_of and a.due < a.as_of for a in accused)


def test_no_consultation_must_be_answered_before_its_feedback_is_due(judged: Judged) -> None:
    assert all({"on_time", "inconclusive"} <= set(a.truth.statuses) for _, a in judged if a.kind == "consultation")
