"""What the plays of all kinds share: columns and articles of their own on the city's sites."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plans.register import Obligation
from plans.words import is_catch_all
from simulator import titles
from simulator.city import Body, City, CitySite, Column, Page, Publication, moment
from simulator.dice import dice
from simulator.due import is_working_day
from simulator.year.answer import Answer
from simulator.year.looking import Look, Read

Address = Callable[[CitySite, Publication], str]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A judgement: its day, the looks until then, and the addresses of articles."""

    looks: Sequence[Look]
    as_of: dt.date
    address: Address


Matter = Callable[[Occasion], list[Answer]]  # the answers about one matter


def site_of(city: City, agency: str) -> CitySite | None:
    return next((site for site in city.sites if site.agency == agency), None)


def column_named(site: CitySite, name: str) -> str:
    """The id of the site's column of that name, laid out where there is none yet."""
    known = next((column.id for column in site.columns if column.name == name), None)
    if known is not None:
        return known
    rng = dice(site.seed, "kind", name)
    slug = "".join(rng.choice("bcdfghjklmnpqrstwxyz") for _ in range(5))
    site.columns.append(Column(f"zwgk/{slug}/", name, "政务公开"))
    return site.columns[-1].id


def publish(site: CitySite, column: str, title: str, day: dt.date, page: Page | None) -> Publication:
    """An article that went online on the day that it claims."""
    chance = dice(site.seed, title, day).random()
    made = Publication(title, day, moment(day, chance), column, page=page)
    site.publications.append(made)
    return made


def working(day: dt.date) -> dt.date:
    """The day itself, or the working day before it."""
    while not is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def row_of(read: Read, publication: Publication) -> Publication | None:
    """The article as a list showed it, None where it was not there."""
    return next((row for row in read.rows if row.source is publication), None)


def register(site: CitySite, obligation: Obligation) -> None:
    """Chance shall hit none of the obligation's titles on this site, whatever was thrown before."""
    site.others.append(obligation)
    planned = [p for p in site.publications if p.serves or p.obligation or p.page]
    kept = {id(p) for p in planned}
    site.publications = [p for p in site.publications if id(p) in kept or not titles.recognised(obligation, p.title)]


def stand_in(site: CitySite, obligation: Obligation, names: Sequence[str] | None = None, key: str = "") -> str:
    """The id of the column in which the obligation's articles shall stand: the first that is for such things alone.

    `names`: other columns than those of the register; `key` tells them apart in `columns_of`, where a column is found
    again after it has moved.
    """
    named = obligation.evidence.columns if names is None else names
    own = next((name for name in named if not is_catch_all(name)), named[0])
    column = column_named(site, own)
    site.columns_of.setdefault(obligation.id + key, column)
    return column


def announce(site: CitySite, obligation: Obligation, column: str, title: str, day: dt.date) -> Publication:
    """An article of the obligation that went online on the day that it claims; what it must hold is in it."""
    made = publish(site, column, title, day, None)
    made.obligation = obligation
    evidence = obligation.evidence
    if evidence.covers or evidence.fields or evidence.min_rows or evidence.min_count:
        forms: tuple[Body, ...] = ("table", "table", "attachment", "docx", "pdf", "scan")
        made.body = dice(site.seed, title, day, "form").choice(forms)
    return made
