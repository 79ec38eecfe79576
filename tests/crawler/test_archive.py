"""Evidence is kept once, byte for byte, and found again by where the database says it lies."""

import datetime as dt
import hashlib
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.archive import Archive, ArchiveError, Kept, read_archived, read_record

NOW = dt.datetime(2017, 6, 30, 2, 10, tzinfo=dt.UTC)


def evidence(body: bytes) -> str:
    return "sha256:" + hashlib.sha256(body).hexdigest()


def keep(archive: Archive, body: bytes) -> object:
    headers = (("content-type", "text/html"), ("content-encoding", "gzip"))
    return archive.keep(evidence(body), "http://x/1", body, status=200, headers=headers, at=NOW)


def test_bodies_come_back_byte_for_byte(tmp_path: Path) -> None:
    bodies = [b"<html>1", "二〇一七".encode("gb18030"), b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", bytes(range(256)) * 50]
    with Archive(tmp_path, NOW, set()) as archive:
        kept = [keep(archive, body) for body in bodies]
    assert [read_archived(tmp_path, record.file, record.offset) for record in kept] == bodies


def test_the_same_body_is_kept_once(tmp_path: Path) -> None:
    with Archive(tmp_path, NOW, set()) as archive:
        assert keep(archive, b"same") is not None
        assert keep(archive, b"same") is None
    with Archive(tmp_path, NOW, {evidence(b"same")}) as archive:
        assert keep(archive, b"same") is None


def test_a_second_crawl_never_writes_into_the_first_one_s_file(tmp_path: Path) -> None:
    for body in (b"one", b"two"):
        with Archive(tmp_path, NOW, set()) as archive:
            keep(archive, body)
    assert len(list(tmp_path.glob("*.warc.gz"))) == 2


def test_what_was_kept_is_on_disk_before_the_archive_is_closed(tmp_path: Path) -> None:
    archive = Archive(tmp_path, NOW, set())
    record = keep(archive, b"killed right after this")
    assert read_archived(tmp_path, record.file, record.offset) == b"killed right after this"
    archive.__exit__(None, None, None)


def test_a_place_that_does_not_exist_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_archived(tmp_path, "gone.warc.gz", 0)
    with pytest.raises(ArchiveError):
        read_archived(tmp_path, "../../etc/passwd", 0)


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="cannot be made"):
        Archive(tmp_path / "file" / "archive", NOW, set())


def test_a_record_tells_status_kind_time_and_address(tmp_path: Path) -> None:
    with Archive(tmp_path, NOW, set()) as archive:
        keep(archive, b"before")
        kept = archive.keep(evidence(b"x"), "http://x/2", b"x", status=200, headers=(("content-type", "a/b"),), at=NOW)
        drawn = archive.keep(evidence(b"y"), "http://x/3", b"y", status=0, headers=(), at=NOW)
    assert isinstance(kept, Kept)
    assert isinstance(drawn, Kept)
    record = read_record(tmp_path, kept.file, kept.offset)
    assert (record.url, record.status, record.media_type, record.at) == ("http://x/2", 200, "a/b", NOW)
    assert read_record(tmp_path, drawn.file, drawn.offset).status is None
    (tmp_path / "alone.warc.gz").write_bytes(record.raw)
    assert read_record(tmp_path, "alone.warc.gz", 0).body == b"x"


@pytest.mark.parametrize("place", [12, 60, 120, 200])
def test_a_damaged_record_is_never_taken_for_the_whole(tmp_path: Path, place: int) -> None:
    body = bytes(range(256)) * 8
    with Archive(tmp_path, NOW, set()) as archive:
        kept = keep(archive, body)
    assert isinstance(kept, Kept)
    path = tmp_path / kept.file
    held = bytearray(path.read_bytes())
    held[place] ^= 0x55
    path.write_bytes(held)
    found = None
    with suppress(ArchiveError):
        found = read_archived(tmp_path, kept.file, kept.offset)
    assert found != body
