"""Ordinary articles of a portal: news, notices, appointments, tenders, with dates in some titles."""

import datetime as dt
import random
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from plans.load import load_file
from plans.register import Name, Strict

NoiseKind = Literal["news", "notice", "policy", "reading", "personnel", "tender", "planning", "reply", "guide", "empty"]


class NoiseColumn(Strict):
    name: Name
    path: Annotated[str, Field(pattern=r"^[a-z]+/[a-z]+$")]
    section: Name
    share: Annotated[float, Field(ge=0)]
    kind: NoiseKind


class Noise(Strict):
    """The wording file `data/noise.yaml`."""

    columns: Annotated[tuple[NoiseColumn, ...], Field(min_length=1)]
    titles: dict[NoiseKind, tuple[str, ...]]
    topics: tuple[str, ...]
    people: tuple[str, ...]
    sentences: tuple[str, ...]


@cache
def noise() -> Noise:
    path = Path(__file__).parent / "data" / "noise.yaml"
    return load_file(path, Noise).value


def noise_title(kind: NoiseKind, day: dt.date, office: str, place: str, rng: random.Random) -> str:
    return _fill(rng.choice(noise().titles[kind]), day, office, place, rng)


def noise_paragraphs(day: dt.date, office: str, place: str, rng: random.Random) -> list[str]:
    """Three to eight paragraphs of running text."""
    return [
        "".join(_fill(rng.choice(noise().sentences), day, office, place, rng) for _ in range(rng.randint(2, 4)))
        for _ in range(rng.randint(3, 8))
    ]


def _fill(template: str, day: dt.date, office: str, place: str, rng: random.Random) -> str:
    return template.format(
        office=office,
        short=office.removeprefix(place),
        place=place,
        year=day.year,
        month=day.month,
        day=day.day,
        n=rng.randint(1, 9),
        topic=rng.choice(noise().topics),
        person=rng.choice(noise().people),
    )
