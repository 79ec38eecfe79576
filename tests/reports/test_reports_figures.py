"""Counts, their denominators and their percentages."""

from audit_sample import sample, verdict
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.verdict import Flag, Status
from reports.figures import figures, percent, tally

statuses = st.lists(st.sampled_from(Status), max_size=60)


@given(statuses)
@settings(derandomize=True, deadline=None)
def test_denominators_add_up(given_statuses):
    counted = tally(verdict(status=status) for status in given_statuses)
    assert counted.total == len(given_statuses)
    assert counted.due == counted.total - counted.not_due - counted.manual
    assert counted.judged == counted.on_time + counted.problems
    assert counted.due == counted.judged + counted.inconclusive


def test_groups_add_up_to_the_whole():
    counts = figures(sample().verdicts)
    for groups in (counts.by_agency, counts.by_obligation):
        assert sum(group.total for group in groups.values()) == counts.overall.total
    assert sum(month.due for month in counts.by_month.values()) == counts.overall.due
    assert list(counts.by_month) == sorted(counts.by_month)


def test_nothing_judged_has_no_rate():
    assert figures(()).overall.on_time_rate is None
    assert tally([verdict(status=Status.INCONCLUSIVE)]).on_time_rate is None
    assert tally([verdict(status=Status.ON_TIME)]).on_time_rate == 1.0


def test_every_flag_is_counted_even_if_nobody_bears_it():
    counts = figures([verdict(flags=(Flag.BACKDATED, Flag.BATCH)), verdict(flags=(Flag.BATCH,))])
    assert counts.flags[Flag.BATCH] == 2
    assert counts.flags[Flag.REMOVED] == 0


def test_percent_never_rounds_to_all_or_nothing():
    assert percent(91, 112) == "81.3%"
    assert percent(9999, 10000) == "99.9%"
    assert percent(1, 10000) == "0.1%"
    assert percent(5, 5) == "100.0%"
    assert percent(0, 5) == "0.0%"
    assert percent(0, 0) is None
