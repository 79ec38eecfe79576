"""A report's HTML as a PDF for filing; the page's style says its size, margins and page numbers."""

from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Error, sync_playwright

MISSING_BROWSER: Final = (
    "生成 PDF 需要浏览器：请安装 chromium-headless-shell 和 fonts-noto-cjk，或用环境变量 GONGKAI_BROWSER 指明其路径"
    " / PDF needs a browser: install chromium-headless-shell and fonts-noto-cjk, or set GONGKAI_BROWSER to its path"
)
_FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
_SECONDS: Final = 120  # a report of 500 pages takes about 20


class PrintingError(Exception):
    """A PDF cannot be made. One line for the user that says what to install or mend."""


def to_pdf(html_path: Path, pdf_path: Path, executable: str | None) -> None:
    """Print the page at `html_path` to `pdf_path`, with the browser at `executable` (None: there is none). The page's
    scripts do not run and nothing is fetched from the network. Raises PrintingError."""
    if executable is None:
        raise PrintingError(MISSING_BROWSER)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS), timeout=30_000)
            try:
                _print(browser, html_path, pdf_path)
            finally:
                browser.close()
    except (Error, OSError) as error:
        line = str(error).strip().splitlines()[0]
        raise PrintingError(f"{pdf_path}: 无法生成 PDF / the PDF cannot be made ({line})") from None


def _print(browser: Browser, html_path: Path, pdf_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(_SECONDS * 1000)
    page.goto(html_path.resolve().as_uri(), wait_until="load")
    page.pdf(
        path=pdf_path,
        prefer_css_page_size=True,  # size, margins and page numbers stand in the report's own style
        print_background=True,
        outline=True,
        tagged=True,
    )
