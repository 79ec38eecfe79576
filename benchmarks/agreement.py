"""How well the audit agrees with the keys of practice cities that are read twelve times in a year.

    python -m benchmarks.agreement [--seeds 1-20] [--registers random,zhuhai-2017] [--looks 12] [--jobs 2]

Each city is built from a register (`random`: one made by the seed), served on loopback, crawled on the last working
days of twelve months into one database and judged after each of them. An accusation is `late`, `overdue`,
`missing`, an unlabelled document, `incomplete` or `backdated`. Precision: accusations that the key makes too. Recall:
accusations of the key that were made.
"""

import argparse
import datetime as dt
import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from checks.verdict import Flag, ReasonCode, Status
from crawler import settings
from gongkai import auditing
from gongkai.arguments import SHANGHAI
from plans.load import load_register
from plans.register import Register
from plans.sites import Sites
from simulator.addresses import article_path
from simulator.dice import dice
from simulator.server import serve
from simulator.year.building import SITES, YearCity, build_year
from simulator.year.comparing import Difference, Tally, compare
from simulator.year.key import looks_of, year_key
from simulator.year.registers import random_register

ROOT = Path(__file__).resolve().parents[1]
REGISTERS = ROOT / "plans" / "registers"
# All that a verdict can say; `unlabelled` is what an overdue or missing mark is counted as.
EVERY = (
    *(f"status {status}" for status in Status),
    "status unlabelled",
    *(f"flag {flag}" for flag in Flag),
    *(f"reason {reason}" for reason in ReasonCode),
)
BASES = "bases.json"  # where each site of a kept city stood


@dataclass(frozen=True, slots=True)
class Case:
    """One city: a register's name or `random`, a seed, how many times it is read, how many sites it has."""

    register: str
    seed: int
    looks: int = 12
    sites: int = SITES

    def load(self) -> Register:
        if self.register == "random":
            return random_register(self.seed)
        return load_register(REGISTERS / f"{self.register}.yaml")


def audited(case: Case, folder: Path) -> Tally:
    """Crawl and judge one city through its year. What was said on each day stays in `folder`, and the store too, for
    `gongkai explain`."""
    year = build_year(case.load(), case.seed, looks=case.looks, sites=case.sites)
    store = f"sqlite:///{folder / 'year.sqlite'}"
    with serve(year.city, year.looks[0]) as running:
        bases = {site.id: running.base_url(site.id) for site in year.city.sites}
        (folder / BASES).write_text(json.dumps(bases), encoding="utf-8")
        for day, as_of in zip(year.looks, _days_of_judgement(case, year), strict=True):
            running.turn_to(day)
            task = auditing.Task(year.played(), running.sites(), "practice")
            known = tuple(site for site in task.sites.sites if site.id not in year.unlisted(day))
            instant = dt.datetime.combine(day, dt.time(9), SHANGHAI)
            _crawl(replace(task, sites=Sites(sites=known)), store, instant, browser=year.browser)
            auditing.judge(task, store, as_of, folder)
            (folder / "verdicts.jsonl").replace(folder / f"verdicts-{as_of}.jsonl")
    return compared(case, folder)


def compared(case: Case, folder: Path) -> Tally:
    """Hold what was said in an earlier run (of the same cities) against the key as it is now."""
    year, tally = build_year(case.load(), case.seed, looks=case.looks, sites=case.sites), Tally()
    bases = json.loads((folder / BASES).read_text(encoding="utf-8"))
    looks = looks_of(year)
    for as_of in _days_of_judgement(case, year):
        lines = (folder / f"verdicts-{as_of}.jsonl").read_text(encoding="utf-8").splitlines()
        answers = year_key(year, looks, as_of, lambda site, p: bases[site.id] + article_path(site, p))
        tally.add(compare(answers, map(json.loads, lines)))
    return tally


def _days_of_judgement(case: Case, year: YearCity) -> list[dt.date]:
    """One after each crawl: on its day, the day after, or nine days later."""
    chances = (dice(case.seed, "as_of", day).choice((0, 0, 1, 9)) for day in year.looks)
    return [day + dt.timedelta(days=days) for day, days in zip(year.looks, chances, strict=True)]


def _crawl(task: auditing.Task, store: str, now: dt.datetime, *, browser: bool) -> None:
    """In a process of its own (Scrapy owns a process), forked from one that has imported everything."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gongkai.auditing"])
    process = context.Process(target=auditing.crawl if browser else _crawl_without_browser, args=(task, store, now))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"the crawl of {now:%Y-%m-%d} ended with {process.exitcode}")


def _crawl_without_browser(task: auditing.Task, store: str, now: dt.datetime) -> None:
    """As on a machine that has none; the process ends with its crawl."""
    settings.BROWSER = None
    auditing.crawl(task, store, now)


def _run(case: Case, keep: Path | None, again: bool) -> Tally:
    if keep is not None:
        folder = keep / f"{case.register}-{case.seed}"
        if again:
            return compared(case, folder)
        shutil.rmtree(folder, ignore_errors=True)  # what an earlier run stored is another city's
        folder.mkdir(parents=True)
        return audited(case, folder)
    with tempfile.TemporaryDirectory() as name:
        return audited(case, Path(name))


def main() -> int:
    """Exit code 1 where the bar is missed: no wrong accusation, none about what could not be read, recall 0.98."""
    options = _parser().parse_args()
    names, seeds = options.registers.split(","), _seeds(options.seeds)
    cases = [Case(name, seed, options.looks, options.sites) for name in names for seed in seeds]
    every, began = Tally(), time.monotonic()
    with ProcessPoolExecutor(options.jobs, multiprocessing.get_context("spawn")) as pool:
        waiting = {pool.submit(_run, case, options.keep, options.again): case for case in cases}
        for done in as_completed(waiting):
            case, tally = waiting[done], done.result()
            every.add(tally)
            right, wrong, lost = tally.accusations()
            print(
                f"{case.register:16}{case.seed:5}{tally.answers:8}{tally.agreeing:8}{right:7}{wrong:5}{lost:5}"
                f"{time.monotonic() - began:8.0f}s",
                flush=True,
            )
            for difference in tally.differences:
                print("   ", _told(difference), flush=True)
    _print_table(every)
    print(f"cities {len(cases)}, of {len(seeds)} seeds and {len(names)} registers")
    return 0 if _passes(every) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.agreement", description=__doc__)
    parser.add_argument("--seeds", default="1-3", help="1-20, or 1,4,9")
    parser.add_argument("--registers", default="random", help="names of shipped registers, and `random`")
    parser.add_argument("--looks", type=int, default=12, choices=(1, 2, 3, 4, 6, 12))
    parser.add_argument("--sites", type=int, default=SITES, help="sites of a city at most")
    parser.add_argument("--again", action="store_true", help="crawl nothing: compare what --keep kept")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="keep the stores in this folder, for `gongkai explain`")
    return parser


def _seeds(text: str) -> list[int]:
    """1-20,31 as 1 to 20 and 31."""
    spans = [part.partition("-") for part in text.split(",")]
    return [seed for first, _, last in spans for seed in range(int(first), int(last or first) + 1)]


def _told(difference: Difference) -> str:
    """What differs, about what, what was expected, what was said, and the key for `gongkai explain`."""
    answer, said = difference.answer, difference.said
    about = answer.period or answer.words or answer.url or "-"
    expected = "|".join(answer.truth.statuses)
    planted = ",".join(answer.planted) or "-"
    asked = f"{answer.kind} {answer.obligation}/{answer.agency}/{about} due {answer.due} as of {answer.as_of}"
    told = f"{said['status']} {said['flags']} {said['published']} {said['reason']}" if said else "nothing"
    subject = said["period"] or said["subject"] or "-" if said else "-"
    key = f"{said['plan']}/{said['obligation']}/{said['agency']}/{subject}" if said else "-"
    return f"{difference.what} | {asked} planted {planted} expected {expected} | {told} | {key}"


def _print_table(tally: Tally) -> None:
    print(f"\n{'':34}{'expected':>9}{'found':>7}{'wrong':>7}{'lost':>6}")
    for key in [*EVERY, *sorted((tally.expected.keys() | tally.found.keys()) - set(EVERY))]:
        print(f"{key:34}{tally.expected[key]:9}{tally.found[key]:7}{tally.wrong[key]:7}{tally.lost[key]:6}")
    right, wrong, lost = tally.accusations()
    print(f"\nexpectations {tally.answers}, agreeing {tally.agreeing}, with more than one right status {tally.free}")
    print(
        f"accusations right {right}, wrong {wrong}, lost {lost}; about what could not be read: {tally.unread_accused}"
    )
    print(f"precision {right / (right + wrong) if right + wrong else 1:.4f}, ", end="")
    print(f"recall {right / (right + lost) if right + lost else 1:.4f}")


def _passes(tally: Tally) -> bool:
    right, wrong, lost = tally.accusations()
    return wrong == 0 and tally.unread_accused == 0 and right >= 0.98 * (right + lost)


if __name__ == "__main__":
    sys.exit(main())
