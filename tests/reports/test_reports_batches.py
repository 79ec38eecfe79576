"""A batch is told in one sentence above the findings."""

import dataclasses
import datetime as dt

from audit_sample import sample

from checks.verdict import Status
from reports.audit import render_audit
from reports.texts import Lang


def test_overdue_instalments_put_up_on_one_day_are_one_finding() -> None:
    audit = sample()
    first = next(v for v in audit.verdicts if v.period)
    due = [dt.date(2017, m, 25) for m in (5, 6, 7)]
    together = [
        dataclasses.replace(
            first,
            status=Status.LATE,
            period=f"2017-{day.month - 1:02d}",
            due=day,
            published=dt.date(2017, 8, 1),
            url=f"http://example.invalid/{day.month}",
            days_late=7,
        )
        for day in due
    ]
    page = render_audit(dataclasses.replace(audit, verdicts=tuple(together)), Lang.ZH)
    assert page.count("集中补发：") == 1
    assert "3 期（2017年4月至2017年6月）于 2017-08-01 一次补发，其中 3 期迟发" in page
    assert "集中补发：" not in render_audit(dataclasses.replace(audit, verdicts=tuple(together[:2])), Lang.ZH)
