"""Periods (期次): what an instalment is about, and which periods a title speaks of."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from checks.title_forms import Mention, mentions, run

_CODE: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|W(?P<week>[0-9]{2})))?"
)
_ONE_DAY: Final = dt.timedelta(days=1)


class PeriodKind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_MONTHS: Final = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One day, ISO week, month, quarter, half-year or year. `number` counts within the year: 1 for a year,
    month * 100 + day for a day (601 is 1 June). A week's year is its ISO year. Raises ValueError for a period
    that no calendar has."""

    kind: PeriodKind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not dt.MINYEAR <= self.year <= dt.MAXYEAR:
            raise ValueError(f"no such year: {self.year}")
        if self.kind in _MONTHS and not 1 <= self.number <= 12 // _MONTHS[self.kind]:
            raise ValueError(f"no {self.kind} {self.number} in a year")
        try:
            _ = self.first_day, self.last_day
        except OverflowError as error:
            raise ValueError(f"no such {self.kind}: {self.number} of {self.year}") from error

    @classmethod
    def of(cls, kind: PeriodKind, day: dt.date) -> Self:
        """The period of this kind that holds the day."""
        if kind is PeriodKind.DAY:
            return cls(kind, day.year, day.month * 100 + day.day)
        if kind is PeriodKind.WEEK:
            year, week, _ = day.isocalendar()
            return cls(kind, year, week)
        return cls(kind, day.year, (day.month - 1) // _MONTHS[kind] + 1)

    @classmethod
    def parse(cls, code: str) -> Self:
        """The period that `str()` writes so: 2017-05, 2017-Q2, 2017-H1, 2017, 2017-W23, 2017-06-01.

        Raises ValueError for anything else.
        """
        match = _CODE.fullmatch(code)
        if match is None:
            raise ValueError(f"not a period: {code!r}")
        parts = {name: int(text) for name, text in match.groupdict().items() if text is not None}
        year, month = parts.pop("year"), parts.get("month", 0)
        if "day" in parts:
            return cls(PeriodKind.DAY, year, month * 100 + parts["day"])
        kind, number = next(iter(parts.items()), ("year", 1))
        return cls(PeriodKind(kind), year, number)

    @property
    def first_day(self) -> dt.date:
        if self.kind is PeriodKind.DAY:
            return dt.date(self.year, *divmod(self.number, 100))
        if self.kind is PeriodKind.WEEK:
            return dt.date.fromisocalendar(self.year, self.number, 1)
        return dt.date(self.year, (self.number - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def last_day(self) -> dt.date:
        if self.kind is PeriodKind.DAY:
            return self.first_day
        if self.kind is PeriodKind.WEEK:
            return dt.date.fromisocalendar(self.year, self.number, 7)
        month = self.number * _MONTHS[self.kind]
        return dt.date(self.year, 12, 31) if month == 12 else dt.date(self.year, month + 1, 1) - _ONE_DAY

    def next(self) -> Self:
        """Raises ValueError after the last one that a date can hold."""
        return self._beside(self.last_day, _ONE_DAY)

    def previous(self) -> Self:
        """Raises ValueError before the first one that a date can hold."""
        return self._beside(self.first_day, -_ONE_DAY)

    def _beside(self, edge: dt.date, step: dt.timedelta) -> Self:
        try:
            return type(self).of(self.kind, edge + step)
        except OverflowError as error:
            raise ValueError(f"nothing beside {self}: the calendar ends here") from error

    def contains(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.DAY:
                return self.first_day.isoformat()
            case PeriodKind.WEEK:
                return f"{self.year:04}-W{self.number:02}"
            case PeriodKind.MONTH:
                return f"{self.year:04}-{self.number:02}"
            case PeriodKind.QUARTER:
                return f"{self.year:04}-Q{self.number}"
            case PeriodKind.HALF:
                return f"{self.year:04}-H{self.number}"
            case PeriodKind.YEAR:
                return f"{self.year:04}"


def periods_between(kind: PeriodKind, first_day: dt.date, last_day: dt.date) -> tuple[Period, ...]:
    """Every period of this kind that shares a day with the span, in order; none where the span is empty."""
    found: list[Period] = []
    day = first_day
    while day <= last_day:
        period = Period.of(kind, day)
        found.append(period)
        if period.last_day >= last_day:
            break
        day = period.last_day + _ONE_DAY
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TitlePeriods:
    """What a title speaks of: its periods by their first day, and beside each the words it was read from.

    `cumulative`: they are told only as sums since January (1-5月). `with_sums`: a sum since January stands
    beside the single month (8月及1-8月). `assumed_year`: a year came from the publish date.
    """

    periods: tuple[Period, ...] = ()
    cumulative: bool = False
    assumed_year: bool = False
    with_sums: bool = False
    spans: tuple[str, ...] = ()


def read_periods(title: str, published: dt.date | None = None) -> TitlePeriods:
    """The periods that a title speaks of. Never raises; reads the first 500 characters.

    A month, quarter, half or year without a year takes it from the nearest words before it, then from a year that
    stands by itself behind it ("5月（2017年）"), and at last from the publish date: the latest such period that
    had ended before that day (STANDARDS section 5: 92 % of the titles of one statistics office bear no year).
    Weeks and days come sooner: the latest week that had begun, the nearest day. Without any of them: nothing.
    """
    found = mentions(title)
    readings = [_read(found, at, published) for at in range(len(found))]
    lent = {reading.lender for reading in readings}
    finer = {period.year for reading in readings for period in reading.periods if period.kind in _WITHIN_A_YEAR}
    kept = [
        reading
        for at, reading in enumerate(readings)
        if not (reading.mention.is_loose and (at in lent or reading.mention.year in finer))
    ]
    strong = [reading for reading in kept if not reading.mention.is_weak and reading.periods]
    return _told(strong or kept)


_WITHIN_A_YEAR: Final = frozenset({PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF})


@dataclass(frozen=True, slots=True)
class _Reading:
    """A mention with its year. `lender` is the place of the mention that lent it the year."""

    mention: Mention
    periods: tuple[Period, ...] = ()
    cumulative: bool = False
    assumed_year: bool = False
    lender: int | None = None


def _read(found: tuple[Mention, ...], at: int, published: dt.date | None) -> _Reading:
    mention = found[at]
    if mention.year is not None:
        return _in_year(mention, mention.year)
    if mention.years_ago is not None:
        return _said(mention, mention.years_ago, published)
    lender = _lender(found, at)
    if lender is not None:
        return replace(_in_year(mention, _last_year(found[lender])), lender=lender)
    return _assumed(mention, published)


def _lender(found: tuple[Mention, ...], at: int) -> int | None:
    """Where the year of a mention without one stands: the last before it, or a loose one behind it."""
    before = [i for i in range(at) if found[i].year is not None]
    behind = [i for i in range(at + 1, len(found)) if found[i].is_loose]
    return next(iter([*before[-1:], *behind[:1]]), None)


def _last_year(mention: Mention) -> int:
    return (mention.year or 0) + max((after for after, _ in mention.parts), default=0)


def _said(mention: Mention, years_ago: int, published: dt.date | None) -> _Reading:
    if published is None:
        return _Reading(mention)
    return replace(_in_year(mention, published.year - years_ago), assumed_year=True)


def _assumed(mention: Mention, published: dt.date | None) -> _Reading:
    if published is None:
        return _Reading(mention)
    years = range(published.year + 1, published.year - 3, -1)
    readings = [r for year in years if (r := _in_year(mention, year)).periods]
    if mention.unit == "day":
        near = min(readings, key=lambda r: abs(r.periods[-1].last_day - published), default=None)
    elif mention.unit == "week":
        near = next((r for r in readings if r.periods[-1].first_day <= published), None)
    else:
        near = next((r for r in readings if r.periods[-1].last_day < published), None)
    return replace(near, assumed_year=True) if near else _Reading(mention)


def _in_year(mention: Mention, year: int) -> _Reading:
    try:
        periods = tuple(Period(PeriodKind(mention.unit), year + after, number) for after, number in mention.parts)
    except ValueError:  # month 13, 30 February, week 53 of a year that has 52
        return _Reading(mention)
    if mention.is_span:
        return _Reading(mention, *_of_span(periods[0].first_day, periods[-1].last_day))
    if mention.unit == "day" and mention.cumulative:
        return _Reading(mention, *_up_to(periods[0]))
    return _Reading(mention, periods, mention.cumulative)


def _up_to(day: Period) -> tuple[tuple[Period, ...], bool]:
    """ "截至6月30日" is the sum to June; up to a day within a month, it is about that day."""
    month = Period.of(PeriodKind.MONTH, day.first_day)
    return ((month,), True) if month.last_day == day.last_day else ((day,), False)


def _of_span(first: dt.date, last: dt.date) -> tuple[tuple[Period, ...], bool]:
    """The periods that two days enclose, and whether they are a sum since January. Seven days are the week that
    holds most of them, Monday to Friday is a working week, whole months are months; any other span is none."""
    days = (last - first).days + 1
    if days == 7 or (days == 5 and first.weekday() == 0):
        return (Period.of(PeriodKind.WEEK, first + 3 * _ONE_DAY),), False
    months = periods_between(PeriodKind.MONTH, first, min(last, first + dt.timedelta(days=366)))
    if not months or (months[0].first_day, months[-1].last_day) != (first, last):
        return (), False
    if len(months) == 1:
        return months, False
    parts, cumulative = run(first.month, last.month, years=last.year - first.year, cycle=12)
    return tuple(Period(PeriodKind.MONTH, first.year + after, number) for after, number in parts), cumulative


def _told(readings: list[_Reading]) -> TitlePeriods:
    plain = {period for r in readings if not r.cumulative for period in r.periods}
    texts: dict[Period, str] = {}
    for reading in readings:
        for period in reading.periods:
            texts.setdefault(period, reading.mention.text)
    ordered = sorted(texts, key=lambda period: (period.first_day, period.last_day))
    return TitlePeriods(
        periods=tuple(ordered),
        cumulative=any(r.cumulative and not plain.issuperset(r.periods) for r in readings),
        assumed_year=any(r.assumed_year and r.periods for r in readings),
        with_sums=any(
            r.mention.with_sums or (r.cumulative and plain.issuperset(r.periods)) for r in readings if r.periods
        ),
        spans=tuple(texts[period] for period in ordered),
    )
