"""What does an article page say? Title, publish date, source, document number, validity, text, files.

Which of several dates is the publish date (FIELD-GUIDE 0 and 4):
1. a visible date labelled as published (发布日期 ...), then one labelled 时间 or 日期 in the page's head or tail, then
   a date that stands alone in the head; never a written date (成文, 生成, 印发), a change (更新), an event in the
   text or the address's date;
2. else the meta's. Not, however, a meta date that equals the moment at which the page says it was generated: such
   a page (csrc, S 069-071, regenerated in bulk) states when it was made and not when it was published. The clock
   stays in `meta_date`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spiders.answers import read_answer
from spiders.body import attachments, body_span, closes, text_of_lines
from spiders.bodylinks import links_between
from spiders.dates import find_dates, parse_moment, running_id, url_date
from spiders.document import Document
from spiders.fields import (
    Field,
    Pair,
    labelled,
    made_moment,
    meta_clock,
    meta_moment,
    meta_source,
    metas,
)
from spiders.letters import letter_on
from spiders.records import Article, Letter
from spiders.tables import tables_in
from spiders.titles import Title, find_title
from spiders.values import (
    MAX_HEAD_LINE,
    bracketed_moment,
    clean_source,
    clean_validity,
    clean_value,
    closing_moment,
    dates_in,
    doc_no_in,
    element_moment,
    head_moment,
    is_doc_no,
    moment_line,
)
from spiders.visible import View, in_data_row, plain, view

Moment = tuple[dt.date, dt.time | None]

_CLOCKS: Final = (Field.PUBLISHED, Field.TIME, Field.ISSUED)
_INDEX_FIELDS: Final = frozenset(Field) - {
    Field.TIME,
    Field.ISSUED,
    Field.TITLE,
    Field.OTHER,
    Field.MODIFIED,
    Field.EXPIRES,
}
_CLOSING_LINES: Final = 4
_CLOSING_SOURCE = re.compile(r"[（(【\[]?\s?(?:信息|文章|稿件)?来\s?源\s?[:：][^，。；]{2,30}[)）】\]]?")
_EDITORS = re.compile(r"^[\s|【\[(（]*(?:责任编辑|编辑|责编|审核|校对|初审|终审|录入|发布人|供稿)\s?[:：]")
_WEAKEST: Final = 8  # rank of 发文日期 among the visible moments
_HEAD_LINES: Final = 14  # lines under the title that may still be head: number, date, sharing buttons, font sizes
_TAIL_LINES: Final = 25  # lines behind the text in which a date or source may stand (pages 099, 106)
_SAME_MOMENT: Final = dt.timedelta(minutes=1)
# 是否废止 turns the sense of the answer round that 是否有效 has.
_ASKS_END: Final = re.compile("是否已?(?:废止|失效|作废)")
_ANSWERS_END: Final = {"是": "废止", "否": "有效"}
_RUNNING = re.compile("[，、；].{4,}。$")
_ADDRESSEES = re.compile("^(?:各|市|县|区|省|有关).{2,80}[：:]$")
_SIGNED_LINES: Final = 12  # lines at the text's end among which its signature is looked for


@dataclass(frozen=True, slots=True)
class _Zones:
    """Lines before `text` are head, those from `end` on are tail."""

    title: Title
    text: int
    end: int

    def in_head(self, line: int) -> bool:
        return 0 <= line < self.text

    def in_tail(self, line: int) -> bool:
        return self.end <= line < self.end + _TAIL_LINES


def read_article(document: Document) -> Article:
    """The article on a page, or in an interface's JSON answer. Never raises; what is not there is None."""
    answer = read_answer(document)
    if answer is not None:
        return answer
    page = view(document)
    values = metas(document)
    pairs = labelled(page)
    span = body_span(page)
    title = find_title(document, page, values, pairs, span)
    zones = _zones(page, title, span, pairs)
    visible, weak = _visible_moment(page, pairs, zones)
    meta = parse_moment(meta_moment(values) or "")
    clock = meta or parse_moment(meta_clock(values) or "")
    said = None if meta is None or _is_regeneration(values) else (meta[0], None)
    claimed = (said if weak and said and said[0] != visible[0] else visible) if visible else said
    files = attachments(document, page)
    letter = letter_on(page.lines) or Letter()
    return Article(
        title=title.text,
        published=claimed[0] if claimed else None,
        published_time=claimed[1] if claimed else None,
        visible_date=visible[0] if visible else None,
        meta_date=clock[0] if clock else None,
        url_date=url_date(document.url),
        signed_date=_signed(page, pairs, zones),
        running_id=running_id(document.url),
        source=_source(page, pairs, zones, meta_source(values)),
        index_no=_field(pairs, zones, Field.INDEX_NO),
        doc_no=_doc_no(page, pairs, zones),
        validity=_validity(page, pairs, zones),
        text=text_of_lines(page, zones.text, zones.end),
        attachments=files,
        asked=letter.asked,
        answered=letter.answered,
        is_pending=letter.is_pending,
        tables=tables_in(page.lines[zones.text : zones.end]),
        links=links_between(document, page, zones.text, zones.end, {file.url for file in files}),
    )


def _zones(page: View, title: Title, span: tuple[int, int], pairs: Sequence[Pair]) -> _Zones:
    """Where the text proper begins: behind title, date line and buttons, where the container holds them too."""
    start, end = span
    if not start <= title.line < end:
        return _Zones(title, _behind_index(page, start, end, pairs), end)
    start = max(title.end, start)
    marked = {pair.line for pair in pairs if pair.lone}
    head = start
    for index in range(start, min(start + _HEAD_LINES, end)):
        line = page.lines[index]
        if index in marked or head_moment(line.text) or closes(line):
            head = index + 1
        elif len(line.text) > MAX_HEAD_LINE or _begins_text(line.plain):
            break
    return _Zones(title, head, end)


def _begins_text(text: str) -> bool:
    """Whether a line is running text: a sentence, or the addressees at a letter's beginning. The date that signs a
    short text would else be taken for the head's."""
    return bool(_RUNNING.search(text) or _ADDRESSEES.search(text)) and not find_dates(text[:30])


def _behind_index(page: View, start: int, end: int, pairs: Sequence[Pair]) -> int:
    """The first line behind an index table or head line at the beginning of the container. A row of one cell, or one
    that begins before the container, is layout around the text: to skip it would skip the text."""
    marked = {pair.line for pair in pairs if pair.lone and pair.value and pair.field in _INDEX_FIELDS}
    around = {line.row for line in page.lines[:start]}
    inside = (index for index in marked if start <= index < end and in_data_row(page.lines, index))
    rows = {page.lines[index].row for index in inside} - around - {None}
    while start < end and (start in marked or page.lines[start].row in rows):
        start += 1
    return start


def _visible_moment(page: View, pairs: Sequence[Pair], zones: _Zones) -> tuple[Moment | None, bool]:
    """The publish moment that the page shows, and whether only 发文日期 says so (the written date on some portals)."""
    ranked = sorted(_visible_moments(page, pairs, zones), key=lambda each: each[0])
    if not ranked:
        return None, False
    day, time = ranked[0][1]
    times = [moment[1] for _, moment in ranked if moment[0] == day and moment[1] is not None]
    return (day, time or (times[0] if times else None)), ranked[0][0] == _WEAKEST


def _visible_moments(page: View, pairs: Sequence[Pair], zones: _Zones) -> Iterator[tuple[int, Moment]]:
    """Visible moments with a rank, the smallest first."""
    yield from _labelled_moments(pairs, zones)
    values_of_others = {pair.line + 1 for pair in pairs if pair.field not in (Field.PUBLISHED, Field.TIME)}
    for index in range(max(0, zones.text - _HEAD_LINES - 6), zones.text):
        line = page.lines[index]
        labelled_otherwise = line.cell is not None and index in values_of_others
        skipped = line.frame or labelled_otherwise or not _near_title(index, zones)
        moment = None if skipped else head_moment(line.text)
        if moment:
            yield 4, moment
        elif not skipped and index >= zones.title.end > 0 and (moment := element_moment(line.text)):
            yield 7, moment
    for line in page.lines[max(0, zones.title.line) : max(0, zones.title.end)]:
        moment = bracketed_moment(line.text)[1]
        if moment:
            yield 4, moment
    yield from _lone_tail(page, zones)


def _labelled_moments(pairs: Sequence[Pair], zones: _Zones) -> Iterator[tuple[int, Moment]]:
    signs_written = any(pair.field is Field.SIGNED and pair.value for pair in pairs)
    for pair in pairs:
        if pair.field is Field.SOURCE and zones.in_head(pair.line) and (moment := closing_moment(pair.value)):
            yield 5, moment
        moment = _moment(pair.value) if pair.field in _CLOCKS else None
        if moment is None:
            continue
        head, tail = zones.in_head(pair.line), zones.in_tail(pair.line)
        said = (head and _near_title(pair.line, zones)) or (tail and pair.lone)
        indexed = head and pair.lone and not signs_written
        if pair.field is Field.PUBLISHED:
            yield (0 if head else 1 if pair.line < 0 else 2 if tail else 3), moment
        elif pair.field is Field.ISSUED and (said or indexed):
            yield _WEAKEST, moment
        elif said or indexed:
            yield (3 if said else 6), moment  # 6: 日期 in an index table that names no written date


def _near_title(line: int, zones: _Zones) -> bool:
    return zones.title.line < 0 or zones.title.line - 4 <= line <= zones.title.end + _HEAD_LINES


def _lone_tail(page: View, zones: _Zones) -> Iterator[tuple[int, Moment]]:
    """A date alone behind the text, if it is the only one there and no link's (one row of a list)."""
    tail = [line for line in page.lines[zones.end : zones.end + _TAIL_LINES] if not line.frame and line.text]
    found = [(index, moment) for index, line in enumerate(tail) if (moment := _tail_moment(line.text))]
    if len(found) == 1:
        index, moment = found[0]
        if not any(line.linked for line in tail[max(0, index - 1) : index + 2]):
            yield 7, moment


def _tail_moment(text: str) -> Moment | None:
    """A date alone, or at the end of the line that names the editors."""
    read = plain(text)
    editors = closing_moment(text) if len(read) <= MAX_HEAD_LINE and _EDITORS.match(read) else None
    return moment_line(text) or editors


def _moment(value: str) -> Moment | None:
    """The moment at the beginning of a label's value."""
    dates = dates_in(value) or find_dates(plain(value)[:8], compact=True)
    return (dates[0].day, dates[0].time) if dates and dates[0].start <= 10 else None


def _is_regeneration(values: dict[str, str]) -> bool:
    """Whether the meta's publish time is the moment at which the page was generated, by its own statement."""
    claimed, made = parse_moment(meta_moment(values) or ""), parse_moment(made_moment(values) or "")
    if not claimed or not made or claimed[1] is None or made[1] is None:
        return False
    return abs(dt.datetime.combine(*claimed) - dt.datetime.combine(*made)) <= _SAME_MOMENT  # type: ignore[arg-type]


def _signed(page: View, pairs: Sequence[Pair], zones: _Zones) -> dt.date | None:
    """The written date: the field, else the date line that signs the text."""
    for pair in pairs:
        moment = _moment(pair.value) if pair.field is Field.SIGNED and not zones.text <= pair.line < zones.end else None
        if moment:
            return moment[0]
    for index in range(zones.end - 1, max(zones.text, zones.end - _SIGNED_LINES) - 1, -1):
        text = page.lines[index].plain
        dates = find_dates(text) if 8 <= len(text) <= 30 and not in_data_row(page.lines, index) else []
        if len(dates) == 1 and dates[0].end - dates[0].start >= len(text.strip("（）()")) - 1:
            return dates[0].day
    return None


def _ordered(pairs: Sequence[Pair], zones: _Zones, wanted: Field) -> list[Pair]:
    """The pairs of a field outside the text: head, comments and scripts, tail, and the rest."""

    def rank(pair: Pair) -> int:
        return 0 if zones.in_head(pair.line) else 1 if pair.line < 0 else 2 if zones.in_tail(pair.line) else 3

    return sorted(
        (pair for pair in pairs if pair.field is wanted and not zones.text <= pair.line < zones.end), key=rank
    )


def _field(pairs: Sequence[Pair], zones: _Zones, wanted: Field) -> str | None:
    return next((value for pair in _ordered(pairs, zones, wanted) if (value := clean_value(pair.value))), None)


def _validity(page: View, pairs: Sequence[Pair], zones: _Zones) -> str | None:
    for pair in _ordered(pairs, zones, Field.VALIDITY):
        value = clean_validity(pair.value)
        if value:
            asks_end = pair.line >= 0 and _ASKS_END.search(plain(page.lines[pair.line].text).replace(" ", ""))
            return _ANSWERS_END.get(plain(pair.value).strip(), value) if asks_end else value
    return None


def _doc_no(page: View, pairs: Sequence[Pair], zones: _Zones) -> str | None:
    """The field's number, else one that stands alone around the title or in the text's first lines."""
    for pair in _ordered(pairs, zones, Field.DOC_NO):
        value = clean_value(pair.value)
        if value and is_doc_no(value):
            return value
    first = max(0, zones.title.line)
    for index in range(first, min(zones.text + 10, len(page.lines))):
        line = page.lines[index]
        number = None if line.frame or in_data_row(page.lines, index) else doc_no_in(line.plain)
        if number:
            return number
    return None


def _source(page: View, pairs: Sequence[Pair], zones: _Zones, meta: str | None) -> str | None:
    """The visible source. The meta speaks only where the page shows the label and a script fills it: many
    templates set ContentSource to the site's name on pages that name no source (FIELD-GUIDE 4)."""
    shown = _ordered(pairs, zones, Field.SOURCE)
    for pair in shown:
        value = clean_source(pair.value)
        if value:
            return value
    for index in range(max(0, zones.title.line), zones.text):
        line = page.lines[index]
        if not line.frame and _near_title(index, zones):
            value = _unlabelled_source(line.text)
            if value:
                return value
    return _closing_source(page, pairs, zones) or (clean_source(meta) if shown and meta else None)


def _closing_source(page: View, pairs: Sequence[Pair], zones: _Zones) -> str | None:
    """The source that the text's last lines name alone: （来源：某报）."""
    for pair in pairs:
        closes_text = max(zones.text, zones.end - _CLOSING_LINES) <= pair.line < zones.end
        if pair.field is Field.SOURCE and closes_text and _CLOSING_SOURCE.fullmatch(page.lines[pair.line].plain):
            value = clean_source(pair.value)
            if value:
                return value
    return None


def _unlabelled_source(text: str) -> str | None:
    """光明网 in 2022-02-13 09:57 光明网: one short name behind the head line's date."""
    read = plain(text)
    if len(read) > MAX_HEAD_LINE or ":" in read[20:] or "：" in read:
        return None
    dates = find_dates(read)
    if len(dates) != 1 or dates[0].start > 1 or dates[0].time is None:
        return None
    rest = read[dates[0].end :].strip()
    return clean_source(rest) if 2 <= len(rest) <= 20 and " " not in rest else None
