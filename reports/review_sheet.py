"""The review sheet: verdicts as a workbook in which a team writes its decisions, and the reading of what it wrote.

One row a verdict. Grey columns are the machine's; the yellow ones are the reviewer's. Hidden columns tell which
verdict a row is about and how many steps it had when the sheet was made, so that two sheets cannot undo each other.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from checks.reviews import Action, Reviewed
from checks.verdict import Status
from reports.links import printable
from reports.texts import Lang, texts

SHEET: Final = "复核"
MAX_BYTES: Final = 20_000_000
MAX_ROWS: Final = 100_000
_MACHINE: Final = (("判定编号", 30), ("单位", 16), ("事项", 30), ("期次", 11), ("判定", 12), ("理由", 50), ("网址", 30))
_PERSON: Final = (("复核意见", 12), ("改判为", 12), ("复核人", 12), ("复核理由", 40), ("依据", 30))
_HIDDEN: Final = (("机器判定", 10), ("已有步骤", 10))
_HEADS: Final = tuple(head for head, _ in (*_MACHINE, *_PERSON, *_HIDDEN))
_GREY, _YELLOW = (PatternFill("solid", start_color=colour) for colour in ("E7E9EC", "FFF7D6"))


class SheetError(Exception):
    """The workbook cannot be used. The message is one line: which sheet, which row, what was expected."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One filled row. `steps` is how many steps the verdict had when the sheet was made."""

    file: str
    row: int
    key: str
    action: Action
    status: Status | None
    author: str
    reason: str
    evidence: str | None
    machine: Status
    steps: int


def review_sheet(items: Iterable[Reviewed]) -> bytes:
    """The workbook with one row a verdict, what people decided so far filled in."""
    words = texts(Lang.ZH)
    book = Workbook()
    sheet: Any = book.active  # openpyxl's own types allow None, which a new book never has
    sheet.title = SHEET
    sheet.append(_HEADS)
    for item in items:
        v = item.verdict
        period = v.period or v.subject or ""
        machine = [v.key, v.agency, v.obligation_title, period, words(f"status.{v.status}"), v.reason, v.url or ""]
        _append(sheet, [*machine, "", "", "", "", "", v.status.value, len(item.trail)])
    _dress(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_sheet(body: bytes, file: str) -> tuple[Decision, ...]:
    """What people wrote: the rows with an opinion. Raises SheetError at the first row that says no clear thing."""
    if len(body) > MAX_BYTES:
        raise SheetError(f"{file}：超过 {MAX_BYTES // 1_000_000} MB / the workbook is too large")
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        rows = list(book[SHEET].iter_rows(values_only=True, max_row=MAX_ROWS, max_col=len(_HEADS)))
    except (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile, EOFError):
        raise SheetError(f"{file}：不是复核表（应有工作表“{SHEET}”） / not a review sheet") from None
    if not rows or tuple(rows[0]) != _HEADS:
        raise SheetError(f"{file}：第 1 行不是复核表的表头，请勿增删列 / the head of the sheet was changed")
    return tuple(_decision(file, i, row) for i, row in enumerate(rows[1:], start=2) if _is_filled(row))


def _is_filled(row: Sequence[object]) -> bool:
    written = row[len(_MACHINE) : len(_MACHINE) + len(_PERSON)]
    return any(str(cell or "").strip() for cell in written)


def _decision(file: str, number: int, row: Sequence[object]) -> Decision:
    cells = [str(cell).strip() if cell is not None else "" for cell in row]
    opinion, becomes, author, reason, evidence, machine, steps = cells[len(_MACHINE) :]
    here = f"{file} 第 {number} 行"
    names = {texts(Lang.ZH)(f"action.{action}"): action for action in Action}
    if opinion not in names:
        raise SheetError(f"{here}：复核意见应为 {'、'.join(names)} / unknown opinion {opinion!r}")
    statuses = {texts(Lang.ZH)(f"status.{status}"): status for status in Status}
    if becomes and becomes not in statuses:
        raise SheetError(f"{here}：改判应为 {'、'.join(statuses)} / unknown status {becomes!r}")
    if not author or not reason:
        raise SheetError(f"{here}：请写明复核人和复核理由 / author and reason are missing")
    if machine not in {status.value for status in Status} or not steps.isdigit() or not cells[0]:
        raise SheetError(f"{here}：隐藏列被改动，请重新导出复核表 / a hidden column was changed")
    return Decision(
        file=file,
        row=number,
        key=cells[0],
        action=names[opinion],
        status=statuses[becomes] if becomes else None,
        author=author,
        reason=reason,
        evidence=evidence or None,
        machine=Status(machine),
        steps=int(steps),
    )


def _append(sheet: Any, cells: Sequence[str | int]) -> None:  # noqa: ANN401 - openpyxl's worksheet
    sheet.append([printable(cell)[:32_000] if isinstance(cell, str) else cell for cell in cells])
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"  # a title that begins with "=" is a title


def _dress(sheet: Any) -> None:  # noqa: ANN401 - openpyxl's worksheet
    words = texts(Lang.ZH)
    for index, (_, width) in enumerate((*_MACHINE, *_PERSON, *_HIDDEN), start=1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].hidden = index > len(_MACHINE) + len(_PERSON)
        head = sheet.cell(row=1, column=index)
        head.font = Font(bold=True)
        head.fill = _GREY if index <= len(_MACHINE) else _YELLOW
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    for column, choices in (
        (len(_MACHINE) + 1, [words(f"action.{action}") for action in Action]),
        (len(_MACHINE) + 2, [words(f"status.{status}") for status in Status]),
    ):
        choice = DataValidation(type="list", formula1='"' + ",".join(choices) + '"', allow_blank=True)
        letter = get_column_letter(column)
        choice.add(f"{letter}2:{letter}{max(sheet.max_row, 2)}")
        sheet.add_data_validation(choice)
