"""Scheduled audits: each in a process of its own, its findings told once to those who want to know."""

import datetime as dt
import json
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from apprise import Apprise
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import Engine

from checks.export import from_record
from checks.verdict import Verdict
from db import notices as store
from db.store import open_store
from gongkai.arguments import SHANGHAI, InputError, Lang
from gongkai.progress import outcome_and_remedy
from gongkai.schedule_file import Channel, Job, Schedule, When, load_schedule
from plans.load import load_sites
from reports.notices import Notice, failure_notice, overdue_notice, site_notice

EXIT_UNREACHABLE = 3
_MISSED = 6 * 3600  # seconds: a machine that was off makes up for a job of the last six hours
Send = Callable[[str, Notice], bool]  # (address, what) -> whether it went out


@dataclass(frozen=True, slots=True)
class Ran:
    """How one job ended."""

    job: Job
    code: int
    said: str

    @property
    def failed(self) -> bool:
        return self.code not in (0, 1, EXIT_UNREACHABLE)


def send_by_apprise(address: str, notice: Notice) -> bool:
    """Whether the message went out. Never raises for an address that does not work."""
    apprise = Apprise()
    return bool(apprise.add(address)) and bool(apprise.notify(title=notice.title, body=notice.body))


def run_job(path: Path, job_id: str, *, send: Send = send_by_apprise, now: dt.datetime | None = None) -> Iterator[str]:
    """Run one job of the schedule file now and send what is to be told. Lines for the log. Raises InputError and
    PlanFileError."""
    schedule = load_schedule(path)
    job = next((each for each in schedule.jobs if each.id == job_id), None)
    if job is None:
        known = "、".join(each.id for each in schedule.jobs)
        raise InputError(f"{path}：没有任务 {job_id}，现有 {known} / no such job")
    ran = _audit(path.parent, job)
    yield f"{job.id}：{'失败' if ran.failed else '完成'}（退出码 {ran.code}）"
    if schedule.notices is not None:
        yield from _tell(path.parent, schedule, ran, send, now or dt.datetime.now(dt.UTC))


def serve(path: Path, log: Callable[[str], None]) -> None:
    """Run the jobs at their times until the process is stopped. A job that is late starts once, not as often as it was
    missed; one that still runs is not begun again."""
    schedule = load_schedule(path)
    scheduler = BlockingScheduler(timezone=SHANGHAI)

    def _run(job: str) -> None:
        for line in run_job(path, job):
            log(line)

    for job in schedule.jobs:
        scheduler.add_job(
            _run, _trigger(job.when), [job.id], id=job.id, coalesce=True, max_instances=1, misfire_grace_time=_MISSED
        )
    scheduler.start()


def cron_lines(path: Path) -> Iterator[str]:
    """Lines for a crontab, times in Asia/Shanghai."""
    schedule = load_schedule(path)
    yield "CRON_TZ=Asia/Shanghai"
    for job in schedule.jobs:
        when = job.when
        day = {None: "*", "last": "28-31"}.get(when.day, str(when.day))  # type: ignore[arg-type]
        guard = '[ "$(date -d tomorrow +\\%d)" = 01 ] && ' if when.day == "last" else ""
        yield f"{when.minute} {when.hour} {day} * {when.weekday or '*'} {guard}{_command(path, job)}"


def systemd_units(path: Path) -> Iterator[str]:
    """A service and a timer for each job, with the name of the file that each belongs in."""
    for job in load_schedule(path).jobs:
        name = f"gongkai-{job.id}"
        yield f"# /etc/systemd/system/{name}.service"
        yield f"[Unit]\nDescription=Gongkai {job.id}\nWants=network-online.target\nAfter=network-online.target\n"
        yield f"[Service]\nType=oneshot\nExecStart={_command(path, job)}\n"
        yield f"# /etc/systemd/system/{name}.timer"
        yield f"[Unit]\nDescription=Gongkai {job.id}\n"
        yield f"[Timer]\nOnCalendar={_on_calendar(job.when)}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"


def _audit(folder: Path, job: Job) -> Ran:
    """The audit as a command of its own: the crawler's reactor runs once in a process."""
    command = [sys.executable, "-m", "gongkai", "audit", "--register", job.register_file, "--sites", job.sites]
    command += ["--db", job.db, "--out", job.out]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    return Ran(job, done.returncode, done.stderr)


def _tell(folder: Path, schedule: Schedule, ran: Ran, send: Send, now: dt.datetime) -> Iterator[str]:
    notices = schedule.notices
    assert notices is not None  # noqa: S101 - the caller has seen to it
    local = now.astimezone(SHANGHAI)
    if notices.quiet is not None and notices.quiet.covers(local.time()):
        yield f"免打扰时段（{notices.quiet.begins}-{notices.quiet.ends}），通知留待下次运行发出"
        return
    engine = open_store(_located(folder, ran.job.db))
    try:
        for channel in notices.to:
            for notice in _due_for(folder, channel, ran, engine, local.date()):
                yield _deliver(engine, channel, notice, send, now)
    finally:
        engine.dispose()


def _due_for(folder: Path, channel: Channel, ran: Ran, engine: Engine, day: dt.date) -> list[Notice]:
    known = store.told(engine, channel.name)
    where = f"报告：{(folder / ran.job.out / 'report.html').resolve()}"
    found = [
        failure_notice(ran.job.id, ran.said, known, day) if ran.failed else None,
        None if ran.failed else overdue_notice(_verdicts(folder, ran.job), known, where),
        None if ran.failed else site_notice(_down(folder, ran.job), known, day),
    ]
    return [notice for notice in found if notice is not None and notice.cause in channel.about]


def _deliver(engine: Engine, channel: Channel, notice: Notice, send: Send, now: dt.datetime) -> str:
    address = channel.resolved()
    if address is None:
        return f"{channel.name}：环境变量 {channel.address.removeprefix('env:')} 未设置，未发送“{notice.title}”"
    if not send(address, notice):
        return f"{channel.name}：发送失败，下次再试：“{notice.title}”"
    store.record_told(engine, channel.name, notice.digests, at=now, text=f"{notice.title}\n{notice.body}")
    return f"{channel.name}：已发送“{notice.title}”"


def _verdicts(folder: Path, job: Job) -> list[Verdict]:
    path = folder / job.out / "verdicts.jsonl"
    try:
        return [from_record(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _down(folder: Path, job: Job) -> dict[str, str]:
    """Names of sites that the run could not enter, and why."""
    try:
        unreachable = json.loads((folder / job.out / "summary.json").read_text("utf-8"))["unreachable"]
    except (OSError, ValueError, KeyError):
        return {}
    names = {site.id: site.name for site in load_sites(folder / job.sites).sites}
    return {names.get(site, site): outcome_and_remedy(outcome, Lang.ZH) for site, outcome in unreachable.items()}


def _located(folder: Path, db: str) -> str:
    """A relative SQLite address as the job, which runs in the schedule's folder, means it."""
    prefix = "sqlite:///"
    if db.startswith(prefix) and not db.startswith(prefix + "/"):
        return prefix + str((folder / db.removeprefix(prefix)).resolve())
    return db


def _command(path: Path, job: Job) -> str:
    return shlex.join([sys.executable, "-m", "gongkai", "schedule", "once", str(path.resolve()), job.id])


def _trigger(when: When) -> CronTrigger:
    return CronTrigger(hour=when.hour, minute=when.minute, day=when.day, day_of_week=when.weekday, timezone=SHANGHAI)


def _on_calendar(when: When) -> str:
    weekday = f"{when.weekday.capitalize()} " if when.weekday else ""
    day = {None: "*", "last": "~01"}.get(when.day, f"{when.day:02d}" if isinstance(when.day, int) else "*")  # type: ignore[arg-type]
    date = f"*-*{day}" if day == "~01" else f"*-*-{day}"
    return f"{weekday}{date} {when.at}:00 Asia/Shanghai"
