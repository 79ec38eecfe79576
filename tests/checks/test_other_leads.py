"""Several leads on one shared column: a report that names another agency is not this one's."""

import pytest
from judging import at, day, facts, published, register, sites

from checks.judge import judge
from checks.verdict import Status
from db.facts import Reading, Stop

PORTAL, REPORTS = "http://127.0.0.1:9009/", "http://127.0.0.1:9009/ndbg/"
OFFICES = (
    {"id": "szf", "name": "临江市人民政府", "agency": "市政府", "url": PORTAL, "level": "portal"},
    {"id": "fgj", "name": "临江市发展和改革局", "agency": "市发改局", "url": "http://127.0.0.1:9002/"},
    {"id": "hbj", "name": "临江市环境保护局", "agency": "市环保局", "url": "http://127.0.0.1:9003/"},
)
YEARLY = {
    "id": "1-9",
    "measure": "一/9",
    "title": "信息公开年度报告",
    "lead": ["市财政局", "市发改局", "市环保局"],
    "kind": "periodic",
    "cadence": "yearly",
    "due": {"day": 31, "month": 3, "of": "period"},
    "about": "previous",
    "where": ["szf"],
    "evidence": {"title": ["年度报告"], "columns": ["年度报告"]},
}
FINANCE, PLANNING, NATURE = "临江市财政局", "临江市发展和改革局", "市环保局"


def report(office, on):
    return published(f"{office}2016年信息公开年度报告", on, site="szf", columns=(REPORTS,))


def statuses(*seen):
    shelf = Reading("szf", "年度报告", REPORTS, at("2018-01-10"), 1, 9, Stop.END_OF_LIST, None, wanted=("年度报告",))
    verdicts = judge(register(YEARLY), sites(*OFFICES), facts(*seen, shelf), day("2018-02-01"))
    return {v.agency: (v.status, str(v.published)) for v in verdicts}


def test_each_agency_is_judged_by_the_report_that_names_it():
    found = statuses(report(FINANCE, "2017-03-01"), report(PLANNING, "2017-04-10"), report(NATURE, "2017-03-30"))
    assert found == {
        "市财政局": (Status.ON_TIME, "2017-03-01"),
        "市发改局": (Status.LATE, "2017-04-10"),
        "市环保局": (Status.ON_TIME, "2017-03-30"),
    }


def test_where_two_others_have_their_own_the_third_has_none():
    assert statuses(report(FINANCE, "2017-03-01"), report(NATURE, "2017-03-30"))["市发改局"][0] is Status.MISSING


def test_one_other_s_may_be_a_joint_report_and_accuses_nobody():
    assert statuses(report(FINANCE, "2017-03-01"))["市发改局"][0] is Status.INCONCLUSIVE


@pytest.mark.parametrize("office", ["临江市", "全市", "临江市发展改革委", "市发改局、市财政局、市环保局"])
def test_a_report_that_names_no_other_lead_alone_serves_all(office):
    assert {status for status, _ in statuses(report(office, "2017-03-01")).values()} == {Status.ON_TIME}
