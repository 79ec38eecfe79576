"""Dates in texts and addresses: every written shape is read, and nothing is made up."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.dates import find_dates, from_stamp, parse_date, parse_moment, running_id, url_date

DAY = dt.date(2026, 2, 11)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-11",
        "2026-2-11",
        "2026/02/11",
        "2026.02.11",
        "2026年02月11日",
        "2026年2月11日",
        "2026 年 2 月 11 日",
        "2 0 2 6 年 2 月 1 1 日",
        "[2026-02-11]",
        "（2026.02.11）",
        "２０２６－０２－１１",
        "２０２６年２月１１日",
        "二〇二六年二月十一日",
        "二○二六年二月十一日",
        "二零二六年二月十一日",
        "二Ｏ二六年二月十一日",
        "二〇二六年2月11日",
        "2026-\n   02-\n   11",
        "2026-02-11阅读次数：3",
        "发布日期：2026-02-11来源：本站",
        "1.2026年2月11日",
        "2026-02-1109:10:07",
        "2026年02月11日08:18",
        "2026-02-11T08:18:00+08:00",
        "2026-02-10T16:00:00Z",
        "2026-02-10T20:00:00.000+00:00",
        "2026—02—11",
    ],
)
def test_a_written_day_is_read(text: str) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "2017-13-40",
        "2017-02-30",
        "2017年2月30日",
        "二〇一七年二月三十日",
        "1989-12-31",
        "2101-01-01",
        "索引号 2026-02-00018",
        "PZ00101-1700-2016-00422",
        "11330000002482031M/2026-1010578183",
        "ZJSP-2026-02-11",
        "2026-02-11-001",
        "12026-02-11",
        "2026年2月",
        "2026年",
        "2026-02",
        "20260211",
        "1.2026.2.11.4",
        "02-11",
        "",
    ],
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert find_dates(text) == []


def test_compact_days_are_read_only_where_asked() -> None:
    assert parse_date("20170503") is None
    assert parse_date("20170503", compact=True) == dt.date(2017, 5, 3)
    assert parse_date("1201705031", compact=True) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019年06月15日08:18", (dt.date(2019, 6, 15), dt.time(8, 18))),
        ("2018-07-11 08:33:01", (dt.date(2018, 7, 11), dt.time(8, 33, 1))),
        ("2018-07-11 8时5分", (dt.date(2018, 7, 11), dt.time(8, 5))),
        ("2018-07-11 星期三 08:33", (dt.date(2018, 7, 11), dt.time(8, 33))),
        ("2018-07-11T23:30:00Z", (dt.date(2018, 7, 12), dt.time(7, 30))),
        ("2018-07-11", (dt.date(2018, 7, 11), None)),
        ("无", None),
    ],
)
def test_the_time_behind_a_day_is_read(text: str, moment: tuple[dt.date, dt.time | None] | None) -> None:
    assert parse_moment(text) == moment


def test_offsets_point_into_the_text_as_given() -> None:
    text = "自２０２６年２月１１日 08:00起，至二〇二六年三月一日止"
    first, second = find_dates(text)
    assert text[first.start : first.end] == "２０２６年２月１１日 08:00"
    assert text[second.start : second.end] == "二〇二六年三月一日"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1_770_739_200, DAY),  # 2026-02-11 00:00 in Shanghai
        (1_770_739_199, dt.date(2026, 2, 10)),
        (1_770_739_200_000, DAY),
        ("1770739200", DAY),
        ("1770739200000", DAY),
        ("2026-02-11 17:32:00", DAY),
        ("20260211", DAY),
        (0, None),
        (True, None),
        (None, None),
        ("", None),
        (float("nan"), None),
        (10**30, None),
        ([], None),
    ],
)
def test_stamps_of_interfaces_are_shanghai_days(value: object, day: dt.date | None) -> None:
    moment = from_stamp(value)
    assert (moment[0] if moment else None) == day


HOST = "http://www.example.gov.cn"


@pytest.mark.parametrize(
    ("path", "day", "number"),
    [
        ("/zwgk/201706/t20170614_7304.htm", dt.date(2017, 6, 14), 7304),
        ("/art/2016/11/22/art_1621004_30332664.html", dt.date(2016, 11, 22), 30332664),
        ("/art/2026/8/28/art_284_11821965.html", dt.date(2026, 8, 28), 11821965),
        ("/col/col1229123351/art/2026/art_937add6719f140bdac86d5b97c525d28.html", None, None),
        ("/a/2021-05/07/content_12345.htm", dt.date(2021, 5, 7), 12345),
        ("/20260211/0123456789abcdef0123456789abcdef/c.html", dt.date(2026, 2, 11), None),
        ("/web/zwgk/tz/2026021108171512345/index.shtml", dt.date(2026, 2, 11), 2026021108171512345),
        ("/tiaofasi/144941/144957/2026052217462526593/index.html", dt.date(2026, 5, 22), 2026052217462526593),
        ("/2021/03/04/ARTI1614820000000.shtml", dt.date(2021, 3, 4), 1614820000000),
        ("/bjdx/1234567/index.html", None, 1234567),
        ("/tz/20170503/index.html", None, 20170503),
        ("/site/c100009/c100010/202602/0123456789abcdef0123456789abcdef.shtml", None, None),
        ("/xc/pnidpv123456.html", None, 123456),
        ("/n2588035/n2588320/c35128064/content.html", None, 35128064),
        ("/csrc/c106256/c1653889/content.shtml", None, 1653889),
        ("/fabu/xiangqing/386881.html", None, 386881),
        ("/xxgk/gsgg/2018-07-12/6821.html", dt.date(2018, 7, 12), 6821),
        ("/safe/2024/0712/24688.html", dt.date(2024, 7, 12), 24688),
        ("/main/20240712/123456.html", dt.date(2024, 7, 12), 123456),
        ("/2024/7/2/0123456789abcdef0123456789abcdef.shtml", dt.date(2024, 7, 2), None),
        ("/columns/1-2/202407/12/9d3b7a40-1111-2222-3333-444455556666.html", dt.date(2024, 7, 12), None),
        ("/zwgk/content/post_3142080.html", None, 3142080),
        ("/content/mpost_3142080.html", None, 3142080),
        ("/gkmlpt/content/9/9103/post_9103540.html", None, 9103540),
        ("/info/1056/1876.htm", None, 1876),
        ("/jyxx/003001/20201216/9d3b7a40-1111-2222-3333-444455556666.html", dt.date(2020, 12, 16), None),
        ("/zhengce/content/202602/content_7000001.htm", None, 7000001),
        ("/doc/2024/07/12/4345678.shtml", dt.date(2024, 7, 12), 4345678),
        ("/n1/2022/0213/c1001-32350000.html", dt.date(2022, 2, 13), 32350000),
        ("/zwgk/202608/P020260825569749189625.pdf", dt.date(2026, 8, 25), None),
        ("/cbircweb/DocInfo/SelectByDocId?docId=1255850", None, 1255850),
        ("/zwgk/201713/t20171340_7304.htm", None, 7304),
        ("/zwgk/index_2.html", None, None),
        ("/", None, None),
    ],
)
def test_addresses_tell_a_whole_day_or_none(path: str, day: dt.date | None, number: int | None) -> None:
    assert url_date(HOST + path) == day
    assert running_id(HOST + path) == number


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
TIMES = st.times().map(lambda time: time.replace(microsecond=0))
SHAPES = [
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0:%Y.%m.%d}",
    "{0:%Y年%m月%d日}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year}-{0.month}-{0.day}",
    "[{0:%Y-%m-%d}]",
    "发布日期：{0:%Y-%m-%d}阅读次数：",
]
NUMERALS = "〇一二三四五六七八九"


def in_words(day: dt.date) -> str:
    def number(value: int) -> str:
        tens, ones = divmod(value, 10)
        return ("" if not tens else "十" if tens == 1 else NUMERALS[tens] + "十") + (NUMERALS[ones] if ones else "")

    return "".join(NUMERALS[int(sign)] for sign in str(day.year)) + f"年{number(day.month)}月{number(day.day)}日"


@settings(derandomize=True, deadline=None)
@given(day=DAYS, shape=st.sampled_from(SHAPES))
def test_every_day_is_read_back_in_every_shape(day: dt.date, shape: str) -> None:
    assert [found.day for found in find_dates(shape.format(day))] == [day]


@settings(derandomize=True, deadline=None)
@given(day=DAYS)
def test_every_day_in_words_is_read_back(day: dt.date) -> None:
    assert parse_date(in_words(day)) == day


@settings(derandomize=True, deadline=None)
@given(day=DAYS, time=TIMES)
def test_every_moment_is_read_back(day: dt.date, time: dt.time) -> None:
    assert parse_moment(f"{day:%Y-%m-%d} {time:%H:%M:%S}") == (day, time)


@settings(derandomize=True, deadline=None)
@given(text=st.one_of(st.text(), st.text(alphabet="0129-/.年月日 :T一十〇Z+\n")))
def test_no_text_makes_the_date_functions_raise(text: str) -> None:
    dates = find_dates(text, compact=True)
    assert all(1990 <= found.day.year <= 2100 and 0 <= found.start < found.end for found in dates)
    from_stamp(text)
    url_date(text)
    running_id(text)
    url_date("http://x.gov.cn/" + text)
    running_id("http://x.gov.cn/" + text)
