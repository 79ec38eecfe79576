"""Names and words of `health.yaml`: what kind of column a name speaks of, which elements of a guide a text has."""

import re
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from db.facts import ColumnClass
from spiders.columns import column_name


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Class(_Strict):
    kind: ColumnClass
    names: tuple[re.Pattern[str], ...]


class _Element(_Strict):
    name: str
    words: tuple[str, ...]


class _Words(_Strict):
    classes: tuple[_Class, ...]
    guide: tuple[_Element, ...]


@cache
def _words() -> _Words:
    source = Path(__file__).with_name("health.yaml").read_text(encoding="utf-8")
    return _Words.model_validate(YAML(typ="safe", pure=True).load(source))


@lru_cache(maxsize=20_000)
def class_of(name: str) -> ColumnClass:
    """What kind of column the name of a link or list speaks of; OTHER where nobody can tell."""
    bare = column_name(name[:60])
    for entry in _words().classes:
        if any(pattern.search(bare) for pattern in entry.names):
            return entry.kind
    return ColumnClass.OTHER


def guide_elements(text: str) -> tuple[str, ...]:
    """Which of the eight classes of a service guide a text names."""
    bare = "".join(text.split())
    return tuple(element.name for element in _words().guide if any(word in bare for word in element.words))
