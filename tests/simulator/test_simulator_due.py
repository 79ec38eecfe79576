"""Due dates of the practice city, against days counted by hand."""

import datetime as dt

import pytest

from plans.register import Cadence, Due
from simulator.due import due_date, previous, slot_of, slots_between, working_days_after

D = dt.date


@pytest.mark.parametrize(
    ("rule", "cadence", "within", "expected"),
    [
        ({"day": 25, "of": "next_period"}, Cadence.MONTHLY, D(2017, 5, 10), D(2017, 6, 25)),
        ({"day": 31, "of": "next_period"}, Cadence.MONTHLY, D(2017, 1, 10), D(2017, 2, 28)),
        ({"day": 25, "of": "next_period"}, Cadence.MONTHLY, D(2017, 12, 10), D(2018, 1, 25)),
        ({"day": 20, "of": "next_period"}, Cadence.QUARTERLY, D(2017, 2, 10), D(2017, 4, 20)),
        ({"day": 31, "month": 2, "of": "next_period"}, Cadence.HALF_YEARLY, D(2017, 3, 1), D(2017, 8, 31)),
        ({"day": 31, "month": 3, "of": "period"}, Cadence.YEARLY, D(2017, 6, 1), D(2017, 3, 31)),
        ({"days": 20, "after": "period_end"}, Cadence.MONTHLY, D(2017, 5, 1), D(2017, 6, 20)),
        ({"hours": 25, "after": "period_end"}, Cadence.MONTHLY, D(2017, 5, 1), D(2017, 6, 2)),
        ({"day": 3, "of": "next_period"}, Cadence.WEEKLY, D(2017, 6, 5), D(2017, 6, 14)),
        ({"date": "2017-12-31"}, Cadence.YEARLY, D(2017, 1, 1), D(2017, 12, 31)),
        ({"date": "2017-12-31"}, Cadence.YEARLY, D(2016, 1, 1), D(2016, 12, 31)),
    ],
)
def test_due_date(rule: dict, cadence: Cadence, within: D, expected: D) -> None:
    assert due_date(Due.model_validate(rule), slot_of(cadence, within), 2017) == expected


def test_working_days_skip_the_national_day_week_and_count_the_make_up_saturday() -> None:
    # 2017: 1 to 8 October are free, Saturday 30 September is worked.
    assert working_days_after(D(2017, 9, 29), 1) == D(2017, 9, 30)
    assert working_days_after(D(2017, 9, 29), 2) == D(2017, 10, 9)


def test_a_year_without_a_calendar_counts_weekends_alone() -> None:
    assert working_days_after(D(2099, 1, 2), 1) == D(2099, 1, 5)


def test_keys_and_neighbours_of_slots() -> None:
    days = [D(2017, 6, 5)] * 5
    cadences = [Cadence.WEEKLY, Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.HALF_YEARLY, Cadence.YEARLY]
    slots = [slot_of(cadence, day) for cadence, day in zip(cadences, days, strict=True)]
    assert [slot.key for slot in slots] == ["2017-W23", "2017-06", "2017-Q2", "2017-H1", "2017"]
    assert [previous(slot).key for slot in slots] == ["2017-W22", "2017-05", "2017-Q1", "2016-H2", "2016"]
    assert len(slots_between(Cadence.WEEKLY, D(2017, 1, 1), D(2017, 12, 31))) == 52
