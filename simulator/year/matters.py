"""Plays of the other kinds: interpretations, letters, events, standing lists, daily figures, duties left to people."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from functools import partial

from plans.register import Cadence, CheckMode, Kind, Obligation
from simulator.city import City, CitySite, File, FileKind, Page, Publication
from simulator.dice import dice
from simulator.due import DAY, working_days_after
from simulator.year.answer import Answer, Truth, truth, unread
from simulator.year.labels import play_labels
from simulator.year.letters import play_letters
from simulator.year.looking import Look
from simulator.year.stage import Matter, Occasion, column_named, publish, register, row_of, site_of, working

POLICIES = ("人才公寓", "城市更新", "湿地保护", "古树名木", "科技企业", "养老机构")
PAST = 400 * DAY


def play_kinds(city: City, days: Sequence[dt.date]) -> tuple[list[Matter], set[str]]:
    """The matters of all obligations that can be played here, and the ids of these obligations."""
    matters: list[Matter] = []
    played: set[str] = set()
    for obligation in city.register.obligations:
        play = _PLAYS.get(obligation.kind)
        if obligation.kind is Kind.PERIODIC and obligation.cadence is Cadence.DAILY:
            play = _play_daily
        if obligation.check is CheckMode.MANUAL and city.register.plan.id.startswith("random"):
            play = _play_manual
        if play is None or not _is_ours(obligation):
            continue
        found = play(city, obligation, days)
        matters += found
        played |= {obligation.id} if found else set()
    return matters, played


def _is_ours(obligation: Obligation) -> bool:
    """The plays speak the words of the registers made by chance."""
    return obligation.measure.startswith("二/") and not obligation.where


def _play_manual(city: City, obligation: Obligation, _: Sequence[dt.date]) -> list[Matter]:
    def answers(_: Occasion) -> list[Answer]:
        return [Answer("duty", obligation.id, obligation.lead[0], truth("manual"))]

    return [answers] if site_of(city, obligation.lead[0]) else []


def _play_pairs(city: City, obligation: Obligation, _: Sequence[dt.date]) -> list[Matter]:
    """Six policy documents of the year with their interpretations, and one of an earlier year without any."""
    site = site_of(city, obligation.lead[0])
    if site is None or obligation.due is None or obligation.due.working_days is None:
        return []
    register(site, obligation)
    column, readings = column_named(site, obligation.evidence.columns[0]), column_named(site, "政策解读")
    rng, year = dice(city.seed, obligation.id, "pairs"), city.register.plan.year
    matters: list[Matter] = []
    for place, topic in enumerate(POLICIES):
        day = working(dt.date(year, rng.randint(1, 11), rng.randint(3, 28)))
        title = f"临海市{topic}管理{rng.choice(('办法', '规定', '细则'))}"
        document = publish(site, column, title, day, Page((f"{title}已经市政府同意，现印发给你们。",)))
        due = working_days_after(day, obligation.due.working_days)
        timing = ("in_time", "late", "never", "before", "in_time", "late")[place]
        reading = _reading(site, readings, document, (timing, due), rng)
        matters.append(partial(_pair_answers, obligation, (site, document, reading), due))
    old = dt.date(year - 1, 5, 10)
    publish(site, column, f"临海市{rng.choice(POLICIES)}扶持办法", old, Page(("现印发给你们。",)))
    return matters


def _reading(
    site: CitySite, column: str, document: Publication, timing: tuple[str, dt.date], rng: random.Random
) -> Publication | None:
    word, due = timing
    if word == "never":
        return None
    delay = (due - document.day).days
    day = {
        "in_time": document.day + rng.randint(0, delay) * DAY,
        "late": due + rng.randint(3, 40) * DAY,
        "before": document.day - rng.randint(1, 2) * DAY,
    }[word]
    topic = document.title[3:7]
    named = rng.random() < 0.7 or word == "before"
    title = f"《{document.title}》政策解读" if named else f"一图读懂{topic}新政策"
    made = publish(site, column, title, day, Page((f"为帮助市民了解{topic}有关政策，现解读如下。",)))
    made.linked = None if named else document
    document.faults.add(f"read_{word}_{'named' if named else 'linked'}")
    return made


def _pair_answers(
    obligation: Obligation, pair: tuple[CitySite, Publication, Publication | None], due: dt.date, when: Occasion
) -> list[Answer]:
    site, document, reading = pair
    column, readings = (column_named(site, name) for name in (obligation.evidence.columns[0], "政策解读"))
    if not any(row_of(look.read(site.id, column), document) for look in when.looks):
        return []
    seen = [look for look in when.looks if reading and row_of(look.read(site.id, readings), reading)]
    if reading and seen:
        judged = truth("on_time" if reading.day <= due else "late")
    elif when.as_of <= due:
        judged = truth("not_due")
    else:
        judged = _not_there(site, readings, due, when.looks, when.as_of)
    planted = tuple(document.faults)
    url = when.address(site, document)
    return [
        Answer(
            "pairing",
            obligation.id,
            obligation.lead[0],
            judged,
            url=url,
            words=document.title,
            planted=planted,
            due=due,
        )
    ]


def _not_there(site: CitySite, column: str, due: dt.date, looks: Sequence[Look], as_of: dt.date) -> Truth:
    """Absent at the last reading after the due date: overdue, and missing once the due date's year is closed."""
    after = [look for look in looks if look.day > due]
    proof = [look for look in after if look.read(site.id, column).hindrance is None]
    accused = "missing" if as_of.year > due.year else "overdue"
    if not proof:
        return unread(hindered=bool(after))
    return truth(accused) if proof[-1] is after[-1] else truth(accused, "inconclusive")


def _play_events(city: City, obligation: Obligation, _: Sequence[dt.date]) -> list[Matter]:
    """Some items, or none at all: nobody knows whether there was anything to publish."""
    site = site_of(city, obligation.lead[0])
    if site is None:
        return []
    register(site, obligation)
    column = column_named(site, obligation.evidence.columns[0])
    rng, year = dice(city.seed, obligation.id, "events"), city.register.plan.year
    items = []
    for number in range(rng.choice((0, 0, 1, 3))):
        day = working(dt.date(year, rng.randint(1, 11), rng.randint(3, 28)))
        name = obligation.evidence.title[0]
        items.append(publish(site, column, f"临海市第{number + 1}号{name}", day, Page((f"现将{name}予以公布。",))))
    return [partial(_event_answers, obligation, (site, items))]


def _event_answers(
    obligation: Obligation, where: tuple[CitySite, Sequence[Publication]], when: Occasion
) -> list[Answer]:
    site, items = where
    column = column_named(site, obligation.evidence.columns[0])
    seen = [item for item in items if any(row_of(look.read(site.id, column), item) for look in when.looks)]
    judged = truth("on_time") if seen else truth("inconclusive", "not_due", hindered=True)
    return [Answer("event", obligation.id, obligation.lead[0], judged, planted=(f"{len(items)}_items",))]


def _play_lists(city: City, obligation: Obligation, _: Sequence[dt.date]) -> list[Matter]:
    """A list that stands since before the year, comes late, lacks rows or never comes."""
    site = site_of(city, obligation.lead[0])
    if site is None or obligation.due is None or obligation.due.date is None:
        return []
    register(site, obligation)
    column = column_named(site, obligation.evidence.columns[0])
    rng, due = dice(city.seed, obligation.id, "list"), obligation.due.date
    fate = rng.choice(("old", "in_time", "late", "lacking", "never"))
    if fate == "never":
        return [partial(_list_answers, obligation, (site, None), "")]
    day = {"old": due - PAST, "late": due + rng.randint(3, 60) * DAY}.get(fate, due - rng.randint(5, 40) * DAY)
    wanted = obligation.evidence.min_rows or 5
    count = wanted // 2 if fate == "lacking" and obligation.evidence.min_rows else wanted + 3
    rows = (("序号", "项目名称", "依据"), *((str(k), f"第{k}类项目", "有关规定") for k in range(1, count + 1)))
    form = rng.choice(("table", "table", "xlsx", "docx", "pdf", "scan"))
    made = publish(site, column, f"临海市{obligation.title}", day, _list_page(rows, form))
    made.faults |= {fate, form}
    lacks = (
        "must" if count < wanted and form not in ("scan", "pdf") else "may" if count < wanted and form == "pdf" else ""
    )
    return [partial(_list_answers, obligation, (site, made), lacks)]


def _list_page(rows: tuple[tuple[str, ...], ...], form: str) -> Page:
    if form == "table":
        return Page(("现将清单公布如下。",), rows)
    kind: FileKind = "docx" if form == "docx" else "xlsx" if form == "xlsx" else "pdf"
    return Page(("清单见附件。",), files=(File("清单", kind, () if form == "scan" else rows),))


def _list_answers(
    obligation: Obligation, where: tuple[CitySite, Publication | None], lacks: str, when: Occasion
) -> list[Answer]:
    site, made = where
    assert obligation.due is not None and obligation.due.date is not None  # noqa: PT018, S101 - the play has seen to it
    column, due = column_named(site, obligation.evidence.columns[0]), obligation.due.date
    seen = made is not None and any(row_of(look.read(site.id, column), made) for look in when.looks)
    if seen and made is not None:
        flags, free = (("incomplete",) if lacks == "must" else ()), (("incomplete",) if lacks == "may" else ())
        judged = truth("on_time" if made.day <= due else "late", flags=flags, free=free)
    elif when.as_of <= due:
        judged = truth("not_due")
    else:
        judged = _not_there(site, column, due, when.looks, when.as_of)
    planted = tuple(made.faults) if made else ("never",)
    return [Answer("standing", obligation.id, obligation.lead[0], judged, planted=planted, due=due)]


def _play_daily(city: City, obligation: Obligation, days: Sequence[dt.date]) -> list[Matter]:
    """A figure for every working day, which on some sites stops in the middle of the year."""
    site = site_of(city, obligation.lead[0])
    if site is None:
        return []
    register(site, obligation)
    column = column_named(site, obligation.evidence.columns[0])
    rng = dice(city.seed, obligation.id, "daily")
    last = days[-1] if rng.random() < 0.6 else days[rng.randint(3, len(days) - 2)] if len(days) > 5 else days[-1]
    day = days[0] - 20 * DAY
    while day <= last:
        title = f"{day.year}年{day.month}月{day.day}日{obligation.evidence.title[0]}"
        publish(site, column, title, day, Page(("白菜每公斤三元，萝卜每公斤两元。",)))
        day += DAY
    return [partial(_daily_answers, obligation, (site, last))]


def _daily_answers(obligation: Obligation, where: tuple[CitySite, dt.date], when: Occasion) -> list[Answer]:
    """Judged from what the page shows at each crawl: fresh on a look's day, or long stale."""
    site, last = where
    column = column_named(site, obligation.evidence.columns[0])
    answers = []
    for look in when.looks:
        read = look.read(site.id, column)
        stale = (look.day - last).days
        shown = truth("on_time") if stale <= 0 else truth("overdue", "missing", "late")
        judged = unread() if read.hindrance else shown
        period = look.day.isoformat()
        answers.append(Answer("daily", obligation.id, obligation.lead[0], judged, period=period, optional=True))
    return answers


_PLAYS: dict[Kind, Callable[[City, Obligation, Sequence[dt.date]], list[Matter]]] = {
    Kind.LABEL: play_labels,
    Kind.PAIRING: _play_pairs,
    Kind.RESPONSE: play_letters,
    Kind.EVENT: _play_events,
    Kind.STANDING: _play_lists,
}
