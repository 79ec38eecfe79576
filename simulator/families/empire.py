"""帝国 EmpireCMS: `index_2.html` is page 2, folders bear the import day, copies stand twice (FIELD-GUIDE 3.11)."""

from functools import partial

from simulator.city import Column
from simulator.families.portal import list_page, pages_of, portal
from simulator.pages import Maker, Query, Response, View

NAME = "empire"


def pages(view: View) -> dict[str, Maker]:
    return portal(view, NAME, _lists)


def _names(total: int) -> list[str]:
    return ["index.html", *(f"index_{page}.html" for page in range(2, total + 1))]


def _lists(view: View, column: Column) -> dict[str, Maker]:
    made: dict[str, Maker] = {f"/{column.id}": partial(_list, view, column, 1)}
    for page, name in enumerate(_names(len(pages_of(view, column))), 1):
        made[f"/{column.id}{name}"] = partial(_list, view, column, page)
    return made


def _list(view: View, column: Column, page: int, _: Query) -> Response:
    every = pages_of(view, column)
    shown = {"page": page, "total": len(every), "count": len(view.rows[column.id]), "names": _names(len(every))}
    return list_page(view, NAME, column, every[page - 1], **shown)
