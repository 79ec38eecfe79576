"""A site as it stood on one day: what was online, under which title, date and address, and how the server answered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from simulator.city import CitySite, Column, Edit, Publication, is_online
from simulator.scenario import Access


def site_on(site: CitySite, day: dt.date) -> CitySite:
    """The site on a day, with versions of its articles and columns. What was never edited stays the same object."""
    moved = {column.id: _folder(column, day) for column in site.columns}
    online = [version(p, day) for p in site.publications if is_online(p, day)]
    return replace(
        site,
        profile=site.profile.model_copy(update={"access": access_on(site, day)}),
        columns=[_column(column, day) for column in site.columns],
        publications=[_in_columns(p, moved) for p in online],
        columns_of={duty: moved[column] if column else None for duty, column in site.columns_of.items()},
        duties=list(site.duties),
    )


def access_on(site: CitySite, day: dt.date) -> Access:
    """How the site's server answers on a day."""
    return next((how for first, last, how in site.outages if first <= day <= last), site.profile.access)


def version(publication: Publication, day: dt.date) -> Publication:
    """The article as its page and its row showed it on a day."""
    done = _made(publication.edits, day)
    if not done:
        return publication
    changed = _values(done) | {"edited": done[-1].day, "edits": (), "origin": publication}
    if "day" in changed:
        changed.setdefault("rank_day", changed["day"])
    kept = {f.name: getattr(publication, f.name) for f in fields(publication)}
    return Publication(**kept | changed)


def _in_columns(publication: Publication, moved: dict[str, str]) -> Publication:
    column = moved.get(publication.column, publication.column)
    also = moved.get(publication.also_in, publication.also_in) if publication.also_in else None
    if (column, also) == (publication.column, publication.also_in):
        return publication
    kept = {f.name: getattr(publication, f.name) for f in fields(publication)}
    return Publication(**kept | {"column": column, "also_in": also, "origin": publication.source})


def _column(column: Column, day: dt.date) -> Column:
    return replace(column, **_values(_made(column.edits, day)))


def _folder(column: Column, day: dt.date) -> str:
    return str(_values(_made(column.edits, day)).get("id", column.id))


def _made(edits: Sequence[Edit], day: dt.date) -> list[Edit]:
    return sorted((edit for edit in edits if edit.day <= day), key=lambda edit: edit.day)


def _values(edits: Sequence[Edit]) -> dict[str, Any]:
    return {name: value for edit in edits for name, value in edit.fields.items()}
