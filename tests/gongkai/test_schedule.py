"""Scheduled audits: told once, never at night, never of nothing; ready lines for cron and systemd."""

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checks.export import to_jsonl
from checks.verdict import ReasonCode, Status, Verdict
from gongkai import scheduling
from gongkai.commands import app
from gongkai.schedule_file import Quiet, load_schedule
from gongkai.scheduling import Ran, cron_lines, run_job, systemd_units
from plans.problems import PlanFileError
from reports.notices import Cause, Notice, overdue_notice

SCHEDULE = """
jobs:
  - {id: monthly, register: register.yaml, sites: sites.yaml, db: "sqlite:///audit.sqlite", out: out, when: {day: 5, at: "02:30"}}
  - {id: closing, register: register.yaml, sites: sites.yaml, db: "sqlite:///audit.sqlite", out: out, when: {day: last, at: "23:00"}}
  - {id: weekly, register: register.yaml, sites: sites.yaml, db: "sqlite:///audit.sqlite", out: out, when: {weekday: mon, at: "06:05"}}
notices:
  to:
    - {name: office, address: "env:OFFICE_ADDRESS"}
    - {name: duty, address: "json://127.0.0.1:9/", about: [failed]}
  quiet: {from: "21:00", to: "08:00"}
"""  # noqa: E501 - a job a line is how people write it
SITES = "sites: [{id: czj, name: 某市财政局, agency: 市财政局, url: 'http://127.0.0.1:9/'}]"
NOON = dt.datetime(2017, 7, 5, 4, tzinfo=dt.UTC)
NIGHT = dt.datetime(2017, 7, 5, 18, 30, tzinfo=dt.UTC)  # 02:30 in Shanghai


def verdict(period: str, status: Status = Status.OVERDUE) -> Verdict:
    return Verdict(
        plan="p-2017",
        obligation="1-1",
        agency="市财政局",
        site="czj",
        period=period,
        subject=None,
        status=status,
        flags=(),
        due=dt.date(2017, 6, 25),
        published=None,
        first_seen=None,
        days_late=None,
        url=None,
        title=None,
        evidence=None,
        reason_code=ReasonCode.NOT_FOUND,
        reason="未见",
        obligation_title="财政收支",
    )


class Post:
    """Where messages arrive."""

    def __init__(self) -> None:
        self.got: list[tuple[str, Notice]] = []
        self.works = True

    def __call__(self, address: str, notice: Notice) -> bool:
        if self.works:
            self.got.append((address, notice))
        return self.works


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "schedule.yaml").write_text(SCHEDULE, encoding="utf-8")
    (tmp_path / "sites.yaml").write_text(SITES, encoding="utf-8")
    monkeypatch.setenv("OFFICE_ADDRESS", "mailto://office.example")
    return tmp_path


def ended(monkeypatch: pytest.MonkeyPatch, folder: Path, *verdicts: Verdict, code: int = 0, down: str = "") -> None:
    """The audit of the next run ends so; the run itself is tested end to end elsewhere."""
    out = folder / "out"
    out.mkdir(exist_ok=True)
    (out / "verdicts.jsonl").write_bytes(to_jsonl(verdicts))
    (out / "summary.json").write_text(json.dumps({"unreachable": {"czj": down} if down else {}}), "utf-8")
    monkeypatch.setattr(scheduling, "_audit", lambda _, job: Ran(job, code, "开始\n无法写入 out"))


def run(folder: Path, post: Post, now: dt.datetime = NOON) -> list[str]:
    return list(run_job(folder / "schedule.yaml", "monthly", send=post, now=now))


def test_new_overdue_items_are_told_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post()
    ended(monkeypatch, folder, verdict("2017-05"))
    run(folder, post)
    run(folder, post)
    assert [notice.cause for _, notice in post.got] == [Cause.OVERDUE]
    ended(monkeypatch, folder, verdict("2017-05", Status.MISSING), verdict("2017-06"))
    run(folder, post)
    assert len(post.got) == 2
    assert "6月" in post.got[1][1].body
    assert "5月" not in post.got[1][1].body


def test_quiet_hours_hold_a_notice_back_and_lose_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post()
    ended(monkeypatch, folder, verdict("2017-05"))
    assert any("免打扰" in line for line in run(folder, post, NIGHT))
    assert post.got == []
    run(folder, post, NOON)
    assert len(post.got) == 1


def test_what_could_not_be_sent_is_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post()
    ended(monkeypatch, folder, verdict("2017-05"))
    post.works = False
    assert any("发送失败" in line for line in run(folder, post))
    post.works = True
    run(folder, post)
    assert len(post.got) == 1


def test_a_failed_run_is_told_to_all_and_its_old_results_to_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post()
    ended(monkeypatch, folder, verdict("2017-05"), code=2)
    run(folder, post)
    assert [(address.split(":")[0], n.cause) for address, n in post.got] == [
        ("mailto", Cause.FAILED),
        ("json", Cause.FAILED),
    ]
    assert "无法写入" in post.got[0][1].body


def test_a_site_that_is_down_is_told_with_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post()
    ended(monkeypatch, folder, down="dns", code=3)
    run(folder, post)
    run(folder, post)
    assert [(n.cause, "域名" in n.body) for _, n in post.got] == [(Cause.SITE_DOWN, True)]


def test_nothing_new_sends_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post()
    ended(monkeypatch, folder, verdict("2017-05", Status.ON_TIME), verdict("2017-06", Status.INCONCLUSIVE))
    run(folder, post)
    assert post.got == []


def test_an_address_that_the_environment_lacks_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OFFICE_ADDRESS")
    ended(monkeypatch, folder, verdict("2017-05"))
    assert any("OFFICE_ADDRESS" in line for line in run(folder, Post()))


@pytest.mark.parametrize(
    ("clock", "quiet"), [("20:59", False), ("21:00", True), ("00:10", True), ("07:59", True), ("08:00", False)]
)
def test_quiet_hours_run_over_midnight(clock: str, quiet: bool) -> None:
    hours = Quiet.model_validate({"from": "21:00", "to": "08:00"})
    assert hours.covers(dt.time.fromisoformat(clock)) is quiet


def test_cron_lines_are_in_beijing_time_and_know_the_last_day(folder: Path) -> None:
    zone, monthly, closing, weekly = cron_lines(folder / "schedule.yaml")
    assert zone == "CRON_TZ=Asia/Shanghai"
    assert monthly.startswith("30 2 5 * * ")
    assert monthly.endswith(f"schedule once {folder / 'schedule.yaml'} monthly")
    assert closing.startswith('0 23 28-31 * * [ "$(date -d tomorrow +\\%d)" = 01 ] && ')
    assert weekly.startswith("5 6 * * mon ")


def test_systemd_timers_say_the_same(folder: Path) -> None:
    text = "\n".join(systemd_units(folder / "schedule.yaml"))
    for line in ("*-*-05 02:30:00", "*-*~01 23:00:00", "Mon *-*-* 06:05:00"):
        assert f"OnCalendar={line} Asia/Shanghai" in text
    assert text.count("Persistent=true") == 3


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('{day: 5, at: "02:30"}', '{day: 5, at: "25:30"}', "at"),
        ('{day: 5, at: "02:30"}', '{day: 31, at: "02:30"}', "day"),
        ('{day: 5, at: "02:30"}', '{day: 5, weekday: mon, at: "02:30"}', "weekday"),
        ("id: closing", "id: monthly", "重复"),
        ("about: [failed]", "about: [rain]", "about"),
    ],
)
def test_a_wrong_schedule_is_named_by_its_line(folder: Path, before: str, after: str, said: str) -> None:
    path = folder / "schedule.yaml"
    path.write_text(SCHEDULE.replace(before, after), encoding="utf-8")
    with pytest.raises(PlanFileError, match=said) as caught:
        load_schedule(path)
    assert "schedule.yaml" in str(caught.value)


def test_a_message_names_at_most_twenty_items_and_counts_the_rest() -> None:
    notice = overdue_notice([verdict(f"2017-{m:02d}") for m in range(1, 13)] * 2, frozenset(), "报告")
    assert notice is not None
    assert "24 项" in notice.title
    assert "另有 4 项" in notice.body


def test_an_unknown_job_is_said_with_those_there_are(folder: Path) -> None:
    result = CliRunner().invoke(app, ["schedule", "once", str(folder / "schedule.yaml"), "daily"])
    assert "monthly、closing、weekly" in str(result.exception)
