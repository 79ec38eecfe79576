"""What an address alone tells: does it lead to an article, a list, a file?"""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

FILE_ENDINGS: Final = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "wps",
        "et",
        "ofd",
        "ppt",
        "pptx",
        "zip",
        "rar",
        "7z",
        "csv",
        "txt",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "mp4",
        "mp3",
        "wmv",
        "apk",
    ]
)
# FIELD-GUIDE 2: the article-address dialects of the families (letters as there).
_ARTICLE = re.compile(
    r"/t\d{8}_\d+\.s?html?$"  # A, TRS
    r"|/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_[0-9a-f_]+\.s?html?$"  # B, Hanweb
    r"|/\d{4}-\d{1,2}/\d{1,2}/(?:content|c)_\d+\.s?html?$"  # C
    r"|/\d{8}/[0-9a-f]{8,}(?:/c)?\.s?html?$"  # D, T
    r"|/web/.{0,300}/\d{12,}/index\.s?html?$"  # E
    r"|/\d{4}/\d{2}/\d{2}/ARTI\d+\.s?html?$"  # F
    r"|/\d{5,9}/index\.s?html?$|/\d{12,}/index\.s?html?$"  # G, H
    r"|/\d{6}/[0-9a-f]{32}\.s?html?$"  # I, UCAP
    r"|/pnidpv\d+\.s?html?$"  # J
    r"|/c\d+/content\.s?html?$|/content\.s?html?$"  # K
    r"|/article/\d+/[0-9a-f]{8,}$|/xiangqing/\d+\.html$"  # L, N
    r"|/\d{4}-\d{2}-\d{2}/\d+\.s?html?$"  # O, Empire
    r"|/\d{4}/\d{4}/\d+\.s?html?$|/\d{8}/\d+\.s?html?$"  # P, Q
    r"|/\d{4}/\d{1,2}/\d{1,2}/[0-9a-f]{32}\.s?html?$"  # R
    r"|/\d{6}/\d{2}/[0-9a-f-]{30,}\.html$"  # S
    r"|/content/(?:9/\d+/)?m?post_\d+\.html?$|/(?:m?post|content)_\d+\.s?html?$"  # NFCMS, gkmlpt, gov.cn
    r"|/info/\d+/\d+\.htm$"  # VSB
    r"|/\d{8}/[0-9a-f]{8}-[0-9a-f-]{9,}\.html$"  # Epoint
    r"|/doc/\d{4}/\d{2}/\d{2}/\d+\.shtml$",
    re.IGNORECASE,
)
_LIST_NAME = re.compile(
    r"^(?:(?:common_)?x?list|index|default|home|more|node|channel|column|col)[_\d-]*(?:\.\w{2,5})?$", re.I
)
_LIST_PATH = re.compile(
    r"/col/col\d+(?:/index\.html)?$|_moreinfo\.html$|/list(?:_\d+){1,2}\.\w+$|/gengduo/\d+\.html$", re.I
)
_ID = re.compile(r"\d{4,}|[0-9a-f]{16,}", re.I)
_ID_QUERY = re.compile(r"(?:^|&)(?:\w{0,12}id|record|no)=[\w-]{1,64}(?:&|$)", re.I)
# list.asp?classid=31: what names the column names no article
_CLASS_QUERY = re.compile(
    r"(?:^|&)(?:big|small|sub|parent|n)?(?:class|sort|type|cat|category|menu|column|channel|col|lm)_?id=[\w-]{1,64}",
    re.I,
)
_LIST_QUERY = re.compile(
    r"(?:^|&)(?:page|pageno|pagenum|pageindex|currentpage|cur_page|channelid|cat_?id|col(?:umn)?_?id|node_?id)=", re.I
)

# PHPCMS and its kin: show-12-31-1.html, index.php?m=content&c=index&a=show&catid=12&id=31
_SHOW_NAME = re.compile(r"^(?:show|view|detail|article|news|info|content|read)[_-]\d+(?:[_-]\d+)*\.\w{2,6}$", re.I)
_SHOW_QUERY = re.compile(r"(?:^|&)(?:a|act|action|op)=(?:show|view|detail|read|article)(?:&|$)", re.I)

_KEPT: Final = 4_096  # answers kept of each question: every reader of a page asks about its links


def _parts(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.path, parts.query


def ending(url: str) -> str:
    """The file ending in lower case, or ""."""
    name = _parts(url)[0].rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


@lru_cache(maxsize=_KEPT)
def is_file(url: str) -> bool:
    return ending(url) in FILE_ENDINGS


@lru_cache(maxsize=_KEPT)
def is_known_article(url: str) -> bool:
    """One of the families' article dialects."""
    return bool(_ARTICLE.search(_parts(url)[0]))


def is_node(url: str) -> bool:
    """/<digits>/index.html: an article on some Beijing sites (G, H), a column on those of the customs and the central
    bank (FIELD-GUIDE 3.10)."""
    return bool(re.search(r"/\d{5,}/index\.s?html?$", _parts(url)[0], re.IGNORECASE))


@lru_cache(maxsize=_KEPT)
def is_list(url: str) -> bool:
    """A column or a front page, as far as the address tells."""
    path, query = _parts(url)
    if not url.startswith("http") or _ARTICLE.search(path) or _SHOW_QUERY.search(query):
        return False
    name = path.rsplit("/", 1)[-1]
    return bool(not name and not query) or bool(
        _LIST_PATH.search(path)
        or _LIST_QUERY.search(query)
        or (_LIST_NAME.match(name) and not _ID_QUERY.search(_CLASS_QUERY.sub("", query)))
    )


def is_front(url: str) -> bool:
    """The root of a site or its index page."""
    path, query = _parts(url)
    return (
        url.startswith("http")
        and not query
        and bool(re.fullmatch(r"/?(?:(?:index|default|home|main)\.\w{2,5})?", path, re.I))
    )


@lru_cache(maxsize=_KEPT)
def may_be_article(url: str) -> bool:
    """An article dialect, a file, or an address that carries an id."""
    path, query = _parts(url)
    if _ARTICLE.search(path) or is_file(url):
        return True
    if _SHOW_NAME.match(path.rsplit("/", 1)[-1]) or _SHOW_QUERY.search(query):
        return True
    if is_list(url):
        return False
    return bool(
        _ID.search(path.rsplit("/", 1)[-1]) or _ID_QUERY.search(query) or re.search(r"/\d+(?:\.\w{2,5})?$", path)
    )


def same_page(first: str, second: str) -> bool:
    """Whether two addresses name the same page, /x/, /x/index.html and fragments being the same."""
    return _bare(first) == _bare(second)


@lru_cache(maxsize=_KEPT)
def _bare(url: str) -> str:
    plain = url.split("#", 1)[0]
    plain = re.sub(r"^https?://", "", plain)
    return re.sub(r"/(?:index|default)\.\w{2,5}$", "/", plain).rstrip("/")
