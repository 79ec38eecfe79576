"""大汉 JCMS: rows stand in a script's data store, the rest behind `dataproxy.jsp` (FIELD-GUIDE 3.4)."""

from collections.abc import Sequence
from functools import partial
from html import escape

from markupsafe import Markup

from simulator import addresses
from simulator.city import Column, Publication, per_page
from simulator.families.portal import fragment, lines, list_page, missing, number, portal
from simulator.looks import dress_of
from simulator.pages import Maker, Query, Response, View

NAME = "jcms"
PROXY = "/module/web/jpage/dataproxy.jsp"
EMBEDDED, LARGEST = 30, 300  # records in the page; records in one answer (FIELD-GUIDE 3.4)
GROUP = 30


def pages(view: View) -> dict[str, Maker]:
    return portal(view, NAME, lists) | {PROXY: partial(proxy, view)}


def units(view: View, column: Column) -> tuple[int, int]:
    """The list and its duplicate for mobile screens."""
    return addresses.node(view.site, f"unit {column.id}"), addresses.node(view.site, f"mobile {column.id}")


def lists(view: View, column: Column) -> dict[str, Maker]:
    return {addresses.place(view.site, column.id): partial(_list, view, column)}


def _list(view: View, column: Column, _: Query) -> Response:
    rows = view.rows[column.id]
    return list_page(
        view,
        NAME,
        column,
        [],
        units=units(view, column),
        number=addresses.node(view.site, column.id),
        records=_records(view, column, rows[:EMBEDDED], split=False),
        size=per_page(view.site, column),
        count=len(rows),
        in_table=dress_of(view.site).row_form == 2,
    )


def _records(view: View, column: Column, rows: Sequence[Publication], *, split: bool) -> list[Markup]:
    """The markup of each row; `split`: with the date broken over lines, as some answers have it."""
    made: list[Markup] = []
    for row in lines(view, column, rows):
        shown = "-\n ".join(row.day.isoformat().split("-")) if split and row.day else row.date
        drawn = fragment(view, "jcms_record.html.j2", row=row, shown=shown, split=split)
        made.append(Markup(drawn))  # noqa: S704 - autoescaped just before
    return made


def proxy(view: View, query: Query) -> Response:
    """POST counts records by startrecord and endrecord; GET with a page counts groups and ignores the records."""
    wanted = (query.get("columnid", ""), query.get("unitid", ""))
    column = next((c for c in view.site.columns if wanted in _names(view, c)), None)
    if column is None:
        return missing() if wanted == ("", "") else _answer([], 0, "")
    rows = view.rows[column.id]
    if "page" in query and query.get(":method") != "POST":
        size = max(1, min(number(query, "perpage", GROUP), LARGEST))
        start = (max(number(query, "page"), 1) - 1) * size
    else:
        start = max(number(query, "startrecord"), 1) - 1
        size = max(0, min(number(query, "endrecord", start + GROUP) - start, LARGEST))
    split = dress_of(view.site).pager_form == 1
    return _answer(_records(view, column, rows[start : start + size], split=split), len(rows), wanted[1])


def _names(view: View, column: Column) -> list[tuple[str, str]]:
    return [(str(addresses.node(view.site, column.id)), str(unit)) for unit in units(view, column)]


def _answer(records: Sequence[str], total: int, unit: str) -> Response:
    rows = "".join(f"<record><![CDATA[\n{record}]]></record>\n" for record in records)
    head = f"<totalrecord>{total}</totalrecord><unitid>{escape(unit)}</unitid>"
    text = f"<?xml version='1.0' encoding='UTF-8'?>\n<datastore>{head}<recordset>\n{rows}</recordset></datastore>"
    return Response(200, text.encode(), "text/xml;charset=UTF-8")
