"""`gongkai demo`: a practice city on loopback, audited like a real one and compared with its answer key."""

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typer

from checks.export import to_line
from checks.verdict import Flag, Status, Verdict
from gongkai import auditing
from gongkai.arguments import SHANGHAI, InputError, Lang
from gongkai.progress import Progress
from plans.load import load_register
from plans.register import Register
from plans.sites import Sites
from reports.texts import Lang as ReportLang
from reports.texts import texts
from simulator.city import City
from simulator.pingtan import pingtan
from simulator.publishing import build_city
from simulator.replay import replay
from simulator.scenario import load_scenario
from simulator.server import serve
from simulator.serving import listening

REGISTERS = Path(__file__).resolve().parents[1] / "plans" / "registers"
ZHUHAI = REGISTERS / "zhuhai-2017.yaml"
SITES = REGISTERS.with_name("sites")
PINGTAN_READ = dt.date(2026, 9, 10)  # the day on which the portal's pages were saved
COMPARED = ("status", "due", "published", "days_late")
SHOWN = 10  # differences printed; all of them are in comparison.json

Line = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
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


def run_city(out: Path, seed: int, lang: Lang, *, register: Path = ZHUHAI, scenario_name: str = "demo") -> int:
    """Build, serve, audit and compare a practice city. Returns 0 where all agrees, else 1."""
    scenario = load_scenario(scenario_name)
    city = build_city(load_register(register), scenario, seed)
    as_of = scenario.as_of or dt.date(city.register.plan.year + 1, 2, 15)
    with serve(city, as_of) as running:
        running.write_city(out, as_of)
        task = auditing.Task(_played(city), running.sites(), "demo")
        judged, report = _audit(task, out, as_of, lang)
        key = running.answer_key(as_of)
    comparison = compare(key, [to_line(verdict) for verdict in judged.verdicts])
    _write_comparison(out / "comparison.json", comparison)
    typer.echo(auditing.counted(judged))
    return _tell(comparison, report)


def _played(city: City) -> Register:
    """The register less what the practice city does not play."""
    played = {expectation.obligation for expectation in city.expectations}
    kept = tuple(o for o in city.register.obligations if o.id in played)
    return city.register.model_copy(update={"obligations": kept})


def run_pingtan(out: Path, pages: Path | None, lang: Lang) -> int:
    """Audit the one real column: replayed from `pages`, a folder of saved pages, else drawn from its facts."""
    if pages is not None and not pages.is_dir():
        raise InputError(f"--pages {pages}: 没有这个文件夹 / no such folder")
    source = replay(pages) if pages else pingtan()
    with listening(source) as port:
        task = auditing.load(REGISTERS / "pingtan-budget.yaml", SITES / "pingtan.yaml")
        task = dataclasses.replace(task, sites=_on_loopback(task.sites, port))
        judged, report = _audit(task, out, PINGTAN_READ, lang)
    typer.echo(auditing.counted(judged))
    for verdict in judged.verdicts:
        if verdict.status is Status.LATE:
            told = f"{verdict.period}  {verdict.published}  +{verdict.days_late}  {verdict.title}"
            typer.echo(f"{told}  ({_clocks(verdict)})")
    for verdict in judged.verdicts:
        if Flag.BACKDATED in verdict.flags:
            words = texts(ReportLang(lang.value))
            typer.echo(f"{verdict.period}  {verdict.published}  {words(f'flag.{Flag.BACKDATED}')}  {_clocks(verdict)}")
    typer.echo(f"report: {report}")
    return 0


def _clocks(verdict: Verdict) -> str:
    return "  ".join(f"{name}={value}" for name, value in verdict.clocks)


def _audit(task: auditing.Task, out: Path, as_of: dt.date, lang: Lang) -> tuple[auditing.Judged, Path]:
    store = _fresh_store(out)
    with Progress(lang) as progress:
        summary = auditing.crawl(task, store, dt.datetime.combine(as_of, dt.time(9), SHANGHAI), progress.update)
    progress.summarise(summary, task.sites)
    if summary.interrupted:
        raise KeyboardInterrupt
    judged = auditing.judge(task, store, as_of, out)
    return judged, auditing.write_report(judged, out, lang)


def _on_loopback(sites: Sites, port: int) -> Sites:
    """The same sites file, read from a replay: the real host names become aliases of loopback."""
    moved = [
        site.model_copy(
            update={"url": f"http://127.0.0.1:{port}/", "aliases": (urlsplit(site.url).netloc, *site.aliases)}
        )
        for site in sites.sites
    ]
    return Sites(sites=tuple(moved))


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


def _tell(comparison: Comparison, report: Path) -> int:
    for name, answer, said in comparison.differences[:SHOWN]:
        expected = " ".join(str(answer[field]) for field in COMPARED)
        found = " ".join(str(said[field]) for field in COMPARED) + f" [{said['reason']}]" if said else "nothing"
        typer.echo(f"  {name}: expected {expected}, found {found}")
    typer.echo(f"report: {report}")
    typer.echo(f"agrees with the answer key: {comparison.agreeing} of {comparison.total}")
    return 0 if comparison.agreeing == comparison.total else 1
