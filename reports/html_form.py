"""A document as one HTML page: nothing from outside, printable, readable without colour, by keyboard and by ear."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from jinja2 import Environment
from markupsafe import Markup

from checks.verdict import Status
from reports.cells import RIGHT, SHORT, is_text, room, shared, shown
from reports.document import Cell, Chart, Column, Document, Kind, Table
from reports.links import web_link
from reports.selfcontained import environment
from reports.texts import Lang, Texts, texts

FILTER_FROM: Final = 8  # a table with fewer rows is taken in at a glance
KEEP_UP_TO: Final = 12  # rows of a table that is not torn apart in print
FOLD_FROM: Final = 300  # rows; more are folded away until somebody asks
_NARROW: Final = 5  # columns; a table of so few short ones is not stretched over the page
_PADDING: Final = 3  # half-width characters left and right of a cell's text
_LINE: Final = 160  # half-width characters on a lying page or a screen
_UPRIGHT_LINE: Final = 110  # and on an upright page
_HAN: Final = re.compile("[\u4e00-\u9fff]")


def to_html(document: Document, other_lang: str | None = None) -> str:
    """The page. `other_lang` is the name of the file beside it with the same report in the other language."""
    t = texts(Lang.EN if document.lang == "en" else Lang.ZH)
    return (
        _environment()
        .get_template("document.html.j2")
        .render(
            d=document,
            t=t,
            shown=lambda cell, kind: shown(cell, kind, t),
            picture=lambda chart: _picture(chart, t),
            layout=lambda table: _layout(table, t, _UPRIGHT_LINE if document.kind == "bulletin" else _LINE),
            is_chinese=lambda cell: t.lang is Lang.EN and _is_chinese(cell),
            other=other_lang,
        )
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table is laid out: the classes and widths of its columns, and whether it is narrow or folded."""

    classes: tuple[str, ...]
    shares: tuple[int, ...]  # of the table's width, in percent
    is_narrow: bool
    is_folded: bool


def _layout(table: Table, t: Texts, line: int) -> Layout:
    needs = room(table, t)
    fits = [not is_text(column) or need <= SHORT for column, need in zip(table.columns, needs, strict=True)]
    asked = [need if fit else min(need, 2 * c.width) for c, need, fit in zip(table.columns, needs, fits, strict=True)]
    classes = tuple(_classes(column, fit) for column, fit in zip(table.columns, fits, strict=True))
    shares = _shares([each + _PADDING for each in asked], fits, line)
    return Layout(classes, shares, len(table.columns) < _NARROW and all(fits), len(table.rows) >= FOLD_FROM)


def _shares(asked: Sequence[int], fits: Sequence[bool], line: int) -> tuple[int, ...]:
    """Percent of the line. Where it is too short for all, what fits has its room and the long texts share the rest."""
    whole, fixed = sum(asked), sum(each for each, is_fixed in zip(asked, fits, strict=True) if is_fixed)
    if whole <= line or fixed > line * 3 // 4 or fixed == whole:
        return tuple(round(100 * each / whole) for each in asked)
    texts = iter(shared([each for each, is_fixed in zip(asked, fits, strict=True) if not is_fixed], line - fixed))
    given = [each if is_fixed else next(texts) for each, is_fixed in zip(asked, fits, strict=True)]
    return tuple(round(100 * each / line) for each in given)


def _classes(column: Column, is_short: bool) -> str:
    shape = "n" if column.kind in RIGHT else "short" if is_short else "long"
    return f"k-{column.kind} {shape}"


def _is_chinese(cell: Cell) -> bool:
    """Names and titles of an English report that a screen reader must speak as Chinese; not a sentence that names
    one."""
    if not isinstance(cell, str) or isinstance(cell, Status):
        return False
    return len(_HAN.findall(cell)) > sum(sign.isascii() and sign.isalpha() for sign in cell)


def _picture(chart: Chart, t: Texts) -> Markup:
    """The drawing as an image with its description: assistive technology reads the table instead of the marks."""
    body = base64.b64encode(chart.svg.encode()).decode()
    return Markup('<img src="data:image/svg+xml;base64,{}" alt="{}">').format(
        body, t("page.named", name=chart.title) + chart.description
    )


@cache
def _environment() -> Environment:
    made = environment(("audit.css", "document.css"), ("sorting.js", "document.js"))
    made.globals.update(
        web_link=web_link,
        is_right=lambda kind: kind in RIGHT,
        is_status=lambda cell: isinstance(cell, Status),
        filter_from=FILTER_FROM,
        keep_up_to=KEEP_UP_TO,
        Kind=Kind,
    )
    return made
