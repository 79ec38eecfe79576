"""Periods as people read them, and the months that they span. The codes are those of the verdict's contract."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from reports.texts import Texts

_CODE: Final = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])|W(\d{2})|(\d{2}-\d{2})))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Months that a period covers. Months count from year 0 (12 a year), so that they can be subtracted."""

    first: int
    months: int


def month_number(year: int, month: int) -> int:
    return year * 12 + month - 1


def span(code: str | None) -> Span | None:
    """The months of a period code; weeks and days stand in the month they begin in. None for anything else."""
    match = _CODE.fullmatch(code or "")
    if match is None:
        return None
    year, month, quarter, half, week, day = match.groups()
    january = month_number(int(year), 1)
    if month:
        return Span(january + int(month) - 1, 1)
    if quarter:
        return Span(january + 3 * (int(quarter) - 1), 3)
    if half:
        return Span(january + 6 * (int(half) - 1), 6)
    if week or day:
        return _month_of(code or "")
    return Span(january, 12)


def _month_of(code: str) -> Span | None:
    try:
        day = dt.datetime.strptime(f"{code}-4", "%G-W%V-%u").date() if "W" in code else dt.date.fromisoformat(code)
    except ValueError:
        return None
    return Span(month_number(day.year, day.month), 1)


def period_name(code: str | None, texts: Texts, *, within: int | None = None) -> str:
    """A period in words: 2017年5月. With `within` the year is left out where it is that year. An unknown code
    is shown as it is; no code reads as "not by period"."""
    match = _CODE.fullmatch(code or "")
    if match is None:
        return code or texts("period.none")
    year, month, quarter, half, week, day = match.groups()
    short = "_short" if within is not None and int(year) == within else ""
    if day:
        return str(code)
    if month:
        return texts(f"period.month{short}", year=year, n=int(month))
    if quarter:
        return texts(f"period.quarter{short}", year=year, n=quarter)
    if half:
        return texts(f"period.half_{half}{short}", year=year)
    if week:
        return texts(f"period.week{short}", year=year, n=int(week))
    return texts("period.year", year=year)
