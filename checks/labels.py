"""Does every copy of every repealed document bear its mark, and since when?

Marks appear silently, so only repeated crawls tell when. One answer for each copy (DESIGN, the verdict):

| what was seen                                                               | status                            |
|-----------------------------------------------------------------------------|-----------------------------------|
| marked, and seen so by the due date                                         | on_time (removed: later unmarked) |
| marked, first seen after the due date, no earlier unmarked sighting after it | on_time with time_unknown         |
| unmarked in a picture taken after the due date, marked later                | late, by at least so many days    |
| unmarked in a picture taken after the due date, never marked since          | overdue, missing at the year's end |
| unmarked after the due date in its source alone                             | inconclusive: not_confirmed       |
| unmarked, with a picture beside its title that says nothing to a machine    | inconclusive: ambiguous           |
| not found, not readable, or perhaps another document                        | inconclusive                      |

A page's source can hide a stamp that a script draws: only a rendered page, archived as a picture, proves that there is
no mark. For a document that was repealed in part a mark of either sort serves; a document that was repealed wholly and
is marked in part alone is left to a person.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from checks.case import Answer, Case
from checks.coverage import OUTCOME_REASONS, SHANGHAI, Need, coverage, local_day
from checks.due import DueDate, due_after
from checks.originals import Copy, Found, Repeal, is_unread, originals, repeals_of
from checks.verdict import Candidate, Flag, Refusal, Status
from checks.wording import OUTCOME_WORDS, Sentence, gap_sentence, sentence, short
from db.documents import title_mark, validity_mark
from db.facts import FetchOutcome, LapseMark, MarkPlace, PageState, Publication
from plans.register import CheckMode

MAX_CLOCKS: Final = 12  # sightings kept in a verdict, the first and the last; a daily crawl makes hundreds
_READ: Final = frozenset({FetchOutcome.OK, FetchOutcome.NOT_MODIFIED})
_GONE: Final = frozenset({FetchOutcome.NOT_FOUND, FetchOutcome.SOFT_404})
_PLACES: Final = {
    MarkPlace.TITLE: "标题",
    MarkPlace.VALIDITY: "有效性",
    MarkPlace.BANNER: "页面提示",
    MarkPlace.IMAGE: "图片",
    MarkPlace.BODY: "正文",
}


class Look(StrEnum):
    """What one look at a copy showed."""

    MARKED = "marked"
    MARKED_PARTLY = "marked_partly"
    UNMARKED = "unmarked"  # in the page's source; a script may draw a mark all the same
    PICTURED = "pictured_unmarked"  # in the rendered page, archived as a picture
    UNREAD = "unread_picture"  # no mark that can be read, but a picture that may be one


@dataclass(frozen=True, slots=True)
class Sight:
    """One look at a copy."""

    at: dt.datetime
    look: Look
    said: str = ""  # the mark as it stands there
    evidence: str | None = None

    @property
    def day(self) -> dt.date:
        return local_day(self.at)


def judge_labels(case: Case) -> tuple[Answer, ...]:
    """One answer for each copy on the agency's sites of each repealed document, whoever repealed it; one for each
    document that the agency's own notices repeal and of which no copy was found anywhere; one for each of its notices
    that was not read wholly. Where there is none of these, one that says so."""
    if not case.sites:
        return (_plain(case, sentence("site_unknown", agency=case.expectation.agency)),)
    if not case.obligation.evidence.title:
        return (_plain(case, sentence("no_evidence_pattern")),)
    plan = case.expectation.plan
    shelf = originals(case.seen.titles)
    found = shelf.found(case.obligation.evidence, case.seen.readings, plan.first_day, case.as_of)
    answers = [*_of_copies(case, found), *_of_unread(case, found.notices)]
    return tuple(_each_named_once(answers)) or (_nothing(case),)


def _of_copies(case: Case, found: Found) -> Iterator[Answer]:
    taken = set[tuple[str, str]]()
    for repeal, copies in found.repeals:
        for copy in copies:
            key = (copy.publication.site, copy.publication.url)
            if key[0] in case.sites and key not in taken:
                taken.add(key)
                yield _judge_copy(case, repeal, copy)
        told_here = any(notice.site in case.sites for notice in repeal.notices)
        if told_here and not copies:
            yield _not_found(case, repeal)


def _of_unread(case: Case, notices: Sequence[Publication]) -> Iterator[Answer]:
    first_day = case.expectation.plan.first_day
    for notice in notices:
        in_time = notice.published is None or first_day <= notice.published <= case.as_of
        if notice.site in case.sites and in_time and is_unread(notice):
            why = sentence("label_unread", title=short(notice.title), found=len(repeals_of(notice)))
            yield Answer(Status.INCONCLUSIVE, why, DueDate(None), notice, subject=notice.title, candidates=())


def _each_named_once(answers: Sequence[Answer]) -> Iterator[Answer]:
    """The second copy of a document bears its address as well: each answer has a subject of its own."""
    seen: set[str | None] = set()
    for answer in answers:
        named = answer
        if answer.subject in seen and answer.found is not None:
            named = replace(answer, subject=f"{answer.subject}（{answer.found.url}）")
        if named.subject not in seen:
            seen.add(named.subject)
            yield named


def _plain(case: Case, why: Sentence) -> Answer:
    return Answer(Status.INCONCLUSIVE, why, case.expectation.due)


def _nothing(case: Case) -> Answer:
    """No notice concerns this agency: said only of what was read completely, on or after the day in question."""
    plan = case.expectation.plan
    last = min(case.as_of, plan.last_day)
    need = Need(case.need.columns, plan.first_day, last - dt.timedelta(days=1), case.need.given, case.need.usual)
    covered = coverage(case.sites, case.seen.readings, need)
    if covered.gap is not None:
        why = gap_sentence(covered.gap, case.expectation.sites, need)
        return Answer(Status.INCONCLUSIVE, why, DueDate(None), reading=covered.gap.reading)
    why = sentence("label_nothing", as_of=last)
    return Answer(Status.NOT_DUE, why, DueDate(None), reading=covered.decisive[0])


def _not_found(case: Case, repeal: Repeal) -> Answer:
    why = sentence("label_not_found", document=short(repeal.label))
    return Answer(
        Status.INCONCLUSIVE, why, _due(case, repeal, None), subject=repeal.label, candidates=_told(repeal, None)
    )


# --- one copy ----------------------------------------------------------------------------------------------------


def _due(case: Case, repeal: Repeal, copy: Copy | None) -> DueDate:
    """Counted from the day on which the document ended; a copy that was put up later, from that day."""
    if repeal.day is None:
        return DueDate(None)
    put_up = copy.publication.published if copy is not None and copy.same_number else None
    start = max(repeal.day, put_up or repeal.day)
    counted = due_after(case.obligation.due, start, "废止日", case.expectation.defaults)
    told = f"废止依据：《{short(repeal.notices[0].title)}》（{repeal.told} 公布，{repeal.day} 起废止）"
    ended = f"repealed by {short(repeal.notices[0].title)}, which ended it on {repeal.day}"
    return counted.after(told, ended)


@dataclass(frozen=True, slots=True)
class _Looked:
    """One copy, what it is held to, and all looks at it in the order of time."""

    case: Case
    repeal: Repeal
    copy: Copy
    due: DueDate
    looks: tuple[Sight, ...]

    @property
    def limit(self) -> dt.date:
        return self.due.day or self.case.due

    @property
    def facts(self) -> dict[str, str]:
        return {"document": short(self.repeal.label), "title": short(self.copy.publication.title)}

    @property
    def falls_short(self) -> bool:
        """Whether a mark of a part alone was seen on what was repealed wholly."""
        return not self.repeal.document.partial and any(s.look is Look.MARKED_PARTLY for s in self.looks)

    def pictured(self, before: dt.datetime | None = None) -> list[Sight]:
        """The pictures without a mark that were taken after the due date (and before an instant)."""
        late = [s for s in self.looks if s.look is Look.PICTURED and s.day > self.limit]
        return [s for s in late if before is None or s.at < before]

    def unclear(self, template: str, **facts: object) -> Answer:
        return Answer(Status.INCONCLUSIVE, sentence(template, **self.facts, **facts), self.due)


def _judge_copy(case: Case, repeal: Repeal, copy: Copy) -> Answer:
    looked = _Looked(case, repeal, copy, _due(case, repeal, copy), sights(copy.publication))
    answer = _decide(looked)
    first = next((s for s in looked.looks if s.look is Look.MARKED), None)
    # The page's own date says nothing about the mark: what counts is when it was first seen.
    shown = replace(
        copy.publication,
        published=None,
        first_seen=first.at if first else copy.publication.first_seen,
        evidence=_telling(answer, looked.looks) or copy.publication.evidence,
        clocks=(),
    )
    return replace(
        answer, found=shown, subject=repeal.label, candidates=_told(repeal, copy), clocks=_clocks(looked.looks)
    )


def _decide(looked: _Looked) -> Answer:
    case, repeal, due, limit = looked.case, looked.repeal, looked.due, looked.limit
    if due.day is None:
        return looked.unclear("label_undated_notice") if repeal.day is None else looked.unclear("event_limit")
    if looked.copy.doubt:
        return looked.unclear("label_doubtful")
    serving = {Look.MARKED, Look.MARKED_PARTLY} if repeal.document.partial else {Look.MARKED}
    first = next((s for s in looked.looks if s.look in serving), None)
    if first is not None and first.day <= limit:
        return _in_time(looked, first)
    if case.as_of <= limit:
        why = sentence("label_not_due", **looked.facts, due=limit, as_of=case.as_of)
        return Answer(Status.NOT_DUE, why, due)
    if first is not None and first.day > case.as_of and looked.pictured(first.at):
        first = None  # marked after the day as of which is judged
    return _unmarked(looked) if first is None else _marked_later(looked, first)


def _in_time(looked: _Looked, first: Sight) -> Answer:
    """Marked by the due date. A mark that was taken off again is for a person to see."""
    last = [s for s in looked.looks if s.look in (Look.MARKED, Look.MARKED_PARTLY, Look.PICTURED)][-1]
    flags = (Flag.REMOVED,) if last.look is Look.PICTURED else ()
    over = looked.repeal.document.partial and first.look is Look.MARKED
    name = "label_over_marked" if over else "label_on_time"
    why = sentence(name, **looked.facts, seen=first.day, due=looked.limit, mark=first.said)
    return Answer(Status.ON_TIME, why, looked.due, flags=flags)


def _marked_later(looked: _Looked, first: Sight) -> Answer:
    """First seen with a mark after the due date: late only where a picture after the due date shows none."""
    due, limit = looked.due, looked.limit
    before = [s for s in looked.looks if s.at < first.at and s.day > limit]
    pictured = looked.pictured(first.at)
    seen = {"seen": first.day, "due": limit, "mark": first.said}
    if pictured and looked.falls_short:
        return looked.unclear("label_partly")
    if pictured:
        days = (pictured[-1].day - limit).days
        why = sentence("label_late", **looked.facts, **seen, unmarked=pictured[-1].day, days=days)
        return Answer(Status.LATE, why, due, days_late=days)
    if before:
        return looked.unclear("label_late_unconfirmed", **seen, unmarked=before[-1].day)
    why = sentence("label_time_unknown", **looked.facts, **seen)
    return Answer(Status.ON_TIME, why, due, flags=(Flag.TIME_UNKNOWN,))


def _unmarked(looked: _Looked) -> Answer:
    """No mark was ever seen (or only one that does not serve)."""
    case, limit = looked.case, looked.limit
    if looked.falls_short:
        return looked.unclear("label_partly")
    pictured = looked.pictured()
    if looked.looks and looked.looks[-1].look is Look.UNREAD:
        return looked.unclear("label_picture", seen=looked.looks[-1].day)
    if pictured and case.obligation.check is CheckMode.ASSISTED:
        return Answer(Status.INCONCLUSIVE, sentence("needs_person", about="标注", about_en="a mark"), looked.due)
    if pictured:
        closed = case.as_of > case.expectation.plan.last_day
        why = sentence("label_missing", **looked.facts, due=limit, seen=pictured[-1].day, as_of=case.as_of)
        return Answer(Status.MISSING if closed else Status.OVERDUE, why, looked.due)
    after = [s for s in looked.looks if s.day > limit]
    return looked.unclear("label_not_confirmed", seen=after[-1].day) if after else _unread(looked)


def _unread(looked: _Looked) -> Answer:
    """Not read after the due date: not asked for again yet, gone, or kept from us."""
    visits = looked.copy.publication.visits
    outcome = visits[-1].outcome if visits else FetchOutcome.OK
    if outcome not in _READ:
        told = looked.unclear("label_unreadable", outcome=OUTCOME_WORDS[outcome], outcome_en=outcome.value)
        flags = (Flag.REMOVED,) if outcome in _GONE else ()
        return replace(told, why=replace(told.why, code=OUTCOME_REASONS[outcome]), flags=flags)
    if not looked.looks:
        return looked.unclear("label_unopened")
    return looked.unclear("label_too_early", seen=looked.looks[-1].day, due=looked.limit)


# --- what was seen when ------------------------------------------------------------------------------------------


def sights(publication: Publication) -> tuple[Sight, ...]:
    """Every look at a copy in the order of time: its page's states and later visits, rows of lists (whose silence
    says nothing) and pictures."""
    states = sorted(publication.history, key=lambda state: state.seen_at)
    looks = [_of_state(state, state.seen_at) for state in states if _is_readable(state)]
    for visit in publication.visits:
        state = _state_at(states, visit.at)
        if visit.outcome in _READ and state is not None and _is_readable(state) and visit.at > state.seen_at:
            looks.append(_of_state(state, visit.at))
    for at, title, _ in publication.listed:
        mark = title_mark(title)
        looks += [_marked(at, (mark,), "列表", publication.evidence)] if mark else []
    for at, value in publication.listed_validity:
        mark = validity_mark(value)
        looks += [_marked(at, (mark,), "列表", publication.evidence)] if mark else []
    for picture in publication.screenshots:
        state = _state_at(states, picture.taken_at)
        if picture.marks:
            looks.append(_marked(picture.taken_at, picture.marks, "截图", picture.evidence))
        elif state is None or not state.marks:
            looks.append(Sight(picture.taken_at, Look.PICTURED, evidence=picture.evidence))
    return tuple(sorted(looks, key=lambda s: (s.at, s.look, s.said, s.evidence or "")))


def _state_at(states: Sequence[PageState], at: dt.datetime) -> PageState | None:
    """What the page said at an instant: the last state that was seen by then."""
    return next((state for state in reversed(states) if state.seen_at <= at), None)


def _is_readable(state: PageState) -> bool:
    """A page in which neither title nor text was found says nothing, and so nothing about a mark."""
    return bool(state.text.strip() or state.title or state.marks)


def _of_state(state: PageState, at: dt.datetime) -> Sight:
    marks = state.marks
    return _marked(at, marks, "", state.evidence) if marks else Sight(at, Look.UNMARKED, evidence=state.evidence)


def _marked(at: dt.datetime, marks: Sequence[LapseMark], where: str, evidence: str | None) -> Sight:
    """One look that showed marks; one mark of the whole document outweighs those of its parts, and one that can be read
    a picture that may be one."""
    read = [mark for mark in marks if mark.is_read]
    if not read:
        return Sight(at, Look.UNREAD, f"{where}{short(marks[0].text)}", evidence)
    whole = [mark for mark in read if not mark.partial]
    mark = (whole or read)[0]
    return Sight(
        at, Look.MARKED if whole else Look.MARKED_PARTLY, f"{where}{_PLACES[mark.place]}：{short(mark.text)}", evidence
    )


def _telling(answer: Answer, looks: Sequence[Sight]) -> str | None:
    """The evidence that the verdict rests on: of the first mark, or of the last picture without one."""
    if answer.status is Status.ON_TIME:
        return next((s.evidence for s in looks if s.look in (Look.MARKED, Look.MARKED_PARTLY) and s.evidence), None)
    return next((s.evidence for s in reversed(looks) if s.look is Look.PICTURED), None)


def _clocks(looks: Sequence[Sight]) -> tuple[tuple[str, str], ...]:
    """The sightings for `explain`: where something changed, the last of each run of equal ones, and the pictures."""
    half = MAX_CLOCKS // 2
    kept = [s for i, s in enumerate(looks) if i in (0, len(looks) - 1) or _tells_more(looks, i)]
    kept = kept if len(kept) <= MAX_CLOCKS else [*kept[:half], *kept[-half:]]
    return tuple((s.look.value, _instant(s)) for s in kept)


def _tells_more(looks: Sequence[Sight], index: int) -> bool:
    look = looks[index].look
    return look is Look.PICTURED or look is not looks[index - 1].look or look is not looks[index + 1].look


def _instant(sight: Sight) -> str:
    instant = sight.at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    evidence = f" {sight.evidence}" if sight.look is Look.PICTURED and sight.evidence else ""
    return f"{instant} {sight.said}".rstrip() + evidence


def _told(repeal: Repeal, copy: Copy | None) -> tuple[Candidate, ...]:
    """The notices and the copy, as they are shown with the verdict."""
    notices = [Candidate(n.url, n.title, n.published, (), None, "废止依据") for n in repeal.notices[:5]]
    if copy is None:
        return tuple(notices)
    page = copy.publication
    refused = Refusal.NOT_ABOUT_IT if copy.doubt else None
    detail = "可能是另一份同名文件" if copy.doubt else "被废止文件的页面"
    return (*notices, Candidate(page.url, page.title, page.published, (), refused, detail, doubt=copy.doubt))
