"""`gongkai report KIND`: every report from what the store holds, without network. They call the modules that do the
work; the bulletin, the scorecard and the self-check are those of `spot-check report`, `assess` and `selfcheck`."""

from pathlib import Path
from typing import Annotated

import typer

from crawler.archive import ArchiveError
from gongkai.arguments import (
    AgencyOption,
    AsOfOption,
    FailOnOption,
    InputError,
    Lang,
    LangOption,
    ModelOption,
    OutOption,
    OwnRegisterOption,
    RegisterOption,
    SitesOption,
    StoreOption,
    a_day,
    a_list_of_statuses,
    as_of_day,
)
from gongkai.inspection_commands import spot_check_report
from plans.sites import Level

report_app = typer.Typer(help="由已有事实生成报告，不联网 / reports without network", no_args_is_help=True)
report_app.command("bulletin")(spot_check_report)


@report_app.command("audit")
def report_audit(
    register: RegisterOption,
    sites: SitesOption,
    db: StoreOption,
    out: OutOption,
    as_of: AsOfOption = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """核查报告：网页、Word、Excel、PDF、CSV、JSON。 / The audit in every form."""
    from gongkai import auditing  # noqa: PLC0415 - Scrapy takes a second to load; other commands do not wait for it

    judged = auditing.judge(auditing.load(register, sites), db, as_of_day(as_of), out)
    typer.echo(str(auditing.write_report(judged, out, lang, every_form=True)))


@report_app.command("scorecard")
def report_scorecard(
    register: RegisterOption,
    db: StoreOption,
    out: OutOption,
    as_of: AsOfOption = None,
    model: ModelOption = "departments-2018",
    lang: LangOption = Lang.ZH,
) -> None:
    """年终考评成绩单，由最近一次判定得出。 / The year-end scorecard from the newest judgement."""
    from gongkai import assessing  # noqa: PLC0415

    day = a_day(as_of, "--as-of") if as_of else None
    for path in assessing.write(assessing.assess(register, db, model, day), db, out, lang):
        typer.echo(str(path))


@report_app.command("selfcheck")
def report_selfcheck(
    agency: AgencyOption,
    db: StoreOption,
    out: OutOption,
    url: Annotated[
        str | None, typer.Option("--url", help="自查时所用的门户首页 / the home page that selfcheck was given")
    ] = None,
    sites: Annotated[
        Path | None,
        typer.Option("--sites", help="全面核查的库：其网站清单 / an audit's store: its sites file"),
    ] = None,
    register: OwnRegisterOption = None,
    level: Annotated[Level, typer.Option("--level", help="网站层级 / the site's level")] = Level.DEPARTMENT,
    as_of: AsOfOption = None,
    fail_on: FailOnOption = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """单位自查清单和日历文件，由自查或全面核查的库得出。 / The to-do list and calendar of one agency."""
    from gongkai import auditing, selfchecking  # noqa: PLC0415

    if (url is None) == (sites is None) or (sites is not None and register is None):
        raise InputError(
            "请给出 --url（自查的库），或 --sites 和 --register（全面核查的库）"
            " / give --url (the store of a selfcheck), or --sites with --register (that of an audit)"
        )
    if sites is not None and register is not None:
        task = auditing.load(register, sites)
    else:
        task = selfchecking.task_for(agency, url or "", register, level)
    judged, files = selfchecking.from_store(task, agency, db, as_of_day(as_of), out=out, lang=lang)
    typer.echo(auditing.counted(judged), err=True)
    for path in files:
        if path.suffix != ".csv":
            typer.echo(str(path))
    raise typer.Exit(auditing.exit_code_of_check(judged, fail_on or []))


@report_app.command("evidence")
def report_evidence(
    db: StoreOption,
    out: OutOption,
    verdicts: Annotated[
        list[str] | None,
        typer.Argument(metavar="[VERDICT]...", help="判定编号或其一部分，可多个 / keys of verdicts, or parts of them"),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            help="判定，可用逗号隔开，默认全部问题（含倒填、不全、撤下） / statuses, by comma; default: all findings",
        ),
    ] = None,
    agency: Annotated[str | None, typer.Option("--agency", help="只要该单位的 / of this agency alone")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="另印成 PDF / PDFs as well")] = False,
    with_pages: Annotated[
        bool, typer.Option("--with-pages", help="附上存档原文（.txt、.warc.gz） / what was archived, beside them")
    ] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """证据页：每个问题一页，可附于通报之后；另有目录和 evidence.json。 / A printable page of evidence a finding."""
    from gongkai import evidencing  # noqa: PLC0415

    asked = evidencing.Asked(tuple(verdicts or ()), a_list_of_statuses(status or ()), agency)
    written = evidencing.write_evidence(db, asked, out, lang, pdf=pdf, with_pages=with_pages)
    for path in written.files:
        if path.suffix in (".html", ".json", ".pdf"):
            typer.echo(str(path))
    if written.broken:
        for line in written.broken:
            typer.echo(line, err=True)
        raise ArchiveError(f"{len(written.broken)} 件存档核对不符，所涉证据页不得使用 / evidence does not verify")
