"""One document, five forms, the same rows; nothing from a portal becomes markup, a formula or a link of its own."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from docx import Document as WordDocument
from lxml import html
from openpyxl import load_workbook

from checks.verdict import Status
from reports.document import Chart, Column, Document, Kind, Section, Table, to_json
from reports.forms import write_forms
from reports.html_form import to_html

EVIL = '=HYPERLINK("http://x")<script>alert(1)</script>'
COLUMNS = (
    Column("agency", "单位"),
    Column("title", "标题"),
    Column("status", "判定", Kind.STATUS),
    Column("due", "应公开日期", Kind.DATE),
    Column("points", "分", Kind.POINTS),
    Column("share", "比例", Kind.SHARE),
    Column("url", "网址", Kind.LINK),
)
ROWS = (
    ("市财政局", EVIL, Status.MISSING, dt.date(2017, 3, 1), 12.5, 0.333, "http://czj.example/a?b=1&c=2"),
    ("市环保局", None, Status.ON_TIME, None, None, None, "javascript:alert(1)"),
)


def document(rows: tuple[tuple[object, ...], ...] = ROWS) -> Document:
    table = Table("items", "明细: [2017/全部]", COLUMNS, rows)  # type: ignore[arg-type]
    chart = Chart("c", "图", "各单位得分", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>')
    sections = (Section("s", "一、总体情况", ("说明。",), ("第一点",), (chart,), (table,)),)
    return Document("scorecard", "考评结果", "zh-Hans", (("截止日", "2017-12-31"),), sections, (("model", "m"),))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    write_forms(document(), folder, "card")
    return folder


def test_every_form_has_every_row_those_without_data_too(written: Path) -> None:
    page = html.fromstring((written / "card.html").read_bytes())
    assert len(page.xpath("//table[@id='t-items']/tbody/tr")) == len(ROWS)
    sheet = load_workbook(written / "card.xlsx")["明细   2017 全部"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["市财政局", "市环保局"]
    word = WordDocument(str(written / "card.docx")).tables[0]
    assert [row.cells[0].text for row in word.rows] == ["单位", "市财政局", "市环保局"]
    rows = list(csv.reader(io.StringIO((written / "card-items.csv").read_bytes().decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["单位", "市财政局", "市环保局"]
    kept = json.loads((written / "card.json").read_text("utf-8"))["tables"]["items"]
    assert [row["due"] for row in kept] == ["2017-03-01", None]


def test_json_says_its_schema_and_criteria() -> None:
    content = json.loads(to_json(document()))
    assert content["schema"] == "gongkai-report/1"
    assert content["criteria"] == [["model", "m"]]
    assert content["tables"]["items"][0]["status"] == "missing"


def test_a_hostile_title_stays_text_in_every_form(written: Path) -> None:
    page = html.fromstring((written / "card.html").read_bytes())
    assert EVIL in page.xpath("string(//table[@id='t-items'])")
    assert "javascript:alert(1)" not in page.xpath("//a/@href")
    cell = load_workbook(written / "card.xlsx")["明细   2017 全部"]["B2"]
    assert (cell.value, cell.data_type) == (EVIL, "s")
    assert "'=HYPERLINK" in (written / "card-items.csv").read_text("utf-8-sig")


def test_a_workbook_is_ready_to_be_worked_with(written: Path) -> None:
    sheet = load_workbook(written / "card.xlsx")["明细   2017 全部"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:G3"
    assert sheet["D2"].value == dt.datetime(2017, 3, 1)
    assert (sheet["F2"].value, sheet["F2"].number_format) == (0.333, "0.0%")
    assert sheet.conditional_formatting


def test_what_is_not_known_is_a_dash_and_no_zero(written: Path) -> None:
    page = html.fromstring((written / "card.html").read_bytes())
    cells = [cell.text_content().strip() for cell in page.xpath("//tbody/tr[2]/td")]
    assert cells[3:6] == ["—", "—", "—"]


def test_a_status_is_said_in_words_beside_its_colour(written: Path) -> None:
    page = html.fromstring((written / "card.html").read_bytes())
    assert "未公开" in page.xpath("string(//tbody/tr[1]/td[3])")


def test_an_empty_table_says_so_in_every_form(tmp_path: Path) -> None:
    write_forms(document(()), tmp_path, "card")
    assert "无" in html.fromstring((tmp_path / "card.html").read_bytes()).xpath("string(//tbody)")
    assert WordDocument(str(tmp_path / "card.docx")).tables[0].rows[1].cells[0].text == "无"
    assert load_workbook(tmp_path / "card.xlsx")["明细   2017 全部"]["A2"].value == "无"


def test_the_page_asks_for_nothing_from_outside() -> None:
    page = html.fromstring(to_html(document()))
    sources = page.xpath("//@src")
    assert all(source.startswith("data:") for source in sources)
    assert "default-src 'none'" in page.xpath("string(//meta[@http-equiv]/@content)")
    assert not page.xpath("//*[@style]")


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_forms(document(), tmp_path / name, "card")
    for path in (tmp_path / "one").iterdir():
        if path.suffix != ".docx":  # a zip of python-docx bears the hour
            assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_row_of_another_width_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="items"):
        document((("市财政局",),))
