"""Every attempt to fetch something: how it ended, and the hash of what came."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from db.facts import FetchOutcome
from spiders.failures import outcome_of_failure, outcome_of_response, text_headers


@dataclass(frozen=True, slots=True)
class Fetched:
    """One attempt. `body` and `headers` are there where a response came."""

    site: str
    url: str
    outcome: FetchOutcome
    http_status: int | None = None
    evidence: str | None = None
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()


FetchListener = Callable[[Fetched], None]


class FetchLogMiddleware:
    """Classifies every response once (`meta["outcome"]`), hashes it (`meta["evidence"]`) and tells the
    spider's `on_fetch` listener, if the crawl has one."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FetchLogMiddleware":
        return cls(crawler)

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Response:
        outcome = outcome_of_response(response)
        evidence = "sha256:" + hashlib.sha256(response.body).hexdigest()
        request.meta["outcome"] = outcome
        request.meta["evidence"] = evidence
        self._tell(
            Fetched(
                site=request.meta.get("site", ""),
                url=response.url,
                outcome=outcome,
                http_status=response.status,
                evidence=evidence,
                body=response.body,
                headers=tuple(text_headers(response).items()),
            )
        )
        return response

    def process_exception(self, request: Request, exception: Exception, spider: Spider | None = None) -> None:
        self._tell(Fetched(request.meta.get("site", ""), request.url, outcome_of_failure(exception)))

    def _tell(self, fetched: Fetched) -> None:
        listener: FetchListener | None = getattr(self.crawler.spider, "on_fetch", None)
        if listener is not None:
            listener(fetched)
