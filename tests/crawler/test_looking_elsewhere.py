"""An instalment that stands in a column of news is misplaced, not missing: that column is read where one is lacking."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from spiders.reading import GLANCE_PAGES

REGISTER = """
plan: {id: test-2017, title: 测试方案, place: 测试市, year: 2017}
obligations:
  - id: "1"
    measure: 一/1
    title: 财政收支
    lead: [市财政局]
    kind: periodic
    cadence: monthly
    due: {day: 25, of: next_period}
    where: [czj]
    evidence: {title: ["财政收支"], columns: ["财政收支"]}
"""
NOW = "2017-06-30T10:00:00+08:00"
NEWS = [(f"局领导走访企业第{n}次", "2017-06-20") for n in range(120)]
NAMES = {"/czsz/": "财政收支", "/gzdt/": "工作动态", "/zwdt/": "政务动态", "/gsgg/": "公示", "/ldzc/": "领导之窗"}
Rows = list[tuple[str, str]]


class Portal(ThreadingHTTPServer):
    """A finance office; `columns` are its lists by path, 15 rows a page; `asked` the paths in order."""

    asked: list[str]
    columns: dict[str, Rows]

    def body(self, path: str) -> bytes | None:
        if path == "/":
            names = {
                "/czsz/": "财政收支",
                "/gzdt/": "工作动态",
                "/zwdt/": "政务动态",
                "/gsgg/": "公示",
                "/ldzc/": "领导之窗",
            }
            links = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in names.items())
            return f"<html><title>市财政局</title><body><ul class='nav'>{links}</ul></body></html>".encode()
        folder, _, name = path[1:].partition("/")
        place = f"/{folder}/"
        if place not in self.columns:
            return None
        rows, page = self.columns[place], int(name[6:-5] or 0) if name.startswith("index_") else 0
        if name.startswith("art"):
            title, day = rows[int(name[3:-5])]
            text = f"<p>{title}，现予公布，请广大市民监督，如有意见可向我局反映。</p>" * 3
            return (
                f"<html><body><h1>{title}</h1><p>发布日期：{day}</p><div id='zoom'>{text}</div></body></html>".encode()
            )
        shown = list(enumerate(rows))[page * 15 : page * 15 + 15]
        items = "".join(f'<li><a href="{place}art{n}.html">{t}</a><span>{d}</span></li>' for n, (t, d) in shown)
        more = f'<a href="{place}index_{page + 1}.html">下一页</a>' if (page + 1) * 15 < len(rows) else ""
        return f"<html><body><ul class='list'>{items}</ul><div class='page'>{more}</div></body></html>".encode()


class Handler(BaseHTTPRequestHandler):
    server: Portal

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        body = self.server.body(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def portal() -> Iterator[Portal]:
    server = Portal(("127.0.0.1", 0), Handler)
    server.asked, server.columns = [], {"/czsz/": monthly(1, 2, 3, 4, 5), "/gzdt/": NEWS, "/zwdt/": [], "/gsgg/": []}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def monthly(*months: int) -> Rows:
    return [(f"2017年{m}月财政收支情况", f"2017-{m + 1:02d}-20") for m in sorted(months, reverse=True)]


def audit(portal: Portal, folder: Path, *, given: bool = False) -> dict[str, dict[str, object]]:
    """The verdicts by period."""
    site = f"http://127.0.0.1:{portal.server_address[1]}/"
    columns = f", columns: [{{name: 财政收支, url: '{site}czsz/', type: list}}]" if given else ""
    sites = f"sites:\n  - {{id: czj, name: 市财政局, agency: 市财政局, url: '{site}', level: department{columns}}}\n"
    (folder / "register.yaml").write_text(REGISTER, encoding="utf-8")
    (folder / "sites.yaml").write_text(sites, encoding="utf-8")
    command = [sys.executable, "-m", "gongkai", "audit", "--register", "register.yaml", "--sites", "sites.yaml"]
    command += ["--db", "sqlite:///facts.sqlite", "--now", NOW, "--as-of", "2017-06-30", "--out", "out"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (folder / "out" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    return {verdict["period"]: verdict for verdict in map(json.loads, lines)}


def lists(portal: Portal, folder: str) -> list[str]:
    return [path for path in portal.asked if path.startswith(folder) and "art" not in path]


def test_where_all_is_found_no_other_column_is_read(portal: Portal, tmp_path: Path) -> None:
    verdicts = audit(portal, tmp_path)
    assert verdicts["2017-05"]["status"] == "on_time"
    assert not lists(portal, "/gzdt/")


@pytest.mark.parametrize("given", [False, True])
def test_what_stands_among_the_news_is_misplaced_and_not_missing(portal: Portal, tmp_path: Path, given: bool) -> None:
    portal.columns |= {"/czsz/": monthly(1, 2, 3, 5), "/gzdt/": [*NEWS[:20], *monthly(4), *NEWS[20:]]}
    april = audit(portal, tmp_path, given=given)["2017-04"]
    assert (april["status"], april["flags"]) == ("on_time", ["wrong_place"])
    assert "放在“工作动态”栏目，应放在“财政收支”栏目" in str(april["reason"])
    assert portal.asked.count("/") == 1


def test_two_columns_are_looked_through_and_their_newest_pages_alone(portal: Portal, tmp_path: Path) -> None:
    portal.columns |= {"/czsz/": monthly(1, 2, 3, 5)}
    april = audit(portal, tmp_path)["2017-04"]
    assert (april["status"], april["reason_code"]) == ("missing", "not_found")
    assert len(lists(portal, "/gzdt/")) == GLANCE_PAGES
    assert len({path.split("/")[1] for path in portal.asked if path.split("/")[1] in ("zwdt", "gsgg")}) == 1
