"""A practice city: what every site published around the plan's year, with its faults."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from plans.register import Cadence, Obligation, Register
from simulator import titles
from simulator.dice import dice
from simulator.due import Slot
from simulator.scenario import Access, Family, Profile, Scenario
from simulator.titles import Naming

SECTION = "重点领域信息公开"
Body = Literal["text", "table", "attachment", "docx", "pdf", "scan"]
FileKind = Literal["pdf", "xlsx", "docx"]


@dataclass(frozen=True, slots=True)
class Edit:
    """From `day` on an article (or a column) has other values in these fields."""

    day: dt.date
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A file beside an article. Its rows are those of a table; without any it is a scanned picture."""

    name: str
    kind: FileKind
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What an article says, where it is not left to chance. Paragraphs may be markup."""

    paragraphs: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    files: tuple[File, ...] = ()
    doc_no: str = ""
    written: dt.date | None = None  # the day on which a document was made, where the page's index shall say so


@dataclass(slots=True, eq=False)
class Publication:
    """One article. `day` is the date that it claims, `moment` (Shanghai time) when it really went online."""

    title: str
    day: dt.date
    moment: dt.datetime
    column: str
    body: Body = "text"
    serves: frozenset[tuple[str, str]] = frozenset()  # (obligation id, period key)
    obligation: Obligation | None = None
    url_day: dt.date = dt.date.min
    rank_day: dt.date = dt.date.min  # where the row stands in a list
    also_in: str | None = None
    sticky: bool = False
    undated: bool = False
    number: int = 0  # the running number of the site's system
    faults: set[str] = field(default_factory=set)
    page: Page | None = None
    linked: "Publication | None" = None  # the article of the same site that it links to
    draft: int = 0  # another draft has other figures
    made: dt.datetime | None = None  # when the system gave it its number, where that was before it went online
    gone: dt.date | None = None  # the first day on which it is no longer there
    edits: tuple[Edit, ...] = ()
    edited: dt.date | None = None  # the day of the last edit that this version bears
    origin: "Publication | None" = None  # of a version: the article itself

    def __post_init__(self) -> None:
        if self.url_day == dt.date.min:
            self.url_day = self.moment.date()
        if self.rank_day == dt.date.min:
            self.rank_day = self.day

    @property
    def source(self) -> "Publication":
        """The article itself, whatever was edited since."""
        return self.origin or self


@dataclass(slots=True)
class Column:
    """A list of a site. `id` is its path, or the number of its node in the JSON directory."""

    id: str
    name: str
    section: str
    owed: bool = False  # what the register asks for stands here
    in_directory: bool = False
    empty: bool = False
    forbidden: bool = False  # by robots.txt
    recorded: int | None = None  # rows that the pager counts, where these are more than there are here
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation that a site's agencies owe, and how its instalments are called there."""

    obligation: Obligation
    agencies: tuple[str, ...]
    naming: Naming


@dataclass(frozen=True, slots=True)
class Expectation:
    """What should stand on a site by a due date. `first` is the first day of the period that it is about; `assisted`:
    the register leaves it to a person to say that it does not."""

    obligation: str
    agency: str
    site: str
    period: str
    first: dt.date
    due: dt.date
    next_due: dt.date
    column: str | None
    assisted: bool = False


@dataclass(slots=True)
class CitySite:
    """One portal of the city."""

    id: str
    name: str
    agency: str
    place: str
    profile: Profile
    seed: str
    duties: list[Duty] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    columns_of: dict[str, str | None] = field(default_factory=dict)  # obligation id -> column id
    others: list[Obligation] = field(default_factory=list)  # duties of other kinds, whose titles chance must not hit
    outages: tuple[tuple[dt.date, dt.date, Access], ...] = ()  # first day, last day, how it answers meanwhile

    def column(self, column_id: str) -> Column:
        return next(column for column in self.columns if column.id == column_id)

    @property
    def notices(self) -> str:
        return next(c.id for c in self.columns if c.name == "通知公告")


@dataclass(slots=True)
class City:
    """Everything that the servers show and the answer key knows."""

    register: Register
    scenario: Scenario
    seed: int
    sites: list[CitySite]
    expectations: list[Expectation]
    skipped: list[tuple[str, str]]  # obligation id, why the simulator leaves it out
    faults: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True, eq=False)
class Instalment:
    """An instalment with its slot: `slot` counts the due date, `about` is the period that it speaks of."""

    site: CitySite
    duty: Duty
    slot: Slot
    about: Slot
    due: dt.date
    publication: Publication

    @property
    def key(self) -> tuple[str, str]:
        return self.duty.obligation.id, self.about.key


def shown(site: CitySite, column: Column, at: dt.date | None) -> list[Publication]:
    """The rows of a column on a day, in the order of the list."""
    rows = [p for p in site.publications if column.id in (p.column, p.also_in) and is_online(p, at)]
    return sorted(rows, key=lambda p: (p.sticky, p.rank_day, p.number), reverse=True)


def is_online(publication: Publication, at: dt.date | None) -> bool:
    here = publication.gone is None or (at is not None and at < publication.gone)
    return here and (at is None or publication.moment.date() <= at)


def per_page(site: CitySite, column: Column) -> int:
    """Rows on one page of a list."""
    if column.in_directory:
        return 100  # FIELD-GUIDE 3.1
    if site.profile.static_part and column.owed:
        return site.profile.static_part.per_page
    if site.profile.per_page:
        return site.profile.per_page
    return 20 if site.profile.family is not Family.TRS else (15, 10, 20)[dice(site.seed, "rows").randrange(3)]


def reachable(site: CitySite, column: Column, rows: Sequence[Publication]) -> Sequence[Publication]:
    """Those rows of a column that a reader can get at: all, or those before the list breaks off."""
    if not column.owed or column.in_directory:
        return rows
    profile, size = site.profile, per_page(site, column)
    if profile.static_part:
        return rows[: profile.static_part.pages * size]
    return rows[: profile.list_break.after_page * size] if profile.list_break else rows


def moment(day: dt.date, chance: float) -> dt.datetime:
    """An office hour of the day."""
    return dt.datetime.combine(day, dt.time(8, 30)) + dt.timedelta(seconds=int(chance * 9 * 3600))


def mistaken(site: CitySite, title: str, cadence: Cadence | None = None) -> bool:
    """Whether an obligation of the site (of this cadence) would take the title for one of its instalments."""
    return any(
        titles.recognised(duty.obligation, title)
        for duty in site.duties
        if cadence is None or duty.obligation.cadence is cadence
    ) or any(titles.recognised(obligation, title) for obligation in site.others)


def is_readable(site: CitySite) -> bool:
    return site.profile.access is Access.OPEN
