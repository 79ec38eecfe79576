"""南威 IGS: a search service draws the lists, articles are those of TRS (FIELD-GUIDE 1 and 7).

The guide names the address and its parameters `code` and `siteId` only; the shape of the answer is an assumption.
"""

import json
from functools import partial

from simulator import addresses
from simulator.city import Column, per_page
from simulator.families.portal import lines, list_page, number, portal
from simulator.pages import Maker, Query, Response, View

NAME = "igs"
SEARCH = "/igs/front/search/list.jhtml"
SITE_ID = 34


def pages(view: View) -> dict[str, Maker]:
    return portal(view, NAME, _lists) | {SEARCH: partial(_search, view)}


def _code(view: View, column: Column) -> str:
    return addresses.hex32(view.site, "code", column.id)


def _lists(view: View, column: Column) -> dict[str, Maker]:
    folder, page = f"/{column.id}", partial(_list, view, column)
    return {folder: page, f"{folder}index.html": page}


def _list(view: View, column: Column, _: Query) -> Response:
    size = per_page(view.site, column)
    return list_page(view, NAME, column, [], code=_code(view, column), igs_site=SITE_ID, size=size)


def _search(view: View, query: Query) -> Response:
    column = next((c for c in view.site.columns if _code(view, c) == query.get("code")), None)
    every = view.rows[column.id] if column and query.get("siteId") == str(SITE_ID) else []
    size, page = max(1, min(number(query, "pageSize", 10), 100)), max(number(query, "pageNumber"), 1)
    rows = lines(view, column, every[(page - 1) * size : page * size]) if column else []
    content = [{"title": r.title, "url": r.href, "trs_time": r.day.isoformat() if r.day else ""} for r in rows]
    total = -(-len(every) // size)
    answer = {"page": {"content": content, "total": len(every), "totalPages": total, "pageNumber": page}}
    return Response(200, json.dumps(answer, ensure_ascii=False).encode(), "application/json;charset=UTF-8")
