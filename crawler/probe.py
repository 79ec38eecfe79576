"""Tries to open home pages, as the official availability check makes them: no crawl, one page a site and try."""

import http.client
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from crawler.settings import USER_AGENT
from db.facts import FetchOutcome
from spiders.outcome import classify

TIMEOUT_SECONDS: Final = 15.0  # STANDARDS 1.2
MAX_BYTES: Final = 5_000_000  # a home page that goes on longer is open
AT_ONCE: Final = 16  # sites asked at the same time; each gets one request
_CHUNK: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Tried:
    """How one try ended. `own_network`: whether this machine could reach anything at all in that round."""

    site: str
    url: str
    outcome: FetchOutcome
    milliseconds: int
    own_network: bool = True


def try_sites(sites: Iterable[tuple[str, str]], references: Sequence[str] = ()) -> tuple[Tried, ...]:
    """One round: a try at each (site id, address), side by side. Where nothing answered, neither a site nor any of
    `references` (addresses that are known to be up), the fault is taken to be this machine's own."""
    asked = list(sites)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda pair: _tried(*pair), asked))
        answered = any(_answered(tried.outcome) for tried in found)
        if not answered and references:
            answered = any(_answered(_tried("", url).outcome) for url in references)
        elif not answered and len(asked) == 1:
            answered = True  # one site and nothing to compare it with: its silence counts
    return tuple(
        Tried(t.site, t.url, t.outcome, t.milliseconds, own_network=answered or _answered(t.outcome)) for t in found
    )


def _answered(outcome: FetchOutcome) -> bool:
    """A server spoke, whatever it said."""
    silent = {FetchOutcome.DNS, FetchOutcome.REFUSED, FetchOutcome.TIMEOUT, FetchOutcome.TLS}
    return outcome not in silent


def _tried(site: str, url: str) -> Tried:
    begun = time.monotonic()
    outcome = _open(url, begun + TIMEOUT_SECONDS)
    return Tried(site, url, outcome, int((time.monotonic() - begun) * 1000))


def _open(url: str, deadline: float) -> FetchOutcome:
    request = urllib.request.Request(url, headers={"User-Agent": USER_AGENT})  # noqa: S310 - http(s), by the sites schema
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            body = _read(response, deadline)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return classify(response.status, headers, body, response.url)
    except urllib.error.HTTPError as error:
        headers = {name.lower(): value for name, value in error.headers.items()}
        return classify(error.code, headers, b"", url)
    except urllib.error.URLError as error:
        return _failed(error.reason)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _failed(error)


def _read(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """The body, as long as time and size allow. Raises TimeoutError where the page trickles in for too long."""
    body = b""
    while len(body) < MAX_BYTES:
        if time.monotonic() > deadline:
            raise TimeoutError
        part = response.read1(_CHUNK)
        if not part:
            break
        body += part
    return body


def _failed(reason: object) -> FetchOutcome:
    if isinstance(reason, TimeoutError):
        return FetchOutcome.TIMEOUT
    if isinstance(reason, socket.gaierror):
        return FetchOutcome.DNS
    return FetchOutcome.TLS if isinstance(reason, ssl.SSLError) else FetchOutcome.REFUSED
