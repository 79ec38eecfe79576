"""A report as parts, before it takes a form: every form (HTML, DOCX, XLSX, PDF, CSV, JSON) shows the same rows.

A product (scorecard, self-check, spot-check, bulletin) builds one `Document`; `reports.forms` draws it. Cells are
plain values: a day, an instant, a number, a text, or None where nothing is known, which every form shows as "—".
"""

import datetime as dt
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from checks.verdict import Status

SCHEMA: Final = "gongkai-report/1"  # of the JSON form; grows by new keys, a change of meaning changes the number

Cell = str | int | float | bool | dt.date | dt.datetime | None


class Kind(StrEnum):
    """What a column holds: how it is aligned, formatted, filtered and coloured."""

    TEXT = "text"
    NUMBER = "number"
    POINTS = "points"  # two decimals
    SHARE = "share"  # 0 to 1, shown as a percentage
    DATE = "date"
    LINK = "link"  # an http(s) address, shown as one only where it is safe
    STATUS = "status"  # the value of a `Status`; shown by name, mark and colour


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the machine's (JSON, CSV heads in English); `head` is what people read. `width` in characters."""

    name: str
    head: str
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns. `empty` is what stands there where there are no rows. `indent`: sub-rows."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    empty: str = "无"
    is_wide: bool = False  # printed across the page's long side

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.id}: a row has not as many cells as there are columns")


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table that stands in the document too. `svg` is complete and needs nothing from outside."""

    id: str
    title: str
    description: str  # what a reader who cannot see it is told
    svg: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs, then lists, charts and tables in that order."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()  # a numbered list
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `facts` are the lines under its title; `criteria` says by which rules it was made."""

    kind: str  # scorecard, selfcheck, spot-check, bulletin
    title: str
    lang: str  # zh-Hans or en
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    criteria: tuple[tuple[str, str], ...] = ()
    signed: tuple[str, ...] = ()  # issuer and date, set to the right at the end
    data: dict[str, Any] = field(default_factory=dict)  # for the JSON form alone: figures without their table

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for section in self.sections for table in section.tables)


def to_json(document: Document) -> str:
    """The JSON form: schema version, criteria and every table's rows as objects. Ends with a line break."""
    content = {
        "schema": SCHEMA,
        "kind": document.kind,
        "title": document.title,
        "facts": [list(pair) for pair in document.facts],
        "criteria": [list(pair) for pair in document.criteria],
        **document.data,
        "tables": {table.id: _rows(table) for table in document.tables},
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _rows(table: Table) -> list[dict[str, Any]]:
    return [{c.name: _plain(cell) for c, cell in zip(table.columns, row, strict=True)} for row in table.rows]


def _plain(cell: Cell) -> Any:  # noqa: ANN401 - what JSON can hold
    if isinstance(cell, Status):
        return cell.value
    return cell.isoformat() if isinstance(cell, dt.date) else cell
