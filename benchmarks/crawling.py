"""Our crawl of a practice city beside a bare Scrapy spider over the same city, in one run on one machine.

Requests per verdict is the cost that portals feel; pages per CPU second and peak memory are ours. The city is
served by a process of its own. Read the ratios: machines differ, and this one may be busy.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from plans.load import load_sites

ROOT = Path(__file__).resolve().parents[1]
REGISTER = ROOT / "plans" / "registers" / "zhuhai-2017.yaml"
AS_OF = "2018-02-15"
PORT_BASE = 18_700


@dataclass(frozen=True, slots=True)
class Cost:
    """One process from start to end."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    output: str


def measure(command: list[str]) -> Cost:
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    output = process.stdout.read() if process.stdout else ""
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = _serve(folder)
        try:
            _compare(folder)
        finally:
            server.terminate()
            server.wait()


def _serve(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "simulator", "serve", "--register", str(REGISTER), "--scenario", "demo"]
    command += ["--at", AS_OF, "--out", str(folder), "--port-base", str(PORT_BASE)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    for _ in range(300):
        if (folder / "answer-key.jsonl").exists():
            return server
        time.sleep(0.1)
    server.terminate()
    raise SystemExit("the practice city did not start")


def _compare(folder: Path) -> None:
    sites = folder / "sites.yaml"
    store = f"sqlite:///{folder / 'bench.sqlite'}"
    command = [sys.executable, "-m", "gongkai", "crawl", "--register", str(REGISTER), "--sites", str(sites)]
    ours = measure([*command, "--db", store, "--now", AS_OF])
    pages = _pages_of(store)
    urls = [site.url for site in load_sites(sites).sites]
    bare = measure([sys.executable, "-m", "benchmarks.bare_spider", *urls])
    bare_pages = int(bare.output.strip() or 0)
    verdicts = sum(1 for _ in (folder / "answer-key.jsonl").open(encoding="utf-8"))
    print(f"{'':24}{'gongkai':>12}{'bare spider':>14}{'ratio':>8}")
    rows = [
        ("requests", pages, bare_pages),
        ("requests per verdict", pages / verdicts, bare_pages / verdicts),
        ("wall seconds", ours.wall_seconds, bare.wall_seconds),
        ("CPU seconds", ours.cpu_seconds, bare.cpu_seconds),
        ("pages per CPU second", pages / ours.cpu_seconds, bare_pages / bare.cpu_seconds),
        ("peak MB", ours.peak_mb, bare.peak_mb),
    ]
    for label, mine, theirs in rows:
        print(f"{label:24}{mine:12.2f}{theirs:14.2f}{mine / theirs if theirs else 0:8.2f}")


def _pages_of(store: str) -> int:
    from sqlalchemy import func, select  # noqa: PLC0415 - only here

    from db.models import Fetch  # noqa: PLC0415
    from db.store import open_store  # noqa: PLC0415

    with open_store(store).connect() as connection:
        return connection.scalar(select(func.count()).select_from(Fetch)) or 0


if __name__ == "__main__":
    main()
