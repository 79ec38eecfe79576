"""What is wrong, or doubtful, in a file that people edit: one line each, with the place where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pydantic_core import PydanticCustomError

Lang: TypeAlias = Literal["zh", "en"]
Key: TypeAlias = tuple[str | int, ...]

MAX_PROBLEMS: Final = 100  # more than a person mends before looking again
RULE: Final = "rule"  # the error type of our own rules; what went wrong stands in its context


@dataclass(frozen=True, slots=True)
class Problem:
    """An error: the file cannot be used. `line` counts from 1; `key` is dotted and empty for the whole file."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: " + (f"{self.key}: " if self.key else "") + self.message


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that is allowed but probably not meant. Fields as in `Problem`."""

    file: str
    line: int
    key: str
    message: str
    lang: Lang = "zh"

    def __str__(self) -> str:
        word = "疑点：" if self.lang == "zh" else "doubt: "
        return f"{self.file}:{self.line}: " + (f"{self.key}: " if self.key else "") + word + self.message


class PlanFileError(Exception):
    """Raised when a register or a sites file cannot be read as one. `problems` are those found, by line, at most
    MAX_PROBLEMS of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = sorted(set(problems), key=lambda p: (p.line, p.key, p.message))
        self.problems = tuple(found[:MAX_PROBLEMS])
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def broken_rule(zh: str, en: str, *keys: Key) -> PydanticCustomError:
    """The error of a rule of ours, in both languages. `keys` are the offending keys below the checked value;
    none: the value itself."""
    return PydanticCustomError(RULE, "{en}", {"zh": zh, "en": en, "keys": keys})


def dotted(key: Key) -> str:
    """`("obligations", 3, "evidence", "title", 0)` -> `obligations[3].evidence.title[0]`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key)
    return text.removeprefix(".")


def shown(value: object, limit: int = 60) -> str:
    """A value of the user's as it may stand in a message: one printable line of bounded length."""
    text = value if isinstance(value, str) else str(value)
    text = "".join(c if c.isprintable() else "?" for c in text[: limit + 1])
    return text if len(text) <= limit else text[:limit] + "…"
