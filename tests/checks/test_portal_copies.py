"""What the government's portal shows of an agency's own counts; it accuses nobody."""

import pytest
from judging import MONTHLY, day, facts, published, read, register, sites

from checks.judge import judge
from checks.verdict import Refusal, Status
from db.facts import Stop

MAY = "临江市2017年5月预算执行情况"
PORTAL = {
    "id": "szf",
    "name": "临江市人民政府",
    "agency": "市政府",
    "url": "http://127.0.0.1:9009/",
    "level": "portal",
}
WHOLE = read("2018-01-10")


def may(*seen):
    verdicts = judge(register(MONTHLY), sites(PORTAL), facts(*seen), day("2018-02-01"))
    return next(v for v in verdicts if v.period == "2017-05")


def shown(on, source="临江市财政局", text="收支如下"):
    return published(MAY, on, site="szf", source=source, text=text, columns=())


@pytest.mark.parametrize("source", ["临江市财政局", "市财政局"])
def test_an_instalment_on_the_portal_counts_by_its_source(source):
    one = may(shown("2017-06-20", source), WHOLE)
    assert (one.status, one.site) == (Status.ON_TIME, "szf")


@pytest.mark.parametrize("source", [None, "斗门区财政局", "广东省财政厅"])
def test_another_s_instalment_on_the_portal_does_not(source):
    assert may(shown("2017-06-20", source), WHOLE).status is Status.MISSING


def test_a_row_on_the_portal_that_nobody_opened_accuses_nobody():
    one = may(shown("2017-06-20", None, text=None), WHOLE)
    assert (one.status, one.candidates[0].refused) == (Status.INCONCLUSIVE, Refusal.OTHER_SITE)


def test_the_earlier_of_two_versions_counts_and_the_later_is_kept():
    own = published(MAY, "2017-06-30")
    one = may(shown("2017-06-20"), own, WHOLE)
    assert (one.status, [c.refused for c in one.candidates]) == (Status.ON_TIME, [None, Refusal.LATER_VERSION])


def test_a_late_copy_on_the_portal_proves_nothing_while_the_agency_s_own_column_is_unread():
    late = shown("2017-06-30")
    assert may(late, WHOLE).status is Status.LATE
    assert may(late, read("2018-01-10", "2017-10-01", Stop.PAGE_LIMIT)).status is Status.INCONCLUSIVE
