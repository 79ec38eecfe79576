"""A small world to judge in: one finance office with one column, and short ways to put facts into it."""

import datetime as dt

from checks.coverage import SHANGHAI
from checks.judge import judge
from checks.verdict import Verdict
from db.facts import Facts, FetchOutcome, Publication, Reading, SiteReading, Stop
from plans.register import Register
from plans.sites import Sites

COLUMN = "http://127.0.0.1:9001/czsz/"
BUDGET = {"title": ["预算执行"], "exclude": ["解读"], "columns": ["财政收支"]}
MONTHLY = {
    "id": "1-3",
    "measure": "一/3",
    "title": "预算执行情况",
    "lead": ["市财政局"],
    "kind": "periodic",
    "cadence": "monthly",
    "due": {"day": 25, "of": "next_period"},
    "where": ["czj"],
    "evidence": BUDGET,
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def at(text: str) -> dt.datetime:
    """Ten in the morning, Shanghai time, of a day."""
    return dt.datetime.combine(day(text), dt.time(10), SHANGHAI)


def register(*obligations: dict[str, object], **plan: object) -> Register:
    return Register.model_validate(
        {
            "plan": {"id": "lin-2017", "title": "要点", "place": "临江市", "year": 2017, **plan},
            "obligations": list(obligations) or [MONTHLY],
        }
    )


def sites(*more: dict[str, object]) -> Sites:
    office = {"id": "czj", "name": "临江市财政局", "agency": "市财政局", "url": "http://127.0.0.1:9001/"}
    return Sites.model_validate({"sites": [office, *more]})


def published(
    title: str, on: str | None, *, seen: str = "2018-06-01", site: str = "czj", url: str | None = None, **more: object
) -> Publication:
    url = url or f"http://127.0.0.1:9001/{site}/{abs(hash_of(title, on))}.html"
    facts = {"columns": (COLUMN,), "evidence": "sha256:" + "a" * 64, **more}
    return Publication(
        site, url, title, published=day(on) if on else None, first_seen=at(seen), last_seen=at(seen), **facts
    )


def hash_of(title: str, on: str | None) -> int:
    return sum(i * ord(c) for i, c in enumerate(title + (on or ""), 1))


def read(on: str, back_to: str | None = None, stop: Stop = Stop.END_OF_LIST, **more: object) -> Reading:
    facts = {"url": COLUMN, "column": "财政收支", "pages": 3, "items": 45, "wanted": ("财政收支",), **more}
    return Reading("czj", read_at=at(on), stop=stop, back_to=day(back_to) if back_to else None, **facts)


def entered(on: str, outcome: FetchOutcome = FetchOutcome.OK, *missing: str) -> SiteReading:
    return SiteReading("czj", at(on), outcome, missing)


def facts(*seen: Publication | Reading | SiteReading) -> Facts:
    return Facts(
        publications=tuple(s for s in seen if isinstance(s, Publication)),
        readings=tuple(s for s in seen if isinstance(s, Reading)),
        sites=tuple(s for s in seen if isinstance(s, SiteReading)),
    )


def judged(
    as_of: str,
    *seen: Publication | Reading | SiteReading,
    period: str = "2017-05",
    what: dict[str, object] | None = None,
) -> Verdict:
    """The verdict on one period of the monthly budget report, or of another obligation."""
    verdicts = judge(register(what or MONTHLY), sites(), facts(*seen), day(as_of))
    return next(v for v in verdicts if v.period == period)


def only(as_of: str, *seen: Publication | Reading | SiteReading, **changes: object) -> Verdict:
    """The one verdict on the budget obligation with some of its keys changed."""
    (verdict,) = judge(register({**MONTHLY, **changes}), sites(), facts(*seen), day(as_of))
    return verdict
