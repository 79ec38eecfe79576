"""`gongkai plan`: documents into registers, review sheets, and a register beside the plan's text."""

import json
from collections.abc import Iterator
from pathlib import Path

from gongkai.arguments import InputError
from plans.load import load_register
from plans.reading.drafting import entries_of, to_register_yaml
from plans.reading.errors import PlanImportError
from plans.reading.importing import import_plan, to_json_lines
from plans.reading.measure import ImportedPlan
from plans.reading.review import apply_review, write_review
from plans.register import Obligation
from reports.writing import replace_files

MAX_BYTES = 60 * 1024 * 1024  # beyond it no office's plan is any more; the reader has limits of its own


def read_plan(file: Path, place: str | None = None, year: int | None = None) -> ImportedPlan:
    """Raises InputError with one line that names the file."""
    try:
        with file.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{file}: 无法读取 / cannot be read ({error.strerror})") from None
    try:
        return import_plan(body, file.name, place, year)
    except PlanImportError as error:
        raise InputError(f"{file}: {error.zh} / {error.en}") from None


def json_lines(plan: ImportedPlan) -> Iterator[str]:
    for record in to_json_lines(plan):
        yield json.dumps(record, ensure_ascii=False)


def write_draft(plan: ImportedPlan, out: Path | None, review: Path | None) -> Iterator[str]:
    """The draft register to `out` (else as lines), the review sheet to `review`; a line on what was written."""
    register = _drafted(plan)
    if review is not None:
        try:
            write_review(plan, review)
        except PlanImportError as error:
            raise InputError(f"--review {review}: {error.zh} / {error.en}") from None
    if out is None:
        yield register.rstrip("\n")
        return
    _write(out, register)
    doubtful = sum(1 for measure in plan.measures if measure.doubts)
    obligations = sum(len(measure.obligations) for measure in plan.measures)
    yield f"{out}：{len(plan.measures)} 条措施，{obligations} 项公开事项；{doubtful} 条有疑点，请先核对"
    if review is not None:
        yield f"{review}：核对表；改好后运行 gongkai plan apply {out} {review}"


def _drafted(plan: ImportedPlan) -> str:
    try:
        return to_register_yaml(plan)
    except PlanImportError as error:
        raise InputError(f"{plan.file}: {error.zh} / {error.en}") from None


def apply_sheet(register: Path, sheet: Path, out: Path | None) -> str:
    """The reviewed register, written in one step. Returns a line on what was written."""
    try:
        text = apply_review(register, sheet)
    except PlanImportError as error:
        raise InputError(f"{sheet}: {error.zh} / {error.en}") from None
    _write(out or register, text)
    return f"{out or register}：已写入核对结果"


def shown(register: Path, source: Path | None, only: str | None) -> Iterator[str]:
    """The register's obligations by measure, the plan's own words beside them where the user has the document."""
    plan = load_register(register)
    texts = _texts(source, plan.plan.place, plan.plan.year) if source else {}
    measure = ""
    for obligation in plan.obligations:
        if only and only not in (obligation.measure, obligation.id):
            continue
        if obligation.measure != measure:
            measure = obligation.measure
            yield f"{measure}"
            if text := _nearest(texts, measure):
                yield f"    原文：{text}"
        yield f"  {obligation.id}  {obligation.title}（{'、'.join(obligation.lead)}）{_timing(obligation)}"


def _texts(source: Path, place: str, year: int) -> dict[str, str]:
    return {str(e.values["measure"]): e.measure.clause.text for e in entries_of(read_plan(source, place, year))}


def _nearest(texts: dict[str, str], measure: str) -> str | None:
    """The text of the measure, or of the clause that holds it where the register counts finer."""
    if measure in texts:
        return texts[measure]
    section = measure.rpartition("/")[0].replace("（", "(").replace("）", ")")
    inside = [name for name in texts if name.replace("/", "").replace("（", "(").replace("）", ")") == section]
    return texts[inside[0]] if inside else None


def _timing(obligation: Obligation) -> str:
    words = [word.value for word in (obligation.cadence, obligation.vague, obligation.check) if word is not None]
    due = obligation.due.model_dump(mode="json", exclude_none=True) if obligation.due else None
    return "  ".join(["", *words, json.dumps(due, ensure_ascii=False) if due else ""]).rstrip()


def _write(path: Path, text: str) -> None:
    try:
        replace_files({path: text.encode("utf-8")})
    except OSError as error:
        raise InputError(f"{path}: 无法写入 / cannot be written ({error.strerror})") from None
