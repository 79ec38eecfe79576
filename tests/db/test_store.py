"""What was seen is kept as it was seen, and comes back as plain records."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from db.details import Details
from db.facts import (
    Clock,
    ClockName,
    FetchOutcome,
    FileOutcome,
    FileRead,
    LapseMark,
    MarkPlace,
    PageVisit,
    Reading,
    Repealed,
    Screenshot,
    SiteReading,
    Stop,
)
from db.models import Base
from db.reading import (
    archived,
    archived_hashes,
    facts_for,
    kept_pages,
    runs,
    stored_verdicts,
    unopened_sightings,
    verdicts_of,
)
from db.recording import (
    Said,
    Seen,
    begin_crawl,
    finish_crawl,
    record_archived,
    record_file,
    record_judgement,
    record_reading,
    record_screenshot,
    record_sightings,
    record_site,
    record_version,
    record_visit,
)
from db.store import StoreError, archive_folder, open_store

JUNE = dt.datetime(2017, 6, 30, 2, 10, tzinfo=dt.UTC)
JULY = dt.datetime(2017, 7, 30, 2, 10, tzinfo=dt.UTC)
PAGE = "http://czj.example/t20170629_1.html"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_store(f"sqlite:///{tmp_path}/facts.sqlite")
    yield engine
    engine.dispose()


def said(
    title: str = "2017年5月财政收支情况", published: dt.date | None = dt.date(2017, 6, 29), text: str = "正文"
) -> Said:
    return Said(title, published, "财政局", None, None, None, text, (), (Clock(ClockName.META, "2017-06-29"),))


def list_once(engine: Engine, crawl: int, at: dt.datetime, title: str = "2017年5月财政收支") -> None:
    rows = [Seen(PAGE, title, dt.date(2017, 6, 29))]
    record_sightings(engine, crawl, "czj", "http://czj.example/", rows, at=at, evidence="sha256:aa")


def test_first_and_last_seen_span_all_crawls(engine: Engine) -> None:
    for at in (JUNE, JULY):
        crawl = begin_crawl(engine, "inputs", None, at)
        list_once(engine, crawl.id, at)
        finish_crawl(engine, crawl.id, at)
    (publication,) = facts_for(engine, ["czj"]).publications
    assert (publication.first_seen, publication.last_seen) == (JUNE, JULY)


def test_a_row_that_stands_on_two_list_pages_of_one_crawl_is_sighted_once(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE)
    list_once(engine, crawl.id, JUNE)
    list_once(engine, crawl.id, JUNE)
    assert len(unopened_sightings(engine, crawl.id)) == 1


def test_a_version_is_added_only_when_the_page_says_something_new(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    assert record_version(engine, crawl, "czj", PAGE, said(), at=JUNE, evidence="sha256:bb")
    assert not record_version(engine, crawl, "czj", PAGE, said(), at=JULY, evidence="sha256:bb")
    assert record_version(engine, crawl, "czj", PAGE, said(text="改过的正文"), at=JULY, evidence="sha256:cc")
    (publication,) = facts_for(engine, ["czj"]).publications
    assert publication.text == "改过的正文"
    assert publication.evidence == "sha256:cc"


def test_the_page_s_own_claim_comes_before_the_list_s(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    list_once(engine, crawl, JUNE)
    record_version(engine, crawl, "czj", PAGE, said(published=dt.date(2017, 6, 28)), at=JUNE, evidence=None)
    (publication,) = facts_for(engine, ["czj"]).publications
    assert publication.published == dt.date(2017, 6, 28)
    assert Clock(ClockName.LIST, "2017-06-29") in publication.clocks


def test_the_list_s_date_stands_in_where_the_page_claims_none(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    list_once(engine, crawl, JUNE)
    record_version(engine, crawl, "czj", PAGE, said(published=None), at=JUNE, evidence=None)
    assert facts_for(engine, ["czj"]).publications[0].published == dt.date(2017, 6, 29)


def test_a_row_knows_the_days_of_its_dated_neighbours_in_the_newest_list(engine: Engine) -> None:
    days = [dt.date(2017, 6, 29), None, dt.date(2016, 5, 29), dt.date(2017, 4, 28)]
    rows = [Seen(f"http://czj.example/{n}.html", f"第{n}条", day) for n, day in enumerate(days)]
    for at, seen in ((JUNE, rows[1:]), (JULY, rows)):
        crawl = begin_crawl(engine, "abc", None, at).id
        record_sightings(engine, crawl, "czj", "http://czj.example/", seen, at=at, evidence=None)
        finish_crawl(engine, crawl, at)
    found = [publication.beside for publication in facts_for(engine, ["czj"]).publications]
    assert found == [(days[2],), (), (days[0], days[3]), (days[2],)]


def test_readings_and_sites_come_back_as_they_were(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    reading = Reading(
        "czj", "财政收支", "http://czj.example/", JUNE, 3, 40, Stop.FETCH_FAILED, dt.date(2017, 2, 1),
        FetchOutcome.SERVER_ERROR, "sha256:aa", ("财政收支",),
    )  # fmt: skip
    entry = SiteReading("czj", JUNE, FetchOutcome.OK, ("预决算",))
    record_reading(engine, crawl, reading)
    record_site(engine, crawl, entry)
    facts = facts_for(engine, ["czj"])
    assert facts.readings == (reading,)
    assert facts.sites == (entry,)
    assert facts_for(engine, ["other"]).readings == ()


def test_a_broken_off_crawl_is_continued_and_its_columns_are_not_read_again(engine: Engine) -> None:
    first = begin_crawl(engine, "inputs", None, JUNE)
    record_reading(engine, first.id, Reading("czj", "c", "http://czj.example/", JUNE, 1, 1, Stop.END_OF_LIST, None))
    record_reading(engine, first.id, Reading("czj", "d", "http://czj.example/d", JUNE, 1, 1, Stop.INTERRUPTED, None))
    second = begin_crawl(engine, "inputs", None, JUNE + dt.timedelta(hours=3))
    assert (second.id, second.resumed) == (first.id, True)
    assert second.finished_columns == {("czj", "http://czj.example/")}
    assert second.begun_columns == (("czj", "d", "http://czj.example/d", ()),)


def test_other_inputs_a_finished_crawl_or_an_old_one_begin_anew(engine: Engine) -> None:
    first = begin_crawl(engine, "inputs", None, JUNE)
    assert begin_crawl(engine, "others", None, JUNE).id != first.id
    later = begin_crawl(engine, "inputs", None, JULY)
    assert later.id != first.id
    finish_crawl(engine, later.id, JULY)
    assert not begin_crawl(engine, "inputs", None, JULY).resumed


def test_opened_pages_are_kept_with_what_the_list_last_showed(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    list_once(engine, crawl, JUNE)
    assert kept_pages(engine, ["czj"]) == []
    record_version(engine, crawl, "czj", PAGE, said(), at=JUNE, evidence=None)
    (kept,) = kept_pages(engine, ["czj"])
    assert (kept.site, kept.url, kept.title) == ("czj", PAGE, "2017年5月财政收支")
    assert (kept.list_date, kept.asked_at, kept.is_unasked) == (dt.date(2017, 6, 29), JUNE, True)


def test_a_kept_page_has_the_last_headers_to_ask_it_with_and_when_it_last_answered(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    list_once(engine, crawl, JUNE)
    record_version(engine, crawl, "czj", PAGE, said(), at=JUNE, evidence=None)
    record_visit(engine, crawl, "czj", PAGE, FetchOutcome.OK, at=JUNE, etag='"a1"', last_modified="Thu, 29 Jun 2017")
    later = begin_crawl(engine, "others", None, JULY).id
    record_visit(engine, later, "czj", PAGE, FetchOutcome.NOT_MODIFIED, at=JULY)
    record_visit(engine, later, "czj", PAGE, FetchOutcome.TIMEOUT, at=JULY + dt.timedelta(days=1))
    (kept,) = kept_pages(engine, ["czj"])
    assert (kept.etag, kept.last_modified) == ('"a1"', "Thu, 29 Jun 2017")
    assert (kept.asked_at, kept.is_unasked) == (JULY, False)


def test_facts_can_be_read_as_an_earlier_crawl_left_them(engine: Engine) -> None:
    first = begin_crawl(engine, "inputs", None, JUNE).id
    list_once(engine, first, JUNE)
    second = begin_crawl(engine, "others", None, JULY).id
    record_version(engine, second, "czj", PAGE, said(text="后来的正文"), at=JULY, evidence=None)
    record_visit(engine, second, "czj", PAGE, FetchOutcome.OK, at=JULY)
    before, now = facts_for(engine, ["czj"], first), facts_for(engine, ["czj"])
    assert before.publications[0].text is None
    assert before.publications[0].visits == ()
    assert now.publications[0].text == "后来的正文"


def test_runs_are_listed_with_what_they_rest_on(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    body = {"key": "p/1", "status": "late"}
    for rules in ("old", "new"):
        record_judgement(
            engine,
            plan="p",
            register_digest="d",
            as_of=JUNE.date(),
            at=JUNE,
            verdicts=[("p/1", "late", body)],
            rules=rules,
        )
    first, second = runs(engine, "p")
    assert (first.number, first.rules, first.last_crawl, first.counts) == (1, "old", crawl, {"late": 1})
    assert (second.number, second.rules) == (2, "new")
    assert runs(engine, "other") == []
    assert verdicts_of(engine, 1) == [body]


def test_evidence_is_found_by_its_hash_and_kept_where_it_was_first_put(engine: Engine) -> None:
    row = {"evidence": "sha256:aa", "file": "a.warc.gz", "offset": 7, "url": PAGE, "archived_at": JUNE}
    record_archived(engine, [row])
    record_archived(engine, [row | {"offset": 99}])
    kept = archived(engine, "sha256:aa")
    assert kept is not None
    assert (kept.file, kept.offset) == ("a.warc.gz", 7)
    assert archived_hashes(engine) == {"sha256:aa"}


def test_verdicts_are_read_from_the_newest_judgement(engine: Engine) -> None:
    for as_of, status in ((dt.date(2017, 6, 30), "overdue"), (dt.date(2017, 7, 30), "late")):
        record_judgement(
            engine, plan="p", register_digest="d", as_of=as_of, at=JULY, verdicts=[("p/1-3/a/2017-05", status, {})]
        )
    assert [v.status for v in stored_verdicts(engine, "p/1-3/a/2017-05")] == ["late"]
    assert [v.status for v in stored_verdicts(engine, "1-3")] == ["late"]
    assert stored_verdicts(engine, "%") == []


def test_a_naive_instant_is_refused(engine: Engine) -> None:
    with pytest.raises(Exception, match="time zone"):
        begin_crawl(engine, "inputs", None, dt.datetime(2017, 6, 30))


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/x.sqlite", "nonsense", "postgresql://"])
def test_a_store_that_cannot_be_opened_says_so_in_one_line(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url)
    assert "\n" not in str(caught.value)
    assert url.split(":", maxsplit=1)[0] in str(caught.value)


def test_a_store_that_is_only_read_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database yet"):
        open_store(f"sqlite:///{tmp_path}/none.sqlite", create=False)
    assert not (tmp_path / "none.sqlite").exists()


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://someone:secret@127.0.0.1:1/db")
    assert "secret" not in str(caught.value)


def test_the_archive_lies_beside_an_sqlite_file() -> None:
    assert archive_folder("sqlite:////data/audit.sqlite") == Path("/data/audit.archive")


def test_the_migrations_make_the_tables_that_the_models_name(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_what_a_page_says_beyond_its_fields_comes_back_as_it_was(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    details = Details(
        tables=((("城市", "水源"), ("珠海", "大镜山水库")),),
        links=("http://czj.example/jd.html",),
        marks=(LapseMark(MarkPlace.TITLE, "（部分失效）", partial=True),),
        repeals=(Repealed("停车办法", "珠府〔2009〕1号", since=dt.date(2017, 5, 1)),),
        asked=dt.date(2017, 5, 2),
        answered=dt.date(2017, 5, 9),
    )
    record_version(
        engine, crawl, "czj", PAGE, dataclasses.replace(said(), details=details), at=JUNE, evidence="sha256:bb"
    )
    (found,) = facts_for(engine, ["czj"]).publications
    kept = Details(found.tables, found.links, found.marks, found.repeals, found.asked, found.answered)
    assert kept == details
    assert [state.marks for state in found.history] == [details.marks]


def test_a_file_is_kept_anew_only_when_it_says_something_new(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    file = FileRead("附件", PAGE + ".pdf", "pdf", FileOutcome.READ, "正文", ((("一",),),), "2017-06-01T00:00:00")
    assert record_file(engine, crawl, "czj", PAGE, file, at=JUNE)
    assert not record_file(engine, crawl, "czj", PAGE, file, at=JULY)
    record_version(engine, crawl, "czj", PAGE, said(), at=JUNE, evidence=None)
    (found,) = facts_for(engine, ["czj"]).publications
    assert found.files == (file,)


def test_visits_and_pictures_hang_on_their_page(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    list_once(engine, crawl, JUNE)
    record_visit(engine, crawl, "czj", PAGE, FetchOutcome.OK, at=JUNE)
    record_visit(engine, crawl, "czj", PAGE, FetchOutcome.NOT_FOUND, at=JULY)
    record_visit(engine, crawl, "czj", "http://czj.example/nobody-knows", FetchOutcome.OK, at=JULY)
    picture = Screenshot(JULY, "sha256:dd", (LapseMark(MarkPlace.BANNER, "已失效"),))
    record_screenshot(engine, crawl, "czj", PAGE, picture)
    (found,) = facts_for(engine, ["czj"]).publications
    assert found.visits == (PageVisit(JUNE, FetchOutcome.OK), PageVisit(JULY, FetchOutcome.NOT_FOUND))
    assert found.screenshots == (picture,)


def test_a_title_that_the_list_cuts_is_marked_until_the_article_says_its_own(engine: Engine) -> None:
    crawl = begin_crawl(engine, "inputs", None, JUNE).id
    row = Seen(PAGE, "2017年5月财政", dt.date(2017, 6, 29), cut=True)
    record_sightings(engine, crawl, "czj", "http://czj.example/", [row], at=JUNE, evidence=None)
    assert [entry[-1] for entry in unopened_sightings(engine, crawl)] == [True]
    assert facts_for(engine, ["czj"]).publications[0].cut
    record_version(engine, crawl, "czj", PAGE, said(), at=JUNE, evidence=None)
    (publication,) = facts_for(engine, ["czj"]).publications
    assert (publication.title, publication.cut) == ("2017年5月财政收支情况", False)
