"""Commands of the inspector: spot-check. They call the modules that do the work."""

import json
from typing import Annotated

import typer

from checks.sampling import SHARE
from gongkai.arguments import JsonOption, SitesOption, StoreOption

spot_check_app = typer.Typer(help="抽查：抽样、检查、通报 / spot-checks", no_args_is_help=True)

RoundOption = Annotated[str, typer.Option("--round", help="期次：2017-06 或 2017-Q2 / the month or quarter")]


@spot_check_app.command("draw")
def spot_check_draw(
    sites: SitesOption,
    db: StoreOption,
    round_: RoundOption,
    share: Annotated[float, typer.Option("--share", help="各层抽查比例 / share of each stratum")] = SHARE,
    seed: Annotated[str | None, typer.Option("--seed", help="随机种子，默认新取并显示 / the seed")] = None,
    as_json: JsonOption = False,
) -> None:
    """抽样：按层随机，上次不合格的必查，全年每家至少一次。 / Draws a sample that anyone can draw again."""
    from gongkai import spot_checking  # noqa: PLC0415 - beside its only use: other commands do not wait for the store

    draft = spot_checking.draw_sample(sites, db, round_, share, seed)
    if as_json:
        typer.echo(json.dumps(spot_checking.record(draft), ensure_ascii=False))
        return
    for line in spot_checking.described(draft):
        typer.echo(line)
