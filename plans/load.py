"""Read a register or a sites file, strictly: a file with any error in it is not used."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from plans.messages import message
from plans.problems import RULE, Key, Lang, PlanFileError, Problem, dotted, shown
from plans.register import Register, Strict
from plans.sites import Sites
from plans.yamltree import MAX_BYTES, Tree, failed, read_tree

__all__ = ["Loaded", "PlanFileError", "Problem", "load_file", "load_register", "load_sites", "parse"]

M = TypeVar("M", bound=Strict)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[M]):
    """A file's content and the tree that knows its lines."""

    value: M
    tree: Tree


def load_register(path: Path, lang: Lang = "zh") -> Register:
    """Raises PlanFileError with every problem found, its messages in `lang`."""
    return load_file(path, Register, lang).value


def load_sites(path: Path, lang: Lang = "zh") -> Sites:
    """Raises PlanFileError with every problem found, its messages in `lang`."""
    return load_file(path, Sites, lang).value


def load_file(path: Path, model: type[M], lang: Lang = "zh") -> Loaded[M]:
    """As above, for any model; keeps the lines. Raises PlanFileError."""
    return parse(_bytes(path, lang), model, str(path), lang)


def parse(body: bytes, model: type[M], file: str, lang: Lang = "zh") -> Loaded[M]:
    """The content of a file named `file`. Raises PlanFileError, and nothing else, whatever the bytes are."""
    tree = read_tree(body, file, lang)
    try:
        return Loaded(model.model_validate(tree.value), tree)
    except ValidationError as error:
        found = error.errors(include_url=False)
    raise PlanFileError(problem for details in found for problem in _problems(details, model, tree))


def _bytes(path: Path, lang: Lang) -> bytes:
    file = str(path)
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise failed(file, 1, "文件不存在", "no such file", lang) from None
    except IsADirectoryError:
        raise failed(file, 1, "这是文件夹，应为 YAML 文件", "this is a folder, expected a YAML file", lang) from None
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise failed(file, 1, f"无法读取：{said}", f"cannot be read: {said}", lang) from None


def _problems(error: ErrorDetails, model: type[Strict], tree: Tree) -> Iterator[Problem]:
    if error["type"] == "too_short" and error["input"]:
        return  # pydantic leaves bad entries out and then misses them; they are reported themselves
    said = message(error, lambda: _known_keys(model, error["loc"][:-1]), tree.lang)
    below: tuple[Key, ...] = error.get("ctx", {}).get("keys", ()) if error["type"] == RULE else ()
    for tail in below or ((),):
        key = (*error["loc"], *tail)
        named = tuple(shown(part) if isinstance(part, str) else part for part in key)
        yield Problem(tree.file, tree.line(key), dotted(named), said)


def _known_keys(model: type[Strict], parents: Key) -> list[str]:
    """The keys that `model` allows below `parents`."""
    for name in parents:
        if isinstance(name, str):
            model = next(_models_in(model.model_fields[name].annotation), model)
    return list(model.model_fields)


def _models_in(annotation: object) -> Iterator[type[Strict]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and issubclass(annotation, Strict):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
