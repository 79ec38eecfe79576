"""Where is the article's own text, and which files hang on it?

The families' containers first (FIELD-GUIDE 3), else the element in which most of the page's unlinked text stands.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from lxml.html import HtmlElement

from spiders.document import Document, first_text
from spiders.records import Attachment
from spiders.visible import Line, View, plain, roots, view

# Class names and ids of text containers: families of FIELD-GUIDE 3.1-3.11 and the pages of the corpus.
_CONTAINER = re.compile(
    r"(?:^|\s)(?:zoom|zoomcon|fontzoom|vsb_content\w{0,6}|v_news_content|trs_editor|trs_ueditor|trs_editor_view|trs_web|custom_unionstyle"
    r"|ucap-?content|pages_content|article_?-?content(?:_\d+)?|articlecontents?|content_?-?article|news_cont_d_wrap|articlebox|article_?-?con"
    r"|my_conboxzw|my_doccontent|ivs_content|main-txt|bt[-_]content|arti[c]?le_zw|art[-_]con(?:tent)?|art[-_]?body|three_xilan_07|zc_article_con"
    r"|xxgkml-content|tyxxy_main|bodylabel|content-?body|zsy_comain|news_?-?con(?:tent)?(?:_?txt)?|con_?-?text|text_?-?con(?:tent)?|content[-_]?te?xt"
    r"|article[-_]?body|article[-_]?text|article[-_]?main-?con|detail[-_]?con(?:tent)?|info[-_]?con(?:tent)?|xxgk_content|gk_content|view_?con(?:tent)?|wz_?con(?:tent)?"
    r"|ewb-article-con(?:tent)?|ewb-article-info|article-?conca|scroll_cont|j-fontcontent|printcontent|printarea|ql_detailbro_content|h-detail|content-content|zwxl-article|wzcon|news_?-?txt)(?:$|\s)",
    re.IGNORECASE,
)
_CONTAINER_TAGS: Final = frozenset({"ucapcontent", "article"})
_INNER_SHARE: Final = 0.9  # a container inside another is the text proper when it holds nearly all of it
_DESCEND_SHARE: Final = 0.6  # half the text and some: below, the children are paragraphs and not containers
# Lines that end a page and are no text. Words of the corpus's pages.
_TAIL = re.compile(
    r"^[\s【\[〖|]*(?:打印|关闭|返回|分享|扫一扫|收藏|上一[篇条页]|下一[篇条页]|字[体号]|相关(?:链接|文章|新闻|阅读|信息|稿件|政策)|我要纠错|网站纠错|点击|浏览|推荐|保护视力|责任编辑|【?编辑|来源[:：]|附件下载|二维码|视力保护|\[?大|中华人民共和国中央)"
)
_MAX_TAIL: Final = 40  # characters of such a line; a sentence that begins with one of the words is longer
_SENTENCE: Final = 20  # characters
_BOILERPLATE = re.compile(r"版权所有|ICP备|公安?网?备\s?\d|主办单位[:：]|网站标识码|承办单位[:：]|技术支持[:：]")

FILE_TYPES: Final = (
    "pdf",
    "doc",
    "docx",
    "xls",
    "xlsx",
    "wps",
    "et",
    "dps",
    "ofd",
    "ppt",
    "pptx",
    "zip",
    "rar",
    "7z",
    "csv",
    "txt",
    "rtf",
    "ceb",
    "tif",
    "xml",
    "json",
)
_FILE_NAME = re.compile(rf"\.(?:{'|'.join(FILE_TYPES)})$", re.IGNORECASE)
_IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?)$", re.IGNORECASE)
_DOWNLOAD = re.compile(
    r"download\.jsp|downloadattach|downfile|/module/download/|document/download|fileurl=|nfw-cms-attachment|/down(?:load)?\.(?:do|action|aspx|php)|wbfileid=|attachment/download|filedownload",
    re.IGNORECASE,
)
_ATTACHMENT_BLOCK = re.compile(
    r"attach|fujian|fjdown|fj_|_fj|(?:^|[\s_-])fj(?:$|[\s_-])|annex|accessory|tyxxy_fj|xgfj|filelist|file_list|appendix",
    re.IGNORECASE,
)
_FILE_KEYS: Final = ("fileName", "filename", "name", "fileUrl", "fileurl", "file", "path")
MAX_ATTACHMENTS: Final = 300
_MAX_NAME: Final = 200


def body_text(document: Document) -> str:
    """The article's text: paragraphs by lines, data tables by rows (cells by tabs), without navigation."""
    page = view(document)
    return text_of_lines(page, *body_span(page))


def body_span(page: View) -> tuple[int, int]:
    """First line of the article's text and the one behind its last."""
    container = _known_container(page)
    if container is None:
        container = _densest(page)
    return page.spans[container] if container is not None else (0, len(page.lines))


def _sums(page: View) -> list[float]:
    """Running sum of characters outside links, frames and boilerplate. Short lines count a quarter: index
    tables and lists of names are made of them."""
    sums = [0.0]
    for line in page.lines:
        size = len(line.text) - line.linked
        if line.frame or (size < 400 and _BOILERPLATE.search(line.text)):
            size = 0
        sums.append(sums[-1] + (size if size >= _SENTENCE else size / 4))
    return sums


def _known_container(page: View) -> HtmlElement | None:
    sums = _sums(page)
    known: list[tuple[float, HtmlElement]] = []
    for element, (start, end) in page.spans.items():
        if element.tag not in _CONTAINER_TAGS:
            names = f"{element.get('class') or ''} {element.get('id') or ''}"
            if names == " " or not _CONTAINER.search(names[:300]):
                continue
        known.append((sums[end] - sums[start], element))
    known = [each for each in known if each[0] > 0]
    if not known:
        return None
    most = max(weight for weight, _ in known)
    enough = [element for weight, element in known if weight >= most * _INNER_SHARE]
    return min(enough, key=lambda element: page.spans[element][1] - page.spans[element][0])


def _densest(page: View) -> HtmlElement | None:
    sums = _sums(page)
    if not page.spans:
        return None
    current: HtmlElement = max(page.spans, key=lambda element: page.spans[element][1] - page.spans[element][0])
    while True:
        start, end = page.spans[current]
        weight = sums[end] - sums[start]
        heaviest: HtmlElement | None = None
        most = 0.0
        for child in _block_children(page, current):
            start, end = page.spans[child]
            if sums[end] - sums[start] > most:
                heaviest, most = child, sums[end] - sums[start]
        if heaviest is None or most < weight * _DESCEND_SHARE or page.spans[heaviest][1] - page.spans[heaviest][0] < 2:
            return current
        current = heaviest


def _block_children(page: View, element: HtmlElement) -> Iterator[HtmlElement]:
    stack = list(element)
    while stack:
        child = stack.pop()
        if child in page.spans:
            yield child
        elif isinstance(child.tag, str):
            stack.extend(child)


def text_of_lines(page: View, start: int, end: int) -> str:
    """The text of a range of lines; frames and the closing buttons left out."""
    lines = [line for line in page.lines[start:end] if not line.frame]
    while lines and closes(lines[-1]):
        lines.pop()
    layout = _layout_rows(lines)
    rows: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if line.row is None or line.cell is None or line.row in layout:
            rows.append(line.plain)
            position += 1
            continue
        behind = position
        while behind < len(lines) and lines[behind].row is line.row:
            behind += 1
        rows.append(_row_text(lines[position:behind]))
        position = behind
    return "\n".join(row for row in rows if row.strip())


def closes(line: Line) -> bool:
    text = line.plain
    return not text or (len(text) <= _MAX_TAIL and bool(_TAIL.match(text))) or bool(_BOILERPLATE.search(text[:300]))


def _layout_rows(lines: Sequence[Line]) -> set[HtmlElement]:
    """Rows that only place things: those of one cell, and those around further tables."""
    cells: dict[HtmlElement, set[HtmlElement]] = {}
    for line in lines:
        if line.row is not None and line.cell is not None:
            cells.setdefault(line.row, set()).add(line.cell)
    layout = {row for row, own in cells.items() if len(own) == 1}
    for row in cells:
        outer = row.getparent()
        while outer is not None:
            if outer in cells:
                layout.add(outer)
                break
            outer = outer.getparent()
    return layout


def _row_text(lines: Sequence[Line]) -> str:
    cells: list[list[str]] = []
    before: HtmlElement | None = None
    for line in lines:
        if line.cell is not before or not cells:
            cells.append([])
            before = line.cell
        if line.text:
            cells[-1].append(line.plain)
    return "\t".join(" ".join(cell) for cell in cells).rstrip("\t")


# --- attachments -----------------------------------------------------------------------------------------------


def attachments(document: Document, page: View | None = None) -> tuple[Attachment, ...]:
    """The files that the article offers, in the page's order, each once. Never those of header and footer."""
    found: dict[str, Attachment] = {}
    frames = _frame_elements(page if page is not None else view(document))
    for element in chain.from_iterable(root.iter("a", "iframe", "embed", "object") for root in roots(document)):
        attachment = _attachment(document, element)
        if attachment and attachment.url not in found and not _inside(element, frames):
            found[attachment.url] = attachment
            if len(found) >= MAX_ATTACHMENTS:
                break
    return tuple(found.values())


def _frame_elements(page: View) -> set[HtmlElement]:
    """Elements that are frames as a whole."""
    bare = list(accumulate((not line.frame for line in page.lines), initial=0))  # lines outside frames, up to each
    return {
        element
        for element, (start, end) in page.spans.items()
        if end > start and element.tag not in ("td", "tr", "p") and bare[start] == bare[end]
    }


def _inside(element: HtmlElement, frames: set[HtmlElement]) -> bool:
    return any(outer in frames for outer in element.iterancestors())


def _attachment(document: Document, element: HtmlElement) -> Attachment | None:
    if element.tag != "a":
        return _embedded(document, element)
    address = document.link(element)
    if address is None:
        return None
    marked = "nfw-cms-attachment" in (element.get("class") or "") or bool(_DOWNLOAD.search(address))
    name = _name(element, address)
    path = urlsplit(address).path
    if (
        marked
        or _FILE_NAME.search(path)
        or (_FILE_NAME.search(name) and not path.lower().endswith(("html", "htm", "shtml")))
    ):
        return Attachment(name, address)
    if _IMAGE_NAME.search(path) and any(_ATTACHMENT_BLOCK.search(_names(outer)) for outer in _ancestors(element, 4)):
        return Attachment(name, address)
    return None


def _ancestors(element: HtmlElement, count: int) -> Iterator[HtmlElement]:
    for outer, _ in zip(element.iterancestors(), range(count), strict=False):
        yield outer


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:200]


def _embedded(document: Document, element: HtmlElement) -> Attachment | None:
    """A document shown in a frame: its own address, or the `file=` of a viewer."""
    address = document.absolute(element.get("src") or element.get("data") or "")
    if address is None:
        return None
    parts = urlsplit(address)
    inner = _query_value(parts.query, ("file", "url", "src"))
    if inner and _FILE_NAME.search(_path(inner)):
        address = document.absolute(inner) or address
    if not _FILE_NAME.search(urlsplit(address).path) or address.endswith((".xml", ".json", ".txt")):
        return None
    return Attachment(_last_segment(address), address)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _name(element: HtmlElement, address: str) -> str:
    """The file's real name: the first of alt, title, text and the address's own file name that ends like a
    file; else the first of them that says anything."""
    text = plain(first_text(element, 1000))
    parts = urlsplit(address)
    given = [plain(element.get(key) or "") for key in ("alt", "title", "download", "textvalue")] + [text]
    given.append(_query_value(parts.query, _FILE_KEYS).rsplit("/", 1)[-1])
    cleaned = [value[:_MAX_NAME] for value in given if value and not value.startswith(("http:", "https:"))]
    for value in cleaned:
        if _FILE_NAME.search(value) or _IMAGE_NAME.search(value):
            return value
    if text:
        return text[:_MAX_NAME]
    return cleaned[0] if cleaned else _last_segment(address)


def _last_segment(address: str) -> str:
    return unquote(_path(address).rstrip("/").rsplit("/", 1)[-1])[:_MAX_NAME] or address[:_MAX_NAME]


def _query_value(query: str, keys: Sequence[str]) -> str:
    if not query:
        return ""
    try:
        values = parse_qs(query[:4000], max_num_fields=50)
    except ValueError:
        return ""
    return next((values[key][0] for key in keys if key in values), "")
