"""What must be published after an event: is what a crawler can see in time?

Nobody who reads a portal knows which events happened, so the absence of an item accuses nobody: it is inconclusive,
with the reason that no such item was seen. What is there is judged item by item, where the day from which its limit
counts can be proven (docs/decisions/0012-content.md):

- the written date of a document of the agency's own, not older than the plan: 制定 is the event, 20 working days after
  it is the Regulation's limit (STANDARDS 3.1);
- an approval named in the text, or a day named in the title: good enough to find an item in time, not to call it late.

Else the item counts as on time, and `time_unknown` says that a limit was stated and could not be counted.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Final

from checks.answers import uncovered, unread_elsewhere
from checks.case import Answer, Case
from checks.due import DueDate
from checks.limits import limit_after, stated_or_timely
from checks.lookalikes import Resemblance, comes_from_above
from checks.matching import MAX_CANDIDATES
from checks.periods import PeriodKind, read_periods
from checks.subjects import (
    Subject,
    candidate,
    clock_day,
    fitting,
    in_plan,
    no_event_seen,
    same_item,
    subjects_of,
    unjudgeable,
)
from checks.verdict import Flag, Refusal, Status
from checks.wording import sentence, short
from db.documents import plain_text
from db.facts import ClockName, Publication

# Titles of what an office makes itself; a report of an accident or a list is dated, too, but by its matter.
_MADE: Final = re.compile(
    r"印发|(?:通知|意见|办法|规定|方案|细则|规划|计划|决定|条例|标准|批复|制度|预案)(?:[(（][^()（）]{1,20}[)）])?$"
)
_FORWARDED: Final = re.compile(r"转[发载]")
_APPROVED: Final = re.compile(
    r"(20\d\d)年(\d{1,2})月(\d{1,2})日[^。;；,，]{0,24}(?:批复|批准|审议通过|审查通过|表决通过)"
)
_MAX_TEXT: Final = 20_000  # characters in which an approval is looked for: the opening sentences name it


@dataclass(frozen=True, slots=True)
class EventDay:
    """The day from which an item's limit counts, what shows it, and whether that proves lateness."""

    day: dt.date
    clock: str
    is_proof: bool


def judge_events(case: Case) -> tuple[Answer, ...]:
    """One answer for each item of the plan's time, by date; one that says so where none was seen."""
    refused = unjudgeable(case)
    if refused is not None:
        return (refused,)
    items = [m.publication for m in fitting(case) if in_plan(case, m.publication) and _is_item(m.resemblance)]
    subjects = subjects_of(items, same_item)
    return tuple(_judge_item(case, subject) for subject in subjects) or (no_event_seen(case),)


def _is_item(alike: Resemblance | None) -> bool:
    """An interpretation of an item and news about it are not the item; what is passed on may be all that is asked."""
    return alike is None or alike.refusal is Refusal.FORWARDED


def _judge_item(case: Case, subject: Subject) -> Answer:
    answer = _decided(case, subject.first)
    others = (candidate(copy, Refusal.LATER_VERSION) for copy in subject.copies if copy != subject.first)
    kept = (candidate(subject.first, None), *others)[:MAX_CANDIDATES]
    return replace(answer, subject=subject.name, candidates=kept)


def _decided(case: Case, found: Publication) -> Answer:
    published, title = found.published, short(found.title)
    if published is None:
        why = sentence("event_undated", title=title)
        return Answer(Status.INCONCLUSIVE, why, DueDate(None), found, (Flag.UNDATED,))
    obligation = case.obligation
    fallback = stated_or_timely(obligation, case.expectation.defaults)
    if obligation.due is None and fallback is None:
        why = sentence("event_unlimited", published=published, title=title)
        return Answer(Status.ON_TIME, why, DueDate(None), found)
    event = event_day(case, found, published)
    if event is None and (obligation.due is None or obligation.due.date is None):
        return _unknown(found, published)
    counted = event or EventDay(published, "公开之日", is_proof=True)
    due = limit_after(obligation.due, counted.day, counted.clock, fallback)
    if due.day is None:
        return _unknown(found, published)
    facts = {"title": title, "event": counted.day, "clock": counted.clock, "due": due.day, "published": published}
    if published <= due.day:
        by_the_hour = obligation.due is not None and obligation.due.hours is not None
        flags = (Flag.TIME_UNKNOWN,) if by_the_hour else ()  # pages tell days, not hours
        return Answer(Status.ON_TIME, sentence("event_on_time", **facts), due, found, flags)
    if not counted.is_proof:
        return Answer(Status.INCONCLUSIVE, sentence("event_doubt", **facts), due, found)
    unread = unread_elsewhere(case, found)
    if unread is not None:
        return replace(uncovered(case, unread), due=due)
    days = (published - due.day).days
    return Answer(Status.LATE, sentence("event_late", days=days, **facts), due, found, (), days)


def _unknown(found: Publication, published: dt.date) -> Answer:
    why = sentence("event_unknown", published=published, title=short(found.title))
    return Answer(Status.ON_TIME, why, DueDate(None), found, (Flag.TIME_UNKNOWN,))


def event_day(case: Case, found: Publication, published: dt.date) -> EventDay | None:
    """The day from which the item's limit counts, the best proven first; None where no page shows any."""
    title, stated = plain_text(found.title[:500]), case.obligation.due is not None
    first = case.expectation.plan.first_day
    signed = clock_day(found, ClockName.SIGNED)
    others = _FORWARDED.search(title) is not None or comes_from_above(title, found.source)
    if signed is not None and not others and first <= signed <= published and _MADE.search(title):
        return EventDay(signed, "成文日期", is_proof=True)
    if not stated:  # 及时 does not say what it counts from
        return None
    approved = [day for day in _approvals(found.text or "") if first <= day <= published]
    if approved:
        return EventDay(max(approved), "正文所述批准日期", is_proof=False)
    named = [p.first_day for p in read_periods(found.title, published).periods if p.kind is PeriodKind.DAY]
    near = [day for day in named if first <= day <= published]
    return EventDay(max(near), "标题所述日期", is_proof=False) if near else None


def _approvals(text: str) -> list[dt.date]:
    days = []
    for found in _APPROVED.finditer(plain_text(text[:_MAX_TEXT])):
        try:
            days.append(dt.date(*(int(part) for part in found.groups())))
        except ValueError:
            continue
    return days
