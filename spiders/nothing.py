"""Does a page say visibly that its list is empty (暂无数据)?"""

import re
from typing import Final

from spiders.document import Document
from spiders.outline import hidden

_NOTHING = re.compile(
    r"暂无(?:相关)?(?:数据|内容|信息|记录|文章|文件|公开)"
    r"|(?:没有|未)(?:找到|查到|查询到|检索到)?(?:相关|符合|任何)?的?(?:数据|记录|信息|内容|文章)"
    r"|(?:共|总计)\s*0\s*条|^\s*暂无\s*$|no data|no records?",
    re.I,
)
_CONDITIONS: Final = ("ms-if", "ms-visible", "v-if", "v-show", "v-else", "ng-if", "ng-show", "data-template", "hidden")
_LONGEST_NOTICE: Final = 60  # characters of a "nothing here" notice; longer texts only mention it


def says_nothing(document: Document) -> bool:
    """Whether the page says visibly that its list is empty."""
    for element in document.tree.iter("p", "div", "li", "td", "span", "dd", "h3", "h4", "b", "center", "font"):
        if len(element) > 4 or not (element.text or len(element)):
            continue
        text = element.text or ""
        if not 2 <= len(text.strip()) <= _LONGEST_NOTICE or not _NOTHING.search(text):
            continue
        if not any(_conditional(node) for node in (element, *element.iterancestors())):
            return True
    return False


def _conditional(node: object) -> bool:
    tag = getattr(node, "tag", None)
    if tag in ("script", "template", "style"):
        return True
    return hidden(node) or any(node.get(name) is not None for name in _CONDITIONS)  # type: ignore[attr-defined]
