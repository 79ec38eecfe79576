"""A letter's page and row say when it was asked and answered, or that it was not."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.articles import read_article
from spiders.document import Document
from spiders.letters import letter_in_row, letter_on
from spiders.platforms.generic import Generic
from spiders.records import Letter
from spiders.visible import view

ASKED, ANSWERED = dt.date(2017, 5, 3), dt.date(2017, 5, 10)


def page(body):
    return Document("http://127.0.0.1/x.html", f"<html><body><h1>咨询公交线路</h1>{body}</body></html>")


def on_page(body):
    return letter_on(view(page(body)).lines)


@pytest.mark.parametrize(
    ("body", "letter"),
    [
        ("<p>来信时间：2017-05-03 回复时间：2017-05-10</p>", Letter(ASKED, ANSWERED)),
        ("<p>写信日期：2017年5月3日</p><p>答复日期：2017年5月10日</p>", Letter(ASKED, ANSWERED)),
        ("<p>提问时间：2017-05-03 10:20:11</p><p>答复时间：2017-05-10 09:00</p>", Letter(ASKED, ANSWERED)),
        (
            "<table><tr><td>咨询时间</td><td>2017-05-03</td></tr><tr><td>办结时间</td><td>2017-05-10</td></tr></table>",
            Letter(ASKED, ANSWERED),
        ),
        ("<p>来信时间：2017-05-03</p><p>办理状态：办理中</p>", Letter(ASKED, None, is_pending=True)),
        (
            "<table><tr><td>来信时间</td><td>2017-05-03</td><td>状态</td><td>待回复</td></tr></table>",
            Letter(ASKED, None, is_pending=True),
        ),
        ("<p>来信时间：2017-05-03</p><p>答复内容：您反映的问题正在处理中，请耐心等待。</p>", Letter(ASKED)),
        ("<p>来信时间：2017-05-03 回复时间：</p><p>谢谢</p>", Letter(ASKED)),
        ("<p>发布时间：2017-05-03</p><p>办理状态：办理中</p>", None),
    ],
)
def test_pages_of_letters(body, letter):
    assert on_page(body) == letter


@pytest.mark.parametrize(
    "body",
    [
        "<p>来信时间：2017-05-03 状态：已受理</p><p>答复：您好，您反映的问题已安排人员处理，感谢关注。</p>",
        "<table><tr><td>来信时间</td><td>2017-05-03</td><td>状态</td><td>受理中</td></tr>"
        "<tr><td>回复内容</td><td>您好，该路段的路灯已于上周修复完毕。</td></tr></table>",
    ],
)
def test_an_answer_that_stands_there_without_its_day_is_an_answer_whatever_the_status(body):
    assert on_page(body) == Letter(ASKED)


@pytest.mark.parametrize("state", ["暂未答复", "已交办", "正在核实", "未办结", "等待回复"])
def test_words_for_a_letter_that_waits(state):
    assert on_page(f"<p>来信时间：2017-05-03</p><p>办理状态：{state}</p>") == Letter(ASKED, None, is_pending=True)
    row = f"<table><tr><td>来信时间</td><td>2017-05-03</td><td>答复情况</td><td>{state}</td></tr></table>"
    assert on_page(row) == Letter(ASKED, None, is_pending=True)


def test_an_answered_letter_is_not_pending_whatever_a_word_says():
    assert on_page("<p>来信时间：2017-05-03 回复时间：2017-05-10</p><p>已受理</p>") == Letter(ASKED, ANSWERED)


@pytest.mark.parametrize(
    ("beside", "letter"),
    [
        ([("来信时间", "2017-05-03"), ("回复时间", "2017-05-10")], Letter(ASKED, ANSWERED)),
        ([("来信时间", "2017-05-03"), ("状态", "办理中")], Letter(ASKED, None, is_pending=True)),
        ([("", "写信时间：2017-05-03"), ("", "[未回复]")], Letter(ASKED, None, is_pending=True)),
        ([("来信时间", "2017-05-03"), ("状态", "已回复")], Letter(ASKED)),
        ([("", "2017-05-03"), ("", "办理中")], None),
    ],
)
def test_rows_of_letters(beside, letter):
    assert letter_in_row(beside) == letter


def test_an_article_bears_its_letter_s_days():
    article = read_article(page("<p>来信时间：2017-05-03</p><p>办理状态：待回复</p><p>我想问公交线路。</p>"))
    assert (article.asked, article.answered, article.is_pending) == (ASKED, None, True)
    plain = read_article(page("<p>发布时间：2017-05-03</p><p>正文。</p>"))
    assert (plain.asked, plain.answered, plain.is_pending) == (None, None, False)


def test_a_list_of_letters_keeps_their_days():
    rows = "".join(
        f"<tr><td><a href='/l/{n}.html'>咨询公交线路第{n}路的问题</a></td><td>2017-05-0{n}</td><td>办理中</td></tr>"
        for n in range(1, 7)
    )
    head = "<tr><th>标题</th><th>来信时间</th><th>状态</th></tr>"
    listing = Generic().read_list(
        Document("http://127.0.0.1/l/", f"<html><body><table>{head}{rows}</table></body></html>")
    )
    assert [item.letter for item in listing.items] == [
        Letter(dt.date(2017, 5, n), None, is_pending=True) for n in range(1, 7)
    ]


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=9), st.text("来信时间：2017-05-03回复未办理中 \x02", max_size=60)), max_size=8)
)
def test_hostile_rows_raise_nothing(beside):
    letter_in_row(beside)
