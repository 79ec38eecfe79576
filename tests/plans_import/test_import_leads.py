"""Who leads and who helps, in the ways in which plans write it."""

import pytest

from plans.reading.groups import groups_of, subject_agencies
from plans.reading.leads import looks_like_units, read_agencies


@pytest.mark.parametrize(
    ("text", "lead", "helps"),
    [
        ("市财政局", ["市财政局"], []),
        ("甲局、乙委等部门按职责分工分别牵头落实", ["甲局", "乙委"], []),
        ("由甲局牵头，会同相关部门落实", ["甲局"], ["相关部门"]),
        ("甲局牵头，各区、各部门负责落实", ["甲局"], ["各区", "各部门"]),
        ("甲局牵头、乙局配合", ["甲局"], ["乙局"]),
        ("甲局会同有关部门", ["甲局"], ["有关部门"]),
        ("宣传处会办公室", ["宣传处"], ["办公室"]),
        ("牵头单位：甲局；责任单位：乙局、丙局", ["甲局"], ["乙局", "丙局"]),
        ("责任单位:甲局 配合单位:乙局", ["甲局"], ["乙局"]),
        ("由甲局、乙局、按职责分工分别牵头落实", ["甲局", "乙局"], []),
        ("各区（功能区）、各部门", ["各区（功能区）", "各部门"], []),
        ("各市、县(市、区)教育局；各高校", ["各市、县(市、区)教育局", "各高校"], []),
        ("各乡镇、县审计局", ["各乡镇", "县审计局"], []),
        ("市国土资源和规划局、市卫生和计划生育委", ["市国土资源和规划局", "市卫生和计划生育委"], []),
        ("规划处(爱卫办)", ["规划处(爱卫办)"], []),
        ("各高等学校、市高级法院", ["各高等学校", "市高级法院"], []),
        ("執法局&&", ["執法局"], []),
    ],
)
def test_agencies(text: str, lead: list[str], helps: list[str]) -> None:
    found = read_agencies(text)
    assert (list(found.lead), list(found.cooperating)) == (lead, helps)


def test_the_last_name_of_a_list_that_is_cut_off_is_left_out() -> None:
    assert read_agencies("甲科、乙科、信用监管", cut_off=True).lead == ("甲科", "乙科")


@pytest.mark.parametrize("text", ["市财政局", "各科室", "甲局牵头，乙局配合", "党政办公室", "财政所、土管所等"])
def test_lists_of_agencies_are_recognised(text: str) -> None:
    assert looks_like_units(text)


@pytest.mark.parametrize(
    "text", ["", "加强宣传", "2.通过编办网站，做好事项公开工作。", "试行", "微博、微信", "持续推进"]
)
def test_other_texts_are_no_agencies(text: str) -> None:
    assert not looks_like_units(text)


def test_each_bracket_of_agencies_ends_a_group() -> None:
    groups = groups_of("按月公布甲。（甲局）及时公布乙（试行）。（乙局、丙局分别负责落实）继续做好丁。")
    assert [(group.text, group.agencies.lead) for group in groups] == [
        ("按月公布甲。", ("甲局",)),
        ("及时公布乙（试行）。", ("乙局", "丙局")),
        ("继续做好丁。", ()),
    ]


@pytest.mark.parametrize("aside", ["（此件公开发布）", "（微博、微信、客户端）", "（以下简称《办法》）"])
def test_other_brackets_end_nothing(aside: str) -> None:
    assert [group.named for group in groups_of(f"公布情况。{aside}再公布一次。")] == [False]


def test_labels_behind_the_text_name_agencies_and_limit() -> None:
    (group,) = groups_of("按季度公布收支。\n责任单位：甲局\n完成时限：6月底前")
    assert (group.text, group.agencies.lead, group.time) == ("按季度公布收支。", ("甲局",), "6月底前")


def test_a_limit_inside_the_bracket_is_no_agency() -> None:
    (group,) = groups_of("公布规则。（甲局牵头，乙局配合，6月底前完成）")
    assert (group.agencies.cooperating, group.time) == (("乙局",), "6月底前完成")


def test_a_list_that_is_a_sentences_subject_names_who_must_act() -> None:
    assert subject_agencies("强化培训，县甲局、县乙局等主管部门要完善目录。") == ("县甲局", "县乙局")
    assert subject_agencies("各级各部门要完善目录。") == ()
