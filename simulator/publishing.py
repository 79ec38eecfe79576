"""Builds a practice city: who owes what, what it is called, where it stands, and when it was published."""

import datetime as dt
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from plans.register import After, Cadence, CheckMode, Defaults, Due, Kind, Obligation, Register, Vague
from simulator import due as days
from simulator import titles
from simulator.city import SECTION, City, CitySite, Column, Duty, Expectation, Instalment, Publication, mistaken, moment
from simulator.dice import dice
from simulator.due import DAY, Slot
from simulator.noise import NoiseColumn, noise, noise_title
from simulator.planting import plant
from simulator.scenario import Family, Profile, Scenario
from simulator.titles import Naming

CADENCES = frozenset({Cadence.WEEKLY, Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.HALF_YEARLY, Cadence.YEARLY})
# Words in `where` that name a channel, not a site.
CHANNELS = frozenset({"wechat", "weibo", "newspaper", "press", "app", "tv", "radio", "gazette", "hall"})
SITE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\Z")


def build_city(register: Register, scenario: Scenario, seed: int | None = None) -> City:
    """The same register, scenario and seed give the same city, byte for byte.

    Takes the periodic obligations whose due date follows from the calendar. Sites with most such obligations come
    first and get the scenario's profiles in turn. What is left out stands in `skipped`, with the reason.
    """
    city, instalments = lay_out(register, scenario, scenario.seed if seed is None else seed)
    plant(city, instalments)
    for site in city.sites:
        number(site)
    return city


def lay_out(register: Register, scenario: Scenario, seed: int) -> tuple[City, list[Instalment]]:
    """A city in which everything was published on time, before its articles are numbered."""
    city = City(register, scenario, seed, [], [], [])
    instalments: list[Instalment] = []
    groups = _groups(city)
    for (site_id, owed), profile in zip(groups, scenario.sites, strict=False):
        site = _site(city, site_id, owed, profile)
        city.sites.append(site)
        city.expectations += _expectations(city, site)
        instalments += _instalments(city, site)
        _publish_noise(city, site)
        _publish_neighbours(city, site)
    city.skipped += [(o.id, "no site left for it") for _, owed in groups[len(scenario.sites) :] for o, _ in owed]
    return city, instalments


def _groups(city: City) -> list[tuple[str, list[tuple[Obligation, tuple[str, ...]]]]]:
    """Supported obligations by site, the site with most of them first."""
    found: dict[str, list[tuple[Obligation, tuple[str, ...]]]] = defaultdict(list)
    leads = _leads_by_site(city.register)
    for written in city.register.obligations:
        obligation = spelled_out(written, city.register.defaults)
        reason = unsupported(obligation)
        if reason:
            city.skipped.append((obligation.id, reason))
            continue
        for site_id, agencies in _homes(obligation, leads):
            found[site_id].append((obligation, agencies))
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return [(f"site{i:02d}" if site_id.startswith("@") else site_id, v) for i, (site_id, v) in enumerate(ordered, 1)]


def spelled_out(obligation: Obligation, defaults: Defaults) -> Obligation:
    """The obligation with what its vague word and the register's defaults mean written into it."""
    vague = {Vague.REGULARLY: defaults.regularly, Vague.AS_APPROPRIATE: defaults.as_appropriate}
    cadence = obligation.cadence
    if cadence is None and obligation.vague in vague:
        cadence = vague[obligation.vague].at_least
    timely = Due(working_days=defaults.timely.working_days, after=After.PERIOD_END)
    return obligation.model_copy(update={"cadence": cadence, "due": obligation.due or timely})


def _leads_by_site(register: Register) -> Counter[str]:
    """How many agencies each site serves: a portal that all share is home to none of them."""
    pairs = {(site, lead) for o in register.obligations for site in o.where for lead in o.lead}
    return Counter(site for site, _ in pairs)


def _homes(obligation: Obligation, leads: Counter[str]) -> list[tuple[str, tuple[str, ...]]]:
    sites = [w for w in obligation.where if SITE_ID.match(w) and w.lower() not in CHANNELS]
    if not sites:
        return [(f"@{agency}", (agency,)) for agency in obligation.lead]
    if len(sites) == len(obligation.lead):
        return [(site, (agency,)) for site, agency in zip(sites, obligation.lead, strict=True)]
    return [(min(sites, key=lambda site: leads[site]), obligation.lead)]


def unsupported(obligation: Obligation) -> str | None:
    """Why the simulator cannot play this obligation, or None."""
    if obligation.kind is not Kind.PERIODIC or obligation.cadence not in CADENCES:
        return "not periodic"
    if obligation.check is CheckMode.MANUAL:
        return "left to people"
    if not days.countable(obligation.due):
        return "no due date that follows from the calendar"
    if not obligation.evidence.title:
        return "no title pattern to recognise an instalment by"
    return None


def _site(city: City, site_id: str, owed: list[tuple[Obligation, tuple[str, ...]]], profile: Profile) -> CitySite:
    site = _bare_site(city, site_id, Counter(a for _, agencies in owed for a in agencies).most_common(1)[0][0], profile)
    for obligation, agencies in owed:
        naming = _naming(site, obligation, city.register.plan.first_day)
        if naming is None:
            city.skipped.append((obligation.id, f"no title on {site_id} that its patterns alone recognise"))
        else:
            site.duties.append(Duty(obligation, agencies, naming))
    _lay_columns(site)
    return site


def _bare_site(city: City, site_id: str, agency: str, profile: Profile) -> CitySite:
    place = city.register.plan.place
    name = agency if agency.startswith(place) else place + re.sub(r"^[市区县省]", "", agency)
    return CitySite(site_id, name, agency, place, profile, f"{city.seed}/{site_id}")


def open_site(city: City, site_id: str, agency: str, profile: Profile) -> CitySite:
    """A site of an agency that owes no instalments, with ordinary columns and articles; the caller adds it."""
    site = _bare_site(city, site_id, agency, profile)
    _lay_columns(site)
    _publish_noise(city, site)
    return site


def _naming(site: CitySite, obligation: Obligation, first_day: dt.date) -> Naming | None:
    """One of the first ways to call the instalments that no other obligation of the site recognises as its own."""
    assert obligation.cadence is not None  # noqa: S101 - `unsupported` has seen to it
    sample = days.slot_of(obligation.cadence, first_day)
    fitting = []
    for naming in titles.namings(obligation, site.place, sample):
        title = titles.fill(naming.heads[0], naming.place, naming.what, sample)
        if not any(_confused(duty, obligation, title, sample) for duty in site.duties):
            fitting.append(naming)
    if not fitting:
        return None
    chosen = dice(site.seed, obligation.id, "naming").choice(fitting[:4])
    return replace(chosen, heads=tuple(n.heads[0] for n in fitting if n.what == chosen.what)[:2])


def _confused(duty: Duty, obligation: Obligation, title: str, sample: Slot) -> bool:
    theirs = titles.fill(duty.naming.heads[0], duty.naming.place, duty.naming.what, sample)
    return titles.recognised(duty.obligation, title) or titles.recognised(obligation, theirs)


def _lay_columns(site: CitySite) -> None:
    site.columns = [Column(_noise_path(c), c.name, c.section, empty=c.share == 0) for c in noise().columns]
    directory = {Family.GKMLPT: 1, Family.MIXED: 2}.get(site.profile.family)
    last = len(site.duties) - site.profile.without_column
    for place, duty in enumerate(site.duties):
        name = _column_name(site, duty.obligation)
        if place >= last:
            others = {_column_name(site, d.obligation) for d in site.duties if d is not duty}
            shared = next((n for n in (name, *duty.obligation.evidence.columns) if n in others), None)
            if shared is None:
                site.columns_of[duty.obligation.id] = None
                continue
            name = shared
        column = next((c for c in site.columns if c.name == name and (c.owed or not c.empty)), None)
        if column is None:
            column = _owed_column(site, name, directory is not None and place % directory == 0)
            column.empty = place >= last - site.profile.empty_column
            site.columns = [*(c for c in site.columns if c.name != name), column]  # instead of an empty one
        site.columns_of[duty.obligation.id] = column.id
    owed = [c for c in site.columns if c.owed]
    if site.profile.robots_forbid and owed:
        owed[0].forbidden = True


def _noise_path(column: NoiseColumn) -> str:
    return f"{column.path}/"


def _owed_column(site: CitySite, name: str, in_directory: bool) -> Column:
    rng = dice(site.seed, "column", name)
    slug = "".join(rng.choice("bcdfghjklmnpqrstwxyz") for _ in range(4))
    column_id = str(rng.randint(1000, 99999)) if in_directory else posixpath.join("zwgk/zdlyxxgk", slug, "")
    return Column(column_id, name, SECTION, owed=True, in_directory=in_directory)


def _column_name(site: CitySite, obligation: Obligation) -> str:
    given = obligation.evidence.columns[0] if obligation.evidence.columns else SECTION
    if site.profile.column_name == "given":
        return given
    return titles.wording().related.get(given) or f"{given.removesuffix('公开').removesuffix('信息')}专栏"


def _expectations(city: City, site: CitySite) -> Iterable[Expectation]:
    plan = city.register.plan
    for duty in site.duties:
        slots = days.slots_between(_cadence(duty), plan.first_day, plan.last_day)
        for slot in slots or [days.slot_of(_cadence(duty), plan.last_day)]:  # nothing owed drops out of a short plan
            about = days.previous(slot) if duty.obligation.about_previous else slot
            due, next_due = (_due(city, duty.obligation, s) for s in (slot, days.following(slot)))
            column = site.columns_of[duty.obligation.id]
            assisted = duty.obligation.check is CheckMode.ASSISTED
            for agency in duty.agencies:
                yield Expectation(
                    duty.obligation.id, agency, site.id, about.key, about.first, due, next_due, column, assisted
                )


def _cadence(duty: Duty) -> Cadence:
    assert duty.obligation.cadence is not None  # noqa: S101 - `unsupported` has seen to it
    return duty.obligation.cadence


def _due(city: City, obligation: Obligation, slot: Slot) -> dt.date:
    rule: Due | None = obligation.due
    assert rule is not None  # noqa: S101 - `unsupported` has seen to it
    if obligation.merge_january and slot.cadence is Cadence.MONTHLY and slot.number == 1:
        slot = days.following(slot)
    return days.due_date(rule, slot, city.register.plan.year)


def _instalments(city: City, site: CitySite) -> list[Instalment]:
    """All instalments from the year before the plan to the spring after it, each on time; faults come later."""
    plan, made = city.register.plan, []
    for duty in site.duties:
        column = site.columns_of[duty.obligation.id]
        if column is None or site.column(column).empty:
            continue
        start, end = plan.first_day.replace(month=1, day=1), plan.last_day + 120 * DAY
        for slot in days.slots_between(_cadence(duty), start.replace(year=start.year - 1), end):
            made.append(_instalment(city, site, duty, slot, column))
    return made


def _instalment(city: City, site: CitySite, duty: Duty, slot: Slot, column: str) -> Instalment:
    about = days.previous(slot) if duty.obligation.about_previous else slot
    rng = dice(site.seed, duty.obligation.id, slot.key)
    due = _due(city, duty.obligation, slot)
    day = _on_time_day(about, due, rng.random())
    evidence = duty.obligation.evidence
    table = bool(evidence.covers or evidence.min_rows or evidence.fields or rng.random() < 0.6)
    publication = Publication(
        title=titles.fill(_head(duty, about), duty.naming.place, duty.naming.what, about),
        day=day,
        moment=moment(day, rng.random()),
        column=column,
        body="table" if table else "text",
        serves=frozenset({(duty.obligation.id, about.key)}),
        obligation=duty.obligation,
    )
    site.publications.append(publication)
    return Instalment(site, duty, slot, about, due, publication)


def _head(duty: Duty, about: Slot) -> str:
    """An office changes its wording now and then, not from month to month."""
    heads = duty.naming.heads
    return heads[(about.year * 12 + about.first.month) // 9 % len(heads)]


def _on_time_day(about: Slot, due: dt.date, chance: float) -> dt.date:
    """A working day after the period, at most twenty days before the due date and never after it."""
    earliest = max(about.last + DAY, due - 20 * DAY)
    if earliest > due:  # due within the period itself
        earliest = due - 10 * DAY
    day = earliest + int(chance * ((due - earliest).days + 1)) * DAY
    while day > earliest and not days.is_working_day(day):
        day -= DAY
    while day < due and not days.is_working_day(day):
        day += DAY
    return day


def _publish_noise(city: City, site: CitySite) -> None:
    plan = city.register.plan
    first, last = dt.date(plan.first_day.year - 1, 1, 1), plan.last_day + 90 * DAY
    rng = dice(site.seed, "noise")
    sources = [c for c in noise().columns if c.share > 0]
    for _ in range(round(site.profile.noise_per_month * (last - first).days / 30)):
        column = rng.choices(sources, weights=[c.share for c in sources])[0]
        day = first + rng.randrange((last - first).days) * DAY
        title = noise_title(column.kind, day, site.name, site.place, rng)
        if not mistaken(site, title):
            article = Publication(title, day, moment(day, rng.random()), _noise_path(column))
            if rng.random() < 0.1:
                article.body = "attachment"
            site.publications.append(article)


def _publish_neighbours(city: City, site: CitySite) -> None:
    """Ordinary notices between the instalments, in the columns of what is owed."""
    plan = city.register.plan
    first, last = dt.date(plan.first_day.year - 1, 1, 1), plan.last_day + 90 * DAY
    for column in [c for c in site.columns if c.owed and not c.empty]:
        rng = dice(site.seed, column.id, "neighbours")
        for _ in range(round(site.profile.neighbours_per_month * (last - first).days / 30)):
            day = first + rng.randrange((last - first).days) * DAY
            title = noise_title("notice", day, site.name, site.place, rng)
            if not mistaken(site, title):
                site.publications.append(Publication(title, day, moment(day, rng.random()), column.id))


def number(site: CitySite) -> None:
    """Give running numbers in the order in which the articles were really made."""
    rng = dice(site.seed, "numbers")
    trs = site.profile.family is Family.TRS
    running = rng.randint(3_000, 60_000) if trs else rng.randint(1_100_000, 8_000_000)
    for publication in sorted(site.publications, key=lambda p: (p.made or p.moment, p.title)):
        running += 1 if "backdated" in publication.faults else rng.randint(1, 9)
        publication.number = running
        migrated = site.profile.migrated
        if migrated and publication.moment.date() < migrated:
            publication.url_day = migrated
