"""In which order a site's pages are opened in search of its columns, and when the search is over."""

from spiders.discovery import Discovery
from spiders.records import ColumnLink, PageRequest
from spiders.task import SiteTask, Want

HOME = "http://www.lin.gov.cn/"
MENU = ("通知公告", "政策文件", "政策解读", "政务公开", "信息公开目录")


def link(name: str, path: str | None = None) -> ColumnLink:
    return ColumnLink(name, f"{HOME}{path or name}/", "nav")


def opened(wanted: str) -> tuple[Discovery, list[str]]:
    """The pages that are opened after the home page, until the search is over."""
    search = Discovery(SiteTask("czj", HOME, wants=(Want((wanted,), ()),)))
    search.add([link(name) for name in MENU], [PageRequest(f"{HOME}信息公开目录/")], 0)
    pages = []
    while (following := search.next_page()) is not None:
        depth, request = following
        pages.append(request.url.removeprefix(HOME).strip("/"))
        below = [link("安全生产", "aqsc")] if pages[-1] == "信息公开目录" else []
        search.add(below, [], depth)
    return search, pages


def test_the_directory_is_opened_first_and_ends_the_search_where_it_names_the_column() -> None:
    search, pages = opened("安全生产")
    assert pages == ["信息公开目录"]
    assert search.not_found() == ()


def test_what_is_not_found_is_looked_for_in_channels_before_mere_lists() -> None:
    search, pages = opened("饮用水水质")
    assert pages == ["信息公开目录", "政务公开", "通知公告", "政策文件", "政策解读"]
    assert search.not_found() == ("饮用水水质",)
