"""The tables behind a bulletin, in the order of their numbers (heads after STANDARDS 2.2). Each table has its numbered
rows, and one for every site, agency and case: what the text names by example stands here whole."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from checks.indicator_findings import Outcome
from checks.verdict import Verdict
from reports.bulletin_figures import Checked, PlanCheck, Recheck, Round
from reports.bulletin_problems import Problem, Teller, cause, doubt
from reports.bulletin_wording import fill
from reports.document import Cell, Column, Kind, Table
from reports.figures import tally
from reports.links import bounded

Rows = Iterable[tuple[Cell, ...]]


def annexes(
    this: Round, again: Sequence[Recheck], plan: PlanCheck | None, problems: Sequence[Problem], teller: Teller
) -> dict[str, Table]:
    """By name: sample, failed, recheck, unclear, findings and, with a plan, agencies."""
    tables = [
        _sample(this, teller),
        _failed(this, teller),
        _rechecked(again, teller),
        _unclear(this, teller),
        _findings(problems, teller),
    ]
    if plan is not None:
        tables.append(_agencies(plan.held, teller))
    return {table.id: table for table in tables}


def _table(id_: str, title: str, columns: Sequence[Column], rows: Rows, teller: Teller, *, note: str = "") -> Table:
    a = teller.wording.annex
    numbered = tuple((number, *row) for number, row in enumerate(rows, start=1))
    return Table(id_, title, (Column("number", a.number, Kind.NUMBER, 5), *columns), numbered, note, a.none)


def _sample(this: Round, teller: Teller) -> Table:
    a, outcomes = teller.wording.annex, teller.wording.outcomes
    columns = (
        Column("site", a.site, width=20),
        Column("url", a.url, Kind.LINK, 22),
        Column("agency", a.agency, width=16),
        Column("level", a.level, width=9),
        Column("why", a.why, width=15),
        Column("outcome", a.outcome, width=9),
    )
    rows = (
        (
            bounded(s.name),
            bounded(s.url),
            bounded(s.agency),
            _level(s, teller),
            getattr(a, f"why_{s.why.value}"),
            getattr(outcomes, s.outcome.value),
        )
        for s in this.sites
    )
    note = fill(a.sample_note, drawing=this.drawing, seed=bounded(this.seed), digest=bounded(this.frame_digest))
    return _table("sample", a.sample, columns, rows, teller, note=note)


def _failed(this: Round, teller: Teller) -> Table:
    a = teller.wording.annex
    columns = (
        Column("region", a.region, width=10),
        Column("site", a.site, width=16),
        Column("url", a.url_code, Kind.LINK, 20),
        Column("agency", a.agency_owner, width=15),
        Column("problems", a.problems, width=34),
    )
    rows = (
        (
            _level(s, teller),
            bounded(s.name),
            bounded(s.url),
            bounded(s.agency),
            cause(s, teller.wording, teller.t),
        )
        for s in this.sites
        if s.outcome is Outcome.FAILED
    )
    return _table("failed", a.failed, columns, rows, teller)


def _rechecked(again: Sequence[Recheck], teller: Teller) -> Table:
    w, a = teller.wording, teller.wording.annex
    columns = (
        Column("site", a.site, width=20),
        Column("agency", a.agency, width=16),
        Column("last", a.last, width=10),
        Column("now", a.now, width=14),
        Column("reason", a.reason, width=34),
    )
    rows = (
        (
            bounded(each.last.name),
            bounded(each.last.agency),
            w.outcomes.failed,
            getattr(w.outcomes, each.now.outcome.value) if each.now else w.outcomes.absent,
            _said_now(each.now, teller),
        )
        for each in again
    )
    return _table("recheck", a.recheck, columns, rows, teller)


def _said_now(now: Checked | None, teller: Teller) -> str | None:
    if now is None or now.outcome is Outcome.PASSED:
        return None
    say = cause if now.outcome is Outcome.FAILED else doubt
    return say(now, teller.wording, teller.t)


def _unclear(this: Round, teller: Teller) -> Table:
    a = teller.wording.annex
    columns = (
        Column("site", a.site, width=18),
        Column("url", a.url, Kind.LINK, 22),
        Column("agency", a.agency, width=16),
        Column("reason", a.reason, width=38),
    )
    rows = (
        (bounded(s.name), bounded(s.url), bounded(s.agency), doubt(s, teller.wording, teller.t))
        for s in this.sites
        if s.outcome is Outcome.UNCLEAR
    )
    return _table("unclear", a.unclear, columns, rows, teller, note=a.unclear_note)


def _findings(problems: Sequence[Problem], teller: Teller) -> Table:
    a = teller.wording.annex
    columns = (
        Column("category", a.category, width=14),
        Column("agency", a.agency, width=14),
        Column("subject", a.subject, width=18),
        Column("what", a.what, width=36),
        Column("url", a.url, Kind.LINK, 18),
    )
    rows = ((problem.title, *row) for problem in problems for row in problem.rows)
    return _table("findings", a.findings, columns, rows, teller)


def _agencies(held: Iterable[Verdict], teller: Teller) -> Table:
    a = teller.wording.annex
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in held:
        groups[verdict.agency].append(verdict)
    columns = (
        Column("agency", a.agency, width=20),
        Column("due", a.due, Kind.NUMBER, 9),
        Column("judged", a.judged, Kind.NUMBER, 9),
        Column("on_time", a.on_time, Kind.NUMBER, 9),
        Column("late", a.late, Kind.NUMBER, 9),
        Column("absent", a.absent, Kind.NUMBER, 12),
        Column("inconclusive", a.inconclusive, Kind.NUMBER, 9),
        Column("rate", a.rate, Kind.SHARE, 10),
    )
    counts = ((name, tally(group)) for name, group in groups.items())
    rows = (
        (bounded(name), n.due, n.judged, n.on_time, n.late, n.absent, n.inconclusive, n.on_time_rate)
        for name, n in counts
    )
    return _table("agencies", a.agencies, columns, rows, teller, note=a.agencies_note)


def _level(site: Checked, teller: Teller) -> str:
    return teller.wording.levels.named(site.level)
