"""Registers made by seeded chance: obligations of all kinds, cadences, due rules and elements of evidence."""

import random
from dataclasses import dataclass
from typing import Any

from plans.register import Register
from simulator.dice import dice

PLACE = "临海市"
AGENCIES = ("市财政局", "市统计局", "市环保局", "市住建局", "市人社局", "市交通局", "市农业局")
SITELESS = "市文旅局"  # no sites file names a site of this agency
DISTRICTS = ("东城区", "西城区", "南港区", "北山区")
EXPLAINED = ["解读", "图解", "读懂", "答记者问"]
YEARS = (2017, 2017, 2017, 2018, 2019, 2023, 2027)  # the calendar of the last is not published


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be asked for: a title, the pattern that knows it, the column."""

    title: str
    pattern: str
    column: str


SUBJECTS = (
    Subject("全市及各区一般公共预算收支完成情况", "预算.*(收支|执行|完成)|财政收支", "财政收支"),
    Subject("“三公”经费统计", "三公.*经费", "三公经费"),
    Subject("重要指标数据", "指标数据|主要指标|经济指标", "统计数据"),
    Subject("房地产市场运行情况", "房地产|商品房", "房地产市场"),
    Subject("集中式饮用水水源水质状况", "水源.*水质|水质状况", "水质"),
    Subject("环境空气质量状况", "空气质量", "空气质量"),
    Subject("重点建设项目进展情况", "重点.*项目.*(进展|完成)", "重点项目"),
    Subject("公共资源交易统计", "公共资源交易", "公共资源交易"),
    Subject("食品安全监督抽检信息", "抽检", "食品抽检"),
    Subject("社会保险信息披露", "社会保险", "社会保险"),
    Subject("安全生产“黑名单”企业名单", "黑名单", "安全生产"),
    Subject("农产品批发价格监测情况", "农产品.*价格", "价格监测"),
    Subject("旅游接待人数统计", "旅游接待", "旅游统计"),
    Subject("道路客运量统计", "客运量", "交通统计"),
    Subject("河道水位监测情况", "河道水位", "水文信息"),
    Subject("粮食收购进度统计", "粮食收购", "粮食流通"),
    Subject("特种设备检验情况", "特种设备", "特种设备"),
    Subject("失业登记人数统计", "失业登记", "就业信息"),
)

CADENCES = ("monthly",) * 6 + ("quarterly", "quarterly", "half_yearly", "weekly", "yearly")


def random_register(seed: int) -> Register:
    """The same seed gives the same register: some forty obligations of six or seven agencies, all kinds among them."""
    rng = dice("register", seed)
    year = rng.choice(YEARS)
    agencies = AGENCIES[: rng.randint(5, 7)]
    subjects = rng.sample(SUBJECTS, rng.randint(13, len(SUBJECTS)))
    obligations = [
        _periodic(f"1-{number}", subject, agencies[number % len(agencies)], rng)
        for number, subject in enumerate(subjects, 1)
    ]
    obligations += _kinds(agencies, year, rng) + _unjudged(agencies, year, seed) + _once(agencies, year, seed)
    plan = {"id": f"random-{seed}", "title": f"{PLACE}{year}年政务公开工作要点", "place": PLACE, "year": year}
    return Register.model_validate({"plan": plan, "obligations": obligations})


def _periodic(number: str, subject: Subject, agency: str, rng: random.Random) -> dict[str, Any]:
    cadence = rng.choice(CADENCES)
    made: dict[str, Any] = {
        "id": number,
        "measure": f"一/{number.partition('-')[2]}",
        "title": subject.title,
        "lead": [agency],
        "kind": "periodic",
        "cadence": cadence,
        "due": _due(cadence, rng),
        "check": "assisted" if rng.random() < 0.08 else "automatic",
        "evidence": {"title": [subject.pattern], "exclude": EXPLAINED, "columns": [subject.column], **_elements(rng)},
    }
    if cadence == "yearly":
        made["about"] = "previous"
    return made


def _due(cadence: str, rng: random.Random) -> dict[str, Any]:
    """A rule that falls after the period's end; for a yearly report about the year before within the year."""
    if cadence == "yearly":
        return {"day": 31, "month": rng.choice((3, 6)), "of": "period"}
    ways: list[dict[str, Any]] = [
        {"working_days": rng.choice((5, 10, 15, 20)), "after": "period_end"},
        {"days": rng.choice((10, 20)), "after": "period_end"},
    ]
    if cadence == "weekly":
        return {"working_days": rng.choice((3, 5)), "after": "period_end"}
    ways.append({"day": rng.choice((10, 15, 25, 28)), "of": "next_period"})
    return rng.choice(ways)


def _elements(rng: random.Random) -> dict[str, Any]:
    match rng.randrange(6):
        case 0:
            return {"covers": ["全市", *DISTRICTS[: rng.randint(2, 4)]]}
        case 1:
            return {"fields": ["单位名称", "数量", "完成比例"][: rng.randint(2, 3)]}
        case 2:
            return {"min_rows": rng.randint(6, 12)}
        case 3:
            return {"min_count": rng.choice((40, 300, 600))}
        case _:
            return {}


def _kinds(agencies: tuple[str, ...], year: int, rng: random.Random) -> list[dict[str, Any]]:
    """One or two obligations of each other kind, each with agencies that have sites."""
    one, two = rng.sample(agencies, 2)
    made: list[dict[str, Any]] = [
        {
            "kind": "label",
            "title": "废止文件标注",
            "lead": [one, two],
            "due": {"working_days": 10, "after": "repeal"},
            "evidence": {"title": ["(废止|失效).*文件"], "columns": ["规范性文件"]},
        },
        {
            "kind": "pairing",
            "title": "政策文件解读",
            "lead": [one],
            "due": {"working_days": rng.choice((3, 5, 10)), "after": "publication"},
            "evidence": {
                "title": ["(人才公寓|城市更新|湿地保护|古树名木|科技企业|养老机构).*(办法|规定|细则)"],
                "exclude": EXPLAINED,
                "columns": ["惠民政策"],
                "pair": {"title": ["解读", "图解", "读懂"], "columns": ["政策解读"]},
            },
        },
        {
            "kind": "response",
            "title": "群众来信办理",
            "lead": [two],
            "due": {"working_days": 15, "after": "event"},
            "evidence": {"title": ["(关于|反映).*的?(咨询|来信|投诉)"], "columns": ["来信选登"]},
        },
        {
            "kind": "event",
            "cadence": "on_event",
            "title": "事故调查报告",
            "lead": [rng.choice(agencies)],
            "check": "assisted",
            "evidence": {"title": ["事故调查报告"], "exclude": EXPLAINED, "columns": ["事故调查"]},
        },
        {
            "kind": "event",
            "cadence": "on_event",
            "title": "缺陷产品召回",
            "lead": [rng.choice(agencies)],
            "check": "assisted",
            "evidence": {"title": ["产品召回"], "exclude": EXPLAINED, "columns": ["产品召回"]},
        },
        {"kind": "duty", "title": "组织政务公开培训", "lead": [one], "check": "manual"},
        {
            "kind": "periodic",
            "cadence": "daily",
            "title": "每日菜价",
            "lead": [rng.choice(agencies)],
            "evidence": {"title": ["每日菜价"], "columns": ["每日菜价"]},
        },
    ]
    lists = (("行政事业性收费目录清单", "收费.*清单"), ("权责清单", "权责清单"), ("政府性基金目录清单", "基金.*清单"))
    for name, pattern in lists:
        made.append(
            {
                "kind": "standing",
                "cadence": "standing",
                "title": name,
                "lead": [rng.choice(agencies)],
                "due": {"date": f"{year}-{rng.choice(('03-31', '06-30', '09-30'))}"},
                "evidence": {
                    "title": [pattern],
                    "exclude": EXPLAINED,
                    "columns": [name],
                    **({"min_rows": 12} if rng.random() < 0.6 else {}),
                },
            }
        )
    for number, obligation in enumerate(made, 1):
        obligation |= {"id": f"2-{number}", "measure": f"二/{number}"}
    return made


def _unjudged(agencies: tuple[str, ...], year: int, seed: int) -> list[dict[str, Any]]:
    """What no reading decides, each in most registers: no site, no pattern, no machine rule, no website."""
    rng = dice("register", seed, "unjudged")
    due = {"date": f"{year}-{rng.choice(('03-31', '06-30', '09-30'))}"}
    rule = {"working_days": rng.choice((10, 15)), "after": "event"}
    asked = {"title": ["征求意见|意见征集"], "columns": ["意见征集"]}
    made: list[dict[str, Any]] = [
        {"kind": "standing", "title": "景区名录", "lead": [SITELESS], "due": due, "evidence": {"title": ["景区名录"]}},
        {"kind": "event", "title": "旅行社处罚", "lead": [SITELESS], "evidence": {"title": ["旅行社.*处罚"]}},
        {"kind": "standing", "title": "办事指南汇编", "due": due},
        {"kind": "event", "cadence": "on_event", "title": "突发事件应对情况"},
        {"kind": "platform", "title": "建设统一信息公开平台"},
        {"kind": "duty", "title": "健全保密审查制度"},
        {"kind": "event", "title": "微信公众号推送", "where": ["wechat"], "evidence": {"title": ["推送"]}},
        {"kind": "response", "title": "意见征集及结果反馈", "due": rule, "evidence": asked},
    ]
    kept = [o for o in made if rng.random() < 0.75]
    for number, obligation in enumerate(kept, 1):
        obligation |= {"id": f"3-{number}", "measure": f"三/{number}"}
        obligation.setdefault("lead", [rng.choice(agencies)])
    return kept


def _once(agencies: tuple[str, ...], year: int, seed: int) -> list[dict[str, Any]]:
    """What is owed once, by a date or by the year's end, and what is owed at every hour."""
    rng = dice("register", seed, "once")
    names = (
        ("防汛防旱应急预案", "防汛.*预案"),
        ("重大行政决策事项目录", "决策事项.*目录"),
        ("义务教育招生工作方案", "招生.*方案"),
        ("国有建设用地供应计划", "供应计划"),
    )
    made: list[dict[str, Any]] = [
        {
            "kind": "periodic",
            "cadence": "once",
            "title": name,
            "due": {"date": f"{year}-{rng.choice(('03-31', '05-31', '06-30', '09-30'))}"},
            "check": "assisted" if rng.random() < 0.15 else "automatic",
            "evidence": {"title": [pattern], "exclude": EXPLAINED, "columns": [name], **_elements(rng)},
        }
        for name, pattern in names
    ]
    del made[1]["cadence"]  # a date alone says the same
    del made[3]["due"]  # the plan's last day
    evidence = {"title": ["实时路况"], "exclude": EXPLAINED, "columns": ["实时路况"]}
    made.append({"kind": "periodic", "cadence": "realtime", "title": "实时路况播报", "evidence": evidence})
    evidence = {"title": ["行政裁决.*意见"], "exclude": EXPLAINED, "columns": ["政策文件汇编"]}
    made.append({"kind": "event", "cadence": "once", "title": "行政裁决工作指导意见", "evidence": evidence})
    for number, obligation in enumerate(made, 1):
        obligation |= {"id": f"4-{number}", "measure": f"四/{number}", "lead": [rng.choice(agencies)]}
    return made
