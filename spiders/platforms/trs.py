"""TRS WCM (拓尔思): most ministries and provinces.

Recognised by createPageHTML(n, i, ...), tYYYYMMDD_id addresses, TRS_Editor, CurrChnlCls; learned from pages of
ndrc.gov.cn, most.gov.cn, jlcity.gov.cn, nmg.gov.cn and www.pingtan.gov.cn, saved 2020-2026.
"""

import re
from dataclasses import dataclass, replace

from spiders.document import Document
from spiders.platforms.generic import Generic, read_list
from spiders.records import ListPage

_CHANNEL_INFO = re.compile(r"pageChnlInfo\s*=\s*\{([^{}]{1,1500})\}")
_RECORDS = re.compile(r"recordCount\s*:\s*['\"]?(\d{1,7})")


@dataclass(frozen=True)
class Trs(Generic):
    """Static lists whose first pages stand in the HTML while a search interface holds the rest."""

    name: str = "trs_wcm"

    def read_list(self, document: Document) -> ListPage:
        """As generic; where `pageChnlInfo` counts more records than stand in the page ("动静结合"), the list is
        marked truncated: the rest comes only by the search interface, which no link names."""
        page = read_list(document)
        info = _CHANNEL_INFO.search(document.text)
        records = _RECORDS.search(info.group(1)) if info else None
        if records is None:
            return page
        total = int(records.group(1))
        return replace(page, total=total, truncated=page.next is None and total > len(page.items) > 0)
