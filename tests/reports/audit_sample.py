"""A practice city's audit, made up: 12 agencies, 40 obligations, a year; every status, flag and reason."""

import datetime as dt
import hashlib
from dataclasses import replace

from checks.verdict import Candidate, ColumnRead, Flag, ReasonCode, Refusal, Status, Verdict
from db.facts import FetchOutcome, Reading, SiteReading, Stop
from plans.register import Cadence, CheckMode, Evidence, Kind, Obligation, Pair, Plan, Register
from plans.sites import Site, Sites
from reports.audit import Audit

AS_OF = dt.date(2017, 11, 20)
READ_AT = dt.datetime(2017, 11, 21, 1, 30, tzinfo=dt.UTC)
PLAN = Plan(id="linhai-2017", title="临海市2017年政务公开工作要点分工方案", place="临海市", year=2017)

AGENCIES = {
    "市财政局": ["一般公共预算收支完成情况", "政府债务情况", "部门预算", "专项资金分配结果"],
    "市环境保护局": ["空气质量状况", "集中式饮用水水源水质", "环境违法企业名单", "重点排污单位名录"],
    "市统计局": ["主要经济指标", "规模以上工业增加值", "居民消费价格指数", "统计公报"],
    "市安全生产监督管理局": ["安全生产黑名单", "事故调查报告", "执法检查计划"],
    "市食品药品监督管理局": ["食品抽检结果", "药品抽检结果", "双随机抽查结果"],
    "市住房和城乡建设局": ["保障性住房分配结果", "商品房成交情况", "建筑工程质量检查"],
    "市人力资源和社会保障局": ["社会保险基金收支", "就业人数", "拖欠工资失信名单"],
    "市教育局": ["义务教育招生方案", "学校经费收支", "校车安全检查"],
    "市卫生和计划生育局": ["传染病疫情", "医疗机构校验结果", "二次供水监测"],
    "市交通运输局": ["公路养护资金使用", "客运市场检查", "重大工程进展"],
    "市国有资产监督管理委员会": ["国有企业运营情况", "企业负责人薪酬", "国有资产总量"],
    "市法制局": ["规范性文件清理结果", "行政执法年度数据", "政务公开培训", "政策解读配套"],
}
CADENCES = (Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.HALF_YEARLY, Cadence.YEARLY, Cadence.MONTHLY)
FLAG_OF = {n * 7: flag for n, flag in enumerate(Flag, start=1)}
INCONCLUSIVE = (
    ReasonCode.SITE_UNKNOWN,
    ReasonCode.NOT_READ,
    ReasonCode.READ_TOO_EARLY,
    ReasonCode.UNREACHABLE,
    ReasonCode.BLOCKED,
    ReasonCode.ROBOTS,
    ReasonCode.COLUMN_NOT_FOUND,
    ReasonCode.TRUNCATED,
    ReasonCode.NEEDS_BROWSER,
    ReasonCode.NO_ITEMS,
    ReasonCode.UNDATED,
    ReasonCode.NO_EVIDENCE_PATTERN,
    ReasonCode.KIND_NOT_JUDGED,
    ReasonCode.AMBIGUOUS,
)


def sample(agencies=12, per_agency=None, as_of=AS_OF) -> Audit:
    """The practice audit; `agencies` and `per_agency` make it larger for timing."""
    register, sites = _register(agencies, per_agency), _sites(agencies)
    verdicts = tuple(v for obligation in register.obligations for v in _judged(obligation, sites, as_of))
    return Audit(
        register=register,
        sites=sites,
        verdicts=_with_every_flag(verdicts),
        readings=_readings(sites),
        as_of=as_of,
        generated_for="市政府办公室政务公开科",
        crawled_at=READ_AT,
        site_readings=(
            SiteReading("site09", READ_AT, FetchOutcome.TIMEOUT),
            SiteReading("site01", READ_AT, FetchOutcome.OK, ("重点排污单位名录",)),
        ),
        requests=1843,
    )


def verdict(**changes) -> Verdict:
    """One verdict, late unless said otherwise."""
    base = Verdict(
        plan=PLAN.id,
        obligation="1-1",
        agency="市财政局",
        site="site00",
        period="2017-05",
        subject=None,
        status=Status.LATE,
        flags=(),
        due=dt.date(2017, 6, 25),
        published=dt.date(2017, 6, 29),
        first_seen=dt.datetime(2017, 6, 29, 18, 10, tzinfo=dt.UTC),
        days_late=4,
        url="http://czj.example.gov.cn/t1.html",
        title="2017年5月一般公共预算收支情况",
        evidence="sha256:" + "ab" * 32,
        reason_code=ReasonCode.FOUND,
        reason="应于 2017-06-25 前公开，实际公开于 2017-06-29，迟 4 天",
        reason_en="due on 2017-06-25 and published on 2017-06-29, 4 days late",
        measure="一/1",
        obligation_title="一般公共预算收支完成情况",
    )
    return replace(base, **changes)


def _names(count):
    names = list(AGENCIES)
    return [names[n] if n < len(names) else f"第{n}局" for n in range(count)]


def _register(agencies, per_agency) -> Register:
    obligations = []
    for a, agency in enumerate(_names(agencies)):
        titles = AGENCIES.get(agency, ["工作动态"])
        if per_agency:
            titles = [f"{titles[n % len(titles)]}{n}" for n in range(per_agency)]
        for n, title in enumerate(titles):
            manual = title == "政务公开培训"
            paired = title == "政策解读配套"
            obligations.append(
                Obligation(
                    id=f"{a + 1}-{n + 1}",
                    measure=f"{'一二三四五六'[a % 6]}/{n + 1}",
                    title=title,
                    lead=(agency,),
                    kind=Kind.DUTY if manual else Kind.PAIRING if paired else Kind.PERIODIC,
                    cadence=None if manual or paired else CADENCES[(n + (a % 2)) % 5],
                    evidence=Evidence(pair=Pair(title=("解读",))) if paired else Evidence(),
                    about="previous" if title == "统计公报" else None,
                    check=CheckMode.MANUAL if manual else CheckMode.AUTOMATIC,
                )
            )
    return Register(plan=PLAN, obligations=tuple(obligations))


def _sites(agencies) -> Sites:
    return Sites(
        sites=tuple(
            Site(
                id=f"site{n:02d}",
                name=f"临海{name}",
                agency=name,
                url=f"http://a{n}.example.gov.cn/",
                obey_robots=n != 4,
            )
            for n, name in enumerate(_names(agencies))
        )
    )


def _periods(obligation) -> list[tuple[str | None, dt.date | None]]:
    year = 2016 if obligation.about_previous else 2017
    if obligation.cadence is Cadence.MONTHLY:
        return [(f"{year}-{m:02d}", dt.date(year + m // 12, m % 12 + 1, 25)) for m in range(1, 13)]
    if obligation.cadence is Cadence.QUARTERLY:
        return [(f"{year}-Q{q}", dt.date(year + q // 4, q * 3 % 12 + 1, 20)) for q in range(1, 5)]
    if obligation.cadence is Cadence.HALF_YEARLY:
        return [(f"{year}-H1", dt.date(year, 7, 31)), (f"{year}-H2", dt.date(year + 1, 1, 31))]
    if obligation.cadence is Cadence.YEARLY:
        return [(f"{year}", dt.date(year, 12, 31) if year == 2017 else dt.date(2017, 3, 31))]
    return [(None, None)]


def _judged(obligation, sites, as_of) -> list[Verdict]:
    a, n = (int(part) for part in obligation.id.split("-"))
    site = sites.sites[a - 1]
    base = verdict(
        obligation=obligation.id,
        agency=site.agency,
        site=site.id,
        measure=obligation.measure,
        obligation_title=obligation.title,
    )
    if obligation.kind is Kind.DUTY:
        return [_unseen(base, Status.MANUAL, ReasonCode.MANUAL_DUTY, None, None)]
    if obligation.kind is Kind.PAIRING:
        return [_paired(base, i) for i in range(1, 10)]
    return [
        _instalment(replace(base, period=p, due=due), site, i + 5 * n + a, as_of)
        for i, (p, due) in enumerate(_periods(obligation))
    ]


def _paired(base, i) -> Verdict:
    due = dt.date(2017, i, 20)
    late = i % 4 == 0
    return replace(
        base,
        period=None,
        subject=f"临府〔2017〕{i}号 关于加强第{i}类事项管理的通知",
        due=due,
        published=due + dt.timedelta(days=9 if late else -3),
        status=Status.LATE if late else Status.ON_TIME,
        days_late=9 if late else None,
        title=f"《关于加强第{i}类事项管理的通知》政策解读",
    )


def _instalment(base, site, seed, as_of) -> Verdict:
    period, due = base.period, base.due
    base = replace(base, due_explained=(f"期次 {period} 结束", f"台账期限：{due}"))
    if due >= as_of:
        return _unseen(base, Status.NOT_DUE, ReasonCode.NOT_DUE, period, due)
    if site.id == "site02" and due > as_of - dt.timedelta(days=31):
        return _absent(base, Status.OVERDUE, site, due)
    if site.id == "site09":
        return _unseen(base, Status.INCONCLUSIVE, ReasonCode.UNREACHABLE, period, due)
    if seed % 11 == 3:
        return _unseen(
            base,
            Status.INCONCLUSIVE,
            INCONCLUSIVE[(seed // 11 + int(site.id[4:]) * 3) % len(INCONCLUSIVE)],
            period,
            due,
        )
    if seed % 13 == 5:
        recent = due > as_of - dt.timedelta(days=31)
        return _absent(base, Status.OVERDUE if recent else Status.MISSING, site, due)
    days = (seed * 7) % 45 + 1 if seed % 7 == 2 else -(seed % 12)
    published = due + dt.timedelta(days=days)
    digest = hashlib.sha256(f"{base.key}".encode()).hexdigest()
    return replace(
        base,
        status=Status.LATE if days > 0 else Status.ON_TIME,
        published=published,
        days_late=days if days > 0 else None,
        first_seen=dt.datetime.combine(published, dt.time(20, 5), dt.UTC),
        url=f"{site.url}zwgk/{published:%Y%m}/t{published:%Y%m%d}_{seed}.html",
        title=f"临海市{period}{base.obligation_title}",
        evidence=f"sha256:{digest}",
        reason=f"应于 {due} 前公开，网页标示公开于 {published}" + (f"，迟 {days} 天" if days > 0 else "，未过期限"),
        reason_en=f"due on {due}, published on {published}"
        + (f", {days} days late" if days > 0 else ", within the limit"),
        clocks=(("visible", str(published)), ("url", str(published + dt.timedelta(days=1)))),
    )


def _unseen(base, status, code, period, due) -> Verdict:
    return replace(
        base,
        status=status,
        period=period,
        due=due,
        published=None,
        first_seen=None,
        days_late=None,
        url=None,
        title=None,
        evidence=None,
        reason_code=code,
        reason=f"{base.agency}网站查阅情况：{code}",
        reason_en=f"reading of the site: {code}",
    )


def _absent(base, status, site, due) -> Verdict:
    column = ColumnRead(
        site.id,
        "财政收支",
        f"{site.url}zwgk/list.html",
        "2017-11-21T09:30:00+08:00",
        "2017-01-01",
        "reached_date",
        True,
        12,
        231,
    )
    weighed = (
        Candidate(f"{site.url}t9.html", f"{base.obligation_title}解读", due, (), Refusal.EXCLUDED, "解读"),
        Candidate(f"{site.url}t8.html", f"2017年1月{base.obligation_title}", due, ("2017-01",), Refusal.OTHER_PERIOD),
    )
    absent = _unseen(base, status, ReasonCode.NOT_FOUND, base.period, due)
    return replace(
        absent,
        columns=(column,),
        candidates=weighed,
        evidence="sha256:" + hashlib.sha256(base.key.encode()).hexdigest(),
        reason=f"应于 {due} 前公开，栏目“财政收支”已读回至 2017-01-01，截至 2017-11-20 未见",
        reason_en=f"due on {due}; the column was read back to 2017-01-01 and it is not there as of 2017-11-20",
    )


def _with_every_flag(verdicts) -> tuple[Verdict, ...]:
    seen = [v for v in verdicts if v.status in (Status.ON_TIME, Status.LATE)]
    flagged = {seen[n % len(seen)].key: flag for n, flag in FLAG_OF.items()}
    return tuple(replace(v, flags=(flagged[v.key],)) if v.key in flagged else v for v in verdicts)


def _readings(sites) -> tuple[Reading, ...]:
    stops = tuple(Stop)
    readings = []
    for n, site in enumerate(sites.sites):
        if n in (9, 10):
            continue
        for c in range(3):
            stop = stops[(n * 3 + c) % len(stops)] if c == 2 else Stop.REACHED_DATE
            outcome = FetchOutcome.TIMEOUT if stop is Stop.FETCH_FAILED else FetchOutcome.OK
            back_to = dt.date(2017, 1, 1) if stop is not Stop.NO_ITEMS else None
            name = ("通知公告", "重点领域信息公开", "统计信息")[c]
            readings.append(
                Reading(
                    site.id,
                    name,
                    f"{site.url}c{c}/",
                    READ_AT,
                    3 + n,
                    60 + 11 * n,
                    stop,
                    back_to,
                    outcome,
                    None,
                    (name,),
                )
            )
    return tuple(readings)
