"""The record of tries to open sites."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.facts import FetchOutcome
from db.models import ProbeTry


@dataclass(frozen=True, slots=True)
class StoredTry:
    site: str
    url: str
    at: dt.datetime
    outcome: FetchOutcome
    milliseconds: int
    own_network: bool


def record_tries(engine: Engine, tries: Iterable[StoredTry]) -> None:
    """Store one round's tries: all or none."""
    with Session(engine) as session, session.begin():
        session.add_all(
            ProbeTry(
                site=t.site,
                url=t.url,
                at=t.at,
                outcome=t.outcome.value,
                milliseconds=t.milliseconds,
                own_network=t.own_network,
            )
            for t in tries
        )


def tries_of(engine: Engine, site: str, since: dt.datetime | None = None) -> tuple[StoredTry, ...]:
    """All tries at one site, oldest first."""
    asked = select(ProbeTry).where(ProbeTry.site == site).order_by(ProbeTry.at, ProbeTry.id)
    if since is not None:
        asked = asked.where(ProbeTry.at >= since)
    with Session(engine) as session:
        return tuple(
            StoredTry(r.site, r.url, r.at, FetchOutcome(r.outcome), r.milliseconds, r.own_network)
            for r in session.scalars(asked)
        )


def last_try(engine: Engine, sites: Iterable[str]) -> dt.datetime | None:
    """When any of these sites was last tried."""
    with Session(engine) as session:
        found: dt.datetime | None = session.scalar(select(func.max(ProbeTry.at)).where(ProbeTry.site.in_(list(sites))))
        return found
