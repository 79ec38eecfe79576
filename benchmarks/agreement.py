"""How well the audit agrees with the answer keys of practice cities: registers x scenarios x seeds.

    python -m benchmarks.agreement [--seeds 1,2,3] [--scenarios demo,hindered,tangled,orderly] [--registers DIR]

An accusation is `late`, `overdue` or `missing`. Precision: accusations that the key makes too. Recall: accusations of
the key that were made. Each city is audited in a process of its own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ACCUSATIONS = frozenset({"late", "overdue", "missing"})
_RUN = (
    "import sys; from pathlib import Path; from gongkai.arguments import Lang;"
    "from gongkai.demonstration import run_city;"
    "run_city(Path(sys.argv[1]), int(sys.argv[2]), Lang.ZH, register=Path(sys.argv[3]), scenario_name=sys.argv[4])"
)


def audited(register: Path, scenario: str, seed: int) -> Counter[str]:
    """Counts of one city: expectations, agreeing, rightly accused, wrongly accused, not accused."""
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-c", _RUN, name, str(seed), str(register), scenario]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        folder = Path(name)
        comparison = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
        said = [json.loads(line) for line in (folder / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()]
    accused = sum(verdict["status"] in ACCUSATIONS for verdict in said)
    wrong = sum(bool(d["said"]) and d["said"]["status"] in ACCUSATIONS for d in comparison["differences"])
    lost = sum(d["expected"]["status"] in ACCUSATIONS for d in comparison["differences"])
    return Counter(
        expectations=comparison["total"],
        agreeing=comparison["agreeing"],
        right=accused - wrong,
        wrong=wrong,
        lost=lost,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.agreement")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--scenarios", default="demo,hindered,tangled,orderly")
    parser.add_argument("--registers", type=Path, default=ROOT / "plans" / "registers")
    options = parser.parse_args()
    every: Counter[str] = Counter()
    print(
        f"{'register':16}{'scenario':12}{'seeds':>6}{'expected':>10}{'agreeing':>10}{'accused':>9}{'wrongly':>9}{'lost':>6}"
    )
    for register in sorted(options.registers.glob("*-2017.yaml")):
        for scenario in options.scenarios.split(","):
            seeds = [int(seed) for seed in options.seeds.split(",")]
            total: Counter[str] = Counter()
            for seed in seeds:
                total.update(audited(register, scenario, seed))
            every.update(total)
            print(_row(register.stem, scenario, str(len(seeds)), total), flush=True)
    print(_row("all", "", "", every))
    accused, owed = every["right"] + every["wrong"], every["right"] + every["lost"]
    print(
        f"precision {every['right'] / accused if accused else 1:.4f}, recall {every['right'] / owed if owed else 1:.4f}"
    )


def _row(register: str, scenario: str, seeds: str, counts: Counter[str]) -> str:
    accused = counts["right"] + counts["wrong"]
    figures = f"{counts['expectations']:10}{counts['agreeing']:10}{accused:9}{counts['wrong']:9}{counts['lost']:6}"
    return f"{register:16}{scenario:12}{seeds:>6}{figures}"


if __name__ == "__main__":
    main()
