"""`gongkai check --against RUN`: who moved between two runs, and what moved each."""

import contextlib
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from db.facts import Clock, ClockName, FetchOutcome, Reading, SiteReading, Stop
from db.recording import Seen, begin_crawl, finish_crawl, record_reading, record_sightings, record_site
from db.store import open_store
from gongkai import comparing
from gongkai.arguments import InputError
from gongkai.commands import app

COLUMN = "http://127.0.0.1:9/czsz/"
REGISTER = """
plan: {id: lin-2017, title: 要点, place: 临江市, year: 2017}
obligations:
  - {id: "1-3", measure: 一/3, title: 预算执行情况, lead: [市财政局], kind: periodic, cadence: monthly,
     due: {day: 25, of: next_period}, where: [czj], evidence: {title: ['预算执行'], columns: [财政收支]}}
"""
SITES = "sites:\n  - {id: czj, name: 临江市财政局, agency: 市财政局, url: 'http://127.0.0.1:9/'}\n"
MAY = "lin-2017/1-3/市财政局/2017-05"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "sites.yaml").write_text(SITES, encoding="utf-8")
    crawl(tmp_path, "2017-06-22", {m: f"2017-{m + 1:02d}-20" for m in range(1, 5)})
    return tmp_path


def crawl(folder: Path, on: str, months: dict[int, str]) -> None:
    """One complete reading of the column on that day, which showed these months with these dates."""
    engine = open_store(f"sqlite:///{folder}/facts.sqlite")
    at = dt.datetime.fromisoformat(f"{on}T10:00:00+08:00")
    number = begin_crawl(engine, f"crawl of {on}", "lin-2017", at).id
    rows = [
        Seen(f"{COLUMN}{m}.html", f"2017年{m}月预算执行情况", dt.date.fromisoformat(day), clocks=(_number(m),))
        for m, day in months.items()
    ]
    record_sightings(engine, number, "czj", COLUMN, rows, at=at, evidence=None)
    reading = Reading("czj", "财政收支", COLUMN, at, 1, len(rows), Stop.END_OF_LIST, None, wanted=("财政收支",))
    record_reading(engine, number, reading)
    record_site(engine, number, SiteReading("czj", at, FetchOutcome.OK))
    finish_crawl(engine, number, at)
    engine.dispose()


def _number(m: int) -> Clock:
    return Clock(ClockName.RUNNING_ID, str(m))


def gongkai(cwd: Path, *arguments: str) -> Any:
    with contextlib.chdir(cwd):
        return CliRunner().invoke(app, arguments)


def check(cwd: Path, as_of: str, *more: str) -> Any:
    common = ("--register", "register.yaml", "--sites", "sites.yaml", "--db", "sqlite:///facts.sqlite", "--out", "out")
    return gongkai(cwd, "check", *common, "--as-of", as_of, *more)


def moves(cwd: Path, as_of: str, against: str = "last") -> dict[str, tuple[str | None, str | None, list[str]]]:
    """(status before, status now, causes) by period."""
    result = check(cwd, as_of, "--against", against, "--json")
    assert result.exit_code == 0, result.stderr
    return {
        move["key"].rsplit("/", 1)[1]: (
            move["was"] and move["was"]["status"],
            move["now"] and move["now"]["status"],
            move["causes"],
        )
        for move in json.loads(result.stdout)["moves"]
    }


def test_nothing_moves_where_nothing_changed(files: Path) -> None:
    check(files, "2017-06-23")
    assert moves(files, "2017-06-23") == {}


def test_a_later_day_alone_is_told_as_such(files: Path) -> None:
    check(files, "2017-06-23")
    assert moves(files, "2017-06-30") == {"2017-05": ("not_due", "inconclusive", ["as_of"])}


def test_what_a_new_crawl_shows_is_told_with_what_was_seen(files: Path) -> None:
    check(files, "2017-06-30")
    crawl(files, "2017-06-30", {m: f"2017-{m + 1:02d}-20" for m in range(1, 5)} | {5: "2017-06-28"})
    result = check(files, "2017-06-30", "--against", "1", "--json")
    (move,) = json.loads(result.stdout)["moves"]
    assert (move["key"], move["was"]["status"], move["now"]["status"]) == (MAY, "inconclusive", "late")
    assert move["causes"] == ["facts"]
    assert move["seen"] == [f"{COLUMN}5.html 2017-06-30", "财政收支 2017-06-30"]


def test_facts_that_matter_only_on_a_later_day_are_told_as_that_day(files: Path) -> None:
    check(files, "2017-06-23")
    crawl(files, "2017-07-27", {m: f"2017-{m + 1:02d}-20" for m in range(1, 5)})
    found = moves(files, "2017-06-30")
    assert found == {"2017-05": ("not_due", "overdue", ["as_of"])}
    crawl(files, "2017-07-28", {m: f"2017-{m + 1:02d}-20" for m in range(1, 5)} | {5: "2017-06-28"})
    assert moves(files, "2017-07-28", "1") == {
        "2017-05": ("not_due", "late", ["as_of"]),
        "2017-06": ("not_due", "overdue", ["as_of"]),
    }


def test_a_changed_register_is_told_as_such(files: Path) -> None:
    check(files, "2017-06-23")
    stricter = REGISTER.replace("day: 25", "day: 15")
    (files / "register.yaml").write_text(stricter, encoding="utf-8")
    found = moves(files, "2017-06-23")
    assert found["2017-03"] == ("on_time", "late", ["register"])
    assert all(causes == ["register"] for _, _, causes in found.values())


def test_a_changed_rule_is_told_as_such(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(files, "2017-06-23")
    engine = open_store(f"sqlite:///{files}/facts.sqlite")
    before = comparing.run_named(engine, "lin-2017", "last")
    monkeypatch.setattr(comparing, "rules_digest", lambda: "another")
    assert comparing._changed_rules(before, before.register_digest) == (comparing.Cause.RULES,)
    assert comparing._changed_rules(before, "another") == (comparing.Cause.REGISTER, comparing.Cause.RULES)
    engine.dispose()


def test_the_terminal_shows_from_what_to_what_and_why(files: Path) -> None:
    assert check(files, "2017-06-23").stderr.strip().endswith("（判定编号 1）")
    result = check(files, "2017-06-30", "--against", "last")
    assert result.stdout.splitlines()[:2] == [
        "判定 2 与判定 1（截至 2017-06-23）相比：12 项次中有 1 项不同",
        f"{MAY}：未到期 → 无法判定（判定截至日期不同）",
    ]
    english = check(files, "2017-06-30", "--against", "1", "--lang", "en").stdout
    assert "1 of 12 verdicts differ" in english


@pytest.mark.parametrize("against", ["7", "first", "-1", "1.0"])
def test_a_run_that_is_not_there_names_those_that_are(files: Path, against: str) -> None:
    check(files, "2017-06-23")
    error = check(files, "2017-06-23", f"--against={against}").exception
    assert isinstance(error, InputError)
    assert str(error) == (
        f"--against {against}: lin-2017 没有这次判定，编号有：1，或 last / no such run of this plan; gongkai runs"
    )
    assert [json.loads(line)["run"] for line in runs(files)] == [1]


def test_the_runs_of_a_store_are_listed(files: Path) -> None:
    check(files, "2017-06-23")
    check(files, "2017-06-30")
    listed = [json.loads(line) for line in runs(files)]
    assert [(run["run"], run["as_of"]) for run in listed] == [(1, "2017-06-23"), (2, "2017-06-30")]
    assert listed[0]["counts"] == {"not_due": 8, "on_time": 4}
    assert listed[0]["rules"] == comparing.rules_digest()
    shown = gongkai(files, "runs", "--db", "sqlite:///facts.sqlite").stdout.splitlines()
    assert shown[0].startswith("1  lin-2017  截至 2017-06-23  判定于 ")


def runs(cwd: Path) -> list[str]:
    return gongkai(cwd, "runs", "--db", "sqlite:///facts.sqlite", "--json").stdout.splitlines()
