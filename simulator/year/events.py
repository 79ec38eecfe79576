"""What is published after an event: some items, or none at all, and then nobody knows whether there was anything."""

from collections.abc import Sequence
from functools import partial

from plans.register import Obligation
from simulator.city import Publication
from simulator.dice import dice
from simulator.due import DAY
from simulator.year.answer import Answer, truth
from simulator.year.homes import Stand
from simulator.year.looking import Look
from simulator.year.names import Scene, item_count, strangers, way_to_call
from simulator.year.periodic import removal, sight_of
from simulator.year.stage import Matter, Occasion, announce, register, stand_in

TEMPLATES = (
    "{place}{year}年第{n}批{what}",
    "{place}{what}（第{n}批）",
    "{place}{year}年第{n}期{what}",
    "{place}第{n}号{what}",
    "{place}{what}（{year}年第{n}号）",
    "{place}{year}年第{n}批{what}的公告",
    "{place}关于第{n}批{what}的通知",
)


def play_events(scene: Scene, obligation: Obligation, stand: Stand) -> list[Matter]:
    """The items of the year on one site, for all agencies of the stand."""
    site, year = stand.site, scene.year
    samples = [{"year": year, "n": n} for n in (1, 2, 3)]
    way = way_to_call(scene, site, obligation, TEMPLATES, samples)
    if way is None:
        return []
    register(site, obligation)
    column = stand_in(site, obligation)
    rng = dice(scene.city.seed, obligation.id, site.id, "events")
    items = []
    for sample in samples[: item_count(scene.city, obligation)]:
        day = scene.some_day(rng)
        item = announce(site, obligation, column, way.format(**sample), day)
        if rng.random() < 0.1:
            item.gone = day + rng.randint(20, 150) * DAY
            item.faults.add("removed")
        items.append(item)
    return [partial(_answers, scene, obligation, (stand, agency), items) for agency in stand.agencies]


def _answers(
    scene: Scene, obligation: Obligation, where: tuple[Stand, str], items: list[Publication], when: Occasion
) -> list[Answer]:
    """On time where it is: nobody knows a day from which a limit could have run out."""
    stand, agency = where
    site = next(site for site in scene.city.sites if site is stand.site)
    found = [answer for item in items if (answer := _item_answer(obligation, (stand, agency), item, when.looks))]
    if found or strangers(site, obligation):
        return found
    judged = truth("inconclusive", "not_due", hindered=True)
    return [Answer("event", obligation.id, agency, judged, planted=(f"{len(items)}_items",))]


def _item_answer(
    obligation: Obligation, where: tuple[Stand, str], item: Publication, looks: Sequence[Look]
) -> Answer | None:
    stand, agency = where
    sights = [sight_of(item, stand.site.id, obligation.id, look) for look in looks]
    if not any(sight.found for sight in sights):
        return None
    flags, free = removal(sights)
    judged = truth("on_time", flags=flags, free={*free, "time_unknown", "calendar_assumed", "changed"})
    return Answer("event", obligation.id, agency, judged, words=item.title, planted=tuple(sorted(item.faults)))
