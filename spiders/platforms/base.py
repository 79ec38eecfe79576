"""The interface that every platform family implements."""

from typing import Protocol

from spiders.document import Document
from spiders.records import Article, ColumnLink, ListPage, Mark, PageRequest


class Platform(Protocol):
    """One family of content management systems. Pure: a decoded document in, records out."""

    @property
    def name(self) -> str:
        """The family's short name, as in `Mark.family`."""

    def recognise(self, document: Document) -> list[Mark]:
        """The family's signs found in the document, empty when there are none."""

    def read_list(self, document: Document) -> ListPage:
        """The rows of a column page (or of an interface's answer) and the way to the next page."""

    def read_article(self, document: Document) -> Article:
        """The article on the page."""

    def columns(self, document: Document) -> list[ColumnLink]:
        """Links to columns from a home page, a navigation or a directory."""

    def directory(self, document: Document) -> list[PageRequest]:
        """Further addresses (a disclosure directory, a tree interface) at which columns are listed."""
