"""Pages as a browser draws them, for requests that ask for it; all others are downloaded as ever.

    from spiders.render import Render, rendered, states_of
    yield rendered(request, Render(lambda url: task.own(url) is not None, screenshot=True))
    # in the callback: response.body is the drawn page as HTML, archived under response.meta["evidence"];
    # response.meta["screenshot"] the evidence hash of the picture (PNG, at most 1,280 x 8,000 pixels), archived as
    # well: Screenshot(taken_at, response.meta["screenshot"], marks) for db.recording.record_screenshot.

Without a browser the request fails with spiders.render.NoBrowserError in its errback; settings["BROWSER"] tells
beforehand (None: there is none). A drawn page passes the same middlewares as any other: the site's slot and delay,
robots.txt, the fetch log, the archive. What the page itself asks for (scripts, data) is logged, not archived.
Archived records of drawn pages bear the header `X-Gongkai-Rendered`.
"""

import asyncio
import logging
import ssl
from typing import Final
from weakref import WeakKeyDictionary

from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import HtmlResponse, Response

from crawler.browser import SharedBrowser
from crawler.browser_path import NO_BROWSER
from crawler.fetch_log import Fetched, evidence_of
from crawler.tab import Loaded, NotAPageError, Tab, TooLargeError
from db.facts import FetchOutcome
from spiders.render import Ended, Render, State

RENDERED: Final = "X-Gongkai-Rendered"
MAX_STATES: Final = 40  # clicks on one pager; 15 rows a page: 600 rows, a department's column of some years
MAX_SECONDS: Final = 300.0  # for all clicks on one pager
# Headers of the page's first answer that are not true of what was drawn from it, validators among them: the shell of
# a page stays as it is while its data change.
_SPENT: Final = frozenset(
    ["content-encoding", "content-length", "transfer-encoding", "content-type", "set-cookie", "etag", "last-modified"]
)

_log = logging.getLogger(__name__)
_browsers: WeakKeyDictionary[Crawler, SharedBrowser] = WeakKeyDictionary()


class RenderingHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, and the browser for requests with `meta["render"]`."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler
        settings = crawler.settings
        if crawler not in _browsers:  # one for both schemes
            if settings["BROWSER"] is None:
                _log.warning(NO_BROWSER)
            _browsers[crawler] = SharedBrowser(settings["BROWSER"], settings["USER_AGENT"], settings["BROWSER_LIMITS"])
        self.browser = _browsers[crawler]

    async def download_request(self, request: Request) -> Response:
        render = request.meta.get("render")
        if not isinstance(render, Render):
            return await super().download_request(request)
        async with self.browser.tab(request.meta.get("site", "")) as tab:
            try:
                return await self._draw(tab, request, render)
            except (Error, TimeoutError) as error:
                tab.is_fit = False
                raise _as_download_error(error, request.url) from error
            except TooLargeError as error:
                raise DownloadCancelledError(f"{request.url}: {error}") from None
            except NotAPageError:
                raise IgnoreRequest(f"{request.url} is no page") from None
            finally:
                self._log_requests_of(tab, request)

    async def close(self) -> None:
        await self.browser.close()
        await super().close()

    async def _draw(self, tab: Tab, request: Request, render: Render) -> Response:
        async with asyncio.timeout(tab.limits.page):
            loaded = await tab.load(request.url, render)
            if loaded.body is not None:
                return _response(request, loaded, loaded.body)
            html = await tab.html()
            if render.screenshot:
                request.meta["screenshot"] = self._keep(request, loaded, await tab.picture(), "image/png")
        states = [State(loaded.url, html, evidence_of(html), tab.troubled)]
        request.meta["ended"] = await self._turn_pages(tab, request, render, states)
        request.meta["states"] = tuple(states)
        return _response(request, loaded, html)

    async def _turn_pages(self, tab: Tab, request: Request, render: Render, states: list[State]) -> Ended:
        """Click from page to page while the spider wants more; each state goes to `states` and the archive."""
        if render.wants_more is None:
            return Ended.SATISFIED
        end = asyncio.get_running_loop().time() + MAX_SECONDS
        while render.wants_more(states[-1].html, states[-1].url):
            if len(states) >= MAX_STATES or asyncio.get_running_loop().time() > end:
                return Ended.LIMIT
            await asyncio.sleep(render.pause_seconds)
            try:
                async with asyncio.timeout(tab.limits.page):
                    ended = await tab.next_page(had_pager=len(states) > 1)
                    if ended is not None:
                        return ended
                    html = await tab.html()
            except (Error, TimeoutError, TooLargeError) as error:
                tab.is_fit = False
                _log.warning("%s: page %d did not come: %s", request.url, len(states) + 1, error)
                return Ended.UNCHANGED
            if tab.left_for is not None:
                return Ended.UNCHANGED
            loaded = Loaded(200, (), tab.page.url)
            evidence = self._keep(request, loaded, html, "text/html; charset=utf-8")
            states.append(State(loaded.url, html, evidence, tab.troubled))
        return Ended.SATISFIED

    def _keep(self, request: Request, loaded: Loaded, body: bytes, kind: str) -> str:
        """Archive what was made of a page; it is no request."""
        evidence = evidence_of(body)
        headers = (("content-type", kind), (RENDERED.lower(), "chromium"))
        self._tell(
            Fetched(
                site=request.meta.get("site", ""),
                url=loaded.url,
                outcome=FetchOutcome.OK,
                http_status=loaded.status,
                evidence=evidence,
                body=body,
                headers=headers,
                requested=False,
            )
        )
        return evidence

    def _log_requests_of(self, tab: Tab, request: Request) -> None:
        for asked in tab.asked:
            self._tell(Fetched(request.meta.get("site", ""), asked.url, asked.outcome, asked.http_status))
        tab.asked = []

    def _tell(self, fetched: Fetched) -> None:
        listener = getattr(self.crawler.spider, "on_fetch", None)
        if listener is not None:
            listener(fetched)


def _response(request: Request, loaded: Loaded, body: bytes) -> Response:
    headers = [(name, value) for name, value in loaded.headers if name.lower() not in _SPENT]
    headers += [("Content-Type", "text/html; charset=utf-8"), (RENDERED, "chromium")]
    return HtmlResponse(loaded.url, status=loaded.status, headers=headers, body=body, encoding="utf-8", request=request)


def _as_download_error(error: Exception, url: str) -> Exception:
    """The exception that Scrapy's own handler would raise."""
    text = (str(error).strip() or type(error).__name__).splitlines()[0]
    if isinstance(error, (TimeoutError, PlaywrightTimeoutError)) or "ERR_TIMED_OUT" in text:
        return DownloadTimeoutError(f"{url}: {text}")
    if "ERR_NAME_NOT_RESOLVED" in text:
        return CannotResolveHostError(text)
    if "ERR_CONNECTION_REFUSED" in text:
        return DownloadConnectionRefusedError(text)
    if "ERR_CERT" in text or "ERR_SSL" in text:
        return ssl.SSLError(text)
    return ConnectionError(text)
