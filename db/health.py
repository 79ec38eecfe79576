"""The record of looks at sites' health: home page, columns, samples of articles and links."""

import datetime as dt
from collections.abc import Iterable

from pydantic import TypeAdapter
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.facts import SiteHealth
from db.models import StoredHealth

_SHAPE = TypeAdapter(SiteHealth)


def record_health(engine: Engine, looks: Iterable[SiteHealth]) -> None:
    """Store looks at sites: all or none. Earlier ones stay."""
    with Session(engine) as session, session.begin():
        session.add_all(
            StoredHealth(site=look.site, read_at=look.read_at, body=_SHAPE.dump_python(look, mode="json"))
            for look in looks
        )


def health_of(engine: Engine, site: str, since: dt.datetime | None = None) -> tuple[SiteHealth, ...]:
    """All looks at one site, oldest first."""
    asked = select(StoredHealth).where(StoredHealth.site == site).order_by(StoredHealth.read_at, StoredHealth.id)
    if since is not None:
        asked = asked.where(StoredHealth.read_at >= since)
    with Session(engine) as session:
        return tuple(_SHAPE.validate_python(row.body, strict=False) for row in session.scalars(asked))
