"""Reports on paper: A4 with page numbers, and a clear line where no browser is there to print them."""

import os
import shutil
import unicodedata
from pathlib import Path

import pdfplumber
import pytest

from reports.printing import PrintingError, to_pdf, to_pdfs

NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
EXECUTABLE = os.environ.get("GONGKAI_BROWSER") or next((p for name in NAMES if (p := shutil.which(name))), None)
needs_browser = pytest.mark.skipif(EXECUTABLE in (None, "none"), reason="no browser on this machine")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    rows = "".join(f"<p>第 {number} 项</p>" for number in range(200))
    script = "<script>document.title = 'changed'</script>"
    path = tmp_path / "report.html"
    pages = "@page { size: A4; margin: 20mm; @bottom-center { content: counter(page) ' / ' counter(pages); } }"
    head = f"<meta charset=utf-8><title>评估 &amp; 报告</title><style>{pages}</style>"
    path.write_text(f"{head}{script}{rows}", encoding="utf-8")
    return path


@needs_browser
def test_a_long_report_is_printed_as_its_style_says(report: Path, tmp_path: Path) -> None:
    to_pdf(report, tmp_path / "report.pdf", EXECUTABLE)
    with pdfplumber.open(tmp_path / "report.pdf") as pdf:
        assert len(pdf.pages) > 2
        first, second = pdf.pages[0], pdf.pages[1]
        assert (first.width, first.height) == pytest.approx((595, 842), abs=2)  # points
        text = unicodedata.normalize("NFKC", second.extract_text()).replace(" ", "")
        assert f"2/{len(pdf.pages)}" in text
        assert pdf.metadata["Title"] == "评估 & 报告"


@needs_browser
def test_many_pages_are_printed_each_to_its_own_file(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.html"
    other.write_text("<meta charset=utf-8><title>另一页</title><p>一</p>", encoding="utf-8")
    assert to_pdfs([report, other], EXECUTABLE) == (tmp_path / "report.pdf", tmp_path / "other.pdf")
    with pdfplumber.open(tmp_path / "other.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert pdf.metadata["Title"] == "另一页"
    assert to_pdfs([], None) == ()


def test_without_a_browser_the_error_says_what_to_install(report: Path, tmp_path: Path) -> None:
    with pytest.raises(PrintingError, match="chromium-headless-shell"):
        to_pdf(report, tmp_path / "report.pdf", None)
    assert not (tmp_path / "report.pdf").exists()


def test_a_browser_that_is_none_is_one_line(report: Path, tmp_path: Path) -> None:
    with pytest.raises(PrintingError) as caught:
        to_pdf(report, tmp_path / "report.pdf", str(tmp_path / "no-browser"))
    assert "\n" not in str(caught.value)


@needs_browser
def test_a_place_that_cannot_be_written_is_one_line(report: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PrintingError) as caught:
        to_pdf(report, tmp_path / "file" / "report.pdf", EXECUTABLE)
    assert "\n" not in str(caught.value)
