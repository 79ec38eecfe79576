"""Guangdong's NFCMS: pages index, index_2, ..., `a.next`, articles `content/post_id.html` (FIELD-GUIDE 3.2)."""

from functools import partial

from simulator import addresses
from simulator.city import Column, Publication, per_page
from simulator.pages import (
    Maker,
    Query,
    Response,
    View,
    article,
    broken,
    files,
    html,
    online,
    paged,
    robots,
    row_of,
    sections,
    shelves,
)

FOLDERS = {"新闻中心": "/xwzx/", "政务公开": "/zwgk/", "重点领域信息公开": "/zwgk/zdlyxxgk/"}


def pages(view: View) -> dict[str, Maker]:
    """All pages of the site but those of its JSON directory."""
    static = [column for column in view.site.columns if not column.in_directory]
    made: dict[str, Maker] = {path: partial(_home, view) for path in ("/", "/index.html")}
    for section, folder in FOLDERS.items():
        for path in (folder, f"{folder}index.html"):
            made[path] = partial(_landing, view, section)
    for column in static:
        made |= _column(view, column)
    for publication in online(view):
        if not view.site.column(publication.column).in_directory:
            made[addresses.article_path(view.site, publication)] = partial(_article, view, publication)
    return made | files(view) | robots(view)


def has_directory(view: View) -> bool:
    return any(column.in_directory for column in view.site.columns)


def _home(view: View, _: Query) -> Response:
    columns = [c for c in view.site.columns if not c.in_directory][:7]
    return html(
        view,
        "nfcms_home.html.j2",
        None,
        shelves=shelves(view, columns, 6),
        folders=FOLDERS,
        directory=has_directory(view),
    )


def _landing(view: View, section: str, _: Query) -> Response:
    columns = sections(view).get(section, [])
    below = {name: path for name, path in FOLDERS.items() if section == "政务公开" and name == "重点领域信息公开"}
    return html(
        view,
        "nfcms_landing.html.j2",
        None,
        section=section,
        shelves=shelves(view, columns, 5),
        below=below,
        directory=has_directory(view),
    )


def _article(view: View, publication: Publication, _: Query) -> Response:
    return article(view, "nfcms_article.html.j2", publication)


def _column(view: View, column: Column) -> dict[str, Maker]:
    made: dict[str, Maker] = {f"/{column.id}index.html": partial(_list, view, column, 1)}
    for page in range(1, len(paged(view.rows[column.id], per_page(view.site, column))) + 1):
        made[addresses.column_path(view.site, column, page)] = partial(_list, view, column, page)
    return made


def _list(view: View, column: Column, page: int, _: Query) -> Response:
    breaks = view.site.profile.list_break
    if breaks and column.owed and page > breaks.after_page:
        return broken(breaks.answer)
    every = paged(view.rows[column.id], per_page(view.site, column))
    return html(
        view,
        "nfcms_list.html.j2",
        column,
        rows=[row_of(view, p, view.article_href(p)) for p in every[page - 1]],
        page=page,
        total=len(every),
        siblings=[c for c in sections(view)[column.section] if not c.in_directory],
    )
