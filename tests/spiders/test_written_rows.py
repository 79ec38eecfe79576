"""Lists that a page's script writes row by row (FIELD-GUIDE 3.3, Wuhan)."""

import datetime as dt

from spiders.document import Document
from spiders.scriptrows import read_written

URL = "http://www.example.gov.cn/zwgk/zdxm/"
ROW = """<script>
  var url = "./201705/t20170512_6088037.htm";
  var title = "2017年4月重点项目进展";
  var FILENUM = "";
  {write}
  document.writeln("2017-05-12");
  document.writeln('</span></li>');
</script>"""
IN_APOSTROPHES = (
    """document.writeln('<li><a href="' + url + '" title="' + title + '" target="_blank">' + title + '</a><span>');"""
)
IN_QUOTES = """document.writeln("<li><a href='" + url + "' title='" + title + "'>" + title + "</a><span>");"""


def written(*scripts: str) -> list[tuple[str, str, dt.date | None]]:
    page = read_written(Document.from_bytes(f"<ul>{''.join(scripts)}</ul>".encode(), URL, "utf-8"))
    return [(item.title, item.url, item.date) for item in page.items] if page else []


def test_what_is_pasted_into_the_row_s_html_is_no_title() -> None:
    row = ("2017年4月重点项目进展", f"{URL}201705/t20170512_6088037.htm", dt.date(2017, 5, 12))
    for write in (IN_APOSTROPHES, IN_QUOTES):
        assert written(ROW.replace("{write}", write)) == [row]


def test_rows_one_after_the_other_keep_their_own_titles() -> None:
    second = ROW.replace("4月", "5月").replace("t20170512_6088037", "t20170623_6088097")
    rows = written(*(row.replace("{write}", IN_APOSTROPHES) for row in (ROW, second)))
    assert [title for title, _, _ in rows] == ["2017年4月重点项目进展", "2017年5月重点项目进展"]
    assert len({url for _, url, _ in rows}) == 2


def test_an_apostrophe_in_a_comment_hides_no_row() -> None:
    assert len(written(ROW.replace("{write}", "// the row's html\n" + IN_APOSTROPHES))) == 1


def test_a_literal_says_what_its_escapes_mean() -> None:
    row = ROW.replace("2017年4月重点", r"2017\u5e744月\"重点\"").replace("./201705/", r".\/201705\/")
    assert written(row.replace("{write}", IN_APOSTROPHES))[0][:2] == (
        '2017年4月"重点"项目进展',
        f"{URL}201705/t20170512_6088037.htm",
    )
