"""The clauses of a plan as they are read from a document, and the obligations drafted from them."""

from dataclasses import dataclass
from enum import StrEnum

from plans.reading.lexicon import Stated
from plans.register import Kind


class Origin(StrEnum):
    """Where in the document a measure stands."""

    TABLE = "table"
    NARRATIVE = "narrative"
    COVERING = "covering"


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's head: its numeral (empty where it has none) and its words; `whole` as the document has it."""

    numeral: str
    title: str
    whole: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A measure before anybody asked what it obliges to. `time`: what a time column or label says."""

    path: tuple[Heading, ...]
    number: str
    text: str
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    time: str
    origin: Origin
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One thing to be published or done. `deadline`: a normalised limit (`day 25 of the next month`,
    `10 working days after repeal`, `2017-12-31`), empty where none is stated."""

    title: str
    kind: Kind
    cadence: Stated
    cadence_phrase: str
    deadline: str
    channel: str
    covers: tuple[str, ...]
    fields: tuple[str, ...]
    patterns: tuple[str, ...]
    text: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A clause with its obligations; there is at least one."""

    clause: Clause
    obligations: tuple[Draft, ...]

    @property
    def section(self) -> str:
        """`一`, `三(一)`; the title where no level above the measure is numbered; empty without any."""
        numerals = "".join(heading.numeral for heading in self.clause.path)
        return numerals or " > ".join(heading.whole for heading in self.clause.path)

    @property
    def doubts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.clause.doubts, *(d for draft in self.obligations for d in draft.doubts))))


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """A document read as a plan. `year` and `place` are None where neither the caller nor the title says them."""

    title: str
    place: str | None
    year: int | None
    file: str
    sha256: str
    measures: tuple[Measure, ...]
    doubts: tuple[str, ...] = ()
