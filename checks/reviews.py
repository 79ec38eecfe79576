"""What people say to a verdict: confirmed, overridden, annotated, appealed. The machine's own stays beside it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from checks.verdict import Flag, Status, Verdict


class Action(StrEnum):
    """One step in the record of a verdict."""

    CONFIRM = "confirm"  # a person looked and agrees
    OVERRIDE = "override"  # a person looked and decides otherwise
    ANNOTATE = "annotate"  # a remark; decides nothing
    APPEAL = "appeal"  # the agency contests it
    GRANT = "grant"  # the appeal is granted, with the status that then holds
    DISMISS = "dismiss"  # the appeal is dismissed


DECIDES: Final = frozenset({Action.OVERRIDE, Action.GRANT})


@dataclass(frozen=True, slots=True)
class Review:
    """One step: who, when (an instant with a zone), why, on what evidence. `machine` is the status that stood there
    when the person looked; `status` and `flags` are what shall hold, and only OVERRIDE and GRANT have them."""

    key: str  # `Verdict.key`
    action: Action
    author: str
    at: dt.datetime
    reason: str
    machine: Status
    status: Status | None = None
    flags: tuple[Flag, ...] | None = None  # None: as the machine says
    evidence: str | None = None


class ReviewError(Exception):
    """A step that cannot be taken. The message is one line, Chinese and English."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A verdict and what people said to it. `status` and `flags` hold; those of `verdict` are the machine's."""

    verdict: Verdict
    status: Status
    flags: tuple[Flag, ...]
    trail: tuple[Review, ...] = ()  # oldest first
    is_confirmed: bool = False  # a person agreed with what holds, or decided it
    is_contested: bool = False  # an appeal without an outcome
    is_outdated: bool = False  # decided about another verdict of the machine than today's

    @property
    def is_changed(self) -> bool:
        return (self.status, self.flags) != (self.verdict.status, self.verdict.flags)

    @property
    def days_late(self) -> int | None:
        return self.verdict.days_late if self.status is Status.LATE else None


def check_step(review: Review, trail: Iterable[Review]) -> None:
    """Raises ReviewError where the step makes no sense after those already taken."""
    if not review.author.strip() or not review.reason.strip():
        raise ReviewError(f"{review.key}：复核须写明复核人和理由 / author and reason must be given")
    if (review.action in DECIDES) != (review.status is not None):
        raise ReviewError(f"{review.key}：改判须且只有改判须给出新的判定 / a new status belongs to override and grant")
    contested = is_contested(trail)
    if review.action in (Action.GRANT, Action.DISMISS) and not contested:
        raise ReviewError(f"{review.key}：没有待处理的申诉 / there is no open appeal")
    if review.action is Action.APPEAL and contested:
        raise ReviewError(f"{review.key}：已有待处理的申诉 / an appeal is open already")


def is_contested(trail: Iterable[Review]) -> bool:
    open_appeal = False
    for step in trail:
        if step.action is Action.APPEAL:
            open_appeal = True
        elif step.action in (Action.GRANT, Action.DISMISS):
            open_appeal = False
    return open_appeal


def reviewed(verdicts: Iterable[Verdict], reviews: Iterable[Review]) -> tuple[Reviewed, ...]:
    """Each verdict with its trail, in the verdicts' order. Reviews of other verdicts are left out: `orphans`."""
    trails: dict[str, list[Review]] = defaultdict(list)
    for review in sorted(reviews, key=lambda r: r.at):
        trails[review.key].append(review)
    return tuple(_reviewed(verdict, tuple(trails.get(verdict.key, ()))) for verdict in verdicts)


def orphans(verdicts: Iterable[Verdict], reviews: Iterable[Review]) -> Iterator[Review]:
    """Reviews whose verdict is not among these: a corrected register no longer asks for it."""
    keys = {verdict.key for verdict in verdicts}
    return (review for review in reviews if review.key not in keys)


def _reviewed(verdict: Verdict, trail: tuple[Review, ...]) -> Reviewed:
    decided = next((step for step in reversed(trail) if step.action in DECIDES), None)
    looked = next((step for step in reversed(trail) if step.action in DECIDES | {Action.CONFIRM}), None)
    status = decided.status if decided and decided.status else verdict.status
    flags = decided.flags if decided and decided.flags is not None else verdict.flags
    return Reviewed(
        verdict=verdict,
        status=status,
        flags=flags,
        trail=trail,
        is_confirmed=looked is not None and looked.machine is verdict.status,
        is_contested=is_contested(trail),
        is_outdated=looked is not None and looked.machine is not verdict.status,
    )
