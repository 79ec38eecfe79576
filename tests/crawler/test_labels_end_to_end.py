"""A notice with a table, and three repealed originals over loopback: marked in the title, by an image, not at all;
crawled after the due date, and again after the third was marked."""

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from openpyxl import Workbook

from crawler.browser_path import find_browser
from db.reading import facts_for
from db.store import open_store

REGISTER = """
plan: {id: lin-2017, title: 要点, place: 临江市, year: 2017}
obligations:
  - {id: "5-8b", measure: 五/8, title: 废止失效文件标注, lead: [市财政局], kind: label, cadence: on_event,
     due: {working_days: 10, after: repeal}, where: [czj],
     evidence: {title: ['废止.*(决定|通知)'], exclude: ['解读'], columns: [规范性文件]}}
"""
SITES = """sites:
  - {id: czj, name: 临江市财政局, agency: 市财政局, url: '%s', columns: [{name: 规范性文件, url: '%szcfg/'}]}
"""
NOTICE = "临江市财政局关于废止部分规范性文件的决定"
TABLE = """<p>经研究，决定废止下列文件：</p><table border="1">
<tr><td>序号</td><td>文件名称</td><td>文号</td><td>处理意见</td></tr>
<tr><td>1</td><td>临江市财政票据管理办法</td><td>临财〔2009〕12号</td><td>废止</td></tr>
<tr><td>2</td><td>临江市国有资产出租管理办法</td><td>临财〔2010〕3号</td><td>废止</td></tr>
<tr><td>3</td><td>临江市政府采购评审专家管理办法</td><td>临财〔2011〕7号</td><td>废止</td></tr>
<tr><td>4</td><td>临江市财政专户管理办法</td><td>临财〔2012〕9号</td><td>继续有效</td></tr></table>"""
# name, title, number, date, head, whose text follows
ORIGINALS = (
    ("p1", "【已废止】关于印发临江市财政票据管理办法的通知", "临财〔2009〕12号", "2009-05-04", ""),
    (
        "p2",
        "关于印发临江市国有资产出租管理办法的通知",
        "临财〔2010〕3号",
        "2010-03-02",
        '<img src="/img/feizhi.png" width="90">',
    ),
    ("p3", "关于印发临江市政府采购评审专家管理办法的通知", "临财〔2011〕7号", "2011-06-07", ""),
    ("p4", "关于印发临江市财政专户管理办法的通知", "临财〔2012〕9号", "2012-08-09", ""),
)


def _list() -> bytes:
    """The notice's list as a workbook."""
    book = Workbook()
    for row in (["序号", "文件名称", "文号"], [1, "临江市政府采购评审专家管理办法", "临财〔2011〕7号"]):
        book.worksheets[0].append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


LIST = _list()


class _Portal(BaseHTTPRequestHandler):
    """`server.marked` puts the third original's mark up."""

    def do_GET(self) -> None:
        name = urlsplit(self.path).path.strip("/")
        attached = getattr(self.server, "attached", False)
        told = '<p>目录见附件。</p><p><a href="/zcfg/list.xlsx">附件：目录.xlsx</a></p>' if attached else TABLE
        pages = {"zcfg": _column(), "zcfg/n1.html": _article(NOTICE, "", "2017-05-08", "", told)}
        for one, title, number, date, head in ORIGINALS:
            late = one == "p3" and getattr(self.server, "marked", False)
            shown = head + ('<div class="tip">该文件已废止</div>' if late else "")
            body = f"<p>各县（市、区）财政局：</p><p>现将《{title[-12:-3]}》印发给你们，请遵照执行。</p>" * 6
            pages[f"zcfg/{one}.html"] = _article(title, number, date, shown, body)
        page = pages.get(name)
        answer = LIST if name == "zcfg/list.xlsx" else (page or "not found").encode()
        page = page or ("list" if name == "zcfg/list.xlsx" else None)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Silence."""


def _page(title: str, body: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


def _column() -> str:
    listed = [("n1", NOTICE, "", "2017-05-08", ""), *reversed(ORIGINALS)]
    rows = "".join(f'<li><a href="/zcfg/{n}.html">{t}</a><span>{d}</span></li>' for n, t, _, d, _ in listed)
    return _page("规范性文件", f'<h2>规范性文件</h2><ul class="list">{rows}</ul><div class="page">共1页</div>')


def _article(title: str, number: str, date: str, head: str, body: str) -> str:
    index = (
        f"<table><tr><td>文号：</td><td>{number}</td><td>发布日期：</td><td>{date}</td></tr></table>" if number else ""
    )
    top = f'{index}<h1>{title}</h1><div class="info">发布日期：{date} 来源：临江市财政局</div>{head}'
    return _page(title, f'{top}<div class="TRS_Editor">{body}</div>')


@contextmanager
def serving() -> Iterator[tuple[ThreadingHTTPServer, str]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Portal)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def portal() -> Iterator[tuple[ThreadingHTTPServer, str]]:
    with serving() as served:
        yield served


def audit(folder: Path, url: str, on: str, browser: str) -> dict[str, dict[str, Any]]:
    """The verdicts of an audit on a day, by the document's number."""
    if not (folder / "sites.yaml").exists():
        (folder / "register.yaml").write_text(REGISTER, encoding="utf-8")
        (folder / "sites.yaml").write_text(SITES % (url, url), encoding="utf-8")
    command = [sys.executable, "-m", "gongkai", "audit", "--register", "register.yaml", "--sites", "sites.yaml"]
    command += ["--db", "sqlite:///facts.sqlite", "--as-of", on, "--now", on, "--out", "out"]
    environment = {**os.environ, "GONGKAI_BROWSER": browser}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (folder / "out/verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    return {verdict["subject"].partition("《")[0]: verdict for verdict in map(json.loads, lines)}


def statuses(verdicts: dict[str, dict[str, Any]]) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    return {n: (v["status"], v["reason"].partition(":")[0], tuple(v["flags"])) for n, v in verdicts.items()}


def test_without_a_browser_no_unmarked_page_is_accused(portal: tuple[ThreadingHTTPServer, str], tmp_path: Path) -> None:
    verdicts = audit(tmp_path, portal[1], "2017-05-20", "none")
    assert statuses(verdicts) == {
        "临财〔2009〕12号": ("on_time", "found", ()),
        "临财〔2010〕3号": ("on_time", "found", ()),
        "临财〔2011〕7号": ("not_due", "not_due", ()),
    }
    assert {v["due"] for v in verdicts.values()} == {"2017-05-22"}
    verdicts = audit(tmp_path, portal[1], "2017-06-20", "none")
    assert statuses(verdicts)["临财〔2011〕7号"] == ("inconclusive", "not_confirmed", ())


@pytest.mark.skipif(find_browser() is None, reason="no browser on this machine")
def test_a_second_crawl_after_marking_finds_it_late(portal: tuple[ThreadingHTTPServer, str], tmp_path: Path) -> None:
    server, url = portal
    browser = find_browser() or ""
    first = statuses(audit(tmp_path, url, "2017-06-01", browser))
    assert first == {
        "临财〔2009〕12号": ("on_time", "found", ("time_unknown",)),
        "临财〔2010〕3号": ("on_time", "found", ("time_unknown",)),
        "临财〔2011〕7号": ("overdue", "not_found", ()),
    }
    server.marked = True  # type: ignore[attr-defined]
    again = audit(tmp_path, url, "2017-06-20", browser)
    assert statuses(again)["临财〔2011〕7号"] == ("late", "found", ())
    assert again["临财〔2011〕7号"]["days_late"] == 10
    engine = open_store(f"sqlite:///{tmp_path}/facts.sqlite")
    pictured = [p for p in facts_for(engine, ["czj"]).publications if p.screenshots]
    engine.dispose()
    assert [(p.url.rsplit("/", 1)[-1], len(p.screenshots)) for p in pictured] == [("p3.html", 1)]


def test_an_attachment_s_list_is_followed_to_another_agency_s_copy(
    portal: tuple[ThreadingHTTPServer, str], tmp_path: Path
) -> None:
    server, url = portal
    server.attached = True  # type: ignore[attr-defined]
    with serving() as (_, other):
        register = REGISTER.replace("lead: [市财政局]", "lead: [市财政局, 市政府办]").replace(" where: [czj],", "")
        (tmp_path / "register.yaml").write_text(register, encoding="utf-8")
        office = SITES.replace("sites:\n", "").replace("czj", "zfb").replace("市财政局", "市政府办") % (other, other)
        (tmp_path / "sites.yaml").write_text(SITES % (url, url) + office, encoding="utf-8")
        audit(tmp_path, url, "2017-06-20", "none")
    lines = (tmp_path / "out/verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    told = {
        (v["agency"], v["subject"].partition("《")[0], v["reason"].partition(":")[0]) for v in map(json.loads, lines)
    }
    assert ("市财政局", "临财〔2011〕7号", "not_confirmed") in told
    assert ("市政府办", "临财〔2011〕7号", "not_confirmed") in told
