"""A to-do list in the order of urgency, and a calendar that a calendar program reads back."""

import dataclasses
import datetime as dt

import icalendar

from checks.verdict import Flag, ReasonCode, Status, Verdict
from plans.load import parse
from plans.register import Register
from reports.calendar_file import due_calendar
from reports.document import Document
from reports.selfcheck import SelfCheck, selfcheck
from reports.texts import Lang

REGISTER = """
plan: {id: p-2017, title: 某市方案, place: 某市, year: 2017}
obligations:
  - {id: "1-1", measure: 一/1, title: 财政收支, lead: [甲局], kind: periodic, cadence: monthly, check: automatic}
"""
TODAY = dt.date(2017, 6, 30)


def verdict(month: int, status: Status, due: dt.date | None, flags: tuple[Flag, ...] = ()) -> Verdict:
    return Verdict(
        plan="p-2017",
        obligation="1-1",
        agency="甲局",
        site="own",
        period=f"2017-{month:02d}",
        subject=None,
        status=status,
        flags=flags,
        due=due,
        published=None,
        first_seen=None,
        days_late=None,
        url=None,
        title=None,
        evidence=None,
        reason_code=ReasonCode.FOUND,
        reason="理由",
        obligation_title="财政收支",
    )


def rows(document: Document, table: str) -> list[str]:
    (found,) = (each for each in document.tables if each.id == table)
    return [str(row[1]) for row in found.rows]


def check(*verdicts: Verdict) -> Document:
    register = parse(REGISTER.encode(), Register, "register.yaml").value
    return selfcheck(SelfCheck(register, "甲局", "http://a.example/", verdicts, TODAY), Lang.ZH)


def test_overdue_comes_first_and_the_oldest_first() -> None:
    document = check(
        verdict(5, Status.OVERDUE, dt.date(2017, 6, 25)),
        verdict(3, Status.MISSING, dt.date(2017, 4, 25)),
        verdict(2, Status.ON_TIME, dt.date(2017, 3, 25)),
    )
    assert document.sections[1].id == "overdue"
    assert rows(document, "overdue") == ["3月", "5月"]


def test_thirty_days_ahead_and_no_further() -> None:
    document = check(
        verdict(6, Status.NOT_DUE, TODAY),
        verdict(7, Status.NOT_DUE, TODAY + dt.timedelta(days=30)),
        verdict(8, Status.NOT_DUE, TODAY + dt.timedelta(days=31)),
    )
    assert rows(document, "coming") == ["6月", "7月"]


def test_incomplete_and_what_nobody_could_find_have_their_lists() -> None:
    document = check(verdict(1, Status.ON_TIME, TODAY, (Flag.INCOMPLETE,)), verdict(2, Status.INCONCLUSIVE, TODAY))
    assert rows(document, "poor") == ["1月"]
    assert rows(document, "unclear") == ["2月"]


def test_an_agency_without_anything_to_do_is_told_so() -> None:
    document = check(verdict(1, Status.ON_TIME, TODAY))
    assert [len(table.rows) for table in document.tables] == [0] * len(document.tables)


def test_a_calendar_program_reads_every_due_date_back() -> None:
    verdicts = [verdict(m, Status.NOT_DUE, dt.date(2017, m, 25)) for m in range(1, 13)]
    undated = verdict(12, Status.INCONCLUSIVE, None)
    stamp = dt.datetime(2017, 6, 30, tzinfo=dt.UTC)
    body = due_calendar([*verdicts, undated], "甲局 2017", stamp, 2017)
    events = list(icalendar.Calendar.from_ical(body).walk("VEVENT"))
    assert [event.decoded("dtstart") for event in events] == [v.due for v in verdicts]
    assert str(events[4]["summary"]) == "财政收支 5月"
    assert len({str(event["uid"]) for event in events}) == 12
    assert body == due_calendar([*verdicts, undated], "甲局 2017", stamp, 2017)


def test_an_event_keeps_its_uid_when_its_status_and_day_change() -> None:
    stamp = dt.datetime(2017, 6, 30, tzinfo=dt.UTC)
    one, two = (
        icalendar.Calendar.from_ical(due_calendar([v], "甲局", stamp, 2017)).walk("VEVENT")[0]["uid"]
        for v in (verdict(1, Status.NOT_DUE, TODAY), verdict(1, Status.LATE, TODAY + dt.timedelta(days=3)))
    )
    assert one == two


def test_a_hostile_title_cannot_add_lines_to_the_calendar() -> None:
    evil = dataclasses.replace(verdict(1, Status.NOT_DUE, TODAY), obligation_title="a\r\nEND:VEVENT\r\nBEGIN:VEVENT")
    body = due_calendar([evil], "甲局", dt.datetime(2017, 6, 30, tzinfo=dt.UTC), 2017)
    assert len(list(icalendar.Calendar.from_ical(body).walk("VEVENT"))) == 1
