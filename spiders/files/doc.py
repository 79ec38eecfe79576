"""Word 97 to 2003, Word 6 and 95, and WPS's .wps: the main text, from the piece table ([MS-DOC] 2.4.1).

No formatting is read: where a table's rows end is told from the marks alone, which repeat in each row.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import Final

from db.facts import FileOutcome
from spiders.files.contents import MAX_COLUMNS, Contents, EndedError, Source
from spiders.files.ole import OleSource

_MAGIC: Final = frozenset({0xA5EC, 0xA5DC, 0xA699, 0xA697})  # Word 97, Word 6/95, and WPS and Pocket Word beside
_WORD_97: Final = 0xC1  # nFib from which text may be UTF-16 and lies in pieces
_ENCRYPTED: Final = 0x0100
_SECOND_TABLE: Final = 0x0200
_CCP_TEXT: Final = 0x4C
_CLX: Final = 0x1A2
_8_BIT: Final = 0x40000000
MAX_TEXT: Final = 1_000_000  # signs taken from the pieces
MAX_PIECES: Final = 100_000
_PICTURES: Final = 5_000  # bytes of the Data stream: a document without pictures has none or little
_CELL: Final = "\x07"
_FIELD_BEGIN, _FIELD_MIDDLE, _FIELD_END = "\x13", "\x14", "\x15"


def read(source: Source, contents: Contents) -> None:
    """Raises EndedError where the document is broken, encrypted, too large or made of pictures."""
    container = OleSource(source.body)
    contents.date(container.created())
    stream = container.find("worddocument")
    if stream is None or len(stream) < 0x60:
        raise EndedError(FileOutcome.BROKEN)
    magic, version = struct.unpack_from("<HH", stream, 0)
    (flags,) = struct.unpack_from("<H", stream, 0x0A)
    if magic not in _MAGIC:
        raise EndedError(FileOutcome.BROKEN)
    if flags & _ENCRYPTED:
        raise EndedError(FileOutcome.ENCRYPTED)
    if version < _WORD_97:
        text, whole = _word_6(stream), True
    else:
        text, whole = _in_pieces(stream, container.find("1table" if flags & _SECOND_TABLE else "0table") or b"")
    _tell(_without_fields(text[:MAX_TEXT]), contents)
    if contents.says_little and container.size("data") > _PICTURES:
        raise EndedError(FileOutcome.SCANNED)
    if not whole:
        raise EndedError(FileOutcome.BROKEN)
    if len(text) > MAX_TEXT:
        raise EndedError(FileOutcome.TOO_LARGE)


def _word_6(stream: bytes) -> str:
    first, last = struct.unpack_from("<II", stream, 0x18)
    return _bytes_as_text(stream[first : min(last, first + MAX_TEXT)])


def _in_pieces(stream: bytes, table: bytes) -> tuple[str, bool]:
    """The main text, and whether all of it was there."""
    if len(stream) < _CLX + 8:
        raise EndedError(FileOutcome.BROKEN)
    (length,) = struct.unpack_from("<I", stream, _CCP_TEXT)
    start, size = struct.unpack_from("<II", stream, _CLX)
    pieces: list[str] = []
    read_so_far = 0
    for signs, place in _pieces(table[start : start + size]):
        count = min(signs, length - read_so_far, MAX_TEXT + 1 - read_so_far)
        if count <= 0:
            break
        if place & _8_BIT:
            begin = (place & ~_8_BIT) // 2
            raw = stream[begin : begin + count]
            pieces.append(_bytes_as_text(raw))
            read_so_far += len(raw)
        else:
            raw = stream[place : place + 2 * count]
            pieces.append(raw.decode("utf-16-le", "replace"))
            read_so_far += len(raw) // 2
    return "".join(pieces), read_so_far >= min(length, MAX_TEXT)


def _pieces(clx: bytes) -> Iterator[tuple[int, int]]:
    """The pieces in order: how many signs, and where they stand."""
    position = 0
    while position + 3 <= len(clx) and clx[position] == 0x01:  # formatting before the piece table
        position += 3 + int.from_bytes(clx[position + 1 : position + 3], "little")
    if position + 5 > len(clx) or clx[position] != 0x02:
        return
    size = int.from_bytes(clx[position + 1 : position + 5], "little")
    table = clx[position + 5 : position + 5 + size]
    count = min((len(table) - 4) // 12, MAX_PIECES)
    for index in range(count):
        begin, end = struct.unpack_from("<II", table, 4 * index)
        (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)
        if end > begin:
            yield end - begin, place & 0x7FFFFFFF


def _bytes_as_text(raw: bytes) -> str:
    """8-bit text: GBK where it is, as Chinese Word 6 and WPS write it, else Western."""
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _without_fields(text: str) -> str:
    """Fields as what they show: the instruction (PAGE, HYPERLINK ...) between begin and middle is left out."""
    shown: list[str] = []
    depths: list[bool] = []  # for each open field whether its instruction is being passed over
    for sign in text:
        if sign == _FIELD_BEGIN:
            depths.append(True)
        elif sign == _FIELD_MIDDLE and depths:
            depths[-1] = False
        elif sign == _FIELD_END and depths:
            depths.pop()
        elif not any(depths[-8:]):
            shown.append("\n" if sign in "\r\x0b\x0c" else sign)
    return "".join(shown)


def _tell(text: str, contents: Contents) -> None:
    """Paragraphs, and tables where cells end. What stands before the first cell's last line is text."""
    segments = text.split(_CELL)
    before, first = _parted(segments[0]) if len(segments) > 1 else (segments[0], "")
    contents.say(before)
    cells = [first]
    for segment in segments[1:-1]:
        if not cells[-1].strip() and "\n" in segment:  # behind a row's end: text, then perhaps another table
            _add(cells, contents)
            before, first = _parted(segment)
            contents.say(before)
            cells = [first]
        else:
            cells.append(segment)
    if len(segments) > 1:
        _add(cells, contents)
        contents.say(segments[-1])


def _parted(segment: str) -> tuple[str, str]:
    before, _, last = segment.rpartition("\n")
    return before, last


def _add(cells: Sequence[str], contents: Contents) -> None:
    width = _row_width(cells)
    contents.add_table(list(cells[start : start + width]) for start in range(0, len(cells), width + 1))


def _row_width(cells: Sequence[str]) -> int:
    """Columns of a table whose cells come one behind the other, with an empty one at each row's end."""
    for width in range(1, min(len(cells), MAX_COLUMNS)):
        ends = cells[width :: width + 1]
        if len(cells) % (width + 1) == 0 and not any(cell.strip() for cell in ends):
            return width
    return min(len(cells), MAX_COLUMNS)
