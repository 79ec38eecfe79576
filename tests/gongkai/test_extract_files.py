"""`gongkai extract` on documents that are no web pages, and on the tables of those that are."""

import runpy
from pathlib import Path

from gongkai.pages import extract_file

SAMPLES = runpy.run_path(str(Path(__file__).parents[1] / "spiders" / "file_samples.py"))
URL = "http://www.example.gov.cn/files/a"


def test_a_document_is_of_another_kind_and_says_its_text_and_tables(tmp_path: Path) -> None:
    for name, body in (("a.docx", SAMPLES["docx_file"]()), ("b.xls", SAMPLES["xls_file"]())):
        path = tmp_path / name
        path.write_bytes(body)
        record = extract_file(path, URL)
        assert (record["kind"], record["tables"]) == ("other", [[list(row) for row in SAMPLES["ROWS"]]])
        assert "竹仙洞水库" in record["text"]
        assert record["file"]["outcome"] == "read"


def test_a_page_s_tables_are_in_its_record(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    text = "<p>现将2017年5月全市饮用水水源水质状况公布如下，请广大市民监督，数据来源于市环境监测站。</p>"
    table = "<table><tr><td>水源</td><td>类别</td></tr><tr><td>竹仙洞</td><td>Ⅱ类</td></tr></table>"
    page = f"<h1>水质状况</h1><p>发布日期：2017-06-20</p><div class=TRS_Editor>{text}{table}</div>"
    path.write_text(f"<meta charset=utf-8><meta name=ArticleTitle content=水质状况>{page}", encoding="utf-8")
    record = extract_file(path, "http://www.example.gov.cn/art/2017/6/20/art_1_2.html")
    assert (record["kind"], record["tables"]) == ("article", [[["水源", "类别"], ["竹仙洞", "Ⅱ类"]]])
