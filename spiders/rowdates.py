"""Which date stands beside a title in a list row?

Shapes and labels: FIELD-GUIDE 5. A day is only read where a whole year, month and day are written (in one
piece or in two neighbouring elements); a bare 05-03 is kept apart, for the list's other rows to settle.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from spiders.dates import find_dates

_YEAR: Final = r"(?<![\d.])((?:19[89]|20\d)\d)"
_MONTH: Final = r"(1[0-2]|0?[1-9])"
_DAY: Final = r"(3[01]|[12]\d|0?[1-9])"
FULL = re.compile(
    rf"{_YEAR}\s{{0,4}}(?:[-/.－–]|年)\s{{0,4}}{_MONTH}\s{{0,4}}(?:[-/.－–]|月)\s{{0,4}}{_DAY}(?:\s{{0,2}}[日号])?(?!\d)"
)
_COMPACT = re.compile(rf"^{_YEAR}(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])$")
_YEAR_MONTH = re.compile(rf"^{_YEAR}\s?(?:[-/.]|年)\s?{_MONTH}\s?[月./-]?$")
_YEAR_ONLY = re.compile(rf"^{_YEAR}\s?年?$")
_MONTH_DAY = re.compile(rf"^{_MONTH}\s?[-/.月]\s?{_DAY}\s?日?$")
_DAY_ONLY = re.compile(rf"^{_DAY}\s?日?$")
_TIME = re.compile(
    r"T?\s*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2})?(?:\.\d+)?[秒分]?|星期[一二三四五六日天]|周[一二三四五六日]"
)
_BRACKETS = re.compile(r"[\[\]()（）【】〔〕{}|｜<>《》,，;；·•\-—/\s]")
_LABEL = re.compile(r"[一-龥]{1,8}[:：]")
_PUBLISH = re.compile(r"发布|公开|公布|公示时间|发文日期|上网|挂网|更新|推送|[Pp]ub")
# Written, in force, asked, answered: dates, but none of publishing.
_OTHER = re.compile(
    r"成文|生成|印发|签署|签发|生效|施行|实施|执行|截止|截至|回复|答复|办结|办理|受理|有效|废止|失效|修订|修改|通过|开标|结束|开始|处罚|开工|立案"
)
# （2015年10月29日令第118号公布）beside a title tells the document's history, not the list's date (S 068).
_DOCUMENT_HISTORY = re.compile(r"[号令]|修[订改正]|通过|施行|批准|公布")
_DIGIT = re.compile(r"\d")
_LONGEST_REMAINDER: Final = 12  # characters beside a date in its own element: 信息发布时间, 阅读次数 (S 061), 回复人


@dataclass(frozen=True, slots=True)
class RowDate:
    """A row's date; or, where only month and day are written, those two."""

    day: dt.date | None = None
    month_day: tuple[int, int] | None = None


_WIDE: Final = str.maketrans("０１２３４５６７８９－／．：", "0123456789-/.:")
_NUMERALS = re.compile(r"[一二][〇○零Ｏ九]|二零")


def folded(text: str) -> str:
    """A short text with full-width figures and dates in Chinese numerals (二〇一七年五月三日) in plain figures."""
    text = text.translate(_WIDE)
    if "年" not in text or not _NUMERALS.search(text):
        return text
    for found in reversed(find_dates(text)):
        text = text[: found.start] + found.day.isoformat() + text[found.end :]
    return text


def make_date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def find_full(text: str) -> dt.date | None:
    """The first whole date in a text."""
    text = folded(text)
    for found in FULL.finditer(text):
        day = make_date(*found.groups())
        if day:
            return day
    return None


def remainder(text: str) -> str:
    """What is left of a text without dates, times, labels and brackets."""
    return _BRACKETS.sub("", _LABEL.sub("", _TIME.sub("", FULL.sub("", text))))


def looks_dated(text: str, strict: bool = False) -> bool:
    """Whether a piece of text is a date, perhaps with a label (not: a sentence that mentions one).
    `strict` is for text inside a link, where only a bare date counts."""
    bare = text.strip()
    if not 2 <= len(bare) <= 80:
        return False
    bare = folded(bare)
    if not _DIGIT.search(bare):
        return False
    if FULL.search(bare):
        rest = remainder(bare)
        return not rest if strict else len(rest) <= _LONGEST_REMAINDER and not _DOCUMENT_HISTORY.search(rest)
    core = _BRACKETS.sub("", bare) if len(bare) <= 14 else ""
    return bool(core) and bool(_part(bare.strip("[]()（）【】 ")))


def _part(text: str) -> bool:
    return any(shape.match(text) for shape in (_COMPACT, _YEAR_MONTH, _MONTH_DAY))


def row_date(pieces: Sequence[tuple[str, str]]) -> RowDate:
    """The date of a row from its pieces of text (label of the table column or "", text) outside the title."""
    found: list[tuple[int, dt.date]] = []
    pieces = [(label, folded(text) if len(text) <= 80 else text) for label, text in pieces]
    for label, text in pieces:
        if looks_dated(text):
            found.extend(_full_dates(label, text))
    if found:
        best = max(rank for rank, _ in found)
        return RowDate(day=next(day for rank, day in found if rank == best) if best > 0 else None)
    return _from_parts([text.strip().strip("[]()（）【】 ") for _, text in pieces])


def _full_dates(label: str, text: str) -> list[tuple[int, dt.date]]:
    """Dates with rank: 3 labelled as published, 2 unlabelled, 0 labelled as something else."""
    dates, position = [], 0
    for found in FULL.finditer(text):
        day = make_date(*found.groups())
        before = text[position : found.start()] or label
        position = found.end()
        if day is None:
            continue
        rank = 3 if _PUBLISH.search(before) else 0 if _OTHER.search(before) else 2
        dates.append((rank, day))
    return dates


def _from_parts(texts: Sequence[str]) -> RowDate:
    """Year and month in one element and the day in another, in either order; 20170503; 05-03."""
    for text in texts:
        compact = _COMPACT.match(text)
        if compact:
            return RowDate(day=make_date(*compact.groups()))
    for first, second in itertools.pairwise(texts):
        day = _two_parts(first, second) or _two_parts(second, first)
        if day:
            return RowDate(day=day)
    for first, second, third in zip(texts, texts[1:], texts[2:], strict=False):
        day = _two_parts(first, f"{second}-{third}") or _two_parts(third, f"{second}-{first}")
        if day and len(first + second + third) <= 12:
            return RowDate(day=day)
    for text in texts:
        short = _MONTH_DAY.match(text)
        if short and make_date("2000", *short.groups()):
            return RowDate(month_day=(int(short.group(1)), int(short.group(2))))
    return RowDate()


def _two_parts(larger: str, smaller: str) -> dt.date | None:
    year_month, day = _YEAR_MONTH.match(larger), _DAY_ONLY.match(smaller)
    if year_month and day:
        return make_date(year_month.group(1), year_month.group(2), day.group(1))
    year, month_day = _YEAR_ONLY.match(larger), _MONTH_DAY.match(smaller)
    if year and month_day:
        return make_date(year.group(1), *month_day.groups())
    return None


_URL_DAY = re.compile(r"(?<!\d)(20\d\d)[-/]?(1[0-2]|0?[1-9])[-/]?(3[01]|[12]\d|0[1-9])(?!\d)|/t(20\d\d)(\d\d)(\d\d)_")


def settle_years(dates: Sequence[RowDate], urls: Sequence[str]) -> list[dt.date | None]:
    """Days of all rows. A row that shows only month and day gets its year from its own address, where the
    same month and day stand there, or from its neighbours, where the nearest dated rows above and below agree
    on the year. Otherwise it stays without a date: a year is never guessed."""
    settled: list[dt.date | None] = [date.day for date in dates]
    known = list(settled)
    for index, date in enumerate(dates):
        if date.month_day is None:
            continue
        year = _year_in_url(urls[index], date.month_day) or _year_between(known, index)
        if year:
            settled[index] = make_date(str(year), str(date.month_day[0]), str(date.month_day[1]))
    return settled


def _year_in_url(url: str, month_day: tuple[int, int]) -> int | None:
    for found in _URL_DAY.finditer(url):
        year, month, day = (part for part in found.groups() if part)
        if (int(month), int(day)) == month_day:
            return int(year)
    return None


def _year_between(known: Sequence[dt.date | None], index: int) -> int | None:
    def nearest(rows: Iterable[dt.date | None]) -> int | None:
        return next((day.year for day in rows if day), None)

    above, below = nearest(reversed(known[:index])), nearest(known[index + 1 :])
    return above if above == below else None
