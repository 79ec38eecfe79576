"""What users type, checked: dates, instants, statuses, languages."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from checks.verdict import Status

SHANGHAI = ZoneInfo("Asia/Shanghai")


class InputError(Exception):
    """Something that the user typed or handed in cannot be used. The message is one line that says what to mend."""


def no_such_verdict(key: str) -> InputError:
    return InputError(f"{key}: 没有这样的判定；编号见 verdicts.jsonl 或报告 / no such verdict in this database")


class UnreachableError(Exception):
    """A portal could not be read. The message is one line that says why and what to do about it."""


class Lang(StrEnum):
    ZH = "zh"
    EN = "en"


RegisterOption = Annotated[Path, typer.Option("--register", help="公开事项台账（YAML） / the register")]
SitesOption = Annotated[Path, typer.Option("--sites", help="网站清单（YAML） / the sites file")]
StoreOption = Annotated[str, typer.Option("--db", help="数据库地址，如 sqlite:///audit.sqlite / database address")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="判定截至日期，默认今天 / judge as of this day", metavar="YYYY-MM-DD")
]
NowOption = Annotated[
    str | None, typer.Option("--now", help="为重放或演练的采集指定时刻 / stamps a replayed crawl", metavar="INSTANT")
]
OutOption = Annotated[Path, typer.Option("--out", help="结果文件夹 / folder for the results")]
AgencyOption = Annotated[
    str, typer.Option("--agency", help="单位名称，与台账相同 / the agency, as the register names it")
]
OwnRegisterOption = Annotated[
    Path | None, typer.Option("--register", help="台账，默认用随附台账中有该单位的一份 / the register")
]
ModelOption = Annotated[
    str, typer.Option("--model", help="评分模型：名称或 YAML 文件 / a shipped model's name, or a file")
]
LangOption = Annotated[Lang, typer.Option("--lang", help="语言 / language")]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出 JSON / machine-readable output")]
FailOnOption = Annotated[
    list[Status] | None, typer.Option("--fail-on", help="出现该判定时以 1 退出 / exit 1 on this status")
]


def a_day(text: str, option: str) -> dt.date:
    """A calendar day as typed. Raises InputError."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            f"{option} {text!r}：应为 YYYY-MM-DD 形式的日期 / expected a date such as 2017-06-30"
        ) from None


def a_list_of_statuses(words: Iterable[str]) -> tuple[Status, ...]:
    """Statuses as typed, each word one or several with commas between. Raises InputError."""
    names = [name.strip() for word in words for name in word.replace("，", ",").split(",") if name.strip()]
    unknown = next((name for name in names if name not in tuple(Status)), None)
    if unknown is not None:
        known = ", ".join(Status)
        raise InputError(f"--status {unknown!r}：没有这种判定，可用：{known} / no such status")
    return tuple(dict.fromkeys(Status(name) for name in names))


def as_of_day(text: str | None) -> dt.date:
    """The day as of which is judged: as typed, or today in Shanghai."""
    return a_day(text, "--as-of") if text else dt.datetime.now(SHANGHAI).date()


def an_instant(text: str) -> dt.datetime:
    """An instant as typed (Asia/Shanghai where it names no zone; a bare day is its noon). Raises InputError."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            f"--now {text!r}：应为 2017-06-30 或 2017-06-30T09:00+08:00 / expected an ISO date or date-time"
        ) from None
    if len(text.strip()) <= len("2017-06-30"):
        moment = moment.replace(hour=12)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
