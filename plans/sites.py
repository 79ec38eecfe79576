"""The sites file: which portals are read for which agency, and how gently."""

from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from plans.register import Name, Strict


class Level(StrEnum):
    PORTAL = "portal"
    DEPARTMENT = "department"
    DISTRICT = "district"
    TOWN = "town"
    PLATFORM = "platform"


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("expected an http:// or https:// address with a host name")
    return url


Url = Annotated[str, AfterValidator(_web_address)]


class Column(Strict):
    """One list on a portal. `type` is free text of the office; the crawler recognises lists by itself."""

    name: Name
    url: Url
    type: str | None = None


class Site(Strict):
    """One portal. `delay_seconds` lies between two requests to its host (loopback is not delayed)."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
    name: Name
    agency: Name
    url: Url
    level: Level = Level.DEPARTMENT
    platform: str = "auto"
    aliases: tuple[Name, ...] = ()
    columns: tuple[Column, ...] = ()
    delay_seconds: Annotated[float, Field(ge=0, le=600)] = 1.0
    obey_robots: bool = True
    verified: bool | None = None
    note: str | None = None


class Sites(Strict):
    """All portals that one audit reads."""

    sites: Annotated[tuple[Site, ...], Field(min_length=1)]
