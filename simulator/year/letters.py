"""Public letters: answered in time or late, waiting for their answer; and consultations, which are no letters."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from plans.register import Obligation
from simulator.city import City, CitySite, Edit, Page, Publication
from simulator.dice import dice
from simulator.due import DAY, working_days_after
from simulator.year.answer import Answer, Truth, truth
from simulator.year.looking import Look
from simulator.year.stage import Matter, Occasion, column_named, publish, register, row_of, site_of, working

TOPICS = ("路灯损坏", "公交线路", "噪音扰民", "医保缴费", "积水内涝", "学位申请", "老楼电梯", "占道经营")
FATES = ("in_time", "late", "never", "undated", "slow", "prompt", "late", "never")
TEXT = "答复：您好，您反映的问题已转有关单位办理，感谢关注。"
PENDING = ("待办理", "受理中", "未回复", "办理中", "暂未答复", "已交办", "正在核实", "未办结")
DRAFTS = ("停车收费", "燃气安全", "广告牌匾", "垃圾分类", "出租房屋", "共享单车")
OPEN_FOR = 30 * DAY  # a consultation


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on a site: when it must be answered, and when it was (None: never). `waited`: its page was online before
    and said that there is no answer yet."""

    site: CitySite
    article: Publication
    due: dt.date
    answered: dt.date | None
    waited: bool


def play_letters(city: City, obligation: Obligation, _: Sequence[dt.date]) -> list[Matter]:
    """Eight letters: put up with their answer, in time or late; or put up first and answered in time, late or never."""
    site = site_of(city, obligation.lead[0])
    if site is None or obligation.due is None or obligation.due.working_days is None:
        return []
    register(site, obligation)
    return [partial(_letter_answers, obligation, letter) for letter in _letters(city, site, obligation)]


def _letters(city: City, site: CitySite, obligation: Obligation) -> list[Letter]:
    column = column_named(site, obligation.evidence.columns[0])
    rng, year = dice(city.seed, obligation.id, "letters"), city.register.plan.year
    limit = obligation.due.working_days if obligation.due and obligation.due.working_days else 15
    made = []
    for topic, fate in zip(TOPICS, FATES, strict=True):
        asked = working(dt.date(year, rng.randint(1, 11), rng.randint(3, 27)))
        due = working_days_after(asked, limit)
        late = fate in ("late", "slow")
        answered = due + rng.randint(2, 50) * DAY if late else asked + rng.randint(2, (due - asked).days) * DAY
        waited = fate in ("never", "slow", "prompt")
        done = _page(asked, answered, "已办结")
        day = asked + DAY if waited else answered
        page = _page(asked, None, rng.choice(PENDING)) if waited else _undated(asked) if fate == "undated" else done
        article = publish(site, column, f"关于{topic}的咨询", day, page)
        article.faults.add(f"letter_{fate}")
        if fate in ("slow", "prompt"):
            article.edits = (Edit(answered, {"page": done}),)
        made.append(Letter(site, article, due, None if fate == "never" else answered, waited))
    return made


def _page(asked: dt.date, answered: dt.date | None, state: str) -> Page:
    table = [("来信时间", f"{asked}"), ("答复时间", f"{answered}"), ("办理状态", state)]
    text = ("来信人反映有关问题，请予处理。", TEXT)
    if answered is None:
        return Page(text[:1], (table[0], table[2]))
    return Page(text, tuple(table))


def _undated(asked: dt.date) -> Page:
    """A page that shows an answer and not its day; its status was never set forth."""
    return Page(("来信人反映有关问题，请予处理。", TEXT), (("来信时间", f"{asked}"), ("办理状态", "已受理")))


def _letter_answers(obligation: Obligation, letter: Letter, when: Occasion) -> list[Answer]:
    column = column_named(letter.site, obligation.evidence.columns[0])
    seen = [look for look in when.looks if row_of(look.read(letter.site.id, column), letter.article)]
    if not seen:
        return []
    url, title = when.address(letter.site, letter.article), letter.article.title
    planted, judged = tuple(letter.article.faults), _letter_truth(letter, seen, when)
    due = None if "letter_undated" in planted else letter.due  # where nothing is held to it
    return [
        Answer("response", obligation.id, obligation.lead[0], judged, url=url, words=title, planted=planted, due=due)
    ]


def _letter_truth(letter: Letter, seen: Sequence[Look], when: Occasion) -> Truth:
    """By the days on the letter's page once it shows an answer. Without one it is unanswered where the page said so
    after the limit."""
    answered, due = letter.answered, letter.due
    if "letter_undated" in letter.article.faults:
        return truth("inconclusive", "on_time", free=("undated",), hindered=True)
    if answered is not None and (not letter.waited or seen[-1].day >= answered):
        return truth("on_time" if answered <= due else "late")
    if when.as_of <= due:
        return truth("not_due")
    if seen[-1].day <= due:
        shut = {look.hindrance(letter.site.id) for look in when.looks if look.day > due} - {None}
        reasons = frozenset({"read_too_early", *(reason for reason in shut if reason)})
        return truth("inconclusive", reasons=reasons, hindered=True)
    accused = "missing" if when.as_of.year > due.year else "overdue"
    return truth(accused) if seen[-1].day == when.looks[-1].day else truth(accused, "inconclusive")


# --- consultations -----------------------------------------------------------------------------------------------


def play_consultations(city: City, obligation: Obligation, _: Sequence[dt.date]) -> list[Matter]:
    """Drafts on which everybody may comment for a month. What becomes of the comments is told after the closing date,
    so that neither the day of the notice nor that of a comment begins any limit."""
    site = site_of(city, obligation.lead[0])
    if site is None or obligation.due is None or obligation.due.working_days is None:
        return []
    register(site, obligation)
    column = column_named(site, obligation.evidence.columns[0])
    rng, year = dice(city.seed, obligation.id, "consultations"), city.register.plan.year
    matters: list[Matter] = []
    for topic in rng.sample(DRAFTS, 4):
        day = working(dt.date(year, rng.randint(1, 10), rng.randint(3, 27)))
        closes = day + OPEN_FOR
        title = f"关于《临海市{topic}管理办法（草案）》公开征求意见的公告"
        form = rng.choice(("plain", "dated", "commented", "fed_back"))
        article = publish(site, column, title, day, _consultation(day, closes, form, "征集中"))
        told = closes + rng.randint(1, 40) * DAY
        state = "已反馈" if form == "fed_back" else "已结束"
        later = _consultation(day, closes, form, state, told if form == "fed_back" else None)
        article.edits = (Edit(closes + DAY if form != "fed_back" else told, {"page": later}),)
        article.faults.add(f"consultation_{form}")
        limit = working_days_after(closes, obligation.due.working_days)
        matters.append(partial(_consultation_answers, obligation, (site, article), limit))
    return matters


def _consultation(day: dt.date, closes: dt.date, form: str, state: str, told: dt.date | None = None) -> Page:
    text = ("为提高立法质量，现将草案全文公布，征求社会各界意见，欢迎提出修改建议。",)
    table: tuple[tuple[str, ...], ...] = (
        ("征集开始时间", f"{day}"),
        ("征集截止时间", f"{closes}"),
        ("征集状态", state),
    )
    if form == "plain":
        return Page((*text, f"征求意见截止时间为{closes.year}年{closes.month}月{closes.day}日。"))
    if form == "commented":
        said = ("网友留言：建议增加过渡期安排。", f"留言时间：{day + 3 * DAY}", "状态：未回复")
        return Page((*text, *said), table)
    return Page(text, (*table, ("反馈时间", f"{told}")) if told else table)


def _consultation_answers(
    obligation: Obligation, where: tuple[CitySite, Publication], limit: dt.date, when: Occasion
) -> list[Answer]:
    """Nobody is accused before feedback is due. Whether there is any afterwards, DESIGN leaves open."""
    site, article = where
    column = column_named(site, obligation.evidence.columns[0])
    if not any(row_of(look.read(site.id, column), article) for look in when.looks):
        return []
    after = ("late", "overdue", "missing") if when.as_of > limit else ()
    judged = truth("on_time", "inconclusive", "not_due", *after, free=("undated", "calendar_assumed"))
    url, planted = when.address(site, article), tuple(article.faults)
    return [
        Answer("consultation", obligation.id, obligation.lead[0], judged, url=url, words=article.title, planted=planted)
    ]
