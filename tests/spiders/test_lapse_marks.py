"""Which pages say that their document is repealed or has lapsed, and which only speak of such things."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.facts import FetchOutcome, LapseMark, MarkPlace
from spiders.articles import read_article
from spiders.document import Document
from spiders.lapse import marks_on, notes_in
from spiders.outcome import classify

TITLE = "珠海市公园管理暂行办法"
BODY = (
    "<p>第一条 为加强公园管理，根据有关法律，制定本办法。</p>"
    "<p>第二条 本办法适用于本市范围内的公园，包括综合公园与社区公园。</p>"
)


def page(*, title: str = TITLE, above: str = "", head: str = "", body: str = BODY, below: str = "") -> Document:
    html = f"""<html><head><title>{TITLE}_某市人民政府</title></head><body>
    <div class="nav"><a href="/fz/">废止失效文件</a></div>{above}
    <h1>{title}</h1><div class="info">发布日期：2009-05-03 来源：市政府办公室</div>{head}
    <div class="TRS_Editor">{body}</div>{below}</body></html>"""
    return Document.from_bytes(html.encode(), "http://127.0.0.1/zwgk/t20090503_1.html")


def marks(document: Document) -> tuple[LapseMark, ...]:
    return marks_on(document, read_article(document))


def places(document: Document) -> list[tuple[MarkPlace, bool]]:
    return [(mark.place, mark.partial) for mark in marks(document)]


@pytest.mark.parametrize(
    "mark", ["【已废止】", "〖已废止〗", "（已废止）", "(已废止)", "【失效】", "〖失效〗", "（失效）", "(失效)"]
)
def test_a_mark_in_the_title_counts_before_and_behind_it(mark: str) -> None:
    assert places(page(title=mark + TITLE)) == [(MarkPlace.TITLE, False)]
    assert places(page(title=TITLE + mark)) == [(MarkPlace.TITLE, False)]


def test_a_title_mark_may_tell_the_day_or_that_only_parts_lapsed() -> None:
    assert places(page(title=TITLE + "（2018年5月1日废止）")) == [(MarkPlace.TITLE, False)]
    assert places(page(title=TITLE + "（部分失效）")) == [(MarkPlace.TITLE, True)]


@pytest.mark.parametrize(
    "title",
    [
        "关于废止《珠海市公园管理暂行办法》的决定",
        "珠海市公园管理办法（未失效）",
        "关于公布废止（失效）文件目录的通知",
        "某办法（试行）",
    ],
)
def test_titles_that_speak_of_repeal_are_no_marks_on_themselves(title: str) -> None:
    assert places(page(title=title)) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("有效", []),
        ("现行有效", []),
        ("长期有效", []),
        ("未失效", []),
        ("已修改", []),
        ("", []),
        ("失效", [(MarkPlace.VALIDITY, False)]),
        ("已废止", [(MarkPlace.VALIDITY, False)]),
        ("全文失效", [(MarkPlace.VALIDITY, False)]),
        ("部分失效", [(MarkPlace.VALIDITY, True)]),
        ("条款失效", [(MarkPlace.VALIDITY, True)]),
    ],
)
def test_the_validity_field_says_what_it_says(value: str, expected: list[tuple[MarkPlace, bool]]) -> None:
    table = f"<table><tr><td>索引号：</td><td>12345</td><td>有 效 性：</td><td>{value}</td></tr></table>"
    assert places(page(above=table)) == expected


def test_a_validity_field_below_the_text_counts_and_a_column_of_a_table_does_not() -> None:
    cells = "".join(f"<td><p>{text}</p></td>" for text in ("文号", "临府〔2011〕19号", "有效性", "已废止"))
    row = f"<table><tr>{cells}</tr></table>"
    assert places(page(body=f"{BODY}{row}")) == [(MarkPlace.VALIDITY, False)]
    others = "<table><tr><td>文件</td><td>有效性</td></tr><tr><td>甲办法</td><td>已废止</td></tr></table>"
    assert places(page(body=f"{BODY}{others}")) == []


@pytest.mark.parametrize(("answer", "expected"), [("是", [(MarkPlace.VALIDITY, False)]), ("否", [])])
def test_yes_to_the_question_whether_it_is_repealed_is_a_mark(answer: str, expected: list[object]) -> None:
    table = f"<table><tr><td>索引号：</td><td>12345</td><td>是否废止：</td><td>{answer}</td></tr></table>"
    document = page(above=table)
    assert places(document) == expected
    assert read_article(document).validity == {"是": "废止", "否": "有效"}[answer]


@pytest.mark.parametrize(
    "line",
    [
        "该文件已废止",
        "本文件已于2018年5月1日废止。",
        "【此件已失效】",
        "提示：本规范性文件已被珠府〔2018〕5号废止",
        "本通知部分条款失效",
    ],
)
def test_a_line_of_its_own_marks_wherever_it_stands(line: str) -> None:
    assert [place for place, _ in places(page(head=f"<div>{line}</div>"))] == [MarkPlace.BANNER]
    assert places(page(below=f"<div class='tips'>{line}</div>"))


@pytest.mark.parametrize("line", ["该文件已失效", "本文件已废止", "此信息已失效"])
def test_a_short_page_that_bears_a_mark_is_no_missing_page(line: str) -> None:
    body = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{line}</div></body></html>".encode()
    assert classify(200, {"content-type": "text/html"}, body, "http://127.0.0.1/a.html") is FetchOutcome.OK


def test_a_stamp_counts_close_to_the_title_alone() -> None:
    assert places(page(head="<span class='zt'>已废止</span>")) == [(MarkPlace.BANNER, False)]
    far = "".join(f"<p>第{n}条 公园应当向公众开放，并公布开放时间与服务内容。</p>" for n in range(40))
    assert places(page(body=far + "<p>废止</p>")) == []


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        ('<img src="/images/feizhi.png">', [(MarkPlace.IMAGE, False)]),
        ('<img src="/images/icon_yishixiao_2.gif">', [(MarkPlace.IMAGE, False)]),
        ('<img src="/images/a1.png" alt="已废止">', [(MarkPlace.IMAGE, False)]),
        ('<img src="/images/a1.png" title="失效水印">', [(MarkPlace.IMAGE, False)]),
        ('<div style="background:url(/img/%E5%A4%B1%E6%95%88.png) no-repeat">&nbsp;</div>', [(MarkPlace.IMAGE, False)]),
        ('<img src="/images/bufenshixiao.png">', [(MarkPlace.IMAGE, True)]),
        ('<img src="/images/logo.png" alt="某市人民政府">', []),
        ('<img src="/images/weishixiao.png" alt="未失效">', []),
        ('<img src="/images/feizhi.png" style="display:none">', []),
        ('<a href="/other.html"><img src="/images/feizhi.png"></a>', []),
        ('<!-- <img src="/images/feizhi.png"> -->', []),
        ('<img src="http://[broken/feizhi.png">', []),
    ],
)
def test_watermarks_are_known_by_their_name_or_words(picture: str, expected: list[object]) -> None:
    assert places(page(head=picture)) == expected


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/images/20170501.png">',
        '<img src="/images/20170501.png" alt="">',
        '<img src="/u/1493600000.png" alt="1493600000.png" title="1493600000.png">',
        '<img src="/images/z.gif" width="240" height="90">',
    ],
)
def test_a_picture_without_words_beside_the_title_may_be_a_stamp(picture: str) -> None:
    assert places(page(head=picture)) == [(MarkPlace.PICTURE, False)]
    assert places(page(body=f"<p>{picture}</p>{BODY}")) == [(MarkPlace.PICTURE, False)]


def test_a_validity_field_in_a_table_of_the_text_is_a_mark_whatever_the_page_s_own_field_says() -> None:
    head = "<table><tr><td>有效性：</td><td>有效</td></tr></table>"
    below = "<table><tr><td>文号</td><td>珠府〔2009〕5号</td><td>有效性</td><td>已废止</td></tr></table>"
    assert places(page(head=head)) == []
    assert places(page(head=head, body=BODY + below)) == [(MarkPlace.VALIDITY, False)]


def test_a_picture_is_found_wherever_title_and_text_stand_in_their_elements() -> None:
    stamp = '<img src="/images/20170501.png">'
    commented = page(title=f"<!--begin-->{TITLE}<!--end-->", body=f"<p>{stamp}</p>{BODY}")
    assert places(commented) == [(MarkPlace.PICTURE, False)]
    broken = BODY.replace("<p>", "").replace("</p>", "<br>")
    assert places(page(body=f"{stamp}<br>{broken}")) == [(MarkPlace.PICTURE, False)]
    assert places(page(body=f"{broken}{stamp}<br>")) == []


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/images/icon_print.gif">',
        '<img src="/images/share-weixin.png" alt="">',
        '<img src="/images/a1.png" width="16" height="16">',
        '<img src="/images/a1.png" alt="政策文件配图">',
        '<a href="/"><img src="/images/a1.png"></a>',
        '<img src="">',
    ],
)
def test_decoration_beside_the_title_is_no_stamp(picture: str) -> None:
    assert places(page(head=picture)) == []


def test_pictures_within_and_below_the_text_are_no_stamps() -> None:
    assert places(page(body=f'{BODY}<p><img src="/images/20170501.png"></p>')) == []


def test_a_title_struck_through_is_a_mark() -> None:
    assert places(page(title=f"<s>{TITLE}</s>")) == [(MarkPlace.TITLE, False)]
    assert places(page(title=f'<span style="text-decoration: line-through">{TITLE}</span>')) == [
        (MarkPlace.TITLE, False)
    ]
    assert places(page(body=BODY + "<p><s>第三条</s></p>")) == []


@pytest.mark.parametrize(
    "note",
    [
        "本办法部分条款已失效",
        "注：本办法部分条款已废止，不再执行。",
        "本规定第三条、第五条自2018年5月1日起废止。",
        "该文件的有关内容已停止执行",
        "本通知部分条款失效",
    ],
)
def test_a_note_that_names_parts_of_its_document_is_a_partial_mark(note: str) -> None:
    assert places(page(body=BODY + f"<p>{note}</p>")) == [(MarkPlace.BODY, True)]
    assert places(page(head=f"<div>{note}</div>")) == [(MarkPlace.BANNER, True)]


def test_a_clause_that_repeals_other_documents_is_no_mark() -> None:
    assert places(page(body=BODY + "<p>本办法第三条规定的收费标准另行公布，原标准同时废止。</p>")) == []


@pytest.mark.parametrize(
    "note",
    [
        "本文自2018年5月1日起废止",
        "（本通知自2018年5月1日起全文废止）",
        "注：本办法已失效",
        "本文件自2018年5月1日起停止执行。",
    ],
)
def test_notes_in_the_text_are_marks(note: str) -> None:
    assert places(page(body=BODY + f"<p>{note}</p>")) == [(MarkPlace.BODY, False)]


@pytest.mark.parametrize(
    "sentence",
    [
        "本办法自2009年6月1日起施行，原《珠海市公园管理规定》（珠府〔2001〕5号）同时废止。",
        "自本办法施行之日起，旧办法废止。",
        "《珠海市绿化管理办法》自本办法施行之日起废止。",
        "本办法自印发之日起施行，有效期五年，期满自动失效。",
        "本通知有效期至2012年12月31日。",
        "本办法长期有效。",
        "以上文件目录中，废止的文件共20件。",
        "许可证被废止的，应当交回。",
        "逾期未办理的，本次申请失效。",
        "该规定第三条已废止的内容不再引用。",
        "我市召开会议，宣布失效一批文件。",
    ],
)
def test_repealing_others_and_lapsing_one_day_are_no_marks(sentence: str) -> None:
    assert places(page(body=BODY + f"<p>{sentence}</p>")) == []
    assert notes_in(sentence) == ()


def test_links_to_repealed_documents_mark_nothing_here() -> None:
    related = '<ul><li><a href="/x.html">某管理规定（已废止）</a></li><li><a href="/y.html">该文件已失效</a></li></ul>'
    assert places(page(below=related)) == []


def test_what_a_false_condition_would_write_and_comments_are_no_marks() -> None:
    never = '<script>if("有效" != "有效"){document.write(\'<span>有效性：失效</span>\');}</script>'
    comment = "<!-- <tr><td>有效性：</td><td>失效</td></tr> -->"
    hidden = "<div style='display:none'>该文件已废止</div>"
    assert places(page(head=never + comment + hidden)) == []


def test_what_a_true_condition_writes_is_a_mark() -> None:
    writes = '<script>if("失效" != "有效"){document.write(\'<span>有效性：失效</span>\');}</script>'
    assert places(page(head=writes)) == [(MarkPlace.VALIDITY, False)]


def test_no_page_is_too_strange() -> None:
    for body in ("", "<h1>", "\x00", "<img src='" + "a" * 5000 + "'>", "<h1>" + "【" * 3000, "废止" * 5000):
        marks(Document.from_bytes(body.encode(), "http://127.0.0.1/a.html"))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(alphabet="本该此文件办法自于年月日起2018废止失效被全文，。（）【】", max_size=120))
def test_reading_notes_never_raises(text: str) -> None:
    assert all(mark.place in (MarkPlace.BODY, MarkPlace.VALIDITY) for mark in notes_in(text))


def test_a_validity_line_in_the_text_is_a_mark_whatever_the_page_s_own_field_says() -> None:
    head = "<table><tr><th>文号：</th><td>珠府〔2009〕1号</td><th>有 效 性：</th><td>有效</td></tr></table>"
    marked = page(head=head, body="<p>　　有效性：已废止</p>" + BODY)
    assert places(marked) == [(MarkPlace.VALIDITY, False)]
    assert places(page(head=head, body="<p>　　有效性：有效</p>" + BODY)) == []
