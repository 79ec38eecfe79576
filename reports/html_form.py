"""A document as one HTML page: nothing from outside, printable, readable without colour, by keyboard and by ear."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checks.verdict import Status
from reports.cells import shown
from reports.document import Chart, Document, Kind
from reports.links import web_link
from reports.texts import Lang, texts

_TEMPLATES: Final = Path(__file__).parent / "templates"
_RIGHT: Final = frozenset({Kind.NUMBER, Kind.POINTS, Kind.SHARE})
FILTER_FROM: Final = 8  # a table with fewer rows is taken in at a glance


def to_html(document: Document, other_lang: str | None = None) -> str:
    """The page. `other_lang` is the name of the file beside it with the same report in the other language."""
    t = texts(Lang.EN if document.lang == "en" else Lang.ZH)
    return (
        _environment()
        .get_template("document.html.j2")
        .render(d=document, t=t, shown=lambda cell, kind: shown(cell, kind, t), other=other_lang)
    )


def _picture(chart: Chart) -> Markup:
    """The drawing as an image with its description: assistive technology reads the table instead of the marks."""
    body = base64.b64encode(chart.svg.encode()).decode()
    return Markup('<img src="data:image/svg+xml;base64,{}" alt="{}">').format(
        body, f"{chart.title}：{chart.description}"
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(_TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = _source("audit.css") + "\n" + _source("document.css")
    script = _source("document.js")
    environment.globals.update(
        style=style,
        script=script,
        style_hash=_digest(style),
        script_hash=_digest(script),
        picture=_picture,
        web_link=web_link,
        is_right=lambda kind: kind in _RIGHT,
        is_status=lambda cell: isinstance(cell, Status),
        filter_from=FILTER_FROM,
        Kind=Kind,
    )
    return environment


def _source(name: str) -> Markup:
    return Markup((_TEMPLATES / name).read_text("utf-8"))  # noqa: S704 - our own file, not a portal's


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
