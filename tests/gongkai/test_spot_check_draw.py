"""`gongkai spot-check draw`: the same seed the same sample, and the past rounds' failed in the next one."""

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from db.drawings import SiteResult, record_results, results_of
from db.store import open_store
from gongkai.commands import app


def sites_file(path: Path, count: int) -> Path:
    lines = [f"  - {{id: s{n:02d}, name: 网站{n}, agency: 单位{n}, url: 'http://s{n}.example/'}}" for n in range(count)]
    path.write_text("\n".join(["sites:", *lines, ""]), encoding="utf-8")
    return path


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/inspection.sqlite"


def draw(sites: Path, db: str, *more: str) -> dict[str, object]:
    arguments = ["spot-check", "draw", "--sites", str(sites), "--db", db, "--json", *more]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def names(drawn: dict[str, object]) -> list[str]:
    return [unit["site"] for unit in drawn["units"]]  # type: ignore[attr-defined]


def test_drawn_twice_with_one_seed_it_is_one_drawing(tmp_path: Path, db: str) -> None:
    sites = sites_file(tmp_path / "sites.yaml", 20)
    first = draw(sites, db, "--round", "2017-06", "--seed", "abc")
    again = draw(sites, db, "--round", "2017-06", "--seed", "abc")
    other = draw(sites, db, "--round", "2017-06", "--seed", "abd")
    assert first == again
    assert names(first) != names(other)
    assert first["drawing"] != other["drawing"]


def test_one_site_more_changes_the_frame_s_digest(tmp_path: Path, db: str) -> None:
    one = draw(sites_file(tmp_path / "a.yaml", 20), db, "--round", "2017-06", "--seed", "abc")
    two = draw(sites_file(tmp_path / "b.yaml", 21), db, "--round", "2017-06", "--seed", "abc")
    assert one["frame_digest"] != two["frame_digest"]


def test_a_seed_is_made_and_told_where_none_is_given(tmp_path: Path, db: str) -> None:
    sites = sites_file(tmp_path / "sites.yaml", 20)
    drawn = draw(sites, db, "--round", "2017-06")
    assert names(draw(sites, db, "--round", "2017-06", "--seed", str(drawn["seed"]))) == names(drawn)


def test_who_failed_in_the_last_round_is_in_the_next(tmp_path: Path, db: str) -> None:
    sites = sites_file(tmp_path / "sites.yaml", 20)
    june = draw(sites, db, "--round", "2017-06", "--seed", "abc")
    failed = names(june)[0]
    engine = open_store(db)
    at = dt.datetime(2017, 6, 30, tzinfo=dt.UTC)
    outcomes = [SiteResult(site, "failed" if site == failed else "passed", at, {}) for site in names(june)]
    record_results(engine, int(str(june["drawing"])), outcomes)
    assert [r.outcome for r in results_of(engine, int(str(june["drawing"])))].count("failed") == 1
    engine.dispose()
    july = draw(sites, db, "--round", "2017-07", "--seed", "abc")
    assert {u["site"]: u["why"] for u in july["units"]}[failed] == "failed"  # type: ignore[attr-defined]


def test_the_terminal_shows_all_that_is_needed_to_draw_again(tmp_path: Path, db: str) -> None:
    sites = sites_file(tmp_path / "sites.yaml", 20)
    arguments = ["spot-check", "draw", "--sites", str(sites), "--db", db, "--round", "2017-06", "--seed", "abc"]
    said = CliRunner().invoke(app, arguments).output
    assert "随机种子：abc" in said
    assert "抽样框摘要：sha256:" in said
