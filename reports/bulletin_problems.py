"""The problems that a bulletin tells, a class a paragraph: how many of how many, and named examples.

Only sites that were judged and verdicts that hold are told of: nothing unclear, unreviewed as a forgery, or under
appeal. Headings and patterns follow the bulletins read (STANDARDS 2.1 item 8, 2.3).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checks.batches import Batch, batches
from checks.indicator_findings import Finding, Outcome
from checks.verdict import Flag, Status, Verdict
from reports.bulletin_figures import Checked, PlanCheck, Round, streak
from reports.bulletin_wording import OfDocument, PlanClass, SiteClass, Wording, fill
from reports.document import Cell
from reports.figures import percent
from reports.links import bounded
from reports.periods import period_name
from reports.texts import Lang, Texts

NAMED: Final = 5  # examples in a paragraph; the annex has all
LISTED: Final = 3  # columns or links of one site
_ABSENT: Final = frozenset({Status.OVERDUE, Status.MISSING})
_JUDGED: Final = _ABSENT | {Status.ON_TIME, Status.LATE}


@dataclass(frozen=True, slots=True)
class Problem:
    """One class: its general sentence, its examples in words, and a row of the annex for each case
    (agency, site or item, what, address)."""

    title: str
    said: str
    examples: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """What is needed to put a case into words."""

    wording: Wording
    t: Texts
    day: Callable[[object], str]


@dataclass(frozen=True, slots=True)
class _CaseTeller:
    """Puts one verdict of a plan into a pattern, which takes of the facts what it names."""

    check: PlanCheck
    teller: Teller

    def one(self, pattern: str, v: Verdict) -> str:
        t, day = self.teller.t, self.teller.day
        facts = {
            "agency": bounded(v.agency),
            "item": bounded(v.subject) if v.subject and v.obligation in self.check.labels else _item(v),
            "period": period_name(v.period, t, within=self.check.within(t)) if v.period else "",
            "due": day(v.due) if v.due else t("none"),
            "days": v.days_late if v.days_late is not None else t("none"),
        }
        return fill(pattern, **facts)


def site_problems(this: Round, earlier: Sequence[Round], teller: Teller) -> tuple[Problem, ...]:
    """Classes of what the indicators found at judged sites, in the wording's order; then those that failed again."""
    w = teller.wording
    by_class: dict[str, list[tuple[Checked, Finding]]] = defaultdict(list)
    known = {each.title: each for each in w.classes}
    for site in this.sites:
        if site.is_judged and site.findings:
            for finding in site.findings.faults:
                by_class[_class_of(finding, w, teller.t)].append((site, finding))
    order = [title for title in known if title in by_class] + [title for title in by_class if title not in known]
    told = [_site_problem(title, known.get(title), by_class[title], this.judged, teller) for title in order]
    again = _failed_again(this, earlier, teller)
    return (*told, again) if again else tuple(told)


def plan_problems(check: PlanCheck, teller: Teller) -> tuple[Problem, ...]:
    """Classes of what the plan's verdicts found. A batch is one problem: its instalments are not told as late again."""
    held, c = check.held, teller.wording.plan_classes
    found = batches(held)
    batched = {key for batch in found for key in batch.late}
    judged = [v for v in held if v.status in _JUDGED]
    labels = [v for v in judged if v.obligation in check.labels]
    others = [v for v in judged if v.obligation not in check.labels]
    confirmed = {item.verdict.key for item in check.items if item.is_confirmed}
    absent = sorted((v for v in others if v.status in _ABSENT), key=lambda v: (str(v.due), v.key))
    late = [v for v in others if v.status is Status.LATE and v.key not in batched]
    late.sort(key=lambda v: (-(v.days_late or 0), v.key))
    poor = [v for v in others if Flag.INCOMPLETE in v.flags]
    forged = [v for v in others if Flag.BACKDATED in v.flags and v.key in confirmed]
    unmarked = [v for v in labels if v.status in _ABSENT]
    say = _CaseTeller(check, teller)
    told = (
        _plan_problem(c.absent, absent, len(others), say),
        _plan_problem(c.late, late, len(others), say),
        _batch_problem(found, held, check, teller),
        _plan_problem(c.incomplete, poor, len(others), say),
        _plan_problem(c.label, unmarked, len(labels), say),
        _plan_problem(c.backdated, forged, len(others), say),
    )
    return tuple(problem for problem in told if problem)


def who(n: int, judged: int, w: Wording) -> str:
    """ "部分网站（3个，占可判定12个网站的25.0%）"; of a single judged site no share is told."""
    if judged == 1:
        return w.problems.who_one
    return fill(w.problems.who, word=quantity(n, judged, w), n=n, judged=judged, share=percent(n, judged) or "")


def quantity(n: int, of: int, w: Wording) -> str:
    """The word for `n` of `of`: by share, but none that needs more cases than there are."""
    words = sorted(w.quantities, key=lambda q: q.at_most)
    place = next((i for i, q in enumerate(words) if n <= q.at_most * of), len(words) - 1)
    while place and words[place].at_least > n:
        place -= 1
    return words[place].word


def cause(site: Checked, w: Wording, t: Texts) -> str:
    """Why a site failed: its vetoes, or else what the deductions left."""
    if site.findings is None:
        return w.annex.no_reason
    told = [_reasoned(f, w, t) for f in site.findings.vetoes]
    if not told and site.findings.score is not None:
        told = [fill(w.problems.score, score=f"{site.findings.score:g}", full=f"{site.findings.full:g}")]
    return w.semicolon.join(told) or w.annex.no_reason


def doubt(site: Checked, w: Wording, t: Texts) -> str:
    """Why a site could not be judged."""
    if not site.is_checked:
        return w.annex.not_checked
    found = site.findings.unclear if site.findings else ()
    told = [_reasoned(f, w, t) for f in found]
    return w.semicolon.join(told) or w.annex.no_reason


def _class_of(finding: Finding, w: Wording, t: Texts) -> str:
    for each in w.classes:
        if finding.indicator in each.indicators:
            return each.title
    return bounded(_title(finding, t))


def _site_problem(
    title: str, of: SiteClass | None, found: Sequence[tuple[Checked, Finding]], judged: int, teller: Teller
) -> Problem:
    w, t = teller.wording, teller.t
    by_site: dict[str, list[tuple[Checked, Finding]]] = defaultdict(list)
    for site, finding in found:
        by_site[site.site].append((site, finding))
    whole = who(len(by_site), judged, w)
    said = fill(of.said, who=whole) if of else fill(w.problems.other, who=whole, title=title)
    examples = tuple(_site_example(of, cases, w) for cases in by_site.values())
    rows = tuple((bounded(site.agency), bounded(site.name), _reasoned(f, w, t), site.url) for site, f in found)
    return Problem(title, said, examples, rows)


def _site_example(of: SiteClass | None, cases: Sequence[tuple[Checked, Finding]], w: Wording) -> str:
    site = bounded(cases[0][0].name)
    count = max(finding.count for _, finding in cases)  # indicators of one class overlap: a sum would count twice
    if of is None:
        said = fill(w.problems.other_one, site=site)
    else:
        said = fill(of.counted, site=site, count=count) if count else fill(of.one, site=site)
    names = dict.fromkeys(bounded(e.name) for _, finding in cases for e in finding.examples if e.name.strip())
    if not names:
        return said
    listed = w.comma.join(fill(w.problems.quoted, name=name) for name in list(names)[:LISTED])
    return said + fill(w.problems.lists, names=listed)


def _failed_again(this: Round, earlier: Sequence[Round], teller: Teller) -> Problem | None:
    w = teller.wording
    counts = {s.site: streak(s.site, this, earlier) for s in this.sites if s.outcome is Outcome.FAILED}
    again = sorted((s for s in this.sites if counts.get(s.site, 0) > 1), key=lambda s: -counts[s.site])
    if not again:
        return None
    examples = tuple(fill(w.problems.repeated_one, site=bounded(s.name), n=counts[s.site]) for s in again)
    rows = tuple((bounded(s.agency), bounded(s.name), said, s.url) for s, said in zip(again, examples, strict=True))
    said = fill(w.problems.repeated, who=who(len(again), this.judged, w))
    return Problem(w.problems.repeated_title, said, examples, rows)


def _plan_problem(of: PlanClass, found: Sequence[Verdict], judged: int, say: _CaseTeller) -> Problem | None:
    if not found:
        return None
    p, n = say.teller.wording.problems, len(found)
    pattern = p.documents if isinstance(of, OfDocument) else p.items
    amount = fill(pattern, n=n, judged=judged, share=percent(n, judged) or "")
    examples = tuple(say.one(of.one, v) for v in found)
    rows = tuple((bounded(v.agency), _item(v), told, v.url) for v, told in zip(found, examples, strict=True))
    return Problem(of.title, fill(of.said, quantity=amount), examples, rows)


def _batch_problem(found: Sequence[Batch], held: Iterable[Verdict], check: PlanCheck, teller: Teller) -> Problem | None:
    if not found:
        return None
    of = teller.wording.plan_classes.batch
    titles = {v.obligation: _item(v) for v in held}
    examples = tuple(
        fill(
            of.one,
            agency=bounded(b.agency),
            item=titles.get(b.obligation, b.obligation),
            first=period_name(b.periods[0], teller.t, within=check.within(teller.t)),
            last=period_name(b.periods[-1], teller.t, within=check.within(teller.t)),
            n=len(b.periods),
            day=teller.day(b.day),
        )
        for b in found
    )
    rows: Iterator[tuple[Cell, ...]] = (
        (bounded(b.agency), titles.get(b.obligation, b.obligation), told, None)
        for b, told in zip(found, examples, strict=True)
    )
    return Problem(of.title, fill(of.said, n=len(found)), examples, tuple(rows))


def _item(v: Verdict) -> str:
    return bounded(v.obligation_title or v.obligation)


def _reasoned(finding: Finding, w: Wording, t: Texts) -> str:
    reason = bounded(_reason(finding, t)).rstrip("。.") or t("none")
    return fill(w.problems.veto, title=bounded(_title(finding, t)), reason=reason)


def _title(finding: Finding, t: Texts) -> str:
    return finding.title_en if t.lang is Lang.EN and finding.title_en else finding.title


def _reason(finding: Finding, t: Texts) -> str:
    return finding.reason_en if t.lang is Lang.EN and finding.reason_en else finding.reason
