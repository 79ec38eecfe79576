"""The year-end assessment, step by step: verdicts and reviews from the store, scores, a scorecard in every form."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from checks.reviews import Reviewed
from checks.scoring import AgencyScore, Move, Scorecard, moves
from checks.scoring import assess as score_all
from checks.scoring_model import ScoringModel, load_model, shipped_models
from db import reviewing as store
from db.store import open_store
from gongkai.arguments import InputError, Lang
from gongkai.filing import write_all
from gongkai.reviewing import sitting
from plans.load import load_register
from plans.register import Register
from reports.scorecard import Assessment, scorecard
from reports.texts import Lang as ReportLang


@dataclass(frozen=True, slots=True)
class Result:
    """A scorecard and what it rests on."""

    register: Register
    items: tuple[Reviewed, ...]
    card: Scorecard
    as_of: dt.date
    run: int


def assess(register: Path, db: str, model: str, as_of: dt.date | None = None) -> Result:
    """Scores from the newest judgement of the register's plan. Raises PlanFileError and InputError."""
    loaded = load_register(register)
    scoring = _model(model)
    engine = open_store(db, create=False)
    try:
        sat = sitting(engine, loaded.plan.id, as_of)
    finally:
        engine.dispose()
    return Result(loaded, sat.items, score_all(loaded, sat.items, scoring), sat.run.as_of, sat.run.number)


def what_if(result: Result, model: str) -> Iterator[str]:
    """Who stands otherwise under another model, a line each."""
    other = score_all(result.register, result.items, _model(model))
    found = moves(result.card, other)
    yield f"{result.card.model.title} → {other.model.title}：{len(found)} 家单位名次或等次变动"
    for move in found:
        yield _moved(move)


def freeze(result: Result, db: str, author: str, reason: str) -> str:
    """Store the scorecard as the plan's next version. A second version needs a reason. Raises InputError."""
    if not author.strip():
        raise InputError("--freeze 须用 --author 写明定稿人 / freezing needs --author")
    model = result.card.model
    engine = open_store(db, create=False)
    try:
        earlier = store.frozen_scorecards(engine, result.register.plan.id)
        if earlier and not reason.strip():
            last = earlier[-1]
            raise InputError(
                f"{last.plan} 已有第 {last.version} 版定稿（{last.frozen_at:%Y-%m-%d} {last.author}），"
                "更正须用 --reason 写明理由 / a correction needs --reason"
            )
        version = store.freeze_scorecard(
            engine,
            plan=result.register.plan.id,
            model=model.id,
            model_digest=hashlib.sha256(model.model_dump_json().encode()).hexdigest(),
            judgement=result.run,
            at=dt.datetime.now(dt.UTC),
            author=author.strip(),
            reason=reason.strip(),
            body={"agencies": [_stored(score) for score in result.card.agencies]},
        )
    finally:
        engine.dispose()
    return f"已定稿：{result.register.plan.id} 第 {version} 版 / frozen as version {version}"


def write(result: Result, db: str, out: Path, lang: Lang) -> tuple[Path, ...]:
    """The scorecard in every form, named scorecard.*; the files that were written."""
    version, corrected = _version(result, db)
    shown = Assessment(result.register, result.items, result.card, result.as_of, result.run, version, corrected)
    main = ReportLang(lang.value)
    return write_all(scorecard(shown, main), out, "scorecard", other=scorecard(shown, main.other))


def _version(result: Result, db: str) -> tuple[int | None, str]:
    """The frozen version that says just what this scorecard says, if there is one."""
    engine = open_store(db, create=False)
    try:
        frozen = store.frozen_scorecards(engine, result.register.plan.id)
    finally:
        engine.dispose()
    body = {"agencies": [_stored(score) for score in result.card.agencies]}
    same = [each for each in frozen if each.body == body and each.model == result.card.model.id]
    return (same[-1].version, same[-1].reason) if same else (None, "")


def _stored(score: AgencyScore) -> dict[str, object]:
    """What is kept of one agency's score: plain values, so that it reads back as it was written."""
    lines = asdict(replace(score, losses=()))
    return {
        "agency": score.agency,
        "group": score.group,
        "total": score.total,
        "grade": score.grade,
        "rank": score.rank,
        "judged": score.judged,
        "due": score.due,
        "themes": [list(theme.values()) for theme in lines["themes"]],
        "losses": [[loss.key, loss.status.value, loss.points] for loss in score.losses],
    }


def _model(name: str) -> ScoringModel:
    if not Path(name).suffix and name not in shipped_models():
        known = "、".join(shipped_models())
        raise InputError(f"--model {name}：没有这个评分模型，现有 {known}，或给出 YAML 文件 / no such scoring model")
    return load_model(name)


def _moved(move: Move) -> str:
    def _stand(score: AgencyScore) -> str:
        total = "—" if score.total is None else f"{score.total:.2f}"
        return f"{total} 分 第 {score.rank or '—'} 名 {score.grade or '不定等次'}"

    return f"{move.agency}：{_stand(move.before)} → {_stand(move.after)}"
