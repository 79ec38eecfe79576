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


def test_a_letter_box_is_looked_for_under_the_channel_of_exchange() -> None:
    search = Discovery(SiteTask("sfj", HOME, wants=(Want(("局长信箱",), ()),)))
    search.add([link("互动交流", "hdjl"), link("领导之窗", "ldzc")], [], 0)
    following = search.next_page()
    assert following is not None
    assert following[1].url == f"{HOME}hdjl/"
    search.add([link("局长信箱", "jzxx")], [], 1)
    assert search.not_found() == ()


def test_the_channel_of_exchange_is_not_opened_for_anything_else() -> None:
    search = Discovery(SiteTask("czj", HOME, wants=(Want(("财政收支",), ()),)))
    search.add([link("互动交流", "hdjl")], [], 0)
    assert search.next_page() is None
