"""What Doumen's register alone has; the rest is in test_registers.py."""

import datetime as dt

from register_truth import place

from plans.register import Cadence, CheckMode, Kind, Vague

HERE = place("doumen-2017")
BY_ID = HERE.by_id


def test_the_register_binds_from_the_campaign_s_first_day() -> None:
    assert (HERE.register.plan.first_day, HERE.register.plan.last_day) == (dt.date(2017, 6, 15), dt.date(2017, 12, 31))


def test_where_the_plan_joins_other_offices_they_cooperate() -> None:
    joined = {o.measure for o in HERE.obligations if o.cooperating}
    assert joined == {"三（一）/1", "三（一）/4", "三（二）/1"}
    assert {o.cooperating for o in HERE.obligations if o.measure in joined} == {("相关部门",)}


def test_timely_without_a_period_hangs_on_an_event() -> None:
    stated = {"2-1c", "2-1d", "2-1e", "2-1f", "3.6-5d", "5-1b"}  # yearly by name, quarterly checks, set up once
    assert {key for key in HERE.truth.vague[Vague.TIMELY] if BY_ID[key].cadence is not Cadence.ON_EVENT} == stated


def test_realtime_upkeep_of_a_list_is_not_judged_by_its_freshness() -> None:
    assert {BY_ID[key].kind for key in ("3.1-3a", "3.1-3b")} == {Kind.STANDING}
    assert BY_ID["3.1-3c"].kind is Kind.EVENT


def test_names_of_mechanisms_are_no_cadences() -> None:
    assert (BY_ID["3.2-1b"].kind, BY_ID["3.2-1b"].cadence) == (Kind.STANDING, Cadence.STANDING)  # 动态调整
    assert (BY_ID["3.6-1b"].kind, BY_ID["3.6-1b"].cadence) == (Kind.DUTY, Cadence.ONCE)  # 动态扩展机制
    assert (BY_ID["5-2"].kind, BY_ID["5-2"].vague) == (Kind.DUTY, None)  # 定期调整和定期审查机制


def test_every_automatic_pattern_is_tried_both_ways() -> None:
    automatic = {o.id for o in HERE.obligations if o.check is CheckMode.AUTOMATIC}
    assert automatic <= HERE.truth.accepted.keys() & HERE.truth.refused.keys()
