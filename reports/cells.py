"""How a cell is shown to people: the same words in every form, and how much room they take."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from checks.verdict import Status
from reports.document import Cell, Column, Kind, Table
from reports.links import printable
from reports.moments import local_time
from reports.texts import Texts

RIGHT: Final = frozenset({Kind.NUMBER, Kind.POINTS, Kind.SHARE})  # set flush right, decimals under one another
SHORT: Final = 20  # half-width characters, ten Chinese ones: a name that is read better unbroken
_MEASURED: Final = 400  # rows looked at for a column's width: more would not change what fits on a page
_HEAD: Final = 8  # half-width characters of a head that stand on one line; longer heads are broken
_HEAD_AMONG_MANY: Final = 6  # the same where columns are many
_MANY: Final = 9  # columns
_LATIN: Final = re.compile(r"[A-Za-z'-]+")


def shown(cell: Cell, kind: Kind, t: Texts) -> str:
    """The cell as text; "—" where nothing is known. Instants are Beijing time."""
    if cell is None or cell == "":
        return t("none")
    if isinstance(cell, Status):
        return t(f"status.{cell}")
    if isinstance(cell, bool):
        return t("yes") if cell else t("no")
    if isinstance(cell, dt.datetime):
        return local_time(cell) or t("none")
    if isinstance(cell, int | float):
        return {Kind.SHARE: f"{cell:.1%}", Kind.POINTS: f"{cell:.2f}"}.get(kind, f"{cell:g}")
    return printable(str(cell))


def room(table: Table, t: Texts) -> tuple[int, ...]:
    """What each column needs to show its longest cell unbroken, in half-width characters (a Chinese one is two)."""
    head = _HEAD if len(table.columns) <= _MANY else _HEAD_AMONG_MANY
    return tuple(_room(column, (row[i] for row in table.rows), head, t) for i, column in enumerate(table.columns))


def shared(asked: Sequence[int], room: int) -> list[int]:
    """What each gets of `room` that is too small for all: who asks for little gets it, the others the same."""
    given = [0] * len(asked)
    for place, i in enumerate(sorted(range(len(asked)), key=lambda i: asked[i])):
        given[i] = min(asked[i], room // (len(asked) - place))
        room -= given[i]
    return given


def is_text(column: Column) -> bool:
    """May its cells be broken into lines?"""
    return column.kind in (Kind.TEXT, Kind.LINK)


def _room(column: Column, cells: Iterable[Cell], head: int, t: Texts) -> int:
    longest = max((width_of(shown(cell, column.kind, t)) for cell in islice(cells, _MEASURED)), default=0)
    word = max((len(each) + 1 for each in _LATIN.findall(column.head)), default=0)  # set bold, and never broken
    return max(longest, min(width_of(column.head), head), word)


def width_of(text: str) -> int:
    """In half-width characters: a Chinese one is two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
