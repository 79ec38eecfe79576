"""What Zhuhai's register alone has; the rest is in test_registers.py."""

import re

import pytest
from register_truth import place

from plans.register import Kind

HERE = place("zhuhai-2017")
BY_ID = HERE.by_id

needs_seed = pytest.mark.skipif(not HERE.seed.is_file(), reason="the plan itself is not here")


def test_the_mark_on_repealed_originals_is_a_label() -> None:
    assert BY_ID["5-8b"].kind is Kind.LABEL
    assert BY_ID["5-8b"].evidence.columns


def test_required_parts_are_those_that_the_plan_names() -> None:
    assert BY_ID["1-3"].evidence.covers == ("全市", "香洲区", "金湾区", "斗门区")
    assert BY_ID["5-6a"].evidence.fields == ("抽查依据", "抽查主体", "抽查内容", "抽查方式")
    assert BY_ID["13-2a"].evidence.min_rows == 7


@needs_seed
def test_every_lead_is_a_cell_of_the_plan() -> None:
    cells = {line.strip() for line in HERE.seed.read_text(encoding="utf-8").splitlines()}
    assert {lead for o in HERE.obligations for lead in o.lead} <= cells


@needs_seed
def test_every_lead_of_the_plan_has_an_obligation() -> None:
    lines = [line.strip() for line in HERE.seed.read_text(encoding="utf-8").splitlines()]
    cells = {line for line in lines if re.fullmatch(r"市\S{1,9}[局办委心]|各区（功能区）、各部门", line)}
    assert cells == {lead for o in HERE.obligations for lead in o.lead}
