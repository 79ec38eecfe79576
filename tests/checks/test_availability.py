"""The official rule: a week, twenty tries a day, fifteen seconds, five per cent."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from checks.availability import DAYS, TRIES_A_DAY, Availability, Reach, Try, availability

START = dt.datetime(2017, 6, 5, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
END = dt.date(2017, 6, 30)


def week(failing: int = 0, *, days: int = DAYS, each: int = TRIES_A_DAY) -> list[Try]:
    moments = [START + dt.timedelta(days=d, hours=n) for d in range(days) for n in range(each)]
    return [Try(at, i >= failing) for i, at in enumerate(moments)]


def judged(tries: list[Try]) -> Availability:
    return availability(tries, END)


def test_five_per_cent_of_a_full_week_fails_the_site_and_less_does_not() -> None:
    assert judged(week(7)).reach is Reach.UNREACHABLE  # 7 of 140
    assert judged(week(6)).reach is Reach.REACHABLE


def test_a_few_tries_on_one_day_say_nothing() -> None:
    assert judged(week(0, days=1, each=3)).reach is Reach.UNCLEAR
    assert judged(week(3, days=1, each=3)).reach is Reach.UNCLEAR
    assert judged([]).reach is Reach.UNCLEAR


def test_failures_that_no_later_try_can_outweigh_fail_before_the_week_is_full() -> None:
    assert judged(week(20, days=1)).reach is Reach.UNREACHABLE


def test_tries_without_a_network_of_our_own_count_neither_way() -> None:
    ours = [Try(t.at, is_open=False, own_network=False) for t in week(0, days=2)]
    found = judged([*week(6), *ours])
    assert (found.reach, found.tries) == (Reach.REACHABLE, 140)


def test_the_last_seven_days_are_the_week() -> None:
    old = [Try(START - dt.timedelta(days=9, hours=-n), is_open=False) for n in range(20)]
    assert judged([*old, *week(0)]).failed == 0


def test_what_was_tried_after_the_day_of_judgement_does_not_count() -> None:
    assert availability(week(140), dt.date(2017, 6, 4)).tries == 0


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 23), st.booleans()), max_size=200))
def test_a_further_open_try_never_makes_a_site_unreachable(drawn: list[tuple[int, int, bool]]) -> None:
    tries = [Try(START + dt.timedelta(days=d, hours=h), is_open) for d, h, is_open in drawn]
    if not tries:
        return
    last = max(t.at for t in tries)
    more = [*tries, Try(last, is_open=True)]
    if judged(tries).reach is not Reach.UNREACHABLE:
        assert judged(more).reach is not Reach.UNREACHABLE
