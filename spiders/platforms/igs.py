"""IGS (南威), the search service behind columns of 天津, 南京, 湖北, 海南, 广西.

Recognised by /igs/front/; learned from public crawlers of 2020-2026 (FIELD-GUIDE 1). Lists come from
/igs/front/search/list.html?index=...&pageNumber=n or search.jhtml?code=...&siteId=n as
{"page": {"content": [...], "totalElements": n, "totalPages": m}}; pages count from 1.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from spiders.asked import fields_of, with_query
from spiders.document import Document
from spiders.jsonrows import doubted, parse_json, rows_page
from spiders.records import ListPage, Needs, PageRequest
from spiders.spelled import spelled

PAGE_SIZE: Final = "50"  # asked by a crawler of 44 sites of 海南; the sites' own scripts ask for 10
_ADDRESS: Final = r"/igs/front/[\w/-]{1,80}\.(?:jhtml|html)\?"
_LIST_FIELDS: Final = ("code", "index")  # one of them names the list; without it the service answers an empty one
_SUGGESTION: Final = re.compile(r"suggest|hot|term\.", re.I)


def requests(document: Document) -> tuple[PageRequest, ...]:
    """The list addresses that the page's scripts put together."""
    found = []
    for address in spelled(document.text, _ADDRESS):
        url = document.absolute(address)
        fields = fields_of(Document(url, "")) if url else {}
        if url and any(fields.get(name) for name in _LIST_FIELDS) and not _SUGGESTION.search(urlsplit(url).path):
            found.append(PageRequest(with_query(url, {"pageNumber": "1", "pageSize": PAGE_SIZE})))
    return tuple(dict.fromkeys(found))[:4]


def read_list(document: Document) -> ListPage | None:
    """An answer of the service; None for anything else."""
    if "/igs/front/" not in urlsplit(document.url).path:
        return None
    data = parse_json(document.text)
    return doubted(rows_page(document, data)) if data is not None else ListPage((), needs=Needs.INTERFACE)
