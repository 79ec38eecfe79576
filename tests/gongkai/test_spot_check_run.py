"""`gongkai spot-check run` and `show`: drawn sites looked at over loopback, judged, stored, shown."""

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.indicators import compared, table
from checks.indicator_findings import Outcome, from_body
from db.drawings import drawings, results_of
from db.health import health_of
from db.store import open_store
from gongkai.commands import app
from simulator.health import CITY, Fault, Variant, serve_health

DAY = dt.date(2019, 6, 28)
SITES = [
    site
    for site in CITY
    if site.id in ("clean-1", "clean-2")
    or site.troubles
    & {Fault.STALE_HOME, Fault.UNANSWERED_LETTERS, Fault.DEAD_LINKS_HOME, Variant.BLANK_COLUMNS, Variant.DRAWN_COLUMNS}
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spot_check")


@pytest.fixture(scope="module")
def db(folder: Path) -> str:
    """A store in which a small city was drawn, run and compared with what was placed there."""
    rows = compared(SITES, DAY, folder)
    (folder / "table.txt").write_text("\n".join(table(rows)), encoding="utf-8")
    return f"sqlite:///{folder / 'city.sqlite'}"


def gongkai(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["spot-check", *arguments])
    return result.exit_code, result.output


def test_each_fault_is_found_and_no_other(db: str, folder: Path) -> None:
    lines = (folder / "table.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(SITES) + 2
    assert all(line.endswith("一致") for line in lines[1:-1]), lines
    assert lines[-1].endswith("漏报 0 项，误报 0 项")


def test_the_results_are_stored_with_every_finding(db: str) -> None:
    engine = open_store(db)
    (drawing,) = drawings(engine)
    results = {result.site: result for result in results_of(engine, drawing.number)}
    engine.dispose()
    assert results.keys() == {site.id for site in SITES}
    assert results["home-not-updated"].outcome == "failed"
    assert results["clean-1"].outcome == "unclear"  # nobody made the week's tries
    body = from_body(results["clean-1"].body)
    assert body.outcome is Outcome.UNCLEAR
    assert body.score == 100
    assert [f.indicator for f in body.unclear] == ["unreachable", "domain"]


def test_the_pages_behind_a_finding_are_archived(db: str, folder: Path) -> None:
    engine = open_store(db)
    (look,) = health_of(engine, "clean-1")
    engine.dispose()
    assert look.home.evidence
    assert all(column.evidence for column in look.columns)
    assert list((folder / "city.archive").glob("*.warc.gz"))


def test_show_lists_a_line_a_site_and_one_site_in_full(db: str) -> None:
    code, said = gongkai("show", "--db", db, "--round", "2019-06")
    assert code == 0
    assert len(said.splitlines()) == len(SITES)
    failed = next(line for line in said.splitlines() if line.startswith("home-not-updated"))
    assert "不合格" in failed
    assert "首页不更新" in failed
    code, said = gongkai("show", "--db", db, "--drawing", "1", "--site", "dead-links-home")
    assert "已撤专题一" in said
    assert "须人工" in said
    code, said = gongkai("show", "--db", db, "--drawing", "1", "--site", "clean-2", "--json")
    assert json.loads(said)["edition"] == "site-2019"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--round", "2018-01"], "没有这次抽样"),
        ([], "--drawing"),
        (["--drawing", "1", "--round", "2019-06"], "--drawing"),
        (["--drawing", "1", "--edition", "site-1999"], "site-2015、site-2019"),
        (["--drawing", "1", "--without-services", "nobody"], "nobody"),
    ],
)
def test_what_cannot_be_run_is_refused_before_anything_is_fetched(
    db: str, folder: Path, arguments: list[str], said: str
) -> None:
    sites = str(folder / "sites.yaml")
    result = CliRunner().invoke(app, ["spot-check", "run", "--sites", sites, "--db", db, *arguments])
    assert result.exit_code != 0
    assert said in str(result.exception)


def test_a_site_that_was_not_drawn_has_nothing_to_show(db: str) -> None:
    result = CliRunner().invoke(app, ["spot-check", "show", "--db", db, "--drawing", "1", "--site", "nobody"])
    assert "nobody" in str(result.exception)


def test_a_site_that_left_the_sites_file_is_named(db: str, tmp_path: Path) -> None:
    sites = tmp_path / "sites.yaml"
    sites.write_text("sites:\n  - {id: z, name: 乙, agency: 乙, url: 'http://127.0.0.1:9/'}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["spot-check", "run", "--sites", str(sites), "--db", db, "--drawing", "1"])
    assert "clean-1" in str(result.exception)


def test_the_practice_city_is_the_same_twice() -> None:
    with serve_health(SITES[:1], DAY) as running:
        assert running.sites_yaml().startswith("sites:\n")
    assert len({site.id for site in CITY}) == len(CITY)
    assert {fault for site in CITY for fault in site.troubles} == {*Fault, *Variant}
