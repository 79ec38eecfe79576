"""How titles write periods: a table of forms, tried in order over the plain title. What one form has read, no later
one reads again, so the forms that mean no period (document numbers, plan spans, deadlines, ordinals) stand first.

A mention is what one form found, before anybody knows its year: "8月" is month 8 of some year. `periods.py` finds
the year and makes periods of it. The forms are those of STANDARDS section 5, and what people write beside them.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

MAX_TITLE: Final = 500  # characters; the longest real title that was met has 120

Unit = Literal["day", "week", "month", "quarter", "half", "year"]


@dataclass(frozen=True, slots=True)
class Mention:
    """What one form found at one place. `parts` are (years after the mention's own year, number within that
    year), numbered as in `Period`; they need not exist (month 13, 30 February).

    `years_ago`: counted from the publish date (今年 0, 去年 1). `is_span`: two days, the first and the last of a
    span. `is_loose`: a year that stands by itself; it lends its year to mentions without one, and has no parts
    where it only frames a count (2017年第三批). `is_weak`: holds only where a title says nothing else (全年).
    """

    unit: Unit
    parts: tuple[tuple[int, int], ...]
    text: str = ""
    year: int | None = None
    years_ago: int | None = None
    cumulative: bool = False
    with_sums: bool = False
    is_span: bool = False
    is_loose: bool = False
    is_weak: bool = False


def mentions(title: str) -> tuple[Mention, ...]:
    """Everything in a title that could name a period, from left to right. Never raises."""
    text = plain(title)
    is_issue = _ISSUE.search(text) is not None
    found: list[tuple[int, Mention]] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            found += [(match.start(), replace(mention, text=match[0])) for mention in read(match)]
        text = pattern.sub(_consumed, text)
    found.sort(key=lambda pair: pair[0])
    return tuple(replace(m, parts=()) if is_issue and _may_frame_a_count(m) else m for _, m in found)


def plain(title: str) -> str:
    """A title in one spelling: half-width, numbers in digits, one dash, no blanks but between digits."""
    text = unicodedata.normalize("NFKC", title[:MAX_TITLE])[:MAX_TITLE]
    for pattern, replacement in _SPELLINGS:
        text = pattern.sub(replacement, text)
    return text


def run(first: int, last: int, *, years: int | None, cycle: int) -> tuple[tuple[tuple[int, int], ...], bool]:
    """The parts from `first` to `last` of a year of `cycle` parts, and whether they are a sum since January.

    `years` lie between the two; None: as few as possible. A sum is about its last part; January and February
    alone, which many offices publish together, are both there. No parts where the span is longer than a year.
    """
    years = int(last < first) if years is None else years
    count = years * cycle + last - first + 1
    if not (1 <= first <= cycle and 1 <= last <= cycle and 1 <= count <= cycle):
        return (), False
    if first == 1 and years == 0 and not (cycle == 12 and last == 2):
        return ((0, last),), True
    parts = tuple((at // cycle, at % cycle + 1) for at in range(first - 1, first - 1 + count))
    return parts, first == 1 and years == 0


# --- spelling -------------------------------------------------------------------------------------------------

_NUMERALS: Final = "〇零○一二三四五六七八九十"
_DIGITS: Final = {numeral: str(i) for i, numeral in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_ZERO: Final = "〇零○OoО0"


def _year_in_digits(match: re.Match[str]) -> str:
    return "".join(_DIGITS.get(sign, "0") for sign in match[0])


def _number_in_digits(match: re.Match[str]) -> str:
    tens, ten, ones = match[0].partition("十")
    number = str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))) if ten else _year_in_digits(match)
    return f" {number}" if match.string[: match.start()][-1:].isdigit() else number  # 2017一季度


_SPELLINGS: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]"), ""),
    (re.compile(r"(?<![0-9])\s+|\s+(?![0-9])"), ""),
    (re.compile(r"\((?:周|星期)[一二三四五六日天]\)"), ""),
    (re.compile("[\u2010-\u2015\u2212\u2500\u2501\u30fc\ufe58-]+"), "-"),
    (re.compile("[~\u301c\u223c\u223d]+"), "-"),
    (re.compile("(?<=[0-9])一(?=[0-9]{1,2}月)"), "-"),  # 1一5月: a dash typed as a numeral
    (re.compile(f"(?:二[{_ZERO}]|一九)[{_ZERO}一二三四五六七八九]{{2}}(?=年)"), _year_in_digits),
    (re.compile("元月"), "1月"),
    (re.compile("首季(?=度)"), "1季"),
    (re.compile("两(?=个?(?:月|季))"), "2"),
    (
        # not after 统, 唯 and their like: 统一月报 has no January in it
        re.compile(
            f"(?<![统唯同专单逐每{_NUMERALS}])[{_NUMERALS}]{{1,3}}"
            f"(?=(?:[-至到、和及与][{_NUMERALS}0-9]{{1,3}}){{0,11}}(?:个?月|个?季|日|周))"
        ),
        _number_in_digits,
    ),
    (re.compile("(?<![0-9])([0-2][0-9])年(?=度?第?[0-9]{1,2}(?:[-至到][0-9]{1,2})?月)"), r"20\1年"),
)

# --- pieces of forms ------------------------------------------------------------------------------------------

_YEAR: Final = r"(?:19|20)[0-9]{2}"
# What stands before a month, quarter, half or week: its year, a word for it, or nothing that would make the number
# part of another one (PM2.5月均).
_HEAD: Final = (
    rf"(?:(?<![0-9])(?P<year>{_YEAR})(?:年度?的?|[-./ ]|(?=[Qq第上下前]))"
    r"|(?P<said>今年|本年|去年|上年)的?|(?<![0-9A-Za-z.]))"
)
_ANY_HEAD: Final = _HEAD.replace("(?P<year>", "(?:").replace("(?P<said>", "(?:")
_TO: Final = "(?:[-至到]+)"
_TO_YEAR: Final = rf"{_TO}(?:(?P<year2>{_YEAR})年度?|(?P<following>次年|翌年|第二年))?"
_SAID: Final = {"今年": 0, "本年": 0, "去年": 1, "上年": 1}
_MOMENT: Final = (
    rf"(?:{_ANY_HEAD}第?[0-9]{{1,2}}月(?:[0-9]{{1,2}}[日号]|份?[底末初]?|[上中下]旬)(?:[0-9]{{1,2}}[时点])?"
    rf"|(?<![0-9]){_YEAR}年[底末]?)"
)
# 前 and 起 begin other words as well: 前三季度, 前10名, 前期; 起重机械, 起诉.
_LIMIT: Final = (
    "(?:[之以]前|前(?![0-9半一二三四五六七八九十百几期往列景瞻沿置言端])"
    "|起(?![重草诉底点降火伏步])|[之以]后|以来|至今|止(?![血痛])|截止(?![到至]?[0-9])|开始)"
)

# A list shows the beginning of a title: "2017年1-..." is about some months, and "6月1..." about some day.
_CUT: Final = r"(?:\.{2,}|$)"
_CUT_WITHIN: Final = rf"\.{{2,}}|(?:[第上下前]|第?[0-9一二三四][0-9月至-]{{0,6}}){_CUT}"


def _number(match: re.Match[str], name: str) -> int:
    return int(match[name])


def _anchored(match: re.Match[str], mention: Mention) -> Mention:
    """The mention with the year that its form holds, if it holds one."""
    groups = match.groupdict()
    year, said = groups.get("year"), groups.get("said")
    return replace(mention, year=int(year) if year else None, years_ago=_SAID.get(said or ""))


# --- readers, one for each form -------------------------------------------------------------------------------


def _nothing(_match: re.Match[str]) -> tuple[Mention, ...]:
    return ()


def _month(match: re.Match[str]) -> tuple[Mention, ...]:
    return (_anchored(match, Mention("month", ((0, _number(match, "month")),))),)


def _month_and_sum(match: re.Match[str]) -> tuple[Mention, ...]:
    return tuple(replace(mention, with_sums=True) for mention in _month(match))


def _sum_to_month(match: re.Match[str]) -> tuple[Mention, ...]:
    return tuple(replace(mention, cumulative=True) for mention in _month(match))


def _day(match: re.Match[str]) -> tuple[Mention, ...]:
    number = _number(match, "month") * 100 + _number(match, "day")
    return (_anchored(match, Mention("day", ((0, number),))),)


def _sum_to_day(match: re.Match[str]) -> tuple[Mention, ...]:
    return tuple(replace(mention, cumulative=True) for mention in _day(match))


def _days(match: re.Match[str]) -> tuple[Mention, ...]:
    first = _number(match, "month") * 100 + _number(match, "day")
    last = int(match.groupdict().get("month2") or match["month"]) * 100 + _number(match, "day2")
    years = _years_between(match)
    years = int(last < first) if years is None else years
    return (_anchored_run(match, Mention("day", ((0, first), (years, last)), is_span=True), years),)


def _months(match: re.Match[str]) -> tuple[Mention, ...]:
    return _several(match, "month", 12)


def _quarters(match: re.Match[str]) -> tuple[Mention, ...]:
    return _several(match, "quarter", 4)


def _several(match: re.Match[str], unit: Unit, cycle: int) -> tuple[Mention, ...]:
    first, last = _number(match, "first"), _number(match, "last")
    years = _years_between(match)
    parts, cumulative = run(first, last, years=years, cycle=cycle)
    years = int(last < first) if years is None else years
    return (_anchored_run(match, Mention(unit, parts, cumulative=cumulative), years),) if parts else ()


def _years_between(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("following"):
        return 1
    if groups.get("year") and groups.get("year2"):
        return int(groups["year2"]) - int(groups["year"])
    return None


def _anchored_run(match: re.Match[str], mention: Mention, years: int) -> Mention:
    """Anchored to the year of its beginning; "11月-2017年1月" tells only that of its end."""
    groups = match.groupdict()
    if groups.get("year2") and not groups.get("year"):
        return replace(mention, year=int(groups["year2"]) - years)
    return _anchored(match, mention)


def _listed_months(match: re.Match[str]) -> tuple[Mention, ...]:
    parts = tuple((0, int(number)) for number in re.findall("[0-9]+", match["list"]))
    return (_anchored(match, Mention("month", parts)),)


def _listed_quarters(match: re.Match[str]) -> tuple[Mention, ...]:
    parts = tuple((0, int(number)) for number in re.findall("[0-9]+", match["list"]))
    return (_anchored(match, Mention("quarter", parts)),)


def _first_months(match: re.Match[str]) -> tuple[Mention, ...]:
    parts, _ = run(1, _number(match, "count"), years=0, cycle=12)
    return (_anchored(match, Mention("month", parts, cumulative=True)),) if parts else ()


def _first_quarters(match: re.Match[str]) -> tuple[Mention, ...]:
    return (_anchored(match, Mention("quarter", ((0, _number(match, "count")),), cumulative=True)),)


def _quarter(match: re.Match[str]) -> tuple[Mention, ...]:
    return (_anchored(match, Mention("quarter", ((0, _number(match, "quarter")),))),)


def _half(match: re.Match[str]) -> tuple[Mention, ...]:
    number = 2 if match["half"] in ("下", "后") else 1
    return (_anchored(match, Mention("half", ((0, number),))),)


def _first_half(match: re.Match[str]) -> tuple[Mention, ...]:
    return (_anchored(match, Mention("half", ((0, 1),))),)


def _week(match: re.Match[str]) -> tuple[Mention, ...]:
    return (_anchored(match, Mention("week", ((0, _number(match, "week")),))),)


def _years(match: re.Match[str]) -> tuple[Mention, ...]:
    return tuple(_loose_year(int(year)) for year in re.findall(_YEAR, match["list"]))


def _year_beside(match: re.Match[str]) -> tuple[Mention, ...]:
    """The whole year named beside a shorter period: 2017年全年及12月份."""
    return (Mention("year", ((0, 1),), year=int(match["year"])),)


def _loose_year(year: int) -> Mention:
    return Mention("year", ((0, 1),), year=year, is_loose=True)


def _counted(match: re.Match[str]) -> tuple[Mention, ...]:
    return (Mention("year", (), year=int(match["year"]), is_loose=True),) if match["year"] else ()


def _whole_year(match: re.Match[str]) -> tuple[Mention, ...]:
    return (_anchored(match, Mention("year", ((0, 1),), is_weak=match["beside"] is None)),)


def _this_or_last_year(match: re.Match[str]) -> tuple[Mention, ...]:
    return (Mention("year", ((0, 1),), years_ago=0 if match["which"] == "本" else 1, is_weak=True),)


# --- the table ------------------------------------------------------------------------------------------------

Reader = Callable[[re.Match[str]], tuple[Mention, ...]]

# An instalment that is counted (第3期, 首批) is named by its count: a year beside it is the frame of the count.
# Sessions and censuses are counted too, but name no instalment.
_ORDINAL: Final = rf"第(?:[0-9]{{1,6}}|[{_NUMERALS}百]{{1,5}})(?:[-至、](?:[0-9]{{1,4}}|[{_NUMERALS}]{{1,5}}))?"
_ISSUE: Final = re.compile(
    rf"(?:{_ORDINAL}(?:期(?!工程|项目|建设|改造)|[批辑]|次(?!(?:[一-龥]{{0,6}})(?:会|普查|学习)))|首[期批])"
    rf"|(?<![0-9A-Za-z.])[0-9]{{1,3}}期(?!工程|项目|建设|改造)"
)
_COUNT_WORDS: Final = "[期批次号届轮场辑条章回名位个类版季件卷例站代款项集讲阶]"
_MONTH_OR_RANGE: Final = rf"[0-9]{{1,2}}(?:{_TO}[0-9]{{1,2}})?月份?"

_NO_PERIOD: Final[tuple[str, ...]] = (
    # document and case numbers: 粤府〔2017〕65号, (2018)粤01民初123号, 2017年第41号令; cut off: 〔2017
    rf"[(\[〔【]{_YEAR}年?[)\]〕】][^()\[\]〔〕【】]{{0,12}}?第?[0-9]{{1,6}}号|[\[〔【]{_YEAR}[\]〕】]|〔{_YEAR}"
    rf"|(?<![0-9]){_YEAR}年?第?[0-9]{{1,6}}号",
    # plan spans: 2016—2020年, 2021年至2025年, 2016-2017学年
    rf"(?<![0-9]){_YEAR}(?:年度?)?[-至到/]+{_YEAR}(?![0-9])(?:年度?)?+(?![0-9]{{1,2}}(?:月|{_TO}[0-9]{{1,2}}月))",
    rf"(?<![0-9]){_YEAR}-[0-9]{{2}}(?=学?年)",
    # what is compared with: 比2016年5月, 较上年同期
    rf"[比较](?:{_YEAR}年|去年|上年)(?:同期|同月|{_MONTH_OR_RANGE}|第?[1-4]季度|[上下]半年)?",
    # deadlines and beginnings: 6月30日前, 截止时间为6月30日, 自2017年6月1日起, 每年5月
    rf"截止(?:时间|日期|日)?[到至为是于:]*{_ANY_HEAD}[0-9]{{1,2}}月[0-9]{{1,2}}[日号]",
    rf"(?:{_MOMENT}{_TO})?{_MOMENT}{_LIMIT}(?:至{_MOMENT})?",
    rf"每年的?{_MONTH_OR_RANGE}(?:[0-9]{{1,2}}[日号])?",
)

_TABLE: Final[tuple[tuple[str, Reader], ...]] = (
    *((pattern, _nothing) for pattern in _NO_PERIOD),
    # sums up to a moment: 截至5月底, 截至2017年6月30日
    (rf"截至到?{_HEAD}(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})[日号]", _sum_to_day),
    (rf"截[至止][到至]?{_HEAD}(?P<month>[0-9]{{1,2}})月份?[底末]?", _sum_to_month),
    # spans of days
    (
        rf"{_HEAD}(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})[日号]?{_TO_YEAR}"
        r"(?:(?P<month2>[0-9]{1,2})月)?(?P<day2>[0-9]{1,2})[日号]",
        _days,
    ),
    (
        rf"(?<![0-9])(?P<year>{_YEAR})(?P<sep>[-./])(?P<month>[0-9]{{1,2}})(?P=sep)(?P<day>[0-9]{{1,2}}){_TO}"
        rf"(?:(?P<year2>{_YEAR})(?P=sep))?(?P<month2>[0-9]{{1,2}})(?P=sep)(?P<day2>[0-9]{{1,2}})(?![0-9])",
        _days,
    ),
    (
        rf"(?<![0-9.])(?P<month>[0-9]{{1,2}})\.(?P<day>[0-9]{{1,2}}){_TO}"
        r"(?P<month2>[0-9]{1,2})\.(?P<day2>[0-9]{1,2})(?![0-9.%万亿倍元])",
        _days,
    ),
    (rf"{_ANY_HEAD}[0-9]{{1,2}}月份?{_TO}(?:{_YEAR}年)?[0-9]{{1,2}}月[0-9]{{1,2}}[日号]", _nothing),
    # a part of a month is no period of ours: 5月上旬, 5月第2周
    (rf"{_ANY_HEAD}[0-9]{{1,2}}月份?(?:[上中下]旬|[上下]半月|第[0-9]{{1,2}}周)", _nothing),
    # days
    (rf"{_HEAD}(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})[日号]", _day),
    (
        rf"(?<![0-9])(?P<year>{_YEAR})(?P<sep>[-./])(?P<month>[0-9]{{1,2}})(?P=sep)(?P<day>[0-9]{{1,2}})(?![0-9])",
        _day,
    ),
    (r"(?<![0-9A-Za-z第号])(?P<year>20[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?![0-9A-Za-z号])", _day),
    # months
    (rf"{_HEAD}第?(?P<month>[0-9]{{1,2}})月份?[及和与、暨]0?1{_TO}(?P=month)月份?", _month_and_sum),
    (rf"{_HEAD}0?1{_TO}(?P<month>[0-9]{{1,2}})月份?[及和与、暨](?P=month)月份?", _month_and_sum),
    (rf"{_HEAD}第?(?P<first>[0-9]{{1,2}})(?:月份?)?{_TO_YEAR}第?(?P<last>[0-9]{{1,2}})月份?", _months),
    (rf"{_HEAD}(?P<list>[0-9]{{1,2}}(?:[、和及与][0-9]{{1,2}}){{1,11}})月份?", _listed_months),
    (rf"(?<![提之以目]){_HEAD}[前头](?P<count>[0-9]{{1,2}})个?月份?", _first_months),
    (rf"{_HEAD}第?(?P<month>[0-9]{{1,2}})月(?![0-9]{{1,2}}-?{_CUT})份?", _month),
    (
        rf"(?<![0-9])(?P<year>{_YEAR})[./](?P<first>[0-9]{{1,2}}){_TO}(?P<year2>{_YEAR})[./](?P<last>[0-9]{{1,2}})(?![0-9.%])",
        _months,
    ),
    (
        rf"(?<![0-9A-Za-z])(?P<year>{_YEAR})[-/.](?P<month>0[1-9]|1[0-2])(?![0-9年%万亿元倍/.-])",
        _month,
    ),
    # quarters
    (rf"{_HEAD}第?(?P<first>[1-4])(?:季度?)?{_TO_YEAR}第?(?P<last>[1-4])季度", _quarters),
    (rf"{_HEAD}第?(?P<list>[1-4](?:季度)?(?:[、和及与]第?[1-4]){{1,3}})季度", _listed_quarters),
    (rf"(?<![提之以目]){_HEAD}前(?P<count>[1-4])个?季度", _first_quarters),
    (rf"{_HEAD}第?(?P<quarter>[1-4])季[度报]", _quarter),
    (rf"{_HEAD}[Qq](?P<first>[1-4]){_TO}[Qq]?(?P<last>[1-4])(?![0-9])", _quarters),
    (rf"{_HEAD}[Qq](?P<quarter>[1-4])(?![0-9A-Za-z])", _quarter),
    # halves and weeks
    (rf"{_HEAD}(?P<half>[上下前后])半年度?", _half),
    (rf"(?<![0-9])(?P<year>{_YEAR})年半年[度报]", _first_half),
    (rf"{_HEAD}第(?P<week>[0-9]{{1,2}})周(?!年)", _week),
    # what is counted: 2017年第三批, 首期, 第十三届
    (
        rf"(?:(?<![0-9])(?P<year>{_YEAR})(?:年度?)?)?(?:{_ORDINAL}{_COUNT_WORDS}|[首末][批期次]|(?<![0-9A-Za-z.])[0-9]{{1,3}}期)",
        _counted,
    ),
    # years
    (rf"(?<![0-9]){_YEAR}年(?:修订|修正|修改)(?=[)版本案]|$)", _nothing),
    (rf"(?<![0-9])(?P<year>{_YEAR})年全年(?=[及和与暨、])", _year_beside),
    (rf"(?<![0-9])(?P<list>{_YEAR}(?:[、和及与]{_YEAR}){{0,9}})年(?:度|全年|(?!{_CUT_WITHIN}))", _years),
    (
        r"(?P<beside>[及和与暨、])?(?P<said>今年|本年|去年|上年)?全年(?!任务|目标|计划|工作|预算|安排|[期均累共性度龄])",
        _whole_year,
    ),
    (r"(?<![比较])(?P<which>上一?|去|前一|本)年度", _this_or_last_year),
    # a year without 年: in or before brackets at an end, or at the head before words that it does not count
    (rf"(?<![0-9A-Za-z第〔./-])(?P<list>{_YEAR})(?=[)\]】]|$)", _years),
    (rf"^(?P<list>{_YEAR})(?=[一-龥])(?![年级届余多名人个元家户万亿件吨米亩套辆项条届号]|公[斤里顷])", _years),
)
_FORMS: Final = tuple((re.compile(pattern), read) for pattern, read in _TABLE)


def _consumed(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _may_frame_a_count(mention: Mention) -> bool:
    """Not "2017年度": the yearly matter itself, even where its results come in batches."""
    return mention.is_loose and "度" not in mention.text
