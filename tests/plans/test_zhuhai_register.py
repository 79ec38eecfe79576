"""Zhuhai's register, against what was counted and read by hand in the plan."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from plans.lint import lint_file
from plans.load import load_register, load_sites
from plans.register import Cadence, CheckMode, Kind, Obligation, Vague
from plans.words import words

PLANS = Path(__file__).parents[2] / "plans"
REGISTER_FILE = PLANS / "registers" / "zhuhai-2017.yaml"
SITES_FILE = PLANS / "sites" / "zhuhai.yaml"
SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "000_15bed63ae210418c.txt"

REGISTER = load_register(REGISTER_FILE)
SITES = load_sites(SITES_FILE)
BY_ID = {obligation.id: obligation for obligation in REGISTER.obligations}

# Counted in the document: section -> numbered measures, cells that have text but no number. The numbers are those of
# the column 具体措施 over all leads; a heading that comes again after a page break goes on with its section's numbers.
COUNTED = {
    "一": (4, 1),  # 发改 1, 人社 2, 财政 3, 统计 4; 审计 without a number
    "二": (11, 0),  # 发改 1, 科工信 2, 人社 3, 财政 4, 国土 5, 住规建 6, 国税 7, 地税 8-11
    "三": (2, 0),  # 发改 1, 政务服务 2
    "四": (4, 0),  # 发改 1-3, 财政 4
    "五": (10, 0),  # 编办 1-3, 人社 4, 工商 5-6, all 7-8, 法制 9, 政务服务 10
    "六": (4, 0),  # 财政 1, 国资 2-4
    "七": (4, 0),  # 海洋农业水务 1-3, 发改 4
    "八": (4, 0),  # 财政 1, 国税 2, 地税 3-4
    "九": (1, 1),  # 发改 1; 科工信 without a number
    "十": (3, 0),  # 科工信 1, 财政 2, 国资 3
    "十一": (6, 0),  # 质监 1-3, 工商 4-6
    "十二": (10, 0),  # 扶贫 1-6, 民政 7-10
    "十三": (6, 0),  # 环保 1-5, 海洋农业水务 6
    "十四": (6, 0),  # 教育 1-2, 卫计 3-6
    "十五": (3, 0),  # 食药监 1-3
    "十六": (3, 1),  # 金融 1-2, 财政 3; 国资 without a number
    "十七": (5, 0),  # 登记中心 1, 住规建 2-3, 国土 4-5
    "十八": (6, 0),  # 安监 1-6
    "十九": (3, 0),  # 府办 1-3
    "二十": (4, 0),  # all 1-4
    "二十一": (6, 0),  # all 1-2, 府办 3-5, 科工信 6
    "二十二": (0, 1),  # all; two paragraphs without numbers in one cell
}
NUMERALS = list(COUNTED)

# Everything in the plan that states a period or a limit: id -> cadence and due rule.
EACH_25TH = {"day": 25, "of": "next_period"}
STATED = {
    "1-3": ("monthly", None),  # 按月
    "1-4a": ("monthly", EACH_25TH),  # 每月25日前, about the month before
    "1-4b": ("monthly", EACH_25TH),  # the same sentence
    "1-4c": ("quarterly", None),  # 每季度
    "1-4d": ("once", {"date": "2017-12-31"}),  # 年底前
    "1-4e": ("monthly", None),  # 每月
    "2-3b": ("yearly", None),  # 每年
    "3-1": ("monthly", None),  # 每月
    "5-8b": ("on_event", {"working_days": 10, "after": "repeal"}),
    "6-1d": ("yearly", None),  # 年度薪酬
    "6-4b": ("yearly", None),  # 年度薪酬
    "13-2a": ("realtime", None),  # 实时数据
    "13-2c": ("realtime", None),  # 实况
    "13-3": ("monthly", None),  # 每月
    "13-5": ("realtime", None),  # 实时发布
    "17-1": ("monthly", None),  # 每月定期: the stated period beats the vague word
    "21-3b": ("monthly", None),  # 每月抽查
    "21-3c": ("yearly", None),  # 年终考评
}
RECURRING = {"realtime", "daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"}
REGULARLY = {"2-3a", "4-2a", "13-4a", "13-4b", "14-4a", "14-6"}  # 定期, but for 17-1
AS_APPROPRIATE = {"1-u1a", "1-u1b", "1-u1c", "2-9a", "2-9b", "14-1a", "14-1b", "14-1c", "14-1d"}  # 适时, 有序


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


def test_there_are_109_measures_in_22_sections() -> None:
    assert len({o.measure for o in REGISTER.obligations}) == sum(map(sum, COUNTED.values())) == 109
    assert list(dict.fromkeys(map(section_of, REGISTER.obligations))) == NUMERALS


def test_an_id_names_its_section_and_item() -> None:
    for obligation in REGISTER.obligations:
        numeral, item = obligation.measure.split("/")
        assert re.fullmatch(rf"{NUMERALS.index(numeral) + 1}-{item}[a-z]?", obligation.id), obligation.id


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


@pytest.mark.parametrize("key", ["4-1b", "4-2b", "9-u1c", "12-7a", "19-1b", "21-3a"])
def test_words_that_only_sound_like_a_cadence_give_none(key: str) -> None:
    assert BY_ID[key].cadence in (None, Cadence.ON_EVENT)


def test_official_statistics_alone_merge_january_with_february() -> None:
    assert {o.id for o in REGISTER.obligations if o.merge_january} == {"1-4a", "1-4b"}


def test_a_list_that_must_stand_is_standing_in_kind_and_cadence() -> None:
    for key in ("2-1a", "2-1b", "2-1c", "2-4d", "5-1", "5-3", "5-5a", "5-5b", "5-6a", "5-8a", "12-10a", "18-6b"):
        assert (BY_ID[key].kind, BY_ID[key].cadence) == (Kind.STANDING, Cadence.STANDING), key


def test_a_standing_list_is_not_proven_by_a_column_of_all_sorts() -> None:
    general = {"通知公告", "公示公告", "政策文件", "政策法规", "规范性文件", "工作动态", "规划计划", "公开目录"}
    standing = [o for o in REGISTER.obligations if o.kind is Kind.STANDING]
    assert not [o.id for o in standing if general & set(o.evidence.columns)]


def test_the_mark_on_repealed_originals_is_a_label() -> None:
    assert BY_ID["5-8b"].kind is Kind.LABEL
    assert BY_ID["5-8b"].evidence.columns


def test_required_parts_are_those_that_the_plan_names() -> None:
    assert BY_ID["1-3"].evidence.covers == ("全市", "香洲区", "金湾区", "斗门区")
    assert BY_ID["5-6a"].evidence.fields == ("抽查依据", "抽查主体", "抽查内容", "抽查方式")
    assert BY_ID["13-2a"].evidence.min_rows == 7


def test_what_is_judged_automatically_can_be_recognised_and_found() -> None:
    for obligation in REGISTER.obligations:
        if obligation.check is CheckMode.AUTOMATIC:
            assert obligation.evidence.title, obligation.id
            assert obligation.evidence.columns, obligation.id


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


ACCEPTED = [
    ("1-3", "珠海市2017年5月份一般公共预算收支完成情况"),
    ("1-3", "2017年1－5月全市财政收支简况"),
    ("1-3", "二季度我市财政预算执行情况分析"),
    ("1-3", "2017年上半年公共财政预算收入情况"),
    ("1-3", "全市及各区财政收入完成情况表（2017年7月）"),
    ("1-4a", "2017年1-8月珠海市主要经济指标"),
    ("1-4a", "3月全市重要指标数据"),
    ("1-4a", "珠海市国民经济主要统计指标（2017年10月）"),
    ("1-4a", "2017年4月统计月报"),
    ("1-4b", "2017年1-8月全市经济运行简况"),
    ("1-4b", "前三季度珠海经济运行情况"),
    ("1-4b", "7月份居民消费价格数据解读"),
    ("1-u1a", "关于珠海市2016年度市级预算执行和其他财政收支的审计工作报告"),
    ("1-u1b", "关于2016年度审计查出问题整改情况的报告"),
    ("1-u1c", "2016年社保基金预算执行审计结果"),
    ("2-1a", "珠海市涉企行政事业性收费目录清单（2017版）"),
    ("2-1b", "市级政府定价的经营服务性收费目录"),
    ("2-1c", "行政审批前置服务收费目录清单"),
    ("2-3a", "2017年第三季度社会保险参保情况"),
    ("2-3a", "1-6月社保基金运行情况"),
    ("2-3b", "2016年度珠海市社会保险情况通告"),
    ("2-4d", "珠海市政府性基金目录清单"),
    ("3-1", "珠海市2017年重点建设项目1-9月进展情况"),
    ("3-1", "5月份市重点项目建设进度表"),
    ("3-1", "2017年1—10月重大项目投资完成情况"),
    ("5-1", "珠海市直部门权力和责任清单"),
    ("5-3", "行政审批受理条件中介服务事项清单"),
    ("5-5a", "珠海市商事登记前置、后置审批事项目录"),
    ("5-5b", "珠海市商事登记前置、后置审批事项目录"),
    ("5-6a", "随机抽查事项清单（工商）"),
    ("5-8b", "关于宣布一批市政府文件失效的决定"),
    ("5-8b", "关于废止部分政府规章的决定"),
    ("5-8b", "规范性文件清理结果公告"),
    ("13-3", "2017年11月珠海市集中式生活饮用水水源水质状况"),
    ("13-3", "珠海市集中式饮用水水源地水质监测信息（2017年第4期）"),
    ("13-3", "6月份饮用水水源及地表水水质情况"),
    ("13-3", "2017年2月水质监测月报"),
    ("13-4b", "2017年第二季度国控企业监督性监测结果"),
    ("13-4b", "重点排污单位三季度废水监测数据"),
    ("13-6a", "珠海市全面推行河长制工作方案"),
    ("13-6b", "市级总河长、河长名单公告"),
    ("14-2a", "2017年义务教育阶段学校招生工作意见"),
    ("14-6", "8月法定报告传染病疫情概况"),
    ("15-1i", "食品药品安全“黑名单 ”信息公告"),
    ("15-3b", "重大行政处罚案件法制审核办法"),
    ("17-1", "2017年9月商品房成交情况"),
    ("17-1", "珠海市12月存量房（二手房）交易数据"),
    ("17-1", "房地产市场运行情况（2017年1-11月）"),
    ("17-4a", "珠海市2017年度国有建设用地供应计划"),
    ("18-4", "第二批安全生产失信联合惩戒“黑名单”企业"),
    ("18-5a", "“3·12”较大坍塌事故调查报告"),
    ("19-3", "对市人大九届一次会议第20170012号建议的答复"),
]
TURNED_DOWN = [
    ("1-3", "关于2016年预算执行情况与2017年预算草案的报告"),
    ("1-3", "一图看懂5月财政收支情况图解"),
    ("1-3", "市财政局2017年部门预算"),
    ("1-3", "2017年1-6月三公经费预算执行情况"),
    ("1-3", "2016年财政收支决算"),
    ("1-3", "社会保险基金预算执行情况"),
    ("1-3", "财政专项资金申报指南"),
    ("1-4a", "5月主要指标数据解读"),
    ("1-4a", "主要统计指标解释"),
    ("1-4a", "2016年珠海市国民经济和社会发展统计公报"),
    ("1-4a", "2017年1-8月全市经济运行简况"),
    ("1-4b", "统计执法检查办法解读"),
    ("1-4b", "第三次农业普查数据解读"),
    ("1-u1a", "2016年度预算执行审计查出问题整改情况"),
    ("1-u1b", "审计整改工作会议召开"),
    ("2-3a", "关于2017社保年度缴费基数的通知"),
    ("2-3a", "养老保险待遇发放政策解读"),
    ("2-4d", "2017年政府性基金预算支出目录"),
    ("3-1", "珠海市2017年重点建设项目名单"),
    ("3-1", "关于下达2017年重点建设项目计划的通知"),
    ("3-1", "重点项目建设推进情况专题会议召开"),
    ("5-3", "网上中介服务机构名单"),
    ("5-6a", "5月随机抽查结果公示"),
    ("5-8b", "【已废止】关于失效文件管理办法的通知"),
    ("5-8b", "关于废止部分文件公开征求意见的公告"),
    ("5-8b", "规范性文件清理工作方案"),
    ("13-3", "5月近岸海域水质状况"),
    ("13-3", "11月主要河流断面水质月报"),
    ("13-3", "饮用水水源保护区划分方案"),
    ("13-3", "管网末梢水水质检测结果"),
    ("13-4b", "2017年重点排污单位名录"),
    ("13-6b", "河长名单政策解读"),
    ("14-2a", "2017年硕士研究生招生简章和方案"),
    ("14-6", "突发公共卫生事件应急预案"),
    ("15-1i", "食品药品“黑名单”管理办法"),
    ("17-1", "关于加强商品房销售管理的通知"),
    ("17-1", "房地产市场秩序专项整治工作方案"),
    ("17-1", "商品房预售许可公示"),
    ("17-4a", "国有建设用地使用权出让公告"),
    ("18-5a", "一般高处坠落事故调查报告"),
]


@pytest.mark.parametrize(("key", "title"), ACCEPTED)
def test_evidence_takes_titles_as_portals_write_them(key: str, title: str) -> None:
    assert fits(BY_ID[key], title)


@pytest.mark.parametrize(("key", "title"), TURNED_DOWN)
def test_evidence_turns_near_misses_down(key: str, title: str) -> None:
    assert not fits(BY_ID[key], title)


needs_seed = pytest.mark.skipif(not SEED.is_file(), reason="the plan itself is not here")


@needs_seed
def test_every_lead_is_a_cell_of_the_plan() -> None:
    cells = {line.strip() for line in SEED.read_text(encoding="utf-8").splitlines()}
    assert {lead for o in REGISTER.obligations for lead in o.lead} <= cells


@needs_seed
def test_every_lead_of_the_plan_has_an_obligation() -> None:
    lines = [line.strip() for line in SEED.read_text(encoding="utf-8").splitlines()]
    cells = {line for line in lines if re.fullmatch(r"市\S{1,9}[局办委心]|各区（功能区）、各部门", line)}
    assert cells == {lead for o in REGISTER.obligations for lead in o.lead}


@needs_seed
@pytest.mark.parametrize("file", [REGISTER_FILE, SITES_FILE], ids=["register", "sites"])
def test_no_sentence_of_the_plan_is_copied(file: Path) -> None:
    plan = "".join(SEED.read_text(encoding="utf-8").split())
    text = file.read_text(encoding="utf-8").replace(REGISTER.plan.title, "")  # the title names the document
    lines = ["".join(line.split()) for line in text.splitlines()]
    copied = [line for line in lines if any(line[i : i + 20] in plan for i in range(len(line) - 19))]
    assert copied == []
