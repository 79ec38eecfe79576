"""The same plan in every layout and file format is read alike."""

import codecs
import io
from collections.abc import Callable

import docx
import importing_samples as samples
import pytest

from plans.reading import ImportedPlan, import_plan, to_json_lines


def read(body: bytes | str, name: str = "plan.txt") -> ImportedPlan:
    return import_plan(body.encode() if isinstance(body, str) else body, name)


def told(plan: ImportedPlan) -> list[tuple[str, str, list[str], list[str], list[str]]]:
    return [
        (
            line["section"],
            line["number"],
            line["lead"],
            line["cooperating"],
            [one["cadence"] for one in line["obligations"] if one["cadence"] != "unspecified"],
        )
        for line in to_json_lines(plan)
    ]


@pytest.mark.parametrize(
    ("layout", "name"),
    [
        (samples.tab_cells, "plan.txt"),
        (samples.tab_rows, "plan.txt"),
        (samples.markdown, "plan.md"),
        (samples.bar_cells, "plan.txt"),
        (samples.page, "plan.html"),
        (samples.word, "plan.docx"),
        (samples.workbook, "plan.xlsx"),
    ],
)
def test_a_table_is_read_in_every_format(layout: Callable[[], bytes | str], name: str) -> None:
    plan = read(layout(), name)
    assert told(plan) == samples.EXPECTED
    assert (plan.title, plan.place, plan.year) == (samples.TITLE, "某市", 2021)


@pytest.mark.parametrize(
    "encoded",
    [
        samples.tab_rows().encode("gb18030"),
        codecs.BOM_UTF8 + samples.tab_rows().encode(),
        samples.tab_rows().encode("utf-16"),
        samples.tab_rows().replace("\n", "\r\n").encode(),
        samples.TITLE.encode("gb18030") + samples.tab_rows().removeprefix(samples.TITLE).encode(),
    ],
    ids=["gb18030", "bom", "utf-16", "crlf", "mixed"],
)
def test_every_encoding_says_the_same(encoded: bytes) -> None:
    assert told(read(encoded)) == samples.EXPECTED


def test_a_narrative_plan_gives_its_items_and_the_duty_in_its_closing_chapter() -> None:
    assert told(read(samples.NARRATIVE)) == [
        ("二", "(一)", ["市甲局"], ["各区"], ["monthly"]),
        ("二", "(二)", ["市乙局", "市丙局"], [], ["as_appropriate", "quarterly"]),
        ("三(二)", "", ["各区", "各部门"], [], ["once_by_date"]),
    ]


def test_a_pdf_with_wrapped_lines_reads_like_the_text() -> None:
    lines = [line for line in samples.NARRATIVE.split("\n") if line]
    assert [row[:4] for row in told(read(samples.pdf(lines), "plan.pdf"))] == [
        row[:4] for row in told(read(samples.NARRATIVE))
    ]


def test_agencies_behind_each_sentence_make_measures_under_the_items_title() -> None:
    text = "某市2021年政务公开工作要点\n一、重点\n1.财政信息。按月公布甲。（甲局）及时公布乙。（乙局、丙局）\n"
    lines = list(to_json_lines(read(text)))
    assert [(line["number"], line["path"], line["text"]) for line in lines] == [
        ("1", "一、重点 > 1.财政信息", "按月公布甲。"),
        ("1", "一、重点 > 1.财政信息", "及时公布乙。"),
    ]


def test_several_measures_in_a_cell_share_its_agencies() -> None:
    rows = [*samples.HEAD], ["一、甲", "1.按月公开甲。<br>2.及时公开乙。<br>3.公开丙。", "市甲局"]
    text = samples.TITLE + "\n\n" + "\n".join(f"|{'|'.join(row)}|" for row in rows)
    assert [row[1:3] for row in told(read(text))] == [(number, ["市甲局"]) for number in "123"]


def test_a_measure_cut_by_a_page_break_goes_on_in_the_next_row() -> None:
    rows = (
        [*samples.HEAD],
        ["一、甲", "1.按月公开甲，", "市甲局"],
        ["一、甲", "并及时公开乙。", ""],
        ["", "2.公开丙。", ""],
    )
    text = samples.TITLE + "\n" + "\n".join("\t".join(row) for row in rows)
    assert [line["text"] for line in to_json_lines(read(text))] == ["按月公开甲，并及时公开乙。", "公开丙。"]


def test_a_measure_goes_on_over_a_blank_line_inside_its_cell() -> None:
    text = samples.tab_cells().replace("适时公开审计报告", "适时公开审计\n\n报告")
    assert told(read(text)) == samples.EXPECTED


def test_a_section_repeated_at_a_page_break_is_one_section() -> None:
    text = samples.tab_rows().replace("\t3.", "一、推进财政公开\t3.")
    assert told(read(text)) == samples.EXPECTED


def test_heads_repeated_on_each_page_are_no_measures() -> None:
    text = samples.tab_rows().replace("二、", "\t".join(samples.HEAD) + "\n二、")
    assert told(read(text)) == samples.EXPECTED


def test_headings_between_the_rows_are_sections() -> None:
    rows = "序号\t任务\t责任单位\t时限\n一、甲\n1\t公布目录。\t甲局\t3月31日前\n二、乙\n2\t公布进展\t乙局\t每季度\n"
    text = "某区2020年任务分解表\n" + rows
    assert told(read(text)) == [
        ("一", "1", ["甲局"], [], ["once_by_date"]),
        ("二", "2", ["乙局"], [], ["quarterly"]),
    ]


def test_a_time_column_speaks_for_what_states_no_time() -> None:
    text = (
        "任务\t责任单位\t时限\n公布目录。\t甲局、乙局\t8月前\n及时公布丙。\t丙局\t持续推进\n公布丁。\t丁局\t持续推进\n"
    )
    plan = import_plan(text.encode(), "a.txt", "某区", 2020)
    assert [[(d.cadence, d.deadline) for d in m.obligations] for m in plan.measures] == [
        [("once_by_date", "2020-07-31")],
        [("timely", "")],
        [("unspecified", "")],
    ]


def test_a_blank_time_beside_an_agency_of_its_own_is_no_limit() -> None:
    text = "任务\t责任单位\t时限\n公布目录。\t甲局\t8月前\n公布丙。\t丙局\t\n公布丁。\t丁局\t9月前\n"
    plan = import_plan(text.encode(), "a.txt", "某区", 2020)
    assert [m.clause.time for m in plan.measures] == ["8月前", "", "9月前"]


def test_word_writes_numbers_that_stand_in_no_text() -> None:

    document = docx.Document()
    document.add_paragraph("某市2021年政务公开工作要点")
    for text in ("按月公开甲。（甲局）", "及时公开乙。（乙局）"):
        document.add_paragraph(text, style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    assert [m.clause.lead for m in import_plan(stream.getvalue(), "a.docx").measures] == [("甲局",), ("乙局",)]


def test_reading_twice_gives_the_same() -> None:
    body = samples.word()
    assert list(to_json_lines(read(body, "a.docx"))) == list(to_json_lines(read(body, "a.docx")))


def test_place_and_year_of_the_caller_go_before_the_titles() -> None:
    plan = import_plan(samples.tab_rows().encode(), "a.txt", "他市", 2019)
    assert (plan.place, plan.year) == ("他市", 2019)
    assert plan.measures[1].obligations[1].deadline == "2019-12-31"
