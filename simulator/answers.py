"""The answer key: what a careful auditor must find in the city, in the format of `verdicts.jsonl`.

Written from DESIGN's rules and the city's own truth. It covers the periodic obligations that the city plays.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from simulator.city import City, CitySite, Expectation, Publication, reachable, shown
from simulator.scenario import Access

BLOCKED = {Access.FORBIDDEN, Access.CHALLENGE, Access.BLOCK_PAGE}

Answer = dict[str, Any]
Address = Callable[[CitySite, Publication], str]
Judged = tuple[Publication | None, str, str | None]  # what was found, status, reason


def answer_key(city: City, as_of: dt.date, address: Address, at: dt.date | None = None) -> list[Answer]:
    """One answer for each expectation, in the city's order.

    `at` is the day on which the sites are read (None: everything is online), `as_of` the day of judgement; what
    came online after either is not counted. `reason` is a code word and given with `inconclusive` alone. `planted`
    names the faults of the instalment.
    """
    sites = {site.id: site for site in city.sites}
    seen = min(at, as_of) if at else as_of
    found = [_answer(sites[e.site], e, address, _judge(city, sites[e.site], e, as_of, seen)) for e in city.expectations]
    return [{"plan": city.register.plan.id, **answer} for answer in found]


def _answer(site: CitySite, e: Expectation, address: Address, judged: Judged) -> Answer:
    found, status, reason = judged
    dated = found if found and not found.undated else None
    due = _held_to(e, found)
    return {
        "obligation": e.obligation,
        "agency": e.agency,
        "site": e.site,
        "period": e.period,
        "subject": None,
        "status": status,
        "flags": _flags(found),
        "due": due.isoformat(),
        "published": dated.day.isoformat() if dated else None,
        "days_late": (dated.day - due).days if dated and status == "late" else None,
        "url": address(site, found) if found else None,
        "title": found.title if found else None,
        "reason": reason,
        "planted": sorted(found.faults) if found else [],
    }


def _judge(city: City, site: CitySite, e: Expectation, as_of: dt.date, seen: dt.date) -> Judged:
    found, hindrance = _look(site, e, seen)
    due = _held_to(e, found)
    if found and found.undated:
        return (found, "on_time", None) if seen <= due else (found, "inconclusive", "undated")
    if found:
        return found, "on_time" if found.day <= due else "late", None
    if as_of <= e.due:
        return None, "not_due", None
    if hindrance:
        return None, "inconclusive", hindrance
    if e.assisted:
        return None, "inconclusive", "needs_person"
    closed = as_of > city.register.plan.last_day
    return None, "missing" if closed or e.next_due < as_of else "overdue", None


def _held_to(e: Expectation, found: Publication | None) -> dt.date:
    """January that came with February in one issue is held to February's day (DESIGN: it serves both)."""
    merged = found is not None and "merged_january" in found.faults and e.first.month == 1
    return max(e.due, e.next_due) if merged else e.due


def _look(site: CitySite, e: Expectation, seen: dt.date) -> tuple[Publication | None, str | None]:
    """The earliest instalment that a reader can get at, and what keeps the absence of one from being proven."""
    if site.profile.access is Access.UNREACHABLE:
        return None, "unreachable"
    if site.profile.access in BLOCKED:
        return None, "blocked"
    if e.column is None:
        return None, "column_not_found"
    column = site.column(e.column)
    if column.forbidden:
        return None, "robots"
    rows = shown(site, column, seen)
    read = reachable(site, column, rows)
    elsewhere = [p for p in shown(site, site.column(site.notices), seen) if p not in read]
    serving = [p for p in (*read, *elsewhere) if (e.obligation, e.period) in p.serves]
    hidden = [p for p in rows[len(read) :] if (e.obligation, e.period) in p.serves]
    cut_off = len(read) < len(rows) and (bool(hidden) or e.first < _oldest(read))
    return min(serving, key=lambda p: (p.day, p.number), default=None), "truncated" if cut_off else None


def _oldest(rows: Sequence[Publication]) -> dt.date:
    """The oldest date that the readable part of a list shows; rows set to the top say nothing about its depth."""
    return min((row.day for row in rows if not row.sticky), default=dt.date.max)


def _flags(found: Publication | None) -> list[str]:
    known = ("backdated", "incomplete", "undated", "wrong_place")
    return [flag for flag in known if found and flag in found.faults]
