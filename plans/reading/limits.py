"""Time limits in words -> `2017-12-31`, `day 25 of the next month`, `10 working days after repeal`."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.reading.lexicon import DeadlinePhrase, Means, lexicon
from plans.reading.numerals import value
from plans.register import After

UNKNOWN_YEAR = "XXXX"  # in a deadline of a plan that does not say its year


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit found in a text (as it is compared) at `start`..`end`."""

    start: int
    end: int
    phrase: str
    deadline: str
    means: Means


def limits_in(text: str, year: int | None, *, column: bool = False) -> list[Limit]:
    """All limits, in order, none inside another. `column`: the text is a time column's cell, where a bare month or
    year is a limit too. The day before a month begins ends a limit such as 8月前."""
    found: list[Limit] = []
    entries = (*lexicon().deadlines, *(lexicon().column_deadlines if column else ()))
    for entry in entries:
        for limit in _of_entry(entry, text, year):
            if not any(limit.start < other.end and other.start < limit.end for other in found):
                found.append(limit)
    return sorted(found, key=lambda limit: limit.start)


def _of_entry(entry: DeadlinePhrase, text: str, year: int | None) -> Iterator[Limit]:
    for match in entry.pattern.finditer(text):
        deadline = _deadline(entry.means, match, text, year)
        if deadline:
            yield Limit(match.start(), match.end(), match[0], deadline, entry.means)


def _deadline(means: Means, match: re.Match[str], text: str, year: int | None) -> str:
    group = match.groupdict()
    stated = group.get("y") or group.get("y2")
    of = int(stated) if stated else year
    match means:
        case Means.DAY_OF_NEXT_PERIOD:
            return f"day {int(group['d'])} of the next month" if 1 <= int(group["d"]) <= 31 else ""
        case Means.DAYS_AFTER_PERIOD:
            return f"{int(group['n'])} {_unit(group['u'])} after period end"
        case Means.HOURS_AFTER:
            return f"{int(group['n'])} hours after event"
        case Means.DAYS_AFTER:
            return f"{int(group['n'])} {_unit(group['u'])} after {_origin(text[: match.start()])}"
        case Means.DATE:
            return _day(of, int(group["m"]), int(group["d"]))
        case Means.MONTH_END:
            return _day(of, int(group["m"]), 31)
        case Means.BEFORE_MONTH:
            return _before(of, int(group["m"]))
        case Means.HALF_YEAR_END:
            return _day(of, 6, 30)
        case Means.QUARTER_END:
            return _day(of, 3 * value(group["q"]), 31)
        case Means.YEAR_END:
            return _day(of, 12, 31)


def _unit(words: str) -> str:
    return "working days" if "工作" in words else "days"


def _origin(before: str) -> str:
    """What a number of days counts from: the nearest of the words before it."""
    tail = before[-24:]
    found: Sequence[tuple[int, After]] = [
        (tail.rfind(word), after) for after, words in lexicon().limits_from.items() for word in words if word in tail
    ]
    best = max(found, key=lambda one: one[0] if one[1] is not After.EVENT else -1, default=(0, After.EVENT))
    return best[1].value


def _day(year: int | None, month: int, day: int) -> str:
    """The date; the month's last day where it is shorter; nothing where there is no such month."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    last = calendar.monthrange(year or 2001, month)[1]
    return f"{year if year else UNKNOWN_YEAR}-{month:02d}-{min(day, last):02d}"


def _before(year: int | None, month: int) -> str:
    if month == 1:
        return _day(year - 1 if year else None, 12, 31)
    return _day(year, month - 1, 31)
