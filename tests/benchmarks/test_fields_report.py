"""The report by family and field: shares and named misses, on labelled pages of its own."""

import json
from pathlib import Path

import pytest

from benchmarks.fields import Reading, misses, readings, table

LIST = """<html><body><ul><li><a href="201706/t20170621_1.html">2017年5月财政收支情况</a><span>2017-06-21</span></li>
<li><a href="201705/t20170523_2.html">2017年4月财政收支情况</a><span>2017-05-23</span></li>
<li><a href="201704/t20170420_3.html">2017年3月财政收支情况</a><span>2017-04-20</span></li></ul>
<script>createPageHTML(3, 0, "index", "html");</script></body></html>"""
LABEL = {
    "id": "900",
    "url": "http://www.example.gov.cn/zwgk/czsz/",
    "cms_family": "trs_wcm(old)",
    "kind": "list",
    "n_list_items": 3,
    "list_first": {"title": "2017年5月财政收支情况", "url": "201706/t20170621_1.html", "date": "2017-06-21"},
    "next_page_url": "index_1.html",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "900.html").write_text(LIST, encoding="utf-8")
    (tmp_path / "pingtan").mkdir()
    for name in ("articles", "items"):
        (tmp_path / "pingtan" / f"{name}.jsonl").write_text("", encoding="utf-8")
    return tmp_path


def read(folder: Path, **changed: object) -> list[Reading]:
    (folder / "pages.jsonl").write_text(json.dumps({**LABEL, **changed}) + "\n", encoding="utf-8")
    return list(readings(folder))


def test_every_labelled_field_is_counted_under_its_family(folder: Path) -> None:
    found = read(folder)
    assert {reading.field for reading in found} == {"kind", "rows", "row title", "row url", "row date", "next"}
    assert {reading.family for reading in found} == {"trs_wcm"}
    assert list(misses(found)) == []
    assert [line.split()[0] for line in table(found)][1:] == ["trs_wcm", "all"]


def test_each_miss_is_named_with_what_was_read_and_what_is_labelled(folder: Path) -> None:
    found = read(folder, n_list_items=4, next_page_url="index_2.html")
    assert list(misses(found)) == [
        "  trs_wcm 900 rows: 3 rows, labelled 4",
        "  trs_wcm 900 next: http://www.example.gov.cn/zwgk/czsz/index_1.html, "
        "labelled http://www.example.gov.cn/zwgk/czsz/index_2.html",
    ]


def test_a_page_taken_for_another_kind_misses_its_fields(folder: Path) -> None:
    found = read(folder, kind="article", title="x", pub_date=None, source=None)
    assert [reading.cause for reading in found] == ["taken for: list"] * 4
