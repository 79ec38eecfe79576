"""The last day on time where a limit counts from one day that is known: a document's, an event's, a letter's."""

import datetime as dt
from typing import Final

from checks.calendar import add_working_days
from checks.due import DueDate
from plans.register import After, Defaults, Due, Obligation, Vague

_FROM_A_DAY: Final = frozenset({After.EVENT, After.PUBLICATION, After.REPEAL})


def limit_after(due: Due | None, day: dt.date, what: str, working_days: int | None = None) -> DueDate:
    """The limit that runs from `day`; `what` names that day in Chinese (文件公开之日).

    A calendar date in the register stands as it is. Without a rule that counts from a day, `working_days` is taken;
    where that is None as well, there is no limit. A started day of a limit in hours counts whole.
    """
    if due is not None and due.date is not None:
        return DueDate(due.date, (f"台账写明截止日期：{due.date}",))
    if due is None or due.after not in _FROM_A_DAY:
        return DueDate(None) if working_days is None else _working(day, what, working_days)
    if due.working_days is not None:
        return _working(day, what, due.working_days)
    days = due.days if due.days is not None else -(-(due.hours or 0) // 24)
    found = day + dt.timedelta(days=days)
    stated = f"{due.hours} 小时（按 {days} 天计）" if due.hours is not None else f"{days} 天"
    return DueDate(found, (f"自{what} {day} 起 {stated}：{found}",))


def stated_or_timely(obligation: Obligation, defaults: Defaults) -> int | None:
    """The working days of 及时 where the register uses that word; None where it states nothing."""
    return defaults.timely.working_days if obligation.vague is Vague.TIMELY else None


def _working(day: dt.date, what: str, count: int) -> DueDate:
    counted = add_working_days(day, count)
    lines = [f"自{what} {day} 次日起第 {count} 个工作日：{counted.day}"]
    if counted.holidays:
        lines.append("其间工作日放假：" + "、".join(map(str, counted.holidays)))
    if counted.make_up_days:
        lines.append("其间调休上班：" + "、".join(map(str, counted.make_up_days)))
    if counted.assumed:
        lines.append("部分年份的放假安排尚未公布，只按周末推算")
    return DueDate(counted.day, tuple(lines), counted.assumed)
