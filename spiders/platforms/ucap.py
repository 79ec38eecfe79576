"""开普 UCAP: columns common_list.shtml and common_list_2.shtml, articles YYYYMM/<32hex>.shtml or c<id>/content.shtml.

Recognised by <UCAPTITLE>, <UCAPCONTENT>, <PUBLISHTIME>, 页面生成时间, createPageHTML('page_div', ...); learned from
pages of csrc.gov.cn and www.gov.cn saved in 2025 (FIELD-GUIDE 3.8, pages 068-071, 096). The pager's call counts from
1 and is read by `spiders.pager`; the search interface /common/search/<32hex> is asked by `spiders.interfaces`.
"""

from dataclasses import dataclass, replace

from spiders.articles import read_article
from spiders.dates import parse_date
from spiders.document import Document
from spiders.fields import made_moment, metas
from spiders.platforms.generic import Generic
from spiders.records import Article


@dataclass(frozen=True)
class Ucap(Generic):
    """As generic, but a portal made anew in one go dates nothing."""

    name: str = "ucap"

    def read_article(self, document: Document) -> Article:
        """The article. Where the page shows no date, and its meta PubDate is the day on which the page says it was
        generated, nobody knows when it was published (csrc: rules of 2015 with PubDate 2025-10-25). The meta's day
        stays in `meta_date`."""
        article = read_article(document)
        if article.visible_date is not None or article.meta_date is None:
            return article
        made = parse_date(made_moment(metas(document)) or "")
        if made is None or made != article.meta_date:
            return article
        return replace(article, published=None, published_time=None)
