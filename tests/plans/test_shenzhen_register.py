"""What Shenzhen's register alone has; the rest is in test_registers.py."""

import re

import pytest
from register_truth import place

from plans.agencies import sites_for
from plans.register import CheckMode, Kind
from plans.sites import Level

HERE = place("shenzhen-2017")
BY_ID = HERE.by_id

needs_seed = pytest.mark.skipif(not HERE.seed.is_file(), reason="the plan itself is not here")


def test_statistics_without_a_stated_month_are_events_and_merge_no_january() -> None:
    assert {BY_ID[key].kind for key in ("1-4a", "1-4b", "11-1")} == {Kind.EVENT}
    assert not [o.id for o in HERE.obligations if o.merge_january]


def test_what_is_about_the_year_before_says_so() -> None:
    assert {o.id for o in HERE.obligations if o.about_previous} == {"1-5a", "1-5b", "5-4b", "6-5b"}


def test_the_marks_on_repealed_originals_are_labels_by_where_the_original_stands() -> None:
    assert {o.id for o in HERE.obligations if o.kind is Kind.LABEL} == {"5-8c", "5-8d"}
    assert BY_ID["5-8c"].where == ()
    assert BY_ID["5-8d"].where == ("portal",)
    assert BY_ID["5-8c"].evidence == BY_ID["5-8d"].evidence


def test_required_parts_are_those_that_the_plan_names() -> None:
    assert BY_ID["13-2"].evidence.min_rows == 11
    assert BY_ID["21-5c"].evidence.min_count == 600
    assert BY_ID["5-6a"].evidence.fields == ("抽查依据", "抽查主体", "抽查内容", "抽查方式")
    assert BY_ID["3-u1b"].evidence.fields == ("完成投资", "开工", "投产")
    assert BY_ID["14-2c"].evidence.fields == ("积分标准", "积分结果", "学位安排")
    assert BY_ID["12-3a"].evidence.covers == ("百色", "河池")
    assert len(BY_ID["11-4a"].evidence.covers) == len(BY_ID["11-4b"].evidence.covers) == 4


def test_only_what_is_periodic_or_stands_is_judged_without_a_person() -> None:
    judged = {o.kind for o in HERE.obligations if o.check is CheckMode.AUTOMATIC}
    assert judged == {Kind.PERIODIC, Kind.STANDING}


def test_nobody_is_accused_by_a_machine_where_the_right_portal_is_not_known() -> None:
    office = [o for o in HERE.obligations if o.lead == ("市编办",)]
    assert {o.kind for o in office} == {Kind.DUTY, Kind.EVENT, Kind.PLATFORM}
    assert CheckMode.AUTOMATIC not in {o.check for o in office}


def test_every_district_answers_for_its_own_measures_and_enrolment() -> None:
    districts = {site.id for site in HERE.sites.sites if site.level is Level.DISTRICT}
    found = {site.id for place in sites_for(BY_ID["0-u1b"], HERE.sites) for site in place.sites}
    assert found == districts == set(BY_ID["14-2c"].where) == set(BY_ID["14-2d"].where)
    assert len(sites_for(BY_ID["0-u1b"], HERE.sites)) == len(districts) == 10


@needs_seed
def test_the_leads_are_the_cells_of_the_plan_and_those_of_its_notice() -> None:
    lines = {line.strip() for line in HERE.seed.read_text(encoding="utf-8").splitlines()}
    cells = {line for line in lines if re.fullmatch(r"市[^。;0-9]{1,14}[局办委厅]|各区、各部门|罗湖区政府", line)}
    joint = cells & {"市改革发展委、市财政委", "市统计局、经贸信息委"}
    single = {name for cell in cells for name in (cell.split("、") if cell in joint else [cell])}
    assert {lead for o in HERE.obligations for lead in o.lead} == single | {"各区"}
