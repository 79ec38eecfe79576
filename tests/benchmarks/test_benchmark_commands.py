"""The measurements that need no server run, and say clearly what they lack."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = """<html><head><meta name="ArticleTitle" content="2017年5月全市预算执行情况"></head><body>
<h1>2017年5月全市预算执行情况</h1><p>发布时间：2017-06-07</p><div class="TRS_Editor">{}</div></body></html>"""


def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def labelled(folder: Path, title: str) -> None:
    """One labelled article that states its date, in the layout of the real ones."""
    (folder / "pages").mkdir()
    (folder / "pages" / "001.html").write_text(
        PAGE.format("<p>全市一般公共预算收入完成情况。</p>" * 40), encoding="utf-8"
    )
    row = {"id": "001", "kind": "article", "url": None, "title": title, "pub_date": "2017-06-07"}
    (folder / "pages.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (folder / "pingtan").mkdir()
    (folder / "pingtan" / "articles.jsonl").write_text("", encoding="utf-8")


def test_extraction_without_labelled_pages_says_so_in_one_line(tmp_path: Path) -> None:
    done = run("extraction", "--pages", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert str(tmp_path) in done.stderr


def test_extraction_counts_what_is_right(tmp_path: Path) -> None:
    labelled(tmp_path, "2017年5月 全市预算执行情况")
    done = run("extraction", "--pages", str(tmp_path))
    ours = next(line.split() for line in done.stdout.splitlines() if line.startswith("gongkai  "))
    assert ours[1:4] == ["1", "1", "0"]
    assert done.stdout.endswith("our misses:\n  none\n")


def test_extraction_names_each_miss(tmp_path: Path) -> None:
    labelled(tmp_path, "another title")
    done = run("extraction", "--pages", str(tmp_path))
    assert "  001 title: claims '2017年5月全市预算执行情况', labelled 'another title'; right: nobody" in done.stdout


def test_fuzzing_reports_its_seed_and_finds_nothing_raised() -> None:
    done = run("fuzzing", "--pages", "20", "--seed", "7", "--processes", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("seed 7, from ")
    assert "\n20 pages, " in done.stdout
    assert "exceptions: 0" in done.stdout
