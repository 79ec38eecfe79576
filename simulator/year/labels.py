"""Repealed documents: notices that name them, originals with and without a mark, copies on two sites, decoys."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from plans.register import Obligation
from simulator.city import City, CitySite, Edit, File, Page, Publication
from simulator.dice import dice
from simulator.due import DAY, working_days_after
from simulator.timeline import version
from simulator.year.answer import Answer, Truth, truth
from simulator.year.looking import Look
from simulator.year.stage import Matter, Occasion, column_named, publish, register, row_of, site_of, working

TOPICS = (
    "户外广告设置",
    "河道采砂",
    "犬只饲养",
    "临时占道",
    "烟花爆竹燃放",
    "渔港停泊",
    "公墓建设",
    "夜间施工",
    "小额工程",
    "建筑垃圾运输",
    "村级道路养护",
    "屠宰场设置",
)
MARKS = ("title", "title", "validity", "validity", "validity_table", "banner", "note", "image")
TEXT = "第一条 为规范本市有关活动，保障公共利益，制定本办法。第二条 本市行政区域内适用本办法。"


@dataclass(slots=True)
class Copy:
    """One copy of a repealed document. `marked` is the day of its mark."""

    site: CitySite
    agency: str
    article: Publication
    notice: Publication
    due: dt.date
    marked: dt.date | None
    silent: bool = False  # the mark is a picture that says nothing to a machine


def play_labels(city: City, obligation: Obligation, days: Sequence[dt.date]) -> list[Matter]:
    """Seven repealed documents in two notices of the first lead, with copies on the sites of two leads."""
    sites = [(agency, site_of(city, agency)) for agency in obligation.lead]
    open_to = [(agency, site) for agency, site in sites if site is not None]
    if len(open_to) < 2:
        return []
    rng = dice(city.seed, obligation.id, "labels")
    for _, site in open_to:
        register(site, obligation)
    topics = rng.sample(TOPICS, 8)
    year, matters = city.register.plan.year, list[Matter]()
    for number, (chosen, month) in enumerate(((topics[:4], rng.randint(2, 5)), (topics[4:], rng.randint(6, 10))), 1):
        day = working(dt.date(year, month, rng.randint(5, 25)))
        matters += _one_notice(obligation, open_to, (number, day, chosen), rng)
    return matters


def _one_notice(
    obligation: Obligation,
    sites: Sequence[tuple[str, CitySite]],
    notice: tuple[int, dt.date, list[str]],
    rng: random.Random,
) -> list[Matter]:
    number, day, topics = notice
    home = sites[0][1]
    documents = [(f"临海市{topic}管理办法", _number(day.year, rng)) for topic in topics]
    article = publish(
        home,
        column_named(home, obligation.evidence.columns[0]),
        f"临海市人民政府关于废止第{'一二三'[number - 1]}批规范性文件的决定",
        day,
        _notice_page(documents, rng.choice(("text", "table", "docx", "xlsx"))),
    )
    assert obligation.due is not None and obligation.due.working_days is not None  # noqa: PT018, S101 - the register's
    due = working_days_after(day, obligation.due.working_days)
    matters: list[Matter] = [
        partial(_copy_answers, obligation, _copy(obligation, place, document, article, due))
        for document in documents[:3]
        for place in (sites[:1] if rng.random() < 0.4 else sites)
    ]
    matters.append(partial(_lost_answers, obligation, sites[0], documents[3][0], article))
    matters.append(partial(_decoy_answers, obligation, sites[0], _new_version(obligation, home, documents[0][0], day)))
    return matters


def _number(year: int, rng: random.Random) -> str:
    return f"临府〔{year - rng.randint(3, 7)}〕{rng.randint(1, 99)}号"


def _notice_page(documents: Sequence[tuple[str, str]], form: str) -> Page:
    rows = (("序号", "文件名称", "文号"), *((str(k), f"《{t}》", n) for k, (t, n) in enumerate(documents, 1)))
    opening = "经研究，市人民政府决定废止下列规范性文件，自本决定发布之日起不再执行。"
    match form:
        case "text":
            lines = (f"{k}.《{title}》（{no}）" for k, (title, no) in enumerate(documents, 1))
            return Page((opening, *lines))
        case "table":
            return Page((opening,), table=rows)
        case "docx":
            return Page((f"{opening}目录见附件。",), files=(File("废止的规范性文件目录", "docx", rows),))
        case _:
            return Page((f"{opening}目录见附件。",), files=(File("废止的规范性文件目录", "xlsx", rows),))


def _copy(
    obligation: Obligation, place: tuple[str, CitySite], document: tuple[str, str], notice: Publication, due: dt.date
) -> Copy:
    agency, site = place
    title, number = document
    rng = dice(site.seed, title, "copy")
    issued = dt.date(int(number[3:7]), rng.randint(1, 12), rng.randint(1, 28))
    form = rng.choice(MARKS)
    page = Page((number, TEXT), doc_no=number)
    if form == "validity":
        page = Page((f"发文字号：{number}", "有效性：有效", TEXT), doc_no=number)
    if form == "validity_table":
        page = Page((number, TEXT), (("文号", number, "有效性", "有效"),), doc_no=number)
    article = publish(site, column_named(site, obligation.evidence.columns[0]), title, issued, page)
    timing = rng.choice(("in_time", "in_time", "late", "never"))
    if timing == "never":
        return Copy(site, agency, article, notice, due, None)
    span = (due - notice.day).days
    marked = notice.day + rng.randint(0, span) * DAY if timing == "in_time" else due + rng.randint(1, 80) * DAY
    silent = form == "image" and rng.random() < 0.4
    article.edits = (Edit(marked, _mark(article, page, form, silent=silent)),)
    article.faults.add(f"{timing}_{form}")
    return Copy(site, agency, article, notice, due, marked, silent)


def _mark(article: Publication, page: Page, form: str, *, silent: bool) -> dict[str, object]:
    number = page.doc_no
    match form:
        case "title":
            return {"title": f"【已废止】{article.title}"}
        case "validity":
            return {"page": Page((page.paragraphs[0], "有效性：已废止", TEXT), doc_no=number)}
        case "validity_table":
            return {"page": Page(page.paragraphs, (("文号", number, "有效性", "已废止"),), doc_no=number)}
        case "banner":
            return {"page": Page(("本文件已废止", *page.paragraphs), doc_no=number)}
        case "note":
            return {"page": Page((*page.paragraphs, "注：本办法已废止，不再执行。"), doc_no=number)}
        case _:
            name = "/images/20170501.png" if silent else "/images/yifeizhi.png"
            picture = Markup('<img src="{}" alt="{}">').format(name, "" if silent else "已废止")
            return {"page": Page((picture, *page.paragraphs), doc_no=number)}


def _new_version(obligation: Obligation, site: CitySite, title: str, day: dt.date) -> Publication:
    """A document of the same title with another number, issued after the repeal of the old one."""
    number = f"临府〔{day.year}〕101号"
    page = Page((number, f"{TEXT}第三条 本办法自发布之日起施行。"), doc_no=number)
    made = publish(site, column_named(site, obligation.evidence.columns[0]), title, day + 3 * DAY, page)
    made.faults.add("new_version")
    return made


def _copy_answers(obligation: Obligation, copy: Copy, when: Occasion) -> list[Answer]:
    if not _is_known(copy.notice, obligation, when.looks):
        return []
    judged = _label_truth(obligation, copy, when.looks, when.as_of)
    return [
        Answer(
            "label",
            obligation.id,
            copy.agency,
            judged,
            url=when.address(copy.site, copy.article),
            words=None,
            planted=tuple(copy.article.faults),
            due=copy.due,
            optional=judged.hindered,
        )
    ]


def _is_known(notice: Publication, obligation: Obligation, looks: Sequence[Look]) -> bool:
    """Whether the notice was read on one of the looks."""
    name = obligation.evidence.columns[0]
    for look in looks:
        for site in look.sites.values():
            column = next((c.id for c in site.columns if c.name == name), None)
            if column and row_of(look.read(site.id, column), notice):
                return True
    return False


def _label_truth(obligation: Obligation, copy: Copy, looks: Sequence[Look], as_of: dt.date) -> Truth:
    """DESIGN, the verdict: marked in time as seen, marked at an unknown time, late, unmarked, not readable."""
    states: list[tuple[dt.date, bool]] = []
    for look in looks:
        column = column_named(copy.site, obligation.evidence.columns[0])
        if row_of(look.read(copy.site.id, column), copy.article):
            states.append((look.day, bool(version(copy.article, look.day).edited)))
    if not states:
        return truth("inconclusive", hindered=True)
    first_marked = next((day for day, marked in states if marked), None)
    unmarked_after_due = [day for day, marked in states if not marked and day > copy.due]
    if copy.silent and first_marked:
        waiting = ("not_due",) if as_of <= copy.due else ()
        return truth("inconclusive", "on_time", *waiting, free=("time_unknown", "changed"))
    if first_marked is not None:
        if first_marked <= copy.due:
            return truth("on_time")
        return truth("late") if unmarked_after_due else truth("on_time", flags=("time_unknown",))
    if as_of <= copy.due:
        return truth("not_due")
    if not unmarked_after_due:
        return truth("inconclusive")
    accused = "missing" if as_of.year > copy.due.year else "overdue"
    gone = looks[-1].day != states[-1][0]
    return truth(accused, "inconclusive") if gone else truth(accused)


def _lost_answers(
    obligation: Obligation, place: tuple[str, CitySite], title: str, notice: Publication, when: Occasion
) -> list[Answer]:
    """Named in the notice, but its original stands nowhere."""
    if not _is_known(notice, obligation, when.looks):
        return []
    judged = truth("inconclusive", "not_due", hindered=True)
    return [Answer("label", obligation.id, place[0], judged, words=title, planted=("lost",))]


def _decoy_answers(
    obligation: Obligation, place: tuple[str, CitySite], decoy: Publication, when: Occasion
) -> list[Answer]:
    url = when.address(place[1], decoy)
    judged = truth("inconclusive", "not_due", hindered=True)
    return [Answer("label", obligation.id, place[0], judged, url=url, planted=("new_version",), optional=True)]
