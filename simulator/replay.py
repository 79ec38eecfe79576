"""Serves saved pages of one real portal on loopback, laid out in a folder by their paths."""

from functools import partial
from pathlib import Path

from simulator.pages import Query, Response
from simulator.serving import Source

INDEXES = ("index.htm", "index.html", "index.shtml")
TYPES = {
    ".css": "text/css",
    ".js": "application/javascript",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
}
MISSING = Response(404, b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>")


def replay(folder: Path) -> Source:
    """A source for `serving.listening`. Everything that is not a file within `folder` answers 404."""
    root = folder.resolve(strict=True)
    return Source(partial(_answer, root))


def _answer(root: Path, path: str, _: Query) -> Response:
    file = saved_file(root, path)
    if file is None:
        return MISSING
    return Response(200, file.read_bytes(), TYPES.get(file.suffix.lower(), "text/html"))


def saved_file(root: Path, path: str) -> Path | None:
    """The file for a decoded request path; None where there is none or the path leads out of `root`."""
    if "\0" in path or "\\" in path:
        return None
    try:
        wanted = (root / path.lstrip("/")).resolve()
        if not wanted.is_relative_to(root):
            return None
        candidates = [wanted / name for name in INDEXES] if wanted.is_dir() else [wanted]
        found = next((file.resolve() for file in candidates if file.is_file()), None)
    except (OSError, ValueError):
        return None  # too long a name, a loop of links
    return found if found and found.is_relative_to(root) else None
