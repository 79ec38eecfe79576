"""Columns are as wide as what they hold: heads unbroken, short texts whole, long ones share what is left."""

import datetime as dt
import io

from audit_sample import sample
from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from checks.reviews import reviewed
from checks.scoring import assess
from checks.scoring_model import load_model
from reports.cells import room, shared
from reports.document import Column, Document, Kind, Section, Table
from reports.docx_form import to_docx
from reports.html_form import to_html
from reports.scorecard import Assessment, scorecard
from reports.selfcheck import SelfCheck, selfcheck
from reports.texts import Lang, texts
from reports.xlsx_form import to_xlsx

EN = texts(Lang.EN)


def document(*sections: Section) -> Document:
    return Document("selfcheck", "t", "en", (("Plan", "p"),), sections)


def wide(id_: str, rows: int) -> Table:
    return Table(id_, id_, (Column("a", "A"),), tuple(("x",) for _ in range(rows)), is_wide=True)


@given(asked=st.lists(st.integers(0, 500), max_size=12), whole=st.integers(0, 1000))
@settings(derandomize=True, deadline=None)
def test_nobody_gets_more_than_asked_nor_all_more_than_there_is(asked: list[int], whole: int) -> None:
    given_ = shared(asked, whole)
    assert all(0 <= got <= want for got, want in zip(given_, asked, strict=True))
    assert sum(given_) <= whole
    if sum(asked) <= whole:
        assert given_ == asked


def test_who_asks_for_little_gets_it() -> None:
    assert shared([10, 500, 20, 400], 100) == [10, 35, 20, 35]


def test_a_word_of_a_head_is_never_broken() -> None:
    table = Table("t", "t", (Column("n", "Inconclusive", Kind.NUMBER), Column("d", "Due", Kind.NUMBER)), ((1, 2),))
    assert room(table, EN) == (13, 4)


def test_pages_lie_for_a_wide_table_and_for_the_lines_before_it() -> None:
    lines = Section("overview", "", ("words",))
    empty = Section("none", "none", tables=(wide("none", 0),))
    word = WordDocument(io.BytesIO(to_docx(document(lines, Section("w", "w", tables=(wide("w", 3),)), empty))))
    assert [page.orientation for page in word.sections] == [WD_ORIENT.LANDSCAPE]
    word = WordDocument(io.BytesIO(to_docx(document(lines, empty))))
    assert [page.orientation for page in word.sections] == [WD_ORIENT.PORTRAIT]


def test_a_row_of_a_workbook_is_as_high_as_its_lines() -> None:
    table = Table("t", "t", (Column("a", "A", width=20),), (("word " * 30,), ("word",)))
    sheet = load_workbook(io.BytesIO(to_xlsx(document(Section("s", "s", tables=(table,))))))["t"]
    assert sheet.row_dimensions[2].height >= 60
    assert sheet.row_dimensions[3].height is None


def test_no_form_in_english_has_chinese_punctuation_of_its_own() -> None:
    audit = sample()
    mine = tuple(v for v in audit.verdicts if v.agency == "市财政局")
    check = SelfCheck(audit.register, "A", "http://a.example/", mine, dt.date(2017, 11, 20))
    model, items = load_model("departments-2018"), reviewed(audit.verdicts, ())
    model = model.model_copy(update={"title": "m", "source": "m"})  # the office's own, in its own language
    card = scorecard(Assessment(audit.register, items, assess(audit.register, items, model), audit.as_of, 1), Lang.EN)
    for made in (selfcheck(check, Lang.EN), card):
        word = WordDocument(io.BytesIO(to_docx(made)))
        said = to_html(made) + "".join(word.element.body.itertext())
        assert not set("（）：，；、［］。") & set(said)


def test_a_loss_of_what_came_on_time_is_explained_by_its_flags() -> None:
    audit = sample()
    model, items = load_model("departments-2018"), reviewed(audit.verdicts, ())
    card = scorecard(Assessment(audit.register, items, assess(audit.register, items, model), audit.as_of, 1), Lang.ZH)
    (losses,) = (table for table in card.tables if table.id == "losses")
    names = [column.name for column in losses.columns]
    on_time = [row for row in losses.rows if row[names.index("status")] == "on_time"]
    assert on_time
    assert all(row[names.index("flags")] for row in on_time)


def test_more_agencies_than_bars_are_shown_as_a_distribution() -> None:
    audit = sample(60, 2)
    model, items = load_model("departments-2018"), reviewed(audit.verdicts, ())
    card = scorecard(Assessment(audit.register, items, assess(audit.register, items, model), audit.as_of, 1), Lang.ZH)
    charts = [chart.title for section in card.sections for chart in section.charts]
    scored = sum(score is not None for score in (row[2] for row in card.tables[1].rows))
    assert f"共 {scored} 家" in charts[0]
