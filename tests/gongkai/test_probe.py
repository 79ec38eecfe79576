"""`gongkai probe`: a week of tries that survives a stop, and no site blamed for our own cable."""

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import islice, pairwise
from pathlib import Path

import pytest

from checks.availability import Reach
from crawler.probe import try_sites
from db.facts import FetchOutcome
from db.probes import tries_of
from db.store import open_store
from gongkai import probing

PAGE = ("<html><title>某局</title><body>" + "<p>政务公开 通知公告 政策文件</p>" * 40 + "</body></html>").encode()
NOBODY = "http://127.0.0.1:9/"


class Portal(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def outcomes(*sites: tuple[str, str], references: tuple[str, ...] = ()) -> dict[str, tuple[str, bool]]:
    return {t.site: (t.outcome.value, t.own_network) for t in try_sites(sites, references)}


def test_an_open_page_a_server_error_and_a_dead_host_are_told_apart(portal: str) -> None:
    found = outcomes(("a", portal), ("b", portal + "broken"), ("c", NOBODY))
    assert found == {"a": ("ok", True), "b": ("server_error", True), "c": ("refused", True)}


def test_silence_everywhere_is_our_own_network_s(portal: str) -> None:
    assert outcomes(("a", NOBODY), ("b", NOBODY)) == {"a": ("refused", False), "b": ("refused", False)}
    assert outcomes(("a", NOBODY), references=(NOBODY,)) == {"a": ("refused", False)}
    assert outcomes(("a", NOBODY), references=(portal,)) == {"a": ("refused", True)}


class Clock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.now = dt.datetime(2017, 6, 5, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


def test_a_broken_off_week_goes_on_where_it_stopped(portal: str, tmp_path: Path) -> None:
    sites = tmp_path / "sites.yaml"
    sites.write_text(f"sites: [{{id: a, name: 某局, agency: 某局, url: '{portal}'}}]", encoding="utf-8")
    db, clock = f"sqlite:///{tmp_path}/probe.sqlite", Clock()
    first = probing.probe(sites, db, once=False, clock=clock, sleep=clock.sleep)
    list(islice(first, 30))
    first.close()
    rest = list(probing.probe(sites, db, once=False, clock=clock, sleep=clock.sleep))
    assert len(rest) == 140 - 30
    engine = open_store(db)
    moments = [t.at for t in tries_of(engine, "a")]
    engine.dispose()
    gaps = {(later - earlier) for earlier, later in pairwise(moments)}
    assert gaps == {probing.PAUSE}
    ((site, found),) = probing.judged(sites, db, dt.date(2017, 6, 30))
    assert (site, found.reach, found.tries) == ("a", Reach.REACHABLE, 140)


def test_a_page_that_is_only_an_address_of_a_machine_is_tried_once(portal: str, tmp_path: Path) -> None:
    sites = tmp_path / "sites.yaml"
    sites.write_text(f"sites: [{{id: a, name: 某局, agency: 某局, url: '{portal}'}}]", encoding="utf-8")
    (made,) = probing.probe(sites, f"sqlite:///{tmp_path}/probe.sqlite", once=True)
    assert [t.outcome for t in made.tried] == [FetchOutcome.OK]
