"""From register, sites and facts to verdicts: pure, without clock or network, the same bytes every time.

What was claimed after `as_of` is as if it were not there. Readings made after `as_of` count: what they did not
find was not there before either, as far as claimed dates go.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from checks.addresses import publications_in
from checks.batches import with_batches
from checks.case import Answer, Case, Seen
from checks.clocks import Surroundings
from checks.content import judge_content
from checks.coverage import Need, ReadingIndex, coverage, local_day
from checks.events import judge_events
from checks.expectations import Expectation, Rule, expectations
from checks.flags import with_clocks, with_removal
from checks.freshness import judge_freshness, oldest_fresh
from checks.instalments import judge_instalment
from checks.labels import judge_labels
from checks.lookalikes import Resemblance
from checks.matching import Matched, TitleIndex, Weighing, weigh
from checks.other_leads import Names, lead_names, without_others
from checks.pairings import judge_pairing
from checks.responses import judge_responses
from checks.standing import judge_standing
from checks.verdict import Flag, Refusal, Status, Verdict
from checks.wording import with_place
from db.facts import Facts, Publication, Reading, Stop
from plans.agencies import AgencySites, agency_key, sites_for
from plans.register import Kind, Obligation, Register
from plans.sites import Level, Sites

# So many instalments of a series in one column make it the series' place, whatever it is called. Assumed: one may
# be misplaced, two may be copies of each other's mistake; of a weekly series a few are strays.
MAKES_A_PLACE: Final = 3
SHARE_OF_A_PLACE: Final = 0.2  # of all instalments that were found
_UNKNOWN_SOURCE: Final = Resemblance(Refusal.OTHER_SITE, doubtful=True)
# One function for each rule: a case in, an answer out. A new kind of obligation adds a line here.
RULES: Final = MappingProxyType(
    {
        Rule.INSTALMENT: judge_instalment,
        Rule.ONCE: judge_instalment,
        Rule.STANDING: judge_standing,
        Rule.FRESHNESS: judge_freshness,
    }
)
# And one for each kind that is judged document by document: an answer a subject, in a fixed order, never none.
SUBJECT_RULES: Final[Mapping[Kind, Callable[[Case], tuple[Answer, ...]]]] = MappingProxyType(
    {
        Kind.EVENT: judge_events,
        Kind.LABEL: judge_labels,
        Kind.PAIRING: judge_pairing,
        Kind.RESPONSE: judge_responses,
    }
)


def judge(register: Register, sites: Sites, facts: Facts, as_of: dt.date) -> tuple[Verdict, ...]:
    """Every expectation of the register judged as of the day: in the register's order of obligations, then
    agencies, then periods."""
    seen = Seen(
        TitleIndex(publications_in(facts)),
        ReadingIndex(facts),
        Surroundings(facts),
        tuple(site.id for site in sites.sites if site.level is Level.PORTAL),
    )
    verdicts = (
        verdict
        for obligation in register.obligations
        for names in (lead_names(obligation, sites),)
        for place in sites_for(obligation, sites)
        for verdict in _judge_place(register, obligation, (place, names), seen, as_of)
    )
    return with_batches(tuple(verdicts))


def _judge_place(
    register: Register, obligation: Obligation, part: tuple[AgencySites, Names], seen: Seen, as_of: dt.date
) -> Iterator[Verdict]:
    """One agency's part of an obligation. `part`: where it is looked for, and the names of all leads."""
    place, names = part
    sites = tuple(site.id for site in place.sites)
    readings = [r for site in sites for r in seen.readings.belonging(site, obligation.evidence.columns)]
    addresses = frozenset(reading.url for reading in readings)
    last_day = register.plan.last_day
    read_on = min(as_of, last_day, max((local_day(r.read_at) for r in readings), default=as_of))
    expected = expectations(register, obligation, place, read_on)
    found = seen.titles.matching(sites, obligation.evidence, attachments=expected[0].rule is Rule.STANDING)
    matched = tuple(m for m in found if not (m.is_cut and addresses.isdisjoint(m.publication.columns)))
    if expected[0].rule in (Rule.INSTALMENT, Rule.ONCE, Rule.STANDING):
        matched += _on_portals(obligation, place, seen)
        matched = without_others(place.agency, matched, names)
    weighed = [weigh(expectation, matched, as_of) for expectation in expected]
    usual = _usual_places(weighed, addresses if obligation.evidence.columns else frozenset())
    for expectation, weighing in zip(expected, weighed, strict=True):
        need = _need(expectation, usual)
        covered = coverage(sites, seen.readings, need)
        case = Case(expectation, as_of, seen, matched, weighing, need, covered)
        for answer in _answers(case):
            yield _verdict(case, answer)


def _on_portals(obligation: Obligation, place: AgencySites, seen: Seen) -> tuple[Matched, ...]:
    """What the government's portal shows of the agency's own, by its source: published there is published. It helps
    the agency only: nobody has to look there before something may be called absent from the agency's own site. A row
    whose page nobody opened may be the agency's: a doubt."""
    own = {site.id for site in place.sites}
    names = {agency_key(name) for name in (place.agency, *(site.name for site in place.sites))}
    others = [portal for portal in seen.portals if portal not in own]
    found = seen.titles.matching(others, obligation.evidence) if own else ()
    whole = [m for m in found if not m.is_cut]
    unopened = [m for m in whole if m.publication.text is None and m.publication.source is None]
    said = [m for m in whole if agency_key(m.publication.source or "") in names]
    return (*said, *(replace(m, resemblance=m.resemblance or _UNKNOWN_SOURCE) for m in unopened))


def _usual_places(weighed: list[Weighing], named: frozenset[str]) -> frozenset[tuple[str, str]]:
    """(site, address) of the columns in which the agency keeps this series, whatever their names. What stands in a
    column of the register's names (`named`) shows no other habit: a section's page lists it as well."""
    accepted = [weighing.accepted.publication for weighing in weighed if weighing.accepted]
    apart = [p for p in dict.fromkeys(accepted) if named.isdisjoint(p.columns)]
    counts = Counter((p.site, address) for p in apart for address in p.columns)
    least = max(MAKES_A_PLACE, SHARE_OF_A_PLACE * len(set(accepted)))
    return frozenset(place for place, count in counts.items() if count >= least)


def _need(expectation: Expectation, usual: frozenset[tuple[str, str]]) -> Need:
    """What must have been read before anybody may say that nothing is there."""
    columns = expectation.obligation.evidence.columns
    due = expectation.due.day or expectation.plan.last_day
    given = frozenset((site.id, column.url) for site in expectation.sites for column in site.columns)
    if expectation.rule is Rule.FRESHNESS:
        return Need(columns, oldest_fresh(due), due - dt.timedelta(days=1), given, usual)
    return Need(columns, expectation.since, due, given, usual)


def _answers(case: Case) -> tuple[Answer, ...]:
    if case.expectation.rule is Rule.SUBJECTS:
        answers = SUBJECT_RULES[case.obligation.kind](case)
        return tuple(with_removal(case, one) for one in answers) if case.obligation.kind is Kind.EVENT else answers
    return (_answer(case),)


def _answer(case: Case) -> Answer:
    expectation = case.expectation
    if expectation.unjudged is None:
        return with_clocks(case, RULES[expectation.rule](case))
    status = Status.MANUAL if expectation.rule is Rule.MANUAL else Status.INCONCLUSIVE
    return Answer(status, expectation.unjudged, expectation.due)


def _misplaced(case: Case, found: Publication) -> tuple[str, str] | None:
    """(where it stands, where it belongs), by name, where it stands in none of the columns for it on that site, and
    each of these was read far enough to show it: not while one of them is forbidden by robots.txt."""
    evidence = case.obligation.evidence
    columns = evidence.pair.columns if evidence.pair and case.obligation.kind is Kind.PAIRING else evidence.columns
    if not columns or not found.columns:
        return None
    right = [r for r in case.seen.readings.belonging(found.site, columns) if r.stop is not Stop.LANDING]
    places = {reading.url for reading in right}
    if not right or any(not places.isdisjoint(copy.columns) for copy in _twins(case, found)):
        return None
    if places != {reading.url for reading in right if _would_list(reading, found)}:
        return None
    stands = [r.column for r in case.seen.readings.belonging(found.site, ()) if r.url in found.columns]
    return "、".join(dict.fromkeys(stands)) or found.columns[0], "、".join(dict.fromkeys(r.column for r in right))


def _would_list(reading: Reading, found: Publication) -> bool:
    """Whether the item would have been read there if it stood there."""
    whole = reading.stop is Stop.END_OF_LIST or reading.back_to is None
    far_enough = found.published is not None and reading.back_to is not None and reading.back_to <= found.published
    return reading.complete and (whole or far_enough)


def _twins(case: Case, found: Publication) -> list[Publication]:
    """The publication and its copies of the same day on that site: one column's copy serves for the others' too."""
    copies = (matched.publication for matched in case.weighing.copies)
    return [found, *(c for c in copies if (c.site, c.published) == (found.site, found.published))]


def _verdict(case: Case, answer: Answer) -> Verdict:
    expectation, found = case.expectation, answer.found
    noted, why = judge_content(case, answer)
    flags = {*noted}
    accepted = found if answer.status is not Status.INCONCLUSIVE else None  # what may be it stands nowhere yet
    misplaced = _misplaced(case, accepted) if accepted is not None else None
    if misplaced is not None:
        flags.add(Flag.WRONG_PLACE)
        why = with_place(why, *misplaced)
    if answer.due.assumed:
        flags.add(Flag.CALENDAR_ASSUMED)
    read_site = answer.reading.site if answer.reading else None
    return Verdict(
        plan=expectation.plan.id,
        obligation=case.obligation.id,
        agency=expectation.agency,
        site=found.site if found else read_site or next(iter(case.sites), None),
        period=str(expectation.period) if expectation.period is not None else None,
        subject=answer.subject,
        status=answer.status,
        flags=tuple(flag for flag in Flag if flag in flags),
        due=answer.due.day,
        published=found.published if found else None,
        first_seen=found.first_seen if found else None,
        days_late=answer.days_late,
        url=found.url if found else None,
        title=found.title if found else None,
        evidence=_evidence(answer),
        reason_code=why.code,
        reason=why.zh,
        reason_en=why.en,
        measure=case.obligation.measure,
        obligation_title=case.obligation.title,
        due_explained=answer.due.explained,
        due_explained_en=answer.due.explained_en,
        candidates=case.weighing.candidates if answer.candidates is None else answer.candidates,
        columns=tuple(dict.fromkeys((*case.covered.columns, *answer.columns))),
        clocks=(*((clock.name.value, clock.value) for clock in found.clocks), *answer.clocks)
        if found
        else answer.clocks,
    )


def _evidence(answer: Answer) -> str | None:
    if answer.found is not None:
        return answer.found.evidence
    return answer.reading.evidence if answer.reading else None
