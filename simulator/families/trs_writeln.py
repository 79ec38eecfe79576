"""TRS whose lists are drawn row by row with `document.writeln` (FIELD-GUIDE 3.3, Wuhan)."""

from functools import partial

from simulator import addresses
from simulator.city import Column
from simulator.families import trs
from simulator.families.gkmlpt import in_script
from simulator.families.portal import break_of, lines, pages_of
from simulator.pages import Maker, Query, Response, View, html, sections


def pages(view: View) -> dict[str, Maker]:
    return trs.pages(view, _lists)


def _lists(view: View, column: Column) -> dict[str, Maker]:
    folder = f"/{column.id}"
    made: dict[str, Maker] = {addresses.index_path(view.site, folder): partial(_list, view, column, 1)}
    for page in range(1, len(pages_of(view, column)) + 1):
        made[addresses.column_path(view.site, column, page)] = partial(_list, view, column, page)
    return made


def _list(view: View, column: Column, page: int, _: Query) -> Response:
    cut = break_of(view, column, page)
    if cut:
        return cut
    every = pages_of(view, column)
    return html(
        view,
        "trs_writeln_list.html.j2",
        column,
        rows=lines(view, column, every[page - 1]),
        quoted=in_script,
        total=len(every),
        current=page - 1,
        extension=addresses.extension(view.site),
        siblings=sections(view)[column.section],
    )
