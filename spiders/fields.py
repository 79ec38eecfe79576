"""Which labelled fields and metas does a page bear?

Labels: FIELD-GUIDE 5 and STANDARDS 3.7; metas and their faults: FIELD-GUIDE 4. Values are given as they stand on
the page; which of several counts is decided in `spiders.articles`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML

from spiders.dates import find_dates
from spiders.document import Document
from spiders.visible import EDGE, Line, View, fragment_view, plain


class Field(StrEnum):
    """What a label stands for. The two kinds of publish label differ in how far they may be trusted: 时间 also
    begins a line about a meeting."""

    PUBLISHED = "published"
    TIME = "time"  # 时间, 日期: publish date only where the page's head says it
    ISSUED = "issued"  # 发文日期: publish date only where nothing else names one
    SIGNED = "signed"
    MODIFIED = "modified"
    SOURCE = "source"
    PUBLISHER = "publisher"
    INDEX_NO = "index_no"
    DOC_NO = "doc_no"
    VALIDITY = "validity"
    EXPIRES = "expires"
    TITLE = "title"
    OTHER = "other"  # known labels of the head line that hold none of the above: 作者, 浏览次数


def _read_labels() -> dict[str, Field]:
    """The labels of labels.yaml. Raises ValueError on an unknown field or a label that stands twice."""
    groups = YAML(typ="safe").load(Path(__file__).with_name("labels.yaml").read_text(encoding="utf-8"))
    labels: dict[str, Field] = {}
    for name, words in groups.items():
        for word in words:
            if word in labels:
                raise ValueError(f"labels.yaml: {word} stands twice")
            labels[word] = Field(name)
    return labels


_LABELS: Final = _read_labels()
_LONGEST: Final = max(map(len, _LABELS))
_OWN_LABEL: Final = 4  # characters of a label that needs neither colon nor more where it fills an element
_SHORT: Final = 3  # up to three characters a label must not be the end of a longer word: 会议时间, 资料来源
_BEFORE_ORIGIN: Final = frozenset(
    {"资料", "数据", "资金", "经费", "收入", "图片", "题目", "主要", "生活", "经济", "人员", "能量"}
)
_MAX_LABELLED: Final = 1_500  # characters; head lines and table cells are far shorter
_MAX_VALUE: Final = 300
_IGNORED = re.compile(r"[\s\u200b-\u200f\ufeff\u2060\u00ad\x02【】\[\]()（）<>〈〉:：*·•\-|｜]+")
_ELEMENT = re.compile(f"[^{EDGE}]{{1,60}}")
_COLON = re.compile(r"[:：】]")
_GENERAL_LABEL = re.compile(r"(?:^|[\s\x02|｜【\[(（])([一-龥](?:[ \x02]{0,6}[一-龥]){1,7})[ \x02]{0,6}$")
# A label without colon, if a date follows at once: 发布日期 2020-12-04.
_BARE_LABEL = re.compile(
    r"(?:^|[^一-龥])((?:信息)?发[ \x02]{0,4}布[ \x02]{0,4}(?:日[ \x02]{0,4}期|时[ \x02]{0,4}间|于)|发表(?:时间|日期|于)"
    r"|公开日期|公布日期|成文日期|生成日期|更新(?:时间|日期)|日期|时间)"
    r"[ \x02|｜是为\[【(（\]】)）]{1,12}(?=(?:19|20)\d\d)"
)


def label_of(text: str) -> Field | None:
    """The field that a text names, if it is nothing but a label: 索&ensp;引&ensp;号：, 【有效性】."""
    if len(text) > 40:
        return None
    return _LABELS.get(normal_label(text))


def is_known_word(text: str) -> bool:
    """Whether a text is one of the labels or buttons of a head line."""
    return normal_label(text) in _LABELS


def normal_label(text: str) -> str:
    """A label without blanks, brackets, colons and zero-width characters, in NFKC (FIELD-GUIDE 5)."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).lower()


@dataclass(frozen=True, slots=True)
class Pair:
    """A label's value. `value` may be empty: a field that the template shows and nobody filled in. `line` is
    the index of the label's line, -1 for metas, scripts and comment fields; `lone` tells that nothing but
    labels and values stands in that line."""

    field: Field
    value: str
    line: int
    lone: bool = True


def labelled(view: View) -> list[Pair]:
    """All labelled fields of the visible lines, in their order, then those of field comments and scripts."""
    pairs: list[Pair] = []
    lines = view.lines
    done = 0
    for index, line in enumerate(lines):
        if index < done or line.frame or not line.text or len(line.text) > _MAX_LABELLED:
            continue
        header = _header_row(lines, index)
        if header:
            found, done = header
            pairs.extend(found)
            continue
        pairs.extend(_in_line(lines, index))
    pairs.extend(_commented(view))
    pairs.extend(_scripted(view))
    return pairs


def _in_line(lines: Sequence[Line], index: int) -> Iterator[Pair]:
    text = lines[index].text
    alone = label_of(text)
    if alone is not None and (
        len(normal_label(text)) >= _SHORT or _COLON.search(text) or lines[index].cell is not None
    ):
        if alone is not Field.OTHER:
            yield Pair(alone, _following(lines, index), index)
        return
    cuts = _cuts(text)
    lone = bool(cuts) and not _IGNORED.sub("", text[: cuts[0][0]])
    for position, (_, behind, name) in enumerate(cuts):
        if name is None or name is Field.OTHER:
            continue
        end = cuts[position + 1][0] if position + 1 < len(cuts) else len(text)
        value = _trimmed(text[behind:end])
        if not value and end == len(text):
            value = _following(lines, index)
        yield Pair(name, value, index, lone)


def _cuts(text: str) -> list[tuple[int, int, Field | None]]:
    """Where labels stand in a line: (begin of the label, begin of the value, its field or None if unknown)."""
    cuts: list[tuple[int, int, Field | None]] = []
    for colon in _COLON.finditer(text):
        if colon.group() == "】" and _holds_value(text, colon.start()):
            continue
        cut = _label_before(text, colon.start(), cuts[-1][1] if cuts else 0)
        if cut:
            cuts.append((cut[0], colon.end(), cut[1]))
    taken = {name for _, _, name in cuts}
    for bare in _BARE_LABEL.finditer(text[:400]):
        name = _LABELS.get(normal_label(bare.group(1)))
        if name is not None and name not in taken:
            cuts.append((bare.start(1), bare.end(), name))
    taken |= {name for _, _, name in cuts}
    cuts.extend(cut for cut in _element_labels(text[:400]) if cut[2] not in taken)
    return sorted(cuts, key=lambda cut: cut[0])


def _element_labels(text: str) -> Iterator[tuple[int, int, Field]]:
    """Labels without colon that fill an element of their own: <label>信息来源</label><i>某局</i>."""
    parts = [part for part in _ELEMENT.finditer(text) if part.group().strip()]
    for part in parts[:-1]:
        word = normal_label(part.group())
        name = _LABELS.get(word) if len(word) >= _OWN_LABEL and not _COLON.search(part.group()) else None
        if name in (Field.SOURCE, Field.PUBLISHED):
            yield part.start(), part.end(), name


def _holds_value(text: str, closing: int) -> bool:
    """Whether a bracket closes a label with its value, 【来源：某局】, and not a label alone, 【有效性】."""
    inside = text[max(text.rfind("【", 0, closing), closing - 100, 0) : closing]
    return ":" in inside or "：" in inside


def _label_before(text: str, colon: int, floor: int) -> tuple[int, Field | None] | None:
    """The label that ends before a colon: the longest known one, else any short word that stands alone."""
    signs: list[tuple[int, str]] = []
    position = colon - 1
    while position >= max(floor, colon - 40) and len(signs) <= _LONGEST:
        sign = text[position]
        if sign not in " \x02\u3000】[【":
            signs.append((position, sign))
        position -= 1
    for size in range(min(_LONGEST, len(signs)), 1, -1):
        word = unicodedata.normalize("NFKC", "".join(sign for _, sign in reversed(signs[:size])))
        name = _LABELS.get(word)
        if name is None:
            continue
        begin = signs[size - 1][0]
        if size <= _SHORT and begin > floor and _is_word_end(text, begin, word, floor):
            continue
        return _own_element(text, signs[:size], name), name
    general = _GENERAL_LABEL.search(text[max(floor, colon - 40) : colon])
    return (max(floor, colon - 40) + general.start(1), None) if general else None


def _own_element(text: str, signs: Sequence[tuple[int, str]], name: Field) -> int:
    """Where a label begins. 网站 | 发布时间 in two elements is a name's end and a label, not one label."""
    for size in range(_OWN_LABEL, len(signs)):
        begin = signs[size - 1][0]
        word = "".join(sign for _, sign in reversed(signs[:size]))
        if _LABELS.get(word) is name and EDGE in text[signs[size][0] : begin]:
            return begin
    return signs[-1][0]


def _is_word_end(text: str, begin: int, label: str, floor: int) -> bool:
    """Whether a short label is the end of a longer word: 会议时间, 资料来源. 来源 behind another label's value is
    none, however the line is glued together (作者：某人来源：某局)."""
    if not "一" <= text[begin - 1] <= "龥":
        return False
    return not floor or label != "来源" or text[max(0, begin - 2) : begin] in _BEFORE_ORIGIN


def _trimmed(value: str) -> str:
    return value[:_MAX_VALUE].strip(" \x02|｜[【】]·•;；,，")


def _following(lines: Sequence[Line], index: int) -> str:
    """The value behind a line that ends with a label: the next cell of the row, or the next line beside it."""
    line = lines[index]
    if index + 1 >= len(lines):
        return ""
    after = lines[index + 1]
    if line.cell is not None and line.row is not None:
        beside = after.row is line.row and after.cell is not line.cell
        within = after.cell is line.cell
        if not (beside or within):
            return ""
    elif not _near(line, after):
        return ""
    if label_of(after.text) is not None or len(after.text) > _MAX_VALUE:
        return ""
    cuts = _cuts(after.text)
    return _trimmed(after.text[: cuts[0][0]] if cuts else after.text)


def _near(line: Line, after: Line) -> bool:
    """Whether two lines are siblings, or parent and child, or cousins in one small box."""
    one, other = line.element, after.element
    if one is other or other.getparent() is one or one.getparent() is other:
        return True
    parent, other_parent = one.getparent(), other.getparent()
    return parent is not None and parent is other_parent


def _header_row(lines: Sequence[Line], index: int) -> tuple[list[Pair], int] | None:
    """A row of labels above a row of values: the pairs by column, and the line behind both."""
    row = lines[index].row
    if row is None or (index and lines[index - 1].row is row):
        return None
    labels = _row_cells(lines, index, row)
    names = [label_of(text) for text in labels]
    if len(names) < 2 or any(name is None for name in names):
        return None
    start = index + len(labels)
    if start >= len(lines) or lines[start].row is None or lines[start].element is lines[index].element:
        return None
    values = _row_cells(lines, start, lines[start].row)
    if len(values) != len(labels) or any(label_of(value) is not None for value in values if value):
        return None
    pairs = [
        Pair(name, _trimmed(value), index)
        for name, value in zip(names, values, strict=True)
        if name and name is not Field.OTHER
    ]
    return pairs, start + len(values)


def _row_cells(lines: Sequence[Line], start: int, row: object) -> list[str]:
    cells: list[str] = []
    for line in lines[start : start + 30]:
        if line.row is not row or line.cell is None:
            break
        cells.append(line.text)
    return cells


def _commented(view: View) -> Iterator[Pair]:
    for name, value in view.fields:
        found = _LABELS.get(normal_label(name)) or _by_part(name)
        if found is not None and value:
            cuts = _cuts(value)
            yield Pair(found, _trimmed(value[cuts[0][1] :] if cuts and cuts[0][0] == 0 else value), -1)


def _by_part(name: str) -> Field | None:
    for part, found in (
        ("副标题", None),
        ("小标题", None),
        ("标题", Field.TITLE),
        ("来源", Field.SOURCE),
        ("发布", Field.PUBLISHED),
    ):
        if part in name:
            return found
    return None


# Jilin's pubdata and wzly are written by scripts that are not always in the page (FIELD-GUIDE 3.3).
_SCRIPT_NAMES: Final = {
    "pubdata": Field.PUBLISHED,
    "pubdate": Field.PUBLISHED,
    "pubtime": Field.PUBLISHED,
    "wzly": Field.SOURCE,
}


def _scripted(view: View) -> Iterator[Pair]:
    for name, value in view.variables.items():
        found = _SCRIPT_NAMES.get(name.lower())
        if found is not None and value and len(value) <= 100:
            yield Pair(found, value.strip(), -1)


# --- metas -----------------------------------------------------------------------------------------------------

_PLACEHOLDER = re.compile(
    r"^(?:网站名称|网站域名|政府网站标识码|描述|关键词|栏目名称|文章标题|标题|发布日期|发布时间|来源|内容来源|[{$<\[].{0,80}[}>\]]|.{0,10}\$\{.{0,60})$"
)
_META_DATES: Final = (
    "pubdate",
    "publishdate",
    "publishtime",
    "pubtime",
    "publish-date",
    "publish_time",
    "og:published_time",
    "article:published_time",
)
_META_CLOCKS: Final = ("firstpublishedtime",)
_META_SOURCES: Final = ("contentsource", "source")
_META_TITLES: Final = ("articletitle",)
_META_MADE: Final = ("others", "maketime", "generatetime", "createtime")
MAX_METAS: Final = 200


def metas(document: Document) -> dict[str, str]:
    """The page's metas by lower-case name: first non-empty value that is no template placeholder. Attribute
    order, case and the NBSP fault do not matter; HTML inside is taken out."""
    found: dict[str, str] = {}
    for element in document.tree.xpath("//meta[@name or @property][@content]")[:MAX_METAS]:
        name = "".join((element.get("name") or element.get("property") or "").split()).lower()
        content = (element.get("content") or "")[:2000].strip()
        if content and not _PLACEHOLDER.match(content) and name not in found:
            found[name] = content
    return found


def meta_value(values: dict[str, str], names: Iterable[str]) -> str | None:
    return next((values[name] for name in names if name in values), None)


def meta_title(values: dict[str, str]) -> str | None:
    """ArticleTitle; of one that holds HTML the first block, as a subtitle follows in its own (FIELD-GUIDE 4)."""
    title = meta_value(values, _META_TITLES)
    if title is None:
        return None
    if "<" in title and ">" in title:
        lines = [line.plain for line in fragment_view(title).lines if line.plain]
        return lines[0] if lines else None
    return plain(title.replace("\u3000", " ")) or None


def meta_moment(values: dict[str, str]) -> str | None:
    """What the page's metas claim as publish time, as text."""
    return meta_value(values, _META_DATES)


def meta_clock(values: dict[str, str]) -> str | None:
    """A meta date that is a clock, but claims no publishing: the portal's own first-published record."""
    return meta_value(values, _META_CLOCKS)


def meta_source(values: dict[str, str]) -> str | None:
    return meta_value(values, _META_SOURCES)


def made_moment(values: dict[str, str]) -> str | None:
    """When the page says that it was generated: others="页面生成时间 2025-10-25 11:32:37", Maketime."""
    for name in _META_MADE:
        value = values.get(name, "")
        if (name != "others" or "生成" in value) and find_dates(value):
            return value
    return None
