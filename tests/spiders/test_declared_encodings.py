"""A declared encoding is a hint: servers declare what they know nothing about."""

import pytest

from spiders.document import decode

TEXT = "<html><body>二〇一七年财政收支情况</body></html>"


@pytest.mark.parametrize("declared", ["ISO-8859-1", "iso-8859-1", "windows-1252", "latin1", None, "gb2312", "utf-8"])
def test_chinese_text_is_read_whatever_the_server_declares_by_default(declared: str | None) -> None:
    assert decode(TEXT.encode("gb18030"), declared) == (TEXT, "gb18030")
    assert decode(TEXT.encode("utf-8"), declared) == (TEXT, "utf-8")


def test_the_page_itself_may_declare_latin_as_well() -> None:
    text = TEXT.replace("<body>", '<head><meta charset="iso-8859-1"></head><body>')
    assert decode(text.encode("gb18030"), "iso-8859-1")[0] == text
