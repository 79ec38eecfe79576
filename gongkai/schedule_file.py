"""The schedule file: which audits run when, and who is told. Data that an office edits."""

import datetime as dt
import os
import re
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from plans.load import load_file
from plans.problems import broken_rule
from plans.register import Name, Strict
from reports.notices import Cause

_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\Z")
Clock = Annotated[str, Field(pattern=_CLOCK.pattern.replace(r"\Z", "$"))]  # HH:MM, Beijing time


class When(Strict):
    """Daily, or on weekdays, or on a day of the month, at a time of day (Asia/Shanghai)."""

    at: Clock
    weekday: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"] | None = None
    day: Annotated[int, Field(ge=1, le=28)] | Literal["last"] | None = None

    @model_validator(mode="after")
    def _names_one_day(self) -> Self:
        if self.weekday is not None and self.day is not None:
            raise broken_rule("weekday 与 day 只能写一个", "give weekday or day, not both", ("day",))
        return self

    @property
    def hour(self) -> int:
        return int(self.at[:2])

    @property
    def minute(self) -> int:
        return int(self.at[3:])


class Job(Strict):
    """One audit. Paths are relative to the schedule file."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40)]
    register_file: Annotated[Name, Field(alias="register")]
    sites: Name
    db: Name
    out: Name
    when: When


class Quiet(Strict):
    """Hours in which nothing is sent; they may run over midnight."""

    begins: Annotated[Clock, Field(alias="from")]
    ends: Annotated[Clock, Field(alias="to")]

    def covers(self, moment: dt.time) -> bool:
        first, last = dt.time.fromisoformat(self.begins), dt.time.fromisoformat(self.ends)
        return first <= moment < last if first <= last else moment >= first or moment < last


class Channel(Strict):
    """One Apprise address (https://github.com/caronc/apprise: mailto://, wecombot://, dingtalk://, feishu://). An
    address is a secret: `env:NAME` takes it from the environment."""

    name: Annotated[str, Field(pattern=r"^[\w.-]+$", max_length=64)]
    address: Name
    about: Annotated[tuple[Cause, ...], Field(min_length=1)] = tuple(Cause)

    def resolved(self) -> str | None:
        """The address itself; None where the environment does not hold it."""
        if not self.address.startswith("env:"):
            return self.address
        return os.environ.get(self.address.removeprefix("env:")) or None


class Notices(Strict):
    to: Annotated[tuple[Channel, ...], Field(min_length=1)]
    quiet: Quiet | None = None


class Schedule(Strict):
    """All jobs of one machine."""

    jobs: Annotated[tuple[Job, ...], Field(min_length=1)]
    notices: Notices | None = None

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        ids = [job.id for job in self.jobs]
        twice = [name for name in ids if ids.count(name) > 1]
        if twice:
            raise broken_rule(f"任务编号 {twice[0]} 重复", f"the job id {twice[0]} occurs twice", ("jobs",))
        return self


def load_schedule(path: Path) -> Schedule:
    """Raises PlanFileError with file, line and key."""
    return load_file(path, Schedule).value
