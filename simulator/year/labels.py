"""Repealed documents: notices and clean-up lists that name them, originals wholly and partly repealed, with and without
a mark, copies on two sites, decoys. What follows from it for an auditor stands in `label_key`."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

from markupsafe import Markup

from plans.register import Obligation
from simulator import titles
from simulator.city import City, CitySite, Edit, File, FileKind, Page, Publication
from simulator.dice import dice
from simulator.due import DAY, working_days_after
from simulator.year.label_key import Copy, copy_answers, decoy_answers, lost_answers, unread_answers
from simulator.year.stage import Matter, column_named, publish, register, site_of, working

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
CLEANUP = "关于公布废止、部分失效和继续有效规范性文件目录的通知"
SCANNED = "关于宣布失效一批规范性文件的通知"
MARKS = ("title", "title", "validity", "validity", "validity_table", "banner", "note", "image")
TEXT = "第一条 为规范本市有关活动，保障公共利益，制定本办法。第二条 本市行政区域内适用本办法。"
WHOLE = {
    "word": "已废止",
    "banner": "本文件已废止",
    "note": "注：本办法已废止，不再执行。",
    "image": "/images/yifeizhi.png",
}
PART = {
    "word": "部分失效",
    "banner": "本文件部分条款已失效",
    "note": "注：本办法部分条款已废止，不再执行。",
    "image": "/images/bufenshixiao.png",
}
Place = tuple[str, CitySite]
Named = tuple[str, str]  # title and number of a document


def play_labels(city: City, obligation: Obligation, days: Sequence[dt.date]) -> list[Matter]:
    """Two decisions of the first lead that repeal four documents each, a clean-up list of many, and a notice whose list
    is a scanned picture; copies stand on the sites of two leads."""
    sites = [(agency, site_of(city, agency)) for agency in obligation.lead]
    open_to = [(agency, site) for agency, site in sites if site is not None]
    if len(open_to) < 2:
        return []
    rng = dice(city.seed, obligation.id, "labels")
    for _, site in open_to:
        register(site, obligation)
    topics = rng.sample(TOPICS, 8)
    year, matters = city.register.plan.year, list[Matter]()
    numbers = _numbers(year, rng)
    for number, (chosen, month) in enumerate(((topics[:4], rng.randint(2, 5)), (topics[4:], rng.randint(6, 10))), 1):
        day = working(dt.date(year, month, rng.randint(5, 25)))
        documents = [(f"临海市{topic}管理办法", next(numbers)) for topic in chosen]
        matters += _one_notice(obligation, open_to, (number, day, documents), rng)
    if titles.recognised(obligation, CLEANUP):
        matters += _cleanup(obligation, open_to, (year, numbers), rng)
    if rng.random() < 0.4 and titles.recognised(obligation, SCANNED):
        matters.append(_scanned(obligation, open_to[0], working(dt.date(year, rng.randint(3, 9), 14))))
    return matters


def _numbers(year: int, rng: random.Random) -> Iterator[str]:
    """Document numbers of earlier years, each once."""
    pairs = list(product(range(year - 7, year - 2), range(1, 100)))
    rng.shuffle(pairs)
    return (f"临府〔{issued}〕{running}号" for issued, running in pairs)


def _due(obligation: Obligation, day: dt.date) -> dt.date:
    assert obligation.due is not None and obligation.due.working_days is not None  # noqa: PT018, S101 - the register's
    return working_days_after(day, obligation.due.working_days)


def _one_notice(
    obligation: Obligation, sites: Sequence[Place], notice: tuple[int, dt.date, list[Named]], rng: random.Random
) -> list[Matter]:
    number, day, documents = notice
    home = sites[0][1]
    article = publish(
        home,
        column_named(home, obligation.evidence.columns[0]),
        f"临海市人民政府关于废止第{'一二三'[number - 1]}批规范性文件的决定",
        day,
        _notice_page(documents, rng.choice(("text", "table", "docx", "xlsx"))),
    )
    due = _due(obligation, day)
    matters: list[Matter] = [
        partial(copy_answers, obligation, _copy(obligation, place, document, (article, due)))
        for document in documents[:3]
        for place in (sites[:1] if rng.random() < 0.4 else sites)
    ]
    matters.append(partial(lost_answers, obligation, sites[0], documents[3][0], article))
    newer = _new_version(obligation, home, (documents[0][0], f"临府〔{day.year}〕{100 + number}号"), day)
    matters.append(partial(decoy_answers, obligation, sites[0], newer))
    return matters


def _notice_page(documents: Sequence[Named], form: str) -> Page:
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


def _cleanup(
    obligation: Obligation, sites: Sequence[Place], when: tuple[int, Iterator[str]], rng: random.Random
) -> list[Matter]:
    """The result of a clean-up: thirty-six documents, of which some go, some go in part and most stay. A few of them
    are online, on this agency's site or on the other's alone."""
    year, numbers = when
    home = sites[0][1]
    day = working(dt.date(year, rng.randint(3, 9), rng.randint(5, 25)))
    named = [f"临海市{topic}{form}" for topic, form in product(TOPICS, ("实施细则", "若干规定", "收费标准"))]
    rng.shuffle(named)
    documents = [(title, next(numbers)) for title in named]
    fates = ["废止"] * 7 + ["部分失效"] * 5 + ["修改"] * 4 + ["继续有效"] * 20
    listed = list(zip(documents, fates, strict=True))
    rng.shuffle(listed)
    column = column_named(home, obligation.evidence.columns[0])
    article = publish(home, column, CLEANUP, day, _cleanup_page(listed, rng.choice(("xlsx", "docx", "text"))))
    article.faults.add("cleanup")
    due = _due(obligation, day)
    gone, partly, kept = documents[:7], documents[7:12], documents[16]
    at_home, elsewhere = sites[:1], sites[1:2]
    online = [(gone[0], at_home), (gone[1], elsewhere), (gone[2], sites[:2]), (gone[3], elsewhere)]
    online += [(partly[0], at_home), (partly[1], elsewhere), (partly[2], at_home), (partly[3], elsewhere)]
    matters: list[Matter] = [
        partial(copy_answers, obligation, _copy(obligation, place, document, (article, due), part=document in partly))
        for document, places in online
        for place in places
    ]
    lost = [*gone[4:], partly[4]]
    matters += [partial(lost_answers, obligation, sites[0], title, article) for title, _ in lost]
    stays = publish(home, column, kept[0], dt.date(int(kept[1][3:7]), 5, 9), Page((kept[1], TEXT), doc_no=kept[1]))
    stays.faults.add("stays_in_force")
    return [*matters, partial(decoy_answers, obligation, sites[0], stays)]


def _cleanup_page(listed: Sequence[tuple[Named, str]], form: str) -> Page:
    opening = "根据清理工作要求，现将规范性文件清理结果予以公布。"
    if form != "text":
        head = ("序号", "文件名称", "文号", "清理意见")
        rows = (head, *((str(k), title, number, fate) for k, ((title, number), fate) in enumerate(listed, 1)))
        kind: FileKind = "xlsx" if form == "xlsx" else "docx"
        return Page((f"{opening}目录见附件。",), files=(File("规范性文件清理结果目录", kind, rows),))
    lines = [opening]
    for place, fate in enumerate(("废止", "部分失效", "修改", "继续有效")):
        lines.append(f"{'一二三四'[place]}、{fate}的规范性文件")
        own = [document for document, decided in listed if decided == fate]
        lines += [f"{k}.《{title}》（{number}）" for k, (title, number) in enumerate(own, 1)]
    return Page(tuple(lines))


def _scanned(obligation: Obligation, place: Place, day: dt.date) -> Matter:
    """A notice whose list nobody can read without recognising signs."""
    page = Page(("一批规范性文件宣布失效，目录见附件。",), files=(File("失效文件目录", "pdf"),))
    article = publish(place[1], column_named(place[1], obligation.evidence.columns[0]), SCANNED, day, page)
    article.faults.add("scanned_list")
    return partial(unread_answers, obligation, place, article)


def _copy(
    obligation: Obligation, place: Place, document: Named, notice: tuple[Publication, dt.date], *, part: bool = False
) -> Copy:
    """A copy with its fate: marked in time, late or never, with a mark that fits, or with that of the other sort."""
    (agency, site), (title, number), (decision, due) = place, document, notice
    rng = dice(site.seed, title, "copy")
    issued = dt.date(int(number[3:7]), rng.randint(1, 12), rng.randint(1, 28))
    form = rng.choice(MARKS)
    page = Page((number, TEXT), doc_no=number)
    if form == "validity":
        page = Page((f"发文字号：{number}", "有效性：有效", TEXT), doc_no=number)
    if form == "validity_table":
        page = Page((number, TEXT), (("文号", number, "有效性", "有效"),), doc_no=number)
    article = publish(site, column_named(site, obligation.evidence.columns[0]), title, issued, page)
    article.faults |= {"partial"} if part else set()
    timing = rng.choice(("in_time", "in_time", "late", "never"))
    if timing == "never":
        return Copy(site, agency, article, decision, due, None)
    span = (due - decision.day).days
    marked = decision.day + rng.randint(0, span) * DAY if timing == "in_time" else due + rng.randint(1, 80) * DAY
    silent = form == "image" and rng.random() < 0.4
    other = not silent and rng.random() < 0.2  # the mark says all where the notice says a part, or the other way round
    words = PART if part is not other else WHOLE
    article.edits = (Edit(marked, _mark(article, page, form, words, silent=silent)),)
    article.faults.add(f"{timing}_{form}")
    sort = "silent" if silent else "fits" if not other else "says_more" if part else "says_less"
    article.faults.add(sort)
    return Copy(site, agency, article, decision, due, marked, sort, form == "title")


def _mark(article: Publication, page: Page, form: str, words: dict[str, str], *, silent: bool) -> dict[str, object]:
    number, word = page.doc_no, words["word"]
    match form:
        case "title":
            return {"title": f"【{word}】{article.title}"}
        case "validity":
            return {"page": Page((page.paragraphs[0], f"有效性：{word}", TEXT), doc_no=number)}
        case "validity_table":
            return {"page": Page(page.paragraphs, (("文号", number, "有效性", word),), doc_no=number)}
        case "banner":
            return {"page": Page((words["banner"], *page.paragraphs), doc_no=number)}
        case "note":
            return {"page": Page((*page.paragraphs, words["note"]), doc_no=number)}
        case _:
            name = "/images/20170501.png" if silent else words["image"]
            picture = Markup('<img src="{}" alt="{}">').format(name, "" if silent else word)
            return {"page": Page((picture, *page.paragraphs), doc_no=number)}


def _new_version(obligation: Obligation, site: CitySite, document: Named, day: dt.date) -> Publication:
    """A document of the same title with another number, issued after the repeal of the old one."""
    title, number = document
    page = Page((number, f"{TEXT}第三条 本办法自发布之日起施行。"), doc_no=number)
    made = publish(site, column_named(site, obligation.evidence.columns[0]), title, day + 3 * DAY, page)
    made.faults.add("new_version")
    return made
