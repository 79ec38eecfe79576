"""Do two addresses lead to the same page, and is that page a column?"""

import re
from functools import lru_cache
from typing import Final

from db.facts import COMPLETE_STOPS, Facts, Publication, Reading, Stop

MAX_ADDRESS: Final = 2_000  # characters; longer ones are no addresses of articles
# Characters of a text from which a page without a list is an article, though the menu leads to it; assumed: what is
# read of an empty column's page is its heading and a notice.
LEAST_ARTICLE: Final = 100
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


def publications_in(facts: Facts) -> tuple[Publication, ...]:
    """The publications without the columns among them: a list may link to lists, and an empty column called like what
    it should hold is not that. A page in which no list was found and that says something is an article."""
    read: dict[tuple[str, str], list[Reading]] = {}
    for reading in facts.readings:
        read.setdefault((reading.site, page_key(reading.url)), []).append(reading)
    return tuple(p for p in facts.publications if not _is_column(p, read.get((p.site, page_key(p.url)), [])))


def _is_column(publication: Publication, readings: list[Reading]) -> bool:
    is_list = any(r.stop in COMPLETE_STOPS or r.stop is Stop.LANDING or r.items for r in readings)
    says = len(publication.text or "") >= LEAST_ARTICLE or bool(publication.attachments or publication.tables)
    return bool(readings) and (is_list or not says)
