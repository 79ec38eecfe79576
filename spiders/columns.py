"""Which links of a page lead to columns, and which of them is the column that somebody means?"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from lxml.html import HtmlElement
from ruamel.yaml import YAML

from spiders import addresses
from spiders.document import Document
from spiders.outline import Link, clean, outline, pieces
from spiders.records import ColumnLink, PageRequest
from spiders.rows import is_pager_word

MAX_NAME: Final = 24  # characters; the longest column name seen has 19
_MORE = re.compile(
    r"[\[【(（<《]*(?:查看|浏览)?(?:更多|more|全部|详细|进入(?:栏目|专栏)?)(?:信息|内容|>)*[>》›»…+.\])】）]*|[>》›»]{1,3}|\+{1,2}|…|\.{3}",
    re.I,
)
_MORE_TAIL = re.compile(r"(?:[\[【(（<]?(?:更多|more)[>》›»+.\])】）]*|[>》›»]{1,3}|\[\+\])$", re.I)
# Links of every page that are no columns.
_FURNITURE = re.compile(
    r"(?:网站|本站|返回)?首页|主页|返回(?:顶部|上[页级])?|登录|注册|登录注册|退出|个人中心|无障碍(?:阅读|浏览)?|长者(?:版|模式|助手)|适老化|关怀版|english|en|繁体(?:版|中文)?|简体(?:版)?|rss(?:订阅)?|设为首页|加入收藏|收藏本站"
    r"|手机版|移动版|微信|微博|客户端|联系我们|关于我们|网站声明|版权声明|隐私(?:声明|保护)|帮助(?:中心)?|搜索|高级搜索|打印|关闭|分享|智能(?:问答|机器人|客服)|ipv6|.*公网安备.*|.*icp备.*|标识码.*|网站标识码.*|主办单位.*|技术支持.*",
    re.I,
)
_NAV_CLASS = re.compile(r"nav|menu|channel|lanmu|daohang|dh(?:$|[\s_-])", re.I)
_TREE_CLASS = re.compile(r"tree|sitemap|(?:^|[\s_-])map|mulu|catalog|directory|xxgkml|gkml|wzdt|zdgk|gklist", re.I)
_HEAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:title|tit|til|hd|head|heading|bt|name|lm|column|caption|tab)(?:$|[\s_-]|\d)|tit(?:le)?$|til$", re.I
)
_DIRECTORY_NAME = re.compile(
    r"网站地图|站点地图|信息公开目录|公开目录|法定主动公开内容|主动公开目录|政府信息公开$|信息公开专栏|政务公开专栏"
)


_ENTRANCE = re.compile(r"(?:点击|点此|请)?进入.{0,12}|(?:简体)?中文(?:版|网站)?|网站首页|enter(?:site)?|skip", re.I)
_SPLASH_LINKS: Final = 6  # a page in front of the home page has an entrance, a foreign language and the licence numbers
MAX_FRAMES: Final = 4  # head, menu, body and foot


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A link that may be the wanted column. `score` is 1 for the same name and falls with the likeness."""

    wanted: str
    link: ColumnLink
    score: float
    why: str


def column_name(text: str) -> str:
    """A link's text as a column's name: NFKC, no blanks, no 更多>> behind it."""
    return _column_name(text[:200])


@lru_cache(maxsize=4_096)  # navigation repeats on all pages of a site
def _column_name(text: str) -> str:
    name = "".join(unicodedata.normalize("NFKC", text).split())
    name = re.sub("[\u200b-\u200f\ufeff]", "", name)
    return _MORE_TAIL.sub("", name).strip("·•|:-—>»[]【】()") if not _MORE.fullmatch(name) else ""


def column_links(document: Document) -> list[ColumnLink]:
    """Links of a page that may lead to columns, in page order, each name and address once. Never raises."""
    page = outline(document)
    found: dict[tuple[str, str], ColumnLink] = {}
    for link in page.links:
        if not link.url or not link.url.startswith(("http://", "https://")):
            continue
        column = _more_column(link) or _named_column(link)
        if column is not None:
            found.setdefault((column.name, column.url), column)
    return list(found.values())


def _more_column(link: Link) -> ColumnLink | None:
    """A block's 更多: the block's heading names the column."""
    text = "".join(unicodedata.normalize("NFKC", link.text or _image_text(link.element) or link.title).split())
    if not text or len(text) > 12 or not _MORE.fullmatch(text) or link.url is None:
        return None
    own = column_name(link.title)
    name = own if own and own != text else _block_heading(link.element)
    return ColumnLink(name, link.url, "block") if name and len(name) <= MAX_NAME and not is_pager_word(name) else None


def _block_heading(more: HtmlElement) -> str:
    """The heading of the block that a 更多 belongs to: the nearest heading or short text before it, at most five
    levels up."""
    node = more
    for _ in range(5):
        parent = node.getparent()
        if parent is None or parent.tag == "body":
            return ""
        before = islice((child for child in node.itersiblings(preceding=True) if isinstance(child.tag, str)), 6)
        own = column_name(parent.text or "") if len(parent.text or "") < 60 else ""
        for child in before:
            name = _heading_text(child)
            if name:
                return name
        if 2 <= len(own) <= MAX_NAME:
            return own
        node = parent
    return ""


def _heading_text(element: HtmlElement) -> str:
    """The short text of a heading-like element; of several tabs the last."""
    heads = [element, *element.iterdescendants()] if len(element) <= 12 else []
    for head in heads[:60]:
        if not isinstance(head.tag, str):
            continue
        if head.tag in ("h1", "h2", "h3", "h4", "h5", "h6") or _HEAD_CLASS.search((head.get("class") or "")[:200]):
            name = column_name(clean("".join(text for _, text in pieces(head)))[:60])
            if 2 <= len(name) <= MAX_NAME:
                return name
    texts = [text for _, text in pieces(element)][:4]
    name = column_name("".join(texts)) if len(texts) <= 3 else ""
    return name if 2 <= len(name) <= MAX_NAME and not re.fullmatch(r"[\d.:/-]+", name) else ""


def _image_text(element: HtmlElement) -> str:
    image = next(element.iter("img"), None)
    return clean(image.get("alt") or image.get("title")) if image is not None else ""


def _named_column(link: Link) -> ColumnLink | None:
    name = column_name(link.text or _image_text(link.element) or link.title)
    url = link.url
    if url is None or not 2 <= len(name) <= MAX_NAME or _FURNITURE.fullmatch(name) or is_pager_word(name):
        return None
    if addresses.is_file(url) or re.fullmatch(r"[\d年月日.:/-]+", name):
        return None
    where = _where(link.element)
    if where == "link" and (addresses.is_known_article(url) or (addresses.may_be_article(url) and len(name) > 10)):
        return None
    return ColumnLink(name, url, where)


def _where(element: HtmlElement) -> str:
    for node, _ in zip(element.iterancestors(), range(8), strict=False):
        if node.tag == "nav":
            return "nav"
        names = f"{node.get('class') or ''} {node.get('id') or ''}"[:200]
        if _TREE_CLASS.search(names):
            return "directory"
        if _NAV_CLASS.search(names):
            return "nav"
    return "link"


def directory_links(document: Document) -> list[PageRequest]:
    """Pages that list a site's columns: site map, disclosure directory, the frames of a page that is nothing but
    frames, the home page behind a splash page. At most six."""
    page = outline(document)
    found: dict[str, PageRequest] = {}
    for url in _frames(document):
        found.setdefault(url, PageRequest(url))
    is_splash = len(page.links) <= _SPLASH_LINKS
    for link in page.links:
        name = column_name(link.text or _image_text(link.element) or link.title)
        leads_on = _DIRECTORY_NAME.search(name) or (is_splash and _ENTRANCE.fullmatch(name))
        if link.url and len(name) <= 16 and leads_on and link.url.startswith("http"):
            found.setdefault(link.url, PageRequest(link.url))
    return list(found.values())[:6]


def _frames(document: Document) -> list[str]:
    frames = islice(document.tree.iter("frame"), MAX_FRAMES)
    return [url for frame in frames if (url := document.absolute(frame.get("src") or "")) and url.startswith("http")]


# --- matching -----------------------------------------------------------------------------------------------

MATCHED: Final = 0.55  # below, names share a word at most (行政处罚 / 行政许可: 0.27)
MAX_MATCHES: Final = 5
_FILLER = re.compile(
    r"重点领域|政府信息|信息公开|政务公开|主动公开|信息|公开|专栏|专题|栏目|专区|情况|工作|平台|公示|公告栏|列表|目录|本级|相关|有关|类|及|和|与|、|的"
)
_PLACES: Final = {"nav": 0, "block": 1, "directory": 2, "sites": 0, "link": 3}


def match_columns(wanted: Sequence[str], found: Sequence[ColumnLink]) -> list[ColumnMatch]:
    """The likeliest links for each wanted column name, in the order of `wanted` and best first; at most five a
    name, none below the threshold. Same input, same output."""
    matches: list[ColumnMatch] = []
    for name in wanted:
        rated = []
        for index, link in enumerate(found):
            score, why = likeness(name, link.name)
            if score >= MATCHED:
                rated.append((-score, _PLACES.get(link.where, 3), index, ColumnMatch(name, link, score, why)))
        rated.sort(key=lambda entry: entry[:3])
        matches.extend(entry[3] for entry in rated[:MAX_MATCHES])
    return matches


@cache
def _related_groups() -> tuple[tuple[str, ...], ...]:
    groups = YAML(typ="safe", pure=True).load(Path(__file__).with_name("related_columns.yaml").read_text("utf-8"))
    return tuple(tuple(str(name) for name in group) for group in groups)


def related_names(wanted: str) -> tuple[str, ...]:
    """Other names under which portals keep what belongs in a column of this name."""
    core = _core(_plain(wanted))
    for group in _related_groups():
        if any(_core(_plain(name)) == core for name in group):
            return tuple(name for name in group if name != wanted)
    return ()


def likeness(wanted: str, found: str) -> tuple[float, str]:
    """How alike two column names are, from 0 to 1, and why: same name; same core (财政 of 财政信息公开); one core
    holds the other; shared pairs of characters."""
    first, second = _plain(wanted), _plain(found)
    if not first or not second:
        return 0.0, "no name"
    if first == second:
        return 1.0, "same name"
    core, other = _core(first), _core(second)
    if core == other:
        return 0.94, "same core"
    short, long = sorted((core, other), key=len)
    if len(short) >= 2 and short in long:
        return round(0.76 + 0.16 * len(short) / len(long), 3), "one name holds the other"
    short, long = sorted((first, second), key=len)
    if len(short) >= 3 and short in long:
        return round(0.7 + 0.2 * len(short) / len(long), 3), "one name holds the other"
    shared = max(_dice(first, second), _dice(core, other))
    return round(0.8 * shared, 3), "shared characters"


@lru_cache(maxsize=20_000)
def _plain(name: str) -> str:
    return "".join(re.findall(r"\w", unicodedata.normalize("NFKC", name[:60]).lower()))


@lru_cache(maxsize=20_000)
def _core(plain: str) -> str:
    core = _FILLER.sub("", plain)
    return core if len(core) >= 2 else plain


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[index : index + 2] for index in range(len(text) - 1)) or frozenset({text})


def _dice(first: str, second: str) -> float:
    pairs, others = _pairs(first), _pairs(second)
    return 2 * len(pairs & others) / (len(pairs) + len(others))
