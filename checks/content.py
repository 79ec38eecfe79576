"""Does what was published hold what it must? `covers`, `fields`, `min_rows` and `min_count` of the register, looked
for in title, body, tables and attachments.

Saying that something is missing accuses, so all that could hold it must have been read: an attachment that is a scan,
locked, too large or not fetched, an article that was not opened, or a body without words of its own (a table posted
as a picture) leaves the question open. Versions of one instalment are read together.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checks.case import Answer, Case
from checks.elements import cover_words, field_words
from checks.expectations import Rule
from checks.matching import plain_title
from checks.verdict import Flag, ReasonCode
from checks.wording import FILE_WORDS, Sentence, content_note, short
from db.facts import FileOutcome, FileRead, Publication, Table
from plans.register import Evidence, Kind

MAX_CHARACTERS: Final = 2_000_000  # of one publication; yearly reports with their annexes reach 400,000
# A body that says less beside its title has its matter in a picture. Assumed: the shortest real body with a table has
# 60 characters, the posts of pictures have a heading and a unit.
LEAST_TEXT: Final = 20
_WHOLE_WORD: Final = 3  # characters from which another word for an element speaks for itself
_JUDGED_KINDS: Final = frozenset({Kind.PERIODIC, Kind.STANDING})  # of events, each item tells of its own alone
_TOTAL: Final = re.compile(r"全?[省市区县]?(?:合计|总计|小计|共计|汇总|平均|平均值|均值)[::]?")
_NUMBER: Final = re.compile(r"[-+]?[0-9][0-9,.]{0,20}%?")
_HEADING: Final = re.compile(
    r"序号|编号|名称|项目|指标|单位|城市|地区|区县|水源|类型|类别|情况|日期|时间|备注|内容|结果"
)
_ENUMERATED: Final = re.compile(
    r"^[ \t\u3000]{0,8}[(（]?([0-9]{1,4}|[一二三四五六七八九十百]{1,4})(?:[)）、．]|\.(?![0-9]))", re.MULTILINE
)
_STATED: Final = re.compile(
    r"(?:共|合计|总计|累计|总数)[^0-9。;]{0,12}([0-9][0-9,]{0,9})(?:余|多)?[个项条份部组种套宗件家处所]"
)
_CLAUSE: Final = re.compile(r"[。;!?\n]")
# A count speaks of the list where a word for what is listed stands beside it, not of what else was counted that month.
_LISTED: Final = ("数据集", "水源", "目录", "清单", "名单")
_TOO_COMMON: Final = re.compile(
    r"情况|信息|公开|公示|公告|通告|通知|工作|结果|报告|年度|月度|季度|关于|数据|资料|统计|完成|执行|汇总"
)
_OWN_WORD: Final = re.compile(r"[\u4e00-\u9fa5]{2,12}")
_NOT_LISTED: Final = re.compile(
    r"发放|派发|散发|印发|宣传|接受|接待|咨询|受理|办理|检查|排查|走访|出动|查处|整改|培训|召开|举办|参加|投入|资金|人次|群众|万元|问题|意见"
)
_BESIDE: Final = 16  # characters before and behind a count in which its word stands; assumed: half a line
_TALLEST_HEAD: Final = 3  # rows; a title over all columns is no row at all
_PAGED: Final = re.compile(r"下一页|下页|尾页|末页|加载更多|查看更多|共[0-9]{1,5}页")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What was not found in a publication (`lacking`), and the parts that could hold it but were not readable
    (`unread`). Only without such parts is it proven. Both are Chinese phrases, in the register's and page's order."""

    lacking: tuple[str, ...]
    unread: tuple[str, ...] = ()

    @property
    def is_proven(self) -> bool:
        return not self.unread


def shortfall(
    publication: Publication, evidence: Evidence, *, beside: Iterable[Publication] = (), place: str = ""
) -> Shortfall | None:
    """What the publication lacks of what the register asks for; None where nothing was found missing.

    `beside` are other versions and parts of the same instalment, read together with it. `place` is the plan's own
    place, whose name stands for 全市.
    """
    if not (evidence.covers or evidence.fields or evidence.min_rows or evidence.min_count):
        return None
    together = (publication, *beside)
    texts = tuple(plain_title(text) for one in together for text in _texts(one))
    lacking = [name for name in evidence.covers if not _is_named(cover_words(name, place), texts)]
    lacking += [name for name in evidence.fields if not _is_element(name, texts)]
    unread = [part for one in together for part in _unread(one)]
    rows = _rows(together)
    if evidence.min_rows and (rows is None or rows < evidence.min_rows):
        lacking.append(_short_of("表格", rows, evidence.min_rows, "行"))
        unread += _uncountable(rows, together, evidence.min_rows)
    if evidence.min_count:
        said = [(n, is_of_list) for one in together for n, is_of_list in _stated(one, _own_words(evidence))]
        sure = [n for n, is_of_list in said if is_of_list]
        count = max((n for n in (*sure, rows) if n is not None), default=None)
        if count is None or count < evidence.min_count:
            lacking.append(_short_of("条目", count, evidence.min_count, "条"))
            unread += () if sure else _uncountable(rows, together, evidence.min_count)
            unread += ["清单分页显示，只读到一页"] if any(_PAGED.search(text) for text in texts) else []
            unread += ["文中的总数未写明所指" for n, is_of_list in said if not is_of_list and n >= evidence.min_count]
    return Shortfall(tuple(lacking), tuple(dict.fromkeys(unread))) if lacking else None


def judge_content(case: Case, answer: Answer) -> tuple[tuple[Flag, ...], Sentence]:
    """The flags and the reason of an answer, with what the content lacks."""
    found = answer.found
    if case.obligation.kind not in _JUDGED_KINDS or (found is None and answer.reading is None):
        return answer.flags, answer.why
    short_of = _of_column(case, answer) if found is None else _of_found(case, found)
    if short_of is None:
        return answer.flags, answer.why
    flags = (*answer.flags, Flag.INCOMPLETE) if short_of.is_proven else answer.flags
    return flags, content_note(answer.why, short_of.lacking, short_of.unread)


def _of_found(case: Case, found: Publication) -> Shortfall | None:
    beside = tuple(m.publication for m in case.weighing.copies if m.publication != found)
    return shortfall(found, case.obligation.evidence, beside=beside, place=case.expectation.plan.place)


def _of_column(case: Case, answer: Answer) -> Shortfall | None:
    """A standing list that fills a column of its own: its rows are the items."""
    least, reading = case.obligation.evidence.min_count, answer.reading
    if (
        case.expectation.rule is not Rule.STANDING
        or reading is None
        or answer.why.code is not ReasonCode.FOUND
        or not least
    ):
        return None
    listed = case.seen.titles.listed_in(reading.site, frozenset({reading.url}))
    count = max(reading.items, len(listed))
    if count >= least:
        return None
    unread = () if reading.complete and reading.back_to is None else ("栏目未读到末尾",)
    return Shortfall((_short_of("条目", count, least, "条"),), unread)


def _texts(publication: Publication) -> Iterator[str]:
    yield publication.title
    yield (publication.text or "")[:MAX_CHARACTERS]
    yield from _cells(publication.tables)
    yield from (name for name, _ in publication.attachments)
    for file in publication.files:
        yield file.name
        yield file.text[:MAX_CHARACTERS]
        yield from _cells(file.tables)


def _cells(tables: Iterable[Table]) -> Iterator[str]:
    return (cell for table in tables for row in table for cell in row)


def _is_named(words: Iterable[str], texts: Sequence[str]) -> bool:
    return any(plain_title(word) in text for word in words for text in texts)


def _is_element(name: str, texts: Sequence[str]) -> bool:
    """Another word as short as 依据 or 内容 stands for an element only as a cell or label, not within a sentence."""
    own, *others = field_words(name)
    if _is_named([own, *(word for word in others if len(word) >= _WHOLE_WORD)], texts):
        return True
    return any(text == word or f"{word}:" in text for word in others for text in texts)


def _unread(publication: Publication) -> Iterator[str]:
    """The parts of a publication that nobody could read."""
    title = short(publication.title)
    text = publication.text
    files = publication.files
    if text is None and any(file.url == publication.url for file in files):
        pass  # the list leads to the file itself
    elif text is None:
        yield f"《{title}》正文未打开"
    elif len(text) > MAX_CHARACTERS:
        yield f"《{title}》正文过长"
    elif not publication.tables and _is_wordless(publication, text):
        yield f"《{title}》正文没有可读的文字"
    opened = {file.url.partition("#")[0] for file in files}  # members of an archive bear its address and their name
    for name, url in publication.attachments:
        if url.partition("#")[0] not in opened:
            yield f"附件“{short(name)}”未取得"
    for file in files:
        if file.outcome is not FileOutcome.READ:
            yield f"附件“{short(file.name)}”{FILE_WORDS[file.outcome]}"
        elif not _says_something(file) or len(file.text) > MAX_CHARACTERS:
            yield f"附件“{short(file.name)}”没有可读的文字"


def _is_wordless(publication: Publication, text: str) -> bool:
    """Nothing but the title stands there, and no attachment speaks for the body."""
    words = plain_title(text).replace(plain_title(publication.title), "")
    return len(words) < LEAST_TEXT and not any(_says_something(file) for file in publication.files)


def _says_something(file: FileRead) -> bool:
    return file.outcome is FileOutcome.READ and (bool(file.text.strip()) or bool(file.tables))


def _rows(publications: Iterable[Publication]) -> int | None:
    """The most rows that any one of the publications can be said to have; None where nothing can be counted."""
    counts = [n for one in publications if (n := _rows_of(one)) is not None]
    return max(counts, default=None)


def _rows_of(publication: Publication) -> int | None:
    """The rows of the largest table and of the tables beside it that are as wide (one table cut in two), or the
    items of a numbered list."""
    bodies = [body for table in _tables(publication) if (body := _data_rows(table))]
    largest = max(bodies, key=len, default=())
    alike = [body for body in bodies if len(body[0]) == len(largest[0])]
    rows = len({row for body in alike for row in body})
    items = max((len(set(_ENUMERATED.findall(text))) for text in _prose(publication)), default=0)
    count = max(rows, items if items >= 2 else 0)
    return count or None


def _tables(publication: Publication) -> tuple[Table, ...]:
    return (*publication.tables, *(table for file in publication.files for table in file.tables))


def _prose(publication: Publication) -> tuple[str, ...]:
    texts = (publication.text or "", *(file.text for file in publication.files))
    return tuple(text[:MAX_CHARACTERS] for text in texts)


def _has_headings_alone(publications: Iterable[Publication]) -> bool:
    """No table, and what is numbered is numbered like headings (一、总体情况): nothing shows what the items are."""
    if any(_data_rows(table) for one in publications for table in _tables(one)):
        return False
    numbers = [n for one in publications for text in _prose(one) for n in _ENUMERATED.findall(text)]
    return bool(numbers) and not any(number.isdecimal() for number in numbers)


def _data_rows(table: Table) -> tuple[tuple[str, ...], ...]:
    """A table's rows without its head, totals and lines that run over all columns. A table of labels (索引号: ...,
    发布机构: ...) tells of the page and has none."""
    rows = [tuple(plain_title(cell) for cell in row) for row in table]
    if 2 * sum(bool(row) and row[0].endswith(":") for row in rows) > len(rows):
        return ()
    rows = [row for row in rows if len({cell for cell in row if cell}) >= 2]
    head = _height_of_head(rows)
    return tuple(row for row in rows[head:] if not any(_TOTAL.fullmatch(cell) for cell in row[:2]))


def _height_of_head(rows: Sequence[Sequence[str]]) -> int:
    """How many leading rows are no data: all before the numbers where every later row has one, else those that read
    like a head. In doubt a row counts as data, for fewer rows accuse."""
    numbered = [any(_NUMBER.fullmatch(cell) for cell in row) for row in rows]
    first = numbered.index(True) if True in numbered else len(rows)
    if 0 < first < len(rows) and all(numbered[first:]):
        return first
    leading = rows[: min(first, _TALLEST_HEAD)]
    return next((i for i, row in enumerate(leading) if not any(map(_HEADING.search, row))), len(leading))


def _own_words(evidence: Evidence) -> tuple[str, ...]:
    """Words for what the obligation lists: those of its titles and columns, and the usual ones."""
    own = {word for text in (*evidence.title, *evidence.columns) for word in _OWN_WORD.findall(text)}
    return (*_LISTED, *sorted(word for word in own if not _TOO_COMMON.fullmatch(word)))


def _stated(publication: Publication, own: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Each count that the publication itself states, and whether it surely is of the list: a cell of its own, or
    beside a word for what is listed (共开放600个数据集). What was handed out, done or spent is left out."""
    for text in _texts(publication):
        for line in text.splitlines():
            cells = [plain_title(cell) for cell in line.split("\t")]
            for clause in _CLAUSE.split(plain_title(line)):
                for found in _STATED.finditer(clause):
                    beside = clause[max(0, found.start() - _BESIDE) : found.end() + _BESIDE]
                    is_cell = any(_STATED.fullmatch(cell) for cell in cells)
                    if is_cell or not _NOT_LISTED.search(beside):
                        yield int(found.group(1).replace(",", "")), is_cell or any(word in beside for word in own)


def _short_of(what: str, count: int | None, least: int, unit: str) -> str:
    return f"{what}不少于 {least} {unit}（{'未能清点' if count is None else f'见 {count} {unit}'}）"


def _uncountable(rows: int | None, publications: Sequence[Publication], least: int) -> Iterator[str]:
    if rows is None or _has_headings_alone(publications):
        yield "没有可清点的表格或清单"
    for file in (file for one in publications for file in one.files):
        # What a PDF holds of a table may be lines of text: nobody can tell its rows.
        if not file.tables and len(file.text.split()) >= least and not _ENUMERATED.search(file.text):
            yield f"附件“{short(file.name)}”中的表格无法清点"
