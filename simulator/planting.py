"""Plants the scenario's faults and look-alikes into a city in which everything was published on time."""

import datetime as dt
from collections.abc import Callable, Sequence

from plans.register import Cadence, CheckMode
from simulator import due as days
from simulator import titles
from simulator.city import SECTION, City, CitySite, Instalment, Publication, is_readable, mistaken, moment
from simulator.dice import dice
from simulator.due import DAY
from simulator.scenario import Access, Family, ItemFaults, Profile

RUN = 4  # instalments of one backdated run


def plant(city: City, instalments: list[Instalment]) -> None:
    """Change the city's articles in place. A share above 0 plants at least one fault where any fits."""
    plan, wanted = city.register.plan, city.scenario.items
    owed = {(e.site, e.obligation, e.period) for e in city.expectations}
    pool = [i for i in instalments if (i.site.id, *i.key) in owed and _visible(i)]
    _merge_januaries(city, instalments, owed)
    pool = [i for i in pool if i.publication in i.site.publications and not i.publication.faults]
    _plant_timing(city, pool, wanted)
    _plant_wording(city, [i for i in pool if i.publication in i.site.publications], wanted)
    _plant_decoys(city, pool, wanted)
    for site in city.sites:
        _plant_site(site, plan.first_day)
    _count(city)


def _visible(instalment: Instalment) -> bool:
    site = instalment.site
    return is_readable(site) and not site.column(instalment.publication.column).forbidden


def _some(city: City, fault: str, share: float, pool: Sequence[Instalment]) -> list[Instalment]:
    if share <= 0 or not pool:
        return []
    return dice(city.seed, fault).sample(list(pool), min(len(pool), max(1, round(share * len(pool)))))


def _remove(instalment: Instalment) -> None:
    instalment.site.publications = [p for p in instalment.site.publications if p is not instalment.publication]


def _merge_januaries(city: City, instalments: list[Instalment], owed: set[tuple[str, str, str]]) -> None:
    """January's instalment is not published by itself; February's speaks for both."""
    januaries = [i for i in instalments if i.slot.cadence is Cadence.MONTHLY and i.about.number == 1]
    januaries = [i for i in januaries if i.duty.naming.merged]
    given = [i for i in januaries if i.duty.obligation.merge_january]
    fitting = [i for i in januaries if (i.site.id, *i.key) in owed and i not in given and _visible(i)]
    for january in given + _some(city, "merged_january", city.scenario.items.merged_january, fitting):
        following = days.following(january.about)
        february = next((i for i in instalments if i.duty is january.duty and i.about == following), None)
        if february is None:
            continue
        _remove(january)
        template = dice(january.site.seed, january.key, "merged").choice(january.duty.naming.merged)
        _rename(february, template)
        february.publication.serves |= january.publication.serves
        if (january.site.id, *january.key) in owed:
            february.publication.faults.add("merged_january")


def _rename(instalment: Instalment, template: str) -> None:
    naming = instalment.duty.naming
    instalment.publication.title = titles.fill(template, naming.place, naming.what, instalment.about)


def _plant_timing(city: City, pool: list[Instalment], wanted: ItemFaults) -> None:
    """Each instalment gets one of these at most."""
    free = list(pool)

    def take(fault: str, share: float, fits: Callable[[Instalment], bool] = lambda _: True) -> list[Instalment]:
        chosen = _some(city, fault, share, [i for i in free if fits(i)])
        free[:] = [i for i in free if i not in chosen]
        for instalment in chosen:
            instalment.publication.faults.add(fault)
        return chosen

    _backdate(city, free, wanted.backdated_run)
    for instalment in take("undated", wanted.undated, lambda i: i.site.profile.family is Family.NFCMS):
        instalment.publication.undated = True
    for instalment in take("late", wanted.late, _is_strict):
        delay = dice(instalment.site.seed, instalment.key, "late").randint(1, 25)
        _move(instalment, instalment.due + delay * DAY)
    for instalment in take("never", wanted.never, _is_strict):
        _remove(instalment)
        city.faults["never"] += 1
    take("incomplete", wanted.incomplete, lambda i: bool(i.duty.obligation.evidence.covers))
    for instalment in take("wrong_place", wanted.wrong_place):
        instalment.publication.column = instalment.site.notices
    for instalment in take("early_address", wanted.early_address, _in_trs):
        instalment.publication.url_day -= dice(instalment.site.seed, instalment.key, "early").randint(1, 6) * DAY


def _is_strict(instalment: Instalment) -> bool:
    """Whether a machine may call a gap a fault: the plan names a cadence ("regularly" is met by anything that came
    often enough), and the register leaves no decision to a person."""
    obligation = instalment.duty.obligation
    return obligation.vague is None and obligation.check is CheckMode.AUTOMATIC


def _in_trs(instalment: Instalment) -> bool:
    return instalment.site.profile.family is Family.TRS


def _move(instalment: Instalment, day: dt.date) -> None:
    publication = instalment.publication
    publication.day = publication.rank_day = publication.url_day = day
    publication.moment = dt.datetime.combine(day, publication.moment.time())


def _backdate(city: City, free: list[Instalment], share: float) -> None:
    """A run of months goes online in one sitting, each with the date on which it should have been there."""
    runs = _runs(free)
    chosen = (
        dice(city.seed, "backdated").sample(runs, min(len(runs), max(1, round(share * len(runs))))) if share else []
    )
    for run in chosen:
        online = max(i.due for i in run) + 23 * DAY
        start = moment(online, 0.2)
        for place, instalment in enumerate(run):
            publication = instalment.publication
            publication.moment = start + place * dt.timedelta(minutes=3)
            publication.url_day = online
            publication.faults.add("backdated")
            free.remove(instalment)


def _runs(free: list[Instalment]) -> list[list[Instalment]]:
    """For each monthly obligation, one stretch of neighbouring months from the middle of the year."""
    found: dict[tuple[str, str], list[Instalment]] = {}
    for i in free:
        if i.slot.cadence is Cadence.MONTHLY and 5 <= i.about.number < 5 + RUN and not i.site.profile.migrated:
            found.setdefault((i.site.id, i.duty.obligation.id), []).append(i)
    return [run for run in found.values() if len(run) == RUN]


def _plant_wording(city: City, pool: list[Instalment], wanted: ItemFaults) -> None:
    plain = [i for i in pool if not i.publication.undated and "merged_january" not in i.publication.faults]
    later = [i for i in plain if i.about.number >= 3 and i.duty.naming.cumulative]
    cumulative = _some(city, "cumulative", wanted.cumulative, later)
    for instalment in cumulative:
        naming, rng = instalment.duty.naming, dice(instalment.site.seed, instalment.key, "wording")
        half_year = instalment.about.number == 6 and naming.half_year and rng.random() < 0.5
        _rename(instalment, rng.choice(naming.half_year if half_year else naming.cumulative))
        instalment.publication.faults.add("cumulative")
    others = [i for i in plain if i not in cumulative and i.duty.naming.no_year]
    for instalment in _some(city, "no_year", wanted.no_year, others):
        rng = dice(instalment.site.seed, instalment.key, "wording")
        _rename(instalment, rng.choice(instalment.duty.naming.no_year))
        instalment.publication.faults.add("no_year")


def _plant_decoys(city: City, pool: list[Instalment], wanted: ItemFaults) -> None:
    """Explanations of instalments (of those that never came, too), yearly reports and adjustments between months.

    An explanation is planted only where the register's own patterns turn it down: else nobody could tell them apart.
    """
    missing = [i for i in pool if "never" in i.publication.faults] if wanted.interpretation else []
    chosen = _some(city, "interpretation", wanted.interpretation, pool)
    for instalment in missing + [i for i in chosen if i not in missing]:
        _explain(instalment)
    for site in city.sites:
        _adjust(city, site, wanted.adjustment)


def _explain(instalment: Instalment) -> None:
    site, of = instalment.site, instalment.publication
    rng = dice(site.seed, instalment.key, "explained")
    names = [t.format(title=of.title) for t in titles.wording().interpretation]
    names = [name for name in names if not mistaken(site, name)]
    if not names:
        return
    day = of.day + rng.randint(1, 3) * DAY
    column = of.column if rng.random() < 0.5 else next(c.id for c in site.columns if c.name == "政策解读")
    decoy = Publication(rng.choice(names), day, moment(day, rng.random()), column)
    decoy.faults.add("interpretation")
    site.publications.append(decoy)


def _adjust(city: City, site: CitySite, share: float) -> None:
    year = city.register.plan.year
    for duty in site.duties:
        column = site.columns_of[duty.obligation.id]
        rng = dice(site.seed, duty.obligation.id, "adjusted")
        if not share or column is None or site.column(column).empty or rng.random() > share:
            continue
        for template in duty.naming.adjustment:
            day = dt.date(year, rng.randint(2, 11), rng.randint(1, 28))
            title = titles.fill(template, site.place, "", days.slot_of(Cadence.YEARLY, day))
            if not mistaken(site, title, Cadence.YEARLY):
                decoy = Publication(title, day, moment(day, rng.random()), column)
                decoy.faults.add("adjustment")
                site.publications.append(decoy)


def _plant_site(site: CitySite, first_day: dt.date) -> None:
    profile = site.profile
    rng = dice(site.seed, "site faults")
    owed = [p for p in site.publications if p.obligation is not None]
    for publication in owed:
        if rng.random() < profile.second_column and "wrong_place" not in publication.faults:
            publication.also_in = site.notices
            publication.faults.add("second_column")
        if rng.random() < profile.attachment_only and "incomplete" not in publication.faults:
            publication.body = "attachment"
            publication.faults.add("attachment_only")
        if rng.random() < profile.out_of_order:
            publication.rank_day += rng.choice((-1, 1)) * rng.randint(8, 40) * DAY
            publication.faults.add("out_of_order")
    for column in [c for c in site.columns if c.owed and not c.empty]:
        for place in range(profile.sticky):
            _stick(site, column.id, first_day, place)


def _stick(site: CitySite, column: str, first_day: dt.date, place: int) -> None:
    """An old circular that has been set to the top of the column."""
    rng = dice(site.seed, column, "sticky", place)
    day = first_day - rng.randint(400, 900) * DAY
    name = (
        f"{site.name}关于印发《{SECTION}工作制度》的通知"
        if place == 0
        else f"{site.name}信息公开指南（{day.year}年版）"
    )
    if not mistaken(site, name):
        row = Publication(name, day, moment(day, rng.random()), column, sticky=True)
        row.faults.add("sticky")
        site.publications.append(row)


def _count(city: City) -> None:
    for site in city.sites:
        city.faults.update(fault for p in site.publications for fault in p.faults)
        city.faults.update(_site_faults(site.profile))


def _site_faults(profile: Profile) -> list[str]:
    named = {
        "robots_forbid": profile.robots_forbid,
        f"list_break_{profile.list_break.answer}" if profile.list_break else "": profile.list_break is not None,
        "static_part": profile.static_part is not None,
        f"dates_{profile.dates}": profile.dates != "everywhere",
        f"charset_{profile.charset}": profile.charset != "utf-8",
        "related_column": profile.column_name == "related",
        "without_column": profile.without_column > 0,
        "empty_column": profile.empty_column > 0,
        "cut_titles": profile.cut_titles,
        "migrated": profile.migrated is not None,
        str(profile.access): profile.access is not Access.OPEN,
    }
    return [name for name, present in named.items() if present]
