"""The main job over loopback: practice cities and one real column, against what must come out."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import read_archived
from db.reading import archived, facts_for
from db.store import open_store

ROOT = Path(__file__).parents[2]
SAVED_PINGTAN = ROOT.parent / "shared" / "data" / "pingtan" / "site"
LATE_IN_PINGTAN = {"2025-12": ("2026-01-26", 1), "2026-01": ("2026-02-26", 1), "2026-04": ("2026-05-27", 2)}


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gongkai", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


def verdicts_in(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module", params=[2017, 11], ids=lambda seed: f"seed{seed}")
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The folder and the outcome of a demonstration."""
    folder = tmp_path_factory.mktemp("demo")
    return folder / "demo", run("demo", "--out", "demo", "--seed", str(request.param), cwd=folder)


def test_the_practice_city_agrees_with_its_answer_key(demo: tuple[Path, Any]) -> None:
    folder, result = demo
    comparison = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    assert comparison["differences"] == []
    total = comparison["total"]
    assert total > 90
    assert result.stdout.splitlines()[-1] == f"agrees with the answer key: {total} of {total}"
    assert result.returncode == 0
    for name in ("report.html", "verdicts.jsonl", "summary.json", "verdicts.csv", "findings.csv"):
        assert (folder / name).stat().st_size > 0


def test_every_judged_verdict_has_its_evidence_in_the_archive(demo: tuple[Path, Any]) -> None:
    folder, _ = demo
    engine = open_store(f"sqlite:///{folder}/demo.sqlite")
    for verdict in verdicts_in(folder):
        if verdict["status"] in ("on_time", "late", "overdue", "missing"):
            kept = archived(engine, verdict["evidence"])
            assert kept is not None, verdict
            body = read_archived(folder / "demo.archive", kept.file, kept.offset)
            assert verdict["evidence"] == "sha256:" + hashlib.sha256(body).hexdigest()
    engine.dispose()


def test_every_finding_has_an_evidence_page_and_every_hash_on_it_verifies(demo: tuple[Path, Any]) -> None:
    folder, _ = demo
    result = run("report", "evidence", "--db", f"sqlite:///{folder}/demo.sqlite", "--out", "ev", cwd=folder)
    assert result.returncode == 0, result.stderr
    told = json.loads((folder / "ev/evidence.json").read_text(encoding="utf-8"))["findings"]
    flaws = {"backdated", "incomplete", "removed"}
    accused = [
        v for v in verdicts_in(folder) if v["status"] in ("late", "overdue", "missing") or flaws & set(v["flags"])
    ]
    assert len(told) == len(accused) > 0
    for finding in told:
        assert (folder / "ev" / finding["page"]).stat().st_size > 0
        assert finding["archived"]
        assert {each["check"] for each in finding["archived"]} == {"verified"}
        assert finding["verdict"]["evidence"] in {each["evidence"] for each in finding["archived"]}
        if finding["verdict"]["status"] in ("overdue", "missing"):
            assert all(each["rows"] and each["belongs_before"] is not None for each in finding["lists"])


def test_the_pingtan_column_has_three_late_months(tmp_path: Path) -> None:
    run("demo", "--city", "pingtan", "--out", "pt", cwd=tmp_path)
    assert_pingtan(verdicts_in(tmp_path / "pt"))


@pytest.mark.skipif(not SAVED_PINGTAN.is_dir(), reason="the saved pages are not here")
def test_the_saved_pages_of_pingtan_say_the_same(tmp_path: Path) -> None:
    run("demo", "--city", "pingtan", "--pages", str(SAVED_PINGTAN), "--out", "pt", cwd=tmp_path)
    assert_pingtan(verdicts_in(tmp_path / "pt"))


def assert_pingtan(verdicts: list[dict[str, Any]]) -> None:
    assert len(verdicts) == 61
    late = {v["period"]: (v["published"], v["days_late"]) for v in verdicts if v["status"] == "late"}
    assert late == LATE_IN_PINGTAN
    assert {v["status"] for v in verdicts} == {"on_time", "late"}


def test_months_before_the_static_part_of_pingtan_s_list_are_inconclusive(tmp_path: Path) -> None:
    """The column says that 167 items exist and shows 75: what lies behind cannot be called missing."""
    text = (ROOT / "plans/registers/pingtan-budget.yaml").read_text(encoding="utf-8")
    (tmp_path / "register.yaml").write_text(text.replace("start: 2021-06-01", "start: 2020-01-01"), encoding="utf-8")
    port = 18_931
    server = subprocess.Popen([sys.executable, "-m", "simulator", "pingtan", "--port", str(port)], cwd=ROOT)
    try:
        wait_for(port)
        sites = (ROOT / "plans/sites/pingtan.yaml").read_text(encoding="utf-8")
        sites = sites.replace(
            "url: https://www.pingtan.gov.cn/\n", f"url: http://127.0.0.1:{port}/\n    aliases: [www.pingtan.gov.cn]\n"
        )
        (tmp_path / "sites.yaml").write_text(sites, encoding="utf-8")
        common = ("--register", "register.yaml", "--sites", "sites.yaml", "--db", "sqlite:///pt.sqlite", "--out", "out")
        run("audit", *common, "--as-of", "2026-09-10", "--now", "2026-09-10", cwd=tmp_path)
    finally:
        server.terminate()
        server.wait()
    early = [v for v in verdicts_in(tmp_path / "out") if v["period"] < "2021-06"]
    assert len(early) == 17
    assert {(v["status"], v["reason_code"]) for v in early} == {("inconclusive", "truncated")}


def wait_for(port: int) -> None:
    import socket  # noqa: PLC0415

    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


@pytest.fixture
def city(tmp_path: Path) -> Any:
    """A practice city in a process of its own, so that a crawl of it can be killed."""
    register = ROOT / "plans" / "registers" / "zhuhai-2017.yaml"
    command = [sys.executable, "-m", "simulator", "serve", "--register", str(register), "--scenario", "demo"]
    command += ["--at", "2018-02-15", "--out", str(tmp_path / "city")]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(400):
        if (tmp_path / "city" / "answer-key.jsonl").exists():
            break
        time.sleep(0.05)
    yield tmp_path / "city"
    server.terminate()
    server.wait()


def crawl_command(city: Path, store: str) -> list[str]:
    register = str(ROOT / "plans" / "registers" / "zhuhai-2017.yaml")
    command = [sys.executable, "-m", "gongkai", "crawl", "--register", register, "--sites", str(city / "sites.yaml")]
    return [*command, "--db", store, "--now", "2018-02-15"]


def rows_in(store: Path) -> int:
    """How many pages another process has stored so far."""
    if not store.exists():
        return 0
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        try:
            return int(connection.execute("select count(*) from page").fetchone()[0])
        except sqlite3.OperationalError:  # the tables are still being made
            return 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_crawl_that_is_broken_off_is_continued_to_the_same_facts(tmp_path: Path, city: Path, how: int) -> None:
    whole = f"sqlite:///{tmp_path}/whole.sqlite"
    subprocess.run(crawl_command(city, whole), check=True, capture_output=True, timeout=200)
    broken = tmp_path / "broken.sqlite"
    process = subprocess.Popen(crawl_command(city, f"sqlite:///{broken}"), stderr=subprocess.PIPE, text=True)
    while rows_in(broken) < 20 and process.poll() is None:
        time.sleep(0.005)
    assert process.poll() is None, "the crawl was over before it could be broken off"
    os.kill(process.pid, how)
    process.communicate(timeout=60)
    again = subprocess.run(
        crawl_command(city, f"sqlite:///{broken}"), check=True, capture_output=True, text=True, timeout=200
    )
    assert "接续" in again.stderr
    assert summary_of(f"sqlite:///{broken}") == summary_of(whole)


def summary_of(store: str) -> tuple[object, object]:
    """What was seen, apart from when and in which order."""
    engine = open_store(store)
    facts = facts_for(engine, ["tjj", "czj", "hbj", "fgj", "jyj", "rsj", "tax", "sjj", "bdc", "wjj", "gzw"])
    engine.dispose()
    seen = {(p.url, p.title, p.published, p.text is None) for p in facts.publications}
    readings = {(r.url, r.stop, r.items) for r in facts.readings if r.stop.value != "interrupted"}
    return seen, readings


def test_a_second_crawl_opens_no_article_twice(tmp_path: Path, city: Path) -> None:
    store = f"sqlite:///{tmp_path}/twice.sqlite"
    first = subprocess.run(crawl_command(city, store), check=True, capture_output=True, text=True, timeout=200)
    second = subprocess.run(crawl_command(city, store), check=True, capture_output=True, text=True, timeout=200)
    assert "打开文章 0 篇" not in first.stderr
    assert "打开文章 0 篇" in second.stderr
