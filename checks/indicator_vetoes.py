"""The rules behind the vetoes (STANDARDS 1.2 and 1.7): what a look at a site, a week of tries and verdicts say."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from checks.availability import Reach, availability
from checks.coverage import local_day
from checks.indicator_edition import Indicator
from checks.indicator_findings import Example, Result
from checks.indicator_sight import (
    Age,
    Judged,
    Sight,
    age_of,
    age_of_column,
    as_example,
    columns_once,
    months_before,
    own_columns,
    shown_newest,
    shown_newest_en,
)
from checks.verdict import Flag
from db.facts import ColumnClass, ColumnHealth, ColumnState, HomeHealth, SiteHealth

GUIDE_ELEMENTS: Final = (
    8  # 事项名称, 设定依据, 申请条件, 办理材料, 办理地点, 办理时间, 联系电话, 办理流程 (STANDARDS 1.2)
)
NAVIGATION_ROWS: Final = 3  # fewer titles of articles: the page only leads on; assumed
_SOON: Final = frozenset({ColumnClass.NOTICES, ColumnClass.POLICIES})
# Classes of columns that go on: their silence is a fault. Of OTHER nobody can tell from a name (a finished topic, a
# collection of laws), and PROFILE, ORGANISATION and LEADERS stand until something changes.
_GOING_ON: Final = _SOON | {ColumnClass.NEWS, ColumnClass.INTERPRETATIONS, ColumnClass.REGULAR}


def reachable(_: Indicator, sight: Sight) -> Judged:
    found = availability(sight.tries, sight.as_of)
    if not found.tries:
        return Judged(
            Result.UNCLEAR,
            "没有一周的可用性监测记录（gongkai probe）",
            "there is no record of a week's tries (gongkai probe)",
        )
    counts = f"{found.tries} 次中 {found.failed} 次未打开，满额 {found.full_days} 天"
    counts_en = f"{found.failed} of {found.tries} tries failed, {found.full_days} full days"
    result = {Reach.REACHABLE: Result.PASSED, Reach.UNREACHABLE: Result.FAILED, Reach.UNCLEAR: Result.UNCLEAR}
    failed = found.reach is Reach.UNREACHABLE
    examples = (Example(sight.name, sight.url, counts, counts_en),) if failed else ()
    return Judged(result[found.reach], counts, counts_en, int(failed), examples)


def home_updated(indicator: Indicator, look: SiteHealth) -> Judged:
    days = indicator.limits.days or 0
    home = look.home
    if home.rows < NAVIGATION_ROWS and age_of(home, days) is not Age.FRESH:
        return _second_level(look, days)
    age = age_of(home, days)
    if age is Age.FRESH:
        return Judged(Result.PASSED, f"首页{shown_newest(home)}", f"home page: {shown_newest_en(home)}")
    if age is Age.STALE:
        return _home_stale(home, days)
    said = f"首页显示的日期都在 {days} 天以前，但链接的文章或地址带有近期日期（{home.newest_hint}），须人工核对"
    said_en = f"no shown day is recent, but an address or article behind a link bears {home.newest_hint}"
    return Judged(Result.UNCLEAR, said, said_en)


def _home_stale(home: HomeHealth, days: int) -> Judged:
    said, said_en = shown_newest(home), shown_newest_en(home)
    day = local_day(home.read_at)
    return Judged(
        Result.FAILED,
        f"首页在 {day} 前 {days} 天内没有更新：{said}",
        f"no update of the home page in the {days} days before {day}: {said_en}",
        1,
        (Example("首页", home.url, said, said_en),),
    )


def _second_level(look: SiteHealth, days: int) -> Judged:
    """The home page only leads on: any second-level page may show the update."""
    columns = [c for c in columns_once(look) if c.state in (ColumnState.LIST, ColumnState.UNREAD)]
    ages = [age_of_column(column, days) for column in columns]
    if Age.FRESH in ages:
        column = columns[ages.index(Age.FRESH)]
        said, said_en = f"{column.name}{shown_newest(column)}", f"{column.name}: {shown_newest_en(column)}"
        return Judged(Result.PASSED, f"首页只作导航；{said}", f"the home page only leads on; {said_en}")
    if not columns or look.columns_left or any(age is not Age.STALE for age in ages):
        return Judged(
            Result.UNCLEAR,
            "首页没有带标题的列表，二级页面也未能全部读到日期",
            "the home page shows no list, and not every second-level page could be dated",
        )
    return Judged(
        Result.FAILED,
        f"首页只作导航，{len(columns)} 个二级页面在 {days} 天内都没有更新",
        f"the home page only leads on, and none of {len(columns)} second-level pages was updated in {days} days",
        1,
        tuple(as_example(column) for column in columns),
    )


@dataclass(frozen=True, slots=True)
class _Tally:
    """Columns that count against a limit: surely, if a person says so, or if they were as bad as possible."""

    said: str
    said_en: str
    limit: int
    sure: tuple[ColumnHealth, ...]
    for_a_person: tuple[ColumnHealth, ...] = ()
    unread: int = 0

    @property
    def result(self) -> Result:
        if len(self.sure) >= self.limit:
            return Result.FAILED
        if len(self.sure) + len(self.for_a_person) >= self.limit:
            return Result.MANUAL
        worst = len(self.sure) + len(self.for_a_person) + self.unread
        return Result.UNCLEAR if worst >= self.limit else Result.PASSED


def columns_updated(indicator: Indicator, look: SiteHealth) -> Judged:
    columns = own_columns(look)
    if not any(column.state in (ColumnState.LIST, ColumnState.BLANK) for column in columns):
        return Judged(Result.UNCLEAR, "没有读到任何栏目", "no column could be read")
    tallies = (_overdue(indicator, columns), _long_stale(indicator, columns), _blank(indicator, columns))
    worst = min(tallies, key=lambda tally: _SEVERITY.index(tally.result))
    left = f"；另有 {look.columns_left} 个栏目未打开" if look.columns_left else ""
    said = "；".join(f"{t.said} {len(t.sure)} 个（限 {t.limit}）" for t in tallies)
    said_en = "; ".join(f"{t.said_en}: {len(t.sure)} (limit {t.limit})" for t in tallies)
    unread = sum(column.state is ColumnState.UNREAD for column in columns)
    unread_said = f"；{unread} 个栏目未能读取，不计入" if unread else ""
    named = worst.sure if worst.result is Result.FAILED else (*worst.sure, *worst.for_a_person)
    examples = {c.url: as_example(c) for c in (*named, *(c for t in tallies for c in t.sure))}
    return Judged(
        worst.result,
        f"查 {len(columns)} 个栏目：{said}{unread_said}{left}{_PERSON if worst.result is Result.MANUAL else ''}",
        f"{len(columns)} columns: {said_en}; {unread} could not be read",
        sum(len(t.sure) for t in tallies if t.result is Result.FAILED),
        tuple(examples.values()),
    )


_SEVERITY: Final = (Result.FAILED, Result.MANUAL, Result.UNCLEAR, Result.PASSED)
_PERSON: Final = "；有的栏目名称看不出是否应更新，须人工确认"


def _overdue(indicator: Indicator, columns: Iterable[ColumnHealth]) -> _Tally:
    """News over two weeks, notices and policies over six months. A blank column counts as blank, not here."""
    limits, counted = indicator.limits, []
    for column in columns:
        if column.kind is ColumnClass.NEWS:
            counted.append((column, age_of_column(column, limits.news_days or 0)))
        elif column.kind in _SOON and (column.first_level or not indicator.first_level):
            counted.append((column, age_of_column(column, limits.notice_days or 0)))
    sure = tuple(c for c, age in counted if age is Age.STALE and c.state is ColumnState.LIST)
    unread = sum(_is_open(c, age) for c, age in counted)
    return _Tally(
        "动态、公告、文件类逾期未更新", "news, notices, policies", limits.short_columns or 0, sure, (), unread
    )


def _is_open(column: ColumnHealth, age: Age) -> bool:
    """Whether a column could be stale for all that is known."""
    return age is Age.DOUBTFUL or column.state is ColumnState.UNREAD


def _long_stale(indicator: Indicator, columns: Iterable[ColumnHealth]) -> _Tally:
    asked = _GOING_ON | {ColumnClass.OTHER}
    aged = [(c, age_of_column(c, indicator.limits.long_days or 0)) for c in columns if c.kind in asked]
    stale = [c for c, age in aged if age is Age.STALE and c.state is ColumnState.LIST]
    sure = tuple(c for c in stale if c.kind in _GOING_ON)
    doubtful = tuple(c for c in stale if c.kind not in _GOING_ON)
    unread = sum(_is_open(c, age) for c, age in aged)
    return _Tally("长期未更新", "long not updated", indicator.limits.long_columns or 0, sure, doubtful, unread)


def _blank(indicator: Indicator, columns: Iterable[ColumnHealth]) -> _Tally:
    known = list(columns)
    sure = tuple(c for c in known if c.state is ColumnState.BLANK)
    unread = sum(c.state is ColumnState.UNREAD for c in known)
    return _Tally("空白栏目", "blank", indicator.limits.blank_columns or 0, sure, (), unread)


def letters_answered(indicator: Indicator, look: SiteHealth) -> Judged:
    """Unanswered is said only of a letter whose row or page says so itself."""
    months, day = indicator.limits.months or 0, local_day(look.read_at)
    first, last = months_before(day, 12), months_before(day, months)
    late = [x for x in look.letters if x.is_pending and x.asked is not None and first <= x.asked < last]
    if late:
        examples = tuple(Example(x.title, x.url, f"{x.asked} 来信，至今未答复", f"asked {x.asked}") for x in late)
        said = f"{len(late)} 件来信超过 {months} 个月未答复"
        return Judged(Result.FAILED, said, f"{len(late)} letters unanswered for {months} months", len(late), examples)
    if any(x.is_pending and x.asked is None for x in look.letters):
        return Judged(Result.UNCLEAR, "有未答复的来信，但看不到来信日期", "unanswered letters without a day")
    if not look.letters:
        offered = ColumnClass.CONSULTATION in look.offered
        said = "咨询栏目不显示来信的答复情况，须人工核对" if offered else "没有发现咨询渠道，须人工确认"
        return Judged(Result.MANUAL, said, "no state of any letter is shown; a person must look")
    return Judged(
        Result.PASSED,
        f"所读 {len(look.letters)} 件来信中没有超过 {months} 个月未答复的",
        f"none of {len(look.letters)} letters read is unanswered for {months} months",
    )


def guides_complete(indicator: Indicator, sight: Sight) -> Judged:
    """Always for a person: a guide's parts may stand behind tabs or on a platform that no crawl sees."""
    articles = sight.look.articles if sight.look else ()
    guides = [(a, a.elements) for a in articles if a.elements is not None]
    least = GUIDE_ELEMENTS - (indicator.limits.elements or 0)
    poor = [(a, found) for a, found in guides if len(found) <= least]
    if len(poor) >= (indicator.limits.guides or 0):
        said = f"抽看 {len(guides)} 份办事指南，{len(poor)} 份疑缺四类以上要素，须人工确认"
        examples = tuple(
            Example(a.title, a.url, f"只看到：{'、'.join(found) or '无'}", f"{len(found)} elements seen")
            for a, found in poor
        )
        return Judged(Result.MANUAL, said, f"{len(poor)} of {len(guides)} guides seem short", len(poor), examples)
    said = f"抽看 {len(guides)} 份办事指南，未见普遍缺项；是否提供服务、指南是否准确须人工核对"
    return Judged(Result.MANUAL, said, f"{len(guides)} guides sampled; a person must look")


def dates_honest(_: Indicator, sight: Sight) -> Judged:
    """A forged date disqualifies, so a person must have confirmed it; a suspicion stays one."""
    if sight.verdicts is None:
        return Judged(Result.MANUAL, "未按台账判定，须人工核查", "no register was judged; a person must look")
    flagged = [v for v in sight.verdicts if Flag.BACKDATED in v.flags and not v.is_contested]
    confirmed = [v for v in flagged if v.is_confirmed]
    named = tuple(
        Example(v.verdict.title or v.verdict.obligation_title, v.verdict.url or "", "疑似倒填日期", "seems backdated")
        for v in confirmed or flagged
    )
    if confirmed:
        said = f"{len(confirmed)} 项倒填日期，已经人工确认"
        return Judged(Result.FAILED, said, f"{len(confirmed)} forged dates, confirmed", len(confirmed), named)
    if flagged:
        said = f"{len(flagged)} 项疑似倒填日期，尚未经人工确认"
        return Judged(Result.MANUAL, said, f"{len(flagged)} suspected, none confirmed", len(flagged), named)
    said = f"台账内 {len(sight.verdicts)} 项判定未见倒填日期；台账以外须人工核查"
    return Judged(Result.MANUAL, said, f"none among {len(sight.verdicts)} verdicts; beyond them a person must look")
