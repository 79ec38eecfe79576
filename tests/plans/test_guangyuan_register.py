"""What Guangyuan's register alone has; the rest is in test_registers.py."""

import re

import pytest
from register_truth import place

from plans.register import CheckMode
from plans.sites import Level

HERE = place("guangyuan-2017")
BY_ID = HERE.by_id
NUMERALS = "一二三四五六七八九十"

# Bureaus that the plan means by their fields alone (公安, 交通运输 in 六（十九）) and names nowhere else.
NAMED_BY_FIELD = {"市公安局", "市交通运输局"}

needs_seed = pytest.mark.skipif(not HERE.seed.is_file(), reason="the plan itself is not here")


def test_either_month_or_quarter_is_left_to_a_person() -> None:
    assert {BY_ID[key].check for key in ("1.1-4b", "1.1-4c")} == {CheckMode.ASSISTED}


def test_what_tells_of_the_year_before_says_so() -> None:
    about_previous = {o.id for o in HERE.obligations if o.about_previous}
    assert about_previous == {"2.6-2b", "2.6-3f", "2.8-9a", "2.8-9b", "3.9-3", "4.14-1d"}


def test_required_parts_are_those_that_the_plan_names() -> None:
    assert BY_ID["2.5-4"].evidence.fields == ("抽查依据", "抽查主体", "抽查内容", "抽查方式")
    assert BY_ID["4.13-2e"].evidence.min_rows == 7
    assert BY_ID["4.14-7"].evidence.min_rows == 10
    assert BY_ID["6.19-2"].evidence.fields == ("主体", "范围", "内容", "方式", "时限")


def test_what_is_judged_automatically_has_one_bureau_to_answer_for_it() -> None:
    """The brackets divide their items "by duties": a machine that took them as joint would accuse the wrong ones."""
    judged = [o for o in HERE.obligations if o.check is CheckMode.AUTOMATIC]
    assert {o.id: o.lead for o in judged if len(o.lead) != 1} == {}


def test_the_seven_counties_and_the_development_zone_have_sites() -> None:
    places = [site.agency for site in HERE.sites.sites if site.level is Level.DISTRICT]
    counties = [f"{name}政府" for name in ("利州区", "昭化区", "朝天区", "旺苍县", "青川县", "剑阁县", "苍溪县")]
    assert places == [*counties, "广元经济技术开发区管委会"]


@needs_seed
def test_the_sentences_of_each_clause_are_as_many_as_counted() -> None:
    found = {}
    for line in HERE.seed.read_text(encoding="utf-8").splitlines():
        clause = re.match(rf"（([{NUMERALS}]+)）", line)
        if clause:
            body = re.sub(r"（[^（）]*落实）\s*$", "", line)
            found[clause[1]] = len([part for part in body.split("。") if part.strip()]) - 1
    assert list(found.values()) == [s.numbered for s in HERE.truth.sections.values() if s.numbered]


@needs_seed
def test_every_lead_is_a_name_of_the_plan() -> None:
    plan = HERE.seed.read_text(encoding="utf-8")
    names = {name for o in HERE.obligations for name in (*o.lead, *o.cooperating)}
    assert {name for name in names if name not in plan} == NAMED_BY_FIELD


@needs_seed
def test_every_lead_of_a_bracket_has_an_obligation_in_its_clause() -> None:
    for line in HERE.seed.read_text(encoding="utf-8").splitlines():
        clause = re.match(rf"（([{NUMERALS}]+)）.*（([^（）]*)落实）\s*$", line)
        if clause is None:
            continue
        named = re.sub(r"等部门|会同.*|按职责.*|分别|牵头", "", clause[2])
        bracket = {name for name in re.split("[、，]", named) if name}
        leads = {lead for o in HERE.obligations if f"（{clause[1]}）" in o.measure for lead in o.lead}
        assert bracket <= leads, clause[1]
