"""Zip containers (docx, xlsx, ofd and plain archives), unpacked in memory and never further than the bounds."""

import zipfile
import zlib
from io import BytesIO
from typing import Final

from db.facts import FileOutcome
from spiders.files.contents import MAX_BYTES, EndedError

MAX_MEMBERS: Final = 2_000  # an office file has some 20, a presentation with pictures some hundreds
MAX_UNPACKED: Final = 100 * 1024 * 1024  # of all members that are read together; office XML packs 10 to 20 times
MAX_RATIO: Final = 200  # of one member beyond the first megabyte; deflate ends at 1,032
_ENCRYPTED: Final = 0x1
_UTF8: Final = 0x800


class ZipSource:
    """One opened container. Members are named as they stand in it; no name is ever used as a path."""

    def __init__(self, body: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(body))
        self._left = MAX_UNPACKED
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise EndedError(FileOutcome.TOO_LARGE)
        self.members = [member for member in members if not member.is_dir()]
        self._by_name = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in self.members}

    @property
    def names(self) -> list[str]:
        return list(self._by_name)

    def find(self, name: str) -> bytes | None:
        """A member's bytes by its name in lower case."""
        member = self._by_name.get(name.lower())
        return self.read(member) if member is not None else None

    def read(self, member: zipfile.ZipInfo, limit: int = MAX_UNPACKED) -> bytes:
        """Raises EndedError where the member is encrypted or unpacks to more than it may."""
        if member.flag_bits & _ENCRYPTED:
            raise EndedError(FileOutcome.ENCRYPTED)
        allowed = min(limit, self._left, 1024 * 1024 + MAX_RATIO * member.compress_size)
        if member.file_size > allowed:
            raise EndedError(FileOutcome.TOO_LARGE)
        try:
            with self._zip.open(member) as stream:
                body = stream.read(allowed + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
            raise EndedError(FileOutcome.BROKEN) from None
        if len(body) > allowed:
            raise EndedError(FileOutcome.TOO_LARGE)
        self._left -= len(body)
        return body

    def check_sizes(self) -> None:
        """For libraries that unpack by themselves: zipfile reads no more of a member than its stated size."""
        for member in self.members:
            if member.flag_bits & _ENCRYPTED:
                raise EndedError(FileOutcome.ENCRYPTED)
            if member.file_size > min(MAX_UNPACKED, 1024 * 1024 + MAX_RATIO * member.compress_size):
                raise EndedError(FileOutcome.TOO_LARGE)
        if sum(member.file_size for member in self.members) > MAX_UNPACKED:
            raise EndedError(FileOutcome.TOO_LARGE)


def names_in(body: bytes) -> list[str]:
    """The members' names in lower case; empty where it is no zip file or a broken one."""
    try:
        return ZipSource(body).names if len(body) <= MAX_BYTES else []
    except (EndedError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


def shown_name(member: zipfile.ZipInfo) -> str:
    """A member's name for readers: UTF-8 where it says so or is, else GBK, as Windows in Chinese packs."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename
