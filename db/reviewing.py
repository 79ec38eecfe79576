"""Steps that people took about verdicts, and frozen scorecards: added, never changed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.models import JudgedVerdict, Judgement, StoredReview, StoredScorecard


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it is stored; the words of its codes belong to whoever judges."""

    key: str
    action: str
    author: str
    at: dt.datetime
    reason: str
    machine: str
    status: str | None = None
    flags: tuple[str, ...] | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One stored judgement: its number, plan and day."""

    number: int
    plan: str
    as_of: dt.date
    judged_at: dt.datetime
    register_digest: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """One frozen scorecard."""

    plan: str
    version: int
    model: str
    model_digest: str
    judgement: int
    frozen_at: dt.datetime
    author: str
    reason: str
    body: dict[str, Any]


def record_steps(engine: Engine, plan: str, steps: Iterable[Step]) -> None:
    """Store the steps of one sitting: all or none."""
    with Session(engine) as session, session.begin():
        session.add_all(
            StoredReview(
                plan=plan,
                key=step.key,
                action=step.action,
                author=step.author,
                at=step.at,
                reason=step.reason,
                machine=step.machine,
                status=step.status,
                flags=None if step.flags is None else list(step.flags),
                evidence=step.evidence,
            )
            for step in steps
        )


def steps_of(engine: Engine, plan: str) -> tuple[Step, ...]:
    """All steps about a plan's verdicts, in the order in which they were taken."""
    with Session(engine) as session:
        rows = session.scalars(select(StoredReview).where(StoredReview.plan == plan).order_by(StoredReview.id))
        return tuple(
            Step(
                key=row.key,
                action=row.action,
                author=row.author,
                at=row.at,
                reason=row.reason,
                machine=row.machine,
                status=row.status,
                flags=None if row.flags is None else tuple(row.flags),
                evidence=row.evidence,
            )
            for row in rows
        )


def newest_run(engine: Engine, plan: str, as_of: dt.date | None = None) -> Run | None:
    """The newest judgement of a plan, or the newest as of one day; None where there is none."""
    asked = select(Judgement).where(Judgement.plan == plan).order_by(Judgement.id.desc()).limit(1)
    if as_of is not None:
        asked = asked.where(Judgement.as_of == as_of)
    with Session(engine) as session:
        row = session.scalar(asked)
        return None if row is None else Run(row.id, row.plan, row.as_of, row.judged_at, row.register_digest)


def records_of_run(engine: Engine, run: int) -> tuple[dict[str, Any], ...]:
    """The stored records of a judgement's verdicts, in their order."""
    with Session(engine) as session:
        rows = session.scalars(
            select(JudgedVerdict).where(JudgedVerdict.judgement_id == run).order_by(JudgedVerdict.id)
        )
        return tuple(row.body for row in rows)


def freeze_scorecard(
    engine: Engine,
    *,
    plan: str,
    model: str,
    model_digest: str,
    judgement: int,
    at: dt.datetime,
    author: str,
    reason: str,
    body: dict[str, Any],
) -> int:
    """Store a scorecard as the plan's next version; its number."""
    with Session(engine) as session, session.begin():
        asked = select(func.max(StoredScorecard.version)).where(StoredScorecard.plan == plan)
        version = (session.scalar(asked) or 0) + 1
        session.add(
            StoredScorecard(
                plan=plan,
                version=version,
                model=model,
                model_digest=model_digest,
                judgement_id=judgement,
                frozen_at=at,
                author=author,
                reason=reason,
                body=body,
            )
        )
        return version


def frozen_scorecards(engine: Engine, plan: str) -> tuple[Frozen, ...]:
    """All versions of a plan's frozen scorecard, oldest first."""
    with Session(engine) as session:
        rows = session.scalars(
            select(StoredScorecard).where(StoredScorecard.plan == plan).order_by(StoredScorecard.version)
        )
        return tuple(
            Frozen(
                row.plan,
                row.version,
                row.model,
                row.model_digest,
                row.judgement_id,
                row.frozen_at,
                row.author,
                row.reason,
                row.body,
            )
            for row in rows
        )
