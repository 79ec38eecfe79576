"""Which days does a text or an address name?

Only whole days count: year, month and day must all be written. A month alone, a year alone, an impossible day
or a year outside 1990..2100 is no date, and nothing is invented to complete one (FIELD-GUIDE 2 and 5).
Days are Asia/Shanghai calendar days.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

MIN_YEAR: Final = 1990  # no portal and no plan is older
MAX_YEAR: Final = 2100
MAX_TEXT: Final = 400_000  # characters searched; the longest real page has 355,000
MAX_URL: Final = 2_000
SHANGHAI: Final = dt.timezone(dt.timedelta(hours=8))

# One sign for one sign, so that offsets stay: full-width digits and signs, dashes, the many zeros of 二○一七.
_PLAIN: Final = str.maketrans(
    "０１２３４５６７８９－–—―‐‑−／．：○◯Ｏ零о\xa0\u3000",
    "0123456789-------/.:〇〇〇〇〇  ",
)
_ZERO: Final = "〇0Oo"
_DIGITS: Final = dict(zip("一二三四五六七八九〇0Oo", (1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0), strict=True))

_YEAR: Final = r"(?<!\d)((?:19|20)\d\d|2100)"
_MONTH: Final = r"(1[0-2]|0?[1-9])"
_DAY: Final = r"(3[01]|[12]\d|0?[1-9])"
_END: Final = r"(?:(?!\d)|(?=[0-2]\d:[0-5]\d))"  # 2020-12-0409:10 is a day and a time
_GAP: Final = r"\s{0,40}"  # answers of Hanweb break dates over indented lines
# 索引号 2026-02-00018 and part numbers (ZJSP-2026-02-04, 2026-02-04-001) look like dates and are none.
_DASHED = re.compile(rf"(?<![A-Za-z]-){_YEAR}{_GAP}-{_GAP}{_MONTH}{_GAP}-{_GAP}{_DAY}{_END}(?!-\d{{1,3}}(?!\d))")
_SLASHED = re.compile(rf"{_YEAR}\s?/\s?{_MONTH}\s?/\s?{_DAY}{_END}(?!/\d)")
_DOTTED = re.compile(rf"(?<!\.){_YEAR}\s?\.\s?{_MONTH}\s?\.\s?{_DAY}{_END}(?!\.\d)")
_HAN = re.compile(
    rf"(?<!\d)((?:1\s?9|2\s?0)\s?\d\s?\d|2100){_GAP}年{_GAP}(1\s?[0-2]|0?\s?[1-9]){_GAP}月"
    rf"{_GAP}(3\s?[01]|[12]\s?\d|0?\s?[1-9])(?:{_GAP}[日号]|\s{{0,40}}$)"
)
_HAN_NUMERALS = re.compile(
    rf"([一二]\s?[一九{_ZERO}]\s?[一二三四五六七八九{_ZERO}]\s?[一二三四五六七八九{_ZERO}])\s{{0,5}}年\s{{0,5}}"
    r"(十\s?[一二]?|[一二三四五六七八九]|1[0-2]|0?[1-9])\s{0,5}月\s{0,5}"
    r"(三\s?十\s?一?|二\s?十\s?[一二三四五六七八九]?|廿\s?[一二三四五六七八九]?|十\s?[一二三四五六七八九]?"
    r"|[一二三四五六七八九]|3[01]|[12]\d|0?[1-9])\s{0,5}[日号]"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d|2100)(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])(?!\d)")
_TIME = re.compile(
    r"(?:T|\s{0,9}(?:(?:星期|周)[一二三四五六日天])?\s{0,9}-?)([01]?\d|2[0-3])\s?[:时]\s?([0-5]?\d)(?:\s?[:分]\s?([0-5]?\d)(?!\d))?[分秒]?(?!\d)"
)
_ZONE = re.compile(r"(?:[.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day in a text, the time behind it if one is written, and where both stand (`start`, `end`)."""

    day: dt.date
    time: dt.time | None
    start: int
    end: int


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """The day, None where there is none such or the year is outside 1990..2100."""
    if not MIN_YEAR <= year <= MAX_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_dates(text: str, *, compact: bool = False) -> list[FoundDate]:
    """All whole days in a text, in its order, not overlapping. `compact` also reads 20170503. Never raises."""
    plain = text[:MAX_TEXT].translate(_PLAIN)
    found = sorted(_all_shapes(plain, compact), key=lambda each: (each.start, -each.end))
    dates: list[FoundDate] = []
    for date in found:
        if not dates or date.start >= dates[-1].end:
            dates.append(date)
    return dates


def parse_date(text: str, *, compact: bool = False) -> dt.date | None:
    """The first whole day in a text."""
    dates = find_dates(text, compact=compact)
    return dates[0].day if dates else None


def parse_moment(text: str, *, compact: bool = False) -> tuple[dt.date, dt.time | None] | None:
    """The first whole day in a text with its time, in Shanghai where the text states another zone."""
    dates = find_dates(text, compact=compact)
    return (dates[0].day, dates[0].time) if dates else None


def from_stamp(value: object) -> tuple[dt.date, dt.time | None] | None:
    """The moment that an interface's field states: Unix seconds or milliseconds, as number or digits, or a
    date in words. None where it is none."""
    if isinstance(value, str):
        bare = value.strip()
        if not (bare.isascii() and bare.isdigit() and len(bare) in (10, 13)):
            return parse_moment(bare, compact=len(bare) == 8)
        value = int(bare)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    seconds = value / 1000 if value >= 1e11 else value  # 1e11 seconds lie in the year 5138
    try:
        moment = dt.datetime.fromtimestamp(seconds, SHANGHAI)
    except (ValueError, OverflowError, OSError):
        return None
    if not MIN_YEAR <= moment.year <= MAX_YEAR:
        return None
    return moment.date(), moment.time().replace(microsecond=0)


def _all_shapes(plain: str, compact: bool) -> Iterator[FoundDate]:
    shapes = (_DASHED, _SLASHED, _DOTTED, _HAN, *((_COMPACT,) if compact else ()))
    for shape in shapes:
        for match in shape.finditer(plain):
            year, month, day = (int("".join(part.split())) for part in match.groups())
            found = _found(plain, match, make_date(year, month, day))
            if found:
                yield found
    for match in _HAN_NUMERALS.finditer(plain):
        year_text = "".join(match.group(1).split())
        year = int("".join(str(_DIGITS[sign]) for sign in year_text))
        found = _found(plain, match, make_date(year, _numeral(match.group(2)), _numeral(match.group(3))))
        if found:
            yield found


def _numeral(text: str) -> int:
    """一 .. 三十一 and 1 .. 31 as a number."""
    text = "".join(text.split()).replace("廿", "二十")
    if text.isdigit() and text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def _found(plain: str, match: re.Match[str], day: dt.date | None) -> FoundDate | None:
    if day is None:
        return None
    clock = _TIME.match(plain, match.end())
    if clock is None:
        return FoundDate(day, None, match.start(), match.end())
    hour, minute, second = (int(part or 0) for part in clock.groups())
    time, end = dt.time(hour, minute, second), clock.end()
    zone = _ZONE.match(plain, end)
    if zone:
        moment = _to_shanghai(day, time, zone.group(1))
        if moment is None:
            return None
        day, time, end = moment.date(), moment.time(), zone.end()
    return FoundDate(day, time, match.start(), end)


def _to_shanghai(day: dt.date, time: dt.time, zone: str) -> dt.datetime | None:
    sign = -1 if zone[0] == "-" else 1
    digits = zone[1:].replace(":", "") or "0000"
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * sign
    moment = dt.datetime.combine(day, time) - offset + dt.timedelta(hours=8)
    return moment if MIN_YEAR <= moment.year <= MAX_YEAR else None


# --- addresses -------------------------------------------------------------------------------------------------

# FIELD-GUIDE 2, in the order of how sure they are. Dialects that write only a month or a year (B without a day,
# I, gov.cn) and mere numbers (G, J, K, N, VSB, post_) have no line here.
_URL_DAYS: Final = tuple(
    re.compile(shape)
    for shape in (
        r"/t(\d{4})(\d\d)(\d\d)_\d+\.",  # A, TRS
        r"/[PW]0(\d{4})(\d\d)(\d\d)\d{6,}\.",  # TRS: a file that a list links to directly
        r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/art_",  # B, Hanweb
        r"/(\d{4})-(\d{1,2})/(\d{1,2})/",  # C
        r"/(\d{4})-(\d{1,2})-(\d{1,2})/",  # O, EmpireCMS
        r"/(\d{4})/(\d{1,2})/(\d{1,2})/",  # F, R, /doc/
        r"/(\d{4})(\d\d)/(\d\d)/[0-9a-f-]{30,}\.",  # S
        r"/(\d{4})/(\d\d)(\d\d)/[\w-]*\d",  # P, people.cn
        r"/(\d{4})(\d\d)(\d\d)/(?!index\.)[^/]",  # D, Q, T, Epoint
        r"/(\d{4})(\d\d)(\d\d)\d{4,}/(?:index\.|$)",  # E, H: the id is a moment
    )
)


def url_date(url: str) -> dt.date | None:
    """The day that an article's address bears, None where it bears none or only a month. The day says when the
    document was made, imported or moved, not when it was published (FIELD-GUIDE 0.4)."""
    path = _path(url)
    for shape in _URL_DAYS:
        for match in shape.finditer(path):
            day = make_date(*(int(part) for part in match.groups()))
            if day:
                return day
    return None


_IDS: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"/t\d{8}_(\d{1,18})\.",  # TRS
        r"/art_\d+_(\d{1,18})\.",  # Hanweb
        r"/c(\d{3,18})/content\.",  # n-channel, csrc
        r"/(\d{5,19})/index\.s?html?$",  # G, H, E
        r"/(?:m?post|content|c|art|doc|article|detail|arti|pnidpv|info|view|show|news|node)[_-]?(\d{1,19})\.",
        r"/c?\d+-(\d{3,19})\.s?html?$",  # people.cn: c1001-32350000
        r"/(\d{1,19})\.(?:s?html?|jhtml|jsp|aspx?|php|do)$",
        r"/(?:xiangqing|article|detail|show|view|news|info|content)/(\d{1,19})/?$",
    )
)
_ID_KEYS: Final = frozenset(
    {"id", "docid", "articleid", "infoid", "newsid", "contentid", "record", "manuscriptid", "artid"}
)


def running_id(url: str) -> int | None:
    """The number that the CMS gave the article, None where the address has none (or a random one, a GUID)."""
    path = _path(url)
    for shape in _IDS:
        match = shape.search(path)
        if match:
            return int(match.group(1))
    try:
        query = parse_qsl(urlsplit(url[:MAX_URL]).query, max_num_fields=50)
    except ValueError:
        return None
    for key, value in query:
        if key.lower() in _ID_KEYS and value.isascii() and value.isdigit() and len(value) <= 19:
            return int(value)
    return None


def _path(url: str) -> str:
    """The path of an address; app addresses (#/detail/3) keep what stands behind the sharp."""
    try:
        parts = urlsplit(url[:MAX_URL])
    except ValueError:
        return ""
    return parts.path
