"""What is known of one site when its indicators are judged, and what a look at it says about age."""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from checks.availability import Try
from checks.coverage import local_day
from checks.indicator_findings import Example, Result
from checks.reviews import Reviewed
from db.facts import ColumnClass, ColumnHealth, ColumnState, FetchOutcome, HomeHealth, SiteHealth


@dataclass(frozen=True, slots=True)
class Sight:
    """One site's facts. `looks` in any order; `verdicts` None where no register was judged, `pairings` the ids of its
    obligations that ask for interpretations."""

    site: str
    name: str
    agency: str
    url: str
    level: str
    as_of: dt.date
    looks: tuple[SiteHealth, ...] = ()
    tries: tuple[Try, ...] = ()
    verdicts: tuple[Reviewed, ...] | None = None
    pairings: frozenset[str] = frozenset()
    has_services: bool = True

    @property
    def look(self) -> SiteHealth | None:
        """The last look up to `as_of`."""
        known = [look for look in self.looks if local_day(look.read_at) <= self.as_of]
        return max(known, key=lambda look: look.read_at, default=None)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a rule says of one indicator."""

    result: Result
    reason: str
    reason_en: str
    count: int = 0
    examples: tuple[Example, ...] = ()


class Age(StrEnum):
    FRESH = "fresh"
    STALE = "stale"
    DOUBTFUL = "doubtful"  # no shown day is recent, but an address or an article behind a link is
    UNKNOWN = "unknown"  # not read


def age_of(page: HomeHealth | ColumnHealth, days: int) -> Age:
    """Whether a page that was read shows something of the last `days` days, counted back from its reading.

    An item without a shown day does not count as updated (STANDARDS 1.2, 首页不更新); where an address or an opened
    article bears a recent day all the same, nobody is accused.
    """
    if page.outcome is not FetchOutcome.OK:
        return Age.UNKNOWN
    first = local_day(page.read_at) - dt.timedelta(days=days)
    if page.newest is not None and page.newest >= first:
        return Age.FRESH
    if page.newest_hint is not None and page.newest_hint >= first:
        return Age.DOUBTFUL
    return Age.STALE if page.rows else Age.UNKNOWN


def age_of_column(column: ColumnHealth, days: int) -> Age:
    """As above; a column that declares itself empty has no age: it is blank, and not updated either."""
    if column.state is ColumnState.BLANK:
        return Age.STALE
    if column.state is not ColumnState.LIST:
        return Age.UNKNOWN
    age = age_of(column, days)
    is_dated = column.dated * 2 >= column.rows  # then a recent day elsewhere on its page is that of a side box
    return Age.STALE if age is Age.DOUBTFUL and is_dated else age


def shown_newest(page: HomeHealth | ColumnHealth) -> str:
    if page.newest is not None:
        return f"最新日期 {page.newest.isoformat()}"
    return "页面没有显示任何发布日期，按规则不算更新" if page.rows else "没有内容"


def shown_newest_en(page: HomeHealth | ColumnHealth) -> str:
    if page.newest is not None:
        return f"newest day {page.newest.isoformat()}"
    return "shows no publishing day at all, which counts as not updated" if page.rows else "nothing there"


def as_example(column: ColumnHealth) -> Example:
    if column.state is ColumnState.BLANK:
        return Example(column.name, column.url, "空白栏目", "blank column")
    return Example(column.name, column.url, shown_newest(column), shown_newest_en(column))


def columns_once(look: SiteHealth) -> tuple[ColumnHealth, ...]:
    """Each address once: many portals link one column under several names."""
    return tuple({column.url: column for column in reversed(look.columns)}.values())[::-1]


def own_columns(look: SiteHealth) -> tuple[ColumnHealth, ...]:
    """Without channels: a page above other columns shows their items, and would be counted beside them."""
    columns = columns_once(look)
    folders = {column.url: column.url.rsplit("/", 1)[0] + "/" for column in columns}
    return tuple(c for c in columns if not any(_is_below(folders[c.url], f) for f in folders.values()))


def _is_below(folder: str, other: str) -> bool:
    return other != folder and other.startswith(folder) and folder.count("/") > 3  # http://host/ is above everything


def of_class(look: SiteHealth, kind: ColumnClass) -> tuple[ColumnHealth, ...]:
    return tuple(column for column in columns_once(look) if column.kind is kind)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
