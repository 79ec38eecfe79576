"""A plan document -> its measures with draft obligations: the one entry."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from plans.reading.blocks import Block, Paragraph, Row
from plans.reading.documents import read_document
from plans.reading.errors import PlanImportError
from plans.reading.lexicon import lexicon
from plans.reading.measure import Clause, ImportedPlan, Measure, Origin
from plans.reading.narrative import clauses_of_outline, headings_before
from plans.reading.obligations import drafts_of
from plans.reading.outline import marker, mended, outline
from plans.reading.script import compact, plain
from plans.reading.tables import TableReader
from plans.register import FIRST_YEAR, LAST_YEAR

_PLAN_TITLE = re.compile(
    r"(?:政务|信息|阳光|公开).{0,40}(?:要点|方案|分工|安排|台账|清单|分解|计划|任务表?|意见|要求)|(?:要点|分工方案|责任清单|任务分解表?)$"
)
_NO_TITLE = re.compile("通知$|关于印发|本次|的通知|[。，；：]$|已经|^附件")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年|〕|\]|\))")
_PLACE = re.compile(r"^(?:关于)?((?:[\u4e00-\u9fff]{1,6}?(?:省|市|自治区|自治州|州|盟|县|区|旗)){1,3})")
_LONGEST_TITLE: Final = 90
_LEAST_LED: Final = 0.5  # of clauses with agencies, where no title says that this is a plan
_LEAST_SHARE: Final = 0.34  # of clauses that publish something: 0.7 and more in all plans seen, below 0.2 in speeches


def import_plan(body: bytes, name: str, place: str | None = None, year: int | None = None) -> ImportedPlan:
    """The plan in the file `name` with the content `body`. `place` and `year` go before what the title says.

    Deterministic. Raises PlanImportError with one clear line, and nothing else, whatever the bytes are.
    """
    blocks = read_document(body, name)
    texts = list(mended(block for block in blocks if isinstance(block, Paragraph)))
    title = _title(texts, blocks)
    found_year = year if year and FIRST_YEAR <= year <= LAST_YEAR else _year(title, texts)
    clauses = _clauses(blocks, texts)
    _check_is_plan(clauses, _names_plan([title, *texts[:60]]))
    measures = tuple(Measure(clause, drafts_of(clause, found_year)) for clause in clauses)
    doubts = [] if found_year else ["没有读出计划年份，请用 --year 给出"]
    return ImportedPlan(
        title or name,
        place or _place(title),
        found_year,
        name,
        hashlib.sha256(body).hexdigest(),
        measures,
        tuple(doubts),
    )


def _clauses(blocks: tuple[Block, ...], texts: list[str]) -> list[Clause]:
    """Those of the tables, and of the running text around them; a table's notice is only looked through for duties
    and for items that name their agencies."""
    reader = TableReader()
    before: list[str] = []
    for block in blocks:
        if isinstance(block, Row):
            if not reader.clauses and not reader.roles:
                reader.above = headings_before(before) if len(blocks) - len(before) > 1 and _headed(before) else ()
            reader.read(block)
        else:
            before.append(block.text)
            if reader.roles:
                reader.enter(block.text)
    narrated = clauses_of_outline(outline(texts))
    if not reader.clauses:
        return narrated
    told = [clause for clause in narrated if clause.origin is Origin.COVERING or (clause.lead and clause.number)]
    return [
        *(one for one in told if one.origin is Origin.COVERING),
        *reader.clauses,
        *(one for one in told if one.origin is not Origin.COVERING),
    ]


def _headed(before: list[str]) -> bool:
    """Whether the last line before the table is a heading of it."""
    return bool(before) and bool(headings_before(before[-1:]))


def _title(texts: Iterable[str], blocks: Iterable[Block]) -> str:
    """The first line that names a plan; the shortest of those that a notice repeats."""
    lines = [*texts][:60]
    lines += [cell for block in list(blocks)[:3] if isinstance(block, Row) for cell in block.cells]
    found = [compact(line) for line in lines if _is_title(line)]
    own = [line for line in found if not _NO_TITLE.search(plain(line))]
    return re.sub("^(?:名称|标题|题名)[:：]", "", max(own or found, key=len, default="")).strip("《》")


def _year(title: str, texts: list[str]) -> int | None:
    for text in (title, *texts[:12]):
        found = _YEAR.search(plain(compact(text)))
        if found:
            return int(found[1])
    return None


def _place(title: str) -> str | None:
    found = _PLACE.match(re.sub(r"^(?:20\d\d年)", "", title))
    return found[1] if found else None


def _names_plan(lines: Iterable[str]) -> bool:
    """Whether a line of its own is a plan's title, or that of a notice which sends one out."""
    return any(map(_is_title, lines))


def _is_title(line: str) -> bool:
    if len(line) > _LONGEST_TITLE or marker(line) is not None:
        return False
    even = plain(compact(line))
    return _PLAN_TITLE.search(even) is not None and not even.endswith(("。", "：", "；"))


def _check_is_plan(clauses: list[Clause], named: bool) -> None:
    if not clauses:
        raise PlanImportError(
            "没有找到具体措施：既没有任务表，也没有带编号的条款；这似乎不是工作要点或分工方案",
            "no measures found, neither in a table nor as numbered items: this seems to be no plan",
        )
    if not named and sum(bool(one.lead) for one in clauses) < max(2, len(clauses) * _LEAST_LED):
        raise PlanImportError(
            "没有要点、方案、分工一类的标题，条款也大多没有牵头单位；这似乎不是工作要点或分工方案",
            "no title of a plan, and most items name no agency: this seems to be no plan",
        )
    words = lexicon()
    telling = sum(
        bool(words.publishing.search(plain(one.text)) or re.search("解读|回应|政务|网站|依申请", plain(one.text)))
        for one in clauses
    )
    if telling < len(clauses) * _LEAST_SHARE:
        raise PlanImportError(
            f"读到 {len(clauses)} 条条款，但很少与公开有关；这似乎不是政务公开的工作要点或分工方案",
            f"{len(clauses)} items, but few of them about publishing: this seems to be no disclosure plan",
        )


def to_json_lines(plan: ImportedPlan) -> Iterator[dict[str, Any]]:
    """One object a measure, with the keys of the contract (DESIGN, command line) and what a reviewer needs."""
    for measure in plan.measures:
        clause = measure.clause
        yield {
            "section": measure.section,
            "section_title": clause.path[-1].title if clause.path else "",
            "path": " > ".join(heading.whole for heading in clause.path),
            "number": clause.number,
            "lead": list(clause.lead),
            "cooperating": list(clause.cooperating),
            "text": clause.text,
            "time": clause.time,
            "origin": clause.origin.value,
            "obligations": [
                {
                    "title": draft.title,
                    "kind": draft.kind.value,
                    "cadence": draft.cadence.value,
                    "cadence_phrase": draft.cadence_phrase,
                    "deadline": draft.deadline,
                    "channel": draft.channel,
                    "covers": list(draft.covers),
                    "fields": list(draft.fields),
                    "evidence": {"title": list(draft.patterns)},
                    "doubts": list(draft.doubts),
                }
                for draft in measure.obligations
            ],
            "doubts": list(measure.doubts),
        }
