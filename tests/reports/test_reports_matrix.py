"""Where a period stands in the big table, and what it is called."""

import pytest
from audit_sample import AS_OF, PLAN, sample, verdict
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.verdict import Status
from plans.register import Plan
from reports.items import Names, item
from reports.matrix import MAX_MONTHS, matrix, plan_months
from reports.periods import Span, month_number, period_name, span
from reports.sections import by_agency
from reports.texts import Lang, texts

NAMES = Names(obligations={}, sites={}, year=2017, as_of=AS_OF, texts=texts(Lang.ZH))
JANUARY = month_number(2017, 1)


def only_row(*verdicts):
    table = matrix(PLAN, by_agency([item(v, NAMES) for v in verdicts]))
    (group,) = table.groups
    (row,) = group.rows
    return row


@pytest.mark.parametrize(
    ("code", "start", "months"),
    [
        ("2017-01", 0, 1),
        ("2017-12", 11, 1),
        ("2017-Q2", 3, 3),
        ("2017-H2", 6, 6),
        ("2017", 0, 12),
        ("2016", -12, 12),
        ("2017-W23", 5, 1),
        ("2017-06-01", 5, 1),
    ],
)
def test_a_period_spans_its_months(code, start, months):
    assert span(code) == Span(JANUARY + start, months)


@pytest.mark.parametrize("code", [None, "", "2017-13", "2017-Q5", "2017-W60", "2017-02-30", "17-05", "２０１７"])
def test_what_is_no_period_has_no_place(code):
    assert span(code) is None


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("2017-05", "2017年5月", "2017-05"),
        ("2017-Q2", "2017年第2季度", "2017 Q2"),
        ("2017-H1", "2017年上半年", "2017 H1"),
        ("2017", "2017年", "2017"),
        ("2017-W23", "2017年第23周", "2017 week 23"),
        ("2017-06-01", "2017-06-01", "2017-06-01"),
        (None, "不分期", "no period"),
        ("何时", "何时", "何时"),
    ],
)
def test_a_period_is_named(code, zh, en):
    assert (period_name(code, texts(Lang.ZH)), period_name(code, texts(Lang.EN))) == (zh, en)


def test_the_plans_year_is_not_repeated():
    assert period_name("2017-05", texts(Lang.ZH), within=2017) == "5月"
    assert period_name("2016-05", texts(Lang.ZH), within=2017) == "2016年5月"


def test_a_quarter_stands_under_its_months():
    row = only_row(verdict(period="2017-Q2"))
    assert [(cell.span, len(cell.items)) for cell in row.cells[3:5]] == [(3, 1), (1, 0)]


def test_last_years_report_stands_before_the_months():
    row = only_row(verdict(period="2016"))
    assert [i.verdict.period for i in row.before.items] == ["2016"]


def test_what_would_overlap_stands_beside_the_months():
    row = only_row(verdict(period="2017-Q1"), verdict(period="2017-02"))
    assert [i.verdict.period for i in row.other.items] == ["2017-02"]


def test_many_documents_are_counted_by_status():
    papers = [verdict(period=None, subject=f"s{n}", status=Status.ON_TIME if n % 3 else Status.LATE) for n in range(30)]
    row = only_row(*papers)
    assert [(count.status, count.items) for count in row.other.counts] == [(Status.ON_TIME, 20), (Status.LATE, 10)]


@given(st.lists(st.sampled_from(["2016", "2017", "2017-Q3", "2017-H1", "2017-05", "2017-W01", "2018-01", "x", None])))
@settings(derandomize=True, deadline=None)
def test_every_row_is_as_wide_as_the_axis_and_loses_nothing(codes):
    table = matrix(PLAN, by_agency([item(verdict(period=code), NAMES) for code in codes]))
    rows = [row for group in table.groups for row in group.rows]
    assert all(sum(cell.span for cell in row.cells) == 12 for row in rows)
    cells = [cell for row in rows for cell in (row.before, *row.cells, row.other)]
    assert sum(len(c.items) + sum(n.items for n in c.counts) for c in cells) == len(codes)


def test_a_plan_of_decades_is_cut_to_what_can_be_read():
    assert len(plan_months(Plan(id="p", title="t", place="p", year=2017, end="2060-12-31"))) == MAX_MONTHS


def test_the_sample_fits_its_year():
    audit = sample()
    assert plan_months(audit.register.plan) == tuple((2017, month) for month in range(1, 13))
