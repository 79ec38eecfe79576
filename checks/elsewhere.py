"""On which sites would something be called absent, so that it is worth looking for it in other columns first?

An instalment counts where it stands, in the right column or elsewhere (wrong_place). Reading a whole site costs too
much; so the crawler asks, once it has read the columns in which things belong, what was not found there.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from checks.periods import Period
from checks.verdict import ReasonCode, Status, Verdict
from plans.agencies import sites_for
from plans.register import Cadence, Kind, Obligation, Register
from plans.sites import Sites

_ABSENT: Final = frozenset({Status.OVERDUE, Status.MISSING})
# A column that must be fresh every day is judged as a column: one item elsewhere makes it no fresher.
_BY_THE_COLUMN: Final = frozenset({Cadence.REALTIME, Cadence.DAILY})


def absent_from(register: Register, sites: Sites, verdicts: Iterable[Verdict]) -> dict[str, dt.date]:
    """Site id -> first claimed day on which one of the things that the verdicts call absent can stand there."""
    obligations = {obligation.id: obligation for obligation in register.obligations}
    found: dict[str, dt.date] = {}
    for verdict in verdicts:
        obligation = obligations[verdict.obligation]
        if not _is_absent(obligation, verdict):
            continue
        since = _since(obligation, verdict, register)
        for place in sites_for(obligation, sites):
            for site in place.sites if place.agency == verdict.agency else ():
                found[site.id] = min(since, found.get(site.id, since))
    return found


def _is_absent(obligation: Obligation, verdict: Verdict) -> bool:
    by_subject = obligation.kind in (Kind.LABEL, Kind.PAIRING, Kind.RESPONSE)
    searched = bool(obligation.evidence.title) and not by_subject and obligation.cadence not in _BY_THE_COLUMN
    return searched and verdict.status in _ABSENT and verdict.reason_code is ReasonCode.NOT_FOUND


def _since(obligation: Obligation, verdict: Verdict, register: Register) -> dt.date:
    """What is due again and again cannot stand there before its period; anything else not before the plan."""
    if verdict.period is None or obligation.cadence in (None, Cadence.ONCE, Cadence.STANDING):
        return register.plan.first_day
    return Period.parse(verdict.period).first_day
