"""The register: every obligation of one plan, as people read and edit it in YAML."""

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, model_validator

from plans.patterns import compiles
from plans.problems import Key, broken_rule

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


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


def _one_line(text: str) -> str:
    if not text.strip():
        raise broken_rule("不能为空", "must not be empty")
    if not text.isprintable() and re.search(r"[\r\n\t\v\f\x85\u2028\u2029]", text):
        raise broken_rule("应为一行文字，不能换行或含制表符", "expected one line of text, without breaks or tabs")
    return text


def _a_day(value: object) -> dt.date:
    """A YAML date, or the same in quotes; a number is no date, though it could be read as one."""
    day = value
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            day = None
    if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
        raise broken_rule("应为 2017-12-31 形式的日期", "expected a date such as 2017-12-31")
    if not FIRST_YEAR <= day.year <= LAST_YEAR + 1:
        raise broken_rule(
            f"日期应在 {FIRST_YEAR} 至 {LAST_YEAR + 1} 年之间", f"expected a year in {FIRST_YEAR} to {LAST_YEAR + 1}"
        )
    return day


Pattern = Annotated[str, AfterValidator(compiles)]
Name = Annotated[str, AfterValidator(_one_line), Field(json_schema_extra={"minLength": 1})]
Day = Annotated[dt.date, BeforeValidator(_a_day)]
Count = Annotated[int, Field(ge=1, strict=True)]


class Strict(BaseModel):
    """Base of everything that people edit: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """The document that a register was made from."""

    file: Name
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class Plan(Strict):
    """The plan itself. Its periods run from `start` to `end`, by default the plan's whole year."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
    title: Name
    place: Name
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR, strict=True)]
    start: Day | None = None
    end: Day | None = None
    source: Source | None = None

    @property
    def first_day(self) -> dt.date:
        return self.start or dt.date(self.year, 1, 1)

    @property
    def last_day(self) -> dt.date:
        return self.end or dt.date(self.year, 12, 31)

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.first_day > self.last_day:
            raise broken_rule(
                f"起始日 {self.first_day} 晚于截止日 {self.last_day}",
                f"begins on {self.first_day}, after its end on {self.last_day}",
                ("end",) if self.end else ("start",),
            )
        return self


class WorkingDays(Strict):
    working_days: Annotated[int, Field(ge=1, le=1_000, strict=True)]  # four years; more is a slip of the pen


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

    day: Annotated[int, Field(ge=1, le=31, strict=True)] | None = None
    month: Annotated[int, Field(ge=1, le=12, strict=True)] | None = None
    of: Literal["period", "next_period"] | None = None
    working_days: Annotated[int, Field(ge=1, le=1_000, strict=True)] | None = None
    days: Annotated[int, Field(ge=1, le=1_500, strict=True)] | None = None
    hours: Annotated[int, Field(ge=1, le=36_000, strict=True)] | None = None
    after: After | None = None
    date: Day | None = None
    about: Literal["previous"] | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        ways = [w for w in ("day", "working_days", "days", "hours", "date") if getattr(self, w) is not None]
        if len(ways) != 1:
            raise broken_rule(
                "day、working_days、days、hours、date 应且只应写一个",
                "give exactly one of day, working_days, days, hours, date",
            )
        if (self.day is None) != (self.of is None):
            raise broken_rule(
                "day 与 of（period 或 next_period）须同时写", "day and of (period or next_period) belong together"
            )
        if self.month is not None and self.day is None:
            raise broken_rule("month 须与 day 同时写", "month needs day", ("month",))
        limited = ways[0] in ("working_days", "days", "hours")
        if limited != (self.after is not None):
            raise broken_rule(
                "after 须与 working_days、days 或 hours 同时写",
                "after belongs to working_days, days or hours, and they need it",
            )
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
    min_rows: Count | None = None
    min_count: Count | None = None
    pair: Pair | None = None


class Obligation(Strict):
    """One thing in a measure that must be published or done."""

    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\s/]+$")]
    measure: Name
    title: Name
    lead: Annotated[tuple[Name, ...], Field(min_length=1)]
    cooperating: tuple[Name, ...] = ()
    kind: Kind
    cadence: Cadence | None = None
    vague: Vague | None = None
    due: Due | None = None
    about: Literal["previous"] | None = None
    merge_january: StrictBool = False
    where: tuple[Name, ...] = ()
    evidence: Evidence = Evidence()
    check: CheckMode = CheckMode.AUTOMATIC
    weight: Annotated[float, Field(ge=0, le=1_000, strict=True, allow_inf_nan=False)] = 1.0
    note: str | None = None

    @property
    def about_previous(self) -> bool:
        return self.about == "previous" or (self.due is not None and self.due.about == "previous")

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        """What no reading of the plan can mean. A manual duty is never computed, so it may leave things open."""
        if self.about and self.due is not None and self.due.about:
            raise broken_rule(
                "about 写了两次（事项与 due 各一次），请删去一处", "about is said twice, here and in due", ("about",)
            )
        if self.check is CheckMode.MANUAL:
            return self
        if self.kind is Kind.PAIRING and self.evidence.pair is None:
            raise broken_rule(
                "kind 为 pairing 时须写 evidence.pair：解读材料的标题或栏目",
                "kind pairing needs evidence.pair: titles or columns of the interpretations",
                ("evidence", "pair"),
            )
        dated = self.due is not None and self.due.date is not None
        if self.kind is Kind.PERIODIC and not (self.cadence or self.vague or dated):
            raise broken_rule(
                "kind 为 periodic 时须写 cadence 或 vague", "kind periodic needs cadence or vague", ("cadence",)
            )
        return self


class Register(Strict):
    """All obligations of one plan."""

    plan: Plan
    defaults: Defaults = Defaults()
    obligations: Annotated[tuple[Obligation, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_each_obligation_once(self) -> Self:
        repeated = repeated_ids("obligations", [o.id for o in self.obligations])
        if repeated:
            raise broken_rule("编号与前面的事项重复", "this id was given to an obligation above", *repeated)
        return self


def repeated_ids(name: str, ids: list[str]) -> list[Key]:
    """The keys of all entries of the list called `name` whose id stands further up already."""
    seen: set[str] = set()
    repeated: list[Key] = []
    for index, one in enumerate(ids):
        if one in seen:
            repeated.append((name, index, "id"))
        seen.add(one)
    return repeated
