"""The agency's own check: one portal, the agency's obligations alone, a to-do list and a calendar."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from crawler.summary import CrawlSummary
from db.reading import crawled_sites
from db.store import open_store
from gongkai import auditing
from gongkai.arguments import SHANGHAI, InputError, Lang
from gongkai.filing import write_all
from plans.agencies import collective_levels, sites_for
from plans.load import load_register, load_sites
from plans.register import Register
from plans.sites import Level, Site, Sites
from reports.calendar_file import due_calendar
from reports.selfcheck import SelfCheck, selfcheck
from reports.texts import Lang as ReportLang
from reports.writing import replace_files

REGISTERS = Path(auditing.__file__).parents[1] / "plans" / "registers"
SITES = REGISTERS.with_name("sites")
OWN_SITE = "own"
_PLACE_ENDS = re.compile("[省市区县]")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a self-check found, and the files that say so."""

    judged: auditing.Judged
    summary: CrawlSummary
    files: tuple[Path, ...]


def task_for(agency: str, url: str, register: Path | None, level: Level) -> auditing.Task:
    """The agency's obligations, all looked for on the one portal: those of `register`, or of the shipped one that names
    the agency. Raises InputError where it has none, or where several shipped ones name it."""
    path = register or _shipped_for(agency, url)
    sites = _own_site(agency, url, level)
    own = _own(load_register(path), sites)
    if not own.obligations:
        raise InputError(f"{path}：没有由 {agency} 牵头的事项，请核对单位名称 / it leads nothing in this register")
    return auditing.Task(own, sites, hashlib.sha256(path.read_bytes()).hexdigest())


def _own_site(agency: str, url: str, level: Level) -> Sites:
    return Sites(sites=(Site(id=OWN_SITE, name=agency, agency=agency, url=url, level=level),))


def _shipped_for(agency: str, url: str) -> Path:
    """The shipped register that names the agency; of several the one among whose sites the portal is."""
    named = [path for path in sorted(REGISTERS.glob("*.yaml")) if _names(load_register(path), agency)]
    if not named:
        raise InputError(
            f"随附的台账都没有单列 {agency}，请核对单位名称，或用 --register 指定台账 / named in no shipped register"
        )
    home = [path for path in named if _is_at_home(url, path)] if len(named) > 1 else named
    if len(home) != 1:
        plans = "、".join(path.stem for path in named)
        raise InputError(f"{agency} 在多份台账中（{plans}），请用 --register 指定 / named in several, choose one")
    return home[0]


def _names(register: Register, agency: str) -> bool:
    """Whether the agency leads something by its own name, not as one of 各部门 alone, and is of the plan's place: the
    register's 市公安局 is not every city's."""
    sites = _own_site(agency, "http://localhost/", Level.DEPARTMENT)
    is_local = any(part and part in agency for part in _PLACE_ENDS.split(register.plan.place))
    for obligation in register.obligations:
        leads = tuple(lead for lead in obligation.lead if not collective_levels(lead))
        alone = obligation.model_copy(update={"lead": leads, "where": ()})
        if leads and any(place.sites for place in sites_for(alone, sites)):
            return is_local or agency in leads
    return False


def _is_at_home(url: str, register: Path) -> bool:
    sites = SITES / f"{register.stem.rpartition('-')[0]}.yaml"
    host = urlsplit(url).hostname
    return sites.exists() and any(urlsplit(site.url).hostname == host for site in load_sites(sites).sites)


def run(
    task: auditing.Task,
    db: str,
    as_of: dt.date,
    out: Path,
    lang: Lang,
    *,
    now: dt.datetime | None,
    on_progress: Callable[[dict[str, int]], None],
) -> Checked:
    """Crawl, judge and write selfcheck.* and selfcheck.ics into `out`."""
    summary = auditing.crawl(task, db, now, on_progress)
    judged = auditing.judge(task, db, as_of, out)
    return Checked(judged, summary, _write(judged, task.sites.sites[0].agency, out, lang))


def from_store(
    task: auditing.Task, agency: str, db: str, as_of: dt.date, *, out: Path, lang: Lang
) -> tuple[auditing.Judged, tuple[Path, ...]]:
    """The same files from what a store holds, without network: the agency's verdicts alone of a task of its own
    (`task_for`) or of a whole audit's. Raises InputError where the store or the register has nothing about it."""
    if not any(place.agency == agency for o in task.register.obligations for place in sites_for(o, task.sites)):
        raise InputError(f"没有由 {agency} 牵头的事项，请核对单位名称 / leads nothing in this register")
    _check_is_crawled(task, db)
    judged = auditing.judge_store(task, db, as_of)[0]
    levels = {site.level for site in task.sites.sites if site.agency == agency}
    shared = {v.agency for v in judged.verdicts if not levels.isdisjoint(collective_levels(v.agency))}  # 各部门
    own = replace(judged, verdicts=tuple(v for v in judged.verdicts if v.agency == agency or v.agency in shared))
    auditing.write_verdicts(own, out)
    return own, _write(own, agency, out, lang)


def _check_is_crawled(task: auditing.Task, db: str) -> None:
    engine = open_store(db, create=False)
    try:
        known = crawled_sites(engine)
    finally:
        engine.dispose()
    if known.isdisjoint(site.id for site in task.sites.sites):
        raise InputError(
            f"{db}：库中没有这些网站的采集记录，请先运行 gongkai selfcheck 或 gongkai crawl / not crawled yet"
        )


def _write(judged: auditing.Judged, agency: str, out: Path, lang: Lang) -> tuple[Path, ...]:
    register, main = judged.task.register, ReportLang(lang.value)
    url = next((site.url for site in judged.task.sites.sites if site.agency == agency), "")
    shown = SelfCheck(register, agency, url, judged.verdicts, judged.as_of)
    files = write_all(selfcheck(shown, main), out, "selfcheck", other=selfcheck(shown, main.other))
    calendar, year = out / "selfcheck.ics", register.plan.year
    stamp = dt.datetime.combine(judged.as_of, dt.time(), SHANGHAI).astimezone(dt.UTC)
    replace_files({calendar: due_calendar(judged.verdicts, f"{agency} {year}", stamp, year)})
    return (*files, calendar)


def _own(register: Register, sites: Sites) -> Register:
    """The register with the agency's obligations alone, wherever it says that they stand; channels stay."""
    agency = sites.sites[0].agency
    kept = []
    for obligation in register.obligations:
        anywhere = obligation.model_copy(update={"where": ()})
        leads = [place.agency for place in sites_for(anywhere, sites) if place.sites]
        if leads:
            channels = any(place.channels for place in sites_for(obligation, sites))
            kept.append(obligation if channels else anywhere.model_copy(update={"lead": (agency,)}))
    return register.model_copy(update={"obligations": tuple(kept)})
