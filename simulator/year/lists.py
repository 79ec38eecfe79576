"""Standing lists: since before the year, in the midst of it, too late for their date, lacking, taken away, never."""

import datetime as dt
import random
from collections.abc import Sequence
from functools import partial

from plans.register import CheckMode, Obligation
from simulator.bodies import lacking
from simulator.city import CitySite, Expectation, Publication
from simulator.dice import dice
from simulator.due import DAY
from simulator.year.answer import Answer, Truth, truth
from simulator.year.homes import Stand
from simulator.year.looking import Look
from simulator.year.names import Scene, strangers, way_to_call
from simulator.year.periodic import Sight, absent, assisted, flags_of, sight
from simulator.year.stage import Matter, Occasion, announce, register, stand_in, working

PAST = 400 * DAY
TEMPLATES = (
    "{place}{what}",
    "{place}{what}（{year}年版）",
    "{what}",
    "{place}{what}一览表",
    "关于公布{place}{what}的公告",
)
FATES = ("old", "old", "in_time", "in_time", "late", "lacking", "removed", "never", "never")
PERIOD = "standing"


def play_list(scene: Scene, obligation: Obligation, stand: Stand) -> list[Matter]:
    """One list of the obligation on the site, for all agencies of the stand."""
    site, plan = stand.site, scene.city.register.plan
    way = way_to_call(scene, site, obligation, TEMPLATES, ({"year": plan.year},))
    if way is None:
        return []
    register(site, obligation)
    rng = dice(scene.city.seed, obligation.id, site.id, "list")
    column, fate = stand_in(site, obligation), rng.choice(FATES)
    stated = obligation.due.date if obligation.due else None
    if fate != "never":
        day = _day(fate, stated, plan.year, rng)
        made = announce(site, obligation, column, way.format(year=plan.year), day)
        made.serves = frozenset({(obligation.id, PERIOD)})
        _befall(made, fate, rng)
    due, by_person = stated or plan.last_day, obligation.check is CheckMode.ASSISTED
    return [
        partial(
            _answers,
            scene,
            obligation,
            Expectation(obligation.id, agency, site.id, PERIOD, dt.date.min, due, dt.date.max, column, by_person),
        )
        for agency in stand.agencies
    ]


def _day(fate: str, stated: dt.date | None, year: int, rng: random.Random) -> dt.date:
    if fate == "old":
        return working(dt.date(year, rng.randint(1, 12), rng.randint(3, 28)) - PAST)
    if stated is None:
        return working(dt.date(year, rng.randint(1, 11), rng.randint(3, 28)))
    if fate == "late":
        return stated + rng.randint(3, 60) * DAY
    return stated - rng.randint(5, 40) * DAY


def _befall(made: Publication, fate: str, rng: random.Random) -> None:
    made.faults.add(fate)
    if fate == "removed":
        made.gone = made.day + rng.randint(30, 150) * DAY
    if fate == "lacking":
        made.faults.add("incomplete")
        made.faults -= set() if lacking(made) else {"incomplete", "lacking"}


def _answers(scene: Scene, obligation: Obligation, e: Expectation, when: Occasion) -> list[Answer]:
    site = next(site for site in scene.city.sites if site.id == e.site)
    sights = [sight(e, look) for look in when.looks]
    others = strangers(site, obligation)
    seen = [s for s in sights if s.found]
    if seen:
        judged = _present(obligation, e, sights, alone=not others)
    elif others:
        return []
    elif e.assisted:
        judged = assisted(e, sights, when.as_of)
    else:
        judged = absent(scene.city, e, sights, when.as_of)
    judged = _with_column(site, obligation, judged, when.looks)
    faults = seen[0].found.source.faults if seen and seen[0].found else {"never"}
    return [Answer("standing", obligation.id, e.agency, judged, planted=tuple(sorted(faults)), due=e.due)]


def _present(obligation: Obligation, e: Expectation, sights: list[Sight], *, alone: bool) -> Truth:
    """On time where no date is stated: it stands there. Else by the days that it claimed."""
    flags, free = flags_of(e, sights)
    claims = list(dict.fromkeys(s.found.day for s in sights if s.found))
    dated = obligation.due is not None and obligation.due.date is not None
    first = next(s.found for s in sights if s.found)
    if "imported" in first.faults:  # its site has moved since: what it claimed before counts
        claims = claims[:1]
    statuses = tuple(dict.fromkeys("late" if dated and claim > e.due else "on_time" for claim in claims))
    if "imported" in first.faults and first.origin and "late" in statuses:  # met after the move: nobody knows
        statuses, free = ("late", "inconclusive", "on_time"), {*free, "time_unknown"}
    if alone:
        return truth(*statuses, flags=flags, free=free)
    return truth(*dict.fromkeys((*statuses, "on_time")), free={*flags, *free, "wrong_place", "incomplete", "removed"})


def _with_column(site: CitySite, obligation: Obligation, judged: Truth, looks: Sequence[Look]) -> Truth:
    """A column that bears the list's name and is not empty may be the list itself; one that cannot be read may hold
    it."""
    free: set[str] = set()
    for look in looks:
        for column in look.sites[site.id].columns:
            if any(name in column.name or column.name in name for name in obligation.evidence.columns):
                read = look.read(site.id, column.id)
                free |= {"inconclusive"} if read.hindrance else {"on_time"} if read.rows else set()
    accused = {"overdue", "missing", "inconclusive", "not_due"} & set(judged.statuses)
    if not accused or not free:
        return judged
    return Truth(
        tuple(dict.fromkeys((*judged.statuses, *sorted(free)))),
        judged.flags,
        judged.free | {"time_unknown"},
        frozenset() if "inconclusive" in free else judged.reasons,
        judged.hindered,
    )
