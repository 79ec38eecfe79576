"""What every file format is turned into before anybody asks what it says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from plans.reading.errors import PlanImportError

MAX_BLOCKS: Final = 20_000  # the longest plans have some 500 rows; a table of this size is a database, no plan
MAX_CHARS: Final = 2_000_000  # the longest seed has 10,000 characters
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text without line breaks. `whole`: the format itself says that the paragraph ends here, so the
    next one is never its continuation."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; a cell's paragraphs are divided by line breaks. Covered cells of a span are empty.
    `cut`: the document ends within the row."""

    cells: tuple[str, ...]
    cut: bool = False


Block: TypeAlias = Paragraph | Row


def clean(text: str) -> str:
    """Without control characters and zero-width signs, blanks of all widths as one kind, edges trimmed."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\u00a0", " ").replace("\u3000", " ").strip()


def bounded(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks as they come. Raises PlanImportError as soon as there are more than any plan has."""
    chars = 0
    for count, block in enumerate(blocks, start=1):
        chars += len(block.text) if isinstance(block, Paragraph) else sum(map(len, block.cells))
        if count > MAX_BLOCKS or chars > MAX_CHARS:
            raise PlanImportError(
                f"文件内容过多（超过 {MAX_BLOCKS} 段或行、或 {MAX_CHARS} 字），不像一份工作要点；请只导入计划本身",
                f"more than {MAX_BLOCKS} paragraphs or rows, or {MAX_CHARS} characters: give the plan alone",
            )
        yield block
