"""Guangyuan's register, against what was counted and read by hand in the plan."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from plans.lint import lint_file
from plans.load import load_register, load_sites
from plans.register import Cadence, CheckMode, Kind, Obligation, Vague
from plans.sites import Level
from plans.words import words

PLANS = Path(__file__).parents[2] / "plans"
REGISTER_FILE = PLANS / "registers" / "guangyuan-2017.yaml"
SITES_FILE = PLANS / "sites" / "guangyuan.yaml"
SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "004_a63b3882660103f6.txt"

REGISTER = load_register(REGISTER_FILE)
SITES = load_sites(SITES_FILE)
BY_ID = {obligation.id: obligation for obligation in REGISTER.obligations}

# Counted in the document: clause -> sentences behind the clause's own heading (up to the bracket with the leads). A
# semicolon ends no sentence. 六 are the closing words behind the last clause, which have no number.
COUNTED = {
    "一（一）": 4,  # explaining, watching, budget every month, figures and audits
    "一（二）": 3,
    "一（三）": 2,
    "一（四）": 2,
    "二（五）": 8,  # powers, results and lists, repealed files, inspections 2, services 3
    "二（六）": 4,
    "二（七）": 4,
    "二（八）": 9,  # budgets 4, the three expenses, funds, procurement, tax reform, audit
    "三（九）": 5,
    "三（十）": 5,
    "四（十一）": 5,
    "四（十二）": 2,  # one long sentence on jobs, one on social insurance
    "四（十三）": 4,
    "四（十四）": 9,  # schools 4, health 5
    "四（十五）": 4,
    "五（十六）": 4,
    "五（十七）": 5,
    "五（十八）": 4,
    "六（十九）": 7,
    "六（二十）": 3,
    "六（二十一）": 4,
    "六": 3,
}
NUMERALS = "一二三四五六七八九十"

# Everything in the plan that states a period or a limit: id -> cadence and due rule.
YEAR_END = {"date": "2017-12-31"}
STATED = {
    "1.1-3": ("monthly", None),  # 按月
    "1.1-4a": ("quarterly", None),  # 每季度
    "1.1-4b": ("quarterly", None),  # 按月或季: the less frequent
    "1.1-4c": ("quarterly", None),  # the same words
    "2.5-6a": ("once", YEAR_END),  # 年内
    "2.5-6b": ("once", YEAR_END),  # the same sentence
    "2.6-2a": ("quarterly", None),  # 按季度
    "2.6-2b": ("yearly", None),  # 按年度
    "2.6-3f": ("yearly", None),  # 年度薪酬
    "2.7-2a": ("weekly", None),  # 每周
    "2.7-2b": ("weekly", None),
    "2.7-2c": ("weekly", None),
    "3.10-3a": ("half_yearly", None),  # 每半年
    "4.13-2a": ("realtime", None),  # 实时
    "4.13-2b": ("realtime", None),
    "4.13-2e": ("monthly", None),  # 每月
    "4.13-2g": ("monthly", None),  # 每月
    "4.13-2h": ("monthly", None),  # the same words
    "4.14-1c": ("yearly", None),  # 年度报告
    "4.14-1d": ("yearly", None),  # 年度报告
    "5.16-1b": ("monthly", None),  # 按月
    "5.16-1c": ("monthly", None),
    "5.16-1d": ("monthly", None),
    "5.18-2a": ("on_event", {"hours": 5, "after": "event"}),
    "5.18-2b": ("on_event", {"hours": 24, "after": "event"}),
    "6.19-2": ("once", YEAR_END),  # 2017年底前
    "6.21-2b": ("quarterly", None),  # 季度抽查
}
RECURRING = {"realtime", "daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"}
REGULARLY = {  # 定期
    *("3.10-1a", "3.10-2a", "3.10-2b", "4.12-1i", "4.12-1j", "4.12-1k", "4.12-1m", "4.12-2f", "4.12-2g"),
    *("4.13-2f", "4.14-7", "4.15-1a", "5.16-2d", "6-u3c"),
}
AS_APPROPRIATE = {"3.10-4", "4.12-1l", "4.14-3a", "4.14-3b", "4.14-3c", "6-u3b"}  # 适时, 有序

# Bureaus that the plan means by their fields alone (公安, 交通运输 in 六（十九）) and names nowhere else.
NAMED_BY_FIELD = {"市公安局", "市交通运输局"}


def fits(obligation: Obligation, title: str) -> bool:
    """Whether the evidence takes a title, folded as titles are searched."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", title))
    wanted = any(re.search(pattern, text) for pattern in obligation.evidence.title)
    return wanted and not any(re.search(pattern, text) for pattern in obligation.evidence.exclude)


def clause_of(obligation: Obligation) -> str:
    return obligation.measure.split("/")[0]


def number(numeral: str) -> int:
    """二十一 -> 21."""
    tens, ten, ones = numeral.rpartition("十")
    digit = "零一二三四五六七八九".find
    return (digit(tens) if tens else 1) * (10 if ten else 0) + (digit(ones) if ones else 0)


def test_the_register_and_its_sites_load_without_errors() -> None:
    report = lint_file(REGISTER_FILE, SITES_FILE, "en")
    assert report.errors == ()


def test_the_only_doubts_are_limits_that_the_plan_leaves_open() -> None:
    report = lint_file(REGISTER_FILE, SITES_FILE, "en")
    assert [str(doubt) for doubt in report.doubts if "no due" not in doubt.message] == []


@pytest.mark.parametrize("clause", COUNTED)
def test_each_clause_has_every_measure(clause: str) -> None:
    found = {o.measure.split("/")[1] for o in REGISTER.obligations if clause_of(o) == clause}
    prefix = "u" if clause == "六" else ""
    assert found == {f"{prefix}{item}" for item in range(1, COUNTED[clause] + 1)}


def test_there_are_100_measures_in_21_clauses_and_the_closing_words() -> None:
    assert len({o.measure for o in REGISTER.obligations}) == sum(COUNTED.values()) == 100
    assert list(dict.fromkeys(map(clause_of, REGISTER.obligations))) == list(COUNTED)


def test_an_id_names_its_chapter_clause_and_sentence() -> None:
    for obligation in REGISTER.obligations:
        clause, item = obligation.measure.split("/")
        numerals = re.findall(f"[{NUMERALS}]+", clause)
        head = ".".join(str(number(numeral)) for numeral in numerals)
        assert re.fullmatch(rf"{re.escape(head)}-{item}[a-z]?", obligation.id), obligation.id


def test_the_letters_of_a_measure_run_from_a() -> None:
    count = Counter(o.measure for o in REGISTER.obligations)
    for measure, many in count.items():
        letters = [o.id[-1] for o in REGISTER.obligations if o.measure == measure]
        expected = [chr(ord("a") + i) for i in range(many)]
        assert letters == expected or (many == 1 and letters[0].isdigit()), measure


@pytest.mark.parametrize("key", STATED)
def test_a_stated_period_or_limit_is_exact(key: str) -> None:
    cadence, due = STATED[key]
    obligation = BY_ID[key]
    assert obligation.cadence == cadence
    found = obligation.due.model_dump(mode="json", exclude_none=True) if obligation.due else None
    assert found == due


def test_no_other_obligation_claims_a_limit_or_a_recurring_cadence() -> None:
    claims = {o.id for o in REGISTER.obligations if o.due or (o.cadence and o.cadence.value in RECURRING)}
    assert claims == set(STATED)


def test_vague_words_stay_vague() -> None:
    for vague, expected in ((Vague.REGULARLY, REGULARLY), (Vague.AS_APPROPRIATE, AS_APPROPRIATE)):
        found = {o.id: o for o in REGISTER.obligations if o.vague is vague}
        assert found.keys() == expected
        assert all(o.cadence is None and o.due is None for o in found.values())


def test_timely_hangs_on_an_event_unless_a_list_must_stand_or_a_single_thing_is_named() -> None:
    for obligation in REGISTER.obligations:
        if obligation.vague is Vague.TIMELY:
            assert obligation.cadence in (Cadence.ON_EVENT, Cadence.STANDING, Cadence.ONCE), obligation.id


@pytest.mark.parametrize("key", ["1.4-1a", "2.5-1b", "3.9-2a", "5.16-1a", "5.18-1a", "6.21-2a"])
def test_words_that_only_sound_like_a_cadence_give_none(key: str) -> None:
    assert BY_ID[key].cadence in (None, Cadence.ON_EVENT)


def test_either_month_or_quarter_is_left_to_a_person() -> None:
    assert {BY_ID[key].check for key in ("1.1-4b", "1.1-4c")} == {CheckMode.ASSISTED}


def test_official_statistics_of_housing_alone_merge_january_with_february() -> None:
    assert {o.id for o in REGISTER.obligations if o.merge_january} == {"5.16-1c", "5.16-1d"}


def test_what_tells_of_the_year_before_says_so() -> None:
    about_previous = {o.id for o in REGISTER.obligations if o.about_previous}
    assert about_previous == {"2.6-2b", "2.6-3f", "2.8-9a", "2.8-9b", "3.9-3", "4.14-1d"}


def test_a_list_that_must_stand_is_standing_in_kind_and_cadence() -> None:
    lists = ("1.2-2a", "1.2-2b", "1.2-2c", "2.5-1a", *(f"2.5-2{letter}" for letter in "bcdefg"), "2.5-4", "5.16-3b")
    for key in (*lists, *(f"4.12-2{letter}" for letter in "abcde")):
        assert (BY_ID[key].kind, BY_ID[key].cadence) == (Kind.STANDING, Cadence.STANDING), key


def test_a_standing_list_is_not_proven_by_a_column_of_all_sorts() -> None:
    general = {"通知公告", "公示公告", "政策文件", "政策法规", "规范性文件", "工作动态", "规划计划", "公开目录"}
    standing = [o for o in REGISTER.obligations if o.kind is Kind.STANDING]
    assert not [o.id for o in standing if general & set(o.evidence.columns)]


def test_required_parts_are_those_that_the_plan_names() -> None:
    assert BY_ID["2.5-4"].evidence.fields == ("抽查依据", "抽查主体", "抽查内容", "抽查方式")
    assert BY_ID["4.13-2e"].evidence.min_rows == 7
    assert BY_ID["4.14-7"].evidence.min_rows == 10
    assert BY_ID["6.19-2"].evidence.fields == ("主体", "范围", "内容", "方式", "时限")


def test_what_is_judged_automatically_can_be_recognised_and_found() -> None:
    for obligation in REGISTER.obligations:
        if obligation.check is CheckMode.AUTOMATIC:
            assert obligation.evidence.title, obligation.id
            assert obligation.evidence.columns, obligation.id


def test_what_is_judged_automatically_has_one_bureau_to_answer_for_it() -> None:
    """The brackets divide their items "by duties": a machine that took them as joint would accuse the wrong ones."""
    judged = [o for o in REGISTER.obligations if o.check is CheckMode.AUTOMATIC]
    assert {o.id: o.lead for o in judged if len(o.lead) != 1} == {}


def test_events_are_never_judged_without_a_person() -> None:
    judged = {o.id for o in REGISTER.obligations if o.kind is Kind.EVENT and o.check is CheckMode.AUTOMATIC}
    assert judged == set()


def test_what_is_left_to_people_needs_no_evidence() -> None:
    assert not [o.id for o in REGISTER.obligations if o.check is CheckMode.MANUAL and o.evidence.title]


def test_every_place_is_a_known_site_or_channel() -> None:
    known = {site.id for site in SITES.sites} | set(words().channels)
    assert {name for o in REGISTER.obligations for name in o.where} <= known


def test_no_site_is_called_verified_before_somebody_looked() -> None:
    assert {site.verified for site in SITES.sites} == {False}
    assert not [site.id for site in SITES.sites if site.columns]


def test_the_seven_counties_and_the_development_zone_have_sites() -> None:
    places = [site.agency for site in SITES.sites if site.level is Level.DISTRICT]
    counties = [f"{name}政府" for name in ("利州区", "昭化区", "朝天区", "旺苍县", "青川县", "剑阁县", "苍溪县")]
    assert places == [*counties, "广元经济技术开发区管委会"]


ACCEPTED = [
    ("1.1-3", "广元市2017年5月份一般公共预算收支执行情况"),
    ("1.1-3", "2017年1－7月全市财政收支情况"),
    ("1.1-3", "三季度我市财政预算执行情况分析"),
    ("1.1-3", "1-11月财政收入完成情况"),
    ("1.1-4b", "2017年1-9月广元市国民经济主要指标"),
    ("1.1-4b", "全市主要经济指标（2017年6月）"),
    ("1.1-4c", "前三季度全市经济运行情况"),
    ("1.1-4c", "一季度广元居民消费价格运行简析"),
    ("1.2-2a", "广元市行政事业性收费目录清单（2017年）"),
    ("1.2-2b", "广元市政府性基金目录清单"),
    ("1.2-2c", "广元市涉企行政事业性收费目录清单"),
    ("2.5-1a", "广元市市级部门权责清单"),
    ("2.5-1a", "市本级行政权力和责任清单（2017年本）"),
    ("2.5-2b", "广元市企业投资项目核准事项清单"),
    ("2.5-2c", "投资项目报建涉及的中介服务事项目录"),
    ("2.5-2d", "广元市实行政府定价的经营服务性收费目录清单"),
    ("2.5-2e", "工商登记前置审批事项目录"),
    ("2.5-2f", "工商登记后置审批事项目录（2017年版）"),
    ("2.5-2g", "广元市市场主体许可经营事项监管清单"),
    ("2.5-3b", "广元市人民政府关于废止部分规范性文件的决定"),
    ("2.5-3b", "关于公布市政府规范性文件清理结果的通知"),
    ("2.5-4", "全市“双随机”抽查事项清单"),
    ("2.5-6b", "广元市市级政务服务事项目录"),
    ("2.6-2a", "2017年1-6月全市国有企业主要经济效益指标"),
    ("2.6-2a", "三季度市属国有企业经济运行情况"),
    ("2.6-2b", "2016年度全市国有企业财务决算情况"),
    ("2.7-2a", "广元市本周蔬菜价格行情（2017年第23周）"),
    ("2.7-2a", "6月第2周农产品价格监测周报"),
    ("2.7-2b", "广元市水果市场价格周报"),
    ("2.7-2c", "生猪价格行情周报（8月14日-20日）"),
    ("2.7-2c", "上周农产品价格行情分析"),
    ("2.8-9a", "关于广元市2016年度市级预算执行和其他财政收支的审计工作报告"),
    ("2.8-9b", "关于2016年度审计查出问题整改情况的报告"),
    ("3.10-1a", "2017年上半年广元市消费品市场运行情况分析"),
    ("3.10-1a", "三季度全市商贸流通运行分析报告"),
    ("3.10-2a", "1-9月全市服务业发展运行情况"),
    ("3.10-2b", "广元市10月生活必需品市场监测分析"),
    ("3.10-2b", "四季度全市蔬菜、肉类、粮油价格走势"),
    ("3.10-3a", "2017年上半年全市消费者投诉举报统计分析报告"),
    ("3.10-3a", "12315投诉数据分析（2017年下半年）"),
    ("3.10-4", "2017年流通领域商品质量抽检结果公示"),
    ("4.12-1i", "2017年第二季度广元市人力资源市场供求状况分析"),
    ("4.12-1j", "广元市人力资源市场9月招聘岗位信息"),
    ("4.12-1k", "2017年第三季度职业技能培训开班信息"),
    ("4.12-1l", "全市企业用工需求情况（2017年）"),
    ("4.12-2b", "基本医疗保险、工伤保险和生育保险药品目录（2017年版）"),
    ("4.12-2d", "市本级医疗保险定点零售药店名单"),
    ("4.12-2e", "各县区社会保险关系转移接续经办机构联系电话"),
    ("4.12-2f", "2017年三季度社会保险基金收支情况"),
    ("4.12-2g", "2017年三季度全市养老保险参保人数"),
    ("4.12-2g", "广元市社会保险信息披露（2017年上半年）"),
    ("4.13-2e", "2017年7月广元市各县区城市环境空气质量排名"),
    ("4.13-2e", "9月全市县区空气质量状况及排名"),
    ("4.13-2f", "2017年第三季度各县区水环境质量状况"),
    ("4.13-2g", "广元市2017年8月地表水水质状况"),
    ("4.13-2g", "11月嘉陵江流域断面水质监测月报"),
    ("4.13-2h", "2017年8月广元市集中式生活饮用水水源水质监测信息"),
    ("4.13-2h", "广元市城市饮用水水源地水质状况（2017年第4期）"),
    ("4.13-4a", "广元市全面推行河长制工作方案"),
    ("4.14-3a", "全面改薄工作进展情况（2017年上半年）"),
    ("4.14-3b", "农村义务教育学生营养改善计划实施情况"),
    ("4.14-3c", "全市县域义务教育均衡发展督导评估认定情况"),
    ("4.14-7", "2017年三季度市属公立医院10个单病种次均住院费用公示"),
    ("4.15-1a", "2017年第5期食品安全监督抽检信息公告"),
    ("4.15-1a", "二季度药品抽验结果"),
    ("4.15-1a", "关于6批次不合格食品的通告"),
    ("5.16-1b", "2017年9月全市商品房销售情况"),
    ("5.16-1b", "1-10月广元市房地产市场运行情况"),
    ("5.16-1c", "2017年1-8月全市房屋竣工面积"),
    ("5.16-1d", "2017年1-9月全市房地产开发投资完成情况"),
    ("5.16-3b", "国有土地上房屋征收与补偿条例"),
    ("6.19-2", "广元市财政局政府信息主动公开基本目录"),
    ("6-u1", "利州区2017年政务公开工作方案"),
]
TURNED_DOWN = [
    ("1.1-3", "关于2016年预算执行情况与2017年预算草案的报告"),
    ("1.1-3", "一图读懂上半年财政收支"),
    ("1.1-3", "剑阁县2017年5月财政收支情况"),
    ("1.1-3", "2017年1-5月全国财政收支情况"),
    ("1.1-3", "市财政局2017年部门预算"),
    ("1.1-4b", "2016年广元市国民经济和社会发展统计公报"),
    ("1.1-4b", "2017年经济社会发展主要指标分解计划"),
    ("1.1-4c", "统计违法案件查处办法解读"),
    ("1.2-2a", "广元市政府性基金目录清单"),
    ("1.2-2b", "2017年政府性基金预算支出表"),
    ("1.2-2c", "广元市行政事业性收费目录清单"),
    ("2.5-1a", "苍溪县权责清单"),
    ("2.5-1a", "权力清单制度政策解读"),
    ("2.5-2c", "入驻网上中介服务机构名单及目录"),
    ("2.5-2e", "前置审批中介服务收费目录"),
    ("2.5-3b", "规范性文件清理工作方案"),
    ("2.5-3b", "〖已废止〗关于失效文件管理办法的通知"),
    ("2.5-4", "6月随机抽查结果公示清单"),
    ("2.5-6b", "政务服务事项目录编制工作方案"),
    ("2.6-2a", "2017年1-6月全国国有及国有控股企业经济运行情况"),
    ("2.6-2a", "国有企业负责人经营业绩考核办法"),
    ("2.6-2a", "国有企业改革效益显著会议召开"),
    ("2.6-2b", "市国资委2016年部门决算"),
    ("2.7-2a", "蔬菜种植技术要点与价格"),
    ("2.7-2a", "蔬菜价格指数保险办法"),
    ("2.7-2b", "2017年全国水果价格行情"),
    ("2.7-2c", "生猪价格调控预案"),
    ("2.8-9a", "2016年度预算执行审计查出问题整改情况"),
    ("2.8-9b", "审计整改工作会议召开"),
    ("3.10-1a", "房地产市场运行分析"),
    ("3.10-1a", "1-6月全国消费品市场运行情况"),
    ("3.10-2a", "广元市服务业发展规划"),
    ("3.10-2b", "生活必需品市场供应应急预案"),
    ("3.10-3a", "消费者投诉处理办法"),
    ("3.10-3a", "12369环境投诉情况通报"),
    ("3.10-4", "2017年食品抽检结果公示"),
    ("3.10-4", "流通领域商品质量抽检工作方案"),
    ("4.12-1i", "人力资源市场供求会议召开"),
    ("4.12-1j", "2017年事业单位公开招聘教师公告"),
    ("4.12-1k", "公务员能力培训通知"),
    ("4.12-2d", "定点医疗机构管理办法"),
    ("4.12-2f", "2017年度社会保险缴费基数的通知"),
    ("4.12-2f", "社会保险基金预算编制说明"),
    ("4.12-2g", "养老保险参保办理指南"),
    ("4.13-2e", "7月全省21个市州空气质量排名"),
    ("4.13-2e", "各乡镇空气质量考核排名办法"),
    ("4.13-2e", "空气质量预报"),
    ("4.13-2f", "2017年8月饮用水水源水质状况"),
    ("4.13-2g", "8月集中式饮用水水源水质状况"),
    ("4.13-2g", "城市污水处理厂水质监测情况"),
    ("4.13-2h", "11月主要河流断面水质月报"),
    ("4.13-2h", "饮用水水源保护区划分方案"),
    ("4.13-2h", "旺苍县2017年三季度饮用水水源水质状况"),
    ("4.13-4a", "旺苍县全面落实河长制工作方案"),
    ("4.13-4a", "河长制工作方案解读"),
    ("4.14-3b", "营养改善计划食材采购招标公告"),
    ("4.14-7", "单病种付费改革方案"),
    ("4.15-1a", "2017年食品安全监督抽检计划"),
    ("4.15-1a", "总局关于第三季度食品抽检情况的通告"),
    ("5.16-1b", "商品房预售许可公示"),
    ("5.16-1b", "关于加强商品房销售管理的通知"),
    ("5.16-1c", "商品房竣工验收备案表"),
    ("5.16-1d", "房地产市场秩序专项整治方案"),
    ("6.19-2", "政府信息公开目录解读"),
    ("6-u1", "2016年政务公开工作要点"),
    ("6-u1", "2017年政务公开工作总结"),
]


@pytest.mark.parametrize(("key", "title"), ACCEPTED)
def test_evidence_takes_titles_as_portals_write_them(key: str, title: str) -> None:
    assert fits(BY_ID[key], title)


@pytest.mark.parametrize(("key", "title"), TURNED_DOWN)
def test_evidence_turns_near_misses_down(key: str, title: str) -> None:
    assert not fits(BY_ID[key], title)


needs_seed = pytest.mark.skipif(not SEED.is_file(), reason="the plan itself is not here")


@needs_seed
def test_the_sentences_of_each_clause_are_as_many_as_counted() -> None:
    found = {}
    for line in SEED.read_text(encoding="utf-8").splitlines():
        clause = re.match(rf"（([{NUMERALS}]+)）", line)
        if clause:
            body = re.sub(r"（[^（）]*落实）\s*$", "", line)
            found[clause[1]] = len([part for part in body.split("。") if part.strip()]) - 1
    assert list(found.values()) == list(COUNTED.values())[:-1]


@needs_seed
def test_every_lead_is_a_name_of_the_plan() -> None:
    plan = SEED.read_text(encoding="utf-8")
    names = {name for o in REGISTER.obligations for name in (*o.lead, *o.cooperating)}
    assert {name for name in names if name not in plan} == NAMED_BY_FIELD


@needs_seed
def test_every_lead_of_a_bracket_has_an_obligation_in_its_clause() -> None:
    for line in SEED.read_text(encoding="utf-8").splitlines():
        clause = re.match(rf"（([{NUMERALS}]+)）.*（([^（）]*)落实）\s*$", line)
        if clause is None:
            continue
        named = re.sub(r"等部门|会同.*|按职责.*|分别|牵头", "", clause[2])
        bracket = {name for name in re.split("[、，]", named) if name}
        leads = {lead for o in REGISTER.obligations if f"（{clause[1]}）" in o.measure for lead in o.lead}
        assert bracket <= leads, clause[1]


@needs_seed
@pytest.mark.parametrize("file", [REGISTER_FILE, SITES_FILE], ids=["register", "sites"])
def test_no_sentence_of_the_plan_is_copied(file: Path) -> None:
    plan = "".join(SEED.read_text(encoding="utf-8").split())
    text = file.read_text(encoding="utf-8").replace(REGISTER.plan.title, "")  # the title names the document
    lines = ["".join(line.split()) for line in text.splitlines()]
    copied = [line for line in lines if any(line[i : i + 20] in plan for i in range(len(line) - 19))]
    assert copied == []
