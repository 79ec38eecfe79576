"""A real browser for the tests of pages, and the reports that it opens."""

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from audit_sample import sample
from bulletin_sample import FULL

from checks.verdict import Status
from reports.bulletin import document, told
from reports.bulletin_wording import shipped
from reports.charts import ranking_bars
from reports.document import Chart, Column, Document, Kind, Section, Table
from reports.forms import write_forms
from reports.selfcheck import SelfCheck, selfcheck
from reports.texts import Lang

NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
EXECUTABLE = os.environ.get("GONGKAI_BROWSER") or next((p for name in NAMES if (p := shutil.which(name))), None)
needs_browser = pytest.mark.skipif(EXECUTABLE in (None, "none"), reason="no browser on this machine")

POINTS = (("市教育局", 9.5), ("市财政局", 100.0), ("市审计局", 20.25))


def ranking(rows: int = 12, lang: str = "zh-Hans") -> Document:
    """A scorecard-like document: points, states, links, a chart, a long table and an empty one."""
    columns = (
        Column("agency", "单位"),
        Column("points", "得分", Kind.POINTS),
        Column("status", "判定", Kind.STATUS),
        Column("due", "应公开日期", Kind.DATE),
        Column("url", "网址", Kind.LINK),
    )
    statuses = tuple(Status)
    table = tuple(
        (
            POINTS[n][0] if n < len(POINTS) else f"第{n}局",
            POINTS[n][1] if n < len(POINTS) else (None if n == 5 else 50.0 + n),
            statuses[n % len(statuses)],
            dt.date(2017, 1, 1) + dt.timedelta(days=n),
            f"http://a.example/{'long-path/' * 12}{n}.html",
        )
        for n in range(rows)
    )
    chart = Chart(
        "bars", "得分图", "各单位得分，数值见下表", ranking_bars([(a, p, "") for a, p in POINTS], 100, "不定")
    )
    sections = (
        Section("one", "一、得分", ("说明。",), charts=(chart,), tables=(Table("rows", "各单位", columns, table),)),
        Section("two", "二、空表", tables=(Table("nothing", "空表", columns, ()),)),
        Section("three", "三、办法", points=("一。", "二。")),
        Section("four", "四、其他", ("完。",)),
    )
    return Document(
        "scorecard", "考评结果" if lang != "en" else "Assessment", lang, (("截止日", "2017-12-31"),), sections
    )


def bulletin(lang: Lang) -> Document:
    return document(told(FULL, shipped(lang), lang), shipped(lang), lang)


def to_do(lang: Lang) -> Document:
    """A self-check of one agency of the practice city, with something in most of its lists."""
    audit = sample()
    own = tuple(v for v in audit.verdicts if v.agency == "市财政局")
    return selfcheck(SelfCheck(audit.register, "市财政局", "http://czj.example/", own, audit.as_of), lang)


def write_products(out: Path) -> None:
    """The pages that are documents: card, bulletin and selfcheck, each in both languages."""
    write_forms(ranking(), out, "card", other=ranking(lang="en"))
    for name, product in (("bulletin", bulletin), ("selfcheck", to_do)):
        write_forms(product(Lang.ZH), out, name, other=product(Lang.EN))


def written(folder: Path, name: str, page: str) -> Path:
    path = folder / name
    path.write_text(page, encoding="utf-8", errors="replace")
    return path
