"""Is this cell the head of a column, and of what kind of column?"""

from enum import StrEnum

from plans.reading.lexicon import lexicon
from plans.reading.script import plain


class Role(StrEnum):
    """What a column of a plan's table holds."""

    NUMBER = "number"
    SECTION = "section"
    TEXT = "text"
    LEAD = "lead"
    COOPERATING = "cooperating"
    TIME = "time"
    REMARK = "remark"


_LONGEST_HEAD = 14  # characters; longer cells are content


def role_of_head(cell: str) -> Role | None:
    """The kind of column that a head such as 责任单位 names; None where the cell is no head."""
    text = "".join(plain(cell).split()).strip("：:*")
    if not 0 < len(text) <= _LONGEST_HEAD:
        return None
    for role in Role:
        if any(pattern.fullmatch(text) for pattern in lexicon().heads[role.value]):
            return role
    return None


def is_header_cell(cell: str) -> bool:
    return role_of_head(cell) is not None
