"""The register of Doumen's plan of 2017 says what the plan says: how many measures, which deadlines, which titles."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from plans.agencies import sites_for
from plans.lint import lint_file
from plans.load import load_register, load_sites
from plans.register import After, Cadence, CheckMode, Kind, Obligation, Vague
from plans.words import words

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "plans" / "registers" / "doumen-2017.yaml"
SITES = ROOT / "plans" / "sites" / "doumen.yaml"
PLAN = ROOT.parent / "shared" / "seeds" / "001_e9550d753171e6ab.txt"
LONGEST_QUOTE = 20  # characters in a row: a name may be that long, a sentence of the plan may not

register = load_register(REGISTER)
sites = load_sites(SITES)
BY_ID = {obligation.id: obligation for obligation in register.obligations}

# Counted by hand in the document: （一）…（三）of 二, the numbered items of each part of 三, the four phases of 四,
# （一）…（三）of 五, and 六 as one paragraph.
MEASURES = {
    "二": 3,
    "三（一）": 5,
    "三（二）": 4,
    "三（三）": 5,
    "三（四）": 6,
    "三（五）": 3,
    "三（六）": 6,
    "四": 4,
    "五": 3,
    "六": 1,
}

# Each lead as the brackets behind the items of 三 name it, in the plan's order.
LEADS = {
    "三（一）": [["区发改局"], ["国税分局", "地税分局"], ["区财政局"], ["区发改局"], ["区人社局"]],
    "三（二）": [["区党政办"], ["区行政服务中心"], ["区财政局"], ["区国税局", "区地税局"]],
    "三（三）": [["区科工信局"], ["区科工信局"], ["区工商局"], ["区工商质监局"], ["区行政服务中心"]],
    "三（四）": [
        ["区扶贫办"],
        ["区民政局"],
        ["区环保分局"],
        ["区教育局"],
        ["区卫计局"],
        ["区食品药品监督管理局"],
    ],
    "三（五）": [["区金融服务中心"], ["区住建局"], ["区安监局"]],
    "三（六）": [["各部门、各单位"]] * 4 + [["区信息中心"], ["各部门、各单位"]],
}

DAYS = {
    "3.2-1e": dt.date(2017, 12, 31),  # 年内全覆盖
    "3.2-2a": dt.date(2017, 12, 31),  # 年内完成目录编制
    "3.6-1a": dt.date(2017, 12, 31),  # 年内
    "3.6-1b": dt.date(2017, 12, 31),  # 年内
    "4-1": dt.date(2017, 7, 31),  # 7月底前
    "4-2": dt.date(2017, 10, 31),  # second phase
    "4-3a": dt.date(2017, 11, 30),  # third phase
    "4-3b": dt.date(2017, 11, 30),
    "4-4": dt.date(2017, 12, 31),  # 2017年12月
    "6-u1a": dt.date(2017, 7, 10),
}
HOURS = {"3.6-4a": 5, "3.6-4b": 24}
CADENCES = {
    Cadence.REALTIME: {"3.1-3c"},
    Cadence.WEEKLY: {"3.4-6e"},
    Cadence.QUARTERLY: {"3.6-5c", "3.6-5d"},
    Cadence.YEARLY: {"2-1c", "2-1d", "2-1e", "2-1f"},
}
REGULARLY = {"3.1-5b", "3.3-3", "3.4-5e", "3.4-6c", "3.5-2a", "5-3a"}
AS_APPROPRIATE = {"3.1-5a", "3.4-4c", "3.4-4d", "3.4-4e", "3.6-1d"}
TIMELY = {
    *("2-1a", "2-1b", "2-1c", "2-1d", "2-1e", "2-1f", "2-1g", "2-1h"),
    *("3.1-1a", "3.1-4a", "3.1-4b", "3.2-1f", "3.2-1g", "3.2-4d", "3.3-1d", "3.3-4e"),
    *("3.4-3b", "3.4-3c", "3.6-5d", "3.6-6b", "5-1b"),
}

ACCEPTED = [
    ("2-1c", "斗门区卫生和计划生育局2016年工作总结"),
    ("2-1c", "井岸镇2016年度工作总结和2017年工作计划"),
    ("2-1d", "关于斗门区2016年预算执行情况和2017年预算草案的报告"),
    ("2-1d", "斗门区民政局2017年部门预算"),
    ("2-1e", "2016年度斗门区教育局部门决算公开"),
    ("2-1f", "斗门区人民政府2016年政府信息公开工作年度报告"),
    ("2-1f", "白蕉镇2016年政府信息公开年报"),
    ("3.1-3a", "斗门区行政事业性收费项目目录清单（2017年）"),
    ("3.1-3a", "区级涉企行政事业性收费和政府性基金目录清单"),
    ("3.1-3b", "区级涉企行政事业性收费和政府性基金目录清单"),
    ("3.1-3b", "2017年斗门区政府性基金目录"),
    ("3.1-5b", "斗门区2017年第三季度社会保险参保情况"),
    ("3.1-5b", "2017年上半年社会保险情况"),
    ("3.1-5b", "9月份全区养老保险缴费人数"),
    ("3.1-5b", "2017年第三季度社保基金运行情况"),
    ("3.1-5b", "城乡居民养老保险基金收支情况（2017年三季度）"),
    ("3.2-1b", "珠海市斗门区民政局权责清单"),
    ("3.2-1b", "斗门区权力和责任清单（2017版）"),
    ("3.2-1d", "斗门区随机抽查事项清单（第一版）"),
    ("3.2-2a", "斗门区政务服务事项目录"),
    ("3.2-2a", "区级行政许可及公共服务事项通用目录清单"),
    ("3.3-3", "2017年第三季度斗门区消费市场运行情况分析报告"),
    ("3.3-3", "前三季度我区消费品市场运行平稳"),
    ("3.3-3", "上半年社会消费品零售市场简析"),
    ("3.4-5e", "斗门区医疗机构2017年第三季度主要费用指标排名"),
    ("3.4-5e", "2017年三季度门诊次均费用公示"),
    ("3.4-6c", "斗门区2017年第三季度食品安全监督抽检情况通报"),
    ("3.4-6c", "2017年10月食品抽检信息公告"),
    ("3.4-6c", "食品抽检结果及不合格产品核查处置情况通告"),
    ("3.4-6e", "食品安全监督抽检信息公示（2017年第30期）"),
    ("3.4-6e", "10月份第二周食品抽检结果"),
    ("3.5-2a", "2017年8月斗门区商品房成交情况"),
    ("3.5-2a", "三季度房地产市场运行情况"),
    ("3.6-5d", "斗门区2017年第三季度政府网站抽查情况通报"),
    ("3.6-5d", "珠海市斗门区人民政府办公室关于第三次全区网站检查结果的通报"),
]

REJECTED = [
    ("2-1c", "2017年上半年工作总结"),
    ("2-1d", "斗门区2017年1-8月预算执行情况分析"),
    ("2-1f", "一图读懂2016年政府信息公开年报"),
    ("2-1f", "关于报送2016年政府信息公开年度报告的通知"),
    ("3.1-3a", "《行政事业性收费目录清单》解读"),
    ("3.1-3a", "区发改局关于政府定价的经营服务收费目录清单"),
    ("3.1-3b", "2017年政府性基金收支预算表"),
    ("3.1-5b", "关于调整社会保险缴费基数的通知"),
    ("3.1-5b", "社会保险参保登记办理流程"),
    ("3.1-5b", "社保基金专项检查启动"),
    ("3.1-5b", "社会保险基金预算草案"),
    ("3.1-5b", "住房公积金2017年三季度运行情况"),
    ("3.2-1b", "区编办召开权责清单工作培训会"),
    ("3.2-1d", "2017年10月双随机抽查结果公示"),
    ("3.2-1d", "随机抽查对象名录库"),
    ("3.2-2a", "行政审批中介服务事项清单"),
    ("3.2-2a", "《政务服务事项目录》解读"),
    ("3.3-3", "斗门区第三季度消费者投诉分析报告"),
    ("3.3-3", "1-9月社会消费品零售总额增长10.2%"),
    ("3.3-3", "区工商局开展消费市场执法检查情况"),
    ("3.4-5e", "异地就医住院费用结算情况"),
    ("3.4-6c", "2017年食品抽检计划"),
    ("3.4-6c", "关于3批次不合格食品核查处置情况的通告"),
    ("3.4-6c", "总局关于2017年第三季度食品安全监督抽检情况分析的通告"),
    ("3.4-6c", "突发食品安全事故处置情况"),
    ("3.4-6e", "2017年第三季度食品安全监督抽检情况分析"),
    ("3.4-6e", "食品抽检承检机构采购结果公告"),
    ("3.5-2a", "房地产市场专项整治情况"),
    ("3.5-2a", "商品房预售许可公示及交易须知"),
    ("3.6-5d", "2017年第三季度全国政府网站抽查情况通报"),
    ("3.6-5d", "珠海市人民政府办公室关于三季度政府网站抽查情况的通报"),
    ("3.6-5d", "网络交易网站监测情况"),
]


def section(obligation: Obligation) -> str:
    return obligation.measure.partition("/")[0]


def recognises(obligation: Obligation, title: str) -> bool:
    evidence = obligation.evidence
    wanted = any(re.search(pattern, title) for pattern in evidence.title)
    return wanted and not any(re.search(pattern, title) for pattern in evidence.exclude)


def with_vague(vague: Vague) -> set[str]:
    return {o.id for o in register.obligations if o.vague is vague}


def unbroken(path: Path) -> str:
    return re.sub(r"\s", "", path.read_text(encoding="utf-8"))


def test_the_register_binds_from_the_campaign_s_first_day():
    assert (register.plan.first_day, register.plan.last_day) == (dt.date(2017, 6, 15), dt.date(2017, 12, 31))


def test_the_linter_doubts_nothing_but_days_that_the_plan_leaves_open():
    report = lint_file(REGISTER, SITES)
    without_a_day = [
        o for o in register.obligations if o.kind is Kind.PERIODIC and o.check is CheckMode.AUTOMATIC and o.due is None
    ]
    assert report.errors == ()
    assert len(report.doubts) == len(without_a_day)


def test_every_section_has_all_its_measures():
    measures = {obligation.measure: section(obligation) for obligation in register.obligations}
    assert Counter(measures.values()) == MEASURES


def test_the_measures_of_a_section_are_numbered_without_a_gap():
    numbers = {
        key: {o.measure.partition("/")[2] for o in register.obligations if section(o) == key} for key in MEASURES
    }
    assert numbers == {
        key: {"u1"} if key == "六" else {str(n) for n in range(1, count + 1)} for key, count in MEASURES.items()
    }


@pytest.mark.parametrize("part", LEADS)
def test_leads_stand_as_the_plan_names_them(part: str):
    for number, expected in enumerate(LEADS[part], start=1):
        leads = {o.lead for o in register.obligations if o.measure == f"{part}/{number}"}
        assert leads == {tuple(expected)}, f"{part}/{number}"


def test_where_the_plan_joins_other_offices_they_cooperate():
    joined = {o.measure for o in register.obligations if o.cooperating}
    assert joined == {"三（一）/1", "三（一）/4", "三（二）/1"}
    assert {o.cooperating for o in register.obligations if o.measure in joined} == {("相关部门",)}


def test_an_id_says_its_measure_in_ascii():
    numerals = dict(zip("一二三四五六", "123456", strict=True))
    for obligation in register.obligations:
        outline, _, number = obligation.measure.partition("/")
        digits = [numerals[sign] for sign in outline if sign in numerals]
        assert re.fullmatch(rf"{re.escape('.'.join(digits))}-{number}[a-z]?", obligation.id)


def test_stated_days_are_exact_and_no_other_day_is_made_up():
    assert {o.id: o.due.date for o in register.obligations if o.due and o.due.date} == DAYS
    assert {BY_ID[key].cadence for key in DAYS} == {Cadence.ONCE}


def test_hours_count_from_the_event():
    hours = {o.id: o.due.hours for o in register.obligations if o.due and o.due.date is None}
    assert hours == HOURS
    assert all((due := BY_ID[key].due) is not None and due.after is After.EVENT for key in HOURS)


@pytest.mark.parametrize("cadence", CADENCES)
def test_stated_periods_are_exact(cadence: Cadence):
    assert {o.id for o in register.obligations if o.cadence is cadence} == CADENCES[cadence]


def test_no_monthly_or_daily_duty_is_made_up():
    assert {o.cadence for o in register.obligations} == {
        *CADENCES,
        Cadence.ONCE,
        Cadence.ON_EVENT,
        Cadence.STANDING,
        None,
    }


def test_vague_words_stand_where_the_plan_has_them():
    assert with_vague(Vague.REGULARLY) == REGULARLY
    assert with_vague(Vague.AS_APPROPRIATE) == AS_APPROPRIATE
    assert with_vague(Vague.TIMELY) == TIMELY


def test_timely_without_a_period_hangs_on_an_event():
    stated = {"2-1c", "2-1d", "2-1e", "2-1f", "3.6-5d", "5-1b"}  # yearly by name, quarterly checks, set up once
    assert {key for key in TIMELY if BY_ID[key].cadence is not Cadence.ON_EVENT} == stated


def test_regularly_and_as_appropriate_leave_the_cadence_open():
    assert {BY_ID[key].cadence for key in REGULARLY | AS_APPROPRIATE} == {None}


def test_realtime_upkeep_of_a_list_is_not_judged_by_its_freshness():
    assert {BY_ID[key].kind for key in ("3.1-3a", "3.1-3b")} == {Kind.STANDING}
    assert BY_ID["3.1-3c"].kind is Kind.EVENT


def test_names_of_mechanisms_are_no_cadences():
    assert (BY_ID["3.2-1b"].kind, BY_ID["3.2-1b"].cadence) == (Kind.STANDING, Cadence.STANDING)  # 动态调整
    assert (BY_ID["3.6-1b"].kind, BY_ID["3.6-1b"].cadence) == (Kind.DUTY, Cadence.ONCE)  # 动态扩展机制
    assert (BY_ID["5-2"].kind, BY_ID["5-2"].vague) == (Kind.DUTY, None)  # 定期调整和定期审查机制


def test_inner_duties_are_left_to_people():
    assert {o.check for o in register.obligations if o.kind is Kind.DUTY} == {CheckMode.MANUAL}


def test_what_a_machine_judges_has_patterns_and_narrow_columns():
    for obligation in register.obligations:
        if obligation.check is not CheckMode.MANUAL:
            assert obligation.evidence.title, obligation.id
            assert obligation.evidence.columns, obligation.id
        if obligation.kind is Kind.STANDING:  # a filled column of such a name would satisfy it
            assert not {"通知公告", "公示公告", "政策文件", "政务公开"} & set(obligation.evidence.columns), (
                obligation.id
            )


@pytest.mark.parametrize(("key", "title"), ACCEPTED)
def test_a_real_publication_is_recognised(key: str, title: str):
    assert recognises(BY_ID[key], title)


@pytest.mark.parametrize(("key", "title"), REJECTED)
def test_a_near_miss_is_turned_down(key: str, title: str):
    assert not recognises(BY_ID[key], title)


def test_every_automatic_pattern_is_tried_both_ways():
    automatic = {o.id for o in register.obligations if o.check is CheckMode.AUTOMATIC}
    assert automatic <= {key for key, _ in ACCEPTED} & {key for key, _ in REJECTED}


def test_every_place_is_a_site_or_a_known_channel():
    known = {site.id for site in sites.sites} | set(words().channels)
    assert {place for o in register.obligations for place in o.where} <= known


def test_every_judged_obligation_has_a_site_for_each_of_its_leads():
    for obligation in register.obligations:
        if obligation.check is not CheckMode.MANUAL:
            places = sites_for(obligation, sites)
            assert [place.agency for place in places] == list(obligation.lead)
            assert all(place.sites for place in places), obligation.id


def test_no_site_claims_to_have_been_looked_at():
    assert {site.verified for site in sites.sites} == {False}


@pytest.mark.skipif(not PLAN.exists(), reason="the plan itself is not part of the project")
@pytest.mark.parametrize("path", [REGISTER, SITES], ids=["register", "sites"])
def test_no_sentence_of_the_plan_is_copied(path: Path):
    ours, plan = unbroken(path), unbroken(PLAN)
    runs = (ours[start : start + LONGEST_QUOTE] for start in range(len(ours) - LONGEST_QUOTE + 1))
    assert [run for run in runs if run in plan] == []
