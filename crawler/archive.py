"""The archive of evidence: WARC files in one folder, each body kept once and found again by its hash."""

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

MAX_FILE_BYTES = 500 * 1024 * 1024  # a new file begins beyond; 1 GB is the custom of web archives at most


class ArchiveError(Exception):
    """The archive cannot be written or does not hold what the database says. One line for the user."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a body lies."""

    evidence: str
    file: str
    offset: int
    url: str
    archived_at: dt.datetime


class Archive:
    """Appends responses to WARC files. `known` are the hashes that are kept already."""

    def __init__(self, folder: Path, at: dt.datetime, known: set[str]) -> None:
        self._folder = folder
        self._known = known
        self._stamp = at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
        self._stream: io.BufferedWriter | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"{folder}: the archive folder cannot be made ({error.strerror})") from None

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()

    def keep(
        self,
        evidence: str,
        url: str,
        body: bytes,
        *,
        status: int,
        headers: tuple[tuple[str, str], ...],
        at: dt.datetime,
    ) -> Kept | None:
        """Write one response; None where its body is kept already. It is on disk when this returns."""
        if evidence in self._known:
            return None
        stream = self._open()
        offset = stream.tell()
        # Bodies arrive decoded; these headers would describe bytes that are no longer there.
        shown = [(name, value) for name, value in headers if name not in ("content-encoding", "transfer-encoding")]
        writer = WARCWriter(stream, gzip=True)
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(f"{status} -", shown, protocol="HTTP/1.1"),
            warc_headers_dict={
                "WARC-Date": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "WARC-Payload-Digest": evidence,
            },
        )
        writer.write_record(record)
        record.raw_stream.close()  # a temporary copy of warcio's
        stream.flush()
        self._known.add(evidence)
        return Kept(evidence, Path(stream.name).name, offset, url, at)

    def _open(self) -> io.BufferedWriter:
        if self._stream is not None and self._stream.tell() < MAX_FILE_BYTES:
            return self._stream
        if self._stream is not None:
            self._stream.close()
        number = len(list(self._folder.glob("*.warc.gz"))) + 1
        while (path := self._folder / f"gongkai-{self._stamp}-{number:05d}.warc.gz").exists():
            number += 1
        try:
            self._stream = path.open("xb")
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be written ({error.strerror})") from None
        return self._stream


def read_archived(folder: Path, file: str, offset: int) -> bytes:
    """The body at a place in the archive. Raises ArchiveError where it is not there."""
    path = folder / Path(file).name
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            for record in ArchiveIterator(stream):
                return bytes(record.content_stream().read())
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{path}: evidence cannot be read ({error})") from None
    raise ArchiveError(f"{path}: no record at byte {offset}")
