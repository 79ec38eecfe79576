"""Reading a column in a browser: which of its states are further pages of the list, and when is it at its end?"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace

from scrapy.http import Response

from db.facts import Stop
from spiders.document import Document
from spiders.nothing import says_nothing
from spiders.pager import find_pager
from spiders.reading import SMALLEST_PAGE, ColumnProgress, Step
from spiders.recognise import platform_for
from spiders.records import Article, ListItem, ListPage, PageRequest
from spiders.render import Ended, State, ended_of, states_of


def is_undrawn(article: Article) -> bool:
    """Whether a page says nothing that an article says: its script may draw it."""
    return not (article.text or article.attachments or article.tables or article.published)


def follower(progress: ColumnProgress, platform: str) -> Callable[[bytes, str], bool]:
    """Tells of each state of a drawn list whether the next page is to be clicked: no link leads there, and nothing
    that was read so far ends the column. `progress` itself stays as it is."""
    ahead = deepcopy(progress)

    def wants_more(html: bytes, url: str) -> bool:
        page = _read(State(url, html), platform)
        if page.next is not None:
            return False
        return ahead.add(replace(page, next=_click(url, ahead.pages))).stop is None

    return wants_more


def steps(progress: ColumnProgress, response: Response, platform: str) -> Iterator[tuple[State, Step]]:
    """Take the states of a drawn list into `progress`, one page each, until one ends the column."""
    states, ended = states_of(response), ended_of(response)
    before: tuple[ListItem, ...] = ()
    for number, state in enumerate(states, 1):
        page = _read(state, platform)
        shown, page = page.items, _grown(page, before)
        if number < len(states):
            page = replace(page, next=page.next or _click(state.url, progress.pages))
        elif page.next is None:
            page = _last(page, state, ended, clicks=len(states) - 1, number=progress.pages)
        step = progress.add(page)
        if number == len(states) and ended is Ended.LIMIT and step.stop is None:
            step = Step(step.fresh, stop=Stop.PAGE_LIMIT)
        elif number < len(states):
            step = Step(step.fresh, stop=step.stop)  # the next page is here already
        yield state, step
        if step.stop is not None:
            return
        before = shown


def _read(state: State, platform: str) -> ListPage:
    """The list as it is drawn. Nothing is behind a script any more; a page that says 暂无数据 is believed only when
    all that it asked for came."""
    document = Document.from_bytes(state.html, state.url, "utf-8")
    page = platform_for(document, platform).read_list(document)
    if page.items:
        return page
    empty = (page.declared_empty or says_nothing(document)) and not state.troubled
    return ListPage((), total=0 if empty else None, declared_empty=empty)


def _grown(page: ListPage, before: tuple[ListItem, ...]) -> ListPage:
    """A list that grows (加载更多) shows what it showed before as well: only what came is the further page."""
    known = set(before)
    if not before or len(page.items) <= len(before) or not known <= set(page.items):
        return page
    return replace(page, items=tuple(item for item in page.items if item not in known))


def _last(page: ListPage, state: State, ended: Ended, *, clicks: int, number: int) -> ListPage:
    """The last state, with what its pager told: only a next page that is switched off, or gone after clicks, ends the
    list. A next page that brings nothing may hide the rest, unless the page itself counts to its end."""
    if not page.items:
        return page
    if ended is Ended.LIMIT:
        return replace(page, next=_click(state.url, number))
    if ended is Ended.LAST_PAGE:
        return replace(page, truncated=page.truncated and not clicks and len(page.items) >= SMALLEST_PAGE)
    if ended is Ended.UNCHANGED:
        pager = find_pager(Document.from_bytes(state.html, state.url, "utf-8"))
        counted = pager.pages is not None and pager.pages == pager.current
        return replace(page, truncated=not counted and page.total is None)
    return page


def _click(url: str, number: int) -> PageRequest:
    """Stands for a page that has no address of its own."""
    return PageRequest(f"{url.partition('#')[0]}#page-{number + 2}")
