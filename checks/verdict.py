"""The verdict: one expectation judged, with everything that explains it."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    MISSING = "missing"
    NOT_DUE = "not_due"
    INCONCLUSIVE = "inconclusive"
    MANUAL = "manual"


class Flag(StrEnum):
    BACKDATED = "backdated"
    REMOVED = "removed"
    INCOMPLETE = "incomplete"
    CHANGED = "changed"
    WRONG_PLACE = "wrong_place"
    BATCH = "batch"
    UNDATED = "undated"
    TIME_UNKNOWN = "time_unknown"
    CALENDAR_ASSUMED = "calendar_assumed"


class ReasonCode(StrEnum):
    """Why a verdict is what it is; `reason` in the output is `<code>: <sentence>` in Chinese."""

    FOUND = "found"
    NOT_FOUND = "not_found"  # complete reading, nothing there
    NOT_DUE = "not_due"
    # could not be judged
    SITE_UNKNOWN = "site_unknown"  # the sites file names no site of this agency
    NOT_READ = "not_read"  # no crawl has read the site or column yet
    READ_TOO_EARLY = "read_too_early"  # the last reading was not after the due date
    UNREACHABLE = "unreachable"  # dns, refused, timeout, tls, server error
    BLOCKED = "blocked"
    ROBOTS = "robots"
    COLUMN_NOT_FOUND = "column_not_found"
    TRUNCATED = "truncated"  # the reading stopped before it reached far enough back
    NEEDS_BROWSER = "needs_browser"
    NO_ITEMS = "no_items"  # a page came, but no list was recognised in it
    UNDATED = "undated"  # found, but nobody says when it was published
    SITE_MOVED = "site_moved"  # found, but the day it bears is that of a site's move
    NO_EVIDENCE_PATTERN = "no_evidence_pattern"  # the register does not say how to recognise it
    KIND_NOT_JUDGED = "kind_not_judged"  # no machine rule for this kind of obligation yet
    AMBIGUOUS = "ambiguous"  # a candidate could be it; a person must look
    NOT_CONFIRMED = "not_confirmed"  # seen in the page's source alone; only a picture of the rendered page proves it
    NEEDS_PERSON = "needs_person"  # not seen, and the register says `assisted`: a person decides
    NOTHING_TO_JUDGE = "nothing_to_judge"  # read completely, and no document or letter was there to be judged
    NO_EVENT = "no_event"  # no such item was seen; nobody knows whether its event happened
    # a person must look
    MANUAL_DUTY = "manual_duty"
    MANUAL_CHANNEL = "manual_channel"


class Refusal(StrEnum):
    """Why a candidate was turned down."""

    EXCLUDED = "excluded"  # matches an `exclude` pattern
    NO_PERIOD = "no_period"  # its title names no period
    OTHER_PERIOD = "other_period"
    BEFORE_PERIOD = "before_period"  # published before the period began
    AFTER_AS_OF = "after_as_of"  # published after the day as of which is judged
    OTHER_SITE = "other_site"
    LATER_VERSION = "later_version"  # the same instalment, a later copy
    INTERPRETATION = "interpretation"  # explains it (解读, 图解, 答记者问)
    NEWS = "news"  # tells about it
    FORWARDED = "forwarded"  # another's document, passed on
    NOT_ABOUT_IT = "not_about_it"  # an interpretation or feedback about something else
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One publication weighed for an expectation. `refused` is None for the one that was accepted."""

    url: str
    title: str
    published: dt.date | None
    periods: tuple[str, ...]
    refused: Refusal | None
    detail: str = ""
    doubt: bool = False  # refused, but it could be what is looked for all the same: nobody is accused past it


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """One column weighed for an expectation: was it read far enough, late enough?"""

    site: str
    column: str
    url: str
    read_at: str
    back_to: str | None
    stop: str
    sufficient: bool
    pages: int = 0
    items: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judged expectation. The first block is the contract of `verdicts.jsonl`; the second explains it."""

    plan: str
    obligation: str
    agency: str
    site: str | None
    period: str | None
    subject: str | None
    status: Status
    flags: tuple[Flag, ...]
    due: dt.date | None
    published: dt.date | None
    first_seen: dt.datetime | None
    days_late: int | None
    url: str | None
    title: str | None
    evidence: str | None
    reason_code: ReasonCode
    reason: str  # one Chinese sentence
    reason_en: str = ""

    measure: str = ""
    obligation_title: str = ""
    due_explained: tuple[str, ...] = ()  # how the due date was counted, one step a line, Chinese
    due_explained_en: tuple[str, ...] = ()  # the same steps in English; empty where only the Chinese are written
    candidates: tuple[Candidate, ...] = ()
    columns: tuple[ColumnRead, ...] = ()
    clocks: tuple[tuple[str, str], ...] = field(default=())

    @property
    def key(self) -> str:
        """Names the verdict for `gongkai explain`: plan/obligation/agency/period-or-subject."""
        return "/".join((self.plan, self.obligation, self.agency, self.period or self.subject or "-"))
