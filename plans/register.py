"""The register: every obligation of one plan, as people read and edit it in YAML."""

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


class Kind(StrEnum):
    """What sort of duty an obligation is; it decides how the obligation is judged."""

    PERIODIC = "periodic"
    STANDING = "standing"
    EVENT = "event"
    LABEL = "label"
    PAIRING = "pairing"
    RESPONSE = "response"
    PLATFORM = "platform"
    DUTY = "duty"


class Cadence(StrEnum):
    """How often an obligation falls due."""

    REALTIME = "realtime"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    ONCE = "once"
    ON_EVENT = "on_event"
    STANDING = "standing"


class CheckMode(StrEnum):
    """How far a machine can judge an obligation by itself."""

    AUTOMATIC = "automatic"
    ASSISTED = "assisted"
    MANUAL = "manual"


class Vague(StrEnum):
    """A plan's vague word for time; the register's `defaults` say how it is read."""

    TIMELY = "timely"
    REGULARLY = "regularly"
    AS_APPROPRIATE = "as_appropriate"


class After(StrEnum):
    """What a limit in working days, days or hours counts from."""

    PERIOD_END = "period_end"
    EVENT = "event"
    REPEAL = "repeal"
    PUBLICATION = "publication"


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
Name = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """Base of everything that people edit: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """The document that a register was made from."""

    file: Name
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class Plan(Strict):
    """The plan itself. Its periods run from `start` to `end`, by default the plan's whole year."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    title: Name
    place: Name
    year: Annotated[int, Field(ge=1990, le=2100)]
    start: dt.date | None = None
    end: dt.date | None = None
    source: Source | None = None

    @property
    def first_day(self) -> dt.date:
        return self.start or dt.date(self.year, 1, 1)

    @property
    def last_day(self) -> dt.date:
        return self.end or dt.date(self.year, 12, 31)


class WorkingDays(Strict):
    working_days: Annotated[int, Field(ge=1)]


class AtLeast(Strict):
    at_least: Cadence


class Defaults(Strict):
    """How vague words are read. An evaluator may change them."""

    timely: WorkingDays = WorkingDays(working_days=20)  # Regulation 2019, article 26
    regularly: AtLeast = AtLeast(at_least=Cadence.QUARTERLY)
    as_appropriate: AtLeast = AtLeast(at_least=Cadence.YEARLY)


class Due(Strict):
    """The last day on which publishing is on time. Exactly one of the four ways to say it:

    - `day` (and `month` for periods longer than a month) `of` the period or the next one;
    - `working_days`, `days` or `hours` `after` something;
    - `date`: one calendar day.

    `day` beyond a month's end means its last day. `month` counts from 1 within the period named by `of`.
    """

    day: Annotated[int, Field(ge=1, le=31)] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    of: Literal["period", "next_period"] | None = None
    working_days: Annotated[int, Field(ge=1)] | None = None
    days: Annotated[int, Field(ge=1)] | None = None
    hours: Annotated[int, Field(ge=1)] | None = None
    after: After | None = None
    date: dt.date | None = None
    about: Literal["previous"] | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        ways = [w for w in ("day", "working_days", "days", "hours", "date") if getattr(self, w) is not None]
        if len(ways) != 1:
            raise ValueError("give exactly one of day, working_days, days, hours, date")
        if (self.day is None) != (self.of is None):
            raise ValueError("`day` and `of` (period or next_period) belong together")
        if self.month is not None and self.day is None:
            raise ValueError("`month` needs `day`")
        limited = ways[0] in ("working_days", "days", "hours")
        if limited != (self.after is not None):
            raise ValueError("`after` belongs to working_days, days or hours, and they need it")
        return self


class Pair(Strict):
    """Where the interpretations of a pairing obligation are found."""

    title: tuple[Pattern, ...] = ()
    columns: tuple[Name, ...] = ()


class Evidence(Strict):
    """What proves that an obligation was met, and where it is looked for."""

    title: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()
    columns: tuple[Name, ...] = ()
    covers: tuple[Name, ...] = ()
    fields: tuple[Name, ...] = ()
    min_rows: Annotated[int, Field(ge=1)] | None = None
    min_count: Annotated[int, Field(ge=1)] | None = None
    pair: Pair | None = None


class Obligation(Strict):
    """One thing in a measure that must be published or done."""

    id: Annotated[str, Field(min_length=1, pattern=r"^[^\s/]+$")]
    measure: Name
    title: Name
    lead: Annotated[tuple[Name, ...], Field(min_length=1)]
    cooperating: tuple[Name, ...] = ()
    kind: Kind
    cadence: Cadence | None = None
    vague: Vague | None = None
    due: Due | None = None
    about: Literal["previous"] | None = None
    merge_january: bool = False
    where: tuple[Name, ...] = ()
    evidence: Evidence = Evidence()
    check: CheckMode = CheckMode.AUTOMATIC
    weight: Annotated[float, Field(ge=0)] = 1.0
    note: str | None = None

    @property
    def about_previous(self) -> bool:
        return self.about == "previous" or (self.due is not None and self.due.about == "previous")


class Register(Strict):
    """All obligations of one plan."""

    plan: Plan
    defaults: Defaults = Defaults()
    obligations: Annotated[tuple[Obligation, ...], Field(min_length=1)]
