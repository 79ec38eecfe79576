"""Reads a file in a process of its own, which is ended when it takes too long or too much.

A crafted PDF or workbook can keep a library busy for hours or fill the memory while every bound of ours on its
size is kept; only the operating system ends that (docs/decisions/0009). The crawl goes on meanwhile.
"""

import dataclasses
import json
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from db.facts import FileOutcome, FileRead
from spiders.files.contents import MAX_BYTES
from spiders.files.kinds import kind_of

SECONDS: Final = 240  # wall clock, for a busy machine; the process itself ends after CPU_SECONDS of work
# One thread waits for each process. The crawl itself needs a processor.
_WAITING: Final = ThreadPoolExecutor(max(1, (os.cpu_count() or 2) - 1), thread_name_prefix="files")


def read_apart(name: str, url: str, content_type: str | None, body: bytes, seconds: float = SECONDS) -> FileRead:
    """What `read_file` says, or BROKEN where it did not end in `seconds` or ended without an answer. Blocks."""
    if len(body) > MAX_BYTES:
        return FileRead(name, url, "unknown", FileOutcome.TOO_LARGE)
    head = json.dumps({"name": name, "url": url, "content_type": content_type}).encode()
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-P", "-m", "spiders.files"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=head + b"\n" + body, capture_output=True, timeout=seconds, env=environment, check=False
        )
        return _from_json(name, url, json.loads(done.stdout))
    except (subprocess.TimeoutExpired, OSError, ValueError, KeyError, TypeError):
        return FileRead(name, url, kind_of(name, url, content_type, body), FileOutcome.BROKEN)


def read_soon(name: str, url: str, content_type: str | None, body: bytes) -> Future[FileRead]:
    """The same without blocking; as many at once as there are processors to spare."""
    return _WAITING.submit(read_apart, name, url, content_type, body)


def to_json(file: FileRead) -> dict[str, Any]:
    return dataclasses.asdict(file)


def _from_json(name: str, url: str, said: dict[str, Any]) -> FileRead:
    tables = tuple(tuple(tuple(str(cell) for cell in row) for row in table) for table in said["tables"])
    return FileRead(name, url, str(said["kind"]), FileOutcome(said["outcome"]), said["text"], tables, said["created"])
