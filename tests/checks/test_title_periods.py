"""Which periods does a title speak of? Forms one by one, 287 real titles, and what holds for any text."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.periods import Period, PeriodKind, read_periods

STEADY = settings(derandomize=True, deadline=None, max_examples=200)
LABELLED = Path(__file__).with_name("titles_labelled.tsv")


def told(title, published=None):
    """The periods as one text, with "sum" behind those since January."""
    read = read_periods(title, dt.date.fromisoformat(published) if published else None)
    return " ".join(map(str, read.periods)) + (" sum" if read.cumulative else "")


def labelled():
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", labelled(), ids=lambda row: row["title"][:24])
def test_real_titles(row):
    published = row["published"] if len(row["published"]) == 10 else None  # some dates tell the month alone
    expected = row["periods"] + (" sum" if row["cumulative"] else "")
    assert told(row["title"], published) == expected


MONTHS = [
    ("2017年5月情况", "2017-05"),
    ("2017年05月情况", "2017-05"),
    ("2017 年 5 月", "2017-05"),
    ("２０１７年５月", "2017-05"),
    ("2017年第5月份", "2017-05"),
    ("2025.5月三公经费", "2025-05"),
    ("水质月报（2017-05）", "2017-05"),
    ("17年5月", "2017-05"),
    ("二〇一七年五月", "2017-05"),
    ("二○一七年十二月份", "2017-12"),
    ("二零一七年元月份", "2017-01"),
    ("2017五月", "2017-05"),
    ("5月（2017年）", "2017-05"),
    ("2022年度检查结果（10月）", "2022-10"),
    ("2017年5月末存款余额", "2017-05"),
    ("2017年5月起重机械检查", "2017-05"),
    ("2017年6月安全生产月", "2017-06"),
    ("2017年5月（总第65期）", "2017-05"),
    ("2017年第5期（5月）", "2017-05"),
    ("平潭2017年6月…", "2017-06"),
    ("2017年12月及全年", "2017 2017-12"),
    ("2017年全年及12月份进出口情况", "2017 2017-12"),
]
SEVERAL_MONTHS = [
    ("2017年4-5月", "2017-04 2017-05"),
    ("2017年4、5月份", "2017-04 2017-05"),
    ("2017年五、六月份", "2017-05 2017-06"),
    ("2017年3月、4月和5月", "2017-03 2017-04 2017-05"),
    ("2017年4-6月", "2017-04 2017-05 2017-06"),
    ("2016年11月-2017年1月", "2016-11 2016-12 2017-01"),
    ("2016年11月至次年1月", "2016-11 2016-12 2017-01"),
    ("11月-2017年1月", "2016-11 2016-12 2017-01"),
    ("2016年12月至2017年2月、3月", "2016-12 2017-01 2017-02 2017-03"),
    ("（2016.11-2017.1）", "2016-11 2016-12 2017-01"),
    ("2017年4月1日至5月31日", "2017-04 2017-05"),
    ("2016年1月-2017年12月", ""),  # longer than a year: a span, no instalment
]
SUMS = [
    ("2017年1-5月", "2017-05 sum"),
    ("2017年1—5月份", "2017-05 sum"),
    ("2017年1--5月份", "2017-05 sum"),
    ("2017年1－5月", "2017-05 sum"),
    ("2017年1～5月", "2017-05 sum"),
    ("2017年1至5月", "2017-05 sum"),
    ("2017年1一5月", "2017-05 sum"),  # the dash typed as a numeral
    ("2017年一至五月份", "2017-05 sum"),
    ("2017年1月至5月", "2017-05 sum"),
    ("2017年1月-2017年5月", "2017-05 sum"),
    ("2017年1月1日至5月31日", "2017-05 sum"),
    ("2017年前5个月", "2017-05 sum"),
    ("2017年前五个月", "2017-05 sum"),
    ("截至2017年5月底", "2017-05 sum"),
    ("2017年截止5月底", "2017-05 sum"),
    ("截至2017年6月30日", "2017-06 sum"),
    ("2017年1-12月", "2017-12 sum"),
    ("2017年1-1月", "2017-01 sum"),
    ("2017年1-2月", "2017-01 2017-02 sum"),
    ("2017年前两个月", "2017-01 2017-02 sum"),
    ("2017年前三季度", "2017-Q3 sum"),
    ("2017前三季度", "2017-Q3 sum"),
    ("2017年1-3季度", "2017-Q3 sum"),
    ("2017年第一至三季度", "2017-Q3 sum"),
    ("2017年Q1-Q3", "2017-Q3 sum"),
]
SINGLE_AND_SUM = [
    ("2017年8月及1-8月", "2017-08"),
    ("2017年1-8月及8月", "2017-08"),
    ("2017年8月及2017年1-8月", "2017-08"),
    ("2017年2月及1-2月", "2017-02"),
]
QUARTERS_TO_YEARS = [
    ("2017年一季度", "2017-Q1"),
    ("2017年第1季度", "2017-Q1"),
    ("2017年度第四季度", "2017-Q4"),
    ("2017年Q2", "2017-Q2"),
    ("2017年三季报", "2017-Q3"),
    ("2017年一、二季度", "2017-Q1 2017-Q2"),
    ("2017年三季度和四季度", "2017-Q3 2017-Q4"),
    ("2016年四季度至2017年一季度", "2016-Q4 2017-Q1"),
    ("2017年上半年", "2017-H1"),
    ("2017年下半年", "2017-H2"),
    ("2017年半年度报告", "2017-H1"),
    ("2016年度部门决算", "2016"),
    ("2016年全年情况", "2016"),
    ("2017年工作要点", "2017"),
    ("目录（2017）", "2017"),
    ("2017年度考核结果（第一批）", "2017"),
    ("2016年预算执行情况和2017年预算草案的报告", "2016 2017"),
    ("2015年决算及2016年上半年预算执行情况的报告", "2015 2016-H1"),
    ("2016年预算执行情况（在第十三届人大第二次会议上）", "2016"),
    ("2017年收入首次突破百亿", "2017"),
    ("2017年起重机械检查", "2017"),
    ("2017年上半年完成全年任务", "2017-H1"),
]
DAYS_AND_WEEKS = [
    ("2017年6月1日", "2017-06-01"),
    ("2017-06-01", "2017-06-01"),
    ("2017/6/1", "2017-06-01"),
    ("20170601空气日报", "2017-06-01"),
    ("停电公告2018年06月28日", "2018-06-28"),
    ("2018年 5月28日 热线", "2018-05-28"),
    ("二〇一七年十一月三十日", "2017-11-30"),
    ("截至2017年6月15日", "2017-06-15"),
    ("2017年第23周", "2017-W23"),
    ("2017年第二十三周（6月5日-6月11日）", "2017-W23"),
    ("2017年6月5日-6月11日", "2017-W23"),
    ("2017年6月5日（周一）至11日", "2017-W23"),
    ("2017年6月2日-8日", "2017-W23"),  # seven days from a Friday: four of them lie in week 23
    ("2017年6月5日-9日", "2017-W23"),  # Monday to Friday
    ("（2017.6.5-6.11）", "2017-W23"),
    ("2016年12月26日-2017年1月1日", "2016-W52"),
    ("2017年6月1日-3日", ""),
    ("2017年6月1日-30日", "2017-06"),
]
NO_PERIOD = [
    "第3期",
    "2017年第二批",
    "首批",
    "（2024年第17期）",
    "2017年抽检公告（第3期）",
    "2017年第1-5批",
    "粤府〔2017〕65号",
    "国办发[2017]5号",
    "(2018)粤01民初123号",
    "2017年第41号令",
    "济大气办发【2019】1…",
    "第20180012号提案",
    "2016—2020年规划",
    "2016-2020规划",
    "2016-2017学年",
    "2018/2019年榨季",
    "十三五规划",
    "请于2017年6月30日前报送",
    "截止到2017年6月30日",
    "报名截止时间为2017年6月30日",
    "2017年6月底前",
    "2020年前建成",
    "自2017年6月1日起施行",
    "2017年6月1日起至6月30日止",
    "2017年以来",
    "每年5月",
    "较2016年5月增长",
    "2017年5月上旬",
    "2017年5月第2周",
    "办法（2017年修订）",
    "2017年13月",
    "2017年2月30日",
    "成立30周年",
    "平潭2017年1-…",
    "平潭2017年...",
    "平潭2017年6月1...",
    "公告",
    "",
]


@pytest.mark.parametrize(
    ("title", "expected"),
    MONTHS + SEVERAL_MONTHS + SUMS + SINGLE_AND_SUM + QUARTERS_TO_YEARS + DAYS_AND_WEEKS + [(t, "") for t in NO_PERIOD],
)
def test_forms(title, expected):
    assert told(title) == expected


@pytest.mark.parametrize(
    ("title", "published", "expected"),
    [
        ("5月份", "2017-06-01", "2017-05"),
        ("5月份", "2017-05-31", "2016-05"),  # May had not ended before that day
        ("5月份", "2018-04-30", "2017-05"),
        ("12月", "2017-01-01", "2016-12"),
        ("1-7月", "2017-08-01", "2017-07 sum"),
        ("1-2月", "2017-03-14", "2017-01 2017-02 sum"),
        ("前5个月", "2017-06-25", "2017-05 sum"),
        ("11-1月", "2017-02-03", "2016-11 2016-12 2017-01"),
        ("四季度", "2018-01-10", "2017-Q4"),
        ("上半年", "2017-07-01", "2017-H1"),
        ("上半年", "2017-06-30", "2016-H1"),
        ("全年", "2018-01-20", "2017"),
        ("上年度", "2018-01-20", "2017"),
        ("今年5月", "2017-05-20", "2017-05"),
        ("去年12月份", "2017-01-20", "2016-12"),
        ("第23周", "2017-06-12", "2017-W23"),
        ("第23周", "2017-06-09", "2017-W23"),  # on the week's Friday
        ("第1周", "2019-12-31", "2020-W01"),
        ("6月1日空气", "2017-06-02", "2017-06-01"),
        ("6月1日空气", "2017-06-01", "2017-06-01"),
        ("6月28日停电", "2018-06-26", "2018-06-28"),  # told beforehand
        ("12月31日空气", "2018-01-01", "2017-12-31"),
        ("2月29日空气", "2017-03-01", "2016-02-29"),
        ("PM2.5月均", "2017-06-01", ""),
        ("PM2.5浓度5月均值", "2017-06-01", "2017-05"),
        ("统一月报制度", "2017-06-01", ""),
        ("5月份", None, ""),
        ("今年5月", None, ""),
        ("2017年3月和5月", "2019-06-01", "2017-03 2017-05"),
    ],
)
def test_a_year_that_is_not_told_comes_from_the_publish_date(title, published, expected):
    assert told(title, published) == expected


def test_the_reader_learns_what_was_assumed_and_from_which_words():
    read = read_periods("关于5月份及第二季度情况", dt.date(2017, 7, 20))
    assert (read.assumed_year, read.spans) == (True, ("第2季度", "5月份"))
    read = read_periods("2017年5月", dt.date(2019, 1, 1))
    assert (read.assumed_year, read.spans) == (False, ("2017年5月",))


def test_a_single_month_with_its_sum_is_no_sum_but_says_so():
    assert read_periods("2017年8月及1-8月").with_sums
    assert not read_periods("2017年8月").with_sums
    assert not read_periods("2017年1-8月").with_sums


# --- what holds for any text ------------------------------------------------------------------------------------

SIGNS = st.sampled_from(
    [*"0123456789一二十年月日季度周期批次第前至-—~、.（）〔〕 号\0…", "2017年", "上半年", "截至", "2017", "1-5月"]
)
ANY_TEXT = st.one_of(st.text(max_size=80), st.lists(SIGNS, max_size=40).map("".join))
ANY_DAY = st.one_of(st.none(), st.dates())
YEARS = st.integers(1990, 2060)
NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
ORDINARY = st.sampled_from(
    ["", " ", "：", "关于", "珠海市", "全市一般公共预算", "情况的通报", "（全市）", "《", "》的通知", "主要指标"]
)


@STEADY
@given(title=ANY_TEXT, published=ANY_DAY)
def test_any_text_is_read_without_an_error(title, published):
    read = read_periods(title, published)
    assert len(read.periods) == len(read.spans) == len(set(read.periods))
    assert list(read.periods) == sorted(read.periods, key=lambda p: (p.first_day, p.last_day))
    assert read.periods or not (read.cumulative or read.assumed_year or read.with_sums)


def written(period):
    """Every way in which a period is written out, with its year."""
    year, number = period.year, period.number
    match period.kind:
        case PeriodKind.MONTH:
            months = [f"{number}月", f"{number:02}月", f"{number}月份", f" {number} 月", f"第{number}月份"]
            forms = [f"{year}年{month}" for month in [*months, f"{NUMERALS[number - 1]}月份"]]
            return [*forms, f"{year}.{number}月", f"{year}-{number:02}"]
        case PeriodKind.QUARTER:
            forms = [f"{number}季度", f"第{number}季度", f"{NUMERALS[number - 1]}季度", f"第{NUMERALS[number - 1]}季度"]
            return [f"{year}年{form}" for form in forms]
        case PeriodKind.HALF:
            return [f"{year}年{'上下'[number - 1]}半年", f"{year}年度{'上下'[number - 1]}半年"]
        case PeriodKind.YEAR:
            return [f"{year}年", f"{year}年度", f"{year} 年", f"{year}年全年"]
        case PeriodKind.WEEK:
            first, last = period.first_day, period.last_day
            span = f"{first.year}年{first.month}月{first.day}日-{last.year}年{last.month}月{last.day}日"
            return [f"{year}年第{number}周", span]
        case PeriodKind.DAY:
            day = period.first_day
            return [f"{day:%Y年%m月%d日}", f"{day.year}年{day.month}月{day.day}日", f"{day}", f"{day:%Y%m%d}"]


PERIODS = st.builds(Period.of, st.sampled_from(list(PeriodKind)), st.dates(dt.date(2001, 1, 1), dt.date(2060, 12, 1)))


@STEADY
@given(period=PERIODS, pick=st.integers(0, 20), before=ORDINARY, after=ORDINARY, published=ANY_DAY)
def test_a_written_period_is_read_back_among_ordinary_words(period, pick, before, after, published):
    forms = written(period)
    title = before + forms[pick % len(forms)] + after
    read = read_periods(title, published)
    assert (read.periods, read.cumulative, read.assumed_year) == ((period,), False, False)


DASHES = st.sampled_from(["-", "—", "--", "－", "～", "至", " - "])


@STEADY
@given(year=YEARS, last=st.integers(3, 12), to=DASHES, before=ORDINARY, after=ORDINARY)
def test_a_written_sum_is_read_back(year, last, to, before, after):
    for month in ("月", "月份", " 月"):
        read = read_periods(f"{before}{year}年1{to}{last}{month}{after}")
        assert read.cumulative
        assert [str(period) for period in read.periods] == [f"{year}-{last:02}"]


@STEADY
@given(month=st.integers(1, 12), published=st.dates(dt.date(1991, 1, 1), dt.date(2060, 1, 1)))
def test_an_assumed_month_is_the_latest_that_had_ended(month, published):
    (period,) = read_periods(f"{month}月份", published).periods
    assert period.last_day < published <= Period(PeriodKind.MONTH, period.year + 1, month).last_day


HOSTILE = ["1", "1月", "1、", "一、", "2017年", "1月1日至", "第一、", "2017.1.", "前季度", "〔2017", "ﷺ"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_title_is_cut_and_read_in_no_time(piece):
    """A backtracking pattern would not come back from this."""
    assert read_periods(piece * 100_000, dt.date(2017, 6, 1)) == read_periods(piece * 1_000, dt.date(2017, 6, 1))
