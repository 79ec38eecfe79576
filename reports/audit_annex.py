"""Every verdict of an audit as the annex of its PDF: a line each, in parts that a browser prints quickly.

A browser's time grows faster than its page: a report with all of 18,600 verdicts in one took 100 s, these parts 15 s.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from jinja2 import Environment

from checks.verdict import Status
from reports.audit import Audit, names_of
from reports.items import Item, item
from reports.sections import agency_order, by_agency
from reports.selfcontained import environment
from reports.texts import Lang, Texts, texts

PART_ROWS: Final = 2_000  # 130 pages, 1.5 s; from 4,000 on the time grows with the square of the rows
_FOUND: Final = frozenset({Status.ON_TIME, Status.LATE})  # shown by the page found; the others by their reason

Part = Callable[[int], str]  # the number of its first page -> an HTML page


@dataclass(frozen=True, slots=True)
class Line:
    """One verdict and its number, which runs through all parts."""

    number: int
    item: Item
    shows_page: bool


def annex(audit: Audit, lang: Lang) -> tuple[Part, ...]:
    """The parts in order, agency by agency as the register names them; none without verdicts."""
    t = texts(lang)
    lines = _lines(audit, t)
    return tuple(
        partial(_page, audit, t, lines[first : first + PART_ROWS], len(lines))
        for first in range(0, len(lines), PART_ROWS)
    )


def _lines(audit: Audit, t: Texts) -> tuple[Line, ...]:
    names = names_of(audit, t)
    grouped = dict(by_agency(item(v, names) for v in audit.verdicts))
    order = (name for name in agency_order(audit.register, grouped) if name in grouped)
    items = (each for name in order for each in grouped[name])
    return tuple(
        Line(number, each, each.verdict.status in _FOUND and each.page is not None)
        for number, each in enumerate(items, start=1)
    )


def _page(audit: Audit, t: Texts, lines: Sequence[Line], rows: int, first_page: int) -> str:
    page = _environment().get_template("annex.html.j2")
    return page.render(t=t, plan=audit.register.plan, as_of=audit.as_of, lines=lines, rows=rows, first_page=first_page)


@cache
def _environment() -> Environment:
    return environment(("annex.css",), ())
