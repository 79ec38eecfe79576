"""新点 Epoint WebBuilder: lists from a POST interface, or static pages with a scripted pager (FIELD-GUIDE 3.6)."""

import json
from functools import partial

from simulator import addresses
from simulator.city import Column, Publication, per_page
from simulator.dice import dice
from simulator.families.portal import lines, list_page, missing, number, pages_of, portal
from simulator.pages import Maker, Query, Response, View, draw

COMMON = "/js/webBuilderCommon.js"


def pages(view: View) -> dict[str, Maker]:
    """The variant with the list interface."""
    interface = f"{project(view)}/rest/lightfrontaction/getgovinfolist"
    return portal(view, "epoint", _lists) | {COMMON: partial(_common, view), interface: partial(_interface, view)}


def static_pages(view: View) -> dict[str, Maker]:
    """The variant of the trading centres."""
    return portal(view, "epoint_static", _static_lists) | {COMMON: partial(_common, view)}


def project(view: View) -> str:
    return dice(view.site.seed, "project").choice(("/EpointWebBuilder", "/EWB-FRONT", "/inteligentsearch"))


def _common(view: View, _: Query) -> Response:
    text = draw(view, "epoint_common.js.j2", project=project(view), site_guid=addresses.guid(view.site, "site"))
    return Response(200, text.encode(), "application/javascript")


def _lists(view: View, column: Column) -> dict[str, Maker]:
    return {addresses.place(view.site, column.id): partial(_list, view, column)}


def _list(view: View, column: Column, _: Query) -> Response:
    category = addresses.category(view.site, column.id)
    return list_page(view, "epoint", column, [], category=category, size=per_page(view.site, column))


def _interface(view: View, query: Query) -> Response:
    """Pages count from 1. Another site's or department's question gets an empty list, a GET nothing."""
    if query.get(":method") == "GET":
        return Response(405, b'{"status":{"code":405,"text":"Method Not Allowed"}}', "application/json")
    asked = query.get("siteGuid"), query.get("deptcode")
    known = asked == (addresses.guid(view.site, "site"), addresses.department(view.site))
    wanted = query.get("categorynum")
    column = next((c for c in view.site.columns if addresses.category(view.site, c.id) == wanted), None)
    every = view.rows[column.id] if known and column else []
    size = max(1, min(number(query, "pageSize", 10), 100))
    page = max(number(query, "pageIndex"), 1)
    data = [_entry(view, column, p) for p in every[(page - 1) * size : page * size] if column]
    answer = {"custom": {"code": 1, "total": len(every), "data": data}, "status": {"code": 200, "text": "OK"}}
    return Response(200, json.dumps(answer, ensure_ascii=False).encode(), "application/json;charset=UTF-8")


def _entry(view: View, column: Column, publication: Publication) -> dict[str, str]:
    line = lines(view, column, [publication])[0]
    return {
        "infoid": addresses.guid(view.site, publication.number),
        "infourl": addresses.article_path(view.site, publication),
        "realtitle": publication.title,
        "title": line.text,
        "infodate": line.day.isoformat() if line.day else "",
    }


def _static_lists(view: View, column: Column) -> dict[str, Maker]:
    first = addresses.place(view.site, column.id)
    made: dict[str, Maker] = {first: partial(_first, view, column)}
    for page in range(2, len(pages_of(view, column)) + 1):
        made[f"{addresses.folder_of(first)}{page}.html"] = partial(_static_list, view, column, page)
    return made


def _first(view: View, column: Column, query: Query) -> Response:
    """The column's own page answers `pageIndex` too, for what lies beyond the hundredth."""
    page = number(query, "pageIndex")
    return _static_list(view, column, page, query) if 1 <= page <= len(pages_of(view, column)) else missing()


def _static_list(view: View, column: Column, page: int, _: Query) -> Response:
    first = addresses.place(view.site, column.id)
    return list_page(
        view,
        "epoint_static",
        column,
        pages_of(view, column)[page - 1],
        category=addresses.category(view.site, column.id),
        page=page,
        size=per_page(view.site, column),
        count=len(view.rows[column.id]),
        first=first,
        folder=addresses.folder_of(first),
    )
