"""The n-channel CMS of SASAC, the audit office and the immigration administration: /n<id>/n<id>/index.html.

Recognised by <!--start component ...-->, purl and maxPageNum, /n<id>/.../c<id>/content.html; learned from pages of
sasac.gov.cn (FIELD-GUIDE 3.10, pages 084-091). Pages count down to index_<component>_1.html, the oldest; those behind
the first are fragments without head or pager, and their links stand in hidden elements. `spiders.pager` knows both.

What a page of several components needs more: each may have a pager of its own, and that of the list counts.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from spiders.document import Document
from spiders.lists import find_list
from spiders.platforms.generic import Generic, read_list
from spiders.records import ListPage, PageRequest

_COMPONENT = re.compile(r"<!--\s?start component")
_PURL = re.compile(r"""\bpurl\s?=\s?["']([^"'\s]{1,300})["']""")
_SAMPLE: Final = 20  # rows by which the list's component is found; a hostile page may have thousands of both
_MOST = re.compile(r"\bmaxPageNum\s?=\s?(\d{1,5})\s?;")


@dataclass(frozen=True)
class NChannel(Generic):
    """As generic, with the pager of the component in which the list stands."""

    name: str = "n_channel"

    def read_list(self, document: Document) -> ListPage:
        """A list page or a fragment. Where several components page, the list's own pager leads on."""
        page = read_list(document)
        if len(_PURL.findall(document.text)) < 2 or not page.items:
            return page
        own = _own_component(document)
        stem, most = _PURL.search(own), max((int(number) for number in _MOST.findall(own)), default=0)
        url = document.absolute(f"{stem.group(1)}_{most - 1}.html") if stem and most > 1 else None
        following = PageRequest(url) if url else None
        return replace(page, next=following, truncated=most > 1 and url is None, pages=most or None)


def _own_component(document: Document) -> str:
    """The source of the component that holds most rows of the page's list."""
    rows = find_list(document).rows[:_SAMPLE]
    hrefs = [link.element.get("href") or "" for row in rows for link in row.links[:1]]
    starts = [found.start() for found in _COMPONENT.finditer(document.text)]
    parts = [document.text[start:end] for start, end in pairwise([*starts, len(document.text)])]
    return max(parts, key=lambda part: sum(bool(href) and href in part for href in hrefs), default="")
