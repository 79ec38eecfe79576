"""Commands of the evaluator and the agency: review, assess, selfcheck. They call the modules that do the work."""

from pathlib import Path
from typing import Annotated

import typer

from checks.reviews import Action
from checks.verdict import Flag, Status
from gongkai.arguments import (
    AgencyOption,
    AsOfOption,
    FailOnOption,
    Lang,
    LangOption,
    ModelOption,
    NowOption,
    OutOption,
    OwnRegisterOption,
    RegisterOption,
    StoreOption,
    a_day,
    an_instant,
    as_of_day,
)
from gongkai.progress import Progress
from plans.sites import Level

PlanOption = Annotated[str, typer.Option("--plan", help="方案编号，如 zhuhai-2017 / the plan's id")]
KeyArgument = Annotated[str, typer.Argument(help="判定编号，与 explain 相同 / the verdict's key")]

review_app = typer.Typer(help="复核与申诉 / reviews and appeals", no_args_is_help=True)


@review_app.command("add")
def review_add(
    key: KeyArgument,
    db: StoreOption,
    action: Annotated[
        Action, typer.Option("--action", help="confirm override annotate appeal grant dismiss / the step taken")
    ],
    author: Annotated[str, typer.Option("--author", help="复核人或申诉单位 / who")],
    reason: Annotated[str, typer.Option("--reason", help="理由 / why")],
    status: Annotated[Status | None, typer.Option("--status", help="改判为 / the status that shall hold")] = None,
    flag: Annotated[
        list[Flag] | None, typer.Option("--flag", help="改判后保留的标记 / flags that shall hold, repeatable")
    ] = None,
    evidence: Annotated[str | None, typer.Option("--evidence", help="依据：网址、文号或文件 / evidence")] = None,
) -> None:
    """确认、改判、批注一项判定，或登记申诉及其结果。 / One person's step about one verdict."""
    from gongkai import reviewing  # noqa: PLC0415 - beside its only use: other commands do not wait for the store

    item = reviewing.take_step(
        db,
        key,
        action,
        author=author,
        reason=reason,
        status=status,
        flags=None if flag is None else tuple(flag),
        evidence=evidence,
    )
    for line in reviewing.trail_lines(item):
        typer.echo(line)


@review_app.command("show")
def review_show(key: KeyArgument, db: StoreOption) -> None:
    """一项判定的全部复核记录。 / Everything that was said to one verdict."""
    from gongkai import reviewing  # noqa: PLC0415

    for line in reviewing.trail_of(db, key):
        typer.echo(line)


@review_app.command("sheet")
def review_sheet(
    db: StoreOption,
    plan: PlanOption,
    out: Annotated[Path, typer.Option("--out", help="写入的 .xlsx / the workbook")],
    everything: Annotated[bool, typer.Option("--all", help="列出全部判定 / every verdict, not the open ones")] = False,
) -> None:
    """导出复核表，供多人在 Excel 中填写。 / The review sheet, for a team."""
    from gongkai import reviewing  # noqa: PLC0415

    rows = reviewing.write_sheet(db, plan, out, everything=everything)
    typer.echo(f"{out}：{rows} 行 / rows")


@review_app.command("apply")
def review_apply(
    sheets: Annotated[list[Path], typer.Argument(help="填好的复核表，可多份 / the filled sheets")],
    db: StoreOption,
    plan: PlanOption,
) -> None:
    """读回复核表：意见有冲突时一条也不写入。 / Takes the sheets' decisions, all or none."""
    from gongkai import reviewing  # noqa: PLC0415

    typer.echo(f"已写入 {reviewing.read_sheets(db, plan, sheets)} 条复核 / reviews taken")


def assess(
    register: RegisterOption,
    db: StoreOption,
    out: OutOption,
    as_of: AsOfOption = None,
    model: ModelOption = "departments-2018",
    what_if: Annotated[
        str | None, typer.Option("--what-if", help="若改用此模型，谁的名次等次变动 / who moves under this model")
    ] = None,
    freeze: Annotated[bool, typer.Option("--freeze", help="定稿存档；更正另立新版 / freeze as a new version")] = False,
    author: Annotated[str, typer.Option("--author", help="定稿人 / who freezes")] = "",
    reason: Annotated[str, typer.Option("--reason", help="更正理由 / why a new version")] = "",
    lang: LangOption = Lang.ZH,
) -> None:
    """年终考评：按评分模型给各单位打分排名。 / Scores and ranks every agency under a scoring model."""
    from gongkai import assessing  # noqa: PLC0415

    day = a_day(as_of, "--as-of") if as_of else None
    result = assessing.assess(register, db, model, day)
    if what_if is not None:
        for line in assessing.what_if(result, what_if):
            typer.echo(line)
        return
    if freeze:
        typer.echo(assessing.freeze(result, db, author, reason))
    for path in assessing.write(result, db, out, lang):
        typer.echo(str(path))


def selfcheck(
    agency: AgencyOption,
    url: Annotated[str, typer.Option("--url", help="本单位门户首页 / the agency's home page")],
    register: OwnRegisterOption = None,
    out: Annotated[Path, typer.Option("--out", help="结果文件夹 / folder for the results")] = Path("selfcheck"),
    db: Annotated[str | None, typer.Option("--db", help="数据库，默认在结果文件夹内 / database")] = None,
    level: Annotated[Level, typer.Option("--level", help="网站层级 / the site's level")] = Level.DEPARTMENT,
    as_of: AsOfOption = None,
    now: NowOption = None,
    fail_on: FailOnOption = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """单位自查：逾期、30 天内到期、内容不全、找不到的，一页列清，并给出日历文件。 / An agency checks itself."""
    from gongkai import auditing, selfchecking  # noqa: PLC0415

    task = selfchecking.task_for(agency, url, register, level)
    out.mkdir(parents=True, exist_ok=True)
    store = db or f"sqlite:///{out / 'selfcheck.sqlite'}"
    with Progress(lang) as progress:
        checked = selfchecking.run(
            task,
            store,
            as_of_day(as_of),
            out,
            lang,
            now=an_instant(now) if now else None,
            on_progress=progress.update,
        )
    progress.summarise(checked.summary, task.sites)
    typer.echo(auditing.counted(checked.judged), err=True)
    for path in checked.files:
        if path.suffix != ".csv":
            typer.echo(str(path))
    unreachable = auditing.exit_code_of_crawl(checked.summary)
    raise typer.Exit(unreachable or auditing.exit_code_of_check(checked.judged, fail_on or []))
