"""Import, review sheet, edits, apply, lint: the round trip."""

from pathlib import Path

import importing_samples as samples
import pytest
from openpyxl import load_workbook

from plans.lint import lint_file
from plans.load import load_register
from plans.reading import ImportedPlan, PlanImportError, apply_review, import_plan, to_register_yaml, write_review
from plans.register import CheckMode, Kind

HEADS = {"编号": 1, "疑点": 3, "措施原文": 4, "事项": 5, "牵头单位": 6, "期限": 11, "标题模式": 13, "处理": 19}


@pytest.fixture
def plan() -> ImportedPlan:
    return import_plan(samples.tab_rows().encode(), "plan.txt")


@pytest.fixture
def register(plan: ImportedPlan, tmp_path: Path) -> Path:
    path = tmp_path / "register.yaml"
    path.write_text(to_register_yaml(plan), encoding="utf-8")
    return path


@pytest.fixture
def sheet(plan: ImportedPlan, tmp_path: Path) -> Path:
    path = tmp_path / "review.xlsx"
    write_review(plan, path)
    return path


def edit(sheet: Path, row: int, head: str, value: str) -> None:
    book = load_workbook(sheet)
    book["核对"].cell(row, HEADS[head]).value = value
    book.save(sheet)


def test_the_draft_is_a_register(register: Path) -> None:
    found = load_register(register)
    assert [one.id for one in found.obligations] == ["1-1", "1-2a", "1-2b", "1-3", "2-1"]
    monthly = found.obligations[1]
    assert (monthly.kind, monthly.measure, monthly.lead) == (Kind.PERIODIC, "一/2", ("市甲局",))
    assert monthly.due is not None
    assert (monthly.due.day, monthly.due.of) == (25, "next_period")
    assert found.obligations[4].evidence.min_rows == 11
    assert found.obligations[4].check is CheckMode.AUTOMATIC
    assert lint_file(register).errors == ()


def test_a_register_needs_place_and_year() -> None:
    plan = import_plan(samples.tab_rows().replace("某市2021年", "").encode(), "plan.txt")
    with pytest.raises(PlanImportError, match="--year"):
        to_register_yaml(plan)


def test_a_sheet_without_edits_changes_nothing(register: Path, sheet: Path) -> None:
    assert apply_review(register, sheet) == register.read_text(encoding="utf-8")


def test_two_edits_reach_the_register(register: Path, sheet: Path) -> None:
    edit(sheet, 2, "事项", "一般公共预算收支")
    edit(sheet, 3, "期限", "working_days 10 after period_end")
    register.write_text(apply_review(register, sheet), encoding="utf-8")
    found = load_register(register)
    assert found.obligations[0].title == "一般公共预算收支"
    assert found.obligations[1].due is not None
    assert found.obligations[1].due.working_days == 10
    assert lint_file(register).errors == ()


def test_comments_and_later_edits_of_the_register_stay(register: Path, sheet: Path) -> None:
    text = register.read_text(encoding="utf-8").replace("obligations:", "obligations:  # 已核对前两条")
    register.write_text(text.replace("市乙局", "市审计局"), encoding="utf-8")
    edit(sheet, 2, "牵头单位", "市甲局、市戊局")
    applied = apply_review(register, sheet)
    assert "# 已核对前两条" in applied
    assert "市审计局" in applied
    assert "市戊局" in applied


def test_an_edit_against_another_is_reported_by_row(register: Path, sheet: Path) -> None:
    before = register.read_text(encoding="utf-8").replace("市乙局", "市审计局")
    register.write_text(before, encoding="utf-8")
    edit(sheet, 5, "牵头单位", "市丁局")
    with pytest.raises(PlanImportError, match=r"第 5 行（1-3）牵头单位"):
        apply_review(register, sheet)
    assert register.read_text(encoding="utf-8") == before


def test_a_row_can_drop_its_obligation(register: Path, sheet: Path) -> None:
    edit(sheet, 5, "处理", "删除")
    assert "id: 1-3" not in apply_review(register, sheet)


@pytest.mark.parametrize(
    ("head", "value", "says"),
    [
        ("期限", "day 40 of next_period", "不合格式"),
        ("期限", "soon", "第 2 行"),
        ("标题模式", "(a+)+", "不合格式"),
        ("编号", "9-9", "没有编号 9-9"),
    ],
)
def test_a_wrong_edit_is_refused(register: Path, sheet: Path, head: str, value: str, says: str) -> None:
    edit(sheet, 2, head, value)
    with pytest.raises(PlanImportError, match=says):
        apply_review(register, sheet)


def test_another_workbook_is_no_review_sheet(register: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(samples.workbook())
    with pytest.raises(PlanImportError, match="核对表"):
        apply_review(register, other)
    with pytest.raises(PlanImportError, match="核对表"):
        apply_review(register, register)


def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    text = samples.tab_rows().replace("按月公开收支", "=1+1按月公开收支")
    write_review(import_plan(text.encode(), "a.txt"), tmp_path / "a.xlsx")
    cell = load_workbook(tmp_path / "a.xlsx")["核对"].cell(2, HEADS["措施原文"])
    assert (cell.data_type, cell.value) == ("s", "=1+1按月公开收支。")


def test_the_page_shows_text_and_doubts_and_runs_nothing(tmp_path: Path) -> None:
    text = samples.tab_rows().replace("收支", "收支<script>alert(1)</script>")
    write_review(import_plan(text.encode(), "a.txt"), tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "class=doubt" in page
    assert "条款没有编号" in page
