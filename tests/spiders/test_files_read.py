"""What an attachment says, kind by kind, and what is said of those that nobody can read."""

import datetime as dt
import io

import file_samples as samples
import openpyxl
import pytest

from db.facts import FileOutcome, FileRead
from spiders.files import kind_of, read_file


def read(name: str, body: bytes, content_type: str | None = None) -> FileRead:
    return read_file(name, f"http://www.example.gov.cn/files/{name}", content_type, body)


WRITTEN_IN_UTC = "2017-06-29T02:15:00+00:00"
TABLE = samples.ROWS


@pytest.mark.parametrize(
    ("name", "body", "kind", "created"),
    [
        ("水质.docx", samples.docx_file(), "docx", WRITTEN_IN_UTC),
        ("水质.xlsx", samples.xlsx_file(), "xlsx", WRITTEN_IN_UTC),
        ("水质.xls", samples.xls_file(), "xls", None),
        ("水质.csv", "\n".join(",".join(row) for row in TABLE).encode("gbk"), "csv", None),
    ],
)
def test_a_table_comes_back_as_rows_of_cells(name: str, body: bytes, kind: str, created: str | None) -> None:
    file = read(name, body)
    assert (file.kind, file.outcome, file.tables, file.created) == (kind, FileOutcome.READ, (TABLE,), created)
    assert "竹仙洞水库\tⅡ类\t100" in file.text


def test_word_s_paragraphs_and_tables_keep_their_order() -> None:
    lines = read("a.docx", samples.docx_file()).text.split("\n")
    assert (lines[0], lines[1], lines[-1]) == (
        "全市饮用水源水质状况",
        "水源\t类别\t达标率",
        "注：数据来源于市环境监测站。",
    )


def test_merged_cells_are_told_in_each_of_their_places() -> None:
    rows = (("区", "项目", "数"), ("香洲区", "甲", "1"), (None, "乙", "2"), ("合计", None, "3"))
    file = read("a.xlsx", samples.xlsx_file(rows, merges=("A2:A3", "A4:B4")))
    assert file.tables[0][2] == ("香洲区", "乙", "2")
    assert file.tables[0][3] == ("合计", "合计", "3")


def test_word_s_merged_cells_are_told_in_each_of_their_places() -> None:
    document = samples.docx.Document()
    table = document.add_table(3, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(number)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "上"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "左"
    file = read("a.docx", samples._saved(document))
    assert file.tables == ((("上", "上", "2"), ("左", "4", "5"), ("左", "7", "8")),)


def test_a_workbook_s_days_and_whole_numbers_read_like_those_on_paper() -> None:
    rows = (("日期", "收入"), (dt.datetime(2017, 5, 31), 1234.0), (dt.date(2017, 6, 30), 0.1))
    assert read("a.xlsx", samples.xlsx_file(rows)).tables[0][1:] == (("2017-05-31", "1234"), ("2017-06-30", "0.1"))


def test_all_sheets_are_read_and_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(samples.xlsx_file()))
    book.create_sheet("斗门区")["B2"] = "斗门"
    file = read("a.xlsx", samples._saved(book))
    assert [len(table) for table in file.tables] == [3, 1]
    assert "斗门区" in file.text


def test_a_pdf_s_text_and_date_are_read_without_an_embedded_font() -> None:
    file = read("a.pdf", samples.pdf_file(created="D:20170629101500+08'00'"))
    assert (file.outcome, file.text) == (FileOutcome.READ, "全市饮用水源水质状况\n竹仙洞水库达标")
    assert file.created == "2017-06-29T10:15:00+08:00"


def test_a_pdf_s_ruled_lines_make_a_table() -> None:
    lines = tuple("\t".join(row) for row in TABLE)
    assert read("a.pdf", samples.pdf_file((lines,), ruled=True)).tables == (TABLE,)


def test_radicals_of_fonts_are_read_as_the_characters_that_they_stand_for() -> None:
    file = read("a.pdf", samples.pdf_file((("⼴东省⾦湾区⻔牌（２０１７）⻋辆",),)))
    assert file.text == "广东省金湾区门牌（２０１７）车辆"


def test_pages_that_are_pictures_need_a_person() -> None:
    assert read("a.pdf", samples.scanned_pdf()).outcome is FileOutcome.SCANNED
    assert read("a.jpg", b"\xff\xd8\xff\xe0rest").outcome is FileOutcome.SCANNED


def test_an_empty_password_opens_and_another_does_not() -> None:
    assert read("a.pdf", samples.locked_pdf("")).outcome is FileOutcome.READ
    assert read("a.pdf", samples.locked_pdf("secret")).outcome is FileOutcome.ENCRYPTED


def test_office_files_with_a_password_are_encrypted() -> None:
    packed = samples.ole_file({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})
    assert read("a.xlsx", packed).outcome is FileOutcome.ENCRYPTED
    assert read("a", packed).outcome is FileOutcome.ENCRYPTED
    assert read("a.doc", samples.doc_file(flags=0x0100)).outcome is FileOutcome.ENCRYPTED


def test_word_97_is_read_from_its_pieces_in_both_encodings() -> None:
    file = read("a.doc", samples.doc_file(("关于公布废止文件的通知\r", "附件：清理结果\r".encode("gbk"), "（３件）\r")))
    assert (file.kind, file.outcome, file.created) == ("doc", FileOutcome.READ, WRITTEN_IN_UTC)
    assert file.text == "关于公布废止文件的通知\n附件：清理结果\n（３件）"


def test_word_97_s_cell_marks_make_rows_and_fields_show_their_result() -> None:
    cells = "题\r序号\x07文件\x07\x07 1\x07办法\x07\x07 2\x07\x07\x07尾\r"
    file = read("a.doc", samples.doc_file((cells, "第\x13 PAGE \x14七\x15页\r")))
    assert file.tables == ((("序号", "文件"), ("1", "办法"), ("2",)),)
    assert file.text.split("\n")[-2:] == ["尾", "第七页"]


def test_wps_s_own_names_are_read_as_what_they_are() -> None:
    assert read("a.wps", samples.doc_file()).kind == "doc"
    assert read("a.et", samples.xls_file()).kind == "xls"


def test_rich_text_is_read_in_gbk_and_unicode() -> None:
    rich = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}{\info{\creatim\yr2017\mo6\dy29\hr9\min5}}"
    rich += rb"\'b9\'ab\'bf\'aa \u25991?\u20214?\par{\*\hidden x}" + rb"A\cell B\cell\row C\cell D\cell\row}"
    file = read("a.rtf", rich)
    assert (file.kind, file.created) == ("rtf", "2017-06-29T09:05:00")
    assert file.text == "公开 文件\nA\tB\nC\tD"
    assert file.tables == ((("A", "B"), ("C", "D")),)


def test_the_national_fixed_format_is_read_line_by_line() -> None:
    file = read("a.ofd", samples.ofd_file(("全市饮用水源水质状况", "竹仙洞水库达标，大镜山水库达标")))
    assert (file.kind, file.text.split("\n")[0], file.created) == ("ofd", "全市饮用水源水质状况", "2017-06-29T00:00:00")


def test_text_is_read_in_the_encodings_of_pages() -> None:
    for body in ("公开目录".encode("gbk"), "公开目录".encode(), "公开目录".encode("utf-16")):
        assert read("a.txt", body).text == "公开目录"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_an_archive_s_members_are_read_under_their_own_names(encoding: str) -> None:
    members = {"附件1.docx": samples.docx_file(), "附件2/表.xlsx": samples.xlsx_file(), "照片.jpg": b"\xff\xd8\xff"}
    file = read("附件.zip", samples.zipped(members, encoding=encoding))
    assert (file.kind, file.outcome, file.tables) == ("zip", FileOutcome.READ, (TABLE, TABLE))
    assert "附件1.docx" in file.text
    assert "附件2/表.xlsx" in file.text
    assert file.created == WRITTEN_IN_UTC


def test_archives_are_opened_twice_and_no_deeper() -> None:
    inner = samples.zipped({"a.docx": samples.docx_file()})
    twice = samples.zipped({"inner.zip": inner})
    assert read("a.zip", twice).outcome is FileOutcome.READ
    assert read("a.zip", samples.zipped({"twice.zip": twice})).outcome is FileOutcome.UNSUPPORTED


def test_what_one_member_hides_is_said_of_the_whole_archive() -> None:
    members = {"a.docx": samples.docx_file(), "b.pdf": samples.locked_pdf("x")}
    file = read("a.zip", samples.zipped(members))
    assert (file.outcome, file.tables) == (FileOutcome.ENCRYPTED, (TABLE,))


@pytest.mark.parametrize("name", ["a.rar", "a.7z", "a.ppt", "a.ceb"])
def test_kinds_that_nobody_reads_are_unsupported(name: str) -> None:
    heads = {"a.rar": b"Rar!\x1a\x07\x00", "a.7z": b"7z\xbc\xaf\x27\x1c"}
    assert read(name, heads.get(name, b"\x01\x02\x03")).outcome is FileOutcome.UNSUPPORTED


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.doc", samples.docx_file(), "docx"),
        ("a.docx", samples.doc_file(), "doc"),
        ("a.xls", samples.xlsx_file(), "xlsx"),
        ("a.doc", b"{\\rtf1 x}", "rtf"),
        ("a.doc", samples.pdf_file(), "pdf"),
        ("download.jsp", samples.pdf_file(), "pdf"),
        ("a.pdf", samples.zipped({"x.txt": b"x"}), "zip"),
        ("清单", b"a,b\n", "txt"),
    ],
)
def test_the_bytes_are_believed_before_the_name(name: str, body: bytes, kind: str) -> None:
    assert kind_of(name, "", "application/octet-stream", body) == kind


def test_sheets_exported_as_web_pages_or_xml_are_read_as_tables() -> None:
    page = "<html><body><table><tr><td>区</td><td>数</td></tr><tr><td>香洲区</td><td>1</td></tr></table></body></html>"
    sheet = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>区</Data></Cell>'
        "<Cell><Data>数</Data></Cell></Row><Row><Cell><Data>香洲区</Data></Cell>"
        '<Cell ss:Index="2"><Data>1</Data></Cell>'
        "</Row></Table></Worksheet></Workbook>"
    )
    for body in (page, sheet):
        file = read("a.xls", body.encode())
        assert (file.outcome, file.tables) == (FileOutcome.READ, ((("区", "数"), ("香洲区", "1")),))


def test_an_error_page_under_a_file_s_name_is_no_file() -> None:
    page = "<html><head><title>404</title></head><body>您访问的文件不存在</body></html>".encode()
    for name in ("a.pdf", "a.xls", "a.docx", "a.zip"):
        assert read(name, page, "text/html").outcome is FileOutcome.BROKEN


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xls", "a.zip", "a.rtf", "a.ofd", "a.bin", ""])
def test_no_bytes_are_a_broken_file(name: str) -> None:
    assert read(name, b"").outcome is FileOutcome.BROKEN


def test_a_broken_file_says_what_could_be_read() -> None:
    whole = samples.docx_file()
    assert read("a.docx", whole[: len(whole) // 2]).outcome is FileOutcome.BROKEN
    sheet = samples.zipped({"a.txt": "前一半".encode(), "b.pdf": b"%PDF-1.4 nothing"})
    file = read("a.zip", sheet)
    assert (file.outcome, "前一半" in file.text) == (FileOutcome.BROKEN, True)
