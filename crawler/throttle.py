"""AutoThrottle that never goes below the delay which the sites file sets for a site."""

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response


class SiteThrottle(AutoThrottle):
    """Slows down where a portal answers slowly; each site's `delay_seconds` stays its floor."""

    def __init__(self, crawler: Crawler) -> None:
        crawler.settings.set("AUTOTHROTTLE_ENABLED", True, priority="cmdline")
        super().__init__(crawler)
        slots = crawler.settings.getdict("DOWNLOAD_SLOTS")
        self.floors = {name: float(slot.get("delay", 0.0)) for name, slot in slots.items()}

    def _start_delay(self) -> float:
        return float(self.mindelay)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        key = str(request.meta.get("download_slot"))
        floor = self.floors.get(key, self.mindelay)
        if floor == 0:
            return  # loopback, robots.txt included
        super()._response_downloaded(response, request, spider)
        slot = self.crawler.engine.downloader.slots.get(key) if self.crawler.engine else None
        if slot is not None:
            slot.delay = max(slot.delay, floor)
