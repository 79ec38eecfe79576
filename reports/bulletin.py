"""The bulletin of a spot-check (通报): figures and sentences in the field's structure (STANDARDS 2.1), as a document.

`told` puts a round into words and tables once; the document (HTML, PDF, XLSX, JSON) and the Word file show the same.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from checks.calendar import add_working_days
from checks.indicator_findings import Outcome
from checks.sampling import Why
from reports.bulletin_annexes import annexes
from reports.bulletin_figures import PlanCheck, Recheck, Round, points_moved, rechecks
from reports.bulletin_problems import NAMED, Problem, Teller, plan_problems, site_problems
from reports.bulletin_wording import Wording, fill
from reports.document import Document, Section, Table
from reports.figures import percent, tally
from reports.links import bounded
from reports.texts import Lang, texts

DEADLINE_DAYS: Final = 10  # working days; the bulletins read set a date one to three weeks ahead (STANDARDS 2.1 item 7)
_NUMERALS: Final = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Order:
    """What the issuing office says: its name, the document's number (empty: to be filled in), the day of issue."""

    issuer: str
    number: str
    issued: dt.date
    deadline_days: int = DEADLINE_DAYS


@dataclass(frozen=True, slots=True)
class Bulletin:
    """All that a bulletin rests on. `earlier` are the rounds before with their results, oldest first; `edition` names
    the indicators (site-2015, site-2019)."""

    round: Round
    earlier: tuple[Round, ...]
    edition: str
    order: Order
    plan: PlanCheck | None = None

    @property
    def last(self) -> Round | None:
        return self.earlier[-1] if self.earlier else None


@dataclass(frozen=True, slots=True)
class Told:
    """A bulletin in words. `problems` are (heading, paragraphs); `annexes` by name, in the order of their numbers."""

    title: str
    number: str
    addressee: str
    basis: str
    overview: tuple[str, ...]
    problems: tuple[tuple[str, tuple[str, ...]], ...]
    demands: tuple[str, ...]
    annexes: dict[str, Table]
    issuer: str
    issued: str
    nothing: str  # what stands in place of problems where there are none
    figures: dict[str, Any]


def told(bulletin: Bulletin, wording: Wording, lang: Lang) -> Told:
    """Everything in words; pure."""
    teller = Teller(wording, texts(lang), lambda day: day_name(day, wording))
    found = site_problems(bulletin.round, bulletin.earlier, teller)
    found += plan_problems(bulletin.plan, teller) if bulletin.plan else ()
    again = rechecks(bulletin.round, bulletin.last)
    tables = annexes(bulletin.round, again, bulletin.plan, found, teller)
    at = {name: str(number) for number, name in enumerate(tables, start=1)}
    name, order, head = round_name(bulletin.round.name, wording, lang), bulletin.order, wording.head
    return Told(
        title=fill(head.title, issuer=order.issuer, round=name).strip(),
        number=order.number or fill(head.number_blank, year=order.issued.year),
        addressee=head.addressee,
        basis=fill(head.basis, rules=_rules(bulletin, wording), round=name),
        overview=_overview(bulletin, again, at, wording, lang),
        problems=_problems(bulletin, found, at, teller),
        demands=_demands(bulletin, found, at, wording, lang),
        annexes=tables,
        issuer=order.issuer or head.issuer_blank,
        issued=day_name(order.issued, wording),
        nothing=wording.problems.none if _is_anything_judged(bulletin) else wording.problems.none_judged,
        figures=figures(bulletin),
    )


def document(words: Told, wording: Wording, lang: Lang) -> Document:
    """The same as sections and tables, the signature before the annexes."""
    body = [
        Section("opening", "", (words.addressee,)),
        Section("basis", "", (words.basis,)),
        Section("overview", wording.overview.title, words.overview),
        Section("problems", wording.problems.title, () if words.problems else (words.nothing,)),
        *(Section(f"problem-{i}", title, said, level=2) for i, (title, said) in enumerate(words.problems, start=1)),
        Section("demands", wording.demands.title, words.demands),
        Section("annexes", "", annex_lines(words, wording)),
        Section("signed", "", (words.issuer, words.issued)),
    ]
    tables = [
        Section(f"annex-{name}", fill(wording.annex.heading, number=i, title=table.title), tables=(table,))
        for i, (name, table) in enumerate(words.annexes.items(), start=1)
    ]
    return Document(
        kind="bulletin",
        title=words.title,
        lang=texts(lang)("lang"),
        facts=((wording.head.number_name, words.number),),
        sections=(*body, *tables),
        data={"figures": words.figures},
    )


def annex_lines(words: Told, wording: Wording) -> tuple[str, ...]:
    """ "附件：1. 抽查网站名单" and a line for each of the others."""
    a = wording.annex
    titles = [fill(a.titled, number=i, title=table.title) for i, table in enumerate(words.annexes.values(), start=1)]
    return tuple(fill(a.listed_next if i else a.listed, title=title) for i, title in enumerate(titles))


def figures(bulletin: Bulletin) -> dict[str, Any]:
    """The numbers alone, for the JSON form."""
    this, again = bulletin.round, rechecks(bulletin.round, bulletin.last)
    moved = points_moved(this, bulletin.last) if bulletin.last else None
    return {
        "round": this.name,
        "drawing": this.drawing,
        "edition": bulletin.edition,
        "running": this.running,
        "drawn": len(this.sites),
        "judged": this.judged,
        **{outcome.value: this.count(outcome) for outcome in Outcome},
        "rate": this.count(Outcome.PASSED) / this.judged if this.judged else None,
        "previous": bulletin.last.name if bulletin.last else None,
        "points_moved": float(moved) if moved is not None else None,
        "rechecked": {
            "failed_last_time": len(again),
            **{outcome.value: _now(again, outcome) for outcome in Outcome},
            "absent": sum(each.now is None for each in again),
        },
    }


def round_name(code: str, wording: Wording, lang: Lang) -> str:
    """ "2017年6月份", "2017年第二季度"; an unknown code as it is."""
    year, _, part = code.partition("-")
    if part.startswith("Q"):
        n = _NUMERALS[int(part[1])] if lang is Lang.ZH else part[1]
        return fill(wording.head.quarter, year=year, n=n, code=code)
    return fill(wording.head.month, year=year, n=int(part), code=code) if part.isdecimal() else bounded(code)


def day_name(day: object, wording: Wording) -> str:
    """ "2017年7月20日"."""
    if not isinstance(day, dt.date):
        return bounded(str(day))
    return fill(wording.head.day, year=day.year, month=day.month, day=day.day, iso=day.isoformat())


def _rules(bulletin: Bulletin, wording: Wording) -> str:
    head = wording.head
    by_edition = {"2015": head.rules_2015, "2019": head.rules_2019}
    rules = by_edition.get(bulletin.edition[-4:], head.rules_other)
    if bulletin.plan is None:
        return rules
    return fill(head.rules_plan, rules=rules, plan=bounded(bulletin.plan.title))


def _overview(
    bulletin: Bulletin, again: tuple[Recheck, ...], at: dict[str, str], wording: Wording, lang: Lang
) -> tuple[str, ...]:
    said = ["".join((*_frame(bulletin.round, wording), *_results(bulletin.round, at, wording)))]
    said.append("".join(_compared(bulletin, again, wording, lang)))
    if bulletin.plan is not None:
        said.append("".join(_of_plan(bulletin.plan, wording)))
    return tuple(said)


def _frame(this: Round, wording: Wording) -> list[str]:
    o, day = wording.overview, day_name(this.drawn_on, wording)
    if not this.running:
        return [fill(o.running_none, day=day), o.drawn_none]
    sizes = _levels(((s.level, s.size) for s in this.strata), wording)
    said = [fill(o.running, day=day, running=this.running, levels=sizes)]
    if not this.sites:
        return [*said, o.drawn_none]
    counts = {why: sum(site.why is why for site in this.sites) for why in Why}
    reasons = wording.comma.join(fill(getattr(wording.reasons, why.value), n=counts[why]) for why in Why if counts[why])
    drawn = _levels(((s.level, s.drawn) for s in this.strata if s.drawn), wording)
    share = percent(len(this.sites), this.running) or ""
    facts = {"drawn": len(this.sites), "running": this.running, "share": share, "levels": drawn, "reasons": reasons}
    return [*said, fill(o.drawn, **facts)]


def _results(this: Round, at: dict[str, str], wording: Wording) -> list[str]:
    o, drawn = wording.overview, len(this.sites)
    if not drawn:
        return []
    passed, failed, unclear = (this.count(outcome) for outcome in (Outcome.PASSED, Outcome.FAILED, Outcome.UNCLEAR))
    if not this.judged:
        return [fill(o.result_none, drawn=drawn, annex=at["unclear"])]
    if this.judged == 1:
        said = [fill(o.result_one, outcome=wording.outcomes.passed if passed else wording.outcomes.failed)]
    else:
        said = [fill(o.result, judged=this.judged, passed=passed, failed=failed, rate=this.rate or "")]
    if unclear:
        # One veto fails a site, but to pass all must be readable: the rate of the judged alone would lean to failing.
        bounds = {"low": percent(passed, drawn) or "", "high": percent(passed + unclear, drawn) or ""}
        share = percent(unclear, drawn) or ""
        said.append(fill(o.unclear, unclear=unclear, drawn=drawn, share=share, annex=at["unclear"], **bounds))
    if this.by_hand:
        said.append(fill(o.manual, n=this.by_hand))
    return said


def _compared(bulletin: Bulletin, again: tuple[Recheck, ...], wording: Wording, lang: Lang) -> list[str]:
    o, last = wording.overview, bulletin.last
    if last is None:
        return [o.first]
    previous, moved = round_name(last.name, wording, lang), points_moved(bulletin.round, last)
    facts = {"previous": previous, "before": last.rate, "passed": last.count(Outcome.PASSED), "judged": last.judged}
    if moved is None:
        said = [fill(o.no_change, previous=previous)]
    elif not moved:
        said = [fill(o.same, **facts)]
    else:
        said = [fill(o.up if moved > 0 else o.down, **facts, points=abs(moved))]
    if not again:
        return [*said, o.recheck_none]
    passed, still, unclear = (_now(again, each) for each in (Outcome.PASSED, Outcome.FAILED, Outcome.UNCLEAR))
    absent = sum(each.now is None for each in again)
    return [*said, fill(o.recheck, failed=len(again), passed=passed, still=still, unclear=unclear, absent=absent)]


def _of_plan(plan: PlanCheck, wording: Wording) -> list[str]:
    o, held = wording.overview, plan.held
    counts = tally(held)
    facts = {
        "plan": bounded(plan.title),
        "day": day_name(plan.as_of, wording),
        "agencies": len({v.agency for v in held}),
        "due": counts.due,
    }
    if counts.judged:
        rate = percent(counts.on_time, counts.judged) or ""
        numbers = {"judged": counts.judged, "on_time": counts.on_time, "late": counts.late, "absent": counts.absent}
        said = [fill(o.plan, **facts, **numbers, rate=rate)]
    else:
        said = [fill(o.plan_none, **facts)]
    if counts.inconclusive:
        share = percent(counts.inconclusive, counts.due) or ""
        said.append(fill(o.plan_unclear, unclear=counts.inconclusive, due=counts.due, share=share))
    if plan.contested:
        said.append(fill(o.contested, n=plan.contested))
    return said


def _problems(
    bulletin: Bulletin, found: tuple[Problem, ...], at: dict[str, str], teller: Teller
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    p, chinese = teller.wording.problems, teller.t.lang is Lang.ZH
    return tuple(
        (
            fill(p.heading, number=numeral(i) if chinese else i, title=problem.title),
            (_paragraph(problem, at, teller.wording),),
        )
        for i, problem in enumerate(found, start=1)
    )


def _paragraph(problem: Problem, at: dict[str, str], wording: Wording) -> str:
    named = wording.semicolon.join(problem.examples[:NAMED])
    if not named:
        return problem.said
    p = wording.problems
    if len(problem.examples) > NAMED:
        return problem.said + fill(p.examples_more, examples=named, annex=at["findings"])
    return problem.said + fill(p.examples, examples=named)


def _is_anything_judged(bulletin: Bulletin) -> bool:
    return bool(bulletin.round.judged or (bulletin.plan and tally(bulletin.plan.held).judged))


def _demands(
    bulletin: Bulletin, found: tuple[Problem, ...], at: dict[str, str], wording: Wording, lang: Lang
) -> tuple[str, ...]:
    d, order = wording.demands, bulletin.order
    said = []
    blamed = {"failed": bulletin.round.count(Outcome.FAILED), "findings": len(found)}
    if any(blamed.values()):
        counted = add_working_days(order.issued, order.deadline_days)
        days = {"issued": day_name(order.issued, wording), "deadline": day_name(counted.day, wording)}
        where = wording.comma.join(at[name] for name, n in blamed.items() if n)
        facts = {"annex": where, "days": order.deadline_days, "issuer": order.issuer or wording.head.office}
        assumed = fill(d.assumed, year=counted.day.year) if counted.assumed else ""
        said.append(fill(d.rectify, **facts, **days) + assumed)
    else:
        said.append(d.rectify_none)
    if bulletin.round.count(Outcome.UNCLEAR):
        said.append(fill(d.unclear, annex=at["unclear"]))
    said.append(d.account)
    said.append(fill(d.next, next=round_name(next_round(bulletin.round.name), wording, lang)))
    return tuple(said)


def next_round(code: str) -> str:
    """2017-12 -> 2018-01, 2017-Q4 -> 2018-Q1."""
    year, _, part = code.partition("-")
    quarterly = part.startswith("Q")
    n, last = (int(part[1:]), 4) if quarterly else (int(part), 12)
    year_of, following = (int(year) + 1, 1) if n == last else (int(year), n + 1)
    return f"{year_of}-Q{following}" if quarterly else f"{year_of}-{following:02d}"


def numeral(n: int) -> str:
    """1 to 99 as 一, 十, 十一, 二十一."""
    tens, ones = divmod(n, 10)
    return (("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else "") + (_NUMERALS[ones] if ones or not n else "")


def _levels(counts: Iterable[tuple[str, int]], wording: Wording) -> str:
    named = ((wording.levels.named(level), n) for level, n in counts)
    return wording.comma.join(fill(wording.levels.count, level=name, n=n) for name, n in named)


def _now(again: Iterable[Recheck], outcome: Outcome) -> int:
    return sum(each.now is not None and each.now.outcome is outcome for each in again)
