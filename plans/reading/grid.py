"""Cells with spans -> rows in which every column keeps its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from plans.reading.blocks import Row

MAX_COLUMNS: Final = 40  # the widest plan table has nine
MAX_ROWSPAN: Final = 2_000


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    columns: int = 1
    rows: int = 1


def rows_of_grid(table: Iterable[Sequence[Cell]]) -> Iterator[Row]:
    """Rows with empty strings where a cell of an earlier row or column reaches."""
    covered: dict[int, int] = {}  # column -> rows that are still covered from above
    for cells in table:
        row: list[str] = []
        below: dict[int, int] = {}
        for cell in cells:
            while covered.get(len(row), 0) > 0:
                row.append("")
            width = max(1, min(cell.columns, MAX_COLUMNS))
            for column in range(len(row), len(row) + width):
                below[column] = max(1, min(cell.rows, MAX_ROWSPAN)) - 1
            row.extend([cell.text, *[""] * (width - 1)])
            if len(row) >= MAX_COLUMNS:
                break
        while covered.get(len(row), 0) > 0 and len(row) < MAX_COLUMNS:
            row.append("")
        covered = {column: left - 1 for column, left in covered.items() if left > 1} | {
            column: left for column, left in below.items() if left > 0
        }
        if any(row):
            yield Row(tuple(row[:MAX_COLUMNS]))
