"""PDF: text by PDFium, tables by pdfplumber where a page has ruled lines.

PDFium comes with pdfplumber, reads predefined Chinese encodings without embedded maps, mends broken cross references
and takes about 1 ms a page, where pdfplumber and pypdf take 50 and more (docs/decisions/0009).
"""

import datetime as dt
import io
import re
from collections.abc import Sequence
from ctypes import byref, c_float
from typing import Any, Final

import pdfplumber
import pypdfium2  # ships no types
from pypdfium2 import raw

from db.facts import FileOutcome
from spiders.files.contents import FEW_CHARACTERS, MAX_PAGES, Contents, EndedError, Source, iso, without_radicals

MAX_PAGE_CHARACTERS: Final = 50_000  # a page of a budget book in the smallest print has 8,000
MAX_PAGE_OBJECTS: Final = 5_000  # of one page whose tables are looked for; maps and drawings have more
MAX_TABLE_SIGNS: Final = 300_000  # signs and lines on all such pages together: about 20 s
_RULES: Final = 4  # paths of the smallest ruled table: a frame and a line, or two and two
_SCANNED_SHARE: Final = 4  # every fourth page a picture: what is looked for may stand there
_MANY_PATHS: Final = 300  # drawn without any text: letters as outlines
_PICTURE_SHARE: Final = 0.3  # of the page's area; seals and letterheads are smaller
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?\s?(?:([+-])(\d\d)'?(\d\d)?|(Z))?")


def read(source: Source, contents: Contents) -> None:
    """Raises EndedError where the file is broken, encrypted (an empty user password opens), too large or scanned."""
    document = _opened(source.body)
    try:
        contents.date(_created(document))
        count = len(document)
        if not count:
            raise EndedError(FileOutcome.BROKEN)
        ruled, pictures, whole = _read_pages(document, contents, min(count, MAX_PAGES))
    finally:
        document.close()
    whole = _read_tables(source.body, contents, ruled) and whole
    if pictures * _SCANNED_SHARE >= count:
        raise EndedError(FileOutcome.SCANNED)
    if count > MAX_PAGES or not whole:
        raise EndedError(FileOutcome.TOO_LARGE)


def _opened(body: bytes) -> Any:  # noqa: ANN401 - pypdfium2 ships no types
    try:
        return pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise EndedError(FileOutcome.ENCRYPTED if locked else FileOutcome.BROKEN) from None


def _read_pages(document: Any, contents: Contents, count: int) -> tuple[list[int], int, bool]:  # noqa: ANN401
    """Tell the text. Gives the pages with ruled lines, how many pages are pictures, and whether all was looked at."""
    ruled: list[int] = []
    pictures, signs, whole = 0, 0, True
    for number in range(count):
        page = document[number]
        text = page.get_textpage()
        length = text.count_chars()
        said = text.get_text_range(0, min(length, MAX_PAGE_CHARACTERS)) if length > 0 else ""
        contents.say(without_radicals(said))
        objects = raw.FPDFPage_CountObjects(page)
        paths, is_picture = _objects(page, min(objects, MAX_PAGE_OBJECTS))
        pictures += is_picture and len("".join(said.split())) < FEW_CHARACTERS
        if paths >= _RULES:
            signs += length + objects
            fits = objects <= MAX_PAGE_OBJECTS and length <= MAX_PAGE_CHARACTERS and signs <= MAX_TABLE_SIGNS
            whole = whole and fits
            if fits:
                ruled.append(number)
        text.close()
        page.close()
    return ruled, pictures, whole


def _objects(page: Any, count: int) -> tuple[int, bool]:  # noqa: ANN401 - pypdfium2 ships no types
    """How many paths a page draws, and whether it is a picture: images over much of it, or writing drawn as paths."""
    width, height = page.get_size()
    paths, covered = 0, 0.0
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    for index in range(count):
        each = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(each)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
        elif kind == raw.FPDF_PAGEOBJ_IMAGE and raw.FPDFPageObj_GetBounds(
            each, byref(left), byref(bottom), byref(right), byref(top)
        ):
            covered += abs(right.value - left.value) * abs(top.value - bottom.value)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            covered += width * height  # what is in it is not looked at; without text beside it counts as a picture
    return paths, paths > _MANY_PATHS or covered >= _PICTURE_SHARE * width * height > 0


def _read_tables(body: bytes, contents: Contents, pages: Sequence[int]) -> bool:
    """Add the ruled tables; their text was told already. False where they could not be read."""
    if not pages:
        return True
    try:
        with pdfplumber.open(io.BytesIO(body), pages=[number + 1 for number in pages]) as document:
            for page in document.pages:
                for table in page.extract_tables():
                    rows = [[without_radicals(cell or "").replace("\n", "") for cell in row] for row in table]
                    contents.add_table(rows, in_text=False)
                page.close()
    except EndedError:
        raise
    except Exception:  # noqa: BLE001 - pdfminer raises whatever its parsing of hostile bytes runs into
        return False
    return True


def _created(document: Any) -> str | None:  # noqa: ANN401 - pypdfium2 ships no types
    found = _DATE.match(str(document.get_metadata_value("CreationDate") or "")[:40])
    if found is None:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes, utc = found.groups()
    zone = dt.UTC if utc else None
    try:
        if sign:
            offset = dt.timedelta(hours=int(hours), minutes=int(minutes or 0))
            zone = dt.timezone(offset if sign == "+" else -offset)
        day_ = dt.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
        return iso(day_.replace(tzinfo=zone))
    except ValueError:
        return None
