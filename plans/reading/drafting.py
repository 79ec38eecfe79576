"""Measures with drafts -> a register that `plans.load` accepts, for a person to finish."""

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ruamel.yaml import YAML

from plans.load import PlanFileError, parse
from plans.reading.cadences import EXPLICIT, VAGUE
from plans.reading.errors import PlanImportError
from plans.reading.lexicon import Stated, lexicon
from plans.reading.measure import Draft, Heading, ImportedPlan, Measure, Origin
from plans.reading.numerals import value
from plans.reading.script import plain
from plans.register import After, CheckMode, Kind, Register

NO_LEAD: Final = "（待定）"  # stands where the plan names nobody; lint and reviewers find it
_SEEN_BY_NO_CRAWLER: Final = frozenset({Kind.DUTY, Kind.PLATFORM, Kind.RESPONSE})
_WEBSITE = re.compile(r"网|平台|专栏|门户|栏目|专题|专区|系统|目录")
_LIMIT = re.compile(r"(\d+) (working days|days|hours) after (.+)", re.ASCII)
_POLICIES: Final = ["办法|意见|规定|方案|细则|决定"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One obligation as it stands in the register, beside what it was drafted from."""

    measure: Measure
    draft: Draft
    values: dict[str, Any]


def to_register_yaml(plan: ImportedPlan) -> str:
    """The register's text. Raises PlanImportError where place or year are unknown."""
    if plan.place is None or plan.year is None:
        raise PlanImportError(
            "没有读出计划的地区或年份，请用 --place 和 --year 给出", "place or year not found: give --place and --year"
        )
    content = {
        "plan": {
            "id": f"plan-{plan.year}-{plan.sha256[:8]}",
            "title": plan.title,
            "place": plan.place,
            "year": plan.year,
            "source": {"file": plan.file, "sha256": plan.sha256},
        },
        "obligations": [entry.values for entry in entries_of(plan)],
    }
    text = f"# 由 {_one_line(plan.file)} 导入的草稿，请逐条核对；note 中是导入时的疑点。\n" + _dumped(content)
    try:
        parse(text.encode(), Register, plan.file)
    except PlanFileError as error:
        raise PlanImportError(
            f"草稿不合台账格式：{error.problems[0]}", f"the draft is no register: {error.problems[0]}"
        ) from error
    return text


def _dumped(content: dict[str, Any]) -> str:
    yaml = YAML()
    yaml.width = 4096
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()


def entries_of(plan: ImportedPlan) -> Iterator[Entry]:
    """The register's obligations in the plan's order; their ids are the sections' and items' numbers."""
    places = _places(plan)
    drafts = Counter(place for place, measure in zip(places, plan.measures, strict=True) for _ in measure.obligations)
    used: Counter[tuple[str, int]] = Counter()
    for place, measure in zip(places, plan.measures, strict=True):
        for draft in measure.obligations:
            letter = _letter(used[place]) if drafts[place] > 1 else ""
            used[place] += 1
            section, number = place
            yield Entry(
                measure, draft, _values(f"{section}-{number}{letter}", _measure_name(measure, number), draft, measure)
            )


def _places(plan: ImportedPlan) -> list[tuple[str, int]]:
    """(section, number) of each measure, numbered on where the plan does not number."""
    unnumbered: dict[str, int] = {}
    last: dict[str, int] = {}
    found: list[tuple[str, int]] = []
    for measure in plan.measures:
        section = ".".join(str(_ordinal(one, unnumbered)) for one in _above(measure)) or "0"
        number = value(measure.clause.number.strip("()")) or last.get(section, 0) + 1
        last[section] = max(number, last.get(section, 0))
        found.append((section, number))
    return found


def _above(measure: Measure) -> tuple[Heading, ...]:
    """The sections, without the item's own title where that was made one."""
    path = measure.clause.path
    own = path and len(path) > 1 and path[-1].numeral == measure.clause.number
    return path[:-1] if own else path


def _ordinal(heading: Heading, unnumbered: dict[str, int]) -> int:
    return value(heading.numeral.strip("()")) or unnumbered.setdefault(heading.whole, len(unnumbered) + 1)


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else f"z{index - 25}"


def _measure_name(measure: Measure, number: int) -> str:
    section = "".join(heading.numeral or heading.title for heading in _above(measure))
    if not section:
        section = "通知" if measure.clause.origin is Origin.COVERING else "正文"
    return _one_line(f"{section}/{measure.clause.number or number}")


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _values(entry_id: str, measure_name: str, draft: Draft, measure: Measure) -> dict[str, Any]:
    check = _check(draft)
    timing = _timing(draft)
    kind = draft.kind
    if kind is Kind.PERIODIC and not timing:
        kind = Kind.STANDING
    found: dict[str, Any] = {
        "id": entry_id,
        "measure": measure_name,
        "title": _one_line(draft.title),
        "lead": list(measure.clause.lead) or [NO_LEAD],
        "cooperating": list(measure.clause.cooperating),
        "kind": kind.value,
        **timing,
        "where": _where(draft),
        "evidence": {} if check is CheckMode.MANUAL else _evidence(draft),
        "check": check.value,
        "note": _note(draft, measure),
    }
    return {key: content for key, content in found.items() if content not in ([], {}, "")}


def _check(draft: Draft) -> CheckMode:
    if draft.kind in _SEEN_BY_NO_CRAWLER:
        return CheckMode.MANUAL
    periodic = draft.kind is Kind.PERIODIC and draft.cadence in EXPLICIT
    return CheckMode.AUTOMATIC if periodic and draft.patterns else CheckMode.ASSISTED


def _timing(draft: Draft) -> dict[str, Any]:
    due = _due(draft.deadline)
    found: dict[str, Any] = {}
    match draft.cadence:
        case Stated.TIMELY | Stated.REGULARLY | Stated.AS_APPROPRIATE:
            found["vague"] = draft.cadence.value
        case Stated.DYNAMIC:
            found["cadence"] = "standing"
        case Stated.ONCE_BY_DATE:
            found["cadence"] = "once"
        case Stated.UNSPECIFIED:
            pass
        case _:
            found["cadence"] = draft.cadence.value
    return {**found, "due": due} if due else found


def _due(deadline: str) -> dict[str, Any]:
    """The register's way to say a limit; nothing where it says none."""
    if found := re.fullmatch(r"day (\d+) of the next month", deadline):
        return {"day": int(found[1]), "of": "next_period"}
    if re.fullmatch(r"\d{4}-\d\d-\d\d", deadline):
        return {"date": dt.date.fromisoformat(deadline)}
    found = _LIMIT.fullmatch(deadline)
    if found is None or int(found[1]) < 1 or int(found[1]) > 1_000:
        return {}
    after = After.PERIOD_END.value if found[3] == "period end" else found[3]
    return {found[2].replace(" ", "_"): int(found[1]), "after": after}


def _where(draft: Draft) -> list[str]:
    """Channels that are no site, where the plan names no site beside them."""
    even = plain(draft.channel)
    if not even or _WEBSITE.search(even):
        return []
    words = lexicon().channels
    return [name for name in words if name not in ("before", "name") and words[name].search(even)]


def _evidence(draft: Draft) -> dict[str, Any]:
    if draft.kind is Kind.PAIRING:
        policies = ["政策文件", "规范性文件"]
        return {"title": _POLICIES, "columns": policies, "pair": {"title": ["解读"], "columns": ["政策解读"]}}
    if draft.kind is Kind.LABEL:
        return {"title": ["废止|失效"], "columns": ["规范性文件", "政策文件"]}
    numbers = [(int(digits[0]), cover) for cover in draft.covers if (digits := re.search(r"\d+", plain(cover)))]
    rows = next((number for number, cover in numbers if "数据集" not in cover and number > 0), None)
    count = next((number for number, cover in numbers if "数据集" in cover and number > 0), None)
    found: dict[str, Any] = {
        "title": list(draft.patterns),
        "fields": list(draft.fields),
        **({"min_rows": rows} if rows else {}),
        **({"min_count": count} if count else {}),
    }
    return {key: content for key, content in found.items() if content}


def _note(draft: Draft, measure: Measure) -> str:
    said = [
        f"原文“{draft.cadence_phrase}”" if draft.cadence_phrase and draft.cadence in VAGUE else "",
        f"渠道：{draft.channel}" if draft.channel else "",
        *(f"须涵盖{cover}" for cover in draft.covers),
        *(f"疑点：{doubt}" for doubt in dict.fromkeys((*measure.clause.doubts, *draft.doubts))),
    ]
    return _one_line("；".join(part for part in said if part))
