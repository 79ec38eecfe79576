"""What a reader gets to see of a city on one day: the looks of which the key knows."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.addresses import article_path, place
from simulator.city import City, CitySite, Publication, reachable, shown
from simulator.due import DAY, is_working_day
from simulator.scenario import Access, Family
from simulator.timeline import site_on

BLOCKED = frozenset({Access.FORBIDDEN, Access.CHALLENGE, Access.BLOCK_PAGE})


@dataclass(frozen=True, slots=True)
class Read:
    """One column on one day: the rows that could be read, why not all could, and back to which day they went.

    `back_to` None: to the list's end.
    """

    rows: Sequence[Publication]
    hindrance: str | None = None
    back_to: dt.date | None = None

    def reaches(self, day: dt.date) -> bool:
        """Whether what was published since `day` would have been seen."""
        return self.hindrance is None or (
            self.hindrance == "truncated" and self.back_to is not None and self.back_to < day
        )


@dataclass(slots=True)
class Look:
    """The whole city on one day. `browser`: whether the reader has one; `unlisted`: sites that nobody had named yet."""

    day: dt.date
    sites: dict[str, CitySite] = field(default_factory=dict)
    browser: bool = True
    unlisted: frozenset[str] = frozenset()

    def hindrance(self, site_id: str) -> str | None:
        """Why a site could not be entered, or None."""
        if site_id in self.unlisted:
            return "not_read"
        access = self.sites[site_id].profile.access
        if access is Access.UNREACHABLE:
            return "unreachable"
        return "blocked" if access in BLOCKED else None

    def read(self, site_id: str, column_id: str | None) -> Read:
        """A column, by the id that it has on this day."""
        site = self.sites[site_id]
        closed = self.hindrance(site_id)
        if closed:
            return Read((), closed)
        if column_id is None:
            return Read((), "column_not_found")
        column = site.column(column_id)
        if column.forbidden:
            return Read((), "robots")
        if column.owed and site.profile.family is Family.JS_ONLY and not self.browser:
            return Read((), "needs_browser")
        rows = shown(site, column, self.day)
        read = reachable(site, column, rows)
        if len(read) == len(rows):
            return Read(rows)
        return Read(read, "truncated", min((row.day for row in read if not row.sticky), default=None))

    def opens(self, site_id: str, publication: Publication) -> bool:
        """Whether the page of an article, whose address is known, may be opened: its site answers, and robots.txt
        forbids no folder above it."""
        site = self.sites[site_id]
        shown = next((p for p in site.publications if p.source is publication), None)
        if shown is None or self.hindrance(site_id):
            return False
        path = article_path(site, shown)
        return not any(path.startswith(place(site, column.id)) for column in site.columns if column.forbidden)


def look_at(city: City, day: dt.date, *, browser: bool = True, unlisted: frozenset[str] = frozenset()) -> Look:
    return Look(day, {site.id: site_on(site, day) for site in city.sites}, browser, unlisted)


def crawl_days(year: int, count: int = 12) -> tuple[dt.date, ...]:
    """The last working days of twelve months, from February of the plan's year on; fewer are spread over the year."""
    months = [(year + (1 + k) // 12, (1 + k) % 12 + 1) for k in range(12)]
    step = 12 // count
    return tuple(_last_working_day(*month) for month in months[step - 1 :: step])


def _last_working_day(year: int, month: int) -> dt.date:
    day = dt.date(year, month, calendar.monthrange(year, month)[1])
    while not is_working_day(day):
        day -= DAY
    return day
