"""Verdicts as data: the lines of `verdicts.jsonl`, the fuller form for the database, and summary figures.

The keys of a line are a contract (DESIGN 4): they may grow at the end and keep their order and meaning.
"""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from checks.coverage import SHANGHAI
from checks.verdict import Candidate, ColumnRead, Flag, ReasonCode, Refusal, Status, Verdict
from plans.register import Register

_JUDGED: Final = frozenset({Status.ON_TIME, Status.LATE, Status.OVERDUE, Status.MISSING})


def to_line(verdict: Verdict) -> dict[str, Any]:
    """The contract's keys in the contract's order, then `reason_code`."""
    return {
        "plan": verdict.plan,
        "obligation": verdict.obligation,
        "agency": verdict.agency,
        "site": verdict.site,
        "period": verdict.period,
        "subject": verdict.subject,
        "status": verdict.status.value,
        "flags": [flag.value for flag in verdict.flags],
        "due": _day(verdict.due),
        "published": _day(verdict.published),
        "first_seen": _instant(verdict.first_seen),
        "days_late": verdict.days_late,
        "url": verdict.url,
        "title": verdict.title,
        "evidence": verdict.evidence,
        "reason": f"{verdict.reason_code.value}: {verdict.reason}",
        "reason_code": verdict.reason_code.value,
    }


def to_record(verdict: Verdict) -> dict[str, Any]:
    """Everything that a verdict holds, for the database and `gongkai explain`: a line's keys and more."""
    return to_line(verdict) | {
        "key": verdict.key,
        "reason_en": verdict.reason_en,
        "measure": verdict.measure,
        "obligation_title": verdict.obligation_title,
        "due_explained": list(verdict.due_explained),
        "due_explained_en": list(verdict.due_explained_en),
        "candidates": [_candidate(candidate) for candidate in verdict.candidates],
        "columns": [_column(column) for column in verdict.columns],
        "clocks": [list(clock) for clock in verdict.clocks],
    }


def from_record(record: Mapping[str, Any]) -> Verdict:
    """The verdict of a record or of a line (a line has lost what explains it).

    Raises KeyError, TypeError or ValueError for what `to_line` or `to_record` did not write.
    """
    code = ReasonCode(record["reason_code"])
    return Verdict(
        plan=record["plan"],
        obligation=record["obligation"],
        agency=record["agency"],
        site=record["site"],
        period=record["period"],
        subject=record["subject"],
        status=Status(record["status"]),
        flags=tuple(Flag(flag) for flag in record["flags"]),
        due=_read_day(record["due"]),
        published=_read_day(record["published"]),
        first_seen=dt.datetime.fromisoformat(record["first_seen"]) if record["first_seen"] else None,
        days_late=record["days_late"],
        url=record["url"],
        title=record["title"],
        evidence=record["evidence"],
        reason_code=code,
        reason=record["reason"].removeprefix(f"{code.value}: "),
        reason_en=record.get("reason_en", ""),
        measure=record.get("measure", ""),
        obligation_title=record.get("obligation_title", ""),
        due_explained=tuple(record.get("due_explained", ())),
        due_explained_en=tuple(record.get("due_explained_en", ())),
        candidates=tuple(_read_candidate(candidate) for candidate in record.get("candidates", ())),
        columns=tuple(ColumnRead(**column) for column in record.get("columns", ())),
        clocks=tuple((name, value) for name, value in record.get("clocks", ())),
    )


def to_jsonl(verdicts: Iterable[Verdict]) -> bytes:
    """The whole of `verdicts.jsonl` in UTF-8: the same verdicts, the same bytes."""
    lines = (json.dumps(to_line(verdict), ensure_ascii=False) + "\n" for verdict in verdicts)
    return "".join(lines).encode("utf-8", "replace")  # a lone surrogate in a hostile title ends nothing


def summary_of(register: Register, verdicts: Iterable[Verdict], as_of: dt.date) -> dict[str, Any]:
    """The contents of `summary.json`: counts by status with their denominators, overall, by agency and by
    obligation, each in the verdicts' order."""
    every, plan = list(verdicts), register.plan
    return {
        "plan": {"id": plan.id, "title": plan.title, "place": plan.place, "year": plan.year},
        "as_of": as_of.isoformat(),
        "overall": _figures(every),
        "by_agency": {name: _figures(group) for name, group in _grouped(every, "agency").items()},
        "by_obligation": {name: _figures(group) for name, group in _grouped(every, "obligation").items()},
        "by_reason": dict(sorted(Counter(verdict.reason_code.value for verdict in every).items())),
        "by_flag": dict(sorted(Counter(flag.value for verdict in every for flag in verdict.flags).items())),
    }


def _figures(verdicts: list[Verdict]) -> dict[str, Any]:
    """`due`: all but not_due and manual; `judged`: those of them that could be decided. `on_time_rate` is on time
    out of judged and None where nothing was judged: never and late are two values, and so are none and zero."""
    counts = Counter(verdict.status for verdict in verdicts)
    judged = sum(counts[status] for status in _JUDGED)
    return {
        "total": len(verdicts),
        "due": judged + counts[Status.INCONCLUSIVE],
        "judged": judged,
        "by_status": {status.value: counts[status] for status in Status},
        "on_time_rate": round(counts[Status.ON_TIME] / judged, 4) if judged else None,
    }


def _grouped(verdicts: list[Verdict], key: str) -> dict[str, list[Verdict]]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[getattr(verdict, key)].append(verdict)
    return groups


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "url": candidate.url,
        "title": candidate.title,
        "published": _day(candidate.published),
        "periods": list(candidate.periods),
        "refused": candidate.refused.value if candidate.refused else None,
        "detail": candidate.detail,
        "doubt": candidate.doubt,
    }


def _read_candidate(record: Mapping[str, Any]) -> Candidate:
    return Candidate(
        url=record["url"],
        title=record["title"],
        published=_read_day(record["published"]),
        periods=tuple(record["periods"]),
        refused=Refusal(record["refused"]) if record["refused"] else None,
        detail=record["detail"],
        doubt=record.get("doubt", False),
    )


def _column(column: ColumnRead) -> dict[str, Any]:
    return {
        "site": column.site,
        "column": column.column,
        "url": column.url,
        "read_at": column.read_at,
        "back_to": column.back_to,
        "stop": column.stop,
        "sufficient": column.sufficient,
        "pages": column.pages,
        "items": column.items,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _read_day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _instant(instant: dt.datetime | None) -> str | None:
    return instant.astimezone(SHANGHAI).isoformat(timespec="seconds") if instant else None
