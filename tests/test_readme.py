"""What the READMEs say is what the program does."""

import csv
import datetime as dt
import re
from pathlib import Path

import pytest

from plans.load import load_register
from plans.register import CheckMode

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
LATE = re.compile(r"^\| (20\d\d-\d\d) \| (\S+) \| (\S+) \| (\d+) \| (\S+) \|$", re.MULTILINE)


def months() -> dict[str, dict[str, str]]:
    """The monthly reports of the worked example by month, read from the data file without our parsers."""
    found = {}
    with (ROOT / "simulator/data/pingtan-budget.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            match = re.search(r"(20\d\d)年(\d+)月预算执行", row["title"])
            if match:
                found[f"{match[1]}-{int(match[2]):02}"] = row
    return found


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_table_of_late_months_follows_from_the_facts(readme: Path) -> None:
    facts = months()
    assert len(facts) == 61
    told = LATE.findall(readme.read_text(encoding="utf-8"))
    expected = []
    for month, row in sorted(facts.items()):
        year, number = map(int, month.split("-"))
        due = dt.date(year + number // 12, number % 12 + 1, 25)
        late = (dt.date.fromisoformat(row["claimed"]) - due).days
        if late > 0:
            expected.append((month, due.isoformat(), row["claimed"], str(late), row["url_date"]))
    assert told == expected


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_counts_of_disagreeing_clocks_follow_from_the_facts(readme: Path) -> None:
    apart = [
        (dt.date.fromisoformat(row["url_date"]) - dt.date.fromisoformat(row["claimed"])).days
        for row in months().values()
    ]
    text = readme.read_text(encoding="utf-8")
    numbers = [str(n) for n in (apart.count(0), len(apart), sum(d > 0 for d in apart), sum(d >= 7 for d in apart))]
    assert numbers == ["43", "61", "18", "17"]
    assert all(re.search(rf"(?<!\d){number}(?!\d)", text) for number in numbers)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_file_that_a_readme_names_exists(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!http)([^)#]+)\)", text) + re.findall(
        r"(?:plans|simulator)/[\w/.-]+\.(?:yaml|csv)", text
    )
    assert links
    for link in links:
        assert (ROOT / link).exists(), link


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_table_of_registers_counts_what_is_in_them(readme: Path) -> None:
    told = re.findall(
        r"^\| ([a-z]+-2017) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", readme.read_text("utf-8"), re.M
    )
    counted = []
    for name, *_ in told:
        obligations = load_register(ROOT / "plans" / "registers" / f"{name}.yaml").obligations
        checks = [sum(o.check is mode for o in obligations) for mode in CheckMode]
        counted.append((name, *(str(n) for n in (len({o.measure for o in obligations}), len(obligations), *checks))))
    assert len(told) == 5
    assert told == counted
