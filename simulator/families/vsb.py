"""博达 Visual SiteBuilder: page numbers go down, articles `info/<tree>/<id>.htm` (FIELD-GUIDE 3.7)."""

import posixpath
from functools import partial

from simulator import addresses
from simulator.city import Column
from simulator.families.portal import list_page, pages_of, portal
from simulator.pages import Maker, Query, Response, View

NAME, HOME = "vsb", "/index.htm"


def pages(view: View) -> dict[str, Maker]:
    return portal(view, NAME, _lists, HOME)


def page_path(view: View, column: Column, page: int, total: int) -> str:
    """Of N pages the second is N-1 and the last 1: the address of a page changes its content when the list grows."""
    first = addresses.place(view.site, column.id)
    return first if page == 1 else f"{first.removesuffix('.htm')}/{total + 1 - page}.htm"


def _lists(view: View, column: Column) -> dict[str, Maker]:
    total = len(pages_of(view, column))
    return {page_path(view, column, page, total): partial(_list, view, column, page) for page in range(1, total + 1)}


def _list(view: View, column: Column, page: int, _: Query) -> Response:
    every = pages_of(view, column)
    total = len(every)
    here = posixpath.dirname(page_path(view, column, page, total))

    def link(to: int) -> str:
        return posixpath.relpath(page_path(view, column, min(max(to, 1), total), total), here)

    return list_page(
        view,
        NAME,
        column,
        every[page - 1],
        home=HOME,
        mark="line_u5_",
        unit=addresses.node(view.site, "unit"),
        page=page,
        total=total,
        count=len(view.rows[column.id]),
        first=link(1),
        previous=link(page - 1),
        following=link(page + 1),
        last=link(total),
        numbers=[(n, link(n)) for n in range(1, total + 1) if abs(n - page) < 4],
    )
