"""Were public letters answered in time?

Each letter is one verdict: the day on which it was asked and that of the answer, as its page or row shows them, against
the limit. Without a limit in the register the defaults' 及时 counts, from the letter's day. Unanswered is said only
where the page itself said so after the limit; a letter whose days cannot be read is inconclusive. Consultations,
surveys and interviews have no such limit: the official check leaves them out as well (STANDARDS 1.2, 互动回应差).
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from checks.case import Answer, Case
from checks.coverage import local_day
from checks.due import DueDate
from checks.limits import limit_after
from checks.matching import plain_title
from checks.subjects import Subject, candidate, fitting, no_event_seen, nothing_there, subjects_of, unjudgeable
from checks.verdict import Flag, Status
from checks.wording import sentence, short
from db.facts import PENDING, ClockName, FetchOutcome, Publication
from plans.register import CheckMode
from plans.words import is_catch_all

_WRITTEN: Final = re.compile(r"咨询|投诉|举报|反映|求助|来信|请问|建议$|[?？]")  # what people call their letters
_CONSULTATION: Final = re.compile(r"征集|征求|调查|问卷|访谈|听证|座谈|直播|意见建议")


def judge_responses(case: Case) -> tuple[Answer, ...]:
    """One answer for each letter and consultation of the plan's time, by date; never none."""
    refused = unjudgeable(case)
    if refused is not None and not (case.sites and case.obligation.evidence.columns):
        return (refused,)
    letters = subjects_of(_letters(case), _is_one)
    return tuple(_judge_letter(case, letter) for letter in letters) or (_none(case),)


def _is_one(one: Publication, other: Publication) -> bool:
    """Many letters bear one title (咨询); each address is a letter of its own."""
    return one.site == other.site and one.url == other.url


def _letters(case: Case) -> list[Publication]:
    """What fits the register's patterns, and what stands in its letter columns with a letter's days."""
    columns = tuple(name for name in case.obligation.evidence.columns if not is_catch_all(name))
    found = [m.publication for m in fitting(case) if m.resemblance is None]
    for site in case.sites if columns else ():
        addresses = frozenset(reading.url for reading in case.seen.readings.belonging(site, columns))
        found += [p for p in case.seen.titles.listed_in(site, addresses) if _is_letter(p)]
    return [p for p in dict.fromkeys(found) if _in_plan(case, p)]


def _is_letter(publication: Publication) -> bool:
    return publication.asked is not None or publication.answered is not None or _is_pending(publication)


def _is_pending(publication: Publication) -> bool:
    """Whether the page or row itself says that no answer was given yet."""
    return any(clock.name is ClockName.ANSWERED and clock.value == PENDING for clock in publication.clocks)


def _in_plan(case: Case, publication: Publication) -> bool:
    """A letter belongs to the plan's time by its own day, else by that of its page."""
    plan, day = case.expectation.plan, publication.asked or publication.published
    return day is None or plan.first_day <= day <= min(plan.last_day, case.as_of)


def _none(case: Case) -> Answer:
    patterns = case.obligation.evidence.title
    if not _consults(patterns):
        return nothing_there(case, "来信", "letter")
    return no_event_seen(case, _in_plan)


def _consults(texts: Iterable[str]) -> bool:
    return any(_CONSULTATION.search(text) for text in texts)


def _judge_letter(case: Case, subject: Subject) -> Answer:
    letter = subject.first
    consultation = _consults([plain_title(letter.title)]) and not (_is_letter(letter) and _is_written(letter))
    answer = _consulted(letter) if consultation else _decided(case, letter)
    return replace(answer, subject=subject.name, candidates=(candidate(letter, None),))


def _is_written(letter: Publication) -> bool:
    """Whether the title is a letter's. The days of comments below a consultation begin no limit: what becomes of all of
    them is told once it is closed."""
    return _WRITTEN.search(plain_title(letter.title)) is not None


def _consulted(found: Publication) -> Answer:
    if found.published is None:
        why = sentence("event_undated", title=short(found.title))
        return Answer(Status.INCONCLUSIVE, why, DueDate(None), found, (Flag.UNDATED,))
    why = sentence("consulted", title=short(found.title), published=found.published)
    return Answer(Status.ON_TIME, why, DueDate(None), found)


def _decided(case: Case, letter: Publication) -> Answer:
    asked, answered = letter.asked, letter.answered
    if asked is None or (answered is None and not _is_pending(letter)) or (answered is not None and answered < asked):
        return _unclear(letter)
    working_days = case.expectation.defaults.timely.working_days
    due = limit_after(case.obligation.due, asked, "来信之日", working_days)
    limit = due.day or asked
    facts = {"title": short(letter.title), "asked": asked, "due": limit}
    if answered is not None and answered <= case.as_of:
        return _answered(letter, answered, limit, due)
    if case.as_of <= limit:
        return Answer(Status.NOT_DUE, sentence("answer_not_due", as_of=case.as_of, **facts), due, letter)
    seen = _said_so_on(letter)
    if answered is None and seen <= limit:
        why = sentence("read_too_early", site=_site(case, letter), read_at=seen, due=limit)
        return Answer(Status.INCONCLUSIVE, why, due, letter)
    if case.obligation.check is CheckMode.ASSISTED:
        about = {"about": f"《{short(letter.title)}》的答复", "about_en": f"an answer to {short(letter.title)}"}
        return Answer(Status.INCONCLUSIVE, sentence("needs_person", **about), due, letter)
    closed = case.as_of > case.expectation.plan.last_day
    why = sentence("unanswered", seen=min(seen, case.as_of), **facts)
    return Answer(Status.MISSING if closed else Status.OVERDUE, why, due, letter)


def _answered(letter: Publication, answered: dt.date, limit: dt.date, due: DueDate) -> Answer:
    facts = {"title": short(letter.title), "asked": letter.asked, "answered": answered, "due": limit}
    if answered <= limit:
        return Answer(Status.ON_TIME, sentence("answered", **facts), due, letter)
    days = (answered - limit).days
    return Answer(Status.LATE, sentence("answered_late", days=days, **facts), due, letter, (), days)


def _unclear(letter: Publication) -> Answer:
    facts = {"asked": letter.asked or "未见", "answered": letter.answered or "未见"}
    why = sentence("letter_unclear", title=short(letter.title), **facts)
    return Answer(Status.INCONCLUSIVE, replace(why, en=why.en.replace("未见", "not seen")), DueDate(None), letter)


def _said_so_on(letter: Publication) -> dt.date:
    """The day on which the page, or the row where the page was not opened, was last seen to say what it says."""
    if not letter.history:
        return local_day(letter.last_seen)
    visited = [visit.at for visit in letter.visits if visit.outcome in (FetchOutcome.OK, FetchOutcome.NOT_MODIFIED)]
    return local_day(max([letter.history[-1].seen_at, *visited]))


def _site(case: Case, letter: Publication) -> str:
    return next((site.name for site in case.expectation.sites if site.id == letter.site), letter.site)
