"""A column that scripts draw: read to its end with a browser, inconclusive without one."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drawn_portal import drawn_portal, rows

from crawler.archive import read_archived
from crawler.browser_path import find_browser
from db.facts import Facts, Reading, Stop
from db.reading import archived, facts_for
from db.store import open_store

REGISTER = """
plan: {id: lin-2017, title: 要点, place: 临江市, year: 2017}
obligations:
  - {id: "1-3", measure: 一/3, title: 预算执行情况, lead: [市财政局], kind: periodic, cadence: monthly,
     due: {day: 25, of: next_period}, where: [czj], evidence: {title: ['预算执行'], columns: [财政收支]}}
"""
SITES = "sites:\n  - {id: czj, name: 临江市财政局, agency: 市财政局, url: '%s'}\n"


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    with drawn_portal() as url:
        yield url


def audit(portal: str, folder: Path, browser: str, year: int = 2017) -> subprocess.CompletedProcess[str]:
    (folder / "register.yaml").write_text(REGISTER.replace("2017", str(year)), encoding="utf-8")
    (folder / "sites.yaml").write_text(SITES % portal, encoding="utf-8")
    command = [sys.executable, "-m", "gongkai", "audit", "--register", "register.yaml", "--sites", "sites.yaml"]
    command += ["--db", "sqlite:///facts.sqlite", "--as-of", "2017-12-31", "--now", "2017-12-31", "--out", "out"]
    environment = {**os.environ, "GONGKAI_BROWSER": browser}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=200
    )


def facts_in(folder: Path) -> Facts:
    engine = open_store(f"sqlite:///{folder}/facts.sqlite")
    try:
        return facts_for(engine, ["czj"])
    finally:
        engine.dispose()


def verdicts_in(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "out/verdicts.jsonl").read_text(encoding="utf-8").splitlines()]


def column(facts: Facts) -> Reading:
    (reading,) = [r for r in facts.readings if r.column == "财政收支" and r.stop is not Stop.INTERRUPTED]
    return reading


@pytest.fixture(scope="module")
def browser() -> str:
    found = find_browser()
    if found is None:
        pytest.skip("no browser on this machine")
    return found


@pytest.fixture(scope="module")
def drawn(portal: str, browser: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    result = audit(portal, folder, browser)
    assert result.returncode == 0, result.stderr
    return folder


def test_all_rows_behind_the_clicks_are_found_and_the_list_ends(portal: str, browser: str, tmp_path: Path) -> None:
    assert audit(portal, tmp_path, browser, year=2015).returncode == 0
    facts = facts_in(tmp_path)
    reading = column(facts)
    assert (reading.stop, reading.pages, reading.items) == (Stop.END_OF_LIST, 3, 30)
    assert {publication.title for publication in facts.publications} == {row["title"] for row in rows()}


def test_no_more_is_clicked_than_the_register_needs(drawn: Path) -> None:
    facts = facts_in(drawn)
    reading = column(facts)
    assert (reading.stop, reading.pages, reading.items) == (Stop.REACHED_DATE, 2, 24)
    titles = {publication.title for publication in facts.publications}
    assert titles == {row["title"] for row in rows()[:24]}


def test_drawn_months_are_on_time_and_what_is_not_there_is_missing(drawn: Path) -> None:
    statuses = {verdict["period"]: verdict["status"] for verdict in verdicts_in(drawn)}
    assert all(statuses[f"2017-{month:02}"] == "on_time" for month in range(1, 7))
    assert all(statuses[f"2017-{month:02}"] in ("missing", "overdue") for month in range(7, 12))


def test_the_drawn_page_is_archived_as_evidence_and_marked(drawn: Path) -> None:
    reading = column(facts_in(drawn))
    engine = open_store(f"sqlite:///{drawn}/facts.sqlite")
    kept = archived(engine, reading.evidence or "")
    engine.dispose()
    assert kept is not None
    body = read_archived(drawn / "facts.archive", kept.file, kept.offset).decode()
    assert rows()[0]["title"] in body
    assert "<script>" in body


def test_a_home_page_and_articles_that_are_drawn_are_read_as_well(portal: str, browser: str, tmp_path: Path) -> None:
    assert audit(portal + "app/", tmp_path, browser).returncode == 0
    statuses = {verdict["period"]: verdict["status"] for verdict in verdicts_in(tmp_path)}
    assert all(statuses[f"2017-{month:02}"] == "on_time" for month in range(1, 7))
    texts = [publication.text or "" for publication in facts_in(tmp_path).publications]
    assert sum("一般公共预算收入完成" in text for text in texts) >= 6


def test_without_a_browser_the_column_is_inconclusive_and_accuses_nobody(portal: str, tmp_path: Path) -> None:
    result = audit(portal, tmp_path, "none")
    assert result.returncode == 0, result.stderr
    assert column(facts_in(tmp_path)).stop is Stop.NEEDS_BROWSER
    due = [verdict for verdict in verdicts_in(tmp_path) if verdict["status"] != "not_due"]
    counts = Counter((verdict["status"], verdict["reason_code"]) for verdict in due)
    assert set(counts) == {("inconclusive", "needs_browser")}


def test_a_browser_that_cannot_be_started_is_as_none(portal: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken-browser"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    result = audit(portal, tmp_path, str(broken))
    assert result.returncode == 0, result.stderr
    assert column(facts_in(tmp_path)).stop is Stop.NEEDS_BROWSER
