"""A batch is told in one sentence above the findings."""

import dataclasses
import datetime as dt
import io
import json

from audit_sample import sample
from docx import Document as WordDocument
from openpyxl import load_workbook

from checks.verdict import Status
from reports.audit import Audit, render_audit
from reports.audit_document import audit_document
from reports.document import to_json
from reports.docx_form import to_docx
from reports.texts import Lang
from reports.xlsx_form import to_xlsx

TOLD = "3 期（2017年4月至2017年6月）于 2017-08-01 一次补发，其中 3 期迟发"


def put_up_together() -> Audit:
    """An audit of three instalments, all of them late and put up on one day."""
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
    return dataclasses.replace(audit, verdicts=tuple(together))


def test_overdue_instalments_put_up_on_one_day_are_one_finding() -> None:
    audit = put_up_together()
    page = render_audit(audit, Lang.ZH)
    assert page.count("集中补发：") == 1
    assert TOLD in page
    two = dataclasses.replace(audit, verdicts=audit.verdicts[:2])
    assert "集中补发：" not in render_audit(two, Lang.ZH)
    assert all("集中补发：" not in line for s in audit_document(two, Lang.ZH).sections for line in s.paragraphs)


def test_the_office_forms_tell_the_batch_in_the_same_sentence() -> None:
    document = audit_document(put_up_together(), Lang.ZH)
    (findings,) = (section for section in document.sections if section.id == "findings")
    assert len(findings.paragraphs) == 1
    assert TOLD in findings.paragraphs[0]
    word = WordDocument(io.BytesIO(to_docx(document)))
    assert [p.text for p in word.paragraphs if TOLD in p.text] == list(findings.paragraphs)
    cells = [cell.value for sheet in load_workbook(io.BytesIO(to_xlsx(document))) for row in sheet for cell in row]
    assert findings.paragraphs[0] in cells
    assert json.loads(to_json(document))["batches"] == list(findings.paragraphs)
