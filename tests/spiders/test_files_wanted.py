"""Which attachments are asked for, and where they may lie."""

import datetime as dt
import re

import pytest

from db.facts import FetchOutcome, FileOutcome
from spiders.attachments import MAX_FILES, files_left, files_to_ask, fingerprint, not_fetched, place_of, stamps_in
from spiders.records import Article, Attachment, ListItem
from spiders.task import KnownFiles, SiteTask, Want

WATER = Want(("环境质量",), (re.compile("饮用水.*水质"),), since=dt.date(2017, 1, 1), files=True)
AIR = Want(("环境质量",), (re.compile("空气质量"),))
URL = "http://hbj.zhuhai.gov.cn/art/1.html"
ROW = ListItem("5月饮用水水质状况", URL, dt.date(2017, 6, 20))
TASK = SiteTask("hbj", "http://hbj.zhuhai.gov.cn/", aliases=("old.example.cn",))


def files(*names: str) -> tuple[Attachment, ...]:
    return tuple(Attachment(name, f"http://hbj.zhuhai.gov.cn/files/{name}") for name in names)


def article(*names: str, title: str = ROW.title) -> Article:
    return Article(title, text="见附件", attachments=files(*names))


def test_files_are_asked_for_where_an_obligation_needs_them_and_nowhere_else() -> None:
    held = article("a.xlsx")
    assert files_to_ask([WATER, AIR], ROW, held, None) == held.attachments
    assert files_to_ask([AIR], ROW, held, None) == ()
    assert files_to_ask([WATER], ListItem("招聘公告", URL), article("a.xlsx", title="招聘公告"), None) == ()


def test_a_row_before_the_wanted_days_needs_no_files() -> None:
    row = ListItem(ROW.title, URL, dt.date(2016, 12, 31))
    assert files_to_ask([WATER], row, article("a.xlsx"), None) == ()


def test_a_title_that_the_list_cuts_is_judged_by_the_article_s_own() -> None:
    row = ListItem("关于公布2017年...", URL, cut=True)
    assert files_to_ask([WATER], row, article("a.xlsx"), None)
    assert not files_to_ask([WATER], row, article("a.xlsx", title="关于公布2017年假日的通知"), None)


def test_a_file_may_matter_by_its_own_name() -> None:
    held = article("附件1：饮用水水质表.xls", "附件2：名单.xls", title="5月环境信息")
    row = ListItem("5月环境信息", URL)
    assert [file.name for file in files_to_ask([WATER], row, held, None)] == ["附件1：饮用水水质表.xls"]


def test_few_are_asked_for_and_documents_before_pictures() -> None:
    held = article("1.jpg", *(f"{number}.pdf" for number in range(9)))
    asked = files_to_ask([WATER], ROW, held, None)
    assert len(asked) == MAX_FILES
    assert all(file.name.endswith("pdf") for file in asked)


def test_what_came_is_asked_again_only_where_the_article_says_something_new() -> None:
    held = article("a.xlsx", "b.xlsx")
    came = frozenset({held.attachments[0].url})
    same = KnownFiles(URL, fingerprint(held.title, held.text), held.attachments, came)
    assert files_to_ask([WATER], ROW, held, same) == held.attachments[1:]
    assert files_left([WATER], ROW, same) == held.attachments[1:]
    changed = KnownFiles(URL, fingerprint(held.title, "旧文"), held.attachments, came)
    assert files_to_ask([WATER], ROW, held, changed) == held.attachments


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://hbj.zhuhai.gov.cn/a.pdf", ("http://hbj.zhuhai.gov.cn/a.pdf", "hbj.zhuhai.gov.cn")),
        ("http://old.example.cn/a.pdf", ("http://hbj.zhuhai.gov.cn/a.pdf", "hbj.zhuhai.gov.cn")),
        ("https://files.zhuhai.gov.cn/a.pdf", ("https://files.zhuhai.gov.cn/a.pdf", "files.zhuhai.gov.cn")),
        ("http://files.zhuhai.gov.cn:8443/a.pdf", None),
        ("http://www.foshan.gov.cn/a.pdf", None),
        ("http://gov.cn/a.pdf", None),
        ("http://zhuhai.gov.cn.evil.example/a.pdf", None),
        ("http://zhuhai.gov.cn@evil.example/a.pdf", None),
        ("http://127.0.0.1/a.pdf", None),
        ("http://10.0.0.1/a.pdf", None),
        ("ftp://files.zhuhai.gov.cn/a.pdf", None),
        ("http://[bad/a.pdf", None),
        ("http://files.zhuhai.gov.cn:bad/a.pdf", None),
    ],
)
def test_files_may_lie_on_the_site_its_aliases_and_its_registered_domain(
    url: str, place: tuple[str, str] | None
) -> None:
    assert place_of(TASK, url) == place


def test_a_practice_site_s_files_lie_on_its_own_port() -> None:
    task = SiteTask("a", "http://127.0.0.1:9001/")
    assert place_of(task, "http://127.0.0.1:9001/a.pdf") == ("http://127.0.0.1:9001/a.pdf", "127.0.0.1:9001")
    assert place_of(task, "http://127.0.0.1:9002/a.pdf") is None


def test_a_file_that_did_not_come_says_why() -> None:
    file = files("a.pdf")[0]
    assert not_fetched(file).outcome is FileOutcome.NOT_FETCHED
    assert not_fetched(file, FetchOutcome.TOO_LARGE).outcome is FileOutcome.TOO_LARGE
    assert not_fetched(file, FetchOutcome.DNS).kind == "pdf"


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("P020170629512345678901.xlsx", (dt.date(2017, 6, 29),)),
        ("W020170629512345678901.pdf", (dt.date(2017, 6, 29),)),
        ("P020171329512345678901.xlsx", ()),
        ("20170629.xlsx", ()),
        ("附件.xlsx", ()),
    ],
)
def test_the_stamp_in_a_file_s_name_is_the_day_on_which_it_was_taken_in(name: str, days: tuple[dt.date, ...]) -> None:
    assert stamps_in(files(name)[0]) == days
