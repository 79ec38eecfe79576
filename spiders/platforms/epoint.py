"""Epoint WebBuilder (新点 EWB): disclosure columns by getgovinfolist.

Recognised by EWB-FRONT, webBuilderCommon.js, getgovinfolist, /YYYYMMDD/<guid>.html; learned from public crawlers of
徐州, 营口, 抚顺 of 2020-2026 (FIELD-GUIDE 3.6). The interface is asked with a JSON object; which site it is about
stands in /js/webBuilderCommon.js (siteGuid, projectName), so a page that does not say it costs one request more. Pages
are counted from 0. Static columns (*_moreinfo.html) are read like any portal's.
"""

import re
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from spiders.asked import fields_of, for_page, json_post, page_asked, size_asked, with_query
from spiders.document import Document
from spiders.jsonrows import doubted, parse_json, rows_page
from spiders.records import ListPage, Needs, PageRequest

PAGE_SIZE: Final = 50  # asked by the crawlers of FIELD-GUIDE 3.6; the sites' own scripts ask for 15 to 20
_SCRIPT: Final = "/js/webBuilderCommon.js"
_LIST: Final = "/rest/lightfrontaction/getgovinfolist"
_SIGNS = re.compile(r"getgovinfolist|EWB-FRONT|webBuilderCommon|govInfoPub", re.I)
_GUID = re.compile(r"\bsiteGuid['\"]?\s{0,3}[:=]\s{0,3}['\"]([\w-]{8,60})['\"]")
_PROJECT = re.compile(r"\bprojectName['\"]?\s{0,3}[:=]\s{0,3}['\"](/?[\w/-]{1,60})['\"]")
_SOURCE = re.compile(
    r"<script[^<>]{0,200}\bsrc\s?=\s?[\"']([^\"'<>]{0,200}webBuilderCommon\.js)[^\"'<>]{0,60}[\"']", re.I
)
_FIELD: Final = (
    r"\b{0}['\"]?\s{{0,3}}[:=]\s{{0,3}}['\"](\w{{1,60}})['\"]"
    r"|id=['\"]{0}['\"][^<>]{{0,200}}\bvalue=['\"](\w{{1,60}})['\"]"
)
_CATEGORY = re.compile(_FIELD.format("categorynum"), re.I)
_DEPARTMENT = re.compile(_FIELD.format("deptcode"), re.I)


def requests(document: Document) -> tuple[PageRequest, ...]:
    """The first page of a disclosure column; the script that names the site where the page does not."""
    if not _SIGNS.search(document.text) and not _SIGNS.search(document.url):
        return ()
    category = _field(document, "categorynum", _CATEGORY)
    if not category:
        return ()
    department = _field(document, "deptcode", _DEPARTMENT)
    known = _questions(document, category, department)
    if known:
        return known
    source = _SOURCE.search(document.text)
    url = document.absolute(source.group(1) if source else _SCRIPT)
    # The category goes along in the script's query, which a static file ignores, and comes back with the answer.
    return (PageRequest(with_query(url, {"categorynum": category, "deptcode": department})),) if url else ()


def _field(document: Document, name: str, pattern: re.Pattern[str]) -> str:
    asked = fields_of(document).get(name)
    found = pattern.search(document.text) if not asked else None
    return asked or (next(filter(None, found.groups()), "") if found else "")


def _questions(document: Document, category: str, department: str) -> tuple[PageRequest, ...]:
    """Plain, and wrapped in `params` as some projects want it (营口)."""
    guid, project = _GUID.search(document.text), _PROJECT.search(document.text)
    if guid is None or project is None:
        return ()
    url = document.absolute(f"/{project.group(1).strip('/')}{_LIST}")
    fields: dict[str, str | int] = {"deptcode": department, "categorynum": category, "siteGuid": guid.group(1)}
    fields |= {"pageIndex": 0, "pageSize": PAGE_SIZE}
    return (json_post(url, fields), json_post(url, {"token": "", "params": fields})) if url else ()


def read_list(document: Document) -> ListPage | None:
    """An answer of getgovinfolist, or the script that says where to ask; None for anything else."""
    path = urlsplit(document.url).path
    if path.endswith("webBuilderCommon.js"):
        fields = fields_of(document)
        asks = _questions(document, fields.get("categorynum", ""), fields.get("deptcode", ""))
        return ListPage((), needs=Needs.INTERFACE, interfaces=asks)
    if not path.endswith("/getgovinfolist"):
        return None
    data = parse_json(document.text)
    if data is None:
        return ListPage((), needs=Needs.INTERFACE)
    page, known = doubted(rows_page(document, data, first_page=0)), page_asked(document)
    if page.next is None and known and len(page.items) >= (size_asked(document) or PAGE_SIZE):
        return replace(page, next=for_page(document, known[1] + 1))  # should this site count from 1, a page is left
    return page
