"""Reviews and appeals: a person's steps about verdicts, one by one or from a team's sheets."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from checks.export import from_record
from checks.reviews import Action, Review, Reviewed, ReviewError, check_step, orphans, reviewed
from checks.verdict import Flag, Status
from db import reviewing
from db.reviewing import Run, Step
from db.store import open_store
from gongkai.arguments import SHANGHAI, InputError
from reports.review_sheet import Decision, SheetError, read_sheet, review_sheet
from reports.texts import Lang, texts
from reports.writing import replace_files


@dataclass(frozen=True, slots=True)
class Sitting:
    """A plan's newest judgement with everything that people said to it."""

    run: Run
    items: tuple[Reviewed, ...]
    orphans: tuple[Review, ...]  # about verdicts that this judgement has not


def sitting(engine: Engine, plan: str, as_of: dt.date | None = None) -> Sitting:
    """Raises InputError where the plan was never judged (as of that day)."""
    run = reviewing.newest_run(engine, plan, as_of)
    if run is None:
        when = f"（截至 {as_of}）" if as_of else ""
        raise InputError(f"库中没有 {plan} 的判定{when}，请先运行 gongkai check / the plan was not judged yet")
    verdicts = tuple(from_record(record) for record in reviewing.records_of_run(engine, run.number))
    steps = tuple(_review(step) for step in reviewing.steps_of(engine, plan))
    return Sitting(run, reviewed(verdicts, steps), tuple(orphans(verdicts, steps)))


def take_step(
    db: str,
    key: str,
    action: Action,
    *,
    author: str,
    reason: str,
    status: Status | None = None,
    flags: tuple[Flag, ...] | None = None,
    evidence: str | None = None,
    at: dt.datetime | None = None,
) -> Reviewed:
    """One person's step about one verdict, stored; the verdict as it then stands. Raises InputError."""
    engine = open_store(db, create=False)
    try:
        plan = key.split("/", 1)[0]
        before = _only(sitting(engine, plan).items, key)
        review = Review(
            key=key,
            action=action,
            author=author.strip(),
            at=at or dt.datetime.now(dt.UTC),
            reason=reason.strip(),
            machine=before.verdict.status,
            status=status,
            flags=flags,
            evidence=evidence,
        )
        _check([(review, before.trail)])
        reviewing.record_steps(engine, plan, [_step(review)])
        return _only(sitting(engine, plan).items, key)
    finally:
        engine.dispose()


def write_sheet(db: str, plan: str, out: Path, *, everything: bool) -> int:
    """The review sheet of a plan's newest judgement: what is to be decided, or every verdict. The number of rows."""
    engine = open_store(db, create=False)
    try:
        items = sitting(engine, plan).items
    finally:
        engine.dispose()
    open_ones = [item for item in items if everything or _is_open(item)]
    replace_files({out: review_sheet(open_ones)})
    return len(open_ones)


def read_sheets(db: str, plan: str, sheets: Sequence[Path], *, at: dt.datetime | None = None) -> int:
    """Take the steps of one or more filled sheets: all of them, or none where any of them contradict each other or
    what was decided since the sheet was made. The number of steps. Raises InputError naming every conflict."""
    engine = open_store(db, create=False)
    try:
        items = {item.verdict.key: item for item in sitting(engine, plan).items}
        decisions = [decision for path in sheets for decision in _read(path)]
        settled = _settled(decisions, items)
        moment = at or dt.datetime.now(dt.UTC)
        reviews = [_from_sheet(decision, moment) for decision in settled]
        _check([(review, items[review.key].trail) for review in reviews])
        reviewing.record_steps(engine, plan, [_step(review) for review in reviews])
        return len(reviews)
    finally:
        engine.dispose()


def trail_of(db: str, key: str) -> list[str]:
    """Everything that was said to one verdict of the newest judgement. Raises InputError."""
    engine = open_store(db, create=False)
    try:
        return trail_lines(_only(sitting(engine, key.split("/", 1)[0]).items, key))
    finally:
        engine.dispose()


def trail_lines(item: Reviewed) -> list[str]:
    """A verdict's record for the terminal: the machine's word, every step, what holds."""
    words = texts(Lang.ZH)
    lines = [f"{item.verdict.key}", f"机器判定：{words(f'status.{item.verdict.status}')}　{item.verdict.reason}"]
    for step in item.trail:
        moment = step.at.astimezone(SHANGHAI).isoformat(sep=" ", timespec="minutes")
        becomes = f" → {words(f'status.{step.status}')}" if step.status else ""
        evidence = f"（依据：{step.evidence}）" if step.evidence else ""
        lines.append(f"{moment}　{step.author}　{words(f'action.{step.action}')}{becomes}：{step.reason}{evidence}")
    lines.append(f"现行判定：{words(f'status.{item.status}')}{'（申诉待处理）' if item.is_contested else ''}")
    return lines


def _is_open(item: Reviewed) -> bool:
    """What a person has to look at: findings, flags, appeals, and what was decided about another verdict."""
    doubtful = item.verdict.status not in (Status.ON_TIME, Status.NOT_DUE) or bool(item.verdict.flags)
    return item.is_contested or item.is_outdated or (doubtful and not item.is_confirmed)


def _settled(decisions: Iterable[Decision], items: dict[str, Reviewed]) -> list[Decision]:
    """Equal decisions of several people count once; anything that contradicts is named, and nothing is taken."""
    by_key: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_key[decision.key].append(decision)
    problems, settled = [], []
    for key, found in by_key.items():
        item = items.get(key)
        first = found[0]
        if item is None:
            problems.append(f"{first.file} 第 {first.row} 行：库中没有判定 {key}")
        elif len({(d.action, d.status) for d in found}) > 1:
            said = "；".join(f"{d.file} 第 {d.row} 行（{d.author}）{_said(d)}" for d in found)
            problems.append(f"{key} 意见不一：{said}")
        elif len(item.trail) != first.steps:
            last = item.trail[-1] if item.trail else None
            who = f"{last.author}（{texts(Lang.ZH)(f'action.{last.action}')}）" if last else "他人"
            problems.append(f"{first.file} 第 {first.row} 行：{key} 在导出之后已由 {who} 复核，请重新导出再填")
        else:
            settled.append(first)
    if problems:
        raise InputError("复核表有冲突，未写入任何一条 / conflicts, nothing was taken：\n" + "\n".join(problems))
    return settled


def _said(decision: Decision) -> str:
    words = texts(Lang.ZH)
    becomes = f"为{words(f'status.{decision.status}')}" if decision.status else ""
    return words(f"action.{decision.action}") + becomes


def _read(path: Path) -> tuple[Decision, ...]:
    try:
        return read_sheet(path.read_bytes(), path.name)
    except OSError as error:
        raise InputError(f"{path}：无法读取 / cannot be read ({error.strerror})") from None
    except SheetError as error:
        raise InputError(str(error)) from None


def _from_sheet(decision: Decision, at: dt.datetime) -> Review:
    return Review(
        key=decision.key,
        action=decision.action,
        author=decision.author,
        at=at,
        reason=decision.reason,
        machine=decision.machine,
        status=decision.status,
        evidence=decision.evidence,
    )


def _check(steps: Iterable[tuple[Review, tuple[Review, ...]]]) -> None:
    try:
        for review, trail in steps:
            check_step(review, trail)
    except ReviewError as error:
        raise InputError(str(error)) from None


def _only(items: Iterable[Reviewed], key: str) -> Reviewed:
    found = next((item for item in items if item.verdict.key == key), None)
    if found is None:
        raise InputError(f"{key}：库中没有这一判定，编号应与 gongkai explain 所示相同 / no such verdict")
    return found


def _review(step: Step) -> Review:
    return Review(
        key=step.key,
        action=Action(step.action),
        author=step.author,
        at=step.at,
        reason=step.reason,
        machine=Status(step.machine),
        status=Status(step.status) if step.status else None,
        flags=None if step.flags is None else tuple(Flag(flag) for flag in step.flags),
        evidence=step.evidence,
    )


def _step(review: Review) -> Step:
    return Step(
        key=review.key,
        action=review.action.value,
        author=review.author,
        at=review.at,
        reason=review.reason,
        machine=review.machine.value,
        status=review.status.value if review.status else None,
        flags=None if review.flags is None else tuple(flag.value for flag in review.flags),
        evidence=review.evidence,
    )
