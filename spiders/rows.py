"""What one row of a list says: title, address, date, and the marks beside them."""

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml.html import HtmlElement

from spiders import addresses
from spiders.cuttitles import ELLIPSIS, cut_rows
from spiders.letters import letter_in_row
from spiders.outline import Link, clean, hidden, pieces
from spiders.records import Letter, ListItem
from spiders.rowdates import FULL, RowDate, find_full, looks_dated, row_date, settle_years

# Links beside a title that are no titles themselves (068: 下载文字版; 078: 解读; 066: [详情]).
_GENERIC = re.compile(
    r"[\[(（【<《]*(?:更多|more|详情|详细|查看(?:详情|全文|更多|原文)?|阅读(?:全文|更多|详细)?|全文|原文|点击(?:查看|下载|进入|详情|阅读)?|进入|下载|附件\d*|附件下载|文件下载"
    r"|下载\w{0,6}版?|(?:文字|图片|图文|动画|视频|音频|媒体|专家|一图)?(?:解读|读懂|图解)|政策解读|相关解读|解读\d*|pdf版?|docx?版?|word版?|wps版?|ofd版?|图片版|文字版|打印|收藏|分享|预览|返回|顶部|返回顶部"
    r"|new|新|置顶|\+|>+|》+|›|»|\.{2,}|…+|→)[>》›»\])）】+\s]*",
    re.IGNORECASE,
)
_PAGER_WORD = re.compile(
    r"[<>«»‹›\[\]|\s]*(?:首页|第一页|上一?[页頁]|前一?页|后一?页|下一?[页頁]|尾页|末页|最后一?页|最末页|跳转|转到|go|prev(?:ious)?|next|first|last|\d{1,5})[<>«»‹›\[\]|\s]*"
    r"|[<>«»‹›|.…]+",
    re.IGNORECASE,
)
_NESTED: Final = frozenset({"ul", "ol", "table", "dl"})
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:title|tit|til|bt|biaoti|headline|subject)(?:$|[\s_-])|(?:^|[\s_])(?:list|news|item)[_-](?:name|title|tit)",
    re.I,
)
_BESIDE_CLASS = re.compile(
    r"sub-?tit?l?|(?:^|[\s_-])(?:sub|time|date|day|rq|sj|desc|describe|summary|intro|abstract|zhaiyao|zy|source|ly|info|num|index|xh)(?:$|[\s_-])|[_-](?:time|date)$",
    re.I,
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Only figures (2017-05-03) or square brackets: 标题（2018年5月28日） names the document's day, not the list's.
_DATE_END = re.compile(
    r"^(.{2,}?)(?:\s+|\s*[\[【(（<])(" + FULL.pattern + r")(?:\s*\d{1,2}:\d{1,2}(?::\d{1,2})?)?\s*[\])】）>]?$"
)
_DATE_START = re.compile(
    r"^(?:[\[【(（<]\s*(" + FULL.pattern + r")\s*[\])】）>]|(" + FULL.pattern + r")(?=[\s|·:：]))[\s|·:：]*(.{2,})$"
)
_BULLET = re.compile(r"^(?:[·•▪■◆●○★☆※►▶»›>\-]\s*)+|^\d{1,3}\s*[、．]\s*(?=\D|20\d\d\s?年)")
_STICKY = re.compile(
    r"^[\[【(（]\s*(?:置顶|顶)\s*[\])】）]\s*|^置顶\s+|\s*[\[【(（]\s*(?:置顶|顶)\s*[\])】）]$|\s+置顶$"
)
_STICKY_CLASS = re.compile(r"(?:^|[\s_-])(?:zd|zhiding|sticky|istop|is-top|top-?tag)(?:$|[\s_-])", re.I)
_CUT = re.compile(r"(?:(?<!\.)\.{2,}+|(?<!…)…++|(?<!⋯)⋯++)$")
DOC_NO = re.compile(r"[一-龥]{1,15}[〔\[（(【]\s?(?:19|20)\d{2}\s?[〕\]）)】]\s?(?:第\s?)?\d{1,5}\s?号")
_VALID = re.compile(
    r"(?:(?:有\s*效\s*性|时\s*效(?:\s*性)?|效力(?:状态)?|是否有效)\s*[:：]?\s*)?(现行有效|继续有效|有效|已失效|部分失效|全文失效|失效|已废止|部分废止|废止|已修[改订]|尚未生效)"
)
_VOID_TITLE = re.compile(
    r"[\[【(（〔]\s*(?:已|全文|本文)?(废止|失效)\s*[\])】）〕]\s*$|^\s*[\[【(（〔]\s*(?:已|全文|本文)?(废止|失效)\s*[\])】）〕]"
)


def is_generic(text: str) -> bool:
    """Whether a link's text is a button and no title."""
    return not text or (len(text) <= 14 and bool(_GENERIC.fullmatch(text)))


def is_pager_word(text: str) -> bool:
    return len(text) <= 12 and bool(_PAGER_WORD.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Row:
    """The elements of one row; `links` are those inside it."""

    nodes: tuple[HtmlElement, ...]
    links: tuple[Link, ...]
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as read, before the list's other rows have settled its date."""

    title: str
    url: str
    date: RowDate
    doc_no: str | None
    validity: str | None
    sticky: bool
    inner: tuple[str, dt.date] | None = None  # the title without a date at its end or start, and that date
    attributed: bool = False  # the link's `title` says the whole title
    letter: Letter | None = None


def main_link(row: Row) -> Link | None:
    """The link that bears the row's title: not a button, not in a sub-list, not a file beside a page; of the
    rest the first one that is at least half as long as the longest."""
    named = [
        link
        for link in row.links
        if not is_generic(link.text or link.title) and not is_pager_word(link.text or link.title)
    ]
    if not named:
        return None
    outer = [link for link in named if not _in_sublist(link, row)] or named
    pages = [link for link in outer if not (link.url and addresses.is_file(link.url))] or outer
    free = [link for link in pages if not is_category(link.text)] or pages
    longest = max(_length(link) for link in free)
    return next(link for link in free if 2 * _length(link) >= longest)


def _length(link: Link) -> int:
    return max(len(link.text), len(link.title))


def is_category(text: str) -> bool:
    """Whether a link names a row's category: [财政收支] before the title."""
    return len(text) <= 12 and text[:1] in "[【(（" and text[-1:] in "]】)）"


def _in_sublist(link: Link, row: Row) -> bool:
    for node in link.element.iterancestors():
        if node in row.nodes:
            return False
        if node.tag in _NESTED:
            return any(not _beneath(other.element, node, row) for other in row.links)
    return False


def _beneath(element: HtmlElement, outer: HtmlElement, row: Row) -> bool:
    for node in element.iterancestors():
        if node is outer:
            return True
        if node in row.nodes:
            return False
    return False


def draft(row: Row) -> Draft | None:
    """What a row says, None where it holds no title."""
    link = main_link(row)
    if link is None:
        return None
    text, shown = _title_text(link)
    beside = _beside(row, link)
    date = row_date([*beside, *(piece for piece in shown if _is_date_or_part(piece[1]))])
    inner = _date_in_title(text) if date.day is None and date.month_day is None else None
    title, sticky = _unmark(_full_title(text, link.title))
    if not title or looks_dated(title, strict=True):
        return None
    flat = " ".join(piece for _, piece in beside)
    return Draft(
        title=title,
        url=link.url or "",
        date=date,
        doc_no=_doc_no(beside),
        validity=_validity(beside, title),
        sticky=sticky or _sticky(row, flat),
        inner=inner,
        attributed=bool(link.title),
        letter=letter_in_row(beside),
    )


def _doc_no(beside: Sequence[tuple[str, str]]) -> str | None:
    """The document's own number: a piece of text that is hardly more than it (a summary may quote others)."""
    for _, text in beside:
        found = DOC_NO.search(text) if len(text) <= 60 else None
        if found and len(text) - len(found.group()) <= 8:
            return clean(found.group())
    return None


def _title_text(link: Link) -> tuple[str, list[tuple[str, str]]]:
    """The title inside a link, and the other pieces of text in it (date, summary, category)."""
    element = link.element
    if len(element) == 0:
        return clean(element.text) or link.title, []
    named = _named_title(element)
    if named is not None:
        inside = list(named.iter())
        rest = [("", text) for node, text in pieces(element) if node not in inside]
        title, beside = _parted(named)
        return title or clean("".join(text for _, text in pieces(named))), rest + beside
    title, beside = _parted(element)
    return (title, beside) if title else (link.title or link.text, beside)


def _parted(element: HtmlElement) -> tuple[str, list[tuple[str, str]]]:
    """The text under an element without dates and marks in elements of their own, and those."""
    kept: list[str] = []
    beside: list[tuple[str, str]] = []
    for node, text in pieces(element):
        names = node.get("class") or ""
        if node is not element and (looks_dated(text, strict=True) or _BESIDE_CLASS.search(names[:200])):
            beside.append(("", text))
        else:
            kept.append(text)
    return clean("".join(kept)), beside


def _named_title(element: HtmlElement) -> HtmlElement | None:
    for node in element.iterdescendants():
        if not isinstance(node.tag, str):
            continue
        names = (node.get("class") or "")[:200]
        if (
            (node.tag in _HEADINGS or _TITLE_CLASS.search(names))
            and not _BESIDE_CLASS.search(names)
            and clean("".join(t for _, t in pieces(node)))
        ):
            return node
    return None


def _full_title(text: str, attribute: str) -> str:
    """The `title` attribute where the text is cut or a part of it; else the text."""
    if not attribute or not text:
        return text or attribute
    head = _CUT.sub("", text)
    if len(attribute) >= len(head) and attribute.replace(" ", "").startswith(head.replace(" ", "")):
        return attribute
    return text


def _is_date_or_part(text: str) -> bool:
    """Whether a piece inside a link is a date or could be part of one; a sentence with a date in it is neither."""
    return looks_dated(text, strict=True) if FULL.search(text) else len(text.strip()) <= 12


def _date_in_title(text: str) -> tuple[str, dt.date] | None:
    """A date set apart at the end or the start of a link's own text, and the text without it: 标题 [2017-05-03]."""
    found = _DATE_END.match(text) or _DATE_START.match(text)
    if not found:
        return None
    at_end = found.re is _DATE_END
    if at_end and "年" in text[found.start(2) :] and "[" not in text and "【" not in text:
        return None
    day = find_full(text[found.start(2) :] if at_end else text)
    rest = found.group(1) if at_end else found.group(found.re.groups)
    return (rest.strip(), day) if day else None


def _unmark(title: str) -> tuple[str, bool]:
    bare = _STICKY.sub("", title)
    stripped = _BULLET.sub("", bare).strip()
    return stripped or bare, bare != title


def _sticky(row: Row, flat: str) -> bool:
    if "置顶" in flat[:300]:
        return True
    for node in row.nodes:
        if _STICKY_CLASS.search((node.get("class") or "")[:200]):
            return True
        if any("置顶" in (image.get("alt") or image.get("title") or "") for image in node.iter("img")):
            return True
    return False


def _beside(row: Row, link: Link) -> list[tuple[str, str]]:
    """The row's pieces of text outside its title's link, each with its table column's heading."""
    found: list[tuple[str, str]] = []
    inside = set(link.element.iter())
    for node in row.nodes:
        cells = _cells(node) if row.headers else []
        for element, text in pieces(node, with_tail=node.tag not in ("li", "tr")):
            tail = element if element not in inside else None
            if tail is None:
                continue
            found.append((_header(element, cells, row.headers), clean(text)))
            if len(found) > 200:
                return found
    return found


def _cells(node: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in node if cell.tag in ("td", "th")]


def _header(element: HtmlElement, cells: Sequence[HtmlElement], headers: Sequence[str]) -> str:
    if not cells:
        return ""
    node: HtmlElement | None = element
    for _ in range(8):
        if node is None or node.getparent() is None or node.tag in ("tr", "table"):
            return ""
        if node in cells:
            index = cells.index(node)
            return headers[index] if index < len(headers) else ""
        node = node.getparent()
    return ""


def _validity(beside: Sequence[tuple[str, str]], title: str) -> str | None:
    void = _VOID_TITLE.search(title)
    if void:
        return void.group(1) or void.group(2)
    for _, text in beside:
        found = _VALID.fullmatch(text.strip("[]()（）【】 ")) if len(text) <= 24 else None
        if found:
            return found.group(1)
    return None


def items(rows: Sequence[Draft]) -> tuple[ListItem, ...]:
    """List items from rows in page order: years settled, doubles (mobile copies) dropped, leading rows that
    are older than what follows marked as sticky."""
    rows = _inner_dates(rows)
    days = settle_years([row.date for row in rows], [row.url for row in rows])
    seen: set[tuple[str, str, dt.date | None]] = set()
    kept: list[tuple[Draft, dt.date | None]] = []
    for row, day in zip(rows, days, strict=True):
        key = (row.title, row.url, day)
        if row.url and key in seen:
            continue
        seen.add(key)
        kept.append((row, day))
    lead = _sticky_lead([day for _, day in kept])
    cut = _cut([row for row, _ in kept])
    return tuple(
        ListItem(
            row.title, row.url, day, row.doc_no, row.validity, row.sticky or index < lead, index in cut, row.letter
        )
        for index, (row, day) in enumerate(kept)
    )


def _cut(rows: Sequence[Draft]) -> frozenset[int]:
    """The rows whose titles end with an ellipsis, and those that a fixed width cut. A `title` attribute beside the
    text proves that the template has room for whole titles."""
    shown = frozenset(index for index, row in enumerate(rows) if ELLIPSIS.search(row.title))
    bare = [index for index, row in enumerate(rows) if not row.attributed and index not in shown]
    return shown | {bare[place] for place in cut_rows([rows[index].title for index in bare])}


def _inner_dates(rows: Sequence[Draft]) -> Sequence[Draft]:
    """Dates in the links' own texts count where most rows have one; else they belong to the titles."""
    if sum(row.inner is not None for row in rows) * 10 < len(rows) * 6:
        return rows
    return [
        replace(row, title=_unmark(row.inner[0])[0], date=RowDate(day=row.inner[1])) if row.inner else row
        for row in rows
    ]


_LONGEST_LEAD: Final = 5  # more rows on top than this are no sticky notes but an unsorted list


def _sticky_lead(days: Sequence[dt.date | None]) -> int:
    """How many leading rows are older than the row after them, in a list that is sorted from there on."""
    for lead in range(1, min(_LONGEST_LEAD, len(days) - 3) + 1):
        rest = [day for day in days[lead:] if day]
        head = [day for day in days[:lead] if day]
        if (
            len(head) == lead
            and len(rest) >= 3
            and all(a >= b for a, b in itertools.pairwise(rest))
            and max(head) < rest[0]
        ):
            return lead
    return 0


def is_hidden_row(row: Row) -> bool:
    return any(hidden(node) for node in row.nodes)
