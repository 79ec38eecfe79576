"""Drawing a spot-check: a random sample by stratum that anyone can draw again from the seed and the frame.

Each site's lot is SHA-256 of "seed/round/site id"; within a stratum the lowest lots are drawn. No generator of any
language or version is involved, so that a sheet of paper and `sha256sum` can check the draw.

The yardstick of 30 % stands in the national bulletins of 2017 (STANDARDS 1.8; the sentence itself was not re-read).
"""

import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SHARE: Final = 0.3
_ROUND: Final = re.compile(r"(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))\Z")


class Why(StrEnum):
    """Why a site is in the sample."""

    FAILED = "failed"  # failed last time: checked again
    YEARLY = "yearly"  # not checked yet this year, and every unit is checked once a year
    DRAWN = "drawn"  # by lot


class SamplingError(Exception):
    """The sample cannot be drawn. The message is one line, Chinese and English."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One site of the frame."""

    id: str
    name: str
    agency: str
    level: str  # its stratum
    url: str


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier round: which sites were in it and which of them failed."""

    round: str
    sites: frozenset[str]
    failed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Drawn:
    unit: Unit
    why: Why
    lot: str  # hexadecimal


@dataclass(frozen=True, slots=True)
class Stratum:
    level: str
    size: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A drawn sample: by stratum in the frame's order, then by lot."""

    round: str
    seed: str
    share: float
    frame_digest: str
    units: tuple[Drawn, ...]
    strata: tuple[Stratum, ...]

    @property
    def share_drawn(self) -> float:
        return len(self.units) / sum(stratum.size for stratum in self.strata)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What earlier rounds ask of this one."""

    failed: frozenset[str]  # last time
    checked: frozenset[str]  # this year
    rounds_left: int


def frame_digest(frame: Iterable[Unit]) -> str:
    """Names the frame: the same sites in whatever order, the same digest; one site more or less, another."""
    lines = sorted("\t".join((u.id, u.level, u.agency, u.name, u.url)) for u in frame)
    return "sha256:" + hashlib.sha256("\n".join(lines).encode()).hexdigest()


def draw(frame: Sequence[Unit], round_: str, seed: str, share: float = SHARE, past: Iterable[Past] = ()) -> Sample:
    """The sample of one round (`2017-06`, `2017-Q2`). `past` are the earlier rounds that count: those of the same
    year for the yearly turn, and the last one of all for the failed. Raises SamplingError."""
    if not frame:
        raise SamplingError("抽样框为空，没有可抽查的网站 / the frame is empty: no site to draw")
    if not 0 < share <= 1:
        raise SamplingError(f"抽查比例 {share:g} 应大于 0、不超过 1 / the share must be above 0 and at most 1")
    if len({unit.id for unit in frame}) < len(frame):
        raise SamplingError("抽样框中有重复的网站编号 / a site id occurs twice in the frame")
    earlier = sorted(
        (p for p in past if round_order(p.round) < round_order(round_)), key=lambda p: round_order(p.round)
    )
    failed = earlier[-1].failed if earlier else frozenset()
    checked = {site for p in earlier if p.round[:4] == round_[:4] for site in p.sites}
    turn = _Turn(failed, frozenset(checked), rounds_left(round_))
    lots = {unit.id: _lot(seed, round_, unit.id) for unit in frame}
    by_level: dict[str, list[Unit]] = defaultdict(list)
    for unit in frame:
        by_level[unit.level].append(unit)
    units, strata = [], []
    for level, members in by_level.items():
        drawn = _draw_stratum(members, lots, math.ceil(share * len(members)), turn)
        units += drawn
        strata.append(Stratum(level, len(members), len(drawn)))
    return Sample(round_, seed, share, frame_digest(frame), tuple(units), tuple(strata))


def rounds_left(round_: str) -> int:
    """Rounds of the year from this one on, itself among them. Raises SamplingError for no round."""
    return 13 - int(month) if (month := _parts(round_)[1]) else 5 - int(_parts(round_)[2] or 0)


def _draw_stratum(
    members: Sequence[Unit],
    lots: Mapping[str, str],
    size: int,
    turn: _Turn,
) -> list[Drawn]:
    """The failed always; of the unchecked at least the share that lets all have their turn this year; then by lot."""
    by_lot = sorted(members, key=lambda unit: lots[unit.id])
    chosen = {unit.id: Why.FAILED for unit in by_lot if unit.id in turn.failed}
    unchecked = [unit for unit in by_lot if unit.id not in turn.checked and unit.id not in chosen]
    for unit in unchecked[: math.ceil(len(unchecked) / turn.rounds_left)]:
        chosen[unit.id] = Why.YEARLY
    for unit in by_lot:
        if len(chosen) >= size:
            break
        chosen.setdefault(unit.id, Why.DRAWN)
    return [Drawn(unit, chosen[unit.id], lots[unit.id]) for unit in by_lot if unit.id in chosen]


def _lot(seed: str, round_: str, site: str) -> str:
    return hashlib.sha256(f"{seed}/{round_}/{site}".encode()).hexdigest()


def _parts(round_: str) -> tuple[str, str | None, str | None]:
    match = _ROUND.match(round_)
    if match is None:
        raise SamplingError(
            f"{round_}：抽查期次应写作 2017-06 或 2017-Q2 / expected a round such as 2017-06 or 2017-Q2"
        )
    return match[1], match[2], match[3]


def round_order(round_: str) -> tuple[int, int]:
    """Sorts rounds by time: a quarter comes after its months. Raises SamplingError for no round."""
    year, month, quarter = _parts(round_)
    return int(year), int(month) * 2 if month else int(quarter or 0) * 6 + 1
