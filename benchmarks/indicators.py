"""The official indicators on a practice city in which each fault is placed once: what must be found, what is.

    python -m benchmarks.indicators [--sites ID,ID] [--as-of 2019-06-28]

Prints a line a site, and ends with 1 where an indicator failed that must not, or did not that must.
"""

import argparse
import datetime as dt
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checks.indicator_findings import SiteFindings
from db.store import open_store
from gongkai.arguments import SHANGHAI
from gongkai.spot_checking import draw_sample
from gongkai.spot_running import Run, run
from simulator.health import CITY, HealthSite, serve_health

EDITION = "site-2019"
DAY = dt.date(2019, 6, 28)


@dataclass(frozen=True, slots=True)
class Compared:
    """One site of the city: the indicators that must fail there and those that did."""

    site: str
    expected: frozenset[str]
    found: frozenset[str]
    findings: SiteFindings

    @property
    def false(self) -> frozenset[str]:
        return self.found - self.expected

    @property
    def missed(self) -> frozenset[str]:
        return self.expected - self.found


def compared(city: Sequence[HealthSite], day: dt.date, folder: Path) -> tuple[Compared, ...]:
    """Draw all sites of the city, run the spot-check, compare. The store stays in `folder`."""
    db, sites = f"sqlite:///{folder / 'city.sqlite'}", folder / "sites.yaml"
    open_store(db).dispose()
    with serve_health(city, day) as running:
        sites.write_text(running.sites_yaml(), encoding="utf-8")
        draft = draw_sample(sites, db, f"{day:%Y-%m}", 1.0, "practice")
        now = dt.datetime.combine(day, dt.time(10), SHANGHAI)
        found = {f.site: f for f in run(Run(sites, db, EDITION, day, drawing=draft.number, now=now))}
    return tuple(
        Compared(site.id, site.expected, frozenset(f.indicator for f in found[site.id].faults), found[site.id])
        for site in city
    )


def table(rows: Sequence[Compared]) -> Iterator[str]:
    yield f"{'网站':<24}{'应发现':<44}{'发现':<44}结论"
    for row in rows:
        expected, found = (("、".join(sorted(ids)) or "—") for ids in (row.expected, row.found))
        word = "误报" if row.false else "漏报" if row.missed else "一致"
        yield f"{row.site:<26}{expected:<46}{found:<46}{word}"
    false, missed = sum(len(r.false) for r in rows), sum(len(r.missed) for r in rows)
    placed = sum(len(r.expected) for r in rows)
    yield f"{len(rows)} 个网站，应发现 {placed} 项，漏报 {missed} 项，误报 {false} 项"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", default="")
    parser.add_argument("--as-of", type=dt.date.fromisoformat, default=DAY)
    given = parser.parse_args(arguments)
    named = {name for name in given.sites.split(",") if name}
    city = [site for site in CITY if not named or site.id in named]
    with tempfile.TemporaryDirectory() as folder:
        rows = compared(city, given.as_of, Path(folder))
    for line in table(rows):
        sys.stdout.write(f"{line}\n")
    return 1 if any(row.false or row.missed for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
