"""What a bulletin counts: a round's sites, those of the rounds before, and a plan's verdicts. Nothing unclear is ever
counted as failed, and no share is without its whole."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from checks.indicator_findings import Outcome, SiteFindings
from checks.reviews import Reviewed
from checks.sampling import Stratum, Why
from checks.verdict import Verdict
from reports.figures import percent
from reports.texts import Lang, Texts


@dataclass(frozen=True, slots=True)
class Checked:
    """One drawn site and what became of it. `is_checked` is false where the round has no result for it: it is
    unclear then, like every site that could not be judged."""

    site: str
    name: str
    agency: str
    level: str
    url: str
    why: Why
    outcome: Outcome
    findings: SiteFindings | None
    is_checked: bool = True

    @property
    def is_judged(self) -> bool:
        return self.outcome is not Outcome.UNCLEAR


@dataclass(frozen=True, slots=True)
class Round:
    """One drawn and checked round. `strata` is the frame by level; `drawn_on` a day in Shanghai."""

    name: str
    drawing: int
    drawn_on: dt.date
    seed: str
    frame_digest: str
    strata: tuple[Stratum, ...]
    sites: tuple[Checked, ...]

    @property
    def running(self) -> int:
        return sum(stratum.size for stratum in self.strata)

    def count(self, outcome: Outcome) -> int:
        return sum(site.outcome is outcome for site in self.sites)

    @property
    def judged(self) -> int:
        return sum(site.is_judged for site in self.sites)

    @property
    def by_hand(self) -> int:
        """Indicators at judged sites that a person must still look at."""
        return sum(len(site.findings.manual) for site in self.sites if site.is_judged and site.findings)

    @property
    def rate(self) -> str | None:
        """ "83.3%" of the judged passed; None where nothing was judged."""
        return percent(self.count(Outcome.PASSED), self.judged)


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """The newest verdicts of one plan with what people said to them. `labels` are the obligations that ask for marks
    on repealed documents."""

    title: str
    year: int
    as_of: dt.date
    items: tuple[Reviewed, ...]
    labels: frozenset[str]

    @property
    def held(self) -> tuple[Verdict, ...]:
        """The verdicts as they hold after review; those under appeal are not among them."""
        return tuple(
            replace(item.verdict, status=item.status, flags=item.flags) for item in self.items if not item.is_contested
        )

    def within(self, t: Texts) -> int | None:
        """The year that a period's short name leaves out; in English it is said, "04" alone being no month."""
        return self.year if t.lang is Lang.ZH else None

    @property
    def contested(self) -> int:
        return sum(item.is_contested for item in self.items)


@dataclass(frozen=True, slots=True)
class Recheck:
    """One site that failed last time; `now` is None where it is not in this round's sample."""

    last: Checked
    now: Checked | None


def rechecks(this: Round, last: Round | None) -> tuple[Recheck, ...]:
    """All that failed last time, in the order of that round."""
    if last is None:
        return ()
    drawn = {site.site: site for site in this.sites}
    return tuple(Recheck(site, drawn.get(site.site)) for site in last.sites if site.outcome is Outcome.FAILED)


def points_moved(this: Round, last: Round) -> Decimal | None:
    """Percentage points between the two rates as they are printed, so that a reader's subtraction agrees. None where
    either round judged nothing."""
    if this.rate is None or last.rate is None:
        return None
    return Decimal(this.rate.rstrip("%")) - Decimal(last.rate.rstrip("%"))


def streak(site: str, this: Round, earlier: Sequence[Round]) -> int:
    """In how many rounds running, this one the last of them, the site failed. `earlier`: oldest first."""
    n = 0
    for each in (this, *reversed(earlier)):
        if not any(s.site == site and s.outcome is Outcome.FAILED for s in each.sites):
            break
        n += 1
    return n
