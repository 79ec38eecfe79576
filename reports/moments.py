"""Instants as the reader's clock shows them."""

import datetime as dt
from typing import Final

BEIJING: Final = dt.timezone(dt.timedelta(hours=8))  # Asia/Shanghai has known no summer time since 1991


def local_time(instant: dt.datetime | None) -> str | None:
    """ "2017-06-30 10:10" in Asia/Shanghai; an instant without a zone is taken as UTC."""
    if instant is None:
        return None
    known = instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)
    return f"{known.astimezone(BEIJING):%Y-%m-%d %H:%M}"
