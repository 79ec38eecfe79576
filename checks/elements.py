"""Under which words does a page write what a register asks for? Read from `elements.yaml`."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from plans.load import load_file
from plans.register import Name, Strict

# 香洲区 is written 香洲 as well; of two characters nothing is cut (市区, 县城), for one sign says nothing.
_SUFFIX: Final = re.compile(r"(?:经济)?(?:新区|开发区|功能区|自治县|街道|[区县市镇乡旗])$")
_SHORTEST: Final = 2


class Element(Strict):
    """One element by its register's name, and the words under which it is found."""

    name: Name
    words: Annotated[tuple[Name, ...], Field(min_length=1)]


class Elements(Strict):
    """The file `elements.yaml`."""

    fields: tuple[Element, ...]
    whole_place: tuple[Name, ...]


@cache
def elements() -> Elements:
    """Raises PlanFileError where the file was edited into an error."""
    return load_file(Path(__file__).with_name("elements.yaml"), Elements).value


def field_words(name: str) -> tuple[str, ...]:
    """Every word that stands for a required element, its own name among them."""
    return (name, *(word for element in elements().fields if element.name == name for word in element.words))


def cover_words(name: str, place: str = "") -> tuple[str, ...]:
    """Every word that stands for a place or matter that must be covered; `place` is the plan's own place."""
    if name in elements().whole_place:
        return (*elements().whole_place, *((place,) if place else ()))
    short = _SUFFIX.sub("", name)
    return (name, short) if _SHORTEST <= len(short) < len(name) else (name,)
