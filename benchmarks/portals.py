"""What the crawler reads of each family of portals: a practice city with one site on each, audited from its home pages.

    python -m benchmarks.portals [--scenario portals_hindered] [--register FILE] [--seeds 1,2] [--families vsb,jcms]

A register has fewer agencies than there are families, so a seed takes several cities, each with as many families as the
register fills, and each in a process of its own. Owed: articles that serve an expectation and are online on the day.
Found: those of them whose address the store knows. Agreeing: verdicts like the answer key's.
"""

import argparse
import datetime as dt
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from checks.export import to_line
from db.facts import Stop
from gongkai import auditing
from gongkai.arguments import SHANGHAI
from gongkai.demonstration import COMPARED, REGISTERS
from plans.load import load_register
from plans.register import Register
from simulator import addresses
from simulator.city import City, CitySite, is_online
from simulator.publishing import build_city
from simulator.scenario import Family, Scenario, load_scenario
from simulator.server import PracticeCity, serve

ACCUSATIONS = frozenset({"late", "overdue", "missing"})
SHOWN = 6  # differences printed a family


@dataclass(slots=True)
class Score:
    """One family on one or more sites. `endings`: how the reading of owed columns ended."""

    counts: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def measured(register: Register, scenario: Scenario, seed: int, out: Path) -> dict[Family, Score]:
    """Audit one city and score each of its families."""
    city = build_city(register, scenario, seed)
    as_of = scenario.as_of or dt.date(register.plan.year + 1, 2, 15)
    played = {e.obligation for e in city.expectations}
    kept = tuple(o for o in register.obligations if o.id in played)
    with serve(city, as_of) as running:
        running.write_city(out, as_of)
        task = auditing.Task(register.model_copy(update={"obligations": kept}), running.sites(), "portals")
        store = f"sqlite:///{out / 'portals.sqlite'}"
        auditing.crawl(task, store, dt.datetime.combine(as_of, dt.time(9), SHANGHAI))
        judged = auditing.judge(task, store, as_of, out)
        return _scores(city, running, judged, as_of)


def _scores(city: City, running: PracticeCity, judged: auditing.Judged, as_of: dt.date) -> dict[Family, Score]:
    scores = {site.profile.family: Score() for site in city.sites}
    said = {(v["obligation"], v["agency"], v["period"]): v for v in map(to_line, judged.verdicts)}
    family = {site.id: site.profile.family for site in city.sites}
    requests = running.requests()
    for site in city.sites:
        score = scores[site.profile.family]
        score.counts["requests"] += requests[site.id]
        _count_found(running, site, judged, as_of, score)
        _count_readings(site, judged, score)
    for answer in running.answer_key(as_of):
        verdict = said.get((answer["obligation"], answer["agency"], answer["period"]))
        _compare(answer, verdict, scores[family[answer["site"]]])
    return scores


def _count_found(running: PracticeCity, site: CitySite, judged: auditing.Judged, as_of: dt.date, score: Score) -> None:
    wanted = {(e.obligation, e.period) for e in running.city.expectations if e.site == site.id}
    known = {p.url for p in judged.facts.publications if p.site == site.id}
    dated = {p.url for p in judged.facts.publications if p.site == site.id and p.published}
    for publication in site.publications:
        if not (is_online(publication, as_of) and publication.serves & wanted):
            continue
        columns = [site.column(c) for c in (publication.column, publication.also_in) if c]
        base = running.base_url(site.id)
        places = {base + addresses.copy_path(site, publication, column) for column in columns}
        score.counts["owed"] += 1
        score.counts["found"] += bool(places & known)
        score.counts["dated"] += bool(places & dated)


def _count_readings(site: CitySite, judged: auditing.Judged, score: Score) -> None:
    owed = {addresses.column_path(site, column): column.name for column in site.columns if column.owed}
    readings = [r for r in judged.facts.readings if r.site == site.id and r.wanted]
    kept = [r for r in readings if r.column in owed.values() or any(r.url.endswith(path) for path in owed)]
    score.counts["columns"] += len(owed)
    score.counts["columns read"] += len({r.column for r in kept})
    # Each reading leaves a mark when it begins; only one that never ended is of interest.
    ended = {r.url for r in kept if r.stop is not Stop.INTERRUPTED}
    score.endings.update(str(r.stop) for r in kept if r.stop is not Stop.INTERRUPTED or r.url not in ended)


def _compare(answer: dict[str, object], verdict: dict[str, object] | None, score: Score) -> None:
    agrees = verdict is not None and all(answer[name] == verdict[name] for name in COMPARED)
    score.counts["expected"] += 1
    score.counts["agreeing"] += agrees
    if agrees:
        return
    status = verdict["status"] if verdict else "nothing"
    score.counts["false accusations"] += status in ACCUSATIONS
    reason = f" [{verdict['reason']}]" if verdict else ""
    expected = " ".join(str(answer[name]) for name in COMPARED)
    found = " ".join(str(verdict[name]) for name in COMPARED) if verdict else "nothing"
    name = f"{answer['site']} {answer['obligation']} {answer['period']}"
    score.differences.append(f"{name}: expected {expected}, said {found}{reason} {answer['url'] or ''}")


def cities(scenario: Scenario, register: Register, seed: int) -> Iterator[Scenario]:
    """The scenario's sites in as many parts as the register needs. Each seed gives the families other agencies."""
    room = len(build_city(register, scenario, seed).sites)
    turn = (seed - 1) * 7 % len(scenario.sites)  # 7: no divisor of the number of families
    scenario = scenario.model_copy(update={"sites": scenario.sites[turn:] + scenario.sites[:turn]})
    for start in range(0, len(scenario.sites), room):
        yield scenario.model_copy(update={"sites": scenario.sites[start : start + room]})


def _table(scores: dict[Family, Score]) -> str:
    names = ("owed", "found", "dated", "requests", "columns", "columns read", "expected", "agreeing")
    head = f"{'family':14}" + "".join(f"{name:>14}" for name in names) + f"{'accused':>9}  endings"
    rows = [head]
    for family, score in scores.items():
        endings = ", ".join(f"{name} {count}" for name, count in sorted(score.endings.items())) or "not read"
        figures = "".join(f"{score.counts[name]:14}" for name in names)
        rows.append(f"{family:14}{figures}{score.counts['false accusations']:9}  {endings}")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.portals")
    parser.add_argument("--register", type=Path, default=REGISTERS / "zhuhai-2017.yaml")
    parser.add_argument("--scenario", default="portals", help="portals or portals_hindered")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--families", default="")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--differences", action="store_true", help="print what the verdicts differ in")
    options = parser.parse_args(arguments)
    register, scenario = load_register(options.register), load_scenario(options.scenario)
    wanted = set(filter(None, options.families.split(",")))
    if wanted:
        scenario = scenario.model_copy(update={"sites": tuple(s for s in scenario.sites if s.family in wanted)})
    total: dict[Family, Score] = {}
    # One Twisted reactor a process: a second crawl needs a second process.
    workers = ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1)
    with tempfile.TemporaryDirectory() as scratch, workers:
        for seed in map(int, options.seeds.split(",")):
            for part, city in enumerate(cities(scenario, register, seed)):
                out = (options.out or Path(scratch)) / f"{seed}-{part}"
                for family, score in workers.submit(measured, register, city, seed, out).result().items():
                    _add(total.setdefault(family, Score()), score)
    print(_table(total))
    for family, score in total.items() if options.differences else ():
        for line in score.differences[:SHOWN]:
            print(f"{family}: {line}")
    if options.out:
        kept = {family.value: score.differences for family, score in total.items()}
        (options.out / "differences.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


def _add(total: Score, score: Score) -> None:
    total.counts.update(score.counts)
    total.endings.update(score.endings)
    total.differences += score.differences


if __name__ == "__main__":
    main()
