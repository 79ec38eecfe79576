"""Which notices went out."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.models import SentNotice


def told(engine: Engine, channel: str) -> frozenset[str]:
    """The digests of everything that this channel was told."""
    with Session(engine) as session:
        return frozenset(session.scalars(select(SentNotice.digest).where(SentNotice.channel == channel)))


def record_told(engine: Engine, channel: str, digests: Iterable[str], *, at: dt.datetime, text: str) -> None:
    """Store that a channel was told; what it knew already is left as it is."""
    with Session(engine) as session, session.begin():
        known = set(session.scalars(select(SentNotice.digest).where(SentNotice.channel == channel)))
        session.add_all(
            SentNotice(digest=digest, channel=channel, sent_at=at, text=text)
            for digest in dict.fromkeys(digests)
            if digest not in known
        )
