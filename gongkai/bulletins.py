"""The bulletin of a spot-check from the store: the round, those before it, a plan's verdicts; every form."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from checks.indicator_findings import Outcome, SiteFindings, from_body
from checks.sampling import SamplingError, Stratum, Why, frame_digest, round_order
from db import drawings as store
from db.store import open_store
from gongkai.arguments import SHANGHAI, InputError, Lang
from gongkai.filing import write_all
from gongkai.reviewing import sitting
from gongkai.spot_checking import frame_of
from plans.load import load_register, load_sites
from plans.register import Kind
from reports.bulletin import DEADLINE_DAYS, Bulletin, Order, document, told
from reports.bulletin_figures import Checked, PlanCheck, Round
from reports.bulletin_word import TemplateFileError, shipped_template, to_word
from reports.bulletin_wording import Wording, read_wording, shipped, shipped_file
from reports.texts import Lang as ReportLang
from reports.writing import replace_files

STEM: Final = "bulletin"
_WORDING: Final = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Templates:
    """An office's own: the wording and the Word template, or those that come with the program."""

    wording: Wording
    word: Path


def order_of(issuer: str, number: str, issued: dt.date, deadline_days: int | None) -> Order:
    return Order(issuer.strip(), number.strip(), issued, deadline_days or DEADLINE_DAYS)


def bulletin_of(db: str, round_: str, order: Order, register: Path | None = None) -> Bulletin:
    """The round's bulletin. Raises InputError where the round was not drawn or not run yet, and PlanFileError."""
    _order_of(round_)
    engine = open_store(db, create=False)
    try:
        known = store.drawings(engine)
        drawn = [d for d in known if d.name == round_]
        if not drawn:
            there = "、".join(dict.fromkeys(d.name for d in known)) or "无"
            raise InputError(
                f"{round_} 尚未抽样（库中已有：{there}），"
                f"请先运行 gongkai spot-check draw --round {round_} / not drawn yet"
            )
        this = _newest_run(engine, drawn)
        if this is None:
            raise InputError(
                f"{round_} 已抽样但尚未检查，请先运行 gongkai spot-check run --round {round_} / drawn, but not run yet"
            )
        earlier = tuple(_earlier(engine, known, round_))
        plan = _plan(engine, register) if register else None
    finally:
        engine.dispose()
    return Bulletin(this, earlier, _edition(this), order, plan)


def write(bulletin: Bulletin, out: Path, lang: Lang, templates: Templates) -> tuple[Path, ...]:
    """bulletin.* in every form, beside its page the one in the other language (in the shipped wording: an office's own
    is of one language); nothing is written where a template cannot be used. Raises InputError."""
    language = ReportLang(lang.value)
    words = told(bulletin, templates.wording, language)
    in_other = told(bulletin, shipped(language.other), language.other)
    beside = document(in_other, shipped(language.other), language.other)
    try:
        docx = to_word(words, templates.wording, language, templates.word)
    except TemplateFileError as error:
        raise InputError(str(error)) from None
    try:
        return write_all(document(words, templates.wording, language), out, STEM, docx, beside)
    except OSError as error:
        raise InputError(f"--out {out}: 无法写入 / cannot be written ({error.strerror})") from None


def is_frame_changed(bulletin: Bulletin, sites: Path) -> bool:
    """Whether the sites file is another than that from which the round was drawn. Raises PlanFileError."""
    return frame_digest(frame_of(load_sites(sites))) != bulletin.round.frame_digest


def templates(paths: Sequence[Path], lang: Lang) -> Templates:
    """The templates of the user: .docx and .yaml, at most one of each. Raises InputError and PlanFileError."""
    language = ReportLang(lang.value)
    wordings = [path for path in paths if path.suffix.lower() in _WORDING]
    words = [path for path in paths if path.suffix.lower() == ".docx"]
    if len(wordings) > 1 or len(words) > 1 or len(wordings) + len(words) < len(paths):
        raise InputError("--template 应为一个 .docx 和（或）一个 .yaml / expected one .docx, one .yaml, or both")
    wording = read_wording(wordings[0]) if wordings else shipped(language)
    return Templates(wording, words[0] if words else shipped_template(language))


def copy_templates(out: Path, lang: Lang) -> tuple[Path, ...]:
    """The shipped templates, to be edited. What stands there already is kept. Raises InputError."""
    language = ReportLang(lang.value)
    files = {out / path.name: path.read_bytes() for path in (shipped_file(language), shipped_template(language))}
    there = [str(path) for path in files if path.exists()]
    if there:
        raise InputError(f"{'、'.join(there)}：已存在，未改动 / exists already, left as it is")
    try:
        replace_files(files)
    except OSError as error:
        raise InputError(f"--out {out}: 无法写入 / cannot be written ({error.strerror})") from None
    return tuple(files)


def _order_of(round_: str) -> tuple[int, int]:
    try:
        return round_order(round_)
    except SamplingError as error:
        raise InputError(str(error)) from None


def _newest_run(engine: Engine, drawn: Sequence[store.StoredDrawing]) -> Round | None:
    """The newest drawing of a round that has results."""
    for drawing in reversed(drawn):
        results = store.results_of(engine, drawing.number)
        if results:
            return _round(drawing, results)
    return None


def _earlier(engine: Engine, known: Sequence[store.StoredDrawing], round_: str) -> Iterator[Round]:
    names = {d.name for d in known if _order_of(d.name) < _order_of(round_)}
    for name in sorted(names, key=_order_of):
        run = _newest_run(engine, [d for d in known if d.name == name])
        if run is not None:
            yield run


def _round(drawing: store.StoredDrawing, results: Sequence[store.SiteResult]) -> Round:
    by_site = {result.site: result for result in results}
    body = drawing.body
    return Round(
        name=drawing.name,
        drawing=drawing.number,
        drawn_on=_aware(drawing.drawn_at).astimezone(SHANGHAI).date(),
        seed=drawing.seed,
        frame_digest=drawing.frame_digest,
        strata=tuple(Stratum(s["level"], s["size"], s["drawn"]) for s in body["strata"]),
        sites=tuple(_checked(unit, by_site.get(unit["site"])) for unit in body["units"]),
    )


def _aware(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _checked(unit: dict[str, Any], result: store.SiteResult | None) -> Checked:
    return Checked(
        site=unit["site"],
        name=unit["name"],
        agency=unit["agency"],
        level=unit["level"],
        url=unit["url"],
        why=Why(unit["why"]),
        outcome=Outcome(result.outcome) if result else Outcome.UNCLEAR,
        findings=_findings(result) if result else None,
        is_checked=result is not None,
    )


def _findings(result: store.SiteResult) -> SiteFindings | None:
    """None where the stored record is no record of findings: the outcome stands, its reasons are not known."""
    try:
        return from_body(result.body)
    except ValueError:
        return None


def _edition(this: Round) -> str:
    return next((s.findings.edition for s in this.sites if s.findings), "")


def _plan(engine: Engine, register: Path) -> PlanCheck:
    loaded = load_register(register)
    sat = sitting(engine, loaded.plan.id)
    labels = frozenset(o.id for o in loaded.obligations if o.kind is Kind.LABEL)
    return PlanCheck(loaded.plan.title, loaded.plan.year, sat.run.as_of, sat.items, labels)
