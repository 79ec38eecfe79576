"""What the readers of all kinds of files take in and give out, and how much of it.

The bounds keep a hostile file from costing more than its answer is worth. They lie far above real attachments: the
longest list of repealed documents known to us has some 3,000 rows, budget books have 200 pages.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from db.facts import FileOutcome, Table

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_PAGES: Final = 300
MAX_CHARACTERS: Final = 200_000
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 2_000  # characters
MAX_CELLS: Final = 400_000
FEW_CHARACTERS: Final = 20  # a stamp, a page number: a page or document with fewer is a picture where it holds one

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n\t]+")
# Radicals that fonts of Chromium, WPS and macOS name in place of the character; Unicode's EquivalentUnifiedIdeograph.
# The Kangxi radicals beside them and the compatibility ideographs have a decomposition of their own (NFKC).
_RADICALS: Final = str.maketrans(
    "⺁⺎⺏⺐⺒⺓⺛⺝⺟⺠⺩⺪⺬⺮⺯⺼⺽⻁⻃⻄⻅⻆⻉⻋⻐⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂兀尣尢巳幺旡月母民王疋示竹糹月臼虎覀西见角贝车钅長镸长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_COMPATIBLE = re.compile("[\u2f00-\u2fd5\uf900-\ufaff]")


class EndedError(Exception):
    """Raised by a reader where a file can be read no further; what was read so far stays."""

    def __init__(self, outcome: FileOutcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file. `depth` counts the archives around it."""

    name: str
    url: str
    body: bytes
    kind: str
    charset: str | None = None
    depth: int = 0


class Contents:
    """Collects what a reader finds, up to the bounds. Beyond them it raises EndedError(TOO_LARGE)."""

    def __init__(self) -> None:
        self.created: str | None = None  # the latest, where an archive holds several files
        self._pieces: list[str] = []
        self._size = 0
        self._tables: list[Table] = []
        self._rows = 0
        self._cells = 0

    @property
    def text(self) -> str:
        return "\n".join(self._pieces)

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(self._tables)

    @property
    def says_little(self) -> bool:
        return self._size < FEW_CHARACTERS

    def say(self, text: str) -> None:
        """Add a paragraph or more of text."""
        cleaned = clean(text)
        if not cleaned:
            return
        room = MAX_CHARACTERS - self._size
        self._keep(cleaned[:room])
        if len(cleaned) > room:
            raise EndedError(FileOutcome.TOO_LARGE)

    def add_table(self, rows: Iterable[Sequence[str]], *, in_text: bool = True) -> None:
        """Add a table, its blank rows left out; `in_text` says whether its rows are told in the text too. There they
        may be cut: the table itself holds them."""
        kept: list[tuple[str, ...]] = []
        try:
            for row in rows:
                cells = [clean_cell(cell) for cell in row[:MAX_COLUMNS]]
                while cells and not cells[-1]:
                    cells.pop()
                if not cells:
                    continue
                self._count(len(cells))
                kept.append(tuple(cells))
                if in_text and self._size < MAX_CHARACTERS:
                    self._keep("\t".join(cells)[: MAX_CHARACTERS - self._size])
        finally:
            if kept:
                self._tables.append(tuple(kept))

    def date(self, moment: str | None) -> None:
        """Note when a file was made; of several the latest counts: before it nothing can have been published."""
        if moment is not None and (self.created is None or moment > self.created):
            self.created = moment

    def _keep(self, text: str) -> None:
        self._pieces.append(text)
        self._size += len(text) + 1  # with the line's end

    def _count(self, cells: int) -> None:
        self._rows += 1
        self._cells += cells
        if self._rows > MAX_ROWS or self._cells > MAX_CELLS:
            raise EndedError(FileOutcome.TOO_LARGE)


def clean(text: str) -> str:
    """Text by lines, without control characters, half surrogates, runs of blanks and empty lines."""
    shown = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")) if text else ""
    lines = (_BLANKS.sub(" ", line).strip() for line in shown.split("\n"))
    return "\n".join(line for line in lines if line)


def clean_cell(text: str) -> str:
    if text.isprintable() and "  " not in text:  # nearly every cell: a tenth of the time
        return text[: 2 * MAX_CELL].strip()[:MAX_CELL]
    return " ".join(clean(text[: 2 * MAX_CELL]).split())[:MAX_CELL]


def without_radicals(text: str) -> str:
    """Radicals and compatibility ideographs as the characters that they stand for; full-width signs stay."""
    return _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text.translate(_RADICALS))


def iso(moment: dt.datetime | None) -> str | None:
    """A file's date as ISO text, None for those that programs write when they know none (1899, 1601, 1970-01-01)."""
    if moment is None or not 1990 <= moment.year <= 2100:
        return None
    return moment.replace(microsecond=0).isoformat()
