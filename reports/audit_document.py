"""The audit as a document: the rows of the HTML report for Word, Excel, CSV and JSON."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from checks.verdict import Flag, Status, Verdict
from reports.audit import Audit
from reports.charts import MAX_BARS, lateness_bars, status_matrix
from reports.document import Cell, Chart, Column, Document, Kind, Section, Table
from reports.figures import Tally, figures, percent
from reports.links import bounded
from reports.periods import period_name
from reports.sections import agency_order, batch_sentences, summary
from reports.tables import days_behind, findings
from reports.texts import Lang, Texts, texts

_JUDGED = frozenset({Status.ON_TIME, Status.LATE, Status.OVERDUE, Status.MISSING})


def audit_document(audit: Audit, lang: Lang) -> Document:
    """Overview, agencies, findings, what could not be judged, and every verdict, in the verdicts' order."""
    t, plan = texts(lang), audit.register.plan
    counts = figures(audit.verdicts)
    doubted = sum(1 for v in audit.verdicts if v.status is Status.ON_TIME and set(v.flags) - {Flag.CALENDAR_ASSUMED})
    accused, batched = findings(audit.verdicts, audit.as_of), _batches(audit, t)
    return Document(
        kind="audit",
        title=t("page.title", plan=plan.title),
        lang=t("lang"),
        facts=((t("page.as_of"), audit.as_of.isoformat()),),
        sections=(
            Section("overview", t("section.overview"), tuple(summary(audit.register, counts, audit.as_of, doubted, t))),
            _agencies(audit, t),
            Section(
                "findings",
                t("section.findings"),
                paragraphs=batched,
                charts=_lateness(accused, t),
                tables=(_table("findings", t("section.findings"), accused, audit, t),),
            ),
            Section(
                "unjudged",
                t("section.unjudged"),
                tables=(_table("unjudged", t("section.unjudged"), _of(audit, Status.INCONCLUSIVE), audit, t),),
            ),
            Section(
                "verdicts",
                t("audit.all"),
                tables=(_table("verdicts", t("audit.all"), audit.verdicts, audit, t),),
            ),
        ),
        criteria=(("plan", plan.id), ("place", plan.place), ("year", str(plan.year))),
        data={"plan": plan.id, "as_of": audit.as_of.isoformat(), "batches": list(batched)},
    )


def _batches(audit: Audit, t: Texts) -> tuple[str, ...]:
    """Each batch in one sentence above the findings, as in the page: its instalments are one problem."""
    named = {o.id: o.title for o in audit.register.obligations}
    return batch_sentences(audit.verdicts, {v.obligation: bounded(_what(v, named)) for v in audit.verdicts}, t)


def _what(v: Verdict, named: Mapping[str, str]) -> str:
    return named.get(v.obligation) or v.obligation_title or v.obligation


def _of(audit: Audit, status: Status) -> tuple[Verdict, ...]:
    return tuple(v for v in audit.verdicts if v.status is status)


def _agencies(audit: Audit, t: Texts) -> Section:
    counts = figures(audit.verdicts)
    statuses = tuple(Status)
    columns = (
        Column("agency", t("audit.agency"), width=18),
        *(Column(s.value, t(f"status.{s}"), Kind.NUMBER, 10) for s in statuses),
        Column("judged", t("scorecard.judged"), Kind.NUMBER, 10),
        Column("on_time_rate", t("scorecard.rate"), Kind.SHARE, 12),
    )
    rows: list[tuple[Cell, ...]] = []
    for name in agency_order(audit.register, counts.by_agency):
        tally = counts.by_agency.get(name, Tally())  # an agency without a verdict keeps its row
        rows.append((name, *(tally.count(s) for s in statuses), tally.judged, tally.on_time_rate))
    rate = percent(counts.overall.on_time, counts.overall.judged)
    note = t("audit.rate", rate=rate) if rate else ""
    table = Table("agencies", t("section.agencies"), columns, tuple(rows), note, is_wide=True)
    return Section("agencies", t("section.agencies"), charts=_matrix(audit, t), tables=(table,))


def _matrix(audit: Audit, t: Texts) -> tuple[Chart, ...]:
    """On time out of judged, by agency and month of the due date."""
    cells: dict[tuple[str, str], list[Status]] = defaultdict(list)
    for v in audit.verdicts:
        if v.due is not None and v.status in _JUDGED:
            cells[v.agency, f"{v.due:%Y-%m}"].append(v.status)
    if not cells:
        return ()
    squares = [(a, m, sum(s is Status.ON_TIME for s in found), len(found)) for (a, m), found in sorted(cells.items())]
    of = len({agency for agency, *_ in squares})
    title = t("audit.matrix") if of <= MAX_BARS else t("audit.matrix_part", n=MAX_BARS, of=of)
    return (Chart("matrix", title, t("audit.matrix_said"), status_matrix(squares)),)


def _lateness(accused: Iterable[Verdict], t: Texts) -> tuple[Chart, ...]:
    days = [v.days_late for v in accused if v.status is Status.LATE and v.days_late]
    return (Chart("lateness", t("audit.lateness"), t("audit.lateness_said"), lateness_bars(days)),) if days else ()


def _table(id_: str, title: str, verdicts: Iterable[Verdict], audit: Audit, t: Texts) -> Table:
    columns = (
        Column("agency", t("audit.agency"), width=14),
        Column("title", t("audit.item"), width=28),
        Column("period", t("audit.period"), width=20),
        Column("status", t("audit.status"), Kind.STATUS, 12),
        Column("flags", t("audit.flags"), width=14),
        Column("due", t("audit.due"), Kind.DATE, 12),
        Column("published", t("audit.published"), Kind.DATE, 12),
        Column("days", t("audit.days"), Kind.NUMBER, 8),
        Column("page_title", t("audit.page_title"), width=36),
        Column("url", t("audit.url"), Kind.LINK, 30),
        Column("reason", t("audit.reason"), width=50),
        Column("key", t("audit.key"), width=36),
    )
    return Table(id_, title, columns, tuple(_row(v, audit, t) for v in verdicts), empty=t("audit.none"), is_wide=True)


def _row(v: Verdict, audit: Audit, t: Texts) -> tuple[Cell, ...]:
    period = period_name(v.period, t) if v.period else v.subject
    flags = t.join(tuple(t(f"flag.{flag}") for flag in v.flags)) or None
    reason = v.reason_en if t.lang is Lang.EN and v.reason_en else v.reason
    days = days_behind(v, audit.as_of)
    what = v.obligation_title or v.obligation
    return (v.agency, what, period, v.status, flags, v.due, v.published, days, v.title, v.url, reason, v.key)
