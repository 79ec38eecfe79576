"""What instalments, explanations and look-alikes are called, and whether the register's patterns know them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as patterns  # type: ignore[attr-defined]
from typing import Annotated, Any

from pydantic import Field

from plans.load import load_file
from plans.register import Cadence, Obligation, Pattern, Strict
from simulator.due import Slot

QUARTERS = "一二三四"
HALVES = ("上半年", "下半年")
# Words of an obligation's own title that speak of time and would spoil the title of an instalment.
TIME_WORDS = re.compile(
    r"每[日周月季年]|按[日周月季年]度?|逐[月季年]|定期|20\d\d年度?|上?月度|上[月季年]|季度|半年度?|年度"
)

Templates = tuple[str, ...]


class Theme(Strict):
    match: Pattern
    what: Annotated[Templates, Field(min_length=1)]
    adjustment: Templates = ()


class Wording(Strict):
    """The wording file `data/titles.yaml`."""

    heads: dict[Cadence, Templates]
    cumulative: Templates
    half_year: Templates
    no_year: Templates
    merged: Templates
    interpretation: Templates
    themes: tuple[Theme, ...]
    related: dict[str, str]


@cache
def wording() -> Wording:
    path = Path(__file__).parent / "data" / "titles.yaml"
    return load_file(path, Wording).value


@dataclass(frozen=True, slots=True)
class Naming:
    """How one obligation's instalments are called on its site."""

    place: str
    what: str
    heads: Templates
    cumulative: Templates
    half_year: Templates
    no_year: Templates
    merged: Templates
    adjustment: Templates


def recognised(obligation: Obligation, title: str) -> bool:
    """Whether the register's own patterns take this title for an instalment of the obligation."""
    evidence = obligation.evidence
    wanted = not evidence.title or any(_compiled(pattern).search(title) for pattern in evidence.title)
    return wanted and not any(_compiled(pattern).search(title) for pattern in evidence.exclude)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A register has more patterns than the standard library keeps compiled."""
    return re.compile(pattern)


def fill(template: str, place: str, what: str, slot: Slot) -> str:
    """A title made from one template for the period of `slot`."""
    shown_place = "" if what.startswith((place, "全市", "我市", "本市")) else place
    return template.format(
        place=shown_place,
        what=what,
        year=slot.year,
        before=slot.year - 1,
        month=slot.number,
        quarter=QUARTERS[(slot.number - 1) % 4],
        half=HALVES[(slot.number - 1) % 2],
        week=slot.number,
    )


def namings(obligation: Obligation, place: str, sample: Slot) -> Iterator[Naming]:
    """Every way to call the instalments that the register recognises, the most natural first."""
    words, heads = wording(), wording().heads.get(sample.cadence, ())
    theme = _theme(obligation)
    for what in _subjects(obligation, theme):

        def kept(templates: Sequence[str], what: str = what) -> Templates:
            return tuple(t for t in templates if recognised(obligation, fill(t, place, what, sample)))

        monthly = sample.cadence is Cadence.MONTHLY
        variants = (words.cumulative, words.half_year, words.no_year, words.merged) if monthly else ((), (), (), ())
        for head in kept(heads):
            cumulative, half_year, no_year, merged = (kept(v) for v in variants)
            adjustment = theme.adjustment if theme else ()
            yield Naming(place, what, (head,), cumulative, half_year, no_year, merged, adjustment)


def subjects(obligation: Obligation) -> Iterable[str]:
    """What its articles may be about, the most natural first; the register need not recognise all of them."""
    return _subjects(obligation, _theme(obligation))


def _theme(obligation: Obligation) -> Theme | None:
    text = " ".join((obligation.title, *obligation.evidence.title))
    return next((theme for theme in wording().themes if re.search(theme.match, text)), None)


def _subjects(obligation: Obligation, theme: Theme | None) -> Iterable[str]:
    own = TIME_WORDS.sub("", obligation.title).strip()
    samples = [sample(pattern) for pattern in obligation.evidence.title]
    tails = ("情况", "信息", "报告", "")
    found = [*(theme.what if theme else ()), own, *(s + tail for s, tail in product(samples, tails))]
    return dict.fromkeys(subject for subject in found if 2 <= len(subject) <= 60)


def sample(pattern: str) -> str:
    """A short text that the regular expression probably matches; the caller checks whether it really does."""
    return str(_sample(patterns.parse(pattern)))


def _sample(parsed: Any) -> str:  # noqa: ANN401 - the parse tree of the standard library has no public type
    return "".join(_sample_one(code, value) for code, value in parsed)


def _sample_one(code: Any, value: Any) -> str:  # noqa: ANN401
    if code is codes.LITERAL:
        return str(chr(value))
    if code is codes.BRANCH:
        return _sample(value[1][0])
    if code is codes.SUBPATTERN:
        return _sample(value[-1])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return _sample(value[2]) * int(min(value[0], 8))
    if code is codes.IN:
        return _sample_set(value)
    return "某" if code is codes.ANY else ""


def _sample_set(members: Any) -> str:  # noqa: ANN401
    for code, value in members:
        if code is codes.LITERAL:
            return chr(value)
        if code is codes.RANGE:
            return chr(value[0])
        if code is codes.CATEGORY:
            return "1" if value is codes.CATEGORY_DIGIT else "某"
    return "某"
