"""Is a regular expression of the register safe to run over what portals send?"""

import re
import warnings
from typing import Final

from plans.problems import broken_rule

MAX_PATTERN: Final = 1_000  # characters; the longest real pattern of a title stays far below
MAX_GROUPS: Final = 100  # nested deeper, `re` could run out of stack where it is compiled again
_WIDE: Final = 20  # a repeat that may run further than this counts as unbounded
# An escape, a set of characters, the head of a group, its end, a repeat, or any other character.
_PART = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!>]|<[=!]|P<\w+>|[a-zA-Z-]+:))?|\)|[*+?]|\{\d*,?\d*\}|.", re.S
)
_BOUNDS = re.compile(r"\{(\d*)(,?)(\d*)\}")


def compiles(pattern: str) -> str:
    """The pattern itself. Raises a rule error where `re` refuses it or where it could run for ever."""
    if len(pattern) > MAX_PATTERN or pattern.count("(") > MAX_GROUPS:
        raise broken_rule(
            f"正则表达式过长（上限 {MAX_PATTERN} 字、{MAX_GROUPS} 组括号）",
            f"regular expression of more than {MAX_PATTERN} characters or {MAX_GROUPS} groups",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)  # [[ and the like, which a later Python reads differently
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, ValueError, FutureWarning) as error:
        raise broken_rule(f"不是有效的正则表达式：{error}", f"not a regular expression: {error}") from None
    if repeats_a_repeat(pattern):
        raise broken_rule(
            "重复之内又有重复（如 (a+)+），匹配可能永不结束；请去掉一层",
            "a repeat inside a repeat, as in (a+)+, may never end; take one of them away",
        )
    return pattern


def repeats_a_repeat(pattern: str) -> bool:
    """Whether an unbounded repeat stands in a group that is itself repeated without bound: matching such a
    pattern can take time exponential in the title's length. Expects a pattern that compiles."""
    open_groups = [False]  # for each open group: does it hold an unbounded repeat?
    last_held = False  # the same of the group that was just closed, as long as a repeat may follow it
    for part in _PART.findall(pattern):
        if part.startswith("("):
            open_groups.append(False)
        elif part == ")" and len(open_groups) > 1:
            last_held = open_groups.pop()
            open_groups[-1] = open_groups[-1] or last_held
            continue
        elif _is_wide(part):
            if last_held:
                return True
            open_groups[-1] = True
        last_held = False
    return False


def _is_wide(part: str) -> bool:
    if part in ("*", "+"):
        return True
    bounds = _BOUNDS.fullmatch(part)
    if bounds is None or part == "{}":
        return False
    low, comma, high = bounds.groups()
    return bool(comma and not high) or int(high or low or 0) > _WIDE
