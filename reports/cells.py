"""How a cell is shown to people: the same words in every form."""

import datetime as dt

from checks.verdict import Status
from reports.document import Cell, Kind
from reports.links import printable
from reports.moments import local_time
from reports.texts import Texts


def shown(cell: Cell, kind: Kind, t: Texts) -> str:
    """The cell as text; "—" where nothing is known. Instants are Beijing time."""
    if cell is None or cell == "":
        return t("none")
    if isinstance(cell, Status):
        return t(f"status.{cell}")
    if isinstance(cell, bool):
        return t("yes") if cell else t("no")
    if isinstance(cell, dt.datetime):
        return local_time(cell) or t("none")
    if isinstance(cell, int | float):
        return {Kind.SHARE: f"{cell:.1%}", Kind.POINTS: f"{cell:.2f}"}.get(kind, f"{cell:g}")
    return printable(str(cell))
