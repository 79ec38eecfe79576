"""The availability probe: the official number of tries over the official time, resumable, its record kept."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checks.availability import DAYS, TRIES_A_DAY, Availability, Reach, Try, availability
from crawler.probe import Tried, try_sites
from db import probes as store
from db.facts import FetchOutcome
from db.store import open_store
from gongkai.arguments import SHANGHAI
from plans.load import load_sites

PAUSE = dt.timedelta(days=1) / TRIES_A_DAY  # 72 minutes: the rule's tries, spread over the day
_OPEN = frozenset({FetchOutcome.OK, FetchOutcome.NOT_MODIFIED, FetchOutcome.MOVED})
_REACH = {Reach.REACHABLE: "可正常访问", Reach.UNREACHABLE: "无法访问（单项否决）", Reach.UNCLEAR: "监测尚未满期"}


@dataclass(frozen=True, slots=True)
class Round:
    """One round of tries that was made."""

    at: dt.datetime
    tried: tuple[Tried, ...]


def probe(
    sites: Path,
    db: str,
    *,
    once: bool,
    references: Sequence[str] = (),
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Round]:
    """Make rounds of tries: one, or a week's, beginning where the record stops. A round is stored before the next is
    waited for, so that nothing but the waiting is lost when the machine stops. Raises PlanFileError and StoreError."""
    watched = [(site.id, site.url) for site in load_sites(sites).sites]
    engine = open_store(db)
    try:
        rounds = 1 if once else DAYS * TRIES_A_DAY - _rounds_made(store.tries_of(engine, watched[0][0]), clock())
        for _ in range(rounds):
            last = store.last_try(engine, [site for site, _ in watched])
            wait = (last + PAUSE - clock()).total_seconds() if last and not once else 0.0
            if wait > 0:
                sleep(wait)
            at = clock()
            tried = try_sites(watched, references)
            store.record_tries(
                engine,
                [store.StoredTry(t.site, t.url, at, t.outcome, t.milliseconds, t.own_network) for t in tried],
            )
            yield Round(at, tried)
    finally:
        engine.dispose()


def judged(sites: Path, db: str, as_of: dt.date) -> Iterator[tuple[str, Availability]]:
    """(site id, what the record says) for every site. Raises PlanFileError and StoreError."""
    engine = open_store(db, create=False)
    try:
        for site in load_sites(sites).sites:
            yield site.id, availability(map(as_try, store.tries_of(engine, site.id)), as_of)
    finally:
        engine.dispose()


def said(site: str, found: Availability) -> str:
    share = "—" if found.failing_share is None else f"{found.failing_share:.1%}"
    return (
        f"{site}：{_REACH[found.reach]}　{found.tries} 次，失败 {found.failed} 次（{share}），满额 {found.full_days} 天"
    )


def as_try(stored: store.StoredTry) -> Try:
    return Try(stored.at, stored.outcome in _OPEN, stored.own_network)


def _rounds_made(tries: Sequence[store.StoredTry], now: dt.datetime) -> int:
    """Rounds of a week that was begun: tries no older than a week, without those that our own network spoiled."""
    begun = now.astimezone(SHANGHAI) - dt.timedelta(days=DAYS)
    made = sum(t.own_network and t.at >= begun for t in tries)
    return made if made < DAYS * TRIES_A_DAY else 0
