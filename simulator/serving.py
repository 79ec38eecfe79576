"""A small, quiet HTTP server on loopback: what it is given answers, it sends, counts and honours validators."""

import datetime as dt
import json
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from simulator.pages import Query, Response

HOST = "127.0.0.1"
SHANGHAI = dt.timezone(dt.timedelta(hours=8))

KEPT = 20_000  # answers kept in memory; a city has a few thousand

POSTED = 1 << 16  # bytes of a request's body that are read; a list's question has a few hundred

Answerer = Callable[[str, Query], Response]


@dataclass(frozen=True, slots=True)
class Request:
    """One request: its target (path and query), and with POST what was sent and as what type."""

    target: str
    method: str = "GET"
    body: bytes = b""
    content_type: str = ""
    referred: bool = False  # whether it says which page it comes from

    def fields(self) -> dict[str, str]:
        """What is asked: the fields of the query and of the body, then method and referer as pseudo headers.

        The names of pseudo headers begin with a colon, which no portal's form does.
        """
        asked = dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=self.method == "POST"))
        if self.method == "POST":
            asked |= _posted(self.body, self.content_type)
        return asked | {":method": self.method, ":referer": "yes" if self.referred else ""}


def _posted(body: bytes, content_type: str) -> dict[str, str]:
    """The fields of a form, or the top-level fields of a JSON object; nothing where the body is neither."""
    text = body.decode("utf-8", "replace")
    if "json" not in content_type:
        return dict(parse_qsl(text, keep_blank_values=True))
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(key): str(item) for key, item in value.items()} if isinstance(value, dict) else {}


class Source:
    """Answers by path and query, made when first asked for and kept. Counts requests by path. Thread-safe."""

    def __init__(self, answerer: Answerer) -> None:
        self.requests: Counter[str] = Counter()
        self._answerer = answerer
        self._made: dict[Request, Response] = {}
        self._lock = threading.Lock()

    def answer(self, request: str | Request) -> Response:
        """The answer to a request, or to a plain GET of a target (path and query)."""
        asked = Request(request) if isinstance(request, str) else request
        path = unquote(urlsplit(asked.target).path)
        with self._lock:
            self.requests[path] += 1
            made = self._made.get(asked)
        if made is None:
            made = self._answerer(path, asked.fields())
            with self._lock:
                if len(self._made) < KEPT:
                    self._made[asked] = made
        return made


class Handler(BaseHTTPRequestHandler):
    """Answers GET, HEAD and POST from what it is given; honours If-None-Match and If-Modified-Since."""

    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""
    wbufsize = 1 << 16  # head and body leave in one write: no waiting for the other side's acknowledgement
    disable_nagle_algorithm = True
    timeout = 60

    def __init__(self, source: Source, *connection: Any) -> None:  # noqa: ANN401 - passed on as it is
        self.source = source
        super().__init__(*connection)

    def do_GET(self) -> None:
        self._send(self.source.answer(self._request("GET")), with_body=True)

    def do_HEAD(self) -> None:
        self._send(self.source.answer(self._request("GET")), with_body=False)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        size = int(length) if length.isascii() and length.isdigit() and len(length) < 10 else 0
        body = self.rfile.read(min(size, POSTED))
        self.close_connection = size > POSTED  # the rest of the body would be read as the next request
        kind = self.headers.get("Content-Type", "")
        self._send(self.source.answer(self._request("POST", body, kind)), with_body=True)

    def _request(self, method: str, body: bytes = b"", content_type: str = "") -> Request:
        return Request(self.path, method, body, content_type, bool(self.headers.get("Referer")))

    def _send(self, response: Response, *, with_body: bool) -> None:
        modified = response.modified.replace(tzinfo=SHANGHAI).astimezone(dt.UTC) if response.modified else None
        unchanged = response.status == 200 and self._has(response, modified)
        self.send_response(304 if unchanged else response.status)
        if response.status == 200 and modified:
            self.send_header("ETag", response.etag)
            self.send_header("Last-Modified", format_datetime(modified, usegmt=True))
        if not unchanged:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if with_body and not unchanged:
            self.wfile.write(response.body)

    def _has(self, response: Response, modified: dt.datetime | None) -> bool:
        if modified is None:
            return False
        known = self.headers.get("If-None-Match")
        if known is not None:
            return known == response.etag
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and modified <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False

    def log_message(self, *_: object) -> None:
        """Quiet: `Source.requests` counts."""


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the parent's signature
        """A client that hangs up is nobody's error; anything else is ours and is printed."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


@contextmanager
def listening(source: Source, port: int = 0) -> Iterator[int]:
    """Serve on loopback while the block runs; yields the port."""
    server = bind(source, port)
    with running(server):
        yield server.server_port


def bind(source: Source, port: int = 0) -> QuietServer:
    """A server that has its port, but does not answer yet."""
    return QuietServer((HOST, port), partial(Handler, source))


@contextmanager
def running(server: QuietServer) -> Iterator[None]:
    """Let a bound server answer while the block runs, then close it."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
