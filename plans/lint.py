"""What in a register is allowed but probably not meant? Doubts for a person to look at, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from plans.agencies import sites_for
from plans.load import load_file
from plans.problems import Doubt, Key, Lang, PlanFileError, Problem, dotted
from plans.register import Cadence, CheckMode, Kind, Obligation, Plan, Register
from plans.sites import Sites
from plans.words import words
from plans.yamltree import Tree

# Below an obligation: the key, and what is doubtful in Chinese and English.
Remark: TypeAlias = tuple[Key, str, str]

_RECURRING: Final = frozenset(
    {
        Cadence.REALTIME,
        Cadence.DAILY,
        Cadence.WEEKLY,
        Cadence.MONTHLY,
        Cadence.QUARTERLY,
        Cadence.HALF_YEARLY,
    }
)
_ID = re.compile(r"(\d{1,4})-(\d{1,4})([a-z]?)", re.ASCII)
_MEASURE = re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,4})/(\d{1,4})")
_DIGITS: Final = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class LintReport:
    """`errors`: the file cannot be used. `doubts`: it can, but somebody should look. Both in the files' order."""

    errors: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]


def lint_file(path: Path, sites_path: Path | None = None, lang: Lang = "zh") -> LintReport:
    """Errors of a register (and of the sites file beside it), and the register's doubts. Raises nothing."""
    errors: list[Problem] = []
    sites = None
    if sites_path is not None:
        try:
            sites = load_file(sites_path, Sites, lang).value
        except PlanFileError as error:
            errors.extend(error.problems)
    try:
        loaded = load_file(path, Register, lang)
    except PlanFileError as error:
        return LintReport((*error.problems, *errors), ())
    return LintReport(tuple(errors), tuple(lint(loaded.value, sites, loaded.tree, lang=lang)))


def lint(
    register: Register, sites: Sites | None = None, lines: Tree | None = None, *, lang: Lang = "zh"
) -> list[Doubt]:
    """The doubts of a register, by line. Without `lines` (where it was not read from a file) all stand on line 1."""
    found: list[Doubt] = []
    for key, zh, en in _remarks(register, sites):
        line = lines.line(key) if lines else 1
        found.append(Doubt(lines.file if lines else "", line, dotted(key), zh if lang == "zh" else en, lang))
    return sorted(found, key=lambda doubt: doubt.line)


def _remarks(register: Register, sites: Sites | None) -> Iterator[Remark]:
    yield from _span(register.plan)
    for index, obligation in enumerate(register.obligations):
        for rule in (_evidence, _patterns, _kind, _channels, _names, _weight):
            for key, zh, en in rule(obligation):
                yield ("obligations", index, *key), zh, en
        for key, zh, en in (*_due(obligation, register.plan), *_places(obligation, sites)):
            yield ("obligations", index, *key), zh, en
    yield from _order(register)


def _span(plan: Plan) -> Iterator[Remark]:
    if not plan.first_day.year <= plan.year <= plan.last_day.year:
        zh = f"计划年份 {plan.year} 不在 {plan.first_day} 至 {plan.last_day} 之内"
        yield ("plan", "year"), zh, f"{plan.year} is not between {plan.first_day} and {plan.last_day}"


def _evidence(obligation: Obligation) -> Iterator[Remark]:
    evidence = obligation.evidence
    if obligation.check is CheckMode.MANUAL:
        if evidence.title:
            zh = "check 为 manual，不会自动查找，标题模式不起作用"
            yield ("evidence", "title"), zh, "check is manual: nothing is looked for, these patterns do nothing"
        return
    if obligation.check is CheckMode.AUTOMATIC and not evidence.title:
        zh = "自动核查的事项没有 evidence.title，机器认不出该信息，将一律“无法判定”"
        yield ("evidence",), zh, "automatic, but no evidence.title: nothing can be recognised, all will be inconclusive"
    if obligation.check is CheckMode.AUTOMATIC and obligation.kind is Kind.PERIODIC and not evidence.columns:
        zh = "没有 evidence.columns：须查阅全站栏目才能判定未公开"
        yield ("evidence",), zh, "no evidence.columns: absence can only be judged from every column of the site"


def _patterns(obligation: Obligation) -> Iterator[Remark]:
    evidence = obligation.evidence
    fields: list[tuple[Key, tuple[str, ...]]] = [
        (("evidence", "title"), evidence.title),
        (("evidence", "exclude"), evidence.exclude),
    ]
    if evidence.pair:
        fields.append((("evidence", "pair", "title"), evidence.pair.title))
    for key, patterns in fields:
        for index, pattern in enumerate(patterns):
            if re.search(pattern, "") is not None:
                yield (*key, index), f"“{pattern}”与任何标题都匹配", f"{pattern!r} matches every title"


def _kind(obligation: Obligation) -> Iterator[Remark]:
    kind, cadence, pair = obligation.kind, obligation.cadence, obligation.evidence.pair
    if pair is not None and kind is not Kind.PAIRING:
        yield ("evidence", "pair"), "只有 kind 为 pairing 时才用到 pair", "pair is used by kind pairing alone"
    if pair is not None and not (pair.title or pair.columns):
        zh = "pair 既无标题也无栏目，找不到解读材料"
        yield ("evidence", "pair"), zh, "pair has neither titles nor columns: no interpretation can be found"
    if kind is Kind.PERIODIC and cadence in (Cadence.STANDING, Cadence.ON_EVENT):
        yield ("cadence",), f"kind 为 periodic 而频率为 {cadence}", f"kind periodic, but cadence {cadence}"
    if kind is Kind.STANDING and cadence in _RECURRING:
        yield ("cadence",), f"kind 为 standing 而频率为 {cadence}", f"kind standing, but cadence {cadence}"


def _channels(obligation: Obligation) -> Iterator[Remark]:
    known = words().channels
    if obligation.where and obligation.check is CheckMode.AUTOMATIC and set(obligation.where) <= set(known):
        zh = "只在网站以外的渠道公开，采集器看不到，将列为需人工核查"
        yield ("where",), zh, "channels alone, which no crawler sees: it will be judged manual"


def _names(obligation: Obligation) -> Iterator[Remark]:
    seen: set[str] = set()
    for field, names in (("lead", obligation.lead), ("cooperating", obligation.cooperating)):
        for index, name in enumerate(names):
            if name in seen:
                yield (field, index), f"{name} 已列过", f"{name} is named twice"
            seen.add(name)


def _weight(obligation: Obligation) -> Iterator[Remark]:
    if obligation.weight == 0 and obligation.check is not CheckMode.MANUAL:
        yield ("weight",), "权重为 0，考评时不计分", "weight 0: it does not count in any score"


def _due(obligation: Obligation, plan: Plan) -> Iterator[Remark]:
    due = obligation.due
    if due is None:
        if obligation.kind is Kind.PERIODIC and obligation.check is CheckMode.AUTOMATIC:
            zh = "没有 due，按 defaults.timely（期末后若干工作日）计算期限"
            yield (), zh, "no due: defaults.timely after the period's end is used"
        return
    first, last = plan.first_day.year, plan.last_day.year + 1
    if due.date and not first <= due.date.year <= last:
        yield ("due", "date"), f"{due.date} 不在计划期间及次年之内", f"{due.date} is not in {first} to {last}"
    if due.date and obligation.cadence in _RECURRING:
        zh = f"频率为 {obligation.cadence}，却只有一个截止日期，各期同日到期"
        yield ("due", "date"), zh, f"cadence {obligation.cadence}, but one date: all instalments fall due together"


def _places(obligation: Obligation, sites: Sites | None) -> Iterator[Remark]:
    if sites is None:
        return
    known = {site.id for site in sites.sites} | set(words().channels)
    for index, name in enumerate(obligation.where):
        if name not in known:
            zh = f"{name} 既不是网站清单中的编号，也不是已知渠道"
            yield ("where", index), zh, f"{name} is neither a site id of the sites file nor a known channel"
    if obligation.check is CheckMode.MANUAL:
        return
    for place in sites_for(obligation, sites):
        if not place.sites and not place.channels:
            zh = f"网站清单中没有 {place.agency} 的网站"
            yield ("lead",), zh, f"the sites file has no site of {place.agency}"


def _order(register: Register) -> Iterator[Remark]:
    before: tuple[tuple[int, int, str], str] | None = None
    for index, obligation in enumerate(register.obligations):
        parsed = _ID.fullmatch(obligation.id)
        if parsed is None:
            continue
        here = (int(parsed[1]), int(parsed[2]), parsed[3])
        if before and here < before[0]:
            yield ("obligations", index, "id"), f"编号排在 {before[1]} 之后", f"stands after {before[1]}"
        before = (here, obligation.id)
        measure = _MEASURE.fullmatch(obligation.measure)
        if measure and (_number(measure[1]), int(measure[2])) != here[:2]:
            zh = f"编号 {obligation.id} 与具体措施 {obligation.measure} 不一致"
            yield ("obligations", index, "id"), zh, f"id {obligation.id} does not fit measure {obligation.measure}"


def _number(numeral: str) -> int:
    """`二十一` or `21` -> 21; section numerals stay below one hundred."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    head = _DIGITS.find(tens) if tens else 1
    return (head * 10 if ten else 0) + (_DIGITS.find(ones) if ones else 0)
