"""A column's own address holds no list: a frame or a script's jump leads to it (FIELD-GUIDE 3.6, guards)."""

from functools import partial

from simulator import addresses
from simulator.city import Column
from simulator.families.portal import break_of, lines, list_page, pages_of, portal
from simulator.looks import dress_of
from simulator.pages import Maker, Query, Response, View, html

NAME = "shell"


def pages(view: View) -> dict[str, Maker]:
    return portal(view, NAME, _lists)


def _names(view: View, column: Column) -> list[str]:
    node = addresses.node(view.site, column.id)
    return [f"/frame/list_{node}{f'_{page}' if page > 1 else ''}.html" for page in range(1, _total(view, column) + 1)]


def _total(view: View, column: Column) -> int:
    return len(pages_of(view, column))


def _lists(view: View, column: Column) -> dict[str, Maker]:
    made: dict[str, Maker] = {path: partial(_shell, view, column) for path in _places(column)}
    for page, name in enumerate(_names(view, column), 1):
        made[name] = partial(_inner, view, column, page)
    return made


def _places(column: Column) -> tuple[str, str]:
    return f"/{column.id}", f"/{column.id}index.html"


def _shell(view: View, column: Column, _: Query) -> Response:
    inner = _names(view, column)[0]
    if dress_of(view.site).pager_form:
        return html(view, "shell_jump.html.j2", column, inner=inner)
    return list_page(view, NAME, column, [], inner=inner)


def _inner(view: View, column: Column, page: int, _: Query) -> Response:
    cut = break_of(view, column, page)
    if cut:
        return cut
    return html(
        view,
        "shell_inner.html.j2",
        column,
        rows=lines(view, column, pages_of(view, column)[page - 1]),
        page=page,
        total=_total(view, column),
        names=_names(view, column),
        dress=dress_of(view.site),
    )
