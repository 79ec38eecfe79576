"""Where does an article's text lead? The addresses of its links, without those of its files."""

from collections.abc import Collection
from typing import Final

from lxml.html import HtmlElement

from spiders.document import Document
from spiders.visible import View, roots

MAX_LINKS: Final = 500


def links_between(document: Document, page: View, start: int, end: int, files: Collection[str]) -> tuple[str, ...]:
    """The http(s) addresses in the lines from `start` to before `end`, each once, in the page's order, without `files`
    and the page's own address."""
    found: dict[str, None] = {}
    for root in roots(document):
        for element in root.iter("a"):
            url = document.link(element)
            if url is None or not url.startswith(("http://", "https://")) or url in files or url == document.url:
                continue
            if url not in found and _stands_in(page, element, start, end):
                found[url] = None
                if len(found) >= MAX_LINKS:
                    return tuple(found)
    return tuple(found)


def _stands_in(page: View, element: HtmlElement, start: int, end: int) -> bool:
    """Whether the block around a link has lines of the text, and its own lines are no frame."""
    for block in element.iterancestors():
        lines = page.spans.get(block)
        if lines is not None:
            first, behind = max(lines[0], start), min(lines[1], end)
            return first < behind and not page.lines[first].frame
    return False
