"""`gongkai check --against RUN`: which verdicts moved since an earlier run, and what moved each.

The causes are found by judging again, not guessed: what the earlier run's facts give under today's register and rules,
then today's facts as of the earlier day, then today's verdict. Where one of these steps changes a verdict, that step
is a cause. What the register, the rules (the code of `checks/`) and the sites file changed cannot be told apart by
judging; the first two are told by their digests.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

import checks
from checks.judge import judge
from checks.verdict import Verdict
from db.facts import Facts
from db.reading import Run, facts_for, runs, verdicts_of
from db.store import open_store
from gongkai.arguments import SHANGHAI, InputError, Lang
from plans.register import Register
from plans.sites import Sites
from reports.moves import moved, run_line
from reports.texts import Lang as ReportLang

LAST: Final = "last"
RUNS_NAMED: Final = 10  # in an error; `gongkai runs` lists all


class Cause(StrEnum):
    """Why a verdict moved between two runs."""

    REGISTER = "register"  # the register was changed
    RULES = "rules"  # the judging code was
    SITES = "sites"  # neither: the sites file, or a crawl that was then under way
    FACTS = "facts"  # something new was seen
    AS_OF = "as_of"  # the day as of which is judged


@dataclass(frozen=True, slots=True)
class Standing:
    """What one run said of one expectation."""

    status: str
    flags: tuple[str, ...]
    published: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Move:
    """A verdict that is not what it was. `was` or `now` is None where only one of the runs has it. `seen` is what the
    new facts are, where they are a cause: addresses and instants."""

    key: str
    was: Standing | None
    now: Standing | None
    causes: tuple[Cause, ...]
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs of one plan, and who moved between them, in the order of today's verdicts."""

    before: Run
    number: int
    moves: tuple[Move, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Judging:
    """What today's verdicts rest on."""

    register: Register
    sites: Sites
    register_digest: str
    facts: Facts


@cache
def rules_digest() -> str:
    """Names the judging code: equal sources and data of `checks/`, equal digest."""
    folder = Path(checks.__file__).parent
    digest = hashlib.sha256()
    for path in sorted((*folder.glob("*.py"), *folder.glob("*.yaml"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def run_named(engine: Engine, plan: str, against: str) -> Run:
    """The stored run that `against` means: its number, or `last`. Raises InputError, naming the runs there are."""
    known = runs(engine, plan)
    if against == LAST and known:
        return known[-1]
    found = [run for run in known if against == str(run.number)]
    if found:
        return found[0]
    numbers = "、".join(str(run.number) for run in known[-RUNS_NAMED:]) or "—"
    raise InputError(
        f"--against {against}: {plan} 没有这次判定，编号有：{numbers}，或 last / no such run of this plan; gongkai runs"
    )


def compare(engine: Engine, before: Run, task: Judging, verdicts: Sequence[Verdict]) -> tuple[Move, ...]:
    """Who moved since `before`: `verdicts` are today's."""
    then = facts_for(engine, [site.id for site in task.sites.sites], before.last_crawl)
    stages = [
        {body["key"]: _stored(body) for body in verdicts_of(engine, before.number)},
        {v.key: _standing(v) for v in judge(task.register, task.sites, then, before.as_of)},
        {v.key: _standing(v) for v in judge(task.register, task.sites, task.facts, before.as_of)},
        {v.key: _standing(v) for v in verdicts},
    ]
    changed = _changed_rules(before, task.register_digest)
    by_key = {verdict.key: verdict for verdict in verdicts}
    keys = dict.fromkeys([*by_key, *stages[0]])
    moves = (_move(key, [stage.get(key) for stage in stages], changed, by_key.get(key)) for key in keys)
    return tuple(move for move in moves if move is not None)


def _changed_rules(before: Run, digest: str) -> tuple[Cause, ...]:
    causes = [Cause.REGISTER] if before.register_digest != digest else []
    causes += [Cause.RULES] if before.rules != rules_digest() else []
    return tuple(causes) or (Cause.SITES,)


def _move(key: str, stages: list[Standing | None], changed: tuple[Cause, ...], verdict: Verdict | None) -> Move | None:
    was, then, again, now = stages
    if _same(was, now):
        return None
    causes = [] if _same(was, then) else [*changed]
    causes += [] if _same(then, again) else [Cause.FACTS]
    causes += [] if _same(again, now) else [Cause.AS_OF]
    seen = _seen(verdict) if Cause.FACTS in causes and verdict else ()
    return Move(key, was, now, tuple(causes), seen)


def _same(one: Standing | None, other: Standing | None) -> bool:
    """Whether a reader would say that nothing moved: the same status, flags and day."""
    if one is None or other is None:
        return one is other
    return (one.status, one.flags, one.published) == (other.status, other.flags, other.published)


def _seen(verdict: Verdict) -> tuple[str, ...]:
    """The facts behind the verdict: its page and when it was first seen, and the reading that decided."""
    found = [f"{verdict.url} {verdict.first_seen.astimezone(SHANGHAI):%Y-%m-%d}"] if verdict.first_seen else []
    return tuple(found + [f"{column.column} {column.read_at[:10]}" for column in verdict.columns[:1]])


def _standing(verdict: Verdict) -> Standing:
    published = verdict.published.isoformat() if verdict.published else None
    return Standing(verdict.status.value, tuple(flag.value for flag in verdict.flags), published, verdict.reason)


def _stored(body: Mapping[str, Any]) -> Standing:
    reason = body["reason"].partition(": ")[2]
    return Standing(body["status"], tuple(body["flags"]), body["published"], reason)


def record(compared: Compared) -> dict[str, Any]:
    """The comparison as one JSON object, as `--json` prints it."""
    moves = [
        {
            "key": move.key,
            "was": asdict(move.was) if move.was else None,
            "now": asdict(move.now) if move.now else None,
            "causes": [cause.value for cause in move.causes],
            "seen": list(move.seen),
        }
        for move in compared.moves
    ]
    before = compared.before
    head = {"run": compared.number, "against": before.number, "as_of": before.as_of.isoformat()}
    return head | {"total": compared.total, "moves": moves}


def described(compared: Compared, lang: Lang, *, as_json: bool) -> Iterator[str]:
    """Lines for the terminal, or one line of JSON."""
    data = record(compared)
    yield from [json.dumps(data, ensure_ascii=False)] if as_json else moved(data, ReportLang(lang.value))


def listed_runs(db: str, lang: Lang, *, as_json: bool) -> Iterator[str]:
    """`gongkai runs`: every stored run of the judge, a line each."""
    engine = open_store(db, create=False)
    try:
        known = [_run_record(run) for run in runs(engine)]
    finally:
        engine.dispose()
    for run in known:
        yield json.dumps(run, ensure_ascii=False) if as_json else run_line(run, ReportLang(lang.value))


def _run_record(run: Run) -> dict[str, Any]:
    return {
        "run": run.number,
        "plan": run.plan,
        "as_of": run.as_of.isoformat(),
        "judged_at": run.judged_at.isoformat(),
        "register": run.register_digest,
        "rules": run.rules,
        "counts": run.counts,
    }
