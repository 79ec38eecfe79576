"""Which addresses lead to one page?"""

import pytest

from checks.addresses import page_key

PAGE = "http://www.lin.gov.cn/czj/content.html"


@pytest.mark.parametrize(
    "written",
    [
        "https://www.lin.gov.cn/czj/content.html",
        "//www.lin.gov.cn/czj/content.html",
        "http://WWW.lin.gov.cn:80/czj//content.html#top",
    ],
)
def test_forms_of_one_address(written: str) -> None:
    assert page_key(written) == page_key(PAGE)


@pytest.mark.parametrize("folder", ["http://lin.gov.cn/czj", "https://lin.gov.cn/czj/", "//lin.gov.cn/czj/index.html"])
def test_a_folder_and_its_index_are_one_page(folder: str) -> None:
    assert page_key(folder) == "lin.gov.cn/czj"


@pytest.mark.parametrize("other", [PAGE + "?id=1", PAGE.replace("content", "other"), "http://lin.gov.cn:8080/czj/"])
def test_other_pages(other: str) -> None:
    assert page_key(other) not in (page_key(PAGE), "lin.gov.cn/czj")
