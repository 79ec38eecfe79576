"""Facts as plain records: what the crawler saw and how far it looked. Judges read these, never tables.

Days are calendar days in Asia/Shanghai; instants carry a time zone. `evidence` is `sha256:<hex>` of an
archived response body.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


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
    ASKED = "asked"  # a public letter's day, as its row or page shows it
    ANSWERED = "answered"  # that of its answer; PENDING where it says that there is none yet


PENDING: Final = "pending"


@dataclass(frozen=True, slots=True)
class Clock:
    """One statement about time. `value` is an ISO date or date-time, the number for RUNNING_ID, or PENDING."""

    name: ClockName
    value: str


class FileOutcome(StrEnum):
    """What became of an attachment."""

    READ = "read"
    SCANNED = "scanned"  # pictures of pages, no text: a person must look
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"  # a kind that nobody here can read
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    NOT_FETCHED = "not_fetched"  # the request failed


Table = tuple[tuple[str, ...], ...]  # rows of cells


class MarkPlace(StrEnum):
    """Where a document says that it is no longer in force (STANDARDS 3.7)."""

    TITLE = "title"
    VALIDITY = "validity"  # the field 有效性 and its like
    BANNER = "banner"  # a line of its own above or in the page
    IMAGE = "image"  # a watermark: the picture's name or its alternative text
    BODY = "body"  # 本文自…起废止
    PICTURE = "picture"  # no mark as far as can be read: a picture without words beside the title, perhaps a stamp


@dataclass(frozen=True, slots=True)
class LapseMark:
    """One statement on a page that the document on it is repealed or has lapsed, wholly or in part."""

    place: MarkPlace
    text: str  # as it stands there
    partial: bool = False

    @property
    def is_read(self) -> bool:
        """Whether it says anything to a machine."""
        return self.place is not MarkPlace.PICTURE


@dataclass(frozen=True, slots=True)
class Repealed:
    """A document that a notice or a clean-up list declares repealed or lapsed; `since` a day, where it names one."""

    title: str
    doc_no: str | None = None
    partial: bool = False
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one attachment says. `created` is the date-time inside the file, as ISO text, where it has one."""

    name: str
    url: str
    kind: str  # pdf, docx, doc, xlsx, xls, zip, image, ...
    outcome: FileOutcome
    text: str = ""
    tables: tuple[Table, ...] = ()
    created: str | None = None
    evidence: str | None = None
    repeals: tuple[Repealed, ...] = ()  # where it is a list of a notice of repeal


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row of a list: its words, the day beside them, and the archived list page that showed it."""

    url: str
    title: str
    day: dt.date | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class PageState:
    """What an opened publication said at one visit; a new state only where it differs from the one before."""

    seen_at: dt.datetime
    title: str | None
    published: dt.date | None
    digest: str  # of all that it said
    validity: str | None = None
    marks: tuple[LapseMark, ...] = ()
    text: str = ""
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class PageVisit:
    """One visit to a publication's own page, whether or not it said anything new."""

    at: dt.datetime
    outcome: FetchOutcome


@dataclass(frozen=True, slots=True)
class Screenshot:
    """A picture of the page as a browser shows it, archived. `marks` are those that stand in the rendered page."""

    taken_at: dt.datetime
    evidence: str
    marks: tuple[LapseMark, ...] = ()


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
    tables: tuple[Table, ...] = ()  # in the body
    links: tuple[str, ...] = ()  # addresses that the body links to
    files: tuple[FileRead, ...] = ()  # attachments that were opened
    marks: tuple[LapseMark, ...] = ()  # as last seen
    repeals: tuple[Repealed, ...] = ()  # where it is a notice of repeal: what it repeals
    asked: dt.date | None = None  # a public letter's or consultation's day
    answered: dt.date | None = None  # and that of its answer
    history: tuple[PageState, ...] = ()  # oldest first
    visits: tuple[PageVisit, ...] = ()  # oldest first
    screenshots: tuple[Screenshot, ...] = ()  # oldest first
    listed: tuple[tuple[dt.datetime, str, dt.date | None], ...] = ()  # each sighting: instant, title, date in the list
    cut: bool = False  # `title` is the list's, which shows only a part of it
    listed_validity: tuple[tuple[dt.datetime, str], ...] = ()  # each sighting whose row states one
    beside: tuple[dt.date, ...] = ()  # days of the dated rows next above and below it in each list, as last seen


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


class ColumnClass(StrEnum):
    """What kind of column its name speaks of; the official check indicators ask differently of each."""

    NEWS = "news"  # 动态, 要闻
    NOTICES = "notices"  # 通知公告
    POLICIES = "policies"  # 政策文件
    INTERPRETATIONS = "interpretations"  # 政策解读
    REGULAR = "regular"  # what goes on from month to month or year to year: 统计数据, 预决算, 人事 ...
    PROFILE = "profile"  # 概况; this and the next two stand until something changes
    ORGANISATION = "organisation"  # 机构职能
    LEADERS = "leaders"  # 领导之窗
    CONSULTATION = "consultation"  # 互动咨询
    SERVICES = "services"  # 办事
    OTHER = "other"  # nobody can tell from the name whether it must be updated


class ColumnState(StrEnum):
    """What a column's first page turned out to be."""

    LIST = "list"  # a list was recognised and has rows
    BLANK = "blank"  # the page itself says that there is nothing
    LANDING = "landing"  # it leads on to lists
    PAGE = "page"  # one text, no list
    UNREAD = "unread"  # did not come, or no list was recognised: nothing may be said


class Identifier(StrEnum):
    """What a government site must show of itself (网站标识)."""

    SITE_CODE = "site_code"  # 网站标识码
    ICP = "icp"  # ICP 备案号
    POLICE = "police"  # 公安备案号
    CORRECTION = "correction"  # 我为政府网站找错
    SITE_MAP = "site_map"  # 网站地图
    SEARCH = "search"  # 搜索


@dataclass(frozen=True, slots=True)
class HomeHealth:
    """What a home page shows of itself. `newest` is the newest day beside a title, none later than the reading;
    `newest_hint` the newest that addresses of its links or the articles opened from it bear: no shown date, but a
    sign of life. `metas` are those of the guidelines, as (name, content)."""

    url: str
    read_at: dt.datetime
    outcome: FetchOutcome
    rows: int = 0  # titles of articles
    dated: int = 0  # those with a day beside them
    newest: dt.date | None = None
    newest_hint: dt.date | None = None
    metas: tuple[tuple[str, str], ...] = ()
    identifiers: tuple[tuple[Identifier, str], ...] = ()
    has_footer: bool = False  # the footer stands in the page, so that what it lacks is lacking
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnHealth:
    """What a column's first page shows. Days as in HomeHealth."""

    name: str
    url: str
    kind: ColumnClass
    read_at: dt.datetime
    outcome: FetchOutcome
    state: ColumnState
    first_level: bool = False  # linked from the home page
    rows: int = 0
    dated: int = 0
    newest: dt.date | None = None
    newest_hint: dt.date | None = None
    metas: tuple[tuple[str, str], ...] = ()
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleHealth:
    """One article that was opened as a sample. `elements` are those of a service guide that it has, None where it
    stands in no column of services."""

    title: str
    url: str
    page: str  # the page that links to it
    outcome: FetchOutcome
    published: dt.date | None = None
    metas: tuple[tuple[str, str], ...] = ()
    elements: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class LinkTried:
    """One link that was tried: `page` is where it stands."""

    url: str
    text: str
    page: str
    on_home: bool
    outcome: FetchOutcome


@dataclass(frozen=True, slots=True)
class LetterSeen:
    """One public letter as a list of letters shows it."""

    title: str
    url: str
    asked: dt.date | None
    answered: dt.date | None
    is_pending: bool  # it says that there is no answer yet


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """One look at a whole site. `offered` are the classes of columns that any page read links to, on this site or
    another; `columns_left` were found and not opened, because there were too many."""

    site: str
    read_at: dt.datetime
    home: HomeHealth
    columns: tuple[ColumnHealth, ...] = ()
    articles: tuple[ArticleHealth, ...] = ()
    links: tuple[LinkTried, ...] = ()
    letters: tuple[LetterSeen, ...] = ()
    offered: tuple[ColumnClass, ...] = ()
    columns_left: int = 0
