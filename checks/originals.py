"""Which documents were repealed, by which notice, and which pages are copies of them?

A copy is known by its document number; where one of the two bears none, by its title, unless several different
documents share that title. A document of the same title that was issued after the repeal is the new version and no
original. Whoever could be meant and is not certain is a doubt: named, never accused.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from checks.coverage import ReadingIndex
from checks.matching import MAX_TITLE, Titled, TitleIndex
from db.documents import (
    SHORTEST_CUT,
    DocumentName,
    bare_title,
    document_name,
    is_cut,
    number_key,
    plain_text,
    shown_parts,
)
from db.facts import FileOutcome, Publication, Repealed
from plans.register import Evidence

_MAX_TEXT: Final = 20_000  # characters of a page in which a document's number is looked for
_SHARED_LINES: Final = 0.3  # of two copies' lines, at least; assumed: yearly papers of one title share fewer
_SHORTEST_LINE: Final = 10  # characters of a line by which texts are compared
_SHARED: Final = 4  # characters that two titles of one number must share: 公园管理
# Pages that bear another document's number or name and are no copy of it.
_ABOUT_IT: Final = re.compile(
    r"解读|图解|一图|图说|问答|答记者问|说明会|发布会|征求意见|征集意见|草案|关于(?:废止|修改|清理|宣布)|转发|新闻|起草说明|听证|公示$"
)


@dataclass(frozen=True, slots=True)
class Repeal:
    """One document, and the notices that repeal it. `day` is when it ended (None: no notice bears a date),
    `told` the day of the first notice."""

    document: Repealed
    name: DocumentName
    notices: tuple[Publication, ...]
    day: dt.date | None
    told: dt.date | None

    @property
    def label(self) -> str:
        """The document as a verdict's subject: its number and title."""
        title = f"《{self.document.title}》" if self.document.title else ""
        return f"{self.document.doc_no or ''}{title}" + ("（部分废止）" if self.document.partial else "")


@dataclass(frozen=True, slots=True)
class Copy:
    """A page on which a repealed document stands, or could stand (`doubt`)."""

    publication: Publication
    doubt: bool = False
    same_number: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An obligation's notices, and each document that they repeal with its copies on all sites."""

    notices: tuple[Publication, ...]
    repeals: tuple[tuple[Repeal, tuple[Copy, ...]], ...]


class Originals:
    """The publications of all sites by document number and title."""

    def __init__(self, titles: TitleIndex) -> None:
        self._titled = titles.everywhere()
        self._by_number: dict[str, list[Publication]] = defaultdict(list)
        self._by_title: dict[str, list[Publication]] = defaultdict(list)
        self._cut: dict[str, list[tuple[str, Publication]]] = defaultdict(list)  # by the first signs of what is shown
        self._found: dict[tuple[object, ...], Found] = {}
        for titled in self._titled:
            publication = titled.publication
            name = _name_of(publication)
            if name.number:
                self._by_number[name.number].append(publication)
            for form in name.titles:
                self._by_title[form].append(publication)
            if publication.text is None and (publication.cut or is_cut(publication.title)):
                for shown in shown_parts(publication.title):
                    self._cut[shown[:SHORTEST_CUT]].append((shown, publication))

    def found(self, evidence: Evidence, readings: ReadingIndex, first_day: dt.date, as_of: dt.date) -> "Found":
        """What one obligation's notices repeal from the first day on, and all copies of it; the same for each agency,
        so it is looked up once."""
        key = (evidence.title, evidence.exclude, evidence.columns, first_day, as_of)
        if key not in self._found:
            notices = self._notices(evidence, readings)
            repeals = sorted(repealed_by(notices, first_day, as_of), key=_repeal_order)
            self._found[key] = Found(notices, tuple((repeal, self._copies(repeal)) for repeal in repeals))
        return self._found[key]

    def _notices(self, evidence: Evidence, readings: ReadingIndex) -> tuple[Publication, ...]:
        """What the register calls a notice by its title; and what repeals documents in the columns of originals."""
        wanted = [re.compile(pattern) for pattern in evidence.title]
        excluded = [re.compile(pattern) for pattern in evidence.exclude]
        places = _Places(readings, evidence.columns)
        return tuple(
            titled.publication
            for titled in self._titled
            if not _fits(titled, excluded)
            and (_fits(titled, wanted) or (repeals_of(titled.publication) and places.hold(titled.publication)))
        )

    def _copies(self, repeal: Repeal) -> tuple[Copy, ...]:
        """The pages on all sites that are the document's copies, or could be, as they were first seen."""
        named = self._named(repeal)
        rivals = self._rivals(repeal)
        found = {(p.site, p.url): _copy(repeal, p, rivals) for p in named}
        for form in repeal.name.titles:
            for shown, publication in self._cut.get(form[:SHORTEST_CUT], ()):
                if form.startswith(shown):
                    found.setdefault((publication.site, publication.url), Copy(publication, doubt=True))
        return tuple(
            sorted(found.values(), key=lambda c: (c.publication.first_seen, c.publication.site, c.publication.url))
        )

    def _named(self, repeal: Repeal) -> list[Publication]:
        """Who bears the document's number or title and did not come after it as its new version."""
        found = list(self._by_number.get(repeal.name.number or "", ()))
        found += [p for form in sorted(repeal.name.titles) for p in self._by_title.get(form, ())]
        unique = {(p.site, p.url): p for p in found}
        return [p for p in unique.values() if not _is_notice(repeal, p) and not _is_another(repeal, p)]

    def _rivals(self, repeal: Repeal) -> list[Publication]:
        """All pages of the document's title, under whatever number, but for its new versions."""
        found = {(p.site, p.url): p for form in repeal.name.titles for p in self._by_title.get(form, ())}
        return [p for p in found.values() if not _is_notice(repeal, p) and not _is_later(repeal, p)]


class _Places:
    """Whether a publication stands in a column of these names."""

    def __init__(self, readings: ReadingIndex, columns: tuple[str, ...]) -> None:
        self._readings, self._columns = readings, columns
        self._addresses: dict[str, frozenset[str]] = {}

    def hold(self, publication: Publication) -> bool:
        site = publication.site
        if site not in self._addresses:
            self._addresses[site] = frozenset(r.url for r in self._readings.belonging(site, self._columns))
        return not self._addresses[site].isdisjoint(publication.columns)


@lru_cache(maxsize=1)  # one judgement asks for each obligation and agency
def originals(titles: TitleIndex) -> Originals:
    return Originals(titles)


def repeals_of(publication: Publication) -> tuple[Repealed, ...]:
    """What a page and its attachments declare repealed."""
    return (*publication.repeals, *(repealed for file in publication.files for repealed in file.repeals))


def is_unread(notice: Publication) -> bool:
    """Whether a notice may repeal more than was read of it: nothing was found, or an attachment was not read."""
    read = {file.url for file in notice.files if file.outcome is FileOutcome.READ}
    return not repeals_of(notice) or any(url not in read for _, url in notice.attachments)


def repealed_by(notices: Iterable[Publication], first_day: dt.date, as_of: dt.date) -> tuple[Repeal, ...]:
    """Each document that these notices repeal, once. What was repealed before `first_day` is not judged."""
    told: dict[tuple[object, bool], list[tuple[Publication, Repealed]]] = defaultdict(list)
    for notice in sorted(notices, key=lambda n: (n.published or dt.date.max, n.site, n.url)):
        if notice.published is not None and notice.published > as_of:
            continue
        for document in repeals_of(notice):
            name = document_name(document.title, document.doc_no)
            key = name.number or min(name.titles, default=document.doc_no or document.title)
            told[(key, document.partial)].append((notice, document))
    found = [_repeal(each) for each in told.values()]
    return tuple(repeal for repeal in found if repeal.told is None or repeal.told >= first_day)


def _repeal_order(repeal: Repeal) -> tuple[object, ...]:
    """Wholly repealed before partly, numbered before unnumbered: a copy falls to the first that names it."""
    return (repeal.document.partial, repeal.name.number is None, repeal.day or dt.date.max, repeal.label)


def _repeal(told: Sequence[tuple[Publication, Repealed]]) -> Repeal:
    """The first dated notice counts; a later copy of it moves nothing."""
    dated = [(n.published, d) for n, d in told if n.published is not None]
    document = next((d for _, d in told if d.doc_no and d.title), told[0][1])
    name = document_name(document.title, document.doc_no)
    notices = tuple(dict.fromkeys(notice for notice, _ in told))
    if not dated:
        return Repeal(document, name, notices, None, None)
    published, first = dated[0]
    return Repeal(document, name, notices, max(published, first.since or published), published)


def _fits(titled: Titled, patterns: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.search(text) for pattern in patterns for text in (titled.raw, titled.plain))


def _name_of(publication: Publication) -> DocumentName:
    return document_name(publication.title[:MAX_TITLE], publication.doc_no)


def _is_another(repeal: Repeal, publication: Publication) -> bool:
    """Another document: of another number, about this one, or issued under its title after it was repealed."""
    name = _name_of(publication)
    if repeal.name.numbers_differ(name):
        return True
    if repeal.name.same_number(name):
        return not repeal.name.same_title(name) and _ABOUT_IT.search(publication.title) is not None
    return _is_later(repeal, publication)


def _is_notice(repeal: Repeal, publication: Publication) -> bool:
    return any((n.site, n.url) == (publication.site, publication.url) for n in repeal.notices)


def _is_later(repeal: Repeal, publication: Publication) -> bool:
    """Put up on the day of the repeal or after it: what was repealed stood there before."""
    published = publication.published
    return published is not None and repeal.told is not None and published >= repeal.told


def _copy(repeal: Repeal, publication: Publication, rivals: Sequence[Publication]) -> Copy:
    name = _name_of(publication)
    if repeal.name.same_number(name):
        return Copy(publication, doubt=not _alike(repeal, publication), same_number=True)
    if repeal.name.number and _says_number(publication, repeal.name.number):
        return Copy(publication)
    # A new version repeals the old one of its own title: without a number nobody can tell whose copy a page is.
    renewed = any(repeal.name.same_title(_name_of(notice)) for notice in repeal.notices)
    doubt = renewed or publication.published is None or _several(repeal, publication, rivals)
    return Copy(publication, doubt=doubt)


def _alike(repeal: Repeal, publication: Publication) -> bool:
    """Whether two titles under one number can be one document: a number read off the wrong line cannot."""
    if not repeal.document.title or repeal.name.same_title(_name_of(publication)):
        return True
    one, other = bare_title(repeal.document.title), bare_title(publication.title)
    return any(one[i : i + _SHARED] in other for i in range(max(1, len(one) - _SHARED + 1)))


def _says_number(publication: Publication, number: str) -> bool:
    """Whether the page's opening lines bear the number."""
    lines = (publication.text or "")[:_MAX_TEXT].splitlines()[:5]
    return any(number_key(line) == number for line in lines)


def _several(repeal: Repeal, publication: Publication, rivals: Sequence[Publication]) -> bool:
    """Whether pages of this title are different documents: of different numbers, or, where one of them has none, of
    different texts."""
    numbers = {_name_of(rival).number for rival in rivals} | {repeal.name.number}
    if len(numbers - {None}) > 1:
        return True
    return any(not _same_text(publication.text, rival.text) for rival in rivals)


def _same_text(one: str | None, other: str | None) -> bool:
    """Whether two texts may be copies of one: much of the shorter one's lines stands in the other. A page that was
    not opened may be."""
    mine, theirs = _lines(one), _lines(other)
    shared = len(mine & theirs)
    return not mine or not theirs or shared >= _SHARED_LINES * min(len(mine), len(theirs))


def _lines(text: str | None) -> frozenset[str]:
    lines = (plain_text(line) for line in (text or "")[:_MAX_TEXT].splitlines()[:200])
    return frozenset(line for line in lines if len(line) >= _SHORTEST_LINE)
