"""Merged cells of a sheet: their value stands in the first, and is told in each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns count from 0, the last are inside."""

    top: int
    left: int
    bottom: int
    right: int


def spread(rows: Iterable[list[str]], merges: Iterable[Merge]) -> Iterator[list[str]]:
    """The rows with the value of each merged range in all of its places."""
    waiting = sorted(merges, key=lambda merge: merge.top, reverse=True)
    open_: list[tuple[Merge, str]] = []
    for number, row in enumerate(rows):
        open_ = [(merge, value) for merge, value in open_ if merge.bottom >= number]
        while waiting and waiting[-1].top <= number:
            merge = waiting.pop()
            open_.append((merge, row[merge.left] if merge.left < len(row) else ""))
        yield _filled(row, open_) if open_ and any(row) else row


def _filled(row: list[str], merges: list[tuple[Merge, str]]) -> list[str]:
    filled = list(row)
    for merge, value in merges:
        if value:
            filled += [""] * (merge.right + 1 - len(filled))
            filled[merge.left : merge.right + 1] = [value] * (merge.right + 1 - merge.left)
    return filled
