"""How a page of a site is asked for: in the site's own slot, by its robots rule, its errors left for us to judge."""

from collections.abc import Mapping, Sequence
from typing import Any

import scrapy

from spiders.records import PageRequest
from spiders.task import SiteTask


def site_request(
    task: SiteTask,
    asked: PageRequest,
    callback: Any,  # noqa: ANN401 - Scrapy's own contract
    errback: Any,  # noqa: ANN401
    *,
    given: Mapping[str, Any],
    ours_to_judge: Sequence[int],
) -> scrapy.Request:
    """The request with all that keeps us a polite guest. `given` reaches the callback; answers of the statuses
    `ours_to_judge` reach it as well, redirects stay Scrapy's."""
    return scrapy.Request(
        asked.url,
        method=asked.method,
        body=asked.body or b"",
        headers=dict(asked.headers),
        callback=callback,
        errback=errback,
        cb_kwargs=dict(given),
        dont_filter=True,
        meta={
            "download_slot": task.slot,
            "site": task.id,
            "asked": asked.url,
            "dont_obey_robotstxt": not task.obey_robots,
            "handle_httpstatus_list": ours_to_judge,
            "autothrottle_dont_adjust_delay": task.is_loopback,
        },
    )
