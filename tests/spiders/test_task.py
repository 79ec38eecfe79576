"""Which links belong to a site, and which articles are worth opening."""

import datetime as dt
import re

import pytest

from spiders.records import ListItem
from spiders.task import SiteTask, Want, plain

REPLAY = SiteTask("pt", "http://127.0.0.1:9001/", aliases=("www.pingtan.gov.cn",))
LIVE = SiteTask("czj", "http://czj.zhuhai.gov.cn/")


@pytest.mark.parametrize(
    ("task", "url", "own"),
    [
        (REPLAY, "https://www.pingtan.gov.cn/a/b.htm?x=1", "http://127.0.0.1:9001/a/b.htm?x=1"),
        (REPLAY, "http://127.0.0.1:9001/a", "http://127.0.0.1:9001/a"),
        (REPLAY, "http://127.0.0.1:9002/a", None),
        (REPLAY, "http://127.0.0.1/a", None),
        (REPLAY, "http://evil.example/www.pingtan.gov.cn", None),
        (LIVE, "https://czj.zhuhai.gov.cn/a", "https://czj.zhuhai.gov.cn/a"),
        (LIVE, "http://www.czj.zhuhai.gov.cn/a", "http://www.czj.zhuhai.gov.cn/a"),
        (LIVE, "http://www.zhuhai.gov.cn/a", None),
        (LIVE, "http://czj.zhuhai.gov.cn.evil.example/a", None),
    ],
)
def test_links_of_a_site_are_its_own_and_its_aliases(task: SiteTask, url: str, own: str | None) -> None:
    assert task.own(url) == own


WANT = Want(("财政收支",), (re.compile("预算执行情况"),), (re.compile("解读"),), dt.date(2017, 1, 1))


@pytest.mark.parametrize(
    ("title", "day", "opened"),
    [
        ("2017年5月预算执行情况", dt.date(2017, 6, 20), True),
        ("2017年5月 预算执行 情况", dt.date(2017, 6, 20), True),
        ("2017年5月预算执行情况", None, True),
        ("2016年5月预算执行情况", dt.date(2016, 6, 20), False),
        ("《2017年5月预算执行情况》解读", dt.date(2017, 6, 20), False),
        ("关于做好财政工作的通知", dt.date(2017, 6, 20), False),
        ("关于公布2017年5月全市一般公共...", dt.date(2017, 6, 20), True),
        ("关于公布2017年5月全市一般公共…", dt.date(2016, 6, 20), False),
    ],
)
def test_an_article_is_opened_only_if_it_could_matter(title: str, day: dt.date | None, opened: bool) -> None:
    assert WANT.could_matter(ListItem(title, "http://x/1", day)) is opened


def test_titles_are_compared_without_blanks_and_in_half_width() -> None:
    assert plain("　２０１７年 5\u200b月") == "2017年5月"


NOTES = Want(
    ("政策解读", "通知公告"),
    (re.compile("解读"),),
    since=dt.date(2017, 1, 1),
    catch_all=frozenset({"通知公告"}),
    any_title=True,
)


@pytest.mark.parametrize(
    ("title", "day", "shelf", "opened"),
    [
        ("补贴怎么发？看这里", dt.date(2017, 6, 20), ("政策解读",), True),
        ("补贴怎么发？看这里", dt.date(2016, 6, 20), ("政策解读",), False),
        ("补贴怎么发？看这里", dt.date(2017, 6, 20), ("通知公告",), False),  # anything may stand there
        ("补贴怎么发？看这里", dt.date(2017, 6, 20), (), False),
        ("图说《节能管理办法》", dt.date(2017, 6, 20), ("政策解读",), False),  # says itself what it explains
    ],
)
def test_on_the_shelf_of_interpretations_any_title_may_explain(
    title: str, day: dt.date, shelf: tuple[str, ...], opened: bool
) -> None:
    assert NOTES.could_matter(ListItem(title, "http://a.example/1", day), shelf) is opened
