"""The rules behind the deductions that a machine can see (STANDARDS 1.4 and 1.7)."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from checks.indicator_edition import Indicator
from checks.indicator_findings import Example, Result
from checks.indicator_sight import (
    Age,
    Judged,
    Sight,
    age_of_column,
    as_example,
    columns_once,
    of_class,
    shown_newest,
    shown_newest_en,
)
from checks.verdict import Status
from db.facts import ColumnClass, ColumnState, FetchOutcome, Identifier, LinkTried, SiteHealth

# A page that says itself that it is not there. A wall, a timeout or a lost connection proves nothing about a link.
_DEAD: Final = frozenset({FetchOutcome.NOT_FOUND, FetchOutcome.SOFT_404})
_ALIVE: Final = frozenset({FetchOutcome.OK, FetchOutcome.NOT_MODIFIED, FetchOutcome.MOVED, FetchOutcome.LOGIN_WALL})
# 国办发〔2017〕47号; FIELD-GUIDE 4
HOME_METAS: Final = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_METAS: Final = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE_METAS: Final = ("ArticleTitle", "PubDate", "ContentSource")
_PLACEHOLDER: Final = re.compile(r"(?:网站名称|(?:政府)?网站(?:域名|标识码)|栏目名称|栏目类别)$")
_FEW_COLUMNS: Final = 3  # a navigation with fewer was not read; assumed
# Classes with indicators of their own.
_OWN_INDICATOR: Final = frozenset(
    {ColumnClass.NEWS, ColumnClass.NOTICES, ColumnClass.POLICIES, ColumnClass.INTERPRETATIONS}
)


def class_updated(indicator: Indicator, look: SiteHealth) -> Judged:
    """One column of the class that is fresh is enough: portals keep several (规章, 规范性文件), and some are closed."""
    days = indicator.limits.days or 0
    columns = [c for c in of_class(look, indicator.column or ColumnClass.OTHER) if c.state is not ColumnState.LANDING]
    ages = [age_of_column(column, days) for column in columns]
    if Age.FRESH in ages:
        column = columns[ages.index(Age.FRESH)]
        said, said_en = f"{column.name}：{shown_newest(column)}", f"{column.name}: {shown_newest_en(column)}"
        return Judged(Result.PASSED, said, said_en)
    if not columns or any(age is not Age.STALE for age in ages):
        return Judged(
            Result.UNCLEAR,
            "没有找到或未能全部读取此类栏目",
            "none was found, or not all could be read",
        )
    examples = tuple(as_example(column) for column in columns)
    return Judged(Result.FAILED, f"{days} 天内没有更新", f"no update in {days} days", 1, examples)


def class_offered(indicator: Indicator, look: SiteHealth) -> Judged:
    """Missing is said only where the navigation was read to its end."""
    if indicator.column in look.offered:
        return Judged(Result.PASSED, "有此类栏目（内容是否齐全由人核对）", "there is such a column")
    if not _navigation_was_read(look):
        return Judged(
            Result.UNCLEAR,
            "没有看到此类栏目，但导航未能读全",
            "none was seen, but not all pages were read",
        )
    example = Example(
        "首页", look.home.url, "导航与各栏目页都没有此类栏目的链接", "no page read links to such a column"
    )
    return Judged(Result.FAILED, "没有此类栏目", "there is no such column", 1, (example,))


def _navigation_was_read(look: SiteHealth) -> bool:
    came = all(column.outcome is FetchOutcome.OK for column in look.columns)
    return came and not look.columns_left and len(look.columns) >= _FEW_COLUMNS


def other_columns(indicator: Indicator, look: SiteHealth) -> Judged:
    columns = [c for c in columns_once(look) if c.kind not in _OWN_INDICATOR]
    aged = [(c, age_of_column(c, indicator.limits.long_days or 0)) for c in columns]
    blank = [c for c in columns if c.state is ColumnState.BLANK]
    stale = [c for c, age in aged if age is Age.STALE and c.state is ColumnState.LIST]
    sure = [*blank, *(c for c in stale if c.kind is ColumnClass.REGULAR)]
    for_a_person = [c for c in stale if c.kind is ColumnClass.OTHER]
    unread = sum(c.state is ColumnState.UNREAD for c in columns)
    counts = f"{len(sure)} 个空白或一年未更新，{len(for_a_person)} 个须人工确认是否应更新，{unread} 个未能读取"
    counts_en = f"{len(sure)} blank or stale, {len(for_a_person)} for a person, {unread} unread"
    examples = tuple(as_example(c) for c in (sure or for_a_person))
    result = Result.FAILED if sure else Result.MANUAL if for_a_person else Result.UNCLEAR if unread else Result.PASSED
    return Judged(result, counts, counts_en, len(sure), examples)


def interpreted(_: Indicator, sight: Sight) -> Judged:
    """From the verdicts of a register's obligations that ask for interpretations."""
    asked = [v for v in sight.verdicts or () if v.verdict.obligation in sight.pairings]
    if not asked:
        return Judged(Result.MANUAL, "台账没有解读事项，须人工核对", "no register asks for it; a person must look")
    missing = [v for v in asked if v.status in (Status.MISSING, Status.OVERDUE)]
    examples = tuple(
        Example(v.verdict.subject or "", v.verdict.url or "", "没有解读", "not interpreted") for v in missing
    )
    if missing:
        said = f"{len(asked)} 件中 {len(missing)} 件没有解读"
        return Judged(Result.FAILED, said, f"{len(missing)} of {len(asked)} without one", len(missing), examples)
    met = sum(v.status in (Status.ON_TIME, Status.LATE, Status.NOT_DUE) for v in asked)
    result = Result.PASSED if met == len(asked) else Result.UNCLEAR
    return Judged(result, f"{len(asked)} 件中 {met} 件已有解读", f"{met} of {len(asked)} interpreted")


def gov_domain(_: Indicator, sight: Sight) -> Judged:
    try:
        host = (urlsplit(sight.url).hostname or "").rstrip(".").lower()
    except ValueError:
        host = ""
    if not re.search(r"\.[a-z]", host):
        return Judged(Result.UNCLEAR, f"地址 {host} 不是域名", f"{host} is no domain name")
    if host.endswith(".gov.cn"):
        return Judged(Result.PASSED, host, host)
    example = Example("域名", sight.url, host, host)
    return Judged(Result.FAILED, f"{host} 不是 .gov.cn 域名", f"{host} is no .gov.cn name", 1, (example,))


def identifier(indicator: Indicator, look: SiteHealth) -> Judged:
    found = dict(look.home.identifiers).get(indicator.identifier or Identifier.SEARCH)
    if found is not None:
        return Judged(Result.PASSED, found or "有", found or "there")
    if not look.home.has_footer:
        return Judged(
            Result.UNCLEAR, "页面中读不到页脚，可能由脚本生成", "no footer stands in the page; a script may draw it"
        )
    example = Example("首页", look.home.url, f"没有{indicator.title}", f"lacks: {indicator.title_en}")
    return Judged(Result.FAILED, "首页没有标明", "not on the home page", 1, (example,))


def dead_links_home(_: Indicator, look: SiteHealth) -> Judged:
    return _dead(look, on_home=True)


def dead_links_elsewhere(_: Indicator, look: SiteHealth) -> Judged:
    return _dead(look, on_home=False)


def _dead(look: SiteHealth, *, on_home: bool) -> Judged:
    links: list[LinkTried] = list({x.url: x for x in look.links if x.on_home is on_home}.values())
    dead = [x for x in links if x.outcome in _DEAD]
    doubtful = sum(x.outcome not in _DEAD | _ALIVE for x in links)
    said = f"试 {len(links)} 个链接，{len(dead)} 个不存在，{doubtful} 个未能判断"
    said_en = f"{len(links)} links tried, {len(dead)} dead, {doubtful} not to be told"
    if dead:
        examples = tuple(Example(x.text or x.url, x.url, f"在 {x.page}", f"on {x.page}") for x in dead)
        return Judged(Result.FAILED, said, said_en, len(dead), examples)
    return Judged(Result.PASSED if len(links) > doubtful else Result.UNCLEAR, said, said_en)


def home_metas(_: Indicator, look: SiteHealth) -> Judged:
    lacking = _lacking(look.home.metas, HOME_METAS)
    if not lacking:
        return Judged(Result.PASSED, "齐全", "complete")
    said = f"缺 {'、'.join(lacking)}"
    example = Example("首页", look.home.url, said, f"lacks {', '.join(lacking)}")
    return Judged(Result.FAILED, said, f"lacks {', '.join(lacking)}", len(lacking), (example,))


def column_metas(_: Indicator, look: SiteHealth) -> Judged:
    pages = [(c.name, c.url, c.metas) for c in columns_once(look) if c.state in (ColumnState.LIST, ColumnState.BLANK)]
    return _metas_of(pages, COLUMN_METAS)


def article_metas(_: Indicator, look: SiteHealth) -> Judged:
    pages = [(a.title, a.url, a.metas) for a in look.articles if a.outcome is FetchOutcome.OK]
    return _metas_of(pages, ARTICLE_METAS)


def _metas_of(pages: list[tuple[str, str, tuple[tuple[str, str], ...]]], asked: tuple[str, ...]) -> Judged:
    if not pages:
        return Judged(Result.UNCLEAR, "没有读到此类页面", "no such page was read")
    short = [(name, url, lacking) for name, url, metas in pages if (lacking := _lacking(metas, asked))]
    said, said_en = f"{len(pages)} 页中 {len(short)} 页不齐", f"{len(short)} of {len(pages)} pages incomplete"
    examples = tuple(
        Example(name, url, f"缺 {'、'.join(lacking)}", f"lacks {', '.join(lacking)}") for name, url, lacking in short
    )
    return Judged(Result.FAILED if short else Result.PASSED, said, said_en, len(short), examples)


def _lacking(metas: Iterable[tuple[str, str]], asked: tuple[str, ...]) -> list[str]:
    """Names without a value; what a template left in its place is none (FIELD-GUIDE 4)."""
    given = {name.lower() for name, value in metas if value.strip() and not _PLACEHOLDER.fullmatch(value.strip())}
    return [name for name in asked if name.lower() not in given]
