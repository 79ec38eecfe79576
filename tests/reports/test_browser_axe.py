"""axe-core finds nothing in any kind of report. It is fetched from npm for the test and kept nowhere else: its licence
(MPL-2.0) is not ours."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from audit_sample import sample
from browsing import EXECUTABLE, needs_browser, write_products, written
from evidence_sample import absent, bare, hostile
from playwright.sync_api import Browser, sync_playwright

from reports.audit import write_audit
from reports.evidence_page import evidence_index, evidence_page
from reports.texts import Lang

pytestmark = needs_browser
VERSION = "4.10.3"
SECONDS = 60  # for npm to answer
PAGES = [f"{name}{lang}.html" for name in ("report", "card", "bulletin", "selfcheck") for lang in ("", ".en")]


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core: from the file that GONGKAI_AXE names, else from npm (its cache first)."""
    if named := os.environ.get("GONGKAI_AXE"):
        return Path(named).read_text("utf-8")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("axe-core needs npm, or GONGKAI_AXE naming its axe.min.js")
    folder = tmp_path_factory.mktemp("axe")
    call = [npm, "pack", f"axe-core@{VERSION}", "--prefer-offline", "--silent", "--fetch-retries=0"]
    try:
        subprocess.run(call, cwd=folder, check=True, capture_output=True, timeout=SECONDS)
    except (subprocess.SubprocessError, OSError):
        pytest.skip("npm cannot fetch axe-core here; set GONGKAI_AXE to its axe.min.js")
    (packed,) = folder.glob("*.tgz")
    with tarfile.open(packed) as archive:
        source = archive.extractfile("package/axe.min.js")
        assert source is not None
        return source.read().decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages")
    write_audit(sample(), out, Lang.ZH)
    write_products(out)
    return out


@pytest.fixture(scope="module")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Evidence pages in both languages, and their index."""
    out = tmp_path_factory.mktemp("proofs")
    for lang in Lang:
        written(out, f"index.{lang}.html", evidence_index([absent(), hostile(), bare()], "", lang))
        for name, proof in (("absent", absent()), ("hostile", hostile()), ("bare", bare())):
            written(out, f"{name}.{lang}.html", evidence_page(proof, lang))
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=EXECUTABLE, args=["--no-sandbox"])
        yield opened
        opened.close()


def violations(browser: Browser, path: Path, axe: str, width: int) -> list[str]:
    """What axe says against the page, everything open, with the first place of each."""
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate("axe.run().then((result) => result.violations)")
    context.close()
    return [f"{each['id']}: {len(each['nodes'])} x {each['nodes'][0]['html'][:200]}" for each in found]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1200, 360])
def test_axe_has_nothing_against_a_report(browser: Browser, folder: Path, axe: str, name: str, width: int) -> None:
    assert violations(browser, folder / name, axe, width) == []


@pytest.mark.parametrize(
    "name", ["index.zh", "absent.zh", "hostile.zh", "bare.zh", "index.en", "absent.en", "hostile.en"]
)
@pytest.mark.parametrize("width", [1200, 360])
def test_axe_has_nothing_against_an_evidence_page(
    browser: Browser, proofs: Path, axe: str, name: str, width: int
) -> None:
    assert violations(browser, proofs / f"{name}.html", axe, width) == []
