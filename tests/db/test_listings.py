"""The rows of a column come back as one crawl met them, in the list's order, each with the page that showed it."""

import datetime as dt
from pathlib import Path

from db.facts import FetchOutcome, ListedRow, Reading, Stop
from db.listings import listing
from db.recording import Seen, begin_crawl, record_reading, record_sightings
from db.store import open_store

FIRST = dt.datetime(2017, 6, 30, 2, 10, 3, 700_000, tzinfo=dt.UTC)
SECOND = dt.datetime(2017, 7, 31, 2, tzinfo=dt.UTC)
COLUMN = "http://a.example/list/"


def row(n: int) -> Seen:
    return Seen(f"http://a.example/{n}.html", f"第{n}条", dt.date(2017, 1, n))


def test_the_rows_are_those_of_one_reading_in_their_order(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'facts.sqlite'}")
    for at, pages in ((FIRST, ((5, 4), (3,))), (SECOND, ((6, 5),))):
        crawl = begin_crawl(engine, at.isoformat(), None, at).id
        for number, rows in enumerate(pages, start=1):
            evidence = f"sha256:{at:%m}{number}"
            record_sightings(engine, crawl, "a", COLUMN, [row(n) for n in rows], at=at, evidence=evidence)
        for stop in (Stop.INTERRUPTED, Stop.END_OF_LIST):  # what was begun stands in the facts too
            reading = Reading("a", "栏目", COLUMN, at, 2, 3, stop, None, FetchOutcome.OK, "sha256:l", ())
            record_reading(engine, crawl, reading)
    told = FIRST.replace(microsecond=0)  # verdicts name the second
    found = listing(engine, "a", COLUMN, told)
    assert found is not None
    assert [(r.title, r.evidence) for r in found.rows] == [
        ("第5条", "sha256:061"),
        ("第4条", "sha256:061"),
        ("第3条", "sha256:062"),
    ]
    assert found.rows[0] == ListedRow("http://a.example/5.html", "第5条", dt.date(2017, 1, 5), "sha256:061")
    assert found.evidence == "sha256:l"
    later = listing(engine, "a", COLUMN, SECOND)
    assert later is not None
    assert [r.title for r in later.rows] == ["第6条", "第5条"]
    assert listing(engine, "a", COLUMN, told + dt.timedelta(seconds=1)) is None
    assert listing(engine, "b", COLUMN, told) is None
    engine.dispose()
