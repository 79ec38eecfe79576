"""One answer of the key, and how it is compared: where DESIGN leaves freedom, a set of statuses or flags is right."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ACCUSING = frozenset({"late", "overdue", "missing"})
ACCUSING_FLAGS = frozenset({"incomplete", "backdated"})


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful auditor says: any of the statuses, all of the flags in `flags`, none but those and `free` ones.

    `reasons` are the code words that fit where the status is `inconclusive` (empty: any). `hindered`: the place could
    not be read, so that any accusation of absence would be without proof.
    """

    statuses: tuple[str, ...]
    flags: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    hindered: bool = False
    published: dt.date | None = None


def truth(*statuses: str, flags: Iterable[str] = (), free: Iterable[str] = (), **more: Any) -> Truth:  # noqa: ANN401
    return Truth(statuses, frozenset(flags), frozenset(free), **more)


def unread(*reasons: str, hindered: bool = True) -> Truth:
    return Truth(("inconclusive",), reasons=frozenset(reasons), hindered=hindered)


@dataclass(frozen=True, slots=True)
class Answer:
    """One expectation of the key. It is found among the verdicts of its obligation and agency by its period, by the
    address of its document, or by words of its subject; with none of these any verdict of theirs is meant."""

    kind: str
    obligation: str
    agency: str
    truth: Truth
    period: str | None = None
    url: str | None = None
    words: str | None = None
    planted: tuple[str, ...] = ()
    optional: bool = False  # no verdict at all is right as well
    due: dt.date | None = None
    as_of: dt.date | None = None
