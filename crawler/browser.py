"""The one browser of a crawl: found, started when first needed, kept small, closed at the end."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from playwright.async_api import Browser, Error, Playwright, async_playwright

from crawler.browser_path import NO_BROWSER
from crawler.tab import Limits, Tab
from spiders.render import NoBrowserError

FLAGS: Final = (
    "--no-sandbox",  # without it Chromium refuses to run as root and in most containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--max-old-space-size=512",  # MB for one page's scripts; a list of 20 KB needs about 10
)
MAX_TABS: Final = 4  # eight are no faster (DEPENDENCIES.md, A browser page)
PAGES_PER_TAB: Final = 100  # then a fresh context: what pages leave behind does not pile up
PAGES_PER_BROWSER: Final = 1_000
_START_SECONDS: Final = 30.0  # the first page takes 0.8 to 1.3 s (DEPENDENCIES.md); ten times that on a busy machine
_CLOSE_SECONDS: Final = 5.0

_log = logging.getLogger(__name__)


class SharedBrowser:
    """At most MAX_TABS tabs of one browser. A tab is used for one site, so that sites share no cookies."""

    def __init__(self, executable: str | None, user_agent: str, limits: Limits) -> None:
        self._executable, self._user_agent, self._limits = executable, user_agent, limits
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._free = asyncio.Semaphore(MAX_TABS)
        self._starting = asyncio.Lock()
        self._idle: list[Tab] = []
        self._used = 0
        self._pages = 0

    @asynccontextmanager
    async def tab(self, site: str) -> AsyncIterator[Tab]:
        """A tab for `site`, waited for where all are in use. Raises NoBrowserError."""
        async with self._free:
            tab = await self._take(site)
            self._used += 1
            try:
                yield tab
            finally:
                self._used -= 1
                await self._give_back(tab)

    async def close(self) -> None:
        """End the browser; a later `tab` starts a new one."""
        self._idle.clear()
        browser, self._browser = self._browser, None
        playwright, self._playwright = self._playwright, None
        with suppress(Error, TimeoutError):
            if browser is not None:
                await asyncio.wait_for(browser.close(), _CLOSE_SECONDS)
        with suppress(Error, TimeoutError):
            if playwright is not None:
                await asyncio.wait_for(playwright.stop(), _CLOSE_SECONDS)

    async def _take(self, site: str) -> Tab:
        browser = await self._running()
        self._pages += 1
        for tab in reversed(self._idle):
            if tab.site == site:
                self._idle.remove(tab)
                return tab
        if self._idle and len(self._idle) + self._used >= MAX_TABS:
            await self._end(self._idle.pop(0))
        try:
            return await asyncio.wait_for(Tab.open(browser, site, self._user_agent, self._limits), _START_SECONDS)
        except (Error, TimeoutError) as error:
            await self.close()
            raise NoBrowserError(f"the browser opens no page: {_line(error)}") from None

    async def _give_back(self, tab: Tab) -> None:
        if tab.is_fit and tab.pages < PAGES_PER_TAB and await tab.rest():
            self._idle.append(tab)
        else:
            await self._end(tab)

    async def _end(self, tab: Tab) -> None:
        """Close a tab; where it does not close, the whole browser hangs on it and goes."""
        if not await tab.close(_CLOSE_SECONDS) and not self._used:
            await self.close()

    async def _running(self) -> Browser:
        async with self._starting:
            if self._browser is not None and (
                not self._browser.is_connected() or (self._pages >= PAGES_PER_BROWSER and not self._used)
            ):
                await self.close()
            if self._browser is None:
                self._browser = await self._start()
            return self._browser

    async def _start(self) -> Browser:
        if self._executable is None:
            raise NoBrowserError(NO_BROWSER)
        self._pages = 0
        try:
            self._playwright = await asyncio.wait_for(async_playwright().start(), _START_SECONDS)
            return await self._playwright.chromium.launch(
                executable_path=self._executable, args=list(FLAGS), timeout=_START_SECONDS * 1000
            )
        except (Error, OSError, TimeoutError) as error:
            await self.close()
            self._executable = None  # once is enough: the next page need not wait for the same failure
            _log.warning("%s: 无法启动 / cannot be started: %s", NO_BROWSER, _line(error))
            raise NoBrowserError(f"the browser cannot be started: {_line(error)}") from None


def _line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
