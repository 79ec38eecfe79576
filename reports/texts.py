"""The words of reports: catalogues in texts/*.yaml, one a language, always with the same keys."""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

_FOLDER = Path(__file__).parent / "texts"


class Lang(StrEnum):
    """Languages that a report can be written in."""

    ZH = "zh"
    EN = "en"

    @property
    def other(self) -> "Lang":
        return Lang.EN if self is Lang.ZH else Lang.ZH


class CatalogueError(Exception):
    """A catalogue holds something else than words, or the languages do not say the same things."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language by dotted key: `texts("status.late")`, `texts("agency.of", n=1, of=2)`."""

    lang: Lang
    entries: Mapping[str, str]

    def __call__(self, key: str, **facts: object) -> str:
        """The text under `key`, filled. Raises KeyError for an unknown key or a fact that is not given."""
        return self.entries[key].format_map(facts)

    def join(self, names: Iterator[str] | tuple[str, ...]) -> str:
        return self.entries["list_comma"].join(names)


@cache
def texts(lang: Lang) -> Texts:
    """The catalogue of a language. Raises CatalogueError where the languages differ in keys or placeholders."""
    catalogues = {each: read_catalogue(_FOLDER / f"{each}.yaml") for each in Lang}
    check_alike(catalogues[Lang.ZH], catalogues[Lang.EN])
    return Texts(lang, MappingProxyType(catalogues[lang]))


def read_catalogue(path: Path) -> dict[str, str]:
    """A nested YAML catalogue as dotted keys."""
    return dict(_flat(YAML(typ="safe", pure=True).load(path.read_text("utf-8")), path.name))


def check_alike(one: Mapping[str, str], other: Mapping[str, str]) -> None:
    """Raises CatalogueError naming the keys that only one has, or whose placeholders differ."""
    lonely = sorted(one.keys() ^ other.keys())
    if lonely:
        raise CatalogueError(f"only one language has: {', '.join(lonely)}")
    unlike = [key for key in one if _placeholders(one[key]) != _placeholders(other[key])]
    if unlike:
        raise CatalogueError(f"placeholders differ: {', '.join(unlike)}")


def _flat(node: object, name: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield prefix, node
    elif isinstance(node, dict) and node:
        for key, value in node.items():
            yield from _flat(value, name, f"{prefix}.{key}" if prefix else str(key))
    else:
        raise CatalogueError(f"{name}: {prefix or 'the whole file'} holds no text")


def _placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
