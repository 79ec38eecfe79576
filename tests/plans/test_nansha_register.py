"""What Nansha's register alone has; the rest is in test_registers.py."""

from register_truth import place

from plans.register import CheckMode, Kind

HERE = place("nansha-2017")
BY_ID = HERE.by_id


def test_the_mark_on_a_repealed_original_is_a_label_that_the_legal_office_leads() -> None:
    label = BY_ID["5-6b"]
    assert (label.kind, label.lead, label.cooperating) == (Kind.LABEL, ("区法制办",), ("各镇（街）、各部门",))


def test_nobody_is_accused_by_a_machine_where_the_lead_itself_is_doubtful() -> None:
    assert {BY_ID[name].check for name in ("14-2a", "14-2b")} == {CheckMode.ASSISTED}
