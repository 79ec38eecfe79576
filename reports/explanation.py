"""The chain behind one verdict as text: clause, due date, what was read, which candidates, the evidence."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from db.facts import COMPLETE_STOPS
from reports.texts import Lang, Texts, texts

OTHER_PERIODS_SHOWN: Final = 3  # the neighbours show how the series is called; twenty of them hide the rest
Record = Mapping[str, Any]


def explanation(key: str, record: Record, archived: str | None, lang: Lang) -> Iterator[str]:
    """Lines for a terminal. `record` is a stored verdict (checks.export.to_record) with `as_of`; `archived`
    says where the evidence lies."""
    t = texts(lang)
    yield _line(t, "verdict", f"{t('status.' + record['status'])} ({record['status']})  {key}")
    yield from _head(record, t)
    yield from _clocks(record, t)
    yield _line(t, "read", "")
    yield from _columns(record.get("columns") or (), t)
    yield _line(t, "candidates", "")
    yield from _candidates(record, t)
    yield _line(t, "evidence", record.get("evidence") or t("none"))
    yield _line(t, "archived", archived or t("explain.not_archived"))


def _line(t: Texts, label: str, value: object) -> str:
    return t("explain.line", label=t(f"explain.{label}"), value=value).rstrip()


def _head(record: Record, t: Texts) -> Iterator[str]:
    yield _line(t, "clause", f"{record['plan']} {record.get('measure', '')}")
    yield _line(t, "obligation", f"{record['obligation']} {record.get('obligation_title', '')}")
    for name in ("agency", "site", "period", "subject", "as_of"):
        if record.get(name):
            yield _line(t, name, record[name])
    if record.get("due"):
        yield _line(t, "due", day_named(record["due"], t))
        yield from (t("explain.counted", step=step) for step in record.get("due_explained", ()))
    if record.get("published"):
        yield _line(t, "published", day_named(record["published"], t))
    for name in ("first_seen", "days_late"):
        if record.get(name):
            yield _line(t, name, record[name])
    if record.get("flags"):
        yield _line(t, "flags", t.join(tuple(t(f"flag.{flag}") for flag in record["flags"])))
        for flag in record["flags"]:
            yield t("explain.flag_means", flag=t(f"flag.{flag}"), meaning=t(f"meaning_of_flag.{flag}"))
    reason = record["reason"].partition(": ")[2] if t.lang is Lang.ZH else record.get("reason_en", "")
    yield _line(t, "reason", f"{reason} ({record['reason_code']})")


def day_named(day: str, t: Texts) -> str:
    """An ISO date with its weekday."""
    weekday = t("explain.weekdays")[dt.date.fromisoformat(day).weekday()]
    return t("explain.day", day=day, weekday=weekday)


def _clocks(record: Record, t: Texts) -> Iterator[str]:
    shown = tuple(t("explain.clock", name=t(f"clock.{name}"), value=value) for name, value in record.get("clocks", ()))
    if shown:
        yield _line(t, "clocks", t.join(shown))


def _columns(columns: Sequence[Record], t: Texts) -> Iterator[str]:
    if not columns:
        yield t("explain.no_reading")
    for column in columns:
        mark = t("explain.enough" if column["sufficient"] else "explain.short")
        yield t("explain.column", mark=mark, column=column["column"], site=column["site"], url=column["url"])
        yield t(
            "explain.reading",
            read_at=column["read_at"],
            pages=column["pages"],
            items=column["items"],
            back_to=depth(column, t),
            stop=t(f"stop.{column['stop']}"),
        )


def depth(column: Record, t: Texts) -> str:
    """Back to which day a column was read."""
    if column["back_to"]:
        return t("explain.back_to", day=column["back_to"])
    return t("explain.whole" if column["stop"] in COMPLETE_STOPS else "explain.nowhere")


def _candidates(record: Record, t: Texts) -> Iterator[str]:
    shown, more = weighed(record.get("candidates") or ())
    if not shown:
        yield t("explain.no_candidate")
    for candidate in shown:
        yield from _candidate(candidate, t, mark=candidate_mark(record, candidate, t))
    if more:
        yield t("explain.more", n=more)


def weighed(candidates: Sequence[Record]) -> tuple[tuple[Record, ...], int]:
    """The candidates that tell something, and how many of other periods were left out."""
    others = [c for c in candidates if c["refused"] == "other_period" and not c.get("doubt", False)]
    dropped = {id(candidate) for candidate in others[OTHER_PERIODS_SHOWN:]}
    return tuple(candidate for candidate in candidates if id(candidate) not in dropped), len(dropped)


def candidate_mark(record: Record, candidate: Record, t: Texts) -> str:
    """What became of a candidate. Where nothing was decided, what could be it is a doubt and was not turned down."""
    refused = candidate["refused"]
    if refused is None:
        return t("explain.accepted")
    if candidate.get("doubt", False) and record["status"] == "inconclusive":
        return t("explain.doubt", why=t(f"doubt.{refused}"))
    return t("explain.refused", why=t(f"refusal.{refused}"))


def _candidate(candidate: Record, t: Texts, *, mark: str) -> Iterator[str]:
    periods = t("explain.about", periods=" ".join(candidate["periods"])) if candidate["periods"] else ""
    published = candidate["published"] or t("explain.undated")
    yield t("explain.candidate", mark=mark, published=published, title=candidate["title"], periods=periods)
    detail = f"  {candidate['detail']}" if candidate.get("detail") else ""
    yield f"      {candidate['url']}{detail}"
