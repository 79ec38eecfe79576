"""XML inside containers, parsed without entities, networks and surprises."""

import datetime as dt
from typing import Final

import lxml.etree
from lxml.etree import _Element

from db.facts import FileOutcome
from spiders.files.contents import EndedError, iso
from spiders.files.zips import ZipSource

MAX_XML: Final = 40 * 1024 * 1024  # a tree takes some ten times its text


def parsed(body: bytes) -> _Element:
    """The root of a document; one that breaks off is read as far as it goes. Raises EndedError."""
    if len(body) > MAX_XML:
        raise EndedError(FileOutcome.TOO_LARGE)
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = lxml.etree.fromstring(body, parser)
    except (lxml.etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise EndedError(FileOutcome.BROKEN)
    return root


def local(element: _Element) -> str:
    """An element's name without its namespace (strict and transitional OOXML differ in it); "" for comments."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def property_date(container: ZipSource) -> str | None:
    """The creation date of an Office Open XML file, as ISO text."""
    try:
        body = container.find("docprops/core.xml")
        root = parsed(body) if body else None
    except EndedError:
        return None
    for element in root.iter() if root is not None else ():
        if local(element) == "created":
            return iso_text(element.text)
    return None


def iso_text(text: str | None) -> str | None:
    """An ISO date-time as it stands, in our own spelling; None where it is none."""
    try:
        return iso(dt.datetime.fromisoformat((text or "").strip()[:40]))
    except ValueError:
        return None
