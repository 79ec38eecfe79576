"""The spot-check's run: a look at each drawn site, its indicators, and what became of it into the store."""

import datetime as dt
import multiprocessing
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from checks.export import to_record
from checks.indicator_edition import Edition, load_edition, shipped_editions
from checks.indicator_findings import SiteFindings, to_body
from checks.indicator_sight import Sight
from checks.indicators import judge_site
from checks.judge import judge as judge_facts
from checks.reviews import Reviewed
from crawler.health import look_at
from crawler.tasks import site_task
from db import drawings as store
from db import reading, recording
from db.health import health_of
from db.probes import tries_of
from db.store import archive_folder, open_store
from gongkai import auditing, comparing
from gongkai.arguments import InputError
from gongkai.probing import as_try
from gongkai.reviewing import sitting
from gongkai.spot_results import drawing_named
from plans.load import load_sites
from plans.register import Kind
from plans.sites import Site, Sites


@dataclass(frozen=True, slots=True)
class Run:
    """What shall be run. `now` stamps a practice look; `without_services` are ids of sites that offer none."""

    sites: Path
    db: str
    edition: str
    as_of: dt.date
    drawing: int | None = None
    round: str | None = None
    register: Path | None = None
    now: dt.datetime | None = None
    without_services: Collection[str] = ()


def run(asked: Run) -> Iterator[SiteFindings]:
    """Look at the drawn sites, judge their indicators, store the results. Raises InputError, PlanFileError and
    StoreError before anything is fetched."""
    edition = edition_named(asked.edition)
    listed = load_sites(asked.sites)
    engine = open_store(asked.db, create=False)
    try:
        drawing = drawing_named(engine, asked.drawing, asked.round)
        drawn = _drawn(drawing, listed)
        _known(asked.without_services, drawn)
        task = auditing.load(asked.register, asked.sites) if asked.register is not None else None
        _look_in_a_process_of_its_own(asked.db, drawn, asked.now)
        verdicts, pairings = _verdicts(engine, asked, task, drawn)
        found = tuple(judge_site(edition, _sight(engine, site, asked, verdicts, pairings)) for site in drawn)
        at = asked.now or dt.datetime.now(dt.UTC)
        store.record_results(
            engine, drawing.number, [store.SiteResult(f.site, f.outcome.value, at, to_body(f)) for f in found]
        )
        yield from found
    finally:
        engine.dispose()


def edition_named(name: str) -> Edition:
    """A shipped edition or a file's. Raises InputError for a name that is neither, PlanFileError for a bad file."""
    if not Path(name).suffix and name not in shipped_editions():
        known = "、".join(shipped_editions())
        raise InputError(f"--edition {name}：应为 {known} 或一个 YAML 文件 / expected one of these or a file")
    return load_edition(name)


def _drawn(drawing: store.StoredDrawing, sites: Sites) -> tuple[Site, ...]:
    by_id = {site.id: site for site in sites.sites}
    wanted = [str(unit["site"]) for unit in drawing.body.get("units", ())]
    absent = [site for site in wanted if site not in by_id]
    if absent or not wanted:
        named = "、".join(absent)
        raise InputError(f"抽中的网站不在网站清单中：{named} / drawn sites are not in the sites file")
    return tuple(by_id[site] for site in wanted)


def _known(without_services: Collection[str], drawn: Sequence[Site]) -> None:
    unknown = sorted(set(without_services) - {site.id for site in drawn})
    if unknown:
        raise InputError(f"--without-services {unknown[0]}：不是抽中的网站 / not a drawn site")


def _look_in_a_process_of_its_own(db: str, sites: Sequence[Site], now: dt.datetime | None) -> None:
    """Scrapy owns a process: the audit's own crawl may follow in this one."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        pool.submit(look_once, db, tuple(sites), now).result()


def look_once(db: str, sites: Sequence[Site], now: dt.datetime | None) -> int:
    """One look at each site into the store; the number of sites. Begins and ends a Scrapy process."""
    engine = open_store(db)
    try:
        tasks = [site_task(site, ()) for site in sites]
        return look_at(engine, archive_folder(db), tasks, clock=lambda: now or dt.datetime.now(dt.UTC))
    finally:
        engine.dispose()


def _verdicts(
    engine: Engine, asked: Run, task: auditing.Task | None, drawn: tuple[Site, ...]
) -> tuple[tuple[Reviewed, ...] | None, frozenset[str]]:
    """The reviewed verdicts of the register, after a crawl of the drawn sites for it; None without a register. Sites
    that were not drawn are judged from what the store has of them."""
    if task is None:
        return None, frozenset()
    auditing.crawl(replace(task, sites=Sites(sites=drawn)), asked.db, asked.now)
    facts = reading.facts_for(engine, [site.id for site in task.sites.sites])
    verdicts = judge_facts(task.register, task.sites, facts, asked.as_of)
    recording.record_judgement(
        engine,
        plan=task.register.plan.id,
        register_digest=task.register_digest,
        as_of=asked.as_of,
        at=dt.datetime.now(dt.UTC),
        verdicts=((verdict.key, verdict.status.value, to_record(verdict)) for verdict in verdicts),
        rules=comparing.rules_digest(),
    )
    pairings = frozenset(o.id for o in task.register.obligations if o.kind is Kind.PAIRING)
    return sitting(engine, task.register.plan.id, asked.as_of).items, pairings


def _sight(
    engine: Engine,
    site: Site,
    asked: Run,
    verdicts: tuple[Reviewed, ...] | None,
    pairings: frozenset[str],
) -> Sight:
    own = None if verdicts is None else tuple(v for v in verdicts if v.verdict.site == site.id)
    return Sight(
        site=site.id,
        name=site.name,
        agency=site.agency,
        url=site.url,
        level=site.level.value,
        as_of=asked.as_of,
        looks=health_of(engine, site.id),
        tries=tuple(map(as_try, tries_of(engine, site.id))),
        verdicts=own,
        pairings=pairings,
        has_services=site.id not in asked.without_services,
    )
