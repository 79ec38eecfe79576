"""TRS WCM: `createPageHTML` with pages index, index_1, ..., articles `tYYYYMMDD_id` (FIELD-GUIDE 3.3; PLATFORM.md)."""

import posixpath
from collections.abc import Callable
from functools import partial

from simulator import addresses
from simulator.city import Column, Publication, per_page
from simulator.pages import (
    Maker,
    Query,
    Response,
    Row,
    View,
    article,
    broken,
    files,
    html,
    online,
    paged,
    robots,
    row_of,
    script,
    sections,
    shelves,
)

# Sections with a landing page of their own, by the folder in which their columns stand.
FOLDERS = {"新闻中心": "/xwzx/", "政务公开": "/zwgk/", "重点领域信息公开": "/zwgk/zdlyxxgk/"}
PAGER_SCRIPT = "/images/createpage.js"


def pages(view: View, lists: Callable[[View, Column], dict[str, Maker]] | None = None) -> dict[str, Maker]:
    """All pages of the site; `lists` draws its columns where they are not the usual ones."""
    made: dict[str, Maker] = {"/": partial(_home, view), addresses.index_path(view.site, "/"): partial(_home, view)}
    for section, folder in FOLDERS.items():
        for path in (folder, addresses.index_path(view.site, folder)):
            made[path] = partial(_landing, view, section)
    made["/zwgk/xxgkml/"] = partial(_directory, view)
    for column in view.site.columns:
        made |= (lists or _column)(view, column)
    for publication in online(view):
        made[addresses.article_path(view.site, publication)] = partial(_article, view, publication)
    made[PAGER_SCRIPT] = partial(_pager_script, view)
    return made | files(view) | robots(view)


def _home(view: View, _: Query) -> Response:
    return html(view, "trs_home.html.j2", None, shelves=shelves(view, view.site.columns[:6], 6), folders=FOLDERS)


def _landing(view: View, section: str, _: Query) -> Response:
    columns = sections(view).get(section, [])
    below = {name: path for name, path in FOLDERS.items() if section == "政务公开" and name == "重点领域信息公开"}
    return html(
        view,
        "trs_landing.html.j2",
        None,
        section=section,
        shelves=shelves(view, columns, 4),
        below=below,
        folders=FOLDERS,
    )


def _directory(view: View, _: Query) -> Response:
    return html(view, "trs_directory.html.j2", None, folders=FOLDERS)


def _article(view: View, publication: Publication, _: Query) -> Response:
    return article(view, "trs_article.html.j2", publication)


def _column(view: View, column: Column) -> dict[str, Maker]:
    first = addresses.index_path(view.site, f"/{column.id}")
    if view.site.profile.static_part and column.owed:
        return {path: partial(_static_list, view, column) for path in (f"/{column.id}", first)}
    made: dict[str, Maker] = {first: partial(_list, view, column, 1)}
    for page in range(1, len(paged(view.rows[column.id], per_page(view.site, column))) + 1):
        made[addresses.column_path(view.site, column, page)] = partial(_list, view, column, page)
    return made


def _rows(view: View, column: Column, publications: list[Publication]) -> list[Row]:
    return [row_of(view, p, _relative(view, column, p)) for p in publications]


def _relative(view: View, column: Column, publication: Publication) -> str:
    path = posixpath.relpath(addresses.article_path(view.site, publication), f"/{column.id}")
    return path if path.startswith("..") else f"./{path}"


def _list(view: View, column: Column, page: int, _: Query) -> Response:
    breaks = view.site.profile.list_break
    if breaks and column.owed and page > breaks.after_page:
        return broken(breaks.answer)
    every = paged(view.rows[column.id], per_page(view.site, column))
    rows = _rows(view, column, list(every[page - 1]))
    return html(
        view,
        "trs_list.html.j2",
        column,
        rows=rows,
        total=len(every),
        current=page - 1,
        extension=addresses.extension(view.site),
        siblings=sections(view)[column.section],
    )


def _static_list(view: View, column: Column, _: Query) -> Response:
    """Only the first pages stand in the HTML; the script would ask a search service for the rest."""
    part = view.site.profile.static_part
    assert part is not None  # noqa: S101 - the caller has seen to it
    every = view.rows[column.id]
    rows = _rows(view, column, every[: part.pages * part.per_page])
    return html(
        view,
        "trs_static.html.j2",
        column,
        groups=[(start + 1, rows[start : start + 5]) for start in range(0, len(rows), 5)],
        part=part,
        count=column.recorded or len(every),
        channel=int.from_bytes(column.id.encode()[-3:], "big") % 2000,
        siblings=sections(view)[column.section],
    )


def _pager_script(view: View, _: Query) -> Response:
    return script(view, "createpage.js")
