"""Which platform family does a page belong to, and who reads it? Marks add up; the strongest family wins."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from spiders.document import Document
from spiders.marks import find_marks
from spiders.platforms.base import Platform
from spiders.platforms.generic import Generic
from spiders.platforms.gkmlpt import Gkmlpt
from spiders.platforms.nchannel import NChannel
from spiders.platforms.nfcms import Nfcms
from spiders.platforms.trs import Trs
from spiders.platforms.ucap import Ucap
from spiders.platforms.vsb import Vsb
from spiders.records import Mark

_ENOUGH: Final = 3  # below this a page is called generic: one shared habit proves no family
_READERS: Final[dict[str, Platform]] = {
    "gkmlpt": Gkmlpt(),
    "nfcms": Nfcms(),
    "trs_wcm": Trs(),
    "vsb": Vsb(),
    "ucap": Ucap(),
    "n_channel": NChannel(),
    "generic": Generic(),
}
# Families that are only named: what is peculiar to them is known to a part that serves all pages. Why that suffices:
READ_GENERICALLY: Final[dict[str, str]] = {
    "empirecms": "static; its count (Total record) and index_2.html are read by spiders.pager, its date line by labels",
    "dedecms": "static; list_<type>_<page>.html is linked page by page, li.thisclass is the current one",
    "ilist": "static rows; iList.jsp pages by cur_page in the query",
    "trs_was": "static rows; countPage and page in the query are read by spiders.pager",
    "node_cms": "static; <8hex>-<n>.html is linked page by page; dates stand in the articles",
    "gov_cn": "articles with metas; its library is an interface (spiders.platforms.ministries)",
    "nfra": "an interface (spiders.platforms.ministries)",
    "igs": "an interface (spiders.platforms.igs)",
    "truecms": "an interface (spiders.platforms.truecms)",
    "epoint": "static rows with a scripted pager (spiders.pager), or an interface (spiders.platforms.epoint)",
    "hanweb_jpaas": "an interface (spiders.platforms.jpaas)",
    "hanweb_jcms": "records in the page and an interface (spiders.platforms.jcms)",
}


def recognise(document: Document) -> tuple[Mark, ...]:
    """All marks found on a page, the strongest family's first, each with its sign and score. Never raises."""
    marks = find_marks(document)
    sums = scores(marks)
    return tuple(sorted(marks, key=lambda mark: (-sums[mark.family], mark.family, -mark.score, mark.sign)))


def scores(marks: Iterable[Mark]) -> dict[str, int]:
    """The sum of each family's marks."""
    sums: defaultdict[str, int] = defaultdict(int)
    for mark in marks:
        sums[mark.family] += mark.score
    return dict(sums)


def family_of(marks: tuple[Mark, ...]) -> str:
    """The name of the strongest family, "generic" where no family's marks suffice."""
    sums = scores(marks)
    if not sums:
        return "generic"
    best = min(sums, key=lambda family: (-sums[family], family))
    return best if sums[best] >= _ENOUGH else "generic"


def reader(name: str) -> Platform:
    """The reader of a family; families without peculiar pages are read by `generic` under their own name."""
    known = _READERS.get(name)
    return known if known is not None else Generic(name)


def platform_for(document: Document, hint: str = "auto") -> Platform:
    """The reader for a page: by the site's `platform`, or by the page's marks where that is "auto"."""
    if hint and hint != "auto":
        return reader(hint)
    return reader(family_of(recognise(document)))
