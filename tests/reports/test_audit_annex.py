"""The annex of the PDF holds every verdict once, in parts whose numbers run on; nothing in it is markup."""

import io
import unicodedata
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from audit_sample import sample, verdict
from browsing import EXECUTABLE, needs_browser
from lxml import html

from checks.verdict import Status
from reports import audit_annex
from reports.audit import PROVED, Audit, write_audit
from reports.audit_annex import annex
from reports.printing import to_pdf
from reports.texts import Lang


def rows_of(audit: Audit, lang: Lang = Lang.ZH) -> list[list[str]]:
    pages = [html.fromstring(part(1)) for part in annex(audit, lang)]
    return [[cell.text_content() for cell in row] for page in pages for row in page.xpath("//tbody/tr")]


@pytest.mark.parametrize("lang", Lang)
def test_every_verdict_has_its_numbered_line(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_annex, "PART_ROWS", 50)
    audit = sample()
    assert len(annex(audit, lang)) > 2
    rows = rows_of(audit, lang)
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(audit.verdicts) + 1)]
    agencies = sorted(v.agency for v in audit.verdicts)
    assert sorted(row[1] for row in rows) == agencies


def test_without_verdicts_there_is_no_annex() -> None:
    assert annex(replace(sample(), verdicts=()), Lang.ZH) == ()


def test_what_was_not_found_is_told_by_its_reason_and_what_was_by_its_page() -> None:
    found = verdict()
    absent = verdict(period="2017-06", status=Status.MISSING, title=None, url=None, published=None, days_late=None)
    rows = rows_of(replace(sample(), verdicts=(found, absent)))
    assert rows[0][-1] == found.title
    assert rows[1][-1] == absent.reason


def test_a_hostile_title_stays_text() -> None:
    evil = verdict(title="<script>alert(1)</script>", url="javascript:alert(1)")
    (part,) = annex(replace(sample(), verdicts=(evil,)), Lang.ZH)
    assert "<script" not in part(1)
    assert "javascript:" not in part(1)


@needs_browser
def test_the_pdf_has_the_report_then_all_verdicts_with_pages_numbered_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_annex, "PART_ROWS", 50)
    audit = sample()
    write_audit(audit, tmp_path, Lang.ZH)
    to_pdf(tmp_path / "report.html", tmp_path / "plain.pdf", EXECUTABLE)
    to_pdf(tmp_path / "report.html", tmp_path / "report.pdf", EXECUTABLE, annex(audit, Lang.ZH))
    plain, whole = (pypdfium2.PdfDocument((tmp_path / f"{name}.pdf").read_bytes()) for name in ("plain", "report"))
    texts = [unicodedata.normalize("NFKC", page.get_textpage().get_text_bounded()) for page in whole]
    behind = texts[len(plain) :]
    assert len(behind) > 3
    assert all(f"附表 {n}" in text for n, text in enumerate(behind, start=1))
    said = "".join(behind)
    assert all(v.url is None or v.title in said.replace("\r\n", "") for v in audit.verdicts)
    assert whole.is_tagged()
    assert list(whole.get_toc())


@needs_browser
def test_of_very_many_findings_the_gravest_are_printed_with_their_grounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.audit.PROVED", 5)
    assert PROVED > 5
    write_audit(sample(), tmp_path, Lang.ZH)
    page = html.fromstring((tmp_path / "report.html").read_text("utf-8"))
    printed = page.xpath("//*[@id='findings']//tr[@data-agency][not(contains(@class, 'screen'))]")
    assert len(printed) == 5
    assert "前 5 项次" in page.xpath("string(//*[@id='findings'])")
    to_pdf(tmp_path / "report.html", tmp_path / "report.pdf", EXECUTABLE)
    whole = pypdfium2.PdfDocument(io.BytesIO((tmp_path / "report.pdf").read_bytes()))
    assert len(whole) < 40
