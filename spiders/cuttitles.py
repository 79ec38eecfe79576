"""Are a list's titles cut by a fixed width, without an ellipsis that would say so?

Old ASP and PHP templates print left(title, n) or a number of bytes (a Chinese sign counts two). Nothing on such a row
tells that its title goes on; the list as a whole does: many titles end at the same width, none is longer, and they
stop in the middle of a phrase. A row that is marked wrongly costs one request; a cut title that nobody marks hides
an instalment from its title pattern and accuses an agency falsely. So the doubt goes to "cut".
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

ELLIPSIS = re.compile(r"(?:(?<!\.)\.{2,}+|(?<!…)…++|(?<!⋯)⋯++)\s*+$")  # a run is tried once, from its beginning
# Least rows at the width, and their least share of the list: on the 27 labelled list pages no uncut list has three
# unfinished titles of its greatest length (018, cut with an ellipsis at 33 signs, has 19 of 20 rows there).
_LEAST_ROWS: Final = 3
_LEAST_SHARE: Final = 0.15
_SHORTEST: Final = 10  # signs; no template cuts shorter, menus and serial headings do have equal short lengths
# How titles end that are whole: a kind of document, a closing bracket or quotation mark, a day.
_WHOLE = re.compile(
    r"(?:[)）\]】〕》”’」』\"'？?！!。日号]|通知|公告|通告|公示|意见|办法|规定|细则|方案|报告|决定|批复|复函|函|条例|通报|计划|要点"
    r"|规划|情况|名单|说明|解读|标准|指南|制度|目录|清单|公报|纪要|表|分析|结果|信息|数据|会议?|活动|工作|培训|仪式|通稿|招聘)$"
)


def cut_rows(titles: Sequence[str]) -> frozenset[int]:
    """The places of the titles that a fixed width seems to have cut; empty where the list shows no such width."""
    for width in (len, _bytes):
        found = _at_width(titles, width, 0 if width is len else 1)
        if found:
            return found
    return frozenset()


def _bytes(title: str) -> int:
    """Width as old encodings count it: two for Chinese and full-width signs, one for others."""
    return sum(map(_sign_bytes, title))


@lru_cache(maxsize=20_000)
def _sign_bytes(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1


def _at_width(titles: Sequence[str], width: Callable[[str], int], slack: int) -> frozenset[int]:
    """`slack`: a limit in bytes leaves one unused where a two-byte sign would not fit."""
    widths = [width(title) for title in titles]
    most = max(widths, default=0)
    there = [place for place, size in enumerate(widths) if most - slack <= size]
    below = sum(most - slack - 2 <= size < most - slack for size in widths)
    if most < _SHORTEST * (1 + slack) or len(there) < max(_LEAST_ROWS, _LEAST_SHARE * len(titles), below + 1):
        return frozenset()
    broken = [titles[place] for place in there if not _WHOLE.search(titles[place])]
    endings = {title[-2:] for title in broken}
    enough = len(broken) * 2 >= len(there) and len(endings) >= _LEAST_ROWS
    return frozenset(there) if enough else frozenset()
