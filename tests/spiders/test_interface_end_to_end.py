"""Columns behind interfaces, read by Scrapy from a loopback server: which requests are made, and what they bring."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

ROOT = Path(__file__).parents[2]
JCMS_ROWS, JPAAS_ROWS, EPOINT_ROWS = 150, 40, 70
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
UNIT_SCRIPT = (
    '<script src="/x/unitbuild.js" url="{0}" '
    "queryData=\"{{'webId':'3185','tagId':'{1}','pageId':'{2}'}}\"></script>"
)
PARAMS = (
    "{col:1,appid:'1',webid:3,path:'/',columnid:284,sourceContentType:1,unitid:'9',webname:'示例',permissiontype:0}"
)
GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"


def day(number: int) -> str:
    return f"2017-{12 - number // 20:02d}-{28 - number % 20:02d}"


def title_of(number: int) -> str:
    """Titles of many lengths: equal ones look as if the list cut them, and are opened."""
    return f"关于第{number}批项目的{'补充' * (number % 7)}公示"


def record(number: int) -> str:
    link = f'<a href="/art/2017/6/1/art_284_{number}.html">{title_of(number)}</a>'
    return f"<record><![CDATA[<li>{link}<span>{day(number)}</span></li>]]></record>"


def store(first: int, last: int, stated: str = "") -> str:
    rows = "".join(record(number) for number in range(first, min(last, JCMS_ROWS) + 1))
    return f"<datastore>{stated}<recordset>{rows}</recordset></datastore>" if rows else "<datastore></datastore>"


def jcms_column(number: int) -> str:
    call = f"$('#9').jpage({{totalRecord:{JCMS_ROWS},proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:10,"
    call += f"ajaxParam:{PARAMS.replace('284', str(number))},dataStore:$('#9').children('script').html()}});"
    embedded = f'<div id="9"><script type="text/xml">{store(1, 30)}</script></div>'
    return f"<html><body>{embedded}<script>$('#1').jpage({{totalRecord:1000}});{call}</script></body></html>"


def proxy(asked: dict[str, str]) -> str | None:
    """The proxy of two columns: 284, whose answers state the count, and 285, whose answers do not."""
    if asked.get("columnid") not in ("284", "285") or asked.get("unitid") != "9" or asked[":method"] != "POST":
        return None
    stated = f"<totalrecord>{JCMS_ROWS}</totalrecord>" if asked["columnid"] == "284" else ""
    return "<?xml version='1.0'?>" + store(int(asked["startrecord"]), int(asked["endrecord"]), stated)


def unit(asked: dict[str, str]) -> str:
    """The list's unit counts by paramJson alone; others hold a part of the frame."""
    if asked["tagId"] != "信息列表":
        return json.dumps(
            {"success": True, "data": {"html": "<ul><li><a href='/col/col1/index.html'>首页</a></li></ul>"}}
        )
    number = json.loads(asked.get("paramJson", '{"pageNo":1}'))["pageNo"]
    count = 0 if asked["pageId"] == "none" else JPAAS_ROWS
    rows = "".join(
        f"<li><a href='/col/col5/art/2017/art_{n:032x}.html'>{title_of(n)}</a><b>{day(n)}</b></li>"
        for n in range((number - 1) * 15, min(number * 15, count))
    )
    pager = f'<div count="{count}" rows="15" pageNo="{number}"></div>'
    return json.dumps({"success": True, "data": {"html": f"<ul>{rows}</ul>{pager}"}})


def epoint(asked: dict[str, str]) -> str:
    first = int(asked.get("pageIndex", 0)) * 50
    known = (asked.get("siteGuid"), asked.get("categorynum")) == (GUID, "003006")
    rows = [
        {"realtitle": title_of(n), "infourl": f"/a/{n}.html", "infodate": day(n)}
        for n in range(first, min(first + 50, EPOINT_ROWS) if known else first)
    ]
    return json.dumps({"custom": {"data": rows, "total": EPOINT_ROWS if known else 0}})


def answer(path: str, asked: dict[str, str]) -> str | None:
    units = [UNIT_SCRIPT.format(UNIT, tag, path.split("/")[-2]) for tag in ("信息列表", "图片")]
    pages = {
        "/col/col284/index.html": lambda: jcms_column(284),
        "/col/col285/index.html": lambda: jcms_column(285),
        "/col/five/index.html": lambda: "<html>" + units[0] + "</html>",
        "/col/none/index.html": lambda: "<html>" + units[0] + "</html>",
        "/col/frame/index.html": lambda: "<html>" + "".join(units[1:]) + "</html>",
        "/dynamic/zwgk/govInfoPub.html": lambda: "<html><script src='/js/webBuilderCommon.js'></script></html>",
        "/js/webBuilderCommon.js": lambda: f'var siteInfo={{"siteGuid":"{GUID}","projectName":"/EWB-FRONT"}};',
        "/module/web/jpage/dataproxy.jsp": lambda: proxy(asked),
        UNIT: lambda: unit(asked),
        "/EWB-FRONT/rest/lightfrontaction/getgovinfolist": lambda: epoint(asked),
        "/szinf/zcwj.shtml": lambda: (
            f"<script>post('interfacesWebZcwj/loadData', {{channel_id: '{'ab' * 16}'}})</script>"
        ),
    }
    return pages[path]() if path in pages else None


class Handler(BaseHTTPRequestHandler):
    """Answers, and notes what was asked."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _answer(self, body: bytes) -> None:
        parts, text = urlsplit(self.path), body.decode()
        sent = json.loads(text) if text.startswith("{") else dict(parse_qsl(text))
        asked = dict(parse_qsl(parts.query)) | sent | {":method": self.command}
        said = answer(parts.path, asked)
        self.asked.append((self.command, parts.path))
        page = (said if said is not None else "404").encode()
        self.send_response(404 if said is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def site() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A server's address, and its log of requests."""
    asked: list[tuple[str, str]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Logged", (Handler,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def crawled(url: str, folder: Path) -> tuple[list[str], dict[str, Any]]:
    """The titles read from one column, in order, and how its reading ended."""
    out = folder / "out.jsonl"
    command = [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", f"url={url}", "-a", "title=^$", "-o", str(out)]
    settings = ["-s", "DOWNLOAD_DELAY=0", "-s", "LOG_LEVEL=ERROR", "-s", "RETRY_ENABLED=False", "-s", "BROWSER="]
    result = subprocess.run([*command, *settings], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert "Traceback" not in result.stderr
    read = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    titles = [item["title"] for line in read if "items" in line for item in line["items"]]
    return titles, next(line for line in reversed(read) if "stop" in line)


def columns_of(asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(method, path.rsplit("/", 1)[1]) for method, path in asked if path != "/robots.txt"]


@pytest.mark.parametrize(("column", "posts"), [("col284", 2), ("col285", 3)])
def test_a_jcms_column_of_three_pages_is_read_by_posts(site: Any, tmp_path: Path, column: str, posts: int) -> None:
    """Where the answers state no count, a stub behind the last row ends the list that the column's page counts."""
    url, asked = site
    titles, ended = crawled(f"{url}/col/{column}/index.html", tmp_path)
    assert titles == [title_of(n) for n in range(1, JCMS_ROWS + 1)]
    assert columns_of(asked) == [("GET", "index.html"), *[("POST", "dataproxy.jsp")] * posts]
    assert (ended["stop"], ended["pages"], ended["rows"], ended["outcome"]) == ("end_of_list", 3, JCMS_ROWS, "ok")


def test_a_jpaas_column_of_three_pages_costs_its_shell_and_three_answers(site: Any, tmp_path: Path) -> None:
    url, asked = site
    titles, ended = crawled(f"{url}/col/five/index.html", tmp_path)
    assert titles == [title_of(n) for n in range(JPAAS_ROWS)]
    assert columns_of(asked) == [("GET", "index.html"), *[("GET", "unit")] * 3]
    assert (ended["stop"], ended["pages"], ended["rows"]) == ("end_of_list", 3, JPAAS_ROWS)


def test_an_epoint_column_is_found_through_its_site_s_script(site: Any, tmp_path: Path) -> None:
    url, asked = site
    titles, ended = crawled(f"{url}/dynamic/zwgk/govInfoPub.html?categorynum=003006", tmp_path)
    assert titles == [title_of(n) for n in range(EPOINT_ROWS)]
    names = ["govInfoPub.html", "webBuilderCommon.js", "getgovinfolist", "getgovinfolist"]
    assert columns_of(asked) == list(zip(["GET", "GET", "POST", "POST"], names, strict=True))
    assert (ended["stop"], ended["pages"]) == ("end_of_list", 2)


def test_a_list_that_counts_none_is_read_to_its_end(site: Any, tmp_path: Path) -> None:
    titles, ended = crawled(f"{site[0]}/col/none/index.html", tmp_path)
    assert (titles, ended["stop"]) == ([], "end_of_list")


@pytest.mark.parametrize(
    "path",
    [
        "/col/frame/index.html",  # its only unit is a part of the frame
        "/dynamic/zwgk/govInfoPub.html?categorynum=9",  # answered with total: 0
        "/szinf/zcwj.shtml",  # its interface is not there
    ],
)
def test_an_interface_that_brings_nothing_readable_proves_nothing(site: Any, tmp_path: Path, path: str) -> None:
    titles, ended = crawled(site[0] + path, tmp_path)
    assert titles == []
    assert ended["stop"] in ("needs_browser", "fetch_failed")
