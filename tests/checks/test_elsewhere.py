"""Before something is called absent on a site, its other columns are looked through: on which sites, from which day?"""

from judging import MONTHLY, day, facts, published, read, register, sites

from checks.elsewhere import absent_from
from checks.judge import judge


def absent(*seen, as_of="2017-07-26", **changes):
    asked = register({**MONTHLY, **changes})
    return absent_from(asked, sites(), judge(asked, sites(), facts(*seen), day(as_of)))


def monthly(*months: int):
    return [published(f"2017年{m}月预算执行情况", f"2017-{m + 1:02d}-20") for m in months]


def test_nothing_is_looked_for_where_all_that_is_due_was_found():
    assert absent(*monthly(1, 2, 3, 4, 5, 6), read("2017-07-26")) == {}


def test_the_first_absent_instalment_says_how_far_back():
    assert absent(*monthly(1, 2, 3, 6), read("2017-07-26")) == {"czj": day("2017-04-01")}


def test_what_is_merely_uncertain_is_no_reason_to_look():
    assert absent(*monthly(1, 2, 3)) == {}  # nobody read the column
    assert absent(*monthly(1, 2, 3), read("2017-07-26"), check="assisted") == {}


def test_a_matter_that_comes_once_may_stand_there_since_the_plan_began():
    once = {"cadence": "once", "due": {"date": "2017-06-30"}}
    assert absent(read("2017-07-26"), **once) == {"czj": day("2017-01-01")}


def test_a_column_that_must_be_fresh_is_no_fresher_for_an_item_elsewhere():
    assert absent(read("2017-07-26"), cadence="daily", due=None) == {}
