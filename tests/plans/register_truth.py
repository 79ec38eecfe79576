"""What people counted and read in the five plans (`truth/*.yaml`), beside the registers that were made from them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from plans.load import load_file, load_register, load_sites
from plans.register import Cadence, Due, Name, Obligation, Register, Strict, Vague
from plans.sites import Sites

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"  # the plans themselves are no part of the project


class Section(Strict):
    """`id`: how the ids of the section's obligations begin. `unnumbered` measures are called u1, u2 ..."""

    id: Name
    numbered: Annotated[int, Field(ge=0)] = 0
    unnumbered: Annotated[int, Field(ge=0)] = 0

    @property
    def items(self) -> set[str]:
        plain = {str(number) for number in range(1, self.numbered + 1)}
        return plain | {f"u{number}" for number in range(1, self.unnumbered + 1)}


class Stated(Strict):
    """A period or limit in the plan's own words."""

    cadence: Cadence
    due: Due | None = None


class Truth(Strict):
    """One plan as people read it. Keys are ids; with a slash (一/4) they are measures."""

    plan: Name  # name of the register's file
    sites: Name
    seed: Name
    measures: int
    sections: dict[Name, Section]  # in the plan's order
    stated: dict[Name, Stated]  # all that the plan states: no other obligation may claim a period or limit
    vague: dict[Vague, tuple[Name, ...]] = Field(default_factory=dict)  # all obligations with the word
    vague_measures: dict[Vague, tuple[Name, ...]] = Field(default_factory=dict)  # all measures with the word
    timely_otherwise: tuple[Name, ...] = ()  # all that is 及时 and neither on an event nor a list nor a single thing
    appropriate_otherwise: tuple[Name, ...] = ()  # all that is 适时 and has a cadence of its own
    sounds_periodic: tuple[Name, ...] = ()
    merge_january: tuple[Name, ...] = ()  # all
    standing: tuple[Name, ...] = ()  # examples
    columns_of_all_sorts: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)  # all that prove a list even so
    collective: tuple[Name, ...] = ()  # all leads that stand for several agencies
    leads: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    accepted: dict[Name, tuple[Name, ...]]
    refused: dict[Name, tuple[Name, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """A register, its sites, and the truth about both."""

    truth: Truth
    register: Register
    sites: Sites
    register_file: Path
    sites_file: Path
    seed: Path

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        return self.register.obligations

    @property
    def by_id(self) -> dict[str, Obligation]:
        return {obligation.id: obligation for obligation in self.obligations}


@cache
def place(name: str) -> Place:
    """The place whose truth is `truth/<name>.yaml`. Raises PlanFileError where any of the three files has errors."""
    truth = load_file(Path(__file__).parent / "truth" / f"{name}.yaml", Truth, "en").value
    register_file = ROOT / "plans" / "registers" / f"{truth.plan}.yaml"
    sites_file = ROOT / "plans" / "sites" / f"{truth.sites}.yaml"
    register, sites = load_register(register_file, "en"), load_sites(sites_file, "en")
    return Place(truth, register, sites, register_file, sites_file, SEEDS / truth.seed)


def section_of(obligation: Obligation) -> str:
    """`三（一）/2` -> `三（一）`."""
    return obligation.measure.partition("/")[0]


def item_of(obligation: Obligation) -> str:
    """`三（一）/2` -> `2`."""
    return obligation.measure.partition("/")[2]
