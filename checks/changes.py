"""Was a publication taken down or altered after it was first seen? Told from repeated visits alone.

`removed`: it stood there, and its own page has since answered that there is nothing. What merely left its list stands
there still. `changed`: title, claimed day or words differ from what it said before. Counters, the time of generating
the page, blanks and the marks of repeal that the law itself asks for are no changes.
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from checks.clocks import Surroundings, bare, lists
from checks.coverage import local_day
from db.facts import FetchOutcome, PageState, Publication

_GONE: Final = frozenset({FetchOutcome.NOT_FOUND, FetchOutcome.SOFT_404})
_STANDS: Final = frozenset({FetchOutcome.OK, FetchOutcome.NOT_MODIFIED})
_COMPARED: Final = 1_000  # characters of changed lines; comparing takes the square
_LEAST_TEXT: Final = 20  # characters; less is a body that could not be read, and no change of one
# What differs at each visit without anybody having changed a word (FIELD-GUIDE 1: visit counters, print lines).
_VOLATILE: Final = re.compile(
    r"(?:浏览|点击|阅读|访问|查看|下载|点赞|转发)(?:次数|人数|总数|量|数)?[:：]?[0-9,]{1,12}次?"
    r"|(?:页面|网页)?(?:生成|打印|刷新|当前|系统|最后更新|更新)(?:时间|日期)[:：]?[0-9年月日时分秒:：./-]{4,30}"
    r"|您是第[0-9,]{1,12}位(?:访客|访问者|浏览者)?"
)


@dataclass(frozen=True, slots=True)
class Note:
    """What happened after publication, as it stands behind a verdict's reason."""

    zh: str
    en: str


def removal(found: Publication, around: Surroundings) -> Note | None:
    """Since when its page answers that there is nothing, where it stood before. A page of the same title that was
    seen since is the same thing saved again (a column renumbered, a site moved): it is removed when that one is."""
    note = _gone(found, around)
    if note is None:
        return None
    since, told = note
    again = [twin for twin in around.twins(found) if local_day(twin.last_seen) >= since]
    if not again:
        return told
    last = _gone(max(again, key=lambda twin: (twin.last_seen, twin.url)), around)
    return last[1] if last is not None else None


def _gone(found: Publication, around: Surroundings) -> tuple[dt.date, Note] | None:
    """Since which day one page answers that there is nothing, where it stood before."""
    visits = sorted((v for v in found.visits if v.outcome in _GONE | _STANDS), key=lambda v: (v.at, v.outcome in _GONE))
    if not visits or visits[-1].outcome not in _GONE:
        return None
    stood = [v.at for v in visits if v.outcome in _STANDS] + [state.seen_at for state in found.history]
    gone = min(v.at for v in visits if v.outcome in _GONE and v.at >= max(stood, default=v.at))
    stood = stood or _left_its_list(found, around)
    day = local_day(gone)
    if not stood:
        return None
    last = local_day(max(stood))
    return day, Note(
        f"{last} 尚能打开或列出，{day} 查阅时页面已不存在",
        f"it still stood there on {last}, its page was gone on {day}",
    )


def change(found: Publication, around: Surroundings) -> Note | None:
    """What it says otherwise than when it was first read: title, claimed day, share of its words. Where its page is
    gone, that of the same title, claimed day and column which stood there later is it: told is what changed in that
    page itself, as the move may have changed much."""
    own = _change(found)
    gone = _gone(found, around)
    if own is not None or gone is None:
        return own
    again = (t for t in around.twins(found) if t.published == found.published and local_day(t.last_seen) >= gone[0])
    shared = (twin for twin in again if not set(twin.columns).isdisjoint(found.columns))
    return next((note for twin in sorted(shared, key=lambda t: t.url) if (note := _change(twin)) is not None), None)


def _change(found: Publication) -> Note | None:
    states = sorted(found.history, key=lambda s: (s.seen_at, s.digest))
    pairs = [(old, new) for old, new in pairwise(states) if old.evidence is None or old.evidence != new.evidence]
    told, told_en = [], []
    for old, new in pairs:
        if old.title and new.title and bare(old.title) != bare(new.title):
            told.append(f"标题由《{old.title[:60]}》改为《{new.title[:60]}》")
            told_en.append("its title changed")
    for was, became in _days(found, pairs):
        told.append(f"标示日期由 {was} 改为 {became}")
        told_en.append(f"its claimed day changed from {was} to {became}")
    share = max((_share(old, new) for old, new in pairs), default=0.0)
    if share:
        percent = max(1, round(100 * share))
        told.append(f"正文约 {percent}% 有改动")
        told_en.append(f"about {percent}% of its text changed")
    if not told:
        return None
    return Note(
        "首次读到之后，" + "，".join(dict.fromkeys(told)), "since first read, " + ", ".join(dict.fromkeys(told_en))
    )


def _left_its_list(found: Publication, around: Surroundings) -> list[dt.datetime]:
    """When it was last listed, where a later complete reading of the same column did not list it any more."""
    last = max((seen for seen, _, _ in found.listed), default=None)
    if last is None or found.published is None:
        return []
    later = [r for r in around.readings(found) if r.read_at > last and lists(r, found.published)]
    return [last] if later else []


def _days(found: Publication, pairs: list[tuple[PageState, PageState]]) -> list[tuple[dt.date, dt.date]]:
    """(was, became) of the claimed day, in the page itself and in the lists."""
    said = [(o.published, n.published) for o, n in pairs if o.published and n.published and o.published != n.published]
    by_day: dict[dt.date, set[dt.date]] = {}
    for seen, _, listed in found.listed:
        if listed is not None:
            by_day.setdefault(local_day(seen), set()).add(listed)
    shown = [by_day[day] for day in sorted(by_day)]
    return said + [(min(old), min(new)) for old, new in pairwise(shown) if old.isdisjoint(new)]


def _share(old: PageState, new: PageState) -> float:
    """The share of characters that only one of both has; 0 where either could not be read."""
    marks = {bare(mark.text) for state in (old, new) for mark in state.marks}
    before, after = (_lines(state.text, marks) for state in (old, new))
    sizes = [sum(len(line) * n for line, n in lines.items()) for lines in (before, after)]
    if min(sizes) < _LEAST_TEXT:
        return 0.0
    if "".join(before.elements()) == "".join(after.elements()):
        return 0.0  # the same words, broken into other lines
    lost, won = ("".join(lines.elements()) for lines in (before - after, after - before))
    return max(0.0, (len(lost) + len(won) - 2 * _alike(lost, won)) / sum(sizes))


def _alike(lost: str, won: str) -> int:
    """Characters that the changed lines still have in common; none where comparing them would take long."""
    if max(len(lost), len(won)) > _COMPARED:
        return 0
    return sum(block.size for block in SequenceMatcher(None, lost, won, autojunk=False).get_matching_blocks())


def _lines(text: str, marks: set[str]) -> Counter[str]:
    lines = (_VOLATILE.sub("", bare(line)) for line in text.splitlines())
    return Counter(line for line in lines if line and line not in marks)
