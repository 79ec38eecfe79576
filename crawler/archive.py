"""The archive of evidence: WARC files in one folder, each body kept once and found again by its hash."""

import datetime as dt
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
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


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """One response as the archive holds it. `status` is None where no server answered with one (a picture); `at` is
    when it was kept; `raw` is the record itself as it lies in its file."""

    url: str
    status: int | None
    media_type: str
    at: dt.datetime | None
    body: bytes
    raw: bytes


def read_archived(folder: Path, file: str, offset: int) -> bytes:
    """The body at a place in the archive. Raises ArchiveError where it is not there."""
    return read_record(folder, file, offset).body


def read_record(folder: Path, file: str, offset: int) -> ArchivedRecord:
    """The whole record at a place in the archive. Raises ArchiveError where it is not there or is damaged."""
    path = folder / Path(file).name
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            records = ArchiveIterator(stream)
            for record in records:
                body = bytes(record.content_stream().read())
                records.read_to_end()
                stream.seek(offset)
                return _record(record, body, stream.read(records.get_record_length()))
    except (OSError, ValueError, zlib.error, ArchiveLoadFailed) as error:
        raise ArchiveError(f"{path}: evidence cannot be read ({error})") from None
    raise ArchiveError(f"{path}: no record at byte {offset}")


def _record(record: Any, body: bytes, raw: bytes) -> ArchivedRecord:  # noqa: ANN401 - warcio has no types
    code = record.http_headers.get_statuscode() if record.http_headers else ""
    media = record.http_headers.get_header("content-type", "") if record.http_headers else ""
    stamp = record.rec_headers.get_header("WARC-Date", "")
    return ArchivedRecord(
        url=record.rec_headers.get_header("WARC-Target-URI", ""),
        status=int(code) if code.isdecimal() and code.isascii() and int(code) else None,
        media_type=media,
        at=dt.datetime.fromisoformat(stamp) if stamp else None,
        body=body,
        raw=raw,
    )
