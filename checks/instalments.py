"""Was the instalment of a period, or a one-time matter, published by its due date?"""

from dataclasses import replace

from checks.answers import absent, dated, not_due
from checks.case import Answer, Case
from checks.coverage import local_day
from checks.due import DueDate
from checks.matching import Matched
from checks.verdict import Flag, Status
from checks.wording import sentence, short
from db.facts import Publication


def judge_instalment(case: Case) -> Answer:
    accepted = case.weighing.accepted
    if accepted is None:
        return absent(case)
    due = _held_to(case, accepted)
    if accepted.publication.published is None:
        return _undated(case, accepted.publication, due)
    return dated(case, accepted.publication, accepted.publication.published, due)


def _held_to(case: Case, accepted: Matched) -> DueDate:
    """January served only together with February is held to February's due date: the merged issue is the
    habit of the statistics offices (STANDARDS 5), not a fault."""
    period, february = case.expectation.period, case.expectation.february_due
    if period is None or february is None or period.next() not in accepted.periods.periods:
        return case.expectation.due
    following, due = period.next(), case.expectation.due
    held = february.after(
        f"{period} 仅见与 {following} 合并公开，按 {following} 的期限计",
        f"{period} was seen only together with {following} and is held to its due date",
    )
    steps, steps_en = (*due.explained, *held.explained), (*due.explained_en, *held.explained_en)
    return replace(held, explained=steps, explained_en=steps_en)


def _undated(case: Case, found: Publication, due: DueDate) -> Answer:
    seen, limit = local_day(found.first_seen), due.day or case.due
    facts = {"seen": seen, "due": limit, "title": short(found.title)}
    if seen <= min(limit, case.as_of):
        return Answer(Status.ON_TIME, sentence("seen_in_time", **facts), due, found, (Flag.UNDATED,))
    if case.as_of <= limit:
        return not_due(case)
    return Answer(Status.INCONCLUSIVE, sentence("undated", **facts), due, found, (Flag.UNDATED,))
