"""`python -m simulator`: a practice city, a saved portal or the one of Pingtan on loopback, until Ctrl-C."""

import argparse
import datetime as dt
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML

from plans.load import PlanFileError, load_register
from simulator.pingtan import pingtan
from simulator.publishing import build_city
from simulator.replay import replay
from simulator.scenario import load_scenario
from simulator.server import serve
from simulator.serving import HOST, Source, listening
from simulator.year.building import build_year
from simulator.year.registers import random_register


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 after Ctrl-C, 2 for wrong input."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except KeyboardInterrupt:
        return 0
    except (PlanFileError, OSError, OverflowError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulator", description=__doc__)
    commands = parser.add_subparsers(required=True)
    city = commands.add_parser("serve", help="build and serve a practice city")
    city.add_argument("--register", type=Path, required=True)
    city.add_argument("--scenario", default="demo", help="name of a shipped scenario, or a file")
    city.add_argument("--seed", type=int, help="default: the scenario's own")
    city.add_argument("--at", type=dt.date.fromisoformat, help="show the sites as of this day")
    city.add_argument("--out", type=Path, required=True, help="folder for sites.yaml and answer-key.jsonl")
    city.add_argument("--port-base", type=int)
    city.add_argument("--columns", action="store_true", help="list the columns in sites.yaml")
    city.set_defaults(run=_serve)
    year = commands.add_parser("year", help="build a city over a year and serve one of its days")
    year.add_argument("--register", type=Path, help="default: a register made by the seed")
    year.add_argument("--seed", type=int, default=1)
    year.add_argument("--at", type=dt.date.fromisoformat, help="the day to show; default: the last crawl's")
    year.add_argument("--out", type=Path, required=True, help="folder for register.yaml and sites.yaml")
    year.add_argument("--port-base", type=int, help="give it where several days are crawled into one database")
    year.set_defaults(run=_serve_year)
    saved = commands.add_parser("replay", help="serve a folder of saved pages")
    saved.add_argument("folder", type=Path)
    saved.add_argument("--port", type=int, default=0)
    saved.set_defaults(run=lambda options: _listen(replay(options.folder), options.port))
    portal = commands.add_parser("pingtan", help="serve the budget column of Pingtan")
    portal.add_argument("--port", type=int, default=0)
    portal.set_defaults(run=lambda options: _listen(pingtan(), options.port))
    return parser


def _serve(options: argparse.Namespace) -> None:
    scenario = load_scenario(options.scenario)
    city = build_city(load_register(options.register), scenario, options.seed)
    as_of = options.at or scenario.as_of or city.register.plan.last_day + dt.timedelta(days=45)
    with serve(city, as_of, options.port_base) as running:
        running.write_city(options.out, as_of, columns=options.columns)
        for site in running.sites().sites:
            print(site.id, site.name, site.url)
        for obligation, reason in city.skipped:
            print(f"{obligation}: left out, {reason}", file=sys.stderr)
        _wait()


def _serve_year(options: argparse.Namespace) -> None:
    register = load_register(options.register) if options.register else random_register(options.seed)
    year = build_year(register, options.seed)
    with serve(year.city, options.at or year.looks[-1], options.port_base) as running:
        options.out.mkdir(parents=True, exist_ok=True)
        for name, made in (("register", year.played()), ("sites", running.sites())):
            with (options.out / f"{name}.yaml").open("w", encoding="utf-8") as file:
                YAML().dump(made.model_dump(mode="json", exclude_defaults=True), file)
        print("crawled on", *year.looks)
        _wait()


def _listen(source: Source, port: int) -> None:
    with listening(source, port) as bound:
        print(f"http://{HOST}:{bound}/")
        _wait()


def _wait() -> None:
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
