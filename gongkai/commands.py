"""The command line: one function a command; what they do stands in the modules that they call."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gongkai import assessment_commands, inspection_commands, pages, report_commands, spot_run_commands, titles
from gongkai.arguments import (
    AsOfOption,
    FailOnOption,
    InputError,
    JsonOption,
    Lang,
    LangOption,
    NowOption,
    OutOption,
    RegisterOption,
    SitesOption,
    StoreOption,
    a_day,
    an_instant,
    as_of_day,
)
from gongkai.progress import Progress

app = typer.Typer(
    help="公开：对照年度计划核查政务公开是否按时、齐全，并附证据。 / Audits government disclosure against its plans.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
plan_app = typer.Typer(help="计划与台账 / plans and registers", no_args_is_help=True)
app.add_typer(plan_app, name="plan")
sites_app = typer.Typer(help="网站清单 / sites files", no_args_is_help=True)
app.add_typer(sites_app, name="sites")
app.add_typer(assessment_commands.review_app, name="review")
app.command()(assessment_commands.assess)
app.command()(assessment_commands.selfcheck)
app.command()(inspection_commands.probe)
app.add_typer(inspection_commands.schedule_app, name="schedule")
app.add_typer(inspection_commands.spot_check_app, name="spot-check")
app.add_typer(report_commands.report_app, name="report")
inspection_commands.spot_check_app.command("run")(spot_run_commands.spot_check_run)
inspection_commands.spot_check_app.command("show")(spot_run_commands.spot_check_show)


@plan_app.command("lint")
def plan_lint(
    register: Annotated[Path, typer.Argument(help="台账文件 / the register")],
    sites: Annotated[Path | None, typer.Option("--sites", help="网站清单 / the sites file")] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """检查台账：错误与疑点，逐行列出。 / A register's errors and doubts, by line."""
    from plans.lint import lint_file  # noqa: PLC0415

    report = lint_file(register, sites, lang=lang.value)
    for problem in (*report.errors, *report.doubts):
        typer.echo(str(problem))
    if report.errors:
        raise typer.Exit(1)


@plan_app.command("import")
def plan_import(
    file: Annotated[Path, typer.Argument(help="计划文件：txt md html docx pdf xlsx / the plan document")],
    place: Annotated[str | None, typer.Option("--place", help="地方，默认从标题读出 / place")] = None,
    year: Annotated[int | None, typer.Option("--year", help="年份，默认从标题读出 / year")] = None,
    as_json: JsonOption = False,
    out: Annotated[Path | None, typer.Option("--out", help="写入台账草稿，默认显示在屏幕 / draft register")] = None,
    review: Annotated[
        Path | None, typer.Option("--review", help="另写核对表 .xlsx 或 .html / a review sheet beside it")
    ] = None,
) -> None:
    """计划文件变成台账草稿。 / A plan document becomes measures and draft obligations."""
    from gongkai import planning  # noqa: PLC0415

    plan = planning.read_plan(file, place, year)
    for line in planning.json_lines(plan) if as_json else planning.write_draft(plan, out, review):
        typer.echo(line)


@plan_app.command("apply")
def plan_apply(
    register: Annotated[Path, typer.Argument(help="台账草稿 / the draft register")],
    sheet: Annotated[Path, typer.Argument(help="改过的核对表 / the edited review sheet")],
    out: Annotated[Path | None, typer.Option("--out", help="写到别处，默认改写台账 / write elsewhere")] = None,
) -> None:
    """把核对表中的修改写回台账。 / Puts the edits of a review sheet back into the register."""
    from gongkai import planning  # noqa: PLC0415

    typer.echo(planning.apply_sheet(register, sheet, out))


@plan_app.command("show")
def plan_show(
    register: Annotated[Path, typer.Argument(help="台账 / the register")],
    only: Annotated[str | None, typer.Argument(help="只看一条：条款或编号 / one measure or obligation")] = None,
    source: Annotated[Path | None, typer.Option("--source", help="计划原文，逐条对照 / the plan document")] = None,
) -> None:
    """列出台账；有原文时逐条对照。 / Shows a register, beside the plan's text where the user has it."""
    from gongkai import planning  # noqa: PLC0415

    for line in planning.shown(register, source, only):
        typer.echo(line)


@sites_app.command("discover")
def sites_discover(
    url: Annotated[str, typer.Argument(help="门户首页地址 / a portal's home page")],
    register: RegisterOption,
    agency: Annotated[
        str | None, typer.Option("--agency", help="只找该单位牵头的事项 / only what this agency leads")
    ] = None,
    sites: Annotated[
        Path | None, typer.Option("--sites", help="写入该网站清单，默认显示在屏幕 / write into this sites file")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """从首页找出台账所列栏目，写入网站清单。 / Finds the register's columns from a portal's home page."""
    from gongkai import discovering  # noqa: PLC0415

    result = discovering.search(url, register, agency, sites, lang)
    if sites is not None:
        discovering.write_entry(sites, result.entry)
    if as_json:
        typer.echo(json.dumps(discovering.record(result), ensure_ascii=False))
        return
    for line in discovering.described(result, lang):
        typer.echo(line, err=sites is None)
    entry = result.entry
    typer.echo(discovering.entry_yaml(entry) if sites is None else discovering.written(sites, entry, lang))


@app.command()
def extract(
    file: Annotated[Path | None, typer.Argument(help="保存的网页 / a saved page")] = None,
    url: Annotated[str | None, typer.Option("--url", help="该网页的原地址 / where it came from")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="TSV：路径、地址 / TSV: path, url")] = None,
    as_json: JsonOption = False,
) -> None:
    """从一个保存的网页中读出采集器所见。 / What the crawler would see in a saved page."""
    if batch is not None:
        for record in pages.extract_batch(batch):
            typer.echo(json.dumps(record, ensure_ascii=False))
        return
    if file is None:
        raise InputError("请给出网页文件，或用 --batch 给出清单 / give a page, or a list with --batch")
    record = pages.extract_file(file, url or file.resolve().as_uri())
    typer.echo(json.dumps(record, ensure_ascii=False) if as_json else pages.described(record))


@app.command()
def period(
    title: Annotated[str | None, typer.Argument(help="标题 / a title")] = None,
    published: Annotated[str | None, typer.Option("--published", help="发布日期 / publish date")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="TSV：标题、日期 / TSV: title, date")] = None,
    as_json: JsonOption = False,
) -> None:
    """标题说的是哪一期。 / Which periods a title speaks of."""
    if batch is not None:
        for record in titles.period_batch(batch):
            typer.echo(json.dumps(record, ensure_ascii=False))
        return
    if title is None:
        raise InputError("请给出标题，或用 --batch 给出清单 / give a title, or a list with --batch")
    record = titles.period_of(title, a_day(published, "--published") if published else None)
    typer.echo(json.dumps(record, ensure_ascii=False) if as_json else titles.described(record))


@app.command()
def crawl(
    register: RegisterOption, sites: SitesOption, db: StoreOption, now: NowOption = None, lang: LangOption = Lang.ZH
) -> None:
    """采集事实入库。 / Facts into the database."""
    from gongkai import auditing  # noqa: PLC0415 - Scrapy takes a second to load; other commands do not wait for it

    task = auditing.load(register, sites)
    with Progress(lang) as progress:
        summary = auditing.crawl(task, db, an_instant(now) if now else None, progress.update)
    progress.summarise(summary, task.sites)
    raise typer.Exit(auditing.exit_code_of_crawl(summary))


@app.command()
def check(
    register: RegisterOption,
    sites: SitesOption,
    db: StoreOption,
    out: OutOption,
    as_of: AsOfOption = None,
    fail_on: FailOnOption = None,
    against: Annotated[
        str | None,
        typer.Option("--against", help="与某次判定比较：编号或 last / compare with a run: its number, or last"),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """由已有事实作出判定，不联网；可与以前的判定比较。 / Verdicts from facts, no network; who moved since a run."""
    from gongkai import auditing, comparing  # noqa: PLC0415

    judged, compared = auditing.judge_against(auditing.load(register, sites), db, as_of_day(as_of), out, against)
    typer.echo(f"{auditing.counted(judged)}（判定编号 {judged.judgement}）", err=True)
    if compared is not None:
        for line in comparing.described(compared, lang, as_json=as_json):
            typer.echo(line)
    raise typer.Exit(auditing.exit_code_of_check(judged, fail_on or []))


@app.command()
def audit(
    register: RegisterOption,
    sites: SitesOption,
    db: StoreOption,
    out: OutOption,
    as_of: AsOfOption = None,
    now: NowOption = None,
    lang: LangOption = Lang.ZH,
    fail_on: FailOnOption = None,
) -> None:
    """主要工作：采集、判定、报告。 / The main job: crawl, check, report."""
    from gongkai import auditing  # noqa: PLC0415

    task = auditing.load(register, sites)
    day = as_of_day(as_of)
    with Progress(lang) as progress:
        summary = auditing.crawl(task, db, an_instant(now) if now else None, progress.update)
    progress.summarise(summary, task.sites)
    if summary.interrupted:
        raise KeyboardInterrupt
    judged = auditing.judge(task, db, day, out)
    typer.echo(auditing.counted(judged), err=True)
    typer.echo(str(auditing.write_report(judged, out, lang)))
    code = auditing.exit_code_of_crawl(summary)
    raise typer.Exit(code or auditing.exit_code_of_check(judged, fail_on or []))


@app.command("runs")
def list_runs(db: StoreOption, as_json: JsonOption = False, lang: LangOption = Lang.ZH) -> None:
    """列出历次判定，供 check --against 使用。 / The stored verdict runs, for check --against."""
    from gongkai import comparing  # noqa: PLC0415

    for line in comparing.listed_runs(db, lang, as_json=as_json):
        typer.echo(line)


@app.command()
def explain(
    verdict: Annotated[str, typer.Argument(help="判定编号（或其一部分） / a verdict's key, or part of it")],
    db: StoreOption,
    as_json: JsonOption = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """一条判定的来龙去脉：条款、应公开日期、查阅范围、候选、证据。 / The chain behind one verdict."""
    from gongkai import explaining  # noqa: PLC0415

    for line in explaining.explain(verdict, db, as_json=as_json, lang=lang):
        typer.echo(line)


class DemoCity(StrEnum):
    ZHUHAI = "zhuhai"
    PINGTAN = "pingtan"


@app.command()
def demo(
    out: OutOption = Path("out/demo"),
    city: Annotated[
        DemoCity, typer.Option("--city", help="演练城市，或平潭的真实栏目 / practice city, or a real column")
    ] = (DemoCity.ZHUHAI),
    seed: Annotated[int, typer.Option("--seed", help="演练城市的随机种子 / seed of the practice city")] = 2017,
    pages: Annotated[
        Path | None, typer.Option("--pages", help="平潭：改用保存的网页重放 / pingtan: replay saved pages")
    ] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """在本机从头到尾审一遍，并与标准答案对照。 / An audit on loopback from end to end, compared with its answer key."""
    from gongkai import demonstration  # noqa: PLC0415

    if city is DemoCity.PINGTAN:
        raise typer.Exit(demonstration.run_pingtan(out, pages, lang))
    raise typer.Exit(demonstration.run_city(out, seed, lang))


@app.callback()
def _encode_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
