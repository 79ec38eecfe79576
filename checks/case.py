"""One expectation with all that was found for it, and the answer that a rule gives."""

import datetime as dt
from dataclasses import dataclass

from checks.clocks import Surroundings
from checks.coverage import Coverage, Need, ReadingIndex
from checks.due import DueDate
from checks.expectations import Expectation, Rule
from checks.matching import Matched, TitleIndex, Weighing
from checks.verdict import Candidate, ColumnRead, Flag, Status
from checks.wording import Sentence
from db.facts import Publication, Reading
from plans.register import Obligation


@dataclass(frozen=True, slots=True)
class Seen:
    """The facts, indexed once for all obligations."""

    titles: TitleIndex
    readings: ReadingIndex
    around: Surroundings
    portals: tuple[str, ...] = ()  # sites on which any agency's items may stand


@dataclass(frozen=True, slots=True)
class Case:
    """One expectation and all that was found for it."""

    expectation: Expectation
    as_of: dt.date
    seen: Seen
    matched: tuple[Matched, ...]
    weighing: Weighing
    need: Need
    covered: Coverage

    @property
    def obligation(self) -> Obligation:
        return self.expectation.obligation

    @property
    def sites(self) -> tuple[str, ...]:
        return tuple(site.id for site in self.expectation.sites)

    @property
    def due(self) -> dt.date:
        return self.expectation.due.day or self.expectation.plan.last_day

    @property
    def about(self) -> dict[str, str]:
        period = self.expectation.period
        if period is None or self.expectation.rule is not Rule.INSTALMENT:
            return {"about": "此项内容", "about_en": "this item"}
        return {"about": f"{period} 期次", "about_en": f"the instalment {period}"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule decided. `due` is what the publication was held to, None where no limit counted."""

    status: Status
    why: Sentence
    due: DueDate
    found: Publication | None = None
    flags: tuple[Flag, ...] = ()
    days_late: int | None = None
    reading: Reading | None = None  # the reading behind the answer where no publication is
    subject: str | None = None  # the document or letter that is judged, where there is no period
    candidates: tuple[Candidate, ...] | None = None  # weighed for this subject alone; None: those of the case
    columns: tuple[ColumnRead, ...] = ()  # weighed for this subject beside those of the case
    clocks: tuple[tuple[str, str], ...] = ()  # beside those of the publication: (name, what it says)
