"""What do the other clocks say about the day that a page claims?

Forged dates are a disqualifying offence (国办秘函〔2019〕19号, 单项否决: 伪造发稿日期), so a page is suspected only
where it claims to be in time, was not seen by its due date, and either

- our own crawls contradict it: its column was read completely, back past the claimed day and after the due date,
  without it; or it bore a day after the due date when it was first read; or
- two clocks that do not hang together put it after its due date: the day in its address (the CMS's record of when the
  page was made) together with the running numbers beside it, or either of them together with its attachments.

The day in an address alone proves nothing: a page is saved again, a site moves (FIELD-GUIDE 0.4). So the address and
the numbers count only in runs: pages of one column, made one after the other on one later day though they claim
different ones, and at least three such pages in that column. An older part of the column must stand in the facts with
older numbers; else the run may be the column's import. Where addresses bear no day, the numbers count alone only for
runs of three and more whose lower neighbours claim later days. HTTP Last-Modified later than the claim says nothing
(pages are generated anew); on or before the due date it speaks for the page. A claimed day after that of the address is
scheduled publishing.
"""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from checks.coverage import local_day
from checks.periods import read_periods
from db.facts import ClockName, Facts, Publication, Reading, Stop

# Assumed: what is drafted, checked and put up within a fortnight is ordinary; at Pingtan single pages differ by up to
# 13 days, the runs by 24 and more.
LATER_BY: Final = dt.timedelta(days=14)
# Numbers so close are made in one sitting. Assumed: Pingtan makes about twenty pages a day, its runs lie within 5.
BESIDE: Final = 20
NEXT_TO: Final = 5  # the same where no day in the address confirms it: as close as Pingtan's runs
ALIKE: Final = 3  # pages of one column; assumed: one or two may have been saved again
AGREEING: Final = 3  # neighbours that must say the same: two may be misfits
NEIGHBOURS: Final = 20  # numbers below that are asked
# A series of numbers is a clock only where it runs with the claimed days. Assumed: the great majority.
RUNS_WITH_DAYS: Final = 0.8
MOVE_PAGES: Final = 10  # assumed; Shanghai's bureau moved 51 items at once (STANDARDS 5)
SITE_PAGES: Final = 20  # of a whole site, beside a few of the column; assumed, twice as many as of one column
MOVE_SPAN: Final = dt.timedelta(days=60)  # claims of so many pages that share one day of making
MOVE_YEARS: Final = dt.timedelta(days=366)  # and of any run: years of items are moved, not backdated
MOVE_DAYS: Final = dt.timedelta(days=2)  # an import may run overnight
SCHEDULED: Final = dt.timedelta(days=3)  # claimed so long after it was made: published by a timer
LIST_DELAY: Final = dt.timedelta(days=1)  # lists are generated at night, caches serve yesterday's
MAX_TITLE: Final = 500  # characters that are searched for periods
_STAMP: Final = re.compile(r"/[PW]0(\d{4})(\d\d)(\d\d)\d{6,30}\.")  # TRS: when an attachment was uploaded
_CORRECTED: Final = re.compile(r"[(（\[【](?:已?更正|已?修[订正改]|更新|更新版|重新发布|重发)[)）\]】]$")
_LONGEST_NUMBER: Final = 19  # digits
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Statement:
    """One clock that contradicts a claim: the page did not stand there before `not_before`. `name` and `value` are
    listed in the verdict, `zh` and `en` stand in its reason."""

    name: str
    value: str
    not_before: dt.date
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the clocks said about one publication: those against its claim, whether they suffice for suspicion, and
    where they do not, why (Chinese)."""

    statements: tuple[Statement, ...] = ()
    suspected: bool = False
    alike: int = 0  # pages of the column that contradict their claims in the same way
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class _Made:
    """A page as its CMS made it."""

    number: int
    claimed: dt.date
    made_on: dt.date | None
    url: str
    columns: tuple[str, ...]


class _Series:
    """Pages of one site whose addresses have one shape, by their running number."""

    def __init__(self, made: Iterable[_Made]) -> None:
        self.pages = sorted(made, key=lambda page: (page.number, page.url))
        self.numbers = [page.number for page in self.pages]

    @cached_property
    def runs_with_days(self) -> bool:
        """Whether most claimed days rise with the numbers (longest rising part of the series)."""
        tops: list[dt.date] = []
        for page in self.pages:
            place = bisect_right(tops, page.claimed)
            tops[place : place + 1] = [page.claimed]
        return len(tops) >= RUNS_WITH_DAYS * len(self.pages)

    def beside(self, page: _Made) -> Iterator[_Made]:
        """Other pages with close numbers, made on the same day."""
        first, last = bisect_left(self.numbers, page.number - BESIDE), bisect_right(self.numbers, page.number + BESIDE)
        for other in self.pages[first:last]:
            if other.url != page.url and page.made_on is not None and other.made_on == page.made_on:
                yield other

    def run(self, page: _Made) -> list[_Made]:
        """The pages of its column that were made in one go with it, itself among them: on the same day and with close
        numbers, or, without a day in the address, each number next to another."""
        if page.made_on is not None:
            return [page, *(p for p in self.beside(page) if _shares(p, page) and not _is_scheduled(p))]
        column = [p for p in self.pages if p.made_on is None and _shares(p, page)]
        place = column.index(page)
        first = last = place
        while first > 0 and column[first].number - column[first - 1].number <= NEXT_TO:
            first -= 1
        while last + 1 < len(column) and column[last + 1].number - column[last].number <= NEXT_TO:
            last += 1
        return column[first : last + 1]

    def below(self, page: _Made) -> list[_Made]:
        """The next lower numbers that no timer published, nearest last."""
        end = bisect_left(self.numbers, page.number)
        return [p for p in self.pages[max(0, end - NEIGHBOURS) : end] if not _is_scheduled(p)]


class Surroundings:
    """What stands beside a publication, indexed once: numbers, days of making, readings, pages of the same title."""

    def __init__(self, facts: Facts) -> None:
        made: dict[tuple[str, str], list[_Made]] = defaultdict(list)
        self._columns: dict[tuple[str, str], list[Publication]] = defaultdict(list)
        self._titled: dict[tuple[str, str], list[Publication]] = defaultdict(list)
        self._readings: dict[tuple[str, str], list[Reading]] = defaultdict(list)
        self._claims: dict[str, Counter[dt.date]] = defaultdict(Counter)
        for publication in set(facts.publications):
            if publication.published is not None:
                self._claims[publication.site][publication.published] += 1
            page = _made(publication)
            if page is not None:
                made[_series_of(publication)].append(page)
            for column in publication.columns:
                self._columns[publication.site, column].append(publication)
            self._titled[publication.site, _uncorrected(publication.title)].append(publication)
        for reading in facts.readings:
            self._readings[reading.site, reading.url].append(reading)
        self._series = {key: _Series(pages) for key, pages in made.items()}
        self._moves = _moves(facts.publications)
        self._alike: dict[tuple[str, str], int] = {}
        self._days: dict[tuple[str, str], list[dt.date]] = {}
        self._numbers: dict[tuple[str, str], list[int]] = {}
        self._imports: dict[tuple[str, str, dt.date], bool] = {}

    def twins(self, publication: Publication) -> tuple[Publication, ...]:
        """Other pages of the site with the same title, but for a mark of correction: the page saved again, or a copy in
        another column."""
        titled = self._titled[publication.site, _uncorrected(publication.title)]
        return tuple(p for p in titled if p.url != publication.url)

    def readings(self, publication: Publication) -> Iterator[Reading]:
        """All readings of the columns that list it."""
        for column in publication.columns:
            yield from self._readings[publication.site, column]

    def series(self, publication: Publication) -> _Series | None:
        return self._series.get(_series_of(publication))

    def is_moved(self, publication: Publication) -> bool:
        """Whether its day of making is that of an import: of many pages, or of a column's oldest part."""
        day, page, series = url_day(publication), _made(publication), self.series(publication)
        if page is None or series is None:
            return False
        if day is None:
            run = series.run(page)
            return _is_move([p.claimed for p in run]) or not any(
                self._has_lower(publication.site, column, run[0].number) for column in publication.columns
            )
        return (publication.site, day) in self._moves or not any(
            self._has_older(publication.site, column, day) for column in publication.columns
        )

    def alike(self, publication: Publication) -> int:
        """How many pages of its column (the one where they are most) were made in runs after the days they claim."""
        return max((self._count(publication.site, column) for column in publication.columns), default=0)

    def claims_an_import(self, publication: Publication) -> bool:
        """Whether the day that it claims is that of an import: many pages of its column claim it, about years; or a few
        of a small column, and many of the whole site."""
        day = publication.published
        return day is not None and any(self._is_import(publication.site, column, day) for column in publication.columns)

    def _is_import(self, site: str, column: str, day: dt.date) -> bool:
        if (site, column, day) not in self._imports:
            near = [p for p in self._columns[site, column] if p.published and abs(p.published - day) <= MOVE_DAYS]
            about = [q for p in near for q in read_periods(p.title[:MAX_TITLE], p.published).periods]
            span = max((q.last_day for q in about), default=day) - min((q.first_day for q in about), default=day)
            enough = len(near) >= MOVE_PAGES or (len(near) >= ALIKE and self._claims_near(site, day) >= SITE_PAGES)
            self._imports[site, column, day] = enough and span > MOVE_YEARS
        return self._imports[site, column, day]

    def _claims_near(self, site: str, day: dt.date) -> int:
        """How many pages of the whole site claim the day or one beside it."""
        return sum(self._claims[site][near] for _, near in _days_around((site, day)))

    def _has_older(self, site: str, column: str, day: dt.date) -> bool:
        if (site, column) not in self._days:
            days = (url_day(p) for p in self._columns[site, column])
            self._days[site, column] = sorted(d for d in days if d is not None)
        return bisect_left(self._days[site, column], day - MOVE_DAYS) >= AGREEING

    def _has_lower(self, site: str, column: str, number: int) -> bool:
        if (site, column) not in self._numbers:
            pages = (_made(p) for p in self._columns[site, column])
            self._numbers[site, column] = sorted(p.number for p in pages if p is not None)
        return bisect_left(self._numbers[site, column], number) >= AGREEING

    def _count(self, site: str, column: str) -> int:
        if (site, column) not in self._alike:
            pages = self._columns[site, column]
            self._alike[site, column] = sum(1 for p in pages if _made_in_a_run(p, self) and not self.is_moved(p))
        return self._alike[site, column]


def hear(found: Publication, due: dt.date, around: Surroundings) -> Hearing:
    """All clocks about a publication that claims a day on or before `due`. Who saw it in time has no question."""
    if found.published is None or found.published > due or local_day(found.first_seen) <= due:
        return Hearing()
    own = [s for s in (not_seen(found, due, around), claimed_before(found, due)) if s is not None]
    others = [
        s for s in (by_address(found), by_numbers(found, around), by_attachments(found)) if s and s.not_before > due
    ]
    statements = (*own, *others)
    if own:
        return Hearing(statements, suspected=True)
    if not others:
        return Hearing()
    alike = around.alike(found)
    why_not = _why_not(found, due, statements, around, alike)
    return Hearing(statements, not why_not, alike, why_not)


def _why_not(
    found: Publication, due: dt.date, statements: tuple[Statement, ...], around: Surroundings, alike: int
) -> str:
    """Why clocks other than our own crawls do not suffice, empty where they do."""
    names = {statement.name for statement in statements}
    if _day(found, ClockName.SIGNED) == found.published:
        return "标示日期即成文日期，并非所称发布日期"
    changed = _day(found, ClockName.LAST_MODIFIED)
    if changed is not None and changed <= due:
        return f"服务器修改时间 {changed} 不晚于期限"
    if any(local_day(twin.first_seen) <= due for twin in around.twins(found)):
        return "同题页面在期限前已经见到，此页应为重新保存"
    if around.is_moved(found):
        return "所在栏目没有更早的编号，或大量页面同日入库，可能是网站迁移"
    if "attachment" in names and len(names) > 1:
        return ""
    if len(names) < 2 and url_day(found) is not None:
        return "仅此一项时间线索，可能是重新保存"
    if not _made_in_a_run(found, around):
        return "没有连号的其他期次，可能是重新保存"
    return "" if alike >= ALIKE else f"同一栏目仅 {alike} 篇如此，可能是重新保存"


def not_seen(found: Publication, due: dt.date, around: Surroundings) -> Statement | None:
    """Our own proof: the last complete reading of its column before it was first seen, past the claimed day and after
    the due date, did not list it."""
    claimed = found.published
    if claimed is None or any(twin.first_seen < found.first_seen for twin in around.twins(found)):
        return None
    after = max(due, claimed + LIST_DELAY)
    days = [
        local_day(reading.read_at)
        for reading in around.readings(found)
        if reading.read_at < found.first_seen and lists(reading, claimed) and local_day(reading.read_at) > after
    ]
    if not days:
        return None
    day, seen = max(days), local_day(found.first_seen)
    zh = f"{day} 完整查阅该栏目时尚无此条，{seen} 才首次见到"
    return Statement("not_seen", str(day), day, zh, f"its column was read completely on {day} without it")


def claimed_before(found: Publication, due: dt.date) -> Statement | None:
    """Our own record: when it was first read it claimed a day after the due date."""
    claims = [(seen, day) for seen, _, day in found.listed if day] + [
        (state.seen_at, state.published) for state in found.history if state.published
    ]
    first = min((seen for seen, _ in claims), default=None)
    days = {day for seen, day in claims if seen == first}
    if first is None or not days or min(days) <= due:
        return None
    day, seen_on = min(days), local_day(first)
    zh = f"{seen_on} 首次读到时标示为 {day}"
    return Statement("claimed_before", str(day), day, zh, f"when first read on {seen_on} it claimed {day}")


def by_address(found: Publication) -> Statement | None:
    """The day in its address, where it is later than the claim."""
    day = url_day(found)
    if day is None or found.published is None or day <= found.published + LATER_BY:
        return None
    return Statement(ClockName.URL.value, str(day), day, f"网址日期为 {day}", f"its address bears {day}")


def by_numbers(found: Publication, around: Surroundings) -> Statement | None:
    """The running numbers beside it: made together with a page of its column that claims a later day, or after three
    pages that do."""
    page, series = _made(found), around.series(found)
    if page is None or series is None or not series.runs_with_days:
        return None
    later = page.claimed + LATER_BY
    beside = [p for p in series.beside(page) if p.claimed > later and not _is_scheduled(p) and _shares(p, page)]
    if beside:
        last = max(beside, key=lambda p: (p.claimed, p.number))
        zh = f"编号 {page.number} 与标示 {last.claimed} 的 {last.number} 同日相连"
        en = f"its number {page.number} was given together with {last.number}, which claims {last.claimed}"
        return Statement("neighbours", f"{last.number} ({last.claimed})", last.claimed, zh, en)
    days = sorted((p.claimed for p in series.below(page)), reverse=True)
    if len(days) < AGREEING or days[AGREEING - 1] <= later:
        return None
    day = days[AGREEING - 1]
    zh = f"编号 {page.number} 在 {AGREEING} 篇标示 {day} 及以后的页面之后"
    en = f"its number {page.number} comes after {AGREEING} pages that claim {day} or later"
    return Statement("neighbours", f"< {page.number} ({day})", day, zh, en)


def by_attachments(found: Publication) -> Statement | None:
    """The oldest of its attachments, where even that was made or uploaded after the claimed day."""
    stamps = [d for _, address in found.attachments if (d := _stamp(address))]
    created = [d for file in found.files if (d := _created(file.created))]
    day = min([*stamps, *created], default=None)
    if day is None or found.published is None or day <= found.published + LATER_BY:
        return None
    return Statement(
        ClockName.ATTACHMENT.value, str(day), day, f"附件最早生成于 {day}", f"its oldest attachment was made on {day}"
    )


def url_day(publication: Publication) -> dt.date | None:
    """The day in its address; the earliest where there are several."""
    return _day(publication, ClockName.URL)


def _made_in_a_run(found: Publication, around: Surroundings) -> bool:
    """Whether address and numbers both put it after its claim, and it was made in one go with pages of its column that
    claim other days; without a day in the address, in a run of three."""
    page, series = _made(found), around.series(found)
    if page is None or series is None or by_numbers(found, around) is None:
        return False
    if page.made_on is not None and by_address(found) is None:
        return False
    run = series.run(page)
    apart = any(abs(p.claimed - page.claimed) > LATER_BY for p in run)
    return apart and (page.made_on is not None or len({p.claimed for p in run}) >= ALIKE)


def _moves(publications: Iterable[Publication]) -> frozenset[tuple[str, dt.date]]:
    """(site, day of making) of imports: many pages made then claim days that lie far apart and before it."""
    claims: dict[tuple[str, dt.date], list[dt.date]] = defaultdict(list)
    for publication in set(publications):
        day = url_day(publication)
        if day is not None and publication.published is not None and day > publication.published + LATER_BY:
            claims[publication.site, day].append(publication.published)
    return frozenset(key for key in claims if _is_move([c for near in _days_around(key) for c in claims.get(near, ())]))


def _days_around(key: tuple[str, dt.date]) -> list[tuple[str, dt.date]]:
    site, day = key
    return [(site, day + dt.timedelta(days=n)) for n in range(-MOVE_DAYS.days, MOVE_DAYS.days + 1)]


def _is_move(claims: list[dt.date]) -> bool:
    span = max(claims) - min(claims)
    return (len(claims) >= MOVE_PAGES and span > MOVE_SPAN) or (len(claims) >= AGREEING and span > MOVE_YEARS)


def lists(reading: Reading, claimed: dt.date) -> bool:
    """Whether a page of that claimed day must have been listed in what was read: all of the list, or all of it back to
    a day before that, whatever came of the pages behind it."""
    if not reading.items:
        return False
    if reading.complete and (reading.stop is Stop.END_OF_LIST or reading.back_to is None):
        return True
    return reading.back_to is not None and reading.back_to <= claimed


def _made(publication: Publication) -> _Made | None:
    said = (c.value for c in publication.clocks if c.name is ClockName.RUNNING_ID)
    numbers = [int(n) for n in said if n.isascii() and n.isdigit() and len(n) <= _LONGEST_NUMBER]
    if publication.published is None or not numbers:
        return None
    return _Made(min(numbers), publication.published, url_day(publication), publication.url, publication.columns)


def _series_of(publication: Publication) -> tuple[str, str]:
    """Numbers are comparable on one site among addresses of one shape."""
    tail = publication.url.rsplit("/", 1)[-1][:200]
    return publication.site, _DIGITS.sub("#", tail)


def _is_scheduled(page: _Made) -> bool:
    return page.made_on is not None and page.claimed > page.made_on + SCHEDULED


def _shares(one: _Made, other: _Made) -> bool:
    return not set(one.columns).isdisjoint(other.columns)


def bare(title: str) -> str:
    return "".join(title.split())


def _uncorrected(title: str) -> str:
    """The title that a page had before its words were put right."""
    return _CORRECTED.sub("", bare(title))


def _day(publication: Publication, name: ClockName) -> dt.date | None:
    days = (_created(clock.value) for clock in publication.clocks if clock.name is name)
    return min((day for day in days if day is not None), default=None)


def _created(text: str | None) -> dt.date | None:
    """The Shanghai day of an ISO date or date-time; None for anything else."""
    try:
        moment = dt.datetime.fromisoformat(text) if text else None
        return None if moment is None else local_day(moment) if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        return None


def _stamp(address: str) -> dt.date | None:
    found = _STAMP.search(address[:2_000])
    try:
        return dt.date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
