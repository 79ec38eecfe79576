"""`gongkai selfcheck` on a practice portal: exit codes, the list, the calendar; and again from the store alone."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest
from lxml import html
from typer.testing import CliRunner, Result

from db.reading import runs
from db.store import open_store
from gongkai.__main__ import main
from gongkai.arguments import InputError
from gongkai.commands import app
from plans.load import load_register
from simulator.publishing import build_city
from simulator.scenario import load_scenario
from simulator.server import serve

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "plans" / "registers" / "zhuhai-2017.yaml"
AGENCY = "市财政局"
AS_OF = dt.date(2017, 8, 10)  # July's budget report is not due yet, those before are

SMALL = """
plan: {id: p-2017, title: 某市方案, place: 某市, year: 2017}
obligations:
  - {id: "1-1", measure: 一/1, title: 财政收支, lead: [甲局], kind: periodic, cadence: monthly, check: automatic}
"""


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    """The home page of the agency's portal as it stands in a practice city in the middle of the year."""
    whole = load_register(REGISTER)
    own = whole.model_copy(update={"obligations": tuple(o for o in whole.obligations if AGENCY in o.lead)})
    city = build_city(own, load_scenario("orderly"), 2017)
    with serve(city, AS_OF) as running:
        (site,) = (site for site in running.sites().sites if site.agency == AGENCY)
        yield site.url


def invoke(*arguments: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gongkai.filing.find_browser", lambda: None)
        return CliRunner().invoke(app, arguments)


def gongkai(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A crawl needs a process of its own; without a browser there is no PDF."""
    command = [sys.executable, "-m", "gongkai", *arguments]
    without = os.environ | {"GONGKAI_BROWSER": "none"}
    return subprocess.run(command, env=without, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def checked(portal: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The folder of a self-check, and how it ended."""
    out = tmp_path_factory.mktemp("selfcheck") / "own"
    asked = ("--agency", AGENCY, "--url", portal, "--register", str(REGISTER), "--out", str(out))
    return out, gongkai("selfcheck", *asked, "--as-of", AS_OF.isoformat(), "--now", AS_OF.isoformat())


def rows(page: Path, table: str) -> list[str]:
    tree = html.fromstring(page.read_bytes())
    return [row.text_content() for row in tree.xpath(f"//table[@id='t-{table}']/tbody/tr[not(td[@class='none'])]")]


def test_the_files_are_named_on_stdout(checked: tuple[Path, Any]) -> None:
    out, result = checked
    assert result.returncode == 0, result.stderr
    named = {Path(line).name for line in result.stdout.splitlines()}
    assert {"selfcheck.html", "selfcheck.en.html", "selfcheck.docx", "selfcheck.xlsx", "selfcheck.ics"} <= named
    assert all((out / name).stat().st_size for name in named)


def test_the_page_tells_what_comes_due(checked: tuple[Path, Any]) -> None:
    out, _ = checked
    page = html.fromstring((out / "selfcheck.html").read_bytes())
    assert AGENCY in page.findtext(".//h1")
    assert any("2017-08-" in row for row in rows(out / "selfcheck.html", "coming"))


def test_a_calendar_program_reads_the_due_dates(checked: tuple[Path, Any]) -> None:
    out, _ = checked
    calendar = icalendar.Calendar.from_ical((out / "selfcheck.ics").read_bytes())
    days = {event.decoded("dtstart") for event in calendar.walk("VEVENT")}
    assert days
    assert all(isinstance(day, dt.date) for day in days)
    assert any(AS_OF <= day <= AS_OF + dt.timedelta(days=30) for day in days)
    uids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
    assert len(set(uids)) == len(uids)


def test_the_store_alone_gives_the_same_list(checked: tuple[Path, Any], portal: str, tmp_path: Path) -> None:
    out, _ = checked
    store = f"sqlite:///{out / 'selfcheck.sqlite'}"
    asked = ("--agency", AGENCY, "--url", portal, "--register", str(REGISTER), "--db", store, "--out", str(tmp_path))
    result = invoke("report", "selfcheck", *asked, "--as-of", AS_OF.isoformat())
    assert result.exit_code == 0, result.output
    for name in ("selfcheck.html", "selfcheck.ics", "verdicts.jsonl", "selfcheck.json"):
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()


def test_a_status_that_occurs_ends_with_one(checked: tuple[Path, Any], portal: str, tmp_path: Path) -> None:
    out, _ = checked
    store = f"sqlite:///{out / 'selfcheck.sqlite'}"
    asked = ("--agency", AGENCY, "--url", portal, "--register", str(REGISTER), "--db", store, "--out", str(tmp_path))
    result = invoke("report", "selfcheck", *asked, "--as-of", AS_OF.isoformat(), "--fail-on", "not_due")
    assert result.exit_code == 1


def test_an_agency_without_duties_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    register, out = tmp_path / "register.yaml", tmp_path / "none"
    register.write_text(SMALL, encoding="utf-8")
    asked = ("--agency", "没有这个局", "--url", "http://127.0.0.1:9/", "--register", str(register), "--out", str(out))
    monkeypatch.setattr("sys.argv", ["gongkai", "selfcheck", *asked])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    said = capsys.readouterr().err.strip()
    assert "没有这个局" in said
    assert len(said.splitlines()) == 1
    assert not out.exists()


def test_an_audit_s_store_gives_one_agency_s_list(checked: tuple[Path, Any], portal: str, tmp_path: Path) -> None:
    """The same store, read as that of an audit over several sites: other agencies' verdicts are left out."""
    out, _ = checked
    sites = tmp_path / "sites.yaml"
    other = "{id: sjj, name: 市审计局, agency: 市审计局, url: 'http://127.0.0.1:9/'}"
    own = f"{{id: own, name: {AGENCY}, agency: {AGENCY}, url: '{portal}'}}"
    sites.write_text(f"sites:\n  - {own}\n  - {other}\n", encoding="utf-8")
    store = f"sqlite:///{out / 'selfcheck.sqlite'}"
    asked = ("--agency", AGENCY, "--sites", str(sites), "--register", str(REGISTER), "--db", store)
    result = invoke("report", "selfcheck", *asked, "--out", str(tmp_path), "--as-of", AS_OF.isoformat())
    assert result.exit_code == 0, result.output
    said = (tmp_path / "verdicts.jsonl").read_text(encoding="utf-8")
    assert AGENCY in said
    assert '"agency": "市审计局"' not in said


def test_a_store_that_never_saw_the_site_is_one_clear_line(portal: str, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    open_store(store).dispose()
    asked = ("--agency", AGENCY, "--url", portal, "--register", str(REGISTER), "--db", store)
    with pytest.raises(InputError, match="gongkai selfcheck"):
        CliRunner().invoke(app, ["report", "selfcheck", *asked, "--out", str(tmp_path)], catch_exceptions=False)
    engine = open_store(store)
    assert runs(engine) == []  # nothing was judged
    engine.dispose()
