"""What is one saved page: an article, a list, a front page, or none of these? Then read it.

The single entry for one page at a time. The traps are those of the field guide: articles with side boxes full
of links, lists with summaries, channel fronts with several blocks, block pages that answer 200.
"""

import re
from collections.abc import Mapping
from typing import Final

from lxml.html import HtmlElement

from db.facts import FetchOutcome
from spiders import addresses
from spiders.articles import read_article
from spiders.columns import column_links
from spiders.document import Document
from spiders.interfaces import interfaces_of, read_interface
from spiders.jpage import records
from spiders.jsonrows import parse_json
from spiders.lists import FoundList, find_list
from spiders.nothing import says_nothing
from spiders.outcome import classify
from spiders.outline import Outline, outline, pieces
from spiders.pager import find_pager, script_text
from spiders.recognise import family_of, reader, recognise
from spiders.records import Article, ListPage, Page, PageKind
from spiders.visible import view

# Containers of article bodies, as the families write them (FIELD-GUIDE 3).
_BODY_MARKS: Final = (
    *("<UCAPCONTENT>", "UCAP-CONTENT", "TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "vsb_content"),
    *("v_news_content", 'id="zoom', 'id="Zoom', "id='zoom", 'id="fontzoom', 'id="ivs_content', 'id="BodyLabel'),
    *("news_cont_d_wrap", "nfw-cms-attachment", "article_content", "article-content", "article_con", "articleBox"),
    *("artile_zw", "bt-content", "DETAIL:", '"DETAIL"', "pages_content", "art-con"),
)
_DATE_LINE = re.compile(
    r"(?:发布|发文|公开|更新|信息发布)?(?:日期|时间)\s*[:：]\s*\d{4}|(?:信息|文章)?来\s*源\s*[:：]|索\s*引\s*号|发布机构|浏览次数|点击数|字体\s*[:：【\[]"
)
# Rows of an article's index table; a list's heading row has no colons.
_INDEX_ROW = re.compile(r"(索\s*引\s*号|发文字号|文\s*号|成文日期|生成日期|发文机[关构]|主题分类|标\s*题)\s*[:：]")
_INDEX_ROWS: Final = 3
_NEIGHBOURS = re.compile(r"[上下]一[篇条](?:文章|信息|新闻)?\s*[:：]")
_LONG_PIECE: Final = 25  # characters of one piece of text that is no link: prose
_MUCH_PROSE: Final = 200
_DOUBTFUL: Final = 2.0  # signs of an article that need no further witness
_FEW_ROWS: Final = 3
_SIDE_ROWS: Final = 6  # rows of a side box beside an article, at most


def read_page(
    body: bytes, url: str, charset: str | None = None, platform: str = "auto", kind: PageKind | None = None
) -> Page:
    """All that one saved page says. `kind` forces how it is read. Never raises."""
    document = Document.from_bytes(body, url, charset)
    marks = recognise(document)
    name = family_of(marks) if platform in ("", "auto") else platform
    platform_reader = reader(name)
    blocked = kind is None and classify(200, {}, body, url) is not FetchOutcome.OK
    chosen = PageKind.OTHER if blocked else kind or kind_of(document)
    article: Article | None = None
    listing: ListPage | None = None
    if chosen is PageKind.ARTICLE:
        article = platform_reader.read_article(document)
    elif chosen is PageKind.LIST:
        listing = platform_reader.read_list(document)
    columns = tuple(platform_reader.columns(document)) if chosen in (PageKind.HOME, PageKind.LIST) else ()
    return Page(url, chosen, name, marks, article, listing, columns)


def kind_of(document: Document) -> PageKind:
    """What kind of page this is, told from its metas, address, rows, pager and prose."""
    data = parse_json(document.text)
    if data is not None:
        return _kind_of_json(document, data)
    page = outline(document)
    metas = _metas(document)
    if not page.links and not metas and len(document.text) < 40:
        return PageKind.OTHER
    found = find_list(document)
    article = _article_signs(document, page, metas, found)
    listing = _list_signs(document, page, metas, found)
    if _is_front(document, page, found, article, listing):
        return PageKind.HOME
    if max(article, listing) < 2:
        if article >= max(listing, 1.5):
            return PageKind.ARTICLE
        return PageKind.HOME if len(column_links(document)) >= 8 and article < 1 else PageKind.OTHER
    return PageKind.ARTICLE if article >= listing else PageKind.LIST


def _kind_of_json(document: Document, data: object) -> PageKind:
    listing = read_interface(document)
    if listing is not None and (listing.items or listing.total is not None or listing.next):
        return PageKind.LIST
    text = document.text
    if isinstance(data, dict) and re.search(r'"(?:docClob|content|docSubtitle)"\s*:\s*"', text):
        return PageKind.ARTICLE
    return PageKind.OTHER


def _metas(document: Document) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for meta in document.tree.iter("meta"):
        name = (meta.get("name") or "").strip().lower()
        if name and (meta.get("content") or "").strip():
            found.setdefault(name, meta.get("content", "").strip())
    return found


def _article_signs(document: Document, page: Outline, metas: Mapping[str, str], found: FoundList) -> float:
    """Signs of an article. A meta title or date is written for articles only (guidelines on government sites)."""
    signs = 3.0 * ("articletitle" in metas) + 2.0 * bool(
        {"pubdate", "publishdate", "firstpublishedtime"} & metas.keys()
    )
    signs += (1.0 if addresses.is_node(document.url) else 3.0) * addresses.is_known_article(document.url)
    signs += 0.5 * (addresses.may_be_article(document.url) and not addresses.is_known_article(document.url))
    signs += 2.0 * any(mark in document.text for mark in _BODY_MARKS)
    body = document.tree.find("body")
    prose, dated = _prose(document.tree if body is None else body)
    indexed = ["".join(found.split()) for found in _INDEX_ROW.findall(document.text)]
    once = len(indexed) <= 2 * len(set(indexed))  # a list may bear such a table for each of its rows
    signs += 1.5 * (len(set(indexed)) >= _INDEX_ROWS and once)
    signs += 2.0 * (prose >= _MUCH_PROSE) + 1.0 * (prose >= 5 * _MUCH_PROSE)
    dated = dated or (signs < _DOUBTFUL and _has_date_line(document))
    return signs + 1.5 * dated + 1.5 * bool(_NEIGHBOURS.search(document.text))


def _has_date_line(document: Document) -> bool:
    """Whether a visible line names date or source, in however many elements: <span>发布时间</span>：<em>2023-05-10."""
    return any(
        len(line.text) < 200 and _DATE_LINE.search(line.plain) for line in view(document).lines if not line.frame
    )


def _prose(body: HtmlElement) -> tuple[int, bool]:
    """Characters of running text outside links, and whether a date or source line stands on the page."""
    count, dated = 0, False
    for node, text in pieces(body):
        bare = text.strip()
        dated = dated or (len(bare) < 200 and bool(_DATE_LINE.search(bare)))
        if (
            len(bare) >= _LONG_PIECE
            and node.tag != "a"
            and not any(up.tag == "a" for up in (node.getparent(),) if up is not None)
        ):
            count += len(bare)
    return count, dated


def _list_signs(document: Document, page: Outline, metas: Mapping[str, str], found: FoundList) -> float:
    """Signs of a list: dated rows in the page's body, a pager, a column's address and metas."""
    rows = len(found.items) if found.weight >= 0.5 else 0
    signs = 0.0
    if rows >= _FEW_ROWS:
        signs += 3.0 * (found.dated >= 0.5) + 1.0 * (found.dated < 0.5) + 1.5 * (rows >= 8)
    elif rows:
        signs += 1.5 if found.dated >= 0.5 else 1.0 * (found.article_like >= 0.9)
    elif says_nothing(document):
        signs += 1.5
    pager = find_pager(document)
    signs += 2.5 * bool(pager.next or pager.more or (pager.pages or 0) > 1) + 1.0 * (pager.pages == 1)
    signs += 1.0 * (addresses.is_list(document.url) and not addresses.is_front(document.url))
    signs += 1.5 * ("columnname" in metas and "articletitle" not in metas)
    embedded = bool(interfaces_of(document) and not rows) or (
        "<record>" in document.text and bool(records(document.text))
    )
    return signs + 4.0 * embedded + 2.0 * ("pageChnlInfo" in script_text(document))


def _is_front(document: Document, page: Outline, found: FoundList, article: float, listing: float) -> bool:
    """A home or channel page: the site's root, or several blocks side by side and no pager."""
    if re.search(r"\bTREE['\"]?\s*:\s*\[", document.text) and "_CONFIG" in document.text:
        return article < 4
    pager = find_pager(document)
    if addresses.is_front(document.url) and article < 5 and not _reads_as_article(document, found, article):
        only = found.blocks == 0 and found.dated >= 0.9 and len(found.items) >= _FEW_ROWS and bool(pager.next)
        return len(page.links) >= 8 and listing < 6 and not only
    scattered = found.is_scattered and not (pager.next or pager.more or pager.pages)
    return article < 3 and len(page.links) >= 25 and (scattered or (found.blocks >= 3 and listing < 5))


def _reads_as_article(document: Document, found: FoundList, article: float) -> bool:
    """Whether what stands at a site's root is an article all the same (a saved page whose address was lost): prose and
    a date line, a title with its visible date, and no lists side by side as on a home page."""
    if article < 3.5 or found.blocks >= 2 or (len(found.items) > _SIDE_ROWS and found.weight >= 0.5):
        return False
    read = read_article(document)
    return read.title is not None and read.visible_date is not None
