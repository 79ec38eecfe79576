"""Marks on repealed documents: the table of DESIGN, row by row, and what holds whatever was seen."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import at, day, entered, facts, read, register, sites

from checks.export import to_record
from checks.judge import judge
from checks.verdict import Flag, ReasonCode, Status, Verdict
from db.facts import (
    FetchOutcome,
    FileOutcome,
    FileRead,
    LapseMark,
    MarkPlace,
    PageState,
    PageVisit,
    Publication,
    Repealed,
    Screenshot,
)
from reports.explanation import explanation
from reports.texts import Lang

LABELS = {
    "id": "5-8b",
    "measure": "五/8",
    "title": "废止失效文件标注",
    "lead": ["市财政局"],
    "kind": "label",
    "cadence": "on_event",
    "due": {"working_days": 10, "after": "repeal"},
    "where": ["czj"],
    "evidence": {"title": ["废止.*(决定|通知)", "清理结果"], "exclude": ["解读"], "columns": ["财政收支"]},
}
COLUMN = "http://127.0.0.1:9001/czsz/"
EVERY_TITLE: dict[str, object] = {"evidence": {"title": ["^关于印发"], "columns": ["财政收支"]}}
FULL = LapseMark(MarkPlace.TITLE, "【已废止】")
PART = LapseMark(MarkPlace.VALIDITY, "部分失效", partial=True)
NUMBER = "临财〔2009〕12号"
TITLE = "关于印发临江市财政票据管理办法的通知"
# Told on Monday 2017-05-08: the tenth working day after it is Monday 2017-05-22.
TOLD, DUE = "2017-05-08", "2017-05-22"


def notice(*repealed: Repealed, on: str | None = TOLD, **more: object) -> Publication:
    """A decision that repeals the document."""
    return Publication(
        **{
            "site": "czj",
            "url": "http://127.0.0.1:9001/czj/notice.html",
            "title": "关于废止部分文件的决定",
            "columns": (COLUMN,),
            "published": day(on) if on else None,
            "first_seen": at("2017-05-09"),
            "last_seen": at("2017-05-09"),
            "text": "……",
            "repeals": repealed or (Repealed(TITLE, NUMBER),),
            **more,
        }  # type: ignore[arg-type]
    )


def state(on: str, *marks: LapseMark, text: str = "各有关单位：现印发给你们。") -> PageState:
    return PageState(at(on), TITLE, day("2009-05-04"), on, marks=marks, text=text)


def picture(on: str, *marks: LapseMark) -> Screenshot:
    return Screenshot(at(on) + dt.timedelta(minutes=1), "sha256:" + "b" * 64, marks)


def original(*looks: PageState | PageVisit | Screenshot, **more: object) -> Publication:
    """The page of the repealed document, as looked at."""
    states = tuple(look for look in looks if isinstance(look, PageState))
    return Publication(
        **{
            "site": "czj",
            "url": "http://127.0.0.1:9001/czj/original.html",
            "title": TITLE,
            "columns": (COLUMN,),
            "published": day("2009-05-04"),
            "first_seen": at("2017-05-09"),
            "last_seen": at("2017-12-01"),
            "doc_no": NUMBER,
            "text": states[-1].text if states else None,
            "history": states,
            "visits": tuple(look for look in looks if isinstance(look, PageVisit)),
            "screenshots": tuple(look for look in looks if isinstance(look, Screenshot)),
            **more,
        }  # type: ignore[arg-type]
    )


def judged(as_of: str, *seen: object, **changes: object) -> tuple[Verdict, ...]:
    return judge(register({**LABELS, **changes}), sites(), facts(*seen), day(as_of))  # type: ignore[arg-type]


def only(as_of: str, *seen: object, **changes: object) -> Verdict:
    (verdict,) = judged(as_of, notice(), *seen, **changes)
    return verdict


# --- the table -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen_on", "status", "flags"),
    [
        ("2017-05-21", Status.ON_TIME, ()),
        ("2017-05-22", Status.ON_TIME, ()),
        ("2017-05-23", Status.ON_TIME, (Flag.TIME_UNKNOWN,)),
    ],
)
def test_a_mark_seen_by_the_due_date_is_on_time_and_one_first_seen_later_of_unknown_time(
    seen_on: str, status: Status, flags: tuple[Flag, ...]
) -> None:
    verdict = only("2017-06-30", original(state(seen_on, FULL)))
    assert (verdict.status, verdict.flags, str(verdict.due)) == (status, flags, DUE)
    assert verdict.subject == f"{NUMBER}《{TITLE}》"
    assert verdict.url is not None
    assert verdict.url.endswith("original.html")


def test_a_mark_behind_a_picture_without_one_is_late_by_at_least_so_many_days() -> None:
    verdict = only("2017-06-30", original(state("2017-05-25"), picture("2017-05-25"), state("2017-06-10", FULL)))
    assert (verdict.status, verdict.days_late) == (Status.LATE, 3)
    assert verdict.first_seen == at("2017-06-10")
    assert verdict.evidence == "sha256:" + "b" * 64


@pytest.mark.parametrize(
    ("as_of", "pictured", "status"),
    [
        ("2017-05-22", "2017-05-22", Status.NOT_DUE),
        ("2017-05-23", "2017-05-22", Status.INCONCLUSIVE),
        ("2017-05-23", "2017-05-23", Status.OVERDUE),
        ("2017-12-31", "2017-05-23", Status.OVERDUE),
        ("2018-01-01", "2017-05-23", Status.MISSING),
    ],
)
def test_no_mark_in_a_picture_after_the_due_date_is_overdue_and_missing_once_the_year_is_closed(
    as_of: str, pictured: str, status: Status
) -> None:
    assert only(as_of, original(state(pictured), picture(pictured))).status is status


def test_no_mark_in_the_source_alone_accuses_nobody() -> None:
    verdict = only("2017-06-30", original(state("2017-05-25"), PageVisit(at("2017-06-20"), FetchOutcome.OK)))
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.NOT_CONFIRMED)
    later = only("2017-06-30", original(state("2017-05-25"), state("2017-06-10", FULL)))
    assert (later.status, later.reason_code) == (Status.INCONCLUSIVE, ReasonCode.NOT_CONFIRMED)


def test_a_picture_without_words_beside_the_title_accuses_nobody_and_is_no_mark() -> None:
    stamp = LapseMark(MarkPlace.PICTURE, "20170501")
    seen = (state("2017-06-20", stamp), picture("2017-06-20", stamp))
    found = only("2017-06-21", original(*seen))
    assert (found.status, found.reason_code) == (Status.INCONCLUSIVE, ReasonCode.AMBIGUOUS)
    early = only("2017-05-12", original(state("2017-05-10", stamp)))
    assert early.status is Status.NOT_DUE


def test_what_was_pictured_without_a_mark_and_bears_a_picture_without_words_since_is_left_to_a_person() -> None:
    stamp = LapseMark(MarkPlace.PICTURE, "20170501")
    seen = (state("2017-06-01"), picture("2017-06-01"), state("2017-06-20", stamp), picture("2017-06-20", stamp))
    found = only("2017-06-21", original(*seen))
    assert (found.status, found.reason_code) == (Status.INCONCLUSIVE, ReasonCode.AMBIGUOUS)


def test_a_picture_that_shows_the_mark_is_a_sighting_of_it() -> None:
    image = LapseMark(MarkPlace.IMAGE, "feizhi")
    assert only("2017-06-30", original(state("2017-05-20"), picture("2017-05-20", image))).status is Status.ON_TIME


def test_a_row_s_title_or_validity_is_a_sighting_of_the_mark_and_its_silence_none() -> None:
    listed = ((at("2017-05-20"), f"【已废止】{TITLE}", day("2009-05-04")),)
    assert only("2017-06-30", original(state("2017-05-25"), listed=listed)).status is Status.ON_TIME
    flagged = ((at("2017-05-20"), "废止"),)
    assert only("2017-06-30", original(listed_validity=flagged)).status is Status.ON_TIME
    silent = ((at("2017-06-20"), TITLE, day("2009-05-04")),)
    assert only("2017-06-30", original(listed=silent)).reason_code is ReasonCode.NOT_READ


def test_a_mark_that_was_taken_off_again_is_flagged() -> None:
    verdict = only("2017-06-30", original(state("2017-05-15", FULL), state("2017-06-10"), picture("2017-06-10")))
    assert (verdict.status, verdict.flags) == (Status.ON_TIME, (Flag.REMOVED,))


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (FetchOutcome.TIMEOUT, ReasonCode.UNREACHABLE),
        (FetchOutcome.BLOCKED, ReasonCode.BLOCKED),
        (FetchOutcome.NOT_FOUND, ReasonCode.COLUMN_NOT_FOUND),
    ],
)
def test_an_original_that_cannot_be_read_is_inconclusive(outcome: FetchOutcome, code: ReasonCode) -> None:
    verdict = only("2017-06-30", original(PageVisit(at("2017-06-01"), outcome)))
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, code)


def test_an_original_that_stands_nowhere_is_inconclusive() -> None:
    verdict = only("2017-06-30")
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.NOTHING_TO_JUDGE)
    assert verdict.subject == f"{NUMBER}《{TITLE}》"


# --- which notices, which copies -------------------------------------------------------------------------------------


def test_a_repeal_that_takes_force_later_is_counted_from_that_day() -> None:
    (verdict,) = judged(
        "2017-06-30", notice(Repealed(TITLE, NUMBER, since=day("2017-06-01"))), original(state("2017-06-02"))
    )
    assert str(verdict.due) == "2017-06-15"


@pytest.mark.parametrize("on", ["2016-12-30", "2017-07-01"])
def test_notices_before_the_plan_or_after_the_day_of_judging_are_not_judged(on: str) -> None:
    (verdict,) = judged("2017-06-30", notice(on=on), original(state("2017-06-02")), read("2017-06-30"))
    assert verdict.status is Status.NOT_DUE
    assert verdict.subject is None


def test_without_any_notice_a_complete_reading_says_so_and_an_incomplete_one_nothing() -> None:
    (complete,) = judged("2017-06-30", read("2017-06-30"), entered("2017-06-30"))
    assert (complete.status, complete.reason_code) == (Status.NOT_DUE, ReasonCode.NOTHING_TO_JUDGE)
    (early,) = judged("2017-06-30", read("2017-05-30"))
    assert (early.status, early.reason_code) == (Status.INCONCLUSIVE, ReasonCode.READ_TOO_EARLY)
    (nothing,) = judged("2017-06-30")
    assert nothing.status is Status.INCONCLUSIVE


def test_an_undated_notice_starts_no_limit() -> None:
    (verdict,) = judged("2017-12-30", notice(on=None), original(state("2017-06-01"), picture("2017-06-01")))
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.UNDATED)


def test_every_copy_is_judged_for_itself() -> None:
    marked = original(state("2017-05-15", FULL))
    bare = original(state("2017-06-01"), picture("2017-06-01"), url="http://127.0.0.1:9001/czj/z.html")
    verdicts = judged("2017-06-30", notice(), marked, bare)
    assert [v.status for v in verdicts] == [Status.ON_TIME, Status.OVERDUE]
    assert len({v.key for v in verdicts}) == 2


def test_an_attachment_s_list_repeals_as_well() -> None:
    table = FileRead("附件.xls", "http://127.0.0.1/a.xls", "xls", FileOutcome.READ, repeals=(Repealed(TITLE, NUMBER),))
    held = notice(files=(table,), attachments=(("附件.xls", "http://127.0.0.1/a.xls"),), repeals=())
    (verdict,) = judged("2017-06-30", held, original(state("2017-05-15", FULL)))
    assert verdict.status is Status.ON_TIME


@pytest.mark.parametrize("change", [{"repeals": ()}, {"attachments": (("附件.xls", "http://127.0.0.1/a.xls"),)}])
def test_a_notice_that_was_not_read_wholly_is_told(change: dict[str, object]) -> None:
    verdicts = judged("2017-06-30", notice(**change), original(state("2017-05-15", FULL)))
    assert verdicts[-1].status is Status.INCONCLUSIVE
    assert verdicts[-1].subject == "关于废止部分文件的决定"


def test_another_number_is_another_document_whatever_its_title() -> None:
    other = original(state("2017-06-01"), picture("2017-06-01"), doc_no="临财办〔2009〕12号")
    assert only("2017-06-30", other).reason_code is ReasonCode.NOTHING_TO_JUDGE


def test_the_new_version_of_a_repealed_document_is_no_original() -> None:
    new = original(state("2017-06-01"), picture("2017-06-01"), doc_no=None, published=day(TOLD))
    assert only("2017-06-30", new).reason_code is ReasonCode.NOTHING_TO_JUDGE


def test_a_new_version_that_repeals_the_old_one_of_its_title_leaves_the_copies_to_a_person() -> None:
    renewed = notice(Repealed(TITLE), title=f"{TITLE}（废止旧办法的通知）")
    page = original(state("2017-06-01"), picture("2017-06-01"), doc_no=None)
    assert [v.status for v in judged("2017-06-30", renewed, page)] == [Status.OVERDUE]
    (same,) = judged("2017-06-30", notice(Repealed(TITLE), title=TITLE), page, **EVERY_TITLE)
    assert (same.status, same.reason_code) == (Status.INCONCLUSIVE, ReasonCode.AMBIGUOUS)


def test_a_title_without_any_number_is_enough_where_it_is_one_document_s() -> None:
    named = notice(Repealed(TITLE))
    page = original(state("2017-06-01"), picture("2017-06-01"), doc_no=None)
    assert [v.status for v in judged("2017-06-30", named, page)] == [Status.OVERDUE]


def test_several_documents_of_one_title_accuse_nobody() -> None:
    named = notice(Repealed(TITLE))
    pages = [
        original(
            state(
                "2017-06-01", text=f"{n}年的票据管理工作安排如下，请各单位遵照执行。\n{n}年起启用新式票据，旧票据停用。"
            ),
            picture("2017-06-01"),
            doc_no=None,
            published=day(f"{n}-05-04"),
            url=f"http://127.0.0.1:9001/czj/{n}.html",
        )
        for n in (2008, 2009)
    ]
    assert {v.reason_code for v in judged("2017-06-30", named, *pages)} == {ReasonCode.AMBIGUOUS}
    numbered = [replace(page, doc_no=f"临财〔{2008 + i}〕1号") for i, page in enumerate(pages)]
    assert {v.reason_code for v in judged("2017-06-30", named, *numbered)} == {ReasonCode.AMBIGUOUS}


def test_an_interpretation_that_bears_the_number_is_no_copy() -> None:
    about = original(state("2017-06-01"), picture("2017-06-01"), title="《临江市财政票据管理办法》政策解读")
    assert only("2017-06-30", about).reason_code is ReasonCode.NOTHING_TO_JUDGE


def test_a_portal_s_copy_of_a_document_that_another_repealed_is_the_portal_s_to_mark() -> None:
    portal = {"id": "portal", "name": "临江市政府", "agency": "市政府办", "url": "http://127.0.0.1:9002/"}
    both = register({**LABELS, "lead": ["市财政局", "市政府办"], "where": []})
    copy = original(state("2017-06-01"), picture("2017-06-01"), site="portal", url="http://127.0.0.1:9002/a.html")
    verdicts = judge(both, sites(portal), facts(notice(), copy, read("2017-06-30")), day("2017-06-30"))
    assert [(v.agency, v.status) for v in verdicts] == [
        ("市财政局", Status.NOT_DUE),
        ("市政府办", Status.OVERDUE),
    ]


# --- partial repeals and people --------------------------------------------------------------------------------------


def test_a_partial_repeal_is_served_by_either_mark_and_an_overstated_one_is_said() -> None:
    partly = notice(Repealed(TITLE, NUMBER, partial=True))
    (proper,) = judged("2017-06-30", partly, original(state("2017-05-15", PART)))
    (over,) = judged("2017-06-30", partly, original(state("2017-05-15", FULL)))
    assert (proper.status, over.status) == (Status.ON_TIME, Status.ON_TIME)
    assert "只废止了一部分" in over.reason
    assert "只废止了一部分" not in proper.reason


def test_a_partial_repeal_marked_late_is_late_like_any_other() -> None:
    part = notice(Repealed(TITLE, NUMBER, partial=True))
    seen = original(state("2017-05-25"), picture("2017-05-25"), state("2017-06-10", PART))
    (late,) = judged("2017-06-30", part, seen)
    assert (late.status, late.days_late) == (Status.LATE, 3)
    (before,) = judged("2017-06-05", part, seen)
    assert before.status is Status.OVERDUE


def test_a_whole_repeal_marked_in_part_is_left_to_a_person() -> None:
    verdict = only("2017-06-30", original(state("2017-06-01", PART), picture("2017-06-01")))
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.AMBIGUOUS)


def test_an_assisted_duty_leaves_the_accusation_to_a_person() -> None:
    verdict = only("2017-06-30", original(state("2017-06-01"), picture("2017-06-01")), check="assisted")
    assert (verdict.status, verdict.reason_code) == (Status.INCONCLUSIVE, ReasonCode.NEEDS_PERSON)


def test_the_register_s_reading_of_timely_counts_where_no_limit_is_stated() -> None:
    assert (
        str(only("2017-06-30", original(state("2017-06-01")), due=None).due) == "2017-06-06"
    )  # Saturday 27 May was worked


def test_explain_shows_notice_document_copy_marks_and_pictures() -> None:
    verdict = only("2017-06-30", original(state("2017-05-25"), picture("2017-05-25"), state("2017-06-10", FULL)))
    told = "\n".join(explanation(verdict.key, {**to_record(verdict), "as_of": "2017-06-30"}, None, Lang.ZH))
    for part in (
        "关于废止部分文件的决定",
        NUMBER,
        "original.html",
        "【已废止】",
        "2017-06-10T10:00",
        "sha256:" + "b" * 64,
    ):
        assert part in told


# --- whatever was seen -----------------------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2017, 5, 1), dt.date(2018, 2, 1)).map(str)
MARKS = st.sampled_from([(), (), (FULL,), (PART,)])
LOOKS = st.lists(
    st.one_of(
        st.builds(lambda on, marks: state(on, *marks), DAYS, MARKS),
        st.builds(lambda on, marks: picture(on, *marks), DAYS, MARKS),
        st.builds(lambda on, how: PageVisit(at(on), how), DAYS, st.sampled_from(FetchOutcome)),
    ),
    max_size=6,
)
RANK = (Status.MISSING, Status.OVERDUE, Status.LATE, Status.INCONCLUSIVE, Status.NOT_DUE, Status.ON_TIME)
steady = settings(max_examples=250, derandomize=True, deadline=None)


@steady
@given(LOOKS, DAYS, DAYS, st.booleans())
def test_one_more_mark_never_makes_a_verdict_worse(
    looks: list[PageState | PageVisit | Screenshot], marked_on: str, as_of: str, in_a_picture: bool
) -> None:
    more = picture(marked_on, FULL) if in_a_picture else state(marked_on, FULL)
    before, after = only(as_of, original(*looks)), only(as_of, original(*looks, more))
    assert RANK.index(after.status) >= RANK.index(before.status), (before, after)


@steady
@given(LOOKS, DAYS)
def test_no_original_without_a_picture_is_accused(looks: list[PageState | PageVisit | Screenshot], as_of: str) -> None:
    verdict = only(as_of, original(*(look for look in looks if not isinstance(look, Screenshot))))
    assert verdict.status not in (Status.MISSING, Status.OVERDUE, Status.LATE)


@steady
@given(st.lists(st.builds(lambda on, how: PageVisit(at(on), how), DAYS, st.sampled_from(FetchOutcome))), DAYS)
def test_no_unreadable_original_is_ever_accused(visits: list[PageVisit], as_of: str) -> None:
    assert only(as_of, original(*visits)).status in (Status.INCONCLUSIVE, Status.NOT_DUE)


@steady
@given(LOOKS, DAYS)
def test_an_accusation_rests_on_a_picture_after_the_due_date(
    looks: list[PageState | PageVisit | Screenshot], as_of: str
) -> None:
    verdict = only(as_of, original(*looks))
    if verdict.status in (Status.MISSING, Status.OVERDUE, Status.LATE):
        assert any(name == "pictured_unmarked" and value[:10] > DUE for name, value in verdict.clocks)


@steady
@given(LOOKS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_looks_does_not_matter(
    looks: list[PageState | PageVisit | Screenshot], as_of: str, random: object
) -> None:
    shuffled = list(looks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert only(as_of, original(*looks)).status is only(as_of, original(*shuffled)).status
