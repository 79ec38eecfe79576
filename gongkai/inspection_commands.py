"""Commands of the inspector: spot-check, probe, schedule. They call the modules that do the work."""

import json
from pathlib import Path
from typing import Annotated

import typer

from checks.sampling import SHARE
from gongkai.arguments import (
    AsOfOption,
    JsonOption,
    Lang,
    LangOption,
    NowOption,
    OutOption,
    SitesOption,
    StoreOption,
    a_day,
    an_instant,
    as_of_day,
)

spot_check_app = typer.Typer(help="抽查：抽样、检查、通报 / spot-checks", no_args_is_help=True)

schedule_app = typer.Typer(help="定时任务与通知 / schedules and notices", no_args_is_help=True)

ScheduleArgument = Annotated[Path, typer.Argument(help="定时任务文件（YAML） / the schedule file")]
RoundOption = Annotated[str, typer.Option("--round", help="期次：2017-06 或 2017-Q2 / the month or quarter")]


@spot_check_app.command("draw")
def spot_check_draw(
    sites: SitesOption,
    db: StoreOption,
    round_: RoundOption,
    share: Annotated[float, typer.Option("--share", help="各层抽查比例 / share of each stratum")] = SHARE,
    seed: Annotated[str | None, typer.Option("--seed", help="随机种子，默认新取并显示 / the seed")] = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """抽样：按层随机，上次不合格的必查，全年每家至少一次。 / Draws a sample that anyone can draw again."""
    from gongkai import spot_checking  # noqa: PLC0415 - beside its only use: other commands do not wait for the store

    draft = spot_checking.draw_sample(sites, db, round_, share, seed, now=an_instant(now) if now else None)
    if as_json:
        typer.echo(json.dumps(spot_checking.record(draft), ensure_ascii=False))
        return
    for line in spot_checking.described(draft):
        typer.echo(line)


@spot_check_app.command("report")
def spot_check_report(
    db: StoreOption,
    round_: RoundOption,
    out: OutOption,
    register: Annotated[
        Path | None, typer.Option("--register", help="台账：附上其判定 / adds the verdicts of this register's plan")
    ] = None,
    sites: Annotated[
        Path | None, typer.Option("--sites", help="网站清单：核对是否仍是抽样时的那份 / is it still the drawn frame?")
    ] = None,
    issuer: Annotated[str, typer.Option("--issuer", help="发文机关 / the issuing office")] = "",
    number: Annotated[str, typer.Option("--number", help="文号，默认留空待填 / the document's number")] = "",
    issued: Annotated[
        str | None, typer.Option("--issued", help="印发日期，默认今天 / day of issue", metavar="YYYY-MM-DD")
    ] = None,
    deadline_days: Annotated[
        int | None,
        typer.Option("--deadline-days", min=1, max=250, help="整改期限，工作日，默认 10 / working days to put right"),
    ] = None,
    template: Annotated[
        list[Path] | None,
        typer.Option("--template", help="自己的模板：.docx 版式、.yaml 措辞，可重复 / your own templates"),
    ] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """通报：DOCX、HTML、PDF、XLSX、JSON。 / The bulletin of a round that was drawn and run."""
    from gongkai import bulletins  # noqa: PLC0415

    day = a_day(issued, "--issued") if issued else as_of_day(None)
    chosen = bulletins.templates(template or (), lang)
    order = bulletins.order_of(issuer, number, day, deadline_days)
    bulletin = bulletins.bulletin_of(db, round_, order, register)
    if sites is not None and bulletins.is_frame_changed(bulletin, sites):
        typer.echo(f"{sites}：与抽样时的网站清单不同，通报按抽样时的清单 / the sites changed since the draw", err=True)
    for path in bulletins.write(bulletin, out, lang, chosen):
        typer.echo(str(path))


@spot_check_app.command("templates")
def spot_check_templates(out: OutOption, lang: LangOption = Lang.ZH) -> None:
    """取出通报模板以便修改：.docx 版式、.yaml 措辞。 / The bulletin's templates, to be edited."""
    from gongkai import bulletins  # noqa: PLC0415

    for path in bulletins.copy_templates(out, lang):
        typer.echo(str(path))


def probe(
    sites: SitesOption,
    db: StoreOption,
    once: Annotated[bool, typer.Option("--once", help="只试一轮，由定时任务调用 / one round, for a scheduler")] = False,
    show: Annotated[bool, typer.Option("--show", help="不再尝试，只列结果 / the record's verdicts")] = False,
    reference: Annotated[
        list[str] | None, typer.Option("--reference", help="参照网址：都不通即本机断网 / known to be up, repeatable")
    ] = None,
    as_of: AsOfOption = None,
) -> None:
    """可用性监测：一周、每天二十次、十五秒，断点续测；本机断网不计。 / The official availability check."""
    from gongkai import probing  # noqa: PLC0415

    if not show:
        for made in probing.probe(sites, db, once=once, references=reference or ()):
            failed = [f"{t.site}（{t.outcome}）" for t in made.tried if t.own_network and t.outcome != "ok"]
            line = f"已试 {len(made.tried)} 个网站；未打开：{'、'.join(failed) or '无'}"
            typer.echo(f"{made.at:%Y-%m-%dT%H:%MZ} {line}", err=True)
    for site, found in probing.judged(sites, db, as_of_day(as_of)):
        typer.echo(probing.said(site, found))


@schedule_app.command("once")
def schedule_once(file: ScheduleArgument, job: Annotated[str, typer.Argument(help="任务编号 / the job")]) -> None:
    """现在运行一个任务并发出通知，供 cron 或 systemd 调用。 / Runs one job now and sends what is to be told."""
    from gongkai import scheduling  # noqa: PLC0415

    for line in scheduling.run_job(file, job):
        typer.echo(line)


@schedule_app.command("run")
def schedule_run(file: ScheduleArgument) -> None:
    """按时运行各任务，直到停止。 / Runs the jobs at their times until it is stopped."""
    from gongkai import scheduling  # noqa: PLC0415

    scheduling.serve(file, typer.echo)


@schedule_app.command("lines")
def schedule_lines(
    file: ScheduleArgument,
    systemd: Annotated[bool, typer.Option("--systemd", help="systemd 定时器，默认 crontab / units")] = False,
) -> None:
    """打印可直接使用的 crontab 行或 systemd 定时器。 / Ready crontab lines or systemd timers."""
    from gongkai import scheduling  # noqa: PLC0415

    for line in scheduling.systemd_units(file) if systemd else scheduling.cron_lines(file):
        typer.echo(line)
