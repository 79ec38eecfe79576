"""Where a site's pages stand: paths of columns, of their further pages and of articles."""

from simulator.city import CitySite, Column, Publication
from simulator.dice import dice
from simulator.scenario import Family


def extension(site: CitySite) -> str:
    if site.profile.family is not Family.TRS:
        return "html"
    return "htm" if site.profile.static_part else dice(site.seed, "extension").choice(("html", "shtml", "htm"))


def column_path(site: CitySite, column: Column, page: int = 1) -> str:
    """The path of a list page; `page` counts from 1. Page 2 is index_1 on TRS and index_2 on NFCMS (FIELD-GUIDE 3)."""
    if column.in_directory:
        return f"/gkmlpt/index#{column.id}"
    if page == 1:
        return f"/{column.id}"
    shift = 1 if site.profile.family is Family.TRS else 0
    return f"/{column.id}index_{page - shift}.{extension(site)}"


def index_path(site: CitySite, folder: str) -> str:
    return f"{folder}index.{extension(site)}"


def article_path(site: CitySite, publication: Publication) -> str:
    number, day = publication.number, publication.url_day
    if site.profile.family is Family.TRS:
        return f"/{publication.column}{day:%Y%m}/t{day:%Y%m%d}_{number}.{extension(site)}"
    if site.column(publication.column).in_directory:
        return f"/gkmlpt/content/{number // 1_000_000}/{number // 1000}/post_{number}.html"
    return f"/{publication.column}content/post_{number}.html"


def folder_of(path: str) -> str:
    return path.rpartition("/")[0] + "/"
