"""Documents, events and letters that are judged one by one: which publications are one subject, and its name.

Two versions of one document count once, by the earliest claimed date; an undated version never beats a dated one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from checks.answers import ambiguous, unclear, uncovered
from checks.case import Answer, Case
from checks.coverage import Coverage, coverage
from checks.due import DueDate
from checks.matching import Matched, publication_order
from checks.verdict import Candidate, Refusal, Status
from checks.wording import place_phrase, sentence
from db.documents import DocumentName, document_name, plain_text
from db.facts import Clock, ClockName, Publication


@dataclass(frozen=True, slots=True)
class Subject:
    """One document, event or letter. `first` is the version that counts, `copies` are all, it among them."""

    name: str
    first: Publication
    copies: tuple[Publication, ...]

    @property
    def document(self) -> DocumentName:
        return document_name(self.first.title, self.first.doc_no)


def subjects_of(
    publications: Iterable[Publication], same: Callable[[Publication, Publication], bool]
) -> tuple[Subject, ...]:
    """The publications as subjects, by date, title and address; `same` tells whether two of like title or number
    are one. Names are unique: titles, with the number or address where several bear one title."""
    groups: list[list[Publication]] = []
    places: dict[str, list[int]] = defaultdict(list)
    for one in sorted(publications, key=_honest_order):
        keys = _keys(one)
        known = next((at for key in keys for at in places[key] if same(groups[at][0], one)), None)
        if known is None:
            known = len(groups)
            groups.append([])
        groups[known].append(one)
        for key in keys:
            if known not in places[key]:
                places[key].append(known)
    return _named([Subject(group[0].title, group[0], tuple(group)) for group in groups])


def same_document(one: Publication, other: Publication) -> bool:
    """Whether two publications of like title or number are versions of one document."""
    first, second = document_name(one.title, one.doc_no), document_name(other.title, other.doc_no)
    return not first.numbers_differ(second)


def same_item(one: Publication, other: Publication) -> bool:
    """Whether two items of like title are one: titles such as 行政处罚信息公示 come again for other matters."""
    if not same_document(one, other):
        return False
    number = document_name(one.title, one.doc_no).number
    signed = clock_day(one, ClockName.SIGNED)
    again = signed is not None and signed == clock_day(other, ClockName.SIGNED)
    return number is not None or again or one.published == other.published or one.site != other.site


def clock_day(publication: Publication, name: ClockName) -> dt.date | None:
    """The day that one of a publication's clocks shows, where it is a day."""
    return next((day for clock in publication.clocks if clock.name is name and (day := _day(clock))), None)


def in_plan(case: Case, publication: Publication) -> bool:
    """Published within the plan's time, and known as of the day; without a date it may have been."""
    plan, day = case.expectation.plan, publication.published
    return day is None or plan.first_day <= day <= min(plan.last_day, case.as_of)


def unjudgeable(case: Case) -> Answer | None:
    """Why nothing can be looked for at all: no site, or no pattern in the register."""
    if not case.sites:
        return unclear(case, sentence("site_unknown", agency=case.expectation.agency))
    if not case.obligation.evidence.title:
        return unclear(case, sentence("no_evidence_pattern"))
    return None


def read_to_the_plan(case: Case) -> Coverage:
    """How the columns of the subjects were read, back to the plan's first day and up to the day judged."""
    last = min(case.as_of, case.expectation.plan.last_day)
    need = replace(case.need, back_to=case.expectation.plan.first_day, after=last - dt.timedelta(days=1))
    return coverage(case.sites, case.seen.readings, need)


def nothing_there(case: Case, subjects: str, subjects_en: str) -> Answer:
    """No subject was seen: after a complete reading there was nothing to be done, else nobody knows."""
    covered = _read_without_a_find(case, in_plan)
    if isinstance(covered, Answer):
        return covered
    where = place_phrase(covered.decisive, case.expectation.sites)
    why = sentence("no_subjects", subjects=subjects, subjects_en=subjects_en, as_of=case.as_of, **where)
    return Answer(Status.NOT_DUE, why, DueDate(None), reading=covered.decisive[0], candidates=())


def no_event_seen(case: Case, in_time: Callable[[Case, Publication], bool] = in_plan) -> Answer:
    """No event was seen; after a complete reading, too, nobody knows whether there was one."""
    covered = _read_without_a_find(case, in_time)
    if isinstance(covered, Answer):
        return covered
    where = place_phrase(covered.decisive, case.expectation.sites)
    answer = unclear(case, sentence("no_event", **case.about, **where), covered.decisive[0])
    return replace(answer, due=DueDate(None))


def _read_without_a_find(case: Case, in_time: Callable[[Case, Publication], bool]) -> Coverage | Answer:
    """The coverage of a complete reading, or the answer where a cut title or an unread column may hide something."""
    cut = [m for m in case.matched if m.is_cut and in_time(case, m.publication)]
    if cut:
        return ambiguous(case, cut[0].publication)
    covered = read_to_the_plan(case)
    return covered if covered.gap is None else uncovered(case, covered.gap)


def candidate(publication: Publication, refused: Refusal | None, detail: str = "", *, doubt: bool = False) -> Candidate:
    return Candidate(publication.url, publication.title, publication.published, (), refused, detail, doubt)


def fitting(case: Case) -> tuple[Matched, ...]:
    """What fits the register's title patterns, without what they exclude and without cut titles."""
    return tuple(m for m in case.matched if not m.excluded and not m.is_cut)


def _keys(publication: Publication) -> tuple[str, ...]:
    name = document_name(publication.title, publication.doc_no)
    return (*((name.number,) if name.number else ()), *sorted(name.titles), plain_text(publication.title[:500]))


def _honest_order(publication: Publication) -> tuple[object, ...]:
    return (publication.published is None, publication.published or dt.date.max, publication_order(publication))


def _named(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    for tell_apart in (_with_number, _with_address):
        bearers: dict[str, int] = defaultdict(int)
        for subject in subjects:
            bearers[subject.name] += 1
        subjects = [tell_apart(s) if bearers[s.name] > 1 else s for s in subjects]
    return tuple(subjects)


def _with_number(subject: Subject) -> Subject:
    number, day = subject.first.doc_no, subject.first.published
    return replace(subject, name=f"{subject.name}（{number or day or '无日期'}）")


def _with_address(subject: Subject) -> Subject:
    return replace(subject, name=f"{subject.name} {subject.first.url}")


def _day(clock: Clock) -> dt.date | None:
    try:
        return dt.date.fromisoformat(clock.value[:10])
    except ValueError:
        return None
