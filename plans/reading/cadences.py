"""How often, in the plan's own words? A clause of a measure -> the cadences that it states."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from plans.reading.lexicon import CadencePhrase, Means, Stated, lexicon
from plans.reading.limits import Limit, limits_in

EXPLICIT: Final = frozenset(
    {Stated.DAILY, Stated.WEEKLY, Stated.MONTHLY, Stated.QUARTERLY, Stated.HALF_YEARLY, Stated.YEARLY}
)
VAGUE: Final = frozenset({Stated.TIMELY, Stated.REGULARLY, Stated.AS_APPROPRIATE, Stated.DYNAMIC})
_TITLES = re.compile(r"《[^《》]{0,120}》|〔\d{4}〕")


@dataclass(frozen=True, slots=True)
class Cadence:
    """A cadence stated in a text at `start`; `doubt` where it is only inferred."""

    start: int
    stated: Stated
    phrase: str
    deadline: str = ""
    doubt: str = ""


def cadences_in(even: str, year: int | None, before: str = "") -> list[Cadence]:
    """What a clause states, in order. `even` is the clause as it is compared, `before` what the sentence says ahead
    of it. An explicit period beats 及时 and 定期 of the same clause; a limit belongs to the period beside it."""
    masked = _TITLES.sub(lambda found: "□" * len(found[0]), even)
    named = list(_named(masked))
    limits = [_moved(limit, len(before)) for limit in limits_in(before + masked, year) if limit.start >= len(before)]
    if any(one.stated in EXPLICIT for one in named):
        named = [one for one in named if one.stated not in VAGUE and one.stated is not Stated.ON_EVENT]
    found = _with_limits(named, limits)
    return sorted(_once(found), key=lambda one: one.start)


def _moved(limit: Limit, by: int) -> Limit:
    return Limit(limit.start - by, limit.end - by, limit.phrase, limit.deadline, limit.means)


def _named(masked: str) -> Iterator[Cadence]:
    taken: list[tuple[int, int]] = []
    for entry in lexicon().cadences:
        text = masked
        for friend in entry.unless:
            text = friend.sub(lambda found: "□" * len(found[0]), text)
        for found in entry.pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            whole = entry.whole.match(text, found.start()) if entry.whole else None
            phrase = (whole or found)[0]
            yield Cadence(found.start(), entry.cadence, phrase, doubt=_doubt(entry, phrase))


def _doubt(entry: CadencePhrase, phrase: str) -> str:
    if "或" in phrase:
        return f"“{phrase}”有两种读法，取较短的周期"
    inferred = "" in entry.implied or phrase in entry.implied
    return f"频率由“{phrase}”推出，原文未明说" if inferred else ""


def _with_limits(named: list[Cadence], limits: list[Limit]) -> list[Cadence]:
    """A limit within a period belongs to it; any other makes a thing to be done once, or after an event."""
    found = list(named)
    for limit in limits:
        beside = [one for one in found if one.stated in EXPLICIT and not one.deadline]
        if limit.means in (Means.DAY_OF_NEXT_PERIOD, Means.DAYS_AFTER_PERIOD) and beside:
            found[found.index(beside[0])] = _due(beside[0], limit)
        elif limit.means is Means.DAY_OF_NEXT_PERIOD:
            found.append(Cadence(limit.start, Stated.MONTHLY, limit.phrase, limit.deadline))
        else:
            found = [one for one in found if one.deadline or one.stated in EXPLICIT]
            found.append(Cadence(limit.start, _of_limit(limit), limit.phrase, limit.deadline))
    return found


def _due(cadence: Cadence, limit: Limit) -> Cadence:
    return Cadence(cadence.start, cadence.stated, cadence.phrase, limit.deadline, cadence.doubt)


def _of_limit(limit: Limit) -> Stated:
    relative = limit.means in (Means.DAYS_AFTER, Means.HOURS_AFTER, Means.DAYS_AFTER_PERIOD)
    return Stated.ON_EVENT if relative and not limit.deadline.endswith("publication") else Stated.ONCE_BY_DATE


def _once(found: list[Cadence]) -> Iterator[Cadence]:
    seen: set[tuple[Stated, str]] = set()
    for one in found:
        if (one.stated, one.deadline) not in seen:
            seen.add((one.stated, one.deadline))
            yield one


@cache
def _open_ended() -> tuple[re.Pattern[str], ...]:
    return lexicon().open_ended


def open_ended(even: str) -> str:
    """A phrase such as 持续推进 that says no time."""
    return next((found[0] for pattern in _open_ended() if (found := pattern.search(even))), "")


def column_cadences(even: str, year: int | None) -> list[Cadence]:
    """What a time column's cell states, one entry for each date in it; an open-ended phrase is `unspecified`."""
    limits = limits_in(even, year, column=True)
    if limits and not any(one.stated in EXPLICIT for one in _named(even)):
        if re.search(r"[-—至到~]", even) and len(limits) > 1:
            limits = limits[-1:]  # a span of months: it is due at its end
        return [Cadence(one.start, _of_limit(one), one.phrase, one.deadline) for one in limits]
    named = cadences_in(even, year)
    if named:
        return named
    phrase = open_ended(even) or even[:20]
    return [Cadence(max(0, even.find(phrase)), Stated.UNSPECIFIED, phrase)]
