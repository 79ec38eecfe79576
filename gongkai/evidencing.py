"""Evidence pages from the store and its archive: which verdicts, what each rests on, and whether it is still there."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Engine

from checks.reviews import Reviewed
from checks.verdict import ColumnRead, Flag, Status, Verdict
from crawler.archive import ArchivedRecord, ArchiveError, read_record
from db.facts import ListedRow, Publication
from db.listings import listing
from db.reading import archived, facts_for, runs
from db.store import archive_folder, open_store
from gongkai.arguments import InputError, Lang, no_such_verdict
from gongkai.filing import print_pages
from gongkai.reviewing import Sitting, sitting
from reports.evidence import Around, Check, Exhibit, Proof, Role, Shot, around, to_json
from reports.evidence_page import INDEX, evidence_index, evidence_page
from reports.tables import FINDING_STATUSES
from reports.texts import Lang as ReportLang
from reports.texts import texts

COPIES: Final = "evidence-pages"
_PAGE: Final = re.compile(r"evidence-[0-9]{4,}\.(?:html|pdf)|evidence\.pdf")
_COPY: Final = re.compile(r"[0-9a-f]{16}\.(?:txt|warc\.gz)")
_ABSENT: Final = frozenset({Status.OVERDUE, Status.MISSING})
_FLAWS: Final = frozenset({Flag.BACKDATED, Flag.INCOMPLETE, Flag.REMOVED})  # findings, published in time or not
_UNSEEN: Final = _ABSENT | {Status.INCONCLUSIVE}
_SHOTS: Final = 3  # pictures embedded, the newest ones; each has some 100 kB
_STATES: Final = 12  # looks at one page whose bytes are checked; the newest ones
_AS_TEXT: Final = ("text/", "application/json", "application/xhtml", "application/xml", "application/javascript")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which verdicts: by key or part of one, by the status that holds, by agency. Nothing given: all findings."""

    keys: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    agency: str | None = None

    def about(self, lang: Lang) -> str:
        t = texts(ReportLang(lang.value))
        statuses = tuple(t(f"status.{status}") for status in self.statuses)
        return t.join((*self.keys, *((self.agency,) if self.agency else ()), *statuses))


@dataclass(frozen=True, slots=True)
class Written:
    """The files, the index first, and one line for each archived thing that does not verify."""

    files: tuple[Path, ...]
    broken: tuple[str, ...]


def write_evidence(db: str, asked: Asked, out: Path, lang: Lang, *, pdf: bool, with_pages: bool) -> Written:
    """evidence.html (the index), evidence.json and a page for each verdict; with `pdf` their PDFs, with `with_pages`
    what was archived, in a folder beside them. Pages of an earlier set are removed. Raises InputError."""
    language = ReportLang(lang.value)
    engine = open_store(db, create=False)
    try:
        chosen = _chosen(engine, asked)
        with _replacing(out) as fresh:
            store = _Store(engine, archive_folder(db), fresh / COPIES if with_pages else None)
            proofs = []
            for proof in _proofs(store, chosen):
                _write(fresh / f"{proof.stem}.html", evidence_page(proof, language))
                # Pictures stand in the page alone: those of a whole city would not fit into memory.
                proofs.append(replace(proof, shots=tuple(replace(shot, png=None) for shot in proof.shots)))
            _write(fresh / INDEX, evidence_index(proofs, asked.about(lang), language))
            _write(fresh / "evidence.json", to_json(proofs, language.value))
    finally:
        engine.dispose()
    pages = tuple(out / name for name in (INDEX, *(f"{proof.stem}.html" for proof in proofs)))
    printed = print_pages(pages) if pdf else ()
    files = (*pages, out / "evidence.json", *printed)
    return Written(files, tuple(_told(proof, each) for proof in proofs for each in proof.broken))


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """A folder whose files take the place of those in `out` when all of them are written; pages and copies of an
    earlier set go: they would contradict the index. Raises InputError."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".evidence-", dir=out) as name:
            fresh = Path(name)
            yield fresh
            earlier = [path for path in (*out.glob("evidence*"), *(out / COPIES).glob("*")) if _is_ours(path)]
            made = {out / path.relative_to(fresh): path for path in fresh.rglob("*") if path.is_file()}
            for target, path in made.items():
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
            for old in earlier:
                if old not in made:
                    old.unlink()
    except OSError as error:
        raise InputError(f"--out {out}: 无法写入 / cannot be written ({error.strerror})") from None


def _is_ours(path: Path) -> bool:
    return bool((_COPY if path.parent.name == COPIES else _PAGE).fullmatch(path.name))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "replace"))


def _chosen(engine: Engine, asked: Asked) -> list[tuple[Sitting, Reviewed]]:
    """The verdicts that are asked for, of each plan's newest judgement, gravest first."""
    plans = dict.fromkeys(run.plan for run in runs(engine))
    every = [(sat, item) for sat in (sitting(engine, plan) for plan in plans) for item in sat.items]
    if not every:
        raise InputError("库中没有判定，请先运行 gongkai check / nothing was judged yet in this store")
    if asked.agency and all(item.verdict.agency != asked.agency for _, item in every):
        raise InputError(f"--agency {asked.agency}：没有该单位的判定 / no verdict of this agency")
    if asked.keys:
        every = [every[n] for n in _named(asked.keys, [item.verdict.key for _, item in every])]
    fitting = [(sat, item) for sat, item in every if _fits(item, asked)]
    order = (*FINDING_STATUSES, *(status for status in Status if status not in FINDING_STATUSES))
    return sorted(fitting, key=lambda pair: _rank(pair[1], order))


def _fits(item: Reviewed, asked: Asked) -> bool:
    if asked.agency not in (None, item.verdict.agency):
        return False
    if asked.statuses:
        return item.status in asked.statuses
    return bool(asked.keys) or item.status in FINDING_STATUSES or not _FLAWS.isdisjoint(item.flags)


def _rank(item: Reviewed, order: Sequence[Status]) -> tuple[int, str, dt.date, str]:
    v = item.verdict
    return order.index(item.status), v.agency, v.due or dt.date.max, v.key


def _named(wanted: Iterable[str], keys: Sequence[str]) -> list[int]:
    """Where the keys stand that are, or contain, one of those wanted. Raises InputError for one that names none."""
    found: dict[int, None] = {}
    for key in wanted:
        exact = [n for n, known in enumerate(keys) if known == key]
        parts = exact or [n for n, known in enumerate(keys) if key in known]
        if not parts or not key:
            raise no_such_verdict(key)
        found |= dict.fromkeys(parts)
    return sorted(found)


def _proofs(store: "_Store", chosen: Sequence[tuple[Sitting, Reviewed]]) -> Iterator[Proof]:
    sites = {site for _, item in chosen for site in _sites(item.verdict)}
    known = {(p.site, p.url): p for p in facts_for(store.engine, sorted(sites)).publications}
    for number, (sat, item) in enumerate(chosen, start=1):
        proof = Proof(number, len(chosen), item, sat.run.as_of, sat.run.number)
        yield _filled(proof, known.get((item.verdict.site or "", item.verdict.url or "")), store)


def _sites(v: Verdict) -> set[str]:
    return {column.site for column in v.columns} | ({v.site} if v.site else set())


def _filled(proof: Proof, found: Publication | None, store: "_Store") -> Proof:
    v, shots = proof.item.verdict, found.screenshots[-_SHOTS:] if found else ()
    lists = () if v.url or v.status not in _UNSEEN else tuple(_lists(v, store))
    exhibits = store.exhibits(_rests_on(v, found, lists))
    pictures = tuple(
        Shot(shot.taken_at, shot.evidence, store.picture(shot.evidence), tuple(mark.text for mark in shot.marks))
        for shot in shots
    )
    shown = tuple(around(each.column, each.rows, v.due if v.status in _ABSENT else None) for each in lists)
    return replace(proof, exhibits=exhibits, lists=shown, publication=found, shots=pictures)


def _lists(v: Verdict, store: "_Store") -> Iterator[Around]:
    """Each column that was read for the verdict, with all its rows."""
    for column in v.columns:
        rows = store.rows(column)
        yield Around(column, rows, 0, None, len(rows))


def _rests_on(v: Verdict, found: Publication | None, lists: Sequence[Around]) -> Iterator[tuple[Role, str, str]]:
    """(role, name, hash) of everything archived that the verdict rests on, the first reason for each hash first."""
    states = found.history[-_STATES:] if found else ()
    shown = {hash_ for each in lists for hash_ in (row.evidence for row in each.rows)}
    if v.evidence and v.evidence not in shown:
        pictured = found is not None and any(shot.evidence == v.evidence for shot in found.screenshots)
        listed = not any(state.evidence == v.evidence for state in states)
        yield Role.PICTURE if pictured else Role.LISTING if listed else Role.PAGE, "", v.evidence
    yield from ((Role.STATE, "", state.evidence) for state in states if state.evidence)
    for each in lists:
        pages = dict.fromkeys(row.evidence for row in each.rows if row.evidence)
        yield from ((Role.LISTING, each.column.column, page) for page in pages)
    if found:
        yield from ((Role.FILE, file.name, file.evidence) for file in found.files if file.evidence)
        yield from ((Role.PICTURE, "", shot.evidence) for shot in found.screenshots[-_SHOTS:])


class _Store:
    """A store with its archive; each hash is checked once, and what verifies is set aside in the folder `copies`, where
    there is one, as files that no browser runs."""

    def __init__(self, engine: Engine, folder: Path, copies: Path | None) -> None:
        self.engine, self._folder, self._copies = engine, folder, copies
        self._known: dict[str, Exhibit] = {}
        self._rows: dict[tuple[str, str, str], tuple[ListedRow, ...]] = {}

    def rows(self, column: ColumnRead) -> tuple[ListedRow, ...]:
        """What the column showed at that reading, in its order."""
        read = column.site, column.url, column.read_at
        if read not in self._rows:
            met = listing(self.engine, column.site, column.url, dt.datetime.fromisoformat(column.read_at))
            self._rows[read] = met.rows if met else ()
        return self._rows[read]

    def exhibits(self, wanted: Iterable[tuple[Role, str, str]]) -> tuple[Exhibit, ...]:
        first: dict[str, tuple[Role, str]] = {}
        for role, name, evidence in wanted:
            first.setdefault(evidence, (role, name))
        return tuple(
            replace(self._checked(evidence), number=number, role=role, name=name)
            for number, (evidence, (role, name)) in enumerate(first.items(), start=1)
        )

    def picture(self, evidence: str) -> bytes | None:
        """The bytes of a picture that is what its hash says, and a PNG."""
        record = self._read(evidence)[0]
        if record is None or self._checked(evidence).check is not Check.VERIFIED:
            return None
        return record.body if record.body.startswith(b"\x89PNG\r\n") else None

    def _checked(self, evidence: str) -> Exhibit:
        if evidence not in self._known:
            self._known[evidence] = self._look(evidence)
        return self._known[evidence]

    def _look(self, evidence: str) -> Exhibit:
        record, place, check = self._read(evidence)
        if record is None:
            return Exhibit(0, Role.PAGE, "", evidence, check, place=place)
        if evidence != "sha256:" + hashlib.sha256(record.body).hexdigest():
            check = Check.CHANGED
        return Exhibit(
            number=0,
            role=Role.PAGE,
            name="",
            evidence=evidence,
            check=check,
            url=record.url,
            at=record.at,
            status=record.status,
            size=len(record.body),
            place=place,
            copies=_copy(record, self._copies) if self._copies and check is Check.VERIFIED else (),
        )

    def _read(self, evidence: str) -> tuple[ArchivedRecord | None, str, Check]:
        kept = archived(self.engine, evidence)
        if kept is None:
            return None, "", Check.NOT_KEPT
        place = f"{Path(kept.file).name} @ {kept.offset}"
        try:
            return read_record(self._folder, kept.file, kept.offset), place, Check.VERIFIED
        except ArchiveError:
            return None, place, Check.UNREADABLE


def _copy(record: ArchivedRecord, folder: Path) -> tuple[str, ...]:
    """The record itself, and the bytes of a text as .txt: what is hashed, and what no browser runs."""
    stem = hashlib.sha256(record.body).hexdigest()[:16]
    files = {f"{stem}.warc.gz": record.raw}
    if record.media_type.lower().startswith(_AS_TEXT):
        files[f"{stem}.txt"] = record.body
    folder.mkdir(exist_ok=True)
    for name, body in files.items():
        (folder / name).write_bytes(body)
    return tuple(f"{COPIES}/{name}" for name in files)


def _told(proof: Proof, each: Exhibit) -> str:
    why = texts(ReportLang.ZH)(f"check.{each.check}")
    return f"{proof.stem}.html 存档 {each.number}（{each.evidence}）：{why} / archived item {each.number}: {each.check}"
