"""A drawn sample can be drawn again by anybody, takes the failed with it, and leaves nobody out for a year."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.sampling import Past, SamplingError, Unit, Why, draw, frame_digest, rounds_left


def unit(number: int, level: str = "department") -> Unit:
    return Unit(f"s{number:02d}", f"网站{number}", f"单位{number}", level, f"http://s{number}.example/")


FRAME = [*(unit(n) for n in range(10)), *(unit(n, "district") for n in range(10, 14)), unit(14, "portal")]


def ids(sample: object) -> list[str]:
    return [drawn.unit.id for drawn in sample.units]  # type: ignore[attr-defined]


def test_the_same_seed_draws_the_same_and_another_another() -> None:
    assert ids(draw(FRAME, "2017-06", "a")) == ids(draw(FRAME, "2017-06", "a"))
    assert ids(draw(FRAME, "2017-06", "a")) != ids(draw(FRAME, "2017-06", "b"))


def test_a_lot_can_be_checked_with_sha256sum() -> None:
    drawn = draw(FRAME, "2017-06", "a").units[0]
    assert drawn.lot == hashlib.sha256(f"a/2017-06/{drawn.unit.id}".encode()).hexdigest()


def test_each_stratum_gives_its_share_rounded_up() -> None:
    strata = {s.level: (s.size, s.drawn) for s in draw(FRAME, "2017-06", "a").strata}
    assert strata == {"department": (10, 3), "district": (4, 2), "portal": (1, 1)}


def test_the_order_of_the_frame_does_not_matter() -> None:
    assert sorted(ids(draw(FRAME, "2017-06", "a"))) == sorted(ids(draw(FRAME[::-1], "2017-06", "a")))
    assert frame_digest(FRAME) == frame_digest(FRAME[::-1])


def test_one_site_more_changes_the_digest() -> None:
    assert frame_digest(FRAME) != frame_digest(FRAME[:-1])


def test_who_failed_last_time_is_checked_again() -> None:
    last = Past("2017-05", frozenset({"s03", "s12"}), frozenset({"s03", "s12"}))
    older = Past("2017-04", frozenset({"s05"}), frozenset({"s05"}))
    why = {d.unit.id: d.why for d in draw(FRAME, "2017-06", "a", past=[last, older]).units}
    assert why["s03"] is why["s12"] is Why.FAILED
    assert why.get("s05") is not Why.FAILED


def test_in_december_all_who_had_no_turn_this_year_are_checked() -> None:
    past = [Past("2017-11", frozenset({"s00", "s10", "s14"}), frozenset())]
    assert set(ids(draw(FRAME, "2017-12", "a", past=past))) >= {u.id for u in FRAME} - {"s00", "s10", "s14"}
    another_year = [Past("2016-12", frozenset(u.id for u in FRAME), frozenset())]
    assert len(ids(draw(FRAME, "2017-12", "a", past=another_year))) == len(FRAME)


@pytest.mark.parametrize(("round_", "left"), [("2017-01", 12), ("2017-12", 1), ("2017-Q1", 4), ("2017-Q4", 1)])
def test_rounds_left_of_the_year(round_: str, left: int) -> None:
    assert rounds_left(round_) == left


@pytest.mark.parametrize(
    ("frame", "round_", "share", "said"),
    [
        ([], "2017-06", 0.3, "空"),
        (FRAME, "2017-13", 0.3, "2017-06"),
        (FRAME, "June", 0.3, "2017-06"),
        (FRAME, "2017-06", 0, "比例"),
        (FRAME, "2017-06", 1.2, "比例"),
        ([unit(1), unit(1)], "2017-06", 0.3, "重复"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_line(frame: list[Unit], round_: str, share: float, said: str) -> None:
    with pytest.raises(SamplingError, match=said):
        draw(frame, round_, "a", share)


@given(st.text(max_size=20), st.integers(1, 40), st.floats(0.05, 1))
def test_within_a_year_of_rounds_everybody_has_a_turn(seed: str, size: int, share: float) -> None:
    frame = [unit(n) for n in range(size)]
    past: list[Past] = []
    for month in range(1, 13):
        sample = draw(frame, f"2017-{month:02d}", seed, share, past)
        assert len(sample.units) >= share * size
        past.append(Past(sample.round, frozenset(ids(sample)), frozenset()))
    assert {site for p in past for site in p.sites} == {u.id for u in frame}


def test_a_group_of_one_is_always_drawn() -> None:
    assert "s14" in ids(draw(FRAME, "2017-06", "a"))
