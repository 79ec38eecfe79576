"""The due dates of a year as an iCalendar file (RFC 5545) that any calendar program reads."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Final

from icalendar import Alarm, Calendar, Event

from checks.verdict import Verdict
from reports.links import printable
from reports.periods import period_name
from reports.texts import Lang, texts

REMIND_BEFORE: Final = dt.timedelta(days=3)  # assumed: time enough to gather figures and have them signed


def due_calendar(verdicts: Iterable[Verdict], name: str, stamp: dt.datetime, year: int) -> bytes:
    """An all-day event for every due date, whatever the verdict says by now. `stamp` is the instant that the file
    bears: the same verdicts and stamp give the same bytes. An event keeps its UID from file to file, so that a
    calendar program moves it where the due date moves."""
    t = texts(Lang.ZH)
    calendar = Calendar()
    calendar.add("prodid", "-//Gongkai//gongkai//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", printable(name))
    for verdict in verdicts:
        if verdict.due is None:
            continue
        period = period_name(verdict.period, t, within=year) if verdict.period else verdict.subject or ""
        summary = printable(f"{verdict.obligation_title or verdict.obligation} {period}".strip())
        event = Event()
        event.add("uid", hashlib.sha256(verdict.key.encode()).hexdigest()[:32] + "@gongkai")
        event.add("dtstamp", stamp)
        event.add("dtstart", verdict.due)
        event.add("dtend", verdict.due + dt.timedelta(days=1))
        event.add("summary", summary)
        event.add("description", printable(f"{verdict.agency}　{t(f'status.{verdict.status}')}　{verdict.key}"))
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", -REMIND_BEFORE)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
