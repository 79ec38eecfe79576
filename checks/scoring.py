"""From reviewed verdicts to points: every agency's score, what it lost where, its grade and rank.

Exact fractions inside, rounded once at the end. What could not be judged is no failure: how it weighs is the
model's explicit choice, and beside every score stands how much of it could be judged.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from checks.reviews import Reviewed
from checks.scoring_model import Bonus, Deduction, EmptyTheme, ScoringModel, Theme
from checks.verdict import Status
from plans.register import Obligation, Register

_OPEN = frozenset({Status.INCONCLUSIVE, Status.MANUAL})


@dataclass(frozen=True, slots=True)
class Loss:
    """What one expectation cost. `points` is its part of the theme's full marks, or of a deduction."""

    key: str
    obligation: str
    status: Status
    points: float
    theme: str | None  # None: a deduction
    title: str


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """`full` is what the theme weighs for this agency; it differs from the model's where empty themes were spread."""

    theme: str
    title: str
    points: float | None  # None: nothing here could be judged
    full: float
    judged: int
    due: int


@dataclass(frozen=True, slots=True)
class AgencyScore:
    """One line of the scorecard. `rank` is within the group; ties share it and the next rank is skipped."""

    agency: str
    group: str
    total: float | None  # None: nothing of the agency could be judged
    grade: str | None
    rank: int | None
    judged: int
    due: int
    contested: int
    themes: tuple[ThemeScore, ...]
    losses: tuple[Loss, ...]  # the dearest first
    bonuses: tuple[tuple[str, float], ...] = ()
    deductions: tuple[tuple[str, float], ...] = ()
    vetoes: tuple[str, ...] = ()

    @property
    def coverage(self) -> float | None:
        """Share of what was due that could be judged; None where nothing was due."""
        return self.judged / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All agencies under one model: by group, then rank. `unplaced` are obligations that no theme takes."""

    model: ScoringModel
    agencies: tuple[AgencyScore, ...]
    unplaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """An agency under two models."""

    agency: str
    group: str
    before: AgencyScore
    after: AgencyScore


@dataclass(frozen=True, slots=True)
class _Entry:
    """One expectation and the part of its weight that it earned; None where it does not count."""

    obligation: Obligation
    item: Reviewed
    earned: Fraction | None

    @property
    def weight(self) -> Fraction:
        return _exact(self.obligation.weight)


def assess(register: Register, items: Iterable[Reviewed], model: ScoringModel) -> Scorecard:
    """Every agency's score. What is not due yet counts nowhere."""
    obligations = {obligation.id: obligation for obligation in register.obligations}
    entries: dict[str, list[_Entry]] = defaultdict(list)
    for item in items:
        obligation = obligations.get(item.verdict.obligation)
        if obligation is not None:
            agency_entries = entries[item.verdict.agency]  # an agency with nothing due keeps its line
            if item.status is not Status.NOT_DUE:
                agency_entries.append(_Entry(obligation, item, _earned(model, item)))
    scores = [_agency(model, agency, found) for agency, found in entries.items()]
    unplaced = tuple(o.id for o in register.obligations if model.theme_of(o) is None)
    return Scorecard(model, tuple(_ranked(scores, model)), unplaced)


def moves(before: Scorecard, after: Scorecard) -> tuple[Move, ...]:
    """Who stands otherwise under the other model: another rank or grade, in the order of the new ranks."""
    known = {score.agency: score for score in before.agencies}
    pairs = [(known[score.agency], score) for score in after.agencies if score.agency in known]
    return tuple(Move(b.agency, b.group, b, a) for b, a in pairs if (b.rank, b.grade) != (a.rank, a.grade))


def _earned(model: ScoringModel, item: Reviewed) -> Fraction | None:
    credit = model.credit
    if item.status is Status.LATE:
        base: float | str = _late_credit(model, item.days_late)
    else:
        base = {
            Status.ON_TIME: credit.on_time,
            Status.OVERDUE: credit.overdue,
            Status.MISSING: credit.missing,
            Status.INCONCLUSIVE: credit.inconclusive,
            Status.MANUAL: credit.manual,
        }[item.status]
    if isinstance(base, str):
        return None
    earned = _exact(base)
    for flag in item.flags:
        earned *= _exact(model.flag_credit.get(flag, 1))
    return earned


def _late_credit(model: ScoringModel, days: int | None) -> float:
    """Days that nobody counted (a person's decision) are read in the agency's favour."""
    steps = model.credit.late
    return next((s.credit for s in steps if s.days is None or days is None or days <= s.days), steps[-1].credit)


def _agency(model: ScoringModel, agency: str, entries: Sequence[_Entry]) -> AgencyScore:
    by_theme = {theme.id: [e for e in entries if _is_in(model, e, theme)] for theme in model.themes}
    full = _full_marks(model, by_theme)
    themes = tuple(_theme(theme, by_theme[theme.id], full[theme.id]) for theme in model.themes)
    losses = [loss for theme in model.themes for loss in _losses(theme, by_theme[theme.id], full[theme.id])]
    deducted = [(rule.title, _deducted(rule, entries)) for rule in model.deductions]
    granted = [(rule.title, _exact(rule.points)) for rule in model.bonuses if _deserved(rule, entries)]
    vetoes = tuple(v.title for v in model.vetoes if any(v.flag in e.item.flags for e in _vetoing(v.reviewed, entries)))
    judged = sum(e.item.status not in _OPEN for e in entries)
    total = None
    if any(score.points is not None for score in themes):
        exact = sum((_gained(by_theme[t.id], full[t.id], model.empty_theme) for t in model.themes), Fraction(0))
        exact += sum(points for _, points in granted) - sum(points for _, points in deducted)
        caps = [_exact(v.cap) for v in model.vetoes if v.title in vetoes]
        total = round(float(min([max(exact, Fraction(0)), *caps])), model.decimals)
    return AgencyScore(
        agency=agency,
        group=model.group_of(agency),
        total=total,
        grade=None,
        rank=None,
        judged=judged,
        due=sum(e.item.status is not Status.MANUAL for e in entries),
        contested=sum(e.item.is_contested for e in entries),
        themes=themes,
        losses=tuple(sorted(losses, key=lambda loss: (-loss.points, loss.key))),
        bonuses=tuple((title, float(points)) for title, points in granted),
        deductions=tuple((title, float(points)) for title, points in deducted if points),
        vetoes=vetoes,
    )


def _is_in(model: ScoringModel, entry: _Entry, theme: Theme) -> bool:
    return model.theme_of(entry.obligation) == theme


def _counting(entries: Iterable[_Entry]) -> list[_Entry]:
    return [entry for entry in entries if entry.earned is not None and entry.weight]


def _full_marks(model: ScoringModel, by_theme: Mapping[str, Sequence[_Entry]]) -> dict[str, Fraction]:
    """What each theme weighs for one agency; the points of empty themes go to the others where the model spreads."""
    given = {theme.id: _exact(theme.points) for theme in model.themes}
    filled = sum((given[name] for name, entries in by_theme.items() if _counting(entries)), Fraction(0))
    if model.empty_theme is not EmptyTheme.SPREAD or not filled:
        return given
    factor = _exact(model.full) / filled
    return {name: points * factor if _counting(by_theme[name]) else Fraction(0) for name, points in given.items()}


def _gained(entries: Sequence[_Entry], full: Fraction, empty: EmptyTheme = EmptyTheme.NONE) -> Fraction:
    counting = _counting(entries)
    whole = sum((entry.weight for entry in counting), Fraction(0))
    if not whole:
        return full if empty is EmptyTheme.FULL else Fraction(0)
    return full * sum((entry.weight * (entry.earned or 0) for entry in counting), Fraction(0)) / whole


def _theme(theme: Theme, entries: Sequence[_Entry], full: Fraction) -> ThemeScore:
    return ThemeScore(
        theme=theme.id,
        title=theme.title,
        points=float(_gained(entries, full)) if _counting(entries) else None,
        full=float(full),
        judged=sum(e.item.status not in _OPEN for e in entries),
        due=sum(e.item.status is not Status.MANUAL for e in entries),
    )


def _losses(theme: Theme, entries: Sequence[_Entry], full: Fraction) -> Iterator[Loss]:
    counting = _counting(entries)
    whole = sum((entry.weight for entry in counting), Fraction(0))
    for entry in counting:
        lost = full * entry.weight * (1 - (entry.earned or Fraction(0))) / whole
        if lost:
            yield _loss(entry, lost, theme.id)


def _loss(entry: _Entry, lost: Fraction, theme: str | None) -> Loss:
    return Loss(
        entry.item.verdict.key, entry.obligation.id, entry.item.status, float(lost), theme, entry.obligation.title
    )


def _deducted(rule: Deduction, entries: Iterable[_Entry]) -> Fraction:
    hits = sum(
        rule.match.fits(e.obligation) and (e.item.status in rule.status or not set(rule.flags).isdisjoint(e.item.flags))
        for e in entries
    )
    return min(_exact(rule.each) * hits, _exact(rule.cap))


def _deserved(rule: Bonus, entries: Iterable[_Entry]) -> bool:
    """All that was judged was in time and without a flag that costs; and enough of it was judged."""
    about = [e for e in entries if rule.match.fits(e.obligation) and e.item.status is not Status.MANUAL]
    judged = [e for e in about if e.item.status not in _OPEN]
    if not judged or len(judged) < rule.judged_share * len(about):
        return False
    return all(entry.item.status is Status.ON_TIME and entry.earned == 1 for entry in judged)


def _vetoing(reviewed_only: bool, entries: Iterable[_Entry]) -> Iterator[_Entry]:
    return (entry for entry in entries if entry.item.is_confirmed or not reviewed_only)


def _ranked(scores: Iterable[AgencyScore], model: ScoringModel) -> Iterator[AgencyScore]:
    """By group in the model's order, then points; who has no rank comes last."""
    order = [group.title for group in model.groups]
    listed = sorted(scores, key=lambda s: (order.index(s.group) if s.group in order else len(order), -(s.total or 0)))
    for _, members in groupby(listed, key=lambda score: score.group):
        group = list(members)
        counted = [score for score in group if _has_rank(score, model)]
        totals = Counter(score.total for score in counted)
        for score in counted:
            above = sum(n for total, n in totals.items() if (total or 0) > (score.total or 0))
            yield replace(score, rank=above + 1, grade=model.grade_of(score.total or 0))
        yield from (score for score in group if not _has_rank(score, model))


def _has_rank(score: AgencyScore, model: ScoringModel) -> bool:
    return score.total is not None and (score.coverage or 0) >= model.least_judged


def _exact(number: float) -> Fraction:
    """The decimal that was written, not its binary neighbour."""
    return Fraction(str(number))
