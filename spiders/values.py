"""How are the values of fields cleaned? Each function gives None for what is no value."""

import datetime as dt
import re
from typing import Final

from spiders.dates import FoundDate, find_dates
from spiders.fields import is_known_word
from spiders.visible import EDGE, plain

_NOTHING: Final = frozenset(
    {"", "无", "暂无", "空", "null", "undefined", "none", "--", "-", "—", "/", "无。", "/无", "nbsp", "&nbsp;"}
)
_MAX_SOURCE: Final = 60
_MAX_VALUE: Final = 120
# What stands behind a source in one line without a colon of its own.
_BEHIND_SOURCE = re.compile(
    r"[\s|｜\[【(（<]*(?:字体|字号|打印|作者|责任编辑|编辑|责编|浏览|阅读|点击|访问|发布[日时于]|发表|时间|日期|分享|收藏|关闭|保护视力|视力保护|朗读|语音|我要|纠错|大\s中\s小).*$",
    re.DOTALL,
)
_SPACED_OUT = re.compile(r"(?:[一-龥] ){1,9}[一-龥]")  # 某 局
_SOURCE_LABEL = re.compile(r"^(?:信息|文章|稿件|新闻)?来源\s*[:：]\s*")
# STANDARDS 3.7; longest first, as 部分失效 contains 失效.
_VALIDITY = re.compile(
    r"未失效|未废止|部分失效|部分废止|条款失效|部分有效|全文失效|全文废止|全文有效|现行有效|继续有效|尚未生效|未生效|尚未施行|停止执行|暂停执行|不再适用|已被修改|已修改|已修订|已失效|已废止|已作废|宣布失效|自行失效|拟废止"
    r"|被修改|修改|修订|作废|失效|废止|有效|无效|试行"
)
_YES_NO: Final = {"是": "有效", "否": "失效"}
_MAX_VALIDITY: Final = 16
_YEAR_PART: Final = r"[〔\[［（(【﹝〈<]\s?(?:19|20)\d\d\s?[〕\]］）)】﹞〉>]"
_NUMBER = re.compile(rf"[一-龥A-Za-z]{{1,20}}\s?{_YEAR_PART}\s?第?\s?\d{{1,5}}\s?号")
_ORDER = re.compile(
    r"(?:[一-龥]{2,30}(?:令|公告|通告)|令|公告|通告)\s?[（(]?(?:(?:19|20)\d\d年)?\s?第\s?[\d一二三四五六七八九十百〇]{1,6}\s?号[)）]?"
)
_LOOSE_NUMBER = re.compile(r"\d")


def clean_value(value: str) -> str | None:
    """A field's value on one line, None for 无, -- and the like."""
    text = plain(value).strip(" |｜;；")[:_MAX_VALUE]
    if _NUMBER.fullmatch(text):
        return "".join(text.split())
    return None if text.lower() in _NOTHING else text


def clean_source(value: str | None) -> str | None:
    """A source's name. What follows it in the head line (buttons, counters) is cut."""
    if not value:
        return None
    first = next((part for part in value.replace("\u3000", " ").split(f" {EDGE}") if plain(part)), "")
    text = _BEHIND_SOURCE.sub("", plain(first)).strip(" |｜/【】[]<>;；,，:：·-—")
    text = _unbalanced(_SOURCE_LABEL.sub("", text))
    if text.lower() in _NOTHING or len(text) > _MAX_SOURCE or not any(sign.isalpha() for sign in text):
        return None
    dates = find_dates(text)
    if dates and dates[0].start == 0:
        return None
    text = text[: dates[0].start].strip() if dates else text
    return ("".join(text.split()) if _SPACED_OUT.fullmatch(text) else text) or None


def _unbalanced(text: str) -> str:
    """A name without the bracket that belongs to the line around it: (来源：某局)."""
    for left, right in ("()", "（）"):
        if text.endswith(right) and left not in text:
            text = text[:-1].rstrip()
    return text


_BRACKETED = re.compile(rf"{EDGE}\s?[（(\[【]([^（()）\[\]【】]{{8,40}})[）)\]】]$")


def bracketed_moment(line: str) -> tuple[str, tuple[dt.date, dt.time | None] | None]:
    """A heading's line without the date that stands in brackets and an element of its own behind it, and that
    date: 关于某事的通知<small>（2021年03月05日）</small>."""
    match = _BRACKETED.search(line)
    dates = find_dates(plain(match.group(1))) if match else []
    if match is None or len(dates) != 1 or dates[0].start > 0:
        return line, None
    return line[: match.start()], (dates[0].day, dates[0].time)


def clean_validity(value: str) -> str | None:
    """The state that a validity field names, as it stands (有效, 部分失效 ...). 是 and 否 answer 是否有效."""
    text = plain(value).strip(" |｜。;；")
    if text in _YES_NO:
        return _YES_NO[text]
    if not text or len(text) > _MAX_VALIDITY:
        return None
    found = _VALIDITY.findall(text)
    return found[0] if len(set(found)) == 1 else None


def is_doc_no(value: str) -> bool:
    """Whether a value of a number field is a number at all (some hold a title or a dash)."""
    return bool(_LOOSE_NUMBER.search(value)) and len(value) <= 80


def doc_no_in(line: str) -> str | None:
    """The document number that a line consists of: 国发〔2016〕5号, （粤府令第123号）."""
    text = line.strip(" ()（）【】")
    if not 5 <= len(text) <= 45:
        return None
    match = _NUMBER.fullmatch(text) or _ORDER.fullmatch(text)
    return "".join(text.split()) if match else None


_TODAY = re.compile(r"今天|今日|现在(?:时间|是)|当前(?:时间|日期)|农历|天气")
_BETWEEN_WORDS = re.compile(r"[\s:：|｜\[\]【】()（）\d次a-zA-Z]+")
_BEGINS_WITH_LABEL = re.compile(
    r"[\s|｜\]】)）]{0,5}(?:信息|文章|稿件|新闻)?(?:来源|稿源|作者|编辑|浏览|点击|阅读|字体|字号|发布(?:者|人|机构))\s{0,5}[:：]"
)
_HEAD_PARTS: Final = 4  # elements of a head line without labels: name, date, counter, button
_PART: Final = 24  # characters of such an element
MAX_BEHIND: Final = 60  # characters behind a head line's date that are neither label nor button: a source's name
MAX_HEAD_LINE: Final = 120  # characters of a line with date, source, counters and buttons


def _spaced(text: str) -> str:
    return " ".join(text.replace(EDGE, " ").split())


def dates_in(text: str) -> list[FoundDate]:
    """The dates of a line that bears EDGE signs. An edge parts numbers (2020-12-04 | 123 次); where no date is
    found so, the digits of one date stand in elements of their own."""
    return find_dates(_spaced(text)) or find_dates(plain(text))


def moment_line(text: str) -> tuple[dt.date, dt.time | None] | None:
    """The moment in a line that is a date and nothing but short words behind it: 2021-10-27 作者： 浏览次数：
    Not today's date in a site's head."""
    text = _spaced(text)
    if not 8 <= len(text) <= MAX_HEAD_LINE or _TODAY.search(text):
        return None
    dates = find_dates(text)
    if len(dates) != 1 or dates[0].start > 3 or not _only_words(text[dates[0].end :]):
        return None
    return dates[0].day, dates[0].time


def _only_words(text: str) -> bool:
    """Whether a text holds nothing but labels, buttons and counters."""
    return all(is_known_word(word) for word in _BETWEEN_WORDS.split(text) if word)


def head_moment(text: str) -> tuple[dt.date, dt.time | None] | None:
    """The moment at the beginning of a head line, whatever short things stand behind it (2022-02-13 09:57 光明网)."""
    read = _spaced(text)
    if len(read) > MAX_HEAD_LINE or _TODAY.search(read):
        return None
    dates = find_dates(read)
    if not dates or dates[0].start > 3:
        return None
    day, time, rest = dates[0].day, dates[0].time, read[dates[0].end :]
    if _only_words(rest) or _BEGINS_WITH_LABEL.match(rest):
        return day, time
    behind = rest[:1] in (" ", "|", "｜", "]", "】") and len(rest) <= MAX_BEHIND and not re.search("[，。；]", rest)
    return (day, time) if behind and (time or "年" not in read[: dates[0].end]) else None


def element_moment(text: str) -> tuple[dt.date, dt.time | None] | None:
    """The moment in an element of its own in a short line of names: <span>某局</span><span>2016/3/9</span>."""
    parts = [part.strip() for part in text.split(EDGE) if part.strip()]
    if not 2 <= len(parts) <= _HEAD_PARTS or any(len(part) > _PART for part in parts) or _TODAY.search(text):
        return None
    moments = [moment for part in parts if (moment := moment_line(part))]
    return moments[0] if len(moments) == 1 and len(dates_in(text)) == 1 else None


def closing_moment(value: str) -> tuple[dt.date, dt.time | None] | None:
    """The one moment behind a source's name: 某局 2021-03-05 10:20."""
    dates = dates_in(value)
    if len(dates) != 1:
        return None
    read = _spaced(value)
    return (dates[0].day, dates[0].time) if _only_words(read[dates[0].end :]) else None
