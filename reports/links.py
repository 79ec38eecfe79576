"""What may leave the report: addresses that are safe to follow, text that is safe to print."""

import re
from typing import Final
from urllib.parse import urlsplit

MAX_SHOWN: Final = 300  # characters of a portal's title or sentence; the longest real title met had 96
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

_SPACE: Final = re.compile(r"\s")


def web_link(url: str | None) -> str | None:
    """The address if it leads to a web page (http or https with a host), else None. Never raises."""
    if not url or _UNSEEN.search(url) or _SPACE.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None


def printable(text: str) -> str:
    """Text without control characters, lone surrogates and marks that turn the reading direction."""
    return _UNSEEN.sub("", text)


def bounded(text: str) -> str:
    """A portal's words on one line, no longer than a table bears."""
    line = " ".join(printable(text).split())
    return line if len(line) <= MAX_SHOWN else line[: MAX_SHOWN - 1] + "…"
