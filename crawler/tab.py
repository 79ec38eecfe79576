"""One tab: what a page in it may ask for, when it has finished drawing, and its next page by a click."""

import asyncio
import ipaddress
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Dialog, Error, Page, Request, Response, Route

from crawler import page_scripts
from db.facts import FetchOutcome
from spiders.outcome import classify
from spiders.render import Ended, Render

_DATA: Final = frozenset({"xhr", "fetch"})
_CODE: Final = frozenset({"script", "stylesheet"})
_LOOKS: Final = frozenset({"image", "font"})  # for pictures alone
WIDTH, HEIGHT = 1280, 900
MAX_PICTURE_HEIGHT: Final = 8_000  # pixels; about nine screens
MAX_REQUESTS: Final = 300  # of one page; a portal's home page makes 60 to 150 with its pictures


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a page may take, in seconds, and how large it may be, in characters."""

    answer: float = 30.0  # as crawler.settings.DOWNLOAD_TIMEOUT
    quiet: float = 0.5
    settle: float = 15.0  # the official probe waits as long for a page (STANDARDS 1.2)
    page: float = 60.0  # all together
    nothing_asked: float = 2.0  # after a click that asks for nothing: list scripts draw within 0.1 s
    characters: int = 8_000_000  # what spiders.document reads of a page


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that a page made beside its own."""

    url: str
    outcome: FetchOutcome
    http_status: int | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A page's first answer. `body` is set where the answer stands for itself: an error, a block page."""

    status: int
    headers: tuple[tuple[str, str], ...]
    url: str
    body: bytes | None = None


class TooLargeError(Exception):
    """The drawn page is larger than what is read of a page."""


class NotAPageError(Exception):
    """The address gives a download, or nothing that a tab can show."""


@dataclass(eq=False)
class Tab:
    """A tab of its own context: no cookies of other sites, no permissions, no downloads."""

    site: str
    context: BrowserContext
    page: Page
    limits: Limits
    pages: int = 0
    is_fit: bool = True
    asked: list[Asked] = field(default_factory=list)
    troubled: bool = False
    left_for: str | None = None  # an address elsewhere that the page wanted to go to
    _render: Render | None = None
    _pending: set[Request] = field(default_factory=set)
    _requests: int = 0

    @classmethod
    async def open(cls, browser: Browser, site: str, user_agent: str, limits: Limits) -> Self:
        context = await browser.new_context(
            user_agent=user_agent,
            accept_downloads=False,
            service_workers="block",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": WIDTH, "height": HEIGHT},
            permissions=[],
        )
        page = await context.new_page()
        tab = cls(site, context, page, limits)
        await context.route("**/*", tab._route)
        await context.route_web_socket("**/*", lambda socket: socket.close())
        page.on("crash", lambda _: tab._retire())
        page.on("dialog", _dismiss)
        page.on("popup", _close)
        page.on("request", tab._began)
        page.on("response", tab._answered)
        page.on("requestfinished", tab._finished)
        page.on("requestfailed", tab._failed)
        return tab

    async def load(self, url: str, render: Render) -> Loaded:
        """Go to an address of the site and wait until the page has drawn its rows. Raises playwright's Error,
        TimeoutError and NotAPageError; nothing that stands in the way is passed by."""
        self._begin(render)
        try:
            response = await self.page.goto(url, wait_until="commit", timeout=self.limits.answer * 1000)
        except Error as error:
            if self.left_for is None:
                raise NotAPageError(str(error)) if "Download is starting" in str(error) else error from None
            return self._moved(self.left_for)
        if response is None:
            raise NotAPageError(url)
        if not render.is_own(response.url):
            return self._moved(response.url)
        barred = await self._barred(response)
        if barred is not None:
            return barred
        await self.settle()
        if self.left_for is not None:
            return self._moved(self.left_for)
        return Loaded(response.status, _headers(response), self.page.url)

    async def settle(self) -> None:
        """Wait until no element comes or goes and no data is under way."""
        clock = asyncio.get_running_loop()
        end = clock.time() + self.limits.settle
        while (left := end - clock.time()) > 0 and self.left_for is None:
            try:
                bounds = [self.limits.quiet * 1000, left * 1000]
                await asyncio.wait_for(self.page.evaluate(page_scripts.QUIET, bounds), left + 1.0)
            except Error:  # the page went on to another one of its own meanwhile
                if not self.is_fit:
                    raise
                await asyncio.sleep(0.1)
                continue
            if not self._pending:
                return
        self.troubled = self.troubled or bool(self._pending)

    async def html(self) -> bytes:
        """The page as it is drawn now. Raises TooLargeError."""
        await self.page.evaluate(page_scripts.HIDE_UNSAID)
        size = await self.page.evaluate(page_scripts.SIZE)
        if not isinstance(size, int) or size > self.limits.characters:
            raise TooLargeError(f"{size} characters")
        return (await self.page.content()).encode("utf-8", "replace")

    async def next_page(self, *, had_pager: bool) -> Ended | None:
        """Click the pager's next page and wait for its rows. None: they came; else why there are none."""
        self.troubled = False
        before, requests = await self._signature(), self._requests
        clicked = await self.page.evaluate(page_scripts.CLICK_NEXT)
        if clicked == "disabled" or (clicked != "clicked" and had_pager):
            return Ended.LAST_PAGE
        if clicked != "clicked":
            return Ended.NO_PAGER
        clock = asyncio.get_running_loop()
        began = clock.time()
        while (passed := clock.time() - began) < self.limits.settle:
            await asyncio.sleep(0.1)
            if await self._signature() != before:
                await self.settle()
                return None if await self._signature() != before else Ended.UNCHANGED
            if passed > self.limits.nothing_asked and (requests == self._requests or not self._pending):
                break
        return Ended.UNCHANGED

    async def picture(self) -> bytes:
        """The page as a PNG, cut at MAX_PICTURE_HEIGHT."""
        height = await self.page.evaluate(page_scripts.HEIGHT)
        shown = min(max(int(height), HEIGHT), MAX_PICTURE_HEIGHT)
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": shown}
        return await self.page.screenshot(full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]

    async def rest(self) -> bool:
        """Leave the page, so that its scripts end. False where it does not let go."""
        self._render = None
        try:
            await self.page.goto("about:blank", timeout=3_000)
        except Error:
            return False
        self._pending.clear()
        return True

    async def close(self, seconds: float) -> bool:
        """Whether the tab is gone."""
        try:
            await asyncio.wait_for(self.context.close(), seconds)
        except (Error, TimeoutError):
            return False
        return True

    def _begin(self, render: Render) -> None:
        self.pages += 1
        self._render, self._requests = render, 0
        self.asked, self.troubled, self.left_for = [], False, None
        self._pending.clear()

    async def _barred(self, response: Response) -> Loaded | None:
        """The answer itself where it is an error, a block page, a challenge: no script of it is waited for."""
        try:
            body = await asyncio.wait_for(response.body(), self.limits.answer)
        except Error:  # replaced by the next page already, or too large to be kept
            body = b""
        headers = _headers(response)
        outcome = classify(response.status, dict(headers), body or b"<a>", response.url)
        if outcome is FetchOutcome.OK:
            return None
        return Loaded(response.status, headers, response.url, body)

    def _moved(self, url: str) -> Loaded:
        return Loaded(302, (("location", url),), self.page.url, b"")

    async def _signature(self) -> object:
        try:
            return await self.page.evaluate(page_scripts.SIGNATURE)
        except Error:
            if not self.is_fit:
                raise
            return None  # between two pages

    async def _route(self, route: Route) -> None:
        try:
            await (route.continue_() if self._may(route.request) else route.abort("blockedbyclient"))
        except Error:
            return  # the page is gone

    def _may(self, request: Request) -> bool:
        """Whether the page may ask for this: documents and data of its own site, code from anywhere public."""
        render, kind, url = self._render, request.resource_type, request.url
        self._requests += 1
        if render is None or self._requests > MAX_REQUESTS or urlsplit(url).scheme not in ("http", "https"):
            return False
        if kind == "document":
            if render.is_own(url):
                return True
            if request.is_navigation_request() and request.frame == self.page.main_frame:
                self.left_for = self.left_for or url
            return False
        if render.is_own(url):
            return kind in _DATA | _CODE or (render.screenshot and kind in _LOOKS)
        if kind in _DATA:
            return is_neighbour(url, self.page.url)
        return is_public_host(url) and (kind in _CODE or (render.screenshot and kind in _LOOKS))

    def _began(self, request: Request) -> None:
        wanted = _DATA | _CODE | {"document"} | (_LOOKS if self._render and self._render.screenshot else frozenset())
        if request.resource_type in wanted:
            self._pending.add(request)

    def _answered(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame and not self.asked:
            return  # the page itself, which the fetch log has
        outcome = classify(response.status, {"content-type": "application/octet-stream"}, b"", response.url)
        self.asked.append(Asked(response.url, outcome, response.status))
        if response.status >= 400 and request.resource_type in _DATA | {"script"}:
            self.troubled = True

    def _finished(self, request: Request) -> None:
        self._pending.discard(request)

    def _failed(self, request: Request) -> None:
        self._pending.discard(request)
        if request.resource_type in _DATA | {"script"}:
            self.troubled = True
        if "BLOCKED_BY_CLIENT" not in (request.failure or "") and len(self.asked) < MAX_REQUESTS:
            self.asked.append(Asked(request.url, FetchOutcome.REFUSED))

    def _retire(self) -> None:
        self.is_fit = False


async def _dismiss(dialog: Dialog) -> None:
    try:
        await (dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())
    except Error:
        return  # the page is gone


async def _close(page: Page) -> None:
    try:
        await page.close()
    except Error:
        return


def _headers(response: Response) -> tuple[tuple[str, str], ...]:
    return tuple(response.headers.items())


def is_neighbour(url: str, page: str) -> bool:
    """Whether data at `url` is of the same government as `page`: portals keep interfaces on a host beside theirs."""
    if not is_public_host(url):
        return False
    labels = (urlsplit(page).hostname or "").split(".")
    parent = ".".join(labels[1:] if len(labels) > 3 else labels)
    host = urlsplit(url).hostname or ""
    return len(labels) >= 3 and (host == parent or host.endswith("." + parent))


def is_public_host(url: str) -> bool:
    """A name with a dot in it: no address of a machine, no name of the local network."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return "." in host and not host.endswith((".local", ".internal", ".localhost", ".lan"))
    return False
