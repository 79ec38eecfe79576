"""Drawn samples of spot-checks and what was found at each drawn site."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.models import Drawing, DrawnSite


@dataclass(frozen=True, slots=True)
class StoredDrawing:
    """One drawing. `body` is the sample as its owner wrote it."""

    number: int
    name: str
    drawn_at: dt.datetime
    seed: str
    frame_digest: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What a spot-check found at one drawn site: `outcome` is passed, failed or unclear."""

    site: str
    outcome: str
    judged_at: dt.datetime
    body: dict[str, Any]


def record_drawing(
    engine: Engine, *, name: str, at: dt.datetime, seed: str, frame_digest: str, body: dict[str, Any]
) -> int:
    """Store a drawing; its number."""
    with Session(engine) as session, session.begin():
        row = Drawing(name=name, drawn_at=at, seed=seed, frame_digest=frame_digest, body=body)
        session.add(row)
        session.flush()
        return row.id


def drawings(engine: Engine) -> tuple[StoredDrawing, ...]:
    """All drawings, oldest first."""
    with Session(engine) as session:
        rows = session.scalars(select(Drawing).order_by(Drawing.id))
        return tuple(
            StoredDrawing(row.id, row.name, row.drawn_at, row.seed, row.frame_digest, row.body) for row in rows
        )


def record_results(engine: Engine, drawing: int, results: Iterable[SiteResult]) -> None:
    """Store the results of one drawing's sites: all or none."""
    with Session(engine) as session, session.begin():
        session.add_all(
            DrawnSite(drawing_id=drawing, site=r.site, outcome=r.outcome, judged_at=r.judged_at, body=r.body)
            for r in results
        )


def results_of(engine: Engine, drawing: int) -> tuple[SiteResult, ...]:
    """The newest result of each drawn site, in the order in which the sites were first judged."""
    with Session(engine) as session:
        rows = session.scalars(select(DrawnSite).where(DrawnSite.drawing_id == drawing).order_by(DrawnSite.id))
        newest: dict[str, SiteResult] = {}
        for row in rows:
            newest[row.site] = SiteResult(row.site, row.outcome, row.judged_at, row.body)
        return tuple(newest.values())
