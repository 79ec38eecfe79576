"""What the clocks, later visits and site moves add to an answer that a publication was found.

A flag never makes an answer worse: what is in time by the day it claims stays so, flagged, and a person decides. A late
answer is taken back where our own crawl saw the publication in time, and left open where its day is that of a site's
move.
"""

from dataclasses import replace
from typing import Final

from checks.case import Answer, Case
from checks.changes import Note, change, removal
from checks.clocks import Hearing, hear
from checks.coverage import local_day
from checks.expectations import Rule
from checks.sightings import sighted
from checks.verdict import Flag, Status
from checks.wording import Sentence, sentence, short
from db.facts import Publication

_DATED: Final = frozenset({Rule.INSTALMENT, Rule.ONCE, Rule.STANDING, Rule.SUBJECTS})
_FIXED: Final = frozenset({Rule.INSTALMENT, Rule.ONCE})  # a standing list is meant to be kept up to date
_FOUND: Final = frozenset({Status.ON_TIME, Status.LATE})
_SHOWN_ANYWAY: Final = frozenset({"url"})  # statements whose clock is among the publication's own


def with_clocks(case: Case, answer: Answer) -> Answer:
    """The answer with `backdated`, `removed` and `changed`, each told in its reason."""
    rule = case.expectation.rule
    if answer.found is None or rule not in _DATED:
        return answer
    heard = _reconsidered(case, answer)
    found = heard.found or answer.found
    notes: list[tuple[Flag, Note]] = []
    hearing = _heard(case, heard, found)
    if hearing.suspected:
        notes.append((Flag.BACKDATED, _suspicion(hearing, found)))
    gone = removal(found, case.seen.around)
    if gone is not None:
        notes.append((Flag.REMOVED, gone))
    altered = change(found, case.seen.around) if rule in _FIXED else None
    if altered is not None:
        notes.append((Flag.CHANGED, altered))
    return replace(
        heard,
        flags=(*heard.flags, *(flag for flag, _ in notes)),
        why=_told(heard.why, [note for _, note in notes]),
        clocks=(*heard.clocks, *_clocks(hearing, found)),
    )


def with_removal(case: Case, answer: Answer) -> Answer:
    """The answer about one item after an event with `removed`, told in its reason, where it was taken down since."""
    gone = removal(answer.found, case.seen.around) if answer.found is not None and answer.status in _FOUND else None
    if gone is None:
        return answer
    return replace(answer, flags=(*answer.flags, Flag.REMOVED), why=_told(answer.why, [gone]))


def _heard(case: Case, answer: Answer, found: Publication) -> Hearing:
    due = answer.due.day
    if answer.status is not Status.ON_TIME or due is None:
        return Hearing()
    return hear(found, due, case.seen.around)


def _suspicion(hearing: Hearing, found: Publication) -> Note:
    zh = "，".join(statement.zh for statement in hearing.statements)
    en = ", ".join(statement.en for statement in hearing.statements)
    more = f"（同一栏目共 {hearing.alike} 篇如此）" if hearing.alike > 1 else ""
    more_en = f" ({hearing.alike} pages of the column are alike)" if hearing.alike > 1 else ""
    return Note(
        f"但{zh}，与标示日期 {found.published} 不符{more}，须由人核实",
        f"but {en}, against the claimed {found.published}{more_en}; a person must look",
    )


def _clocks(hearing: Hearing, found: Publication) -> tuple[tuple[str, str], ...]:
    said = [(s.name, s.value) for s in hearing.statements if s.name not in _SHOWN_ANYWAY]
    if hearing.statements:
        said.append(("first_seen", str(local_day(found.first_seen))))
    if hearing.why_not:
        said.append(("not_backdated", hearing.why_not))
    return tuple(said)


def _told(why: Sentence, notes: list[Note]) -> Sentence:
    return Sentence(
        why.code, "；".join((why.zh, *(note.zh for note in notes))), "; ".join((why.en, *(note.en for note in notes)))
    )


def _reconsidered(case: Case, answer: Answer) -> Answer:
    """A late answer weighed against what our own crawls saw, and against a move of the site. What they saw by the due
    date was published in time, whatever day it bears; a day later than the sighting that shows it is no clock."""
    found, due = answer.found, answer.due.day
    if answer.status is not Status.LATE or found is None or due is None:
        return answer
    sightings = sighted(found)
    in_time = [(seen, day) for seen, day in sightings if seen <= due]
    true_then = [(seen, day) for seen, day in in_time if day is not None and day <= due]
    if true_then:
        seen_on, claimed = min(true_then)
        facts = {"seen": seen_on, "claimed": claimed, "published": found.published, "due": due}
        why = sentence("seen_then_redated", **case.about, **facts, title=short(found.title))
        as_seen = replace(found, published=claimed)
        return replace(answer, status=Status.ON_TIME, why=why, found=as_seen, days_late=None)
    facts = {"seen": min(seen for seen, _ in sightings), "published": found.published, "due": due}
    flags = (*answer.flags, Flag.TIME_UNKNOWN)
    since = case.expectation.since
    if any(since is None or seen >= since for seen, _ in in_time):  # what stood there before was of another year
        why = sentence("seen_before_claimed", **case.about, **facts, title=short(found.title))
        return replace(answer, status=Status.ON_TIME, why=why, flags=flags, days_late=None)
    if any(day is not None and day == found.published and day > seen for seen, day in sightings):
        why = sentence("claimed_after_seen", **case.about, **facts, title=short(found.title))
        return replace(answer, status=Status.INCONCLUSIVE, why=why, flags=flags, days_late=None)
    if case.seen.around.claims_an_import(found):
        why = sentence("site_moved", published=found.published, due=due, title=short(found.title))
        return replace(answer, status=Status.INCONCLUSIVE, why=why, flags=flags, days_late=None)
    return answer
