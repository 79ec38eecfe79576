"""What a careful auditor says of repealed documents (DESIGN, the verdict): one answer for each copy of each one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from plans.register import Obligation
from simulator.city import CitySite, Publication
from simulator.timeline import version
from simulator.year.answer import ACCUSING, Answer, Truth, truth
from simulator.year.looking import Look
from simulator.year.stage import Occasion, column_named, row_of


@dataclass(slots=True)
class Copy:
    """One copy of a repealed document. `marked` is the day of its mark; `sort` what that mark is worth: it `fits`, it
    `says_more` or `says_less` than the notice, or it is a picture that says nothing to a machine (`silent`)."""

    site: CitySite
    agency: str
    article: Publication
    notice: Publication
    due: dt.date
    marked: dt.date | None
    sort: str = "fits"
    in_title: bool = False  # so that lists show it as well


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at a copy's page. `sure`: its column was read; else it may have been opened by its address."""

    day: dt.date
    marked: bool
    sure: bool = True


def copy_answers(obligation: Obligation, copy: Copy, when: Occasion) -> list[Answer]:
    known = _known_since(copy.notice, obligation, when.looks)
    if known is None:
        return []
    seen = _sights(obligation, copy, when.looks, known)
    judged = _whole_truth(copy, seen, when)
    url, planted = when.address(copy.site, copy.article), tuple(copy.article.faults)
    return [
        Answer("label", obligation.id, copy.agency, judged, url=url, planted=planted, due=copy.due, optional=not seen)
    ]


def _known_since(notice: Publication, obligation: Obligation, looks: Sequence[Look]) -> dt.date | None:
    """The day of the first look on which the notice was read."""
    name = obligation.evidence.columns[0]
    for look in looks:
        for site in look.sites.values():
            column = next((c.id for c in site.columns if c.name == name), None)
            if column and row_of(look.read(site.id, column), notice):
                return look.day
    return None


def _sights(obligation: Obligation, copy: Copy, looks: Sequence[Look], known: dt.date) -> list[Seen]:
    """What the looks showed of a copy. Nobody opens its page before a notice names it; the list shows a mark in its
    title all the same."""
    column = column_named(copy.site, obligation.evidence.columns[0])
    seen: list[Seen] = []
    for look in looks:
        read = look.read(copy.site.id, column)
        marked = bool(version(copy.article, look.day).edited)
        if row_of(read, copy.article):
            if look.day >= known or not marked or copy.in_title:
                seen.append(Seen(look.day, marked, sure=look.day >= known or marked))
        elif seen and read.hindrance == "robots" and look.opens(copy.site.id, copy.article):
            seen.append(Seen(look.day, marked, sure=False))
    return seen


def _whole_truth(copy: Copy, seen: Sequence[Seen], when: Occasion) -> Truth:
    """From what was surely seen, and from what may have been seen besides: either is right."""
    surely = _label_truth(copy, [s for s in seen if s.sure], when)
    perhaps = _label_truth(copy, seen, when)
    if surely == perhaps:
        return surely
    statuses = tuple(dict.fromkeys((*surely.statuses, *perhaps.statuses)))
    flags = surely.flags | surely.free | perhaps.flags | perhaps.free
    reasons = surely.reasons | perhaps.reasons
    return truth(*statuses, free=flags, reasons=reasons, hindered=surely.hindered and perhaps.hindered)


def _label_truth(copy: Copy, seen: Sequence[Seen], when: Occasion) -> Truth:
    """Marked in time as seen, marked at an unknown time, late, unmarked, not readable. Who has no browser has no
    picture, and without one nobody can say that there was no mark."""
    judged = _by_sight(copy, seen, when)
    pictured = all(look.browser for look in when.looks)
    if pictured or not ACCUSING & set(judged.statuses):
        return judged
    others = tuple(status for status in judged.statuses if status not in ACCUSING | {"inconclusive"})
    reasons = frozenset({"not_confirmed", *judged.reasons}) if len(judged.statuses) == 1 else frozenset[str]()
    return truth(*others, "inconclusive", free=judged.flags | judged.free, reasons=reasons, hindered=True)


def _by_sight(copy: Copy, seen: Sequence[Seen], when: Occasion) -> Truth:
    if not seen:
        reasons = _hindrances(copy, when) | {"read_too_early", "not_read", "nothing_to_judge"}
        return truth("inconclusive", reasons=reasons, hindered=True)
    waiting = ("not_due",) if when.as_of <= copy.due else ()
    first_marked = next((s.day for s in seen if s.marked), None)
    unmarked_after_due = [s.day for s in seen if not s.marked and s.day > copy.due]
    if first_marked is not None and copy.sort == "silent":
        late = ("late",) if unmarked_after_due else ()
        return truth("inconclusive", "on_time", *waiting, *late, free=("time_unknown", "changed"))
    if first_marked is not None and copy.sort == "says_less":  # a part is marked of what is repealed wholly
        return truth(*(waiting or ("inconclusive",)), reasons=frozenset({"ambiguous"}))
    if first_marked is not None:
        more = ("inconclusive",) if copy.sort == "says_more" else ()  # all is marked of what is repealed in part
        if first_marked <= copy.due:
            return truth("on_time", *more)
        if unmarked_after_due:
            return truth("late", *more)
        return truth("on_time", *more, flags=() if more else ("time_unknown",), free=("time_unknown",) if more else ())
    if waiting:
        return truth("not_due")
    if not unmarked_after_due:
        return truth("inconclusive", reasons=_hindrances(copy, when) | {"read_too_early"}, hindered=True)
    accused = "missing" if when.as_of.year > copy.due.year else "overdue"
    gone = when.looks[-1].day != seen[-1].day
    return truth(accused, "inconclusive") if gone else truth(accused)


def _hindrances(copy: Copy, when: Occasion) -> frozenset[str]:
    """What kept everybody from the page after the due date."""
    late = [look for look in when.looks if look.day > copy.due]
    found = {
        look.read(copy.site.id, column.id).hindrance for look in late for column in look.sites[copy.site.id].columns
    }
    return frozenset(reason for reason in found if reason)


def lost_answers(
    obligation: Obligation, place: tuple[str, CitySite], title: str, notice: Publication, when: Occasion
) -> list[Answer]:
    """Named in the notice, but its original stands nowhere."""
    if _known_since(notice, obligation, when.looks) is None:
        return []
    judged = truth("inconclusive", "not_due", hindered=True)
    return [Answer("label", obligation.id, place[0], judged, words=title, planted=("lost",))]


def unread_answers(
    obligation: Obligation, place: tuple[str, CitySite], notice: Publication, when: Occasion
) -> list[Answer]:
    """A notice that cannot be read wholly: what it repeals a person must find out."""
    if _known_since(notice, obligation, when.looks) is None:
        return []
    judged = truth("inconclusive", reasons=frozenset({"ambiguous"}), hindered=True)
    url, planted = when.address(place[1], notice), tuple(notice.faults)
    return [Answer("label", obligation.id, place[0], judged, url=url, words=notice.title, planted=planted)]


def decoy_answers(
    obligation: Obligation, place: tuple[str, CitySite], decoy: Publication, when: Occasion
) -> list[Answer]:
    """What is in force: nobody may be told to mark it."""
    url, planted = when.address(place[1], decoy), tuple(decoy.faults)
    judged = truth("inconclusive", "not_due", hindered=True)
    return [Answer("label", obligation.id, place[0], judged, url=url, planted=planted, optional=True)]
