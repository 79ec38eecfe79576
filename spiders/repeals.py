"""Which documents does a notice, a decision or a clean-up list declare repealed or lapsed?

Read are sentences (决定废止《…》; 《…》（文号）同时废止), lists under headings (二、废止的文件), tables with a column
for what becomes of each document (处理意见), and the same in attachments. Of a clean-up result only what it repeals
counts, not what it keeps or changes; where several fates stand in one statement and none is next to the name, nothing
is concluded. Samples: STANDARDS 3.7 and the notices of the data's titles. Words stand in `repeals.yaml`.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from db.documents import bare_number, document_name, plain_text
from db.facts import FileRead, Repealed, Table
from spiders.dates import find_dates

MAX_REPEALED: Final = 5_000  # Guangdong's decision of 2018-02-23 names 2,274
_MAX_LINES: Final = 30_000
_MAX_LINE: Final = 4_000  # characters; a paragraph that names forty documents has about 2,000
_MAX_ROWS: Final = 20_000
_MAX_NAME: Final = 200  # characters; the longest title of the data has 120
_SHORTEST: Final = 6  # characters of a title without a number
_MAX_HEADING: Final = 60
_MAX_RANGE: Final = 30  # documents in 12号至15号; more is a slip of the pen
_Words = Annotated[tuple[str, ...], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Headers(_Strict):
    title: _Words
    number: _Words
    fate: _Words


class _Phrases(_Strict):
    full: _Words
    partial: _Words
    keep: _Words
    change: _Words
    basis: _Words
    headers: _Headers
    notices: _Words


class Fate(StrEnum):
    """What becomes of a document."""

    FULL = "full"
    PARTIAL = "partial"
    STAYS = "stays"


def _read_phrases() -> _Phrases:
    """The words of repeals.yaml. Raises pydantic's ValidationError on an unknown or missing key."""
    text = Path(__file__).with_name("repeals.yaml").read_text(encoding="utf-8")
    return _Phrases.model_validate(YAML(typ="safe").load(text))


PHRASES: Final = _read_phrases()
_FATES: Final = {
    **dict.fromkeys(PHRASES.full, Fate.FULL),
    **dict.fromkeys(PHRASES.partial, Fate.PARTIAL),
    **dict.fromkeys((*PHRASES.keep, *PHRASES.change), Fate.STAYS),
}
_NEUTRAL: Final = ("有效期", "有效期限", "废止日期", "失效日期", "废止时间", "失效时间", "有效性")
_WORD: Final = re.compile("|".join(sorted((*_FATES, *_NEUTRAL), key=len, reverse=True)))
_BASIS: Final = re.compile(rf"(?:{'|'.join(PHRASES.basis)}|被|由)(?:了|以|省|市|国务院|原)?$")
_NAME_MARK: Final = "\x01"  # stands for a name in a sentence that is searched for words; no text holds this sign
_NUMBERS: Final = re.compile(
    r"[一-龥A-Za-z]{1,20}[\[(〔【<]((?:19|20)\d\d)年?[\])〕】>]第?\d{1,5}(?:号|(?=[\s\t,;、)]|$))"
    r"(?:(?:、|和|至|到|-|—|~)(?:第)?\d{1,5}号){0,30}"
)
_ORDER: Final = re.compile(
    r"[一-龥]{0,24}(?:令|公告)第?[\d一二三四五六七八九十百〇零]{1,6}号(?:令)?|[一-龥]{0,24}第[\d一二三四五六七八九十百]{1,6}号令"
)
_SERIAL: Final = re.compile(r"(\d{1,5})号|[\])〕】>]第?(\d{1,5})$")
_BRACKETED: Final = re.compile(r"\(([^()]{2,120}(?:\(\d{4}\)[^()]{1,40}){0,3})\)")
_PART: Final = re.compile(
    r"^.{0,6}?(?:中的?)?(?:第[一二三四五六七八九十百零〇\d]{1,6}(?:条|款|项|章|节)|(?:部分|有关|相关|个别)(?:条款|内容|规定))"
)
_SENTENCE_END: Final = re.compile(r"[。;]")
_CLAUSE_END: Final = re.compile(r"[,:]")
_ROW_NUMBER: Final = re.compile(
    r"^(?:[(\[]?\d{1,4}(?:[)\].、,:]|(?=[^\d年月.\-/号件条]))|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[①-⑳●◆■·*])"
)
_MAIN_HEADING: Final = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|附件[一二三四五六七八九十\d]{0,3}|附表\d{0,2}|附:|第[一二三四五六七八九十]{1,3}(?:部分|类))"
)
# What may stand behind the name in a list's row beside words of fate: who issued it, a day, signs, a part of it.
_ROW_END: Final = re.compile(
    r"(?:\([^()]{0,80}\))?(?:中?的?第[一二三四五六七八九十百\d]{1,6}[条款项章、]?)*[。;,、:()\d年月日.\-/号]*"
)
_SUB_HEADING: Final = re.compile(r"^\([一二三四五六七八九十]{1,3}\)")
_LIST_HEADING: Final = re.compile(r"(?:目录|清单|列表|文件|规章|法规)(?:[(]?共?\d{1,4}[件部个项][)]?)?:?$")
_BASIS_LIST: Final = re.compile(r"(?:主要)?(?:根据|依据|按照|依照|参照|制定依据)")
_LEADS_IN: Final = re.compile(r"(?:下列|以下|如下|附件|附后|附表|下述)")
_DOCUMENT_END: Final = re.compile(
    r"(?:通知|办法|规定|细则|意见|决定|方案|通告|公告|条例|规则|批复|函|制度|措施|标准|规程|纲要|规划|计划|要点|预案|暂行|试行|目录|章程|守则|指引|命令|令|会议纪要)(?:\((?:试行|暂行|修订|修正|.{0,8}修[订正]).{0,8}\))?$"
)
_NOTICE_NAME: Final = re.compile(r"(?:废止|失效|清理|修改).{0,60}(?:决定|通知|公告|结果|目录|通告|批复)$")
_FROM_DAY: Final = re.compile(
    r"自(.{6,14}?日)(?:之?日)?起(?:正式)?(?:,)?(?:施行|实施|执行|生效|废止|失效|停止执行|予以废止|宣布失效|停止使用)"
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A document named in a statement; `begin` and `end` bound it with its number in the statement."""

    title: str
    numbers: tuple[str, ...]
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A document and what becomes of it."""

    title: str
    number: str | None
    fate: Fate
    since: dt.date | None = None


def repealed_in(
    title: str | None,
    text: str,
    tables: Sequence[Table] = (),
    files: Iterable[FileRead] = (),
    published: dt.date | None = None,
) -> tuple[Repealed, ...]:
    """The documents that a page and its attachments declare repealed or lapsed, each once, in their order.

    `title`, `text` and `tables` are the page's own. `published` is the notice's day: a stated day of repeal (`since`)
    counts only where it is later. Never raises; at most MAX_REPEALED.
    """
    fate = _fate_of(_plain(title or "")[:_MAX_LINE])
    is_notice = any(word in plain_text(title or "") for word in PHRASES.notices)
    found = [*_in_part(text, tables, fate if is_notice else None, lists=is_notice)]
    for file in files:
        named = _plain(file.name)
        found += _in_part(file.text, file.tables, _fate_of(named) or (fate if is_notice else None), lists=True)
    return _settled(found, _from_day(text), published)


def _settled(found: Iterable[_Found], from_day: dt.date | None, published: dt.date | None) -> tuple[Repealed, ...]:
    """Each document once; what is repealed in one place and kept in another is left out."""
    listed = list(found)
    kept = {_key(each) for each in listed if each.fate is Fate.STAYS}
    repealed: dict[tuple[object, bool], Repealed] = {}
    for each in listed:
        key = _key(each)
        if each.fate is Fate.STAYS or key in kept:
            continue
        since = each.since or from_day
        later = since if since is not None and (published is None or since > published) else None
        partial = each.fate is Fate.PARTIAL
        repealed.setdefault((key, partial), Repealed(each.title, each.number, partial, later))
        if len(repealed) >= MAX_REPEALED:
            break
    return tuple(repealed.values())


def _key(found: _Found) -> object:
    name = document_name(found.title, found.number)
    return name.number or (found.number if not found.title else None) or name.titles or found.title


def _plain(text: str) -> str:
    """Full-width forms folded, blanks gone but for tabs, which part cells."""
    folded = unicodedata.normalize("NFKC", text)
    return "\t".join(plain_text(cell) for cell in folded.split("\t"))


def _fate_of(text: str) -> Fate | None:
    """What a heading, a title or a cell says becomes of documents; None where it says nothing or several things."""
    fates = {fate for fate in (_FATES.get(word) for word in _WORD.findall(text)) if fate is not None}
    return fates.pop() if len(fates) == 1 else None


def _from_day(text: str) -> dt.date | None:
    """The day from which a notice says that all of it holds: 本决定自2017年6月1日起施行."""
    for found in _FROM_DAY.finditer(unicodedata.normalize("NFKC", text[: _MAX_LINE * 50])):
        dates = find_dates(found.group(1))
        if dates:
            return dates[0].day
    return None


def _in_part(text: str, tables: Sequence[Table], fate: Fate | None, *, lists: bool) -> Iterator[_Found]:
    """One page's or attachment's statements. `lists`: rows without any word of their own are read under the
    heading above them; elsewhere sentences alone speak."""
    lines = [_plain(line[:_MAX_LINE]) for line in text.splitlines()[:_MAX_LINES] if line.strip()]
    state = fate
    block: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            block.append(tuple(line.split("\t")))
            continue
        if block:
            yield from _in_table(block, state, lists=lists)
            block = []
        heading = _heading(line, state)
        if heading is not None:
            state = heading[0]
        yield from _in_line(line, state if lists else None)
    shown = set(lines)
    for table in tables[:200]:
        rows = [tuple(plain_text(cell) for cell in row) for row in table[:_MAX_ROWS]]
        if lists and not any("\t".join(row).strip("\t") in shown or "\t".join(row) in shown for row in rows[:4]):
            yield from _in_table(rows, _only_fate(lines, fate), lists=lists)


def _only_fate(lines: Sequence[str], fate: Fate | None) -> Fate | None:
    """What a table that stands apart from its text falls under: the one fate that all headings name."""
    named = {heading[0] for line in lines if (heading := _heading(line, None)) and heading[0]}
    return fate if not named else named.pop() if len(named) == 1 and fate in (None, *named) else None


def _heading(line: str, state: Fate | None) -> tuple[Fate | None] | None:
    """What is said to become of the documents below a line; None where the line is no heading."""
    if not line or "《" in line or _NUMBERS.search(line):
        return None
    says = any(word in _FATES for word in _WORD.findall(line))
    if not says and line.endswith(":") and _BASIS_LIST.match(line):
        return (None,)
    if len(line) <= _MAX_HEADING:
        if _MAIN_HEADING.match(line):
            return (_fate_of(line),)
        if says and (_SUB_HEADING.match(line) or _LIST_HEADING.search(line)):
            return (_fate_of(line),)
    return (_fate_of(line),) if says and _LEADS_IN.search(line) and len(line) <= 400 else None


# --- sentences and rows ------------------------------------------------------------------------------------------


def _in_line(line: str, state: Fate | None) -> Iterator[_Found]:
    names = _names(line)
    row = _row(line, names)
    if row is not None:
        outside = _without(line, names)
        own = _fate_of(outside) if names and names[0].title else None
        says = bool(names) and any(word in _FATES for word in _WORD.findall(outside))
        fate = own if says else state
        if fate is not None and not (says and _is_sentence(outside)):
            part = fate is Fate.FULL and bool(names) and bool(_PART.match(line[names[0].end :]))
            yield from _each(row, Fate.PARTIAL if part else fate, None)
            return
    if names:
        yield from _in_sentences(line, names)


def _is_sentence(outside: str) -> bool:
    return len(outside) > 30


def _each(name: _Name, fate: Fate, since: dt.date | None) -> Iterator[_Found]:
    for number in name.numbers or (None,):
        yield _Found(name.title, number, fate, since)


def _without(line: str, names: Sequence[_Name]) -> str:
    parts, position = [], 0
    for name in names:
        parts.append(line[position : name.begin])
        position = name.end
    return _NAME_MARK.join([*parts, line[position:]])


def _row(line: str, names: Sequence[_Name]) -> _Name | None:
    """The one document that a line of a list names: 3.《…》（文号）, or without 《》."""
    if not line or len(line) > _MAX_NAME * 2:
        return None
    counted = _ROW_NUMBER.match(line)
    rest = line[counted.end() :] if counted else line
    if len(names) == 1 and names[0].title:
        before, behind = line[: names[0].begin], line[names[0].end :]
        if _NOTICE_NAME.search(names[0].title) or not (_ROW_END.fullmatch(behind) or _fate_of(behind)):
            return None
        return names[0] if before in ("", counted.group() if counted else "") or _is_number(before) else None
    if len(names) > 1 or "《" in line:
        return None
    found = _NUMBERS.search(rest) or (_ORDER.search(rest) if counted else None)
    title = _bare_row(rest, found) if found else rest.rstrip("。;,")
    complete = len(title) >= _SHORTEST and _DOCUMENT_END.search(title) is not None and "。" not in title
    if not complete or not (found or counted) or _NOTICE_NAME.search(title):
        return None  # a notice's own title with its number among the rest
    return _Name(title[:_MAX_NAME], _expanded(found.group()) if found else (), 0, len(line))


def _is_number(text: str) -> bool:
    return bool(_NUMBERS.fullmatch(text.strip("、.,:() ")) or _ROW_NUMBER.fullmatch(text))


def _bare_row(rest: str, number: re.Match[str]) -> str:
    """The title beside a number: before it, or behind it where nothing stands before."""
    before = rest[: number.start()].strip("(,、:。;[").removesuffix("(")
    behind = rest[number.end() :].strip("),、:。;] ")
    if _DOCUMENT_END.search(before):
        return before
    # The number's letters run into a title without bracket: …的通知珠府〔2009〕12号.
    glued = re.match(
        r"^(.*(?:通知|办法|规定|细则|意见|决定|方案|通告|公告|条例))[一-龥A-Za-z]{1,12}[\[(〔【]\d{4}", rest
    )
    return glued.group(1) if glued else behind


def _in_sentences(line: str, names: Sequence[_Name]) -> Iterator[_Found]:
    start = 0
    ends = [m.end() for m in _SENTENCE_END.finditer(line) if not _inside(m.start(), names)]
    for end in [*ends, len(line)]:
        own = [name for name in names if start <= name.begin < end]
        if own:
            yield from _in_sentence(line, start, end, own)
        start = end


def _inside(position: int, names: Sequence[_Name]) -> bool:
    return any(name.begin <= position < name.end for name in names)


def _in_sentence(line: str, start: int, end: int, names: Sequence[_Name]) -> Iterator[_Found]:
    """Names and words of fate in their order: a name falls to the word before it (废止《甲》、《乙》), or, where its
    clause begins with a name, to the first word behind it (《甲》、《乙》同时废止)."""
    since = _from_day(line[start:end])
    clauses = _clauses(line, start, end, names)
    waiting: list[tuple[_Name, str]] = []
    for begin, stop in clauses:
        own = [name for name in names if begin <= name.begin < stop]
        words = [
            (begin + m.start(), _FATES[m.group()])
            for m in _WORD.finditer(line[begin:stop])
            if m.group() in _FATES and not _inside(begin + m.start(), names)
        ]
        leads = bool(words) and (not own or words[0][0] < own[0].begin)
        if leads and not own:  # a clause without names closes what waits: …，同时废止
            for name, behind in waiting:
                yield from _told(name, words[0][1], behind, since)
            waiting = []
            continue
        for index, name in enumerate(own):
            if _is_basis(line, begin, own, index):
                continue
            behind = line[name.end : own[index + 1].begin if index + 1 < len(own) else stop]
            before = [fate for at, fate in words if at < name.begin]
            after = [fate for at, fate in words if at >= name.end]
            if leads and before:
                yield from _told(name, before[-1], behind, since)
            elif after:
                for held, its in waiting:
                    yield from _told(held, after[0], its, since)
                waiting = []
                yield from _told(name, after[0], behind, since)
            else:
                waiting.append((name, behind))


def _told(name: _Name, fate: Fate, behind: str, since: dt.date | None) -> Iterator[_Found]:
    if name.title and _NOTICE_NAME.search(name.title):
        return  # a decision on repeal that is named, not repealed
    part = fate is Fate.FULL and _PART.match(behind)
    yield from _each(name, Fate.PARTIAL if part else fate, since)


def _is_basis(line: str, begin: int, own: Sequence[_Name], index: int) -> bool:
    """根据《…》, 转发《…》, 被《…》: named, but not what the sentence is about; also the next names of such a row."""
    while index >= 0:
        before = line[own[index - 1].end if index else begin : own[index].begin]
        if _BASIS.search(before):
            return True
        if before not in ("、", "和", "及", "以及", "与") or index == 0:
            return False
        index -= 1
    return False


def _clauses(line: str, start: int, end: int, names: Sequence[_Name]) -> list[tuple[int, int]]:
    cuts = [m.end() for m in _CLAUSE_END.finditer(line, start, end) if not _inside(m.start(), names)]
    edges = [start, *cuts, end]
    return [(first, last) for first, last in pairwise(edges) if first < last]


def _names(line: str) -> list[_Name]:
    """All documents that a line names: 《…》 with its number in brackets, and numbers that stand alone."""
    found: list[_Name] = []
    position = 0
    while len(found) < 500:
        begin = line.find("《", position)
        if begin < 0:
            break
        end = _closing(line, begin)
        if end is None:
            position = begin + 1
            continue
        name = _with_number(line, begin, end)
        found.append(name)
        position = name.end
    alone = [
        _Name("", _expanded(m.group()), m.start(), m.end())
        for m in _NUMBERS.finditer(line)
        if not _inside(m.start(), found) and "《" in line
    ]
    return sorted([*found, *alone], key=lambda name: name.begin)


def _closing(line: str, begin: int) -> int | None:
    """Behind the 》 that closes a name, inner 《》 counted; None where it is not closed within a title's length."""
    depth = 0
    for position in range(begin, min(len(line), begin + _MAX_NAME)):
        depth += (line[position] == "《") - (line[position] == "》")
        if depth == 0:
            return position + 1
    return None


def _with_number(line: str, begin: int, end: int) -> _Name:
    title = line[begin + 1 : end - 1]
    behind = _BRACKETED.match(line, end)
    numbers: tuple[str, ...] = ()
    if behind is not None:
        inside = _NUMBERS.search(behind.group(1)) or _ORDER.search(behind.group(1))
        if inside is not None:
            numbers, end = _expanded(inside.group()), behind.end()
    return _Name(title, numbers, begin, end)


def _expanded(number: str) -> tuple[str, ...]:
    """Each number of a row or range: 珠府〔2009〕12号、13号; 珠府〔2009〕12号至15号."""
    number = bare_number(number)
    serials = [m.group(1) or m.group(2) for m in _SERIAL.finditer(number)]
    if len(serials) < 2:
        return (number,)
    head = number[: number.index(serials[0], number.index(_year_end(number)))]
    if re.search(r"号(?:至|到|-|—|~)", number) and len(serials) == 2:
        first, last = int(serials[0]), int(serials[1])
        if first < last <= first + _MAX_RANGE:
            return tuple(f"{head}{n}号" for n in range(first, last + 1))
    return tuple(f"{head}{serial}号" for serial in serials)


def _year_end(number: str) -> str:
    return next(sign for sign in number if sign in "])〕】>")


# --- tables ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table keeps title and number (pairs, as lists stand two abreast) and what becomes of the document."""

    named: tuple[tuple[int, int | None], ...]
    fate: int | None


def _in_table(rows: Sequence[tuple[str, ...]], state: Fate | None, *, lists: bool) -> Iterator[_Found]:
    columns: _Columns | None = None
    for row in rows[:_MAX_ROWS]:
        cells = [cell for cell in row if cell]
        header = _header(row)
        if header is not None:
            columns = header
        elif len(set(cells)) == 1:
            if (heading := _heading(cells[0], state)) is not None or _fate_of(cells[0]) is not None:
                state = heading[0] if heading is not None else _fate_of(cells[0])
        elif columns is not None:
            yield from _in_row(row, columns, state)
        elif lists and cells:
            yield from _in_bare_row(cells, state)


def _header(row: tuple[str, ...]) -> _Columns | None:
    words = PHRASES.headers
    titles = [i for i, cell in enumerate(row) if _is_header(cell, words.title)]
    if not titles:
        return None
    numbers = [i for i, cell in enumerate(row) if _is_header(cell, words.number) and i not in titles]
    fates = [i for i, cell in enumerate(row) if _is_header(cell, words.fate)]
    named = []
    for place, title in enumerate(titles):
        border = titles[place + 1] if place + 1 < len(titles) else len(row)
        own = [i for i in numbers if title < i < border] or ([i for i in numbers if i < title] if place == 0 else [])
        named.append((title, own[0] if own else None))
    return _Columns(tuple(named), fates[-1] if fates and len(titles) == 1 else None)


def _is_header(cell: str, words: tuple[str, ...]) -> bool:
    bare = cell.strip("()*:")
    return 0 < len(bare) <= 12 and (bare in words or any(len(w) > 2 and bare.endswith(w) for w in words))


def _in_row(row: tuple[str, ...], columns: _Columns, state: Fate | None) -> Iterator[_Found]:
    told = row[columns.fate] if columns.fate is not None and columns.fate < len(row) else None
    fate = state if told is None else _fate_of(told)
    if fate is None:
        return
    since = _from_day(told or "")
    for title, number in columns.named:
        named = row[title].strip("《》") if title < len(row) else ""
        written = row[number] if number is not None and number < len(row) else ""
        found = _NUMBERS.search(written) or _ORDER.search(written) or _NUMBERS.search(named)
        if named and (found or (len(named) >= _SHORTEST and _DOCUMENT_END.search(named))):
            for each in _expanded(found.group()) if found else (None,):
                yield _Found(named[:_MAX_NAME], each, fate, since)


def _in_bare_row(cells: Sequence[str], state: Fate | None) -> Iterator[_Found]:
    """A row of a table without a header: the longest cell that can be a title, a number, a word of fate."""
    told = [fate for cell in cells if len(cell) <= 12 and (fate := _fate_of(cell)) is not None]
    fate = told[-1] if told else state
    titles = [cell for cell in cells if _DOCUMENT_END.search(cell.strip("《》")) and len(cell) >= _SHORTEST]
    if fate is None or not titles:
        return
    title = max(titles, key=len).strip("《》")
    found = next((m for cell in cells if (m := _NUMBERS.search(cell))), None)
    for each in _expanded(found.group()) if found else (None,):
        yield _Found(title[:_MAX_NAME], each, fate)
