"""What is worth a notice, and its words. A notice goes out once; what it is about is named by a digest."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from checks.verdict import Status, Verdict
from reports.links import bounded
from reports.periods import period_name
from reports.texts import Lang, texts

ITEMS_NAMED: Final = 20  # a message is read on a telephone; the report has all


class Cause(StrEnum):
    OVERDUE = "overdue"  # newly overdue or missing
    SITE_DOWN = "site_down"
    FAILED = "failed"  # the run itself


@dataclass(frozen=True, slots=True)
class Notice:
    """One message. `digests` name everything that it tells; it is sent while any of them was not told yet."""

    cause: Cause
    title: str
    body: str
    digests: tuple[str, ...]


def overdue_notice(verdicts: Iterable[Verdict], told: frozenset[str], where: str) -> Notice | None:
    """The overdue and missing items that nobody was told of yet, in one message; None where there are none. An item
    that turns from overdue to missing is not told again."""
    fresh = [
        v for v in verdicts if v.status in (Status.OVERDUE, Status.MISSING) and _digest("overdue", v.key) not in told
    ]
    if not fresh:
        return None
    t = texts(Lang.ZH)
    lines = [
        f"· {v.agency}　{bounded(v.obligation_title or v.obligation)}　{period_name(v.period, t)}　应于 {v.due} 前公开"
        for v in fresh[:ITEMS_NAMED]
    ]
    if len(fresh) > ITEMS_NAMED:
        lines.append(f"……另有 {len(fresh) - ITEMS_NAMED} 项，见报告")
    digests = tuple(_digest("overdue", v.key) for v in fresh)
    return Notice(Cause.OVERDUE, f"新增逾期未公开 {len(fresh)} 项", "\n".join([*lines, where]), digests)


def site_notice(down: Mapping[str, str], told: frozenset[str], day: dt.date) -> Notice | None:
    """Sites that could not be entered (name -> why), once a site and day."""
    fresh = {name: why for name, why in down.items() if _digest("site", name, day.isoformat()) not in told}
    if not fresh:
        return None
    body = "\n".join(f"· {bounded(name)}：{why}" for name, why in fresh.items())
    digests = tuple(_digest("site", name, day.isoformat()) for name in fresh)
    return Notice(Cause.SITE_DOWN, f"{len(fresh)} 个网站无法进入", body, digests)


def failure_notice(job: str, said: str, told: frozenset[str], day: dt.date) -> Notice | None:
    """A run that failed, once a job and day, with the last line that it said."""
    digest = _digest("failed", job, day.isoformat())
    line = bounded(said.strip().splitlines()[-1]) if said.strip() else "没有说明"
    return None if digest in told else Notice(Cause.FAILED, f"定时任务 {job} 失败", line, (digest,))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
