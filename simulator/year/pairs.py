"""Policy documents and their interpretations: in time, late, never, before the document, named or linked."""

import datetime as dt
import random
import re
from collections.abc import Sequence
from functools import partial

from plans.register import CheckMode, Kind, Obligation, Pair
from simulator.city import CitySite, Page, Publication
from simulator.dice import dice
from simulator.due import DAY, working_days_after
from simulator.year.answer import Answer, Truth, truth, unread
from simulator.year.homes import Stand
from simulator.year.looking import Look
from simulator.year.names import Scene, way_to_call
from simulator.year.stage import Matter, Occasion, publish, register, row_of, stand_in

TOPICS = (
    "人才公寓",
    "城市更新",
    "湿地保护",
    "古树名木",
    "科技企业",
    "养老机构",
    "海绵工程",
    "校园足球",
    "夜市摊点",
    "绿色建筑",
    "公共自行车",
    "社区菜园",
    "渔船避风",
    "乡村民宿",
    "家政行业",
    "智慧灯杆",
    "游泳场所",
    "会展活动",
    "母婴场所",
    "文物修缮",
    "无人机飞行",
    "电动单车",
    "共享单车",
    "餐厨垃圾",
    "房屋租赁",
    "装修噪声",
    "快递驿站",
    "街头艺人",
    "宠物医院",
    "屋顶花园",
    "停车泊位",
    "高空抛物",
    "门店招牌",
    "冷链仓储",
    "露营基地",
    "助老食堂",
    "老字号店",
    "盲道设施",
    "沿街骑楼",
    "早餐门店",
    "茶叶产区",
    "荔枝园区",
    "蚝田养殖",
    "红树林带",
    "登山步道",
    "图书漂流",
    "城中河涌",
    "旧物回收",
)
WAYS = (
    "{place}{topic}管理办法",  # where the patterns know documents by what they are alone
    "{place}{topic}{what}管理办法",
    "{place}{topic}{what}",
    "{place}{topic}{what}实施细则",
    "{place}{topic}{what}的通知",
)
EACH = 6  # documents of an obligation; no two of a site are about one topic
TIMINGS = ("in_time", "late", "never", "before", "in_time", "late")
READINGS = ("政策解读",)
WITHOUT_A_RULE = 3  # working days: 最迟应在政策文件公开发布后3个工作日内 (STANDARDS 3.2)
LONG = 25  # working days after which no reading of 及时 calls an interpretation timely


def play_pairs(scene: Scene, obligation: Obligation, stand: Stand) -> list[Matter]:
    """Policy documents of the year with their interpretations, and one of an earlier year without any."""
    site, year = stand.site, scene.year
    topics = _topics(site)
    way = way_to_call(scene, site, obligation, WAYS, [{"topic": topic} for topic in topics], samples_alone=True)
    if way is None or len(topics) < EACH:
        return []
    register(site, obligation)
    column = stand_in(site, obligation)
    pair = obligation.evidence.pair or Pair()
    readings = stand_in(site, obligation, pair.columns or READINGS, " pair")
    rng = dice(scene.city.seed, obligation.id, "pairs")
    limit = (obligation.due.working_days if obligation.due else None) or WITHOUT_A_RULE
    matters: list[Matter] = []
    for place, topic in enumerate(topics[:-1]):
        title, day = way.format(topic=topic), scene.some_day(rng)
        document = publish(site, column, title, day, Page((f"{title}已经市政府同意，现印发给你们。",)))
        timing = TIMINGS[(place + rng.randrange(2)) % len(TIMINGS)]
        reading = _reading(site, (readings, pair), (document, topic), (timing, working_days_after(day, limit)), rng)
        matters += [partial(_answers, obligation, (site, agency), (document, reading)) for agency in stand.agencies]
    publish(site, column, way.format(topic=topics[-1]), dt.date(year - 1, 5, 10), Page(("现印发给你们。",)))
    return matters


def _topics(site: CitySite) -> tuple[str, ...]:
    used = EACH * sum(o.kind is Kind.PAIRING for o in site.others)
    return TOPICS[used : used + EACH]


def _reading(
    site: CitySite,
    where: tuple[str, Pair],
    about: tuple[Publication, str],
    timing: tuple[str, dt.date],
    rng: random.Random,
) -> Publication | None:
    (column, pair), (document, topic), (word, due) = where, about, timing
    if word == "never":
        return None
    day = {
        "in_time": document.day + rng.randint(0, (due - document.day).days) * DAY,
        "late": max(due, working_days_after(document.day, LONG)) + rng.randint(3, 40) * DAY,
        "before": document.day - rng.randint(1, 2) * DAY,
    }[word]
    title = f"一图读懂{topic}新政策"
    linked = rng.random() < 0.3 and word != "before" and any(re.search(pattern, title) for pattern in pair.title)
    title = title if linked else f"《{document.title}》政策解读"
    made = publish(site, column, title, day, Page((f"为帮助市民了解{topic}有关政策，现解读如下。",)))
    made.linked = document if linked else None
    document.faults.add(f"read_{word}_{'linked' if linked else 'named'}")
    return made


def _answers(
    obligation: Obligation,
    where: tuple[CitySite, str],
    pair: tuple[Publication, Publication | None],
    when: Occasion,
) -> list[Answer]:
    (site, agency), (document, reading) = where, pair
    if not any(_row(site, obligation.id, document, look) for look in when.looks):
        return []
    stated = obligation.due.working_days if obligation.due else None
    due = working_days_after(document.day, stated or WITHOUT_A_RULE)
    seen = reading is not None and any(_row(site, f"{obligation.id} pair", reading, look) for look in when.looks)
    if reading is not None and seen:
        judged = truth("on_time" if reading.day <= due else "late")
    elif when.as_of <= due:
        judged = truth("not_due")
    else:
        judged = _not_there(obligation, site, due, when.looks, when.as_of)
        if stated is None and when.as_of <= working_days_after(document.day, LONG):
            judged = truth("not_due", *judged.statuses, hindered=judged.hindered)
    planted, url = tuple(sorted(document.faults)), when.address(site, document)
    return [Answer("pairing", obligation.id, agency, judged, url=url, words=document.title, planted=planted, due=due)]


def _row(site: CitySite, key: str, article: Publication, look: Look) -> Publication | None:
    return row_of(look.read(site.id, look.sites[site.id].columns_of[key]), article)


def _not_there(obligation: Obligation, site: CitySite, due: dt.date, looks: Sequence[Look], as_of: dt.date) -> Truth:
    """Absent at the last reading after the due date: overdue, and missing once the due date's year is closed; where the
    register leaves it to a person, open."""
    after = [look for look in looks if look.day > due]
    reads = [look.read(site.id, look.sites[site.id].columns_of[f"{obligation.id} pair"]) for look in after]
    proof = [read.hindrance is None for read in reads]
    if obligation.check is CheckMode.ASSISTED:
        return unread(hindered=bool(after) and not any(proof))
    if not any(proof):
        return unread(hindered=bool(after))
    accused = "missing" if as_of.year > due.year else "overdue"
    return truth(accused) if proof[-1] else truth(accused, "inconclusive")
