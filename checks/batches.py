"""Which instalments were put up together on one day, long after they were due (集中补发)?

One agency's instalments of one obligation that were due on different days and claim one and the same day: at least
three of them, at least two late. A document that serves several periods at once is a merged issue and counts once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checks.verdict import Flag, Status, Verdict

LEAST: Final = (
    3  # Pingtan's water reports of February to June 2022 came in one month (STANDARDS 3.5); two may be chance
)
LEAST_LATE: Final = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Instalments put up together, in the order of their due dates; `late` are the keys of those that were late."""

    obligation: str
    agency: str
    day: dt.date
    periods: tuple[str, ...]
    late: frozenset[str]


def batches(verdicts: Iterable[Verdict]) -> tuple[Batch, ...]:
    """All batches among the verdicts, by first appearance."""
    together: dict[tuple[str, str, str, dt.date], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.period is not None and verdict.published is not None and verdict.due is not None:
            together[verdict.plan, verdict.obligation, verdict.agency, verdict.published].append(verdict)
    found = (_batch(group) for group in together.values())
    return tuple(batch for batch in found if batch is not None)


def with_batches(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, each late one of a batch flagged and told so in its reason."""
    of = {key: batch for batch in batches(verdicts) for key in batch.late}
    return tuple(_flagged(verdict, of[verdict.key]) if verdict.key in of else verdict for verdict in verdicts)


def _batch(group: list[Verdict]) -> Batch | None:
    ordered = sorted(group, key=lambda v: (v.due or dt.date.max, v.period or "", v.url or ""))
    late = frozenset(v.key for v in ordered if v.status is Status.LATE)
    documents = len({v.url for v in ordered})
    if min(documents, len({v.due for v in ordered})) < LEAST or len(late) < LEAST_LATE:
        return None
    first = ordered[0]
    if first.published is None:
        return None
    periods = tuple(v.period for v in ordered if v.period is not None)
    return Batch(first.obligation, first.agency, first.published, periods, late)


def _flagged(verdict: Verdict, batch: Batch) -> Verdict:
    periods = f"{batch.periods[0]} – {batch.periods[-1]}"
    n = len(batch.periods)
    return replace(
        verdict,
        flags=tuple(flag for flag in Flag if flag in {*verdict.flags, Flag.BATCH}),
        reason=f"{verdict.reason}；{periods} 共 {n} 期于 {batch.day} 一次补发",
        reason_en=f"{verdict.reason_en}; {n} instalments ({periods}) were put up together on {batch.day}",
    )
