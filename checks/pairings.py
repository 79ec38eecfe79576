"""Was every policy document explained in time?

Documents are known by the register's title patterns and stand in its columns; their interpretations by title, by the
document's number or name in their text, and by links both ways (STANDARDS 3.2), on any site of the agency. Each
document is one verdict. Without a limit in the register it is three working days after the document; one that came
before its document was in time.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from checks.addresses import page_key
from checks.answers import unclear, uncovered
from checks.case import Answer, Case
from checks.coverage import Coverage, Need, coverage, local_day
from checks.due import DueDate
from checks.flags import with_clocks
from checks.limits import limit_after
from checks.lookalikes import resemblance
from checks.matching import MAX_CANDIDATES, Titled, publication_order
from checks.periods import PeriodKind, read_periods
from checks.subjects import (
    Subject,
    candidate,
    fitting,
    in_plan,
    nothing_there,
    same_document,
    subjects_of,
    unjudgeable,
)
from checks.verdict import Candidate, Flag, Refusal, Status
from checks.wording import place_phrase, sentence, short
from db.documents import bare_title, is_cut, plain_text
from db.facts import Publication
from plans.register import CheckMode, Pair

# 最迟应在政策文件公开发布后3个工作日内 (Zhengzhou 2016-10; STANDARDS 3.2).
WORKING_DAYS: Final = 3
# An interpretation of the draft or of the same day's twin may come before the document; one that is older than this
# explains what the document replaced. Assumed: drafts are consulted on for 30 days at most.
EARLIEST: Final = dt.timedelta(days=30)
SHORTEST_NAME: Final = 6  # characters; 管理办法 alone names no document
_LIKE: Final = 0.5  # share of a name's pairs of characters in a title from which it may mean the document; assumed
_MAX_TEXT: Final = 200_000  # characters of an interpretation in which numbers and names are looked for
_QUOTED: Final = re.compile(r"《([^《》]{4,120})》")
_BEFORE: Final = re.compile(
    r"^(?:\[[^\]]{0,12}\]|【[^】]{0,12}】|\([^()]{0,12}\))|^.{0,30}?负责人就|^(?:一?张?图|图说|图文|动画|视频)?(?:读懂|看懂|图解|解读|关于)[:：|]?"
)
_BEHIND: Final = re.compile(
    r"(?:的|有关|相关|政策|文件|文字|图文|图片|专家|问题|情况|内容)*(?:解读|图解|答记者问|问答|说明)(?:材料|稿|之[一二三四五]|\([^()]{0,12}\))?$"
)
_COMMON: Final = re.compile(
    r"^[一-龥]{2,8}?[省市县区](?:人民政府)?(?:办公[室厅])?(?:关于)?|(?:印发|实施|管理|暂行|试行|工作|进一步|加强|若干)"
    r"|(?:办法|细则|方案|意见|通知|规定|规划|计划|决定|条例|措施)"
)
_EXPLAINS: Final = re.compile(r"解读|图解|读懂|答记者问")


class Tie(IntEnum):
    """How surely an interpretation belongs to a document."""

    NONE = 0
    LIKE = 1  # much the same words: a person must look
    TEXT = 2  # its text names the document
    NAMED = 3  # its title names the document, or one links to the other


@dataclass(frozen=True, slots=True)
class Explanation:
    """An interpretation as it is compared: `names` are what its title says that it explains."""

    publication: Publication
    title: str
    names: tuple[str, ...]
    is_quoting: bool  # the title quotes a document's name, so that it can mean no other
    text: str
    links: frozenset[str]  # as `page_key` compares them


def judge_pairing(case: Case) -> tuple[Answer, ...]:
    """One answer for each policy document of the plan's time, by date; never none."""
    refused, pair = unjudgeable(case), case.obligation.evidence.pair or Pair()
    if refused is not None:
        return (refused,)
    documents = _documents(case, pair)
    if not documents:
        return (nothing_there(case, "政策文件", "policy document"),)
    explanations = tuple(_explanation(p) for p in _interpretations(case, pair))
    return tuple(_judge_document(case, pair, document, explanations) for document in documents)


def _documents(case: Case, pair: Pair) -> tuple[Subject, ...]:
    columns = case.obligation.evidence.columns
    readings = [r for site in case.sites for r in case.seen.readings.belonging(site, columns)]
    addresses = frozenset(reading.url for reading in readings)
    own = [re.compile(pattern) for pattern in pair.title]
    found = []
    for matched in fitting(case):
        publication = matched.publication
        placed = not columns or not addresses.isdisjoint(publication.columns)
        explains = _is_interpretation(plain_text(publication.title[:500]), own) or (
            matched.resemblance is not None and matched.resemblance.refusal is not Refusal.FORWARDED
        )
        if placed and not explains and in_plan(case, publication):
            found.append(publication)
    return subjects_of(found, same_document)


def _interpretations(case: Case, pair: Pair) -> tuple[Publication, ...]:
    """What explains anything, by its title or by the column in which it stands, as of the day."""
    own = [re.compile(pattern) for pattern in pair.title]
    readings = [r for site in case.sites for r in case.seen.readings.belonging(site, pair.columns)]
    shelves = frozenset(reading.url for reading in readings) if pair.columns else frozenset()
    found = [
        titled.publication
        for titled in case.seen.titles.on(case.sites)
        if _is_interpretation(titled.plain, own) or _stands_in(titled, shelves)
    ]
    found += _on_portals(case, own)
    return tuple(p for p in found if p.published is None or p.published <= case.as_of)


def _on_portals(case: Case, own: Iterable[re.Pattern[str]]) -> list[Publication]:
    """Interpretations that the government's portal shows and that say by name or link what they explain. They help
    the agency only: nobody has to look there before an interpretation may be called absent."""
    others = [portal for portal in case.seen.portals if portal not in case.sites]
    return [
        titled.publication
        for titled in case.seen.titles.on(others)
        if (_QUOTED.search(titled.raw) or titled.publication.links) and _is_interpretation(titled.plain, own)
    ]


def _is_interpretation(title: str, own: Iterable[re.Pattern[str]]) -> bool:
    alike = resemblance(title, None, ())
    return any(pattern.search(title) for pattern in own) or (
        alike is not None and alike.refusal is Refusal.INTERPRETATION
    )


def _stands_in(titled: Titled, shelves: frozenset[str]) -> bool:
    return not shelves.isdisjoint(titled.publication.columns)


def _explanation(publication: Publication) -> Explanation:
    title = bare_title(publication.title)
    quoted = tuple(bare_title(name) for name in _QUOTED.findall(publication.title[:500]))
    core = _BEHIND.sub("", _BEFORE.sub("", title))
    names = tuple(name for name in (*quoted, core) if len(name) >= SHORTEST_NAME)
    text = plain_text((publication.text or "")[:_MAX_TEXT])
    return Explanation(publication, title, names, bool(quoted), text, frozenset(map(page_key, publication.links)))


def tie(document: Subject, explanation: Explanation) -> Tie:
    """How surely the interpretation belongs to the document."""
    forms = document.document.titles
    addresses = {page_key(copy.url) for copy in document.copies}
    if not addresses.isdisjoint(explanation.links):
        return Tie.NAMED
    own = page_key(explanation.publication.url)
    if any(own == page_key(link) for copy in document.copies for link in copy.links):
        return Tie.NAMED
    if any(form in explanation.title for form in forms):
        return Tie.NAMED
    if any(name in form for name in explanation.names for form in forms):
        return Tie.NAMED
    if _is_named_in(document, explanation.text):
        return Tie.TEXT
    # Any title may be that of an interpretation whose text names the document: 补贴怎么发？看这里.
    unread = explanation.publication.text is None and not (explanation.is_quoting or _is_of_a_period(explanation))
    unread = unread or explanation.publication.cut or is_cut(explanation.publication.title)
    likeness = 0.0 if explanation.is_quoting else max((_likeness(f, explanation.title) for f in forms), default=0.0)
    return Tie.LIKE if unread or likeness >= _LIKE else Tie.NONE


def _is_of_a_period(explanation: Explanation) -> bool:
    """It explains an instalment: 1-9月份…情况答记者问. Policy documents are about no month or quarter."""
    publication = explanation.publication
    spoken = read_periods(publication.title[:500], publication.published).periods
    return any(period.kind is not PeriodKind.YEAR for period in spoken)


def _is_named_in(document: Subject, text: str) -> bool:
    if any(form in text for form in document.document.titles):
        return True
    number = document.document.number
    if number is None:
        return False
    prefix, _, rest = number.partition("[")
    year, _, serial = rest.partition("]")
    written = rf"{re.escape(prefix)}[\[(〔【<《{{「]{year}年?[\])〕】>》}}」]第?0{{0,4}}{serial}号"
    return re.search(written, text) is not None


def _likeness(name: str, title: str) -> float:
    """The share of a name's neighbouring characters that stand in the title as well; place and sort of document, which
    many names share, are left out."""
    own = _COMMON.sub("", name)
    pairs = {own[i : i + 2] for i in range(len(own) - 1)}
    return sum(pair in title for pair in pairs) / len(pairs) if pairs else 0.0


def _judge_document(case: Case, pair: Pair, document: Subject, explanations: Iterable[Explanation]) -> Answer:
    issued, title = document.first.published, short(document.first.title)
    if issued is None:
        why = sentence("document_undated", document=title)
        return Answer(Status.INCONCLUSIVE, why, DueDate(None), flags=(Flag.UNDATED,), subject=document.name)
    due = limit_after(case.obligation.due, issued, "文件公开之日", WORKING_DAYS)
    url = document.first.url
    due = due.after(f"文件《{title}》公开于 {issued}（{url}）", f"{title} was published on {issued} ({url})")
    own = {copy.url for copy in document.copies}
    ties = [(tie(document, e), e.publication) for e in explanations if e.publication.url not in own]
    known = [(t, p) for t, p in ties if t is not Tie.NONE and _could_be_of(p, issued)]
    answer = _decided(case, pair, _Question(document, issued, due, title), known)
    if any(p == answer.found for _, p in known):  # an interpretation's day is a claim like any other
        answer = with_clocks(case, answer)
    return replace(answer, subject=document.name, candidates=_candidates(answer, known))


@dataclass(frozen=True, slots=True)
class _Question:
    """One document, when it came out, and by when it was to be explained."""

    document: Subject
    issued: dt.date
    due: DueDate
    title: str

    @property
    def limit(self) -> dt.date:
        return self.due.day or self.issued


def _could_be_of(publication: Publication, issued: dt.date) -> bool:
    return publication.published is None or publication.published >= issued - EARLIEST


def _decided(case: Case, pair: Pair, asked: _Question, known: Sequence[tuple[Tie, Publication]]) -> Answer:
    facts = {"document": asked.title, "issued": asked.issued, "due": asked.limit}
    within = _within(asked.document)
    if within is not None:
        why = sentence("paired_within", title=short(within), **facts)
        return Answer(Status.ON_TIME, why, asked.due, asked.document.first)
    sure = sorted((p for t, p in known if t >= Tie.TEXT), key=_earliest)
    in_time = [p for p in sure if (p.published or local_day(p.first_seen)) <= asked.limit]
    if in_time:
        found = in_time[0]
        shown = found.published or local_day(found.first_seen)
        why = sentence("paired", published=shown, title=short(found.title), **facts)
        flags = () if found.published else (Flag.UNDATED,)
        return Answer(Status.ON_TIME, why, asked.due, found, flags)
    if case.as_of <= asked.limit:
        return Answer(Status.NOT_DUE, sentence("unpaired_not_due", as_of=case.as_of, **facts), asked.due)
    undated = [p for p in sure if p.published is None]
    if undated:
        seen = local_day(undated[0].first_seen)
        why = sentence("paired_undated", seen=seen, title=short(undated[0].title), **facts)
        return Answer(Status.INCONCLUSIVE, why, asked.due, undated[0], (Flag.UNDATED,))
    return _too_late(case, pair, asked, known)


def _too_late(case: Case, pair: Pair, asked: _Question, known: Sequence[tuple[Tie, Publication]]) -> Answer:
    """Nothing explained it in time. Late or absent is said only where what could have was read."""
    named = sorted((p for t, p in known if t is Tie.NAMED), key=_earliest)
    doubts = sorted((p for t, p in known if t is not Tie.NAMED), key=_earliest)
    if named:
        doubts = [p for p in doubts if p.published is None or p.published <= asked.limit]
    if doubts:
        shown = {"title": short(doubts[0].title), "published": doubts[0].published or "—"}
        return Answer(
            Status.INCONCLUSIVE, sentence("unpaired_doubt", document=asked.title, **shown), asked.due, doubts[0]
        )
    need = Need(pair.columns, asked.issued, asked.limit, case.need.given)
    covered = coverage(case.sites, case.seen.readings, need)
    return replace(_by_coverage(replace(case, need=need), asked, named, covered), columns=covered.columns)


def _by_coverage(case: Case, asked: _Question, named: Sequence[Publication], covered: Coverage) -> Answer:
    """Late, absent or not to be judged, by what was read of the columns of interpretations."""
    if covered.gap is not None:
        return replace(uncovered(case, covered.gap), due=asked.due)
    facts = {"document": asked.title, "issued": asked.issued, "due": asked.limit}
    if named and named[0].published is not None:
        found, days = named[0], (named[0].published - asked.limit).days
        why = sentence("paired_late", published=found.published, days=days, title=short(found.title), **facts)
        return Answer(Status.LATE, why, asked.due, found, days_late=days)
    first = covered.decisive[0]
    if case.obligation.check is CheckMode.ASSISTED:
        about = {"about": f"《{asked.title}》的解读", "about_en": f"an explanation of {asked.title}"}
        return replace(unclear(case, sentence("needs_person", **about), first), due=asked.due)
    where = place_phrase(covered.decisive, case.expectation.sites)
    closed = case.as_of > case.expectation.plan.last_day
    why = sentence("unpaired", as_of=case.as_of, **facts, **where)
    return Answer(Status.MISSING if closed else Status.OVERDUE, why, asked.due, reading=first)


def _within(document: Subject) -> str | None:
    """An attachment of the document's own page that explains it."""
    names = (name for copy in document.copies for name, _ in copy.attachments)
    return next((name for name in names if _EXPLAINS.search(name[:500])), None)


def _earliest(publication: Publication) -> tuple[object, ...]:
    return (publication.published or local_day(publication.first_seen), publication_order(publication))


def _candidates(answer: Answer, known: Iterable[tuple[Tie, Publication]]) -> tuple[Candidate, ...]:
    """What was weighed for the document, the accepted one first."""
    found = answer.found if answer.status is not Status.INCONCLUSIVE else None
    weighed = [
        candidate(p, _refusal(t, p), _WORDS[t], doubt=t is not Tie.NAMED)
        for t, p in sorted(known, key=_by_tie)
        if p != found
    ]
    first = [candidate(found, None)] if found is not None and any(p == found for _, p in known) else []
    return (*first, *weighed)[:MAX_CANDIDATES]


def _refusal(tied: Tie, publication: Publication) -> Refusal:
    if tied is Tie.LIKE:
        return Refusal.NOT_ABOUT_IT
    return Refusal.UNDATED if publication.published is None else Refusal.LATER_VERSION


def _by_tie(pair: tuple[Tie, Publication]) -> tuple[object, ...]:
    return (-pair[0], _earliest(pair[1]))


_WORDS: Final = {
    Tie.LIKE: "用词相近，未写明所解读的文件",
    Tie.TEXT: "正文提到该文件",
    Tie.NAMED: "标题或链接指向该文件",
}
