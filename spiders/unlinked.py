"""Rows of a list that no link leads to: a script of the page opens them.

    <tr onclick="openDoc(4252)"><td>2017年5月财政收支情况</td><td>2017-06-15</td></tr>

Which address they open only the script knows. What matters is that they are there: a list of nothing but such rows must
not be taken for the few links that stand beside it.
"""

from collections import Counter
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from spiders.document import Document, first_text
from spiders.rowdates import find_full

MIN_ROWS: Final = 5  # fewer dated pieces of text stand beside many a list; assumed
_WITHIN: Final = 24  # elements of one row that are looked through; rows of real lists have below 15
_SHORTEST: Final = 14  # characters: a day and some words
_LONGEST: Final = 200


def unlinked_rows(document: Document) -> int:
    """How many dated rows without any link stand side by side, at most. Never raises."""
    boxes: Counter[HtmlElement] = Counter()
    for element in document.tree.iter("tr", "li", "div", "dl", "dd", "p"):
        parent = element.getparent()
        if parent is not None and _is_unlinked(element):
            boxes[parent] += 1
    return max(boxes.values(), default=0)


def _is_unlinked(element: HtmlElement) -> bool:
    within = list(islice(element.iter(), _WITHIN + 1))
    if len(within) > _WITHIN or any(node.tag == "a" for node in within):
        return False
    text = "".join(first_text(element, _LONGEST).split())
    return _SHORTEST <= len(text) < _LONGEST and find_full(text) is not None
