"""Which sentences of an item belong to which bracket of agencies?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from plans.reading.leads import Agencies, has_label, is_agency, read_agencies, says_who
from plans.reading.lexicon import lexicon
from plans.reading.limits import limits_in
from plans.reading.script import compact, plain

_TIME_LABEL = re.compile(r"(?:完成|时限|办结|工作|公开)?(?:时限|时间|期限|节点)(?:要求)?：")
_OTHER_LABEL = re.compile(r"(?:责任人|联系人|分管领导|公开(?:方式|渠道|平台|载体|形式)|备注|责任领导)：")
_NEAR: Final = 20
_LABEL_BEHIND = re.compile(
    r"(?<=[。；！）”])\s*(?:牵头|责任|主办|承办|落实|负责)(?:落实)?(?:责任)?(?:单位|部门|科室|处室)\s*："
)
_BEFORE_LIST: Final = "。；！？：）”"


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences, who answers for them, and what a label says of their time limit."""

    text: str
    agencies: Agencies = field(default_factory=Agencies)
    named: bool = False
    time: str = ""


def groups_of(text: str) -> list[Group]:
    """The item's groups in order; one without agencies where it names none. `text` may hold several paragraphs,
    some of them label lines."""
    body, labels, time = _without_label_lines(text)
    found = list(_bracketed(body))
    if labels:
        whole = "\n".join(group.text for group in found if group.text)
        return [Group(whole, read_agencies("；".join(labels)), True, time)]
    if time and found:
        found[-1] = Group(found[-1].text, found[-1].agencies, found[-1].named, time)
    return found


def _without_label_lines(text: str) -> tuple[str, list[str], str]:
    kept: list[str] = []
    labels: list[str] = []
    time = ""
    for line in _label_apart(text):
        even = plain(compact(line)).lstrip("（").rstrip("）")
        bare = compact(line).strip("（）()")
        if _TIME_LABEL.match(even):
            time = bare[_TIME_LABEL.match(even).end() :]  # type: ignore[union-attr]
        elif has_label(even[:14]) and has_label(even):
            body, tail = _time_behind(bare, even)
            labels.append(body)
            time = tail or time
        elif not _OTHER_LABEL.match(even):
            kept.append(line)
    return "\n".join(kept).strip(), labels, time


def _label_apart(text: str) -> Iterator[str]:
    """Lines; a label behind a sentence's end begins one of its own."""
    for line in text.split("\n"):
        found = _LABEL_BEHIND.search(plain(line))
        if found and _outside_brackets(plain(line[: found.start()])):
            yield line[: found.start()].rstrip()
            yield line[found.start() :].lstrip()
        else:
            yield line


def _outside_brackets(before: str) -> bool:
    return before.count("（") <= before.count("）")


def _time_behind(line: str, even: str) -> tuple[str, str]:
    """A time label in the same line as the agencies."""
    found = _TIME_LABEL.search(even)
    if found:
        return line[: found.start()], line[found.end() :].rstrip("。）)")
    head, sign, tail = even.rpartition("，")
    if sign and not is_agency(tail) and limits_in(tail, None, column=True):
        return line[: len(head)], line[len(head) + 1 :]
    return line, ""


def _bracketed(text: str) -> Iterator[Group]:
    start = 0
    for opened, closed in _brackets(text):
        inside = text[opened + 1 : closed]
        if not _closes_group(text, opened, closed) or not says_who(inside):
            continue
        even = plain(compact(inside))
        who, time = _time_behind(compact(inside), even)
        agencies = read_agencies(who, cut_off=closed == len(text))
        sentences = text[start:opened].strip()
        if sentences:
            yield Group(sentences, agencies, True, time)
        start = closed + 1
        while start < len(text) and plain(text[start]) in "。；， ":
            start += 1
    rest = text[start:].strip()
    if rest or start == 0:
        yield Group(rest)


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """(opening, closing) of each outermost bracket; one that the document's end cuts off closes there."""
    even = plain(text)
    depth, opened = 0, 0
    for index, sign in enumerate(even):
        if sign == "（":
            opened = index if depth == 0 else opened
            depth += 1
        elif sign == "）" and depth:
            depth -= 1
            if depth == 0:
                yield opened, index
    if depth:
        yield opened, len(text)


def _closes_group(text: str, opened: int, closed: int) -> bool:
    """A list of agencies stands behind a sentence's end, or is itself the end of one."""
    before = plain(text[max(0, opened - _NEAR) : opened]).rstrip()
    after = plain(text[closed + 1 : closed + 1 + _NEAR]).lstrip()
    inside = plain(compact(text[opened + 1 : closed]))
    ends = not after or after[0] in "。；\n" or not before
    spoken = has_label("（" + inside) or lexicon().agencies.leads.search(inside) is not None
    if before and before[-1] in _BEFORE_LIST:
        return True
    return ends and (spoken or re.search(r"(?:负责|落实|配合)$", inside) is not None or _is_list(inside))


def _is_list(inside: str) -> bool:
    return "、" in inside and all(is_agency(name) for name in inside.split("、"))


_SUBJECT_NAME: Final = r"[省市区县镇乡州盟旗][^，。；：、（）]{1,14}?(?:局|委|办|厅|中心|办公室|会|院|队|公司|政府)"
_SUBJECT = re.compile(
    rf"(?:^|(?<=[，。；]))((?:{_SUBJECT_NAME}、){{1,40}}{_SUBJECT_NAME})(?:等[^，。；]{{0,12}})?(?=要|应|须|负责|牵头)"
)


def subject_agencies(text: str) -> tuple[str, ...]:
    """Agencies that a sentence itself names as those who must act: a list of at least two, then 要."""
    original = compact(text)
    found = _SUBJECT.search(plain(original))
    return tuple(original[found.start(1) : found.end(1)].split("、")) if found else ()
