"""大汉 JCMS with the disclosure module: `search.jsp` lists the whole agency's documents (FIELD-GUIDE 3.4).

A column's own documents are those whose address bears its number, `art_<column>_`. The news stand in jpage columns.
"""

import datetime as dt
from functools import partial

from simulator import addresses
from simulator.city import Column, Publication
from simulator.families import jcms
from simulator.families.portal import fragment, lines, list_page, number, portal
from simulator.pages import Maker, Query, Response, View, paged

NAME = "jcms"
SEARCH, TREE = "/module/xxgk/search.jsp", "/module/xxgk/tree.jsp"
SIZE = 15


def pages(view: View) -> dict[str, Maker]:
    return portal(view, NAME, _lists) | {
        jcms.PROXY: partial(jcms.proxy, view),
        SEARCH: partial(_search, view),
        TREE: lambda _: Response(200, b"<html><body><div class='tree'></div></body></html>"),
    }


def area(view: View) -> str:
    return f"1144{addresses.node(view.site, 'area')}"


def _lists(view: View, column: Column) -> dict[str, Maker]:
    return (
        {addresses.place(view.site, column.id): partial(_list, view, column)}
        if column.owed
        else jcms.lists(view, column)
    )


def _list(view: View, column: Column, _: Query) -> Response:
    return list_page(view, NAME, column, [], template="xxgk_list.html.j2", area=area(view))


def _search(view: View, query: Query) -> Response:
    owed = [c for c in view.site.columns if c.owed] if query.get("area") == area(view) else []
    rows = sorted((p for c in owed for p in view.rows[c.id] if p.column == c.id), key=_rank, reverse=True)
    every = paged(rows, SIZE)
    page = max(number(query, "currpage"), 1)
    shown = every[page - 1] if page <= len(every) else []
    drawn = [line for p in shown for line in lines(view, view.site.column(p.column), [p])]
    text = fragment(view, "xxgk_rows.html.j2", rows=drawn, count=len(rows), page=page, total=len(every))
    return Response(200, text.encode(), "text/html;charset=UTF-8")


def _rank(publication: Publication) -> tuple[dt.date, int]:
    return publication.rank_day, publication.number
