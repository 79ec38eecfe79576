"""The audit report: one self-contained page that an inspector can put on a desk, and its tables."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup

from checks.verdict import Flag, Status, Verdict
from db.facts import Reading, SiteReading
from plans.register import Plan, Register
from plans.sites import Sites
from reports import sections
from reports.figures import figures, percent
from reports.items import Item, Names, item
from reports.links import web_link
from reports.matrix import matrix, plan_months
from reports.moments import local_time
from reports.periods import period_name
from reports.selfcontained import environment
from reports.switching import drop_stale_page, other_page
from reports.tables import FINDING_STATUSES, csv_text, findings, verdict_rows
from reports.texts import Lang, Texts, texts
from reports.writing import replace_files

OPEN_ROWS: Final = 150  # up to so many rows the matrix and the findings stand open; more are folded
PRINTED: Final = 3_000  # verdicts: of more, the matrix and the inconclusive are printed in the annex alone
PROVED: Final = 300  # findings printed with all their grounds, gravest first; the others in the annex alone


@dataclass(frozen=True, slots=True)
class Audit:
    """All that the report shows. `generated_for` is the reader, free text. `crawled_at` is when the sites were
    last read, `requests` what that cost; None where nobody recorded it."""

    register: Register
    sites: Sites
    verdicts: tuple[Verdict, ...]
    readings: tuple[Reading, ...]
    as_of: dt.date
    generated_for: str = ""
    crawled_at: dt.datetime | None = None
    site_readings: tuple[SiteReading, ...] = ()
    requests: int | None = None


def render_audit(audit: Audit, lang: Lang, other: str | None = None) -> str:
    """The report as one HTML page without outside resources; `other` is the file beside it with the same report in
    the other language. The same audit gives the same bytes."""
    words = texts(lang)
    page = _environment().get_template("audit.html.j2")
    return page.render(t=words, other=other, **_context(audit, words)) + "\n"


def write_audit(audit: Audit, out_dir: Path, lang: Lang) -> tuple[Path, ...]:
    """Writes report.html, the same in the other language (report.en.html), verdicts.csv and findings.csv into
    `out_dir`, which is made if need be; each file is replaced in one step, and none before all are ready. Raises
    OSError."""
    accused, beside = findings(audit.verdicts, audit.as_of), other_page("report", lang)
    files = {
        "report.html": render_audit(audit, lang, beside).encode("utf-8", "replace"),
        beside: render_audit(audit, lang.other, "report.html").encode("utf-8", "replace"),
        "verdicts.csv": csv_text(verdict_rows(audit.verdicts, lang)).encode("utf-8-sig", "replace"),
        "findings.csv": csv_text(verdict_rows(accused, lang)).encode("utf-8-sig", "replace"),
    }
    replace_files({out_dir / name: body for name, body in files.items()})
    drop_stale_page(out_dir, "report", lang)
    return tuple(out_dir / name for name in files)


def _context(audit: Audit, t: Texts) -> dict[str, Any]:
    names = names_of(audit, t)
    items = {id(v): item(v, names) for v in audit.verdicts}
    shown = tuple(items[id(v)] for v in audit.verdicts)
    accused = tuple(items[id(v)] for v in findings(audit.verdicts, audit.as_of))
    counts, doubted = figures(audit.verdicts), sections.doubts(shown)
    read = sections.coverage(audit.sites, audit.readings, audit.site_readings, t)
    order = sections.agency_order(audit.register, counts.by_agency)
    grouped = dict(sections.by_agency(shown))
    return {
        "audit": audit,
        "is_printed": len(audit.verdicts) <= PRINTED,
        "proved": PROVED,
        "zh": Markup("") if t.lang is Lang.ZH else Markup(' lang="zh-Hans"'),  # names are Chinese in any language
        "plan": audit.register.plan,
        "crawled_at": local_time(audit.crawled_at),
        "requests": _requests(audit, t),
        "counts": counts,
        "overall_rate": percent(counts.overall.on_time, counts.overall.judged),
        "assumed": counts.flags[Flag.CALENDAR_ASSUMED],
        "cards": sections.cards(counts.overall, t),
        "sentences": sections.summary(audit.register, counts, audit.as_of, len(doubted), t),
        "agencies": sections.agency_rows(audit.register, counts.by_agency),
        "matrix": matrix(audit.register.plan, [(name, grouped[name]) for name in order if name in grouped]),
        "month_names": _month_names(audit.register.plan, t),
        "findings": tuple((s, sections.of_status(accused, s)) for s in FINDING_STATUSES),
        "batches": sections.batches(shown, t),
        "doubts": doubted,
        "doubtful": frozenset(each.anchor for each in doubted),
        "unjudged": sections.unjudged(shown),
        "manual": sections.of_status(shown, Status.MANUAL),
        "coverage": read,
        "columns_read": sum(len(site.columns) for site in read),
        "columns_complete": sum(column.complete for site in read for column in site.columns),
        "unbound": tuple(site.name for site in audit.sites.sites if not site.obey_robots),
        "on_time": sections.by_agency(sections.of_status(shown, Status.ON_TIME)),
        "not_due": tuple(sorted(sections.of_status(shown, Status.NOT_DUE), key=_due_day)),
    }


def names_of(audit: Audit, t: Texts) -> Names:
    """What the audit's codes are called."""
    plan = audit.register.plan
    return Names(
        obligations={o.id: o.title for o in audit.register.obligations},
        sites={s.id: s.name for s in audit.sites.sites},
        year=plan.year,
        as_of=audit.as_of,
        texts=t,
    )


def _month_names(plan: Plan, t: Texts) -> tuple[str, ...]:
    codes = (f"{year}-{month:02d}" for year, month in plan_months(plan))
    return tuple(period_name(code, t, within=plan.year) for code in codes)


def _due_day(each: Item) -> dt.date:
    return each.verdict.due or dt.date.max


def _requests(audit: Audit, t: Texts) -> str | None:
    if audit.requests is None:
        return None
    if not audit.verdicts:
        return t("page.requests_value", n=audit.requests)
    return t("page.requests_per_verdict", n=audit.requests, rate=f"{audit.requests / len(audit.verdicts):.1f}")


@cache
def _environment() -> Environment:
    made = environment(("audit.css",), ("sorting.js", "audit.js"))
    made.globals.update(statuses=tuple(Status), open_rows=OPEN_ROWS, web_link=web_link)
    return made
