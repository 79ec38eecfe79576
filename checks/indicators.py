"""The official check indicators over the facts of one site: (edition, facts, tries, verdicts, as-of) -> findings.

The record that comes out, and how it is stored, is described in `checks.indicator_findings`; editions are data
(`checks/indicators/*.yaml`, schema in `checks.indicator_edition`). What no crawl can see is `manual`, and what could
not be read is `unclear`: neither is ever counted as passed, and neither deducts.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from checks import indicator_deductions as deductions
from checks import indicator_vetoes as vetoes
from checks.indicator_edition import Edition, Indicator, Rule, Scope
from checks.indicator_findings import MOST_EXAMPLES, Finding, IndicatorKind, Outcome, Result, SiteFindings
from checks.indicator_sight import Judged, Sight
from db.facts import FetchOutcome, SiteHealth

_PORTAL: Final = "portal"  # plans.sites.Level


def _manual(indicator: Indicator, _: Sight) -> Judged:
    return Judged(Result.MANUAL, f"须人工核查：{indicator.text}", "a person must look")


_RULES: Final[Mapping[Rule, Callable[[Indicator, Sight], Judged]]] = MappingProxyType(
    {
        Rule.MANUAL: _manual,
        Rule.REACHABLE: vetoes.reachable,
        Rule.GUIDES_COMPLETE: vetoes.guides_complete,
        Rule.DATES_HONEST: vetoes.dates_honest,
        Rule.INTERPRETED: deductions.interpreted,
        Rule.GOV_DOMAIN: deductions.gov_domain,
    }
)
# Rules over one look at the site; without a look, or before a closed door, they are unclear.
_LOOKING: Final[Mapping[Rule, Callable[[Indicator, SiteHealth], Judged]]] = MappingProxyType(
    {
        Rule.HOME_UPDATED: vetoes.home_updated,
        Rule.COLUMNS_UPDATED: vetoes.columns_updated,
        Rule.LETTERS_ANSWERED: vetoes.letters_answered,
        Rule.CLASS_UPDATED: deductions.class_updated,
        Rule.CLASS_OFFERED: deductions.class_offered,
        Rule.OTHER_COLUMNS: deductions.other_columns,
        Rule.IDENTIFIER: deductions.identifier,
        Rule.DEAD_LINKS_HOME: deductions.dead_links_home,
        Rule.DEAD_LINKS_ELSEWHERE: deductions.dead_links_elsewhere,
        Rule.HOME_METAS: deductions.home_metas,
        Rule.COLUMN_METAS: deductions.column_metas,
        Rule.ARTICLE_METAS: deductions.article_metas,
    }
)


def judge_site(edition: Edition, sight: Sight) -> SiteFindings:
    """All indicators of the edition that apply to the site, in the edition's order. Pure."""
    is_scored = edition.scores is Scope.ALL or sight.level == _PORTAL
    found = tuple(
        _finding(indicator, sight) for indicator in edition.indicators if _applies(indicator, sight, is_scored)
    )
    vetoed = any(f.kind is IndicatorKind.VETO and f.result is Result.FAILED for f in found)
    score = score_of(edition, found, has_services=sight.has_services) if is_scored and not vetoed else None
    on = score is not None and edition.bonus_above is not None and score > edition.bonus_above
    return SiteFindings(
        site=sight.site,
        name=sight.name,
        agency=sight.agency,
        url=sight.url,
        level=sight.level,
        edition=edition.id,
        as_of=sight.as_of,
        looked_at=sight.look.read_at if sight.look else None,
        outcome=outcome_of(edition, found, score),
        score=score,
        full=edition.full,
        goes_on_to_bonus=on,
        findings=tuple(f for f in found if on or f.kind is not IndicatorKind.BONUS),
    )


def score_of(edition: Edition, findings: Iterable[Finding], *, has_services: bool) -> float:
    """Points left of the scored part. Without services the rest is raised to the full marks (x 4/3 in 2019)."""
    whole = edition.full if has_services else edition.full - edition.services_points
    lost = sum(f.points for f in findings if f.kind is IndicatorKind.DEDUCTION)
    return round(max(0.0, whole - lost) * edition.full / whole, 2)


def outcome_of(edition: Edition, findings: Iterable[Finding], score: float | None) -> Outcome:
    """One veto fails, and so does a score below the mark: what no machine saw can only lower it further."""
    vetoes_found = {f.result for f in findings if f.kind is IndicatorKind.VETO}
    if Result.FAILED in vetoes_found or (score is not None and score < edition.pass_mark):
        return Outcome.FAILED
    return Outcome.UNCLEAR if Result.UNCLEAR in vetoes_found else Outcome.PASSED


def _applies(indicator: Indicator, sight: Sight, is_scored: bool) -> bool:
    if indicator.services and not sight.has_services:
        return False
    if indicator.kind is not IndicatorKind.VETO and not is_scored:
        return False
    return indicator.applies is Scope.ALL or sight.level == _PORTAL


def _finding(indicator: Indicator, sight: Sight) -> Finding:
    judged = _judged(indicator, sight)
    failed = judged.result is Result.FAILED and indicator.kind is IndicatorKind.DEDUCTION
    return Finding(
        indicator=indicator.id,
        title=indicator.title,
        title_en=indicator.title_en,
        group=indicator.group,
        kind=indicator.kind,
        result=judged.result,
        reason=judged.reason,
        reason_en=judged.reason_en,
        count=judged.count,
        points=round(min(indicator.points, judged.count * indicator.each), 4) if failed else 0.0,
        cap=indicator.points,
        assumed=indicator.assumed,
        source=indicator.source,
        examples=judged.examples[:MOST_EXAMPLES],
    )


def _judged(indicator: Indicator, sight: Sight) -> Judged:
    if indicator.rule in _RULES:
        return _RULES[indicator.rule](indicator, sight)
    look = sight.look
    if look is None:
        return Judged(Result.UNCLEAR, "截至判定日没有看过该网站", "the site was not looked at up to this day")
    if look.home.outcome is not FetchOutcome.OK:
        why = look.home.outcome.value
        return Judged(Result.UNCLEAR, f"首页未能读取（{why}）", f"the home page could not be read ({why})")
    return _LOOKING[indicator.rule](indicator, look)
