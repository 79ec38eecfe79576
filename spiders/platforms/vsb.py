"""博达 VSB (Visual SiteBuilder): columns x.htm and x/<n>.htm, counted down; articles info/<tree>/<id>.htm.

Recognised by <!--Announced by Visual SiteBuilder-->, _sitegray, vsb_content, info/<tree>/<id>.htm; learned from pages
of a university saved by Teleport (FIELD-GUIDE 3.7, pages 118-125), as no government page of the family was at hand.

Of N pages the first is x.htm, the second x/<N-1>.htm, the last x/1.htm. So the address of a page changes its content
when a new page begins: only the column's own address names anything that lasts.
"""

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from spiders.document import Document
from spiders.platforms.generic import Generic, read_list
from spiders.records import ListPage, PageRequest

MAX_PAGES: Final = 10_000
_LATER = re.compile(r"^(.*/)(\d{1,5})\.htm$")
_GO_TO = re.compile(r"_simple_list_gotopage_fun\(\s{0,3}(\d{1,5})\s{0,3},")
# td#fanye203020: 共180条 1/18; span.p_t: 1/11.
_FRACTION = re.compile(
    r"(?:id=[\"']fanye\d{1,12}[\"'][^<>]{0,200}>|class=[\"']p_t[\"'][^<>]{0,80}>)(?:\s|&nbsp;|共\s?\d{1,7}\s?条){0,9}"
    r"(\d{1,5})\s?/\s?(\d{1,5})"
)


@dataclass(frozen=True)
class Vsb(Generic):
    """As generic, whose reading of the pager's own links comes first; the numbers count where a link is missing."""

    name: str = "vsb"

    def read_list(self, document: Document) -> ListPage:
        """A list page. x/1.htm is the last one, however many rows the column counts."""
        page = read_list(document)
        if not page.items:
            return page
        shown, pages = _place(document)
        page = replace(page, pages=pages or page.pages)
        if page.next is not None:
            return page
        following = _following(document.url, shown, pages)
        more = page.truncated or (pages or 1) > (shown or 1)
        return replace(page, next=following, truncated=more and following is None and not _is_last(document))


def _place(document: Document) -> tuple[int | None, int | None]:
    """Which of how many pages this is, as far as the pager says."""
    fraction = _FRACTION.search(document.text)
    if fraction:
        return int(fraction.group(1)), int(fraction.group(2))
    counted = _GO_TO.search(document.text)
    return None, int(counted.group(1)) if counted else None


def _following(url: str, shown: int | None, pages: int | None) -> PageRequest | None:
    bare = url.split("?", 1)[0].split("#", 1)[0]
    later = _LATER.match(bare)
    if later:
        number = int(later.group(2))
        return PageRequest(f"{later.group(1)}{number - 1}.htm") if pages and number > 1 and shown != pages else None
    if pages is None or not 1 < pages <= MAX_PAGES or shown not in (None, 1) or not bare.endswith(".htm"):
        return None
    return PageRequest(f"{bare.removesuffix('.htm')}/{pages - 1}.htm")


def _is_last(document: Document) -> bool:
    return urlsplit(document.url).path.endswith("/1.htm")
