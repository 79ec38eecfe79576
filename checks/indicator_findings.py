"""What the official check indicators say of one site: the record that is stored, shown and reported.

`to_body(findings)` is what `gongkai spot-check run` stores as `SiteResult.body`, and `from_body(body)` reads it back:

    {"site": "czj", "name": "市财政局", "agency": "市财政局", "url": "http://...", "level": "department",
     "edition": "site-2019", "as_of": "2019-06-30", "looked_at": "2019-06-30T02:00:00Z" | null,
     "outcome": "passed" | "failed" | "unclear",
     "score": 87.5 | null, "full": 100.0, "goes_on_to_bonus": false,
     "findings": [
       {"indicator": "columns-not-updated", "title": "栏目不更新", "title_en": "...", "group": "单项否决",
        "kind": "veto" | "deduction" | "bonus", "result": "passed" | "failed" | "unclear" | "manual",
        "count": 6, "points": 0.0, "cap": 0.0, "assumed": false, "source": "...",
        "reason": "应更新的栏目有 6 个……", "reason_en": "...",
        "examples": [{"name": "工作动态", "url": "http://...", "said": "最新日期 2019-03-01", "said_en": "..."}]}]}

`SiteResult.outcome` is the body's `outcome`. `score` is what is left of the scored part after all that a machine can
see: the real score is at most that, since indicators that are `manual` or `unclear` deduct nothing here. It is None
where the site is not scored (a veto, or an edition that scores portals alone). `points` are the points that a
deduction took, never more than its `cap`. `failed` findings of kind `veto` are why a site failed; where there are none,
the score is.
`examples` are bounded (`MOST_EXAMPLES`); `count` is not.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pydantic import TypeAdapter

MOST_EXAMPLES: Final = 20  # a bulletin names two or three a class (STANDARDS 2.3); a self-check wants them all


class IndicatorKind(StrEnum):
    VETO = "veto"  # 单项否决: one is enough to fail
    DEDUCTION = "deduction"  # 扣分
    BONUS = "bonus"  # 加分


class Result(StrEnum):
    """What became of one indicator at one site."""

    PASSED = "passed"  # seen, and in order
    FAILED = "failed"
    UNCLEAR = "unclear"  # a machine could tell, but not from what was read
    MANUAL = "manual"  # a person must look


class Outcome(StrEnum):
    """What became of the site; the words of `db.drawings.SiteResult`."""

    PASSED = "passed"  # nothing that a machine can see speaks against it; `manual` findings stay open
    FAILED = "failed"
    UNCLEAR = "unclear"  # a veto could not be judged


@dataclass(frozen=True, slots=True)
class Example:
    """One place where an indicator was missed (or must be looked at)."""

    name: str
    url: str
    said: str
    said_en: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One indicator at one site."""

    indicator: str
    title: str
    title_en: str
    group: str
    kind: IndicatorKind
    result: Result
    reason: str
    reason_en: str = ""
    count: int = 0
    points: float = 0.0
    cap: float = 0.0
    assumed: bool = False
    source: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteFindings:
    """All indicators of one edition at one site."""

    site: str
    name: str
    agency: str
    url: str
    level: str
    edition: str
    as_of: dt.date
    looked_at: dt.datetime | None
    outcome: Outcome
    score: float | None
    full: float
    goes_on_to_bonus: bool
    findings: tuple[Finding, ...]

    @property
    def vetoes(self) -> tuple[Finding, ...]:
        """Why the site failed at once."""
        return tuple(f for f in self.findings if f.kind is IndicatorKind.VETO and f.result is Result.FAILED)

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.result is Result.FAILED)

    @property
    def manual(self) -> tuple[Finding, ...]:
        """What a person must still look at."""
        return tuple(f for f in self.findings if f.result is Result.MANUAL)

    @property
    def unclear(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.result is Result.UNCLEAR)


_SHAPE: Final = TypeAdapter(SiteFindings)


def to_body(findings: SiteFindings) -> dict[str, Any]:
    """As JSON has it, see above."""
    body: dict[str, Any] = _SHAPE.dump_python(findings, mode="json")
    return body


def from_body(body: dict[str, Any]) -> SiteFindings:
    """Raises pydantic.ValidationError (a ValueError) where the body is none of these."""
    return _SHAPE.validate_python(body)
