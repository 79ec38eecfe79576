"""Single sites with a list interface of their own: the State Council, CAC, NFRA, chinatax, Suzhou; UCAP's search.

Learned from public crawlers of 2020-2026 (FIELD-GUIDE 3.6, 3.8, 3.9). Their pages are shells; each says in its scripts
or its address which list it wants. The answers are JSON whose rows are objects; only what is peculiar stands here.
"""

import re
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from spiders.asked import fields_of, form, with_query
from spiders.document import Document
from spiders.jsonrows import doubted, parse_json, rows_page
from spiders.records import ListPage, Needs, PageRequest
from spiders.spelled import spelled

_HEX: Final = r"([0-9a-fA-F]{32})"
_INTERFACE_PATH = re.compile(
    rf"/search-gov/data$|/cms/JsonList$|/getFileListByCodeId$|/interfacesWebZcwj/loadData$|/(?:common/search|searchList)/{_HEX}$"
    r"|/cbircweb/|/cn/static/data/DocInfo/"
)

_CHANNEL_CODE = re.compile(r"\bchannelCode['\"]?\s{0,3}[:=]\s{0,3}['\"](\w{1,30})['\"]")
_PER_PAGE = re.compile(r"\bperPage['\"]?\s{0,3}[:=]\s{0,3}['\"]?(\d{1,3})")
_CHANNEL_ID = re.compile(rf"\bchannel_?[iI]d['\"]?\s{{0,3}}[:=]\s{{0,3}}['\"]{_HEX}['\"]")
_LIBRARY: Final = r"/search-gov/data\?"
_UCAP: Final = r"/(?:common/search|searchList)/[0-9a-fA-F]{32}"
_NFRA_PAGE: Final = 18  # rows a page of the files that NFRA writes
_NFRA_FILES: Final = 3  # so many pages stand as files; later ones come by query only


def requests(document: Document) -> tuple[PageRequest, ...]:
    """What a shell page of one of these sites asks first; empty for other pages."""
    text = document.text
    asks = (
        _cac(document) if "/cms/JsonList" in text else None,
        _chinatax(document) if "getFileListByCodeId" in text else None,
        _suzhou(document) if "interfacesWebZcwj" in text else None,
        _library(document) if "/search-gov/data" in text else None,
        _ucap(document) if "/common/search/" in text or "/searchList/" in text else None,
        *_nfra(document),
    )
    return tuple(request for request in asks if request is not None)


def read_list(document: Document) -> ListPage | None:
    """An answer of one of these interfaces; None for anything else. An error page in its place is no empty list."""
    path = urlsplit(document.url).path
    if not _INTERFACE_PATH.search(path):
        return None
    data = parse_json(document.text)
    if data is None:
        return ListPage((), needs=Needs.INTERFACE)
    page = doubted(rows_page(document, data))
    return _with_nfra_next(document, page) if "/DocInfo/" in path else page


def _cac(document: Document) -> PageRequest | None:
    code, size = _CHANNEL_CODE.search(document.text), _PER_PAGE.search(document.text)
    url = document.absolute("/cms/JsonList")
    fields = {"channelCode": code.group(1) if code else "", "perPage": size.group(1) if size else "20", "pageno": "1"}
    return form(url, fields) if code and url else None


def _chinatax(document: Document) -> PageRequest | None:
    channel = _CHANNEL_ID.search(document.text)
    host = re.search(r"[\"'](https?://[\w.-]{1,80}/getFileListByCodeId)[\"']", document.text)
    url = document.absolute(host.group(1) if host else "/getFileListByCodeId")
    fields = {"codeId": "", "channelId": channel.group(1) if channel else "", "page": "1", "size": "20"}
    return form(url, fields) if channel and url else None


def _suzhou(document: Document) -> PageRequest | None:
    channel = _CHANNEL_ID.search(document.text)
    url = document.absolute("/szinf/xxgk/interfacesWebZcwj/loadData?pageSize=15")
    return form(url, {"pageIndex": "1", "channel_id": channel.group(1)}) if channel and url else None


def _library(document: Document) -> PageRequest | None:
    found = next(iter(spelled(document.text, _LIBRARY)), None)
    url = document.absolute(found) if found else None
    return PageRequest(with_query(url, {"p": "1", "n": "50"})) if url else None


def _ucap(document: Document) -> PageRequest | None:
    found = next(iter(spelled(document.text, _UCAP)), None)
    url = document.absolute(found) if found else None
    fields = {"page": "1", "_pageSize": "15", "_isAgg": "true", "_isJson": "true", "_template": "index"}
    return PageRequest(with_query(url, fields)) if url else None


def _nfra(document: Document) -> tuple[PageRequest, ...]:
    """A list page of NFRA names its list in its own address: ItemList.html?itemPId=923&itemId=931."""
    item = fields_of(document).get("itemId", "")
    if not urlsplit(document.url).path.startswith("/cn/view/pages/") or not re.fullmatch(r"[0-9]{1,8}", item):
        return ()
    urls = (document.absolute(_nfra_file(item, 1)), document.absolute(_nfra_query(item, 1)))
    return tuple(PageRequest(url) for url in urls if url)


def _nfra_file(item: str, page: int) -> str:
    name = f"data_itemId={item},pageIndex={page},pageSize={_NFRA_PAGE}.json"
    return f"/cn/static/data/DocInfo/SelectDocByItemIdAndChild/{name}"


def _nfra_query(item: str, page: int) -> str:
    return f"/cbircweb/DocInfo/SelectDocByItemIdAndChild?itemId={item}&pageSize={_NFRA_PAGE}&pageIndex={page}"


def _with_nfra_next(document: Document, page: ListPage) -> ListPage:
    """The files carry their page in their name."""
    named = re.search(
        r"data_itemId=(\d{1,8}),pageIndex=(\d{1,5}),pageSize=(\d{1,4})\.json$", urlsplit(document.url).path
    )
    if named is None or not page.items:
        return page
    number, size = int(named.group(2)), int(named.group(3)) or _NFRA_PAGE
    more = number * size < page.total if page.total is not None else len(page.items) >= size
    address = _nfra_file if number < _NFRA_FILES and size == _NFRA_PAGE else _nfra_query
    url = document.absolute(address(named.group(1), number + 1)) if more else None
    return replace(page, next=PageRequest(url) if url else None, truncated=False)
