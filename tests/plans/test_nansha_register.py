"""The register of Nansha's plan of 2017 says what the plan says: every measure, every stated time, no sentence."""

import re
from collections import Counter
from pathlib import Path

import pytest

from plans.agencies import sites_for
from plans.lint import lint_file
from plans.load import load_register, load_sites
from plans.register import Cadence, CheckMode, Kind, Obligation, Vague
from plans.words import is_catch_all, words

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "plans" / "registers" / "nansha-2017.yaml"
SITES = ROOT / "plans" / "sites" / "nansha.yaml"
PLAN = ROOT.parent / "shared" / "seeds" / "002_a5e7d9cc542609ac.txt"

LOADED = load_register(REGISTER)
PORTALS = load_sites(SITES)
BY_ID = {obligation.id: obligation for obligation in LOADED.obligations}

# Counted by hand in the document: the numbers of a section's items up to its last one, over the page breaks in 二
# (8 + 5), 五 (6 + 3), 八 (4 + 1) and 二十 (3 + 1). 三 is one cell without a number; 通知 has three sentences that
# bind somebody (coordinate; inspect and report; ask when in doubt).
MEASURES = {
    "通知": 3,
    "一": 5,
    "二": 13,
    "三": 1,
    "四": 2,
    "五": 9,
    "六": 5,
    "七": 3,
    "八": 5,
    "九": 3,
    "十": 4,
    "十一": 9,
    "十二": 2,
    "十三": 5,
    "十四": 6,
    "十五": 3,
    "十六": 4,
    "十七": 4,
    "十八": 6,
    "十九": 5,
    "二十": 4,
    "二十一": 6,
    "二十二": 2,
}

# Everything that the plan gives a period or a day: 按月, 每月 twice more, 年度薪酬, 季度, 年度, ten working days.
# What recurs has no day in the plan; `due` stands only where the plan counts.
TIMES = {
    "1-3": (Cadence.MONTHLY, None),
    "3-u1b": (Cadence.MONTHLY, None),
    "7-3": (Cadence.MONTHLY, None),
    "17-1b": (Cadence.MONTHLY, None),
    "6-4b": (Cadence.YEARLY, None),
    "21-3b": (Cadence.QUARTERLY, None),
    "21-3c": (Cadence.YEARLY, None),
    "5-6b": (Cadence.ON_EVENT, {"working_days": 10, "after": "repeal"}),
    "5-6c": (Cadence.ON_EVENT, {"working_days": 10, "after": "repeal"}),
}
UNTIMED = {None, Cadence.ON_EVENT, Cadence.STANDING, Cadence.ONCE}

# The plan's vague words, by the measures in which they stand.
VAGUE = {
    Vague.REGULARLY: {"十/1", "十四/4", "十四/6", "十五/3"},
    Vague.AS_APPROPRIATE: {"通知/u2", "一/5", "六/4", "十/2", "十四/1"},
    Vague.TIMELY: {
        "一/2",
        "二/1",
        "二/2",
        "二/4",
        "二/5",
        "二/6",
        "二/9",
        "二/10",
        "二/11",
        "四/1",
        "五/1",
        "八/1",
        "九/1",
        "九/2",
        "九/3",
        "十/1",
        "十一/6",
        "十一/7",
        "十二/1",
        "十三/1",
        "十六/4",
        "二十一/4",
        "二十二/2",
    },
}

ACCEPTED = [
    ("1-1a", "关于南沙区2016年国民经济和社会发展计划执行情况与2017年计划草案的报告"),
    ("1-1a", "2017年广州南沙新区国民经济和社会发展计划"),
    ("1-3", "南沙区2017年1-5月一般公共预算收支执行情况"),
    ("1-3", "2017年6月份全区财政收支情况"),
    ("1-3", "广州市南沙区财政局2017年7月一般公共预算收支完成情况表"),
    ("1-3", "2017年1-8月南沙区预算执行情况分析"),
    ("1-3", "南沙区各镇（街）及区本级2017年9月一般公共预算收入"),
    ("1-5", "南沙区2016年度区本级预算执行和其他财政收支的审计工作报告"),
    ("1-5", "关于2016年度南沙区本级预算执行审计结果公告"),
    ("2-1a", "南沙区涉企行政事业性收费目录清单（2017年版）"),
    ("2-1b", "南沙区政府定价的经营服务性收费目录清单"),
    ("2-1c", "南沙区进出口环节经营服务性收费目录清单"),
    ("2-1d", "南沙区行政审批中介服务收费目录清单"),
    ("2-6b", "广州市南沙区政府性基金目录清单"),
    ("3-u1b", "2017年1-7月南沙区重点项目建设进度情况"),
    ("3-u1b", "南沙区重点建设项目2017年8月进展情况"),
    ("5-1a", "南沙区人民政府工作部门权责清单（2017年调整）"),
    ("5-2", "广州市南沙区2017年度重大行政决策听证目录"),
    ("5-3", "南沙区商事登记后置审批事项目录"),
    ("5-4a", "广州市南沙区市场和质量监督管理局随机抽查事项清单"),
    ("5-6b", "广州市南沙区人民政府关于废止一批规范性文件的决定"),
    ("5-6b", "关于宣布《南沙区某某管理办法》失效的通知"),
    ("5-8b", "南沙区政务服务事项目录（2017年）"),
    ("7-3", "2017年5月南沙区主要粮油价格信息"),
    ("7-3", "南沙区9月份粮油市场零售价格监测情况"),
    ("13-2a", "南沙区重点排污单位环境信息公开"),
    ("13-4", "2017年第二季度南沙区集中式生活饮用水水源水质状况报告"),
    ("13-5a", "南沙区区级河长名单公告"),
    ("14-4a", "南沙区2017年第三季度改善医疗服务行动计划落实情况"),
    ("17-1b", "2017年6月南沙区房地产市场运行情况通报"),
    ("17-1b", "南沙区8月份商品房网签成交情况"),
    ("17-1b", "2017年9月房地产市场交易信息月报"),
    ("17-3a", "南沙区2017年住房保障工作目标"),
    ("18-6b", "南沙区危险化学品经营许可证发放公告"),
    ("20-2a", "一图读懂南沙人才新政"),
]

REFUSED = [
    ("1-1a", "2017年上半年国民经济和社会发展计划执行情况的报告"),
    ("1-1a", "关于南沙区2017年国民经济和社会发展计划执行情况与2018年计划草案的报告"),
    ("1-1a", "南沙区国民经济和社会发展第十三个五年规划纲要"),
    ("1-1a", "关于批准2017年国民经济和社会发展计划的决议"),
    ("1-3", "南沙区2016年预算执行情况和2017年预算草案的报告"),
    ("1-3", "万顷沙镇2017年1-6月一般公共预算收支情况"),
    ("1-3", "南沙街道2017年财政收支情况"),
    ("1-3", "南沙区教育局2017年一般公共预算支出表"),
    ("1-3", "图解：2017年上半年财政收支情况"),
    ("1-5", "关于2016年度预算执行审计查出问题整改情况的报告"),
    ("1-5", "国务院关于2016年度中央预算执行和其他财政收支的审计工作报告"),
    ("1-5", "南沙区审计局2017年审计项目计划"),
    ("2-1a", "南沙区经营服务性收费目录清单"),
    ("2-6b", "2017年政府性基金预算支出表"),
    ("3-u1b", "南沙区2017年重点建设项目名单"),
    ("3-u1b", "区领导调研重点项目建设进展"),
    ("3-u1b", "重点项目监理服务完成情况招标公告"),
    ("5-2", "关于召开污水处理费调整听证会的公告"),
    ("5-2", "南沙区2016年度重大行政决策听证目录"),
    ("5-3", "商事登记前置审批事项目录"),
    ("5-4a", "南沙区教育局随机抽查事项清单"),
    ("5-4a", "2017年第一批随机抽查结果"),
    ("5-6b", "国务院关于废止部分行政法规的决定"),
    ("5-6b", "关于公章遗失作废及失效的公告"),
    ("5-6b", "【已废止】南沙区某某管理办法的通知"),
    ("7-3", "2017年早籼稻最低收购价格执行预案"),
    ("7-3", "节前开展粮油市场价格检查"),
    ("13-4", "集中式饮用水水源保护区调整方案公示（水质部分）"),
    ("13-5a", "区级河长巡河公告"),
    ("14-4a", "关于印发改善医疗服务行动计划实施方案的通知"),
    ("17-1b", "关于进一步加强房地产市场监管完善商品房销售的意见"),
    ("17-1b", "房地产中介机构交易行为专项整治情况"),
    ("17-1b", "商品房预售许可证公示（销售）"),
    ("17-1b", "国有建设用地使用权住宅用地成交公示"),
    ("17-3a", "2017年住房保障工作目标完成情况"),
    ("18-6b", "食品经营许可证公告"),
]


def fits(obligation: Obligation, title: str) -> bool:
    evidence = obligation.evidence
    return any(re.search(pattern, title) for pattern in evidence.title) and not any(
        re.search(pattern, title) for pattern in evidence.exclude
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_linter_finds_no_error_and_doubts_no_more_than_missing_days():
    report = lint_file(REGISTER, SITES, "en")
    assert report.errors == ()
    assert {doubt.message.split(":")[0] for doubt in report.doubts} == {"no due"}


def test_every_section_has_all_its_measures():
    assert Counter(measure.split("/")[0] for measure in {o.measure for o in LOADED.obligations}) == MEASURES


def test_items_are_numbered_without_a_gap():
    for section, count in MEASURES.items():
        numbers = {o.measure.split("/")[1] for o in LOADED.obligations if o.measure.startswith(f"{section}/")}
        mark = "u" if section in ("通知", "三") else ""
        assert numbers == {f"{mark}{number}" for number in range(1, count + 1)}


def test_every_stated_period_and_day_is_in_the_register_and_no_other():
    found = {
        o.id: (o.cadence, o.due.model_dump(exclude_none=True, mode="json") if o.due else None)
        for o in LOADED.obligations
        if o.due is not None or o.cadence not in UNTIMED
    }
    assert found == TIMES


@pytest.mark.parametrize("vague", list(Vague))
def test_vague_words_stand_where_the_plan_has_them(vague: Vague):
    assert {o.measure for o in LOADED.obligations if o.vague is vague} == VAGUE[vague]


def test_regularly_names_no_cadence():
    assert all(o.cadence is None for o in LOADED.obligations if o.vague is Vague.REGULARLY)


def test_the_mark_on_a_repealed_original_is_a_label_that_the_legal_office_leads():
    label = BY_ID["5-6b"]
    assert (label.kind, label.lead, label.cooperating) == (Kind.LABEL, ("区法制办",), ("各镇（街）、各部门",))


@pytest.mark.parametrize(
    ("obligation", "lead"),
    [
        ("2-11a", ("南沙区国税局", "南沙区地税局")),  # blank after a page break: that of 二/9
        ("5-4a", ("区市场和监督管理局",)),  # the same bureau ...
        ("11-9", ("区市场和质量技术监督局",)),  # ... as the plan spells it there
        ("5-9a", ("区政务办",)),
        ("10-2", ("区工业和科技信息化局",)),
        ("10-3", ("区财政局",)),
        ("14-2a", ("区卫生计生局",)),  # on school enrolment, as the table has it
        ("16-1b", ("金融工作局",)),
        ("21-1", ("区政务办", "区工业和科技信息化局")),
    ],
)
def test_leads_are_those_of_the_table(obligation: str, lead: tuple[str, ...]):
    assert BY_ID[obligation].lead == lead


def test_nobody_is_accused_by_a_machine_where_the_lead_itself_is_doubtful():
    assert {BY_ID[name].check for name in ("14-2a", "14-2b")} == {CheckMode.ASSISTED}


@pytest.mark.parametrize(("obligation", "title"), ACCEPTED)
def test_evidence_knows_what_it_looks_for(obligation: str, title: str):
    assert fits(BY_ID[obligation], title)


@pytest.mark.parametrize(("obligation", "title"), REFUSED)
def test_evidence_turns_away_what_only_looks_like_it(obligation: str, title: str):
    assert not fits(BY_ID[obligation], title)


def test_every_automatic_obligation_has_a_title_of_its_own_in_the_table():
    automatic = {o.id for o in LOADED.obligations if o.check is CheckMode.AUTOMATIC}
    assert automatic <= {name for name, _ in ACCEPTED}


def test_a_standing_list_is_never_proved_by_a_column_that_everybody_fills():
    for obligation in LOADED.obligations:
        if obligation.kind is Kind.STANDING:
            assert not any(is_catch_all(column) for column in obligation.evidence.columns), obligation.id


def test_every_place_is_a_site_or_a_known_channel():
    known = {site.id for site in PORTALS.sites} | set(words().channels)
    assert {name for o in LOADED.obligations for name in o.where} <= known


def test_what_a_machine_looks_for_has_a_site_for_each_lead():
    for obligation in LOADED.obligations:
        if obligation.check is not CheckMode.MANUAL:
            places = sites_for(obligation, PORTALS)
            assert [place.agency for place in places] == list(obligation.lead), obligation.id
            assert all(place.sites for place in places), obligation.id


def test_no_site_is_claimed_to_have_been_looked_at():
    assert {site.verified for site in PORTALS.sites} == {False}


@pytest.mark.skipif(not PLAN.exists(), reason="the plan itself is not here")
def test_no_sentence_of_the_plan_is_copied():
    plan = squeezed(PLAN.read_text(encoding="utf-8"))
    lines = REGISTER.read_text(encoding="utf-8").splitlines()
    text = squeezed("\n".join(line for line in lines if not line.startswith("  title:")))  # the plan's own name
    runs = {text[start : start + 20] for start in range(len(text) - 19)}
    assert [run for run in runs if run in plan] == []
