"""A scoring model: how verdicts become points. Data that an evaluator edits (`checks/models/*.yaml`)."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from checks.verdict import Flag, Status
from plans.load import load_file
from plans.problems import broken_rule
from plans.register import Kind, Name, Obligation, Pattern, Strict

SHIPPED = Path(__file__).parent / "models"

Points = Annotated[float, Field(ge=0, le=1_000)]
Share = Annotated[float, Field(ge=0, le=1)]
Exclude = Literal["exclude"]  # neither for nor against: left out of the sum and of its whole


class Match(Strict):
    """Which obligations a rule is about. What is left empty is not asked; an obligation must fit all that is given."""

    obligations: tuple[Name, ...] = ()
    sections: tuple[Name, ...] = ()  # the plan's section numerals: 一, 二
    kinds: tuple[Kind, ...] = ()
    titles: tuple[Pattern, ...] = ()  # any of these in the obligation's title

    def fits(self, obligation: Obligation) -> bool:
        asked = (
            not self.obligations or obligation.id in self.obligations,
            not self.sections or obligation.measure.split("/")[0] in self.sections,
            not self.kinds or obligation.kind in self.kinds,
            not self.titles or any(re.search(pattern, obligation.title) for pattern in self.titles),
        )
        return all(asked)


class Theme(Strict):
    """A first-level indicator and its full marks. The first theme that fits an obligation takes it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40)]
    title: Name
    points: Points
    match: Match = Match()


class LateStep(Strict):
    """Credit for what came late: up to so many calendar days; the last step has no end."""

    days: Annotated[int, Field(ge=1)] | None = None
    credit: Share


class Credit(Strict):
    """What one expectation earns of its weight."""

    on_time: Share = 1
    late: Annotated[tuple[LateStep, ...], Field(min_length=1)]
    overdue: Share = 0
    missing: Share = 0
    inconclusive: Share | Exclude = "exclude"
    manual: Share | Exclude = "exclude"

    @model_validator(mode="after")
    def _steps_rise(self) -> Self:
        days = [step.days for step in self.late]
        bounded = [day for day in days if day is not None]
        if days[-1] is not None or len(bounded) != len(days) - 1 or bounded != sorted(set(bounded)):
            raise broken_rule(
                "late 各档的 days 应由小到大，最后一档不写 days",
                "the steps of late must rise in days, the last one without days",
                ("late",),
            )
        return self


class Deduction(Strict):
    """Points off for each expectation of a status or flag, beside what its theme lost."""

    title: Name
    each: Points
    cap: Points
    status: tuple[Status, ...] = ()
    flags: tuple[Flag, ...] = ()
    match: Match = Match()


class Bonus(Strict):
    """Points on for an agency with nothing to find fault with among these obligations, and enough judged."""

    title: Name
    points: Points
    match: Match = Match()
    judged_share: Share = 1


class Veto(Strict):
    """One case of this flag caps the total, however good the rest is. `reviewed`: only where a person confirmed it."""

    title: Name
    flag: Flag
    reviewed: bool = True
    cap: Points


class Grade(Strict):
    name: Name
    from_points: Points


class Group(Strict):
    """Agencies that are ranked among themselves; the first group whose pattern fits takes the agency."""

    title: Name
    agencies: Annotated[tuple[Pattern, ...], Field(min_length=1)]


class EmptyTheme(StrEnum):
    """What becomes of the points of a theme in which nothing of an agency could be judged."""

    SPREAD = "spread"  # they count with the other themes, in proportion
    FULL = "full"
    NONE = "none"


class ScoringModel(Strict):
    """The whole model. The themes' points make up `full`; `source` says after which real table it was built."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
    title: Name
    source: Name
    full: Points = 100
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    credit: Credit
    flag_credit: dict[Flag, Share] = Field(default_factory=dict)  # credit is multiplied by it
    empty_theme: EmptyTheme = EmptyTheme.SPREAD
    deductions: tuple[Deduction, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    groups: tuple[Group, ...] = ()
    decimals: Annotated[int, Field(ge=0, le=4)] = 2
    least_judged: Share = 0  # below this share of judged expectations an agency gets points, but neither grade nor rank

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(theme.points for theme in self.themes)
        if abs(total - self.full) > 1e-9:
            raise broken_rule(
                f"各类分值之和为 {total:g}，应等于满分 {self.full:g}",
                f"the themes' points make {total:g}, expected the full marks {self.full:g}",
                ("themes",),
            )
        ids = [theme.id for theme in self.themes]
        if len(set(ids)) < len(ids):
            twice = next(name for name in ids if ids.count(name) > 1)
            raise broken_rule(f"类别编号 {twice} 重复", f"the theme id {twice} occurs twice", ("themes",))
        limits = [grade.from_points for grade in self.grades]
        if limits != sorted(set(limits), reverse=True) or limits[-1] != 0:
            raise broken_rule(
                "等次应由高到低，最后一等从 0 分起",
                "grades must fall, and the last one must begin at 0",
                ("grades",),
            )
        return self

    def theme_of(self, obligation: Obligation) -> Theme | None:
        return next((theme for theme in self.themes if theme.match.fits(obligation)), None)

    def group_of(self, agency: str) -> str:
        for group in self.groups:
            if any(re.search(pattern, agency) for pattern in group.agencies):
                return group.title
        return ""

    def grade_of(self, total: float) -> str:
        return next(grade.name for grade in self.grades if total >= grade.from_points)


def load_model(name_or_path: str | Path) -> ScoringModel:
    """A shipped model by its name, or one from a file. Raises PlanFileError with file, line and key."""
    path = Path(name_or_path)
    return load_file(path if path.suffix else SHIPPED / f"{path.name}.yaml", ScoringModel).value


def shipped_models() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))
