"""The main job, step by step: load, crawl, judge, report. Each step is a command of its own as well."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from checks.elsewhere import absent_from
from checks.export import summary_of, to_jsonl, to_record
from checks.horizon import horizon
from checks.judge import judge as judge_facts
from checks.verdict import Status, Verdict
from crawler.run import crawl as run_crawl
from crawler.summary import CrawlSummary
from crawler.tasks import tasks_for
from db import reading, recording
from db.facts import Facts, FetchOutcome
from db.store import archive_folder, open_store
from gongkai import comparing
from gongkai.arguments import SHANGHAI, InputError, Lang
from gongkai.filing import print_page
from plans.load import load_register, load_sites
from plans.register import Register
from plans.sites import Sites
from reports.audit import Audit, write_audit
from reports.audit_annex import annex
from reports.audit_document import audit_document
from reports.forms import office_forms
from reports.texts import Lang as ReportLang
from reports.texts import texts
from reports.writing import replace_files

EXIT_FAILED_ON = 1
EXIT_UNREACHABLE = 3


@dataclass(frozen=True, slots=True)
class Task:
    """A register and a sites file, loaded and checked."""

    register: Register
    sites: Sites
    register_digest: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts of one judgement, and what they rest on."""

    task: Task
    facts: Facts
    as_of: dt.date
    verdicts: tuple[Verdict, ...]
    judgement: int


def load(register: Path, sites: Path) -> Task:
    """Raises PlanFileError: nothing is written or fetched before both files are right."""
    return Task(load_register(register), load_sites(sites), hashlib.sha256(register.read_bytes()).hexdigest())


def crawl(
    task: Task, db: str, now: dt.datetime | None, on_progress: Callable[[dict[str, int]], None] | None = None
) -> CrawlSummary:
    """Read the portals into the store. `now` stamps every fact of a replayed or practice crawl."""
    engine = open_store(db)

    def _clock() -> dt.datetime:
        return now or dt.datetime.now(dt.UTC)

    def _unseen() -> dict[str, dt.date]:
        """Where something would be called absent by what was read until now."""
        facts = reading.facts_for(engine, [site.id for site in task.sites.sites])
        verdicts = judge_facts(task.register, task.sites, facts, _clock().astimezone(SHANGHAI).date())
        return absent_from(task.register, task.sites, verdicts)

    since = horizon(task.register, task.sites, _clock().astimezone(SHANGHAI).date())
    try:
        return run_crawl(
            engine,
            archive_folder(db),
            tasks_for(task.register, task.sites, since),
            plan=task.register.plan.id,
            clock=_clock,
            on_progress=on_progress,
            unseen=_unseen,
        )
    finally:
        engine.dispose()


def judge(task: Task, db: str, as_of: dt.date, out: Path) -> Judged:
    """Verdicts from stored facts: into the store for `explain`, and to `verdicts.jsonl` and `summary.json`."""
    return judge_against(task, db, as_of, out, None)[0]


def judge_against(
    task: Task, db: str, as_of: dt.date, out: Path, against: str | None
) -> tuple[Judged, comparing.Compared | None]:
    """The same, compared with the earlier run that `against` names. Raises InputError before anything is written
    where there is none."""
    judged, compared = judge_store(task, db, as_of, against)
    write_verdicts(judged, out)
    return judged, compared


def judge_store(
    task: Task, db: str, as_of: dt.date, against: str | None = None
) -> tuple[Judged, comparing.Compared | None]:
    """Verdicts from stored facts, into the store alone. Raises InputError as above."""
    engine = open_store(db, create=False)
    try:
        before = comparing.run_named(engine, task.register.plan.id, against) if against else None
        facts = reading.facts_for(engine, [site.id for site in task.sites.sites])
        verdicts = judge_facts(task.register, task.sites, facts, as_of)
        run = recording.record_judgement(
            engine,
            plan=task.register.plan.id,
            register_digest=task.register_digest,
            as_of=as_of,
            at=dt.datetime.now(dt.UTC),
            verdicts=((verdict.key, verdict.status.value, to_record(verdict)) for verdict in verdicts),
            rules=comparing.rules_digest(),
        )
        compared = None
        if before is not None:
            judging = comparing.Judging(task.register, task.sites, task.register_digest, facts)
            moves = comparing.compare(engine, before, judging, verdicts)
            compared = comparing.Compared(before, run, moves, len(verdicts))
    finally:
        engine.dispose()
    return Judged(task, facts, as_of, verdicts, run), compared


def write_verdicts(judged: Judged, out: Path) -> None:
    """`verdicts.jsonl` and `summary.json` into `out`. Raises InputError."""
    figures = summary_of(judged.task.register, judged.verdicts, judged.as_of)
    figures |= {"unreachable": _unreachable(judged.facts)}
    summary = json.dumps(figures, ensure_ascii=False, indent=2) + "\n"
    with _writing(out):
        replace_files({out / "verdicts.jsonl": to_jsonl(judged.verdicts), out / "summary.json": summary.encode()})


def _unreachable(facts: Facts) -> dict[str, str]:
    """Site -> outcome, of the sites that the newest crawl could not enter."""
    newest = {entry.site: entry.outcome for entry in sorted(facts.sites, key=lambda entry: entry.read_at)}
    return {site: outcome.value for site, outcome in newest.items() if outcome is not FetchOutcome.OK}


def write_report(judged: Judged, out: Path, lang: Lang, *, every_form: bool = False) -> Path:
    """The HTML report and the tables; in `every_form` as a workbook, a Word file, JSON and PDF besides. Returns the
    report's path."""
    audit = Audit(
        register=judged.task.register,
        sites=judged.task.sites,
        verdicts=judged.verdicts,
        readings=judged.facts.readings,
        as_of=judged.as_of,
        crawled_at=max((entry.read_at for entry in judged.facts.sites), default=None),
        site_readings=judged.facts.sites,
    )
    with _writing(out):
        write_audit(audit, out, ReportLang(lang.value))
        if every_form:
            replace_files(office_forms(audit_document(audit, ReportLang(lang.value)), out, "report"))
            print_page(out / "report.html", annex(audit, ReportLang(lang.value)))
    return out / "report.html"


def counted(judged: Judged) -> str:
    """One line for the terminal: how many expectations, by status."""
    counts = {status: sum(1 for verdict in judged.verdicts if verdict.status is status) for status in Status}
    words = texts(ReportLang.ZH)
    shown = "，".join(f"{words(f'status.{status}')} {n}" for status, n in counts.items() if n)
    return f"判定 {len(judged.verdicts)} 项次：{shown}"


def exit_code_of_crawl(summary: CrawlSummary) -> int:
    """3 where not one site could be entered; a single portal that is down is a matter for the report."""
    reached = summary.counts.get("sites", 0)
    return EXIT_UNREACHABLE if summary.counts.get("sites_failed", 0) and not reached else 0


def exit_code_of_check(judged: Judged, fail_on: Sequence[Status]) -> int:
    return EXIT_FAILED_ON if any(verdict.status in fail_on for verdict in judged.verdicts) else 0


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"--out {out}: 无法写入 / cannot be written ({error.strerror})") from None
