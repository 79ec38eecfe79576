"""How a request ended, as one of the closed list of outcomes."""

import ssl

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response

from db.facts import FetchOutcome
from spiders.outcome import classify


def outcome_of_response(response: Response) -> FetchOutcome:
    """What a response is: a page, or what stands in its place."""
    return classify(response.status, text_headers(response), response.body, response.url)


def text_headers(response: Response) -> dict[str, str]:
    """The headers by lower-case name; several of one name are joined as HTTP joins them."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def outcome_of_failure(error: BaseException) -> FetchOutcome:
    """The outcome of an exception that a download raised. What is not known counts as a lost connection."""
    if isinstance(error, IgnoreRequest):
        return FetchOutcome.ROBOTS if "robots.txt" in str(error) else FetchOutcome.NOT_HTML
    if isinstance(error, CannotResolveHostError):
        return FetchOutcome.DNS
    if isinstance(error, (DownloadTimeoutError, TimeoutError)):
        return FetchOutcome.TIMEOUT
    if isinstance(error, DownloadCancelledError):
        return FetchOutcome.TOO_LARGE
    if isinstance(error, UnsupportedURLSchemeError):
        return FetchOutcome.MOVED
    if isinstance(error, DownloadConnectionRefusedError):
        return FetchOutcome.REFUSED
    return FetchOutcome.TLS if _speaks_of_tls(error) else FetchOutcome.REFUSED


def _speaks_of_tls(error: BaseException) -> bool:
    text = f"{type(error).__name__} {error}".lower()
    return isinstance(error, ssl.SSLError) or any(word in text for word in ("ssl", "tls", "certificate", "handshake"))
