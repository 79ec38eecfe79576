"""The markup of each family of portals, and which of them draws a site."""

import datetime as dt
from collections.abc import Callable

from simulator.city import CitySite
from simulator.families import (
    dede,
    empire,
    epoint,
    gkmlpt,
    igs,
    jcms,
    jpaas,
    js_only,
    nchannel,
    nfcms,
    plain,
    shell,
    trs,
    trs_writeln,
    trs_years,
    truecms,
    ucap,
    vsb,
    xxgk,
)
from simulator.pages import Maker, View, view_of
from simulator.scenario import Family

_DRAWN_BY: dict[Family, Callable[[View], dict[str, Maker]]] = {
    Family.TRS: trs.pages,
    Family.TRS_YEARS: trs_years.pages,
    Family.TRS_WRITELN: trs_writeln.pages,
    Family.VSB: vsb.pages,
    Family.UCAP: ucap.pages,
    Family.UCAP_JSON: ucap.json_pages,
    Family.JCMS: jcms.pages,
    Family.XXGK: xxgk.pages,
    Family.JPAAS: jpaas.pages,
    Family.TRUECMS: truecms.pages,
    Family.EPOINT: epoint.pages,
    Family.EPOINT_STATIC: epoint.static_pages,
    Family.NCHANNEL: nchannel.pages,
    Family.EMPIRE: empire.pages,
    Family.DEDE: dede.pages,
    Family.ASP: plain.asp_pages,
    Family.JSP: plain.jsp_pages,
    Family.SHELL: shell.pages,
    Family.IGS: igs.pages,
    Family.JS_ONLY: js_only.pages,
}


def pages(site: CitySite, at: dt.date | None, base: str) -> dict[str, Maker]:
    """All addresses of a site on a day: path -> a function from the query to the answer."""
    view: View = view_of(site, at, base)
    drawn_by = _DRAWN_BY.get(site.profile.family)
    return drawn_by(view) if drawn_by else nfcms.pages(view) | gkmlpt.pages(view)
