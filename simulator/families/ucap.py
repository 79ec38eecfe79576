"""开普 UCAP: `.shtml` lists counted from 1 with a scripted pager, or lists from `/common/search` (FIELD-GUIDE 3.8)."""

import json
from functools import partial
from typing import Any

from simulator import addresses
from simulator.city import Column, Publication, per_page
from simulator.families.portal import lines, list_page, number, pages_of, portal
from simulator.pages import Maker, Query, Response, View, script

HOME = "/index.shtml"


def pages(view: View) -> dict[str, Maker]:
    """The variant with static pages."""
    return portal(view, "ucap", _lists, HOME) | {"/xhtml/js/page.js": lambda _: script(view, "ucap_page.js.j2")}


def json_pages(view: View) -> dict[str, Maker]:
    """The variant whose lists hold no rows."""
    return portal(view, "ucap_json", _search_lists, HOME)


def page_path(view: View, column: Column, page: int) -> str:
    first = addresses.place(view.site, column.id)
    return first if page == 1 else f"{first.removesuffix('.shtml')}_{page}.shtml"


def _lists(view: View, column: Column) -> dict[str, Maker]:
    total = len(pages_of(view, column))
    return {page_path(view, column, page): partial(_list, view, column, page) for page in range(1, total + 1)}


def _list(view: View, column: Column, page: int, _: Query) -> Response:
    every = pages_of(view, column)
    shown = {"page": page, "total": len(every), "count": len(view.rows[column.id])}
    stem = addresses.ucap_stem(view.site)
    return list_page(view, "ucap", column, every[page - 1], home=HOME, stem=stem, **shown)


def _search_lists(view: View, column: Column) -> dict[str, Maker]:
    channel = addresses.hex32(view.site, "channel", column.id)
    return {
        addresses.place(view.site, column.id): partial(_search_list, view, column, channel),
        f"/common/search/{channel}": partial(_search, view, column),
    }


def _search_list(view: View, column: Column, channel: str, _: Query) -> Response:
    size = per_page(view.site, column)
    return list_page(view, "ucap_json", column, [], home=HOME, channel=channel, size=size)


def _search(view: View, column: Column, query: Query) -> Response:
    size = max(1, min(number(query, "_pageSize", per_page(view.site, column)), 100))
    page = max(number(query, "page"), 1)
    every = view.rows[column.id]
    results = [_result(view, column, p) for p in every[(page - 1) * size : page * size]]
    data = {"total": len(every), "page": page, "rows": size, "results": results}
    body = json.dumps({"code": 200, "message": "", "data": data}, ensure_ascii=False).encode()
    return Response(200, body, "application/json;charset=UTF-8")


def _result(view: View, column: Column, publication: Publication) -> dict[str, Any]:
    line = lines(view, column, [publication])[0]
    day = publication.day.isoformat()
    shown = f"{day} {publication.moment:%H:%M:%S}" if line.date else ""
    values = {"refno": "", "indexnumber": f"{view.look.code}/{publication.number}", "pubdate": day if line.date else ""}
    return {
        "title": publication.title,
        "subTitle": "",
        "url": line.href,
        "content": "",
        "contentHtml": "",
        "publishedTimeStr": shown,
        "channelName": column.name,
        "domainMetaList": [{"resultList": [{"key": key, "value": value} for key, value in values.items()]}],
    }
