"""Public letters are answered in time; what a page does not say about its letter accuses nobody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import COLUMN, MONTHLY, at, day, facts, published, read, register, sites

from checks.judge import judge
from checks.verdict import Flag, ReasonCode, Status
from db.facts import PENDING, Clock, ClockName, Stop

BOX = {
    **MONTHLY,
    "kind": "response",
    "cadence": "on_event",
    "due": {"working_days": 15, "after": "event"},
    "evidence": {"title": ["咨询|投诉"], "columns": ["市长信箱"]},
}
WHOLE = read("2018-01-10", column="市长信箱", wanted=("市长信箱",))


def letter(title="咨询公交线路", asked="2017-05-10", answered=None, **more):
    pending = answered == PENDING
    clocks = (Clock(ClockName.ANSWERED, PENDING),) if pending else ()
    days = {"asked": asked and day(asked), "answered": day(answered) if answered and not pending else None}
    return published(title, asked or "2017-05-10", clocks=clocks, **days, **more)


def verdicts(*seen, as_of="2018-02-01", **changes):
    return judge(register({**BOX, **changes}), sites(), facts(*seen), day(as_of))


def verdict(*seen, as_of="2018-02-01", **changes):
    (one,) = verdicts(*seen, as_of=as_of, **changes)
    return one


@pytest.mark.parametrize(
    ("answered", "status", "days"),
    [
        ("2017-05-10", Status.ON_TIME, None),
        ("2017-06-01", Status.ON_TIME, None),  # the fifteenth working day: 27 May is worked, 29 and 30 are not
        ("2017-06-02", Status.LATE, 1),
    ],
)
def test_answered_around_the_limit(answered, status, days):
    one = verdict(letter(answered=answered), WHOLE)
    assert (one.status, one.days_late, str(one.due), one.subject) == (status, days, "2017-06-01", "咨询公交线路")


def test_without_a_stated_limit_the_register_s_timely_counts():
    assert str(verdict(letter(answered="2017-06-08"), WHOLE, due=None).due) == "2017-06-08"


@pytest.mark.parametrize(
    ("as_of", "seen", "status"),
    [
        ("2017-06-01", "2017-05-20", Status.NOT_DUE),
        ("2017-06-02", "2017-06-02", Status.OVERDUE),
        ("2017-06-02", "2017-06-01", Status.INCONCLUSIVE),  # said so on the last day; who knows about the next
        ("2018-01-01", "2017-07-01", Status.MISSING),
    ],
)
def test_unanswered_by_its_own_page(as_of, seen, status):
    assert verdict(letter(answered=PENDING, seen=seen), WHOLE, as_of=as_of).status is status


def test_an_assisted_unanswered_letter_is_left_to_a_person():
    one = verdict(letter(answered=PENDING), WHOLE, check="assisted")
    assert (one.status, one.reason_code) == (Status.INCONCLUSIVE, ReasonCode.NEEDS_PERSON)


def test_an_answer_given_after_the_day_judged_is_no_answer_yet():
    seen = letter(answered="2017-08-01"), WHOLE
    assert verdict(*seen, as_of="2017-06-20").status is Status.OVERDUE
    assert verdict(*seen, as_of="2017-05-20").status is Status.NOT_DUE


@pytest.mark.parametrize(
    "seen",
    [
        letter(),  # no answer's day, and the page does not say that there is none
        letter(asked=None, answered="2017-06-30"),
        letter(answered="2017-04-01"),  # answered before it was asked
        letter(asked=None, answered=PENDING),
    ],
)
def test_days_that_cannot_be_read_accuse_nobody(seen):
    assert verdict(seen, WHOLE).status is Status.INCONCLUSIVE


def test_letters_of_one_title_are_letters_of_their_own():
    seen = letter(asked="2017-05-10", answered="2017-05-12"), letter(asked="2017-06-10", answered="2017-09-12")
    found = verdicts(*seen, WHOLE)
    assert [(v.subject, v.status) for v in found] == [
        ("咨询公交线路（2017-05-10）", Status.ON_TIME),
        ("咨询公交线路（2017-06-10）", Status.LATE),
    ]


def test_what_stands_in_the_letter_box_with_its_days_is_a_letter_whatever_its_title():
    shown = letter("路灯不亮", answered="2017-05-12", columns=(COLUMN,))
    assert verdict(shown, WHOLE).subject == "路灯不亮"
    notice = published("信箱使用说明", "2017-05-12", columns=(COLUMN,))
    assert verdict(notice, WHOLE).reason_code is ReasonCode.NOTHING_TO_JUDGE


def test_only_letters_of_the_plan_s_time_count():
    old = letter(asked="2016-11-01", answered="2017-05-01")
    assert verdict(old, WHOLE).reason_code is ReasonCode.NOTHING_TO_JUDGE


def test_no_letters_in_a_box_that_was_not_read_say_nothing():
    assert verdict(read("2018-01-10", "2017-09-01", Stop.PAGE_LIMIT, column="市长信箱")).status is Status.INCONCLUSIVE


def test_consultations_and_interviews_have_no_limit_for_letters():
    asks = {"evidence": {"title": ["征集", "访谈"], "columns": ["民意征集"]}}
    held = published("关于公开征集意见的公告", "2017-05-12")
    assert verdict(held, **asks).status is Status.ON_TIME
    assert verdict(published("在线访谈预告", None), **asks).flags == (Flag.UNDATED,)
    none = verdict(read("2018-01-10", column="民意征集", wanted=("民意征集",)), **asks)
    assert (none.status, none.reason_code) == (Status.INCONCLUSIVE, ReasonCode.NO_EVENT)


def test_comments_below_a_consultation_are_no_letters_but_a_letter_may_speak_of_one():
    """What becomes of comments is told after the closing date."""
    draft = letter(
        "关于《停车管理办法（草案）》公开征求意见的公告", asked="2017-05-03", answered=PENDING, seen="2017-12-01"
    )
    assert verdict(draft, WHOLE).status is Status.ON_TIME
    fed_back = letter("关于《停车管理办法（草案）》公开征求意见的公告", asked="2017-05-03", answered="2017-07-03")
    assert verdict(fed_back, WHOLE).status is Status.ON_TIME
    asks = letter("咨询公交调查结果", asked="2017-05-03", answered=PENDING, seen="2017-12-01")
    assert verdict(asks, WHOLE).status is Status.MISSING


steady = settings(max_examples=100, derandomize=True, deadline=None)
DAYS = st.dates(day("2016-11-01"), day("2018-03-31")).map(str)
LETTERS = st.builds(
    letter,
    st.sampled_from(["咨询公交线路", "投诉噪音"]),
    st.one_of(st.none(), DAYS),
    st.one_of(st.none(), st.just(PENDING), DAYS),
    seen=DAYS,
)


@steady
@given(
    st.lists(st.one_of(LETTERS, st.just(WHOLE)), max_size=8, unique_by=lambda seen: seen.url),
    DAYS,
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter_and_keys_are_unique(seen, as_of, random):
    shuffled = list(seen)
    random.shuffle(shuffled)
    found = verdicts(*seen, as_of=as_of)
    assert found == verdicts(*shuffled, as_of=as_of)
    assert len({v.key for v in found}) == len(found)


@steady
@given(LETTERS, DAYS)
def test_a_letter_is_called_unanswered_only_by_what_its_own_page_says_after_the_limit(one, as_of):
    (found,) = verdicts(one, WHOLE, as_of=as_of)
    if found.status in (Status.OVERDUE, Status.MISSING):
        assert one.answered is not None or one.last_seen > at(str(found.due))
        assert day(as_of) > found.due
