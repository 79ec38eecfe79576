"""Whose interface is this, and what does a page without rows want to be asked?

One site shows several families side by side (FIELD-GUIDE 0.1), so every reader of lists asks here first, whatever
family the page was recognised as.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from spiders.document import Document
from spiders.jsonrows import parse_json, read_json
from spiders.platforms import epoint, igs, jcms, jpaas, ministries, truecms
from spiders.records import ListPage, Needs, PageRequest

# An answer is known by its address or its shape; None: it is none of the module's. The last take any JSON.
_READERS: Final[tuple[Callable[[Document], ListPage | None], ...]] = (
    truecms.read_list,
    jcms.read_list,
    epoint.read_list,
    igs.read_list,
    ministries.read_list,
    jpaas.read_empty,
    read_json,
    jpaas.read_list,
)
_ASKERS: Final[tuple[Callable[[Document], tuple[PageRequest, ...]], ...]] = (
    jpaas.requests,
    truecms.requests,
    epoint.requests,
    igs.requests,
    ministries.requests,
    jcms.requests,
)


def read_interface(document: Document) -> ListPage | None:
    """The list in an interface's answer, or in the records that a page carries; None where the page is neither.
    What is JSON and cannot be read is a page that `needs` its interface, never an empty list."""
    for read in _READERS:
        page = read(document)
        if page is not None:
            return page
    return ListPage((), needs=Needs.INTERFACE) if parse_json(document.text) is not None else None


@lru_cache(maxsize=2)  # the readers of one page share it
def interfaces_of(document: Document) -> tuple[PageRequest, ...]:
    """What the scripts of a page would ask for its rows, the likeliest first."""
    return tuple(dict.fromkeys(request for ask in _ASKERS for request in ask(document)))
