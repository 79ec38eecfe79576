"""The official check indicators over facts: what fails a site, what costs points, and what nobody may say."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.availability import Try
from checks.indicator_edition import load_edition
from checks.indicator_findings import Finding, Outcome, Result, SiteFindings, from_body, to_body
from checks.indicator_sight import Age, Sight, age_of, age_of_column, months_before
from checks.indicators import judge_site
from checks.reviews import Reviewed
from checks.verdict import Flag, ReasonCode, Status, Verdict
from db.facts import (
    ArticleHealth,
    ColumnClass,
    ColumnHealth,
    ColumnState,
    FetchOutcome,
    HomeHealth,
    Identifier,
    LetterSeen,
    LinkTried,
    SiteHealth,
)

ZONE = dt.timezone(dt.timedelta(hours=8))
DAY = dt.date(2019, 6, 28)
READ = dt.datetime(2019, 6, 28, 10, tzinfo=ZONE)
SITE_METAS = (("sitename", "某市"), ("sitedomain", "www.x.gov.cn"), ("siteidcode", "4400000089"))
COLUMN_METAS = tuple((name, "x") for name in ("columnname", "columndescription", "columnkeywords", "columntype"))
ARTICLE_METAS = tuple((name, "x") for name in ("articletitle", "pubdate", "contentsource"))
NEW, OLD, ANCIENT = DAY - dt.timedelta(days=3), DAY - dt.timedelta(days=200), DAY - dt.timedelta(days=800)


def home(**changed: Any) -> HomeHealth:
    sound = HomeHealth(
        "http://www.x.gov.cn/",
        READ,
        FetchOutcome.OK,
        rows=12,
        dated=12,
        newest=NEW,
        newest_hint=NEW,
        metas=SITE_METAS,
        identifiers=tuple((kind, "") for kind in Identifier),
        has_footer=True,
    )
    return replace(sound, **changed)


def column(name: str, kind: ColumnClass, newest: dt.date | None = NEW, **changed: Any) -> ColumnHealth:
    rows = 10 if newest else 0
    state = ColumnState.LIST if newest else ColumnState.BLANK
    sound = ColumnHealth(
        name,
        f"http://www.x.gov.cn/{name}/",
        kind,
        READ,
        FetchOutcome.OK,
        state,
        first_level=True,
        rows=rows,
        dated=rows,
        newest=newest,
        newest_hint=newest,
        metas=COLUMN_METAS,
    )
    return replace(sound, **changed)


def unread(name: str, kind: ColumnClass, outcome: FetchOutcome = FetchOutcome.OK) -> ColumnHealth:
    return ColumnHealth(name, f"http://www.x.gov.cn/{name}/", kind, READ, outcome, ColumnState.UNREAD, first_level=True)


def link(n: int, outcome: FetchOutcome, *, on_home: bool = True) -> LinkTried:
    return LinkTried(f"http://www.x.gov.cn/{n}", f"链接{n}", "http://www.x.gov.cn/", on_home, outcome)


SOUND_COLUMNS = (
    column("要闻", ColumnClass.NEWS),
    column("公告", ColumnClass.NOTICES),
    column("文件", ColumnClass.POLICIES),
    column("解读", ColumnClass.INTERPRETATIONS),
    column("咨询", ColumnClass.CONSULTATION),
)


def look(columns: tuple[ColumnHealth, ...] = SOUND_COLUMNS, **changed: Any) -> SiteHealth:
    sound = SiteHealth(
        site="x",
        read_at=READ,
        home=home(),
        columns=columns,
        articles=(ArticleHealth("a", "http://www.x.gov.cn/a", "", FetchOutcome.OK, NEW, ARTICLE_METAS),),
        links=(link(1, FetchOutcome.OK), link(2, FetchOutcome.OK, on_home=False)),
        letters=(LetterSeen("信", "u", OLD, OLD, is_pending=False),),
        offered=tuple(ColumnClass),
    )
    return replace(sound, **changed)


def week(failing: int = 0) -> tuple[Try, ...]:
    start = READ - dt.timedelta(days=7)
    moments = [start + dt.timedelta(days=d, hours=n) for d in range(7) for n in range(20)]
    return tuple(Try(at, i >= failing) for i, at in enumerate(moments))


def judged(seen: SiteHealth | None = None, edition: str = "site-2019", **changed: Any) -> SiteFindings:
    sound = Sight(
        site="x",
        name="某市政府",
        agency="市政府",
        url="http://www.x.gov.cn/",
        level="portal",
        as_of=DAY,
        looks=(seen or look(),),
        tries=week(),
    )
    return judge_site(load_edition(edition), replace(sound, **changed))


def finding(found: SiteFindings, indicator: str) -> Finding:
    return next(f for f in found.findings if f.indicator == indicator)


def result(found: SiteFindings, indicator: str) -> Result:
    return finding(found, indicator).result


# --- the whole ------------------------------------------------------------------------------------------------


def test_a_sound_portal_keeps_all_points_and_goes_on_to_the_bonus() -> None:
    found = judged()
    assert (found.outcome, found.score, found.faults) == (Outcome.PASSED, 100, ())
    assert found.goes_on_to_bonus
    assert result(found, "bonus") is Result.MANUAL


def test_a_department_is_asked_the_vetoes_alone_in_2019_and_everything_in_2015() -> None:
    found = judged(level="department")
    assert found.score is None
    assert {f.kind.value for f in found.findings} == {"veto"}
    assert judged(level="department", edition="site-2015").score == 100


def test_what_no_crawl_sees_is_manual_and_never_passed() -> None:
    found = judged()
    assert {f.indicator for f in found.manual} >= {
        "security",
        "profile",
        "service-items",
        "interaction",
        "forged-dates",
    }


def test_a_veto_leaves_nothing_to_score() -> None:
    found = judged(look(home=home(newest=OLD, newest_hint=OLD)))
    assert (found.outcome, found.score) == (Outcome.FAILED, None)
    assert [f.indicator for f in found.vetoes] == ["home-not-updated"]


def test_a_site_that_was_never_looked_at_is_unclear() -> None:
    found = judged(looks=())
    assert found.outcome is Outcome.UNCLEAR
    assert found.looked_at is None
    assert not found.faults


def test_a_look_after_the_day_of_judgement_does_not_count() -> None:
    assert judged(as_of=DAY - dt.timedelta(days=1)).looked_at is None


def test_the_last_look_counts() -> None:
    early = replace(look(home=home(newest=OLD, newest_hint=OLD)), read_at=READ - dt.timedelta(days=2))
    assert judged(looks=(look(), early)).outcome is Outcome.PASSED


def test_a_portal_below_sixty_fails_without_a_veto() -> None:
    bare = look(
        columns=tuple(replace(c, newest=OLD, newest_hint=OLD, metas=()) for c in SOUND_COLUMNS),
        home=home(metas=(), identifiers=()),
        links=tuple(link(n, FetchOutcome.NOT_FOUND, on_home=n < 9) for n in range(60)),
        offered=(),
    )
    found = judged(bare, url="http://www.x.com/")
    assert not found.vetoes
    assert found.score == pytest.approx(100 - sum(f.points for f in found.faults))
    assert (found.score or 100) < 60
    assert found.outcome is Outcome.FAILED


def test_without_services_the_rest_is_raised_by_four_thirds() -> None:
    seen = look(home=home(metas=()))
    whole, rest = judged(seen), judged(seen, has_services=False)
    assert whole.score == 98
    assert rest.score == pytest.approx((75 - 2) * 4 / 3, abs=0.01)
    assert "service-items" not in {f.indicator for f in rest.findings}


def test_the_record_survives_json() -> None:
    found = judged(look(home=home(newest=OLD, newest_hint=OLD)))
    assert from_body(to_body(found)) == found


# --- vetoes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "expected"), [(13, Result.PASSED), (14, Result.PASSED), (15, Result.FAILED)])
def test_the_home_page_s_newest_day_at_the_limit(days: int, expected: Result) -> None:
    day = DAY - dt.timedelta(days=days)
    assert result(judged(look(home=home(newest=day, newest_hint=day))), "home-not-updated") is expected


def test_a_home_page_without_any_day_counts_as_not_updated_and_says_so() -> None:
    found = finding(judged(look(home=home(dated=0, newest=None, newest_hint=None))), "home-not-updated")
    assert found.result is Result.FAILED
    assert "没有显示任何发布日期" in found.reason


def test_nobody_is_accused_where_an_address_bears_a_recent_day() -> None:
    found = judged(look(home=home(dated=0, newest=None, newest_hint=NEW)))
    assert result(found, "home-not-updated") is Result.UNCLEAR


def test_a_home_page_that_only_leads_on_is_judged_by_its_second_level() -> None:
    bare = home(rows=0, dated=0, newest=None, newest_hint=None)
    old = tuple(replace(c, newest=OLD, newest_hint=OLD) for c in SOUND_COLUMNS)
    assert result(judged(look(home=bare)), "home-not-updated") is Result.PASSED
    assert result(judged(look(old, home=bare)), "home-not-updated") is Result.FAILED
    assert (
        result(judged(look((*old, unread("新", ColumnClass.OTHER)), home=bare)), "home-not-updated") is Result.UNCLEAR
    )
    assert result(judged(look(old, home=bare, columns_left=1)), "home-not-updated") is Result.UNCLEAR


def news(count: int, newest: dt.date) -> tuple[ColumnHealth, ...]:
    return tuple(column(f"动态{n}", ColumnClass.NEWS, newest) for n in range(count))


@pytest.mark.parametrize(("count", "expected"), [(4, Result.PASSED), (5, Result.FAILED)])
def test_five_columns_over_their_time_fail_the_site(count: int, expected: Result) -> None:
    late = (*news(count - 1, DAY - dt.timedelta(days=15)), column("公告", ColumnClass.NOTICES, OLD))
    assert result(judged(look((*SOUND_COLUMNS[:1], *late))), "columns-not-updated") is expected


def test_notices_below_the_first_level_count_in_2015_alone() -> None:
    late = tuple(column(f"公告{n}", ColumnClass.NOTICES, OLD, first_level=False) for n in range(5))
    assert result(judged(look(late)), "columns-not-updated") is Result.PASSED
    assert result(judged(look(late), edition="site-2015"), "columns-not-updated") is Result.FAILED


@pytest.mark.parametrize(("count", "expected"), [(4, Result.PASSED), (5, Result.FAILED)])
def test_five_blank_columns_fail_the_site(count: int, expected: Result) -> None:
    blank = tuple(column(f"空{n}", ColumnClass.OTHER, None) for n in range(count))
    assert result(judged(look((*SOUND_COLUMNS, *blank))), "columns-not-updated") is expected


def test_ten_regular_columns_long_not_updated_fail_and_nine_do_not() -> None:
    def silent(count: int) -> SiteHealth:
        return look(tuple(column(f"数据{n}", ColumnClass.REGULAR, ANCIENT) for n in range(count)))

    assert result(judged(silent(9)), "columns-not-updated") is Result.PASSED
    assert result(judged(silent(10)), "columns-not-updated") is Result.FAILED


def test_columns_whose_names_say_nothing_are_left_to_a_person() -> None:
    topics = tuple(column(f"专题{n}", ColumnClass.OTHER, ANCIENT) for n in range(12))
    assert result(judged(look((*SOUND_COLUMNS, *topics))), "columns-not-updated") is Result.MANUAL


@pytest.mark.parametrize("kind", [ColumnClass.PROFILE, ColumnClass.ORGANISATION, ColumnClass.LEADERS])
def test_what_stands_until_something_changes_is_never_stale(kind: ColumnClass) -> None:
    old = tuple(column(f"栏{n}", kind, ANCIENT) for n in range(20))
    assert result(judged(look((*SOUND_COLUMNS, *old))), "columns-not-updated") is Result.PASSED


def test_a_channel_above_other_columns_is_not_counted_beside_them() -> None:
    channel = column("新闻中心", ColumnClass.NEWS, OLD, url="http://www.x.gov.cn/xw/")
    below = tuple(replace(c, url=f"http://www.x.gov.cn/xw/{n}/index.html") for n, c in enumerate(news(4, OLD)))
    assert result(judged(look((channel, *below))), "columns-not-updated") is Result.PASSED
    fifth = column("要闻", ColumnClass.NEWS, OLD, url="http://www.x.gov.cn/yw/")
    assert result(judged(look((channel, *below, fifth))), "columns-not-updated") is Result.FAILED


def test_one_column_under_two_names_counts_once() -> None:
    one = [replace(c, url="http://www.x.gov.cn/same/") for c in news(8, OLD)]
    assert result(judged(look((*SOUND_COLUMNS, *one))), "columns-not-updated") is Result.PASSED


def test_too_many_unread_columns_make_the_veto_unclear_not_passed() -> None:
    dark = tuple(unread(f"暗{n}", ColumnClass.OTHER) for n in range(5))
    assert result(judged(look((*SOUND_COLUMNS, *dark))), "columns-not-updated") is Result.UNCLEAR
    assert result(judged(look((*SOUND_COLUMNS, *dark[:4]))), "columns-not-updated") is Result.PASSED


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (dt.date(2019, 3, 27), Result.FAILED),
        (dt.date(2019, 3, 28), Result.PASSED),  # three months to the day
        (dt.date(2018, 6, 28), Result.FAILED),
        (dt.date(2018, 6, 27), Result.PASSED),  # more than a year ago
    ],
)
def test_a_letter_without_an_answer_for_three_months_of_the_last_year(asked: dt.date, expected: Result) -> None:
    letters = (LetterSeen("来信", "u", asked, None, is_pending=True),)
    assert result(judged(look(letters=letters)), "letters-unanswered") is expected


def test_a_letter_without_a_state_accuses_nobody() -> None:
    letters = (LetterSeen("来信", "u", OLD, None, is_pending=False),)
    assert result(judged(look(letters=letters)), "letters-unanswered") is Result.PASSED
    assert result(judged(look(letters=())), "letters-unanswered") is Result.MANUAL
    undated = (LetterSeen("来信", "u", None, None, is_pending=True),)
    assert result(judged(look(letters=undated)), "letters-unanswered") is Result.UNCLEAR


def test_the_week_s_tries_decide_whether_the_site_is_reachable() -> None:
    assert result(judged(tries=week(7)), "unreachable") is Result.FAILED
    assert result(judged(tries=week(6)), "unreachable") is Result.PASSED
    assert judged(tries=()).outcome is Outcome.UNCLEAR


def backdated(**said: Any) -> Reviewed:
    verdict = Verdict(
        plan="p",
        obligation="1-1",
        agency="市政府",
        site="x",
        period="2019-05",
        subject=None,
        status=Status.ON_TIME,
        flags=(Flag.BACKDATED,),
        due=DAY,
        published=DAY,
        first_seen=None,
        days_late=None,
        url="u",
        title="五月报告",
        evidence=None,
        reason_code=ReasonCode.FOUND,
        reason="",
    )
    return Reviewed(verdict, verdict.status, verdict.flags, **said)


def test_a_forged_date_is_a_veto_only_after_a_person_confirmed_it() -> None:
    assert result(judged(verdicts=(backdated(),)), "forged-dates") is Result.MANUAL
    assert result(judged(verdicts=(backdated(is_confirmed=True),)), "forged-dates") is Result.FAILED
    contested = backdated(is_confirmed=True, is_contested=True)
    assert result(judged(verdicts=(contested,)), "forged-dates") is Result.MANUAL
    assert result(judged(verdicts=()), "forged-dates") is Result.MANUAL


def test_guides_that_seem_short_are_named_for_a_person() -> None:
    poor = tuple(ArticleHealth(f"g{n}", f"u{n}", "", FetchOutcome.OK, elements=("事项名称",)) for n in range(5))
    found = finding(judged(look(articles=poor)), "services-useless")
    assert (found.result, found.count, len(found.examples)) == (Result.MANUAL, 5, 5)


# --- deductions -----------------------------------------------------------------------------------------------


def test_a_deduction_never_takes_more_than_its_own_points() -> None:
    seen = look(links=tuple(link(n, FetchOutcome.NOT_FOUND) for n in range(50)))
    found = finding(judged(seen), "dead-links-home")
    assert (found.count, found.points, found.cap) == (50, 4, 4)
    assert len(found.examples) == 20


@pytest.mark.parametrize("outcome", sorted(set(FetchOutcome) - {FetchOutcome.NOT_FOUND, FetchOutcome.SOFT_404}))
def test_only_a_page_that_is_not_there_is_a_dead_link(outcome: FetchOutcome) -> None:
    found = judged(look(links=(link(1, FetchOutcome.OK), link(2, outcome))))
    assert result(found, "dead-links-home") is Result.PASSED


def test_identifiers_lack_only_where_the_footer_was_read() -> None:
    without = home(identifiers=((Identifier.SEARCH, ""),))
    assert {f.indicator for f in judged(look(home=without)).faults} == {
        *("site-code", "icp", "police-number", "correction-entry", "site-map")
    }
    drawn = judged(look(home=replace(without, has_footer=False)))
    assert not drawn.faults
    assert result(drawn, "icp") is Result.UNCLEAR


def test_leaders_lack_only_where_the_navigation_was_read_to_its_end() -> None:
    offered = tuple(set(ColumnClass) - {ColumnClass.LEADERS})
    assert result(judged(look(offered=offered)), "leaders") is Result.FAILED
    assert result(judged(look(offered=offered, columns_left=1)), "leaders") is Result.UNCLEAR
    closed = (*SOUND_COLUMNS, unread("x", ColumnClass.OTHER, FetchOutcome.BLOCKED))
    assert result(judged(look(closed, offered=offered)), "leaders") is Result.UNCLEAR


def test_one_fresh_column_of_a_class_is_enough() -> None:
    several = (*SOUND_COLUMNS, column("旧文件", ColumnClass.POLICIES, ANCIENT))
    assert result(judged(look(several)), "policies") is Result.PASSED
    assert finding(judged(look((column("文件", ColumnClass.POLICIES, OLD),))), "policies").points == 5


def test_what_a_template_left_in_a_meta_is_none() -> None:
    metas = (("sitename", "网站名称"), ("sitedomain", "www.x.gov.cn"), ("siteidcode", " "))
    found = finding(judged(look(home=home(metas=metas))), "home-metas")
    assert (found.count, found.points) == (2, 2)


def test_a_name_outside_gov_cn_costs_points_and_an_address_without_a_name_nothing() -> None:
    assert result(judged(url="http://www.x.com/"), "domain") is Result.FAILED
    assert result(judged(url="http://127.0.0.1:80/"), "domain") is Result.UNCLEAR
    assert result(judged(url="http://www.x.gov.cn.example.com/"), "domain") is Result.FAILED


def test_policies_without_interpretation_come_from_the_register_s_verdicts() -> None:
    missing = replace(backdated().verdict, obligation="2-1", status=Status.MISSING, flags=(), subject="某办法")
    verdicts = (Reviewed(missing, Status.MISSING, ()),)
    found = finding(judged(verdicts=verdicts, pairings=frozenset({"2-1"})), "interpreted")
    assert (found.result, found.points) == (Result.FAILED, 1)
    assert result(judged(verdicts=verdicts), "interpreted") is Result.MANUAL


# --- properties -----------------------------------------------------------------------------------------------

DAYS_BACK = st.integers(min_value=0, max_value=900)
KINDS = st.sampled_from(sorted(ColumnClass))
COLUMNS = st.lists(
    st.builds(
        lambda n, kind, back, state: column(f"c{n}", kind, DAY - dt.timedelta(days=back), state=state),
        st.integers(0, 40),
        KINDS,
        DAYS_BACK,
        st.sampled_from(sorted(set(ColumnState) - {ColumnState.UNREAD})),
    ),
    max_size=25,
)
QUICK = settings(deadline=None, derandomize=True, max_examples=80)


@QUICK
@given(columns=COLUMNS, dark=st.lists(KINDS, max_size=25), outcome=st.sampled_from(sorted(FetchOutcome)))
def test_an_unreadable_column_never_counts_as_stale_or_blank(
    columns: list[ColumnHealth], dark: list[ColumnClass], outcome: FetchOutcome
) -> None:
    more = [unread(f"u{n}", kind, outcome) for n, kind in enumerate(dark)]
    before, after = judged(look(tuple(columns))), judged(look((*columns, *more)))
    for indicator in ("columns-not-updated",):
        failed = {result(found, indicator) is Result.FAILED for found in (before, after)}
        assert len(failed) == 1  # the dark columns change no accusation
        assert finding(before, indicator).count == finding(after, indicator).count
        named = {example.url for example in finding(after, indicator).examples}
        assert not named & {each.url for each in more}


@QUICK
@given(dead=st.integers(0, 80), more=st.integers(1, 40), on_home=st.booleans())
def test_more_dead_links_never_raise_the_score(dead: int, more: int, on_home: bool) -> None:
    def score(count: int) -> float:
        found = judged(look(links=tuple(link(n, FetchOutcome.NOT_FOUND, on_home=on_home) for n in range(count))))
        assert found.score is not None
        return found.score

    assert score(dead + more) <= score(dead)


@QUICK
@given(columns=COLUMNS, edition=st.sampled_from(["site-2015", "site-2019"]), services=st.booleans())
def test_points_stay_within_their_caps_and_the_score_within_the_full_marks(
    columns: list[ColumnHealth], edition: str, services: bool
) -> None:
    found = judged(look(tuple(columns)), edition, has_services=services)
    assert all(0 <= f.points <= f.cap for f in found.findings)
    assert found.score is None or 0 <= found.score <= found.full
    assert (found.score is None) == bool(found.vetoes)
    assert from_body(to_body(found)) == found


@QUICK
@given(back=DAYS_BACK, closer=DAYS_BACK, limit=st.integers(1, 800))
def test_something_newer_never_makes_a_page_older(back: int, closer: int, limit: int) -> None:
    first = DAY - dt.timedelta(days=back)
    later = DAY - dt.timedelta(days=min(back, closer))
    if age_of(home(newest=first, newest_hint=first), limit) is Age.FRESH:
        assert age_of(home(newest=later, newest_hint=later), limit) is Age.FRESH
    assert age_of_column(unread("x", ColumnClass.NEWS), limit) is Age.UNKNOWN


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), months=st.integers(1, 24))
def test_months_are_counted_back_by_the_calendar(day: dt.date, months: int) -> None:
    before = months_before(day, months)
    assert before < day
    assert (day.year - before.year) * 12 + day.month - before.month == months
    assert before.day == day.day or (before.day < day.day and (before + dt.timedelta(days=1)).day == 1)
