"""Which document does a title or a number mean, and do these words say that it is no longer in force?

One reading for all parts: the spider chooses by it which pages to open, the judge which pages are copies. Words of
marks stand in `lapse.yaml`. Nothing here raises on any text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from db.facts import LapseMark, MarkPlace

MAX_TITLE: Final = 500  # characters; the longest title of the data has 120
_MAX_NUMBER: Final = 300  # characters of a field in which a number is looked for
_SHORTEST_CORE: Final = 6  # characters; 管理办法 alone names no document
SHORTEST_CUT: Final = 10  # characters of a cut title that may stand for a whole one
_BLANK: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_Words = Annotated[tuple[str, ...], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Validity(_Strict):
    full: _Words
    partial: _Words
    none: _Words


class _Title(_Strict):
    full: _Words
    partial: _Words


class _Lapse(_Strict):
    validity: _Validity
    title: _Title


def _read_words() -> _Lapse:
    """The words of lapse.yaml. Raises pydantic's ValidationError on an unknown or missing key."""
    text = Path(__file__).with_name("lapse.yaml").read_text(encoding="utf-8")
    return _Lapse.model_validate(YAML(typ="safe").load(text))


WORDS: Final = _read_words()
_TITLE_WORDS: Final = "|".join(sorted((*WORDS.title.partial, *WORDS.title.full), key=len, reverse=True))
_DAY: Final = r"(?:(?:19|20)\d\d(?:年|[-./])(?:\d{1,2}(?:月|[-./])?)?(?:\d{1,2}日?)?)"
_OPEN, _CLOSE = r"[\[【〖(〔「<]", r"[\]】〗)〕」>]"
_LAPSED: Final = (
    rf"(?:(?:本|该|此)(?:件|文件|文)|全文|文件)?(?:现已|已经|已)?(?:[于自从]?{_DAY}起?)?(?:全文|全部)?"
    rf"(?:被|已|宣布|自行){{0,2}}(?P<word>{_TITLE_WORDS})"
    rf"(?:文件)?(?:{_DAY})?"
)
_REPLACED: Final = r"已?被.{2,40}(?:废止|代替|替代|取代)"
_IN_BRACKETS: Final = rf"{_OPEN}(?:{_LAPSED}|{_REPLACED}){_CLOSE}"
_AT_BEGIN: Final = re.compile(rf"^{_IN_BRACKETS}")
_AT_END: Final = re.compile(rf"{_IN_BRACKETS}$")
# 已废止 without brackets counts where a sign or blank parts it from the title.
_BARE: Final = re.compile(r"^已(?:经)?(?:废止|失效)[\s:：|_—-]+|[\s|_—-]+已(?:经)?(?:废止|失效)\s*$")
_QUOTES: Final = re.compile("[《》<>〈〉“”\"'‘’「」]")
_NUMBER: Final = re.compile(
    r"([一-龥A-Za-z]{1,20})[\[(〔【<《{「]((?:19|20)\d\d)年?[\])〕】>》}」]第?0{0,4}(\d{1,5})(?:号|$|(?=[^\d]))"
)
_NUMBER_BEHIND: Final = re.compile(r"\([^()\[\]〔〕]{1,20}[\[(〔【]\d{4}年?[\])〕】]第?\d{1,5}号\)$")
# Words of the sentence or title before a number: no office writes them into its numbers.
_BEFORE_NUMBER: Final = re.compile(
    r"根据|依据|按照|依照|通知|意见|决定|批复|办法|规定|细则|方案|条例|文号|字号|关于|详见"
)
_CUT: Final = re.compile(r"(?:\.{2,}|…+|⋯+)$")
# 珠海市人民政府关于印发…的通知: the wrapper around a document. 转发 is none: the forwarding paper is another one.
_WRAPPED: Final = re.compile(
    r"^.{0,60}?关于(?:重新)?(?:印发|发布|公布|颁布|下发|颁发)(.{4,})的(?:通知|通告|公告|决定|函|令)$"
)
_WRAPPING: Final = re.compile(r"^.{0,60}?关于(?:重新)?(?:印发|发布|公布|颁布|下发|颁发)")
_ISSUED: Final = re.compile(
    r"^[一-龥、()]{2,60}?(?:政府|办公室|办公厅|局|委|会|厅|部|院|处|中心|办|署|所|总队|支队)(?=关于)"
)


@dataclass(frozen=True, slots=True)
class DocumentName:
    """What a document is known by: its number as a key (None where it has none) and its title in all its forms."""

    number: str | None
    titles: frozenset[str]

    def numbers_differ(self, other: "DocumentName") -> bool:
        return None not in (self.number, other.number) and self.number != other.number

    def same_number(self, other: "DocumentName") -> bool:
        return self.number is not None and self.number == other.number

    def same_title(self, other: "DocumentName") -> bool:
        return not self.titles.isdisjoint(other.titles)


@lru_cache(maxsize=200_000)  # every title that one judgement weighs
def document_name(title: str, doc_no: str | None = None) -> DocumentName:
    """The name of a document from its title and number; a number in the title counts where no other is given."""
    number = number_key(doc_no) if doc_no else None
    return DocumentName(number or number_key(title), _title_forms(title))


def number_key(text: str) -> str | None:
    """The first document number in a text as it is compared: 珠府办﹝2009﹞ 012号 as 珠府办[2009]12.

    Orders (政府令第12号) have none: their issuers are written in too many ways, and another office counts as well.
    """
    found = _NUMBER.search(plain_text(text[:_MAX_NUMBER]))
    if found is None:
        return None
    prefix = _BEFORE_NUMBER.split(found.group(1))[-1]
    return f"{prefix}[{found.group(2)}]{int(found.group(3))}" if prefix else None


def bare_number(text: str) -> str:
    """A number without the words of the sentence that run into it: 的通知珠府〔2009〕12号 as 珠府〔2009〕12号."""
    return _BEFORE_NUMBER.split(text)[-1] or text


def plain_text(text: str) -> str:
    """A text for comparing: full-width forms folded, blanks and invisible characters gone."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def bare_title(title: str) -> str:
    """A title without marks of repeal, its number in brackets behind it, quotation marks and blanks."""
    text = _BARE.sub("", unicodedata.normalize("NFKC", title[:MAX_TITLE]).strip())
    text = _BLANK.sub("", text)
    for pattern in (_AT_BEGIN, _AT_END):
        text = pattern.sub("", text)
    text = _NUMBER_BEHIND.sub("", text)
    return _QUOTES.sub("", text)


def is_cut(title: str) -> bool:
    """Whether a list shows only the beginning of the title."""
    return _CUT.search(plain_text(title[:MAX_TITLE])) is not None


def shown_parts(title: str) -> tuple[str, ...]:
    """Of a title that a list cuts, what is shown of it: the whole, and what stands behind 关于印发. None that is too
    short to tell one document from another."""
    shown = _CUT.sub("", bare_title(title))
    behind = _WRAPPING.sub("", shown)
    return tuple(dict.fromkeys(part for part in (shown, behind) if len(part) >= SHORTEST_CUT))


def _title_forms(title: str) -> frozenset[str]:
    whole = bare_title(title)
    without_issuer = _ISSUED.sub("", whole)
    wrapped = _WRAPPED.match(whole)
    forms = {whole, without_issuer, wrapped.group(1) if wrapped else ""}
    return frozenset(form for form in forms if len(form) >= _SHORTEST_CORE)


def title_mark(title: str) -> LapseMark | None:
    """The mark of repeal at a title's beginning or end: 【已废止】…, …（失效）. 关于废止…的决定 bears none."""
    folded = unicodedata.normalize("NFKC", title[:MAX_TITLE]).strip()
    text = _BLANK.sub("", folded)
    for pattern in (_AT_BEGIN, _AT_END):
        found = pattern.search(text)
        if found:
            return LapseMark(MarkPlace.TITLE, found.group(), found.group("word") in WORDS.title.partial)
    bare = _BARE.search(folded)
    return LapseMark(MarkPlace.TITLE, bare.group().strip(" :：|_—-")) if bare else None


def validity_mark(value: str | None) -> LapseMark | None:
    """What a validity field's value says; None for 有效, 已修改 and for anything that is no known word."""
    word = plain_text((value or "")[:MAX_TITLE]).strip("。.;:()[]【】")
    if word in WORDS.validity.partial:
        return LapseMark(MarkPlace.VALIDITY, word, partial=True)
    return LapseMark(MarkPlace.VALIDITY, word) if word in WORDS.validity.full else None
