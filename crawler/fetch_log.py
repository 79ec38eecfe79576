"""Every attempt to fetch something: how it ended, and the hash of what came."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from db.facts import FetchOutcome
from spiders.failures import outcome_of_failure, outcome_of_response, text_headers
from spiders.render import NoBrowserError


@dataclass(frozen=True, slots=True)
class Fetched:
    """One attempt. `body` and `headers` are there where a response came. What was made of a page that was fetched
    before (a picture, its next state) is no request: `requested` is False, its body is kept all the same."""

    site: str
    url: str
    outcome: FetchOutcome
    http_status: int | None = None
    evidence: str | None = None
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    requested: bool = True


FetchListener = Callable[[Fetched], None]


def evidence_of(body: bytes) -> str:
    """The name of a body in the archive."""
    return "sha256:" + hashlib.sha256(body).hexdigest()


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
        evidence = evidence_of(response.body)
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
        if not isinstance(exception, NoBrowserError):  # nothing was asked for
            self._tell(Fetched(request.meta.get("site", ""), request.url, outcome_of_failure(exception)))

    def _tell(self, fetched: Fetched) -> None:
        listener: FetchListener | None = getattr(self.crawler.spider, "on_fetch", None)
        if listener is not None:
            listener(fetched)
