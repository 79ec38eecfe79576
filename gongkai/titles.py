"""`gongkai period`: the periods of titles, as JSON-ready records."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checks.periods import read_periods
from gongkai.tables import rows_of


def period_of(title: str, published: dt.date | None) -> dict[str, Any]:
    read = read_periods(title, published)
    return {"title": title, "periods": [str(period) for period in read.periods], "cumulative": read.cumulative}


def period_batch(path: Path) -> Iterator[dict[str, Any]]:
    """One record a line of the file, in its order; a line that cannot be read gives an `error`."""
    for row in rows_of(path):
        try:
            day = dt.date.fromisoformat(row[1].strip()) if len(row) > 1 and row[1].strip() else None
        except ValueError:
            yield {"error": f"not a date: {row[1].strip()!r} (expected YYYY-MM-DD)"}
            continue
        yield period_of(row[0], day)


def described(record: dict[str, Any]) -> str:
    periods = "、".join(record["periods"]) or "（无期次）"
    return periods + ("（累计）" if record["cumulative"] else "")
