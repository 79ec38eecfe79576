"""Every policy document is explained within three working days, or nobody could see whether it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import MONTHLY, at, day, facts, published, read, register, sites

from checks.judge import judge
from checks.verdict import Flag, ReasonCode, Refusal, Status
from db.facts import Stop

FILES, NOTES, NEWS = (f"http://127.0.0.1:9001/{name}/" for name in ("wj", "jd", "xw"))
PAIRING = {
    **MONTHLY,
    "kind": "pairing",
    "cadence": "on_event",
    "due": None,
    "evidence": {
        "title": ["(办法|意见|方案)(的通知)?$"],
        "columns": ["政策文件"],
        "pair": {"title": ["解读", "图解"], "columns": ["政策解读"]},
    },
}
TITLE = "临江市人民政府关于印发临江市停车管理办法的通知"
ISSUED = "2017-05-10"  # a Wednesday: three working days later is Monday, 15 May


def policy(title=TITLE, on=ISSUED, **more):
    return published(title, on, columns=(FILES,), **more)


def note(title="《临江市停车管理办法》政策解读", on="2017-05-12", **more):
    return published(title, on, **{"columns": (NOTES,), "text": "解读", "seen": "2018-01-10", **more})


def shelves(on="2018-01-10", back_to=None, stop=Stop.END_OF_LIST):
    return (
        read("2018-01-10", url=FILES, column="政策文件", wanted=("政策文件",)),
        read(on, back_to, stop, url=NOTES, column="政策解读", wanted=("政策解读",)),
    )


def verdicts(*seen, as_of="2018-02-01", **changes):
    return judge(register({**PAIRING, **changes}), sites(), facts(*seen), day(as_of))


def verdict(*seen, as_of="2018-02-01", **changes):
    (one,) = verdicts(*seen, as_of=as_of, **changes)
    return one


@pytest.mark.parametrize(
    ("on", "status", "days"),
    [
        ("2017-05-10", Status.ON_TIME, None),
        ("2017-05-09", Status.ON_TIME, None),  # a day ahead
        ("2017-05-15", Status.ON_TIME, None),
        ("2017-05-16", Status.LATE, 1),
        ("2017-04-01", Status.MISSING, None),  # explained what stood there before
    ],
)
def test_around_the_third_working_day(on, status, days):
    one = verdict(policy(), note(on=on), *shelves())
    assert (one.status, one.days_late, str(one.due)) == (status, days, "2017-05-15")
    assert one.subject == TITLE


def test_an_interpretation_that_was_not_there_when_its_column_was_read_is_suspected():
    """It claims 12 May; on 17 May, after the limit of the 15th, its column was read completely without it."""
    before = read("2017-05-17", url=NOTES, column="政策解读", wanted=("政策解读",))
    one = verdict(policy(), note(), before, *shelves())
    assert (one.status, one.flags) == (Status.ON_TIME, (Flag.BACKDATED,))
    assert "2017-05-17 完整查阅该栏目时尚无此条" in one.reason
    assert verdict(policy(), note(), *shelves()).flags == ()


def test_an_interpretation_seen_in_time_and_dated_anew_later_was_in_time():
    seen = note(on="2017-05-30", seen="2017-05-14", listed=((at("2017-05-14"), note().title, day("2017-05-12")),))
    one = verdict(policy(), seen, *shelves())
    assert (one.status, str(one.published)) == (Status.ON_TIME, "2017-05-12")


@pytest.mark.parametrize(
    "explains",
    [
        note("《临江市停车管理办法》政策解读"),
        note("一图读懂《停车管理办法》"),
        note("临江市停车管理办法解读"),
        note("【文字解读】临江市停车管理办法"),
        note("市交通局负责人就临江市停车管理办法答记者问"),
        note("政策解读", text="现对《临江市停车管理办法》解读如下"),
        note("停车新规图解", text="根据临府办〔2017〕12号，"),
        note("停车新规图解", links=(policy().url,)),
        note("一图读懂停车新政策", links=(policy().url.replace("http:", "https:") + "#top",)),
        note("一图读懂停车新政策", links=(policy().url.removeprefix("http:"),)),
        note(columns=(NEWS,)),  # elsewhere on the site
    ],
)
def test_ways_to_name_the_document(explains):
    assert verdict(policy(doc_no="临府办〔2017〕12号"), explains, *shelves()).status is Status.ON_TIME


def test_a_link_or_an_attachment_of_the_document_is_as_good():
    explains = note("停车新规图解")
    assert verdict(policy(links=(explains.url,)), explains, *shelves()).status is Status.ON_TIME
    within = policy(attachments=(("政策解读.docx", "http://127.0.0.1:9001/a.docx"),))
    assert verdict(within, *shelves()).status is Status.ON_TIME


def test_an_interpretation_elsewhere_is_flagged_and_one_in_its_column_is_not():
    assert verdict(policy(), note(columns=(NEWS,)), *shelves()).flags == (Flag.WRONG_PLACE,)
    assert verdict(policy(), note(), *shelves()).flags == ()


def test_an_interpretation_of_another_document_helps_nobody():
    one = verdict(policy(), note("《临江市养犬管理办法》政策解读", text="养犬"), *shelves())
    assert one.status is Status.MISSING
    assert one.site == "czj"


def test_much_the_same_words_are_a_doubt():
    one = verdict(policy(), note("我市停车新规解读", text="解读"), *shelves())
    assert (one.status, one.reason_code) == (Status.INCONCLUSIVE, ReasonCode.AMBIGUOUS)
    assert one.candidates[0].refused is Refusal.NOT_ABOUT_IT


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("停车怎么收费？看这里", Status.INCONCLUSIVE),  # its unread text may name the document
        ("图说《临江市养犬管理办法》", Status.MISSING),  # about another document by its own words
    ],
)
def test_an_unopened_page_in_the_column_of_interpretations_is_a_doubt(title, status):
    assert verdict(policy(), note(title, text=None), *shelves()).status is status


def test_named_in_the_text_alone_and_late_is_a_doubt():
    late = note("政策解读", on="2017-06-30", text="现对《临江市停车管理办法》解读如下")
    assert verdict(policy(), late, *shelves()).status is Status.INCONCLUSIVE


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("2017-05-15", Status.NOT_DUE), ("2017-05-16", Status.OVERDUE), ("2018-01-01", Status.MISSING)],
)
def test_without_any_interpretation(as_of, status):
    one = verdict(policy(), *shelves(), as_of=as_of)
    assert (one.status, one.title) == (status, None)


@pytest.mark.parametrize(
    "shelf",
    [
        shelves("2017-05-15"),  # read on the last day
        shelves(back_to="2017-05-11", stop=Stop.REACHED_DATE),  # not back to the document
        shelves(back_to="2017-12-01", stop=Stop.PAGE_LIMIT),
        shelves()[:1],  # not read at all
    ],
)
def test_without_a_complete_reading_nobody_is_accused(shelf):
    assert verdict(policy(), *shelf).status is Status.INCONCLUSIVE
    assert verdict(policy(), note(on="2017-06-30"), *shelf).status is Status.INCONCLUSIVE


def test_a_reading_back_to_the_document_s_day_is_enough():
    assert verdict(policy(), *shelves(back_to=ISSUED, stop=Stop.REACHED_DATE)).status is Status.MISSING


def test_what_was_read_of_the_interpretations_is_shown_beside_an_absence():
    columns = verdict(policy(), *shelves()).columns
    assert [(c.column, c.sufficient) for c in columns] == [("政策文件", True), ("政策解读", True)]


def test_an_assisted_absence_is_left_to_a_person():
    one = verdict(policy(), *shelves(), check="assisted")
    assert (one.status, one.reason_code) == (Status.INCONCLUSIVE, ReasonCode.NEEDS_PERSON)


def test_the_register_s_own_limit_counts():
    ten = {"working_days": 10, "after": "publication"}
    assert verdict(policy(), note(on="2017-05-24"), *shelves(), due=ten).status is Status.ON_TIME
    assert str(verdict(policy(), note(on="2017-05-25"), *shelves(), due=ten).due) == "2017-05-24"


def test_each_document_is_one_verdict_and_its_copies_are_one_document():
    other = policy("临江市养犬管理办法", "2017-06-01")
    again = policy("关于印发《临江市停车管理办法》的通知", "2017-05-20", site="czj")
    found = verdicts(policy(), again, other, note(), *shelves())
    assert [(v.subject, v.status) for v in found] == [(TITLE, Status.ON_TIME), (other.title, Status.MISSING)]


def test_only_documents_of_the_plan_s_time_and_columns_count():
    seen = policy(on="2016-12-30"), policy(on="2018-01-02"), published(TITLE, ISSUED, columns=(NEWS,))
    one = verdict(*seen, *shelves())
    assert (one.status, one.reason_code, one.subject) == (Status.NOT_DUE, ReasonCode.NOTHING_TO_JUDGE, None)


def test_no_documents_in_a_column_that_was_not_read_say_nothing():
    assert verdict(*shelves()[1:]).status is Status.INCONCLUSIVE


def test_an_interpretation_is_no_document_of_its_own():
    own = note("《临江市停车管理办法》解读办法", columns=(FILES,))
    assert len(verdicts(policy(), own, *shelves())) == 1


def test_undated_documents_and_interpretations():
    assert verdict(policy(on=None), *shelves()).flags == (Flag.UNDATED,)
    early = verdict(policy(), note(on=None, seen="2017-05-12"), *shelves())
    assert (early.status, early.flags) == (Status.ON_TIME, (Flag.UNDATED,))
    assert verdict(policy(), note(on=None), *shelves()).reason_code is ReasonCode.UNDATED


steady = settings(max_examples=100, derandomize=True, deadline=None)
DAYS = st.dates(day("2017-03-01"), day("2017-09-30")).map(str)
NOTE_TITLES = st.sampled_from(["《临江市停车管理办法》政策解读", "政策解读", "养犬图解", "临江市停车管理政策解读"])
SEEN = st.lists(
    st.one_of(
        st.builds(policy, st.sampled_from([TITLE, "临江市养犬管理办法"]), st.one_of(st.none(), DAYS)),
        st.builds(note, NOTE_TITLES, st.one_of(st.none(), DAYS), text=st.sampled_from([None, "", TITLE])),
        st.builds(lambda on, stop: shelves(on, "2017-05-01", stop)[1], DAYS, st.sampled_from(list(Stop))),
        st.just(shelves()[0]),
    ),
    max_size=8,
)


@steady
@given(SEEN, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_observations_does_not_matter(seen, as_of, random):
    shuffled = list(seen)
    random.shuffle(shuffled)
    found = verdicts(*seen, as_of=as_of)
    assert found == verdicts(*shuffled, as_of=as_of)
    assert len({v.key for v in found}) == len(found)


@steady
@given(SEEN)
def test_a_linked_interpretation_in_time_settles_it(seen):
    rest = [s for s in seen if getattr(s, "title", None) != TITLE]
    linked = note("新规图解", ISSUED, links=(policy().url,))
    found = verdicts(*rest, shelves()[0], policy(), linked)
    assert [v.status for v in found if v.subject == TITLE] == [Status.ON_TIME]


PORTAL = {
    "id": "szf",
    "name": "临江市人民政府",
    "agency": "市政府",
    "url": "http://127.0.0.1:9009/",
    "level": "portal",
}


@pytest.mark.parametrize(
    ("title", "status"),
    [("《临江市停车管理办法》政策解读", Status.ON_TIME), ("《临江市养犬管理办法》政策解读", Status.MISSING)],
)
def test_an_interpretation_that_the_government_s_portal_shows_counts_by_what_it_names(title, status):
    shown = published(title, "2017-05-12", site="szf", columns=("http://127.0.0.1:9009/jd/",), text="解读")
    seen = facts(policy(), shown, *shelves())
    (one,) = judge(register(PAIRING), sites(PORTAL), seen, day("2018-02-01"))
    assert one.status is status


def test_an_unread_explanation_of_an_instalment_is_no_doubt_about_a_policy_document():
    of_a_month = note("2017年1-9月份农产品批发价格有关情况答记者问", "2017-10-11", text=None, columns=(NEWS,))
    assert verdict(policy(), of_a_month, *shelves()).status is Status.MISSING
    of_anything = note("停车怎么收费？看这里有关情况答记者问", "2017-10-11", text=None, columns=(NOTES,))
    assert verdict(policy(), of_anything, *shelves()).status is Status.INCONCLUSIVE


def test_what_only_may_be_the_interpretation_is_not_said_to_stand_in_the_wrong_place():
    unread = note("停车怎么收费？有关情况答记者问", "2017-10-11", text=None, columns=(NEWS,))
    one = verdict(policy(), unread, *shelves())
    assert (one.status, one.flags) == (Status.INCONCLUSIVE, ())
