"""Does a list that must stand there at any time stand there?"""

from checks.answers import absent, dated
from checks.case import Answer, Case
from checks.coverage import local_day
from checks.due import DueDate
from checks.matching import plain_title
from checks.verdict import Flag, Status
from checks.wording import sentence, short
from db.facts import Reading
from plans.words import is_catch_all


def judge_standing(case: Case) -> Answer:
    stated = case.obligation.due is not None and case.obligation.due.date is not None
    due = case.expectation.due if stated else DueDate(None)
    accepted = case.weighing.accepted
    if accepted is not None:
        found = accepted.publication
        if stated and found.published is not None:
            return dated(case, found, found.published, due)
        late_sight = stated and local_day(found.first_seen) > case.due
        unknown = (Flag.UNDATED, Flag.TIME_UNKNOWN) if late_sight else ()
        return Answer(Status.ON_TIME, sentence("standing", title=short(found.title)), due, found, unknown)
    filled = _filled_column(case)
    if filled is None:
        return absent(case)
    facts = {"column": short(filled.column), "items": filled.items, "read_at": local_day(filled.read_at)}
    flags = (Flag.TIME_UNKNOWN,) if stated and local_day(filled.read_at) > case.due else ()
    return Answer(Status.ON_TIME, sentence("standing_column", **facts), due, flags=flags, reading=filled)


def _filled_column(case: Case) -> Reading | None:
    """A column that bears one of the wanted names and held something by `as_of`."""
    names = tuple(plain_title(name) for name in case.obligation.evidence.columns if not is_catch_all(name))
    for site in case.sites:
        for reading in case.seen.readings.belonging(site, case.obligation.evidence.columns):
            named = any(name in plain_title(reading.column) for name in names)
            if named and reading.items > 0 and not _filled_later(case, reading):
                return reading
    return None


def _filled_later(case: Case, reading: Reading) -> bool:
    listed = case.seen.titles.listed_in(reading.site, frozenset({reading.url}))
    return bool(listed) and all(p.published is not None and p.published > case.as_of for p in listed)
