"""How the nested parts of a fact are kept in JSON columns, and read back."""

import dataclasses
import datetime as dt
from typing import Any

from db.facts import FileOutcome, FileRead, LapseMark, MarkPlace, Repealed, Table


@dataclasses.dataclass(frozen=True, slots=True)
class Details:
    """What an opened page says beyond its fields."""

    tables: tuple[Table, ...] = ()
    links: tuple[str, ...] = ()
    marks: tuple[LapseMark, ...] = ()
    repeals: tuple[Repealed, ...] = ()
    asked: dt.date | None = None
    answered: dt.date | None = None


def details_to_json(details: Details) -> dict[str, Any]:
    """Only what is there: most articles have none of it."""
    stored: dict[str, Any] = {
        "tables": [[list(row) for row in table] for table in details.tables],
        "links": list(details.links),
        "marks": [mark_to_json(mark) for mark in details.marks],
        "repeals": [_repealed_to_json(repealed) for repealed in details.repeals],
        "asked": details.asked.isoformat() if details.asked else None,
        "answered": details.answered.isoformat() if details.answered else None,
    }
    return {name: value for name, value in stored.items() if value}


def details_from_json(stored: dict[str, Any] | None) -> Details:
    said = stored or {}
    return Details(
        tables=_tables(said.get("tables", ())),
        links=tuple(said.get("links", ())),
        marks=tuple(mark_from_json(mark) for mark in said.get("marks", ())),
        repeals=tuple(_repealed_from_json(repealed) for repealed in said.get("repeals", ())),
        asked=_day(said.get("asked")),
        answered=_day(said.get("answered")),
    )


def mark_to_json(mark: LapseMark) -> dict[str, Any]:
    return {"place": mark.place.value, "text": mark.text, "partial": mark.partial}


def mark_from_json(stored: dict[str, Any]) -> LapseMark:
    return LapseMark(MarkPlace(stored["place"]), stored["text"], stored["partial"])


def file_to_json(file: FileRead) -> dict[str, Any]:
    """What a file says, without its address, outcome and evidence, which have columns of their own."""
    tables = [[list(row) for row in table] for table in file.tables]
    said = {"name": file.name, "kind": file.kind, "text": file.text, "tables": tables, "created": file.created}
    repeals = [_repealed_to_json(repealed) for repealed in file.repeals]
    return said | {"repeals": repeals} if repeals else said


def file_from_json(url: str, outcome: str, evidence: str | None, stored: dict[str, Any]) -> FileRead:
    return FileRead(
        name=stored["name"],
        url=url,
        kind=stored["kind"],
        outcome=FileOutcome(outcome),
        text=stored["text"],
        tables=_tables(stored["tables"]),
        created=stored["created"],
        evidence=evidence,
        repeals=tuple(_repealed_from_json(repealed) for repealed in stored.get("repeals", ())),
    )


def _repealed_to_json(repealed: Repealed) -> dict[str, Any]:
    since = repealed.since.isoformat() if repealed.since else None
    return {"title": repealed.title, "doc_no": repealed.doc_no, "partial": repealed.partial, "since": since}


def _repealed_from_json(stored: dict[str, Any]) -> Repealed:
    return Repealed(stored["title"], stored["doc_no"], stored["partial"], _day(stored["since"]))


def _tables(stored: Any) -> tuple[Table, ...]:  # noqa: ANN401 - decoded JSON
    return tuple(tuple(tuple(row) for row in table) for table in stored)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
