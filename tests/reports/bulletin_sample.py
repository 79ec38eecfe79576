"""A hand-made spot-check whose figures can be counted on the fingers.

This round, of 30 running sites, 10 drawn: 6 passed, 2 failed (s1, s2), 2 unclear (s3 looked at, s4 not checked at all);
8 judged, 75.0 %. Last round: s1, s5 and gone failed, s2 and s6 passed: 40.0 %. Before that s1 failed too.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from checks.indicator_findings import Example, Finding, IndicatorKind, Outcome, Result, SiteFindings
from checks.reviews import Reviewed
from checks.sampling import Stratum, Why
from checks.verdict import Flag, ReasonCode, Status, Verdict
from reports.bulletin import Bulletin, Order
from reports.bulletin_figures import Checked, PlanCheck, Round

ORDER = Order("某市人民政府办公室", "某府办函〔2017〕12号", dt.date(2017, 7, 6), 10)


def finding(
    indicator: str, title: str, *, kind: IndicatorKind = IndicatorKind.VETO, result: Result = Result.FAILED, **more: Any
) -> Finding:
    return Finding(indicator, title, f"en {indicator}", "组", kind, result, f"{title}的理由。", "the reason.", **more)


def findings(site: str, outcome: Outcome, found: Sequence[Finding], score: float | None = None) -> SiteFindings:
    day = dt.date(2017, 6, 30)
    return SiteFindings(
        site=site,
        name=site,
        agency="某局",
        url="http://a.example/",
        level="department",
        edition="site-2015",
        as_of=day,
        looked_at=None,
        outcome=outcome,
        score=score,
        full=100.0,
        goes_on_to_bonus=False,
        findings=tuple(found),
    )


def checked(
    site: str, outcome: Outcome, found: Sequence[Finding] = (), *, why: Why = Why.DRAWN, name: str = "", **more: Any
) -> Checked:
    level = "portal" if site == "s1" else "department"
    return Checked(
        site=site,
        name=name or f"{site}局",
        agency=f"{site}单位",
        level=level,
        url=f"http://{site}.example.gov.cn/",
        why=why,
        outcome=outcome,
        findings=findings(site, outcome, found, more.pop("score", None)),
        **more,
    )


STALE = finding(
    "columns-not-updated",
    "栏目不更新",
    count=6,
    examples=(Example("工作动态", "http://s1.example.gov.cn/gzdt/", "最新日期 2017-01-03"),),
)
BLOCKED = finding("unreachable", "站点无法访问", result=Result.UNCLEAR)
LINKS = finding("dead-links-home", "首页链接可用性", kind=IndicatorKind.DEDUCTION, count=2, points=2.0)
BY_HAND = finding("grave-errors", "严重错误", result=Result.MANUAL)

SITES = (
    checked("s1", Outcome.FAILED, [STALE, BY_HAND], why=Why.FAILED, name="某市政府门户"),
    checked("s2", Outcome.FAILED, [finding("letters-unanswered", "互动回应差", count=3)]),
    checked("s3", Outcome.UNCLEAR, [BLOCKED, LINKS]),
    Checked(
        "s4", "s4局", "s4单位", "department", "http://s4.example.gov.cn/", Why.YEARLY, Outcome.UNCLEAR, None, False
    ),
    checked("s5", Outcome.PASSED, [LINKS], why=Why.FAILED),
    *(checked(f"s{n}", Outcome.PASSED) for n in range(6, 11)),
)
STRATA = (Stratum("portal", 1, 1), Stratum("department", 29, 9))


def round_(name: str, sites: Sequence[Checked], strata: Sequence[Stratum] = STRATA) -> Round:
    return Round(name, 3, dt.date(2017, 6, 20), "2017年6月", "sha256:" + "ab" * 32, tuple(strata), tuple(sites))


APRIL = round_("2017-04", [checked("s1", Outcome.FAILED, [STALE])])
MAY = round_(
    "2017-05",
    [
        checked("s1", Outcome.FAILED, [STALE]),
        checked("s5", Outcome.FAILED),
        checked("gone", Outcome.FAILED),
        checked("s2", Outcome.PASSED),
        checked("s6", Outcome.PASSED),
    ],
)


def verdict(agency: str, month: int, status: Status, *flags: Flag, obligation: str = "1-1", **more: Any) -> Verdict:
    facts: dict[str, Any] = {
        "plan": "p-2017",
        "obligation": obligation,
        "agency": agency,
        "site": "own",
        "period": f"2017-{month:02d}",
        "subject": None,
        "status": status,
        "flags": flags,
        "due": dt.date(2017, month + 1, 25),
        "published": None,
        "first_seen": None,
        "days_late": None,
        "url": "http://a.example.gov.cn/1.html",
        "title": None,
        "evidence": None,
        "reason_code": ReasonCode.FOUND,
        "reason": "理由",
        "obligation_title": "财政收支",
    }
    return Verdict(**facts | more)


def reviewed(v: Verdict, **more: Any) -> Reviewed:
    return Reviewed(v, v.status, v.flags, **more)


def plan(*items: Reviewed) -> PlanCheck:
    return PlanCheck("某市2017年政务公开工作要点", 2017, dt.date(2017, 7, 1), items, frozenset({"9-9"}))


def _batched(month: int) -> Reviewed:
    day = dt.date(2017, 6, 28)
    late = (day - dt.date(2017, month + 1, 25)).days
    url = f"http://a.example.gov.cn/{month}.html"
    return reviewed(verdict("水务局", month, Status.LATE, published=day, days_late=late, url=url, obligation="2-1"))


# 12 judged of 13 due (1 label besides): 5 on time, 4 late (3 of them one batch), 2 absent; 1 label unmarked.
PLAN = plan(
    *(reviewed(verdict("财政局", month, Status.ON_TIME)) for month in range(1, 5)),
    reviewed(verdict("财政局", 5, Status.LATE, days_late=4)),
    reviewed(verdict("教育局", 4, Status.MISSING)),
    reviewed(verdict("教育局", 5, Status.OVERDUE)),
    reviewed(verdict("教育局", 3, Status.INCONCLUSIVE)),
    reviewed(verdict("教育局", 2, Status.ON_TIME, Flag.INCOMPLETE)),
    reviewed(verdict("规划局", 1, Status.MISSING, obligation="9-9", period=None, subject="某办〔2010〕1号")),
    reviewed(verdict("统计局", 1, Status.MISSING), is_contested=True),
    _batched(1),
    _batched(2),
    _batched(3),
)

FULL = Bulletin(round_("2017-06", SITES), (APRIL, MAY), "site-2015", ORDER, PLAN)
