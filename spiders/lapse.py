"""Does a page say that the document on it is repealed or has lapsed, and where does it say so?

Portals mark such documents in many ways (STANDARDS 3.7): in the title, in a validity field, by a line of its own, by
the picture of a stamp, by a struck title, by a note in the text. What repeals *other* documents (原《…》同时废止), what
only ends one day (有效期至), and what stands in comments, false script conditions or hidden elements is no mark
(FIELD-GUIDE 0.8). The words stand in `lapse.yaml`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from db.documents import bare_title, plain_text, title_mark, validity_mark
from db.facts import LapseMark, MarkPlace
from spiders.document import Document
from spiders.fields import Field as Known
from spiders.fields import label_of
from spiders.outline import hidden
from spiders.records import Article
from spiders.visible import Line, View, roots, view

MAX_MARKS: Final = 20  # a page has one or two; an attack does not get to choose
_MAX_SENTENCE: Final = 120  # characters of a line that does nothing but mark
_AROUND_TITLE: Final = 12  # lines between the title and a stamp that belongs to it
_FIRST_SENTENCE: Final = 12  # characters by which a line of the text is known again; a document's number is no sentence
_ICON: Final = 48  # points; stamps are drawn 100 and more wide
_MAX_ELEMENTS: Final = 20_000  # looked through for pictures
_MAX_BODY: Final = 400_000  # characters of text; the longest real page has 355,000
_Words = Annotated[tuple[str, ...], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Images(_Strict):
    full: _Words
    partial: _Words
    none: _Words
    decoration: _Words


class _Phrases(_Strict):
    selves: _Words
    full: _Words
    partial: _Words
    stamps: _Words
    images: _Images


def _read_phrases() -> _Phrases:
    """The words of lapse.yaml. Raises pydantic's ValidationError on an unknown or missing key."""
    text = Path(__file__).with_name("lapse.yaml").read_text(encoding="utf-8")
    return _Phrases.model_validate(YAML(typ="safe").load(text))


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


PHRASES: Final = _read_phrases()
_DAY: Final = r"(?:19|20)\d\d(?:年|[-./])(?:\d{1,2}(?:月|[-./]))?(?:\d{1,2}日?)?"
# 部分条款; 第三条、第五条: what such a sentence says of a part of its document
_CLAUSE: Final = r"第[一二三四五六七八九十百零〇\d]{1,6}[条款项章节]"
_PARTS: Final = rf"的?(?:(?:部分|有关|相关|个别)(?:条款|内容|规定|条文)|{_CLAUSE}(?:[、和及至]{_CLAUSE}){{0,20}})"
# 本文件已于2018年5月1日废止; 本办法部分条款已废止; 该通知自2018年5月1日起全文废止; 此件已被珠府〔2018〕5号废止.
# The whole line, so that a clause on other documents, or on the day on which this one begins, is none.
_SENTENCE: Final = re.compile(
    r"(?:(?:注|备注|说明|提示|温馨提示|特别提示|特别说明|编者按|重要提示|声明|附注)[:：])?"
    rf"(?:本|该|此|以上|上述)(?:{_any_of(PHRASES.selves)})(?P<part>{_PARTS})?(?:目前|现|业)?(?:已经|已)?(?:[自于从]?{_DAY}(?:之?日)?起?)?,?"
    r"(?:正式|自动|自行)?(?:已)?(?:被(?:[^。;,]{2,60}?))?(?:已|宣布|予以|全文|全部|自动|自行){0,3}"
    rf"(?P<word>{_any_of((*PHRASES.partial, *PHRASES.full))})(?:,(?:请勿|不再|仅供|特此|敬请)[^。]{{0,30}})?"
)
# 有效期已过 and the like end a document as well, but say no more than its last day does: no mark.
_ASKS_END: Final = re.compile(r"是否(?:已)?(?:废止|失效|作废)[:：]?(是|否)?")
_STAMPS: Final = frozenset(PHRASES.stamps)
_BRACKETS: Final = "[]【】()〖〗〔〕「」<>*★※!！。.,;:：-—|·● "
_STRUCK: Final = re.compile(r"text-decoration[^;]{0,60}line-through", re.IGNORECASE)
_BACKGROUND: Final = re.compile(r"background[^;]{0,60}url\(\s{0,3}['\"]?([^'\")]{1,500})", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[a-z]+")
_PICTURE_WORD: Final = re.compile(
    rf"(?:(?:本|该|此)?(?:文件|文|件|信息))?(?:已经|已|全文)?(?P<word>{_any_of((*PHRASES.partial, *PHRASES.full))})"
    r"(?:文件|标[志识记]|水印|图[标章片]|印章|章|公文)?"
)


def marks_on(document: Document, article: Article) -> tuple[LapseMark, ...]:
    """Every statement on the page that its document is no longer in force, each once, and a picture that may be a stamp
    and says nothing to a machine. Never raises; takes time linear in the page."""
    page, pieces = view(document), tuple(_pieces(document))
    asked, elements = _asked(page), tuple(piece for piece in pieces if not isinstance(piece, str))
    found: dict[tuple[MarkPlace, bool], LapseMark] = {}
    for mark in (
        *_in_title(page, article),
        *_in_field(page, article, asked),
        *_in_lines(page, article),
        *_in_pictures(elements),
        *_struck(elements, article),
        *notes_in(article.text),
        *_unread_pictures(pieces, article),
    ):
        found.setdefault((mark.place, mark.partial), mark)
    return tuple(found.values())[:MAX_MARKS]


def notes_in(text: str) -> tuple[LapseMark, ...]:
    """Notes in a text that it is itself repealed: lines that say nothing else (本文自2018年5月1日起废止)."""
    found = []
    for line in text[:_MAX_BODY].splitlines():
        partial = _says_lapsed(line)
        field = _filled_in(line)
        if field is not None:
            found.append(field)
        elif partial is not None:
            found.append(LapseMark(MarkPlace.BODY, line.strip()[:_MAX_SENTENCE], partial))
        if len(found) >= MAX_MARKS:
            break
    return tuple(found)


def _filled_in(line: str) -> LapseMark | None:
    """A line of the text that is a validity field (有效性：已废止), whatever the page's own field says beside it."""
    if len(line) > _MAX_SENTENCE:
        return None
    label, colon, value = line.replace(":", "：").partition("：")
    return validity_mark(value) if colon and label_of(label) is Known.VALIDITY else None


def _says_lapsed(line: str) -> bool | None:
    """Whether a line marks its own document: None no, True in part, False wholly."""
    if len(line) > _MAX_SENTENCE * 2:
        return None
    text = plain_text(line).strip(_BRACKETS)
    found = _SENTENCE.fullmatch(text) if len(text) <= _MAX_SENTENCE else None
    return found.group("part") is not None or found.group("word") in PHRASES.partial if found else None


def _in_title(page: View, article: Article) -> Iterator[LapseMark]:
    """In the title as read, or in a heading that holds it: readers may cut the brackets off."""
    own = bare_title(article.title or "")
    headings = [line.plain for line in page.lines if line.heading and not line.frame][:20]
    for text in (article.title or "", *headings):
        mark = title_mark(text) if own and bare_title(text).startswith(own[:20]) else None
        if mark is not None:
            yield mark


def _asked(page: View) -> bool | None:
    """What a field 是否废止 or 是否失效 answers: it turns the sense of 是 and 否 round. None without such a field."""
    for index, line in enumerate(page.lines):
        if line.frame or len(line.text) > 200 or "是否" not in line.text:
            continue
        found = _ASKS_END.search(plain_text(line.text))
        if found:
            following = page.lines[index + 1].plain if index + 1 < len(page.lines) else ""
            answer = found.group(1) or following
            return answer == "是"
    return None


def _in_field(page: View, article: Article, asked: bool | None) -> Iterator[LapseMark]:
    if asked is not None:
        if asked:
            yield LapseMark(MarkPlace.VALIDITY, "是")
        return
    mark = validity_mark(article.validity)
    if mark is not None:
        yield mark
        return
    yield from (field for line in page.lines if not line.frame and (field := _filled_in(line.text)) is not None)
    yield from _in_cells(page)


def _in_cells(page: View) -> Iterator[LapseMark]:
    """The label and its value side by side in a row below the text, where no head of a page is looked for, whatever the
    page's own field says."""
    for line, following in pairwise(page.lines):
        beside = line.row is not None and line.row is following.row and line.cell is not following.cell
        if beside and not line.frame and label_of(line.text) is Known.VALIDITY:
            mark = validity_mark(following.plain)
            if mark is not None:
                yield mark


def _in_lines(page: View, article: Article) -> Iterator[LapseMark]:
    """A line of its own: a whole sentence anywhere on the page, a bare word close to the title."""
    title = _title_line(page, article)
    for index, line in enumerate(page.lines):
        if line.frame or line.linked or len(line.text) > _MAX_SENTENCE * 2:
            continue
        text = plain_text(line.plain).strip(_BRACKETS)
        near = title is not None and abs(index - title) <= _AROUND_TITLE
        if near and text in _STAMPS and not _is_cell_of_data(line):
            yield LapseMark(MarkPlace.BANNER, line.plain, text.startswith(("部分", "条款")))
        elif (partial := _says_lapsed(line.plain)) is not None and line.plain not in article.text:
            yield LapseMark(MarkPlace.BANNER, line.plain[:_MAX_SENTENCE], partial)


def _is_cell_of_data(line: Line) -> bool:
    """A cell's word is the value of the label beside it; the field says what it means."""
    return line.cell is not None


def _title_line(page: View, article: Article) -> int | None:
    own = bare_title(article.title or "")
    if not own:
        return None
    return next((i for i, line in enumerate(page.lines) if own in bare_title(line.plain)), None)


def _in_pictures(elements: Sequence[HtmlElement]) -> Iterator[LapseMark]:
    for element in elements:
        for name, words in _pictures(element):
            text = unicodedata.normalize("NFKC", unquote(name)).lower()
            partial = _picture_says(text, words)
            if partial is not None:
                yield LapseMark(MarkPlace.IMAGE, (words or text)[:_MAX_SENTENCE], partial)


def _pictures(element: HtmlElement) -> Iterator[tuple[str, str]]:
    """(file name, alternative text) of the pictures that an element shows."""
    if element.tag == "img":
        yield _file_name(element.get("src") or ""), (element.get("alt") or element.get("title") or "")[:200]
    style = element.get("style")
    background = _BACKGROUND.search(style[:2000]) if style else None
    if background:
        yield _file_name(background.group(1)), ""


def _file_name(address: str) -> str:
    try:
        path = urlsplit(address[:2000]).path
    except ValueError:
        return ""
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0] if len(address) <= 2000 else ""  # not a data: address


def _picture_says(name: str, words: str) -> bool | None:
    images = PHRASES.images
    told = plain_text(words).strip(_BRACKETS)
    letters = set(_LETTERS.findall(name))
    if any(word in letters or (not word.isascii() and (word in name or word in told)) for word in images.none):
        return None
    for group, partial in ((images.partial, True), (images.full, False)):
        if any(word in letters if word.isascii() else word in name for word in group):
            return partial
    found = _PICTURE_WORD.fullmatch(told)
    return found.group("word") in PHRASES.partial if found else None


def _unread_pictures(pieces: Sequence[HtmlElement | str], article: Article) -> Iterator[LapseMark]:
    """Pictures between the title and the first sentence of the text whose names and words tell nothing: a stamp stands
    there (FIELD-GUIDE 0.8), and nobody who cannot see it may say that there is none."""
    own, text = bare_title(article.title or ""), plain_text(article.text[:_MAX_BODY])
    begun = False
    for piece in pieces if own else ():
        if isinstance(piece, str):
            said = plain_text(piece[:600])
            begun = begun or own in bare_title(said)
            if begun and len(said) >= _FIRST_SENTENCE and said in text and own not in bare_title(said):
                return
        elif begun and piece.tag == "img" and not _is_small(piece):
            name, words = _file_name(piece.get("src") or ""), piece.get("alt") or piece.get("title") or ""
            if name and _picture_says(name.lower(), words[:200]) is None and _tells_nothing(name, words):
                yield LapseMark(MarkPlace.PICTURE, name[:_MAX_SENTENCE])


def _tells_nothing(name: str, words: str) -> bool:
    """Whether neither the file's name says that the picture is decoration or speaks of validity, nor words beside it
    what it shows. Editors write the file's name for words."""
    images = PHRASES.images
    letters = set(_LETTERS.findall(unquote(name).lower()))
    known = letters & {*images.decoration, *images.none} or any(word in words for word in images.none)
    return not known and (not words.strip() or words.isascii())


def _is_small(picture: HtmlElement) -> bool:
    """Whether its own size makes it an icon."""
    sizes = [re.match(r"\d{1,5}", picture.get(side) or "") for side in ("width", "height")]
    return any(size is not None and int(size.group()) <= _ICON for size in sizes)


def _pieces(document: Document) -> Iterator[HtmlElement | str]:
    """The page's elements and texts in their order, without hidden ones and links, whose pictures speak of another
    page."""
    seen = 0
    for root in roots(document):
        stack: list[HtmlElement | str] = [root]
        while stack and seen < _MAX_ELEMENTS:
            element = stack.pop()
            if isinstance(element, str):
                yield element
                continue
            if element.tail and element is not root:
                stack.append(str(element.tail))
            if not isinstance(element.tag, str) or element.tag in ("head", "script", "style", "noscript", "template"):
                continue
            if hidden(element) or element.get("hidden") is not None or (element.tag == "a" and _leads_away(element)):
                continue
            seen += 1
            yield element
            if element.text:
                yield str(element.text)
            stack.extend(reversed(element))


def _leads_away(element: HtmlElement) -> bool:
    href = (element.get("href") or "").strip()
    return bool(href) and not href.startswith(("#", "javascript:"))


def _struck(elements: Sequence[HtmlElement], article: Article) -> Iterator[LapseMark]:
    """The whole title struck through."""
    own = bare_title(article.title or "")
    if not own:
        return
    for element in elements:
        style = element.get("style")
        if element.tag in ("s", "del", "strike") or (style and _STRUCK.search(style[:2000])):
            text = bare_title("".join(list(element.itertext())[:50])[:600])
            if own in text and len(text) <= len(own) + 20:
                yield LapseMark(MarkPlace.TITLE, "删除线")
                return
