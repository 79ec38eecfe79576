"""Owed columns exist in a browser only: rows unpacked by script, or from addresses that a script computes.

Its news columns are ordinary pages. Everything works in Chromium, with a next button that no address stands behind.
"""

import base64
import json
from collections.abc import Sequence
from functools import partial
from itertools import cycle

from simulator import addresses
from simulator.city import Column, Publication
from simulator.dice import dice
from simulator.families.portal import lines, list_page, pages_of, portal
from simulator.looks import dress_of
from simulator.pages import Maker, Query, Response, View, draw

NAME = "js_only"


def pages(view: View) -> dict[str, Maker]:
    script = f"/static/js/app.{_tag(view)}.js"
    return portal(view, NAME, _lists) | {script: partial(_script, view)}


def _tag(view: View) -> str:
    return addresses.hex32(view.site, "app")[:6]


def _key(view: View) -> str:
    return addresses.hex32(view.site, "key")[:12]


def is_packed(view: View) -> bool:
    """Whether rows stand packed in the page; else one file a page of the list, under computed names."""
    return dice(view.site.seed, "packed").random() < 0.5


def _script(view: View, _: Query) -> Response:
    text = draw(view, "js_only_app.js.j2", tag=_tag(view), dress=dress_of(view.site))
    return Response(200, text.encode(), "application/javascript")


def _names(total: int) -> list[str]:
    return ["index.html", *(f"index_{page}.html" for page in range(2, total + 1))]


def _lists(view: View, column: Column) -> dict[str, Maker]:
    every = pages_of(view, column)
    made: dict[str, Maker] = {f"/{column.id}": partial(_list, view, column, 1)}
    for page, name in enumerate(_names(1 if column.owed else len(every)), 1):
        made[f"/{column.id}{name}"] = partial(_list, view, column, page)
    if column.owed and not is_packed(view):
        for page, rows in enumerate(every, 1):
            made[data_path(_key(view), column.id, page)] = partial(_data, view, column, rows)
    return made


def data_path(key: str, column_id: str, page: int) -> str:
    """The address that the script computes for one page of a list."""
    return f"/{fnv(key + column_id)}/{fnv(f'{column_id}{page}{key}')}.json"


def fnv(text: str) -> str:
    """FNV-1a of 32 bits, as the script has it."""
    value = 0x811C9DC5
    for sign in text:
        value = (value ^ ord(sign)) * 0x01000193 & 0xFFFFFFFF
    return f"{value:08x}"


def pack(key: str, rows: object) -> str:
    """JSON under a repeated key, in Base64."""
    data = json.dumps(rows, ensure_ascii=False).encode()
    return base64.b64encode(bytes(a ^ ord(b) for a, b in zip(data, cycle(key), strict=False))).decode()


def _packed(view: View, column: Column, rows: Sequence[Publication]) -> str:
    return pack(_key(view), [[row.href, row.title, row.date] for row in lines(view, column, rows)])


def _data(view: View, column: Column, rows: Sequence[Publication], _: Query) -> Response:
    return Response(200, json.dumps({"d": _packed(view, column, rows)}).encode(), "application/json")


def _list(view: View, column: Column, page: int, _: Query) -> Response:
    every = pages_of(view, column)
    return list_page(
        view,
        NAME,
        column,
        [] if column.owed else every[page - 1],
        drawn=column.owed,
        packed=[_packed(view, column, rows) for rows in every] if column.owed and is_packed(view) else None,
        key=_key(view),
        tag=_tag(view),
        page=page,
        total=len(every),
        names=_names(len(every)),
    )
