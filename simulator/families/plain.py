"""Small portals without a family's mark: ASP with the page's number in the query, JSP with a form."""

from functools import partial

from simulator import addresses
from simulator.city import Column, per_page
from simulator.families.portal import list_page, number, pages_of, portal
from simulator.looks import dress_of
from simulator.pages import Maker, Query, Response, View


def asp_pages(view: View) -> dict[str, Maker]:
    return portal(view, "asp", partial(_lists, "asp"), "/index.asp")


def jsp_pages(view: View) -> dict[str, Maker]:
    return portal(view, "jsp", partial(_lists, "jsp"), "/index.jsp")


def _lists(name: str, view: View, column: Column) -> dict[str, Maker]:
    return {addresses.place(view.site, column.id): partial(_list, name, view, column)}


def _list(name: str, view: View, column: Column, query: Query) -> Response:
    """A page beyond the last shows the last, as the scripts of such portals do."""
    every = pages_of(view, column)
    asked = number(query, "page" if name == "asp" else "currentPage")
    page = min(max(asked, 1), len(every))
    return list_page(
        view,
        name,
        column,
        every[page - 1],
        home=f"/index.{name}",
        page=page,
        total=len(every),
        count=len(view.rows[column.id]),
        size=per_page(view.site, column),
        number=addresses.node(view.site, column.id),
        names=[_asp_path(view, column, to) for to in range(1, len(every) + 1)],
    )


def _asp_path(view: View, column: Column, page: int) -> str:
    node = addresses.node(view.site, column.id)
    first = dress_of(view.site).pager_form == 0
    return f"list.asp?classid={node}&page={page}" if first else f"/list.asp?page={page}&classid={node}"
