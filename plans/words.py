"""Words of plans and portals that stand for many agencies, for channels or for anything, from `words.yaml`."""

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
    catch_all_columns: tuple[Name, ...]
    notice_columns: tuple[Name, ...]
    elsewhere_columns: tuple[Name, ...]


@cache
def words() -> Words:
    """Raises PlanFileError where the file was edited into an error."""
    return load_file(Path(__file__).with_name("words.yaml"), Words).value


def is_catch_all(column: str) -> bool:
    """Whether offices post anything in a column of this name, so that the absence of one thing there, or the
    presence of others, proves nothing."""
    return column.strip() in words().catch_all_columns


def is_channel(name: str) -> bool:
    """Whether a name in `where` is a channel beside sites: a known word, or one that no site id can be."""
    return name in words().channels or not name.isascii()
