"""Which rows lead to documents that some notice repeals."""

import datetime as dt

import pytest

from db.facts import FileOutcome, FileRead, Repealed
from spiders.articles import read_article
from spiders.document import Document
from spiders.originals import MAX_ROWS, RepealedDocuments, Shelf, with_marks_and_repeals, with_repeals
from spiders.records import ListItem

RULES = Repealed("临江市财政票据管理办法", "临财〔2009〕12号")


def row(title: str, **more: object) -> ListItem:
    return ListItem(title, "http://127.0.0.1/a.html", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "item",
    [
        row("临江市财政票据管理办法"),
        row("【已废止】关于印发《临江市财政票据管理办法》的通知"),
        row("临江市财政局关于印发临江市财政票据管理办法的通知"),
        row("关于加强票据管理的通知", doc_no="临财[2009]12号"),
        row("关于加强票据管理的通知（临财（2009）12号）"),
        row("临江市财政票据管理办…"),
        row("临江市财政局关于印发临江市财政票据管理办…"),
        row("临江市财政票据管理办", cut=True),
    ],
)
def test_a_row_is_known_by_number_title_or_the_shown_part_of_its_title(item: ListItem) -> None:
    shelf = Shelf()
    shelf.add(item.url, item)
    assert RepealedDocuments([RULES]).may_be_row(item)
    assert shelf.could_be([RULES]) == {item.url: item}


@pytest.mark.parametrize("title", ["临江市财政专户管理办法", "转发临江市财政票据管理办法的通知", "财政…", ""])
def test_other_rows_are_not(title: str) -> None:
    shelf = Shelf()
    shelf.add("http://127.0.0.1/a.html", row(title))
    assert not RepealedDocuments([RULES]).may_be(title)
    assert shelf.could_be([RULES]) == {}


def test_what_is_known_already_is_not_followed_again() -> None:
    known = RepealedDocuments([RULES])
    other = Repealed("临江市国有资产出租管理办法")
    assert known.add([RULES, other]) == (other,)
    assert known.add([RULES, other]) == ()


def test_a_shelf_is_bounded() -> None:
    shelf = Shelf()
    for number in range(MAX_ROWS + 10):
        shelf.add(f"http://127.0.0.1/{number}.html", row("临江市财政票据管理办法"))
    assert len(shelf.could_be([RULES])) == MAX_ROWS


def test_a_notice_s_page_and_attachment_say_what_they_repeal() -> None:
    html = "<h1>关于废止部分文件的决定</h1><p>决定废止《临江市财政票据管理办法》（临财〔2009〕12号）。</p>"
    document = Document.from_bytes(html.encode(), "http://127.0.0.1/n.html")
    assert with_marks_and_repeals(document, read_article(document)).repeals == (RULES,)
    table = (("序号", "文件名称", "文号"), ("1", "临江市财政票据管理办法", "临财〔2009〕12号"))
    file = FileRead("附件.xlsx", "http://127.0.0.1/a.xlsx", "xlsx", FileOutcome.READ, tables=(table,))
    notice = row("关于废止部分文件的决定", date=dt.date(2017, 5, 8))
    assert with_repeals(file, notice).repeals == (RULES,)
    assert with_repeals(file, row("2017年部门预算")).repeals == ()
