"""An edition of the official check indicators: data that an office may edit (`checks/indicators/*.yaml`)."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import Field, StrictBool, model_validator

from checks.indicator_findings import IndicatorKind
from db.facts import ColumnClass, Identifier
from plans.load import load_file
from plans.problems import broken_rule
from plans.register import Name, Strict

SHIPPED: Final = Path(__file__).parent / "indicators"


class Rule(StrEnum):
    """How a machine tells whether an indicator was met. MANUAL: it cannot."""

    MANUAL = "manual"
    REACHABLE = "reachable"
    HOME_UPDATED = "home_updated"
    COLUMNS_UPDATED = "columns_updated"
    LETTERS_ANSWERED = "letters_answered"
    GUIDES_COMPLETE = "guides_complete"
    DATES_HONEST = "dates_honest"
    CLASS_UPDATED = "class_updated"
    CLASS_OFFERED = "class_offered"
    OTHER_COLUMNS = "other_columns"
    INTERPRETED = "interpreted"
    GOV_DOMAIN = "gov_domain"
    IDENTIFIER = "identifier"
    DEAD_LINKS_HOME = "dead_links_home"
    DEAD_LINKS_ELSEWHERE = "dead_links_elsewhere"
    HOME_METAS = "home_metas"
    COLUMN_METAS = "column_metas"
    ARTICLE_METAS = "article_metas"


class Scope(StrEnum):
    ALL = "all"
    PORTALS = "portals"


Days = Annotated[int, Field(ge=1, le=3_660)]
Count = Annotated[int, Field(ge=1, le=1_000)]
Points = Annotated[float, Field(ge=0, le=1_000)]


class Limits(Strict):
    """The numbers of a rule. Each rule asks for some of them and takes no others."""

    days: Days | None = None  # without an update, for one page or class
    news_days: Days | None = None
    notice_days: Days | None = None
    short_columns: Count | None = None  # so many columns over news_days and notice_days are too many
    long_days: Days | None = None
    long_columns: Count | None = None
    blank_columns: Count | None = None
    months: Annotated[int, Field(ge=1, le=24)] | None = None  # a letter unanswered so long
    guides: Count | None = None
    elements: Count | None = None  # missing in one guide


_ASKED: Final[dict[Rule, frozenset[str]]] = {
    Rule.HOME_UPDATED: frozenset({"days"}),
    Rule.COLUMNS_UPDATED: frozenset(
        {"news_days", "notice_days", "short_columns", "long_days", "long_columns", "blank_columns"}
    ),
    Rule.LETTERS_ANSWERED: frozenset({"months"}),
    Rule.GUIDES_COMPLETE: frozenset({"guides", "elements"}),
    Rule.CLASS_UPDATED: frozenset({"days"}),
    Rule.OTHER_COLUMNS: frozenset({"long_days"}),
}


class Indicator(Strict):
    """One indicator. `text` is the rule in our own words; `assumed` says that its numbers were not read in `source`.

    `points` is the most that it can deduct, `each` what one case takes. `services`: not asked of a site without
    service functions. `first_level`: only columns that the home page links to count as such (2019).
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
    title: Name
    title_en: Name
    group: Name
    kind: IndicatorKind
    rule: Rule
    text: Name
    source: Name
    assumed: StrictBool
    applies: Scope = Scope.ALL
    points: Points = 0
    each: Points = 0
    services: StrictBool = False
    first_level: StrictBool = False
    column: ColumnClass | None = None
    identifier: Identifier | None = None
    limits: Limits = Limits()

    @model_validator(mode="after")
    def _fits_its_rule(self) -> Self:
        given = {name for name, value in self.limits if value is not None}
        asked = _ASKED.get(self.rule, frozenset())
        if given != asked:
            named = "、".join(sorted(asked)) or "（无）"
            raise broken_rule(
                f"规则 {self.rule} 的 limits 应恰好写明：{named}",
                f"the rule {self.rule} asks for exactly these limits: {', '.join(sorted(asked)) or 'none'}",
                ("limits",),
            )
        if (self.column is not None) != (self.rule in (Rule.CLASS_UPDATED, Rule.CLASS_OFFERED)):
            raise broken_rule(
                "column 应且只应写在 class_updated 与 class_offered 上",
                "column belongs to class_updated and class_offered",
                ("column",),
            )
        if (self.identifier is not None) != (self.rule is Rule.IDENTIFIER):
            raise broken_rule("identifier 应且只应写在 identifier 上", "identifier belongs to identifier", ("rule",))
        return self

    @model_validator(mode="after")
    def _has_the_points_of_its_kind(self) -> Self:
        is_deduction = self.kind is IndicatorKind.DEDUCTION
        automatic = is_deduction and self.rule is not Rule.MANUAL
        if is_deduction != (self.points > 0) or (automatic != (self.each > 0)) or self.each > self.points:
            raise broken_rule(
                "扣分指标应写明 points；可自动判断的另写 each，且不大于 points；其他指标两者都不写",
                "a deduction has points, one that a machine judges also each (not above points); others have neither",
                ("points",),
            )
        return self


class Edition(Strict):
    """One edition: which indicators were in force. `full` are the points of the scored part, of which `services_points`
    belong to indicators of services; a site without services is scored out of the rest, raised to `full`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
    title: Name
    source: Name
    scores: Scope
    full: Points = 100
    services_points: Points = 0
    pass_mark: Points = 60
    bonus_above: Points | None = None
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        ids = [indicator.id for indicator in self.indicators]
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice is not None:
            raise broken_rule(f"指标编号 {twice} 重复", f"the indicator id {twice} occurs twice", ("indicators",))
        deductions = [i for i in self.indicators if i.kind is IndicatorKind.DEDUCTION]
        total = sum(i.points for i in deductions)
        services = sum(i.points for i in deductions if i.services)
        if abs(total - self.full) > 1e-9 or abs(services - self.services_points) > 1e-9:
            raise broken_rule(
                f"扣分指标合计 {total:g} 分（其中办事服务 {services:g} 分），应为 {self.full:g} 和 "
                f"{self.services_points:g}",
                f"deductions make {total:g} points ({services:g} for services), expected {self.full:g} and "
                f"{self.services_points:g}",
                ("indicators",),
            )
        if not self.services_points < self.full:
            raise broken_rule("services_points 应小于 full", "services_points must be below full", ("services_points",))
        return self


def load_edition(name_or_path: str | Path) -> Edition:
    """A shipped edition by its name, or one from a file. Raises PlanFileError with file, line and key."""
    path = Path(name_or_path)
    return load_file(path if path.suffix else SHIPPED / f"{path.name}.yaml", Edition).value


def shipped_editions() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))
