"""One verdict as the page shows it: names instead of codes, safe links, bounded words."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from checks.verdict import Candidate, ColumnRead, Status, Verdict
from reports.links import bounded, web_link
from reports.moments import local_time
from reports.periods import period_name
from reports.tables import days_behind
from reports.texts import Lang, Texts

MAX_CANDIDATES = 8  # what a reader weighs at a glance; `gongkai explain` lists all


@dataclass(frozen=True, slots=True)
class Link:
    """Words and, where it is safe to follow, an address."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Looked:
    """One column that was read for a verdict. `site` is named where it is not the verdict's own."""

    site: str | None
    column: Link
    how: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """One candidate page and why it was turned down; `verdict` is in words."""

    page: Link
    published: dt.date | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Item:
    """A verdict ready to print. `anchor` is the same in every report that holds the verdict."""

    verdict: Verdict
    anchor: str
    what: str
    period: str
    brief: str  # the period without the plan's year
    site: str | None
    page: Link | None
    tip: str  # the verdict in one line, for a cell too small to hold it
    days: str | None
    days_n: int | None
    first_seen: str | None
    reason: str
    reason_lang: str
    steps: tuple[str, ...]  # how the due date was counted
    steps_lang: str
    flags: tuple[str, ...]
    clocks: tuple[tuple[str, str], ...]
    looked: tuple[Looked, ...]
    weighed: tuple[Weighed, ...]
    weighed_more: int

    @property
    def label(self) -> str:
        return self.verdict.period or self.verdict.subject or self.what


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called: obligations and sites by id, and the year that need not be repeated."""

    obligations: Mapping[str, str]
    sites: Mapping[str, str]
    year: int
    as_of: dt.date
    texts: Texts


def item(v: Verdict, names: Names) -> Item:
    t = names.texts
    english = t.lang is Lang.EN and bool(v.reason_en)
    steps_en = t.lang is Lang.EN and len(v.due_explained_en) == len(v.due_explained)
    subject = bounded(v.subject) if v.subject and not v.period else None
    period = subject or bounded(period_name(v.period, t))
    return Item(
        verdict=v,
        anchor="v" + hashlib.sha256(v.key.encode("utf-8", "replace")).hexdigest()[:12],
        what=bounded(names.obligations.get(v.obligation) or v.obligation_title or v.obligation),
        period=period,
        brief=subject or bounded(period_name(v.period, t, within=names.year)),
        site=names.sites.get(v.site, v.site) if v.site else None,
        page=_page(v),
        tip=_tip(v, period, t),
        days=_days(v, names),
        days_n=days_behind(v, names.as_of),
        first_seen=local_time(v.first_seen),
        reason=bounded(v.reason_en if english else v.reason),
        reason_lang="en" if english else "zh-Hans",
        steps=tuple(bounded(step) for step in (v.due_explained_en if steps_en else v.due_explained)),
        steps_lang="en" if steps_en else "zh-Hans",
        flags=tuple(t(f"flag.{flag}") for flag in v.flags),
        clocks=tuple((t.entries.get(f"clock.{name}", name), bounded(value)) for name, value in v.clocks),
        looked=tuple(_looked(column, v, names) for column in v.columns),
        weighed=tuple(_weighed(v, candidate, t) for candidate in v.candidates[:MAX_CANDIDATES]),
        weighed_more=max(0, len(v.candidates) - MAX_CANDIDATES),
    )


def _page(v: Verdict) -> Link | None:
    words = v.title or v.url
    return Link(bounded(words), web_link(v.url)) if words else None


def _tip(v: Verdict, period: str, t: Texts) -> str:
    told = [f"{period} {t(f'status.{v.status}')}"]
    if v.due:
        told.append(f"{t('findings.due')} {v.due}")
    if v.published:
        told.append(f"{t('findings.published')} {v.published}")
    return " · ".join([*told, *(t(f"flag.{flag}") for flag in v.flags)])


def _days(v: Verdict, names: Names) -> str | None:
    days = days_behind(v, names.as_of)
    if days is None:
        return None
    return names.texts("findings.days_late" if v.status is Status.LATE else "findings.days_absent", n=days)


def _looked(column: ColumnRead, v: Verdict, names: Names) -> Looked:
    t = names.texts
    read_at, reach = _instant(column.read_at), _reach(column, t)
    return Looked(
        site=None if column.site == v.site else names.sites.get(column.site, column.site),
        column=Link(bounded(column.column or column.url), web_link(column.url)),
        how=t("findings.looked_how", read_at=read_at, reach=reach, pages=column.pages, items=column.items),
    )


def _reach(column: ColumnRead, t: Texts) -> str:
    if column.stop == "end_of_list":
        return t("findings.reach_all")
    if column.back_to:
        return t("findings.reach_back", day=column.back_to)
    return t.entries.get(f"stop.{column.stop}", column.stop)


def _instant(text: str) -> str:
    try:
        return local_time(dt.datetime.fromisoformat(text)) or text
    except (ValueError, OverflowError):
        return bounded(text)


def _weighed(v: Verdict, candidate: Candidate, t: Texts) -> Weighed:
    refused = t("findings.accepted") if candidate.refused is None else t(f"refusal.{candidate.refused}")
    if candidate.doubt and v.status is Status.INCONCLUSIVE:  # it was not turned down
        refused = t("explain.doubt", why=t(f"doubt.{candidate.refused}"))
    detail = f" ({bounded(candidate.detail)})" if candidate.detail else ""
    page = Link(bounded(candidate.title or candidate.url), web_link(candidate.url))
    return Weighed(page, candidate.published, refused + detail)
