"""What a spot-check found, from the store: findings of each drawn site, and how the terminal tells them."""

import json
from collections.abc import Iterator

from sqlalchemy import Engine

from checks.indicator_findings import Finding, Outcome, Result, SiteFindings, from_body, to_body
from db import drawings as store
from db.store import open_store
from gongkai.arguments import InputError

_OUTCOME = {Outcome.PASSED: "合格（机器可见部分）", Outcome.FAILED: "不合格", Outcome.UNCLEAR: "暂不能判定"}
_RESULT = {Result.PASSED: "通过", Result.FAILED: "有问题", Result.UNCLEAR: "无法判断", Result.MANUAL: "须人工"}


def stored(db: str, drawing: int | None, round_: str | None, site: str | None = None) -> tuple[SiteFindings, ...]:
    """The newest findings of each site of a drawing, or of one of them. Raises InputError where there are none, and
    StoreError."""
    engine = open_store(db, create=False)
    try:
        named = drawing_named(engine, drawing, round_)
        bodies = [result.body for result in store.results_of(engine, named.number) if site in (None, result.site)]
    finally:
        engine.dispose()
    if not any(bodies):
        raise InputError(
            f"第 {named.number} 号抽样{f'的 {site} ' if site else ''}尚未检查，请先运行 spot-check run / not run yet"
        )
    return tuple(from_body(body) for body in bodies if body)


def drawing_named(engine: Engine, number: int | None, round_: str | None) -> store.StoredDrawing:
    """The drawing of this number, or the last one of this round. Raises InputError where there is none."""
    if (number is None) == (round_ is None):
        raise InputError("请写明 --drawing 或 --round 之一 / give either --drawing or --round")
    known = [d for d in store.drawings(engine) if number in (None, d.number) and round_ in (None, d.name)]
    if not known:
        raise InputError(f"没有这次抽样：{number or round_}，请先运行 spot-check draw / no such drawing")
    return known[-1]


def described(found: SiteFindings, *, in_full: bool = False) -> Iterator[str]:
    """One line a site; in full also a line for each indicator and example."""
    why = "、".join(f.title for f in found.vetoes) or "、".join(_deducted(found))
    score = "" if found.score is None else f"　{found.score:g} / {found.full:g} 分（机器可见部分，上限）"
    open_ = f"　须人工核查 {len(found.manual)} 项" if found.manual else ""
    unclear = f"　无法判断：{'、'.join(f.title for f in found.unclear)}" if found.unclear else ""
    yield f"{found.site}　{found.name}　{_OUTCOME[found.outcome]}{score}{'　' + why if why else ''}{unclear}{open_}"
    for finding in found.findings if in_full else ():
        yield f"  {finding.group}·{finding.title}：{_RESULT[finding.result]}{_points(finding)}　{finding.reason}"
        for example in finding.examples:
            yield f"    {example.name}　{example.url}　{example.said}"


def as_json(found: SiteFindings) -> str:
    return json.dumps(to_body(found), ensure_ascii=False)


def _deducted(found: SiteFindings) -> Iterator[str]:
    return (f"{finding.title}-{finding.points:g}" for finding in found.faults if finding.points)


def _points(finding: Finding) -> str:
    return f"　-{finding.points:g}" if finding.points else ""
