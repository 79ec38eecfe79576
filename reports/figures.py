"""How many of how many: counts of verdicts with their denominators."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from checks.verdict import Flag, Status, Verdict


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by status. What could not be judged stays visible: it is part of `due`, never of `judged`."""

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    missing: int = 0
    not_due: int = 0
    inconclusive: int = 0
    manual: int = 0

    def count(self, status: Status) -> int:
        return int(getattr(self, status.value))

    @property
    def total(self) -> int:
        return sum(self.count(status) for status in Status)

    @property
    def due(self) -> int:
        """All but what is not due yet and what only a person can see."""
        return self.total - self.not_due - self.manual

    @property
    def judged(self) -> int:
        return self.due - self.inconclusive

    @property
    def absent(self) -> int:
        return self.missing + self.overdue

    @property
    def problems(self) -> int:
        return self.absent + self.late

    @property
    def on_time_rate(self) -> float | None:
        """Share of the judged that was on time, 0 to 1; None where nothing was judged."""
        return self.on_time / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Figures:
    """All counts of one audit. Mappings keep the order in which the verdicts first name a key; months are those
    of the due date ("2017-06"), in order, without the verdicts that have no due date."""

    overall: Tally
    by_agency: Mapping[str, Tally]
    by_obligation: Mapping[str, Tally]
    by_month: Mapping[str, Tally]
    flags: Mapping[Flag, int]


def figures(verdicts: Iterable[Verdict]) -> Figures:
    """Counts of the verdicts, overall and by agency, obligation and month of the due date."""
    known = tuple(verdicts)
    months = _by(known, lambda v: _month(v.due))
    flags = Counter(flag for v in known for flag in v.flags)
    return Figures(
        overall=tally(known),
        by_agency=_by(known, lambda v: v.agency),
        by_obligation=_by(known, lambda v: v.obligation),
        by_month=MappingProxyType({m: months[m] for m in sorted(months)}),
        flags=MappingProxyType({flag: flags[flag] for flag in Flag}),
    )


def tally(verdicts: Iterable[Verdict]) -> Tally:
    counts = Counter(v.status for v in verdicts)
    return Tally(**{status.value: counts[status] for status in Status})


def percent(part: int, whole: int) -> str | None:
    """ "81.3%"; None without a whole. Neither 100.0% nor 0.0% is said of what only rounds to it."""
    if not whole:
        return None
    tenths = (2000 * part + whole) // (2 * whole)  # half up, in whole numbers
    if part < whole:
        tenths = min(tenths, 999)
    if part > 0:
        tenths = max(tenths, 1)
    return f"{tenths // 10}.{tenths % 10}%"


def _by(verdicts: tuple[Verdict, ...], key: Callable[[Verdict], str | None]) -> Mapping[str, Tally]:
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        name = key(verdict)
        if name is not None:
            groups.setdefault(name, []).append(verdict)
    return MappingProxyType({name: tally(group) for name, group in groups.items()})


def _month(day: dt.date | None) -> str | None:
    return None if day is None else f"{day:%Y-%m}"
