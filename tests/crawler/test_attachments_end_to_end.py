"""Attachments from the portal to the facts: opened where an obligation needs them, once, where they may lie."""

import runpy
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.archive import read_archived
from db.facts import ClockName, FileOutcome, Publication
from db.reading import archived, facts_for
from db.store import open_store

SAMPLES = runpy.run_path(str(Path(__file__).parents[1] / "spiders" / "file_samples.py"))
REGISTER = """
plan: {id: test-2017, title: 测试方案, place: 测试市, year: 2017}
obligations:
  - id: "1"
    measure: 一/1
    title: 饮用水水质
    lead: [市环保局]
    kind: periodic
    cadence: monthly
    due: {day: 25, of: next_period}
    where: [hbj]
    evidence: {title: ["饮用水.*水质"], columns: ["环境质量"], min_rows: 2}
  - id: "2"
    measure: 一/2
    title: 空气质量
    lead: [市环保局]
    kind: periodic
    cadence: monthly
    due: {day: 25, of: next_period}
    where: [hbj]
    evidence: {title: ["空气质量"], columns: ["环境质量"]}
"""
ROWS = {
    "/art/1.html": ("2017年5月饮用水水源水质状况", "2017-06-20"),
    "/art/2.html": ("2017年5月空气质量状况", "2017-06-19"),
    "/art/3.html": ("2017年4月环境信息", "2017-05-20"),
    "/files/P020170421301234567890.xlsx": ("2017年3月饮用水水质", "2017-04-20"),
}
LINKS = {
    "/art/1.html": "水质表.xlsx=/files/P020170621301234567890.xlsx 说明.pdf=/moved.pdf 旧.pdf=/gone.pdf 坏.doc"
    "=/error.doc 外.pdf=http://files.elsewhere.example/a.pdf 第六.pdf=/sixth.pdf",
    "/art/2.html": "空气.xlsx=/files/air.xlsx",
}


def article(path: str, note: str) -> bytes:
    title, day = ROWS[path]
    links = "".join(f'<p><a href="{u}">{n}</a></p>' for n, u in (x.split("=") for x in LINKS.get(path, "").split()))
    text = f"<p>现将有关情况公布如下，详见附件，请广大市民予以监督，如有意见可向我局反映。{note}</p>"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>发布日期：{day}</p>"
    return f'{page}<div class="TRS_Editor">{text}{links}</div></body></html>'.encode()


class Portal(ThreadingHTTPServer):
    """A small portal; `asked` are the paths in the order of their requests, `note` changes the first article."""

    asked: list[str]
    note = ""
    revised = ""  # the day that the list shows for the first article, where it is another one

    def body(self, path: str) -> tuple[int, bytes, str]:
        if path == "/hjzl/":
            rows = "".join(
                f'<li><a href="{url}">{title}</a><span>{(self.revised if "/1." in url else "") or day}</span></li>'
                for url, (title, day) in ROWS.items()
            )
            return 200, f"<html><title>环境质量</title><body><ul>{rows}</ul>共4条</body></html>".encode(), "text/html"
        if path in ROWS and path.endswith("html"):
            return 200, article(path, self.note if path == "/art/1.html" else ""), "text/html; charset=utf-8"
        if path.endswith(".xlsx"):
            return 200, SAMPLES["xlsx_file"](), "application/octet-stream"
        if path in ("/real.pdf", "/sixth.pdf"):
            return 200, SAMPLES["pdf_file"](created="D:20170622093000+08'00'"), "application/pdf"
        if path == "/error.doc":
            return 200, "<html><title>出错了</title><body>您访问的文件不存在</body></html>".encode(), "text/html"
        return 404, b"", "text/html"


class Handler(BaseHTTPRequestHandler):
    server: Portal

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, body, kind = self.server.body(self.path)
        if self.path == "/moved.pdf":
            status = 302
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/real.pdf")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def portal() -> Iterator[Portal]:
    server = Portal(("127.0.0.1", 0), Handler)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def crawl(portal: Portal, folder: Path, now: str) -> list[str]:
    """The paths that one crawl asked for."""
    site = f"http://127.0.0.1:{portal.server_address[1]}/"
    sites = f"sites:\n  - {{id: hbj, name: 市环保局, agency: 市环保局, url: '{site}', level: department,"
    sites += f" columns: [{{name: 环境质量, url: '{site}hjzl/', type: list}}]}}\n"
    (folder / "register.yaml").write_text(REGISTER, encoding="utf-8")
    (folder / "sites.yaml").write_text(sites, encoding="utf-8")
    portal.asked = []
    command = [sys.executable, "-m", "gongkai", "crawl", "--register", "register.yaml", "--sites", "sites.yaml"]
    command += ["--db", "sqlite:///facts.sqlite", "--now", now]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return [path for path in portal.asked if path not in ("/robots.txt", "/")]  # / leads to no further column


def publications(folder: Path) -> dict[str, Publication]:
    engine = open_store(f"sqlite:///{folder}/facts.sqlite")
    found = facts_for(engine, ["hbj"]).publications
    engine.dispose()
    return {"/" + each.url.split("/", 3)[3]: each for each in found}


def test_files_that_an_obligation_needs_become_facts_and_are_not_asked_again(portal: Portal, tmp_path: Path) -> None:
    first = crawl(portal, tmp_path, "2017-06-25T10:00:00+08:00")
    assert "/files/air.xlsx" not in first  # nothing that must be named or counted
    assert "/sixth.pdf" not in first
    water = publications(tmp_path)["/art/1.html"]
    outcomes = {file.name: file.outcome for file in water.files}
    assert outcomes == {
        "水质表.xlsx": FileOutcome.READ,
        "说明.pdf": FileOutcome.READ,
        "旧.pdf": FileOutcome.NOT_FETCHED,
        "坏.doc": FileOutcome.NOT_FETCHED,
        "外.pdf": FileOutcome.NOT_FETCHED,
    }
    read = {file.name: file for file in water.files}
    assert read["水质表.xlsx"].tables == (SAMPLES["ROWS"],)
    assert "竹仙洞水库达标" in read["说明.pdf"].text
    assert_archived(tmp_path, read["水质表.xlsx"].evidence)
    made = [clock.value for clock in water.clocks if clock.name is ClockName.ATTACHMENT]
    assert made == ["2017-06-21", "2017-06-22T09:30:00+08:00", "2017-06-29T02:15:00+00:00"]

    second = crawl(portal, tmp_path, "2017-06-26T10:00:00+08:00")
    assert sorted(second) == ["/error.doc", "/gone.pdf", "/hjzl/"]  # those that did not come are tried again

    portal.note, portal.revised = "更正：竹仙洞水库数据有误。", "2017-06-21"
    third = crawl(portal, tmp_path, "2017-06-27T10:00:00+08:00")
    assert {"/art/1.html", "/files/P020170621301234567890.xlsx", "/real.pdf"} <= set(third)


def test_a_row_that_leads_to_a_file_is_read_as_the_publication(portal: Portal, tmp_path: Path) -> None:
    crawl(portal, tmp_path, "2017-06-25T10:00:00+08:00")
    path = "/files/P020170421301234567890.xlsx"
    march = publications(tmp_path)[path]
    assert (march.title, march.text, march.files[0].tables) == ("2017年3月饮用水水质", "", (SAMPLES["ROWS"],))
    assert ClockName.ATTACHMENT in {clock.name for clock in march.clocks}
    assert path not in crawl(portal, tmp_path, "2017-06-26T10:00:00+08:00")


def assert_archived(folder: Path, evidence: str | None) -> None:
    engine = open_store(f"sqlite:///{folder}/facts.sqlite")
    kept = archived(engine, evidence or "")
    engine.dispose()
    assert kept is not None
    assert read_archived(folder / "facts.archive", kept.file, kept.offset).startswith(b"PK")
