"""What looks like an instalment by its title and is not it: interpretations, news about it, items of a higher level.

A look-alike is turned down and kept as a candidate. Where the agency may have published it in place of the instalment
it stays a doubt, so that nobody is accused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from checks.verdict import Refusal
from plans.load import load_file
from plans.register import Name, Pattern, Strict

# Bodies above every city, as sources and titles name them. A province's own portal is not audited with its cities'.
_HIGHER: Final = re.compile(
    r"国务院|中共中央|党中央|全国人大|最高人民|中华人民共和国|中国政府网|新华[社网]|人民(?:日报|网)"
    r"|国家[一-龥]{2,12}(?:局|委|部|署)|(?:财政|民政|教育|商务|公安|司法|水利|农业|环境保护|生态环境|交通运输|住房城乡建设)部"
    r"|[一-龥]{2,3}省(?:人民)?(?:政府|委|人大|[一-龥]{2,12}(?:厅|局|委|办))"
)


class Lookalike(Strict):
    """One sort of look-alike. `unless`: words in the register's own patterns that make it the wanted thing."""

    refusal: Refusal
    doubtful: bool
    patterns: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    unless: tuple[Name, ...]


class Lookalikes(Strict):
    """The file `lookalikes.yaml`."""

    lookalikes: tuple[Lookalike, ...]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Why a title is only a look-alike; `doubtful`: it may stand in place of the instalment."""

    refusal: Refusal
    doubtful: bool


def resemblance(title: str, source: str | None, wanted: Iterable[str]) -> Resemblance | None:
    """What sort of look-alike a publication is; None where it may be the thing itself.

    `title` plain (NFKC, without blanks) or raw; `source` what the page names as its source; `wanted` the register's
    title patterns.
    """
    asked = "".join(wanted)
    for sort, patterns in _sorts():
        if any(word in asked for word in sort.unless) or not any(pattern.search(title) for pattern in patterns):
            continue
        is_higher = sort.refusal is Refusal.FORWARDED and comes_from_above(title, source)
        return Resemblance(sort.refusal, sort.doubtful and not is_higher)
    return None


def comes_from_above(title: str, source: str | None) -> bool:
    """Whether a body of the province or the state is named as the source or in the title."""
    return _HIGHER.search(title) is not None or (source is not None and _HIGHER.search(source) is not None)


@cache
def _sorts() -> tuple[tuple[Lookalike, tuple[re.Pattern[str], ...]], ...]:
    """Raises PlanFileError where the file was edited into an error."""
    read = load_file(Path(__file__).with_name("lookalikes.yaml"), Lookalikes).value
    return tuple((sort, tuple(re.compile(pattern) for pattern in sort.patterns)) for sort in read.lookalikes)
