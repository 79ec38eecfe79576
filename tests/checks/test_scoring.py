"""Points from reviewed verdicts: traced to the last hundredth, and nobody loses for what could not be judged."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.reviews import Action, Review, Reviewed, ReviewError, check_step, reviewed
from checks.scoring import AgencyScore, Scorecard, assess, moves
from checks.scoring_model import SHIPPED, ScoringModel, load_model, shipped_models
from checks.verdict import Flag, ReasonCode, Status, Verdict
from plans.load import load_file, load_register, parse
from plans.problems import PlanFileError
from plans.register import Register

MODEL = """
id: m
title: 测试
source: 测试
full: 100
themes:
  - {id: money, title: 财政, points: 60, match: {titles: ['财政']}}
  - {id: rest, title: 其他, points: 40}
credit:
  late: [{days: 7, credit: 0.8}, {credit: 0.5}]
flag_credit: {incomplete: 0.5}
grades: [{name: 优秀, from_points: 90}, {name: 合格, from_points: 60}, {name: 不合格, from_points: 0}]
"""
REGISTER = """
plan: {id: p-2017, title: 方案, place: 某市, year: 2017}
obligations:
  - {id: "1-1", measure: 一/1, title: 财政收支, lead: [甲局], kind: periodic, cadence: monthly, check: automatic}
  - {id: "1-2", measure: 一/2, title: 水质, lead: [甲局], kind: periodic, cadence: monthly, check: automatic}
"""


@pytest.fixture(scope="module")
def register() -> Register:
    return parse(REGISTER.encode(), Register, "register.yaml").value


def model(extra: str = "", base: str = MODEL) -> ScoringModel:
    return parse((base + extra).encode(), ScoringModel, "model.yaml").value


def verdict(
    status: Status = Status.ON_TIME,
    *,
    agency: str = "甲局",
    obligation: str = "1-1",
    period: str = "2017-01",
    days_late: int | None = None,
    flags: tuple[Flag, ...] = (),
) -> Verdict:
    return Verdict(
        plan="p-2017",
        obligation=obligation,
        agency=agency,
        site="s",
        period=period,
        subject=None,
        status=status,
        flags=flags,
        due=dt.date(2017, 2, 25),
        published=None,
        first_seen=None,
        days_late=days_late,
        url=None,
        title=None,
        evidence=None,
        reason_code=ReasonCode.FOUND,
        reason="",
    )


def card(register: Register, *verdicts: Verdict, of: ScoringModel | None = None) -> Scorecard:
    return assess(register, reviewed(verdicts, ()), of or model())


def only(scorecard: Scorecard) -> AgencyScore:
    (score,) = scorecard.agencies
    return score


def test_a_theme_gives_its_points_by_the_share_that_was_earned(register: Register) -> None:
    score = only(card(register, verdict(), verdict(Status.MISSING, period="2017-02"), verdict(obligation="1-2")))
    assert score.total == 70.0  # 60 x 1/2 + 40


def test_late_costs_by_its_days(register: Register) -> None:
    week = card(register, verdict(Status.LATE, days_late=7))
    month = card(register, verdict(Status.LATE, days_late=8))
    assert (only(week).total, only(month).total) == (80.0, 50.0)


def test_every_point_lost_is_named(register: Register) -> None:
    score = only(card(register, verdict(), verdict(Status.MISSING, period="2017-02"), verdict(obligation="1-2")))
    assert [(loss.key, loss.points) for loss in score.losses] == [("p-2017/1-1/甲局/2017-02", 30.0)]
    assert score.total == 100 - sum(loss.points for loss in score.losses)


def test_what_could_not_be_judged_neither_gains_nor_loses(register: Register) -> None:
    judged = [verdict(), verdict(obligation="1-2")]
    unjudged = [verdict(Status.INCONCLUSIVE, period="2017-02"), verdict(Status.MANUAL, period="2017-03")]
    assert only(card(register, *judged, *unjudged)).total == only(card(register, *judged)).total == 100.0
    assert only(card(register, *judged, *unjudged)).coverage == pytest.approx(2 / 3)


def test_points_of_a_theme_without_evidence_are_spread_over_the_others(register: Register) -> None:
    assert only(card(register, verdict())).total == 100.0
    assert only(card(register, verdict(), of=model("empty_theme: none\n"))).total == 60.0
    assert only(card(register, verdict(), of=model("empty_theme: full\n"))).total == 100.0
    half = [verdict(), verdict(Status.MISSING, period="2017-02")]
    assert only(card(register, *half, of=model("empty_theme: full\n"))).total == 70.0


def test_an_agency_with_nothing_verifiable_has_no_score_grade_or_rank(register: Register) -> None:
    score = only(card(register, verdict(Status.INCONCLUSIVE)))
    assert (score.total, score.grade, score.rank, score.coverage) == (None, None, None, 0.0)


def test_an_agency_with_nothing_due_keeps_its_line(register: Register) -> None:
    score = only(card(register, verdict(Status.NOT_DUE)))
    assert (score.total, score.coverage, score.due) == (None, None, 0)


def test_ties_share_the_rank_and_the_next_is_skipped(register: Register) -> None:
    scores = card(
        register, verdict(agency="甲局"), verdict(agency="乙局"), verdict(Status.LATE, agency="丙局", days_late=1)
    ).agencies
    assert [(s.agency, s.rank) for s in scores] == [("甲局", 1), ("乙局", 1), ("丙局", 3)]


def test_too_little_evidence_gives_points_without_a_rank(register: Register) -> None:
    verdicts = [verdict(), *(verdict(Status.INCONCLUSIVE, period=f"2017-{m:02d}") for m in range(2, 8))]
    score = only(card(register, *verdicts, of=model("least_judged: 0.2\n")))
    assert (score.total, score.rank, score.grade) == (100.0, None, None)


def test_incomplete_costs_its_factor(register: Register) -> None:
    assert only(card(register, verdict(flags=(Flag.INCOMPLETE,)))).total == 50.0


def test_a_veto_needs_a_person_where_the_model_says_so(register: Register) -> None:
    strict = model("vetoes: [{title: 伪造日期, flag: backdated, reviewed: true, cap: 59}]\n")
    forged = verdict(flags=(Flag.BACKDATED,))
    confirmed = Review(
        forged.key, Action.CONFIRM, "王", dt.datetime(2018, 1, 5, tzinfo=dt.UTC), "属实", machine=Status.ON_TIME
    )
    assert only(card(register, forged, of=strict)).total == 100.0
    score = only(assess(register, reviewed([forged], [confirmed]), strict))
    assert (score.total, score.grade, score.vetoes) == (59.0, "不合格", ("伪造日期",))


def test_deductions_stop_at_their_cap(register: Register) -> None:
    harsh = model("deductions: [{title: 迟发, each: 5, cap: 8, status: [late]}]\n")
    late = [verdict(Status.LATE, days_late=1, period=f"2017-{m:02d}") for m in range(1, 4)]
    score = only(card(register, *late, of=harsh))
    assert (score.deductions, score.total) == ((("迟发", 8.0),), 72.0)


def test_a_bonus_is_for_those_without_a_fault_and_enough_evidence(register: Register) -> None:
    kind = model("bonuses: [{title: 全部按时, points: 3, judged_share: 0.8}]\n")
    assert only(card(register, verdict(), of=kind)).total == 103.0
    assert only(card(register, verdict(), verdict(Status.INCONCLUSIVE, period="2017-02"), of=kind)).total == 100.0
    assert only(card(register, verdict(flags=(Flag.INCOMPLETE,)), of=kind)).total == 50.0


def test_scores_use_the_reviewed_verdict_and_keep_the_machine_s(register: Register) -> None:
    machine = verdict(Status.MISSING)
    at = dt.datetime(2018, 1, 5, tzinfo=dt.UTC)
    steps = [
        Review(machine.key, Action.APPEAL, "甲局", at, "已在纸质公报公开", machine=Status.MISSING),
        Review(
            machine.key,
            Action.GRANT,
            "王",
            at + dt.timedelta(days=1),
            "核实公报",
            machine=Status.MISSING,
            status=Status.ON_TIME,
        ),
    ]
    (item,) = reviewed([machine], steps)
    assert (item.status, item.verdict.status, item.is_contested) == (Status.ON_TIME, Status.MISSING, False)
    assert only(assess(register, [item], model())).total == 100.0
    (pending,) = reviewed([machine], steps[:1])
    assert (pending.status, pending.is_contested) == (Status.MISSING, True)
    assert only(assess(register, [pending], model())).contested == 1


def test_a_review_of_another_machine_verdict_is_shown_as_outdated() -> None:
    at = dt.datetime(2018, 1, 5, tzinfo=dt.UTC)
    seen = Review(verdict().key, Action.CONFIRM, "王", at, "无误", machine=Status.OVERDUE)
    (item,) = reviewed([verdict(Status.MISSING)], [seen])
    assert (item.is_confirmed, item.is_outdated) == (False, True)


@pytest.mark.parametrize(
    ("action", "status", "said"),
    [
        (Action.OVERRIDE, None, "改判"),
        (Action.CONFIRM, Status.ON_TIME, "改判"),
        (Action.GRANT, Status.ON_TIME, "申诉"),
        (Action.DISMISS, None, "申诉"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(action: Action, status: Status | None, said: str) -> None:
    step = Review("k", action, "王", dt.datetime(2018, 1, 5, tzinfo=dt.UTC), "理由", Status.MISSING, status)
    with pytest.raises(ReviewError, match=said):
        check_step(step, ())


def test_what_if_names_who_moves(register: Register) -> None:
    verdicts = [
        verdict(agency="甲局"),
        verdict(Status.MISSING, agency="甲局", obligation="1-2"),
        verdict(Status.MISSING, agency="乙局"),
        verdict(agency="乙局", obligation="1-2"),
    ]
    swapped = model(base=MODEL.replace("points: 60", "points: 30").replace("points: 40", "points: 70"))
    found = moves(card(register, *verdicts), card(register, *verdicts, of=swapped))
    assert [(m.agency, m.before.rank, m.after.rank) for m in found] == [("乙局", 2, 1), ("甲局", 1, 2)]


def test_weights_that_do_not_add_up_are_refused_with_line_and_sum() -> None:
    with pytest.raises(PlanFileError, match=r"90.*100") as error:
        model(base=MODEL.replace("points: 40", "points: 30"))
    assert "model.yaml" in str(error.value)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("late: [{days: 7, credit: 0.8}]", "late"),
        ("late: [{days: 9, credit: 0.8}, {days: 7, credit: 0.5}, {credit: 0.1}]", "late"),
    ],
)
def test_steps_of_lateness_must_rise_and_end_open(wrong: str, said: str) -> None:
    with pytest.raises(PlanFileError, match=said):
        model(base=MODEL.replace("late: [{days: 7, credit: 0.8}, {credit: 0.5}]", wrong))


@pytest.mark.parametrize("name", shipped_models())
def test_shipped_models_hold_and_place_every_obligation_of_the_shipped_registers(name: str) -> None:
    shipped = load_model(name)
    assert shipped.id == name
    for path in sorted((SHIPPED.parents[1] / "plans" / "registers").glob("*-2017.yaml")):
        assert card(load_register(path), of=shipped).unplaced == ()


def test_three_models_are_shipped_and_a_file_is_read_by_its_path() -> None:
    assert len(shipped_models()) >= 3
    assert load_model(SHIPPED / "departments-2018.yaml") == load_model("departments-2018")
    assert load_file(SHIPPED / "departments-2018.yaml", ScoringModel).value.full == 100


statuses = st.sampled_from(list(Status))


@given(st.lists(st.tuples(statuses, st.integers(1, 60), st.sampled_from(["1-1", "1-2"])), min_size=1, max_size=24))
def test_points_and_losses_make_up_the_whole(drawn: list[tuple[Status, int, str]]) -> None:
    register = parse(REGISTER.encode(), Register, "register.yaml").value
    verdicts = [
        verdict(status, obligation=which, period=f"2017-{i:02d}", days_late=days if status is Status.LATE else None)
        for i, (status, days, which) in enumerate(drawn)
    ]
    score = only(card(register, *verdicts))
    if score.total is None:
        assert not score.losses
    else:
        assert score.total == pytest.approx(100 - sum(loss.points for loss in score.losses), abs=0.01)
        assert 0 <= score.total <= 100


@given(st.lists(statuses, min_size=1, max_size=12), st.integers(0, 11))
def test_a_better_verdict_never_lowers_the_score(drawn: list[Status], which: int) -> None:
    register = parse(REGISTER.encode(), Register, "register.yaml").value
    verdicts = [verdict(s, period=f"2017-{i:02d}", days_late=3) for i, s in enumerate(drawn)]
    better = list(verdicts)
    index = which % len(drawn)
    if verdicts[index].status in (Status.LATE, Status.MISSING, Status.OVERDUE):
        better[index] = dataclasses.replace(verdicts[index], status=Status.ON_TIME)
    before, after = only(card(register, *verdicts)).total, only(card(register, *better)).total
    assert before is None or (after is not None and after >= before)


def test_reviewed_keeps_the_order_of_the_verdicts() -> None:
    verdicts = [verdict(period=f"2017-{m:02d}") for m in (3, 1, 2)]
    assert [item.verdict for item in reviewed(verdicts, ())] == verdicts
    assert all(isinstance(item, Reviewed) for item in reviewed(verdicts, ()))
