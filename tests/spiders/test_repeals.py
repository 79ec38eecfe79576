"""Which documents a notice repeals: sentences, lists, tables, attachments; and what it keeps or only names."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.documents import number_key
from db.facts import FileOutcome, FileRead, Repealed
from spiders.repeals import MAX_REPEALED, repealed_in

DECISION = "某市人民政府关于废止部分规范性文件的决定"
CLEANUP = "某市人民政府关于公布规范性文件清理结果的通知"
NEW_RULE = "某市公园管理办法"


def named(title: str, text: str = "", **more: object) -> list[tuple[str, str | None]]:
    return [(r.title, r.doc_no) for r in repealed_in(title, text, **more)]  # type: ignore[arg-type]


def file(name: str, text: str = "", tables: object = ()) -> FileRead:
    return FileRead(name, "http://127.0.0.1/a.docx", "docx", FileOutcome.READ, text, tables)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", ["珠府〔2009〕12号", "珠府[2009]12号", "珠府（2009）12号", "珠府﹝2009﹞12号"])
def test_a_decision_names_a_document_and_its_number(number: str) -> None:
    text = f"经研究，市政府决定废止《某市公园管理规定》（{number}），自公布之日起生效。"
    ((title, found),) = named(DECISION, text)
    assert title == "某市公园管理规定"
    assert found is not None
    assert number_key(found) == "珠府[2009]12"


def test_several_documents_in_one_sentence_are_all_repealed() -> None:
    text = "决定废止《甲类场所管理办法》（某府〔2009〕12号）、《乙类场所管理办法》（某府〔2010〕3号）等2件规范性文件。"
    assert named(DECISION, text) == [("甲类场所管理办法", "某府〔2009〕12号"), ("乙类场所管理办法", "某府〔2010〕3号")]


def test_the_last_clause_of_a_new_document_repeals_the_old_one_from_its_day_on() -> None:
    text = "第二十条 本办法自2017年5月1日起施行。《某市公园管理规定》（某府〔2001〕5号）同时废止。"
    assert repealed_in(NEW_RULE, text, published=dt.date(2017, 4, 10)) == (
        Repealed("某市公园管理规定", "某府〔2001〕5号", partial=False, since=dt.date(2017, 5, 1)),
    )
    assert repealed_in(NEW_RULE, text, published=dt.date(2017, 6, 1))[0].since is None


@pytest.mark.parametrize(
    "sentence",
    [
        "自本办法施行之日起，原《某市公园管理规定》（某府〔2001〕5号）废止。",
        "本办法自印发之日起施行，《某市公园管理规定》（某府〔2001〕5号）同时停止执行。",
        "《某市公园管理规定》（某府〔2001〕5号），自本办法施行之日起废止。",
        "市政府于2001年发布的《某市公园管理规定》（某府〔2001〕5号）同时废止。",
    ],
)
def test_a_name_before_the_word_is_repealed_by_it(sentence: str) -> None:
    assert named(NEW_RULE, sentence) == [("某市公园管理规定", "某府〔2001〕5号")]


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《国务院办公厅关于开展规章清理工作的通知》（国办发〔2017〕40号）要求，我市开展了清理。",
        "根据《中华人民共和国立法法》《规章制定程序条例》，制定本办法。",
        "现公布《某市人民政府关于废止部分规章的决定》，自公布之日起施行。",
        "《某市人民政府关于废止部分规章的决定》已经市政府常务会议审议通过，现予公布。",
        "《某市公园管理规定》继续有效。",
        "对《某市公园管理规定》作如下修改：删去第三条。",
        "《某市公园管理规定》不予废止。",
        "《某市公园管理规定》有效期五年。",
    ],
)
def test_what_is_only_named_kept_or_changed_is_not_repealed(sentence: str) -> None:
    assert named(DECISION, sentence) == []


def test_the_basis_of_a_decision_is_not_what_it_repeals() -> None:
    text = "根据《行政法规制定程序条例》和《规章制定程序条例》，决定废止《某市公园管理规定》（某府〔2001〕5号）。"
    assert named(DECISION, text) == [("某市公园管理规定", "某府〔2001〕5号")]


def test_repealing_one_and_changing_another_is_kept_apart() -> None:
    text = "国务院决定废止《甲市暂行条例》，同时对《乙市暂行条例》作如下修改："
    assert named("国务院关于废止《甲市暂行条例》和修改《乙市暂行条例》的决定", text) == [("甲市暂行条例", None)]


def test_single_clauses_repealed_are_a_partial_repeal() -> None:
    text = "《某市公园管理规定》（某府〔2001〕5号）第三条废止。\n废止《某市绿化管理规定》第五条、第六条。"
    assert [(r.title, r.partial) for r in repealed_in(DECISION, text)] == [
        ("某市公园管理规定", True),
        ("某市绿化管理规定", True),
    ]


def test_a_numbered_list_falls_under_the_heading_above_it() -> None:
    text = """现将清理结果公布如下：
一、继续有效的规范性文件（2件）
1.《某市甲项管理办法》（某府〔2010〕1号）
2.关于印发某市乙项管理办法的通知（某府〔2010〕2号）
二、宣布失效的规范性文件（2件）
1.《某市丙项管理办法》（某府〔2010〕3号）
2.关于印发某市丁项管理办法的通知（某府办〔2010〕4号）
三、需要修改的规范性文件（1件）
1.《某市戊项管理办法》（某府〔2010〕5号）
四、工作要求
1.《某市己项管理办法》（某府〔2010〕6号）"""
    assert named(CLEANUP, text) == [
        ("某市丙项管理办法", "某府〔2010〕3号"),
        ("关于印发某市丁项管理办法的通知", "某府办〔2010〕4号"),
    ]


def test_a_list_without_headings_falls_under_the_notice_s_title() -> None:
    text = """下列规范性文件予以废止：
1.关于印发某市丁项管理办法的通知（某府办〔2010〕4号）
2.某府〔2011〕7号 关于加强管理工作的意见"""
    assert named(DECISION, text) == [
        ("关于印发某市丁项管理办法的通知", "某府办〔2010〕4号"),
        ("关于加强管理工作的意见", "某府〔2011〕7号"),
    ]
    assert named("某市关于废止和修改部分文件的决定", "1.关于印发某市丁项管理办法的通知（某府办〔2010〕4号）") == []


HEADER = ("序号", "文件名称", "文号", "处理意见")
ROWS = (
    HEADER,
    ("1", "关于印发某市甲项管理办法的通知", "某府〔2010〕1号", "继续有效"),
    ("2", "关于印发某市乙项管理办法的通知", "某府〔2010〕2号", "废止"),
    ("3", "某市丙项管理办法", "某府〔2010〕3号", "宣布失效"),
    ("4", "某市丁项管理办法", "某府〔2010〕4号", "修改"),
    ("5", "某市戊项管理办法", "某府〔2010〕5号", "部分条款失效"),
    ("6", "某市己项管理办法", "某府〔2010〕6号", ""),
    ("7", "某市庚项管理办法", "某府〔2010〕7号", "拟废止"),
)


@pytest.mark.parametrize("title", [CLEANUP, DECISION])
def test_a_table_says_row_by_row_what_becomes_of_each(title: str) -> None:
    expected = [
        ("关于印发某市乙项管理办法的通知", "某府〔2010〕2号", False),
        ("某市丙项管理办法", "某府〔2010〕3号", False),
        ("某市戊项管理办法", "某府〔2010〕5号", True),
    ]
    in_text = "\n".join("\t".join(row) for row in ROWS)
    for found in (
        repealed_in(title, "", tables=(ROWS,)),
        repealed_in(title, in_text),
        repealed_in(title, in_text, tables=(ROWS,)),
        repealed_in(title, "详见附件。", files=[file("附件.docx", tables=(ROWS,))]),
    ):
        assert [(r.title, r.doc_no, r.partial) for r in found] == expected


def test_a_table_without_such_a_column_falls_under_its_heading_or_its_file_s_name() -> None:
    rows = tuple(row[:3] for row in ROWS[:3])
    assert named(CLEANUP, "", tables=(rows,)) == []
    kept, gone = (
        file("附件1：继续有效的文件目录.xls", tables=(rows,)),
        file("附件2：失效的文件目录.xls", tables=(rows,)),
    )
    assert named(CLEANUP, "", files=[kept]) == []
    assert len(named(CLEANUP, "", files=[gone])) == 2
    assert named(CLEANUP, "", files=[kept, gone]) == [], "what one list keeps and another repeals is left to a person"
    assert len(named(DECISION, "", tables=(rows,))) == 2


def test_a_caption_row_in_a_table_rules_the_rows_below_it() -> None:
    rows = (HEADER[:3], ("一、废止的文件",) * 3, ROWS[1][:3], ("二、继续有效的文件",) * 3, ROWS[2][:3])
    assert named(CLEANUP, "", tables=(rows,)) == [("关于印发某市甲项管理办法的通知", "某府〔2010〕1号")]


def test_two_lists_abreast_in_one_table_are_both_read() -> None:
    rows = (
        ("序号", "名称", "文号", "序号", "名称", "文号"),
        ("1", "某市甲项办法", "某府〔2010〕1号", "2", "某市乙项办法", "某府〔2010〕2号"),
    )
    assert named(DECISION, "", tables=(rows,)) == [
        ("某市甲项办法", "某府〔2010〕1号"),
        ("某市乙项办法", "某府〔2010〕2号"),
    ]


def test_a_range_of_numbers_names_each_document() -> None:
    text = "决定废止《某市甲项管理办法》（某府〔2010〕3号至5号）。"
    assert [number for _, number in named(DECISION, text)] == ["某府〔2010〕3号", "某府〔2010〕4号", "某府〔2010〕5号"]


@pytest.mark.parametrize(
    "text",
    [
        "某市人民政府关于废止部分规范性文件的决定 某府〔2017〕5号",
        "某府〔2017〕5号",
        "索引号\t12345\n名称\t某市人民政府关于废止部分规范性文件的决定\t文号\t某府〔2017〕5号\n信息公开责任部门\t法制局\t主题分类\t无",
        "主要依据：\n1.《中华人民共和国立法法》\n2.《规章制定程序条例》（国令〔2001〕322号）",
    ],
)
def test_a_notice_s_own_head_and_its_basis_are_not_repealed(text: str) -> None:
    assert named(DECISION, text) == []


def test_news_about_a_meeting_repeals_nothing() -> None:
    text = "会议审议通过了《某市人民政府关于废止部分规章的决定》，强调要做好规范性文件的清理工作。"
    assert named("市政府召开常务会议 审议规章清理工作", text) == []


def test_a_document_is_named_once_however_often_it_stands_there() -> None:
    text = """决定废止《某市公园管理规定》（某府〔2001〕5号）。
附件：废止的文件目录
1.《某市公园管理规定》（某府﹝2001﹞5号）"""
    assert len(named(DECISION, text)) == 1


def test_a_very_long_list_is_bounded_and_quick() -> None:
    rows = (HEADER, *((str(n), f"关于第{n}项工作的通知", f"某府〔2010〕{n}号", "废止") for n in range(1, 9000)))
    assert len(repealed_in(CLEANUP, "", tables=(rows,))) == MAX_REPEALED
    assert repealed_in(DECISION, "《" * 4000 + "（" * 4000 + "废止" * 20000) == ()


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    st.text(
        alphabet="《》（）〔〕2017号第条废止失效修改继续有效根据、，。：一二附件目录通知办法某府\t\n1.", max_size=200
    )
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    for title in (DECISION, CLEANUP, None, text):
        assert all(isinstance(each, Repealed) for each in repealed_in(title, text))
