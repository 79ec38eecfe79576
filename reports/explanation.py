"""The chain behind one verdict as text: clause, due date, what was read, which candidates, the evidence."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

Words = Mapping[str, str]

_ZH: Final[Words] = {
    "verdict": "判定",
    "clause": "依据条款",
    "obligation": "公开事项",
    "agency": "责任单位",
    "site": "网站",
    "period": "期次",
    "subject": "对象",
    "as_of": "判定截至",
    "due": "应公开日期",
    "counted": "  如何计算",
    "published": "页面所称发布日期",
    "first_seen": "首见时间",
    "days_late": "迟发天数",
    "reason": "理由",
    "flags": "标记",
    "clocks": "各时间线索",
    "read": "查阅范围",
    "no_reading": "  没有查阅记录",
    "candidates": "候选",
    "no_candidate": "  没有标题相符的候选",
    "accepted": "采用",
    "evidence": "证据",
    "archived": "存档位置",
    "not_archived": "没有存档（没有读到可作证据的页面）",
    "column": (
        "  {mark} {column}（{site}）{url}\n    {read_at} 查阅，{pages} 页 {items} 条，读至 {back_to}，停止原因：{stop}"
    ),
    "enough": "读全",
    "short": "未读全",
    "whole": "列表末尾",
    "unknown": "（未知）",
    "undated": "（无日期）",
}
_EN: Final[Words] = {
    "verdict": "Verdict",
    "clause": "Clause",
    "obligation": "Obligation",
    "agency": "Agency",
    "site": "Site",
    "period": "Period",
    "subject": "Subject",
    "as_of": "Judged as of",
    "due": "Due date",
    "counted": "  how it was counted",
    "published": "Claimed publish date",
    "first_seen": "First seen",
    "days_late": "Days late",
    "reason": "Reason",
    "flags": "Flags",
    "clocks": "Clocks",
    "read": "Coverage",
    "no_reading": "  no reading on record",
    "candidates": "Candidates",
    "no_candidate": "  no candidate with a matching title",
    "accepted": "accepted",
    "evidence": "Evidence",
    "archived": "Archived at",
    "not_archived": "nothing archived (no page was read that could serve as evidence)",
    "column": (
        "  {mark} {column} ({site}) {url}\n"
        "    read {read_at}, {pages} pages, {items} rows, back to {back_to}; stopped: {stop}"
    ),
    "enough": "complete",
    "short": "incomplete",
    "whole": "the end of the list",
    "unknown": "(unknown)",
    "undated": "(no date)",
}
_STATUS_ZH: Final[Words] = {
    "on_time": "按时公开",
    "late": "迟发",
    "overdue": "逾期未公开",
    "missing": "未公开",
    "not_due": "未到期",
    "inconclusive": "无法判定",
    "manual": "需人工核查",
}
_COMPLETE: Final = ("end_of_list",)


def lines(key: str, record: Mapping[str, Any], archived: str | None, lang: str) -> Iterator[str]:
    """Lines for a terminal. `record` is a stored verdict (checks.export.to_record) with `as_of`; `archived`
    says where the evidence lies."""
    words = _EN if lang == "en" else _ZH
    colon = ": " if lang == "en" else "："
    status = record["status"] if lang == "en" else f"{_STATUS_ZH[record['status']]}（{record['status']}）"
    yield f"{words['verdict']}{colon}{status}    {key}"
    for name, value in _head(record, lang):
        if value not in (None, "", [], ()):
            yield f"{words[name]}{colon}{value}"
        if name == "due":
            yield from (f"{words['counted']}{colon}{step}" for step in record.get("due_explained", ()))
    yield from _clocks(record, words)
    yield f"{words['read']}{colon}"
    yield from _columns(record, words)
    yield f"{words['candidates']}{colon}"
    yield from _candidates(record, words)
    yield f"{words['evidence']}{colon}{record.get('evidence') or '-'}"
    yield f"{words['archived']}{colon}{archived or words['not_archived']}"


def _head(record: Mapping[str, Any], lang: str) -> list[tuple[str, object]]:
    reason = record.get("reason_en") if lang == "en" else record.get("reason")
    return [
        ("clause", f"{record['plan']} {record.get('measure', '')}"),
        ("obligation", f"{record['obligation']} {record.get('obligation_title', '')}"),
        ("agency", record["agency"]),
        ("site", record.get("site")),
        ("period", record.get("period")),
        ("subject", record.get("subject")),
        ("as_of", record.get("as_of")),
        ("due", record.get("due")),
        ("published", record.get("published")),
        ("first_seen", record.get("first_seen")),
        ("days_late", record.get("days_late")),
        ("flags", " ".join(record.get("flags", ()))),
        ("reason", reason),
    ]


def _clocks(record: Mapping[str, Any], words: Words) -> Iterator[str]:
    clocks = record.get("clocks") or ()
    if clocks:
        yield f"{words['clocks']}: " + "  ".join(f"{name}={value}" for name, value in clocks)


def _columns(record: Mapping[str, Any], words: Words) -> Iterator[str]:
    columns = record.get("columns") or ()
    if not columns:
        yield words["no_reading"]
    for column in columns:
        whole = words["whole"] if column["stop"] in _COMPLETE else words["unknown"]
        shown = dict(column) | {
            "back_to": column["back_to"] or whole,
            "mark": f"[{words['enough'] if column['sufficient'] else words['short']}]",
        }
        yield words["column"].format_map(shown)


def _candidates(record: Mapping[str, Any], words: Words) -> Iterator[str]:
    candidates = record.get("candidates") or ()
    if not candidates:
        yield words["no_candidate"]
    for candidate in candidates:
        verdict = words["accepted"] if candidate["refused"] is None else f"× {candidate['refused']}"
        detail = f"（{candidate['detail']}）" if candidate.get("detail") else ""
        periods = " ".join(candidate.get("periods") or ())
        yield f"  [{verdict}] {candidate['published'] or words['undated']} {candidate['title']} {periods}{detail}"
        yield f"      {candidate['url']}"
