"""What does a table's cell look like: a section, a number, agencies, a time limit, or a measure's text?"""

import re

from plans.reading.leads import looks_like_units
from plans.reading.lexicon import lexicon
from plans.reading.outline import marker
from plans.reading.script import plain

_NUMBER = re.compile(r"\d{1,3}[.、]?|（\d{1,3}）", re.ASCII)
_LONGEST_SECTION = 60
_LONGEST_TIME = 60  # two dates with what falls due then
_LONGEST_PHRASE = 24  # 每季度结束后15个工作日内 and the like
_DATED = re.compile(
    r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|份)?(?:前|以前|之前|公布|公开|完成|$)|20\d\d[年./-]", re.ASCII
)


def is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(plain(cell).strip()) is not None


def is_section(cell: str) -> bool:
    """A head with a Chinese numeral, such as 一、 or （一）."""
    found = marker(cell)
    return found is not None and found.style in ("chapter", "part") and len(cell) <= _LONGEST_SECTION


def is_time(cell: str) -> bool:
    text = "".join(plain(cell).split())
    if not 0 < len(text) <= _LONGEST_TIME or "。" in text.rstrip("。"):
        return False
    if _DATED.match(text):
        return True
    wordy = len(text) > _LONGEST_PHRASE or lexicon().publishing.search(text)
    return not wordy and any(pattern.search(text) for pattern in lexicon().time_cells)


def is_units(cell: str) -> bool:
    return looks_like_units("".join(cell.split()))
