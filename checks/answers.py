"""The answers that several rules share: found on a day, not due yet, absent, not to be judged."""

import datetime as dt

from checks.case import Answer, Case
from checks.coverage import Gap, coverage
from checks.due import DueDate
from checks.expectations import Rule
from checks.sightings import stood_by
from checks.verdict import Status
from checks.wording import Sentence, gap_sentence, place_phrase, sentence, short
from db.facts import Publication, Reading
from plans.register import CheckMode, Kind


def dated(case: Case, found: Publication, published: dt.date, due: DueDate) -> Answer:
    limit = due.day or case.due
    facts = {**case.about, "due": limit, "published": published, "title": short(found.title)}
    if published > limit:
        unread = unread_elsewhere(case, found) if found.site in case.sites else case.covered.gap
        if unread is not None and not stood_by(found, limit):
            return uncovered(case, unread)
        days = (published - limit).days
        return Answer(Status.LATE, sentence("late", days=days, **facts), due, found, (), days)
    merged = due is not case.expectation.due
    return Answer(Status.ON_TIME, sentence("merged_january" if merged else "on_time", **facts), due, found)


def unread_elsewhere(case: Case, found: Publication) -> Gap | None:
    """A late find accuses nobody while another of the agency's sites, where it may have stood in time, could not
    be entered."""
    others = [site for site in case.sites if site != found.site]
    gap = coverage(others, case.seen.readings, case.need).gap if others else None
    return gap if gap is not None and gap.reading is None else None


def not_due(case: Case) -> Answer:
    why = sentence("not_due", **case.about, due=case.due, as_of=case.as_of)
    return Answer(Status.NOT_DUE, why, case.expectation.due)


def absent(case: Case) -> Answer:
    """Nothing was accepted: not due yet, proven absent, or not to be judged, and why."""
    expectation = case.expectation
    if case.as_of <= case.due:
        return not_due(case)
    if not case.sites:
        return unclear(case, sentence("site_unknown", agency=expectation.agency))
    evidence = case.obligation.evidence
    if not evidence.title and not (evidence.columns and expectation.rule is Rule.STANDING):
        return unclear(case, sentence("no_evidence_pattern"))
    if case.weighing.doubts:
        return ambiguous(case, case.weighing.doubts[0].publication)
    if case.covered.gap is not None:
        return uncovered(case, case.covered.gap)
    where = place_phrase(case.covered.decisive, expectation.sites)
    if case.obligation.kind is Kind.EVENT:
        return unclear(case, sentence("no_event", **case.about, **where), case.covered.decisive[0])
    if case.obligation.check is CheckMode.ASSISTED:
        return unclear(case, sentence("needs_person", **case.about), case.covered.decisive[0])
    why = sentence("not_found", **case.about, **where, due=case.due, as_of=case.as_of)
    return Answer(_absence(case), why, expectation.due, reading=case.covered.decisive[0])


def _absence(case: Case) -> Status:
    following = case.expectation.next_due
    closed = case.as_of > case.expectation.plan.last_day
    return Status.MISSING if closed or (following is not None and case.as_of > following) else Status.OVERDUE


def unclear(case: Case, why: Sentence, reading: Reading | None = None) -> Answer:
    return Answer(Status.INCONCLUSIVE, why, case.expectation.due, reading=reading)


def uncovered(case: Case, gap: Gap) -> Answer:
    return unclear(case, gap_sentence(gap, case.expectation.sites, case.need), gap.reading)


def ambiguous(case: Case, doubtful: Publication) -> Answer:
    facts = {"title": short(doubtful.title), "published": doubtful.published or "—"}
    return unclear(case, sentence("ambiguous", **case.about, **facts))
