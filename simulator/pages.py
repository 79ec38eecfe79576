"""What all families share: answers, templates, and the parts of a page that repeat on every page of a site."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator import addresses, bodies
from simulator.city import CitySite, Column, Publication, shown
from simulator.dice import dice
from simulator.looks import Look, cut, look_of, metas, page_date, row_date

OFFICE = "application/vnd.openxmlformats-officedocument"
MIME = {
    "pdf": "application/pdf",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "docx": f"{OFFICE}.wordprocessingml.document",
}
STUB = "<html><head><title></title></head><body>" + "<!-- -->" * 32 + "</body></html>"


@dataclass(frozen=True, slots=True)
class Response:
    """What the server sends. `modified` is Shanghai time."""

    status: int
    body: bytes
    content_type: str = "text/html"
    modified: dt.datetime | None = None

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


Query = Mapping[str, str]
Maker = Callable[[Query], Response]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list as a template shows it."""

    href: str
    title: str
    text: str
    date: str
    number: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A column with its newest rows, as home pages and landing pages show it."""

    name: str
    href: str
    rows: Sequence[Row]


@dataclass(slots=True)
class View:
    """One site on one day: what its pages are drawn from. `base` is the site's address without a final slash."""

    site: CitySite
    at: dt.date | None
    base: str
    look: Look
    rows: dict[str, list[Publication]]
    repeated: dict[str, Markup]

    def column_href(self, column: Column) -> str:
        return addresses.column_path(self.site, column)

    def article_href(self, publication: Publication) -> str:
        path = addresses.article_path(self.site, publication)
        return self.base + path if self.look.full_links else path


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def view_of(site: CitySite, at: dt.date | None, base: str) -> View:
    rows = {column.id: shown(site, column, at) for column in site.columns}
    view = View(site, at, base, look_of(site), rows, {})
    for part in ("head", "foot", "script"):
        view.repeated[part] = Markup(draw(view, f"{part}.html.j2", links=links_of(site)))  # noqa: S704 - autoescaped before
    return view


def links_of(site: CitySite) -> list[str]:
    places = ("北京", "上海", "广东", "福建", "浙江", "江苏", "山东", "湖北", "四川", "重庆", "海南", "云南")
    bodies_ = ("人民政府", "发展和改革委员会", "财政厅", "教育厅", "生态环境厅", "公安厅")
    names = [place + body for place in places for body in bodies_]
    return dice(site.seed, "links").sample(names, 40)


def draw(view: View, template: str, **values: Any) -> str:  # noqa: ANN401 - a template takes anything
    return (
        _environment()
        .get_template(template)
        .render(site=view.site, look=view.look, view=view, sections=sections(view), repeated=view.repeated, **values)
    )


def sections(view: View) -> dict[str, list[Column]]:
    """Columns by the section of the navigation in which they stand."""
    found: dict[str, list[Column]] = {}
    for column in view.site.columns:
        found.setdefault(column.section, []).append(column)
    return found


def html(
    view: View,
    template: str,
    column: Column | None,
    publication: Publication | None = None,
    **values: Any,  # noqa: ANN401 - a template takes anything
) -> Response:
    """A page of the site, encoded as the site declares."""
    head = metas(view.site, view.look, column, publication)
    text = draw(view, template, metas=head, column=column, publication=publication, **values)
    charset = "utf-8" if view.site.profile.charset == "utf-8" else "gb18030"
    modified = made_at(publication) if publication else _newest(view, column)
    return Response(200, text.encode(charset, "xmlcharrefreplace"), "text/html", modified)


def _newest(view: View, column: Column | None) -> dt.datetime | None:
    listed = view.rows[column.id] if column else [p for rows in view.rows.values() for p in rows]
    return max((made_at(p) for p in listed), default=None)


def made_at(publication: Publication) -> dt.datetime:
    """When the page's file was last written: a migrated article on the day of the migration, an edited one then."""
    days = (publication.url_day, publication.edited or dt.date.min)
    return max(publication.moment, *(dt.datetime.combine(day, dt.time(1)) for day in days))


def row_of(view: View, publication: Publication, href: str) -> Row:
    title = publication.title
    return Row(href, title, cut(view.site, title), row_date(view.site, view.look, publication), publication.number)


def shelves(view: View, columns: Sequence[Column], rows: int) -> list[Shelf]:
    return [
        Shelf(
            column.name,
            view.column_href(column),
            [row_of(view, p, view.article_href(p)) for p in view.rows[column.id][:rows]],
        )
        for column in columns
    ]


def article(view: View, template: str, publication: Publication, **values: Any) -> Response:  # noqa: ANN401
    """An article's page with all that the templates of a family may show of it."""
    site = view.site
    path = addresses.article_path(site, publication)
    rng = dice(site.seed, "labels", publication.source.number)
    written = publication.day - dt.timedelta(days=rng.randint(1, 6))
    if publication.page and publication.page.written:
        written = publication.page.written
    by_chance = f"{site.name[-3:]}〔{publication.day.year}〕{rng.randint(1, 200)}号" if rng.random() < 0.3 else ""
    doc_no = publication.page.doc_no if publication.page else by_chance
    return html(
        view,
        template,
        site.column(publication.column),
        publication,
        content=bodies.content_of(site, publication, addresses.folder_of(path)),
        claimed=page_date(site, publication),
        written=written,
        index_no=f"{view.look.code[:6]}-{publication.day.year}-{publication.number % 100000:05d}",
        doc_no=doc_no,
        newest=[row_of(view, p, view.article_href(p)) for p in view.rows[site.notices][:5]],
        **values,
    )


def script(view: View, name: str) -> Response:
    """A script file of the site."""
    return Response(200, draw(view, name).encode(), "application/javascript")


def files(view: View) -> dict[str, Maker]:
    """The attached files of all articles that are online."""
    made: dict[str, Maker] = {}
    for publication in online(view):
        folder = addresses.folder_of(addresses.article_path(view.site, publication))
        for file in bodies.content_of(view.site, publication, folder).attachments:
            made[file.path] = partial(_file, view.site, publication, file)
    return made


def _file(site: CitySite, publication: Publication, file: bodies.Attachment, _: Query) -> Response:
    return Response(200, bodies.file_bytes(site, publication, file), MIME[file.kind], publication.moment)


def online(view: View) -> list[Publication]:
    """All articles of the site on the view's day, each once."""
    return list(dict.fromkeys(p for rows in view.rows.values() for p in rows))


def robots(view: View) -> dict[str, Maker]:
    forbidden = [column for column in view.site.columns if column.forbidden]
    if not forbidden:
        return {}
    lines = ["User-agent: *", *(f"Disallow: /{column.id}" for column in forbidden), ""]
    body = "\n".join(lines).encode()
    return {"/robots.txt": lambda _: Response(200, body, "text/plain")}


def broken(kind: str) -> Response:
    """What a list's page answers where the list breaks off."""
    if kind == "stub":
        return Response(200, STUB.encode())
    status = int(kind)
    text = "404 Not Found" if status == 404 else "500 Internal Server Error"
    return Response(status, f"<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>".encode())


def paged(rows: Sequence[Publication], size: int) -> list[Sequence[Publication]]:
    """The rows of each page; a column without rows has one page."""
    return [rows[start : start + size] for start in range(0, len(rows), size)] or [[]]
