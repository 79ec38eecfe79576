"""Does a list without a pager say that it shows only its newest rows?

Short complete lists are common, so the number of rows alone proves nothing. Two things do: words that name the
number shown (最新10条 above ten rows), and a 更多 (全部, 历史信息) in the list's own box or right after it that leads
to another list.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from spiders import addresses
from spiders.document import Document, first_text
from spiders.lists import FoundList
from spiders.outline import hidden

_NEWEST = re.compile(
    r"(?:最新|最近|近期|仅显示|只显示|显示)(?:的|发布的?|前|最新的?|最近的?)?\s?(\d{1,3})\s?(?:条|篇|项|个|则)"
)
_MORE = re.compile(
    r"[\[【(（<《+\s]{0,3}(?:(?:查看|点击|阅读|浏览)?(?:更多|全部|所有|历史|往期|以往|以前|更早|归档|存档)"
    r"(?:的?(?:信息|内容|文件|列表|数据|文章|记录|资料))?|more|archives?)[\])】）>》»›+\s.…]{0,5}",
    re.I,
)
_CLIMB: Final = 3  # elements between the rows' parent and the box with its heading
_BOX_LINKS: Final = 4  # links beside the rows in a list's own box: heading, 更多, a tab or two
_LABEL: Final = 12  # characters of a 更多 link
_BEHIND: Final = 2  # elements after the rows' parent
_LINE: Final = 40  # characters; a block of its own says more
_MAX_STEPS: Final = 3_000  # elements looked at


def says_capped(document: Document, found: FoundList) -> bool:
    """Whether the list's own box says that more exists elsewhere. `found` is the page's main list. Never raises."""
    if not found.rows:
        return False
    own = {link.element for row in found.rows for link in row.links}
    if any(_leads_on(document, link) for link in _after(found) if link not in own):
        return True
    for box in _boxes(found):
        texts, beside = _around(box, own)
        if len(beside) > _BOX_LINKS:
            return False
        if any(_leads_on(document, link) for link in beside):
            return True
        if any(int(number) == len(found.items) for text in texts for number in _NEWEST.findall(text)):
            return True
    return False


def _boxes(found: FoundList) -> Iterator[HtmlElement]:
    node = found.rows[0].nodes[0].getparent()
    for _ in range(_CLIMB):
        if node is None or node.tag in ("body", "html"):
            return
        yield node
        node = node.getparent()


def _after(found: FoundList) -> list[HtmlElement]:
    """The links of the few elements right after the rows' own."""
    parent = found.rows[-1].nodes[0].getparent()
    behind = [] if parent is None else list(islice(parent.itersiblings(), _BEHIND))
    lines = [node for node in behind if isinstance(node.tag, str) and len(first_text(node, _LINE + 1)) <= _LINE]
    return [link for node in lines for link in islice(node.iter("a"), _BOX_LINKS)]


def _around(box: HtmlElement, own: set[HtmlElement]) -> tuple[list[str], list[HtmlElement]]:
    """The short texts of a box, and its links that are no row's."""
    texts: list[str] = []
    beside: list[HtmlElement] = []
    for step, element in enumerate(box.iter()):
        if step > _MAX_STEPS or len(beside) > _BOX_LINKS:
            break
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        if element.tag == "a" and element not in own:
            beside.append(element)
        texts += [text for text in (element.text, element.tail) if text and 4 <= len(text) <= 80]
    return texts, beside


def _leads_on(document: Document, link: HtmlElement) -> bool:
    """Whether a link says 更多 and leads to another list."""
    label = (first_text(link, _LABEL + 1) or link.get("title") or "").strip()
    if not label:
        label = next((image.get("alt") or "" for image in link.iter("img")), "").strip()
    if len(label) > _LABEL or not _MORE.fullmatch(label) or hidden(link):
        return False
    url = document.link(link)
    return url is not None and not addresses.same_page(url, document.url) and not addresses.is_known_article(url)
