"""The scorecard of a year-end assessment, as a document: totals, ranking, every point lost, and on what evidence."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from checks.reviews import Reviewed
from checks.scoring import AgencyScore, Scorecard
from checks.scoring_model import EmptyTheme, ScoringModel
from checks.verdict import Status
from plans.register import Register
from reports.charts import MAX_BARS, points_bands, ranking_bars, trend_lines
from reports.document import Cell, Chart, Column, Document, Kind, Section, Table
from reports.figures import percent
from reports.texts import Lang, Texts, texts

_JUDGED: Final = frozenset({Status.ON_TIME, Status.LATE, Status.OVERDUE, Status.MISSING})
DEAREST: Final = 3  # an agency's losses named beside its gains; the table of all losses has the rest


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that the scorecard shows. `version` is that of a frozen scorecard, None of a draft; `corrected` says why
    there is more than one version."""

    register: Register
    items: tuple[Reviewed, ...]
    card: Scorecard
    as_of: dt.date
    run: int
    version: int | None = None
    corrected: str = ""


def scorecard(assessment: Assessment, lang: Lang) -> Document:
    """The document: overview, ranking by group, gains and losses of each agency, reviews, trend, method."""
    t, card = texts(lang), assessment.card
    plan = assessment.register.plan
    scored = [score for score in card.agencies if score.total is not None]
    return Document(
        kind="scorecard",
        title=t("scorecard.title", place=plan.place, year=plan.year),
        lang=t("lang"),
        facts=_facts(assessment, t),
        sections=(
            _overview(assessment, scored, t),
            _ranking(card, t),
            _gains_and_losses(card, t),
            _losses(card, assessment.items, t),
            _trend(assessment.items, t),
            _reviews(assessment.items, t),
            _method(card.model, t),
        ),
        criteria=(("model", card.model.id), ("model_title", card.model.title), ("model_source", card.model.source)),
        data={"plan": plan.id, "as_of": assessment.as_of.isoformat(), "judgement": assessment.run},
    )


def _facts(assessment: Assessment, t: Texts) -> tuple[tuple[str, str], ...]:
    version = t("scorecard.draft") if assessment.version is None else t("scorecard.version", n=assessment.version)
    facts = [
        (t("scorecard.plan"), assessment.register.plan.title),
        (t("page.as_of"), assessment.as_of.isoformat()),
        (t("scorecard.model"), assessment.card.model.title),
        (t("scorecard.run"), str(assessment.run)),
        (t("scorecard.state"), version),
    ]
    return (*facts, (t("scorecard.corrected"), assessment.corrected)) if assessment.corrected else tuple(facts)


def _overview(assessment: Assessment, scored: Sequence[AgencyScore], t: Texts) -> Section:
    card = assessment.card
    judged, due = sum(s.judged for s in card.agencies), sum(s.due for s in card.agencies)
    said = [t("scorecard.counted", agencies=len(card.agencies), scored=len(scored), judged=judged, due=due)]
    said.append(t("scorecard.coverage", share=percent(judged, due) or t("none")))
    totals = [score.total for score in scored if score.total is not None]
    if totals:
        mean = sum(totals) / len(totals)
        said.append(t("scorecard.mean", mean=f"{mean:.2f}", high=f"{max(totals):.2f}", low=f"{min(totals):.2f}"))
    changed = sum(item.is_changed for item in assessment.items)
    contested = sum(item.is_contested for item in assessment.items)
    said.append(t("scorecard.reviewed", changed=changed, contested=contested))
    grades = [grade.name for grade in card.model.grades]
    counts = tuple((grade, sum(score.grade == grade for score in scored)) for grade in grades)
    table = Table(
        "grades",
        t("scorecard.grades"),
        (Column("grade", t("scorecard.grade")), Column("agencies", t("scorecard.agencies"), Kind.NUMBER)),
        (*counts, (t("scorecard.ungraded"), sum(score.grade is None for score in card.agencies))),
    )
    return Section("overview", t("scorecard.overview"), tuple(said), tables=(table,))


def _ranking(card: Scorecard, t: Texts) -> Section:
    tables, charts = [], []
    for i, (group, members) in enumerate(groupby(card.agencies, key=lambda s: s.group), start=1):
        scores = list(members)
        name = group or t("scorecard.all")
        tables.append(_ranking_table(f"ranking-{i}", t("scorecard.ranking_of", group=name), scores, card.model, t))
        bars = [(s.agency, s.total, s.grade or "") for s in scores if s.total is not None]
        if bars:
            charts.append(_chart(f"bars-{i}", name, bars, card, t))
    notes = [t("scorecard.ties")]
    if EmptyTheme(card.model.empty_theme) is EmptyTheme.SPREAD:
        notes.append(t("scorecard.full_marks"))
    return Section("ranking", t("scorecard.ranking"), tuple(notes), charts=tuple(charts), tables=tuple(tables))


def _ranking_table(id_: str, title: str, scores: Iterable[AgencyScore], model: ScoringModel, t: Texts) -> Table:
    columns = (
        Column("rank", t("scorecard.rank"), Kind.NUMBER, 6),
        Column("agency", t("scorecard.agency"), width=18),
        Column("total", t("scorecard.total"), Kind.POINTS, 8),
        *(Column(theme.id, f"{theme.title}({theme.points:g})", Kind.POINTS, 10) for theme in model.themes),
        Column("bonus", t("scorecard.bonus"), Kind.POINTS, 8),
        Column("deduction", t("scorecard.deduction"), Kind.POINTS, 8),
        Column("grade", t("scorecard.grade"), width=10),
        Column("coverage", t("scorecard.judged_share"), Kind.SHARE, 10),
        Column("judged", t("scorecard.judged"), Kind.NUMBER, 8),
        Column("due", t("scorecard.due"), Kind.NUMBER, 8),
        Column("veto", t("scorecard.veto"), width=14),
    )
    return Table(id_, title, columns, tuple(_line(score, t) for score in scores), is_wide=True)


def _chart(id_: str, group: str, bars: Sequence[tuple[str, float, str]], card: Scorecard, t: Texts) -> Chart:
    """A bar for each agency, or of more than can be read how many have how many points."""
    full = card.model.full
    if len(bars) > MAX_BARS:
        svg = points_bands([points for _, points, _ in bars], full)
        return Chart(id_, t("scorecard.bands", group=group, n=len(bars)), t("scorecard.bands_said"), svg)
    svg = ranking_bars(bars, full, t("scorecard.ungraded"))
    return Chart(id_, t("scorecard.bars", group=group), t("scorecard.bars_said"), svg)


def _line(score: AgencyScore, t: Texts) -> tuple[Cell, ...]:
    bonus = sum(points for _, points in score.bonuses) if score.total is not None else None
    off = sum(points for _, points in score.deductions) if score.total is not None else None
    themes = [theme.points for theme in score.themes]
    grade = score.grade or t("scorecard.ungraded")
    tail = (score.coverage, score.judged, score.due, t.join(score.vetoes) or None)
    return (score.rank, score.agency, score.total, *themes, bonus, off, grade, *tail)


def _gains_and_losses(card: Scorecard, t: Texts) -> Section:
    columns = (
        Column("agency", t("scorecard.agency"), width=18),
        Column("strong", t("scorecard.strong"), width=36),
        Column("weak", t("scorecard.weak"), width=60),
        Column("unjudged", t("scorecard.unjudged"), Kind.NUMBER, 10),
        Column("due", t("scorecard.due"), Kind.NUMBER, 8),
    )
    rows = tuple(_gains_of(score, t) for score in card.agencies)
    table = Table("gains", t("scorecard.gains"), columns, rows, t("scorecard.unjudged_said"))
    return Section("agencies", t("scorecard.gains"), tables=(table,))


def _gains_of(score: AgencyScore, t: Texts) -> tuple[Cell, ...]:
    full = tuple(theme.title for theme in score.themes if theme.points is not None and theme.points >= theme.full)
    cost: dict[str, float] = defaultdict(float)
    for loss in score.losses:
        cost[loss.title] += loss.points
    dear = sorted(cost.items(), key=lambda pair: -pair[1])[:DEAREST]
    weak = t.join(tuple(t("scorecard.lost", title=title, points=f"{points:.2f}") for title, points in dear)) or t(
        "scorecard.no_loss"
    )
    if score.total is None:
        weak = t("scorecard.unscored")  # nothing lost, and nothing known either
    return (score.agency, t.join(full) or None, weak, score.due - score.judged, score.due)


def _losses(card: Scorecard, items: Iterable[Reviewed], t: Texts) -> Section:
    """A row a loss; its flags say why something on time cost points."""
    flags = {item.verdict.key: t.join(tuple(t(f"flag.{flag}") for flag in item.flags)) for item in items}
    columns = (
        Column("agency", t("scorecard.agency"), width=16),
        Column("obligation", t("scorecard.obligation"), width=12),
        Column("title", t("scorecard.item"), width=30),
        Column("status", t("scorecard.status"), Kind.STATUS, 12),
        Column("flags", t("scorecard.flags"), width=14),
        Column("points", t("scorecard.points"), Kind.POINTS, 8),
        Column("key", t("scorecard.key"), width=40),
    )
    rows = tuple(
        (score.agency, loss.obligation, loss.title, loss.status, flags.get(loss.key) or None, -loss.points, loss.key)
        for score in card.agencies
        for loss in score.losses
    )
    return Section(
        "losses",
        t("scorecard.losses"),
        (t("scorecard.traced"),),
        tables=(Table("losses", t("scorecard.losses"), columns, rows, empty=t("scorecard.no_loss")),),
    )


def _trend(items: Iterable[Reviewed], t: Texts) -> Section:
    """On time out of judged, by the month in which it was due."""
    months: dict[str, list[Status]] = defaultdict(list)
    for item in items:
        if item.verdict.due is not None and item.status in _JUDGED:
            months[f"{item.verdict.due:%Y-%m}"].append(item.status)
    rates = [(month, sum(s is Status.ON_TIME for s in found), len(found)) for month, found in sorted(months.items())]
    columns = (
        Column("month", t("scorecard.month"), width=10),
        Column("on_time", t("status.on_time"), Kind.NUMBER),
        Column("judged", t("scorecard.judged"), Kind.NUMBER),
        Column("rate", t("scorecard.rate"), Kind.SHARE),
    )
    table = Table("trend", t("scorecard.trend"), columns, tuple((m, on, n, on / n) for m, on, n in rates))
    title, lines = t("scorecard.trend"), [(m, on / n) for m, on, n in rates]
    charts = (Chart("trend-lines", title, t("scorecard.trend_said"), trend_lines(lines)),) if len(lines) > 1 else ()
    return Section("trend", title, charts=charts, tables=(table,))


def _reviews(items: Iterable[Reviewed], t: Texts) -> Section:
    columns = (
        Column("key", t("scorecard.key"), width=40),
        Column("machine", t("scorecard.machine"), Kind.STATUS, 12),
        Column("status", t("scorecard.holds"), Kind.STATUS, 12),
        Column("steps", t("scorecard.steps"), width=60),
    )
    rows = tuple((item.verdict.key, item.verdict.status, item.status, _steps(item, t)) for item in items if item.trail)
    note = t("scorecard.outdated") if any(item.is_outdated for item in items) else ""
    table = Table("reviews", t("scorecard.reviews"), columns, rows, note, t("scorecard.no_reviews"))
    return Section("reviews", t("scorecard.reviews"), tables=(table,))


def _steps(item: Reviewed, t: Texts) -> str:
    told = (
        t("scorecard.step", day=f"{s.at:%Y-%m-%d}", author=s.author, action=t(f"action.{s.action}"), reason=s.reason)
        for s in item.trail
    )
    return t("scorecard.steps_mark").join(told)


def _grades(model: ScoringModel, t: Texts) -> tuple[str, ...]:
    return tuple(t("scorecard.grade_from", name=g.name, points=f"{g.from_points:g}") for g in model.grades)


def _method(model: ScoringModel, t: Texts) -> Section:
    credit = model.credit
    late = t("scorecard.late_mark").join(
        t("scorecard.late_upto", days=s.days, credit=f"{s.credit:g}")
        if s.days
        else t("scorecard.late_more", credit=f"{s.credit:g}")
        for s in credit.late
    )
    shown = {name: getattr(credit, name) for name in ("inconclusive", "manual")}
    points = [
        t("scorecard.source", source=model.source),
        t("scorecard.credit", on_time=f"{credit.on_time:g}", late=late, missing=f"{credit.missing:g}"),
        *(
            t("scorecard.excluded", status=t(f"status.{name}"))
            if value == "exclude"
            else t("scorecard.counts", status=t(f"status.{name}"), credit=f"{value:g}")
            for name, value in shown.items()
        ),
        t(f"scorecard.empty_{EmptyTheme(model.empty_theme).value}"),
        t("scorecard.grades_said", grades=t.join(_grades(model, t))),
    ]
    if model.least_judged:
        points.append(t("scorecard.least_judged", share=f"{model.least_judged:.0%}"))
    return Section("method", t("scorecard.method"), points=tuple(points))
