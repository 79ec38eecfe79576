"""`gongkai sites discover`: from a home page to a frozen entry of a sites file, over loopback."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from crawler.discover import Match, MatchKind
from crawler.tasks import wants_of
from gongkai.discovering import frozen, merged, write_entry
from plans.load import PlanFileError, load_register, load_sites
from plans.register import Register
from plans.sites import Column, Site
from simulator.city import City
from simulator.publishing import build_city
from simulator.scenario import load_scenario
from simulator.server import PracticeCity, serve

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "tests" / "simulator" / "small-register.yaml"
READ = dt.date(2018, 2, 15)


def gongkai(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gongkai", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120)


def discover(url: str, *more: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return gongkai("sites", "discover", url, "--register", str(REGISTER), *more, cwd=cwd)


@pytest.fixture(scope="module")
def city() -> Iterator[PracticeCity]:
    """Four families, nothing wrong on any."""
    with serve(build_city(load_register(REGISTER), load_scenario("orderly")), READ) as running:
        yield running


def owed_columns(running: PracticeCity, site_id: str) -> set[str]:
    site = next(site for site in running.city.sites if site.id == site_id)
    return {column.name for column in site.columns if column.owed}


@pytest.fixture(scope="module")
def frozen_city(city: PracticeCity, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A folder with `home.yaml` (home pages alone) and `sites.yaml` (every site discovered); the reports."""
    folder = tmp_path_factory.mktemp("frozen")
    city.write_city(folder, READ)
    home = "# 临海市的网站\n" + (folder / "sites.yaml").read_text(encoding="utf-8")
    for name in ("home.yaml", "sites.yaml"):
        (folder / name).write_text(home, encoding="utf-8")
    reports = {}
    for site in city.city.sites:
        result = discover(f"{city.base_url(site.id)}", "--sites", "sites.yaml", "--json", cwd=folder)
        assert result.returncode == 0, result.stderr
        reports[site.id] = json.loads(result.stdout)
    return folder, reports


def test_every_owed_column_is_found_from_the_home_page_alone(city: PracticeCity, frozen_city: Any) -> None:
    _, reports = frozen_city
    for site_id, report in reports.items():
        assert {match["column"] for match in report["matched"]} >= owed_columns(city, site_id)
        assert report["not_found"] == []
        assert report["requests"] <= 14  # robots.txt and at most twelve channel pages after the home page
        assert all(match["score"] >= 0.55 and match["why"] for match in report["matched"])
    assert {report["platform"] for report in reports.values()} >= {"trs_wcm", "nfcms"}


def test_the_frozen_file_lints_and_keeps_its_comment(frozen_city: Any) -> None:
    folder, _ = frozen_city
    result = gongkai("plan", "lint", str(REGISTER), "--sites", "sites.yaml", cwd=folder)
    assert result.returncode == 0, result.stdout
    assert (folder / "sites.yaml").read_text(encoding="utf-8").startswith("# 临海市的网站\n")
    before, after = load_sites(folder / "home.yaml").sites, load_sites(folder / "sites.yaml").sites
    assert [site.model_copy(update={"columns": ()}) for site in after] == list(before)
    assert all(site.columns for site in after)


def test_an_audit_with_the_frozen_file_needs_no_home_page_and_says_the_same(
    city: PracticeCity, frozen_city: Any
) -> None:
    folder, _ = frozen_city
    verdicts, home_pages = {}, {}
    for name in ("home", "sites"):
        before = home_requests(city)
        common = ("--register", str(REGISTER), "--sites", f"{name}.yaml", "--db", f"sqlite:///{name}.sqlite")
        gongkai("audit", *common, "--as-of", "2018-02-15", "--now", "2018-02-15", "--out", name, cwd=folder)
        verdicts[name] = verdicts_in(folder / name)
        home_pages[name] = home_requests(city) - before
    assert home_pages == {"home": len(city.city.sites), "sites": 0}
    assert verdicts["sites"] == verdicts["home"]
    assert {status for _, status, *_ in verdicts["sites"]} >= {"on_time"}


def home_requests(city: PracticeCity) -> int:
    return sum(city.requested_paths(site.id)["/"] for site in city.city.sites)


def verdicts_in(folder: Path) -> list[tuple[str, ...]]:
    lines = (folder / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    fields = ("key", "status", "published", "url", "reason_code")
    return [tuple(str(json.loads(line).get(field)) for field in fields) for line in lines]


def test_a_second_discovery_changes_nothing(city: PracticeCity, frozen_city: Any) -> None:
    folder, _ = frozen_city
    before = (folder / "sites.yaml").read_bytes()
    discover(f"{city.base_url(city.city.sites[0].id)}/", "--sites", "sites.yaml", cwd=folder)
    assert (folder / "sites.yaml").read_bytes() == before


def test_without_a_sites_file_the_entry_is_printed_to_be_pasted(city: PracticeCity, tmp_path: Path) -> None:
    site = city.city.sites[0]
    result = discover(city.base_url(site.id), "--agency", site.agency, cwd=tmp_path)
    (entry,) = YAML(typ="safe").load(result.stdout)
    (tmp_path / "new.yaml").write_text("sites:\n" + result.stdout, encoding="utf-8")
    assert load_sites(tmp_path / "new.yaml").sites[0].agency == site.agency
    assert {column["name"] for column in entry["columns"]} >= owed_columns(city, site.id)
    assert "→" in result.stderr
    assert "请求" in result.stderr


def test_the_report_is_english_where_that_is_asked_for(city: PracticeCity, tmp_path: Path) -> None:
    site = city.city.sites[0]
    result = discover(city.base_url(site.id), "--sites", "made.yaml", "--lang", "en", cwd=tmp_path)
    assert "requests" in result.stdout
    assert "same name" in result.stdout
    assert len(load_sites(tmp_path / "made.yaml").sites) == 1


@pytest.fixture
def faulty() -> City:
    return build_city(load_register(REGISTER), load_scenario("demo"))


def test_what_is_found_under_a_related_name_is_reported_and_not_frozen(faulty: City, tmp_path: Path) -> None:
    site = next(site for site in faulty.sites if site.profile.column_name == "related")
    with serve(faulty, READ) as running:
        result = discover(running.base_url(site.id), "--agency", site.agency, "--json", cwd=tmp_path)
    report = json.loads(result.stdout)
    named = {match["column"] for match in report["matched"]}
    related = {match["column"] for match in report["related"]}
    assert named | related >= {column.name for column in site.columns if column.owed}
    assert not related & {column["name"] for column in report["entry"].get("columns", [])}


def test_a_portal_that_is_down_is_one_line_and_nothing_is_written(tmp_path: Path) -> None:
    result = discover("http://127.0.0.1:9/", "--sites", "sites.yaml", cwd=tmp_path)
    assert_one_line(result, 3, "http://127.0.0.1:9/", "连接被拒绝")
    assert not (tmp_path / "sites.yaml").exists()


@pytest.mark.parametrize("access", ["blocked_403", "blocked_412", "blocked_200"])
def test_a_portal_that_blocks_is_not_reached(access: str, tmp_path: Path) -> None:
    scenario = load_scenario("orderly")
    profile = scenario.sites[0].model_copy(update={"access": access})
    city = build_city(load_register(REGISTER), scenario.model_copy(update={"sites": (profile,)}))
    with serve(city, READ) as running:
        result = discover(running.base_url(city.sites[0].id), cwd=tmp_path)
    assert_one_line(result, 3, "无法进入")
    assert result.stdout == ""


def test_an_address_that_is_none_says_what_is_expected(tmp_path: Path) -> None:
    assert_one_line(discover("czj.example.gov.cn", cwd=tmp_path), 2, "czj.example.gov.cn", "http://")


def test_an_agency_without_columns_is_wrong_input(tmp_path: Path) -> None:
    assert_one_line(discover("http://127.0.0.1:9/", "--agency", "市气象局", cwd=tmp_path), 2, "市气象局")


def test_a_broken_sites_file_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "sites.yaml").write_text("sites: 3\n", encoding="utf-8")
    assert_one_line(discover("http://127.0.0.1:9/", "--sites", "sites.yaml", cwd=tmp_path), 2, "sites.yaml:1")


def assert_one_line(result: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert result.returncode == code, result.stderr
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    for word in words:
        assert word in result.stderr


# --- what is written down -----------------------------------------------------------------------------------

OLD = """\
# 全市网站
sites:
  - id: czj  # 财政
    name: 临江市财政局
    agency: 市财政局
    url: http://czj.example.gov.cn/
    columns:
      - {name: 财政收支, url: 'http://czj.example.gov.cn/sz/'}  # 已核对
  # 统计
  - id: tjj
    name: 临江市统计局
    agency: 市统计局
    url: http://tjj.example.gov.cn/
"""


def column(name: str, path: str) -> Column:
    return Column(name=name, url=f"http://czj.example.gov.cn/{path}/")


def own(wanted: str, name: str, path: str) -> Match:
    return Match(MatchKind.OWN, wanted, name, column(name, path).url, 1.0, "same name")


def test_an_update_touches_the_entry_s_columns_alone(tmp_path: Path) -> None:
    path = tmp_path / "sites.yaml"
    path.write_text(OLD, encoding="utf-8")
    entry = load_sites(path).sites[0]
    columns = (column("三公经费", "sg"), *entry.columns)
    write_entry(path, entry.model_copy(update={"columns": columns}))
    added = "    columns:\n      - name: 三公经费\n        url: http://czj.example.gov.cn/sg/\n"
    assert path.read_text(encoding="utf-8") == OLD.replace("    columns:\n", added, 1)
    assert load_sites(path).sites[0].columns == columns


def test_the_comment_above_the_next_site_stays_there(tmp_path: Path) -> None:
    path = tmp_path / "sites.yaml"
    text = OLD.replace("    columns:\n      - {name: 财政收支, url: 'http://czj.example.gov.cn/sz/'}  # 已核对\n", "")
    path.write_text(text, encoding="utf-8")
    entry = load_sites(path).sites[0]
    write_entry(path, entry.model_copy(update={"columns": (column("三公经费", "sg"),)}))
    after = path.read_text(encoding="utf-8")
    assert "url: http://czj.example.gov.cn/\n  # 统计\n  - id: tjj\n" in after
    assert load_sites(path).sites[0].columns == (column("三公经费", "sg"),)


def test_a_new_entry_comes_last(tmp_path: Path) -> None:
    path = tmp_path / "sites.yaml"
    path.write_text(OLD, encoding="utf-8")
    write_entry(path, Site(id="hbj", name="环保局", agency="市环保局", url="http://hbj.example.gov.cn/"))
    text = path.read_text(encoding="utf-8")
    assert text.startswith(OLD)
    assert [site.id for site in load_sites(path).sites] == ["czj", "tjj", "hbj"]


def test_a_file_that_was_broken_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "sites.yaml"
    path.write_text("sites: [{id: a}]\n", encoding="utf-8")
    with pytest.raises(PlanFileError):
        write_entry(path, Site(id="hbj", name="环保局", agency="市环保局", url="http://hbj.example.gov.cn/"))
    assert path.read_text(encoding="utf-8") == "sites: [{id: a}]\n"


def test_an_address_is_frozen_once_unless_a_wanted_name_needs_a_second_name() -> None:
    matches = [own("财政收支", "财政收支", "sz"), own("财政收支", "财政收支信息", "sz"), own("三公", "三公经费", "sz")]
    assert [entry.name for entry in frozen(matches)] == ["财政收支", "三公经费"]


def test_a_column_that_moved_gets_its_new_address_and_others_stay() -> None:
    before = [column("财政收支", "old"), column("手工", "hand")]
    found = [column("财政收支", "new"), column("三公经费", "sg")]
    assert merged(before, found) == (found[1], found[0], before[1])


def test_wants_are_those_that_the_agency_leads_itself_or_among_all_departments() -> None:
    text = load_register(REGISTER)
    shared = text.obligations[0].model_copy(update={"id": "9-9", "lead": ("各部门",)})
    register = text.model_copy(update={"obligations": (*text.obligations, shared)})
    names = [want.columns for want in wants_of(register, "市统计局")]
    assert names == [("统计数据",), ("信息公开年报",), ("财政收支",)]
    assert len(wants_of(register)) == len(all_wants(register))


def all_wants(register: Register) -> set[Any]:
    return {
        (o.evidence.columns, o.evidence.title, o.evidence.exclude) for o in register.obligations if o.check != "manual"
    }
