"""Doubts: allowed, but somebody should look."""

from pathlib import Path

import pytest

from plans.lint import lint, lint_file
from plans.load import parse
from plans.register import Register
from plans.sites import Sites

FIXTURES = Path(__file__).parent / "fixtures"


def doubts(text: str, sites: str | None = None) -> list[tuple[int, str, str]]:
    loaded = parse(text.encode(), Register, "r.yaml")
    portals = parse(sites.encode(), Sites, "s.yaml").value if sites else None
    return [(d.line, d.key, d.message) for d in lint(loaded.value, portals, loaded.tree)]


def test_a_sound_register_raises_no_doubts(register_text, sites_text):
    assert doubts(register_text) == []
    assert doubts(register_text, sites_text) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "part"),
    [
        ('      title: ["一般公共预算.*(收支|执行)"]\n', "", "obligations[0].evidence", "没有 evidence.title"),
        ("      columns: [财政收支]\n", "", "obligations[0].evidence", "没有 evidence.columns"),
        ("    due: {day: 25, of: next_period}\n", "", "obligations[0]", "没有 due"),
        ("due: {day: 25, of: next_period}", "due: {date: 2017-12-31}", "obligations[0].due.date", "同日到期"),
        ("date: 2018-03-31", "date: 2019-01-01", "obligations[3].due.date", "不在计划期间"),
        ("date: 2018-03-31", "date: 2016-12-31", "obligations[3].due.date", "不在计划期间"),
        ("exclude: [解读]", "exclude: ['(解读)?']", "obligations[0].evidence.exclude[0]", "任何标题"),
        ("pair: {title: [解读]", "pair: {title: ['|解读']", "obligations[2].evidence.pair.title[0]", "任何标题"),
        ("pair: {title: [解读], columns: [政策解读]}", "pair: {}", "obligations[2].evidence.pair", "既无标题"),
        ("      min_rows: 3", "      pair: {title: [x]}", "obligations[0].evidence.pair", "pairing"),
        (
            "    check: manual",
            "    check: manual\n    evidence: {title: [培训]}",
            "obligations[4].evidence.title",
            "manual",
        ),
        ("cadence: monthly", "cadence: standing", "obligations[0].cadence", "standing"),
        ("where: [wechat, portal]", "where: [wechat]", "obligations[2].where", "人工核查"),
        ("cooperating: [市财政局]", "cooperating: [市府办]", "obligations[4].cooperating[0]", "已列过"),
        ("weight: 2", "weight: 0", "obligations[0].weight", "不计分"),
        ("measure: 二/2", "measure: 二/3", "obligations[3].id", "不一致"),
        ("id: 2-2\n    measure: 二/2", "id: 1-3\n    measure: 一/3", "obligations[3].id", "排在 2-1 之后"),
        ("  year: 2017", "  year: 2017\n  start: 2018-01-01\n  end: 2018-12-31", "plan.year", "2018-01-01"),
    ],
)
def test_a_doubt_is_told_with_its_key(register_text, old, new, key, part):
    assert old in register_text
    found = [(k, said) for _, k, said in doubts(register_text.replace(old, new, 1)) if part in said]
    assert [k for k, _ in found] == [key]


def test_a_lead_and_a_where_that_the_sites_file_does_not_know_are_doubtful(register_text, sites_text):
    text = register_text.replace("where: [czj]", "where: [czj, cjz]").replace("lead: [市统计局]", "lead: [市粮食局]")
    assert [(key, said[:3]) for _, key, said in doubts(text, sites_text)] == [
        ("obligations[0].where[1]", "cjz"),
        ("obligations[3].lead", "网站清"),
    ]
    assert doubts(text) == []


def test_numbers_of_sections_are_read_up_to_the_nineties(register_text):
    for numeral, number in (("十", 10), ("十一", 11), ("二十", 20), ("二十三", 23), ("9", 9), ("九十九", 99)):
        text = register_text.replace("id: 3-1", f"id: {number}-1").replace("measure: 三/1", f"measure: {numeral}/1")
        assert doubts(text) == []


def test_a_file_with_errors_has_no_doubts_and_a_clear_line(tmp_path, register_text):
    path = tmp_path / "r.yaml"
    path.write_text(register_text.replace("kind: label", "kind: lable"), encoding="utf-8")
    report = lint_file(path, tmp_path / "none.yaml")
    assert [str(e).removeprefix(str(tmp_path)) for e in report.errors][1] == "/none.yaml:1: 文件不存在"
    assert str(report.errors[0]).startswith(f"{path}:30: obligations[1].kind: ")
    assert report.doubts == ()


def test_doubts_are_marked_as_such_in_both_languages(tmp_path, register_text):
    path = tmp_path / "r.yaml"
    path.write_text(register_text.replace("weight: 2", "weight: 0"), encoding="utf-8")
    assert [str(d) for d in lint_file(path).doubts] == [
        f"{path}:25: obligations[0].weight: 疑点：权重为 0，考评时不计分"
    ]
    assert [str(d) for d in lint_file(path, lang="en").doubts] == [
        f"{path}:25: obligations[0].weight: doubt: weight 0: it does not count in any score"
    ]


def test_the_fixtures_lint_clean_from_files():
    report = lint_file(FIXTURES / "register.yaml", FIXTURES / "sites.yaml")
    assert (report.errors, report.doubts) == ((), ())
