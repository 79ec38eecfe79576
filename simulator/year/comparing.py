"""Holds verdict lines (`verdicts.jsonl`) against the key, and counts how well accusations agree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.year.answer import ACCUSING, ACCUSING_FLAGS, Answer

Line = Mapping[str, Any]
# What the statuses themselves say about the reason; a status that is not here has the answer's own reasons.
IMPLIED = {
    "on_time": frozenset({"found"}),
    "late": frozenset({"found"}),
    "overdue": frozenset({"not_found"}),
    "missing": frozenset({"not_found"}),
    "not_due": frozenset({"not_due", "nothing_to_judge"}),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the program and the key disagree: about what, which was expected, what was said."""

    what: str
    answer: Answer
    said: Line | None


@dataclass(slots=True)
class Tally:
    """Counts over any number of cities. Keys of the counters: `status late`, `flag removed`, `reason robots`."""

    answers: int = 0
    free: int = 0  # answers for which more than one status is right
    agreeing: int = 0
    expected: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    unread_accused: int = 0
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.answers += other.answers
        self.free += other.free
        self.agreeing += other.agreeing
        self.unread_accused += other.unread_accused
        self.differences += other.differences
        for name in ("expected", "found", "wrong", "lost"):
            getattr(self, name).update(getattr(other, name))

    def accusations(self) -> tuple[int, int, int]:
        """Rightly made, wrongly made, lost."""
        right = sum(self.found[key] - self.wrong[key] for key in self.found if _accuses(key))
        wrong = sum(n for key, n in self.wrong.items() if _accuses(key))
        return right, wrong, sum(n for key, n in self.lost.items() if _accuses(key))


def _accuses(key: str) -> bool:
    return key.rpartition(" ")[2] in ACCUSING | ACCUSING_FLAGS | {"unlabelled"}


def compare(answers: Sequence[Answer], verdicts: Iterable[Line]) -> Tally:
    """Every answer of the key against the verdict that it is about."""
    said: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in verdicts:
        said[line["obligation"], line["agency"]].append(line)
    tally = Tally()
    for answer in answers:
        _weigh(tally, answer, _verdict_for(answer, said[answer.obligation, answer.agency]))
    return tally


def _verdict_for(answer: Answer, lines: Sequence[Line]) -> Line | None:
    if answer.period is not None:
        return next((line for line in lines if line["period"] == answer.period), None)
    if answer.url is not None:
        same = [line for line in lines if line["url"] == answer.url]
        if same or answer.words is None:
            return next(iter(same), None)
    if answer.words is not None:
        return next((line for line in lines if answer.words in (line["subject"] or line["title"] or "")), None)
    return next(iter(lines), None)


def _weigh(tally: Tally, answer: Answer, line: Line | None) -> None:
    if line is None and answer.optional:
        return
    truth = answer.truth
    tally.answers += 1
    tally.free += len(truth.statuses) > 1
    before = len(tally.differences)
    status = line["status"] if line else "none"
    fits = status in truth.statuses
    owed = status if fits else truth.statuses[0]
    _count(tally, (answer, line), f"status {_named(answer, owed)}", f"status {_named(answer, status)}", fits)
    flags = set(line["flags"]) if line else set()
    for flag in sorted(truth.flags | flags):
        expected, found = flag in truth.flags or (flag in truth.free and flag in flags), flag in flags
        _count(
            tally,
            (answer, line),
            f"flag {flag}" if expected else "",
            f"flag {flag}" if found else "",
            expected == found,
        )
    if fits and line:
        reason = str(line["reason"]).partition(":")[0].strip()
        reasons = IMPLIED.get(status, truth.reasons)
        right = not reasons or reason in reasons
        owed = reason if right else "/".join(sorted(reasons))
        _count(tally, (answer, line), f"reason {owed}", f"reason {reason}", right)
    if truth.hindered and status in ACCUSING:
        tally.unread_accused += 1
    tally.agreeing += len(tally.differences) == before


def _named(answer: Answer, status: str) -> str:
    """An unlabelled document is an accusation of its own name."""
    return "unlabelled" if answer.kind == "label" and status in ("overdue", "missing") else status


def _count(tally: Tally, about: tuple[Answer, Line | None], expected: str, found: str, agrees: bool) -> None:
    if expected:
        tally.expected[expected] += 1
    if found:
        tally.found[found] += 1
    if agrees:
        return
    if found:
        tally.wrong[found] += 1
    if expected:
        tally.lost[expected] += 1
    tally.differences.append(Difference(f"{expected or '-'} -> {found or '-'}", *about))
