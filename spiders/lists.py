"""Which part of a page is its list? Found by repeated structure, not by selectors of one portal.

Every link is a candidate for a row title. Its ancestors are tried as rows: an element that repeats beside
others under one parent. Rows with the same chain of tags and classes belong together, whatever their number
of parents (one portal splits a list into groups of five). The group with most titles, dates and article
addresses wins; menus, side boxes, footers and pagers weigh less (measured on 24 labelled list pages).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from spiders import addresses
from spiders.document import Document
from spiders.outline import MAX_CLIMB, Link, Outline, clean, outline, text_of
from spiders.records import ListItem
from spiders.rows import Draft, Row, draft, is_category, is_generic, is_hidden_row, is_pager_word, items
from spiders.years import leads_to_part

_LEAD: Final = 3  # how many times the weight of the main list the strongest group may have: a menu of many links
_DATED_LEAD: Final = 9  # the same for rows of one link and one date each: a single row beside a menu of eighty columns
MAX_ROWS: Final = 2_000  # the longest single-page lists seen have 300
MAX_GROUPS: Final = 80  # of one page that are read; a home page has some 30 blocks
MAX_ROW_LINKS: Final = 40  # a row holds a title, files and interpretations; more is a container
_SHORT_TITLE: Final = 4  # characters; menus have 2-4 (首页, 政务公开), titles more
_FULL_TITLE: Final = 16  # characters from which a title counts fully
_WHOLE_TITLE: Final = 8  # characters from which an undated row among dated ones is an item, no heading of a box
_HEADLINE_OVER: Final = 3  # dated rows, at least, that a headline stands above
_PAGER_LINKS: Final = 3  # the first of a pager's links, among which 首页, 上页 or a number stands
_ROW_LINKS: Final = 2  # title and one more; rows with many links are containers or menus
# Headings of boxes that never hold the page's own list, and of those that hardly do.
_SIDE_HEADING = re.compile(
    r"相关(?:链接|信息|文[档章件]|新闻|阅读|内容|推荐|解读|政策|稿件)|热门|热点(?:推荐|排行|关注)|点击排行|排行榜?"
    r"|推荐阅读|延伸阅读|猜你喜欢|友情链接|快速(?:链接|通道)"
)
_NEWEST_HEADING = re.compile(r"最新(?:发布|更新|文章|信息|资讯)$")
_INLINE: Final = frozenset({"a", "span", "font", "b", "strong", "td", "dd"})
_BLOCKS: Final = frozenset(
    {
        "li",
        "tr",
        "dl",
        "dd",
        "dt",
        "div",
        "p",
        "td",
        "section",
        "article",
        "h2",
        "h3",
        "h4",
        "span",
        "a",
        "tbody",
        "ul",
        "table",
        "font",
        "b",
        "strong",
    }
)


@dataclass
class Group:
    """Rows of one shape. `score` is the sum over its rows."""

    path: int
    tag: str
    rows: list[Row] = field(default_factory=list)
    score: float = 0.0
    dated: int = 0
    weight: float = 1.0


@dataclass(frozen=True)
class FoundList:
    """The page's main list. `dated` and `article_like` are shares of its rows; `weight` tells a frame or side
    box (below 0.5) from the page's body; `blocks` counts further lists of the page,
    `parents` the elements that the rows stand under."""

    items: tuple[ListItem, ...] = ()
    dated: float = 0.0
    article_like: float = 0.0
    weight: float = 1.0
    blocks: int = 0
    parents: int = 1
    rows: tuple[Row, ...] = ()
    links: int = 0

    @property
    def is_scattered(self) -> bool:
        """Whether undated rows stand in several boxes, as on the front page of a channel."""
        return self.dated < 0.5 and (max(self.parents, self.blocks) >= 3 or self.parents + self.blocks >= 4)


@lru_cache(maxsize=2)  # the readers of one page share it
def find_list(document: Document) -> FoundList:
    """The main list of an HTML page; an empty one where the page has none. Never raises."""
    page = outline(document)
    groups = sorted(_groups(page), key=_rank)
    second: FoundList | None = None
    for group in groups[:6]:
        if group.score * (_DATED_LEAD if _is_plain(group) else _LEAD) < groups[0].score:
            continue
        found = _read_group(page, group, groups)
        if found is None or _is_menu(found, document.url):
            continue
        if found.weight >= 0.5:
            return found
        second = second or found
    return second or FoundList(links=len(page.links))


def all_lists(document: Document) -> tuple[FoundList, ...]:
    """Every list of an HTML page, the main one first; none shares a link with another. Never raises."""
    page = outline(document)
    groups = sorted(_groups(page), key=_rank)
    found: list[FoundList] = []
    covered: set[HtmlElement] = set()
    for group in groups[:MAX_GROUPS]:
        own = {link.element for row in group.rows for link in row.links}
        read = _read_group(page, group, groups) if not own & covered else None
        if read is not None and not _is_menu(read, document.url):
            found.append(read)
            covered |= own
    return tuple(found)


def _is_menu(found: FoundList, url: str) -> bool:
    """Whether undated rows name the columns of a site, the page's own among them: a list does not list itself."""
    own = sum(item.url is not None and addresses.same_page(item.url, url) for item in found.items)
    return found.dated < 0.5 and own == 1 and len(found.items) > 1


def _is_plain(group: Group) -> bool:
    return group.dated == len(group.rows) and all(len(row.links) == 1 for row in group.rows)


def _rank(group: Group) -> tuple[float, int, bool, int]:
    """Best score first; of equals the one that holds more links, then blocks before inline elements, then the
    innermost."""
    links = sum(len(row.links) for row in group.rows)
    return -round(group.score, 6), -links, group.tag in _INLINE, -group.path


def _groups(page: Outline) -> list[Group]:
    containers: dict[HtmlElement, dict[HtmlElement, list[Link]]] = {}
    for link in page.links:
        text = link.text or link.title
        if not text or is_pager_word(text):
            continue
        child = link.element
        for _ in range(MAX_CLIMB):
            parent = child.getparent()
            if parent is None or child.tag == "body":
                break
            containers.setdefault(parent, {}).setdefault(child, []).append(link)
            child = parent
    groups: dict[tuple[int, str], Group] = {}
    for parent, children in containers.items():
        for tag, rows in _rows(page, parent, children).items():
            path = page.path(parent)
            group = groups.setdefault((path, tag), Group(path, tag, weight=page.weight(parent)))
            group.weight = max(group.weight, page.weight(parent))
            group.rows.extend(rows[: MAX_ROWS - len(group.rows)])
    for group in groups.values():
        _score(page, group)
    return [group for group in groups.values() if group.score > 0]


def _rows(page: Outline, parent: HtmlElement, children: dict[HtmlElement, list[Link]]) -> dict[str, list[Row]]:
    """Rows under one parent, by tag: each child that holds links, with the linkless elements after it (or
    before it, where the dates stand first) up to the next such child."""
    siblings = list(parent)
    marked = [index for index, child in enumerate(siblings) if child in children]
    first, last = marked[0], marked[-1]
    before = (
        not _dated(page, siblings[last])
        and not _any_dated(page, siblings[last + 1 : last + 4])
        and _any_dated(page, siblings[:first])
    )
    rows: dict[str, list[Row]] = {}
    for position, index in enumerate(marked):
        child = siblings[index]
        if child.tag not in _BLOCKS:
            continue
        extra: list[HtmlElement] = []
        if not _own_date(page, child):
            if before:
                start = marked[position - 1] + 1 if position else 0
                extra = [node for node in siblings[max(start, index - 3) : index] if _visible(node)]
            else:
                end = marked[position + 1] if position + 1 < len(marked) else len(siblings)
                extra = [node for node in siblings[index + 1 : min(end, index + 5)] if _visible(node)]
        nodes = (*extra, child) if before else (child, *extra)
        rows.setdefault(str(child.tag), []).append(Row(nodes, tuple(children[child][:MAX_ROW_LINKS])))
    return rows


def _visible(node: HtmlElement) -> bool:
    return isinstance(node.tag, str) and node.tag not in ("script", "style") and not _pages_on(node)


def _pages_on(node: HtmlElement) -> bool:
    """Whether an element holds a pager: its 6/6 is the last page and no sixth of June."""
    return any(is_pager_word(clean(text_of(link))) for link in islice(node.iter("a"), _PAGER_LINKS))


def _own_date(page: Outline, node: HtmlElement) -> bool:
    return page.dates_under.get(node, 0) > 0


def _dated(page: Outline, node: HtmlElement) -> bool:
    return page.dates_under.get(node, 0) > 0 or node in page.dated_tail


def _any_dated(page: Outline, nodes: Sequence[HtmlElement]) -> bool:
    return any(_dated(page, node) for node in nodes)


def _score(page: Outline, group: Group) -> None:
    """Titles count up to 1, a date 3, an article address 0.7; a row with many links counts for less, a frame
    or side box too; a group with hardly any dates counts 0.6. Set on the labelled pages."""
    titles = [_best_title(row) for row in group.rows]
    texts = Counter(titles)
    total = 0.0
    for row, title in zip(group.rows, titles, strict=True):
        dated = _any_dated(page, row.nodes)
        repeated = texts[title] > 2 and len(title) < 10 and texts[title] * 3 > len(group.rows)
        if (
            len(title) < _SHORT_TITLE
            or repeated
            or (not dated and _leads_to_columns(row))
            or _leads_to_parts(page, row)
        ):
            total -= 0.3
            continue
        group.dated += dated
        total += _worth(page, row, len(title), dated) * page.weight(row.nodes[0])
    if group.tag in ("td", "dd", "span"):
        total *= 0.97  # the whole row knows more than its cell
    group.score = total * (1.0 if group.dated * 2 >= len(group.rows) else 0.6)


def _leads_to_columns(row: Row) -> bool:
    return all(link.url is not None and addresses.is_list(link.url) for link in row.links)


def _leads_to_parts(page: Outline, row: Row) -> bool:
    """Whether a row is but the names of months or years, which look like dates themselves."""
    dates = sum(page.dates_under.get(node, 0) for node in row.nodes)
    return dates <= len(row.links) and all(leads_to_part(link.text, link.url) for link in row.links)


def _worth(page: Outline, row: Row, length: int, dated: bool) -> float:
    worth = min(length, _FULL_TITLE) / _FULL_TITLE + 3 * dated
    worth += 0.7 * any(link.url is not None and addresses.may_be_article(link.url) for link in row.links[:3])
    named = sum(not is_generic(link.text or link.title) for link in row.links)
    dates = sum(page.dates_under.get(node, 0) for node in row.nodes)
    crowd = max(named, dates - 1)
    return worth * (1.0 if crowd <= _ROW_LINKS else _ROW_LINKS / crowd)


def _best_title(row: Row) -> str:
    best = ""
    for link in row.links:
        text = link.title if len(link.title) > len(link.text) else link.text
        if len(text) > len(best) and not is_generic(text) and not is_category(text):
            best = text
    return best


def _read_group(page: Outline, group: Group, groups: Sequence[Group]) -> FoundList | None:
    rows = [row for row in _with_headers(_in_order(page, group)) if not is_hidden_row(row) or len(group.rows) < 3]
    drafts: list[tuple[Row, Draft]] = []
    for row in rows:
        read = draft(row)
        if read is not None:
            drafts.append((row, read))
    drafts = _without_strays(drafts)
    headline = _headline(page, [row for row, _ in drafts])
    drafts = [headline, *drafts] if headline else drafts
    found = items([read for _, read in drafts])
    if not found:
        return None
    dated = sum(item.date is not None for item in found) / len(found)
    with_url = [item for item in found if item.url]
    article_like = sum(addresses.may_be_article(item.url) for item in with_url) / len(with_url) if with_url else 0.5
    weight = group.weight * _heading_weight(page, rows[0])
    if not _acceptable(found, dated, article_like, weight):
        return None
    kept = tuple(row for row, _ in drafts)
    parents = len({row.nodes[0].getparent() for row in kept})
    return FoundList(found, dated, article_like, weight, _other_blocks(group, groups), parents, kept, len(page.links))


def _headline(page: Outline, rows: Sequence[Row]) -> tuple[Row, Draft] | None:
    """The newest item where it stands above the list in a dress of its own: one dated article in the box before."""
    if len(rows) < _HEADLINE_OVER or not all(_any_dated(page, row.nodes) for row in rows[:_HEADLINE_OVER]):
        return None
    box = rows[0].nodes[0].getparent()
    above = box.getprevious() if box is not None else None
    if above is None or above.tag not in ("div", "dl", "article", "section") or not _own_date(page, above):
        return None
    inside = set(islice(above.iter("a"), 9))
    links = [link for link in page.links if link.url and link.element in inside]
    articles = {link.url for link in links if addresses.may_be_article(link.url or "")}
    if len(articles) != 1 or any(link.url not in articles for link in links) or page.dates_under[above] != 1:
        return None
    row = Row((above,), tuple(links))
    read = draft(row)
    whole = read is not None and read.date.day is not None and len(read.title) >= _SHORT_TITLE
    known = {link.url for each in rows for link in each.links}
    return (row, read) if read is not None and whole and read.url not in known else None


def _in_order(page: Outline, group: Group) -> list[Row]:
    order = {link.element: index for index, link in enumerate(page.links)}
    return sorted(group.rows, key=lambda row: order[row.links[0].element])


def _with_headers(rows: Sequence[Row]) -> list[Row]:
    """Table rows with the headings of their columns, read once a table."""
    tables: dict[HtmlElement, tuple[str, ...]] = {}
    named: list[Row] = []
    for row in rows:
        node = row.nodes[0]
        table = next(node.iterancestors("table"), None) if node.tag in ("tr", "td") else None
        if table is None:
            named.append(row)
            continue
        if table not in tables:
            first = next(table.iter("tr"), None)
            linked = first is None or first is node or next(first.iter("a"), None) is not None
            tables[table] = (
                ()
                if linked or first is None
                else tuple(text_of(cell)[:20] for cell in first if cell.tag in ("td", "th"))
            )
        named.append(Row(row.nodes, row.links, tables[table]))
    return named


def _without_strays(drafts: list[tuple[Row, Draft]]) -> list[tuple[Row, Draft]]:
    """Where nearly all rows have dates, an undated row that leads to a column (更多, a heading) is none. One with a
    whole title that leads to no column is kept: what is dropped here would count as not published."""
    dated = sum(read.date.day is not None or read.date.month_day is not None for _, read in drafts)
    if dated * 10 < len(drafts) * 6:
        return drafts
    return [
        (row, read)
        for row, read in drafts
        if read.date.day
        or read.date.month_day
        or (read.url and addresses.may_be_article(read.url))
        or (len(read.title) >= _WHOLE_TITLE and not (read.url and addresses.is_list(read.url)))
    ]


def _heading_weight(page: Outline, row: Row) -> float:
    """What the heading of the box that a row stands in leaves of its weight: nothing under 相关链接, 热门 and
    the like."""
    node = row.nodes[0].getparent()
    for _ in range(3):
        if node is None or node.tag == "body":
            return 1.0
        previous = next(
            (sibling for sibling in node.itersiblings(preceding=True) if isinstance(sibling.tag, str)), None
        )
        if previous is not None:
            if page.weight(previous) < page.weight(node) or sum(1 for _ in islice(previous.iter(), 9)) > 8:
                return 1.0  # a box of its own, no heading
            text = clean(text_of(previous))
            if len(text) > 20:
                return 1.0
            return 0.0 if _SIDE_HEADING.search(text) else 0.4 if _NEWEST_HEADING.search(text) else 1.0
        node = node.getparent()
    return 1.0


def _acceptable(found: Sequence[ListItem], dated: float, article_like: float, weight: float) -> bool:
    """Whether rows make a list: dates beside titles do; without dates, long titles at article addresses do."""
    length = sum(len(item.title) for item in found) / len(found)
    if dated >= 0.5:
        return weight >= 0.4 or (weight >= 0.15 and len(found) >= 5)
    if weight < 0.5:
        return False
    return article_like >= 0.6 and length >= 6 and (len(found) >= 2 or article_like == 1.0)


def _other_blocks(group: Group, groups: Sequence[Group]) -> int:
    """How many other groups of rows weigh at least a quarter of the main one and share no rows with it."""
    own = {link.element for row in group.rows for link in row.links}
    count, covered = 0, set(own)
    for other in groups:
        if other is group or other.score < group.score / 4 or len(other.rows) < 3 or other.weight < 0.4:
            continue
        theirs = {link.element for row in other.rows for link in row.links}
        if not theirs & covered:
            count += 1
            covered |= theirs
    return count
