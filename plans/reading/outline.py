"""Where do the items of a narrative plan begin and end? Paragraphs -> a tree of numbered nodes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from plans.reading.blocks import Paragraph
from plans.reading.lexicon import lexicon
from plans.reading.numerals import value
from plans.reading.script import compact, plain

_NUMERAL: Final = "[一二三四五六七八九十百]{1,4}"
_STYLES: Final = (
    ("chapter", re.compile(rf"\s*({_NUMERAL})\s*[、.]\s*|\s*(第{_NUMERAL}(?:部分|章|篇))\s*[：、]?\s*")),
    ("part", re.compile(rf"\s*（\s*({_NUMERAL})\s*）\s*[、.]?\s*")),
    ("item", re.compile(r"\s*(\d{1,3})\s*[.、](?!\d)\s*", re.ASCII)),
    ("subitem", re.compile(r"\s*（\s*(\d{1,3})\s*）\s*", re.ASCII)),
    ("circle", re.compile(r"\s*([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])\s*")),
)
_TERMINAL: Final = "。；！？：）”…"
_LONGEST_HEAD: Final = 60  # characters; a longer paragraph without an end sign was cut by a line or page break
_LONGEST_ITEM: Final = 30_000  # characters; the longest item seen has 1,300. What follows is another document
_MOST_PARAGRAPHS: Final = 300
_LONGEST_ITEM_HEAD: Final = 30
_LABEL: Final = re.compile(r"[^，。；：]{2,10}：")


@dataclass(frozen=True, slots=True)
class Marker:
    """The number at the head of a paragraph. `numeral` as plans are quoted (`一`, `(一)`, `1`); `rest`: the text
    behind it."""

    style: str
    numeral: str
    rest: str

    @property
    def ordinal(self) -> int:
        return value(self.numeral.strip("()"))


@dataclass(slots=True)
class Node:
    """A numbered paragraph, the unnumbered ones after it, and the numbered ones below it."""

    marker: Marker
    head: str  # the whole first paragraph, as the document has it
    body: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    def has_room_for(self, text: str) -> bool:
        return (
            len(text) + len(self.head) + sum(map(len, self.body)) < _LONGEST_ITEM and len(self.body) < _MOST_PARAGRAPHS
        )

    @property
    def bare(self) -> bool:
        """Whether the first paragraph is a heading alone."""
        return heads(self.marker)


@dataclass(slots=True)
class Outline:
    """`loose`: paragraphs that stand under no number."""

    loose: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)


def marker(text: str) -> Marker | None:
    """The number that a paragraph begins with; None where it begins with none."""
    even = plain(text[:40])
    for style, pattern in _STYLES:
        found = pattern.match(even)
        if found:
            numeral = next(group for group in found.groups() if group)
            shown = f"({numeral})" if style in ("part", "subitem") else numeral
            return Marker(style, shown, text[found.end() :].strip())
    return None


def is_heading(text: str) -> bool:
    """A line that names what follows: short and without an end sign."""
    bare = plain(text.strip())
    return len(bare) <= _LONGEST_HEAD and not re.search("[。；！？]", bare) and not bare.endswith(("，", "、", "："))


def heads(found: Marker) -> bool:
    """Whether the marked paragraph is a heading: chapters may have a comma, items hardly."""
    narrow = found.style in ("item", "subitem", "circle")
    if narrow and (len(found.rest) > _LONGEST_ITEM_HEAD or re.search("[，,]", found.rest)):
        return False
    return is_heading(found.rest)


def is_noise(text: str) -> bool:
    even = compact(plain(text))
    return any(pattern.search(even) for pattern in lexicon().noise)


def mended(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """Paragraphs with those joined again that a line or page break cut in two; noise is left out."""
    open_text = ""
    for paragraph in paragraphs:
        if is_noise(paragraph.text):
            continue
        if open_text and not _begins(paragraph.text) and len(open_text) < _LONGEST_ITEM and _is_cut(open_text):
            open_text += paragraph.text
        else:
            if open_text:
                yield open_text
            open_text = paragraph.text
        if paragraph.whole:
            yield open_text
            open_text = ""
    if open_text:
        yield open_text


def _begins(text: str) -> bool:
    return marker(text) is not None or _LABEL.match(plain(text[:40])) is not None


def _is_cut(text: str) -> bool:
    """A text that stops in mid-sentence; a heading, which has no end sign either, is shorter and has no comma."""
    bare = plain(text.rstrip())
    if bare.endswith(tuple(_TERMINAL)):
        return bare.count("（") > bare.count("）")
    found = marker(text)
    return not (heads(found) if found else is_heading(text)) or bare.endswith("，")


def outline(paragraphs: Iterable[str]) -> Outline:
    """The tree; which style stands below which is taken from the order in which they first come."""
    result = Outline()
    stack: list[Node] = []
    for text in paragraphs:
        found = marker(text)
        if found is None:
            if stack and stack[-1].has_room_for(text):
                stack[-1].body.append(text)
            elif stack:
                continue
            else:
                result.loose.append(text)
            continue
        node = Node(found, text)
        depth = next((index for index, above in enumerate(stack) if above.marker.style == found.style), None)
        if depth is not None:
            del stack[depth:]
        elif found.style == "chapter":
            stack.clear()
        (stack[-1].children if stack else result.nodes).append(node)
        stack.append(node)
    return result
