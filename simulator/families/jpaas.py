"""大汉 JPaaS: pages hold unit scripts; rows come from `build/unit`, pages by `paramJson` (FIELD-GUIDE 3.5)."""

import json
from functools import partial

from markupsafe import Markup

from simulator import addresses
from simulator.city import Column, per_page
from simulator.dice import dice
from simulator.families.portal import fragment, lines, list_page, portal
from simulator.looks import dress_of
from simulator.pages import Maker, Query, Response, View

NAME = "jpaas"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
TAGS = ("信息列表", "当前栏目list", "内容区域", "分页列表", "右侧内容", "zw/list")


def pages(view: View) -> dict[str, Maker]:
    return portal(view, NAME, _lists) | {UNIT: partial(_unit, view)}


def list_tag(view: View) -> str:
    return dice(view.site.seed, "tag").choice(TAGS)


def page_id(view: View, column: Column) -> str:
    return f"1229{addresses.node(view.site, column.id)}"


def _lists(view: View, column: Column) -> dict[str, Maker]:
    return {addresses.place(view.site, column.id): partial(_list, view, column)}


def _list(view: View, column: Column, _: Query) -> Response:
    ids = {"webId": "3185", "tplSetId": addresses.hex32(view.site, "tpl")[:22], "pageId": page_id(view, column)}
    return list_page(view, NAME, column, [], query=ids, tag=list_tag(view))


def _unit(view: View, query: Query) -> Response:
    column = next((c for c in view.site.columns if page_id(view, c) == query.get("pageId")), None)
    tag = query.get("tagId", "")
    if column is None:
        html = ""
    elif tag == list_tag(view):
        html = _rows(view, column, query)
    else:
        html = _furniture(view, column, tag)
    answer = {"success": True, "code": "200", "message": "操作成功", "data": {"html": html}}
    return Response(200, json.dumps(answer, ensure_ascii=False).encode(), "application/json;charset=UTF-8")


def _furniture(view: View, column: Column, tag: str) -> str:
    parts = {"头部导航": view.repeated["head"], "底部": view.repeated["foot"]}
    parts["当前位置"] = Markup("<span>{} &gt; {}</span>").format(column.section, column.name)
    parts["热点推荐"] = Markup(_newest(view)) if dress_of(view.site).pager_form else Markup("")  # noqa: S704
    parts["左侧栏目"] = Markup("<h3>{}</h3>").format(column.section)
    return str(parts.get(tag, ""))


def _newest(view: View) -> str:
    """The newest notices: rows of another column, so links to articles alone do not tell which unit is the list."""
    notices = view.site.column(view.site.notices)
    rows = lines(view, notices, view.rows[notices.id][:5])
    return fragment(view, "jpaas_rows.html.j2", rows=rows, count=5, size=5, page=1, tag="hot")


def _rows(view: View, column: Column, query: Query) -> str:
    """The page that `paramJson` names; a bare pageNo is ignored."""
    page, size = _asked(query.get("paramJson", ""), per_page(view.site, column))
    every = view.rows[column.id]
    rows = lines(view, column, every[(page - 1) * size : page * size])
    shown = {"rows": rows, "count": len(every), "size": size, "page": page, "tag": column.id.replace("/", "")}
    return fragment(view, "jpaas_rows.html.j2", **shown)


def _asked(text: str, size: int) -> tuple[int, int]:
    """Page and size from `{"pageNo":2,"pageSize":15}`, whose numbers may be strings."""
    try:
        value = json.loads(text)
        return max(int(value["pageNo"]), 1), max(min(int(value.get("pageSize", size)), 100), 1)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return 1, size
