"""Registers and sites files: what is taken, what is refused, and what the refusal says."""

import datetime as dt
import time
from pathlib import Path

import pytest

from plans.load import PlanFileError, load_register, load_sites, parse
from plans.problems import MAX_PROBLEMS
from plans.register import Cadence, Kind, Register
from plans.sites import Level, Sites

FIXTURES = Path(__file__).parent / "fixtures"
PAIRING = "evidence:\n      title: [的通知$]"  # the nearest parent of a missing evidence.pair


def problems_of(text: str | bytes, model=Register, lang="zh") -> list[tuple[int, str, str]]:
    body = text if isinstance(text, bytes) else text.encode("utf-8")
    with pytest.raises(PlanFileError) as caught:
        parse(body, model, "r.yaml", lang)
    lines = str(caught.value).split("\n")
    assert len(lines) == len(caught.value.problems), "one line a problem"
    assert all(line.startswith("r.yaml:") for line in lines)
    return [(p.line, p.key, p.message) for p in caught.value.problems]


def only_problem(text: str | bytes, model=Register, lang="zh") -> tuple[int, str, str]:
    found = problems_of(text, model, lang)
    assert len(found) == 1, found
    return found[0]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1 + (len(part) - len(part.lstrip("\n")))


def test_a_whole_register_is_read():
    register = load_register(FIXTURES / "register.yaml")
    first = register.obligations[0]
    assert (register.plan.id, register.plan.year, register.plan.place) == ("linhai-2017", 2017, "临海市")
    assert (first.id, first.kind, first.cadence, first.due.day) == ("1-1", Kind.PERIODIC, Cadence.MONTHLY, 25)
    assert (first.weight, first.evidence.min_rows, first.cooperating) == (2.0, 3, ())
    assert register.obligations[3].due.date == dt.date(2018, 3, 31)
    assert register.obligations[3].about_previous
    assert register.defaults.as_appropriate.at_least is Cadence.YEARLY


def test_a_whole_sites_file_is_read():
    sites = load_sites(FIXTURES / "sites.yaml")
    assert [site.id for site in sites.sites] == ["portal", "czj", "tjj", "donghu", "xihu", "shizhen"]
    assert sites.sites[1].columns[0].url == "http://127.0.0.1:9001/czsz/"
    assert (sites.sites[1].delay_seconds, sites.sites[1].obey_robots) == (2.0, False)
    assert sites.sites[2].level is Level.DEPARTMENT


def test_the_example_of_the_contract_is_read():
    example = """
plan:
  id: zhuhai-2017
  title: 分工方案
  place: 珠海市
  year: 2017
  source: {file: a.txt}
defaults:
  timely: {working_days: 20}
  regularly: {at_least: quarterly}
  as_appropriate: {at_least: yearly}
obligations:
  - id: "1-3"
    measure: 一/3
    title: 收支完成情况
    lead: [市财政局]
    cooperating: []
    kind: periodic
    cadence: monthly
    due: {day: 25, of: next_period}
    where: [czj]
    evidence:
      title: ["一般公共预算.*(收支|执行|完成)"]
      exclude: ["解读", "部门预算"]
      columns: ["财政收支", "预决算"]
      covers: [全市, 香洲区]
      fields: []
      min_rows: null
      min_count: null
      pair: null
    check: automatic
    weight: 1
"""
    assert parse(example.encode(), Register, "r.yaml").value.obligations[0].id == "1-3"


@pytest.mark.parametrize(
    ("due", "fits"),
    [
        ("{day: 25, of: next_period}", True),
        ("{day: 31, month: 3, of: period, about: previous}", True),
        ("{working_days: 20, after: period_end}", True),
        ("{working_days: 10, after: repeal}", True),
        ("{hours: 24, after: event}", True),
        ("{date: 2017-12-31}", True),
        ('{date: "2017-12-31"}', True),
        ("{}", False),
        ("{day: 25}", False),
        ("{of: period}", False),
        ("{month: 3, date: 2017-12-31}", False),
        ("{day: 25, of: next_period, date: 2017-12-31}", False),
        ("{working_days: 20}", False),
        ("{date: 2017-12-31, after: event}", False),
        ("{day: 32, of: period}", False),
        ("{working_days: 0, after: event}", False),
        ("{date: 20171231}", False),
        ("{date: 2017-12-31T08:00:00}", False),
        ('{date: "2017-02-30"}', False),
        ("{date: 9999-12-31}", False),
    ],
)
def test_a_due_rule_says_exactly_one_thing(register_text, due, fits):
    text = register_text.replace("due: {day: 25, of: next_period}", f"due: {due}")
    if fits:
        parse(text.encode(), Register, "r.yaml")
    else:
        line, key, _ = only_problem(text)
        assert line == 17
        assert key.startswith("obligations[0].due")


@pytest.mark.parametrize(
    ("old", "new", "at", "key", "part"),
    [
        ("    cadence: monthly\n", "    cadense: monthly\n", "", "obligations[0].cadense", "是否为 cadence"),
        ("cadence: monthly", "cadence: montly", "", "obligations[0].cadence", "是否为 monthly"),
        ("kind: label", "kind: sticker", "", "obligations[1].kind", "应为 'periodic'"),
        ("    lead: [市统计局]\n", "", "id: 2-2", "obligations[3].lead", "缺少必填项"),
        ("lead: [市统计局]", "lead: 市统计局", "", "obligations[3].lead", "应为列表"),
        ("lead: [市统计局]", "lead: []", "", "obligations[3].lead", "至少要有 1 项"),
        ("lead: [市统计局]", "lead: ['  ']", "", "obligations[3].lead[0]", "不能为空"),
        ("id: 2-1", "id: 21", "", "obligations[2].id", "应为文字，而不是整数"),
        ("id: 2-1", "id: 2/1", "", "obligations[2].id", "格式不符"),
        ("year: 2017", "year: '2017'", "", "plan.year", "应为整数，而不是文字"),
        ("year: 2017", "year: 1017", "", "plan.year", "过小，至少为 1990"),
        ("year: 2017", "year: 2017\n  start: 2018-01-01", "start: 2018", "plan.start", "晚于"),
        ("weight: 2", "weight: -2", "", "obligations[0].weight", "过小"),
        ("weight: 2", "weight: .nan", "", "obligations[0].weight", "有限"),
        ("min_rows: 3", "min_rows: 0", "", "obligations[0].evidence.min_rows", "至少为 1"),
        ("min_rows: 3", "min_rows: true", "", "obligations[0].evidence.min_rows", "应为整数"),
        ("exclude: [解读]", "exclude: ['[解读']", "", "obligations[0].evidence.exclude[0]", "不是有效的正则表达式"),
        ("exclude: [解读]", "exclude: ['a{99999999999}']", "", "obligations[0].evidence.exclude[0]", "正则表达式"),
        ("exclude: [解读]", "exclude: ['(.*a)+$']", "", "obligations[0].evidence.exclude[0]", "永不结束"),
        ("exclude: [解读]", "exclude:", "", "obligations[0].evidence.exclude", "而不是空值"),
        ("title: 政策解读", "title: >\n      政策解读", "", "obligations[2].title", "一行"),
        ("title: 政策解读", 'title: "政策\\0解读"', "", "obligations[2].title", "控制字符"),
        ("title: 政策解读", 'title: "政策\\uD800"', "", "obligations[2].title", "控制字符"),
        (
            "      pair: {title: [解读], columns: [政策解读]}\n",
            "",
            "evidence:\n      title: [的通知$]",
            "obligations[2].evidence.pair",
            "evidence.pair",
        ),
        (
            "    cadence: yearly\n    due: {date: 2018-03-31}\n",
            "",
            "id: 2-2",
            "obligations[3].cadence",
            "cadence 或 vague",
        ),
        (
            "due: {date: 2018-03-31}",
            "due: {day: 31, of: period, about: previous}",
            "    about: previous",
            "obligations[3].about",
            "两次",
        ),
        ("measure: 二/1", "measure: 二/1\n    measure: 二/2", "measure: 二/2", "obligations[2].measure", "第 35 行"),
        ("measure: 二/1", "measure: !!python/name:os.system x", "", "obligations[2].measure", "不允许 YAML 标签"),
        ("measure: 二/1", "measure: !secret x", "", "obligations[2].measure", "不允许 YAML 标签"),
        ("date: 2018-03-31", "date: 2018-02-31", "", "obligations[3].due.date", "不是有效的值"),
        ("cooperating: [市财政局]", "? [市财政局]\n    : x", "", "obligations[4]", "键应为文字"),
    ],
)
def test_an_error_is_told_with_line_and_key(register_text, old, new, at, key, part):
    assert old in register_text
    text = register_text.replace(old, new, 1)
    found = only_problem(text)
    assert found[:2] == (line_of(text, at or new), key)
    assert part in found[2]


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("url: http://127.0.0.1:9001/", "url: ftp://127.0.0.1/", 6, "sites[1].url"),
        ("url: http://127.0.0.1:9001/", "url: 127.0.0.1", 6, "sites[1].url"),
        ("url: http://127.0.0.1:9001/", "url: 'http://'", 6, "sites[1].url"),
        ("url: http://127.0.0.1:9001/", "url: 'http://[::1'", 6, "sites[1].url"),
        ("url: http://127.0.0.1:9001/", "url: http://host:99999/", 6, "sites[1].url"),
        ("url: http://127.0.0.1:9001/", "url: http://host/a b", 6, "sites[1].url"),
        ("id: tjj", "id: czj", 12, "sites[2].id"),
        ("id: tjj", "id: ../tjj", 12, "sites[2].id"),
        ("level: town", "level: village", 15, "sites[5].level"),
        ("delay_seconds: 2", "delay_seconds: 1000", 10, "sites[1].delay_seconds"),
        ("obey_robots: false", "obey_robots: 'no'", 11, "sites[1].obey_robots"),
        ("aliases: [czj.example.gov.cn", "aliases: [http://czj.example.gov.cn/", 7, "sites[1].aliases[0]"),
        ("type: list", "typ: list", 9, "sites[1].columns[0].typ"),
    ],
)
def test_an_error_in_a_sites_file_is_told_with_line_and_key(sites_text, old, new, line, key):
    assert old in sites_text
    assert only_problem(sites_text.replace(old, new, 1), Sites)[:2] == (line, key)


@pytest.mark.parametrize(
    ("body", "line", "part"),
    [
        (b"", 1, "空"),
        (b"# nothing\n", 1, "空"),
        (b"\xef\xbb\xbf", 1, "空"),
        (b"- a\n", 1, "键: 值"),
        (b"just text", 1, "键: 值"),
        (b"plan: [a,\n  b\n\n", 1, "不是有效的 YAML"),
        (b"plan: 'x\n  b\n\n", 1, "不是有效的 YAML"),
        (b"plan: x\n\tid: y\n", 2, "不是有效的 YAML"),
        (b"plan: 1\n---\nplan: 2\n", 2, "不是有效的 YAML"),
        (b"a: *nobody\n", 1, "不是有效的 YAML"),
        (b"a: 1\nb: \x00\n", 2, "控制字符"),
        ("plan: x\ntitle: 要点".encode("gbk"), 2, "UTF-8"),
        ("plan: x".encode("utf-16"), 1, "UTF-8"),
        (b"[" * 5_000, 1, "嵌套过深"),
        (b"a: " + b"[" * 40 + b"]" * 40, 1, "嵌套过深"),
        (b"a: &a [*a]", 1, "嵌套过深"),
        (b"PK\x03\x04" + bytes(range(128)), 1, "控制字符"),
        (b"#" * 5_000_001, 1, "过大"),
    ],
)
def test_a_file_that_is_no_register_is_told_in_one_line(body, line, part):
    found = only_problem(body)
    assert found[:2] == (line, "")
    assert part in found[2]


def test_aliases_that_multiply_are_stopped_early():
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))
    started = time.process_time()
    assert "内容过多" in only_problem(f"a0: &a0 [x, x]\n{levels}\n")[2]
    assert time.process_time() - started < 10


def test_aliases_in_measure_are_allowed(register_text):
    text = register_text.replace("where: [czj]", "where: &here [czj]").replace(
        "where: [wechat, portal]", "where: *here"
    )
    assert parse(text.encode(), Register, "r.yaml").value.obligations[2].where == ("czj",)


def test_all_problems_are_told_at_once_in_the_order_of_lines(register_text):
    text = (
        register_text.replace("place:", "plaice:")
        .replace("kind: label", "kind: lable")
        .replace("min_rows: 3", "min_rows: x")
    )
    found = problems_of(text)
    assert [line for line, _, _ in found] == [1, 4, 24, 30]
    assert found[1][1:] == ("plan.plaice", "没有这个键；是否为 place？")


def test_no_more_problems_are_told_than_a_person_reads():
    assert len(problems_of("a: 1\n" * 1_000)) == MAX_PROBLEMS


def test_every_repeated_id_is_told(register_text):
    text = register_text.replace("id: 2-1", "id: 1-1").replace("id: 2-2", "id: 1-1")
    assert [(line, key) for line, key, _ in problems_of(text)] == [(34, "obligations[2].id"), (45, "obligations[3].id")]


def test_a_manual_duty_may_leave_its_rhythm_open(register_text):
    text = register_text.replace("kind: duty", "kind: periodic")
    assert parse(text.encode(), Register, "r.yaml").value.obligations[4].cadence is None


def test_messages_come_in_english_too(register_text):
    text = register_text.replace("cadence: monthly", "cadence: montly")
    _, _, said = only_problem(text, lang="en")
    assert said.startswith("'montly' is not one of")
    assert said.endswith("did you mean monthly?")
    assert only_problem(b"", lang="en")[2] == "the file is empty"


def test_a_user_s_value_never_breaks_the_line(register_text):
    text = register_text.replace("kind: label", 'kind: "a\\nb{0}{input}' + "x" * 500 + '"')
    assert "\n" not in only_problem(text)[2]
    text = register_text.replace("    kind: label", '    "a\\nb": 1\n    kind: label')
    assert "\n" not in only_problem(text)[1]


def test_a_missing_file_and_a_folder_are_told_plainly(tmp_path):
    for path, part in ((tmp_path / "no.yaml", "文件不存在"), (tmp_path, "文件夹"), (Path("a\0b"), "无法读取")):
        with pytest.raises(PlanFileError) as caught:
            load_register(path)
        assert part in str(caught.value)
        assert "\n" not in str(caught.value)


def test_five_hundred_obligations_load_in_well_under_two_seconds(register_text):
    head, one = register_text.split("obligations:\n")[0], register_text.split("  - id: 1-1\n")[1].split("  - id:")[0]
    text = head + "obligations:\n" + "".join(f'  - id: "1-{n}"\n{one}' for n in range(500))
    started = time.process_time()
    assert len(parse(text.encode(), Register, "r.yaml").value.obligations) == 500
    assert time.process_time() - started < 2
