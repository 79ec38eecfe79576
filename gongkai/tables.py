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
    except UnicodeDecodeError:
        raise InputError(f"{path}: 不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8 / save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"{path}: 无法读取 / cannot be read ({error})") from None
