"""Which rows of lists lead to documents that some notice repeals? Their pages are opened in every crawl, as marks of
repeal appear silently.

The choice is generous, as a page opened in vain costs one request; which page is a copy of which document is for the
judge to say (`checks.originals`).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from db.documents import bare_title, document_name, is_cut
from db.facts import FileRead, Repealed
from spiders.document import Document
from spiders.lapse import marks_on
from spiders.records import Article, ListItem
from spiders.repeals import repealed_in

MAX_ROWS: Final = 50_000  # remembered of one site, for notices that are read after them
_SHORTEST_CUT: Final = 10  # characters of a cut title that may stand for a whole one


class RepealedDocuments:
    """All documents that are known to be repealed, of all sites: a portal's decree binds its offices' copies."""

    def __init__(self, repealed: Iterable[Repealed] = ()) -> None:
        self._numbers: set[str] = set()
        self._titles: set[str] = set()
        self.add(repealed)

    def add(self, repealed: Iterable[Repealed]) -> bool:
        """Take in what a notice repeals. True where any of it was not known before."""
        before = len(self._numbers) + len(self._titles)
        for document in repealed:
            name = document_name(document.title, document.doc_no)
            self._numbers |= {name.number} if name.number else set()
            self._titles |= name.titles
        return len(self._numbers) + len(self._titles) > before

    def may_be(self, title: str, doc_no: str | None = None, *, cut: bool = False) -> bool:
        """Whether a row or page could be one of these documents, by number, title, or the shown part of a title."""
        if not self._numbers and not self._titles:
            return False
        name = document_name(title, doc_no)
        if name.number in self._numbers or not name.titles.isdisjoint(self._titles):
            return True
        shown = bare_title(title).rstrip(".…⋯") if cut or is_cut(title) else ""
        return len(shown) >= _SHORTEST_CUT and any(known.startswith(shown) for known in self._titles)

    def may_be_row(self, item: ListItem) -> bool:
        return self.may_be(item.title, item.doc_no, cut=item.cut)


def with_marks_and_repeals(document: Document, article: Article) -> Article:
    """The article with the marks of repeal on its page, and with what it itself repeals."""
    repeals = repealed_in(article.title, article.text, article.tables, published=article.published)
    return replace(article, marks=marks_on(document, article), repeals=repeals)


def with_repeals(file: FileRead, notice: ListItem) -> FileRead:
    """An attachment with what it declares repealed, under the title and the day of the notice that it hangs on."""
    return replace(file, repeals=repealed_in(notice.title, "", files=[file], published=notice.date))
