"""Scrapy's settings: a polite guest that says who it is. Each number carries its source."""

import os

from crawler.browser_path import find_browser
from crawler.tab import Limits

BOT_NAME = "gongkai"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

# Who asks, and where to complain. Offices set their own contact in the environment.
CONTACT = os.environ.get("GONGKAI_CONTACT", "https://pypi.org/project/gongkai/")
USER_AGENT = f"Gongkai/0.1 (government disclosure audit; +{CONTACT})"
ROBOTSTXT_USER_AGENT = "Gongkai"
ROBOTSTXT_OBEY = True

DOWNLOAD_DELAY = 1.0  # polite rates of working crawlers: 0.5 s (gkmlpt) to 2 s (csrc), FIELD-GUIDE section 6
CONCURRENT_REQUESTS = 32  # over all sites; each site has its own slot
CONCURRENT_REQUESTS_PER_DOMAIN = 2
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 100_000_000  # the default of 5 MB stops the crawl while one attachment is read
CONCURRENT_ITEMS = 4  # half as many again pages per second as the default of 100 (DEPENDENCIES.md)
AUTOTHROTTLE_ENABLED = False  # crawler.throttle.SiteThrottle does it, and keeps each site's own minimum
AUTOTHROTTLE_MAX_DELAY = 30.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

DOWNLOAD_TIMEOUT = 30  # the official probe waits 15 s (STANDARDS 1.2); twice that before we say timeout
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024  # the largest pages seen hold 355,000 characters; the bound of attachments
DOWNLOAD_WARNSIZE = 0
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408, 429]
REDIRECT_MAX_TIMES = 5
URLLENGTH_LIMIT = 2_000
COOKIES_ENABLED = True  # a plain cookie jar passes the WAF of moj.gov.cn (FIELD-GUIDE section 6)
TELNETCONSOLE_ENABLED = False
REFERER_ENABLED = True  # some list interfaces answer 404 without it (FIELD-GUIDE section 6)

BROWSER = find_browser()  # a path, or None: columns drawn by scripts stay inconclusive
BROWSER_LIMITS = Limits()
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "crawler.rendering.RenderingHandler")
DOWNLOADER_MIDDLEWARES = {
    # Closest to the network, so that every attempt is logged and every body hashed before anything changes it.
    "crawler.fetch_log.FetchLogMiddleware": 950,
}
EXTENSIONS = {
    "crawler.throttle.SiteThrottle": 0,
    "scrapy.extensions.corestats.CoreStats": 0,
}
LOG_LEVEL = "INFO"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
FEED_EXPORT_ENCODING = "utf-8"
