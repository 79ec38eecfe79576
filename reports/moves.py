"""Stored verdict runs, and who moved between two of them, as lines for a terminal."""

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from reports.moments import local_time
from reports.texts import Lang, Texts, texts

Record = Mapping[str, Any]
CAUSES: Final = MappingProxyType(
    {
        "register": "against.cause_register",
        "rules": "against.cause_rules",
        "sites": "against.cause_sites",
        "facts": "against.cause_facts",
        "as_of": "against.cause_as_of",
    }
)


def moved(compared: Record, lang: Lang) -> Iterator[str]:
    """What `gongkai check --against --json` prints as one object, as lines."""
    t = texts(lang)
    moves = compared["moves"]
    head = {name: compared[name] for name in ("run", "against", "as_of", "total")}
    yield t("against.head", n=len(moves), **head)
    for move in moves:
        causes = t.join(tuple(t(CAUSES[cause]) for cause in move["causes"]))
        yield t("against.move", of=move["key"], was=_named(move["was"], t), now=_named(move["now"], t), causes=causes)
        for seen in move["seen"]:
            yield t("against.seen", what=seen)
        if move["now"] is not None:
            yield t("against.reason", reason=move["now"]["reason"])


def run_line(run: Record, lang: Lang) -> str:
    """One stored run."""
    t = texts(lang)
    counts = t.join(tuple(f"{t(f'status.{status}')} {n}" for status, n in run["counts"].items()))
    judged_at = local_time(dt.datetime.fromisoformat(run["judged_at"]))
    return t("against.run", number=run["run"], plan=run["plan"], as_of=run["as_of"], judged_at=judged_at, counts=counts)


def _named(standing: Record | None, t: Texts) -> str:
    if standing is None:
        return t("none")
    flags = "".join(f" [{t(f'flag.{flag}')}]" for flag in standing["flags"])
    published = f" {standing['published']}" if standing["published"] else ""
    return t(f"status.{standing['status']}") + published + flags
