"""Which register an agency checks itself against where it names none."""

import pytest

from gongkai.arguments import InputError
from gongkai.selfchecking import task_for
from plans.sites import Level

NOWHERE = "http://127.0.0.1:9/"


def plan(agency: str, url: str = NOWHERE) -> str:
    return task_for(agency, url, None, Level.DEPARTMENT).register.plan.id


@pytest.mark.parametrize(
    ("agency", "url", "expected"),
    [
        ("区卫生计生局", NOWHERE, "nansha-2017"),
        ("珠海市财政局", NOWHERE, "zhuhai-2017"),  # several plans name a 市财政局: its own name says which is meant
        ("市财政局", "http://www.zhuhai.gov.cn/", "zhuhai-2017"),  # and so does the portal's host
    ],
)
def test_the_shipped_register_that_names_the_agency(agency: str, url: str, expected: str) -> None:
    assert plan(agency, url) == expected


def test_several_registers_are_named_for_the_user_to_choose() -> None:
    with pytest.raises(InputError, match=r"guangyuan-2017、zhuhai-2017.*--register"):
        plan("市财政局")


@pytest.mark.parametrize("agency", ["市财正局", "北京市公安局"])
def test_a_mistyped_or_foreign_agency_is_not_one_of_all_departments(agency: str) -> None:
    with pytest.raises(InputError, match="都没有单列"):
        plan(agency)
