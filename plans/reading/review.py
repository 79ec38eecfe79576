"""Plan text and drafts side by side for a person, as a workbook or a page; the workbook's edits go back."""

import datetime as dt
import html
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from plans.load import PlanFileError, parse
from plans.reading.drafting import Entry, entries_of
from plans.reading.errors import PlanImportError
from plans.reading.measure import ImportedPlan
from plans.register import Cadence, CheckMode, Kind, Register, Vague

_SHEET: Final = "核对"
_ORIGINAL: Final = "原值"  # hidden; tells an edit from what the register says by now
_MAX_SHEET_BYTES: Final = 20_000_000
_MAX_ROWS: Final = 20_000
_DELETE: Final = "删除"
_DUE: Final = "date 2017-12-31；day 25 of next_period；working_days 10 after repeal"


@dataclass(frozen=True, slots=True)
class _Field:
    """A column that may be edited: its head, the register's key, how a value is written and read."""

    head: str
    key: tuple[str, ...]
    write: Callable[[object], str]
    read: Callable[[str], object]
    width: int = 16
    choices: tuple[str, ...] = ()


def _lines(value: object) -> str:
    return "\n".join(str(one) for one in value) if isinstance(value, (list, tuple)) else ""


def _listed(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _named(text: str) -> list[str]:
    return [name for line in _listed(text) for name in _outside_brackets(line)]


def _outside_brackets(line: str) -> list[str]:
    """Names between 、 and commas; a comma inside a bracket divides nothing."""
    parts, depth = [""], 0
    for sign in line:
        depth += (sign in "（(") - (sign in "）)")
        if sign in "、，,；;" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _word(value: object) -> str:
    return "" if value is None else str(value)


def _due_words(value: object) -> str:
    """{day: 25, of: next_period} -> `day 25 of next_period`."""
    return " ".join(f"{key} {content}" for key, content in value.items()) if isinstance(value, Mapping) else ""


def _due_read(text: str) -> dict[str, Any] | None:
    words = text.split()
    if not words:
        return None
    if len(words) % 2:
        raise ValueError(f"期限应为成对的词，如 {_DUE}")
    pairs = dict(zip(words[::2], words[1::2], strict=True))
    return {key: _number_or_date(content) for key, content in pairs.items()}


def _number_or_date(word: str) -> int | dt.date | str:
    if re.fullmatch(r"\d{1,5}", word, re.ASCII):
        return int(word)
    return dt.date.fromisoformat(word) if re.fullmatch(r"\d{4}-\d\d-\d\d", word, re.ASCII) else word


_FIELDS: Final = (
    _Field("事项", ("title",), _word, str.strip, 28),
    _Field("牵头单位", ("lead",), _lines, _named),
    _Field("配合单位", ("cooperating",), _lines, _named),
    _Field("类型", ("kind",), _word, str.strip, 11, tuple(Kind)),
    _Field("频率", ("cadence",), _word, str.strip, 11, tuple(Cadence)),
    _Field("含糊词", ("vague",), _word, str.strip, 11, tuple(Vague)),
    _Field("期限", ("due",), _due_words, _due_read, 18),
    _Field("渠道", ("where",), _lines, _named),
    _Field("标题模式", ("evidence", "title"), _lines, _listed, 28),
    _Field("栏目", ("evidence", "columns"), _lines, _named),
    _Field("须点名", ("evidence", "covers"), _lines, _named),
    _Field("要素", ("evidence", "fields"), _lines, _named),
    _Field("核查方式", ("check",), _word, str.strip, 11, tuple(CheckMode)),
    _Field("备注", ("note",), _word, str.strip, 28),
)
_FIXED: Final = (("编号", 8), ("条款", 10), ("疑点", 28), ("措施原文", 60))
_HEADS: Final = (*(head for head, _ in _FIXED), *(field.head for field in _FIELDS), "处理")


def write_review(plan: ImportedPlan, path: Path) -> None:
    """Write the sheet (.xlsx) or page (.html) wholly or not at all. Raises PlanImportError for other names and
    where the file cannot be written."""
    entries = list(entries_of(plan))
    match path.suffix.lower():
        case ".xlsx":
            body = _workbook(plan, entries)
        case ".html" | ".htm":
            body = _page(plan, entries).encode()
        case _:
            raise PlanImportError("核对表应为 .xlsx 或 .html", "a review is written as .xlsx or .html")
    _put(path, body)


def _put(path: Path, body: bytes) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".review-", delete=False) as stream:
            stream.write(body)
        os.replace(stream.name, path)  # noqa: PTH105 - the temporary's name is a string
    except OSError as error:
        raise PlanImportError(f"无法写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}") from None


def _fixed(entry: Entry) -> tuple[str, ...]:
    doubts = dict.fromkeys((*entry.measure.clause.doubts, *entry.draft.doubts))
    return (entry.values["id"], entry.values["measure"], "\n".join(doubts), entry.measure.clause.text)


def _written(values: Mapping[str, Any]) -> list[str]:
    return [field.write(_at(values, field.key)) for field in _FIELDS]


def _at(values: Mapping[str, object], key: tuple[str, ...]) -> object:
    found: object = values
    for part in key:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _workbook(plan: ImportedPlan, entries: list[Entry]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet, original = book.create_sheet(_SHEET), book.create_sheet(_ORIGINAL)
    original.sheet_state = "hidden"
    for target in (sheet, original):
        _append(target, _HEADS)
    for entry in entries:
        written = _written(entry.values)
        _append(sheet, (*_fixed(entry), *written, ""))
        _append(original, (entry.values["id"], "", "", "", *written, ""))
    _dress(sheet, entries)
    sheet.oddHeader.center.text = plan.title[:100].replace("&", "&&")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _append(sheet: Worksheet, values: tuple[str, ...]) -> None:
    """As text: what a plan begins with = is no formula."""
    row = sheet.max_row + (1 if sheet.cell(1, 1).value is not None else 0)
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        if value:
            cell.value = value[:32_000]
            cell.data_type = "s"


def _dress(sheet: Worksheet, entries: list[Entry]) -> None:
    widths = [*(width for _, width in _FIXED), *(field.width for field in _FIELDS), 8]
    for column, width in enumerate(widths, start=1):
        head = sheet.cell(1, column)
        head.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    doubtful = PatternFill("solid", start_color="FFF2CC")
    for row, entry in enumerate(entries, start=2):
        for column in range(1, len(_HEADS) + 1):
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
            if entry.measure.clause.doubts or entry.draft.doubts:
                sheet.cell(row, column).fill = doubtful
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = sheet.dimensions
    choices = {len(_FIXED) + 1 + at: field.choices for at, field in enumerate(_FIELDS) if field.choices}
    choices[len(_HEADS)] = (_DELETE,)
    for column, allowed in choices.items():
        rule = DataValidation(type="list", formula1=f'"{",".join(allowed)}"', allow_blank=True)
        letter = get_column_letter(column)
        rule.add(f"{letter}2:{letter}{max(2, len(entries) + 1)}")
        sheet.add_data_validation(rule)


_STYLE: Final = (
    "body{font:14px/1.6 sans-serif;margin:1.5em}table{border-collapse:collapse}th,td{border:1px solid #bbb;"
    "padding:.3em .5em;vertical-align:top;white-space:pre-wrap}th{background:#eee;position:sticky;top:0}"
    ".doubt td{background:#fff2cc}td:nth-child(4){min-width:24em}"
)


def _page(plan: ImportedPlan, entries: list[Entry]) -> str:
    heads = "".join(f"<th>{html.escape(head)}</th>" for head in _HEADS[:-1])
    rows = "\n".join(_page_row(entry) for entry in entries)
    title = html.escape(plan.title)
    return (
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        f"<h1>{title}</h1><p>{len(plan.measures)} 条措施，{len(entries)} 项公开事项；有疑点的行以底色标出。</p>"
        f"<table><tr>{heads}</tr>\n{rows}\n</table></html>\n"
    )


def _page_row(entry: Entry) -> str:
    cells = "".join(f"<td>{html.escape(text)}</td>" for text in (*_fixed(entry), *_written(entry.values)))
    return f"<tr{' class=doubt' if _fixed(entry)[2] else ''}>{cells}</tr>"


def apply_review(register_path: Path, sheet_path: Path) -> str:
    """The register's text with the edits of the sheet; comments and everything that was not edited stay.

    An edit is a cell that differs from what the sheet was written with. Raises PlanImportError, by row, where the
    register was changed in the same place meanwhile, an id is unknown, or the result is no valid register.
    """
    tree = _register(register_path)
    obligations = {str(one.get("id")): one for one in tree["obligations"] if isinstance(one, CommentedMap)}
    conflicts: list[str] = []
    dropped: set[str] = set()
    for number, row, before in _sheet_rows(sheet_path):
        target = obligations.get(row[0])
        if target is None:
            if any(row):
                conflicts.append(f"第 {number} 行：台账中没有编号 {row[0] or '（空）'}")
            continue
        if row[-1] == _DELETE:
            dropped.add(row[0])
            continue
        conflicts += [f"第 {number} 行（{row[0]}）{said}" for said in _edit(target, row, before)]
    if conflicts:
        raise PlanImportError("；".join(conflicts[:20]), f"{len(conflicts)} conflicts: " + "; ".join(conflicts[:20]))
    _drop(tree["obligations"], dropped)
    return _validated(tree, register_path)


def _drop(obligations: CommentedSeq, dropped: set[str]) -> None:
    for index in reversed(range(len(obligations))):
        if str(obligations[index].get("id")) in dropped:
            del obligations[index]


def _register(path: Path) -> CommentedMap:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise PlanImportError(f"无法读取 {path}：{error.strerror}", f"cannot read {path}: {error.strerror}") from None
    try:
        parse(body, Register, str(path))
        tree: CommentedMap = _yaml().load(body.decode("utf-8-sig"))
    except PlanFileError as error:
        raise PlanImportError(
            f"台账有误：{error.problems[0]}", f"the register has errors: {error.problems[0]}"
        ) from None
    except (YAMLError, UnicodeDecodeError) as error:
        raise PlanImportError(f"台账无法读取：{path}", f"the register cannot be read: {path}") from error
    return tree


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 4096
    yaml.preserve_quotes = True
    return yaml


_Cells = tuple[str, ...]


def _sheet_rows(path: Path) -> Iterator[tuple[int, _Cells, _Cells | None]]:
    """(row number, cells, cells as the sheet was written) of every filled row."""
    try:
        book = load_workbook(io.BytesIO(_sheet_bytes(path)), data_only=True)
        sheet, original = book[_SHEET], book[_ORIGINAL]
        heads = _cells(next(sheet.iter_rows(values_only=True)))
        rows = [_cells(row) for row in sheet.iter_rows(min_row=2, max_row=_MAX_ROWS, values_only=True)]
        known = {row[0]: row for row in map(_cells, original.iter_rows(min_row=2, max_row=_MAX_ROWS, values_only=True))}
    except PlanImportError:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a broken or foreign file makes it stumble over
        raise PlanImportError(
            f"{path.name} 不是由 plan import --review 写出的核对表",
            f"{path.name} was not written by plan import --review",
        ) from None
    if heads != _HEADS:
        raise PlanImportError("核对表的表头被改动，请恢复后再应用", "the heads of the sheet were changed: restore them")
    for number, row in enumerate(rows, start=2):
        if any(row):
            yield number, row, known.get(row[0])


def _sheet_bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        body = stream.read(_MAX_SHEET_BYTES + 1)
    if len(body) > _MAX_SHEET_BYTES:
        raise PlanImportError("核对表过大", "the sheet is too large")
    return body


def _cells(values: tuple[Any, ...]) -> _Cells:
    texts = ["" if value is None else str(value).replace("\r\n", "\n").strip() for value in values[: len(_HEADS)]]
    return tuple(texts + [""] * (len(_HEADS) - len(texts)))


def _edit(target: CommentedMap, row: _Cells, before: _Cells | None) -> Iterator[str]:
    """Carry the row's edits into one obligation; yields what stands against it."""
    for at, field in enumerate(_FIELDS, start=len(_FIXED)):
        if before is not None and row[at] == before[at]:
            continue
        now = field.write(_at(target, field.key)).strip()
        if row[at] == now:
            continue
        if before is not None and now != before[at]:
            yield f"{field.head}：表中改为“{row[at]}”，台账此前已改为“{now}”"
            continue
        try:
            _set(target, field.key, field.read(row[at]))
        except ValueError as error:
            yield f"{field.head}：{error}"


def _set(target: CommentedMap, key: tuple[str, ...], value: object) -> None:
    for part in key[:-1]:
        if not isinstance(target.get(part), CommentedMap):
            target[part] = CommentedMap()
        target = target[part]
    if value in ("", None, []):
        target.pop(key[-1], None)
    else:
        target[key[-1]] = value


def _validated(tree: CommentedMap, path: Path) -> str:
    stream = io.StringIO()
    _yaml().dump(tree, stream)
    text = stream.getvalue()
    try:
        parse(text.encode(), Register, str(path))
    except PlanFileError as error:
        said = "；".join(str(problem) for problem in error.problems[:5])
        raise PlanImportError(f"改动后的台账不合格式：{said}", f"the edited register is not valid: {said}") from None
    return text
