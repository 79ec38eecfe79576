"""Where each agency's part of an obligation stands in a practice city, and sites for those that owe nothing periodic.

Who answers where is the register's and the sites file's matter: it is read as for any user (`plans.agencies`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from plans.agencies import collective_levels, sites_for
from plans.register import CheckMode, Obligation
from plans.sites import Site, Sites
from plans.words import is_channel
from simulator.city import City, CitySite
from simulator.publishing import open_site
from simulator.scenario import Profile


@dataclass(slots=True)
class Stand:
    """One site, and the agencies whose part of an obligation stands there and nowhere else."""

    site: CitySite
    agencies: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Homes:
    """All agencies of an obligation: on one site each, on channels alone, on several sites, on none that is known."""

    stands: list[Stand] = field(default_factory=list)
    on_channels: list[str] = field(default_factory=list)
    on_several: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)


def homes(city: City, obligation: Obligation) -> Homes:
    """Where the city's sites file lets each agency's part of the obligation be looked for."""
    known = {site.id: site for site in city.sites}
    found, stands = Homes(), dict[str, Stand]()
    for place in sites_for(obligation, _entries(city.sites)):
        ids = [site.id for site in place.sites]
        if len(ids) == 1:
            stands.setdefault(ids[0], Stand(known[ids[0]])).agencies.append(place.agency)
        elif ids:
            found.on_several.append(place.agency)
        else:
            (found.on_channels if place.channels else found.nowhere).append(place.agency)
    found.stands = list(stands.values())
    return found


def _entries(sites: Sequence[CitySite]) -> Sites:
    url = "http://127.0.0.1/"
    return Sites(sites=tuple(Site(id=s.id, name=s.name, agency=s.agency, url=url) for s in sites))


def open_further(city: City, profiles: Sequence[Profile]) -> None:
    """Add a site for each profile, those first of which the register asks most.

    A site that an instalment of the city might stand on as well is not opened: the key of periodic expectations knows
    one site for each. Registers made by chance have their sites, and agencies that shall have none.
    """
    if city.register.plan.id.startswith("random"):
        return
    also = {where for site in city.sites for duty in site.duties for where in duty.obligation.where}
    known = {site.id for site in city.sites}
    wanted = _wanted(city)
    new = [(home, leads) for home, leads in wanted.items() if home not in known | also]
    ordered = sorted(new, key=lambda item: -item[1].total())
    for (home, leads), profile in zip(ordered, profiles, strict=False):
        agency = leads.most_common(1)[0][0]
        site_id = f"site{len(city.sites) + 1:02d}" if home.startswith("@") else home
        city.sites.append(open_site(city, site_id, agency, profile))


def _wanted(city: City) -> dict[str, Counter[str]]:
    """Site id (of an agency without any: its name behind an @) -> how much each lead owes there and nowhere else."""
    found: dict[str, Counter[str]] = {}
    served, known = {site.agency for site in city.sites}, {site.id for site in city.sites}
    for obligation in city.register.obligations:
        if obligation.check is CheckMode.MANUAL or known & set(obligation.where):
            continue
        sites = [where for where in obligation.where if not is_channel(where)]
        leads = [lead for lead in obligation.lead if not collective_levels(lead)]
        for site in sites:
            found.setdefault(site, Counter()).update(leads or obligation.lead)
        for lead in leads if not obligation.where else ():
            if lead not in served:
                found.setdefault(f"@{lead}", Counter()).update([lead])
    return found
