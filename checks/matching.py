"""Which publication is the instalment? Every candidate is weighed, and each refusal keeps its reason.

A title speaks for a span of time: "5月" for May, "1-5月" (cumulative) for January to May, "上半年" for the half
year. It serves an expected period when its span ends with that period and covers it. So one rule gives the
whole table (STANDARDS section 5):

| title                   | serves                                  |
|-------------------------|-----------------------------------------|
| 5月, 1-5月, 5月及1-5月     | May                                     |
| 1-2月                    | January and February                    |
| 一季度, 1-3月             | March, first quarter                    |
| 上半年, 1-6月             | June, second quarter, first half        |
| 前三季度, 1-9月           | September, third quarter                |
| 4-6月                    | April, May, June, second quarter        |
| 2017年, 1-12月, 下半年    | December, fourth quarter, second half   |
| 2017年, 1-12月           | 2017                                    |

The narrower span wins, then the earlier claimed date; a publication without a date never beats a dated one.
"""

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from checks.coverage import local_day
from checks.expectations import Expectation, Rule
from checks.lookalikes import Resemblance, resemblance
from checks.periods import Period, PeriodKind, TitlePeriods, read_periods
from checks.sightings import stood_by
from checks.verdict import Candidate, Refusal
from db.facts import Publication
from plans.register import Evidence

MAX_CANDIDATES: Final = 20  # kept in a verdict; more are never read by a person
MAX_TITLE: Final = 500  # the longest real title of the data has 120 characters
_BLANK: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")
_CUT: Final = re.compile(r"(?:\.{2,}|…+)\s*$")
_FINE: Final = frozenset({PeriodKind.DAY, PeriodKind.WEEK})
# A row's day is mistyped where all rows beside it claim days so far off: the ordinary lists of the Pingtan portal are
# out of order by 141 days at most, a wrong year puts a row off by a year.
_OUT_OF_PLACE: Final = dt.timedelta(days=180)
_MERGED: Final = 1  # rank of a title that speaks of several instalments, after those that speak of one
_RELEVANCE: Final = (
    Refusal.UNDATED,
    Refusal.BEFORE_PERIOD,
    Refusal.NO_PERIOD,
    Refusal.INTERPRETATION,
    Refusal.NEWS,
    Refusal.FORWARDED,
    Refusal.NOT_ABOUT_IT,
    Refusal.LATER_VERSION,
    Refusal.AFTER_AS_OF,
    Refusal.EXCLUDED,
    Refusal.OTHER_PERIOD,
    Refusal.OTHER_SITE,
)


@dataclass(frozen=True, slots=True)
class Titled:
    """A publication and its title as it is searched: bounded, raw and plain (NFKC, without blanks)."""

    publication: Publication
    raw: str
    plain: str

    @property
    def is_cut(self) -> bool:
        """The list shows only a part of the title, and the article was never opened."""
        return self.publication.cut or (self.publication.text is None and _CUT.search(self.raw) is not None)


@dataclass(frozen=True, slots=True)
class Matched:
    """A publication whose title (or, for standing lists, attachment) fits an obligation's evidence."""

    publication: Publication
    periods: TitlePeriods
    excluded: bool = False
    is_cut: bool = False  # matches nothing, but a part of its title is hidden
    resemblance: Resemblance | None = None  # a look-alike of what is wanted


@dataclass(frozen=True, slots=True)
class Weighed:
    """One publication weighed for one expectation. `doubt`: it was not accepted, but could be the instalment
    all the same, so that nobody may be accused."""

    matched: Matched
    refusal: Refusal | None
    rank: int = 0
    doubt: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Weighing:
    """All publications weighed for one expectation, the best first."""

    accepted: Matched | None
    doubts: tuple[Matched, ...]
    candidates: tuple[Candidate, ...]
    copies: tuple[Matched, ...] = ()  # that serve the expectation as well as the accepted one: versions and parts


class TitleIndex:
    """The publications of all sites by site, in an order that does not depend on how the facts came."""

    def __init__(self, publications: Iterable[Publication]) -> None:
        self._by_site: dict[str, list[Titled]] = defaultdict(list)
        for publication in sorted(set(publications), key=publication_order):
            raw = publication.title[:MAX_TITLE]
            self._by_site[publication.site].append(Titled(publication, raw, plain_title(raw)))

    def matching(self, sites: Iterable[str], evidence: Evidence, *, attachments: bool = False) -> tuple[Matched, ...]:
        """What fits the evidence on these sites, excluded publications and cut titles among it."""
        wanted = [re.compile(pattern) for pattern in evidence.title]
        excluded = [re.compile(pattern) for pattern in evidence.exclude]
        if not wanted:
            return ()
        titles = [titled for site in sites for titled in self._by_site.get(site, ())]
        return tuple(m for t in titles if (m := _match(t, wanted, excluded, attachments=attachments)))

    def on(self, sites: Iterable[str]) -> tuple[Titled, ...]:
        """Everything on these sites, in a fixed order."""
        return tuple(titled for site in sites for titled in self._by_site.get(site, ()))

    def everywhere(self) -> tuple[Titled, ...]:
        """The publications of all sites, by site: a repeal binds whoever keeps a copy."""
        return tuple(titled for site in sorted(self._by_site) for titled in self._by_site[site])

    def listed_in(self, site: str, columns: frozenset[str]) -> tuple[Publication, ...]:
        """The publications that stand in any of these columns (addresses)."""
        shelf = self._by_site.get(site, ())
        return tuple(t.publication for t in shelf if not columns.isdisjoint(t.publication.columns))


def plain_title(title: str) -> str:
    """A title for searching: full-width forms folded, blanks and invisible characters gone."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", title))


def serves(read: TitlePeriods, wanted: Period) -> int | None:
    """How well a title's periods serve the wanted one: 0 exactly, more the wider its span, None not at all."""
    ranks = [_MERGED if len(read.periods) > 1 else 0 for period in read.periods if period == wanted]
    if not ranks and wanted.kind not in _FINE:
        ranks = [
            _MERGED + (wanted.first_day - first).days + 1
            for first, last in _spans(read)
            if last == wanted.last_day and first <= wanted.first_day
        ]
    return min(ranks, default=None)


def weigh(expectation: Expectation, matched: Iterable[Matched], as_of: dt.date) -> Weighing:
    """Weigh every matching publication for one expectation of rule INSTALMENT, ONCE or STANDING."""
    weighed = [_weigh(expectation, m, as_of) for m in matched]
    fit = sorted((w for w in weighed if w.refusal is None), key=_preference)
    turned_down = [w for w in weighed if w.refusal is not None]
    for later in fit[1:]:
        undated = later.matched.publication.published is None
        refusal = Refusal.UNDATED if undated else Refusal.LATER_VERSION
        turned_down.append(Weighed(later.matched, refusal, later.rank, detail=later.detail))
    about = expectation.due.day or as_of
    turned_down.sort(key=lambda w: _telling(w, about))
    shown = [*fit[:1], *turned_down][:MAX_CANDIDATES]
    return Weighing(
        accepted=fit[0].matched if fit else None,
        doubts=tuple(w.matched for w in turned_down if w.doubt),
        candidates=tuple(_candidate(w) for w in shown),
        copies=tuple(w.matched for w in fit[1:]),
    )


def newest(matched: Iterable[Matched], day: dt.date) -> Matched | None:
    """The latest dated publication claimed on or before the day, for duties that are judged by freshness."""
    dated = [m for m in matched if not m.excluded and not m.is_cut and _claimed_by(m.publication, day)]
    return max(dated, key=lambda m: (m.publication.published or dt.date.min, m.publication.url), default=None)


def _claimed_by(publication: Publication, day: dt.date) -> bool:
    return publication.published is not None and publication.published <= day


def _match(
    titled: Titled, wanted: list[re.Pattern[str]], excluded: list[re.Pattern[str]], *, attachments: bool
) -> Matched | None:
    texts = [titled.raw, titled.plain]
    if attachments:
        texts += [plain_title(name[:MAX_TITLE]) for name, _ in titled.publication.attachments]
    fits = any(pattern.search(text) for pattern in wanted for text in texts)
    if not fits and not titled.is_cut:
        return None
    turned_away = any(pattern.search(text) for pattern in excluded for text in texts[:2])
    periods = read_periods(titled.raw, titled.publication.published)
    alike = resemblance(titled.plain, titled.publication.source, (pattern.pattern for pattern in wanted))
    return Matched(titled.publication, periods, excluded=turned_away, is_cut=not fits, resemblance=alike)


def _weigh(expectation: Expectation, matched: Matched, as_of: dt.date) -> Weighed:
    if matched.excluded:
        return Weighed(matched, Refusal.EXCLUDED)
    weighed = _weigh_as_claimed(expectation, matched, as_of)
    if weighed.refusal is not None and not weighed.doubt and _fits_among_its_rows(expectation, matched):
        return replace(weighed, doubt=True, detail="标示日期与列表中前后各条相差悬殊，疑为误填，可能就是本期")
    return weighed


def _weigh_as_claimed(expectation: Expectation, matched: Matched, as_of: dt.date) -> Weighed:
    published = matched.publication.published
    if published is not None and published > as_of and not stood_by(matched.publication, as_of):
        fitting = _weigh_fitting(expectation, matched)
        is_other = fitting.refusal is Refusal.OTHER_PERIOD and not fitting.doubt
        return fitting if is_other else Weighed(matched, Refusal.AFTER_AS_OF)
    if matched.resemblance is not None:
        return _weigh_lookalike(expectation, matched, matched.resemblance)
    return _weigh_fitting(expectation, matched)


def _fits_among_its_rows(expectation: Expectation, matched: Matched) -> bool:
    """Whether a row whose day is far from those of the rows above and below it would be the instalment, or could be,
    by their days or by its own in their year: 8月 of 2016-09-09 between rows of September 2017."""
    return any(_would_fit(expectation, matched, day) for day in days_meant(matched.publication))


def _would_fit(expectation: Expectation, matched: Matched, day: dt.date) -> bool:
    publication = replace(matched.publication, published=day, beside=())
    periods = read_periods(publication.title[:MAX_TITLE], day)
    weighed = _weigh_as_claimed(expectation, replace(matched, publication=publication, periods=periods), dt.date.max)
    return weighed.refusal is None or weighed.doubt


def days_meant(publication: Publication) -> frozenset[dt.date]:
    """On which days a row may have come whose own day is mistyped, by the rows beside it; none where it is not."""
    days, claimed = _days_around(publication), publication.published
    own = (_in_year(claimed, day.year) for day in days if claimed is not None)
    return frozenset({*days, *own})


def _days_around(publication: Publication) -> tuple[dt.date, ...]:
    """The days of the rows beside it, where they are all far from its own; that of its first sighting as well, where
    it claimed to be still to come."""
    claimed, seen = publication.published, local_day(publication.first_seen)
    if claimed is None:
        return ()
    is_apart = publication.beside and all(abs(day - claimed) > _OUT_OF_PLACE for day in publication.beside)
    apart = publication.beside if is_apart else ()
    return (*apart, seen) if claimed > seen + _OUT_OF_PLACE else apart


def _in_year(day: dt.date, year: int) -> dt.date:
    """The day of that year; 28 February for the 29th."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _weigh_lookalike(expectation: Expectation, matched: Matched, alike: Resemblance) -> Weighed:
    """A look-alike of this very instalment may stand in its place; one of another period never does."""
    thing = _weigh_fitting(expectation, matched)
    if thing.refusal is not None and not thing.doubt:
        return thing
    return Weighed(matched, alike.refusal, thing.rank, doubt=alike.doubtful)


def _weigh_fitting(expectation: Expectation, matched: Matched) -> Weighed:
    if expectation.rule is Rule.STANDING or expectation.period is None:
        return Weighed(matched, Refusal.NO_PERIOD if matched.is_cut else None, doubt=matched.is_cut)
    if expectation.rule is Rule.ONCE:
        return _weigh_once(expectation, matched)
    return _weigh_instalment(expectation, expectation.period, matched)


def _weigh_instalment(expectation: Expectation, wanted: Period, matched: Matched) -> Weighed:
    published = matched.publication.published
    rank = serves(matched.periods, wanted)
    in_time = published is not None and wanted.first_day <= published <= (expectation.due.day or wanted.last_day)
    if expectation.at_least and not matched.is_cut:
        finer = any(wanted.first_day <= p.first_day and p.last_day <= wanted.last_day for p in matched.periods.periods)
        rank = 0 if finer or rank is not None or (in_time and not matched.periods.periods) else None
    possible = _possible_since(matched.publication, wanted.first_day)
    if rank is None and _names_a_period(matched.periods, wanted):
        return _weigh_other_period(expectation, wanted, matched, possible=possible)
    if rank is None or matched.is_cut:
        return Weighed(matched, Refusal.NO_PERIOD, doubt=possible, detail=_cut_detail(matched))
    # A sum over a longer span cannot be told before the span is over; a month's own issue may come early.
    earliest = wanted.first_day if rank <= _MERGED else wanted.last_day
    if published is not None and published < earliest:
        return Weighed(matched, Refusal.BEFORE_PERIOD, rank, doubt=rank <= _MERGED or possible)
    return Weighed(matched, None, rank)


def _weigh_other_period(expectation: Expectation, wanted: Period, matched: Matched, *, possible: bool) -> Weighed:
    """A title without a year is read as the latest period that was over when it came out; within the wanted period
    itself it may be that one, told before its end (STANDARDS 3.5: October's water report on 28 October)."""
    published = matched.publication.published
    if _serves_a_year_later(matched.periods, wanted):
        early = matched.periods.assumed_year and published is not None and wanted.contains(published)
        detail = "标题未写年份，公开于本期之内，可能就是本期" if early else "上一年同期"
        return Weighed(matched, Refusal.OTHER_PERIOD, doubt=early, detail=detail)
    return Weighed(matched, Refusal.OTHER_PERIOD, doubt=possible and _could_be_meant(expectation, wanted, matched))


def _serves_a_year_later(read: TitlePeriods, wanted: Period) -> bool:
    try:
        later = tuple(replace(period, year=period.year + 1) for period in read.periods)
    except ValueError:  # week 53, 29 February
        return False
    return serves(replace(read, periods=later), wanted) is not None


def _names_a_period(read: TitlePeriods, wanted: Period) -> bool:
    """Whether the title says what it is about; a day (6月20日) beside a monthly report is no statement of that."""
    return any(wanted.kind in _FINE or period.kind not in _FINE for period in read.periods)


def _could_be_meant(expectation: Expectation, wanted: Period, matched: Matched) -> bool:
    """Whether a title about another period may still be what the register means: where the limit lies within
    the period itself, the figures of the one before; for `regularly`, what came in time and is no instalment
    of the periods beside it; and the last part of a longer period (March of a quarter), where the agency
    publishes more often than it must."""
    if any(_closes(period, wanted) for period in matched.periods.periods):
        return True
    published, due = matched.publication.published, expectation.due.day
    before, after = (serves(matched.periods, beside) is not None for beside in (wanted.previous(), wanted.next()))
    if due is None or due <= wanted.last_day:
        return due is not None and before
    in_time = published is not None and published <= due
    return expectation.at_least and in_time and not before and not after


def _closes(part: Period, whole: Period) -> bool:
    return part.kind not in _FINE and whole.first_day < part.first_day and part.last_day == whole.last_day


def _weigh_once(expectation: Expectation, matched: Matched) -> Weighed:
    """A one-time matter is known by its title; what names another year or came before the plan is a doubt."""
    wanted, since = expectation.period, expectation.since
    published = matched.publication.published
    named = matched.periods.periods
    if matched.is_cut:
        return Weighed(matched, Refusal.NO_PERIOD, doubt=True, detail=_cut_detail(matched))
    if published is not None and since is not None and published < since:
        return Weighed(matched, Refusal.BEFORE_PERIOD, doubt=True)
    if (
        named
        and wanted is not None
        and all(p.last_day < wanted.first_day or p.first_day > wanted.last_day for p in named)
    ):
        return Weighed(matched, Refusal.OTHER_PERIOD, doubt=True)
    return Weighed(matched, None)


def _possible_since(publication: Publication, first: dt.date) -> bool:
    """Whether it could have come on or after the first day; one without a date came no later than first seen."""
    return (publication.published or local_day(publication.first_seen)) >= first


def _spans(read: TitlePeriods) -> list[tuple[dt.date, dt.date]]:
    """The spans of time that a title speaks of: each period, from the year's start where sums are told, and all
    of them together where one follows the other (4-6月)."""
    coarse = sorted((p.first_day, p.last_day) for p in read.periods if p.kind not in _FINE)
    sums = read.cumulative or read.with_sums
    spans = [(dt.date(first.year, 1, 1) if sums else first, last) for first, last in coarse]
    one_after_another = all(last + dt.timedelta(days=1) == first for (_, last), (first, _) in pairwise(coarse))
    return [*spans, (coarse[0][0], coarse[-1][1])] if len(coarse) > 1 and one_after_another else spans


def _preference(weighed: Weighed) -> tuple[object, ...]:
    published = weighed.matched.publication.published
    order = publication_order(weighed.matched.publication)
    return (published is None, weighed.rank, published or local_day(weighed.matched.publication.first_seen), order)


def _telling(weighed: Weighed, about: dt.date) -> tuple[object, ...]:
    """What forbids an accusation first, then by reason, then what was published nearest to the due date."""
    publication, refusal = weighed.matched.publication, weighed.refusal
    relevance = _RELEVANCE.index(refusal) if refusal is not None else -1
    day = publication.published or local_day(publication.first_seen)
    return (not weighed.doubt, relevance, abs((day - about).days), publication_order(publication))


def _cut_detail(matched: Matched) -> str:
    return "列表只显示了标题的一部分，正文未能打开" if matched.is_cut else ""


def _candidate(weighed: Weighed) -> Candidate:
    publication = weighed.matched.publication
    return Candidate(
        url=publication.url,
        title=publication.title,
        published=publication.published,
        periods=tuple(str(period) for period in weighed.matched.periods.periods),
        refused=weighed.refusal,
        detail=weighed.detail,
        doubt=weighed.doubt,
    )


def publication_order(publication: Publication) -> tuple[object, ...]:
    """Total and stable; where a publication is listed twice, its address decides."""
    published = publication.published.isoformat() if publication.published else ""
    seen = publication.first_seen.timestamp(), publication.last_seen.timestamp()
    return (
        published,
        publication.site,
        publication.url,
        publication.title,
        *seen,
        publication.evidence or "",
        publication.columns,
    )
