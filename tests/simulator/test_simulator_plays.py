"""The plays of a practice year: lists, matters of once, events, pairs and daily duties of any register."""

import datetime as dt
from typing import Any

import pytest

from plans.register import Cadence, Register
from simulator import titles
from simulator.city import Publication
from simulator.due import working_days_after
from simulator.year.answer import ACCUSING, Answer
from simulator.year.building import YearCity, build_year
from simulator.year.key import looks_of, year_key
from simulator.year.registers import random_register

DAY = dt.timedelta(days=1)
SEEDS = range(1, 9)
OFFICE, OTHER = "市财政局", "市统计局"
MONTHLY = {
    "kind": "periodic",
    "cadence": "monthly",
    "title": "财政收支情况",
    "due": {"day": 25, "of": "next_period"},
    "evidence": {"title": ["财政收支"], "columns": ["财政收支"]},
}
LIST = {
    "kind": "standing",
    "cadence": "standing",
    "title": "收费目录清单",
    "evidence": {"title": ["收费.*清单"], "columns": ["收费目录清单"]},
}
ONCE = {
    "kind": "periodic",
    "cadence": "once",
    "title": "防汛预案",
    "due": {"date": "2017-06-30"},
    "evidence": {"title": ["防汛.*预案"], "columns": ["应急管理"]},
}
EVENT = {
    "kind": "event",
    "cadence": "on_event",
    "title": "事故调查报告",
    "evidence": {"title": ["事故调查"], "exclude": ["公告"], "columns": ["事故调查"]},
}
LIVE = {
    "kind": "periodic",
    "cadence": "realtime",
    "title": "实时路况",
    "evidence": {"title": ["实时路况"], "columns": ["实时路况"]},
}
PAIR = {
    "kind": "pairing",
    "title": "税收政策解读",
    "check": "assisted",
    "evidence": {
        "title": ["税收.*(办法|通知)"],
        "exclude": ["解读"],
        "columns": ["税收政策"],
        "pair": {"title": ["解读", "读懂"], "columns": ["政策解读"]},
    },
}


def year(*obligations: dict[str, Any], seed: int = 1, **plan: object) -> YearCity:
    """A year of a register of these obligations beside a monthly one; the first site answers always."""
    numbered = [
        {"lead": [OFFICE], **obligation, "id": f"1-{n}", "measure": f"一/{n}"}
        for n, obligation in enumerate([MONTHLY, *obligations])
    ]
    given = {"id": "lin-2017", "title": "要点", "place": "临江市", "year": 2017, **plan}
    return build_year(Register.model_validate({"plan": given, "obligations": numbered}), seed)


def answers(city: YearCity, obligation: str = "1-1", day: dt.date | None = None) -> list[Answer]:
    """The key's answers about an obligation, as of the last look or another day."""
    found = year_key(city, looks_of(city), day or city.looks[-1], lambda site, p: f"{site.id}/{p.number}")
    return [answer for answer in found if answer.obligation == obligation]


def articles(city: YearCity, obligation: str = "1-1") -> list[Publication]:
    found = [p for site in city.city.sites for p in site.publications]
    return [p for p in found if p.obligation is not None and p.obligation.id == obligation]


def planted(answer: Answer) -> str:
    return ",".join(answer.planted)


@pytest.mark.parametrize("seed", SEEDS)
def test_titles_are_known_by_their_own_patterns_and_by_none_of_an_instalment(seed: int) -> None:
    city = year(LIST, ONCE, EVENT, LIVE, seed=seed)
    for article in (p for n in range(1, 5) for p in articles(city, f"1-{n}")):
        knowing = [o.id for o in city.city.register.obligations if titles.recognised(o, article.title)]
        assert article.obligation is not None
        assert knowing == [article.obligation.id]


def test_who_has_no_site_is_never_accused_and_a_channel_is_for_people() -> None:
    city = year({**LIST, "where": ["nobody"]}, {**LIST, "where": ["wechat"]}, id="random-0")
    assert {a.truth.statuses for a in answers(city)} == {("inconclusive", "not_due")}
    assert {a.truth.statuses for a in answers(city, "1-2")} == {("manual",)}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_list_without_a_date_is_on_time_whenever_it_came(seed: int) -> None:
    city = year(LIST, seed=seed)
    (answer,) = answers(city)
    if articles(city):
        assert answer.truth.statuses == ("on_time",)
    else:
        assert set(answer.truth.statuses) & {"missing", "inconclusive"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_list_is_held_to_the_date_that_the_register_states(seed: int) -> None:
    city = year({**LIST, "due": {"date": "2017-06-30"}}, seed=seed)
    made = articles(city)
    (answer,) = answers(city)
    late = bool(made) and made[0].day > dt.date(2017, 6, 30)
    assert answer.truth.statuses[0] == ("late" if late else "on_time") or not made
    (early,) = answers(city, day=city.looks[0])
    assert not made or made[0].day <= city.looks[0] or early.truth.statuses[0] == "not_due"


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_person_decides_is_no_accusation_while_it_is_not_seen(seed: int) -> None:
    for what in (LIST, ONCE, LIVE):
        for answer in answers(year({**what, "check": "assisted"}, seed=seed)):
            absent = {"overdue", "missing"} & set(answer.truth.statuses)
            assert not absent


def test_what_is_owed_once_is_one_instalment_of_the_year_held_to_its_date() -> None:
    seen = [answers(year(ONCE, seed=seed)) for seed in range(1, 25)]
    assert all(len(found) == 1 and found[0].period == "2017" for found in seen)
    assert {found[0].due for found in seen} == {dt.date(2017, 6, 30)}
    assert {"on_time", "late", "missing"} <= {found[0].truth.statuses[0] for found in seen}


def test_once_without_a_date_has_until_the_plan_s_last_day() -> None:
    bare = {key: value for key, value in ONCE.items() if key != "due"}
    (answer,) = answers(year(bare))
    assert answer.due == dt.date(2017, 12, 31)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_event_accuses_nobody(seed: int) -> None:
    for answer in answers(year(EVENT, seed=seed)):
        assert not ACCUSING & set(answer.truth.statuses)
        assert answer.words is not None or answer.truth.statuses[0] == "inconclusive"


def test_events_and_documents_are_of_the_plan_s_time() -> None:
    city = year(EVENT, PAIR, start="2017-06-15")
    first = dt.date(2017, 6, 15)
    assert all(p.day >= first for p in articles(city))
    documents = [p for p in city.city.sites[0].publications if p.page and "税收" in p.title and "解读" not in p.title]
    assert len([p for p in documents if p.day < first]) == 1  # one of an earlier year, which nobody asks about


@pytest.mark.parametrize("seed", SEEDS)
def test_a_daily_column_is_judged_by_what_it_shows_on_the_last_look(seed: int) -> None:
    city = year(LIVE, seed=seed)
    newest = max(p.day for p in articles(city))
    (answer,) = answers(city, day=city.looks[-2])
    fresh = newest >= city.looks[-2]
    assert set(answer.truth.statuses) <= {"inconclusive", *(("on_time",) if fresh else ("overdue", "missing", "late"))}


def test_documents_are_paired_by_name_or_link_and_assisted_ones_are_left_to_people() -> None:
    found = [a for seed in SEEDS for a in answers(year(PAIR, seed=seed))]
    words = {word.split("_")[1] for a in found for word in a.planted}
    assert {"in", "late", "before"} <= words
    assert {a.truth.statuses[0] for a in found if "read_late" in planted(a)} == {"late"}
    assert {a.truth.statuses[0] for a in found if not a.planted} == {"inconclusive"}


def test_what_names_a_section_of_the_site_is_not_played() -> None:
    city = year({**LIST, "evidence": {"title": ["清单"], "columns": ["政务公开"]}})
    assert not answers(city)
    assert "1-1" not in {o.id for o in city.played().obligations}


def test_a_plan_of_half_a_year_owes_the_yearly_report_whose_year_its_last_day_is_in() -> None:
    yearly = {**MONTHLY, "cadence": "yearly", "due": None, "title": "工作总结"}
    city = year({**yearly, "evidence": {"title": ["工作总结"], "columns": ["工作总结"]}}, start="2017-06-15")
    assert [a.period for a in answers(city)] == ["2017"]


def test_registers_made_by_chance_owe_things_once_and_in_real_time() -> None:
    for seed in SEEDS:
        cadences = [o.cadence for o in random_register(seed).obligations]
        assert {Cadence.ONCE, Cadence.REALTIME, Cadence.DAILY} <= set(cadences)


def test_a_document_that_says_when_it_was_made_is_timely_for_twenty_working_days() -> None:
    policy = {**EVENT, "vague": "timely", "evidence": {"title": ["税收"], "columns": ["税收政策"]}}
    found = [(city, a) for seed in range(1, 25) for city in [year(policy, seed=seed)] for a in answers(city) if a.due]
    assert {"on_time", "late"} <= {answer.truth.statuses[0] for _, answer in found}
    for city, answer in found:
        document = next(p for p in articles(city) if p.title == answer.words)
        assert document.page is not None
        assert document.page.written is not None
        assert answer.due == working_days_after(document.page.written, 20)
        assert (answer.truth.statuses[0] == "late") == (document.day > answer.due) or "imported" in answer.planted
