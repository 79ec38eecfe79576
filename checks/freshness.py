"""Is a column that must be kept up every day as fresh as the last reading could show it?"""

import datetime as dt
from typing import Final

from checks.answers import ambiguous, not_due, unclear, uncovered
from checks.calendar import add_working_days
from checks.case import Answer, Case
from checks.coverage import Need, local_day
from checks.matching import Matched, days_meant, newest
from checks.verdict import Status
from checks.wording import place_phrase, sentence, short
from db.facts import Publication
from plans.register import CheckMode

# A realtime or daily column may rest this long before its reading says so: a daily list seen on a Monday
# morning ends on Friday. Assumed: no official rule names a number.
FRESH_WORKING_DAYS: Final = 2
_LONGEST_REST: Final = 21  # days; the longest public holidays take 8 to 10 with their weekends


def judge_freshness(case: Case) -> Answer:
    expectation, evidence = case.expectation, case.obligation.evidence
    day = case.due
    if day < expectation.plan.first_day:
        return not_due(case)
    if not case.sites:
        return unclear(case, sentence("site_unknown", agency=expectation.agency))
    if not evidence.title and not evidence.columns:
        return unclear(case, sentence("no_evidence_pattern"))
    latest = _newest_item(case, day)
    if latest is None or latest.published is None or latest.published < oldest_fresh(day):
        return _stale(case, latest)
    facts = {"due": day, "published": latest.published, "title": short(latest.title)}
    return Answer(Status.ON_TIME, sentence("fresh", allowed=FRESH_WORKING_DAYS, **facts), expectation.due, latest)


def _stale(case: Case, latest: Publication | None) -> Answer:
    doubtful = [m.publication for m in case.matched if not m.excluded and _could_be_fresh(m, case.need)]
    if doubtful:
        return ambiguous(case, doubtful[0])
    if case.covered.gap is not None:
        return uncovered(case, case.covered.gap)
    if case.obligation.check is CheckMode.ASSISTED:
        return unclear(case, sentence("needs_person", **case.about), case.covered.decisive[0])
    where = place_phrase(case.covered.decisive, case.expectation.sites)
    rest = {"newest": latest.published, "allowed": FRESH_WORKING_DAYS} if latest else {}
    why = sentence("stale" if latest else "never_fresh", due=case.due, **rest, **where)
    return Answer(Status.OVERDUE, why, case.expectation.due, reading=case.covered.decisive[0])


def _could_be_fresh(matched: Matched, need: Need) -> bool:
    """Without a date it came no later than first seen; with a cut title nobody knows whether it belongs, with a
    mistyped day nobody knows when it came."""
    published, oldest = matched.publication.published, need.back_to or dt.date.min
    if any(day >= oldest for day in days_meant(matched.publication)):
        return True
    if published is None:
        return local_day(matched.publication.first_seen) >= oldest
    return matched.is_cut and published >= oldest


def _newest_item(case: Case, day: dt.date) -> Publication | None:
    if case.obligation.evidence.title:
        latest = newest(case.matched, day)
        return latest.publication if latest else None
    columns = case.obligation.evidence.columns
    addresses = frozenset(r.url for site in case.sites for r in case.seen.readings.belonging(site, columns))
    listed = [p for site in case.sites for p in case.seen.titles.listed_in(site, addresses)]
    dated = [p for p in listed if p.published is not None and p.published <= day]
    return max(dated, key=lambda p: (p.published or dt.date.min, p.url), default=None)


def oldest_fresh(day: dt.date) -> dt.date:
    """The oldest claimed day that still counts as fresh on the given day."""
    oldest = day
    for back in range(1, _LONGEST_REST):
        earlier = day - dt.timedelta(days=back)
        if add_working_days(earlier, FRESH_WORKING_DAYS).day < day:
            break
        oldest = earlier
    return oldest
