"""How a site looks: every choice of markup in which portals of one family differ, thrown once a site."""

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from simulator.city import CitySite, Column, Publication
from simulator.dice import dice

DATE_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "[%Y-%m-%d]")
# Faults of meta elements that were seen on real pages (FIELD-GUIDE, section 4).
META_FORMS = ("plain", "plain", "nbsp", "tight", "swapped", "none", "no_code")
PUBDATE_FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%Y-%m-%d %I:%M")
PAGE_FORMS = (
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y年%m月%d日",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y年%m月%d日%H:%M",
    "%Y-%m-%d %H:%M:%S",
)


@dataclass(frozen=True, slots=True)
class Look:
    """Numbers pick a variant in the templates; `hue` is the site's main colour."""

    list_form: int
    article_form: int
    head_form: int
    date_form: str
    meta_form: str
    pubdate_form: str
    regenerated: bool  # PubDate is the day on which the page was made again
    hue: int
    code: str
    record: int
    full_links: bool
    title_attribute: bool


def look_of(site: CitySite) -> Look:
    rng = dice(site.seed, "look")
    return Look(
        list_form=rng.randrange(4),
        article_form=rng.randrange(4),
        head_form=rng.randrange(3),
        date_form=rng.choice(DATE_FORMS),
        meta_form=rng.choice(META_FORMS),
        pubdate_form=rng.choice(PUBDATE_FORMS),
        regenerated=rng.random() < 0.15 and site.profile.dates != "list_only",
        hue=rng.randrange(360),
        code=f"44{rng.randrange(10**8):08d}",
        record=rng.randrange(10**7, 10**8),
        full_links=rng.random() < 0.5,
        title_attribute=rng.random() < 0.5,
    )


@dataclass(frozen=True, slots=True)
class Dress:
    """The choices of the families beyond TRS and NFCMS: shells, row shapes, labels and variants of pagers."""

    shell: int  # 0-2
    row_form: int  # 0-6
    info_form: int  # 0-4
    pager_form: int  # 0-1
    nav_form: int  # 0-2
    tree_form: int  # 0-3: how the disclosure directory is drawn
    short_home: bool  # the home page shows month and day alone
    date_label: str
    source_label: str
    page_form: str
    current: str  # what stands before the crumbs
    pad: str  # what stands around an address in `href`
    protocol_relative: bool  # whole addresses begin with two slashes


def dress_of(site: CitySite) -> Dress:
    rng = dice(site.seed, "dress")
    return Dress(
        shell=rng.randrange(3),
        row_form=rng.randrange(7),
        info_form=rng.randrange(5),
        pager_form=rng.randrange(2),
        nav_form=rng.randrange(3),
        tree_form=rng.randrange(4),
        short_home=rng.random() < 0.3,
        date_label=rng.choice(("发布时间", "发布日期", "时间", "日期", "信息发布时间", "发布于")),
        source_label=rng.choice(("来源", "信息来源", "文章来源", "稿源")),
        page_form=rng.choice(PAGE_FORMS),
        current=rng.choice(("当前位置：", "您现在的位置：", "位置：", "您所在的位置：")),
        pad="\n" if rng.random() < 0.2 else "",
        protocol_relative=rng.random() < 0.3,
    )


def row_date(site: CitySite, look: Look, publication: Publication) -> str:
    """The date beside a row of a list, or nothing where the site's lists show none."""
    if publication.undated or site.profile.dates == "page_only":
        return ""
    return publication.day.strftime(look.date_form)


def page_date(site: CitySite, publication: Publication) -> dt.datetime | None:
    """The date that the article's page claims, with the hour of the claim, or None where the page shows none."""
    if publication.undated or (site.profile.dates == "list_only" and site.column(publication.column).owed):
        return None
    return dt.datetime.combine(publication.day, publication.moment.time())


def metas(site: CitySite, look: Look, column: Column | None, publication: Publication | None) -> list[Markup]:
    """The meta elements of the development guide, with the site's faults in them."""
    if look.meta_form == "none":
        return []
    code = "" if look.meta_form == "no_code" else look.code
    values = {"SiteName": site.name, "SiteDomain": f"www.{site.id}.example", "SiteIDCode": code}
    if column:
        values |= {"ColumnName": column.name, "ColumnType": column.name}
        values["ColumnDescription"] = f"{site.name}{column.name}栏目"
    if publication:
        values |= {"ArticleTitle": publication.title, "ContentSource": site.name}
        claimed = page_date(site, publication)
        if claimed:
            shown = dt.datetime.combine(publication.moment.date().replace(month=12, day=28), dt.time(3, 11))
            values["PubDate"] = (shown if look.regenerated else claimed).strftime(look.pubdate_form)
    return [_meta(look.meta_form, name, value) for name, value in values.items()]


def _meta(form: str, name: str, value: str) -> Markup:
    between = {"nbsp": "\xa0", "tight": ""}.get(form, " ")
    if form == "swapped":
        return Markup('<meta content="{}" name="{}"/>').format(value, name)
    return Markup('<meta name="{}"{}content="{}">').format(name, between, value)


def cut(site: CitySite, title: str) -> str:
    """A row's text: cut with dots on sites that cut, else whole."""
    return title[:20] + "..." if site.profile.cut_titles and len(title) > 23 else title
