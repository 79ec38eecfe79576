"""The practice city over a year: what each day shows, and what the key may know."""

import datetime as dt
import io
import urllib.request
from collections import Counter

import docx
import openpyxl
import pypdf
import pytest

from plans.register import Register
from simulator.city import CitySite, Edit, File
from simulator.documents import document_bytes
from simulator.families import pages
from simulator.publishing import build_city
from simulator.scenario import Access, Scenario
from simulator.server import serve
from simulator.timeline import site_on, version
from simulator.year.answer import ACCUSING, Answer
from simulator.year.building import YearCity, build_year
from simulator.year.comparing import compare
from simulator.year.key import looks_of, year_key
from simulator.year.looking import crawl_days
from simulator.year.registers import random_register

DAY = dt.timedelta(days=1)
SEEDS = range(1, 7)


@pytest.fixture
def site(register: Register) -> CitySite:
    return build_city(register, Scenario.model_validate({"sites": [{"family": "trs"}]})).sites[0]


@pytest.fixture(scope="module")
def years() -> list[YearCity]:
    return [build_year(random_register(seed), seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def keys(years: list[YearCity]) -> list[Answer]:
    """All answers of all years, judged after the sixth and the last look."""
    found: list[Answer] = []
    for year in years:
        looks = looks_of(year)
        for day in (year.looks[5], year.looks[-1]):
            found += year_key(year, looks, day, lambda site, p: f"{site.id}/{p.number}")
    return found


def titles(site: CitySite, day: dt.date) -> set[str]:
    return {p.title for p in site_on(site, day).publications}


def test_a_removed_article_is_gone_from_its_day_on(site: CitySite) -> None:
    article = site.publications[0]
    article.gone = article.moment.date() + 30 * DAY
    assert article.title in titles(site, article.gone - DAY)
    assert article.title not in titles(site, article.gone)


def test_edits_take_force_on_their_day_and_the_article_stays_itself(site: CitySite) -> None:
    article = site.publications[0]
    day = article.moment.date() + 10 * DAY
    article.edits = (Edit(day, {"title": "更正"}), Edit(day + DAY, {"day": article.day - 5 * DAY}))
    assert version(article, day - DAY) is article
    assert version(article, day).title == "更正"
    assert version(article, day + DAY).day == article.day - 5 * DAY
    assert version(article, day + DAY).source is article


def test_a_moved_column_takes_its_articles_along(site: CitySite) -> None:
    column = next(c for c in site.columns if c.owed and not c.empty)
    day = dt.date(2017, 6, 1)
    column.edits = (Edit(day, {"id": "zwgk/xin/", "name": "新栏目"}),)
    after = site_on(site, day)
    assert after.column("zwgk/xin/").name == "新栏目"
    assert {p.title for p in after.publications if p.column == "zwgk/xin/"} >= {
        p.title for p in site_on(site, day - DAY).publications if p.column == column.id
    }
    assert column.id not in {p.column for p in after.publications}


def test_a_city_keeps_its_addresses_and_answers_as_on_the_day(register: Register) -> None:
    city = build_city(register, Scenario.model_validate({"sites": [{"family": "dede"}]}))
    site = city.sites[0]
    site.outages = ((dt.date(2017, 5, 1), dt.date(2017, 5, 31), Access.BLOCK_PAGE),)
    with serve(city, dt.date(2017, 4, 28)) as running:
        address = running.base_url(site.id)
        shown = urllib.request.urlopen(f"{address}/").read()  # noqa: S310 - loopback
        running.turn_to(dt.date(2017, 5, 31))
        assert running.base_url(site.id) == address
        assert "拦截" in urllib.request.urlopen(f"{address}/").read().decode()  # noqa: S310
        running.turn_to(dt.date(2017, 4, 28))
        assert urllib.request.urlopen(f"{address}/").read() == shown  # noqa: S310


def test_office_files_are_real_and_a_scanned_one_holds_no_text() -> None:
    rows, made = (("序号", "名称"), ("1", "香洲区")), dt.datetime(2017, 5, 1, 9)
    sheet = openpyxl.load_workbook(io.BytesIO(document_bytes(File("a", "xlsx", rows), made))).active
    assert [tuple(row) for row in sheet.values] == list(rows)
    table = docx.Document(io.BytesIO(document_bytes(File("a", "docx", rows), made))).tables[0]
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == list(rows)
    text = pypdf.PdfReader(io.BytesIO(document_bytes(File("a", "pdf", rows), made))).pages[0].extract_text()
    assert "香洲区" in text
    scanned = pypdf.PdfReader(io.BytesIO(document_bytes(File("a", "pdf"), made))).pages[0]
    assert not scanned.extract_text()
    assert len(scanned.images) == 1


def test_crawls_fall_on_the_last_working_days_of_twelve_months() -> None:
    days = crawl_days(2017)
    assert days[0] == dt.date(2017, 2, 28)
    assert days[-1] == dt.date(2018, 1, 31)
    assert dt.date(2017, 9, 30) in days  # a Saturday on which people worked
    assert crawl_days(2017, 3) == (days[3], days[7], days[11])


def test_the_same_seed_gives_the_same_year() -> None:
    def every_byte() -> dict[str, bytes]:
        year = build_year(random_register(3), 3)
        day = year.looks[7]
        shown = [site_on(site, day) for site in year.city.sites]
        return {f"{s.id}{path}": make({}).body for s in shown for path, make in pages(s, day, "http://x").items()}

    assert every_byte() == every_byte()


def test_every_status_and_flag_occurs(keys: list[Answer]) -> None:
    statuses = {status for answer in keys for status in answer.truth.statuses}
    assert statuses >= {"on_time", "late", "overdue", "missing", "not_due", "inconclusive", "manual"}
    flags = {flag for answer in keys for flag in answer.truth.flags}
    assert flags >= {"backdated", "removed", "changed", "incomplete", "wrong_place", "batch", "time_unknown"}
    assert flags >= {"calendar_assumed"}


def test_the_key_accuses_nobody_of_what_could_not_be_read(keys: list[Answer]) -> None:
    assert not [a for a in keys if a.truth.hindered and ACCUSING & set(a.truth.statuses)]


def test_kinds_are_played(keys: list[Answer]) -> None:
    found = Counter(answer.kind for answer in keys)
    kinds = {"periodic", "label", "pairing", "response", "event", "standing", "daily", "duty"}
    assert set(found) == kinds | {"platform", "consultation"}


def test_what_came_and_went_between_two_looks_was_never_there(years: list[YearCity]) -> None:
    """Nobody can say `removed` of what nobody saw."""
    for year in years:
        looks = looks_of(year)
        answers = year_key(year, looks, year.looks[-1], lambda _, p: str(p.number))
        for answer in answers:
            if "removed" in answer.truth.flags:
                assert "removed" in answer.planted


def test_a_verdict_without_proof_is_counted_as_a_false_accusation(keys: list[Answer]) -> None:
    unread = next(a for a in keys if a.truth.hindered and a.period and a.kind == "periodic")
    line = {
        "obligation": unread.obligation,
        "agency": unread.agency,
        "period": unread.period,
        "status": "missing",
        "flags": [],
        "reason": "not_found: ",
    }
    tally = compare([unread], [line])
    assert tally.unread_accused == 1
    assert tally.accusations() == (0, 1, 0)
