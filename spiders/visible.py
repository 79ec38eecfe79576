"""What does a reader of the page see, line by line?

One pass over the tree gives the visible lines (block elements, table cells, parts between <br>) in their order, and
for each element the range of its lines, so that fields, title and body are found without walking again. Comments,
scripts, styles and hidden elements are not seen; what a small script writes is (`spiders.scripts`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from spiders.document import Document
from spiders.scripts import assigned, written

EDGE: Final = "\x02"  # where an inline element begins or ends, and where a gap of blanks is; no page holds this sign
MAX_SCRIPTS: Final = 40  # read a page; templates that write their fields have fewer than ten
MAX_OPEN_FIELDS: Final = 8

_SKIPPED: Final = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "textarea",
        "select",
        "head",
        "title",
        "object",
        "svg",
        "button",
        "iframe",
    }
)
_INLINE_TAGS: Final = (
    "a abbr acronym b bdi bdo big cite code del em font i img input ins kbd label mark nobr o:p publishtime q rp rt"
    " ruby s samp small span st1:chsdate strike strong sub sup text time tt u ucaptitle var wbr"
)
_INLINE: Final = frozenset(_INLINE_TAGS.split())
_HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CELLS: Final = frozenset({"td", "th", "dt", "dd"})
_FRAME_TAGS: Final = frozenset({"nav", "header", "footer"})
# Words of class names and ids for parts that belong to the site and not to the article, as in the families' templates.
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navi|menu|submenu|footer|foot|bottom|crumbs?|breadcrumbs?|dqwz|weizhi|position|location"
    r"|copyright|friendlinks?|yqlj|login|search|share|toolbar|sitemap|bdshare\w{0,20}|sidebar|related|relate|hotnews|ewm|qrcode)(?:$|[\s_-]|\d)"
    r"|breadcrumb|pagination|footer|sidemenu|mainnav|bdsharebuttonbox",
    re.IGNORECASE,
)
# The site's head, unless the article's own head stands in it (page 102).
_HEAD = re.compile(
    r"(?:^|\s)(?:(?:site|page|main|web|pc|top|common|public)[-_]?)?(?:header|head|topbar|top)[-_]?\d{0,2}(?:$|\s)",
    re.IGNORECASE,
)
_ARTICLE_HEAD = re.compile(
    r"来\s?源\s?[:：]|发\s?布\s?(?:日\s?期|时\s?间|于)|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s{0,3}\d{1,2}:\d\d"
)
_FOOT = re.compile(r"footer|(?:^|[\s_-])foot(?:$|[\s_-])|copyright", re.IGNORECASE)
_PARAGRAPH: Final = 80  # characters; notices in headers and navigation are shorter
_ROOTS: Final = frozenset({"html", "body", "form", "main", "article"})
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_ZERO_WIDTH = re.compile("[\u200b-\u200f\ufeff\u2060\u00ad\ue000-\uf8ff]")
_WIDE_GAP = re.compile(r"\s{2,}")
_SPACE = re.compile(r"\s+")
_EDGES = re.compile(f"[ {EDGE}]*{EDGE}[ {EDGE}]*")
# Hanweb's <!--<$[信息来源]>begin--> and <!-- 文章来源 begin --> (FIELD-GUIDE 3.4, page 099).
_FIELD_MARK = re.compile(
    r"^[\s<$\[-]{0,20}([一-龥]{0,6}(?:标题|来源|日期|时间|索引号|文号|有效性)[一-龥]{0,2})(?:\(html\))?[\s\]>]{0,10}(begin|start|end|开始|结束)[\s>-]{0,5}$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """One visible line. `text` bears EDGE signs; `plain` is what is read. `row` and `cell` are the innermost
    table row and cell around it, `frame` says that it belongs to navigation, footer and the like."""

    text: str
    element: HtmlElement
    row: HtmlElement | None
    cell: HtmlElement | None
    frame: bool
    heading: int
    linked: int

    @property
    def plain(self) -> str:
        return plain(self.text)


def plain(text: str) -> str:
    """A line's text without the signs for edges, blanks at its ends and double blanks."""
    return " ".join(text.replace(EDGE, "").split())


@dataclass(slots=True)
class View:
    """All lines, where each element's lines are (`spans`: first, behind the last), the text between the
    template's field comments (`fields`) and the string variables of the inline scripts."""

    lines: list[Line] = field(default_factory=list)
    spans: dict[HtmlElement, tuple[int, int]] = field(default_factory=dict)
    fields: list[tuple[str, str]] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)


def in_data_row(lines: Sequence[Line], index: int) -> bool:
    """Whether the line stands in a table row that has further cells with text: a cell of data, not of layout."""
    line = lines[index]
    if line.row is None or line.cell is None:
        return False
    around = lines[max(0, index - 12) : index + 13]
    return any(each.row is line.row and each.cell is not line.cell and each.text for each in around)


@dataclass(slots=True)
class _Place:
    """Where the walk is: what the elements around it hand down."""

    block: HtmlElement
    row: HtmlElement | None = None
    cell: HtmlElement | None = None
    frame: bool = False
    heading: int = 0
    in_link: bool = False


class _Walk:
    def __init__(self) -> None:
        self.view = View()
        self.parts: list[str] = []
        self.linked = 0
        self.open_fields: list[tuple[str, list[str]]] = []
        self.scripts = 0
        self.frames: dict[str, bool] = {}

    def say(self, text: str | None, place: _Place) -> None:
        if not text:
            return
        self.parts.append(text)
        if place.in_link:
            self.linked += len(text.strip())
        for _, heard in self.open_fields:
            heard.append(text)

    def end_line(self, place: _Place, keep_empty: bool = False) -> None:
        if not self.parts and not keep_empty:
            return
        text = _joined(self.parts)
        if text or keep_empty:
            linked = min(self.linked, len(text))
            self.view.lines.append(Line(text, place.block, place.row, place.cell, place.frame, place.heading, linked))
        self.parts.clear()
        self.linked = 0

    def is_frame(self, element: HtmlElement) -> bool:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if names == " ":
            return False
        known = self.frames.get(names)
        if known is None:
            known = self.frames[names] = bool(_FRAME.search(names[:200]) or _HEAD.search(names[:200]))
        return known


def _joined(parts: list[str]) -> str:
    text = "".join(parts)
    if not text or text.isspace():
        return ""
    if max(text) >= "\u200b" or "\u00ad" in text:
        text = _ZERO_WIDTH.sub("", text)
    text = _WIDE_GAP.sub(f" {EDGE}", text.strip())
    text = _SPACE.sub(" ", text) if not text.isascii() or "\n" in text else text
    return "" if not text.strip(f" {EDGE}") else _EDGES.sub(_one_edge, text).strip(f" {EDGE}")


def _one_edge(match: re.Match[str]) -> str:
    return f" {EDGE}" if " " in match.group(0) else EDGE


@lru_cache(maxsize=2)  # the readers of one page share it
def view(document: Document) -> View:
    """The visible lines of a page. Linear, no recursion; never raises."""
    walk = _Walk()
    for root in roots(document):
        body = root.find("body")
        _walk_through(walk, root if body is None else body)
    return walk.view


def roots(document: Document) -> Iterator[HtmlElement]:
    """The page's tree, and what stands behind an early </html>: the parser makes it a second tree (page 096)."""
    yield document.tree
    for sibling in document.tree.itersiblings():
        if isinstance(sibling.tag, str):
            yield sibling


def fragment_view(html: str) -> View:
    """The visible lines of a piece of HTML (an interface's field, a script's string)."""
    walk = _Walk()
    root = _fragment(html)
    if root is not None:
        _walk_through(walk, root)
    return walk.view


def _fragment(html: str) -> HtmlElement | None:
    try:
        return lxml.html.fragment_fromstring(html, create_parent="div")
    except (lxml.etree.LxmlError, ValueError, AssertionError, TypeError):
        return None


def _walk_through(walk: _Walk, root: HtmlElement) -> None:
    """Depth first with an own stack: (element, its place, the line at which it began, or -1 on the way in)."""
    stack: list[tuple[HtmlElement, _Place, int, _Place]] = []
    outer = _Place(root)
    stack.append((root, outer, -1, outer))
    while stack:
        element, place, began, around = stack.pop()
        if began >= 0:
            _leave(walk, element, place, around, began)
            if element is not root:
                walk.say(element.tail, around)
            continue
        tag = element.tag
        if not isinstance(tag, str):
            _comment(walk, element)
        elif tag in _SKIPPED or is_hidden(element):
            if tag == "script":
                _script(walk, element, around)
        elif tag == "br":
            walk.end_line(around)
        else:
            inner = _enter(walk, element, around)
            stack.append((element, inner, len(walk.view.lines), around))
            walk.say(element.text, inner)
            stack.extend((child, inner, -1, inner) for child in reversed(element))
            continue
        if element is not root:
            walk.say(element.tail, around)
    walk.end_line(outer)


def is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return bool(style and "n" in style and _HIDDEN.search(style[:2000])) or (
        element.tag == "input" or element.get("hidden") is not None
    )


def _enter(walk: _Walk, element: HtmlElement, around: _Place) -> _Place:
    tag = element.tag
    if tag in _INLINE:
        walk.say(EDGE, around)
        if tag == "a" and not around.in_link:
            return _Place(around.block, around.row, around.cell, around.frame, around.heading, True)
        if tag in ("publishtime", "ucaptitle"):
            walk.open_fields.append((tag, []))
        return around
    walk.end_line(around)
    return _Place(
        element,
        element if tag in ("tr", "dl") else around.row,
        element if tag in _CELLS else around.cell,
        around.frame or _is_frame_tag(element) or (tag not in _ROOTS and walk.is_frame(element)),
        _HEADINGS.get(tag, around.heading),
        around.in_link,
    )


def _is_frame_tag(element: HtmlElement) -> bool:
    """A header is the site's, but an article's own where it stands in one (HTML 5)."""
    if element.tag not in _FRAME_TAGS:
        return False
    return element.tag != "header" or all(outer.tag != "article" for outer in islice(element.iterancestors(), 8))


def _leave(walk: _Walk, element: HtmlElement, place: _Place, around: _Place, began: int) -> None:
    tag = element.tag
    if tag in _INLINE:
        if tag in ("publishtime", "ucaptitle"):
            _close_field(walk, tag)
        walk.say(EDGE, place)
        return
    walk.end_line(place, keep_empty=tag in _CELLS and len(walk.view.lines) == began)
    walk.view.spans[element] = (began, len(walk.view.lines))
    if (
        place.frame
        and not around.frame
        and not _FOOT.search(f"{tag} {element.get('class') or ''} {element.get('id') or ''}"[:200])
    ):
        _unframe_article_head(walk.view.lines[began:])


def _unframe_article_head(lines: list[Line]) -> None:
    """A frame in which date or source of the article or a paragraph stand is no frame: unclosed elements and
    class names such as header put whole articles into them (pages 096, 102)."""
    if any(_is_article_line(line) for line in lines):
        for line in lines:
            line.frame = False


def _is_article_line(line: Line) -> bool:
    if len(line.text) <= 200 and _ARTICLE_HEAD.search(line.text.replace(EDGE, "")):
        return True
    return len(line.text) >= _PARAGRAPH and not line.linked and "。" in line.text


def _comment(walk: _Walk, element: HtmlElement) -> None:
    mark = _FIELD_MARK.match((element.text or "")[:60]) if isinstance(element, lxml.etree._Comment) else None
    if not mark:
        return
    name, side = mark.groups()
    if side.lower() in ("begin", "start", "开始"):
        if len(walk.open_fields) < MAX_OPEN_FIELDS:
            walk.open_fields.append((name, []))
    else:
        _close_field(walk, name)


def _close_field(walk: _Walk, name: str) -> None:
    for index in range(len(walk.open_fields) - 1, -1, -1):
        if walk.open_fields[index][0] == name:
            heard = _joined(walk.open_fields.pop(index)[1])
            walk.view.fields.append((name, plain(heard)[:500]))
            return


def _script(walk: _Walk, element: HtmlElement, place: _Place) -> None:
    source = element.text
    if not source or walk.scripts >= MAX_SCRIPTS or ("document.write" not in source and "var " not in source):
        return
    walk.scripts += 1
    variables = assigned(source)
    output = written(source, walk.view.variables)
    walk.view.variables.update(variables)
    if output and "<script" not in output.lower():
        for line in _lines_of(output):
            walk.say(EDGE, place)
            walk.say(line, place)
            walk.say(EDGE, place)


def _lines_of(html: str) -> Iterator[str]:
    if "<" not in html:
        yield html
        return
    root = _fragment(html)
    if root is not None:
        yield " ".join(root.itertext())
