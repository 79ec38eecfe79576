"""Rows of a plan's tables -> clauses, though spans are lost, sections repeat and cells are cut by pages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from plans.reading.blocks import Row
from plans.reading.cells import is_number, is_section, is_time, is_units
from plans.reading.grid import MAX_COLUMNS
from plans.reading.headers import Role, role_of_head
from plans.reading.leads import read_agencies
from plans.reading.measure import Clause, Heading, Origin
from plans.reading.outline import is_heading, marker
from plans.reading.script import compact, plain

_TERMINAL: Final = "。；！？：”）"
_INLINE_ITEM = re.compile(r"(?<=[。；])\s*(?=(\d{1,3})\s*[.、](?!\d))", re.ASCII)
_LONGEST_CELL: Final = 30_000  # one cell may hold all measures of a chapter, some 3,000 characters
_TAIL: Final = 40  # characters in which the last sign of a text stands
_LONGEST_CUT: Final = 5_000  # a longer text was not cut by a page
_FORBIDDEN: Final = -100.0


@dataclass(slots=True)
class TableReader:
    """Reads rows in order and remembers what the rows above have said."""

    above: tuple[Heading, ...] = ()  # headings of the running text before the table
    roles: tuple[Role, ...] = ()
    path: tuple[Heading, ...] = ()
    lead: str = ""
    helps: str = ""
    time: str = ""
    clauses: list[Clause] = field(default_factory=list)

    def read(self, row: Row) -> None:
        cells = tuple(cell.strip()[:_LONGEST_CELL] for cell in row.cells[:MAX_COLUMNS])
        heads = roles_of_heads(cells)
        if heads:
            self.roles, self.lead, self.helps, self.time = heads, "", "", ""
            return
        filled = [cell for cell in cells if cell]
        if len(filled) <= 1 and not (filled and self.roles and not is_section(filled[0])):
            self.enter("".join(filled))  # a title over the table, or a section over all columns
            return
        if row.cut:
            self.lead, self.helps, self.time = "", "", ""
        self._take(_assigned(cells, self.roles or _guessed(cells)))

    def _take(self, found: dict[Role, list[str]]) -> None:
        for text in found.get(Role.SECTION, ()):
            self._enter(text)
        own = bool(found.get(Role.LEAD))
        self.lead = self._below(found, Role.LEAD, self.lead)
        self.helps = self._below(found, Role.COOPERATING, "" if own else self.helps)
        self.time = self._below(found, Role.TIME, "" if own else self.time)
        number = next(iter(found.get(Role.NUMBER, ())), "")
        for text in found.get(Role.TEXT, ()):
            for item_number, item in _items(text):
                self._add(item_number or _bare_number(number), item, own)
                number = ""

    @staticmethod
    def _below(found: dict[Role, list[str]], role: Role, before: str) -> str:
        """A blank cell says what the cell above says; beside agencies of the row's own, it says nothing."""
        return "\n".join(found.get(role, ())) or before

    def enter(self, text: str) -> None:
        """A heading that stands between the table's rows."""
        head = marker(text)
        if head and head.style in ("chapter", "part") and is_heading(head.rest):
            self._enter(text)

    def _enter(self, text: str) -> None:
        heading = _heading(text)
        nested = heading.numeral.startswith("(") and self.path and not self.path[0].numeral.startswith("(")
        if self.path and compact(self.path[-1].whole) == compact(heading.whole):
            return  # repeated at a page break
        if any(compact(one.whole) == compact(heading.whole) for one in self.path):
            return
        self.path = (self.path[0], heading) if nested else (heading,)

    def _add(self, number: str, text: str, named: bool) -> None:
        if self.clauses and not number and not named and _goes_on(self.clauses[-1].text):
            last = self.clauses[-1]
            self.clauses[-1] = replace(last, text=last.text + text)
            return
        agencies = read_agencies(self.lead)
        helps = (*agencies.cooperating, *(read_agencies(self.helps).lead if self.helps else ()))
        doubts = list(agencies.doubts)
        if not number:
            doubts.append("条款没有编号")
        if not agencies.lead:
            doubts.append("没有读出牵头单位")
        self.clauses.append(
            Clause(
                (*self.above, *self.path),
                number,
                text,
                agencies.lead,
                tuple(dict.fromkeys(name for name in helps if name not in agencies.lead)),
                self.time,
                Origin.TABLE,
                tuple(doubts),
            )
        )


def _heading(text: str) -> Heading:
    one_line = "".join(line.strip() for line in text.split("\n"))
    found = marker(one_line)
    if found is None:
        return Heading("", one_line, one_line)
    return Heading(found.numeral, found.rest.rstrip("。"), one_line)


def roles_of_heads(cells: Sequence[str]) -> tuple[Role, ...]:
    """The columns that a row of heads announces; none where the row is no row of heads."""
    filled = [cell for cell in cells if cell]
    roles = [role for role in map(role_of_head, filled) if role]
    if len(filled) < 2 or len(roles) < max(2, len(filled) - 1):
        return ()
    found = [role_of_head(cell) if cell else None for cell in cells]
    while found and found[-1] is None:
        found.pop()
    return tuple(_settled(found, cells))


def _settled(found: list[Role | None], cells: Sequence[str]) -> Iterator[Role]:
    """One text column; a responsible unit beside a leading one helps; a task beside no text is the text."""
    has_text = Role.TEXT in found
    led = any(role is Role.LEAD and "牵头" in plain(cell) for role, cell in zip(found, cells, strict=False))
    seen: set[Role] = set()
    for role, cell in zip(found, cells, strict=False):
        if role is None:
            yield Role.SECTION if Role.TEXT not in seen and has_text else Role.REMARK
            continue
        settled = role
        if role is Role.LEAD and led and "牵头" not in plain(cell):
            settled = Role.COOPERATING
        elif role is Role.SECTION and not has_text and Role.TEXT not in seen:
            settled = Role.TEXT
        elif role is Role.TEXT and Role.TEXT in seen:
            settled = Role.REMARK
        seen.add(settled)
        yield settled


def _guessed(cells: Sequence[str]) -> tuple[Role, ...]:
    """A table without heads: sections before the text, agencies and times behind it."""
    roles: list[Role] = []
    text_at = max(range(len(cells)), key=lambda index: 0 if is_units(cells[index]) else len(cells[index]))
    for index, cell in enumerate(cells):
        if index < text_at:
            roles.append(Role.NUMBER if is_number(cell) else Role.SECTION)
        elif index == text_at:
            roles.append(Role.TEXT)
        else:
            roles.append(Role.LEAD if is_units(cell) else Role.TIME if is_time(cell) else Role.REMARK)
    return tuple(roles)


def _assigned(cells: tuple[str, ...], roles: tuple[Role, ...]) -> dict[Role, list[str]]:
    """Which cell belongs to which column: in order, each where it fits best. Columns may be missing (a span of the
    row above reaches there), sections may fill several cells, a number may have no column."""
    found: dict[Role, list[str]] = {}
    if Role.NUMBER not in roles:
        numbers = [cell for cell in cells if is_number(cell)]
        if numbers:
            found[Role.NUMBER] = [numbers[-1]]
            cells = tuple(cell for cell in cells if not is_number(cell))
    for cell, role in _best(cells, roles):
        if cell:
            found.setdefault(role, []).append(cell)
    return found


def _best(cells: tuple[str, ...], roles: tuple[Role, ...]) -> list[tuple[str, Role]]:
    """The best assignment, by dynamic programming over (cell, column). Cells that fit nowhere are left out."""
    aligned = len(cells) == len(roles)
    width = len(roles)
    best: list[list[tuple[float, tuple[tuple[str, Role], ...]]]] = [[(0.0, ())] * (width + 1)]
    for index, cell in enumerate(cells):
        row: list[tuple[float, tuple[tuple[str, Role], ...]]] = [_left_out(best[-1][0], cell)]
        for column, role in enumerate(roles):
            fit = _fit(cell, role) + (0.75 if aligned and index == column else 0.0)
            before = best[-1][column]
            again = best[-1][column + 1] if role is Role.SECTION else (_FORBIDDEN, ())
            source = max(before, again, key=lambda one: one[0])
            taken = (source[0] + fit, (*source[1], (cell, role)))
            row.append(max(row[column], taken, _left_out(best[-1][column + 1], cell), key=lambda one: one[0]))
        best.append(row)
    return list(best[-1][width][1])


def _left_out(
    state: tuple[float, tuple[tuple[str, Role], ...]], cell: str
) -> tuple[float, tuple[tuple[str, Role], ...]]:
    return (state[0] - (6.0 if cell else 0.0), state[1])


@lru_cache(maxsize=4096)  # the same cell is weighed against every column
def _fit(cell: str, role: Role) -> float:
    if not cell:
        return 0.0
    even = plain(cell)
    sentence = any(sign in even for sign in "。；") or len(even) > 60
    match role:
        case Role.NUMBER:
            return 4.0 if is_number(cell) else -6.0
        case Role.SECTION:
            return (3.0 if is_section(cell) else 0.5) - (4.0 if sentence and not is_section(cell) else 0.0)
        case Role.TEXT:
            item = marker(cell)
            return (
                (2.0 if len(even) >= 12 else 0.2)
                + (2.0 if item and item.style == "item" else 0.0)
                - (3.0 if is_units(cell) else 0.0)
                - (3.0 if is_time(cell) and len(even) < 16 else 0.0)
                - (2.0 if is_section(cell) else 0.0)
            )
        case Role.LEAD | Role.COOPERATING:
            return 4.0 if is_units(cell) else (-3.0 if sentence or is_time(cell) else 0.0)
        case Role.TIME:
            return 3.0 if is_time(cell) and not is_units(cell) else (-3.0 if sentence or is_units(cell) else -0.5)
        case Role.REMARK:
            return -0.5


def _bare_number(cell: str) -> str:
    found = re.match(r"\d{1,3}", plain(cell).strip("（ "), re.ASCII)
    return found[0] if found else ""


def _items(text: str) -> list[tuple[str, str]]:
    """(number, text) of each measure in a cell. What is not numbered goes on with the measure before it."""
    found: list[tuple[str, str]] = []
    for line in _lines(text):
        head = marker(line)
        if head is not None and head.style in ("item", "part") and head.rest:
            found.append((head.numeral, head.rest))
        elif found:
            number, so_far = found[-1]
            found[-1] = (number, so_far + ("" if _is_cut(so_far) else "\n") + line)
        elif head is None or head.rest:
            found.append(("", line))
    return found


def _lines(text: str) -> Iterator[str]:
    """The cell's paragraphs; where a copy lost the breaks, a number that counts on begins one."""
    for line in text.split("\n"):
        bare = line.strip()
        head = marker(bare)
        expected = head.ordinal + 1 if head and head.style == "item" else 0
        start = 0
        for found in _INLINE_ITEM.finditer(plain(bare)) if expected else ():
            if int(found[1]) == expected:
                yield bare[start : found.start()].strip()
                start, expected = found.end(), expected + 1
        if bare[start:].strip():
            yield bare[start:].strip()


def _is_cut(text: str) -> bool:
    return not plain(text[-_TAIL:].rstrip()).endswith(tuple(_TERMINAL))


def _goes_on(text: str) -> bool:
    return len(text) < _LONGEST_CUT and _is_cut(text)


def clauses_of_rows(rows: Iterable[Row], above: tuple[Heading, ...] = ()) -> list[Clause]:
    reader = TableReader(above)
    for row in rows:
        reader.read(row)
    return reader.clauses
