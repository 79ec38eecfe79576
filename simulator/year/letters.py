"""Public letters: answered in time and late."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from plans.register import Obligation
from simulator.city import City, CitySite, Page, Publication
from simulator.dice import dice
from simulator.due import DAY, working_days_after
from simulator.year.answer import Answer, truth
from simulator.year.stage import Matter, Occasion, column_named, publish, register, row_of, site_of, working


def play_letters(city: City, obligation: Obligation, _: Sequence[dt.date]) -> list[Matter]:
    """Eight letters: answered in time, answered late, not answered yet."""
    site = site_of(city, obligation.lead[0])
    if site is None or obligation.due is None or obligation.due.working_days is None:
        return []
    register(site, obligation)
    column = column_named(site, obligation.evidence.columns[0])
    rng, year = dice(city.seed, obligation.id, "letters"), city.register.plan.year
    topics = ("路灯损坏", "公交线路", "噪音扰民", "医保缴费", "积水内涝", "学位申请", "老楼电梯", "占道经营")
    matters: list[Matter] = []
    for place, topic in enumerate(topics):
        asked = working(dt.date(year, rng.randint(1, 11), rng.randint(3, 27)))
        due = working_days_after(asked, obligation.due.working_days)
        late = place % 3 == 1
        answered = due + rng.randint(2, 30) * DAY if late else asked + rng.randint(1, (due - asked).days) * DAY
        table = (("来信时间", f"{asked}"), ("答复时间", f"{answered}"), ("办理状态", "已办结"))
        text = ("来信人反映有关问题，请予处理。", "答复：您好，您反映的问题已转有关单位办理，感谢关注。")
        letter = publish(site, column, f"关于{topic}的咨询", answered, Page(text, table))
        letter.faults.add("answered_late" if late else "answered_in_time")
        matters.append(partial(_letter_answers, obligation, (site, letter), due))
    return matters


def _letter_answers(
    obligation: Obligation, where: tuple[CitySite, Publication], due: dt.date, when: Occasion
) -> list[Answer]:
    site, letter = where
    column = column_named(site, obligation.evidence.columns[0])
    if not any(row_of(look.read(site.id, column), letter) for look in when.looks):
        return []
    judged = truth("on_time" if letter.day <= due else "late")
    url = when.address(site, letter)
    planted = tuple(letter.faults)
    return [
        Answer(
            "response", obligation.id, obligation.lead[0], judged, url=url, words=letter.title, planted=planted, due=due
        )
    ]
