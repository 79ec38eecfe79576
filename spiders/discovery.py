"""Finding the wanted columns of a site from its home page, its channel pages and its disclosure directory."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from spiders.columns import ColumnMatch, match_columns, related_names
from spiders.records import ColumnLink, PageRequest
from spiders.task import ColumnAddress, SiteTask, Want, plain

MAX_CHANNEL_PAGES: Final = 12  # a home page, a directory and the channels of a department fit in
MAX_LINKS: Final = 5_000  # a site map of a city portal names about 2,000 columns
MATCHES_PER_NAME: Final = 2
ELSEWHERE: Final = 2  # columns of a site that are looked through for what was not found; each costs a few requests
CERTAIN: Final = 0.9  # equal, or one name holds the other: no need to look further
# Channels under which disclosure columns hang, as portals name them (FIELD-GUIDE sections 3 and 5).
_CHANNEL = re.compile(
    "网站地图|站点地图|公开目录|信息公开|政务公开|重点领域|公开专栏|数据|统计|财政|业务|专题|专栏|政策|政务|公示|通知公告"
)
# Under these hang letter boxes, consultations and surveys, and nothing else that is wanted.
_EXCHANGE = re.compile("互动|公众参与|政民")
_EXCHANGED = re.compile("信箱|来信|信件|信访|留言|咨询|投诉|建议|意见|调查|征集|访谈|问答|互动")
_MERE_LIST = re.compile(r"^(?:政策\w{0,4}|政务(?:动态|要闻|新闻)|\w{0,4}(?:通知公告|公示公告|公示))$")

Chosen = tuple[str, str, tuple[str, ...]]  # a column's name, its address, the wanted names that it answers
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$")
# The name of an office leads to its site, or is the site's own: 市财政局 holds 财政 and is no column of it.
_OFFICE = re.compile(r"(?:局|厅|委员会|办公室|人民政府|门户网站)$")


@dataclass(frozen=True, slots=True)
class Below:
    """Columns on a column's page. `certain`: one bears a wanted name, so that the page merely leads there."""

    columns: tuple[ColumnAddress, ...] = ()
    certain: bool = False


@dataclass
class Discovery:
    """The search on one site. Pages go in, requests for further pages come out, at most MAX_CHANNEL_PAGES."""

    task: SiteTask
    links: dict[str, ColumnLink] = field(default_factory=dict)
    pages: int = 0
    _asked: set[str] = field(default_factory=set)
    _waiting: list[tuple[int, int, PageRequest]] = field(default_factory=list)  # depth, rank

    def add(self, links: Iterable[ColumnLink], directories: Iterable[PageRequest], depth: int) -> None:
        """Take in the links of one page, `depth` clicks from the home page."""
        self.pages += 1
        for request in directories:
            if self.task.own(request.url):
                self._wait(0, 0, request)
        for link in links:
            url = self.task.own(link.url)
            if url is None or len(self.links) >= MAX_LINKS or _place(url) == _place(self.task.url):
                continue
            self.links.setdefault(f"{plain(link.name)}\t{url}", ColumnLink(link.name, url, link.where))
            if depth < 2 and self._is_channel(plain(link.name)):
                self._wait(depth + 1, _rank(plain(link.name)), PageRequest(url))

    def next_page(self) -> tuple[int, PageRequest] | None:
        """The next page worth opening with its depth, None when the search is over."""
        if self.pages >= MAX_CHANNEL_PAGES or not self._waiting or self._is_satisfied():
            return None
        self._waiting.sort(key=lambda entry: entry[:2])
        depth, _, request = self._waiting.pop(0)
        return depth, request

    def columns(self) -> tuple[ColumnAddress, ...]:
        """The columns to read: those of the sites file that a want names, and those found for the others."""
        found: dict[str, ColumnAddress] = {}
        for want in self.task.wants:
            related = [(match.link.name, match.link.url, ()) for match in self.related(want)]
            for name, url, wanted in (*self._columns_of(want), *related):
                before = found.get(url)
                names = dict.fromkeys((*(before.wanted if before else ()), *wanted))
                since = _earlier(before.since, want.since) if before else want.since
                found[url] = ColumnAddress(before.name if before else name, url, tuple(names), since)
        for notice in self.notices():
            column = found.get(notice.url, notice)
            found[notice.url] = replace(column, since=_earlier(column.since, notice.since))
        return tuple(found.values())

    def not_found(self) -> tuple[str, ...]:
        """The best name of every want that has no column of its own: none was found under any of its names, or
        only one where everything is posted (通知公告), in which the absence of one thing proves nothing."""
        missing = []
        for want in self.task.wants:
            own = [name for name in want.columns if name not in want.catch_all]
            found = {name for _, _, wanted in self._columns_of(want) for name in wanted}
            if want.columns and found.isdisjoint(own or want.columns):
                missing.append((own or want.columns)[0])
        return tuple(dict.fromkeys(missing))

    def found(self, want: Want) -> tuple[ColumnMatch, ...]:
        """What bears one of the want's names, for each name at most MATCHES_PER_NAME, best first."""
        return self._matches(want, self._given_links()) or self._matches(want, list(self.links.values()))

    def related(self, want: Want) -> tuple[ColumnMatch, ...]:
        """Columns under related names, where the want has none of its own. They are read for no name: what they
        hold counts, what they lack does not."""
        if not want.columns or self._columns_of(want):
            return ()
        names = [name for wanted in want.columns for name in related_names(wanted)]
        return tuple(match_columns(names, list(self.links.values()))[:MATCHES_PER_NAME])

    def notices(self) -> tuple[ColumnAddress, ...]:
        """The site's notice column, where offices put things that belong elsewhere."""
        if not any(want.titles for want in self.task.wants):
            return ()
        days = [want.opens_since or want.since for want in self.task.wants]
        since = None if None in days else min(day for day in days if day is not None)
        for name in self.task.notices:
            for link in (*self._given_links(), *self.links.values()):
                if plain(link.name) == name:
                    return (ColumnAddress(link.name, link.url, (), since),)
        return ()

    def elsewhere(self, since: dt.date) -> tuple[ColumnAddress, ...]:
        """Columns beside those that are read for a want, in which what was not found may stand: at most ELSEWHERE."""
        read = {_place(column.url) for column in self.columns()}
        wanted = {plain(name) for want in self.task.wants for name in want.columns}
        found: dict[str, ColumnAddress] = {}
        for name in self.task.elsewhere:
            for link in (*self._given_links(), *self.links.values()):
                if plain(link.name) == name and name not in wanted and _place(link.url) not in read:
                    found.setdefault(_place(link.url), ColumnAddress(link.name, link.url, (), since, is_glance=True))
        return tuple(found.values())[:ELSEWHERE]

    def is_needed(self) -> bool:
        """Whether the sites file leaves a want without a column."""
        return any(want.columns and not self._given(want) for want in self.task.wants)

    def _columns_of(self, want: Want) -> list[Chosen]:
        given = self._given(want)
        if given or not want.columns:
            return given
        return _chosen(self._matches(want, list(self.links.values())))

    def _given(self, want: Want) -> list[Chosen]:
        links = self._given_links()
        if not want.columns:
            return [(link.name, link.url, ()) for link in links]
        return _chosen(self._matches(want, links))

    def _given_links(self) -> list[ColumnLink]:
        return [ColumnLink(column.name, column.url, "sites") for column in self.task.columns]

    @staticmethod
    def _matches(want: Want, links: list[ColumnLink]) -> tuple[ColumnMatch, ...]:
        return tuple(m for name in want.columns for m in match_columns([name], links)[:MATCHES_PER_NAME])

    def _is_satisfied(self) -> bool:
        links = list(self.links.values())
        return all(
            self._given(want) or any(match.score >= CERTAIN for match in match_columns(want.columns[:1], links))
            for want in self.task.wants
            if want.columns
        )

    def _is_channel(self, name: str) -> bool:
        if _CHANNEL.search(name):
            return True
        wanted = (column for want in self.task.wants for column in want.columns)
        return _EXCHANGE.search(name) is not None and any(_EXCHANGED.search(column) for column in wanted)

    def below(self, column: ColumnAddress, links: Iterable[ColumnLink]) -> Below:
        """Columns of the same wanted names on a page that is no list as it came: a landing page, a directory, or a list
        that its scripts draw, beside whose menu stand its neighbours."""
        own = [ColumnLink(link.name, url, link.where) for link in links if (url := self.task.own(link.url))]
        here = (_place(column.url), _place(self.task.url))
        others = [link for link in own if _place(link.url) not in here and not _OFFICE.search(plain(link.name))]
        matches = [m for name in column.wanted for m in match_columns([name], others)[:MATCHES_PER_NAME]]
        found: dict[str, ColumnAddress] = {}
        for match in matches:
            address = ColumnAddress(match.link.name, match.link.url, column.wanted, column.since)
            found.setdefault(match.link.url, address)
        return Below(tuple(found.values()), any(match.score >= CERTAIN for match in matches))

    def _wait(self, depth: int, rank: int, request: PageRequest) -> None:
        place = _place(request.url)
        if place not in self._asked and place != _place(self.task.url):
            self._asked.add(place)
            self._waiting.append((depth, rank, request))


def _chosen(matches: Iterable[ColumnMatch]) -> list[Chosen]:
    return [(match.link.name, match.link.url, (match.wanted,)) for match in matches]


def _rank(channel: str) -> int:
    """Which of a page's channels to open first: those under which columns hang, before those that are lists."""
    return 2 if _MERE_LIST.search(channel) else 1


def _place(url: str) -> str:
    """The address without what makes no difference: /zwgk/ and /zwgk/index.html are one page."""
    return _INDEX.sub("/", url)


def _earlier(first: dt.date | None, second: dt.date | None) -> dt.date | None:
    """The earlier of two limits, where None means no limit at all."""
    return None if first is None or second is None else min(first, second)
