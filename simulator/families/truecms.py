"""truecms: rows come as JSONP from `getMessage.do`, by windows of limited width (FIELD-GUIDE 3.6)."""

import json
import re
from functools import partial

from simulator import addresses
from simulator.city import Column, per_page
from simulator.dice import dice
from simulator.families.portal import fragment, lines, list_page, missing, number, portal
from simulator.pages import Maker, Query, Response, View

NAME = "truecms"
MESSAGES = "/truecms/messageController/getMessage.do"


def pages(view: View) -> dict[str, Maker]:
    return portal(view, NAME, _lists) | {MESSAGES: partial(_messages, view)}


def widest(view: View) -> int:
    """The widest window that the site answers: try 50, 20, 10."""
    return dice(view.site.seed, "window").choice((50, 20, 10))


def strict(view: View) -> bool:
    """Whether the site answers 404 without a referer, and to a window that is too wide; else such a window is empty."""
    return dice(view.site.seed, "strict").random() < 0.5


def column_id(view: View, column: Column) -> str:
    return addresses.hex32(view.site, "column", column.id)


def _lists(view: View, column: Column) -> dict[str, Maker]:
    return {addresses.place(view.site, column.id): partial(_list, view, column)}


def _list(view: View, column: Column, _: Query) -> Response:
    return list_page(
        view,
        NAME,
        column,
        [],
        number=addresses.node(view.site, column.id),
        identity=column_id(view, column),
        size=min(per_page(view.site, column), widest(view)),
        count=len(view.rows[column.id]),
    )


def _messages(view: View, query: Query) -> Response:
    column = next((c for c in view.site.columns if column_id(view, c) == query.get("columnId")), None)
    if column is None or (strict(view) and not query.get(":referer")):
        return missing()
    start = max(number(query, "startrecord"), 1)
    width = number(query, "endrecord", start + 9) - start + 1
    if max(width, number(query, "perpage", 10)) > widest(view):
        return missing() if strict(view) else _jsonp(query, "")
    every = view.rows[column.id]
    rows = lines(view, column, every[start - 1 : start - 1 + max(width, 0)])
    records = [fragment(view, "jcms_record.html.j2", row=row, shown=row.date, split=False) for row in rows]
    inner = "".join(f"<record><![CDATA[{record}]]></record>" for record in records)
    total = f"<totalrecord>{len(every)}</totalrecord>"
    return _jsonp(query, f"<datastore>{total}<recordset>{inner}</recordset></datastore>")


def _jsonp(query: Query, result: str) -> Response:
    text = json.dumps({"result": result}, ensure_ascii=False)
    name = query.get("callback", "")
    called = f"{name}({text})" if re.fullmatch(r"[\w.$]{1,60}", name) else text
    return Response(200, called.encode(), "application/javascript;charset=UTF-8")
