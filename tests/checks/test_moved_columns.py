"""A column that moved with all that it held: the old address is no place any more, the new one is."""

import pytest
from judging import BUDGET, COLUMN, MONTHLY, entered, judged, published, read

from checks.verdict import ReasonCode, Status
from db.facts import FetchOutcome, Publication, Reading, SiteReading, Stop

NEW = "http://127.0.0.1:9001/czszx/"
OLD_ITEMS = [published(f"2017年{m}月预算执行情况", f"2017-{m + 1:02}-10", columns=(COLUMN, NEW)) for m in (1, 2, 3)]
BEFORE = (entered("2017-05-02"), read("2017-05-02"))
CAME_TO = (entered("2018-02-10"), read("2018-02-10", url=NEW))


def gone(outcome: FetchOutcome = FetchOutcome.NOT_FOUND) -> Reading:
    return read("2018-02-10", stop=Stop.FETCH_FAILED, outcome=outcome, pages=0, items=0)


def status_of(*seen: Publication | Reading | SiteReading) -> tuple[Status, ReasonCode]:
    verdict = judged("2018-02-20", *seen, period="2017-05")
    return verdict.status, verdict.reason_code


@pytest.mark.parametrize("outcome", [FetchOutcome.NOT_FOUND, FetchOutcome.SOFT_404])
def test_an_address_that_is_gone_is_no_place(outcome: FetchOutcome) -> None:
    assert status_of(*BEFORE, *CAME_TO, gone(outcome), *OLD_ITEMS)[0] is Status.MISSING


def test_an_address_that_the_site_no_longer_names_is_no_place() -> None:
    assert status_of(*BEFORE, *CAME_TO, *OLD_ITEMS)[0] is Status.MISSING


@pytest.mark.parametrize("outcome", [FetchOutcome.TIMEOUT, FetchOutcome.BLOCKED, FetchOutcome.SERVER_ERROR])
def test_an_address_that_did_not_answer_is_not_gone(outcome: FetchOutcome) -> None:
    assert status_of(*BEFORE, *CAME_TO, gone(outcome), *OLD_ITEMS)[0] is Status.INCONCLUSIVE


def test_a_column_that_holds_nothing_of_the_old_one_replaces_nothing() -> None:
    own = [published(f"2017年{m}月预算执行情况", f"2017-{m + 1:02}-10") for m in (1, 2, 3)]
    assert status_of(*BEFORE, *CAME_TO, *own) == (Status.INCONCLUSIVE, ReasonCode.READ_TOO_EARLY)
    assert status_of(*BEFORE, *CAME_TO, gone(), *own)[0] is Status.INCONCLUSIVE


def test_a_column_that_stood_beside_the_old_one_replaces_nothing() -> None:
    beside = read("2017-05-02", url=NEW)
    assert status_of(*BEFORE, beside, *CAME_TO, *OLD_ITEMS) == (Status.INCONCLUSIVE, ReasonCode.READ_TOO_EARLY)


def test_a_column_of_another_name_replaces_nothing() -> None:
    other = read("2018-02-10", url=NEW, column="预决算", wanted=("预决算",))
    assert status_of(*BEFORE, entered("2018-02-10"), other, *OLD_ITEMS)[0] is Status.INCONCLUSIVE


def test_two_columns_of_one_crawl_are_two_places() -> None:
    late = read("2018-02-10", url=NEW)
    assert status_of(*BEFORE, late, *OLD_ITEMS) == (Status.INCONCLUSIVE, ReasonCode.READ_TOO_EARLY)


def test_a_new_place_that_was_read_in_part_replaces_nothing() -> None:
    part = read("2018-02-10", url=NEW, stop=Stop.PAGE_LIMIT)
    assert status_of(*BEFORE, entered("2018-02-10"), part, gone(), *OLD_ITEMS)[0] is Status.INCONCLUSIVE


def renamed(*items: Publication) -> tuple[Status, ReasonCode]:
    """The column bears another of the obligation's names since, at another address."""
    other = read("2018-02-10", url=NEW, column="预决算", wanted=("预决算",))
    both = {**MONTHLY, "evidence": {**BUDGET, "columns": ["财政收支", "预决算"]}}
    verdict = judged("2018-02-20", *BEFORE, entered("2018-02-10"), other, *items, what=both)
    return verdict.status, verdict.reason_code


def test_a_column_that_was_renamed_and_took_its_items_along_is_in_its_stead() -> None:
    assert renamed(*OLD_ITEMS)[0] is Status.MISSING


def test_another_column_of_the_obligation_that_holds_other_items_replaces_nothing() -> None:
    own = [published(f"2017年{m}月预算执行情况", f"2017-{m + 1:02}-10") for m in (1, 2, 3)]
    assert renamed(*own) == (Status.INCONCLUSIVE, ReasonCode.READ_TOO_EARLY)
