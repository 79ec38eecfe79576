"""Serves a practice city on loopback: each site on a port of its own, as it stood on a given day."""

import datetime as dt
import json
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from ruamel.yaml import YAML

from plans.sites import Column as SiteColumn
from plans.sites import Site, Sites
from simulator import addresses, answers, families
from simulator.answers import Answer
from simulator.city import City, CitySite, Column, Publication
from simulator.pages import Maker, Query, Response
from simulator.scenario import Access
from simulator.serving import HOST, Source, bind, running
from simulator.timeline import site_on

ASSETS = {"css": "text/css", "js": "application/javascript"}
STAMP = bytes.fromhex(  # two red bars, 240 by 90 points: the frame of a stamp
    "89504e470d0a1a0a0000000d49484452000000f00000005a0103000000bc1c495900000006504c5445ffffffd010108f3ee4"
    "7b000000234944415478da63f88f17300c62e951300a46c1281805a360148c8251406b3064db8a008bac66a81de463bb0000"
    "000049454e44ae426082"
)


def answer_page(makers: dict[str, Maker], path: str, query: Query) -> Response:
    """A site's page, a bare style sheet or script, or 404."""
    maker = makers.get(path)
    if maker:
        return maker(query)
    if path.endswith(".png"):
        return Response(200, STAMP, "image/png")
    kind = ASSETS.get(path.rpartition(".")[2])
    return Response(200, b"/* */", kind) if kind else _plain(404, "404", "404 您访问的页面不存在")


def answer_blocked(access: Access, _path: str, _query: Query) -> Response:
    """What a firewall answers instead of any page."""
    if access is Access.CHALLENGE:
        return _plain(412, "", "", "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script>")
    status = 403 if access is Access.FORBIDDEN else 200
    return _plain(status, "访问被拦截", "您的请求已被网站防火墙拦截，事件编号：20180215-0001")


def _plain(status: int, title: str, text: str, script: str = "") -> Response:
    head = f"<head><meta charset='utf-8'><title>{title}</title>{script}</head>"
    return Response(status, f"<html>{head}<body><h2>{text}</h2></body></html>".encode())


class PracticeCity:
    """A running city. Use it as a context manager, or through `serve`.

    `at` is the day on which the sites are read: what went online later is not there yet. None shows everything.
    With `port_base` the sites get that port and the following ones, else free ports. `turn_to` shows another day
    under the same addresses.
    """

    def __init__(self, city: City, at: dt.date | None = None, port_base: int | None = None) -> None:
        self.city = city
        self.at = at
        self._port_base = port_base
        self._ports: dict[str, int] = {}
        self._sources: dict[str, Source] = {}
        self._stacks: dict[str, ExitStack] = {}

    def __enter__(self) -> "PracticeCity":
        try:
            for place, site in enumerate(self.city.sites):
                self._open(self._today(site), self._port_base + place if self._port_base else 0)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for stack in self._stacks.values():
            stack.close()
        self._stacks.clear()

    def turn_to(self, at: dt.date) -> None:
        """Show the city as it stood on another day; each site keeps its address."""
        self.at = at
        for site in self.city.sites:
            self._stacks.pop(site.id).close()
            self._open(self._today(site), self._ports[site.id])

    def _today(self, site: CitySite) -> CitySite:
        return site if self.at is None else site_on(site, self.at)

    def _open(self, site: CitySite, port: int) -> None:
        stack = self._stacks[site.id] = ExitStack()
        if site.profile.access is Access.UNREACHABLE:
            self._ports[site.id] = stack.enter_context(_deaf_port(port))
            return
        makers: dict[str, Maker] = {}
        opened = site.profile.access is Access.OPEN
        source = Source(partial(answer_page, makers) if opened else partial(answer_blocked, site.profile.access))
        server = bind(source, port)
        self._ports[site.id] = server.server_port
        makers.update(families.pages(site, self.at, self.base_url(site.id)))  # pages name their own address
        if site.id in self._sources:
            source.requests.update(self._sources[site.id].requests)
        self._sources[site.id] = source
        stack.enter_context(running(server))

    def base_url(self, site_id: str) -> str:
        """A site's address without a final slash."""
        return f"http://{HOST}:{self._ports[site_id]}"

    def sites(self, *, columns: bool = False) -> Sites:
        """The sites file. With `columns` the columns of what is owed are listed, else a crawler must find them."""
        return Sites(sites=tuple(self._entry(site, columns) for site in self.city.sites))

    def _entry(self, site: CitySite, columns: bool) -> Site:
        base = self.base_url(site.id)
        listed = [SiteColumn(name=c.name, url=self._column_url(site, c)) for c in site.columns if c.owed and columns]
        return Site(
            id=site.id,
            name=site.name,
            agency=site.agency,
            url=f"{base}/",
            aliases=(f"www.{site.id}.example",),
            columns=tuple(listed),
        )

    def _column_url(self, site: CitySite, column: Column) -> str:
        return self.base_url(site.id) + addresses.column_path(site, column)

    def address(self, site: CitySite, publication: Publication) -> str:
        return self.base_url(site.id) + addresses.article_path(site, publication)

    def answer_key(self, as_of: dt.date) -> list[Answer]:
        """What a careful auditor finds who reads the city on its day `at` and judges on `as_of`."""
        return answers.answer_key(self.city, as_of, self.address, self.at)

    def requests(self) -> dict[str, int]:
        """Requests so far, by site."""
        return {site_id: sum(source.requests.values()) for site_id, source in self._sources.items()}

    def requested_paths(self, site_id: str) -> Counter[str]:
        """Requests so far to one site, by path."""
        source = self._sources.get(site_id)
        return Counter(source.requests) if source else Counter()

    def write_city(self, folder: Path, as_of: dt.date, *, columns: bool = False) -> None:
        """Write `sites.yaml` and `answer-key.jsonl` into the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        entries = self.sites(columns=columns).model_dump(mode="json", exclude_defaults=True)
        with (folder / "sites.yaml").open("w", encoding="utf-8") as file:
            YAML().dump(entries, file)
        lines = [json.dumps(answer, ensure_ascii=False) for answer in self.answer_key(as_of)]
        (folder / "answer-key.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def serve(city: City, at: dt.date | None = None, port_base: int | None = None) -> PracticeCity:
    """`with serve(city, at) as running:` - the city's sites answer while the block runs."""
    return PracticeCity(city, at, port_base)


@contextmanager
def _deaf_port(port: int) -> Iterator[int]:
    """A port that is ours but on which nobody listens: connections are refused, and no other server can take it."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((HOST, port))
        yield int(held.getsockname()[1])
