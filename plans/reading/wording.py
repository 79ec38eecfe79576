"""Short words for an obligation: its title, where it is published, what it must cover, how it is recognised."""

import re
from functools import cache
from typing import Final

from plans.reading.cadences import EXPLICIT, Cadence
from plans.reading.lexicon import Stated, lexicon
from plans.reading.script import plain
from plans.register import Kind

_LONGEST_TITLE: Final = 40
_LONGEST_CHANNEL: Final = 40
_AHEAD = re.compile(
    r"^(?:进一步|继续|认真|积极|主动|全面|深入|切实|有序|统一|集中(?!式)|依法|依规|及时|定期|适时|实时|做好|推进|加强|加大|强化|深化|"
    r"完善|开展|落实|要|应|将|并|对|我市|我区|我县|本级|本市|全文|向社会|对外|、|，|的|按月|每月|每季度|按季度|每周|每年|每日|上月度?|当月|当年|上一?年度)+"
)
_BEHIND = re.compile(r"(?:等|工作|力度|信息|情况|机制|，|。|；|、)+$")
_QUOTED = re.compile(r"《([^《》]{2,40})》")
_JOINTS = re.compile(r"[、和及与的等，“”《》（）()\s]|情况|信息|工作|公开|相关|有关")
_SAYS_NOTHING = re.compile("政策|措施|进展|我市|我区|全市|全区|方面|重点|进一步")
_NO_VERB = re.compile("目录|机制|栏|平台|力度|制度|工作|方式|范围|会|后|之日|过程|内容|属性")
_SAYS_HOW = re.compile("在|通过|以|于|利用|依托|围绕|根据|按照|并|针对|结合|向|第|最迟|严格执行|本")
_THIS_YEAR = re.compile(r"^(?:[^，。、]{2,4}[省市区县])?20\d\d年度?|20\d\d年度?")
_MASKED = re.compile("《[^《》]{0,80}》|“[^“”]{0,40}”")
_OBJECT = re.compile("将(?P<what>[^，。；]{2,40}?)(?:在|通过|向|予以|于|及时|定期|适时|主动|公开|发布|公布)")
_DELIMITERS: Final = r"[，。；！？\n：,;:]"


def title_of(text: str, said: int = 0, around: str = "") -> str:
    """The thing to be published, in few of the plan's words: what stands behind the verb, or before it. `said`:
    where in the text the cadence ends; a verb behind it goes before others. `around`: the wider text, where the
    nearer one says only how."""
    title = _title_in(text, said)
    return _short(around) if around and _SAYS_HOW.match(plain(title)) else title


def _title_in(text: str, said: int) -> str:
    even = _MASKED.sub(lambda found: "□" * len(found[0]), plain(text))
    given = _OBJECT.search(even)
    if given:
        return _short(text[given.start("what") : given.end("what")])
    verb = _main_verb(even, said) or (_main_verb(even, 0) if not text[said:].strip("，。；、 ") else None)
    if verb is None:
        return _short(text[said:]) if said and len(_part(text[said:])) > 3 else _short(text)
    behind = _AHEAD.sub("", next(iter(re.split(_DELIMITERS, text[verb.end() :])), ""))
    if len(behind.rstrip("等")) >= 2:
        return _short(behind)
    return _short(_AHEAD.sub("", _last_part(text[: verb.start()]))) or _short(text)


def _main_verb(even: str, start: int) -> re.Match[str] | None:
    """The first verb of publishing behind `start`; the last one where several follow each other."""
    found = list(lexicon().publishing.finditer(even, start))
    real = [one for one in found if not _NO_VERB.match(even, one.end())]
    chosen = next(iter(real), None)
    for one in real:
        if chosen and one.start() == chosen.end():
            chosen = one
    return chosen


def _parts(text: str) -> list[str]:
    return [part for part in re.split(_DELIMITERS, text) if part.strip()]


def _part(text: str) -> str:
    """The first part that says what, not how or where."""
    parts = _parts(text)
    return next((part for part in parts if not _SAYS_HOW.match(plain(part))), next(iter(parts), ""))


def _last_part(text: str) -> str:
    parts = _parts(text)[::-1]
    return next((part for part in parts if not _SAYS_HOW.match(plain(part))), next(iter(parts), ""))


def _short(text: str) -> str:
    bare = _AHEAD.sub("", _part(text)) or _part(text)
    bare = re.sub(r"[（(][^（）()]*[)）]|[“”]", "", bare)
    return (bare[:_LONGEST_TITLE].strip("《》“”、 ") or text[:_LONGEST_TITLE].strip() or "事项").replace("\t", " ")


@cache
def _channel_pattern() -> re.Pattern[str]:
    words = lexicon().channels
    return re.compile(f"{words['before'].pattern}(?P<name>{words['name'].pattern})")


def channel_of(text: str) -> str:
    """Where it is published, in the plan's words; several joined by 、."""
    even = re.sub("《[^《》]*》", lambda found: "□" * len(found[0]), plain(text))
    names = [text[found.start("name") : found.end("name")] for found in _channel_pattern().finditer(even)]
    return "、".join(dict.fromkeys(name[:_LONGEST_CHANNEL] for name in names if len(name) > 1))


def covers_of(text: str) -> tuple[str, ...]:
    """What must be covered completely: numbers of things, or groups of places."""
    words, even = lexicon().covers, plain(text)
    found = [text[one.start() : one.end()] for pattern in (words.counts, words.wide) for one in pattern.finditer(even)]
    return tuple(dict.fromkeys(found))


def fields_of(text: str) -> tuple[str, ...]:
    """Required elements of what is published, such as 依据、主体、内容、方式."""
    found = lexicon().covers.fields.search(plain(text))
    if found is None:
        return ()
    group = "list" if found["list"] else "listed"
    listed = re.split("[、和及]", text[found.start(group) : found.end(group)])
    return tuple(dict.fromkeys(name.removesuffix("等") for name in listed if 1 < len(name) <= 16))


def kind_of(even: str, focus: str, cadence: Cadence) -> Kind:
    """`even`: all of the obligation's text; `focus`: the clause with the cadence, which goes first."""
    publishes = lexicon().publishing.search(focus) is not None
    found = next((words.kind for words in lexicon().kinds if words.pattern.search(even)), None)
    if found in (Kind.LABEL, Kind.PAIRING):
        return found
    if publishes and cadence.stated in EXPLICIT:
        return Kind.PERIODIC
    found = next((words.kind for words in lexicon().kinds if words.pattern.search(focus)), None)
    if found is not None:
        return found
    if not publishes:
        return Kind.DUTY
    if cadence.stated in (Stated.REALTIME, Stated.REGULARLY, Stated.ONCE_BY_DATE, Stated.AS_APPROPRIATE):
        return Kind.PERIODIC
    return Kind.EVENT if cadence.stated in (Stated.TIMELY, Stated.ON_EVENT) else Kind.STANDING


def patterns_of(title: str) -> tuple[str, ...]:
    """A regular expression of the title's telling words, in their order; a suggestion for the reviewer."""
    quoted = _QUOTED.search(title)
    lasting = _THIS_YEAR.sub("", quoted[1] if quoted else title)
    words = [word for word in _JOINTS.split(lasting) if len(word) >= 2]
    telling = [_BEHIND.sub("", word)[:8] for word in words if not _SAYS_NOTHING.fullmatch(word)][:3]
    parts = [re.escape(word) for word in telling if len(word) >= 2]
    return (".*".join(parts),) if parts else ()
