"""Guangdong's disclosure directory: `/gkmlpt/index`, a JSON list per node, articles in a script (FIELD-GUIDE 3.1)."""

import datetime as dt
import json
from functools import partial
from typing import Any

from markupsafe import Markup

from simulator import addresses, bodies
from simulator.city import Column, Publication, per_page
from simulator.pages import Maker, Query, Response, View, article, html, online, paged

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
ROOT = 1

Node = dict[str, Any]


def pages(view: View) -> dict[str, Maker]:
    """The directory's pages; nothing where the site has none."""
    columns = [column for column in view.site.columns if column.in_directory]
    if not columns:
        return {}
    made: dict[str, Maker] = {path: partial(_index, view) for path in ("/gkmlpt/index", "/gkmlpt/", "/gkmlpt")}
    for column in columns:
        made[f"/gkmlpt/api/all/{column.id}"] = partial(_api, view, column)
    for publication in online(view):
        if view.site.column(publication.column).in_directory:
            made[addresses.article_path(view.site, publication)] = partial(_article, view, publication)
    return made


def site_number(view: View) -> str:
    return f"756{int(view.look.code[-3:]):03d}"


def in_script(value: Any) -> Markup:  # noqa: ANN401 - any JSON value
    """JSON that cannot end the script in which it stands."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04X}")
    return Markup(text)  # noqa: S704 - every sign of markup was replaced just above


def _index(view: View, _: Query) -> Response:
    return html(view, "gkmlpt_index.html.j2", None, tree=in_script(_tree(view)), sid=site_number(view))


def _tree(view: View) -> list[Node]:
    columns = view.site.columns
    owed = [_node(int(c.id), c.name, ROOT + 1, post_count=len(view.rows[c.id])) for c in columns if c.in_directory]
    away = [
        _node(9000 + k, c.name, ROOT, jump_url=view.base + view.column_href(c))
        for k, c in enumerate(columns)
        if c.section == "政务公开" and not c.in_directory
    ]
    offices = _node(ROOT + 2, "机构职能", ROOT)
    fields = _node(ROOT + 1, "重点领域信息公开", ROOT, children=owed)
    return [_node(ROOT, "政府信息公开目录", 0, children=[offices, fields, *away])]


def _node(number: int, name: str, parent: int, **more: Any) -> Node:  # noqa: ANN401 - children, post_count, jump_url
    return {"id": number, "name": name, "parent": parent, "children": [], "post_count": 0, "jump_url": "", **more}


def _api(view: View, column: Column, query: Query) -> Response:
    """One hundred articles; pages 0 and 1 are the same. A wrong site number or page gives an empty list."""
    number = query.get("page", "1")
    page = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    every = paged(view.rows[column.id], per_page(view.site, column))
    known = query.get("sid", site_number(view)) == site_number(view)
    rows = every[page - 1] if known and page <= len(every) else []
    count = len(view.rows[column.id]) if known else 0
    answer = {
        "classify": {"id": int(column.id), "name": column.name, "post_count": count},
        "articles": [_entry(view, column, p) for p in rows],
        "total": count,
    }
    body = json.dumps(answer, ensure_ascii=False).encode()
    return Response(200, body, "application/json")


def _entry(view: View, column: Column, publication: Publication) -> dict[str, Any]:
    claimed = dt.datetime.combine(publication.day, publication.moment.time(), SHANGHAI)
    url = view.base + addresses.article_path(view.site, publication)
    files = bodies.content_of(view.site, publication, "/").attachments
    return {
        "id": publication.number,
        "title": publication.title,
        "document_number": "",
        "identifier": f"{view.look.code}/{publication.day.year}-{publication.number % 100000:05d}",
        "publisher": view.site.name,
        "keywords": "",
        "abstract": "",
        "date": int((claimed - dt.timedelta(days=2)).timestamp()),
        "create_time": int(publication.moment.replace(tzinfo=SHANGHAI).timestamp()),
        "created_at": f"{publication.moment:%Y-%m-%d %H:%M:%S}",
        "display_publish_time": int(claimed.timestamp()),
        "classify_main": int(column.id),
        "classify_main_name": column.name,
        "classify_genre_name": "其他",
        "classify_theme_name": "综合政务",
        "url": url,
        "post_url": url,
        "attachment": [
            {"id": f.number, "name": f.name, "type": f.kind, "mime": "", "size": 1024, "url": view.base + f.path}
            for f in files
        ],
        "relation": [],
        "is_expired": 0,
        "is_abolished": 0,
    }


def _article(view: View, publication: Publication, _: Query) -> Response:
    content = bodies.content_of(view.site, publication, "/")
    parts = [Markup("<p>{}</p>").format(text) for text in content.paragraphs]
    cells = [Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row) for row in content.table]
    if cells:
        rows = Markup("").join(Markup("<tr>{}</tr>").format(row) for row in cells)
        parts.append(Markup("<table>{}</table>").format(rows))
    link = Markup('<p><a class="nfw-cms-attachment" attachment-id="{}" href="{}" alt="{}">{}</a></p>')
    parts += [link.format(f.number, view.base + f.path, f.name, f.name) for f in content.attachments]
    detail = {"id": publication.number, "title": publication.title, "content": str(Markup("").join(parts))}
    return article(view, "gkmlpt_article.html.j2", publication, detail=in_script(detail), sid=site_number(view))
