"""Tab-separated input files of the batch commands."""

from collections.abc import Iterator
from pathlib import Path

from gongkai.arguments import InputError


def rows_of(path: Path) -> Iterator[list[str]]:
    """The fields of each line. Raises InputError where the file cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as stream:
            for line in stream:
                yield line.rstrip("\r\n").split("\t")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: 无法读取 / cannot be read ({error})") from None
