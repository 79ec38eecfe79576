"""Realtime and daily duties: something for every day, which on some sites stops in the midst of the year."""

import datetime as dt
from dataclasses import replace
from functools import partial

from plans.register import CheckMode, Obligation
from simulator.city import CitySite, Publication
from simulator.dice import dice
from simulator.due import DAY
from simulator.year.answer import Answer, Truth, truth, unread
from simulator.year.homes import Stand
from simulator.year.looking import Look
from simulator.year.names import Sample, Scene, strangers, way_to_call
from simulator.year.stage import Matter, Occasion, announce, register, stand_in

TEMPLATES = (
    "{year}年{month}月{day}日{what}",
    "{place}{what}（{year}年{month}月{day}日）",
    "{place}{year}年{month}月{day}日{what}",
)
KEPT = 10 * DAY  # so long an item is shown
LONG = 15  # days; nobody calls a daily column fresh that has rested for so long, the longest holidays included


def play_fresh(scene: Scene, obligation: Obligation, stand: Stand) -> list[Matter]:
    """An item for every day until one; the last look's day, or one in the midst of the year."""
    site, days = stand.site, scene.days
    way = way_to_call(scene, site, obligation, TEMPLATES, [_sample(day) for day in (days[0], days[-1])])
    if way is None:
        return []
    register(site, obligation)
    column = stand_in(site, obligation)
    rng = dice(scene.city.seed, obligation.id, site.id, "daily")
    last = days[-1] if rng.random() < 0.6 or len(days) <= 2 else days[rng.randint(len(days) // 3, len(days) - 2)]
    first, items = days[0] - 20 * DAY, list[Publication]()
    for day in (first + k * DAY for k in range((last - first).days + 1)):
        items.append(announce(site, obligation, column, way.format(**_sample(day)), day))
        items[-1].gone = day + KEPT if day + KEPT <= last else None
    return [partial(_answers, scene, obligation, (stand, agency), items) for agency in stand.agencies]


def _sample(day: dt.date) -> Sample:
    return {"year": day.year, "month": day.month, "day": day.day}


def _answers(
    scene: Scene, obligation: Obligation, where: tuple[Stand, str], items: list[Publication], when: Occasion
) -> list[Answer]:
    """The last look decides: what the page showed on its day."""
    stand, agency = where
    if strangers(stand.site, obligation):
        return []
    first = scene.city.register.plan.first_day
    if when.as_of < first:
        return [Answer("daily", obligation.id, agency, truth("not_due"))]
    judged = [(_shown(obligation, stand.site, look), look) for look in when.looks if look.day >= first]
    if not judged:
        return []
    last, look = judged[-1]
    if last is None:
        return []
    before = [found for found, _ in judged[:-1] if found and not found.hindered]
    if last.hindered and before:  # what an earlier look has shown stands
        last = truth("inconclusive", *before[-1].statuses, free={"incomplete"})
    if look.day > scene.city.register.plan.last_day:  # what it says of a day so long before, DESIGN leaves open
        last = replace(last, statuses=tuple(dict.fromkeys((*last.statuses, "inconclusive"))), reasons=frozenset())
    planted = ("stopped",) if items[-1].day < look.day else ("daily",)
    return [Answer("daily", obligation.id, agency, last, planted=planted, due=look.day)]


def _shown(obligation: Obligation, site: CitySite, look: Look) -> Truth | None:
    """Fresh, long stale, or not read; None in between, and after the plan's time, of which it says nothing."""
    read = look.read(site.id, look.sites[site.id].columns_of[obligation.id])
    newest = max((row.day for row in read.rows if row.source.obligation is obligation), default=dt.date.min)
    rest = (look.day - newest).days if newest > dt.date.min else LONG
    free = {"incomplete"} if obligation.evidence.model_dump(exclude_defaults=True).keys() & _DEMANDS else set()
    if rest <= 0:
        return truth("on_time", free=free)
    if read.hindrance:
        return unread()
    if rest < LONG:
        return None
    if obligation.check is CheckMode.ASSISTED:
        return unread(hindered=False)
    return truth("overdue", "missing", "late")


_DEMANDS = {"covers", "fields", "min_rows", "min_count"}
