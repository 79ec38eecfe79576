"""The rows of a column as one crawl met them, in the list's order: what stood there, and which page showed it."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.facts import ListedRow
from db.models import ColumnReading, Page, Sighting

_SECOND: Final = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Listing:
    """What one reading of a column met. `evidence` is that of the reading itself, where it had one."""

    rows: tuple[ListedRow, ...]
    evidence: str | None


def listing(engine: Engine, site: str, column_url: str, read_at: dt.datetime) -> Listing | None:
    """The rows of the reading that began in the second of `read_at` (an instant with a zone); None where there is
    none. Rows stand in the order in which the pages showed them."""
    with Session(engine) as session:
        reading = session.scalar(
            select(ColumnReading)
            .where(
                ColumnReading.site == site,
                ColumnReading.url == column_url,
                ColumnReading.read_at >= read_at.replace(microsecond=0),
                ColumnReading.read_at < read_at.replace(microsecond=0) + _SECOND,
            )
            .order_by(ColumnReading.id.desc())
            .limit(1)
        )
        if reading is None:
            return None
        rows = session.execute(
            select(Page.url, Sighting.title, Sighting.list_date, Sighting.evidence)
            .join(Page, Page.id == Sighting.page_id)
            .where(Page.site == site, Sighting.crawl_id == reading.crawl_id, Sighting.column_url == column_url)
            .order_by(Sighting.id)
        )
        return Listing(tuple(ListedRow(*row) for row in rows), reading.evidence)
