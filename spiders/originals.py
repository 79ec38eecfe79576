"""Which rows of lists lead to documents that some notice repeals? Their pages are opened in every crawl, as marks of
repeal appear silently.

The choice is generous, as a page opened in vain costs one request; which page is a copy of which document is for the
judge to say (`checks.originals`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from db.documents import SHORTEST_CUT, document_name, is_cut, shown_parts
from db.facts import FileRead, Repealed
from spiders.document import Document
from spiders.lapse import marks_on
from spiders.records import Article, ListItem
from spiders.repeals import repealed_in

MAX_ROWS: Final = 50_000  # remembered of one site, for notices that are read after them


class RepealedDocuments:
    """All documents that are known to be repealed, of all sites: a portal's decree binds its offices' copies."""

    def __init__(self, repealed: Iterable[Repealed] = ()) -> None:
        self._numbers: set[str] = set()
        self._titles: set[str] = set()
        self._beginnings: dict[str, set[str]] = defaultdict(set)  # titles by their first signs
        self.add(repealed)

    def add(self, repealed: Iterable[Repealed]) -> tuple[Repealed, ...]:
        """Take in what a notice repeals; what of it was not known before."""
        new = []
        for document in repealed:
            name = document_name(document.title, document.doc_no)
            numbers = {name.number} - {None} - self._numbers
            if numbers or name.titles - self._titles:
                new.append(document)
            self._numbers |= {number for number in numbers if number is not None}
            self._titles |= name.titles
            for title in name.titles:
                self._beginnings[title[:SHORTEST_CUT]].add(title)
        return tuple(new)

    def may_be(self, title: str, doc_no: str | None = None, *, cut: bool = False) -> bool:
        """Whether a row or page could be one of these documents, by number, title, or the shown part of a title."""
        if not self._numbers and not self._titles:
            return False
        name = document_name(title, doc_no)
        if name.number in self._numbers or not name.titles.isdisjoint(self._titles):
            return True
        shown = shown_parts(title) if cut or is_cut(title) else ()
        near = {part: self._beginnings.get(part[:SHORTEST_CUT], ()) for part in shown}
        return any(title.startswith(part) for part, titles in near.items() for title in titles)

    def may_be_row(self, item: ListItem) -> bool:
        return self.may_be(item.title, item.doc_no, cut=item.cut)


class Shelf:
    """The rows of one site by the document that they name: notices are read after them as well as before."""

    def __init__(self) -> None:
        self._rows: dict[str, ListItem] = {}  # by address
        self._named: dict[str, list[str]] = defaultdict(list)  # addresses by number and by each form of the title
        self._cut: list[str] = []

    def add(self, url: str, item: ListItem) -> None:
        """Take in a row; beyond MAX_ROWS none."""
        if url in self._rows or len(self._rows) >= MAX_ROWS:
            return
        self._rows[url] = item
        name = document_name(item.title, item.doc_no)
        for key in {name.number, *name.titles} - {None}:
            self._named[str(key)].append(url)
        if item.cut or is_cut(item.title):
            self._cut.append(url)

    def could_be(self, repealed: Iterable[Repealed]) -> dict[str, ListItem]:
        """The rows, by address, that could be one of these documents."""
        documents = tuple(repealed)
        found: dict[str, ListItem] = {}
        for document in documents:
            name = document_name(document.title, document.doc_no)
            for key in sorted({name.number or "", *name.titles}):
                found |= {url: self._rows[url] for url in self._named.get(key, ())}
        wanted = RepealedDocuments(documents)
        return found | {url: self._rows[url] for url in self._cut if wanted.may_be_row(self._rows[url])}


def with_marks_and_repeals(document: Document, article: Article) -> Article:
    """The article with the marks of repeal on its page, and with what it itself repeals."""
    repeals = repealed_in(article.title, article.text, article.tables, published=article.published)
    return replace(article, marks=marks_on(document, article), repeals=repeals)


def with_repeals(file: FileRead, notice: ListItem) -> FileRead:
    """An attachment with what it declares repealed, under the title and the day of the notice that it hangs on."""
    return replace(file, repeals=repealed_in(notice.title, "", files=[file], published=notice.date))
