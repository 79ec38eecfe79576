"""Instalments whose title does not say which period they are about: nobody can decide what they are."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from plans.register import Cadence
from simulator import titles
from simulator.city import City, Expectation, Instalment, Publication, is_readable
from simulator.dice import dice
from simulator.year.answer import ACCUSING, Answer
from simulator.year.looking import Look

SHARE = 0.015
FAULT = "periodless"
_CADENCES = frozenset({Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.HALF_YEARLY})


def blur(city: City, instalments: Sequence[Instalment]) -> None:
    """Some instalments of the plan's year to which nothing else happened lose the period in their title."""
    owed = {(e.site, e.obligation, e.period) for e in city.expectations}
    for i in instalments:
        publication = i.publication
        untouched = publication in i.site.publications and not publication.faults and not publication.edits
        if (
            not untouched
            or (i.site.id, *i.key) not in owed
            or not is_readable(i.site)
            or i.slot.cadence not in _CADENCES
        ):
            continue
        rng = dice(city.seed, i.site.id, i.key, "blur")
        title = f"{i.duty.naming.place}{i.duty.naming.what.removeprefix('全市')}"
        if rng.random() < SHARE and titles.recognised(i.duty.obligation, title):
            publication.title, publication.serves = title, frozenset()
            publication.faults |= {FAULT, i.about.key}


def with_unclear(city: City, answers: Iterable[Answer], looks: Sequence[Look]) -> list[Answer]:
    """The answers about periodic instalments, none of which accuses anybody past an article that could be it: what it
    is about cannot be decided, so that a person must look."""
    expected = {(e.obligation, e.agency, e.period): e for e in city.expectations}
    return [_softened(expected[a.obligation, a.agency, a.period or ""], a, looks) for a in answers]


def _softened(e: Expectation, answer: Answer, looks: Sequence[Look]) -> Answer:
    truth = answer.truth
    if not {"inconclusive", *ACCUSING} & set(truth.statuses) or truth.published is not None:
        return answer
    could_be = [p for p in _unclear_ones(e, looks) if p.day >= e.first]
    if not could_be:
        return answer
    is_it = any(e.period in p.faults for p in could_be)
    absent = not any(status in ("late", "on_time") for status in truth.statuses)
    if is_it and absent:
        return replace(answer, truth=replace(truth, statuses=("inconclusive",), reasons=frozenset({"ambiguous"})))
    statuses = tuple(dict.fromkeys((*truth.statuses, "inconclusive")))
    reasons = truth.reasons | {"ambiguous"} if truth.reasons else frozenset()
    return replace(answer, truth=replace(truth, statuses=statuses, reasons=reasons))


def _unclear_ones(e: Expectation, looks: Sequence[Look]) -> list[Publication]:
    """The articles of the obligation without a period that were seen in its column."""
    found: dict[int, Publication] = {}
    for look in looks:
        for p in look.read(e.site, look.sites[e.site].columns_of[e.obligation]).rows:
            if FAULT in p.faults and p.obligation is not None and p.obligation.id == e.obligation:
                found[id(p.source)] = p
    return list(found.values())
