"""The last day on time where a limit counts from one day that is known: a document's, an event's, a letter's."""

import datetime as dt
from typing import Final

from checks.due import DueDate, stated_day, working_days_after
from plans.register import After, Defaults, Due, Obligation, Vague

_FROM_A_DAY: Final = frozenset({After.EVENT, After.PUBLICATION, After.REPEAL})


def limit_after(due: Due | None, day: dt.date, what: str, working_days: int | None = None) -> DueDate:
    """The limit that runs from `day`; `what` names that day in Chinese (文件公开之日).

    A calendar date in the register stands as it is. Without a rule that counts from a day, `working_days` is taken;
    where that is None as well, there is no limit. A started day of a limit in hours counts whole.
    """
    if due is not None and due.date is not None:
        return stated_day(due.date)
    if due is None or due.after not in _FROM_A_DAY:
        return DueDate(None) if working_days is None else working_days_after(day, working_days, what)
    if due.working_days is not None:
        return working_days_after(day, due.working_days, what)
    days = due.days if due.days is not None else -(-(due.hours or 0) // 24)
    found = day + dt.timedelta(days=days)
    stated = f"{due.hours} 小时（按 {days} 天计）" if due.hours is not None else f"{days} 天"
    stated_en = f"{due.hours} hours (counted as {days} days)" if due.hours is not None else f"{days} days"
    return DueDate(found, (f"自{what} {day} 起 {stated}：{found}",), explained_en=(f"{stated_en} from {day}: {found}",))


def stated_or_timely(obligation: Obligation, defaults: Defaults) -> int | None:
    """The working days of 及时 where the register uses that word; None where it states nothing."""
    return defaults.timely.working_days if obligation.vague is Vague.TIMELY else None
