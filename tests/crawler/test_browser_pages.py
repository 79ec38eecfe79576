"""Pages that would hurt a browser: each is bounded, none takes the crawl with it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar

import pytest
from playwright.async_api import Error

from crawler.browser import SharedBrowser
from crawler.browser_path import find_browser
from crawler.tab import Limits, Loaded, NotAPageError, Tab, TooLargeError, is_neighbour, is_public_host
from spiders.render import Ended, NoBrowserError, Render

Result = TypeVar("Result")
EXECUTABLE = find_browser()
needs_browser = pytest.mark.skipif(EXECUTABLE is None, reason="no browser on this machine")
LIMITS = Limits(answer=3.0, quiet=0.2, settle=1.5, page=6.0, nothing_asked=0.5, characters=1_000_000)
ROWS = "<ul id=rows></ul><script>fetch('/rows.json').then(r => r.json()).then(rows => {document.getElementById('rows')"
ROWS += ".innerHTML = rows.map(r => `<li><a href='/${r}.html'>${r}</a></li>`).join('')})</script>"
PAGES = {
    "/": "<p>plain</p>",
    "/rows": ROWS,
    "/rows.json": '["one", "two"]',
    "/endless": "<p>before</p><script>for (;;) {}</script>",
    "/alerts": "<p>before</p><script>for (;;) alert('again')</script>",
    "/one-alert": "<p>before</p><script>alert('hello'); document.body.append('after')</script>",
    "/restless": "<script>setInterval(() => document.body.append(document.createElement('p')), 20)</script>",
    "/large": "<p>" + "x" * 30_000_000,
    "/file": "<p>stays</p><script>location = 'file:///etc/passwd'</script>",
    "/leaves": "<p>stays</p><script>location = 'http://elsewhere.example/'</script>",
    "/popup": "<p>stays</p><script>window.open('/'); window.open('http://elsewhere.example/')</script>",
    "/inward": "<p>stays</p><script>fetch('http://127.0.0.1:1/').catch(() => document.body.append('refused'))</script>",
    "/error": "<p>stays</p><script>throw new Error('broken')</script>",
    "/stuck": "<p>1</p><div class=pager><a href='javascript:;' onclick='void 0'>下一页</a></div>",
    "/unsaid": "<style>.off {display: none}</style><p class=off>暂无数据</p>",
}


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        text, kind = PAGES.get(self.path, ""), "text/html; charset=utf-8"
        body = text.encode()
        self.send_response(200 if text or self.path == "/download" else 412)
        if self.path == "/download":
            kind, body = "application/octet-stream", b"\x00" * 1000
            self.send_header("Content-Disposition", "attachment; filename=x.bin")
        self.send_header("Content-Type", kind if not self.path.endswith(".json") else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def browsing(act: Callable[[SharedBrowser], Awaitable[Result]], executable: str | None = EXECUTABLE) -> Result:
    """What `act` gives with a browser that is closed afterwards."""

    async def _browse() -> Result:
        browser = SharedBrowser(executable, "Gongkai test", LIMITS)
        try:
            return await act(browser)
        finally:
            await browser.close()

    return asyncio.run(_browse())


async def load(tab: Tab, site: str, path: str) -> tuple[Loaded, str]:
    async with asyncio.timeout(LIMITS.page):
        loaded = await tab.load(site + path, Render(lambda url: url.startswith(site)))
        return loaded, (await tab.html()).decode() if loaded.body is None else ""


def drawn(site: str, path: str) -> tuple[Loaded, str]:
    async def _load(browser: SharedBrowser) -> tuple[Loaded, str]:
        async with browser.tab("a") as tab:
            return await load(tab, site, path)

    return browsing(_load)


@needs_browser
def test_rows_that_a_script_fetches_are_in_the_drawn_page(site: str) -> None:
    loaded, html = drawn(site, "/rows")
    assert loaded.status == 200
    assert "/two.html" in html


@needs_browser
@pytest.mark.parametrize("path", ["/endless", "/alerts"])
def test_a_page_that_never_ends_is_given_up_in_time_and_the_next_one_is_read(site: str, path: str) -> None:
    async def _load(browser: SharedBrowser) -> str:
        async with browser.tab("a") as tab:
            try:
                await load(tab, site, path)
            except (Error, TimeoutError):
                tab.is_fit = False
        async with browser.tab("a") as tab:
            return (await load(tab, site, "/"))[1]

    assert "plain" in browsing(_load)


@needs_browser
def test_a_tab_that_crashes_is_replaced(site: str) -> None:
    async def _load(browser: SharedBrowser) -> str:
        async with browser.tab("a") as tab:
            with pytest.raises((Error, TimeoutError)):
                await asyncio.wait_for(tab.page.goto("chrome://crash"), 3)
        async with browser.tab("a") as tab:
            return (await load(tab, site, "/"))[1]

    assert "plain" in browsing(_load)


@needs_browser
def test_a_browser_that_dies_is_started_again(site: str) -> None:
    async def _load(browser: SharedBrowser) -> str:
        async with browser.tab("a") as tab:
            assert tab.context.browser is not None
            await tab.context.browser.close()
        async with browser.tab("a") as tab:
            return (await load(tab, site, "/"))[1]

    assert "plain" in browsing(_load)


@needs_browser
def test_a_page_that_is_never_quiet_is_read_as_it_stands(site: str) -> None:
    assert "<p></p>" in drawn(site, "/restless")[1]


@needs_browser
def test_one_alert_is_waved_away(site: str) -> None:
    assert "after" in drawn(site, "/one-alert")[1]


@needs_browser
def test_a_page_of_thirty_megabytes_is_too_large(site: str) -> None:
    with pytest.raises((TooLargeError, TimeoutError)):  # whichever bound is met first
        drawn(site, "/large")


@needs_browser
def test_a_download_is_no_page(site: str) -> None:
    with pytest.raises(NotAPageError):
        drawn(site, "/download")


@needs_browser
@pytest.mark.parametrize("path", ["/file", "/popup", "/error"])
def test_a_page_stays_where_it_is(site: str, path: str) -> None:
    loaded, html = drawn(site, path)
    assert loaded.url == site + path
    assert "stays" in html


@needs_browser
def test_a_page_that_leaves_the_site_has_moved(site: str) -> None:
    loaded, _ = drawn(site, "/leaves")
    assert (loaded.status, dict(loaded.headers)["location"]) == (302, "http://elsewhere.example/")


@needs_browser
def test_a_page_reaches_no_other_service_of_the_machine(site: str) -> None:
    assert "refused" in drawn(site, "/inward")[1]


@needs_browser
def test_a_challenge_is_not_waited_for(site: str) -> None:
    loaded, _ = drawn(site, "/challenge")
    assert (loaded.status, loaded.body) == (412, b"")


@needs_browser
def test_a_notice_that_is_not_shown_is_marked_as_hidden(site: str) -> None:
    assert '<p class="off" hidden="">' in drawn(site, "/unsaid")[1]


@needs_browser
def test_a_next_page_that_brings_nothing_is_told_apart_from_none(site: str) -> None:
    async def _click(browser: SharedBrowser) -> list[Ended | None]:
        async with browser.tab("a") as tab:
            ends = []
            for path in ("/stuck", "/rows"):
                await load(tab, site, path)
                ends.append(await tab.next_page(had_pager=False))
            return ends

    assert browsing(_click) == [Ended.UNCHANGED, Ended.NO_PAGER]


@needs_browser
def test_the_picture_of_a_long_page_is_cut(site: str) -> None:
    async def _picture(browser: SharedBrowser) -> bytes:
        async with browser.tab("a") as tab:
            await load(tab, site, "/")
            await tab.page.evaluate("document.body.style.height = '20000px'")
            return await tab.picture()

    png = browsing(_picture)
    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (1280, 8000)


@needs_browser
def test_sites_share_no_tab_and_one_site_uses_its_own_again(site: str) -> None:
    async def _tabs(browser: SharedBrowser) -> list[Tab]:
        used = []
        for name in ("a", "b", "a", "c", "d", "e"):
            async with browser.tab(name) as tab:
                await load(tab, site, "/")
                used.append(tab)
        return used

    first, other, again, *_ = browsing(_tabs)
    assert first is again
    assert first is not other


def test_without_a_browser_the_first_page_says_so() -> None:
    async def _tab(browser: SharedBrowser) -> None:
        async with browser.tab("a"):
            pass

    with pytest.raises(NoBrowserError):
        browsing(_tab, executable=None)


@pytest.mark.parametrize(
    ("url", "is_reached"),
    [
        ("https://api.lin.gov.cn/list", True),
        ("https://lin.gov.cn/list", True),
        ("https://api.other.gov.cn/list", False),
        ("http://127.0.0.1/list", False),
        ("http://[::1]/list", False),
        ("http://intranet/list", False),
    ],
)
def test_data_come_from_the_same_government_alone(url: str, is_reached: bool) -> None:
    assert is_neighbour(url, "https://www.lin.gov.cn/zwgk/") is is_reached


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/a.js", "http://169.254.169.254/", "http://printer.local/", "http://[/"]
)
def test_code_comes_from_no_machine_of_the_inner_network(url: str) -> None:
    assert not is_public_host(url)


def test_the_environment_switches_the_browser_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_BROWSER", "none")
    assert find_browser() is None


def test_the_environment_names_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_BROWSER", "/bin/sh")
    assert find_browser() == "/bin/sh"
