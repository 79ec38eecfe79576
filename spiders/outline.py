"""Where on a page do links and dates stand? One pass over the tree, shared by all list and column reading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from spiders.document import Document
from spiders.rowdates import looks_dated

MAX_LINKS: Final = 6_000  # the largest front page seen has 800
MAX_LINK_NODES: Final = 300  # elements in one link; a card of a list has some twenty
MAX_CLIMB: Final = 7  # elements between a link and its row's container; 5 seen (div > div > dl > dd > a)

_SKIPPED: Final = frozenset({"script", "style", "noscript", "template", "textarea", "select", "option"})
# Places that hold no column's list. Words of class and id names, as seen in the families' templates.
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navs|navi|menu|submenu|header|head|top|footer|foot|bottom|crumbs?|curmb|breadcrumbs?|position|location|dqwz|weizhi"
    r"|copyright|friend|friendlinks?|yqlj|links?|login|search|share|toolbar|tree|sitemap|wzdt|path|pos|loc|page|pages|pager|pageing|paging|pagination|fenye)"
    r"(?:$|[\s_-]|\d)|mainnav|sidemenu|submenu|navigation|bread|footer|header2?(?:$|[\s_-])|nav(?:$|[\s_-])|wb-tree|ewb-loc|pagination",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:side|sidebar|aside|related?|relate|hot|hots|rank|ranking|recommend|tuijian|xgxx|xgyd|xglj|popbox|slide|swiper|banner|zt|ztzl)(?:$|[\s_-]|\d)"
    r"|sidebar|related|recommend|swiper|slide|hotnews|hotlist",
    re.IGNORECASE,
)
# Names of a page's main part win, whatever else they hold (ewb-page-main, link_list_content).
_MAIN = re.compile(r"main(?!_?nav|menu)|content|body|wrap|center|article|list|news", re.IGNORECASE)
_FRAME_TAGS: Final = frozenset({"nav", "header", "footer"})
_SPACES = re.compile(r"[\s\u200b-\u200f\ufeff\u2060\u00ad]+")
_CLASS_NUMBER = re.compile(r"\d+")


def clean(text: str | None) -> str:
    """Runs of white space as one blank, zero-width characters dropped."""
    if not text:
        return ""
    if max(text) >= "\u200b":
        text = re.sub("[\u200b-\u200f\ufeff\u2060]+", "", text)
    return " ".join(text.replace("\u00ad", "").split())


def hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return bool(style) and "display" in style and "none" in style


def pieces(element: HtmlElement, with_tail: bool = False, most: int | None = None) -> Iterator[tuple[HtmlElement, str]]:
    """The visible pieces of text under an element, each with the element that it stands in. Linear, no recursion; at
    `most` so many elements and tails are looked at."""
    stack: list[HtmlElement | tuple[HtmlElement, str]] = [element]  # what is still to be seen; a tuple is a tail
    left = most
    while stack:
        if left is not None:
            if not left:
                return
            left -= 1
        node = stack.pop()
        if isinstance(node, tuple):
            yield node
            continue
        tag = node.tag
        if not isinstance(tag, str) or tag in _SKIPPED or hidden(node):
            continue
        text = node.text
        if text and not text.isspace():
            yield node, text
        for child in reversed(node):
            tail = child.tail
            if tail and not tail.isspace():
                stack.append((node, tail))
            stack.append(child)
    if with_tail and element.tail and not element.tail.isspace():
        yield element.getparent(), element.tail


def text_of(element: HtmlElement, most: int | None = None) -> str:
    """The visible text; of the first `most` elements alone where links may lie within links thousands deep."""
    if isinstance(element.tag, str) and not len(element):
        return "" if element.tag in _SKIPPED or hidden(element) else clean(element.text)
    return clean(" ".join(text for _, text in pieces(element, most=most)))


@dataclass(slots=True)
class Link:
    """One <a> of the page. `url` is None where it leads nowhere (javascript:, empty)."""

    element: HtmlElement
    text: str
    title: str
    url: str | None


@dataclass
class Outline:
    """Links and date marks of a page, with the containers they stand in."""

    links: list[Link] = field(default_factory=list)
    dates_under: dict[HtmlElement, int] = field(default_factory=dict)
    dated_tail: set[HtmlElement] = field(default_factory=set)
    _frames: dict[HtmlElement, float] = field(default_factory=dict)
    _paths: dict[HtmlElement, int] = field(default_factory=dict)
    _path_ids: dict[tuple[int, str, str], int] = field(default_factory=dict)

    def weight(self, element: HtmlElement) -> float:
        """1 in the page's body, less in frames (navigation, footer ...) and side boxes. At most 0.2 and 0.45
        of a body row: a list of five must win against a menu of twenty."""
        chain = []
        node = element
        while node is not None and node not in self._frames:
            chain.append(node)
            node = node.getparent()
        value = self._frames[node] if node is not None else 1.0
        for step in reversed(chain):
            value = min(value, _own_weight(step))
            self._frames[step] = value
        return value

    def path(self, element: HtmlElement) -> int:
        """A number that equal chains of tags and class names share, digits in class names left out."""
        chain = []
        node = element
        while node is not None and node not in self._paths:
            chain.append(node)
            node = node.getparent()
        value = self._paths[node] if node is not None else 0
        for step in reversed(chain):
            key = (value, str(step.tag), _class_key(step))
            value = self._path_ids.setdefault(key, len(self._path_ids) + 1)
            self._paths[step] = value
        return value


def _class_key(element: HtmlElement) -> str:
    return _CLASS_NUMBER.sub("#", element.get("class") or "").strip()


def _own_weight(element: HtmlElement) -> float:
    tag = element.tag
    if tag in ("body", "html"):
        return 1.0
    if tag in _FRAME_TAGS:
        return 0.2
    if tag == "aside":
        return 0.45
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300].split()
    names = [name for name in names if not _MAIN.search(name)]
    if any(_FRAME.search(name) for name in names):
        return 0.2
    return 0.45 if any(_ASIDE.search(name) for name in names) else 1.0


@lru_cache(maxsize=2)  # the readers of one page share it
def outline(document: Document) -> Outline:
    """The outline of a page. Never raises."""
    found = Outline()
    body = document.tree.find("body")
    root = document.tree if body is None else body
    skip_until: HtmlElement | None = None
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            _mark_tail(found, element)
            continue
        if skip_until is not None and _inside(element, skip_until):
            continue
        skip_until = None
        _mark_tail(found, element)
        if tag in _SKIPPED:
            skip_until = element
            continue
        if tag == "a":
            if len(found.links) < MAX_LINKS:
                found.links.append(_link(document, element))
            if element.text and looks_dated(element.text, strict=True):
                _mark(found, element)
        elif element.text and looks_dated(element.text):
            _mark(found, element)
    return found


def _inside(element: HtmlElement, outer: HtmlElement) -> bool:
    return any(node is outer for node in element.iterancestors())


def _mark_tail(found: Outline, element: HtmlElement) -> None:
    if element.tail and looks_dated(element.tail):
        found.dated_tail.add(element)
        parent = element.getparent()
        if parent is not None:
            _mark(found, parent)


def _mark(found: Outline, element: HtmlElement) -> None:
    node: HtmlElement | None = element
    for _ in range(MAX_CLIMB + 2):
        if node is None:
            return
        found.dates_under[node] = found.dates_under.get(node, 0) + 1
        node = node.getparent()


def _link(document: Document, element: HtmlElement) -> Link:
    title = clean(element.get("title"))
    return Link(
        element, text_of(element, MAX_LINK_NODES), title, document.link(element) or _scripted(document, element)
    )


# window.open('/a/1.html'), location.href='...': the address that a script would open.
_OPENED = re.compile(
    r"(?:\bopen|\blocation(?:\.href)?|\b(?:replace|assign)|\bgoto\w{0,8}|\bjump\w{0,8}|\bview\w{0,8}|\bshow\w{0,8})\s{0,3}[(=]\s{0,3}"
    r"['\"]([^'\"\s<>]{1,500})['\"]"
)


def _scripted(document: Document, element: HtmlElement) -> str | None:
    """Where a link without an address leads by its script; None where that takes an unknown function to tell."""
    href = (element.get("href") or "").strip()
    if href and href[0] != "#" and not href.lower().startswith("javascript:"):
        return None
    found = _OPENED.search(f"{href[:600]};{(element.get('onclick') or '')[:600]}")
    if found is None or not re.search(r"[/.?]", found.group(1)):
        return None
    return document.absolute(found.group(1))
