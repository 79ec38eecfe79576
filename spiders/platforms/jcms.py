"""Hanweb JCMS (大汉版通), the older one: jpage columns and the disclosure tree module.

Recognised by /module/web/jpage/, dataproxy.jsp, <datastore> records in a script, /art/Y/M/D/art_<column>_<id>.html;
learned from pages of fzggw.jiangsu.gov.cn and public crawlers of 2020-2026 (FIELD-GUIDE 3.4). The first rows stand in
the page; the rest comes from dataproxy.jsp, as XML.
"""

import html
import re
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from spiders.asked import asked_again, fields_of, for_page, form, with_query
from spiders.document import Document
from spiders.jpage import (
    Call,
    calls,
    list_in_html,
    next_window,
    records,
    rows_of,
    stated_total,
    window_asked,
    window_fields,
)
from spiders.lists import find_list
from spiders.pager import script_text
from spiders.reading import SMALLEST_PAGE
from spiders.records import ListPage, Needs, PageRequest

PAGE_SIZE: Final = 100  # of the form that counts by page: above about 300 it is cut
_PROXY: Final = "/module/web/jpage/dataproxy.jsp"
_NEXT_GROUP = re.compile(r"<nextgroup>\s{0,99}<!\[CDATA\[\s{0,99}<a[^<>]{0,40}href=[\"']([^\"'<>]{1,1000})[\"']", re.I)
_EMPTY_STORE = re.compile(r"<recordset>\s{0,99}</recordset>", re.I)
_SEARCH = re.compile(r"""["'(]([^"'()\s<>]{0,200}/module/xxgk/search\.jsp\?[^"'\s<>]{0,800})["')]""")
_TREE = re.compile(r"/module/xxgk/tree\.jsp\?[^\"'\s<>]{0,400}?\barea=(\w{1,40})")
_COLUMN = re.compile(r"/col/col(\d{1,15})/")
_BLANK: Final = r"(?:\s|&nbsp;|<[^<>]{0,60}>){0,6}"
_PAGES = re.compile(
    rf"第{_BLANK}\d{{1,5}}{_BLANK}/{_BLANK}(?P<of>\d{{1,5}}){_BLANK}页|共{_BLANK}(?P<all>\d{{1,5}}){_BLANK}页"
)


def requests(document: Document) -> tuple[PageRequest, ...]:
    """The first question to the tree module of a disclosure column; empty for other pages."""
    if "/module/xxgk/" not in document.text or "<record>" in document.text:
        return ()
    column = _COLUMN.search(document.url)
    given = _SEARCH.search(document.text)
    area = _TREE.search(document.text)
    fields = {"infotypeId": "", "vc_title": "", "vc_number": "", "area": area.group(1) if area else ""}
    url = document.absolute("/module/xxgk/search.jsp")
    if given:
        address = html.unescape(given.group(1))
        fields |= dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
        url = document.absolute(address.split("?", 1)[0])
    if column:
        fields.setdefault("divid", f"div{column.group(1)}")
    if url is None or not (given or area):
        return ()
    return (form(url, fields | {"currpage": "1"}),)


def read_list(document: Document) -> ListPage | None:
    """A column page with embedded records, or an answer of the proxy or the tree module; None for anything else."""
    path = urlsplit(document.url).path
    if path.endswith("/module/xxgk/search.jsp"):
        return _read_tree(document)
    found = records(document.text) if "<record>" in document.text else []
    if path.endswith("/dataproxy.jsp"):
        return _read_answer(document, found)
    if found:
        return _read_column(document, found)
    return ListPage((), total=0, declared_empty=True) if _is_empty_column(document) else None


def _is_empty_column(document: Document) -> bool:
    """Whether a column's page carries its list and the list holds nothing: each store that stands in the page is empty,
    each call that shows one counts no record, no other call could show anything else, and no rows stand in the page
    itself. The page's own script shows and asks for nothing then."""
    if not _COLUMN.search(document.url) or "<record>" in document.text:
        return False
    stores = document.text.split("<datastore>")[1:]
    made = calls(script_text(document))
    shown = [call for call in made if call.has_store]
    units = {call.unit for call in shown}
    return (
        0 < len(stores) <= len(shown)
        and all(_EMPTY_STORE.search(store.split("</datastore>", 1)[0]) for store in stores)
        and all(call.total == 0 for call in shown)
        and len(made) == document.text.count(".jpage(")
        and all((call.unit or "").partition("_")[0] in units for call in made)
        and not find_list(document).items
    )


def _read_column(document: Document, found: list[str]) -> ListPage:
    call = next(iter(calls(script_text(document))), None)
    total = call.total if call and call.has_store else None
    total = total if total is not None else stated_total(document.text)
    total = total if total is not None and total >= len(found) else None
    items = rows_of(document, found).items
    if total is not None and len(found) >= total:
        return ListPage(items, None, total)
    following = _by_window(document, call, len(found)) or _by_group(document)
    cut = following is None and (total is not None or len(found) >= SMALLEST_PAGE)
    return ListPage(items, following, total, truncated=cut, needs=None if items else Needs.INTERFACE)


def _by_window(document: Document, call: Call | None, given: int) -> PageRequest | None:
    """The records after the embedded ones, asked as the page's script does; None where it does not say how."""
    if call is None or not {"columnid", "unitid"} <= call.fields.keys():
        return None
    url = document.absolute(call.proxy or _PROXY)
    return form(with_query(url, window_fields(given + 1, call.per_page or 10)), call.fields) if url else None


def _by_group(document: Document) -> PageRequest | None:
    """The form of <nextgroup>, in which the page alone counts: from the first page on, in larger pages."""
    group = _NEXT_GROUP.search(document.text)
    url = document.absolute(html.unescape(group.group(1))) if group else None
    size = str(PAGE_SIZE)
    return (
        PageRequest(with_query(url, {"page": "1", "startrecord": "1", "endrecord": size, "perpage": size}))
        if url
        else None
    )


def _read_answer(document: Document, found: list[str]) -> ListPage:
    """An answer of dataproxy.jsp. One without records proves nothing: deep pages answer 54 bytes."""
    total = stated_total(document.text)
    items = rows_of(document, found).items if found else ()
    if not items:
        return ListPage((), needs=Needs.INTERFACE)
    total = total if total is not None and total >= len(found) else None
    asked = window_asked(document)
    if asked is not None:
        return ListPage(items, next_window(document, asked, len(found), total), total)
    return ListPage(items, _next_page(document, len(found), total), total)


def _next_page(document: Document, given: int, total: int | None) -> PageRequest | None:
    fields = fields_of(document)
    if not re.fullmatch(r"[0-9]{1,6}", fields.get("page", "")):
        return None
    page, size = max(int(fields["page"]), 1), fields.get("perpage", "")
    wanted = int(size) if re.fullmatch(r"[0-9]{1,4}", size) and int(size) else given
    if total is None:
        return for_page(document, page + 1) if given >= min(wanted, SMALLEST_PAGE) else None
    if page == 1 and given < wanted and given < total:  # the proxy gives fewer a page than it was asked for
        return asked_again(document, {"page": "2", "perpage": str(given)})
    return for_page(document, page + 1) if (page - 1) * wanted + given < total else None


def _read_tree(document: Document) -> ListPage:
    """An answer of the tree module. Asked without a kind of information it holds the whole site's, so rows of other
    columns are left out by the column's number in their address."""
    fields = fields_of(document)
    page = find_list(document) if "<body" in document.text[:5_000].lower() else list_in_html(document, document.text)
    pages = _PAGES.search(document.text)
    number = int(fields["currpage"]) if re.fullmatch(r"[0-9]{1,5}", fields.get("currpage", "")) else 1
    more = pages is not None and number < int(pages["of"] or pages["all"])
    following = asked_again(document, {"currpage": str(number + 1)}) if more else None
    read = ListPage(page.items, following, truncated=pages is None and len(page.items) >= SMALLEST_PAGE)
    column = fields.get("divid", "").removeprefix("div")
    if not fields.get("infotypeId") and column.isdigit():
        read = replace(read, items=tuple(item for item in read.items if f"art_{column}_" in item.url))
    return read if read.items else replace(read, needs=Needs.INTERFACE)
