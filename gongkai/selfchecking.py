"""The agency's own check: one portal, the agency's obligations alone, a to-do list and a calendar."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crawler.summary import CrawlSummary
from gongkai import auditing
from gongkai.arguments import SHANGHAI, InputError, Lang
from gongkai.filing import write_all
from plans.agencies import sites_for
from plans.load import load_register
from plans.register import Register
from plans.sites import Level, Site, Sites
from reports.calendar_file import due_calendar
from reports.selfcheck import SelfCheck, selfcheck
from reports.texts import Lang as ReportLang
from reports.writing import replace_files

REGISTERS = Path(auditing.__file__).parents[1] / "plans" / "registers"
OWN_SITE = "own"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a self-check found, and the files that say so."""

    judged: auditing.Judged
    summary: CrawlSummary
    files: tuple[Path, ...]


def task_for(agency: str, url: str, register: Path | None, level: Level) -> auditing.Task:
    """The agency's obligations, all looked for on the one portal. Raises InputError where it has none."""
    for path in [register] if register else sorted(REGISTERS.glob("*.yaml")):
        whole = load_register(path)
        sites = Sites(sites=(Site(id=OWN_SITE, name=agency, agency=agency, url=url, level=level),))
        own = _own(whole, sites)
        if own.obligations:
            return auditing.Task(own, sites, hashlib.sha256(path.read_bytes()).hexdigest())
    where = str(register) if register else "随附的台账"
    raise InputError(f"{where}：没有由 {agency} 牵头的事项，请核对单位名称，或用 --register 指定台账 / leads nothing")


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
    site = task.sites.sites[0]
    shown = SelfCheck(task.register, site.agency, site.url, judged.verdicts, as_of)
    main = ReportLang(lang.value)
    files = write_all(selfcheck(shown, main), out, "selfcheck", other=selfcheck(shown, main.other))
    calendar = out / "selfcheck.ics"
    plan = task.register.plan
    stamp = dt.datetime.combine(as_of, dt.time(), SHANGHAI).astimezone(dt.UTC)
    name = f"{site.agency} {plan.year}"
    replace_files({calendar: due_calendar(judged.verdicts, name, stamp, plan.year)})
    return Checked(judged, summary, (*files, calendar))


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
