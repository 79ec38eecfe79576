"""`gongkai demo`: a practice city on loopback, audited like a real one and compared with its answer key."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from checks.export import to_line
from gongkai import auditing
from gongkai.arguments import SHANGHAI, InputError, Lang
from gongkai.progress import Progress
from plans.load import load_register
from simulator.publishing import build_city
from simulator.scenario import load_scenario
from simulator.server import serve

REGISTER = Path(__file__).resolve().parents[1] / "plans" / "registers" / "zhuhai-2017.yaml"
COMPARED = ("status", "due", "published", "days_late")
SHOWN = 10  # differences printed; all of them are in comparison.json

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the verdicts compare with an answer key. Each difference: key, what was expected, what was said."""

    agreeing: int
    total: int
    differences: tuple[tuple[str, Line, Line | None], ...]


def compare(key: Sequence[Line], verdicts: Sequence[Line]) -> Comparison:
    """Every answer of the key against the verdict of the same obligation, agency and period."""
    said = {_name(verdict): verdict for verdict in verdicts}
    differences = tuple(
        (_name(answer), answer, said.get(_name(answer)))
        for answer in key
        if not _agrees(answer, said.get(_name(answer)))
    )
    return Comparison(len(key) - len(differences), len(key), differences)


def run(out: Path, seed: int, lang: Lang) -> int:
    """Build, serve, audit and compare. Returns 0 where all agrees, else 1."""
    scenario = load_scenario("demo")
    city = build_city(load_register(REGISTER), scenario, seed)
    as_of = scenario.as_of or dt.date(city.register.plan.year + 1, 2, 15)
    now = dt.datetime.combine(as_of, dt.time(9), SHANGHAI)
    store = _fresh_store(out)
    with serve(city, as_of) as running:
        running.write_city(out, as_of)
        task = auditing.Task(city.register, running.sites(), "demo")
        with Progress(lang) as progress:
            summary = auditing.crawl(task, store, now, progress.update)
        progress.summarise(summary)
        key = running.answer_key(as_of)
    if summary.interrupted:
        raise KeyboardInterrupt
    judged = auditing.judge(task, store, as_of, out)
    report = auditing.write_report(judged, out, lang)
    comparison = compare(key, [to_line(verdict) for verdict in judged.verdicts])
    _write_comparison(out / "comparison.json", comparison)
    return _tell(comparison, report, auditing.counted(judged))


def _fresh_store(out: Path) -> str:
    """A demo begins from nothing each time: what an earlier one stored is another city's."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for old in (*out.glob("demo.sqlite*"), *out.glob("demo.archive/*.warc.gz")):
            old.unlink()
    except OSError as error:
        raise InputError(f"--out {out}: {error.strerror}") from None
    return f"sqlite:///{out / 'demo.sqlite'}"


def _name(line: Line) -> str:
    return "/".join(str(line[part]) for part in ("plan", "obligation", "agency", "period"))


def _agrees(answer: Line, verdict: Line | None) -> bool:
    return verdict is not None and all(answer[field] == verdict[field] for field in COMPARED)


def _write_comparison(path: Path, comparison: Comparison) -> None:
    differences = [{"key": key, "expected": answer, "said": said} for key, answer, said in comparison.differences]
    data = {"agreeing": comparison.agreeing, "total": comparison.total, "differences": differences}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _tell(comparison: Comparison, report: Path, counted: str) -> int:
    typer.echo(counted)
    for name, answer, said in comparison.differences[:SHOWN]:
        expected = " ".join(str(answer[field]) for field in COMPARED)
        found = " ".join(str(said[field]) for field in COMPARED) + f" [{said['reason']}]" if said else "nothing"
        typer.echo(f"  {name}: expected {expected}, found {found}")
    typer.echo(f"report: {report}")
    typer.echo(f"agrees with the answer key: {comparison.agreeing} of {comparison.total}")
    return 0 if comparison.agreeing == comparison.total else 1
