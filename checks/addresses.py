"""Do two addresses lead to the same page?"""

import re
from functools import lru_cache
from typing import Final

MAX_ADDRESS: Final = 2_000  # characters; longer ones are no addresses of articles
_SCHEME: Final = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
_DEFAULT_PORT: Final = re.compile(r":(?:80|443)$")
_DEFAULT_PAGE: Final = re.compile(r"/(?:index|default)\.\w{2,5}$", re.IGNORECASE)


@lru_cache(maxsize=100_000)  # each document's links are held against each interpretation
def page_key(url: str) -> str:
    """An address as it is compared: http, https and // are one, so are a folder and its index page; the host's case,
    a default port, doubled slashes and what stands behind # say nothing. The query does."""
    bare = _SCHEME.sub("", url[:MAX_ADDRESS].strip().partition("#")[0])
    place, mark, query = bare.partition("?")
    host, _, path = place.partition("/")
    folder = _DEFAULT_PAGE.sub("", re.sub(r"/{2,}", "/", f"/{path}")).rstrip("/")
    return f"{_DEFAULT_PORT.sub('', host.lower())}{folder}{mark}{query}"
