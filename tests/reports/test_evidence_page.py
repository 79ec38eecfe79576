"""An evidence page tells the whole chain, marks what does not verify, and gives a portal's words no power."""

import base64
import dataclasses
import datetime as dt
import hashlib
import json
import re

import pytest
from evidence_sample import EVIL, HASH, ROWS, absent, bare, hostile
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from checks.reviews import Action, Review, reviewed
from checks.verdict import Status
from db.facts import ListedRow
from reports.evidence import SCHEMA, Check, Proof, around, place_in, to_json
from reports.evidence_page import evidence_index, evidence_page
from reports.texts import Lang

DAYS = st.one_of(st.none(), st.dates(dt.date(2017, 1, 1), dt.date(2017, 12, 31)))


def rows(days: list[dt.date | None]) -> list[ListedRow]:
    return [ListedRow(f"http://a.example/{n}", str(n), day, None) for n, day in enumerate(days)]


def test_the_place_is_between_the_newer_and_the_older_rows() -> None:
    place = place_in(ROWS, dt.date(2017, 6, 9))
    assert place == 3
    assert ROWS[2].day is not None
    assert ROWS[3].day is not None
    assert ROWS[3].day <= dt.date(2017, 6, 9) < ROWS[2].day


def test_a_row_pinned_to_the_top_moves_no_place() -> None:
    pinned = [ListedRow("http://a.example/p", "置顶", dt.date(2015, 1, 1), None), *ROWS]
    assert place_in(pinned, dt.date(2017, 6, 9)) == 4


def test_without_days_nobody_can_tell_the_place() -> None:
    assert place_in(rows([None, None]), dt.date(2017, 6, 9)) is None
    assert place_in(ROWS, None) is None
    assert place_in([], dt.date(2017, 6, 9)) is None


@given(days=st.lists(DAYS, max_size=30), due=st.dates(dt.date(2016, 12, 1), dt.date(2018, 1, 31)))
def test_the_place_leaves_the_fewest_rows_on_the_wrong_side(days: list[dt.date | None], due: dt.date) -> None:
    listed = rows(days)
    place = place_in(listed, due)
    if place is None:
        assert not any(days)
        return

    def wrong(n: int) -> int:
        return sum(bool(d and d <= due) for d in days[:n]) + sum(bool(d and d > due) for d in days[n:])

    assert wrong(place) == min(wrong(n) for n in range(len(days) + 1))
    shown = around(absent().lists[0].column, listed, due)
    assert shown.place is not None
    assert shown.first + shown.place == place
    assert list(shown.rows) == listed[shown.first : shown.first + len(shown.rows)]


def text_of(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def test_a_page_of_an_absence_tells_the_chain() -> None:
    page = evidence_page(absent(), Lang.ZH)
    told = text_of(page)
    for word in ("一/3", "预算执行情况", "2017-06-09（周五）", "次月 9 日", "列表已读完", "财政收支", "属于别的期次"):
        assert word in told
    tree = html.fromstring(page)
    cells = [row.text_content() for row in tree.xpath("//table[@class='list']/tbody/tr")]
    assert "应公开日期为 2017-06-09" in cells[3]
    assert "第2条" in cells[2]
    assert "第3条" in cells[4]
    assert HASH.removeprefix("sha256:") in told
    assert "核对相符" in told
    assert "alert" not in {name for each in tree.xpath("//p/@class") for name in each.split()}


def test_what_does_not_verify_is_told_in_red_first() -> None:
    tree = html.fromstring(evidence_page(hostile(), Lang.ZH))
    (alert,) = tree.xpath("//main/*[1][@class='alert']")
    assert "存档 1 " in alert.text_content()
    assert "不得作为证据使用" in alert.text_content()
    assert any("核对不符" in bad.text_content() for bad in tree.xpath("//table[@class='archive']//b[@class='bad']"))
    index = html.fromstring(evidence_index([absent(), hostile()], "", Lang.ZH))
    assert [row.xpath("boolean(.//span[@class='bad'])") for row in index.xpath("//tbody/tr")] == [False, True]


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("proof", [absent(), hostile(), bare()], ids=["absent", "hostile", "bare"])
def test_a_portal_s_words_are_words(proof: Proof, lang: Lang) -> None:
    page = evidence_page(proof, lang)
    tree = html.fromstring(page)
    assert tree.xpath("//script") == []
    assert "\u202e" not in page
    assert "49" not in {piece.strip() for piece in tree.itertext()}  # a template in a template
    for link in tree.xpath("//a[@href]"):
        target = link.get("href")
        if target.startswith("http"):
            assert link.get("rel") == "noopener noreferrer"
        else:
            assert re.fullmatch(r"#\w+|evidence\.html", target)
    assert all(source.startswith("data:image/png;base64,") for source in tree.xpath("//img/@src"))
    assert not any(name.startswith("on") for each in tree.iter() if isinstance(each.tag, str) for name in each.attrib)


@pytest.mark.parametrize("lang", Lang)
def test_the_policy_names_every_style_and_lets_nothing_run(lang: Lang) -> None:
    page = evidence_page(hostile(), lang)
    (policy,) = html.fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    for style in re.findall(r"<style>(.*?)</style>", page, re.DOTALL):
        digest = hashlib.sha256(style.encode()).digest()
        assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy


def test_every_look_at_a_page_is_told_also_those_at_which_it_was_gone() -> None:
    tree = html.fromstring(evidence_page(hostile(), Lang.ZH))
    (table,) = tree.xpath("//section[h2/@id='h-states']//tbody")
    told = [" ".join(row.text_content().split()) for row in table.xpath("tr")]
    assert len(told) == 3
    assert "未见标注" in told[1]
    assert "网页不存在" in told[2]
    figures = tree.xpath("//figure/img")
    assert len(figures) == 1
    assert "未能从存档读出" in text_of(evidence_page(hostile(), Lang.ZH))


def test_a_reviewer_s_word_stands_beside_the_machine_s() -> None:
    proof = absent()
    v = proof.item.verdict
    at = dt.datetime(2017, 7, 3, tzinfo=dt.UTC)
    step = Review(v.key, Action.OVERRIDE, "王某", at, "见另一栏目", v.status, Status.ON_TIME, None, None)
    (item,) = reviewed((v,), (step,))
    told = text_of(evidence_page(dataclasses.replace(proof, item=item), Lang.ZH))
    assert "机器判定为“逾期未公开”，经人工复核改为“按时公开”" in told
    assert "王某" in told
    assert "见另一栏目" in told


def test_english_pages_speak_english_and_mark_what_is_chinese() -> None:
    page = evidence_page(absent(), Lang.EN)
    assert '<html lang="en">' in page
    told = text_of(page)
    for word in ("Where it should stand", "day 9 of the next month", "not there", "verified"):
        assert word in told
    assert html.fromstring(page).xpath("//h1/@lang") == ["zh-Hans"]


def test_the_data_holds_what_the_pages_tell() -> None:
    content = json.loads(to_json([absent(), hostile(), bare()], "zh"))
    assert content["schema"] == SCHEMA
    first, second, third = content["findings"]
    assert first["page"] == "evidence-0001.html"
    assert first["verified"]
    assert first["lists"][0]["belongs_before"] == 3
    assert first["verdict"]["key"] == "p-2017/1-3/市财政局/2017-05"
    assert not second["verified"]
    assert [each["check"] for each in second["archived"]] == [Check.CHANGED, Check.NOT_KEPT]
    assert second["seen"][0]["title"] == EVIL
    assert third["archived"] == []


def test_an_empty_set_says_so() -> None:
    assert "没有证据页" in text_of(evidence_index([], "市财政局", Lang.ZH))
