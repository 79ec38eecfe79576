"""n-channel CMS: pages beyond the first are fragments without head, numbered downwards (FIELD-GUIDE 3.10)."""

import posixpath
from functools import partial

from simulator import addresses
from simulator.city import Column
from simulator.families.portal import break_of, fragment, lines, list_page, pages_of, portal
from simulator.pages import Maker, Query, Response, View

NAME = "nchannel"
START, END = "<!--start component 文章列表(list)-->", "<!--end component 文章列表(list)-->"


def pages(view: View) -> dict[str, Maker]:
    return portal(view, NAME, _lists)


def fragment_path(view: View, column: Column, page: int, total: int) -> str:
    """Of N pages the second is N-1 and the last 1."""
    folder = addresses.folder_of(addresses.place(view.site, column.id))
    return f"{folder}index_{_unit(view, column)}_{total + 1 - page}.html"


def _unit(view: View, column: Column) -> int:
    return addresses.node(view.site, f"component {column.id}")


def _lists(view: View, column: Column) -> dict[str, Maker]:
    every = pages_of(view, column)
    made: dict[str, Maker] = {addresses.place(view.site, column.id): partial(_list, view, column)}
    for page in range(2, len(every) + 1):
        made[fragment_path(view, column, page, len(every))] = partial(_fragment, view, column, page)
    return made


def _list(view: View, column: Column, _: Query) -> Response:
    every = pages_of(view, column)
    first = addresses.place(view.site, column.id)
    up = posixpath.relpath("/", posixpath.dirname(first))
    return list_page(
        view,
        NAME,
        column,
        every[0],
        unit=_unit(view, column),
        total=len(every),
        others=range(1, len(every)),
        purl=f"{up}{addresses.folder_of(first)}index_{_unit(view, column)}",
    )


def _fragment(view: View, column: Column, page: int, _: Query) -> Response:
    cut = break_of(view, column, page)
    if cut:
        return cut
    rows = lines(view, column, pages_of(view, column)[page - 1])
    charset = "utf-8" if view.site.profile.charset == "utf-8" else "gb18030"
    text = f"\n{START}\n\n{fragment(view, 'nchannel_rows.html.j2', rows=rows)}\n{END}\n"
    return Response(200, text.encode(charset, "xmlcharrefreplace"), f"text/html; charset={charset}")
