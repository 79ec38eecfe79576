"""Facts as plain records: what the crawler saw and how far it looked. Judges read these, never tables.

Days are calendar days in Asia/Shanghai; instants carry a time zone. `evidence` is `sha256:<hex>` of an
archived response body.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class FetchOutcome(StrEnum):
    """How one request ended. A closed list: anything else is a bug."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    NOT_FOUND = "not_found"  # 404, 410
    SOFT_404 = "soft_404"  # answers 200, says that there is nothing
    MOVED = "moved"  # redirected off the site
    BLOCKED = "blocked"  # 403, 412, 521, WAF page or challenge
    CAPTCHA = "captcha"
    LOGIN_WALL = "login_wall"
    ROBOTS = "robots"  # robots.txt forbids it and was obeyed
    SERVER_ERROR = "server_error"  # 5xx
    CLIENT_ERROR = "client_error"  # other 4xx
    TIMEOUT = "timeout"
    DNS = "dns"
    REFUSED = "refused"  # connection refused, reset or lost
    TLS = "tls"
    TOO_LARGE = "too_large"
    NOT_HTML = "not_html"  # bytes that are no page, list or known answer


class Stop(StrEnum):
    """Why the reading of a column ended."""

    END_OF_LIST = "end_of_list"  # complete: there is no further page
    REACHED_DATE = "reached_date"  # complete back to the date that was needed
    FETCH_FAILED = "fetch_failed"  # a page did not come; `outcome` says how
    STATIC_PART_ONLY = "static_part_only"  # the rest lies behind a script or an unknown interface
    NEEDS_BROWSER = "needs_browser"  # nothing stands in the page without a script
    NO_ITEMS = "no_items"  # the page came, no list was recognised in it
    REPEATED_PAGE = "repeated_page"  # the next page brought nothing new
    PAGE_LIMIT = "page_limit"
    INTERRUPTED = "interrupted"
    LANDING = "landing"  # no list: a landing page or directory, whose own lists were read in its place


COMPLETE_STOPS = frozenset({Stop.END_OF_LIST, Stop.REACHED_DATE})


class ClockName(StrEnum):
    """The clocks that a page shows or carries; only the first three are claims about publishing."""

    VISIBLE = "visible"  # 发布日期 / 发布时间 shown on the page
    META = "meta"  # meta PubDate
    LIST = "list"  # the date beside the title in a list
    URL = "url"  # tYYYYMMDD_ and the like: import or first-save day
    SIGNED = "signed"  # 成文日期, 生成日期: written, not published
    RUNNING_ID = "running_id"  # the CMS's article number
    LAST_MODIFIED = "last_modified"  # HTTP header
    ATTACHMENT = "attachment"  # creation date inside a file, or stamp in its name


@dataclass(frozen=True, slots=True)
class Clock:
    """One statement about time. `value` is an ISO date or date-time, or the number for RUNNING_ID."""

    name: ClockName
    value: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One article or document on a site, as last known. `published` is the claimed day: the page's own
    visible date, else its meta date, else the list's; None where nobody claims any."""

    site: str
    url: str
    title: str
    columns: tuple[str, ...]  # addresses of the columns that list it
    published: dt.date | None
    first_seen: dt.datetime
    last_seen: dt.datetime
    clocks: tuple[Clock, ...] = ()
    source: str | None = None
    doc_no: str | None = None
    index_no: str | None = None
    validity: str | None = None
    text: str | None = None  # body text, None where the article was not opened
    attachments: tuple[tuple[str, str], ...] = ()  # (name, address)
    evidence: str | None = None  # of the article, else of the list page that shows it


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one column: how far, when, and why it stopped."""

    site: str
    column: str  # name
    url: str
    read_at: dt.datetime  # when the first page was fetched
    pages: int
    items: int
    stop: Stop
    back_to: dt.date | None  # everything claimed on or after this day was read; None: the whole list if complete
    outcome: FetchOutcome = FetchOutcome.OK  # of the request that ended it
    evidence: str | None = None  # the column's first page
    wanted: tuple[str, ...] = ()  # obligation column names that this column was read for

    @property
    def complete(self) -> bool:
        return self.stop in COMPLETE_STOPS


@dataclass(frozen=True, slots=True)
class SiteReading:
    """Whether a site could be entered at all in one crawl, and which wanted columns were not found there."""

    site: str
    read_at: dt.datetime
    outcome: FetchOutcome
    columns_not_found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that judging may use. Order carries no meaning."""

    publications: tuple[Publication, ...] = ()
    readings: tuple[Reading, ...] = ()
    sites: tuple[SiteReading, ...] = field(default=())
