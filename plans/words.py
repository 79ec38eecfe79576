"""The words of plans that stand for many agencies or for channels, read from `words.yaml`."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from plans.load import load_file
from plans.register import Name, Strict
from plans.sites import Level


class Collective(Strict):
    """Phrases that mean every agency of one level."""

    level: Level
    phrases: Annotated[tuple[Name, ...], Field(min_length=1)]


class Words(Strict):
    collective: tuple[Collective, ...]
    channels: tuple[Name, ...]


@cache
def words() -> Words:
    """Raises PlanFileError where the file was edited into an error."""
    return load_file(Path(__file__).with_name("words.yaml"), Words).value
