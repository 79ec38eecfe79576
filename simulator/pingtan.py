"""The budget column of one real portal (平潭综合实验区), drawn from its facts in markup of our own.

`data/pingtan-budget.csv` holds what the portal's list showed in September 2026: 75 rows of 167, newest first; each with
its title, the date it claims, the date in its address and its document number. The texts of the articles are invented.
"""

import csv
import datetime as dt
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from simulator.city import CitySite, Column, Publication
from simulator.families import trs
from simulator.pages import Maker, view_of
from simulator.scenario import Family, Profile, StaticPart
from simulator.server import answer_page
from simulator.serving import Source

HOST_NAME = "www.pingtan.gov.cn"
COLUMN = "zwgk/zdlyxxgk/czzj/zfyjsgk/zfysgk/"
RECORDED = 167  # pageChnlInfo.recordCount of the column


@cache
def pingtan_site() -> CitySite:
    """The portal with the one column that is known."""
    profile = Profile(family=Family.TRS, static_part=StaticPart(pages=5, per_page=15))
    budget = Column(COLUMN, "政府预算公开", "重点领域信息公开", owed=True, recorded=RECORDED)
    notices = Column("zwgk/gsgg/", "通知公告", "政务公开", empty=True)
    place = "平潭综合实验区"
    site = CitySite("pingtan", f"{place}党工委管委会", "区财政金融局", place, profile, "pingtan")
    site.columns = [notices, budget]
    path = Path(__file__).parent / "data" / "pingtan-budget.csv"
    with path.open(encoding="utf-8", newline="") as file:
        site.publications = [_publication(row, rank) for rank, row in enumerate(csv.DictReader(file))]
    return site


def _publication(row: dict[str, str], rank: int) -> Publication:
    claimed, url_day = dt.date.fromisoformat(row["claimed"]), dt.date.fromisoformat(row["url_date"])
    made = dt.datetime.combine(max(claimed, url_day), dt.time(9))
    return Publication(
        title=row["title"],
        day=claimed,
        moment=made,
        column=COLUMN,
        body="text",
        url_day=url_day,
        rank_day=dt.date.max - dt.timedelta(days=rank),  # the list's own order
        number=int(row["document"]),
    )


def pingtan_pages(base: str, at: dt.date | None = None) -> dict[str, Maker]:
    """The portal's pages by path, under the paths of the real ones."""
    view = view_of(pingtan_site(), at, base)
    view.look = replace(
        view.look,
        article_form=3,
        date_form="%Y-%m-%d",
        meta_form="plain",
        pubdate_form="%Y-%m-%d %H:%M",
        regenerated=False,
        full_links=False,
    )
    return trs.pages(view)


def pingtan(base: str = f"https://{HOST_NAME}", at: dt.date | None = None) -> Source:
    """A source for `serving.listening`. Give the site `aliases: [www.pingtan.gov.cn]`."""
    return Source(partial(answer_page, pingtan_pages(base, at)))
