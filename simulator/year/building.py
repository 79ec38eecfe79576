"""Builds a practice city over a year from a register and a seed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from plans.register import Kind, Register
from simulator.city import City, is_readable
from simulator.dice import dice
from simulator.planting import plant
from simulator.publishing import lay_out, number
from simulator.scenario import Access, Break, Family, ItemFaults, Profile, Scenario
from simulator.year.looking import crawl_days
from simulator.year.matters import play_kinds
from simulator.year.planting import disturb, import_all, plant_year
from simulator.year.stage import Matter

SITES = 7
FAMILIES = (
    Family.TRS,
    Family.NFCMS,
    Family.TRS,
    Family.NFCMS,
    Family.MIXED,
    Family.VSB,
    Family.UCAP,
    Family.JCMS,
    Family.EPOINT_STATIC,
    Family.EMPIRE,
    Family.DEDE,
    Family.ASP,
    Family.NCHANNEL,
    Family.TRS_YEARS,
)
BREAKABLE = frozenset({Family.TRS, Family.NFCMS, Family.VSB, Family.DEDE, Family.ASP})
WORDING = ItemFaults(cumulative=0.1, no_year=0.04, interpretation=0.08, adjustment=0.4)


@dataclass(slots=True)
class YearCity:
    """A city, the days on which it is read, and the matters beside its periodic expectations."""

    city: City
    looks: tuple[dt.date, ...]
    matters: list[Matter] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)  # ids of the obligations that these matters are about

    def played(self) -> Register:
        """The register less what this city does not play."""
        played = {e.obligation for e in self.city.expectations} | self.kinds
        kept = tuple(o for o in self.city.register.obligations if o.id in played)
        return self.city.register.model_copy(update={"obligations": kept})


def build_year(register: Register, seed: int, *, looks: int = 12, sites: int = SITES) -> YearCity:
    """The same register and seed give the same year. Plays periodic obligations, and of the other kinds those that
    `kinds` knows to play."""
    days = crawl_days(register.plan.year, looks)
    city, instalments = lay_out(register, _scenario(register, seed, sites), seed)
    matters, kinds = play_kinds(city, days)
    plant(city, instalments)
    plant_year(city, instalments, days)
    for site in city.sites:
        number(site)
        if is_readable(site):
            disturb(site, days)
    _move_one(city, days)
    return YearCity(city, days, matters, kinds)


def _scenario(register: Register, seed: int, sites: int) -> Scenario:
    profiles = [_profile(seed, place) for place in range(sites)]
    return Scenario(seed=seed, sites=tuple(profiles), items=WORDING)


def _profile(seed: int, place: int) -> Profile:
    rng = dice(seed, "profile", place)
    family = rng.choice(FAMILIES)
    chance = rng.random()
    given: dict[str, object] = {"family": family, "noise_per_month": 1.5, "per_page": rng.choice((15, 20, 30))}
    if place and chance < 0.08:
        given["access"] = rng.choice((Access.UNREACHABLE, Access.FORBIDDEN, Access.CHALLENGE, Access.BLOCK_PAGE))
    elif place and chance < 0.16:
        given["robots_forbid"] = True
    elif place and chance < 0.24:
        given["without_column"] = 1
    elif place and chance < 0.34 and family in BREAKABLE:
        given |= {"list_break": Break(answer=rng.choice(("500", "404", "stub"))), "per_page": 10}
    if rng.random() < 0.2:
        given["sticky"] = 1
    if rng.random() < 0.2:
        given["second_column"] = 0.2
    return Profile.model_validate(given)


def _move_one(city: City, days: Sequence[dt.date]) -> None:
    rng = dice(city.seed, "moved")
    named = {Kind.LABEL, Kind.PAIRING, Kind.RESPONSE}  # matters that are named by the addresses of their articles
    movable = [site for site in city.sites if not any(o.kind in named for o in site.others)]
    open_sites = [site for site in movable if is_readable(site) and site.profile.family is not Family.TRS_YEARS]
    if open_sites and rng.random() < 0.5:
        day = days[0] + dt.timedelta(days=rng.randint(40, 260))
        import_all(rng.choice(open_sites), day, dates=rng.random() < 0.6)
