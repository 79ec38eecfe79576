"""Reading facts back as plain records."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, String, cast, func, select
from sqlalchemy.orm import Session

from db.details import details_from_json, file_from_json, mark_from_json
from db.facts import (
    PENDING,
    Clock,
    ClockName,
    Facts,
    FetchOutcome,
    FileOutcome,
    FileRead,
    PageState,
    PageVisit,
    Publication,
    Reading,
    Repealed,
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

# Outcomes that say whether the page is there; after any other the next crawl asks again.
_ANSWERED = frozenset({FetchOutcome.OK, FetchOutcome.NOT_MODIFIED, FetchOutcome.NOT_FOUND, FetchOutcome.SOFT_404})


@dataclass(frozen=True, slots=True)
class StoredVerdict:
    """One verdict of a stored judgement with its explanation."""

    key: str
    status: str
    as_of: dt.date
    judgement: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An opened page, and what is needed to ask for it again. `title`, `list_date` and `columns` (addresses) are as
    last listed; `asked_at` is when it last answered; `is_unasked`: not since it was last listed."""

    site: str
    url: str
    title: str
    list_date: dt.date | None
    columns: tuple[str, ...]
    asked_at: dt.datetime
    is_unasked: bool
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """The attachments of an opened page, as (name, address), what the page last said, and which of them came."""

    site: str
    url: str
    title: str | None
    text: str
    attachments: tuple[tuple[str, str], ...]
    read: frozenset[str]


@dataclass(frozen=True, slots=True)
class Run:
    """One stored run of the judge. `last_crawl` is the newest crawl whose facts it saw, `rules` names the judging
    code; None in runs of older versions."""

    number: int
    plan: str
    register_digest: str
    as_of: dt.date
    judged_at: dt.datetime
    rules: str | None
    last_crawl: int | None
    counts: dict[str, int]  # status -> verdicts


def facts_for(engine: Engine, sites: Sequence[str], until_crawl: int | None = None) -> Facts:
    """All facts about these sites (ids), in a fixed order; with `until_crawl` only what that crawl and those before
    it saw."""
    with Session(engine) as session:
        known = _Known(session, sites, until_crawl)
        return Facts(
            publications=tuple(_publications(known)),
            readings=tuple(_reading(row) for row in known.rows(ColumnReading)),
            sites=tuple(
                SiteReading(row.site, row.read_at, FetchOutcome(row.outcome), tuple(row.columns_not_found))
                for row in known.rows(SiteEntry)
            ),
        )


def kept_pages(engine: Engine, sites: Sequence[str]) -> list[KeptPage]:
    """Every page of these sites that was listed and opened, in a fixed order."""
    with Session(engine) as session:
        known = _Known(session, sites)
        pages = session.scalars(select(Page).where(Page.site.in_(sites)).order_by(Page.site, Page.url)).all()
        sightings: dict[int, list[Sighting]] = known.by_page(Sighting)
        versions: dict[int, list[Version]] = known.by_page(Version)
        visits: dict[int, list[Visit]] = known.by_page(Visit)
        return [
            _kept(page, sightings[page.id], versions[page.id], [v for v in visits[page.id] if v.outcome in _ANSWERED])
            for page in pages
            if sightings[page.id] and versions[page.id]
        ]


def _kept(page: Page, sightings: list[Sighting], versions: list[Version], visits: list[Visit]) -> KeptPage:
    listed = sightings[-1]
    asked = [(v.seen_at, v.crawl_id) for v in versions] + [(v.at, v.crawl_id) for v in visits]
    stood = [v for v in visits if v.outcome in (FetchOutcome.OK, FetchOutcome.NOT_MODIFIED)]
    bearing = next((v for v in reversed(stood) if v.etag or v.last_modified), None)
    return KeptPage(
        site=page.site,
        url=page.url,
        title=listed.title,
        list_date=listed.list_date,
        columns=tuple(dict.fromkeys(s.column_url for s in sightings)),
        asked_at=max(at for at, _ in asked),
        is_unasked=max(crawl for _, crawl in asked) <= listed.crawl_id,
        etag=bearing.etag if bearing else None,
        last_modified=bearing.last_modified if bearing else None,
    )


def kept_files(engine: Engine, sites: Sequence[str]) -> list[KeptFiles]:
    """Every opened page of these sites that has attachments, in a fixed order."""
    with Session(engine) as session:
        known = _Known(session, sites)
        versions: dict[int, list[Version]] = known.by_page(Version)
        opened: dict[int, list[OpenedFile]] = known.by_page(OpenedFile)
        pages = session.scalars(select(Page).where(Page.site.in_(sites)).order_by(Page.site, Page.url)).all()
        found = []
        for page in pages:
            said = versions[page.id][-1] if versions[page.id] else None
            if said is not None and said.attachments:
                newest = {row.url: row.outcome for row in opened[page.id]}
                read = frozenset(url for url, outcome in newest.items() if outcome != FileOutcome.NOT_FETCHED)
                files = tuple((name, url) for name, url in said.attachments)
                found.append(KeptFiles(page.site, page.url, said.title, said.text, files, read))
        return found


def runs(engine: Engine, plan: str | None = None) -> list[Run]:
    """All stored runs of the judge, or those of one plan, oldest first."""
    with Session(engine) as session:
        counted: dict[int, dict[str, int]] = defaultdict(dict)
        for run, status, n in session.execute(
            select(JudgedVerdict.judgement_id, JudgedVerdict.status, func.count())
            .group_by(JudgedVerdict.judgement_id, JudgedVerdict.status)
            .order_by(JudgedVerdict.judgement_id, JudgedVerdict.status)
        ):
            counted[run][status] = n
        wanted = select(Judgement).order_by(Judgement.id)
        if plan is not None:
            wanted = wanted.where(Judgement.plan == plan)
        return [
            Run(r.id, r.plan, r.register_digest, r.as_of, r.judged_at, r.rules, r.last_crawl, dict(counted[r.id]))
            for r in session.scalars(wanted)
        ]


def verdicts_of(engine: Engine, run: int) -> list[dict[str, Any]]:
    """The verdicts of one run as they were stored, in their order."""
    with Session(engine) as session:
        bodies = select(JudgedVerdict.body).where(JudgedVerdict.judgement_id == run).order_by(JudgedVerdict.id)
        return list(session.scalars(bodies))


def repealed_documents(engine: Engine) -> tuple[Repealed, ...]:
    """What notices of all sites and crawls declare repealed, each once: what later crawls look for everywhere."""
    with Session(engine) as session:
        said = session.scalars(
            select(Version.details).where(cast(Version.details, String).contains('"repeals"')).order_by(Version.id)
        )
        told = [repealed for details in said for repealed in details_from_json(details).repeals]
        files = session.scalars(
            select(OpenedFile).where(cast(OpenedFile.body, String).contains('"repeals"')).order_by(OpenedFile.id)
        )
        told += [repealed for file in _files(list(files)) for repealed in file.repeals]
    return tuple(dict.fromkeys(told))


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


class _Known:
    """The rows of facts about some sites, of all crawls or up to one."""

    def __init__(self, session: Session, sites: Sequence[str], until_crawl: int | None = None) -> None:
        self.session, self.sites, self._until = session, sites, until_crawl

    def rows(self, table: Any) -> Any:  # noqa: ANN401 - any of our tables
        return self.session.scalars(self._bounded(select(table).where(table.site.in_(self.sites)), table))

    def by_page(self, table: Any) -> dict[int, Any]:  # noqa: ANN401 - any of our tables
        rows: dict[int, Any] = defaultdict(list)
        wanted = select(table).join(Page, Page.id == table.page_id).where(Page.site.in_(self.sites))
        for row in self.session.scalars(self._bounded(wanted, table)):
            rows[row.page_id].append(row)
        return rows

    def _bounded(self, wanted: Any, table: Any) -> Any:  # noqa: ANN401 - a statement of any of our tables
        bounded = wanted if self._until is None else wanted.where(table.crawl_id <= self._until)
        return bounded.order_by(table.id)


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


def _publications(known: _Known) -> list[Publication]:
    wanted = select(Page).where(Page.site.in_(known.sites)).order_by(Page.site, Page.url)
    pages = {page.id: page for page in known.session.scalars(wanted)}
    sightings: dict[int, list[Sighting]] = known.by_page(Sighting)
    versions: dict[int, list[Version]] = known.by_page(Version)
    opened: dict[int, list[OpenedFile]] = known.by_page(OpenedFile)
    visits: dict[int, list[Visit]] = known.by_page(Visit)
    pictures: dict[int, list[Picture]] = known.by_page(Picture)
    beside = _days_beside(sightings)
    return [
        dataclasses.replace(
            _with_files(_publication(page, sightings[id_], versions[id_]), _files(opened[id_])),
            beside=beside.get(id_, ()),
            visits=tuple(PageVisit(visit.at, FetchOutcome(visit.outcome)) for visit in visits[id_]),
            screenshots=tuple(_screenshot(picture) for picture in pictures[id_]),
        )
        for id_, page in pages.items()
        if sightings[id_] or versions[id_]
    ]


def _days_beside(sightings: dict[int, list[Sighting]]) -> dict[int, tuple[dt.date, ...]]:
    """The days of each page's dated neighbours. The rows of one list are stored in its order."""
    lists: dict[tuple[int, str], list[Sighting]] = defaultdict(list)
    for row in (row for rows in sightings.values() for row in rows if row.list_date is not None):
        lists[row.crawl_id, row.column_url].append(row)
    newest: dict[int, dict[str, list[dt.date]]] = defaultdict(dict)  # by page and column
    for (_, column), rows in sorted(lists.items()):
        ordered = sorted(rows, key=lambda row: row.id)
        days = [row.list_date for row in ordered if row.list_date is not None]
        for place, row in enumerate(ordered):
            newest[row.page_id][column] = days[max(0, place - 1) : place] + days[place + 1 : place + 2]
    return {page: tuple(day for days in columns.values() for day in days) for page, columns in newest.items()}


def _files(opened: list[OpenedFile]) -> tuple[FileRead, ...]:
    """Each attachment as last seen, in the order in which they were first met."""
    newest = {row.url: row for row in opened}
    return tuple(file_from_json(row.url, row.outcome, row.evidence, row.body) for row in newest.values())


def _with_files(publication: Publication, files: tuple[FileRead, ...]) -> Publication:
    """Before a file was made nobody can have published it: its own date is one more clock."""
    made = sorted({file.created for file in files if file.created})
    clocks = publication.clocks + tuple(Clock(ClockName.ATTACHMENT, moment) for moment in made)
    return dataclasses.replace(publication, files=files, clocks=clocks)


def _screenshot(row: Picture) -> Screenshot:
    return Screenshot(row.taken_at, row.evidence, tuple(mark_from_json(mark) for mark in row.marks))


def _publication(page: Page, sightings: list[Sighting], versions: list[Version]) -> Publication:
    said = versions[-1] if versions else None
    listed = sightings[-1] if sightings else None
    shown = said.clocks if said else listed.clocks if listed else []
    clocks = [Clock(ClockName(name), value) for name, value in shown]
    row = _letter_clocks(listed) if said and listed else []
    clocks += [clock for clock in row if clock not in clocks]
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
        asked=details.asked or _letter_day(clocks, ClockName.ASKED),
        answered=details.answered or _letter_day(clocks, ClockName.ANSWERED),
        history=tuple(_state(version) for version in versions),
        listed=tuple((s.seen_at, s.title, s.list_date) for s in sightings),
        listed_validity=tuple((s.seen_at, s.validity) for s in sightings if s.validity),
        cut=not (said and said.title) and listed is not None and bool(listed.cut),
    )


def _letter_clocks(listed: Sighting) -> list[Clock]:
    """What the newest row says of a letter: it may tell of an answer that came after the page was opened."""
    names = (ClockName.ASKED.value, ClockName.ANSWERED.value)
    return [Clock(ClockName(name), value) for name, value in listed.clocks if name in names]


def _letter_day(clocks: list[Clock], name: ClockName) -> dt.date | None:
    days = [clock.value for clock in clocks if clock.name is name and clock.value != PENDING]
    return dt.date.fromisoformat(days[0]) if days else None


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


def crawled_sites(engine: Engine) -> set[str]:
    """The ids of all sites that a crawl tried to enter."""
    with Session(engine) as session:
        return set(session.scalars(select(SiteEntry.site).distinct()))
