"""What is no plan gets one clear line, and nothing is half-written."""

from pathlib import Path

import importing_samples as samples
import pytest

from plans.reading import PlanImportError, import_plan, write_review

SPEECH = "一、提高认识\n同志们，形势很好。\n二、狠抓落实\n大家努力。\n三、加强领导\n完。\n"


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("a.txt", b"", "空"),
        ("a.txt", b" \n\t\r\n", "空"),
        ("a.txt", "今天天气很好。".encode(), "没有找到具体措施"),
        ("a.txt", SPEECH.encode(), "不是"),
        ("a.txt", bytes(range(256)) * 40, "不是文字"),
        ("a.txt", b"a\tb\tc\n" * 9_000_000, "过大"),
        ("a.xlsx", b"x" * 100, "不是有效的 .xlsx"),
        ("a.docx", b"PK\x03\x04broken", "损坏"),
        ("a.docx", samples.zip_of({"hello.txt": b"hello"}), "不是 docx"),
        ("a.xlsx", samples.zip_of({"xl/workbook.xml": b"<x/>"}), "不是 xlsx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "密码"),
        ("a.pdf", b"%PDF-1.7\nnothing", "PDF"),
        ("a.pdf", samples.pdf([]), "扫描"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("a.html", b"<html><body></body></html>", "没有文字"),
        ("a.html", b"<div>" * 100_000, "没有文字"),
    ],
)
def test_bad_input_has_one_clear_line(name: str, body: bytes, says: str) -> None:
    with pytest.raises(PlanImportError) as caught:
        import_plan(body, name)
    assert says in str(caught.value)
    assert "\n" not in caught.value.zh + caught.value.en


def test_a_table_of_a_database_is_refused() -> None:
    rows = "工作任务\t具体措施\t牵头单位\n" + "一、甲\t1.公开乙。\t丙局\n" * 30_000
    with pytest.raises(PlanImportError, match="过多"):
        import_plan(rows.encode(), "a.txt")


def test_a_review_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    plan = import_plan(samples.tab_rows().encode(), "a.txt")
    with pytest.raises(PlanImportError, match="无法写入"):
        write_review(plan, tmp_path / "no such folder" / "a.xlsx")
    with pytest.raises(PlanImportError, match="xlsx"):
        write_review(plan, tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []
