"""One response as text and tree, decoded once and shared by all readers of a page."""

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from spiders.records import PageRequest

MAX_CHARACTERS: Final = 8_000_000  # yearly reports pasted from Word reach 355,000; an attack does not get to choose
MAX_HREF: Final = 2_000  # longest address that servers and browsers agree on
MAX_ATTRIBUTES: Final = 2_000  # of one tag; real ones have below 30, and 2,000 cost the parser 10 ms
_SHORT_PAGE: Final = 50_000  # characters; a flood in less costs below half a second
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_\-]{2,20})""", re.I)
_GB_NAMES = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"})
# What servers declare by default for pages that they know nothing about; every sequence of bytes can be read so.
_DEFAULT_NAMES = frozenset({"iso-8859-1", "latin-1", "latin1", "iso8859-1", "windows-1252", "cp1252"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG_WITH_NBSP = re.compile("<[a-zA-Z][^<>]{0,2000}>")
_XML_HEAD = re.compile(r"\s{0,99}<\?xml[^>]{0,200}\?>")
# A name with or without a value. Possessive, and blanks last: no sign is looked at more than twice. A quoted value that
# is longer ends the run, and a new one begins inside it.
_NAME_AND_VALUE: Final = r"""[^\s<>"'=/]++(?>\s*+=\s*+(?:"[^"]{0,200}+"|'[^']{0,200}+'|[^\s"'<>]++))?+[\s/]*+"""
_ATTRIBUTE = re.compile(_NAME_AND_VALUE)
_LONG_RUN = re.compile(rf"(?:{_NAME_AND_VALUE})++")
_EMPTY = "<html><body></body></html>"


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
        if declared.lower().replace("-", "") == "utf8":  # it is not, or it is broken: see below
            continue
        is_chinese = declared.lower() in _GB_NAMES or declared.lower() in _DEFAULT_NAMES
        name = "gb18030" if is_chinese else declared
        try:
            text = body.decode(name, "strict")
        except (LookupError, UnicodeError, ValueError):
            continue
        if isinstance(text, str):  # "hex", "rot13" and the like are codecs too, but no encodings
            return text, name
    utf = body.decode("utf-8", "replace")
    foreign = len(utf) - len(utf.encode("ascii", "ignore"))
    if utf.count("\ufffd") * 2 <= foreign:  # UTF-8 with some bytes broken; GBK read so has hardly a letter left
        return utf, "utf-8"
    return body.decode("gb18030", "replace"), "gb18030"


def _without_floods(source: str) -> str:
    """The source without tags of very many attributes: the parser compares each with all before it, and one of a
    megabyte would hold it for half a minute. Such a tag ends early; linear."""
    if len(source) < _SHORT_PAGE:
        return source
    return _LONG_RUN.sub(lambda found: _in_portions(found.group(), source[found.start() - 1 : found.start()]), source)


def _in_portions(run: str, before: str) -> str:
    """A run of names and values, with a > after each MAX_ATTRIBUTES of them; plain text behind a tag as it is."""
    if before == ">" and "=" not in run:
        return run
    cuts = [found.end() for found in _ATTRIBUTE.finditer(run)][MAX_ATTRIBUTES - 1 :: MAX_ATTRIBUTES]
    return ">".join(run[start:end] for start, end in pairwise((0, *cuts, len(run)))) if cuts else run


def first_text(element: HtmlElement, length: int) -> str:
    """The first characters of an element's text. Links left open nest: each holds all that follows, and joining
    whole texts costs the square of the page."""
    if not len(element):
        return (element.text or "")[:length]
    pieces: list[str] = []
    missing = length
    for piece in element.itertext():
        pieces.append(piece[:missing])
        missing -= len(piece)
        if missing <= 0:
            break
    return "".join(pieces)


@dataclass(frozen=True)
class Document:
    """A decoded response. `url` is the address it came from, against which links are resolved; `asked` is the
    request that it answers where more than the address was sent."""

    url: str
    text: str
    encoding: str = "utf-8"
    last_modified: str | None = None
    asked: PageRequest | None = None

    @classmethod
    def from_bytes(cls, body: bytes, url: str, charset: str | None = None) -> "Document":
        text, encoding = decode(body[: MAX_CHARACTERS * 4], charset)
        return cls(url=url, text=_CONTROL.sub("", text[:MAX_CHARACTERS]), encoding=encoding)

    @cached_property
    def tree(self) -> HtmlElement:
        """The HTML tree; an empty one for an empty or non-HTML answer. Never raises."""
        source = self.text
        if "\xa0" in source:  # inside a tag it becomes part of an attribute's name (FIELD-GUIDE 0.7)
            source = _TAG_WITH_NBSP.sub(lambda m: m.group(0).replace("\xa0", " "), source)
        source = _without_floods(source)
        head = _XML_HEAD.match(source)
        if head:
            source = source[head.end() :]
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False)
        try:
            return lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
        except (lxml.etree.LxmlError, ValueError, AssertionError):
            return lxml.html.document_fromstring(_EMPTY)

    @cached_property
    def base_url(self) -> str:
        for base in self.tree.xpath("//head/base[@href]"):
            return _join(self.url, base.get("href", "")) or self.url
        return self.url

    def absolute(self, href: str) -> str | None:
        """The absolute address of a link, None where it leads to no web page (javascript:, mailto:, bad)."""
        href = href[: MAX_HREF + 1]
        known = self._addresses
        if href not in known:
            known[href] = _join(self.base_url, href)
        return known[href]

    @cached_property
    def _addresses(self) -> dict[str, str | None]:
        """Addresses by their spelling: each reader of a page asks for those of all its links."""
        return {}

    def link(self, element: HtmlElement) -> str | None:
        """The absolute address that an <a> leads to, None as above. Pages saved by Teleport keep the original
        address in `tppabs`, where `href` may be a dialogue of the saver."""
        return self.absolute(element.get("tppabs") or element.get("href") or "")


def _join(base: str, href: str) -> str | None:
    href = href[: MAX_HREF + 1].replace("\t", "").replace("\r", "").replace("\n", "").strip()
    if not href or href[0] == "#" or len(href) > MAX_HREF:
        return None
    try:
        joined = urljoin(base, href)
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "file") or (parts.scheme != "file" and not host):
        return None
    return joined.split("#", 1)[0]
