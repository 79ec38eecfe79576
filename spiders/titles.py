"""Which of a page's many headings is the article's title?

Portals write it into metas, headings, breadcrumbs and <title>, each now and then wrong (FIELD-GUIDE 4 and 5):
<title> may be the column's or the site's name, a heading the site's logo, ArticleTitle may hold HTML. Every place
is a witness; the text for which most speaks is the title.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from lxml.html import HtmlElement

from spiders.document import Document
from spiders.fields import Field, Pair, label_of, meta_title
from spiders.values import bracketed_moment, head_moment, moment_line
from spiders.visible import Line, View, in_data_row, plain

_SPACE = re.compile(r"\s+")
_QUOTES: Final = str.maketrans("“”‘’\"'「」『』", "``````````")
_CUT = re.compile(r"(?:\.{3}|…)$")
# The page's own name behind an article's title: _部门_站名, -站名, 标题 - 栏目 - 站名. A hyphen between digits or
# without blanks before a short word belongs to the title (1-10月).
_TITLE_SEPARATOR = re.compile(r"\s*(?:_+|\|+|｜|－+|–|--+)\s*|\s+[-—]\s+|(?<=[^\d\s-])-(?=[^\d\s-])")
_TITLE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:title|titles|tit|bt|biaoti|headline|wzbt|xxbt)(?:$|[\s\d_-])|title\d?(?:$|\s)|(?:^|\s)(?:wz|xl|nr|zw|con|art|news|detail|xx|xq|info)[_-]?(?:tit|bt|title)(?:$|\s)|(?:^|\s)bt_title|[_-]tit(?:$|\s)",
    re.IGNORECASE,
)
_NOT_TITLE_NAMES = re.compile(
    r"sub|small|sec(?:$|\s|_)|fu_?biaoti|title_?(?:group|base|name|bar|box|icon|line)|moduletitle|block|menu|current_title|share|tips?(?:$|\s)|list|mod|micromedia|titlebar|titlemore|column|lanmu|hot",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:首页|正文|详情|内容|详细内容|信息内容|文章内容|文章详情|信息详情|打印|关闭|分享.{0,3}|附件.{0,4}|通知公告|公示公告|政府信息公开|信息公开|政务公开|信息公开目录|政府信息公开目录|政策文件|政务动态|工作动态|新闻动态"
    r"|相关.{2,6}|扫一扫.{0,20}|字体.{0,12}|(?:当前|您的|现在|您现在的|你的).{0,3}位置.{0,60}|.{0,60}(?:>|»|›).{0,60}|登录.{0,6}|\[?[大中小\s]+\]?|无障碍.{0,8}|.{0,40}(?:欢迎您|版权所有).{0,40})$"
)
_DOC_NO_LINE = re.compile(r"^[(（]?[一-龥]{0,15}[〔\[（(【]\d{4}[〕\]）)】]\s?\d+\s?号[)）]?$|^第?\s?\d+\s?号$")
_OWN_NUMBER = re.compile(r"[（(][一-龥]{1,15}[〔\[]\d{4}[〕\]]\s?\d{1,5}\s?号[)）]$")
_SUBTITLE: Final = ("——", "—", "--", "－－")
_DOCUMENT = re.compile(
    r"(?:通知|公告|通告|公示|意见|办法|规定|细则|方案|报告|决定|批复|函|条例|令|通报|计划|要点|规划|情况|名单|说明|解读|标准|指南|制度|目录|清单|公报|纪要|表|分析|结果)(?:[（(].{1,30}[)）])?$"
)
_SENTENCE = re.compile(r"[。；！？]")
_DOUBTFUL: Final = 2.0  # one heading, or date line and <title> together, weigh more
MAX_TITLE: Final = 300
_MAX_LINES_ABOVE: Final = 8
_INDEX_LINES: Final = 30  # cells of an index table up to its title
_NEAR: Final = 12  # lines between a title and its date line: doc number, sharing buttons, font sizes


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be the title, from where, at which line (-1: not among the lines)."""

    text: str
    place: str
    weight: float
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Title:
    """The title and its lines (-1 where it does not stand among the visible lines)."""

    text: str | None
    line: int = -1
    end: int = -1


def title_key(text: str) -> str:
    """What of a title is compared: NFKC, no blanks, one kind of quotes."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES)).lower()


def find_title(
    document: Document, page: View, values: dict[str, str], pairs: Sequence[Pair], body: tuple[int, int]
) -> Title:
    """The article's title. `values` are the metas, `body` the lines of its text."""
    anchor = _anchor(page, pairs, body)
    head = plain("".join(document.tree.xpath("string(//head/title)"))[:1000]) or plain(
        str(document.tree.xpath("string(//title)"))[:1000]
    )
    above = _above(page, anchor, {pair.line for pair in pairs})
    written = chain(_named(values, pairs, body), _headings(page, body), above, _from_head(head, values))
    written = chain(written, _named_in_text(page, pairs, body))
    candidates = [each for each in written if 2 <= len(each.text) <= MAX_TITLE]
    strangers = {
        title_key(values[name]) for name in ("sitename", "columnname", "columntype", "channelname") if name in values
    }
    groups: dict[str, list[Candidate]] = {}
    for each in candidates:
        groups.setdefault(title_key(each.text), []).append(each)
    site_free = title_key(_without_site(head, values))
    scores = {key: _score(key, group, strangers, (title_key(head), site_free), anchor) for key, group in groups.items()}
    best = max(scores, key=lambda key: scores[key], default="")
    if scores.get(best, 0) < _DOUBTFUL:
        opening = _opening(page, body)
        if opening and title_key(opening.text) not in title_key(head):
            return Title(opening.text, opening.line, opening.end)
    return _title(groups[best]) if groups else Title(None)


def _title(group: Sequence[Candidate]) -> Title:
    visible = [each for each in group if each.line >= 0]
    shown = visible[0] if visible else group[0]
    text = max((each.text for each in group), key=lambda text: text == shown.text)
    return Title(text, shown.line, shown.end)


def _score(key: str, group: Sequence[Candidate], strangers: set[str], heads: tuple[str, str], anchor: int) -> float:
    by_place: dict[str, float] = {}
    for each in group:
        by_place[each.place] = max(each.weight, by_place.get(each.place, 0))
    score = sum(by_place.values())
    if "head" not in by_place:
        score += _support(key, *heads)
    if any(0 <= anchor - each.line <= _NEAR for each in group if each.line >= 0):
        score += 1.5
    if key in strangers:
        score -= 4
    if _NO_TITLE.match(group[0].text) or label_of(group[0].text):
        score -= 4
    if len(key) < 4 or len(key) > 150:
        score -= 2
    if _CUT.search(key):
        score -= 2
    return score


def _support(key: str, head: str, site_free: str) -> float:
    """How far <title> speaks for a text: it begins with it, holds it, or is it cut short. The issuing body at a
    title's beginning is not the title."""
    if len(key) < 4 or not head:
        return 0
    if head == key or (head.startswith(key) and len(key) * 2 >= len(site_free)):
        return 2.5
    if key in head and len(key) * 2 >= len(site_free):
        return 1.5
    return 1.5 if _CUT.search(head) and key.startswith(head.rstrip(".…")) else 0


def _anchor(page: View, pairs: Sequence[Pair], body: tuple[int, int]) -> int:
    """The line under the title where date or source stand, -1 if there is none. The rows of an index table
    stand under no title."""
    wanted = (Field.PUBLISHED, Field.TIME, Field.ISSUED, Field.SOURCE)
    in_reach = [pair.line for pair in pairs if pair.field in wanted and 0 <= pair.line < max(body[0] + 6, 12)]
    for index in in_reach:
        if not in_data_row(page.lines, index):
            return index
    for index, line in enumerate(page.lines[: body[0] + 6]):
        if not line.frame and head_moment(line.text) and (index < body[0] or moment_line(line.text)):
            return index
    return in_reach[0] if in_reach else -1


def _named(values: dict[str, str], pairs: Sequence[Pair], body: tuple[int, int]) -> Iterator[Candidate]:
    """Titles that the page calls so: ArticleTitle, a field comment, the row 名称 of an index table."""
    title = meta_title(values)
    if title:
        yield Candidate(title, "meta", 4, -1, -1)
    for pair in pairs:
        if pair.field is Field.TITLE and pair.value and (pair.line < 0 or pair.line < body[0]):
            yield Candidate(plain(pair.value), "field", 4 if pair.line < 0 else 2, -1, -1)


def _named_in_text(page: View, pairs: Sequence[Pair], body: tuple[int, int]) -> Iterator[Candidate]:
    """The row 标题 of an index table inside what was found as the text: on pages whose text a script brings."""
    for pair in pairs:
        indexed = body[0] <= pair.line < body[0] + _INDEX_LINES and in_data_row(page.lines, pair.line)
        if pair.field is Field.TITLE and pair.value and indexed:
            yield Candidate(plain(pair.value), "field", 1.5, -1, -1)
            return


def _from_head(head: str, values: dict[str, str]) -> Iterator[Candidate]:
    if head:
        yield Candidate(_without_site(head, values), "head", 1.5, -1, -1)


def _headings(page: View, body: tuple[int, int]) -> Iterator[Candidate]:
    last = body[0] + 6 if body[0] else body[1]
    for element, (start, end) in page.spans.items():
        if start > last or end == start or end - start > 8 or page.lines[start].frame:
            continue
        weight = _heading_weight(element)
        if weight <= 0:
            continue
        own = _title_lines(page.lines, start, end)
        text = _joined([plain(bracketed_moment(line.text)[0]) for line in own])
        linked, total = sum(line.linked for line in own), sum(len(line.text) for line in own)
        if text and total <= MAX_TITLE:
            yield Candidate(text, "heading", weight - (2.5 if linked * 2 > total else 0), start, start + len(own))


def _heading_weight(element: HtmlElement) -> float:
    levels = {"h1": 3.0, "h2": 2.5, "h3": 2.0, "h4": 1.5}
    weight = levels.get(str(element.tag), 0.0)
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:200]
    if names != " " and _TITLE_NAMES.search(names) and not _NOT_TITLE_NAMES.search(names):
        weight = max(weight + 0.5, 2.5)
    return weight


def _title_lines(lines: Sequence[Line], start: int, end: int) -> list[Line]:
    """The lines of a heading up to a subtitle, a date or a number in their own lines."""
    own: list[Line] = []
    for line in lines[start:end]:
        text = line.plain
        if not text:
            continue
        stops = text.startswith(_SUBTITLE) or _DOC_NO_LINE.match(text) or moment_line(line.text)
        if own and (stops or ("：" in text and len(text) < 40 and label_of(text.split("：")[0]))):
            break
        own.append(line)
    return own


def _joined(parts: Sequence[str]) -> str:
    """Parts of a broken title: no blank between Chinese signs."""
    text = ""
    for part in parts:
        glue = " " if text and (text[-1].isascii() and part[:1].isascii()) else ""
        text += glue + part
    return text


def _above(page: View, anchor: int, labelled: set[int]) -> Iterator[Candidate]:
    """The first line above the date line that can be a title."""
    if anchor <= 0:
        return
    for index in range(anchor - 1, max(-1, anchor - 1 - _MAX_LINES_ABOVE), -1):
        line = page.lines[index]
        text = line.plain
        if (
            line.frame
            or len(text) < 4
            or line.linked * 2 > len(line.text)
            or _NO_TITLE.match(text)
            or _DOC_NO_LINE.match(text)
        ):
            continue
        if index in labelled or in_data_row(page.lines, index):
            continue
        if label_of(text) is not None or moment_line(line.text) or re.search(r"[:：].{0,200}[:：]", text):
            continue
        yield Candidate(text, "above", 2, index, index + 1)
        return


def _opening(page: View, body: tuple[int, int]) -> Candidate | None:
    """The text's first line, if it reads like a document's title: for pages that write it nowhere else."""
    for index in range(body[0], min(body[0] + 4, body[1])):
        text = page.lines[index].plain
        if text and not page.lines[index].frame:
            is_title = 6 <= len(text) <= 100 and _DOCUMENT.search(text) and not _SENTENCE.search(text)
            return Candidate(text, "opening", 1, index, index + 1) if is_title else None
    return None


def _without_site(head: str, values: dict[str, str]) -> str:
    """<title> without the names of column and site, and without the document's own number behind the title."""
    site = values.get("sitename", "")
    if site and head.endswith(site) and len(head) > len(site) + 4:
        head = head[: -len(site)].rstrip(" _-—－|｜")
    parts = [part.strip(" 【】[]") for part in _TITLE_SEPARATOR.split(head) if part and part.strip(" 【】[]")]
    title = head.strip(" 【】[]_-－|")
    if len(parts) >= 2:
        title = parts[0] if len(parts[0]) >= 5 else max(parts, key=len)
    return _OWN_NUMBER.sub("", title) or title
