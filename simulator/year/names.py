"""What articles of an obligation are called: titles that its own patterns know and those of no other around it."""

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plans.register import Cadence, CheckMode, Kind, Obligation
from simulator import titles
from simulator.city import City, CitySite, Publication
from simulator.dice import dice
from simulator.due import DAY
from simulator.year.homes import Homes, homes
from simulator.year.stage import working

COUNTS = (0, 0, 1, 2, 3)  # how many items an event's obligation has in the year
Sample = Mapping[str, object]  # what fills a template: {n: 1}


@dataclass(frozen=True, slots=True)
class Scene:
    """A city before its plays: where each obligation is at home, and what is looked for on each site such that its
    absence counts (`rivals`, by site)."""

    city: City
    days: Sequence[dt.date]
    homes: Mapping[str, Homes]
    rivals: Mapping[str, Sequence[Obligation]]

    @property
    def year(self) -> int:
        return self.city.register.plan.year

    def some_day(self, rng: random.Random) -> dt.date:
        """A working day of the plan's time, well before its end."""
        plan = self.city.register.plan
        first, last = plan.first_day + 12 * DAY, plan.last_day - 33 * DAY
        return working(first + rng.randint(0, (last - first).days) * DAY)


def scene_of(city: City, days: Sequence[dt.date]) -> Scene:
    placed = {o.id: homes(city, o) for o in city.register.obligations}
    rivals: dict[str, list[Obligation]] = {site.id: [] for site in city.sites}
    for obligation in city.register.obligations:
        if obligation.check is not CheckMode.MANUAL and _counts_absence(city, obligation):
            for stand in placed[obligation.id].stands:
                rivals[stand.site.id].append(obligation)
    return Scene(city, days, placed, rivals)


def item_count(city: City, obligation: Obligation) -> int:
    return dice(city.seed, obligation.id, "items").choice(COUNTS)


def is_one_matter(obligation: Obligation) -> bool:
    """Whether it is met once in the plan's time: `once`, or no cadence but a date."""
    if obligation.cadence is Cadence.ONCE:
        return obligation.kind in (Kind.PERIODIC, Kind.EVENT)
    dated = obligation.due is not None and obligation.due.date is not None
    return obligation.kind is Kind.PERIODIC and obligation.cadence is None and obligation.vague is None and dated


def names_a_section(site: CitySite, obligation: Obligation) -> bool:
    """Whether a column that it names is a section of the site, whose page shows the first rows of many columns: who
    reads it sees there what stands in columns that cannot be read."""
    sections = {column.section for column in site.columns}
    return not sections.isdisjoint(obligation.evidence.columns)


def _counts_absence(city: City, obligation: Obligation) -> bool:
    if obligation.kind is Kind.EVENT:
        return is_one_matter(obligation) or item_count(city, obligation) == 0
    return obligation.kind in (Kind.STANDING, Kind.PERIODIC)


def way_to_call(
    scene: Scene,
    site: CitySite,
    obligation: Obligation,
    templates: Sequence[str],
    samples: Sequence[Sample],
    *,
    samples_alone: bool = False,
) -> str | None:
    """A template with what it is about written into it, whose titles the obligation knows with all samples.

    One that no rival of the site knows is best; next comes one that no obligation with instalments knows; else None.
    `samples_alone`: it is about what the patterns themselves say, not about the obligation's own title.
    """
    others = [o for o in scene.rivals[site.id] if o.id != obligation.id]
    due = [duty.obligation for duty in site.duties if duty.obligation.id != obligation.id]
    subjects = map(titles.sample, obligation.evidence.title) if samples_alone else titles.subjects(obligation)
    fitting = [way for way in _ways(site, subjects, templates) if _knows(obligation, way, samples)]
    for shunned in ([*due, *others], due):
        free = [way for way in fitting if not any(_meets(other, way, samples) for other in shunned)]
        if free:
            return dice(site.seed, obligation.id, "way").choice(free[:3])
    return None


def _ways(site: CitySite, subjects: Iterable[str], templates: Sequence[str]) -> list[str]:
    """Templates with the place and the subject written into them, the most natural first."""
    found = []
    for subject in subjects:
        what = subject.replace("{", "").replace("}", "")
        place = "" if what.startswith((site.place, "全市", "我市", "本市")) else site.place
        found += [template.replace("{place}", place).replace("{what}", what) for template in templates]
    return found


def _knows(obligation: Obligation, way: str, samples: Sequence[Sample]) -> bool:
    return all(titles.recognised(obligation, way.format(**sample)) for sample in samples)


def _meets(obligation: Obligation, way: str, samples: Sequence[Sample]) -> bool:
    return any(titles.recognised(obligation, way.format(**sample)) for sample in samples)


def strangers(site: CitySite, obligation: Obligation) -> list[Publication]:
    """Articles of others on the site whose titles the obligation's patterns know as well: what they prove for it,
    nobody who knows the titles alone can say."""
    return [p for p in site.publications if p.obligation is not obligation and titles.recognised(obligation, p.title)]
