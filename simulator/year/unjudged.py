"""Plays of what no reading decides: an agency whose site nobody names, a register without patterns, channels that are
no sites, platforms. (And the consultations, whose play stands with that of the letters.)"""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from plans.register import Kind, Obligation
from simulator.city import City
from simulator.year.answer import Answer, truth, unread
from simulator.year.letters import play_consultations
from simulator.year.stage import Matter, Occasion, site_of

CHANNELS = frozenset({"wechat", "weibo", "newspaper"})


def play_more(city: City, days: Sequence[dt.date]) -> tuple[list[Matter], set[str]]:
    """The matters of the obligations under the register's third heading, and the ids of these obligations."""
    matters: list[Matter] = []
    played: set[str] = set()
    for obligation in city.register.obligations:
        if not obligation.measure.startswith("三/") or not city.register.plan.id.startswith("random"):
            continue
        found = (
            play_consultations(city, obligation, days) if obligation.kind is Kind.RESPONSE else _play(city, obligation)
        )
        matters += found
        played |= {obligation.id} if found else set()
    return matters, played


def _play(city: City, obligation: Obligation) -> list[Matter]:
    agency = obligation.lead[0]
    if CHANNELS & set(obligation.where):
        return [partial(_always, obligation, "manual", "manual_channel")]
    if site_of(city, agency) is None:
        return [] if _has_been_cut(city, agency) else [partial(_when_due, obligation, "site_unknown")]
    if obligation.kind is Kind.DUTY:
        return [partial(_duty, obligation)]
    if obligation.kind is Kind.PLATFORM:
        return [partial(_always, obligation, "inconclusive", "kind_not_judged")]
    return [partial(_when_due, obligation, "no_evidence_pattern")]


def _has_been_cut(city: City, agency: str) -> bool:
    """Whether the agency owes periodic things, and the city is only too small to hold its site."""
    return any(o.kind is Kind.PERIODIC and agency in o.lead and o.evidence.title for o in city.register.obligations)


def _always(obligation: Obligation, status: str, reason: str, _: Occasion) -> list[Answer]:
    judged = truth(status, reasons=frozenset({reason}), hindered=True)
    return [Answer(obligation.kind.value, obligation.id, obligation.lead[0], judged)]


def _duty(obligation: Obligation, _: Occasion) -> list[Answer]:
    """No crawler can see it, whatever the register says of who checks it: for a person, under either name."""
    judged = truth("manual", "inconclusive", reasons=frozenset({"manual_duty", "kind_not_judged"}), hindered=True)
    return [Answer("duty", obligation.id, obligation.lead[0], judged)]


def _when_due(obligation: Obligation, reason: str, when: Occasion) -> list[Answer]:
    """Nothing is asked of anybody before the due date; without one the question stands open at once."""
    due = obligation.due.date if obligation.due is not None else None
    judged = truth("not_due") if due is not None and when.as_of <= due else unread(reason)
    return [Answer(obligation.kind.value, obligation.id, obligation.lead[0], judged, due=due)]
