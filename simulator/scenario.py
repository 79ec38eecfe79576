"""The scenario: which sites a practice city has, and which faults are planted there, as people edit it in YAML."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from plans.load import load_file
from plans.register import Strict

SHIPPED = Path(__file__).parent / "scenarios"

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class Family(StrEnum):
    """Which content management system a site runs on."""

    TRS = "trs"
    NFCMS = "nfcms"
    GKMLPT = "gkmlpt"  # news on NFCMS pages, everything that is owed in the JSON directory
    MIXED = "nfcms+gkmlpt"  # what is owed stands partly on NFCMS pages, partly in the JSON directory
    TRS_YEARS = "trs_years"  # each column is cut into one list a year
    TRS_WRITELN = "trs_writeln"  # rows are drawn by document.writeln
    VSB = "vsb"
    UCAP = "ucap"  # static lists, their pager drawn by script
    UCAP_JSON = "ucap_json"  # lists from /common/search
    JCMS = "jcms"
    XXGK = "jcms_xxgk"  # what is owed stands in the disclosure module
    JPAAS = "jpaas"
    TRUECMS = "truecms"
    EPOINT = "epoint"  # lists from getgovinfolist
    EPOINT_STATIC = "epoint_static"  # moreinfo pages
    NCHANNEL = "nchannel"
    EMPIRE = "empire"
    DEDE = "dede"
    ASP = "asp"  # no family's mark; the page's number in the query
    JSP = "jsp"  # no family's mark; the page's number in a form
    SHELL = "shell"  # lists stand in a frame, or behind a script's jump
    IGS = "igs"  # lists from a search service, drawn by the page's script
    JS_ONLY = "js_only"  # what is owed is drawn by script from what no static reader finds


# Families whose lists are numbered pages of a fixed size: the only ones that can break off after so many pages.
PAGED = frozenset(Family) - {
    Family.GKMLPT,
    Family.UCAP_JSON,
    Family.JCMS,
    Family.XXGK,
    Family.JPAAS,
    Family.TRUECMS,
    Family.EPOINT,
    Family.IGS,
    Family.TRS_YEARS,
    Family.JS_ONLY,
}


class Access(StrEnum):
    """How a site answers."""

    OPEN = "open"
    UNREACHABLE = "unreachable"  # nobody listens on its port
    FORBIDDEN = "blocked_403"
    CHALLENGE = "blocked_412"
    BLOCK_PAGE = "blocked_200"  # a firewall's text under status 200


class Break(Strict):
    """A column's list breaks off: its first `after_page` pages can be read, every later one answers `answer`."""

    after_page: Annotated[int, Field(ge=1)] = 1
    answer: Literal["500", "404", "stub"] = "500"


class StaticPart(Strict):
    """Only the first rows of a list stand in its page; the rest would come from a search service (FIELD-GUIDE, TRS)."""

    pages: Annotated[int, Field(ge=1)] = 2
    per_page: Annotated[int, Field(ge=5, multiple_of=5)] = 10


class Profile(Strict):
    """One site of the city. Faults of lists concern the columns of what is owed, not the news columns."""

    family: Family
    charset: Literal["utf-8", "gb2312", "gbk"] = "utf-8"
    access: Access = Access.OPEN
    robots_forbid: bool = False
    list_break: Break | None = None
    static_part: StaticPart | None = None
    dates: Literal["everywhere", "list_only", "page_only"] = "everywhere"
    column_name: Literal["given", "related"] = "given"
    without_column: Count = 0  # so many obligations have no column on the site at all
    empty_column: Count = 0  # so many obligations have a column that says that it is empty
    sticky: Count = 0  # old rows set to the top of each column
    out_of_order: Share = 0.0
    cut_titles: bool = False
    second_column: Share = 0.0
    attachment_only: Share = 0.0
    migrated: dt.date | None = None  # older articles bear this day in their address
    noise_per_month: Annotated[float, Field(ge=0, le=60)] = 6.0
    neighbours_per_month: Annotated[float, Field(ge=0, le=10)] = 0.3  # ordinary articles in each column of what is owed
    per_page: Annotated[int, Field(ge=5, le=100)] | None = None

    @model_validator(mode="after")
    def _family_can(self) -> Self:
        if self.static_part and self.family is not Family.TRS:
            raise ValueError(f"static_part: only {Family.TRS} has such lists")
        if self.list_break and self.family not in PAGED:
            raise ValueError(f"list_break: lists of {self.family} are not cut into pages of a fixed size")
        return self


class ItemFaults(Strict):
    """Faults of single instalments, as shares of those of the plan's year; a share above 0 plants at least one."""

    late: Share = 0.0
    never: Share = 0.0
    undated: Share = 0.0
    incomplete: Share = 0.0
    wrong_place: Share = 0.0
    early_address: Share = 0.0  # the address bears the day of the first draft
    cumulative: Share = 0.0
    no_year: Share = 0.0
    merged_january: Share = 0.0  # of the monthly obligations
    backdated_run: Share = 0.0  # of the monthly obligations
    interpretation: Share = 0.0  # decoys: explanations of instalments
    adjustment: Share = 0.0  # decoys: yearly reports and adjustments, of the obligations, a few a year


class Scenario(Strict):
    """A whole practice city. `as_of` is the day on which a demonstration looks at it."""

    seed: int = 1
    as_of: dt.date | None = None
    sites: Annotated[tuple[Profile, ...], Field(min_length=1)]
    items: ItemFaults = ItemFaults()


def load_scenario(name_or_path: str | Path) -> Scenario:
    """A shipped scenario by its name (`demo`), or one from a file. Raises PlanFileError."""
    path = Path(name_or_path)
    return load_file(path if path.suffix else SHIPPED / f"{path.name}.yaml", Scenario).value
