"""The phrases of plans, read from `lexicon.yaml`."""

import re
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer

from plans.load import load_file
from plans.patterns import compiles
from plans.register import After, Kind, Name, Strict


def _compiled(value: object) -> object:
    """Spans of lines that YAML folds are one pattern without blanks."""
    return re.compile(compiles("".join(value.split()))) if isinstance(value, str) else value


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled), PlainSerializer(lambda pattern: pattern.pattern)]


class Stated(StrEnum):
    """How often, in the words of plans: vague ones are kept apart from periods, as in the JSON Lines."""

    REALTIME = "realtime"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    ONCE_BY_DATE = "once_by_date"
    ON_EVENT = "on_event"
    TIMELY = "timely"
    AS_APPROPRIATE = "as_appropriate"
    REGULARLY = "regularly"
    DYNAMIC = "dynamic"
    UNSPECIFIED = "unspecified"


class Means(StrEnum):
    """How the numbers of a time limit are read."""

    DAY_OF_NEXT_PERIOD = "day_of_next_period"
    DAYS_AFTER_PERIOD = "days_after_period"
    HOURS_AFTER = "hours_after"
    DAYS_AFTER = "days_after"
    DATE = "date"
    MONTH_END = "month_end"
    BEFORE_MONTH = "before_month"
    HALF_YEAR_END = "half_year_end"
    QUARTER_END = "quarter_end"
    YEAR_END = "year_end"


class Entry(Strict):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class CadencePhrase(Entry):
    """`whole`: the longer phrase to show; `unless`: blanked before the search; `implied`: phrases from which the
    cadence is only inferred, so a reviewer is told (an empty one: all of them)."""

    cadence: Stated
    pattern: Pattern
    whole: Pattern | None = None
    unless: tuple[Pattern, ...] = ()
    implied: tuple[str, ...] = ()
    examples: dict[str, str] = Field(min_length=1)
    not_in: tuple[str, ...] = ()


class DeadlinePhrase(Entry):
    """`needs`: it counts only beside one of these cadences. `examples`: text -> limit, in a plan for 2017."""

    means: Means
    pattern: Pattern
    needs: tuple[Stated, ...] = ()
    examples: dict[str, str] = Field(min_length=1)
    not_in: tuple[str, ...] = ()


class AgencyWords(Entry):
    labels_lead: tuple[Pattern, ...]
    labels_lead_or_helps: tuple[Pattern, ...]
    labels_helps: tuple[Pattern, ...]
    leads: Pattern
    helps: Pattern
    jointly: Pattern
    fillers: Pattern
    more: Pattern
    not_more: Pattern
    suffixes: Pattern
    subject: Pattern


class CoveringWords(Entry):
    subject: Pattern
    publishes: Pattern
    what: Pattern
    where_or_when: Pattern
    not_ours: Pattern


class KindWords(Entry):
    kind: Kind
    pattern: Pattern


class CoverWords(Entry):
    counts: Pattern
    wide: Pattern
    fields: Pattern


class Lexicon(Entry):
    cadences: tuple[CadencePhrase, ...]
    deadlines: tuple[DeadlinePhrase, ...]
    column_deadlines: tuple[DeadlinePhrase, ...]
    limits_from: dict[After, tuple[str, ...]]
    open_ended: tuple[Pattern, ...]
    time_cells: tuple[Pattern, ...]
    heads: dict[str, tuple[Pattern, ...]]
    agencies: AgencyWords
    general_sections: tuple[Pattern, ...]
    noise: tuple[Pattern, ...]
    covering: CoveringWords
    publishing: Pattern
    duties: Pattern
    channels: dict[Name, Pattern]
    kinds: tuple[KindWords, ...]
    covers: CoverWords


@cache
def lexicon() -> Lexicon:
    """Raises PlanFileError where the file was edited into an error."""
    return load_file(Path(__file__).with_name("lexicon.yaml"), Lexicon).value
