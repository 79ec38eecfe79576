"""`gongkai spot-check report`: from a drawn and run round to files in every form, or one line that says what to run."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document as WordDocument
from typer.testing import CliRunner

from checks.indicator_findings import Finding, IndicatorKind, Outcome, Result, SiteFindings, to_body
from db.drawings import SiteResult, drawings, record_results
from db.store import open_store
from gongkai import bulletins
from gongkai.__main__ import main
from gongkai.commands import app

AT = dt.datetime(2017, 6, 30, tzinfo=dt.UTC)


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/inspection.sqlite"


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.filing.find_browser", lambda: None)


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    path = tmp_path / "sites.yaml"
    lines = [f"  - {{id: s{n}, name: 网站{n}, agency: 单位{n}, url: 'http://s{n}.example/'}}" for n in range(10)]
    path.write_text("\n".join(["sites:", *lines, ""]), encoding="utf-8")
    return path


def draw(sites: Path, db: str, round_: str) -> list[str]:
    arguments = ["spot-check", "draw", "--sites", str(sites), "--db", db, "--round", round_, "--seed", "abc", "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return [unit["site"] for unit in json.loads(result.output)["units"]]


def found(site: str, outcome: Outcome) -> dict[str, object]:
    result = {Outcome.FAILED: Result.FAILED, Outcome.UNCLEAR: Result.UNCLEAR}.get(outcome, Result.PASSED)
    one = Finding(
        "columns-not-updated", "栏目不更新", "", "单项否决", IndicatorKind.VETO, result, "六个栏目。", count=6
    )
    day = dt.date(2017, 6, 30)
    return to_body(
        SiteFindings(
            site=site,
            name=site,
            agency="",
            url="",
            level="department",
            edition="site-2015",
            as_of=day,
            looked_at=None,
            outcome=outcome,
            score=None,
            full=100.0,
            goes_on_to_bonus=False,
            findings=(one,),
        )
    )


def run(db: str, round_: str, outcomes: Sequence[tuple[str, Outcome]], *, broken: bool = False) -> None:
    engine = open_store(db)
    number = next(d.number for d in drawings(engine) if d.name == round_)
    bodies = [(site, outcome, {} if broken else found(site, outcome)) for site, outcome in outcomes]
    record_results(engine, number, [SiteResult(site, outcome, AT, body) for site, outcome, body in bodies])
    engine.dispose()


def report(db: str, out: Path, *more: str) -> list[Path]:
    arguments = ["spot-check", "report", "--round", "2017-06", "--db", db, "--out", str(out), "--issued", "2017-07-06"]
    result = CliRunner().invoke(app, [*arguments, "--issuer", "某市政府办", *more])
    assert result.exit_code == 0, (result.output, result.exception)
    return [Path(line) for line in result.stdout.splitlines()]


def failing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    monkeypatch.setattr("sys.argv", ["gongkai", "spot-check", "report", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    said = capsys.readouterr().err.strip()
    assert "\n" not in said
    return said


def test_a_run_round_is_a_bulletin_in_every_form(tmp_path: Path, sites: Path, db: str) -> None:
    drawn = draw(sites, db, "2017-06")
    outcomes = [Outcome.FAILED, Outcome.PASSED, Outcome.UNCLEAR]
    run(db, "2017-06", list(zip(drawn, outcomes, strict=True)))
    files = report(db, tmp_path / "out", "--number", "某办函〔2017〕1号")
    assert {path.suffix for path in files} == {".html", ".docx", ".xlsx", ".json", ".csv"}
    told = json.loads((tmp_path / "out" / "bulletin.json").read_text("utf-8"))
    assert told["kind"] == "bulletin"
    assert told["title"] == "某市政府办关于2017年6月份政务公开抽查情况的通报"
    figures = told["figures"]
    assert (figures["running"], figures["drawn"], figures["judged"], figures["rate"]) == (10, 3, 2, 0.5)
    assert [row["agency"] for row in told["tables"]["failed"]] == [f"单位{drawn[0][1:]}"]
    text = "".join(WordDocument(str(tmp_path / "out" / "bulletin.docx")).element.body.itertext())
    assert "合格率50.0%（1/2）" in text
    assert "于2017年7月20日前" in text


def test_report_bulletin_is_the_same_bulletin(tmp_path: Path, sites: Path, db: str) -> None:
    run(db, "2017-06", [(site, Outcome.FAILED) for site in draw(sites, db, "2017-06")])
    report(db, tmp_path / "one")
    asked = ["--round", "2017-06", "--db", db, "--out", str(tmp_path / "two"), "--issued", "2017-07-06"]
    result = CliRunner().invoke(app, ["report", "bulletin", *asked, "--issuer", "某市政府办"])
    assert result.exit_code == 0, result.output
    for name in ("bulletin.html", "bulletin.json", "bulletin-failed.csv"):
        assert (tmp_path / "two" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()


def test_the_round_before_is_compared_and_its_failed_are_checked_again(tmp_path: Path, sites: Path, db: str) -> None:
    may = draw(sites, db, "2017-05")
    run(db, "2017-05", [(may[0], Outcome.FAILED), *((site, Outcome.PASSED) for site in may[1:])])
    june = draw(sites, db, "2017-06")
    assert may[0] in june
    run(db, "2017-06", [(site, Outcome.PASSED) for site in june])
    report(db, tmp_path / "out")
    figures = json.loads((tmp_path / "out" / "bulletin.json").read_text("utf-8"))["figures"]
    assert figures["previous"] == "2017-05"
    assert figures["points_moved"] == 33.3
    assert figures["rechecked"] == {"failed_last_time": 1, "passed": 1, "failed": 0, "unclear": 0, "absent": 0}


def test_a_half_run_round_tells_the_rest_as_not_checked(tmp_path: Path, sites: Path, db: str) -> None:
    drawn = draw(sites, db, "2017-06")
    run(db, "2017-06", [(drawn[0], Outcome.PASSED)])
    report(db, tmp_path / "out")
    tables = json.loads((tmp_path / "out" / "bulletin.json").read_text("utf-8"))["tables"]
    assert [row["reason"] for row in tables["unclear"]] == ["尚未检查"] * 2
    assert tables["failed"] == []


def test_a_result_without_its_record_keeps_its_outcome(tmp_path: Path, sites: Path, db: str) -> None:
    drawn = draw(sites, db, "2017-06")
    run(db, "2017-06", [(drawn[0], Outcome.FAILED)], broken=True)
    report(db, tmp_path / "out")
    tables = json.loads((tmp_path / "out" / "bulletin.json").read_text("utf-8"))["tables"]
    assert [row["problems"] for row in tables["failed"]] == ["未记录原因"]


def test_in_english(tmp_path: Path, sites: Path, db: str) -> None:
    drawn = draw(sites, db, "2017-06")
    run(db, "2017-06", [(drawn[0], Outcome.FAILED), (drawn[1], Outcome.PASSED)])
    report(db, tmp_path / "out", "--lang", "en")
    assert "1 passed, 1 failed; the pass rate is 50.0% (1/2)" in (tmp_path / "out" / "bulletin.html").read_text("utf-8")
    beside = (tmp_path / "out" / "bulletin.zh.html").read_text("utf-8")
    assert "合格率50.0%（1/2）" in beside
    assert 'href="bulletin.html"' in beside


def test_a_round_that_was_not_drawn(
    tmp_path: Path, sites: Path, db: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    draw(sites, db, "2017-05")
    out = tmp_path / "out"
    said = failing(monkeypatch, capsys, "--round", "2017-06", "--db", db, "--out", str(out))
    assert "gongkai spot-check draw --round 2017-06" in said
    assert "2017-05" in said
    assert not out.exists()


def test_a_round_that_was_not_run(
    tmp_path: Path, sites: Path, db: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    draw(sites, db, "2017-06")
    said = failing(monkeypatch, capsys, "--round", "2017-06", "--db", db, "--out", str(tmp_path / "out"))
    assert "gongkai spot-check run --round 2017-06" in said


def test_no_round(
    tmp_path: Path, sites: Path, db: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    draw(sites, db, "2017-06")
    assert "2017-Q2" in failing(monkeypatch, capsys, "--round", "June", "--db", db, "--out", str(tmp_path / "out"))


@pytest.mark.parametrize("name", ["broken.docx", "mine.doc"])
def test_a_template_that_cannot_be_used_writes_nothing(
    name: str, tmp_path: Path, sites: Path, db: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(db, "2017-06", [(site, Outcome.PASSED) for site in draw(sites, db, "2017-06")])
    template, out = tmp_path / name, tmp_path / "out"
    template.write_bytes(b"no docx")
    failing(monkeypatch, capsys, "--round", "2017-06", "--db", db, "--out", str(out), "--template", str(template))
    assert not out.exists()


def test_a_wording_with_a_mistake_writes_nothing(
    tmp_path: Path, sites: Path, db: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(db, "2017-06", [(site, Outcome.PASSED) for site in draw(sites, db, "2017-06")])
    CliRunner().invoke(app, ["spot-check", "templates", "--out", str(tmp_path / "own")])
    mine, out = tmp_path / "own" / "bulletin.zh.yaml", tmp_path / "out"
    mine.write_text(mine.read_text("utf-8").replace("{issuer}关于{round}", "{issuer}关于"), "utf-8")
    said = failing(monkeypatch, capsys, "--round", "2017-06", "--db", db, "--out", str(out), "--template", str(mine))
    assert f"{mine}:4: head.title: 缺少占位符 {{round}}" in said
    assert not out.exists()


def test_the_shipped_templates_can_be_taken_edited_and_used(tmp_path: Path, sites: Path, db: str) -> None:
    run(db, "2017-06", [(site, Outcome.PASSED) for site in draw(sites, db, "2017-06")])
    own = tmp_path / "own"
    assert CliRunner().invoke(app, ["spot-check", "templates", "--out", str(own)]).exit_code == 0
    wording = own / "bulletin.zh.yaml"
    wording.write_text(wording.read_text("utf-8").replace("各有关单位：", "各区人民政府："), "utf-8")
    files = report(db, tmp_path / "out", "--template", str(wording), "--template", str(own / "bulletin.zh.docx"))
    text = "".join(WordDocument(str(next(p for p in files if p.suffix == ".docx"))).element.body.itertext())
    assert "各区人民政府：" in text


def test_taking_the_templates_overwrites_nothing(tmp_path: Path) -> None:
    bulletins.copy_templates(tmp_path, bulletins.Lang.ZH)
    (tmp_path / "bulletin.zh.yaml").write_text("mine", "utf-8")
    with pytest.raises(bulletins.InputError):
        bulletins.copy_templates(tmp_path, bulletins.Lang.ZH)
    assert (tmp_path / "bulletin.zh.yaml").read_text("utf-8") == "mine"


def test_sites_that_changed_since_the_draw_are_pointed_out(tmp_path: Path, sites: Path, db: str) -> None:
    run(db, "2017-06", [(site, Outcome.PASSED) for site in draw(sites, db, "2017-06")])
    bulletin = bulletins.bulletin_of(db, "2017-06", bulletins.order_of("", "", dt.date(2017, 7, 6), None))
    assert not bulletins.is_frame_changed(bulletin, sites)
    sites.write_text(sites.read_text("utf-8").replace("网站3", "新网站"), "utf-8")
    assert bulletins.is_frame_changed(bulletin, sites)
