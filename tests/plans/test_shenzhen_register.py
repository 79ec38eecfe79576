"""Shenzhen's register, against what was counted and read by hand in the plan."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from plans.agencies import sites_for
from plans.lint import lint_file
from plans.load import load_register, load_sites
from plans.register import Cadence, CheckMode, Kind, Obligation, Vague
from plans.sites import Level
from plans.words import is_catch_all, words

PLANS = Path(__file__).parents[2] / "plans"
REGISTER_FILE = PLANS / "registers" / "shenzhen-2017.yaml"
SITES_FILE = PLANS / "sites" / "shenzhen.yaml"
SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "003_cc24c5d4f5544f13.txt"

REGISTER = load_register(REGISTER_FILE)
SITES = load_sites(SITES_FILE)
BY_ID = {obligation.id: obligation for obligation in REGISTER.obligations}

# Counted in the document: section -> numbered items, cells with text but no number. The numbers are those of the column
# 具体要求 over all leads; a heading that comes again after a page break (二, 五) goes on with its section's numbers.
# 通知 has two sentences that bind somebody: the districts' own measures, and the city's inspection.
COUNTED = {
    "通知": (0, 2),
    "一": (5, 0),  # 发改 1, 财政 2, 人社 3, 统计 4, 审计 5
    "二": (10, 0),  # 发改 1, 经信 2, 人社 3, 财政 4-5, 规土 6, 国税 7; after the break 地税 8-10
    "三": (0, 1),  # 发改, one cell
    "四": (0, 2),  # 发改 and 财政, two cells
    "五": (11, 0),  # 编办 1-3, 人社 4, 市监 5-6, 规土 7, all 8; after the break 法制 9, 政务 10-11
    "六": (6, 0),  # 国资 1-6
    "七": (3, 0),  # 经信 1-3
    "八": (5, 0),  # 财政 1-2, 国税 3-4, 地税 5
    "九": (5, 0),  # 发改 1-2, 经信 3, 科创 4-5
    "十": (2, 0),  # 经信 1, 国资 2
    "十一": (6, 0),  # 统计 and 经信 1, 市监 2-6
    "十二": (5, 0),  # 经信 1-4 with an empty row after 1, 民政 5
    "十三": (5, 0),  # 人居 1-4, 水务 5
    "十四": (6, 0),  # 教育 1-2, 卫计 3-6
    "十五": (3, 0),  # 市监 1-3
    "十六": (4, 0),  # 发改 1-2, 金融 3-4
    "十七": (3, 0),  # 规土 1-2, 住建 3
    "十八": (6, 0),  # 安监 1-6
    "十九": (3, 0),  # all 1-2, 罗湖 3
    "二十": (3, 0),  # 府办 1-3
    "二十一": (5, 0),  # all 1, 府办 2-4, 经信 5
    "二十二": (2, 0),  # 府办 1, all 2
}
NUMERALS = list(COUNTED)

# Everything in the plan that states a period or a limit: id -> cadence and due rule. No other item has a day.
STATED = {
    "0-u1b": ("once", {"working_days": 15, "after": "publication"}),  # 方案公布后15个工作日内
    "1-2a": ("monthly", None),  # 按月
    "2-2a": ("quarterly", None),  # 按季度
    "2-2b": ("half_yearly", None),  # 上半年和全年
    "3-u1b": ("monthly", None),  # 按月
    "5-8d": ("on_event", {"working_days": 10, "after": "repeal"}),  # 废止之日起10个工作日, on the city portal only
    "6-5b": ("yearly", None),  # 年度薪酬
    "13-1a": ("quarterly", None),  # 每季度, of the press conference
    "13-2": ("monthly", None),  # 每月
    "17-1b": ("daily", None),  # 每日
    "21-2b": ("quarterly", None),  # 季度抽查
}
RECURRING = {"realtime", "daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"}
REGULARLY = {"2-3", "9-5", "13-1b", "14-4a", "14-6a", "14-6b", "18-4e"}  # 定期, but for the name in 17-1
AS_APPROPRIATE = {"0-u2a", "1-5a", "1-5b", "1-5c"}  # 适时, but for 2-1, whose change is shown 及时
# Measures in which 及时 stands beside a publication or an answer
TIMELY = {
    *("一/4", "二/1", "二/2", "二/5", "二/7", "二/8", "四/u1", "五/1", "五/3", "五/4", "五/7", "五/8"),
    *("八/1", "八/3", "九/2", "九/3", "十一/1", "十二/1", "十二/3", "十三/1", "十六/1", "十六/2"),
    *("二十一/3", "二十二/2"),
}


def fits(obligation: Obligation, title: str) -> bool:
    """Whether the evidence takes a title, folded as titles are searched."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", title))
    wanted = any(re.search(pattern, text) for pattern in obligation.evidence.title)
    return wanted and not any(re.search(pattern, text) for pattern in obligation.evidence.exclude)


def section_of(obligation: Obligation) -> str:
    return obligation.measure.split("/")[0]


def test_the_register_and_its_sites_load_without_errors() -> None:
    report = lint_file(REGISTER_FILE, SITES_FILE, "en")
    assert report.errors == ()


def test_the_only_doubts_are_limits_that_the_plan_leaves_open() -> None:
    report = lint_file(REGISTER_FILE, SITES_FILE, "en")
    assert [str(doubt) for doubt in report.doubts if "no due" not in doubt.message] == []


@pytest.mark.parametrize("numeral", COUNTED)
def test_each_section_has_every_measure(numeral: str) -> None:
    numbered, unnumbered = COUNTED[numeral]
    found = {o.measure.split("/")[1] for o in REGISTER.obligations if section_of(o) == numeral}
    plain = {str(number) for number in range(1, numbered + 1)}
    assert found == plain | {f"u{number}" for number in range(1, unnumbered + 1)}


def test_there_are_103_measures_in_the_notice_and_22_sections() -> None:
    assert len({o.measure for o in REGISTER.obligations}) == sum(map(sum, COUNTED.values())) == 103
    assert list(dict.fromkeys(map(section_of, REGISTER.obligations))) == NUMERALS


def test_an_id_names_its_section_and_item() -> None:
    for obligation in REGISTER.obligations:
        numeral, item = obligation.measure.split("/")
        assert re.fullmatch(rf"{NUMERALS.index(numeral)}-{item}[a-z]?", obligation.id), obligation.id


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


def test_timely_stands_where_the_plan_has_it() -> None:
    assert {o.measure for o in REGISTER.obligations if o.vague is Vague.TIMELY} == TIMELY


def test_timely_hangs_on_an_event_unless_a_list_must_stand_or_a_period_is_named() -> None:
    usual = (Cadence.ON_EVENT, Cadence.STANDING, Cadence.ONCE)
    others = {o.id for o in REGISTER.obligations if o.vague is Vague.TIMELY and o.cadence not in usual}
    assert others == {"2-2b"}


@pytest.mark.parametrize("key", ["5-1a", "13-1b", "13-1e", "13-5", "17-1a", "17-2b", "19-1c", "21-2c"])
def test_words_that_only_sound_like_a_cadence_give_none(key: str) -> None:
    assert BY_ID[key].cadence in (None, Cadence.ON_EVENT)


def test_statistics_without_a_stated_month_are_events_and_merge_no_january() -> None:
    assert {BY_ID[key].kind for key in ("1-4a", "1-4b", "11-1")} == {Kind.EVENT}
    assert not [o.id for o in REGISTER.obligations if o.merge_january]


def test_what_is_about_the_year_before_says_so() -> None:
    assert {o.id for o in REGISTER.obligations if o.about_previous} == {"1-5a", "1-5b", "5-4b", "6-5b"}


def test_a_list_that_must_stand_is_standing_in_kind_and_cadence() -> None:
    for key in ("2-1a", "2-1b", "2-5b", "2-5c", "5-5", "5-6a", "11-3a", "12-2a", "18-6b", "20-2a"):
        assert (BY_ID[key].kind, BY_ID[key].cadence) == (Kind.STANDING, Cadence.STANDING), key


def test_a_standing_list_is_not_proven_by_a_column_of_all_sorts() -> None:
    general = {"政策法规", "规范性文件", "规划计划", "公开目录"}
    for obligation in REGISTER.obligations:
        if obligation.kind is Kind.STANDING:
            columns = obligation.evidence.columns
            assert not [column for column in columns if column in general or is_catch_all(column)], obligation.id


def test_the_marks_on_repealed_originals_are_labels_by_where_the_original_stands() -> None:
    assert {o.id for o in REGISTER.obligations if o.kind is Kind.LABEL} == {"5-8c", "5-8d"}
    assert BY_ID["5-8c"].where == ()
    assert BY_ID["5-8d"].where == ("portal",)
    assert BY_ID["5-8c"].evidence == BY_ID["5-8d"].evidence


def test_required_parts_are_those_that_the_plan_names() -> None:
    assert BY_ID["13-2"].evidence.min_rows == 11
    assert BY_ID["21-5c"].evidence.min_count == 600
    assert BY_ID["5-6a"].evidence.fields == ("抽查依据", "抽查主体", "抽查内容", "抽查方式")
    assert BY_ID["3-u1b"].evidence.fields == ("完成投资", "开工", "投产")
    assert BY_ID["14-2c"].evidence.fields == ("积分标准", "积分结果", "学位安排")
    assert BY_ID["12-3a"].evidence.covers == ("百色", "河池")
    assert len(BY_ID["11-4a"].evidence.covers) == len(BY_ID["11-4b"].evidence.covers) == 4


def test_what_is_judged_automatically_can_be_recognised_and_found() -> None:
    for obligation in REGISTER.obligations:
        if obligation.check is CheckMode.AUTOMATIC:
            assert obligation.evidence.title, obligation.id
            assert [c for c in obligation.evidence.columns if not is_catch_all(c)], obligation.id


def test_only_what_is_periodic_or_stands_is_judged_without_a_person() -> None:
    judged = {o.kind for o in REGISTER.obligations if o.check is CheckMode.AUTOMATIC}
    assert judged == {Kind.PERIODIC, Kind.STANDING}


def test_nobody_is_accused_by_a_machine_where_the_right_portal_is_not_known() -> None:
    office = [o for o in REGISTER.obligations if o.lead == ("市编办",)]
    assert {o.kind for o in office} == {Kind.DUTY, Kind.EVENT, Kind.PLATFORM}
    assert CheckMode.AUTOMATIC not in {o.check for o in office}


def test_what_is_left_to_people_needs_no_evidence() -> None:
    assert not [o.id for o in REGISTER.obligations if o.check is CheckMode.MANUAL and o.evidence.title]


def test_every_place_is_a_known_site_or_channel() -> None:
    known = {site.id for site in SITES.sites} | set(words().channels)
    assert {name for o in REGISTER.obligations for name in o.where} <= known


def test_what_a_machine_looks_for_has_a_site_for_each_agency() -> None:
    for obligation in REGISTER.obligations:
        if obligation.check is not CheckMode.MANUAL:
            assert all(place.sites for place in sites_for(obligation, SITES)), obligation.id


def test_every_district_answers_for_its_own_measures_and_enrolment() -> None:
    districts = {site.id for site in SITES.sites if site.level is Level.DISTRICT}
    found = {site.id for place in sites_for(BY_ID["0-u1b"], SITES) for site in place.sites}
    assert found == districts == set(BY_ID["14-2c"].where) == set(BY_ID["14-2d"].where)
    assert len(sites_for(BY_ID["0-u1b"], SITES)) == len(districts) == 10


def test_no_site_is_called_verified_before_somebody_looked() -> None:
    assert {site.verified for site in SITES.sites} == {False}
    assert not [site.id for site in SITES.sites if site.columns]


@pytest.mark.parametrize(
    ("key", "lead"),
    [
        ("2-5a", ("市财政委",)),  # blank cell: the lead above
        ("2-10a", ("市地税局",)),  # blank after the page break
        ("4-u2", ("市改革发展委", "市财政委")),  # as the plan spells it there
        ("8-4b", ("市国税局",)),
        ("9-5", ("市科创委",)),
        ("11-1", ("市统计局", "经贸信息委")),
        ("12-4", ("市经贸信息委",)),
        ("16-2b", ("市发改委",)),
        ("17-2b", ("市规划国土委",)),
        ("21-4b", ("市政府办公厅",)),
    ],
)
def test_leads_are_those_of_the_table(key: str, lead: tuple[str, ...]) -> None:
    assert BY_ID[key].lead == lead


ACCEPTED = [
    ("0-u1b", "福田区2017年政务公开工作要点分工方案"),
    ("1-2a", "深圳市2017年5月一般公共预算收支情况"),
    ("1-2a", "2017年1－7月深圳市财政收支情况"),
    ("1-2a", "上半年全市公共财政预算执行情况分析"),
    ("1-2a", "2017年9月我市一般公共预算收入完成情况"),
    ("1-4b", "深圳市2017年1-6月主要经济指标"),
    ("1-5a", "关于深圳市2016年度本级预算执行和其他财政收支的审计工作报告"),
    ("1-5a", "深圳市2016年度绩效审计工作报告"),
    ("1-5b", "深圳市2016年度审计查出问题整改情况报告"),
    ("1-5c", "2017年第三季度重大政策措施落实情况跟踪审计结果"),
    ("2-1a", "深圳市政府定价的涉企经营服务性收费目录清单"),
    ("2-1a", "深圳市涉企收费目录清单（2017年版）"),
    ("2-1b", "深圳市行政审批中介服务收费目录清单"),
    ("2-2a", "2017年第三季度新进入电力市场的售电公司名单"),
    ("2-2a", "关于公布2017年电力大用户准入名单（第二季度）的通知"),
    ("2-2b", "2017年上半年深圳市电力用户参与市场交易结果"),
    ("2-3", "深圳市2017年第二季度社会保险参保缴费情况"),
    ("2-3", "2017年1-9月社保基金运行情况"),
    ("2-5b", "深圳市行政事业性收费目录清单（2017年）"),
    ("2-5c", "深圳市政府性基金目录清单"),
    ("3-u1a", "深圳市2017年重大项目计划"),
    ("3-u1a", "2017年深圳市重大建设项目名单"),
    ("3-u1b", "深圳市2017年1-5月重大项目建设进展情况"),
    ("3-u1b", "8月份全市重大项目投资完成情况"),
    ("5-1c", "深圳市行政审批服务事项通用目录（2017年版）"),
    ("5-4c", "市人力资源保障局2017年度重大行政决策听证事项目录"),
    ("5-5", "深圳市商事登记后置审批事项目录"),
    ("5-6a", "市场和质量监管委随机抽查事项清单"),
    ("5-8c", "深圳市人民政府关于废止部分规范性文件的决定"),
    ("5-8d", "关于宣布一批市政府规范性文件失效的通知"),
    ("5-8d", "市政府规范性文件清理结果公告"),
    ("6-5b", "市属企业负责人2016年度薪酬情况"),
    ("9-1a", "深圳市战略性新兴产业发展“十三五”规划"),
    ("11-3a", "深圳市市长质量奖申报指南"),
    ("12-2a", "相对贫困村、贫困户认定标准和程序"),
    ("13-1b", "2017年第二季度深圳市环境质量状况"),
    ("13-1b", "2017年6月深圳市环境空气质量状况"),
    ("13-1b", "2016年度深圳市环境状况公报"),
    ("13-2", "2017年8月深圳市集中式生活饮用水水源水质状况"),
    ("13-2", "深圳市主要饮用水水源水质月报（10月）"),
    ("13-2", "6月份饮用水水库水质监测信息"),
    ("13-5", "深圳市建成区黑臭水体治理进展"),
    ("14-4a", "2017年第一季度改善医疗服务行动计划落实情况"),
    ("14-6a", "2017年7月深圳市法定传染病疫情概况"),
    ("14-6a", "深圳市11月份法定报告传染病情况"),
    ("14-6b", "第三季度突发公共卫生事件信息"),
    ("17-1b", "2017年6月19日深圳市一手房成交信息"),
    ("17-1b", "10月8日全市二手房成交数据"),
    ("17-3a", "深圳市2017年住房保障工作目标任务"),
    ("17-3b", "深圳市2017年度保障性安居工程建设计划"),
    ("18-4b", "关于公开征求安全生产“黑名单”信息管理办法意见的公告"),
    ("18-4b", "安全生产不良记录“黑名单”管理办法（送审稿）公开征求意见"),
    ("18-4c", "深圳市安全生产不良记录“黑名单”信息管理暂行办法"),
    ("18-4e", "2017年第三季度安全生产“黑名单”企业公告"),
    ("18-5", "“5·11”较大坍塌事故调查报告"),
    ("18-6b", "危险化学品经营许可证发放结果"),
    ("20-2a", "一图读懂深圳人才新政"),
]
TURNED_DOWN = [
    ("0-u1b", "国务院办公厅关于印发2017年政务公开工作要点的通知"),
    ("1-2a", "深圳市2016年预算执行情况和2017年预算草案"),
    ("1-2a", "图解：5月财政收支情况"),
    ("1-2a", "市财政委2017年部门预算"),
    ("1-2a", "2016年财政收支决算"),
    ("1-2a", "社会保险基金预算执行情况"),
    ("1-5a", "2016年度预算执行审计查出问题整改情况"),
    ("1-5a", "国务院关于2016年度中央预算执行和其他财政收支的审计工作报告"),
    ("1-5b", "审计整改工作会议召开"),
    ("1-5c", "重大政策措施落实跟踪审计工作方案"),
    ("2-1a", "深圳市涉企行政事业性收费目录清单"),
    ("2-1b", "中介服务收费目录清单政策解读"),
    ("2-2a", "6月电力交易结果"),
    ("2-3", "关于2017年社保缴费基数的通知"),
    ("2-3", "养老保险待遇发放政策解读"),
    ("2-5b", "经营服务性收费目录清单"),
    ("2-5c", "2017年政府性基金预算支出目录"),
    ("3-u1a", "深圳市2017年1-5月重大项目计划进展情况"),
    ("3-u1a", "关于组织申报2018年重大项目计划的通知"),
    ("3-u1a", "重大科技项目立项清单"),
    ("3-u1b", "深圳市2017年重大项目名单"),
    ("3-u1b", "重大项目建设推进会议召开"),
    ("5-4c", "自来水价格调整听证会公告"),
    ("5-5", "商事登记前置审批事项目录"),
    ("5-6a", "6月随机抽查结果公示"),
    ("5-8d", "【已废止】关于失效文件管理办法的通知"),
    ("5-8d", "关于废止部分文件公开征求意见的公告"),
    ("5-8d", "规范性文件清理工作方案"),
    ("5-8c", "关于公章遗失声明失效的公告"),
    ("9-1a", "战略性新兴产业发展规划解读"),
    ("9-1a", "广东省战略性新兴产业发展“十三五”规划"),
    ("11-3a", "第十三届市长质量奖评审结果公示"),
    ("12-2a", "领导慰问贫困户并了解认定情况"),
    ("13-1b", "深圳市环境质量提升行动方案"),
    ("13-1b", "空气质量预报情况"),
    ("13-1b", "2017年8月集中式饮用水水源水质状况"),
    ("13-2", "5月近岸海域水质状况"),
    ("13-2", "8月主要河流断面水质月报"),
    ("13-2", "饮用水水源保护区调整方案（水质部分）"),
    ("13-2", "管网末梢水水质检测结果"),
    ("14-4a", "改善医疗服务行动计划解读"),
    ("14-6a", "传染病防治知识问答及疫情信息"),
    ("14-6a", "突发公共卫生事件应急预案"),
    ("17-1b", "关于加强商品房销售管理的通知"),
    ("17-1b", "商品房预售许可公示"),
    ("17-1b", "房地产中介交易秩序专项整治情况"),
    ("17-3a", "2017年住房保障目标任务完成情况"),
    ("17-3b", "保障性安居工程计划实施情况"),
    ("17-3b", "深圳市住房建设五年计划"),
    ("18-4b", "食品药品“黑名单”管理办法征求意见"),
    ("18-4c", "安全生产“黑名单”管理办法（征求意见稿）"),
    ("18-4c", "安全生产“黑名单”管理办法解读"),
    ("18-4e", "安全生产“黑名单”管理办法"),
    ("18-5", "一般高处坠落事故调查报告"),
]


@pytest.mark.parametrize(("key", "title"), ACCEPTED)
def test_evidence_takes_titles_as_portals_write_them(key: str, title: str) -> None:
    assert fits(BY_ID[key], title)


@pytest.mark.parametrize(("key", "title"), TURNED_DOWN)
def test_evidence_turns_near_misses_down(key: str, title: str) -> None:
    assert not fits(BY_ID[key], title)


def test_every_automatic_obligation_has_a_title_of_its_own_in_the_table() -> None:
    automatic = {o.id for o in REGISTER.obligations if o.check is CheckMode.AUTOMATIC}
    assert automatic <= {key for key, _ in ACCEPTED}


needs_seed = pytest.mark.skipif(not SEED.is_file(), reason="the plan itself is not here")


@needs_seed
def test_the_leads_are_the_cells_of_the_plan_and_those_of_its_notice() -> None:
    lines = {line.strip() for line in SEED.read_text(encoding="utf-8").splitlines()}
    cells = {line for line in lines if re.fullmatch(r"市[^。;0-9]{1,14}[局办委厅]|各区、各部门|罗湖区政府", line)}
    joint = cells & {"市改革发展委、市财政委", "市统计局、经贸信息委"}
    single = {name for cell in cells for name in (cell.split("、") if cell in joint else [cell])}
    assert {lead for o in REGISTER.obligations for lead in o.lead} == single | {"各区"}


@needs_seed
@pytest.mark.parametrize("file", [REGISTER_FILE, SITES_FILE], ids=["register", "sites"])
def test_no_sentence_of_the_plan_is_copied(file: Path) -> None:
    plan = "".join(SEED.read_text(encoding="utf-8").split())
    text = file.read_text(encoding="utf-8").replace(REGISTER.plan.title, "")  # the title names the document
    lines = ["".join(line.split()) for line in text.splitlines()]
    copied = [line for line in lines if any(line[i : i + 20] in plan for i in range(len(line) - 19))]
    assert copied == []
