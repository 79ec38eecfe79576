"""How far a column is read: when to ask for the next page, when to stop, and what may be said afterwards."""

import datetime as dt
from dataclasses import dataclass, field, replace
from itertools import pairwise

from db.facts import FetchOutcome, Stop
from spiders.asked import page_of
from spiders.cuttitles import ELLIPSIS
from spiders.records import ListItem, ListPage, Needs, PageRequest

MAX_PAGES = 400  # 15 rows a page: 6,000 items, more than any column met in the field guide in one year
GLANCE_PAGES = 5  # of a column that is only looked through: some 75 items, a month or more of an office's news
SMALLEST_PAGE = 10  # rows of a full page, at least: 10 to 30 on the field guide's portals
_PAGE_SIZES = frozenset({12, 16, 18, 24})  # of list pages, beside multiples of five; assumed
MAX_INTERFACES = 3  # asked for one column; a page of JPaaS has a unit for its list and some for its frame
_TAIL = 15  # rows of one page as portals cut them
# Outcomes after which another interface may still answer. A wall is a wall: it is not asked again.
_MERELY_ABSENT = (FetchOutcome.NOT_FOUND, FetchOutcome.SOFT_404, FetchOutcome.CLIENT_ERROR, FetchOutcome.SERVER_ERROR)
_GROUP = 3  # rows of a group, at least; two hand-set dates in a row are met in ordinary lists (S 016, S 042)
_ANEW = dt.timedelta(days=180)  # the ordinary lists of the Pingtan portal are out of order by 141 days at most


def is_full_page(rows: int) -> bool:
    """Whether a list that tells nothing of further pages may be the newest rows of a longer one: as many as portals cut
    a page to."""
    return rows >= SMALLEST_PAGE and (rows % 5 == 0 or rows in _PAGE_SIZES)


@dataclass(frozen=True, slots=True)
class Step:
    """What follows a list page: the next request, or the reason to stop; and the rows not seen before."""

    fresh: tuple[ListItem, ...]
    request: PageRequest | None = None
    stop: Stop | None = None


@dataclass
class Interfaces:
    """The interfaces that may hold a column's rows, asked one after the other until one has some."""

    asked: list[PageRequest] = field(default_factory=list)
    _waiting: list[PageRequest] = field(default_factory=list)
    _lists: list[PageRequest] = field(default_factory=list)  # those that are the list's by their names
    _unread: bool = False  # one of those asked gave nothing readable

    def after(self, page: ListPage) -> PageRequest | None:
        """What to ask next where `page` has no rows: what it names itself, then what was named before."""
        if page.items:
            return None
        named = [request for request in page.interfaces if request not in self.asked]
        if self.asked and not named and not page.declared_empty:
            self._unread = True
        self._waiting = [*named, *(request for request in self._waiting if request not in named)]
        self._lists += page.interfaces[: page.lists]
        if page.declared_empty and self._lists and not any(request in self._waiting for request in self._lists):
            self._waiting = []  # what is left is no list; what it says is about something else
        return self._next()

    def after_failure(self, outcome: FetchOutcome) -> PageRequest | None:
        """What to ask where an interface did not answer at all."""
        self._unread = True
        return self._next() if outcome in _MERELY_ABSENT else None

    def leave_it_to_the_page(self, outcome: FetchOutcome) -> bool:
        """Whether the page's own script may ask better than we did: nothing that we asked was there."""
        return bool(self.asked) and outcome in _MERELY_ABSENT

    def _next(self) -> PageRequest | None:
        if not self._waiting or len(self.asked) >= MAX_INTERFACES:
            return None
        self.asked.append(self._waiting.pop(0))
        return self.asked[-1]

    def judged(self, page: ListPage) -> ListPage:
        """The page, not taken for an empty list where another interface may have the rows."""
        if page.items or not (self._unread or self._waiting):
            return page
        return replace(page, declared_empty=False, total=None, needs=page.needs or Needs.INTERFACE)


@dataclass
class ColumnProgress:
    """The reading of one column, page by page. `since` None means to the end of the list."""

    since: dt.date | None
    max_pages: int = MAX_PAGES
    pages: int = 0
    rows: int = 0
    dates: list[dt.date] = field(default_factory=list)  # claimed dates, in the list's order, sticky rows apart
    _seen: set[str] = field(default_factory=set)
    _asked: set[tuple[str, str | None]] = field(default_factory=set)
    _total: int | None = None  # as a page with rows states it; an empty answer's 0 is no count of the list
    _pages: int | None = None  # as the pages state it, the most of them
    _new_rows: int = 0  # rows that no earlier page had
    _new_pages: int = 0  # pages with such rows
    _sizes: list[int] = field(default_factory=list)  # rows of the pages that had any
    _unaddressed: bool = False  # rows that matter were met without an address: nobody can keep or open them
    _cut_at: set[int] = field(default_factory=set)  # lengths at which earlier pages were seen to cut titles

    def add(self, page: ListPage) -> Step:
        """Take in one more page of the list."""
        self.pages += 1
        self._new_rows += sum(_key(item) not in self._seen for item in page.items)
        fresh = tuple(self._marked(page.items, item) for item in page.items if self._is_new(item))
        self.rows += len(page.items)
        self._unaddressed = self._unaddressed or any(not item.url and self._matters(item) for item in fresh)
        self.dates += [item.date for item in fresh if item.date and not item.sticky]
        if not page.items:
            return Step((), stop=self._stop_without_rows(page))
        self._sizes.append(len(page.items))
        self._count(page, is_new=bool(fresh))
        if not fresh:
            return self._after_repetition(page)
        if self._is_older(page):
            return Step(fresh, stop=Stop.STATIC_PART_ONLY if self._unaddressed else Stop.REACHED_DATE)
        if page.next is None:
            return Step(fresh, stop=self._stop_at_end(page))
        if self.pages >= self.max_pages:
            return Step(fresh, stop=Stop.PAGE_LIMIT)
        return self._following(fresh, page.next)

    def _count(self, page: ListPage, *, is_new: bool) -> None:
        self._total = page.total if page.total is not None else self._total
        self._pages = max(page.pages, self._pages or 0) if page.pages is not None else self._pages
        self._new_pages += is_new

    def _matters(self, item: ListItem) -> bool:
        return item.date is None or self.since is None or item.date >= self.since

    def _marked(self, rows: tuple[ListItem, ...], item: ListItem) -> ListItem:
        """A row of a later page, as short as a last page may be, is cut at the width that earlier pages showed."""
        self._cut_at |= {len(row.title) for row in rows if row.cut and not ELLIPSIS.search(row.title)}
        return replace(item, cut=True) if not item.cut and len(item.title) in self._cut_at else item

    def _following(self, fresh: tuple[ListItem, ...], following: PageRequest) -> Step:
        asked = (following.url, following.body)
        if asked in self._asked:
            return Step(fresh, stop=Stop.REPEATED_PAGE)
        self._asked.add(asked)
        return Step(fresh, request=following)

    def _after_repetition(self, page: ListPage) -> Step:
        """Nothing new: the end, or paging that leads in a circle. What stands in a column's page may be page 1 of its
        interface (FIELD-GUIDE 3.1, 3.4), which is then served once more; any other repetition hides a page."""
        if self._all_seen():
            return Step((), stop=Stop.END_OF_LIST)
        following = page_of(page.next) if page.next else None
        if self.pages == 2 and page.next is not None and following is not None and following[1] <= 2:
            return self._following((), page.next)
        return Step((), stop=Stop.REPEATED_PAGE)

    def _all_seen(self) -> bool:
        counted = self._total is not None and len(self._seen) >= self._total
        return counted and not self._is_short() and not self._unaddressed

    def _is_short(self) -> bool:
        """Whether the list counts more rows or pages than were read: however it ends, that is not its end."""
        lacks_rows = self._total is not None and self._new_rows < self._total
        return lacks_rows or (self._pages is not None and self._new_pages < self._pages)

    def stop_unseen(self, outcome: FetchOutcome) -> Stop:
        """Why the reading ends at a page that did not come. Behind the last row, and at deep pages before it,
        dataproxy.jsp answers a stub of 54 bytes (FIELD-GUIDE 3.4)."""
        if outcome is not FetchOutcome.SOFT_404 or not self.pages:
            return Stop.FETCH_FAILED
        return Stop.END_OF_LIST if self._all_seen() else Stop.STATIC_PART_ONLY

    def back_to(self, stop: Stop) -> dt.date | None:
        """The claimed day from which on everything was read, None for the whole list (or for nothing known).

        Lists are not always sorted (FIELD-GUIDE rule 9): where this one is, its last row tells; where it is
        not, the newest of its last rows does. That day itself may go on behind the last row.
        """
        if stop is Stop.REACHED_DATE:
            return self.since
        if stop is Stop.END_OF_LIST or not self.dates or self._unaddressed:
            return None
        if _oldest_first(self.dates) or _grouped(self.dates, self.since):
            return None
        is_sorted = all(newer >= older for newer, older in pairwise(self.dates))
        last = self.dates[-1] if is_sorted else max(self.dates[-_TAIL:])
        return last + dt.timedelta(days=1)

    def _is_new(self, item: ListItem) -> bool:
        new = _key(item) not in self._seen
        self._seen.add(_key(item))
        return new

    def _is_older(self, page: ListPage) -> bool:
        """A whole page before `since`: rows out of order or stuck to the top do not end the reading, nor does the
        beginning of a list that runs from old to new, nor the old rows of one group where another may follow."""
        dated = [item.date for item in page.items if item.date and not item.sticky]
        if self.since is None or len(dated) * 2 <= len(page.items) or max(dated) >= self.since:
            return False
        return not _oldest_first(self.dates) and not _grouped(self.dates, self.since)

    def _stop_without_rows(self, page: ListPage) -> Stop:
        if self._sizes and self._all_seen():
            return Stop.END_OF_LIST
        if page.needs in (Needs.BROWSER, Needs.INTERFACE):
            return Stop.NEEDS_BROWSER if self.pages == 1 else Stop.STATIC_PART_ONLY
        over = self.pages == 1 or (self._ran_out() and not self._is_short())
        if page.declared_empty and over and not self._unaddressed:
            return Stop.END_OF_LIST
        return Stop.NO_ITEMS

    def _ran_out(self) -> bool:
        """Whether the last page with rows was not a full one. An interface out of order says 暂无数据 as well, and
        then the page before was as full as the others."""
        first, last = self._sizes[0], self._sizes[-1]
        return last < first or (len(self._sizes) == 1 and first < SMALLEST_PAGE)

    def _stop_at_end(self, page: ListPage) -> Stop:
        partly = page.truncated or page.needs or self._is_short() or self._unaddressed
        return Stop.STATIC_PART_ONLY if partly else Stop.END_OF_LIST


def _key(item: ListItem) -> str:
    return item.url or f"{item.title}\t{item.date}"


def _oldest_first(dates: list[dt.date]) -> bool:
    """Whether a list runs from old to new: what is newer stands behind its last row, unread."""
    rising = sum(older < newer for older, newer in pairwise(dates))
    falling = sum(newer > older for newer, older in pairwise(dates))
    return rising > falling


def _grouped(dates: list[dt.date], since: dt.date | None) -> bool:
    """Whether a list begins anew from the top: group by group, each from new to old. Three rows that are newer by half
    a year than the three before them, or that lead back over the wanted day, are no hand-set dates."""
    for place in range(_GROUP, len(dates) - _GROUP + 1):
        if dates[place] <= dates[place - 1]:
            continue
        before, after = max(dates[place - _GROUP : place]), min(dates[place : place + _GROUP])
        if after - before >= _ANEW or (since is not None and before < since <= after):
            return True
    return False


@dataclass(frozen=True, slots=True)
class ColumnResult:
    """A finished reading, ready to become a fact."""

    site: str
    column: str
    url: str
    pages: int
    rows: int
    stop: Stop
    back_to: dt.date | None
    outcome: FetchOutcome
    evidence: str | None
    wanted: tuple[str, ...]
