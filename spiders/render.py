"""What a spider asks of the browser, and what it gets: carried in a request's meta, so that spiders know no browser.

yield rendered(request, Render(is_own))
... in the callback:
states_of(response)            # the page as drawn, then one state for each click on its pager
response.meta["screenshot"]    # evidence hash of the picture, where Render(screenshot=True) asked for one
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from scrapy import Request
from scrapy.http import Response


class Ended(StrEnum):
    """Why no further click was made on a pager."""

    SATISFIED = "satisfied"  # `wants_more` said so, or nobody asked for further pages
    LAST_PAGE = "last_page"  # the pager that was there shows no next page, or shows it disabled
    NO_PAGER = "no_pager"  # nothing on the page looks like a next page
    UNCHANGED = "unchanged"  # the next page was clicked and nothing came
    LIMIT = "limit"  # too many pages, or too long


@dataclass(frozen=True, slots=True)
class Render:
    """Ask for a page as a browser draws it. `is_own` tells whether an address is on the site: documents from
    elsewhere are not loaded. `wants_more(html, url)` is asked after each state of the page; while it says yes, the
    pager's next page is clicked, `pause_seconds` apart."""

    is_own: Callable[[str], bool]
    screenshot: bool = False
    wants_more: Callable[[bytes, str], bool] | None = None
    pause_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class State:
    """The page at one moment. `troubled`: a script or its data did not come, so that an empty list proves nothing."""

    url: str
    html: bytes
    evidence: str | None = None
    troubled: bool = False


class NoBrowserError(Exception):
    """There is no browser on this machine, or it cannot be started. No request was made."""


def states_of(response: Response) -> tuple[State, ...]:
    """The states of a rendered page, in order; at least one."""
    states: tuple[State, ...] = response.meta.get("states", ())
    return states or (State(response.url, response.body, response.meta.get("evidence")),)


def ended_of(response: Response) -> Ended:
    """Why no further click was made."""
    return Ended(response.meta.get("ended", Ended.SATISFIED))


def rendered(request: Request, render: Render) -> Request:
    """The same request, through the browser. Where a page leads is judged by the spider, not followed."""
    meta = {
        **request.meta,
        "render": render,
        "dont_redirect": True,
        "dont_retry": True,
        "handle_httpstatus_list": tuple(range(300, 600)),
    }
    return request.replace(meta=meta)
