"""No document, however broken, makes the importer crash or hang."""

import re

import importing_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.reading import PlanImportError, import_plan, to_json_lines, to_register_yaml

FRAGMENTS = st.sampled_from(
    re.split(
        "~",
        "一、~（一）~1.~2．~(3)~①~|~||~。~；~，~（~）~《~》~“~”~工作任务~具体措施~牵头单位~完成时限~市财政局~各区、各部门~"
        "每月25日前~10个工作日内~年底前~2021年13月40日前~及时~定期~动态更新~公开信息~责任单位：~配合单位：~完成时限：~"
        "等部门~牵头~按职责分工~**粗**~#~<td>~<br>~99999999999999~00月00日前~0个工作日内~第四季度末~\t~\n~\n\n~\u3000~\x00",
    )
)
TEXTS = st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=60).map("".join)
NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.xlsx", "a.pdf", "", "a\x00b"])
calm = settings(deadline=None, derandomize=True, max_examples=150)


def survives(body: bytes, name: str) -> None:
    said = ""
    try:
        plan = import_plan(body, name, "某市", 2021)
    except PlanImportError as error:
        said = error.zh + error.en
    else:
        assert plan.measures
        assert all(line["obligations"] for line in to_json_lines(plan))
        assert to_register_yaml(plan)
    assert "\n" not in said


@calm
@given(TEXTS, NAMES)
def test_any_text(text: str, name: str) -> None:
    survives(("某市2021年政务公开工作要点\n" + text).encode(errors="replace"), name)


@calm
@given(st.binary(max_size=400), NAMES)
def test_any_bytes(body: bytes, name: str) -> None:
    survives(body, name)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    st.sampled_from(
        [("a.docx", samples.word()), ("a.xlsx", samples.workbook()), ("a.pdf", samples.pdf(["一、公开甲。"]))]
    ),
    st.data(),
)
def test_broken_office_files(sample: tuple[str, bytes], data: st.DataObject) -> None:
    name, body = sample
    at = data.draw(st.integers(0, len(body) - 1))
    patch = data.draw(st.binary(min_size=1, max_size=8))
    survives(body[:at] + patch + body[at + len(patch) :], name)
    survives(body[:at], name)


@pytest.mark.parametrize(
    "text",
    [
        "一、公开\n1." + "公开（市财政局）" * 20_000,
        "一、公开\n1." + "（" * 100_000,
        "一、公开\n1." + "《" * 100_000,
        "每月公开信息和其他没有句号的文字然后，\n" * 9_000,
        "".join(f"（{i}）" for i in range(30_000)),
        "|工作任务|具体措施|牵头单位|\n" + "|".join(["每月公开"] * 100_000),
        "工作任务\t具体措施\t牵头单位\n一、甲\t" + "".join(f"{i}.公开乙。" for i in range(1, 20_000)) + "\t市财政局",
    ],
    ids=["brackets", "open brackets", "open titles", "no end", "numbers", "wide row", "one cell"],
)
def test_patterns_that_once_took_long(text: str) -> None:
    survives(("某市2021年政务公开工作要点\n" + text).encode(), "a.txt")
