"""The disclosure directory platform of Guangdong (政府信息公开目录管理平台, gkmlpt): a tree and a JSON interface.

Recognised by window._CONFIG with SID and TREE, /gkmlpt/ addresses, display_publish_time; learned from public
crawler code and notes of 2026 (FIELD-GUIDE 3.1), not from a saved page. Page 0 and page 1 of the interface are
the same; 100 rows a page; the end is reached when post_count rows were collected or a page is empty.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from spiders.articles import read_article
from spiders.document import Document
from spiders.jsonrows import as_day, json_validity, parse_json
from spiders.outline import clean
from spiders.pager import page_in_query, with_page
from spiders.platforms.generic import Generic, read_list
from spiders.records import Article, Attachment, ColumnLink, ListItem, ListPage, PageRequest

PAGE_SIZE: Final = 100
MAX_NODES: Final = 5_000
_SID = re.compile(r"\bSID['\"]?\s*[:=]\s*['\"]?(\d{1,12})")
_TREE = re.compile(r"\bTREE['\"]?\s*[:=]\s*(?=\[)")
_DETAIL = re.compile(r"\bDETAIL['\"]?\s*[:=]\s*(?=\{)")
_CONTENT = re.compile(r'"content"\s*:\s*("[^"\\]*(?:\\.[^"\\]*)*")', re.DOTALL)


@dataclass(frozen=True)
class Gkmlpt(Generic):
    """Columns from the tree, rows from the interface, bodies from the page's own configuration."""

    name: str = "gkmlpt"

    def read_list(self, document: Document) -> ListPage:
        """Rows of `/gkmlpt/api/all/{id}`; other pages of the family are read like any portal's."""
        data = parse_json(document.text)
        rows = data.get("articles") if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(rows, list):
            return read_list(document)
        found = tuple(item for item in (_item(document, row) for row in rows[:2_000] if isinstance(row, dict)) if item)
        total = _count(data)
        number = max((page_in_query(document.url) or ("page", 1))[1], 1)
        more = bool(rows) and total is not None and (number - 1) * PAGE_SIZE + len(rows) < total
        following = with_page(document.url, number + 1) or PageRequest(_with_first_page(document.url, number + 1))
        return ListPage(found, following if more else None, total, declared_empty=not rows and total == 0)

    def read_article(self, document: Document) -> Article:
        """The article with the body out of `_CONFIG.DETAIL`; its fields fill what the page does not show."""
        detail = _detail(document)
        content = detail.get("content")
        if not isinstance(content, str) or not content.strip():
            return _filled(read_article(document), detail, document)
        body = f'<div id="zoomcon" class="article-content">{content}</div>'
        head, found, tail = document.text.rpartition("</body>")
        text = f"{head}{body}{found}{tail}" if found else document.text + body
        return _filled(read_article(replace(document, text=text)), detail, document)

    def columns(self, document: Document) -> list[ColumnLink]:
        """Leaves of the tree with the address of their interface; nodes that lead off the platform with theirs."""
        sid, tree = _SID.search(document.text), _TREE.search(document.text)
        nodes = _literal(document.text, tree.end()) if tree else None
        if sid is None or not isinstance(nodes, list):
            return super().columns(document)
        base = _base(document.url)
        return [link for node in _leaves(nodes) if (link := _column(document, base, sid.group(1), node))]

    def directory(self, document: Document) -> list[PageRequest]:
        """The directory's own index, where its tree stands."""
        index = PageRequest(_base(document.url) + "/gkmlpt/index")
        return [index, *(found for found in super().directory(document) if found != index)]


def _base(url: str) -> str:
    """What stands before /gkmlpt in an address; the host's root elsewhere."""
    if "/gkmlpt" in urlsplit(url).path:
        return url.split("/gkmlpt", 1)[0]
    return urljoin(url, "/").rstrip("/")


def _with_first_page(url: str, number: int) -> str:
    return f"{url}{'&' if urlsplit(url).query else '?'}page={number}"


def _count(data: Mapping[str, Any]) -> int | None:
    classify = data.get("classify")
    for value in (classify.get("post_count") if isinstance(classify, dict) else None, data.get("total")):
        if isinstance(value, (int, str)) and re.fullmatch(r"\d{1,8}", str(value)):
            return int(value)
    return None


def _item(document: Document, row: Mapping[str, Any]) -> ListItem | None:
    title = clean(str(row.get("title") or ""))
    address = row.get("url") or row.get("post_url")
    url = document.absolute(str(address)) if address else None
    if not title:
        return None
    published = as_day(row["display_publish_time"]) if row.get("display_publish_time") else None
    return ListItem(title, url or "", published, _text(row, "document_number"), json_validity(row))


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    return clean(str(value)) or None if isinstance(value, (str, int)) else None


def _leaves(nodes: list[Any]) -> list[Mapping[str, Any]]:
    """Nodes without children, in the tree's order; nodes that lead off the platform count as leaves."""
    found: list[Mapping[str, Any]] = []
    stack = list(reversed(nodes))
    seen = 0
    while stack and seen < MAX_NODES:
        node = stack.pop()
        seen += 1
        if not isinstance(node, dict):
            continue
        children = node.get("children")
        if isinstance(children, list) and children and not node.get("jump_url"):
            stack.extend(reversed(children))
        else:
            found.append(node)
    return found


def _column(document: Document, base: str, sid: str, node: Mapping[str, Any]) -> ColumnLink | None:
    name, number = clean(str(node.get("name") or "")), str(node.get("id") or "")
    jump = node.get("jump_url")
    url = document.absolute(str(jump)) if jump else None
    if url is None and re.fullmatch(r"\d{1,12}", number):
        url = f"{base}/gkmlpt/api/all/{number}?page=1&sid={sid}"
    return ColumnLink(name, url, "directory") if name and url else None


def _literal(text: str, start: int) -> object | None:
    """The JSON value that starts at `start`; None where it is not strict JSON."""
    try:
        value: object = json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
    return value


def _detail(document: Document) -> Mapping[str, Any]:
    """`_CONFIG.DETAIL`, or at least its content: strict JSON failed on real pages (FIELD-GUIDE 3.1)."""
    start = _DETAIL.search(document.text)
    if start is None:
        return {}
    value = _literal(document.text, start.end())
    if isinstance(value, dict):
        return value
    found = _CONTENT.search(document.text, start.end())
    try:
        return {"content": json.loads(found.group(1), strict=False)} if found else {}
    except ValueError:
        return {}


def _filled(article: Article, detail: Mapping[str, Any], document: Document) -> Article:
    published = as_day(detail["display_publish_time"]) if detail.get("display_publish_time") else None
    signed = as_day(detail["date"]) if detail.get("date") else None
    return replace(
        article,
        title=_text(detail, "title") or article.title,
        published=article.published or published,
        visible_date=article.visible_date or published,
        signed_date=article.signed_date or signed,
        source=article.source or _text(detail, "publisher"),
        index_no=article.index_no or _text(detail, "identifier"),
        doc_no=article.doc_no or _text(detail, "document_number"),
        validity=json_validity(detail) or article.validity,
        attachments=article.attachments or _attachments(detail, document),
    )


def _attachments(detail: Mapping[str, Any], document: Document) -> tuple[Attachment, ...]:
    rows = detail.get("attachment")
    found = []
    for row in rows[:200] if isinstance(rows, list) else ():
        url = document.absolute(str(row.get("url") or "")) if isinstance(row, dict) else None
        if url:
            found.append(Attachment(_text(row, "name") or url.rsplit("/", 1)[-1], url))
    return tuple(found)
