"""Files made to hurt: bombs, lies and damaged bytes cost little and never raise."""

import io
import struct
import zipfile

import file_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.facts import FileOutcome, FileRead
from spiders.files import read_apart, read_file
from spiders.files.contents import MAX_BYTES, MAX_CHARACTERS, MAX_ROWS
from spiders.files.kinds import kind_of

SAMPLES = {
    "a.pdf": samples.pdf_file((("水源\t类别", "竹仙洞\tⅡ类"),), ruled=True, created="D:20170629"),
    "b.pdf": samples.locked_pdf(""),
    "a.docx": samples.docx_file(),
    "a.xlsx": samples.xlsx_file(merges=("A2:A3",)),
    "a.doc": samples.doc_file(("题\r序号\x07文件\x07\x07", "附件".encode("gbk"))),
    "a.xls": samples.xls_file(),
    "a.ofd": samples.ofd_file(),
    "a.rtf": rb"{\rtf1\ansicpg936 \'b9\'ab\u25991?\cell x\cell\row}",
    "a.csv": "区,数\n香洲区,1\n".encode("gbk"),
    "a.zip": samples.zipped({"附件.xls": samples.xls_file(), "b.txt": b"x"}, encoding="gbk"),
    "a.html": b"<table><tr><td rowspan=9999999999>a<td colspan=99999>b<table><tr><td>c",
}


def read(name: str, body: bytes) -> FileRead:
    return read_file(name, "http://www.example.gov.cn/" + name, None, body)


def test_more_bytes_than_are_read_of_a_file_are_too_large() -> None:
    assert read("a.pdf", b"%PDF-" + bytes(MAX_BYTES)).outcome is FileOutcome.TOO_LARGE


def test_a_member_that_unpacks_to_a_thousand_times_its_size_is_too_large() -> None:
    bomb = samples.zipped({"a.txt": b"0" * 12_000_000})
    assert len(bomb) < 20_000
    assert read("a.zip", bomb).outcome is FileOutcome.TOO_LARGE


@pytest.mark.parametrize("part", ["word/document.xml", "xl/worksheets/sheet1.xml"])
def test_office_files_that_unpack_beyond_bounds_are_too_large(part: str) -> None:
    whole = samples.docx_file() if part.startswith("word") else samples.xlsx_file()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[part] += b" " * 30_000_000
    assert read("a.docx", samples.zipped(members)).outcome is FileOutcome.TOO_LARGE


def test_too_many_members_are_too_large() -> None:
    assert read("a.zip", samples.zipped({f"{n}.txt": b"x" for n in range(2_001)})).outcome is FileOutcome.TOO_LARGE


def test_a_sheet_with_more_rows_than_are_kept_gives_its_beginning() -> None:
    body = "\n".join(f"{n},x" for n in range(MAX_ROWS + 5)).encode()
    file = read("a.csv", body)
    assert (file.outcome, len(file.tables[0])) == (FileOutcome.TOO_LARGE, MAX_ROWS)


def test_a_text_longer_than_is_kept_gives_its_beginning() -> None:
    file = read("a.txt", ("字" * (MAX_CHARACTERS + 1)).encode())
    assert (file.outcome, len(file.text)) == (FileOutcome.TOO_LARGE, MAX_CHARACTERS)


def test_one_merged_range_over_a_whole_sheet_costs_nothing() -> None:
    whole = samples.xlsx_file()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    members["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far + merged)
    assert len(read("a.xlsx", samples.zipped(members)).tables[0]) == 3


def test_entities_are_not_expanded() -> None:
    with zipfile.ZipFile(io.BytesIO(samples.docx_file())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    entities = b'<!DOCTYPE x [<!ENTITY a "' + b"z" * 1000 + b'"><!ENTITY b "' + b"&a;" * 100 + b'">]>'
    xml = members["word/document.xml"]
    start = xml.index(b"<w:document")
    members["word/document.xml"] = xml[:start] + entities + xml[start:].replace(b"<w:t>", b"<w:t>&b;", 1)
    assert "zz" not in read("a.docx", samples.zipped(members)).text


def test_names_that_lead_out_of_an_archive_are_only_names() -> None:
    file = read("a.zip", samples.zipped({"../../etc/passwd.txt": b"root", "/abs.txt": b"x"}))
    assert (file.outcome, "../../etc/passwd.txt" in file.text) == (FileOutcome.READ, True)


def test_groups_of_rich_text_that_nest_without_end_are_broken() -> None:
    assert read("a.rtf", b"{\\rtf1 " + b"{" * 100_000).outcome is FileOutcome.BROKEN


def test_a_piece_table_that_lies_about_its_length_is_broken() -> None:
    body = samples.doc_file(("短\r",))
    place = body.index(struct.pack("<HH", 0xA5EC, 0xC1))
    lying = body[: place + 0x4C] + struct.pack("<I", 0x7FFFFFFF) + body[place + 0x50 :]
    file = read("a.doc", lying)
    assert (file.outcome, file.text) == (FileOutcome.BROKEN, "短")


@given(st.sampled_from(sorted(SAMPLES)), st.data())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_damaged_bytes_never_raise(name: str, data: st.DataObject) -> None:
    body = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
        if not body:
            return
    file = read(name, bytes(body[: data.draw(st.integers(1, len(body)))]))
    file.text.encode()
    assert len(file.text) <= MAX_CHARACTERS + sum(len(table) for table in file.tables) + 10


@given(st.sampled_from(sorted(SAMPLES)), st.binary(max_size=300))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_bytes_behind_a_kind_s_head_never_raise(name: str, rest: bytes) -> None:
    read(name, SAMPLES[name][:60] + rest)
    kind_of(name, "http://[", "x" * 50, rest)


def test_another_process_says_the_same() -> None:
    for name in ("a.xlsx", "a.doc"):
        url = "http://www.example.gov.cn/" + name
        assert read_apart(name, url, None, SAMPLES[name]) == read_file(name, url, None, SAMPLES[name])


def test_a_process_that_does_not_end_in_time_is_ended() -> None:
    assert read_apart("a.xlsx", "", None, SAMPLES["a.xlsx"], seconds=0.0).outcome is FileOutcome.BROKEN
