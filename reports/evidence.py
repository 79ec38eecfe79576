"""What an evidence page (证据页) shows of one verdict: which archived things it rests on, whether they are still what
they were, and what stood in the lists around the place where an absent item should stand. Data and JSON;
`reports.evidence_page` draws it."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from checks.export import to_record
from checks.reviews import Review, Reviewed
from checks.verdict import ColumnRead
from db.facts import ListedRow, PageState, Publication

SCHEMA: Final = "gongkai-evidence/1"  # of evidence.json; grows by new keys, a change of meaning changes the number
AROUND: Final = 4  # rows shown before and after the place: what stands beside it is seen at a glance
EXCERPT: Final = 400  # characters of a page's text, about its first paragraph; the archive has all of it


class Check(StrEnum):
    """Whether the archive still holds what a hash names."""

    VERIFIED = "verified"
    CHANGED = "changed"  # other bytes lie there
    UNREADABLE = "unreadable"  # the record is away or damaged
    NOT_KEPT = "not_kept"  # the store knows no place for it

    @property
    def is_broken(self) -> bool:
        return self in (Check.CHANGED, Check.UNREADABLE)


class Role(StrEnum):
    """What an archived thing is to the verdict."""

    PAGE = "page"  # the publication's own page, as the verdict saw it
    STATE = "state"  # the same page at another time
    LISTING = "listing"
    FILE = "file"  # an attachment
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One archived thing, numbered on its page. `place` is the file and byte where it lies, `copies` the files that
    were written beside the page."""

    number: int
    role: Role
    name: str
    evidence: str
    check: Check
    url: str = ""
    at: dt.datetime | None = None
    status: int | None = None
    size: int | None = None
    place: str = ""
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """A part of a column's list: `rows` beginning at row `first`, and the index among them before which the item
    should stand (None: nobody can tell). `of` rows were read."""

    column: ColumnRead
    rows: tuple[ListedRow, ...]
    first: int
    place: int | None
    of: int


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the page; `png` is None where the archive does not hold it as it was."""

    taken_at: dt.datetime
    evidence: str
    png: bytes | None
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """One evidence page. `number` of `all` in its set; `publication` is the page that the verdict is about."""

    number: int
    all: int
    item: Reviewed
    as_of: dt.date
    run: int
    exhibits: tuple[Exhibit, ...] = ()
    lists: tuple[Around, ...] = ()
    publication: Publication | None = None
    shots: tuple[Shot, ...] = ()

    @property
    def stem(self) -> str:
        """Names the page's files: our own number, nothing that a portal wrote."""
        return f"evidence-{self.number:04d}"

    @property
    def broken(self) -> tuple[Exhibit, ...]:
        return tuple(each for each in self.exhibits if each.check.is_broken)

    @property
    def state(self) -> PageState | None:
        """What the page said when the verdict's evidence was kept; else what it said last."""
        states = self.publication.history if self.publication else ()
        kept = tuple(state for state in states if state.evidence == self.item.verdict.evidence) or states
        return kept[-1] if kept else None


def place_in(rows: Sequence[ListedRow], due: dt.date | None) -> int | None:
    """Before which row an item of the due day belongs in a list with the newest first: where the fewest rows stand on
    the wrong side, so that a row pinned to the top misleads nobody. None where no row bears a day."""
    if due is None or not any(row.day for row in rows):
        return None
    wrong = sum(1 for row in rows if row.day and row.day > due)  # at the head: all newer rows stand behind
    best, place = wrong, 0
    for number, row in enumerate(rows, start=1):
        if row.day:
            wrong += -1 if row.day > due else 1
        if wrong < best:
            best, place = wrong, number
    return place


def around(column: ColumnRead, rows: Sequence[ListedRow], due: dt.date | None) -> Around:
    """The rows around the place where the item should stand; the first rows where nobody can tell."""
    place = place_in(rows, due)
    first = max(0, (place or 0) - AROUND)
    shown = tuple(rows[first : (AROUND if place is None else place) + AROUND])
    return Around(column, shown, first, None if place is None else place - first, len(rows))


def to_json(proofs: Sequence[Proof], lang: str) -> str:
    """All pages as data. Ends with a line break."""
    content = {"schema": SCHEMA, "lang": lang, "findings": [_finding(proof) for proof in proofs]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _finding(proof: Proof) -> dict[str, Any]:
    item, found = proof.item, proof.publication
    return {
        "number": proof.number,
        "page": f"{proof.stem}.html",
        "as_of": proof.as_of.isoformat(),
        "judgement": proof.run,
        "verdict": to_record(item.verdict),
        "holds": {"status": item.status.value, "flags": [flag.value for flag in item.flags]},
        "reviews": [_review(step) for step in item.trail],
        "verified": not proof.broken,
        "archived": [_exhibit(each) for each in proof.exhibits],
        "lists": [_list(each) for each in proof.lists],
        "seen": [_state(state) for state in found.history] if found else [],
        "listed": [[at.isoformat(), title, _day(day)] for at, title, day in found.listed] if found else [],
        "screenshots": [
            {"taken_at": shot.taken_at.isoformat(), "evidence": shot.evidence, "marks": list(shot.marks)}
            for shot in proof.shots
        ],
    }


def _exhibit(each: Exhibit) -> dict[str, Any]:
    return {
        "number": each.number,
        "role": each.role.value,
        "name": each.name,
        "evidence": each.evidence,
        "check": each.check.value,
        "url": each.url,
        "at": each.at.isoformat() if each.at else None,
        "http_status": each.status,
        "bytes": each.size,
        "place": each.place,
        "copies": list(each.copies),
    }


def _list(each: Around) -> dict[str, Any]:
    return {
        "site": each.column.site,
        "column": each.column.column,
        "url": each.column.url,
        "read_at": each.column.read_at,
        "rows_read": each.of,
        "first_row": each.first + 1,
        "belongs_before": each.place,
        "rows": [{"url": r.url, "title": r.title, "date": _day(r.day), "evidence": r.evidence} for r in each.rows],
    }


def _state(state: PageState) -> dict[str, Any]:
    return {
        "seen_at": state.seen_at.isoformat(),
        "title": state.title,
        "published": _day(state.published),
        "validity": state.validity,
        "marks": [mark.text for mark in state.marks],
        "evidence": state.evidence,
    }


def _review(step: Review) -> dict[str, Any]:
    return {
        "action": step.action.value,
        "author": step.author,
        "at": step.at.isoformat(),
        "reason": step.reason,
        "status": step.status.value if step.status else None,
        "evidence": step.evidence,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
