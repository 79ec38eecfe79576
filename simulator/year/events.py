"""What is published after an event: some items, or none at all, and then nobody knows whether there was anything."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import partial

from plans.register import Obligation, Vague
from simulator.city import CitySite, Page, Publication
from simulator.dice import dice
from simulator.due import DAY, working_days_after
from simulator.year.answer import Answer, truth
from simulator.year.homes import Stand
from simulator.year.looking import Look
from simulator.year.names import Scene, item_count, strangers, way_to_call
from simulator.year.periodic import removal, sight_of
from simulator.year.stage import Matter, Occasion, announce, publish, register, stand_in

TEMPLATES = (
    "{place}{year}年第{n}批{what}",
    "{place}{what}（第{n}批）",
    "{place}{year}年第{n}期{what}",
    "{place}第{n}号{what}",
    "{place}{what}（{year}年第{n}号）",
    "{place}{year}年第{n}批{what}的公告",
    "{place}关于第{n}批{what}的通知",
)
_FROM_ABOVE = re.compile(r"转[发载]|国家|中央|上级|省|部委")  # made by others, who knows when
DOCUMENTS = (
    "关于印发{place}{what}实施办法的通知",
    "{place}{what}管理办法",
    "关于做好{place}{what}工作的通知",
    "关于印发{place}{what}的通知",
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
    document = _document(scene, obligation, site, column) if items and obligation.vague is Vague.TIMELY else None
    return [partial(_answers, obligation, (stand, agency), items, document) for agency in stand.agencies]


def _document(scene: Scene, obligation: Obligation, site: CitySite, column: str) -> tuple[Publication, dt.date] | None:
    """A document of the office's own that says when it was made, with the day until which it is timely: the
    register's working days after that (Regulation 2019, article 26), which it keeps or not."""
    way = None if obligation.due else way_to_call(scene, site, obligation, DOCUMENTS, ({},))
    if way is None:
        return None
    rng = dice(scene.city.seed, obligation.id, site.id, "document")
    made = scene.some_day(rng)
    due = working_days_after(made, scene.city.register.defaults.timely.working_days)
    day = due + rng.randint(3, 40) * DAY if rng.random() < 0.6 else made + rng.randint(1, 15) * DAY
    if day > scene.city.register.plan.last_day:
        return None
    title = way.format()
    if _FROM_ABOVE.search(title):
        return None
    page = Page(
        (f"现将{title}予以公布，请遵照执行。", site.name, f"{made.year}年{made.month}月{made.day}日"), written=made
    )
    document = publish(site, column, title, day, page)
    document.obligation = obligation
    document.faults.add("timely" if day <= due else "untimely")
    return document, due


def _document_answers(
    obligation: Obligation,
    where: tuple[Stand, str],
    document: tuple[Publication, dt.date],
    when: Occasion,
) -> list[Answer]:
    (stand, agency), (article, due) = where, document
    seen = [sight_of(article, stand.site.id, obligation.id, look).found for look in when.looks]
    first = next((found for found in seen if found), None)
    if first is None:
        return []
    judged = truth("on_time" if article.day <= due else "late", free={"changed", "time_unknown"})
    if "imported" in article.faults:  # its day is that of the site's move
        judged = truth("on_time", "late", "inconclusive", free={"changed", "time_unknown"})
    planted = tuple(sorted(article.faults))
    return [Answer("event", obligation.id, agency, judged, words=article.title, planted=planted, due=due)]


def _answers(
    obligation: Obligation,
    where: tuple[Stand, str],
    items: list[Publication],
    document: tuple[Publication, dt.date] | None,
    when: Occasion,
) -> list[Answer]:
    """What was seen; where nothing was, nobody knows whether there was anything."""
    stand, agency = where
    found = [answer for item in items if (answer := _item_answer(obligation, where, item, when.looks))]
    found += _document_answers(obligation, where, document, when) if document else []
    if found or strangers(stand.site, obligation):
        return found
    judged = truth("inconclusive", "not_due", hindered=True)
    return [Answer("event", obligation.id, agency, judged, planted=(f"{len(items)}_items",))]


def _item_answer(
    obligation: Obligation, where: tuple[Stand, str], item: Publication, looks: Sequence[Look]
) -> Answer | None:
    """On time where it is: nobody knows a day from which a limit could have run out."""
    stand, agency = where
    sights = [sight_of(item, stand.site.id, obligation.id, look) for look in looks]
    if not any(sight.found for sight in sights):
        return None
    flags, free = removal(sights)
    judged = truth("on_time", flags=flags, free={*free, "time_unknown", "calendar_assumed", "changed"})
    return Answer("event", obligation.id, agency, judged, words=item.title, planted=tuple(sorted(item.faults)))
