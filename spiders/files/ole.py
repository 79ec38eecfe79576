"""OLE compound files: the containers of Word 97, Excel 97 and of encrypted office files."""

import datetime as dt
import io
import warnings
from typing import Final

import olefile

from spiders.files.contents import iso

MAX_STREAM: Final = 20 * 1024 * 1024


class OleSource:
    """The streams of one container, by their last name in lower case. Raises where it is broken."""

    def __init__(self, body: bytes) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # olefile warns of what it repairs
            self._file = olefile.OleFileIO(io.BytesIO(body))
            self._paths = {path[-1].lower(): path for path in self._file.listdir() if len(path) == 1}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._paths)

    def size(self, name: str) -> int:
        path = self._paths.get(name)
        return int(self._file.get_size(path)) if path else 0

    def find(self, name: str) -> bytes | None:
        path = self._paths.get(name)
        return bytes(self._file.openstream(path).read(MAX_STREAM)) if path else None

    def created(self) -> str | None:
        """When the document was made, in UTC; from the standard properties."""
        if "\x05summaryinformation" not in self._paths:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            moment = self._file.get_metadata().create_time
        return iso(moment.replace(tzinfo=dt.UTC)) if isinstance(moment, dt.datetime) else None


def streams_of(body: bytes) -> frozenset[str]:
    """The names of the streams in lower case; empty where the container is broken."""
    try:
        return OleSource(body).names
    except Exception:  # noqa: BLE001 - olefile raises whatever its parsing of hostile bytes runs into
        return frozenset()
