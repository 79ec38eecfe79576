"""Reading facts back as plain records."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.details import details_from_json, file_from_json, mark_from_json
from db.facts import (
    Clock,
    ClockName,
    Facts,
    FetchOutcome,
    FileRead,
    PageState,
    PageVisit,
    Publication,
    Reading,
    Screenshot,
    SiteReading,
    Stop,
)
from db.models import (
    Archived,
    ColumnReading,
    JudgedVerdict,
    Judgement,
    OpenedFile,
    Page,
    Picture,
    Sighting,
    SiteEntry,
    Version,
    Visit,
)


@dataclass(frozen=True, slots=True)
class StoredVerdict:
    """One verdict of a stored judgement with its explanation."""

    key: str
    status: str
    as_of: dt.date
    judgement: int
    body: dict[str, Any]


def facts_for(engine: Engine, sites: Sequence[str]) -> Facts:
    """All facts about these sites (ids), in a fixed order."""
    with Session(engine) as session:
        return Facts(
            publications=tuple(_publications(session, sites)),
            readings=tuple(_reading(row) for row in _rows(session, ColumnReading, sites)),
            sites=tuple(
                SiteReading(row.site, row.read_at, FetchOutcome(row.outcome), tuple(row.columns_not_found))
                for row in _rows(session, SiteEntry, sites)
            ),
        )


def opened_pages(engine: Engine, sites: Sequence[str]) -> dict[tuple[str, str], tuple[str, dt.date | None]]:
    """(site, address) of every page opened so far -> the title and date last shown for it in a list."""
    with Session(engine) as session:
        newest = select(func.max(Sighting.id)).group_by(Sighting.page_id)
        rows = session.execute(
            select(Page.site, Page.url, Sighting.title, Sighting.list_date)
            .join(Sighting, Sighting.page_id == Page.id)
            .where(Page.site.in_(sites), Sighting.id.in_(newest), Page.id.in_(select(Version.page_id)))
        )
        return {(site, url): (title, list_date) for site, url, title, list_date in rows}


def archived(engine: Engine, evidence: str) -> Archived | None:
    with Session(engine, expire_on_commit=False) as session:
        return session.get(Archived, evidence)


def stored_verdicts(engine: Engine, key: str, plan: str | None = None) -> list[StoredVerdict]:
    """The verdicts of the newest judgement of each plan whose key is, or contains, `key`."""
    with Session(engine) as session:
        newest = select(func.max(Judgement.id)).group_by(Judgement.plan)
        if plan is not None:
            newest = newest.where(Judgement.plan == plan)
        rows = session.execute(
            select(JudgedVerdict, Judgement.as_of)
            .join(Judgement, Judgement.id == JudgedVerdict.judgement_id)
            .where(Judgement.id.in_(newest), JudgedVerdict.key.contains(key, autoescape=True))
            .order_by(JudgedVerdict.id)
        ).all()
        found = [StoredVerdict(v.key, v.status, as_of, v.judgement_id, v.body) for v, as_of in rows]
    exact = [verdict for verdict in found if verdict.key == key]
    return exact or found


def _rows(session: Session, table: Any, sites: Sequence[str]) -> Any:  # noqa: ANN401 - any of our tables
    return session.scalars(select(table).where(table.site.in_(sites)).order_by(table.id))


def _reading(row: ColumnReading) -> Reading:
    return Reading(
        site=row.site,
        column=row.name,
        url=row.url,
        read_at=row.read_at,
        pages=row.pages,
        items=row.items,
        stop=Stop(row.stop),
        back_to=row.back_to,
        outcome=FetchOutcome(row.outcome),
        evidence=row.evidence,
        wanted=tuple(row.wanted),
    )


def _publications(session: Session, sites: Sequence[str]) -> list[Publication]:
    pages = {
        page.id: page
        for page in session.scalars(select(Page).where(Page.site.in_(sites)).order_by(Page.site, Page.url))
    }
    sightings: dict[int, list[Sighting]] = _by_page(session, Sighting, sites)
    versions: dict[int, list[Version]] = _by_page(session, Version, sites)
    opened: dict[int, list[OpenedFile]] = _by_page(session, OpenedFile, sites)
    visits: dict[int, list[Visit]] = _by_page(session, Visit, sites)
    pictures: dict[int, list[Picture]] = _by_page(session, Picture, sites)
    return [
        dataclasses.replace(
            _publication(page, sightings[id_], versions[id_]),
            files=_files(opened[id_]),
            visits=tuple(PageVisit(visit.at, FetchOutcome(visit.outcome)) for visit in visits[id_]),
            screenshots=tuple(_screenshot(picture) for picture in pictures[id_]),
        )
        for id_, page in pages.items()
        if sightings[id_] or versions[id_]
    ]


def _by_page(session: Session, table: Any, sites: Sequence[str]) -> dict[int, Any]:  # noqa: ANN401 - any of our tables
    rows: dict[int, Any] = defaultdict(list)
    for row in session.scalars(
        select(table).join(Page, Page.id == table.page_id).where(Page.site.in_(sites)).order_by(table.id)
    ):
        rows[row.page_id].append(row)
    return rows


def _files(opened: list[OpenedFile]) -> tuple[FileRead, ...]:
    """Each attachment as last seen, in the order in which they were first met."""
    newest = {row.url: row for row in opened}
    return tuple(file_from_json(row.url, row.outcome, row.evidence, row.body) for row in newest.values())


def _screenshot(row: Picture) -> Screenshot:
    return Screenshot(row.taken_at, row.evidence, tuple(mark_from_json(mark) for mark in row.marks))


def _publication(page: Page, sightings: list[Sighting], versions: list[Version]) -> Publication:
    said = versions[-1] if versions else None
    listed = sightings[-1] if sightings else None
    shown = said.clocks if said else listed.clocks if listed else []
    clocks = [Clock(ClockName(name), value) for name, value in shown]
    clocks += [
        Clock(ClockName.LIST, day.isoformat()) for day in sorted({s.list_date for s in sightings if s.list_date})
    ]
    seen = [s.seen_at for s in sightings] + [v.seen_at for v in versions]
    details = details_from_json(said.details if said else None)
    return Publication(
        site=page.site,
        url=page.url,
        title=_fullest(said.title if said else None, listed.title if listed else None),
        columns=tuple(dict.fromkeys(s.column_url for s in sightings)),
        published=said.published if said and said.published else (listed.list_date if listed else None),
        first_seen=min(seen),
        last_seen=max(seen),
        clocks=tuple(clocks),
        source=said.source if said else None,
        doc_no=(said.doc_no if said else None) or (listed.doc_no if listed else None),
        index_no=said.index_no if said else None,
        validity=(said.validity if said else None) or (listed.validity if listed else None),
        text=said.text if said else None,
        attachments=tuple((name, url) for name, url in said.attachments) if said else (),
        evidence=(said.evidence if said else None) or (listed.evidence if listed else None),
        tables=details.tables,
        links=details.links,
        marks=details.marks,
        repeals=details.repeals,
        asked=details.asked,
        answered=details.answered,
        history=tuple(_state(version) for version in versions),
        listed=tuple((s.seen_at, s.title, s.list_date) for s in sightings),
        cut=not (said and said.title) and listed is not None and bool(listed.cut),
    )


def _state(version: Version) -> PageState:
    return PageState(
        seen_at=version.seen_at,
        title=version.title,
        published=version.published,
        digest=version.digest,
        validity=version.validity,
        marks=details_from_json(version.details).marks,
        text=version.text,
        evidence=version.evidence,
    )


def _fullest(said: str | None, listed: str | None) -> str:
    """The article's own title, unless it has none or the list's is the same and goes on."""
    if not said:
        return listed or ""
    return listed if listed and listed.startswith(said) else said


def unopened_sightings(engine: Engine, crawl: int) -> list[tuple[str, str, str, dt.date | None, bool]]:
    """(site, address, title, list date, whether the title is cut) of what a crawl listed and never opened."""
    with Session(engine) as session:
        rows = session.execute(
            select(Page.site, Page.url, Sighting.title, Sighting.list_date, Sighting.cut)
            .join(Sighting, Sighting.page_id == Page.id)
            .where(Sighting.crawl_id == crawl, Page.id.not_in(select(Version.page_id)))
            .order_by(Sighting.id)
        )
        return [(site, url, title, day, bool(cut)) for site, url, title, day, cut in rows]


def archived_hashes(engine: Engine) -> set[str]:
    """The hashes of all evidence that is kept."""
    with Session(engine) as session:
        return set(session.scalars(select(Archived.evidence)))
