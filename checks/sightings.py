"""When did our own crawls see a publication, and what day did it claim then?"""

import datetime as dt

from checks.clocks import bare
from checks.coverage import local_day
from db.facts import Publication


def sighted(publication: Publication) -> list[tuple[dt.date, dt.date | None]]:
    """(day seen, day claimed then) of each sighting under its present title: another title at the same address may
    have been another thing. Shanghai days. Where no sighting was kept, the first is taken to have shown what stands
    there now."""
    kept = [(seen, title, day) for seen, title, day in publication.listed]
    kept += [(state.seen_at, state.title or publication.title, state.published) for state in publication.history]
    if not kept:
        kept = [(publication.first_seen, publication.title, publication.published)]
    same = [(local_day(seen), day) for seen, title, day in kept if bare(title) == bare(publication.title)]
    return same or [(local_day(publication.last_seen), publication.published)]


def stood_by(publication: Publication, day: dt.date) -> bool:
    """Whether it was seen on or before the day."""
    return any(seen <= day for seen, _ in sighted(publication))
