"""Text files and tables of comma separated values."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from spiders.document import decode
from spiders.files.contents import MAX_BYTES, Contents, Source

_SEPARATORS: Final = (",", "\t", ";", "|")


def read(source: Source, contents: Contents) -> None:
    """Encodings as those of web pages. Raises EndedError where the text is too large."""
    text = decode(source.body, source.charset)[0].replace("\x00", "")
    if source.kind == "csv":
        contents.add_table(_rows(text))
    else:
        contents.say(text)


def _rows(text: str) -> Iterator[list[str]]:
    head = text[:4_000].split("\n", 1)[0]
    csv.field_size_limit(MAX_BYTES)  # the default of 131,072 raises at a quotation mark that is left open
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=head.count))
