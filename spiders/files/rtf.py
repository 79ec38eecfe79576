"""Rich text: what is written between the commands, in the order of the file."""

import re
from typing import Final

from db.facts import FileOutcome
from spiders.files.contents import Contents, EndedError, Source

_TOKEN = re.compile(rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|([^\\{}]+)")
# Groups that hold no text of the document.
_SILENT: Final = frozenset(
    {
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "themedata",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "datastore",
        "xmlnstbl",
        "header",
        "headerl",
        "headerr",
        "footer",
        "footerl",
        "footerr",
        "latentstyles",
        "fldinst",
        "bin",
    }
)
_SIGNS: Final = {
    "par": "\n",
    "line": "\n",
    "sect": "\n",
    "page": "\n",
    "row": "\n",
    "cell": "\t",
    "nestcell": "\t",
    "nestrow": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_CODEPAGES: Final = {"936": "gb18030", "54936": "gb18030", "950": "big5", "65001": "utf-8", "1252": "cp1252"}
MAX_DEPTH: Final = 1_000
_CREATED = re.compile(rb"\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})(?:\\hr(\d{1,2})\\min(\d{1,2}))?")


def read(source: Source, contents: Contents) -> None:
    """Raises EndedError where groups nest too deeply or there is too much text."""
    found = _CREATED.search(source.body[:200_000])
    if found:
        year, month, day, hour, minute = (int(part or 0) for part in found.groups())
        contents.date(_moment(year, month, day, hour, minute))
    walk = _Walk()
    for token in _TOKEN.finditer(source.body):
        walk.take(token)
    walk.flush()
    _tell("".join(walk.pieces), contents)


def _moment(year: int, month: int, day: int, hour: int, minute: int) -> str | None:
    if not (1990 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60):
        return None
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"


def _tell(text: str, contents: Contents) -> None:
    """Lines of text; lines that end in a cell's mark are the rows of a table."""
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if line.rstrip(" ").endswith("\t") and line.strip():
            rows.append(line.rstrip(" ")[:-1].split("\t"))
            continue
        if rows and line.strip():
            contents.add_table(rows)
            rows = []
        contents.say(line)
    if rows:
        contents.add_table(rows)


class _Walk:
    """Where the reader is: how deep, in which silent group, and how many signs to pass over behind a \\u."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.bytes = bytearray()
        self.encoding = "gb18030"
        self.depth = 0
        self.silent_below: int | None = None
        self.opened = False  # the token before was the opening of a group
        self.substitutes = [1]
        self.to_skip = 0

    def take(self, token: re.Match[bytes]) -> None:
        hexed, word, number, symbol, brace, plain = token.groups()
        if brace:
            self._brace(brace)
            return
        opened, self.opened = self.opened, False
        if word is not None:
            self._word(word.decode("ascii"), number.decode("ascii") if number else None, opened)
        elif symbol is not None:
            self._symbol(symbol, opened)
        elif hexed is not None:
            self._byte(bytes.fromhex(hexed.decode("ascii")))
        elif plain is not None:
            self._byte(plain.replace(b"\r", b"").replace(b"\n", b""))

    def flush(self) -> None:
        if self.bytes:
            self.pieces.append(self.bytes.decode(self.encoding, "replace"))
            self.bytes.clear()

    def _brace(self, brace: bytes) -> None:
        self.to_skip = 0
        if brace == b"{":
            self.depth += 1
            self.opened = True
            self.substitutes.append(self.substitutes[-1])
            if self.depth > MAX_DEPTH:
                raise EndedError(FileOutcome.BROKEN)
            return
        self.opened = False
        self.depth -= 1
        if len(self.substitutes) > 1:
            self.substitutes.pop()
        if self.silent_below is not None and self.depth < self.silent_below:
            self.silent_below = None

    def _word(self, word: str, number: str | None, opened: bool) -> None:
        if word == "ansicpg" and number:
            self.encoding = _CODEPAGES.get(number, "gb18030")
        elif word == "uc" and number:
            self.substitutes[-1] = max(0, min(int(number), 10))
        elif word == "u" and number:
            self._say(chr(int(number) % 0x10000))
            self.to_skip = self.substitutes[-1]
        elif opened and word in _SILENT and self.silent_below is None:
            self.silent_below = self.depth
        elif word in _SIGNS:
            self._say(_SIGNS[word])

    def _symbol(self, symbol: bytes, opened: bool) -> None:
        if symbol == b"*" and opened and self.silent_below is None:
            self.silent_below = self.depth  # a destination that readers may pass over
        elif symbol == b"~":
            self._say(" ")
        elif symbol in b"\r\n":
            self._say("\n")
        elif symbol in b"\\{}":
            self._byte(symbol)

    def _byte(self, raw: bytes) -> None:
        passed = min(self.to_skip, len(raw))
        self.to_skip -= passed
        if self.silent_below is None:
            self.bytes += raw[passed:]

    def _say(self, text: str) -> None:
        if self.silent_below is None:
            self.flush()
            self.pieces.append(text)
