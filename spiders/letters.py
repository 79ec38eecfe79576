"""What does a page or a list's row say about a public letter: when was it asked, when answered, or not yet?

Labels and words: `letters.yaml`. A page without a label for the day of asking or answering is no letter's page.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from spiders.dates import find_dates
from spiders.records import Letter
from spiders.visible import Line

MAX_LINES: Final = 2_000  # of one page in which labels are looked for
_LONGEST_LINE: Final = 300  # characters; head lines of letters have below 120, sentences with a label are none
_LONGEST_MOMENT: Final = 24  # characters of a cell that is a day and time
_LONGEST_STATUS: Final = 12  # characters of a cell or value that is a status and no sentence
_BLANK: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff\x02]+")
_STATUS: Final = re.compile(r"(?:办理|回复|答复|处理|信件|来信|受理|办件)?(?:状态|情况|结果)[:：]")
_REPLY: Final = re.compile(r"[\[【(（]?(?:答复|回复|办理|处理|反馈)(?:内容|意见|结果|情况)?[\]】)）]?(?:[:：]|$)")
_TRIMMED: Final = "[]()（）【】:：。"
_Words = Annotated[tuple[str, ...], Field(min_length=1)]


class _LetterWords(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    asked: _Words
    answered: _Words
    pending: _Words


def letter_on(lines: Sequence[Line]) -> Letter | None:
    """The letter on a page, from its visible lines; None where no label says that it is one. Never raises."""
    texts = [line.text for line in lines[:MAX_LINES] if not line.frame]
    return _letter(list(_labelled(texts)), texts)


def letter_in_row(beside: Iterable[tuple[str, str]]) -> Letter | None:
    """The letter in a list's row, from its pieces of text and their columns' headings. Never raises."""
    pieces = [(_plain(heading), text) for heading, text in beside]
    pairs = [(heading, text) for heading, text in pieces if heading]
    texts = [text for _, text in pieces]
    return _letter([*pairs, *_labelled(texts)], texts)


def _letter(pairs: Sequence[tuple[str, str]], texts: Iterable[str]) -> Letter | None:
    words = _words()
    asked, answered = _day(pairs, words.asked), _day(pairs, words.answered)
    shown = any(label in words.asked or label in words.answered for label, _ in pairs)
    if not shown:
        return None
    said = list(texts)
    pending = answered is None and any(_is_pending(text) for text in said) and not _is_replied(said)
    return Letter(asked, answered, pending)


def _labelled(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Labels with what follows them: in their own line, or in the next one where the label fills the line (a cell)."""
    following = [*texts[1:], ""][: len(texts)]  # a page may have no lines at all
    for text, after in zip(texts, following, strict=True):
        line = _plain(text) if len(text) <= _LONGEST_LINE else ""
        for found in _labels().finditer(line):
            value = line[found.end() :].lstrip(":：")
            yield found.group(), value or (_plain(after) if len(after) <= _LONGEST_MOMENT else "")


def _day(pairs: Iterable[tuple[str, str]], labels: Iterable[str]) -> dt.date | None:
    """The first day that stands right behind one of the labels."""
    wanted = frozenset(labels)
    for label, value in pairs:
        dates = find_dates(_spaced(value)) if label in wanted else []
        if dates and dates[0].start <= 2:
            return dates[0].day
    return None


def _spaced(value: str) -> str:
    """2017-05-0310:20 as 2017-05-03 10:20: blanks were dropped to read the labels."""
    return re.sub(r"^(\d{4}[-/.]\d\d[-/.]\d\d)(?=\d\d:)", r"\1 ", value[:60])


def _is_pending(text: str) -> bool:
    """Whether a cell, or the value of a status label, says that the letter has no answer yet."""
    line = _plain(text[:_LONGEST_LINE])
    label = _STATUS.search(line)
    value = line[label.end() :] if label else line
    words = _words().pending
    if label:
        return value.startswith(words)
    return len(value) <= _LONGEST_STATUS and value.strip(_TRIMMED) in words


def _is_replied(texts: Sequence[str]) -> bool:
    """Whether an answer stands there, behind its label or in the cell beside it: a status may never have been set
    forth."""
    lines = [_plain(text[:_LONGEST_LINE]) for text in texts]
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        found = _REPLY.match(line)
        value = (line[found.end() :] or following) if found else ""
        if len(value) > _LONGEST_STATUS and not value.startswith(_words().pending):
            return True
    return False


def _plain(text: str) -> str:
    return _BLANK.sub("", text)


@cache
def _words() -> _LetterWords:
    """Raises pydantic's ValidationError where the file was edited into an error."""
    text = Path(__file__).with_name("letters.yaml").read_text(encoding="utf-8")
    return _LetterWords.model_validate(YAML(typ="safe").load(text))


@cache
def _labels() -> re.Pattern[str]:
    words = sorted((*_words().asked, *_words().answered), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))
