"""What is to be published once in the plan's time: an instalment whose period is the year, due on a date or by the
plan's last day. It meets the same fates as the instalments of a series."""

import datetime as dt

from plans.register import Cadence, CheckMode, Obligation
from simulator.city import Duty, Expectation, Instalment
from simulator.dice import dice
from simulator.due import DAY, Slot
from simulator.titles import Naming
from simulator.year.homes import Stand
from simulator.year.names import Scene, is_one_matter, names_a_section, way_to_call
from simulator.year.stage import announce, register, stand_in, working

TEMPLATES = (
    "{place}{year}年{what}",
    "{place}{year}年度{what}",
    "{place}{what}",
    "关于印发{place}{what}的通知",
    "{year}年{place}{what}",
    "{what}（{year}年）",
)
LATER = ("{place}{year}年{what}", "{place}{year}年度{what}", "关于{place}{year}年{what}", "{year}年{place}{what}")


def add_once(scene: Scene, instalments: list[Instalment]) -> None:
    """Add an expectation and an instalment, in time, for each such obligation that is at home on one site."""
    for obligation in scene.city.register.obligations:
        countable = obligation.due is None or obligation.due.date is not None
        shown = obligation.check is not CheckMode.MANUAL and obligation.evidence.title and obligation.evidence.columns
        if not shown or not is_one_matter(obligation) or not countable:
            continue
        stands = scene.homes[obligation.id].stands
        for stand in stands if not any(names_a_section(stand.site, obligation) for stand in stands) else ():
            _add(scene, obligation, stand, instalments)


def _add(scene: Scene, obligation: Obligation, stand: Stand, instalments: list[Instalment]) -> None:
    site, plan = stand.site, scene.city.register.plan
    year = plan.year - obligation.about_previous
    templates = (
        LATER if obligation.about_previous else TEMPLATES
    )  # the year in which it comes is not that of its matter
    way = way_to_call(scene, site, obligation, templates, ({"year": year},))
    if way is None:
        return
    register(site, obligation)
    title, column = way.format(year=year), stand_in(site, obligation)
    slot = Slot(dt.date(year, 1, 1), dt.date(year, 12, 31), Cadence.YEARLY, year, 1)
    due = (obligation.due.date if obligation.due else None) or plan.last_day
    rng = dice(scene.city.seed, obligation.id, site.id, "once")
    span = (due - plan.first_day).days
    made = announce(site, obligation, column, title, working(due - rng.randint(3, max(4, span - 40)) * DAY))
    made.serves = frozenset({(obligation.id, slot.key)})
    duty = Duty(obligation, tuple(stand.agencies), Naming(site.place, "", (title,), (), (), (), (), ()))
    site.duties.append(duty)
    instalments.append(Instalment(site, duty, slot, slot, due, made))
    by_person = obligation.check is CheckMode.ASSISTED
    scene.city.expectations += [
        Expectation(obligation.id, agency, site.id, slot.key, plan.first_day, due, dt.date.max, column, by_person)
        for agency in stand.agencies
    ]
