"""Builds a practice city over a year from a register and a seed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from plans.register import Kind, Register
from simulator.city import City, Edit, is_readable
from simulator.dice import dice
from simulator.due import DAY
from simulator.planting import plant
from simulator.publishing import lay_out, number
from simulator.scenario import Access, Break, Family, ItemFaults, Profile, Scenario, StaticPart
from simulator.year.homes import open_further
from simulator.year.looking import crawl_days
from simulator.year.matters import play_kinds
from simulator.year.planting import disturb, import_all, plant_year
from simulator.year.stage import Matter, column_named
from simulator.year.unclear import blur
from simulator.year.unjudged import play_more

SITES = 7
FURTHER = 5  # sites that owe nothing periodic
NO_BROWSER = 0.3  # of the cities are read without one
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
    """A city, the days on which it is read, and the matters beside its periodic expectations.

    `browser`: whether those who read it have one. `joined`: sites that the sites file names from that day on when a
    crawl begins; every judgement knows them.
    """

    city: City
    looks: tuple[dt.date, ...]
    matters: list[Matter] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)  # ids of the obligations that these matters are about
    browser: bool = True
    joined: dict[str, dt.date] = field(default_factory=dict)

    def unlisted(self, day: dt.date) -> frozenset[str]:
        """Sites that the crawl of a day does not know yet."""
        return frozenset(site for site, joined in self.joined.items() if day < joined)

    def played(self) -> Register:
        """The register less what this city does not play."""
        played = {e.obligation for e in self.city.expectations} | self.kinds
        kept = tuple(o for o in self.city.register.obligations if o.id in played)
        return self.city.register.model_copy(update={"obligations": kept})


def build_year(register: Register, seed: int, *, looks: int = 12, sites: int = SITES) -> YearCity:
    """The same register and seed give the same year. Plays periodic obligations, and of the other kinds those that
    `kinds` knows to play."""
    days = crawl_days(register.plan.year, looks)
    browser = dice(seed, "browser").random() > NO_BROWSER
    city, instalments = lay_out(register, _scenario(seed, sites, browser=browser), seed)
    open_further(city, [_profile(seed, place) for place in range(len(city.sites), sites + FURTHER)])
    matters, kinds = play_kinds(city, days, instalments)
    more, others = play_more(city, days)
    plant(city, instalments)
    plant_year(city, instalments, days)
    blur(city, instalments)
    for site in city.sites:
        number(site)
        if is_readable(site):
            disturb(site, days)
    _move_one(city, days)
    _shut_originals(city, days)
    return YearCity(city, days, matters + more, kinds | others, browser, _joining(city, days))


def _scenario(seed: int, sites: int, *, browser: bool) -> Scenario:
    profiles = [_harder(_profile(seed, place), seed, place, browser=browser) for place in range(sites)]
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


def _harder(profile: Profile, seed: int, place: int, *, browser: bool) -> Profile:
    """Lists that cannot be read wholly: drawn by script alone, or shown in their first rows only."""
    rng = dice(seed, "harder", place)
    chance, given = rng.random(), profile.model_dump(exclude_unset=True)
    if profile.list_break is not None:
        given["per_page"] = rng.choice((5, 10))
    elif place and chance < (0.04 if browser else 0.45):
        given = {key: value for key, value in given.items() if key != "per_page"} | {"family": Family.JS_ONLY}
    elif place and profile.family is Family.TRS and chance < 0.45:
        given["static_part"] = StaticPart(pages=1, per_page=rng.choice((5, 10)))
    elif place and profile.family in BREAKABLE and chance > 0.9:
        given |= {"list_break": Break(answer=rng.choice(("500", "404", "stub"))), "per_page": rng.choice((5, 10))}
    if "list_break" in given or "static_part" in given:
        given["neighbours_per_month"] = rng.choice((0.3, 6.0, 9.0))  # busy columns push the instalments off the page
    return Profile.model_validate(given)


def _joining(city: City, days: Sequence[dt.date]) -> dict[str, dt.date]:
    """A site that the sites file names late: at a later crawl, or after the last one."""
    rng = dice(city.seed, "joining")
    if len(city.sites) < 2 or rng.random() > 0.3:
        return {}
    late = days[-1] + DAY if rng.random() < 0.4 or len(days) < 3 else rng.choice(days[2:])
    return {rng.choice(city.sites[1:]).id: late}


def _shut_originals(city: City, days: Sequence[dt.date]) -> None:
    """A site with copies of documents that another repeals is away, blocks or forbids their column for the rest of the
    year."""
    rng = dice(city.seed, "shut")
    labels = [(site, o) for site in city.sites for o in site.others if o.kind is Kind.LABEL and is_readable(site)]
    kept = [(site, o) for site, o in labels if site.agency != o.lead[0]]
    if not kept or len(days) < 4 or rng.random() > 0.6:
        return
    site, obligation = rng.choice(kept)
    day, way = days[rng.randrange(1, len(days) * 2 // 3)] - 2 * DAY, rng.choice(("robots", "robots", "away", "blocked"))
    if way == "robots":
        column = site.column(column_named(site, obligation.evidence.columns[0]))
        column.edits = (*column.edits, Edit(day, {"forbidden": True}))
    else:
        how = Access.UNREACHABLE if way == "away" else rng.choice((Access.FORBIDDEN, Access.BLOCK_PAGE))
        site.outages = (*site.outages, (day, days[-1] + DAY, how))


def _move_one(city: City, days: Sequence[dt.date]) -> None:
    rng = dice(city.seed, "moved")
    named = {Kind.LABEL, Kind.PAIRING, Kind.RESPONSE}  # matters that are named by the addresses of their articles
    movable = [site for site in city.sites if not any(o.kind in named for o in site.others)]
    open_sites = [site for site in movable if is_readable(site) and site.profile.family is not Family.TRS_YEARS]
    if open_sites and rng.random() < 0.5:
        day = days[0] + dt.timedelta(days=rng.randint(40, 260))
        import_all(rng.choice(open_sites), day, dates=rng.random() < 0.6)
