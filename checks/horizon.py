"""How far back publications matter: what a crawler must read so that every expectation can be judged."""

import datetime as dt
from typing import Final

from checks.expectations import Expectation, Rule, expectations
from checks.pairings import EARLIEST
from plans.agencies import sites_for
from plans.register import Kind, Obligation, Register
from plans.sites import Sites

# A stale column shows when it was last alive: the official tables call a column stale after two weeks or six
# months (STANDARDS 1.2); a month back decides whether a daily duty is met.
FRESHNESS_DAYS: Final = 31


def horizon(register: Register, sites: Sites, as_of: dt.date) -> dict[str, dt.date | None]:
    """Obligation id -> first claimed day that matters (None: from ever). What no machine judges is left out."""
    found = {}
    for obligation in register.obligations:
        days = _days(register, obligation, sites, as_of)
        if days:
            found[obligation.id] = None if None in days else min(day for day in days if day is not None)
    return found


def _days(register: Register, obligation: Obligation, sites: Sites, as_of: dt.date) -> list[dt.date | None]:
    days: list[dt.date | None] = []
    for place in sites_for(obligation, sites):
        for expectation in expectations(register, obligation, place, as_of):
            if expectation.rule in (Rule.NOT_JUDGED, Rule.MANUAL):
                continue
            days.append(_first_day(expectation, as_of))
    return days


def _first_day(expectation: Expectation, as_of: dt.date) -> dt.date | None:
    if expectation.rule is Rule.FRESHNESS:
        return as_of - dt.timedelta(days=FRESHNESS_DAYS)
    if expectation.obligation.kind is Kind.PAIRING and expectation.since is not None:
        return expectation.since - EARLIEST  # an interpretation may come before its document
    return expectation.since
