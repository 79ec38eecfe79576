"""The spot-check's draw: the frame from the sites file, past rounds from the store, the sample into it."""

import datetime as dt
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from checks.sampling import Past, Sample, SamplingError, Unit, Why, draw
from db import drawings as store
from db.store import open_store
from gongkai.arguments import InputError
from plans.load import load_sites
from plans.sites import Sites

FAILED = "failed"
_WHY = {Why.FAILED: "上次不合格，复查", Why.YEARLY: "本年度尚未检查", Why.DRAWN: "随机抽取"}
_LEVELS = {"portal": "政府门户", "department": "部门", "district": "县区", "town": "乡镇", "platform": "平台"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A drawn sample and its number in the store."""

    number: int
    sample: Sample


def draw_sample(
    sites: Path, db: str, round_: str, share: float, seed: str | None, *, now: dt.datetime | None = None
) -> Draft:
    """Draw the round's sample and store it, stamped `now` in a practice run. Without a seed one is made, to be printed.
    A round that was drawn already with the same seed, frame and share is that drawing. Raises InputError and
    PlanFileError."""
    frame = frame_of(load_sites(sites))
    engine = open_store(db)
    try:
        known = store.drawings(engine)
        try:
            sample = draw(frame, round_, seed or secrets.token_hex(8), share, list(_past(engine, known, round_)))
        except SamplingError as error:
            raise InputError(str(error)) from None
        body = _body(sample)
        same = [d for d in known if (d.name, d.seed, d.body) == (round_, sample.seed, body)]
        number = (
            same[-1].number
            if same
            else store.record_drawing(
                engine,
                name=round_,
                at=now or dt.datetime.now(dt.UTC),
                seed=sample.seed,
                frame_digest=sample.frame_digest,
                body=body,
            )
        )
        return Draft(number, sample)
    finally:
        engine.dispose()


def frame_of(sites: Sites) -> tuple[Unit, ...]:
    return tuple(Unit(s.id, s.name, s.agency, s.level.value, s.url) for s in sites.sites)


def described(draft: Draft) -> Iterator[str]:
    """The draw for the terminal: everything that somebody needs to draw it again."""
    sample = draft.sample
    total = sum(stratum.size for stratum in sample.strata)
    share = f"{len(sample.units)} / {total} 个网站（{sample.share_drawn:.1%}）"
    yield f"第 {draft.number} 号抽样　{sample.round}　抽查 {share}"
    yield f"随机种子：{sample.seed}"
    yield f"抽样框摘要：{sample.frame_digest}"
    yield "抽取办法：按 SHA-256(种子/期次/网站编号) 由小到大，各层取前若干个；同一种子和抽样框可由任何人重抽核对"
    for stratum in sample.strata:
        yield f"{_LEVELS.get(stratum.level, stratum.level)}：{stratum.drawn} / {stratum.size}"
    for drawn in sample.units:
        unit = drawn.unit
        yield f"  {unit.id}　{unit.name}　{_LEVELS.get(unit.level, unit.level)}　{_WHY[drawn.why]}　{drawn.lot[:12]}"


def record(draft: Draft) -> dict[str, object]:
    return {"drawing": draft.number, **_body(draft.sample)}


def _past(engine: Engine, known: tuple[store.StoredDrawing, ...], round_: str) -> Iterator[Past]:
    """Earlier rounds that were judged; of a round that was drawn twice, the later draw. One whose sites nobody
    judged has no failed and gave nobody a turn."""
    newest = {drawing.name: drawing for drawing in known if drawing.name != round_}
    for drawing in newest.values():
        results = store.results_of(engine, drawing.number)
        if results:
            failed = frozenset(result.site for result in results if result.outcome == FAILED)
            yield Past(drawing.name, frozenset(result.site for result in results), failed)


def _body(sample: Sample) -> dict[str, object]:
    return {
        "round": sample.round,
        "seed": sample.seed,
        "share": sample.share,
        "frame_digest": sample.frame_digest,
        "strata": [{"level": s.level, "size": s.size, "drawn": s.drawn} for s in sample.strata],
        "units": [
            {
                "site": drawn.unit.id,
                "name": drawn.unit.name,
                "agency": drawn.unit.agency,
                "level": drawn.unit.level,
                "url": drawn.unit.url,
                "why": drawn.why.value,
                "lot": drawn.lot,
            }
            for drawn in sample.units
        ],
    }
