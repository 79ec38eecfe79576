"""Commands of the spot-check's second half: run what was drawn, show what was found."""

from pathlib import Path
from typing import Annotated

import typer

from gongkai.arguments import (
    SHANGHAI,
    AsOfOption,
    JsonOption,
    NowOption,
    SitesOption,
    StoreOption,
    an_instant,
    as_of_day,
)

DrawingOption = Annotated[int | None, typer.Option("--drawing", help="第几号抽样 / the drawing's number")]
RoundOption = Annotated[str | None, typer.Option("--round", help="期次，取其最后一次抽样 / the round's last drawing")]


def spot_check_run(
    sites: SitesOption,
    db: StoreOption,
    drawing: DrawingOption = None,
    round_: RoundOption = None,
    edition: Annotated[
        str, typer.Option("--edition", help="指标版本：site-2019、site-2015 或文件 / the indicators' edition")
    ] = "site-2019",
    register: Annotated[
        Path | None, typer.Option("--register", help="台账：另作采集与判定 / crawled and judged besides")
    ] = None,
    without_services: Annotated[
        list[str] | None,
        typer.Option("--without-services", help="无对外服务职能的网站，可重复 / sites without services"),
    ] = None,
    as_of: AsOfOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """检查抽中的网站：官方检查指标逐项判断并入库。 / Looks at the drawn sites and judges the official indicators."""
    from gongkai import spot_results, spot_running  # noqa: PLC0415 - other commands do not wait for Scrapy

    moment = an_instant(now) if now else None
    day = moment.astimezone(SHANGHAI).date() if moment and not as_of else as_of_day(as_of)
    asked = spot_running.Run(
        sites=sites,
        db=db,
        edition=edition,
        as_of=day,
        drawing=drawing,
        round=round_,
        register=register,
        now=moment,
        without_services=frozenset(without_services or ()),
    )
    for found in spot_running.run(asked):
        if as_json:
            typer.echo(spot_results.as_json(found))
            continue
        for line in spot_results.described(found):
            typer.echo(line)


def spot_check_show(
    db: StoreOption,
    drawing: DrawingOption = None,
    round_: RoundOption = None,
    site: Annotated[str | None, typer.Option("--site", help="只列这个网站，逐项 / one site, each indicator")] = None,
    as_json: JsonOption = False,
) -> None:
    """列出一次抽查的结果。 / What a spot-check found."""
    from gongkai import spot_results  # noqa: PLC0415 - beside its only use: other commands do not wait for the store

    for found in spot_results.stored(db, drawing, round_, site):
        if as_json:
            typer.echo(spot_results.as_json(found))
            continue
        for line in spot_results.described(found, in_full=site is not None):
            typer.echo(line)
