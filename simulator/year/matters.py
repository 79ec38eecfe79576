"""Which play an obligation gets, by its kind, and which matters come of it."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from plans.register import Cadence, CheckMode, Kind, Obligation
from simulator import titles
from simulator.city import City, Instalment, is_readable
from simulator.year.answer import Answer, Truth, truth
from simulator.year.events import play_events
from simulator.year.fresh import play_fresh
from simulator.year.homes import Homes, Stand
from simulator.year.labels import play_labels
from simulator.year.letters import play_letters
from simulator.year.lists import play_list
from simulator.year.names import Scene, is_one_matter, names_a_section, scene_of
from simulator.year.once import add_once
from simulator.year.pairs import play_pairs
from simulator.year.stage import Matter, Occasion

NOTICE = "临海市人民政府关于废止第一批规范性文件的决定"
FRESH = frozenset({Cadence.DAILY, Cadence.REALTIME})


def play_kinds(
    city: City, days: Sequence[dt.date], instalments: list[Instalment] | None = None
) -> tuple[list[Matter], set[str]]:
    """The matters of all obligations that can be played here beside instalments, and the ids of these obligations.

    What is to be published once becomes one more expectation of the city and one more of its `instalments`.
    """
    scene = scene_of(city, days)
    if instalments is not None:
        add_once(scene, instalments)
    matters: list[Matter] = []
    played: set[str] = set()
    for obligation in city.register.obligations:
        found = [] if _is_anothers(scene, obligation) else _play(scene, obligation)
        matters += found
        played |= {obligation.id} if found else set()
    return matters, played


def _by_chance(scene: Scene) -> bool:
    return scene.city.register.plan.id.startswith("random")


def _is_anothers(scene: Scene, obligation: Obligation) -> bool:
    """The third heading of the registers made by chance is played elsewhere (`unjudged`)."""
    return _by_chance(scene) and obligation.measure.startswith("三/")


def _play(scene: Scene, obligation: Obligation) -> list[Matter]:
    if obligation.check is CheckMode.MANUAL:
        return _by_people(scene.homes[obligation.id], obligation)
    if obligation.kind is Kind.RESPONSE:
        return play_letters(scene.city, obligation, scene.days) if _by_chance(scene) else []
    if obligation.kind is Kind.LABEL:
        return _labels(scene, obligation)
    matters = _unseen(scene.homes[obligation.id], obligation)
    if obligation.kind is Kind.PERIODIC and obligation.cadence not in FRESH:
        return matters
    if is_one_matter(obligation):
        return matters
    stands = scene.homes[obligation.id].stands
    if any(names_a_section(stand.site, obligation) for stand in stands):
        return []
    return matters + [matter for stand in stands for matter in _play_on(scene, obligation, stand)]


def _play_on(scene: Scene, obligation: Obligation, stand: Stand) -> list[Matter]:
    if obligation.kind in (Kind.PLATFORM, Kind.DUTY):
        judged = truth("inconclusive", "manual", hindered=True)  # no rule of DESIGN judges it
        return [partial(_always, obligation, agency, judged) for agency in stand.agencies]
    play = _PLAYS.get(obligation.kind)
    return play(scene, obligation, stand) if play and obligation.evidence.title and obligation.evidence.columns else []


def _labels(scene: Scene, obligation: Obligation) -> list[Matter]:
    """Played for the first readable sites, where the register's own patterns know the notices."""
    due = obligation.due.working_days if obligation.due else None
    if due is None or obligation.check is not CheckMode.AUTOMATIC or not titles.recognised(obligation, NOTICE):
        return []
    leads = [stand.agencies[0] for stand in scene.homes[obligation.id].stands if is_readable(stand.site)]
    given = obligation if _by_chance(scene) else obligation.model_copy(update={"lead": tuple(leads[:3])})
    return play_labels(scene.city, given, scene.days)


def _by_people(homes: Homes, obligation: Obligation) -> list[Matter]:
    agencies = [agency for stand in homes.stands for agency in stand.agencies]
    agencies += homes.on_channels + homes.on_several + homes.nowhere
    return [partial(_always, obligation, agency, truth("manual")) for agency in agencies]


def _unseen(homes: Homes, obligation: Obligation) -> list[Matter]:
    """Channels are for people to look at; where nobody has named a site, nobody can be accused."""
    found: list[Matter] = [partial(_always, obligation, agency, truth("manual")) for agency in homes.on_channels]
    unknown = truth("inconclusive", "not_due", hindered=True)
    return [*found, *(partial(_always, obligation, agency, unknown) for agency in homes.nowhere)]


def _always(obligation: Obligation, agency: str, judged: Truth, _: Occasion) -> list[Answer]:
    return [Answer("duty", obligation.id, agency, judged)]


_PLAYS: dict[Kind, Callable[[Scene, Obligation, Stand], list[Matter]]] = {
    Kind.EVENT: play_events,
    Kind.PAIRING: play_pairs,
    Kind.PERIODIC: play_fresh,
    Kind.STANDING: play_list,
}
