"""What an office may edit and what is refused; nothing from a portal becomes template code, markup or a lost line."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from bulletin_sample import FULL, STALE, checked, round_
from docx import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.indicator_findings import Outcome
from plans.problems import PlanFileError
from reports.bulletin import Bulletin, Told, document, told
from reports.bulletin_template import template
from reports.bulletin_word import TemplateFileError, shipped_template, to_word
from reports.bulletin_wording import fill, read_wording, shipped, shipped_file
from reports.html_form import to_html
from reports.texts import Lang

ZH = shipped(Lang.ZH)
HOSTILE = [
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{issuer}",
    "{0.__class__}",
    "<w:br/></w:t></w:p>",
    "<script>alert(1)</script>",
    "a & b \"c\" 'd'",
    "=1+1",
    "{_{ a }_}",
    "\u202etxt.exe",
    "line\nbreak\ttab\fpage\abell",
    "\ud800",
]


def words_of(bulletin: Bulletin = FULL, lang: Lang = Lang.ZH) -> Told:
    return told(bulletin, shipped(lang), lang)


def word_text(body: bytes) -> str:
    return "".join(WordDocument(io.BytesIO(body)).element.body.itertext())


def edited(tmp_path: Path, edit: Callable[[str], str], name: str = "mine.docx") -> Path:
    """The shipped template with its main part edited as text."""
    path = tmp_path / name
    with zipfile.ZipFile(shipped_template(Lang.ZH)) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.infolist():
            body = old.read(part)
            new.writestr(part, edit(body.decode()).encode() if part.filename == "word/document.xml" else body)
    return path


def refused(path: Path) -> str:
    with pytest.raises(TemplateFileError) as caught:
        to_word(words_of(), ZH, Lang.ZH, path)
    said = str(caught.value)
    assert "\n" not in said
    assert str(path) in said
    return said


@pytest.mark.parametrize("lang", Lang)
def test_the_word_file_says_what_the_page_says(lang: Lang) -> None:
    words = words_of(lang=lang)
    text = word_text(to_word(words, shipped(lang), lang, shipped_template(lang)))
    for line in (words.title, words.number, words.basis, *words.overview, *words.demands, words.issued):
        assert line.strip() in text
    for table in words.annexes.values():
        assert table.title in text
        assert all(str(row[1]) in text for row in table.rows)
    assert "{{" not in text
    assert "{%" not in text


@pytest.mark.parametrize("lang", Lang)
def test_the_shipped_templates_are_those_that_the_wording_makes(lang: Lang) -> None:
    made = template(shipped(lang)).element.body
    there = WordDocument(str(shipped_template(lang))).element.body
    assert list(made.itertext()) == list(there.itertext())


def test_the_look_is_that_of_an_official_document() -> None:
    word = WordDocument(io.BytesIO(to_word(words_of(), ZH, Lang.ZH, shipped_template(Lang.ZH))))
    page, body = word.sections[0], word.styles["Normal"]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert (body.font.size.pt, word.styles["Title"].font.size.pt) == (16, 22)
    assert body.paragraph_format.first_line_indent.pt == 32
    assert 28 <= body.paragraph_format.line_spacing.pt <= 30


def test_the_same_bulletin_the_same_bytes() -> None:
    first, second = (to_word(words_of(), ZH, Lang.ZH, shipped_template(Lang.ZH)) for _ in range(2))
    assert word_text(first) == word_text(second)


def test_an_office_may_change_the_text_around_the_placeholders(tmp_path: Path) -> None:
    path = edited(tmp_path, lambda xml: xml.replace("一、总体情况", "一、抽查概况"))
    assert "一、抽查概况" in word_text(to_word(words_of(), ZH, Lang.ZH, path))


def test_rows_beyond_what_word_bears_point_to_the_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.bulletin_word.MAX_ROWS", 3)
    text = word_text(to_word(words_of(), ZH, Lang.ZH, shipped_template(Lang.ZH)))
    assert "另有7行见同名工作簿" in text


def test_without_an_issuer_the_title_and_the_signature_wait_for_one() -> None:
    words = words_of(replace(FULL, order=replace(FULL.order, issuer="", number="")))
    assert words.title == "关于2017年6月份政务公开抽查情况的通报"
    assert (words.issuer, words.number) == ("（发文机关）", "〔2017〕　　号")
    assert "书面报本机关" in words.demands[0]


def test_an_unknown_placeholder_is_named(tmp_path: Path) -> None:
    said = refused(edited(tmp_path, lambda xml: xml.replace("{{ issued }}", "{{ issud }}")))
    assert "issud" in said
    assert "issued" in said


def test_a_missing_placeholder_would_lose_content(tmp_path: Path) -> None:
    assert "basis" in refused(edited(tmp_path, lambda xml: xml.replace("{{ basis }}", "")))


def test_a_loop_that_prints_nothing_would_lose_content(tmp_path: Path) -> None:
    said = refused(edited(tmp_path, lambda xml: xml.replace("{{ row.what }}", "").replace("{{ row.category }}", "")))
    assert "缺少内容" in said


@pytest.mark.parametrize("broken", ["{{ title", "{% if title %}", "{{ title | nosuch }}", "{%p endfor %}{{ title }}"])
def test_a_broken_tag_is_one_clear_line(tmp_path: Path, broken: str) -> None:
    refused(edited(tmp_path, lambda xml: xml.replace("{{ title }}", broken)))


@pytest.mark.parametrize(
    "evil",
    [
        "{{ title.__class__.__mro__ }}",
        "{{ 'a' * 1000000000 }}",
        "{% for x in range(1000000000) %}x{% endfor %}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_template_reaches_for_nothing_outside(tmp_path: Path, evil: str) -> None:
    refused(edited(tmp_path, lambda xml: xml.replace("{{ title }}", "{{ title }}" + evil)))


@pytest.mark.parametrize("body", [b"", b"no docx", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_what_is_no_docx_is_one_clear_line(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "mine.docx"
    path.write_bytes(body)
    assert "不是 docx 文件" in refused(path)


def test_a_zip_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.docx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("a.txt", "a")
    assert "不是 docx 文件" in refused(path)


def test_a_template_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "none.docx")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_name_in_every_form(name: str) -> None:
    bad = checked("s1", Outcome.FAILED, [STALE], name=name)
    words = words_of(replace(FULL, round=round_("2017-06", [bad, checked("s2", Outcome.PASSED)])))
    text = word_text(to_word(words, ZH, Lang.ZH, shipped_template(Lang.ZH)))
    page = to_html(document(words, ZH, Lang.ZH))
    assert "49" not in text.replace("2049", "")
    assert "<script>alert" not in page
    assert "\u202e" not in text + page
    if name.isprintable() and "{_{" not in name:
        assert name in text


@given(name=st.text(max_size=40), agency=st.text(max_size=40), reason=st.text(max_size=80))
@settings(derandomize=True, deadline=None, max_examples=25)
def test_any_text_can_be_told(name: str, agency: str, reason: str) -> None:
    bad = checked("s1", Outcome.FAILED, [replace(STALE, reason=reason)], name=name)
    words = words_of(replace(FULL, round=round_("2017-06", [replace(bad, agency=agency)]), plan=None))
    assert to_word(words, ZH, Lang.ZH, shipped_template(Lang.ZH))
    assert to_html(document(words, ZH, Lang.ZH))


@pytest.mark.parametrize("lang", Lang)
def test_both_languages_have_all_sentences(lang: Lang) -> None:
    assert read_wording(shipped_file(lang)) == shipped(lang)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("“{site}”网站首页无法访问", "“{stie}”网站首页无法访问", "不认识的占位符 {stie}"),
        ("“{site}”网站首页无法访问", "网站首页无法访问", "缺少占位符 {site}"),
        ("“{site}”网站首页无法访问", "“{site”网站首页无法访问", "花括号"),
        ("“{site}”网站首页无法访问", "{site.__class__}", "不认识的占位符"),
        ("“{site}”网站首页无法访问", "{site:>99999999}", "不能带格式"),
        ("“{site}”网站首页无法访问", "{site!r}", "不能带格式"),
        ("  same: ", "  sane: ", "sane"),
        ("at_most: 0.1", "at_most: 1.5", "至多"),
    ],
)
def test_a_mistake_in_the_wording_is_a_line_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "mine.yaml"
    text = shipped_file(Lang.ZH).read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PlanFileError) as caught:
        read_wording(path)
    line = text[: text.index(old)].count("\n") + 1
    assert said in str(caught.value)
    assert f"{path}:{line}: " in str(caught.value)


def test_a_fact_is_never_read_as_a_template() -> None:
    assert fill("{a}与{b}", a="{b}", b="{a}\n") == "{b}与{a}"
