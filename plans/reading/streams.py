"""Cells that a file saved one after the other -> rows, though row ends and spanned cells are lost."""

from collections.abc import Callable, Iterator, Sequence

from plans.reading.blocks import Row
from plans.reading.cells import is_section, is_time, is_units
from plans.reading.headers import Role, role_of_head


def rows_of_cells(cells: Sequence[str]) -> Iterator[Row]:
    """Rows of a table whose cells come in reading order. Empty cells that stand doubled end rows; else the head of
    the table says how many cells a row has, and where cells were lost, what the last one of a row looks like."""
    start = next((index for index, cell in enumerate(cells) if role_of_head(cell)), 0)
    head = _head(cells[start:])
    if not head:
        yield from (Row((cell,)) for cell in cells if cell)
        return
    body = list(cells[start + len(head) :])
    while body and not body[-1]:
        body.pop()
    yield Row(tuple(head))
    if cells[:start].count("") and _empty_between(body):
        yield from _split_at_empty(body, head)
    elif any(cell == "" for cell in body):
        yield from _by_count(body, len(head))
    else:
        yield from _by_last_cell(body, head)


def _head(cells: Sequence[str]) -> list[str]:
    found: list[str] = []
    for cell in cells:
        if role_of_head(cell) is None:
            break
        found.append(cell)
    return found


def _empty_between(body: Sequence[str]) -> bool:
    """Whether an empty cell stands between rows: the first one comes straight after the head."""
    return bool(body) and body[0] == ""


def _split_at_empty(body: Sequence[str], head: Sequence[str]) -> Iterator[Row]:
    row: list[str] = []
    for cell in body:
        if cell:
            row.append(cell)
        elif row:
            yield Row(tuple(row))
            row = []
    ends = _end_of_row(head)
    yield Row(tuple(row), cut=ends is not None and not ends(row[-1]))


def _end_of_row(head: Sequence[str]) -> Callable[[str], bool] | None:
    """What the last cell of a row looks like, where that can be told."""
    last = role_of_head(head[-1])
    return {Role.TIME: is_time, Role.LEAD: is_units, Role.COOPERATING: is_units}.get(last) if last else None


def _by_count(body: Sequence[str], width: int) -> Iterator[Row]:
    """Rows of `width` cells; a section's head always begins one, so a lost or doubled cell harms one row alone."""
    row: list[str] = []
    for cell in body:
        if row and (len(row) == width or (is_section(cell) and len(row) >= 2)):
            yield Row(tuple(row))
            row = []
        row.append(cell)
    if any(row):
        yield Row(tuple(row))


def _by_last_cell(body: Sequence[str], head: Sequence[str]) -> Iterator[Row]:
    ends = _end_of_row(head)
    if ends is None:
        yield from _by_count(body, len(head))
        return
    row: list[str] = []
    for cell in body:
        row.append(cell)
        if ends(cell) and len(row) >= 2:
            yield Row(tuple(row))
            row = []
    if row:
        yield Row(tuple(row), cut=True)
