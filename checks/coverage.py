"""Was every place where an item belongs read far enough back, late enough? Only then may it be called absent.

An accusation needs, on each site of the agency, at least one column in which the item belongs, and each of
these read completely back to the first day on which the item could stand there, at a time after the due date.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from checks.verdict import ColumnRead, ReasonCode
from db.facts import Facts, FetchOutcome, Reading, SiteReading, Stop

SHANGHAI: Final = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1992

# What an outcome says about the place that it kept us from. One table for pages, columns and whole sites.
OUTCOME_REASONS: Final = MappingProxyType(
    {
        FetchOutcome.OK: ReasonCode.TRUNCATED,
        FetchOutcome.NOT_MODIFIED: ReasonCode.TRUNCATED,
        FetchOutcome.NOT_FOUND: ReasonCode.COLUMN_NOT_FOUND,
        FetchOutcome.SOFT_404: ReasonCode.COLUMN_NOT_FOUND,
        FetchOutcome.MOVED: ReasonCode.UNREACHABLE,
        FetchOutcome.BLOCKED: ReasonCode.BLOCKED,
        FetchOutcome.CAPTCHA: ReasonCode.BLOCKED,
        FetchOutcome.LOGIN_WALL: ReasonCode.BLOCKED,
        FetchOutcome.ROBOTS: ReasonCode.ROBOTS,
        FetchOutcome.SERVER_ERROR: ReasonCode.UNREACHABLE,
        FetchOutcome.CLIENT_ERROR: ReasonCode.UNREACHABLE,
        FetchOutcome.TIMEOUT: ReasonCode.UNREACHABLE,
        FetchOutcome.DNS: ReasonCode.UNREACHABLE,
        FetchOutcome.REFUSED: ReasonCode.UNREACHABLE,
        FetchOutcome.TLS: ReasonCode.UNREACHABLE,
        FetchOutcome.TOO_LARGE: ReasonCode.TRUNCATED,
        FetchOutcome.NOT_HTML: ReasonCode.NO_ITEMS,
    }
)
# Stops that speak for themselves; FETCH_FAILED is read from its outcome.
STOP_REASONS: Final = MappingProxyType(
    {
        Stop.END_OF_LIST: ReasonCode.TRUNCATED,
        Stop.REACHED_DATE: ReasonCode.TRUNCATED,  # complete, but for a later day than this question needs
        Stop.STATIC_PART_ONLY: ReasonCode.TRUNCATED,
        Stop.REPEATED_PAGE: ReasonCode.TRUNCATED,
        Stop.PAGE_LIMIT: ReasonCode.TRUNCATED,
        Stop.INTERRUPTED: ReasonCode.TRUNCATED,
        Stop.LANDING: ReasonCode.NO_ITEMS,
        Stop.NEEDS_BROWSER: ReasonCode.NEEDS_BROWSER,
        Stop.NO_ITEMS: ReasonCode.NO_ITEMS,
    }
)
# Which reason to tell where several hold: first what a person has to mend, last what the next crawl mends.
MOST_TELLING: Final = (
    ReasonCode.BLOCKED,
    ReasonCode.ROBOTS,
    ReasonCode.UNREACHABLE,
    ReasonCode.NEEDS_BROWSER,
    ReasonCode.NO_ITEMS,
    ReasonCode.TRUNCATED,
    ReasonCode.COLUMN_NOT_FOUND,
    ReasonCode.READ_TOO_EARLY,
    ReasonCode.NOT_READ,
)
_GONE: Final = frozenset({FetchOutcome.NOT_FOUND, FetchOutcome.SOFT_404})
# Of what an old column held, at least so much stands in the column that replaces it; assumed: a move loses some.
_MOVED_ALONG: Final = 0.5
_KEEP_OUT: Final = frozenset({ReasonCode.BLOCKED, ReasonCode.ROBOTS})


@dataclass(frozen=True, slots=True)
class Need:
    """What a reading must have done: gone back to `back_to` (None: the whole list), on a day after `after`."""

    columns: tuple[str, ...]  # the item belongs in columns of these names; empty: in any column that was read
    back_to: dt.date | None
    after: dt.date
    given: frozenset[tuple[str, str]] = frozenset()  # (site, address) of the columns that the sites file lists
    usual: frozenset[tuple[str, str]] = frozenset()  # (site, address) of columns in which the series is kept


@dataclass(frozen=True, slots=True)
class Gap:
    """Why one place was not read well enough; `reading` is None where the site was not read at all."""

    reason: ReasonCode
    site: str
    reading: Reading | None = None
    entry: SiteReading | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the places of one expectation were read. `gap` is None when absence is proven."""

    gap: Gap | None
    decisive: tuple[Reading, ...]  # one for each place, in a fixed order
    columns: tuple[ColumnRead, ...]

    @property
    def proven(self) -> bool:
        return self.gap is None


class ReadingIndex:
    """The readings of all crawls, by site, in an order that does not depend on how the facts came."""

    def __init__(self, facts: Facts) -> None:
        self._readings: dict[str, list[Reading]] = defaultdict(list)
        self._entries: dict[str, list[SiteReading]] = defaultdict(list)
        self._shelves: dict[tuple[str, str], list[dt.date]] = defaultdict(list)  # claimed days by (site, column)
        for reading in sorted(facts.readings, key=_reading_order):
            self._readings[reading.site].append(reading)
        for entry in sorted(facts.sites, key=lambda e: (e.read_at, e.outcome, e.columns_not_found)):
            self._entries[entry.site].append(entry)
        for publication in facts.publications:
            for address in publication.columns if publication.published else ():
                self._shelves[publication.site, address].append(publication.published or dt.date.max)

    def belonging(
        self, site: str, columns: tuple[str, ...], usual: frozenset[tuple[str, str]] = frozenset()
    ) -> list[Reading]:
        """Readings of the site's columns in which an item of these column names belongs, oldest first; `usual` are
        columns (site, address) in which it belongs by habit."""
        return [r for r in self._readings.get(site, ()) if belongs(r, columns) or (site, r.url) in usual]

    def last_entry(self, site: str) -> SiteReading | None:
        entries = self._entries.get(site)
        return entries[-1] if entries else None

    def entered_after(self, reading: Reading, by: dt.datetime) -> bool:
        """Whether a later crawl than the one that made this reading entered the site by the given instant."""
        return any(reading.read_at < entry.read_at <= by for entry in self._entries.get(reading.site, ()))

    def holds(self, reading: Reading, by: dt.date) -> int:
        """How many publications that claim a day up to the given one were ever listed in the reading's column."""
        return sum(day <= by for day in self._shelves.get((reading.site, reading.url), ()))


def belongs(reading: Reading, columns: tuple[str, ...]) -> bool:
    """Whether the item is looked for in this column; without names every column that was read counts."""
    return not columns or reading.column in columns or not set(columns).isdisjoint(reading.wanted)


def local_day(instant: dt.datetime) -> dt.date:
    """The Asia/Shanghai calendar day of an instant that carries a zone."""
    return instant.astimezone(SHANGHAI).date()


def coverage(sites: Iterable[str], index: ReadingIndex, need: Need) -> Coverage:
    """How the places on all given sites were read; without any site nothing is proven."""
    gaps: list[Gap] = []
    decisive: list[Reading] = []
    names = tuple(sites)
    for site in names:
        readings = index.belonging(site, need.columns, need.usual)
        places = _without_moved(_places(readings, need), readings, index, need)
        decisive += places
        gap = _site_gap(site, places, index.last_entry(site), need)
        if gap is not None:
            gaps.append(gap)
    if not names:
        gaps.append(Gap(ReasonCode.SITE_UNKNOWN, ""))
    gaps.sort(key=lambda gap: _telling(gap.reason))
    columns = tuple(_column_read(reading, need) for reading in decisive)
    return Coverage(gaps[0] if gaps else None, tuple(decisive), columns)


def _places(readings: list[Reading], need: Need) -> list[Reading]:
    """The decisive reading of each place: the latest that is good enough, else the latest of all."""
    by_place: dict[str, Reading] = {}
    for reading in readings:  # oldest first
        known = by_place.get(reading.url)
        if known is not None and reading.stop is Stop.INTERRUPTED and known.stop is not Stop.INTERRUPTED:
            continue  # merely begun; what an earlier reading says is more
        if known is None or _gap_of(reading, need) is None or _gap_of(known, need) is not None:
            by_place[reading.url] = reading
    return [by_place[url] for url in sorted(by_place) if by_place[url].stop is not Stop.LANDING]


def _without_moved(places: list[Reading], readings: list[Reading], index: ReadingIndex, need: Need) -> list[Reading]:
    """The places without those that later crawls found moved: what is asked for belongs in their new place alone."""
    enough = [place for place in places if _gap_of(place, need) is None]
    by_place: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_place[reading.url].append(reading)

    def is_moved(old: Reading) -> bool:
        known = by_place[old.url]
        return old not in enough and any(_took_over(new, by_place[new.url], known, index, need) for new in enough)

    return [place for place in places if not is_moved(place)]


def _took_over(new: Reading, of_new: list[Reading], of_old: list[Reading], index: ReadingIndex, need: Need) -> bool:
    """Whether a column that was read well enough stands in an older one's stead: read for the same wanted name (or
    renamed to another one that the obligation names), first met by a crawl that no longer found the older one, and
    holding what stood there. A column beside it, like that of another year, holds other things and replaces nothing."""
    last, first = of_old[-1], of_new[0]
    good = [reading for reading in of_old if reading.complete]
    names = {name for reading in good for name in reading.wanted}
    is_renamed = names.isdisjoint(new.wanted)
    if not good or (is_renamed and (names.isdisjoint(need.columns) or set(new.wanted).isdisjoint(need.columns))):
        return False
    is_gone = last.stop is Stop.FETCH_FAILED and last.pages == 0 and last.outcome in _GONE
    is_unnamed = local_day(first.read_at) > local_day(last.read_at) and index.entered_after(last, new.read_at)
    if first.read_at <= good[-1].read_at or not (is_gone or is_unnamed):
        return False
    day = local_day(good[-1].read_at)
    held = index.holds(last, day)
    if (
        is_gone
        and not is_renamed
        and (held == 0 or (need.back_to is not None and need.back_to > local_day(last.read_at)))
    ):
        return True
    return held > 0 and index.holds(new, day) >= held * _MOVED_ALONG


def _site_gap(site: str, places: list[Reading], entry: SiteReading | None, need: Need) -> Gap | None:
    found = [(reason, reading) for reading in places if (reason := _gap_of(reading, need))]
    lacking = _lacks_column(site, places, entry, need)
    if places and not found and not lacking:
        return None
    reasons = [Gap(reason, site, reading, entry) for reason, reading in found]
    if entry is not None and entry.outcome not in (FetchOutcome.OK, FetchOutcome.NOT_MODIFIED):
        reasons.append(Gap(_entry_reason(entry.outcome), site, None, entry))
    elif lacking:
        reasons.append(Gap(ReasonCode.COLUMN_NOT_FOUND, site, None, entry))
    elif not places:
        reasons.append(Gap(ReasonCode.NOT_READ, site, None, entry))
    return min(reasons, key=lambda gap: _telling(gap.reason))


def _lacks_column(site: str, places: list[Reading], entry: SiteReading | None, need: Need) -> bool:
    """Whether a column in which the item belongs is known to be missing among the places. Where the register
    names no column, only all those that the sites file lists for the site make up the place."""
    if need.usual & {(site, reading.url) for reading in places}:
        return False
    if need.columns:
        return entry is not None and not set(need.columns).isdisjoint(entry.columns_not_found)
    given = {url for owner, url in need.given if owner == site}
    return bool(places) and not (given and given <= {reading.url for reading in places})


def _gap_of(reading: Reading, need: Need) -> ReasonCode | None:
    if not _reached(reading, need.back_to):
        return _short_reading(reading)
    return None if local_day(reading.read_at) > need.after else ReasonCode.READ_TOO_EARLY


def _reached(reading: Reading, back_to: dt.date | None) -> bool:
    if reading.complete and (reading.back_to is None or reading.stop is Stop.END_OF_LIST):
        return True
    return back_to is not None and reading.back_to is not None and reading.back_to <= back_to


def _short_reading(reading: Reading) -> ReasonCode:
    if reading.stop is Stop.NO_ITEMS and reading.items:
        return ReasonCode.TRUNCATED  # a stub in place of a later page
    if reading.stop is not Stop.FETCH_FAILED:
        return STOP_REASONS[reading.stop]
    reason = OUTCOME_REASONS[reading.outcome]
    # A later page that did not come leaves a part unread; a door shut in our face is told as such.
    return reason if reading.pages == 0 or reason in _KEEP_OUT else ReasonCode.TRUNCATED


def _entry_reason(outcome: FetchOutcome) -> ReasonCode:
    """A home page that is gone or unreadable is a site that cannot be entered, not a column."""
    reason = OUTCOME_REASONS[outcome]
    return reason if reason in _KEEP_OUT or reason is ReasonCode.NO_ITEMS else ReasonCode.UNREACHABLE


def _telling(reason: ReasonCode) -> int:
    return MOST_TELLING.index(reason) if reason in MOST_TELLING else len(MOST_TELLING)


def _column_read(reading: Reading, need: Need) -> ColumnRead:
    return ColumnRead(
        site=reading.site,
        column=reading.column,
        url=reading.url,
        read_at=reading.read_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        back_to=reading.back_to.isoformat() if reading.back_to else None,
        stop=reading.stop.value,
        sufficient=_gap_of(reading, need) is None,
        pages=reading.pages,
        items=reading.items,
    )


def _reading_order(reading: Reading) -> tuple[object, ...]:
    """Oldest first, what was merely begun before what was read at that instant; the rest makes the order total."""
    back_to = reading.back_to.isoformat() if reading.back_to else ""
    outcome = (reading.stop.value, reading.outcome.value, reading.evidence or "", reading.wanted)
    finished = reading.stop is not Stop.INTERRUPTED
    return (
        reading.read_at,
        finished,
        reading.url,
        reading.site,
        reading.column,
        reading.pages,
        reading.items,
        back_to,
        *outcome,
    )
