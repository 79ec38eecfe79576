"""The command line's promises: what it prints, what it writes, and how it fails."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from db.store import open_store

ROOT = Path(__file__).parents[2]
REGISTER = """
plan: {id: lin-2017, title: 要点, place: 临江市, year: 2017}
obligations:
  - {id: "1-3", measure: 一/3, title: 预算执行情况, lead: [市财政局], kind: periodic, cadence: monthly,
     due: {day: 25, of: next_period}, where: [czj], evidence: {title: ['预算执行'], columns: [财政收支]}}
"""
SITES = "sites:\n  - {id: czj, name: 临江市财政局, agency: 市财政局, url: 'http://127.0.0.1:9/'}\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "sites.yaml").write_text(SITES, encoding="utf-8")
    return tmp_path


def gongkai(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gongkai", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120)


def audit(cwd: Path, *more: str) -> subprocess.CompletedProcess[str]:
    common = ("--register", "register.yaml", "--sites", "sites.yaml", "--db", "sqlite:///facts.sqlite")
    return gongkai("audit", *common, "--as-of", "2018-02-01", "--out", "out", *more, cwd=cwd)


def assert_one_clear_line(result: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    for word in words:
        assert word in result.stderr


def test_a_register_with_an_unknown_key_names_file_line_and_key(files: Path) -> None:
    text = REGISTER.replace("measure: 一/3", "mesure: 一/3")
    (files / "register.yaml").write_text(text.replace("mesure", "measure: 一/3, mesure"), encoding="utf-8")
    result = audit(files)
    assert_one_clear_line(result, 2, "register.yaml:4", "mesure", "measure")
    assert not (files / "facts.sqlite").exists()


def test_a_sites_file_with_a_bad_url_is_refused_before_anything_is_fetched(files: Path) -> None:
    (files / "sites.yaml").write_text(SITES.replace("http://127.0.0.1:9/", "czj.gov.cn"), encoding="utf-8")
    assert_one_clear_line(audit(files), 2, "sites.yaml:2", "url")
    assert not (files / "facts.sqlite").exists()


def test_a_store_that_cannot_be_written_is_one_line(files: Path) -> None:
    common = ("--register", "register.yaml", "--sites", "sites.yaml", "--out", "out")
    result = gongkai("audit", *common, "--db", "sqlite:////no/such/folder/x.sqlite", cwd=files)
    assert_one_clear_line(result, 3, "/no/such/folder/x.sqlite")


def test_checking_a_store_that_does_not_exist_says_what_to_do(files: Path) -> None:
    common = ("--register", "register.yaml", "--sites", "sites.yaml", "--out", "out")
    assert_one_clear_line(gongkai("check", *common, "--db", "sqlite:///none.sqlite", cwd=files), 3, "gongkai crawl")


@pytest.mark.parametrize(("option", "value"), [("--as-of", "30.6.2017"), ("--now", "yesterday")])
def test_a_date_that_is_none_says_which_form_is_expected(files: Path, option: str, value: str) -> None:
    assert_one_clear_line(audit(files, option, value), 2, option, value)


def test_a_portal_that_is_down_is_inconclusive_and_never_missing(files: Path) -> None:
    result = audit(files)
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    assert "czj" in result.stderr
    lines = (files / "out" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    verdicts = [json.loads(line) for line in lines]
    assert {verdict["status"] for verdict in verdicts} == {"inconclusive"}
    assert {verdict["reason_code"] for verdict in verdicts} == {"unreachable"}
    assert "连接被拒绝" in result.stderr


def test_explaining_an_unknown_verdict_is_one_line(files: Path) -> None:
    audit(files)
    assert_one_clear_line(gongkai("explain", "--db", "sqlite:///facts.sqlite", "no-such", cwd=files), 2, "no-such")


def test_explain_prints_the_chain_and_the_same_as_json(files: Path) -> None:
    audit(files)
    key = "lin-2017/1-3/市财政局/2017-05"
    text = gongkai("explain", "--db", "sqlite:///facts.sqlite", key, cwd=files).stdout
    for part in ("无法判定", "一/3", "2017-06-25", "查阅范围", "候选", "证据"):
        assert part in text
    data = json.loads(gongkai("explain", "--db", "sqlite:///facts.sqlite", key, "--json", cwd=files).stdout)
    assert (data["key"], data["status"]) == (key, "inconclusive")


def test_a_part_of_a_key_that_means_several_verdicts_lists_them(files: Path) -> None:
    audit(files)
    result = gongkai("explain", "--db", "sqlite:///facts.sqlite", "2017-1", cwd=files)
    assert result.returncode == 2
    assert "lin-2017/1-3/市财政局/2017-12" in result.stderr


def test_lint_exits_with_1_where_the_register_has_an_error(files: Path) -> None:
    assert gongkai("plan", "lint", "register.yaml", cwd=files).returncode == 0
    (files / "register.yaml").write_text(REGISTER.replace("monthly", "fortnightly"), encoding="utf-8")
    result = gongkai("plan", "lint", "register.yaml", cwd=files)
    assert result.returncode == 1
    assert "register.yaml:4" in result.stdout


def test_period_speaks_json_alone_on_stdout(tmp_path: Path) -> None:
    result = gongkai("period", "1-5月预算执行情况", "--published", "2017-06-20", "--json", cwd=tmp_path)
    record = json.loads(result.stdout)
    assert (record["periods"], record["cumulative"]) == (["2017-05"], True)


def test_a_batch_of_titles_keeps_the_file_s_order_and_survives_a_bad_line(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("5月份情况\t2017-06-20\n坏\tlately\n上半年情况\t2017-07-20\n", encoding="utf-8")
    result = gongkai("period", "--batch", "t.tsv", "--json", cwd=tmp_path)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert records[0]["periods"] == ["2017-05"]
    assert "error" in records[1]
    assert records[2]["periods"] == ["2017-H1"]


def test_a_batch_in_another_encoding_is_told_what_to_mend(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_bytes("2017年5月\t2017-06-01\n".encode("gbk"))
    result = gongkai("period", "--batch", "t.tsv", "--json", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "另存为 UTF-8" in result.stderr


def test_a_batch_of_pages_keeps_the_file_s_order_and_survives_a_missing_page(tmp_path: Path) -> None:
    page = "<html><head><meta name='ArticleTitle' content='通知'></head><body><h1>通知</h1>发布日期：2017-05-03"
    (tmp_path / "a.html").write_text(page + "<p>" + "正文。" * 60 + "</p></body></html>", encoding="utf-8")
    batch = "none.html\thttp://x.gov.cn/\na.html\thttp://x.gov.cn/t20170503_1.html\n"
    (tmp_path / "p.tsv").write_text(batch, encoding="utf-8")
    result = gongkai("extract", "--batch", "p.tsv", "--json", cwd=tmp_path)
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert "none.html" in first["error"]
    assert (second["kind"], second["title"], second["pub_date"]) == ("article", "通知", "2017-05-03")


def test_scrapy_lists_the_spider() -> None:
    command = [sys.executable, "-m", "scrapy", "list"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.split() == ["portal"]


def test_every_kind_of_report_has_its_command(files: Path) -> None:
    told = gongkai("report", "--help", cwd=files).stdout
    assert all(kind in told for kind in ("audit", "bulletin", "scorecard", "selfcheck", "evidence"))
    wrong = gongkai("report", "poem", cwd=files)
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr


def test_the_audit_s_forms_are_made_again_from_the_store_alone(files: Path) -> None:
    open_store(f"sqlite:///{files / 'facts.sqlite'}").dispose()
    common = ("--register", "register.yaml", "--sites", "sites.yaml", "--db", "sqlite:///facts.sqlite")
    result = gongkai("report", "audit", *common, "--as-of", "2018-02-01", "--out", "out", cwd=files)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == str(Path("out") / "report.html")
    assert {"report.html", "report.docx", "report.xlsx", "report.json"} <= {p.name for p in (files / "out").iterdir()}
