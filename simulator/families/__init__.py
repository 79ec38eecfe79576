"""The markup of each family of portals, and which of them draws a site."""

import datetime as dt

from simulator.city import CitySite
from simulator.families import gkmlpt, nfcms, trs
from simulator.pages import Maker, View, view_of
from simulator.scenario import Family


def pages(site: CitySite, at: dt.date | None, base: str) -> dict[str, Maker]:
    """All addresses of a site on a day: path -> a function from the query to the answer."""
    view: View = view_of(site, at, base)
    if site.profile.family is Family.TRS:
        return trs.pages(view)
    return nfcms.pages(view) | gkmlpt.pages(view)
