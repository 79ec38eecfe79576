"""Which addresses do a page's scripts put together, as in "/list.jhtml?code=" + code + "&pageNumber=" + no?

Only sums of literals and of variables that hold a literal are understood; a page's number becomes 1. An address with a
part that cannot be read is none: asked with a wrong parameter, an interface answers with a wrong or an empty list.
"""

import html
import re
from typing import Final

from spiders.pager import PAGE_KEYS

_LOOK: Final = 1_000_000
_MAX_FOUND: Final = 20
_MAX_TERMS: Final = 30
_NEAR: Final = 20_000  # characters before an address in which its variables are looked for
_TERM = re.compile(
    r"""\s{0,20}\+\s{0,20}(?:"([^"\n]{0,500})"|'([^'\n]{0,500})'|(\d{1,9})(?![\w.])|([A-Za-z_$][\w$.]{0,60})(?![\w$([]))"""
)
_MORE = re.compile(r"\s{0,20}\+")
_FIELD = re.compile(r"[?&](\w{1,40})=$")
_SIZE: Final = re.compile(r"size|rows|limit|perpage|^n$", re.I)
_FREE: Final = re.compile(r"keyword|searchword|search|title|date|time|rnd|random|^_$|timestamp", re.I)
_ROWS: Final = "20"  # rows a page where a script's own number cannot be read


def spelled(text: str, mark: str) -> list[str]:
    """The addresses that contain `mark`, in their order."""
    source = text[:_LOOK]
    pattern = re.compile(rf"""(["'])([^"'\s<>]{{0,300}}{mark}[^"'\s<>]{{0,800}})\1""")
    found = (_sum(source, each.group(2), each.end()) for each in list(pattern.finditer(source))[:_MAX_FOUND])
    return [html.unescape(address) for address in dict.fromkeys(found) if address]


def _sum(source: str, address: str, position: int) -> str | None:
    for _ in range(_MAX_TERMS):
        term = _TERM.match(source, position)
        if term is None:
            return None if _MORE.match(source, position) else address
        one, two, number, name = term.groups()
        value = _value(source, name, address, position) if name else one or two or number or ""
        if value is None:
            return None
        address, position = address + value, term.end()
    return None


def _value(source: str, name: str, address: str, position: int) -> str | None:
    """What a variable holds, or what stands for it in the field that the address is about to fill."""
    field = _FIELD.search(address)
    key = field.group(1) if field else ""
    if key.lower() in PAGE_KEYS:
        return "1"
    held = _held(source, name.rsplit(".", 1)[-1], position)
    if held is not None:
        return held
    if _SIZE.search(key):
        return _ROWS
    return "" if _FREE.search(key) else None


def _held(source: str, name: str, position: int) -> str | None:
    """The literal that a name was given last before a position, or first after it."""
    pattern = re.compile(
        rf"""(?<![\w$.]){re.escape(name)}['"]?\s{{0,9}}[:=]\s{{0,9}}(?:"([^"\n]{{0,200}})"|'([^'\n]{{0,200}})'|(\d{{1,9}}))"""
    )
    before = list(pattern.finditer(source, max(0, position - _NEAR), position))
    found = before[-1] if before else pattern.search(source, position)
    return next((group for group in found.groups() if group is not None), "") if found else None
