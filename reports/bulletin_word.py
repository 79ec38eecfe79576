"""The bulletin as a Word file made from a template with placeholders, which an office may edit in Word (docxtpl).

A template is a file from outside: it is bounded, runs in a sandbox that knows loops, conditions and the bulletin's own
names, and is refused in one line where it is none, asks for what there is not, or would leave content out.
"""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any, Final

from docx import Document as WordDocument
from docxtpl import DocxTemplate  # type: ignore[import-untyped] # ships no types
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from reports.bulletin import Told, annex_lines
from reports.bulletin_wording import FOLDER, Wording, fill
from reports.cells import shown
from reports.document import Table
from reports.links import printable
from reports.texts import Lang, Texts, texts

MAX_BYTES: Final = 10_000_000  # of a template as it stands on disk; a letterhead with a seal's picture has far less
MAX_UNPACKED: Final = 50_000_000
MAX_ROWS: Final = 2_000  # of one annex, as in every Word form of ours; the workbook has all
# What of each annex must stand in the file; an office may leave out the other cells.
KEYS: Final = {
    "sample": ("site", "outcome"),
    "failed": ("site", "problems"),
    "recheck": ("site", "now"),
    "unclear": ("site", "reason"),
    "findings": ("agency", "what"),
    "agencies": ("agency", "rate"),
}
TABLES: Final = tuple(KEYS)
OPTIONAL: Final = ("number", "addressee", "annex_lines", "issuer", "issued")  # a letterhead may hold them itself
REQUIRED: Final = ("title", "basis", "overview", "problems", "demands", *TABLES)


class TemplateFileError(Exception):
    """A Word template cannot be used. The message is one line that says what to mend."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """No arithmetic that makes a short template a huge text."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        raise SecurityError(f"{operator} 不可用 / is not allowed")


def shipped_template(lang: Lang) -> Path:
    return FOLDER / f"bulletin.{lang}.docx"


def to_word(words: Told, wording: Wording, lang: Lang, template: Path) -> bytes:
    """The file. Raises TemplateFileError."""
    body = _bytes(template)
    context = _context(words, wording, texts(lang))
    try:
        made = _rendered(body, context)
    except UndefinedError as error:
        there = "、".join((*REQUIRED, *OPTIONAL))
        raise TemplateFileError(
            f"{template}：模板用了没有的占位符（{_line(error)}）；可用：{there} / unknown placeholder"
        ) from None
    except TemplateSyntaxError as error:
        raise TemplateFileError(f"{template}：模板标记不完整或写错（{_line(error)}） / broken tag") from None
    except TemplateError as error:
        raise TemplateFileError(f"{template}：模板无法使用（{_line(error)}） / cannot be used") from None
    except Exception as error:  # noqa: BLE001 - an outside file in two libraries' hands: whatever they stumble over
        raise TemplateFileError(
            f"{template}：不是可用的 docx 模板（{type(error).__name__}） / not a usable docx template"
        ) from None
    _check_complete(made, context, template)
    return made


def _bytes(template: Path) -> bytes:
    try:
        with template.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise TemplateFileError(f"{template}：无法读取（{error.strerror}） / cannot be read") from None
    if len(body) > MAX_BYTES:
        raise TemplateFileError(f"{template}：模板过大（上限 {MAX_BYTES:,} 字节） / too large")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise TemplateFileError(f"{template}：不是 docx 文件，请用 Word 另存为 .docx / not a docx file") from None
    if unpacked > MAX_UNPACKED:
        raise TemplateFileError(f"{template}：模板展开后过大 / too large when unpacked")
    if "word/document.xml" not in names:
        raise TemplateFileError(f"{template}：不是 docx 文件，请用 Word 另存为 .docx / not a docx file")
    return body


def _rendered(body: bytes, context: dict[str, Any]) -> bytes:
    template = DocxTemplate(io.BytesIO(body))
    environment = _Sandbox(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in ("length", "join", "upper", "default")}
    found = template.get_undeclared_template_variables(jinja_env=environment)
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        listed = "、".join(missing)
        raise SecurityError(f"缺少占位符 {listed}，通报内容会有遗漏 / placeholders are missing: {listed}")
    template.render(_escaped(context), jinja_env=environment)
    template.docx.core_properties.title = context["title"][:250]
    template.docx.core_properties.modified = dt.datetime(2000, 1, 1)  # the same bulletin, the same bytes
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _escaped(value: Any) -> Any:  # noqa: ANN401 - texts, lists and mappings of them
    """Texts as XML, braces too: docxtpl looks through the finished file for marks such as "{_{" of its own."""
    if isinstance(value, str):
        return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 - escaped just here
    if isinstance(value, list):
        return [_escaped(each) for each in value]
    return {name: _escaped(each) for name, each in value.items()} if isinstance(value, dict) else value


def _context(words: Told, wording: Wording, t: Texts) -> dict[str, Any]:
    numbers = {name: i for i, name in enumerate(words.annexes, start=1)}
    return {
        "title": printable(words.title),
        "number": printable(words.number),
        "addressee": words.addressee,
        "basis": words.basis,
        "overview": list(words.overview),
        "problems": [{"title": title, "paragraphs": list(said)} for title, said in words.problems]
        or [{"title": "", "paragraphs": [words.nothing]}],
        "demands": list(words.demands),
        "annex_lines": list(annex_lines(words, wording)),
        "issuer": words.issuer,
        "issued": words.issued,
        **{name: _annex(words.annexes.get(name), numbers.get(name), wording, t) for name in TABLES},
    }


def _annex(table: Table | None, number: int | None, wording: Wording, t: Texts) -> dict[str, Any] | None:
    """None where the bulletin has no such annex. Without rows one says so, with more than a Word file bears one
    points to the workbook."""
    if table is None or number is None:
        return None
    names = [column.name for column in table.columns]
    rows = [
        {c.name: shown(cell, c.kind, t) for c, cell in zip(table.columns, row, strict=True)}
        for row in table.rows[:MAX_ROWS]
    ]
    blank = dict.fromkeys(names, "")
    if not rows:
        rows = [blank | {names[1]: table.empty}]
    if len(table.rows) > MAX_ROWS:
        rows.append(blank | {names[1]: fill(wording.annex.more, n=len(table.rows) - MAX_ROWS)})
    heading = fill(wording.annex.heading, number=number, title=table.title)
    return {"number": number, "heading": heading, "title": table.title, "note": table.note, "rows": rows}


def _check_complete(made: bytes, context: dict[str, Any], template: Path) -> None:
    """Every sentence and every row's name must stand in the file: a template that loops wrongly, or whose marks broke
    Word's own structure, would lose them silently."""
    have = _squeezed("".join(WordDocument(io.BytesIO(made)).element.body.itertext()))
    wanted = [context["title"], context["basis"], *context["overview"], *context["demands"]]
    wanted += [said for problem in context["problems"] for said in (problem["title"], *problem["paragraphs"])]
    for name in TABLES:
        if context[name]:
            wanted += [row[key] for row in context[name]["rows"] for key in KEYS[name]]
    lost = next((text for text in wanted if _squeezed(text) not in have), None)
    if lost is not None:
        raise TemplateFileError(
            f"{template}：套用模板后缺少内容“{lost[:30]}…”，请核对循环标记 / content is lost: check its loops"
        )


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _line(error: Exception) -> str:
    return " ".join(printable(str(error)).split())[:200]
