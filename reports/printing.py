"""A report's HTML as a PDF for filing; the page's style says its size, margins and page numbers."""

import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pypdfium2
from playwright.sync_api import Browser, Error, Page, sync_playwright

MISSING_BROWSER: Final = (
    "生成 PDF 需要浏览器：请安装 chromium-headless-shell 和 fonts-noto-cjk，或用环境变量 GONGKAI_BROWSER 指明其路径"
    " / PDF needs a browser: install chromium-headless-shell and fonts-noto-cjk, or set GONGKAI_BROWSER to its path"
)
_FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
_SECONDS: Final = 300  # a report of 100 pages takes about 8, and many times that on a busy machine
# What paper does not show would not be seen, but doubles the time for the tags of a long report.
_DROP_SCREEN: Final = "document.querySelectorAll('.screen').forEach((each) => each.remove())"


class PrintingError(Exception):
    """A PDF cannot be made. One line for the user that says what to install or mend."""


def to_pdf(html_path: Path, pdf_path: Path, executable: str | None, annex: Sequence[Callable[[int], str]] = ()) -> None:
    """Print the page at `html_path` to `pdf_path`, with the browser at `executable` (None: there is none), and behind
    it the parts of `annex`: each makes its HTML page from the number of its first sheet. The page has an outline and
    tags for readers by ear, the parts have none. Scripts do not run and nothing is fetched from the network. Raises
    PrintingError."""

    def _main() -> bytes:
        with _browser(executable, pdf_path) as browser:
            return _printed(browser, html_path)

    def _behind() -> list[bytes]:
        with _browser(executable, pdf_path) as browser:
            return _parts(browser, annex)

    with ThreadPoolExecutor(1) as beside:  # the parts of a long report take as long as itself
        behind = beside.submit(_behind) if annex else None
        printed = _main()
        parts = behind.result() if behind else []
    with _told(pdf_path):
        pdf_path.write_bytes(_joined(printed, parts))


def to_pdfs(html_paths: Sequence[Path], executable: str | None) -> tuple[Path, ...]:
    """Print each page to the PDF beside it, all with one start of the browser. Raises PrintingError."""
    pdfs = tuple(path.with_suffix(".pdf") for path in html_paths)
    if pdfs:
        with _browser(executable, pdfs[0].parent) as browser:
            for html_path, pdf_path in zip(html_paths, pdfs, strict=True):
                pdf_path.write_bytes(_printed(browser, html_path))
    return pdfs


@contextmanager
def _browser(executable: str | None, target: Path) -> Iterator[Browser]:
    if executable is None:
        raise PrintingError(MISSING_BROWSER)
    with _told(target), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS), timeout=30_000)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """What goes wrong as one line for the user."""
    try:
        yield
    except (Error, OSError, pypdfium2.PdfiumError) as error:
        line = str(error).strip().splitlines()[0]
        raise PrintingError(f"{target}: 无法生成 PDF / the PDF cannot be made ({line})") from None


def _printed(browser: Browser, html_path: Path) -> bytes:
    page = _page(browser)
    page.goto(html_path.resolve().as_uri(), wait_until="load")
    page.evaluate(_DROP_SCREEN)
    printed = _pdf(page, tagged=True)
    page.context.close()
    return printed


def _parts(browser: Browser, annex: Sequence[Callable[[int], str]]) -> list[bytes]:
    printed: list[bytes] = []
    first = 1
    for part in annex:
        page = _page(browser)
        page.set_content(part(first), wait_until="load")
        printed.append(_pdf(page, tagged=False))  # tags take as long again, and joining would lose them
        page.context.close()
        with pypdfium2.PdfDocument(printed[-1]) as pages:
            first += len(pages)
    return printed


def _page(browser: Browser) -> Page:
    context = browser.new_context(java_script_enabled=False, offline=True, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(_SECONDS * 1000)
    return page


def _pdf(page: Page, *, tagged: bool) -> bytes:
    """Size, margins and page numbers stand in the page's own style."""
    return page.pdf(prefer_css_page_size=True, print_background=True, outline=tagged, tagged=tagged)


def _joined(main: bytes, parts: Sequence[bytes]) -> bytes:
    if not parts:
        return main
    with pypdfium2.PdfDocument(main) as whole:
        for part in parts:
            with pypdfium2.PdfDocument(part) as pages:
                whole.import_pages(pages)
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()
