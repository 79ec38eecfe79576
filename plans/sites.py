"""The sites file: which portals are read for which agency, and how gently."""

import re
from enum import StrEnum
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StrictBool, model_validator

from plans.problems import broken_rule
from plans.register import Name, Strict, repeated_ids

MAX_URL: Final = 2_000  # longest address that servers and browsers agree on
_HOST = re.compile(r"[\w.-]{1,253}(?::\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::\d{1,5})?")


class Level(StrEnum):
    PORTAL = "portal"
    DEPARTMENT = "department"
    DISTRICT = "district"
    TOWN = "town"
    PLATFORM = "platform"


def _web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bad port or a broken IPv6 address
        usable = False
    if not usable or len(url) > MAX_URL or re.search(r"[\s\\]", url):
        raise broken_rule(
            "应为 http:// 或 https:// 开头、带主机名的网址", "expected an http:// or https:// address with a host name"
        )
    return url


def _host_name(host: str) -> str:
    if not _HOST.fullmatch(host):
        raise broken_rule(
            "应为主机名，如 czj.example.gov.cn（不带 http:// 与路径）",
            "expected a host name such as czj.example.gov.cn, without http:// or a path",
        )
    return host


Url = Annotated[str, AfterValidator(_web_address)]
Host = Annotated[str, AfterValidator(_host_name)]


class Column(Strict):
    """One list on a portal. `type` is free text of the office; the crawler recognises lists by itself."""

    name: Name
    url: Url
    type: str | None = None


class Site(Strict):
    """One portal. `delay_seconds` lies between two requests to its host (loopback is not delayed)."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=64)]
    name: Name
    agency: Name
    url: Url
    level: Level = Level.DEPARTMENT
    platform: Name = "auto"
    aliases: tuple[Host, ...] = ()
    columns: tuple[Column, ...] = ()
    delay_seconds: Annotated[float, Field(ge=0, le=600, strict=True, allow_inf_nan=False)] = 1.0
    obey_robots: StrictBool = True
    verified: StrictBool | None = None
    note: str | None = None


class Sites(Strict):
    """All portals that one audit reads."""

    sites: Annotated[tuple[Site, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_each_site_once(self) -> Self:
        repeated = repeated_ids("sites", [site.id for site in self.sites])
        if repeated:
            raise broken_rule("编号与前面的网站重复", "this id was given to a site above", *repeated)
        return self
