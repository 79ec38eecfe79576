"""Titles of instalments: the register's own patterns must know them."""

import re

import pytest

from plans.register import Cadence, Register
from simulator.due import slot_of
from simulator.publishing import unsupported
from simulator.titles import fill, namings, recognised, sample


@pytest.mark.parametrize(
    "pattern",
    ["一般公共预算.*(收支|执行|完成)", "水质(状况|情况)", r"第\d+批.{2,4}名单", "[三四]公(?:经费)?", "黑名单|曝光台"],
)
def test_a_sample_matches_its_pattern(pattern: str) -> None:
    assert re.search(pattern, sample(pattern))


def test_every_way_to_call_an_instalment_is_recognised(register: Register) -> None:
    for obligation in register.obligations:
        if unsupported(obligation) is None and obligation.cadence:
            slot = slot_of(obligation.cadence, register.plan.first_day)
            found = list(namings(obligation, register.plan.place, slot))
            assert found, obligation.id
            for naming in found:
                for template in (*naming.heads, *naming.cumulative, *naming.no_year, *naming.merged):
                    assert recognised(obligation, fill(template, naming.place, naming.what, slot))


def test_an_unknown_theme_uses_the_obligations_own_title(register: Register) -> None:
    obligation = next(o for o in register.obligations if o.id == "2-4")
    naming = next(namings(obligation, "临海市", slot_of(Cadence.QUARTERLY, register.plan.first_day)))
    assert "公共资源交易统计" in naming.what
