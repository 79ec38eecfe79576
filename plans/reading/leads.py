"""Which agencies does a list name, and who of them leads?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from plans.reading.lexicon import lexicon
from plans.reading.script import compact, plain

_LONGEST_NAME: Final = 32
_LONGEST_LIST: Final = 800  # a list of all agencies of a province has 500 characters
_TAIL = re.compile(r"[^\w）》”]+$")
# 各市、县…: a bare level, and a lower one that the same 各 governs.
_BELOW = re.compile(
    r"各(?:省|市|州|盟|地市)(?=[县区旗]|市(?:（|区|县|人民政府|政府))"
    r"|各(?:县|区|县市)(?=[市区旗](?:（|人民政府|政府|$))"
    r"|各(?:镇|乡|乡镇)(?=街道|乡|镇)"
)
_NO_NAME = re.compile(r"\d|通过|做好|推进|加强|开展|建立|及时|定期|按|完善|公开|制定|对|在")
_JOINED = re.compile(r"(?<=[局委办厅部处院科室会门位区县镇])(?:和|及|与|以及|、和)(?=各|市|区|县|省|州|镇|乡|国)")
_WITH = re.compile(r"(.{2,20}[处科室局厅司部])会([^同议].+)")

_ROLE_SAID = re.compile(r"(?<=牵头|负责|落实|配合)、")


@dataclass(frozen=True, slots=True)
class Agencies:
    """Names as the document writes them, blanks left out. `doubts`: why they may be wrong."""

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def read_agencies(text: str, *, cut_off: bool = False) -> Agencies:
    """The agencies of a cell, of a bracket at a sentence's end, or of label lines (责任单位：…).

    `cut_off`: the document ends inside the list, so its last name is no whole one.
    """
    original = compact(text)[:_LONGEST_LIST]
    lead: list[str] = []
    helps: list[str] = []
    for role, start, end in _segments(plain(original)):
        names = [name for name in _names(original, start, end) if len(name) <= _LONGEST_NAME]
        if cut_off and end >= len(original) and names and not _FINISHED.search(plain(names[-1])):
            names.pop()
        (lead if role == "lead" else helps).extend(names)
    lead, helps, doubts = _settled(lead, helps)
    return Agencies(tuple(dict.fromkeys(lead)), tuple(dict.fromkeys(helps)), tuple(doubts))


_FINISHED = re.compile(r"[局委厅室]$")  # what a name cut off in its middle does not end with


def _settled(lead: list[str], helps: list[str]) -> tuple[list[str], list[str], list[str]]:
    doubts: list[str] = []
    together = [_WITH.fullmatch(plain(name)) for name in lead]
    if len(lead) == 1 and together[0]:
        middle = together[0].end(1)
        lead, helps = [lead[0][:middle]], [lead[0][middle + 1 :], *helps]
        doubts.append("“会”读作“会同”，请核对牵头与配合单位")
    if not lead and helps:
        lead, helps = helps, []
        doubts.append("只写了配合单位，暂作牵头单位")
    return lead, [name for name in helps if name not in lead], doubts


def _segments(even: str) -> Iterator[tuple[str, int, int]]:
    """(role, start, end) of each part of the list. `even` is the text as it is compared."""
    labels = [(found.start(), found.end(), role) for found, role in _labels(even)]
    if not labels:
        yield from _phrases(even, 0, len(even))
        return
    led = any(role == "lead" for *_, role in labels)
    if even[: labels[0][0]].strip("（，。；、"):
        yield from _phrases(even, 0, labels[0][0])
    for index, (_, start, role) in enumerate(labels):
        end = labels[index + 1][0] if index + 1 < len(labels) else len(even)
        if role == "lead" or (role == "either" and not led):
            yield from _phrases(even, start, end)
        else:
            yield "helps", start, end


# A label that says 单位 or the like begins wherever it stands; a short one only behind a sign.
_ANYWHERE = r"(?=[牵责配协参主][头任合办与同](?:责任)?(?:单位|部门|科室|处室|股室)：)"


@cache
def _label_pattern() -> re.Pattern[str]:
    words = lexicon().agencies
    groups = (("lead", words.labels_lead), ("either", words.labels_lead_or_helps), ("helps", words.labels_helps))
    parts = "|".join(f"(?P<{name}>{'|'.join(one.pattern for one in patterns)})" for name, patterns in groups)
    return re.compile(f"(?:(?<=^)|(?<=[（，。；、：）”])|{_ANYWHERE})(?:{parts})：")


def _labels(even: str) -> Iterator[tuple[re.Match[str], str]]:
    for found in _label_pattern().finditer(even):
        yield found, str(found.lastgroup)


def has_label(even: str) -> bool:
    """Whether agencies are announced by a label such as 责任单位：."""
    return _label_pattern().search(even) is not None


def _phrases(even: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Parts between commas; what leads and what helps is said by words around the names."""
    words = lexicon().agencies
    led = False
    for first, last in _split_after_role(even, start, end):
        part = even[first:last]
        jointly = words.jointly.search(part)
        if jointly:
            if jointly.start():
                yield "helps" if led else "lead", first, first + jointly.start()
            yield "helps", first + jointly.end(), last
            led = True
        elif words.leads.search(part):
            yield "lead", first, last
            led = True
        elif words.helps.search(part) or led:
            yield "helps", first, last
        else:
            yield "lead", first, last


def _split_after_role(even: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """At commas, and at 、 where the words before it already said what the names do: A牵头、B配合."""
    for first, last in _split(even, start, end, "，；。"):
        for said in _ROLE_SAID.finditer(even, first, last):
            yield first, said.start()
            first = said.end()  # noqa: PLW2901 - the rest of the same part
        yield first, last


def _split(even: str, start: int, end: int, signs: str) -> Iterator[tuple[int, int]]:
    """Spans between signs that stand outside brackets."""
    depth, first = 0, start
    for index in range(start, end):
        sign = even[index]
        if sign in "（《“":
            depth += 1
        elif sign in "）》”":
            depth = max(0, depth - 1)
        elif depth == 0 and sign in signs:
            yield first, index
            first = index + 1
    yield first, end


def _names(original: str, start: int, end: int) -> list[str]:
    even = plain(original)
    spans = [span for one in _split(even, start, end, "、，；/\n") for span in _at_joints(even, *one)]
    names = []
    for first, last in _rejoined(even, spans):
        low, high = _core(even, first, last)
        name = original[low:high]
        if len(name) > 1:
            names.append(name)
    return names


def _at_joints(even: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for joint in _JOINED.finditer(even, start, end):
        yield first, joint.start()
        first = joint.end()
    yield first, end


def _rejoined(even: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """各市、县（市、区）教育局 is one name: a bare level, then a lower one without 各."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and _governs(even[joined[-1][0] : joined[-1][1]], even[first:last]):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _governs(above: str, below: str) -> bool:
    found = _BELOW.match(above + below)
    return found is not None and found.end() == len(above)


def _core(even: str, start: int, end: int) -> tuple[int, int]:
    """The name inside 由…等部门按职责分工分别牵头落实."""
    words = lexicon().agencies
    while start < end and even[start] in "（由：、 ":
        start += 1
    text = _TAIL.sub("", even[start:end])
    for more in words.more.finditer(text):
        if more.start() and not words.not_more.search(text[: more.start()]):
            text = text[: more.start()]
            break
    head = re.match(rf"(?:{words.leads.pattern}|{words.helps.pattern})(?!办)", text)
    if head:
        start, text = start + head.end(), text[head.end() :]
    text = _TAIL.sub("", text[: _filler_start(text)])
    if text.count("）") > text.count("（") and text.endswith("）"):
        text = text[:-1]
    return start, start + len(text)


def _filler_start(text: str) -> int:
    """Where the words behind the name begin; names like 建设局 keep theirs."""
    fillers = lexicon().agencies.fillers
    return next((at for at in range(len(text)) if fillers.fullmatch(text, at)), len(text))


def looks_like_units(text: str) -> bool:
    """Whether the whole text is a list of agencies."""
    even = plain(compact(text))
    if not even or len(even) > _LONGEST_LIST or re.search("[。？！《]", even.rstrip("。")):
        return False
    names = [name for role, start, end in _segments(even) for name in _names(even, start, end)]
    return bool(names) and all(is_agency(name) for name in names)


def is_agency(name: str) -> bool:
    even = re.sub(r"（[^（）]*）$", "", plain(name))
    if len(even) > _LONGEST_NAME or _NO_NAME.match(even):
        return False
    if even.startswith("各") and len(even) <= 16:
        return True
    return re.search(rf"{lexicon().agencies.suffixes.pattern}$", even) is not None


def says_who(text: str) -> bool:
    """Whether a bracket's text names agencies: by a word such as 牵头, or because it is nothing but a list."""
    even = plain(compact(text))
    words = lexicon().agencies
    if has_label("（" + even):
        return True
    spoken = words.leads.search(even) or re.search(r"(?:负责|落实|承办|配合|办理|实施)$", even)
    names = [name for _, start, end in _segments(even) for name in _names(even, start, end)]
    if spoken:
        return any(is_agency(name) for name in names)
    return bool(names) and all(is_agency(name) for name in names) and len(even) <= _LONGEST_LIST
