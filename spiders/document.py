"""One response as text and tree, decoded once and shared by all readers of a page."""

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.html import HtmlElement

MAX_CHARACTERS: Final = 8_000_000  # yearly reports pasted from Word reach 355,000; an attack does not get to choose
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
_GB_NAMES = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def decode(body: bytes, charset: str | None = None) -> tuple[str, str]:
    """Text of a response and the name of the encoding used. Never raises.

    Order: byte order mark, strict UTF-8, the page's or header's declaration (GB2312 and GBK are read as
    GB18030, which contains them), GB18030. Portals declare encodings that they do not use (FIELD-GUIDE 7).
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(name, "replace"), name
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    found = _META_CHARSET.search(body[:4096])
    for declared in (found.group(1).decode("ascii") if found else None, charset):
        if not declared:
            continue
        name = "gb18030" if declared.lower() in _GB_NAMES else declared
        try:
            return body.decode(name, "strict" if name != "utf-8" else "replace"), name
        except (LookupError, UnicodeError):
            continue
    gb = body.decode("gb18030", "replace")
    utf = body.decode("utf-8", "replace")
    return (utf, "utf-8") if utf.count("\ufffd") <= gb.count("\ufffd") else (gb, "gb18030")


@dataclass(frozen=True)
class Document:
    """A decoded response. `url` is the address it came from, against which links are resolved."""

    url: str
    text: str
    encoding: str = "utf-8"
    last_modified: str | None = None

    @classmethod
    def from_bytes(cls, body: bytes, url: str, charset: str | None = None) -> "Document":
        text, encoding = decode(body[: MAX_CHARACTERS * 4], charset)
        return cls(url=url, text=_CONTROL.sub("", text[:MAX_CHARACTERS]), encoding=encoding)

    @cached_property
    def tree(self) -> HtmlElement:
        """The HTML tree; an empty one for an empty or non-HTML answer. Never raises."""
        # NBSP inside a tag becomes part of an attribute's name otherwise (FIELD-GUIDE 0.7).
        source = re.sub(r"<[a-zA-Z][^<>]{0,2000}>", lambda m: m.group(0).replace("\xa0", " "), self.text)
        source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False)
        try:
            tree = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
        except (lxml.etree.ParserError, ValueError):
            tree = lxml.html.document_fromstring("<html><body></body></html>")
        return tree

    @cached_property
    def base_url(self) -> str:
        for base in self.tree.xpath("//head/base[@href]"):
            return self._join(self.url, base.get("href", "")) or self.url
        return self.url

    def absolute(self, href: str) -> str | None:
        """The absolute address of a link, None where it leads to no web page (javascript:, mailto:, bad)."""
        return self._join(self.base_url, href)

    @staticmethod
    def _join(base: str, href: str) -> str | None:
        href = re.sub(r"[\t\r\n]+", "", href).strip()
        if not href or href.startswith("#"):
            return None
        try:
            joined = urljoin(base, href)
            parts = urlsplit(joined)
        except ValueError:
            return None
        if parts.scheme not in ("http", "https", "file") or (parts.scheme != "file" and not parts.hostname):
            return None
        return joined.split("#", 1)[0]
