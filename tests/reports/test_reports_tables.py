"""CSV: every verdict, the same columns, no formulas, readable in Excel."""

import csv
import datetime as dt
import io

import pytest
from audit_sample import AS_OF, sample, verdict

from checks.verdict import Flag, Status
from reports.tables import COLUMNS, csv_text, days_behind, findings, verdict_rows
from reports.texts import Lang


def cells(text):
    return list(csv.reader(io.StringIO(text)))


def test_every_verdict_has_a_row_and_every_row_all_columns():
    verdicts = sample().verdicts
    rows = cells(csv_text(verdict_rows(verdicts, Lang.ZH)))
    assert len(rows) == len(verdicts) + 1
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [row[0] for row in rows[1:]] == [v.key for v in verdicts]


def test_no_verdicts_still_have_a_heading():
    assert len(verdict_rows((), Lang.EN)) == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", " =", "\x00=", "\u200e="], ids=ascii)
def test_no_cell_starts_a_formula(start):
    hostile = f"{start}HYPERLINK(1)"
    (_, row) = cells(csv_text(verdict_rows([verdict(title=hostile)], Lang.ZH)))
    assert row[COLUMNS.index("title")].startswith("'")


def test_numbers_stay_numbers():
    (_, row) = cells(csv_text(verdict_rows([verdict(days_late=4)], Lang.ZH)))
    assert row[COLUMNS.index("days_late")] == "4"


def test_codes_and_names_stand_side_by_side():
    (_, row) = cells(csv_text(verdict_rows([verdict(flags=(Flag.BATCH, Flag.REMOVED))], Lang.ZH)))
    known = dict(zip(COLUMNS, row, strict=True))
    assert (known["status"], known["status_name"]) == ("late", "迟发")
    assert known["flags"] == "集中补发、公开后撤下"
    assert known["first_seen"] == "2017-06-30 02:10"  # Beijing


def test_findings_stand_gravest_and_longest_first():
    found = findings(sample().verdicts, AS_OF)
    order = [(v.status, -days_behind(v, AS_OF)) for v in found]
    rank = {Status.MISSING: 0, Status.OVERDUE: 1, Status.LATE: 2}
    assert order == sorted(order, key=lambda pair: (rank[pair[0]], pair[1]))
    assert {v.status for v in found} == set(rank)


def test_days_count_to_publication_or_to_the_day_judged():
    assert days_behind(verdict(days_late=4), AS_OF) == 4
    absent = verdict(status=Status.MISSING, days_late=None, published=None, due=dt.date(2017, 11, 10))
    assert days_behind(absent, dt.date(2017, 11, 20)) == 10
    assert days_behind(verdict(status=Status.INCONCLUSIVE, days_late=None), AS_OF) is None
