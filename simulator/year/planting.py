"""Plants what happens to periodic instalments over a year, and what happens to whole sites."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable, Sequence

from plans.register import Cadence
from simulator import titles
from simulator.city import City, CitySite, Edit, Instalment, Publication, is_readable, moment
from simulator.dice import dice
from simulator.due import DAY, is_working_day
from simulator.scenario import Access, Family

SHARES = {
    "late": 0.08,
    "never": 0.07,
    "removed": 0.06,
    "redrafted": 0.04,
    "retitled": 0.03,
    "redated": 0.03,
    "backdated": 0.05,
    "timer": 0.05,
    "incomplete": 0.12,
    "wrong_place": 0.02,
    "undated": 0.03,
}


def plant_year(city: City, instalments: Sequence[Instalment], looks: Sequence[dt.date]) -> None:
    """Change the city's articles in place: each instalment of the plan's year gets one fate at most."""
    owed = {(e.site, e.obligation, e.period) for e in city.expectations}
    pool = [i for i in instalments if (i.site.id, *i.key) in owed and is_readable(i.site)]
    pool = [i for i in pool if i.publication in i.site.publications and not i.publication.faults]
    _plant_batches(city, pool)
    for instalment in pool:
        if instalment.publication.faults:
            continue
        rng = dice(city.seed, instalment.site.id, instalment.key, "fate")
        fate = rng.choices([*SHARES, ""], [*SHARES.values(), 1 - sum(SHARES.values())])[0]
        if fate and _FATES[fate](instalment, looks, rng):
            instalment.publication.faults.add(fate)
        _carry(instalment, rng)
    city.faults.update(fault for site in city.sites for p in site.publications for fault in p.faults)


def _plant_batches(city: City, pool: Sequence[Instalment]) -> None:
    """An office forgets an obligation for months, then puts up all of them on one day, each with that day's date."""
    runs: dict[tuple[str, str], list[Instalment]] = defaultdict(list)
    for i in pool:
        if i.slot.cadence in (Cadence.MONTHLY, Cadence.QUARTERLY):
            runs[i.site.id, i.duty.obligation.id].append(i)
    for key, run in runs.items():
        rng = dice(city.seed, *key, "batch")
        if rng.random() > 0.2 or len(run) < 4:
            continue
        first = rng.randrange(len(run) - 3)
        chosen = run[first : first + rng.randint(3, 4)]
        day = _working(max(i.due for i in chosen) + rng.randint(3, 25) * DAY)
        for place, instalment in enumerate(chosen):
            _put(instalment.publication, day, moment(day, 0.3) + place * dt.timedelta(minutes=7))
            instalment.publication.faults.add("batch")


def _working(day: dt.date) -> dt.date:
    while not is_working_day(day):
        day += DAY
    return day


def _put(publication: Publication, day: dt.date, when: dt.datetime) -> None:
    """Publish on a day, with an honest date."""
    publication.day = publication.rank_day = publication.url_day = day
    publication.moment = when


def _late(i: Instalment, _: Sequence[dt.date], rng: random.Random) -> bool:
    day = i.due + rng.randint(1, 45) * DAY
    _put(i.publication, day, moment(day, rng.random()))
    return True


def _never(i: Instalment, _: Sequence[dt.date], __: random.Random) -> bool:
    i.site.publications = [p for p in i.site.publications if p is not i.publication]
    return True


def _removed(i: Instalment, _: Sequence[dt.date], rng: random.Random) -> bool:
    i.publication.gone = i.publication.moment.date() + rng.randint(5, 150) * DAY
    return True


def _redrafted(i: Instalment, _: Sequence[dt.date], rng: random.Random) -> bool:
    """Its figures are set again, a while after it was published."""
    if i.publication.body != "table":
        return False
    day = i.publication.moment.date() + rng.randint(35, 120) * DAY
    i.publication.edits = (Edit(day, {"draft": 1}),)
    return True


def _retitled(i: Instalment, _: Sequence[dt.date], rng: random.Random) -> bool:
    title = f"{i.publication.title}（更正）"
    if not titles.recognised(i.duty.obligation, title):
        return False
    day = i.publication.moment.date() + rng.randint(35, 120) * DAY
    i.publication.edits = (Edit(day, {"title": title}),)
    return True


def _redated(i: Instalment, _: Sequence[dt.date], rng: random.Random) -> bool:
    """It came late with an honest date, and the date was set back later on."""
    honest = i.publication.day
    day = i.due + rng.randint(15, 45) * DAY
    _put(i.publication, day, moment(day, rng.random()))
    i.publication.edits = (Edit(day + rng.randint(20, 70) * DAY, {"day": honest}),)
    return True


def _backdated(i: Instalment, _: Sequence[dt.date], rng: random.Random) -> bool:
    """It came long after the due date and claims a day before: the address and the number are those of the real day."""
    online = i.due + rng.randint(20, 80) * DAY
    i.publication.moment = moment(online, rng.random())
    i.publication.url_day = online
    return True


def _timer(i: Instalment, _: Sequence[dt.date], rng: random.Random) -> bool:
    """It was written and numbered days before it went online by itself, on the day that it claims."""
    made = i.publication.moment - rng.randint(1, 12) * DAY
    i.publication.made, i.publication.url_day = made, made.date()
    return True


def _incomplete(i: Instalment, _: Sequence[dt.date], __: random.Random) -> bool:
    evidence = i.duty.obligation.evidence
    return bool(evidence.covers or evidence.fields or evidence.min_rows or evidence.min_count)


def _wrong_place(i: Instalment, _: Sequence[dt.date], __: random.Random) -> bool:
    i.publication.column = i.site.notices
    return True


def _undated(i: Instalment, _: Sequence[dt.date], __: random.Random) -> bool:
    i.publication.undated = i.site.profile.family is Family.NFCMS
    return i.publication.undated


def _carry(instalment: Instalment, rng: random.Random) -> None:
    """What must hold certain elements stands in the page, or in a file: a sheet, a document, a PDF, a scanned one."""
    publication, evidence = instalment.publication, instalment.duty.obligation.evidence
    demanded = evidence.covers or evidence.fields or evidence.min_rows or evidence.min_count
    if demanded and publication.body == "text":
        publication.body = "table"
    if demanded and publication.body == "table" and not publication.edits and rng.random() < 0.35:
        publication.body = rng.choice(("attachment", "docx", "pdf", "scan"))


_FATES: dict[str, Callable[[Instalment, Sequence[dt.date], random.Random], bool]] = {
    "late": _late,
    "never": _never,
    "removed": _removed,
    "redrafted": _redrafted,
    "retitled": _retitled,
    "redated": _redated,
    "backdated": _backdated,
    "timer": _timer,
    "incomplete": _incomplete,
    "wrong_place": _wrong_place,
    "undated": _undated,
}


def disturb(site: CitySite, looks: Sequence[dt.date]) -> None:
    """What happens to a whole site: it is away for a month or two, a column is renamed or moved."""
    rng = dice(site.seed, "disturbed")
    if rng.random() < 0.3:
        first = rng.randrange(1, len(looks))
        last = min(first + rng.randrange(2), len(looks) - 1)
        how = rng.choice((Access.UNREACHABLE, Access.FORBIDDEN, Access.BLOCK_PAGE))
        site.outages = ((looks[first] - 2 * DAY, looks[last] + 2 * DAY, how),)
    for column in site.columns:
        if not column.owed or column.in_directory or column.empty:
            continue
        chance, day = rng.random(), looks[0] + rng.randint(20, 250) * DAY
        if chance < 0.06 and column.name in titles.wording().related:
            column.edits = (Edit(day, {"name": titles.wording().related[column.name]}),)
        elif chance < 0.12:
            column.edits = (Edit(day, {"id": f"{column.id.rstrip('/')}x/"}),)


def import_all(site: CitySite, day: dt.date, *, dates: bool) -> None:
    """The site moves to another system: new numbers and addresses for all that is there, and with `dates` new dates."""
    old = [p for p in site.publications if p.moment.date() < day]
    newer = [p for p in site.publications if p.moment.date() >= day]
    running = max((p.number for p in site.publications), default=0) + 1000
    for p in sorted(old, key=lambda p: p.number):
        running += 1
        given = {"number": running, "url_day": day} | ({"day": day, "rank_day": day} if dates else {})
        p.edits = (*(e for e in p.edits if not (dates and "day" in e.fields)), Edit(day, given))
        p.faults.add("imported" if dates else "renumbered")
    for p in sorted(newer, key=lambda p: p.number):
        running += 1
        p.number = running
