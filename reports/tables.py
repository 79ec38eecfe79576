"""Verdicts as CSV that Excel opens: the same columns in each file, empty cells where nothing is known."""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from typing import Final

from checks.verdict import Status, Verdict
from reports.links import printable
from reports.moments import local_time
from reports.texts import Lang, Texts, texts

COLUMNS: Final = (
    "key",
    "plan",
    "obligation",
    "obligation_title",
    "measure",
    "agency",
    "site",
    "period",
    "subject",
    "status",
    "status_name",
    "flags",
    "due",
    "published",
    "first_seen",
    "days_late",
    "url",
    "title",
    "evidence",
    "reason_code",
    "reason",
)
FINDING_STATUSES: Final = (Status.MISSING, Status.OVERDUE, Status.LATE)  # gravest first
_STARTS_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")  # OWASP, CSV injection; full-width signs count in Excel too
_MAX_CELL: Final = 32_000  # Excel takes 32,767 characters in a cell

Cell = str | int | None


def verdict_rows(verdicts: Iterable[Verdict], lang: Lang) -> list[list[Cell]]:
    """A heading and one row a verdict, in the order given."""
    words = texts(lang)
    return [[words(f"csv.{name}") for name in COLUMNS], *(_row(v, words) for v in verdicts)]


def findings(verdicts: Iterable[Verdict], as_of: dt.date) -> tuple[Verdict, ...]:
    """The verdicts that accuse: missing, overdue, late; gravest and longest first, then in their own order."""
    accused = (v for v in verdicts if v.status in FINDING_STATUSES)
    return tuple(sorted(accused, key=lambda v: (FINDING_STATUSES.index(v.status), -(days_behind(v, as_of) or 0))))


def days_behind(verdict: Verdict, as_of: dt.date) -> int | None:
    """Calendar days by which a finding is late, or by which it is still absent on `as_of`."""
    if verdict.days_late is not None:
        return verdict.days_late
    if verdict.due is None or verdict.status not in FINDING_STATUSES:
        return None
    return ((verdict.published or as_of) - verdict.due).days


def csv_text(rows: Iterable[Iterable[Cell]]) -> str:
    """Rows as CSV with CRLF; no cell starts a formula. Write it as utf-8-sig, or Excel misreads Chinese."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_inert(cell) for cell in row] for row in rows)
    return out.getvalue()


def _inert(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = printable(cell)[:_MAX_CELL]
    formula = cell.startswith(_STARTS_FORMULA) or text.lstrip().startswith(_STARTS_FORMULA)
    return f"'{text}" if formula else text


def _row(v: Verdict, words: Texts) -> list[Cell]:
    english = words.lang is Lang.EN and v.reason_en
    values: dict[str, Cell] = {
        "key": v.key,
        "plan": v.plan,
        "obligation": v.obligation,
        "obligation_title": v.obligation_title,
        "measure": v.measure,
        "agency": v.agency,
        "site": v.site,
        "period": v.period,
        "subject": v.subject,
        "status": v.status.value,
        "status_name": words(f"status.{v.status}"),
        "flags": words.join(tuple(words(f"flag.{flag}") for flag in v.flags)),
        "due": _day(v.due),
        "published": _day(v.published),
        "first_seen": local_time(v.first_seen),
        "days_late": v.days_late,
        "url": v.url,
        "title": v.title,
        "evidence": v.evidence,
        "reason_code": v.reason_code.value,
        "reason": v.reason_en if english else v.reason,
    }
    return [values[name] for name in COLUMNS]


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
