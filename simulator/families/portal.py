"""What every portal of the newer families has: home page, landings, disclosure directory, site map, articles.

A family brings its lists, its own markup as templates named after it, and what answers beside pages.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from markupsafe import Markup

from simulator import addresses
from simulator.city import Column, Publication, per_page
from simulator.looks import dress_of
from simulator.pages import (
    Maker,
    Query,
    Response,
    View,
    article,
    broken,
    draw,
    files,
    html,
    links_of,
    online,
    paged,
    row_of,
    sections,
)

# Landing pages by section, as folders of the city's plan.
FOLDERS = {"新闻中心": "xwzx/", "政务公开": "zwgk/", "重点领域信息公开": "zwgk/zdlyxxgk/"}
DIRECTORY, SITE_MAP = "zwgk/xxgkml/", "wzdt/"

Lists = Callable[[View, Column], dict[str, Maker]]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list; `day` is None where the list shows no date."""

    href: str
    title: str
    text: str
    date: str
    number: int
    day: dt.date | None


def portal(view: View, name: str, lists: Lists, home: str = "/index.html") -> dict[str, Maker]:
    """All pages of a site: the lists that the family draws, and the rest from its templates."""
    common = _common(view, name, home)
    for part in ("head", "foot"):
        drawn = draw(view, f"portal_{part}.html.j2", links=links_of(view.site), **common)
        view.repeated[part] = Markup(drawn)  # noqa: S704 - autoescaped before
    made: dict[str, Maker] = {path: partial(_home, view, common) for path in ("/", home)}
    for section, folder in FOLDERS.items():
        made[addresses.place(view.site, folder)] = partial(_landing, view, common, section)
    for folder, heading in ((DIRECTORY, "政府信息公开目录"), (SITE_MAP, "网站地图")):
        made[addresses.place(view.site, folder)] = partial(_directory, view, common, heading)
    for column in view.site.columns:
        made |= lists(view, column)
    for publication in online(view):
        page = partial(_article, view, common, publication, f"{name}_article.html.j2")
        for path in _places(view, publication):
            made[path] = page
    return routed(made | files(view)) | _robots(view)


def _robots(view: View) -> dict[str, Maker]:
    """The forbidden columns under the addresses that they have here; `$`-less rules forbid their further pages too."""
    forbidden = [addresses.place(view.site, c.id) for c in view.site.columns if c.forbidden]
    body = "\n".join(["User-agent: *", *(f"Disallow: {path}" for path in forbidden), ""]).encode()
    return {"/robots.txt": lambda _: Response(200, body, "text/plain")} if forbidden else {}


def _common(view: View, name: str, home: str) -> dict[str, Any]:
    return {
        "dress": dress_of(view.site),
        "places": partial(addresses.place, view.site),
        "home": home,
        "base": f"{name}_base.html.j2",
    }


def _places(view: View, publication: Publication) -> set[str]:
    shown_in = filter(None, (publication.column, publication.also_in))
    columns = [view.site.column(column) for column in shown_in]
    return {addresses.copy_path(view.site, publication, column) for column in columns}


def list_page(view: View, name: str, column: Column, rows: Sequence[Publication], **values: Any) -> Response:  # noqa: ANN401
    """One page of a list, drawn from the family's own `<name>_list.html.j2`."""
    cut = break_of(view, column, values.get("page", 1))
    if cut:
        return cut
    template = values.pop("template", f"{name}_list.html.j2")
    given = {"mark": "", **_common(view, name, values.pop("home", "/index.html")), **values}
    beside = [other for other in sections(view)[column.section] if not other.in_directory]
    drawn = lines(view, column, rows)
    return html(view, template, column, rows=drawn, beside=beside, **given)


def break_of(view: View, column: Column, page: int) -> Response | None:
    """What a page beyond a list's break answers; None where the page can be read."""
    breaks = view.site.profile.list_break
    return broken(breaks.answer) if breaks and column.owed and page > breaks.after_page else None


def lines(view: View, column: Column, rows: Sequence[Publication]) -> list[Line]:
    return list(_lines(view, column, rows))


def _lines(view: View, column: Column | None, rows: Sequence[Publication]) -> Iterator[Line]:
    for publication in rows:
        shelf = column or view.site.column(publication.column)
        path = addresses.copy_path(view.site, publication, shelf)
        row = row_of(view, publication, _whole(view, path) if view.look.full_links else path)
        yield Line(row.href, row.title, row.text, row.date, row.number, publication.day if row.date else None)


def _whole(view: View, path: str) -> str:
    return (view.base.partition(":")[2] if dress_of(view.site).protocol_relative else view.base) + path


def pages_of(view: View, column: Column) -> list[Sequence[Publication]]:
    return paged(view.rows[column.id], per_page(view.site, column))


def fragment(view: View, template: str, **values: Any) -> str:  # noqa: ANN401 - a template takes anything
    """A piece of markup, as interfaces answer it."""
    return draw(view, template, dress=dress_of(view.site), **values)


def _home(view: View, common: Mapping[str, Any], _: Query) -> Response:
    return html(view, "portal_home.html.j2", None, shelves=_shelves(view, view.site.columns[:7], 6), **common)


def _landing(view: View, common: Mapping[str, Any], section: str, _: Query) -> Response:
    shown = _shelves(view, sections(view).get(section, []), 4)
    return html(view, "portal_landing.html.j2", None, section=section, shelves=shown, **common)


def _shelves(view: View, columns: Sequence[Column], rows: int) -> list[dict[str, Any]]:
    return [
        {"name": c.name, "href": view.column_href(c), "rows": lines(view, c, view.rows[c.id][:rows])} for c in columns
    ]


def _directory(view: View, common: Mapping[str, Any], heading: str, _: Query) -> Response:
    return html(view, "portal_directory.html.j2", None, heading=heading, **common)


def _article(view: View, common: Mapping[str, Any], publication: Publication, template: str, _: Query) -> Response:
    return article(view, template, publication, **common)


def routed(made: Mapping[str, Maker]) -> dict[str, Maker]:
    """Gather addresses with a query under their path: that one answers whose fields the request bears."""
    plain = {path: maker for path, maker in made.items() if "?" not in path}
    asked: dict[str, list[tuple[frozenset[tuple[str, str]], Maker]]] = defaultdict(list)
    for path, maker in made.items():
        if "?" in path:
            parts = urlsplit(path)
            asked[parts.path].append((frozenset(parse_qsl(parts.query)), maker))
    return plain | {path: partial(_answer, choices, plain.get(path)) for path, choices in asked.items()}


def _answer(choices: list[tuple[frozenset[tuple[str, str]], Maker]], other: Maker | None, query: Query) -> Response:
    fields = set(query.items())
    maker = next((maker for wanted, maker in choices if wanted <= fields), other)
    return maker(query) if maker else missing()


def missing() -> Response:
    return Response(404, "<html><head><title>404</title></head><body>找不到您访问的页面</body></html>".encode())


def number(query: Query, field: str, otherwise: int = 1) -> int:
    """A whole number that was asked for, or `otherwise` where the field is missing or something else."""
    text = query.get(field, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
