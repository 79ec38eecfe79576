"""织梦 DedeCMS: pages `list_<tid>_<n>.html` counted from 1 (FIELD-GUIDE 3.11)."""

from functools import partial

from simulator import addresses
from simulator.city import Column
from simulator.families.portal import list_page, pages_of, portal
from simulator.pages import Maker, Query, Response, View

NAME = "dede"


def pages(view: View) -> dict[str, Maker]:
    return portal(view, NAME, _lists)


def _names(view: View, column: Column) -> list[str]:
    tid = addresses.node(view.site, column.id) % 10_000
    return [f"list_{tid}_{page}.html" for page in range(1, len(pages_of(view, column)) + 1)]


def _lists(view: View, column: Column) -> dict[str, Maker]:
    folder = addresses.place(view.site, column.id)
    made: dict[str, Maker] = {path: partial(_list, view, column, 1) for path in (folder, f"{folder}index.html")}
    for page, name in enumerate(_names(view, column), 1):
        made[f"{folder}{name}"] = partial(_list, view, column, page)
    return made


def _list(view: View, column: Column, page: int, _: Query) -> Response:
    every = pages_of(view, column)
    shown = {"page": page, "total": len(every), "count": len(view.rows[column.id]), "names": _names(view, column)}
    return list_page(view, NAME, column, every[page - 1], **shown)
