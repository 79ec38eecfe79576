"""The answer key of a year: all that a careful auditor knows who looked on certain days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from simulator.year.answer import Answer, Truth
from simulator.year.building import YearCity
from simulator.year.looking import Look, look_at
from simulator.year.periodic import is_published, periodic_answers
from simulator.year.stage import Address, Occasion
from simulator.year.unclear import with_unclear


def looks_of(year: YearCity) -> list[Look]:
    """The looks of the year's crawls, the oldest first."""
    return [look_at(year.city, day, browser=year.browser, unlisted=year.unlisted(day)) for day in year.looks]


def year_key(year: YearCity, looks: Sequence[Look], as_of: dt.date, address: Address) -> list[Answer]:
    """The answers for judgement on `as_of` from the looks until then."""
    until = [look for look in looks if look.day <= as_of]
    answers = with_unclear(year.city, periodic_answers(year.city, until, as_of), until)
    for matter in year.matters:
        answers += matter(Occasion(until, as_of, address))
    return [replace(answer, as_of=as_of, truth=_with_calendar(answer)) for answer in answers]


def _with_calendar(answer: Answer) -> Truth:
    """Working days after an event in a year whose calendar is not published are assumed. (The key of periodic
    expectations says so itself.)"""
    if answer.kind not in ("label", "pairing", "response", "duty"):
        return answer.truth
    if answer.due is None:
        return replace(answer.truth, free=answer.truth.free | {"calendar_assumed"})
    assumed = frozenset() if is_published(answer.due) else frozenset({"calendar_assumed"})
    return replace(answer.truth, flags=answer.truth.flags | assumed)
