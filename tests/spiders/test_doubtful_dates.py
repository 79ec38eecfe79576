"""Row dates that are none must be None: a day that does not exist is never mended, a year never invented."""

import datetime as dt

import pytest

from spiders.document import Document
from spiders.lists import find_list

URL = "http://www.example.gov.cn/zwgk/czsz/index.html"


def row_date(written: str) -> dt.date | None:
    """The date of the second of three rows; the others are dated well."""
    dates = ("2017-06-21", written, "2017-05-03")
    rows = "".join(
        f"<li><a href='/a/{n}1234.html'>关于公布全市财政收支情况的第{n}号通知</a><span>{date}</span></li>"
        for n, date in enumerate(dates)
    )
    items = find_list(Document(URL, f"<html><body><ul>{rows}</ul></body></html>")).items
    assert len(items) == 3
    return items[1].date


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2017-05-23", (2017, 5, 23)),
        ("2017-5-3", (2017, 5, 3)),
        ("17-05-23", None),
        ("2017.05.23.", (2017, 5, 23)),
        ("２０１７年５月２３日", (2017, 5, 23)),
        ("二〇一七年五月三日", (2017, 5, 3)),
        ("二○一七年十二月三十一日", (2017, 12, 31)),
        ("2017年05月23日 星期二", (2017, 5, 23)),
        ("05-23", (2017, 5, 23)),  # the rows around agree on the year
        ("[05/23]", (2017, 5, 23)),
        ("2017-05", None),
        ("2017", None),
        ("2017-02-30", None),
        ("2017-13-01", None),
        ("2017-00-00", None),
        ("0000-00-00", None),
        ("1970-01-01", None),
        ("20177-05-23", None),
        ("2117-05-23", None),
        ("02-30", None),
        ("刚刚", None),
        ("3天前", None),
        ("undefined", None),
        ("NaN-NaN-NaN", None),
        ("", None),
    ],
)
def test_a_row_s_date(written: str, day: tuple[int, int, int] | None) -> None:
    assert row_date(written) == (dt.date(*day) if day else None)
