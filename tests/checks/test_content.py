"""What is published must hold what the register asks for; only what was read can be said to lack it."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import COLUMN, MONTHLY, judged, only, published, read

from checks.content import Shortfall, shortfall
from checks.elements import cover_words, elements, field_words
from checks.verdict import Flag, ReasonCode, Status
from db.facts import FileOutcome, FileRead, Stop
from plans.register import Evidence

MAY = "临江市2017年5月预算执行情况"
COVERS = Evidence(covers=("全市", "香洲区", "横琴新区", "斗门区"))
BODY = (
    "2017年1至5月，全市一般公共预算收入完成较好，其中香洲区、横琴新区、斗门区收支情况见下，各区均按进度完成年度任务。"
)
HEAD = ("序号", "水源名称", "达标情况")
LONG = "现将全市集中式生活饮用水水源水质监测情况公布如下，监测点位均按规范布设，评价标准从其规定。"


def article(text=BODY, **facts):
    return published(MAY, "2017-06-20", text=text, **facts)


def file(outcome=FileOutcome.READ, name="附表.xlsx", **facts):
    return FileRead(name, "http://127.0.0.1:9001/a.xlsx", "xlsx", outcome, **facts)


def sources(count, total=True):
    rows = [(str(n), f"第{n}水库", "达标") for n in range(1, count + 1)]
    return (HEAD, *rows, *([("合计", f"共{count}个", "")] if total else []))


def test_nothing_is_missing_where_the_register_asks_for_nothing():
    assert shortfall(article(None), Evidence(title=("预算",))) is None


def test_all_places_are_named_in_the_body():
    assert shortfall(article(), COVERS) is None


def test_a_place_that_nobody_names_is_missing():
    lacking = shortfall(article(BODY.replace("、横琴新区、斗门区", "")), COVERS)
    assert lacking == Shortfall(("横琴新区", "斗门区"))
    assert lacking.is_proven


@pytest.mark.parametrize(
    "where",
    [
        {"tables": ((("区域", "收入"), ("斗门区", "12")),)},
        {"files": (file(text="斗门区 12 万元"),), "attachments": (("附表", "http://127.0.0.1:9001/a.xlsx"),)},
        {"files": (file(tables=((("斗 门 区", "12"),),)),)},
        {"attachments": (("斗门区.xlsx", "http://127.0.0.1:9001/b.xlsx"),)},
    ],
)
def test_tables_files_and_their_names_count_as_much_as_the_body(where):
    assert shortfall(article(BODY.replace("、斗门区", ""), **where), COVERS) is None


def test_a_short_name_is_the_same_place():
    assert shortfall(article(BODY.replace("香洲区", "香洲").replace("横琴新区", "横琴")), COVERS) is None
    assert cover_words("市区") == ("市区",)


def test_the_city_s_own_name_stands_for_the_whole_of_it_but_its_treasury_does_not():
    body = BODY.replace("全市", "市本级")
    assert shortfall(article(body), COVERS) is not None
    assert shortfall(article(body), COVERS, place="临江市") is None


def test_a_district_may_be_reported_in_an_article_of_its_own():
    whole = article(BODY.replace("、斗门区", ""))
    part = published("斗门区2017年5月预算执行情况", "2017-06-21", text=LONG)
    assert shortfall(whole, COVERS, beside=(part,)) is None


@pytest.mark.parametrize("outcome", [o for o in FileOutcome if o is not FileOutcome.READ])
def test_an_attachment_that_nobody_could_read_leaves_it_open(outcome):
    lacking = shortfall(article(BODY.replace("、斗门区", ""), files=(file(outcome),)), COVERS)
    assert lacking.lacking == ("斗门区",)
    assert not lacking.is_proven


@pytest.mark.parametrize(
    "unread",
    [
        {"text": None},  # not opened
        {"text": MAY + "单位：万元"},  # the table is a picture
        {"text": LONG, "attachments": (("附件", "http://127.0.0.1:9001/c.pdf"),)},  # not fetched
        {"text": LONG, "files": (file(),)},  # read, and nothing in it
    ],
)
def test_what_was_not_read_lacks_nothing_for_sure(unread):
    assert not shortfall(article(**unread), COVERS).is_proven


def test_a_row_that_leads_to_a_file_is_read_where_the_file_is():
    row = article(None)
    held = file(text=BODY.replace("、斗门区", ""))
    direct = dataclasses.replace(row, files=(dataclasses.replace(held, url=row.url),))
    assert shortfall(direct, COVERS) == Shortfall(("斗门区",))


def test_elements_are_known_by_their_other_words():
    listed = Evidence(fields=("抽查依据", "抽查主体", "抽查方式"))
    table = (("序号", "检查依据", "检查主体", "方式"), ("1", "甲法", "乙局", "现场"))
    assert shortfall(article(LONG, tables=(table,)), listed) is None
    assert field_words("没有别名") == ("没有别名",)


def test_a_short_word_within_a_sentence_is_no_element():
    lacking = shortfall(article(f"依据有关规定，{LONG}以多种方式进行。"), Evidence(fields=("抽查依据", "抽查方式")))
    assert lacking == Shortfall(("抽查依据", "抽查方式"))
    assert shortfall(article(f"{LONG}\n依据：甲法\n方式：现场"), Evidence(fields=("抽查依据", "抽查方式"))) is None


@pytest.mark.parametrize(("rows", "is_short"), [(10, True), (11, False), (12, False)])
def test_rows_are_counted_without_head_and_total(rows, is_short):
    found = shortfall(article(LONG, tables=(sources(rows),)), Evidence(min_rows=11))
    assert (found is not None) is is_short
    assert found is None or found.lacking == ("表格不少于 11 行（见 10 行）",)


def test_two_tables_of_one_shape_are_one_and_a_copy_in_a_file_adds_nothing():
    surface, ground = (
        sources(8, total=False),
        (HEAD, ("9", "井甲", "达标"), ("10", "井乙", "达标"), ("11", "丙", "达标")),
    )
    assert shortfall(article(LONG, tables=(surface, ground)), Evidence(min_rows=11)) is None
    twice = article(LONG, tables=(surface,), files=(file(tables=(surface,)),))
    assert shortfall(twice, Evidence(min_rows=11)).is_proven


def test_a_table_of_words_keeps_every_row_but_its_head():
    table = (("水源名称", "水质"), *((f"水库{c}", "达标") for c in "甲乙丙"))
    assert shortfall(article(LONG, tables=(table,)), Evidence(min_rows=3)) is None
    assert shortfall(article(LONG, tables=(table,)), Evidence(min_rows=4)).is_proven


def test_a_numbered_list_counts_as_rows_and_bare_prose_cannot_be_counted():
    listed = LONG + "".join(f"\n{n}、第{n}水库达标" for n in range(1, 12))
    assert shortfall(article(listed), Evidence(min_rows=11)) is None
    assert not shortfall(article(LONG), Evidence(min_rows=11)).is_proven


@pytest.mark.parametrize(("stated", "is_short"), [("共600个", False), ("总数为1,200项", False), ("共开放599个", True)])
def test_a_stated_count_is_believed(stated, is_short):
    found = shortfall(article(f"{LONG}数据集{stated}。"), Evidence(min_count=600))
    assert (found is not None and found.is_proven) is is_short


@pytest.mark.parametrize(
    "aside",
    [
        "活动现场共发放宣传资料700余份，接受咨询30多人次。",
        "全年共检查企业700家，整改问题12个。",
        "资金共涉及项目700个，已投入到位。",
    ],
)
def test_what_was_handed_out_or_done_is_no_count_of_the_list(aside):
    short_of = shortfall(article(f"{LONG}{aside}", tables=(sources(20),)), Evidence(min_count=600))
    assert short_of == Shortfall(("条目不少于 600 条（见 20 条）",))
    assert not shortfall(article(f"{LONG}{aside}"), Evidence(min_count=40)).is_proven


def test_a_count_of_nobody_knows_what_proves_neither_enough_nor_too_few():
    aside = "本年度共700个。"
    assert not shortfall(article(LONG + aside, tables=(sources(20),)), Evidence(min_count=600)).is_proven
    assert not shortfall(article(LONG + aside.replace("7", "5")), Evidence(min_count=600)).is_proven


def test_a_count_is_known_by_the_obligation_s_own_words_beside_it():
    lamps = Evidence(title=("路灯(养护|更换)情况",), min_count=600)
    assert shortfall(article(f"{LONG}全市共养护路灯650盏，路灯养护点共650处。"), lamps) is None
    assert shortfall(article(f"{LONG}路灯养护点共590处。"), lamps).is_proven


def test_numbered_headings_are_no_items():
    report = f"{LONG}\n一、总体情况\n二、主要做法\n三、下一步工作"
    assert not shortfall(article(report), Evidence(min_rows=11)).is_proven
    assert not shortfall(article(report), Evidence(min_count=40)).is_proven
    assert shortfall(article(LONG + "\n1、甲水库\n2、乙水库\n3、丙水库"), Evidence(min_rows=11)).is_proven


def test_a_table_of_the_page_s_own_labels_has_no_rows():
    index = (
        ("索引号：", "4411-01", "分类：", "水文"),
        ("名称：", MAY, MAY, MAY),
        ("文号：", "无", "发布日期：", "2017-06-20"),
    )
    assert not shortfall(article(LONG, tables=(index,)), Evidence(min_rows=8)).is_proven
    assert shortfall(article(LONG, tables=(index, sources(3))), Evidence(min_rows=8)).is_proven


def test_the_rows_of_a_file_that_holds_bare_text_cannot_be_counted():
    table = "".join(f"\n{n} 第{n}水库 达标" for n in range(1, 9))
    paper = article(LONG, tables=(sources(3),), files=(file(text=LONG + table, name="附表.pdf"),))
    assert not shortfall(paper, Evidence(min_rows=8)).is_proven
    cover = article(LONG, tables=(sources(3),), files=(file(text="第3号", name="附件.pdf"),))
    assert shortfall(cover, Evidence(min_rows=8)).is_proven


def test_a_list_that_goes_on_over_pages_proves_no_small_count():
    paged = article(LONG + "\n上一页 下一页 尾页", tables=(sources(20),))
    assert not shortfall(paged, Evidence(min_count=600)).is_proven
    assert shortfall(article(LONG, tables=(sources(20),)), Evidence(min_count=600)).is_proven


def test_the_flag_leaves_the_status_and_the_reason_names_what_is_missing():
    what = {**MONTHLY, "evidence": {**MONTHLY["evidence"], "covers": list(COVERS.covers)}}
    short_of = judged("2017-12-31", article(BODY.replace("、斗门区", "")), what=what)
    assert (short_of.status, short_of.flags) == (Status.ON_TIME, (Flag.INCOMPLETE,))
    assert short_of.reason.endswith("内容不全，缺：斗门区")
    unread = judged("2017-12-31", article(None), what=what)
    assert (unread.status, unread.flags) == (Status.ON_TIME, ())
    assert "须人工核查" in unread.reason
    assert judged("2017-12-31", article(), what=what).flags == ()


def test_a_later_complete_version_mends_the_first():
    what = {**MONTHLY, "evidence": {**MONTHLY["evidence"], "covers": list(COVERS.covers)}}
    first = article(BODY.replace("、斗门区", ""))
    again = published(MAY + "（补充）", "2017-06-28", text=BODY)
    verdict = judged("2017-12-31", first, again, what=what)
    assert (verdict.status, str(verdict.published), verdict.flags) == (Status.ON_TIME, "2017-06-20", ())


@pytest.mark.parametrize(
    ("stop", "items", "flags"),
    [
        (Stop.END_OF_LIST, 599, (Flag.INCOMPLETE,)),
        (Stop.END_OF_LIST, 600, ()),
        (Stop.PAGE_LIMIT, 599, ()),
    ],
)
def test_a_standing_column_is_counted_where_it_was_read_to_its_end(stop, items, flags):
    evidence = {"title": [], "columns": ["数据开放"], "min_count": 600}
    reading = read("2018-01-10", stop=stop, column="数据开放", wanted=("数据开放",), items=items)
    verdict = only("2018-02-01", reading, kind="standing", cadence=None, due=None, evidence=evidence)
    assert (verdict.status, verdict.reason_code, verdict.flags) == (Status.ON_TIME, ReasonCode.FOUND, flags)


def test_several_articles_of_a_standing_list_are_read_together():
    evidence = {"title": ["监督电话"], "columns": ["财政收支"], "covers": ["香洲区", "斗门区"]}
    seen = [published(f"{name}低保监督电话", "2016-05-01", text=LONG, columns=(COLUMN,)) for name in ("香洲", "斗门")]
    standing = {"kind": "standing", "cadence": None, "due": None, "evidence": evidence}
    assert only("2018-02-01", *seen, **standing).flags == ()
    assert only("2018-02-01", seen[0], **standing).flags == (Flag.INCOMPLETE,)


def test_the_words_of_elements_are_data_and_each_element_stands_once():
    names = [element.name for element in elements().fields]
    assert len(names) == len(set(names))


steady = settings(max_examples=150, derandomize=True, deadline=None)
TEXTS = st.one_of(st.none(), st.text("全市香洲区横琴新斗门1、\n 预算", max_size=60), st.just(BODY), st.just(LONG))
FILES = st.builds(file, st.sampled_from(list(FileOutcome)), text=st.sampled_from(["", "斗门区", LONG]))
ARTICLES = st.builds(lambda text, files: article(text, files=tuple(files)), TEXTS, st.lists(FILES, max_size=2))
ASKED = st.sampled_from(
    [
        COVERS,
        Evidence(min_rows=3),
        Evidence(min_count=2),
        Evidence(covers=("斗门区",), fields=("抽查依据",), min_rows=2),
    ]
)


def proven(found):
    return found is not None and found.is_proven


@steady
@given(ARTICLES, ASKED, TEXTS)
def test_a_readable_text_that_covers_it_all_mends_whatever_was_short(one, evidence, text):
    covering = published("补充", "2017-06-21", text=f"{BODY}{text or ''}\n抽查依据：甲法", tables=(sources(3),))
    assert shortfall(one, evidence, beside=(covering,)) is None
    assert shortfall(covering, evidence, beside=(one,)) is None


@steady
@given(ARTICLES, ASKED)
def test_an_unread_part_is_never_called_incomplete(one, evidence):
    hidden = published("附表", "2017-06-21", text=None)
    assert not proven(shortfall(one, evidence, beside=(hidden,)))


@steady
@given(st.lists(ARTICLES, min_size=2, max_size=4), ASKED, st.randoms(use_true_random=False))
def test_the_order_of_versions_does_not_matter(articles, evidence, random):
    shuffled = list(articles)
    random.shuffle(shuffled)
    one, other = (shortfall(first, evidence, beside=rest) for first, *rest in (articles, shuffled))
    assert (one is None, proven(one)) == (other is None, proven(other))
    assert one is None or other is None or one.lacking == other.lacking


@steady
@given(st.text(max_size=300), st.lists(st.lists(st.text(max_size=8), max_size=4).map(tuple), max_size=5).map(tuple))
def test_hostile_content_is_data_only(text, table):
    wanted = Evidence(covers=("甲",), fields=("抽查依据",), min_rows=3, min_count=3)
    shortfall(article(text, tables=(table,)), wanted)
