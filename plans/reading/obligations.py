"""What exactly does a measure oblige to? One draft for each thing with its own verb and cadence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, TypeAlias

from plans.reading.cadences import EXPLICIT, VAGUE, Cadence, cadences_in, column_cadences, open_ended
from plans.reading.lexicon import Stated, lexicon
from plans.reading.measure import Clause, Draft
from plans.reading.script import compact, plain
from plans.reading.sentences import clauses_of, sentences_of
from plans.reading.wording import channel_of, covers_of, fields_of, kind_of, patterns_of, title_of

_MAX_DRAFTS: Final = 40  # one paragraph of the longest seed holds 16
_BEFORE: Final = 60  # characters before a clause in which the event stands that its limit counts from
_VERB_WITHIN: Final = 8  # characters: 全面公开, 按要求规范发布
_NONE: Final = Cadence(0, Stated.UNSPECIFIED, "")


_Span: TypeAlias = tuple[int, int, list[Cadence]]  # a clause and what it states


@dataclass(frozen=True, slots=True)
class _Thing:
    """A stretch of text with one cadence. `focus`: the clause that states it, from the stating words on `said`."""

    text: str
    cadence: Cadence
    focus: str = ""
    said: int = 0


def drafts_of(clause: Clause, year: int | None) -> tuple[Draft, ...]:
    """At least one. What a time column says holds for everything in the measure that states no time itself."""
    things = [thing for sentence in sentences_of(compact_lines(clause.text)) for thing in _things(sentence, year)]
    things = _merged(things, bool(clause.time))
    if clause.time:
        things = _with_column(things, clause, year)
    if not things:
        things = [_Thing(compact(clause.text), _NONE)]
    return tuple(_draft(thing, clause) for thing in things[:_MAX_DRAFTS])


def compact_lines(text: str) -> str:
    return "\n".join(compact(line) for line in text.split("\n"))


def _things(sentence: str, year: int | None) -> Iterator[_Thing]:
    """The sentence cut before each clause that has a cadence of its own."""
    even = plain(sentence)
    found: list[_Span] = [
        (start, end, cadences_in(even[start:end], year, even[max(0, start - _BEFORE) : start]))
        for start, end in clauses_of(sentence)
    ]
    found = _without_repeats(_without_mechanisms(found, even), even)
    begin = 0
    for index, (start, end, stated) in enumerate(found):
        if not stated:
            continue
        ahead = even[begin:start]
        if begin < start and _publishes_something(ahead):
            yield _Thing(sentence[begin:start], _phrased(_NONE, ahead))
            begin = start
        after = _next_stated(found, index, even)
        for cadence in stated:
            focus = sentence[start : end if _publishes_something(even[start:end]) else after]
            said = cadence.start + len(cadence.phrase)
            yield _Thing(sentence[begin:after], as_written(cadence, sentence[start:end]), focus, said)
        begin = after
    rest = even[begin:]
    if (begin == 0 and _obliges(even)) or (rest and _publishes_something(rest)):
        yield _Thing(sentence[begin:], _phrased(_NONE, rest))


def _next_stated(found: Sequence[_Span], index: int, even: str) -> int:
    """Where the next clause with a cadence begins, or one that publishes something else without any."""
    for start, end, stated in found[index + 1 :]:
        opens = lexicon().publishing.search(even, start, min(start + _VERB_WITHIN, end))
        if stated or (opens and _publishes_something(even[start:end])):
            return start
    return found[-1][1]


def _without_mechanisms(found: list[_Span], even: str) -> list[_Span]:
    """建立定期发布机制，每月发布…: what the mechanism leaves open, the next clause says."""
    explicit = any(one.stated in EXPLICIT for _, _, stated in found for one in stated)
    if not explicit:
        return found
    return [
        (start, end, [] if "机制" in even[start:end] and all(one.stated in VAGUE for one in stated) else stated)
        for start, end, stated in found
    ]


def _without_repeats(found: list[_Span], even: str) -> list[_Span]:
    """收集上半年和全年的结果，及时公开: the second clause publishes what the first one names by its period."""
    kept: list[_Span] = []
    for start, end, stated in found:
        named = bool(kept) and _names_a_period(kept[-1], even)
        vague = bool(stated) and all(one.stated is Stated.TIMELY for one in stated)
        kept.append((start, end, [] if named and vague else stated))
    return kept


def _names_a_period(span: _Span, even: str) -> bool:
    start, end, stated = span
    return any(one.stated in EXPLICIT for one in stated) and not _acts(even[start:end])


def _acts(even: str) -> bool:
    return _publishes(even) or re.search("召开|举行|抽查|考评|考核|检查|报告|更新", even) is not None


def as_written(cadence: Cadence, text: str) -> Cadence:
    """The phrase in the document's own characters. `text` is what the cadence was found in."""
    return replace(cadence, phrase=text[cadence.start : cadence.start + len(cadence.phrase)])


def _publishes(even: str) -> bool:
    return lexicon().publishing.search(even) is not None


def _publishes_something(even: str) -> bool:
    """Whether a verb of publishing has an object, or an audience: 加大公开力度 has neither."""
    return _with_object().search(even) is not None or (_publishes(even) and re.search("向社会|对外", even) is not None)


@cache
def _with_object() -> re.Pattern[str]:
    no_object = "[，。；：、的]|$|力度|后|之日|工作|制度|机制|目录|栏|平台|会|公告|公示|公开|方式|属性|范围|渠道"
    return re.compile(f"(?:{lexicon().publishing.pattern})(?!{no_object})")


def _obliges(even: str) -> bool:
    return _publishes(even) or lexicon().duties.search(even) is not None


def _phrased(cadence: Cadence, even: str) -> Cadence:
    return replace(cadence, phrase=open_ended(even))


def _merged(things: list[_Thing], all_of_them: bool) -> list[_Thing]:
    """Neighbours without any cadence are one; beside stated ones, those that publish nothing are left out
    (`all_of_them`: not where a time column speaks for them)."""
    stated = any(thing.cadence.stated is not Stated.UNSPECIFIED for thing in things)
    merged: list[_Thing] = []
    for thing in things:
        unspecified = thing.cadence.stated is Stated.UNSPECIFIED
        if unspecified and stated and not all_of_them and not _publishes_something(plain(thing.text)):
            continue
        if unspecified and merged and merged[-1].cadence.stated is Stated.UNSPECIFIED:
            phrase = merged[-1].cadence.phrase or thing.cadence.phrase
            merged[-1] = _Thing(merged[-1].text + thing.text, replace(_NONE, phrase=phrase))
        else:
            merged.append(thing)
    return merged


def _with_column(things: list[_Thing], clause: Clause, year: int | None) -> list[_Thing]:
    written = compact(clause.time)
    column = [as_written(one, written) for one in column_cadences(plain(written), year)]
    open_ones = [thing for thing in things if thing.cadence.stated is Stated.UNSPECIFIED]
    rest = [thing for thing in things if thing.cadence.stated is not Stated.UNSPECIFIED]
    if column[0].stated is Stated.UNSPECIFIED:
        return [
            replace(thing, cadence=replace(thing.cadence, phrase=column[0].phrase)) if thing in open_ones else thing
            for thing in things
        ]
    rest = [_with_limit(thing, column) for thing in rest]
    known = {(thing.cadence.stated, thing.cadence.deadline) for thing in rest}
    text = "".join(thing.text for thing in open_ones) or compact(clause.text)
    new = [cadence for cadence in column if (cadence.stated, cadence.deadline) not in known]
    return [*rest, *(_Thing(text, cadence) for cadence in new)]


def _with_limit(thing: _Thing, column: Sequence[Cadence]) -> _Thing:
    """The column's limit belongs to the text's own period where both state the same one."""
    limit = next((one.deadline for one in column if one.stated is thing.cadence.stated), "")
    return thing if thing.cadence.deadline else replace(thing, cadence=replace(thing.cadence, deadline=limit))


def _draft(thing: _Thing, clause: Clause) -> Draft:
    doubts = [thing.cadence.doubt] if thing.cadence.doubt else []
    if thing.cadence.stated in VAGUE:
        doubts.append(f"“{thing.cadence.phrase}”没有确定的周期，按台账 defaults 计算")
    if thing.cadence.deadline.startswith("XXXX"):
        doubts.append("计划没有写明年份")
    focus = thing.focus or thing.text
    kind = kind_of(plain(thing.text), plain(focus), thing.cadence)
    title = title_of(focus, thing.said, thing.text)
    patterns = patterns_of(title)
    if not patterns:
        doubts.append("没有拟出标题模式")
    return Draft(
        title,
        kind,
        thing.cadence.stated,
        thing.cadence.phrase,
        thing.cadence.deadline,
        channel_of(thing.text),
        covers_of(thing.text),
        fields_of(thing.text),
        patterns,
        thing.text,
        tuple(doubts),
    )
