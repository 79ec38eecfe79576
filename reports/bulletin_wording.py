"""The sentences of a bulletin: YAML that an office may edit, its placeholders checked before anything is written."""

import string
from functools import cache
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, Field

from plans.load import load_file
from plans.problems import broken_rule, shown
from plans.register import Count, Strict
from plans.sites import Level
from reports.links import bounded, printable
from reports.texts import Lang

FOLDER: Final = Path(__file__).parent / "templates"
MAX_SENTENCE: Final = 1_000  # characters of one template; a paragraph of a bulletin has some 300


def _says(*names: str) -> AfterValidator:
    """A text with exactly these placeholders; those written with "?" may be left out."""
    needed = {name for name in names if not name.endswith("?")}
    allowed = {name.rstrip("?") for name in names}

    def _check(text: str) -> str:
        if len(text) > MAX_SENTENCE or text != printable(text) or "\n" in text or "\t" in text:
            raise broken_rule(
                f"应为一行文字，不超过 {MAX_SENTENCE} 字", f"expected one line of at most {MAX_SENTENCE} characters"
            )
        found = _placeholders(text)
        if unknown := sorted(found - allowed):
            listed = "、".join(sorted(allowed)) or "无"
            raise broken_rule(
                f"不认识的占位符 {_braced(unknown)}，可用：{listed}",
                f"unknown placeholder {_braced(unknown)}; there are: {listed}",
            )
        if missing := sorted(needed - found):
            raise broken_rule(f"缺少占位符 {_braced(missing)}", f"lacks the placeholder {_braced(missing)}")
        return text

    return AfterValidator(_check)


def _braced(names: list[str]) -> str:
    return " ".join(f"{{{shown(name)}}}" for name in names)


def _placeholders(text: str) -> set[str]:
    """Bare names alone: an attribute, an index, a conversion or a format would let a template reach for more."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        raise broken_rule(
            "花括号不成对（要写出花括号本身，请写两个）", "unbalanced braces (double them to print one)"
        ) from None
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise broken_rule(
            "占位符中只能写名称，如 {n}，不能带格式", "a placeholder is a bare name such as {n}, without a format"
        )
    return {name for _, name, _, _ in parts if name is not None}


Plain = Annotated[str, _says()]


class Head(Strict):
    title: Annotated[str, _says("issuer", "round")]
    number_blank: Annotated[str, _says("year?")]
    addressee: Plain
    basis: Annotated[str, _says("rules", "round")]
    rules_2015: Plain
    rules_2019: Plain
    rules_other: Plain
    rules_plan: Annotated[str, _says("rules", "plan")]
    month: Annotated[str, _says("year?", "n?", "code?")]
    quarter: Annotated[str, _says("year?", "n?", "code?")]
    day: Annotated[str, _says("year?", "month?", "day?", "iso?")]
    number_name: Plain
    issuer_blank: Plain
    office: Plain


class Levels(Strict):
    portal: Plain
    department: Plain
    district: Plain
    town: Plain
    platform: Plain
    count: Annotated[str, _says("level", "n")]

    def named(self, level: str) -> str:
        """A level that the sites file does not know keeps its own word."""
        names = {each.value: getattr(self, each.value) for each in Level}
        return str(names.get(level, bounded(level)))


class Reasons(Strict):
    failed: Annotated[str, _says("n")]
    yearly: Annotated[str, _says("n")]
    drawn: Annotated[str, _says("n")]


class Outcomes(Strict):
    passed: Plain
    failed: Plain
    unclear: Plain
    absent: Plain


class Overview(Strict):
    title: Plain
    running: Annotated[str, _says("day", "running", "levels")]
    running_none: Annotated[str, _says("day")]
    drawn: Annotated[str, _says("drawn", "share", "running", "levels", "reasons")]
    drawn_none: Plain
    result: Annotated[str, _says("judged", "passed", "failed", "rate")]
    result_one: Annotated[str, _says("outcome")]
    result_none: Annotated[str, _says("drawn", "annex")]
    manual: Annotated[str, _says("n")]
    unclear: Annotated[str, _says("unclear", "drawn", "share", "annex", "low", "high")]
    first: Plain
    up: Annotated[str, _says("previous", "before", "passed", "judged", "points")]
    down: Annotated[str, _says("previous", "before", "passed", "judged", "points")]
    same: Annotated[str, _says("previous", "before", "passed", "judged")]
    no_change: Annotated[str, _says("previous")]
    recheck: Annotated[str, _says("failed", "passed", "still", "unclear", "absent")]
    recheck_none: Plain
    plan: Annotated[str, _says("plan", "day", "agencies", "due", "judged", "on_time", "rate", "late", "absent")]
    plan_none: Annotated[str, _says("plan", "day", "agencies", "due")]
    plan_unclear: Annotated[str, _says("unclear", "due", "share")]
    contested: Annotated[str, _says("n")]


class Quantity(Strict):
    """A word for "some": up to this share (0 to 1), and for at least so many."""

    word: Plain
    at_most: Annotated[float, Field(gt=0, le=1, strict=True, allow_inf_nan=False)]
    at_least: Count


class Problems(Strict):
    title: Plain
    heading: Annotated[str, _says("number", "title")]
    none: Plain
    none_judged: Plain
    who: Annotated[str, _says("word?", "n", "judged", "share")]
    who_one: Plain
    items: Annotated[str, _says("n", "judged", "share")]
    documents: Annotated[str, _says("n", "judged", "share")]
    examples: Annotated[str, _says("examples")]
    examples_more: Annotated[str, _says("examples", "annex")]
    other: Annotated[str, _says("who", "title")]
    other_one: Annotated[str, _says("site")]
    lists: Annotated[str, _says("names")]
    quoted: Annotated[str, _says("name")]
    score: Annotated[str, _says("score", "full")]
    veto: Annotated[str, _says("title", "reason")]
    repeated_title: Plain
    repeated: Annotated[str, _says("who")]
    repeated_one: Annotated[str, _says("site", "n")]


class SiteClass(Strict):
    """A class of problems at sites: those that any of these indicators found."""

    title: Plain
    indicators: Annotated[tuple[Plain, ...], Field(min_length=1)]
    said: Annotated[str, _says("who")]
    one: Annotated[str, _says("site")]
    counted: Annotated[str, _says("site", "count")]


class Absent(Strict):
    title: Plain
    said: Annotated[str, _says("quantity")]
    one: Annotated[str, _says("agency", "item", "period", "due")]


class Late(Strict):
    title: Plain
    said: Annotated[str, _says("quantity")]
    one: Annotated[str, _says("agency", "item", "period", "days")]


class Batched(Strict):
    title: Plain
    said: Annotated[str, _says("n")]
    one: Annotated[str, _says("agency", "item", "first", "last", "n", "day")]


class OfPeriod(Strict):
    title: Plain
    said: Annotated[str, _says("quantity")]
    one: Annotated[str, _says("agency", "item", "period")]


class OfDocument(Strict):
    title: Plain
    said: Annotated[str, _says("quantity")]
    one: Annotated[str, _says("agency", "item")]


PlanClass: TypeAlias = Absent | Late | OfPeriod | OfDocument


class PlanClasses(Strict):
    absent: Absent
    late: Late
    batch: Batched
    incomplete: OfPeriod
    label: OfDocument
    backdated: OfPeriod


class Demands(Strict):
    title: Plain
    rectify: Annotated[str, _says("annex", "deadline", "issued", "days", "issuer")]
    rectify_none: Plain
    assumed: Annotated[str, _says("year")]
    unclear: Annotated[str, _says("annex")]
    account: Plain
    next: Annotated[str, _says("next")]


class Annex(Strict):
    listed: Annotated[str, _says("title")]
    listed_next: Annotated[str, _says("title")]
    titled: Annotated[str, _says("number", "title")]
    heading: Annotated[str, _says("number", "title")]
    none: Plain
    more: Annotated[str, _says("n")]
    number: Plain
    site: Plain
    url: Plain
    url_code: Plain
    agency: Plain
    agency_owner: Plain
    level: Plain
    region: Plain
    why: Plain
    outcome: Plain
    problems: Plain
    last: Plain
    now: Plain
    reason: Plain
    category: Plain
    subject: Plain
    what: Plain
    due: Plain
    judged: Plain
    on_time: Plain
    late: Plain
    absent: Plain
    inconclusive: Plain
    rate: Plain
    sample: Plain
    sample_note: Annotated[str, _says("drawing", "seed", "digest")]
    failed: Plain
    recheck: Plain
    agencies: Plain
    agencies_note: Plain
    unclear: Plain
    unclear_note: Plain
    findings: Plain
    why_failed: Plain
    why_yearly: Plain
    why_drawn: Plain
    not_checked: Plain
    no_reason: Plain


class Wording(Strict):
    """All sentences and table heads of a bulletin."""

    head: Head
    comma: Plain
    semicolon: Plain
    levels: Levels
    overview: Overview
    reasons: Reasons
    outcomes: Outcomes
    quantities: Annotated[tuple[Quantity, ...], Field(min_length=1)]
    problems: Problems
    classes: Annotated[tuple[SiteClass, ...], Field(min_length=1)]
    plan_classes: PlanClasses
    demands: Demands
    annex: Annex


@cache
def shipped(lang: Lang) -> Wording:
    """The wording that comes with the program."""
    return load_file(shipped_file(lang), Wording).value


def shipped_file(lang: Lang) -> Path:
    return FOLDER / f"bulletin.{lang}.yaml"


def read_wording(path: Path) -> Wording:
    """An office's own wording. Raises PlanFileError: a line for each mistake, with its place in the file."""
    return load_file(path, Wording).value


def fill(sentence: str, **facts: object) -> str:
    """The sentence with its facts, on one line. Facts are never read as templates."""
    return sentence.format_map({name: " ".join(printable(str(fact)).split()) for name, fact in facts.items()})
