"""`gongkai extract` says which family a page is of, and why."""

from pathlib import Path

from gongkai.pages import described, extract_file

URL = "http://www.example.gov.cn/tzgg/2.htm"
PAGES = Path(__file__).parents[1] / "spiders" / "pages"


def test_the_record_names_the_family_with_every_sign_and_its_score() -> None:
    record = extract_file(PAGES / "vsb_list.html", URL)
    assert record["platform"] == "vsb"
    signs = {(mark["family"], mark["sign"]): mark["score"] for mark in record["marks"]}
    assert signs["vsb", "text Visual SiteBuilder"] == 6
    of_vsb = [mark["score"] for mark in record["marks"] if mark["family"] == "vsb"]
    assert record["platform_scores"]["vsb"] == sum(of_vsb) == max(record["platform_scores"].values())


def test_the_text_for_readers_names_the_signs_of_the_family_alone() -> None:
    lines = described(extract_file(PAGES / "vsb_list.html", URL)).splitlines()
    because = next(line for line in lines if line.startswith("marks: "))
    assert "Visual SiteBuilder +6" in because


def test_a_page_without_signs_is_generic_and_gives_no_reason(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>正文</p></body></html>", encoding="utf-8")
    record = extract_file(page, "http://www.example.gov.cn/a/b")
    assert (record["platform"], record["platform_scores"], record["marks"]) == ("generic", {}, [])
