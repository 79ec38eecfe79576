"""Is a site reachable? The official rule over the record of tries.

Rule (STANDARDS 1.2, 站点无法访问; the same in 2015 and 2019): watched for one week, at least 20 tries a day at
intervals; a try fails where the page is not open after 15 seconds or more; the site fails where 5 % of all tries or
more fail. Tries made while the watching machine had no network of its own count neither way.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from checks.coverage import local_day

DAYS: Final = 7
TRIES_A_DAY: Final = 20
TIMEOUT_SECONDS: Final = 15
FAILING_SHARE: Final = 0.05


class Reach(StrEnum):
    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"  # the veto
    UNCLEAR = "unclear"  # not watched as the rule asks


@dataclass(frozen=True, slots=True)
class Try:
    """One try: when, whether the page was open in time, and whether this machine had a network at all."""

    at: dt.datetime
    is_open: bool
    own_network: bool = True


@dataclass(frozen=True, slots=True)
class Availability:
    """`full_days` are those of the watched week on which the rule's tries were made."""

    reach: Reach
    tries: int
    failed: int
    full_days: int
    first_day: dt.date | None

    @property
    def failing_share(self) -> float | None:
        return self.failed / self.tries if self.tries else None


def availability(tries: Iterable[Try], as_of: dt.date) -> Availability:
    """The rule over the week that ends with the last try made up to `as_of`.

    A share below the limit that the tries still owed could not lift to it is a pass before the week is full; a share
    that they could not bring below it is a failure. So a machine that missed an hour does not spoil a week.
    """
    counted = [t for t in tries if t.own_network and local_day(t.at) <= as_of]
    if not counted:
        return Availability(Reach.UNCLEAR, 0, 0, 0, None)
    last = max(t.at for t in counted)
    by_day: dict[int, list[Try]] = defaultdict(list)
    for each in counted:
        day = (last - each.at) // dt.timedelta(days=1)  # days of 24 hours, counted back: a week may begin at noon
        if day < DAYS:
            by_day[day].append(each)
    made = sum(len(found) for found in by_day.values())
    failed = sum(not each.is_open for found in by_day.values() for each in found)
    full = sum(len(found) >= TRIES_A_DAY for found in by_day.values())
    owed = sum(max(0, TRIES_A_DAY - len(by_day.get(day, ()))) for day in range(DAYS))
    first = min(each.at for found in by_day.values() for each in found)
    return Availability(_reach(made, failed, owed), made, failed, full, local_day(first))


def _reach(made: int, failed: int, owed: int) -> Reach:
    if failed >= FAILING_SHARE * (made + owed):
        return Reach.UNREACHABLE
    return Reach.REACHABLE if failed + owed < FAILING_SHARE * (made + owed) or not owed else Reach.UNCLEAR
