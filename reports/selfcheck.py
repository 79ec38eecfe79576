"""An agency's own check, on one page: what is overdue, what comes due, what is incomplete, what nobody could find."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from checks.verdict import Flag, Status, Verdict
from plans.register import Register
from reports.document import Cell, Column, Document, Kind, Section, Table
from reports.figures import tally
from reports.periods import period_name
from reports.texts import Lang, Texts, texts

AHEAD: Final = dt.timedelta(days=30)
_ABSENT: Final = frozenset({Status.OVERDUE, Status.MISSING})
_POOR: Final = frozenset({Flag.INCOMPLETE, Flag.REMOVED, Flag.WRONG_PLACE, Flag.UNDATED, Flag.BACKDATED})


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What one agency is told. `url` is the portal that was read."""

    register: Register
    agency: str
    url: str
    verdicts: tuple[Verdict, ...]
    as_of: dt.date


def selfcheck(check: SelfCheck, lang: Lang) -> Document:
    """The to-do list: overdue first, then what is due within 30 days, then what an inspector would stumble over."""
    t = texts(lang)
    coming = _sorted(v for v in check.verdicts if v.status is Status.NOT_DUE and _is_near(v, check.as_of))
    counts = tally(check.verdicts)
    overdue = _sorted(v for v in check.verdicts if v.status in _ABSENT)
    poor = _sorted(v for v in check.verdicts if _POOR.intersection(v.flags))
    unclear = _sorted(v for v in check.verdicts if v.status is Status.INCONCLUSIVE)
    late = _sorted(v for v in check.verdicts if v.status is Status.LATE)
    by_hand = _sorted(v for v in check.verdicts if v.status is Status.MANUAL)
    said = t(
        "selfcheck.said",
        overdue=len(overdue),
        coming=len(coming),
        poor=len(poor),
        unclear=len(unclear),
        on_time=counts.on_time,
        judged=counts.judged,
    )
    make = _maker(check, t)
    return Document(
        kind="selfcheck",
        title=t("selfcheck.title", agency=check.agency),
        lang=t("lang"),
        facts=(
            (t("selfcheck.plan"), check.register.plan.title),
            (t("selfcheck.site"), check.url),
            (t("page.as_of"), check.as_of.isoformat()),
        ),
        sections=(
            Section("overview", "", (said,)),
            make("overdue", overdue, "selfcheck.todo_overdue"),
            make("coming", coming, "selfcheck.todo_coming"),
            make("poor", poor, "selfcheck.todo_poor"),
            make("unclear", unclear, "selfcheck.todo_unclear"),
            make("late", late, "selfcheck.todo_late"),
            make("manual", by_hand, "selfcheck.todo_manual"),
        ),
        criteria=(("plan", check.register.plan.id),),
        data={"agency": check.agency, "as_of": check.as_of.isoformat()},
    )


def _maker(check: SelfCheck, t: Texts) -> Callable[[str, tuple[Verdict, ...], str], Section]:
    columns = (
        Column("title", t("selfcheck.item"), width=30),
        Column("period", t("selfcheck.period"), width=20),
        Column("due", t("selfcheck.due"), Kind.DATE, 12),
        Column("days", t("selfcheck.days"), Kind.NUMBER, 8),
        Column("status", t("selfcheck.status"), Kind.STATUS, 12),
        Column("reason", t("selfcheck.reason"), width=50),
        Column("url", t("selfcheck.url"), Kind.LINK, 30),
        Column("key", t("selfcheck.key"), width=30),
    )

    def _make(id_: str, verdicts: tuple[Verdict, ...], advice: str) -> Section:
        rows = tuple(_row(v, check, t) for v in verdicts)
        title = t(f"selfcheck.{id_}")
        table = Table(id_, title, columns, rows, empty=t("selfcheck.none"), is_wide=True)
        return Section(id_, t("page.counted", title=title, n=len(rows)), (t(advice),) if rows else (), tables=(table,))

    return _make


def _row(v: Verdict, check: SelfCheck, t: Texts) -> tuple[Cell, ...]:
    year = check.register.plan.year if t.lang is Lang.ZH else None  # in English "05" alone is no month
    period = period_name(v.period, t, within=year) if v.period else v.subject
    flags = t.join(tuple(t(f"flag.{flag}") for flag in v.flags))
    reason = v.reason_en if t.lang is Lang.EN and v.reason_en else v.reason
    said = t("selfcheck.flagged", flags=flags, reason=reason) if flags else reason
    days = (v.due - check.as_of).days if v.due else None
    return (v.obligation_title or v.obligation, period, v.due, days, v.status, said, v.url, v.key)


def _is_near(verdict: Verdict, as_of: dt.date) -> bool:
    return verdict.due is not None and as_of <= verdict.due <= as_of + AHEAD


def _sorted(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    return tuple(sorted(verdicts, key=lambda v: (v.due or dt.date.max, v.key)))
