"""A spider that asks for drawn pages and pictures gets them through the same gates as any other request."""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.browser_path import find_browser

ROOT = Path(__file__).parents[2]
PAGES = {
    "/robots.txt": "User-agent: *\nDisallow: /closed",
    "/open": "<p id=said></p><script>document.getElementById('said').textContent = '行政处罚公示'</script>",
    "/closed": "<p>not for us</p>",
    "/alias": "<script>location = '/open'</script>",
}
SPIDER = """
import hashlib, json, sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from spiders.failures import outcome_of_failure
from spiders.render import Render, rendered

site, seen = sys.argv[1], []

class Pictures(scrapy.Spider):
    name = "pictures"
    async def start(self):
        for path in ("/open", "/closed", "/alias", "/gone"):
            request = scrapy.Request(site + path, meta={"site": "a"}, errback=self.failed)
            yield rendered(request, Render(lambda url: url.startswith(site), screenshot=True))
    def parse(self, response):
        headers = response.headers.to_unicode_dict()
        seen.append({"url": response.request.url, "status": response.status, "text": response.text, "at": response.url,
                     "picture": response.meta.get("screenshot"), "evidence": response.meta["evidence"],
                     "rendered": headers.get("X-Gongkai-Rendered")})
    def failed(self, failure):
        seen.append({"url": failure.request.url, "failed": outcome_of_failure(failure.value)})
    def on_fetch(self, fetched):
        body = fetched.body or b""
        seen.append({"fetched": fetched.url, "requested": fetched.requested, "evidence": fetched.evidence,
                     "is_png": body.startswith(b"\\x89PNG"), "headers": dict(fetched.headers),
                     "is_named_by_its_hash": fetched.evidence == "sha256:" + hashlib.sha256(body).hexdigest()})

settings = Settings()
settings.setmodule("crawler.settings", priority="project")
settings.setdict({"LOG_ENABLED": False, "SPIDER_MODULES": [], "DOWNLOAD_DELAY": 0.0})
process = AsyncCrawlerProcess(settings)
process.crawl(Pictures)
process.start()
print(json.dumps(seen))
"""


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        text = PAGES.get(self.path, "")
        body = f"<meta charset=utf-8>{text}".encode() if self.path != "/robots.txt" else text.encode()
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html")
        self.send_header("ETag", '"shell"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def seen(site: str) -> list[dict[str, Any]]:
    if find_browser() is None:
        pytest.skip("no browser on this machine")
    command = [sys.executable, "-c", SPIDER, site]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    return json.loads(result.stdout.splitlines()[-1])


def answer(seen: list[dict[str, Any]], site: str, path: str) -> dict[str, Any]:
    (found,) = [entry for entry in seen if entry.get("url") == site + path]
    return found


def test_the_drawn_page_is_the_response_and_its_hash_the_evidence(seen: list[dict[str, Any]], site: str) -> None:
    page = answer(seen, site, "/open")
    assert (page["status"], page["rendered"]) == (200, "chromium")
    assert "行政处罚公示</p>" in page["text"]
    assert page["evidence"] == "sha256:" + hashlib.sha256(page["text"].encode()).hexdigest()


def test_the_picture_is_handed_to_the_archive_under_its_hash(seen: list[dict[str, Any]], site: str) -> None:
    hash_ = answer(seen, site, "/open")["picture"]
    pictures = [e for e in seen if e.get("is_png") and e["evidence"] == hash_]
    assert pictures
    assert all(e["is_named_by_its_hash"] and not e["requested"] for e in pictures)
    assert pictures[0]["headers"] == {"content-type": "image/png", "x-gongkai-rendered": "chromium"}


def test_what_robots_txt_forbids_is_not_drawn_either(seen: list[dict[str, Any]], site: str) -> None:
    assert answer(seen, site, "/closed")["failed"] == "robots"


def test_a_page_that_goes_on_within_its_site_is_drawn_where_it_ends(seen: list[dict[str, Any]], site: str) -> None:
    page = answer(seen, site, "/alias")
    assert page["at"] == site + "/open"
    assert "行政处罚公示</p>" in page["text"]


def test_an_error_page_keeps_its_status(seen: list[dict[str, Any]], site: str) -> None:
    assert answer(seen, site, "/gone")["status"] == 404


def test_the_validators_of_the_shell_are_not_kept_for_what_was_drawn(seen: list[dict[str, Any]], site: str) -> None:
    kept = [
        e for e in seen if e.get("fetched") == site + "/open" and e["requested"] and "chromium" in str(e["headers"])
    ]
    assert kept
    assert all("etag" not in e["headers"] for e in kept)
