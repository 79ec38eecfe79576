"""`gongkai report evidence`: a store with its archive becomes pages, an index and data; a changed archive is told."""

import dataclasses
import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml import html
from sqlalchemy import Engine
from typer.testing import CliRunner

from checks.export import to_record
from checks.reviews import Action
from checks.verdict import ColumnRead, Flag, ReasonCode, Status, Verdict
from crawler.archive import Archive, Kept, read_record
from db.facts import FetchOutcome, LapseMark, MarkPlace, Reading, Screenshot, Stop
from db.recording import (
    Said,
    Seen,
    begin_crawl,
    record_archived,
    record_judgement,
    record_reading,
    record_screenshot,
    record_sightings,
    record_version,
)
from db.store import archive_folder, open_store
from gongkai import reviewing
from gongkai.__main__ import main
from gongkai.commands import app

AT = dt.datetime(2017, 6, 30, 2, 10, tzinfo=dt.UTC)
COLUMN, FOUND = "http://a.example/l/", "http://a.example/4.html"
LIST_PAGE = '<ul><li><a href="4.html">2017年4月预算执行</a><script>alert("列表")</script></li></ul>'.encode()
ARTICLE = "<h1>2017年4月预算执行</h1><p>全文</p>".encode("gb18030")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
BODIES = ((COLUMN, LIST_PAGE, "text/html"), (FOUND, ARTICLE, "text/html"), (FOUND, PNG, "image/png"))
TITLE = "2017年4月预算执行情况"


def named(body: bytes) -> str:
    return "sha256:" + hashlib.sha256(body).hexdigest()


def verdict(month: int, status: Status, agency: str = "市财政局") -> Verdict:
    found = status in (Status.LATE, Status.ON_TIME)
    read = ColumnRead("czj", "财政收支", COLUMN, "2017-06-30T10:10:00+08:00", None, "end_of_list", True, 1, 1)
    return Verdict(
        plan="p-2017",
        obligation="1-3",
        agency=agency,
        site="czj",
        period=f"2017-{month:02d}",
        subject=None,
        status=status,
        flags=(),
        due=dt.date(2017, month + 1, 25),
        published=dt.date(2017, 5, 26) if found else None,
        first_seen=AT if found else None,
        days_late=1 if status is Status.LATE else None,
        url=FOUND if found else None,
        title=TITLE if found else None,
        evidence=named(ARTICLE if found else LIST_PAGE),
        reason_code=ReasonCode.FOUND if found else ReasonCode.NOT_FOUND,
        reason="理由",
        measure="一/3",
        obligation_title="../预算执行情况",
        columns=(read,),
    )


VERDICTS = (
    verdict(3, Status.ON_TIME),
    verdict(4, Status.LATE),
    verdict(5, Status.OVERDUE),
    verdict(2, Status.MISSING, "市审计局"),
)


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A store of one crawl and its judgement, with the bodies in its archive."""
    url = f"sqlite:///{tmp_path}/audit.sqlite"
    engine = open_store(url)
    crawl = begin_crawl(engine, "i", None, AT).id
    with Archive(archive_folder(url), AT, set()) as archive:
        for where, body, media in BODIES:
            headers = (("content-type", media),)
            kept = archive.keep(named(body), where, body, status=200, headers=headers, at=AT)
            assert isinstance(kept, Kept)
            record_archived(engine, [dataclasses.asdict(kept)])
    row = Seen(FOUND, TITLE, dt.date(2017, 5, 26))
    record_sightings(engine, crawl, "czj", COLUMN, [row], at=AT, evidence=named(LIST_PAGE))
    said = Said(TITLE, dt.date(2017, 5, 26), "来源", None, None, None, "全文", (), ())
    record_version(engine, crawl, "czj", FOUND, said, at=AT, evidence=named(ARTICLE))
    mark = LapseMark(MarkPlace.BANNER, "已废止")
    record_screenshot(engine, crawl, "czj", FOUND, Screenshot(AT, named(PNG), (mark,)))
    record_reading(
        engine,
        crawl,
        Reading("czj", "财政收支", COLUMN, AT, 1, 1, Stop.END_OF_LIST, None, FetchOutcome.OK, None, ()),
    )
    judge(engine, VERDICTS)
    engine.dispose()
    return url


def judge(engine: Engine, verdicts: Iterable[Verdict]) -> None:
    record_judgement(
        engine,
        plan="p-2017",
        register_digest="0" * 64,
        as_of=dt.date(2017, 6, 30),
        at=AT,
        verdicts=[(v.key, v.status.value, to_record(v)) for v in verdicts],
    )


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.filing.find_browser", lambda: None)


def report(db: str, out: Path, *more: str) -> dict[str, object]:
    """The data of a set of pages that was written without complaint."""
    result = CliRunner().invoke(
        app, ["report", "evidence", "--db", db, "--out", str(out), *more], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    content = json.loads((out / "evidence.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def told(content: dict[str, object]) -> list[tuple[str, str]]:
    findings = content["findings"]
    assert isinstance(findings, list)
    return [(each["verdict"]["agency"], each["verdict"]["period"]) for each in findings]


def test_every_finding_has_a_page_the_gravest_first(db: str, tmp_path: Path) -> None:
    out = tmp_path / "ev"
    content = report(db, out)
    assert told(content) == [("市审计局", "2017-02"), ("市财政局", "2017-05"), ("市财政局", "2017-04")]
    assert {path.name for path in out.iterdir()} == {
        "evidence.html",
        "evidence.json",
        "evidence-0001.html",
        "evidence-0002.html",
        "evidence-0003.html",
    }
    index = html.fromstring((out / "evidence.html").read_bytes())
    assert list(index.xpath("//tbody//td/a/@href")) == [f"evidence-000{n}.html" for n in (1, 2, 3)]


def test_what_was_in_time_by_a_doubtful_date_is_a_finding(db: str, tmp_path: Path) -> None:
    flagged = dataclasses.replace(verdict(3, Status.ON_TIME), flags=(Flag.BACKDATED,))
    engine = open_store(db)
    judge(engine, (flagged, verdict(1, Status.ON_TIME)))
    engine.dispose()
    assert told(report(db, tmp_path)) == [("市财政局", "2017-03")]


def test_an_absence_shows_the_list_and_a_find_its_page(db: str, tmp_path: Path) -> None:
    findings = report(db, tmp_path)["findings"]
    assert isinstance(findings, list)
    absent, late = findings[1], findings[2]
    assert [(x["role"], x["evidence"], x["check"]) for x in absent["archived"]] == [
        ("listing", named(LIST_PAGE), "verified")
    ]
    assert absent["lists"][0]["rows"][0]["title"] == TITLE
    assert absent["lists"][0]["belongs_before"] == 0
    assert [(x["role"], x["check"], x["http_status"]) for x in late["archived"]] == [
        ("page", "verified", 200),
        ("picture", "verified", 200),
    ]
    assert late["archived"][0]["at"].startswith("2017-06-30T02:10:00")
    page = html.fromstring((tmp_path / "evidence-0003.html").read_bytes())
    assert len(page.xpath("//figure/img[starts-with(@src, 'data:image/png;base64,')]")) == 1
    assert "已废止" in page.xpath("string(//figure/img/@alt)")


@pytest.mark.parametrize(
    ("asked", "periods"),
    [
        (("p-2017/1-3/市财政局/2017-03",), ["2017-03"]),
        (("2017-05", "2017-03"), ["2017-05", "2017-03"]),
        (("--status", "late,overdue"), ["2017-05", "2017-04"]),
        (("--status", "late", "--status", "on_time"), ["2017-04", "2017-03"]),
        (("--agency", "市审计局"), ["2017-02"]),
        (("--agency", "市审计局", "--status", "late"), []),
        (("市财政局", "--status", "late"), ["2017-04"]),
    ],
)
def test_verdicts_are_chosen_by_key_status_and_agency(
    db: str, tmp_path: Path, asked: tuple[str, ...], periods: list[str]
) -> None:
    assert [period for _, period in told(report(db, tmp_path, *asked))] == periods


def test_a_later_set_leaves_no_page_of_an_earlier_one(db: str, tmp_path: Path) -> None:
    out = tmp_path / "ev"
    report(db, out, "--with-pages")
    (out / "evidence-of-mine.html").write_text("x")
    for name in ("evidence-0003.pdf", "evidence.pdf"):
        (out / name).write_text("x")
    report(db, out, "--agency", "市审计局")
    assert sorted(path.name for path in out.iterdir() if path.is_file()) == [
        "evidence-0001.html",
        "evidence-of-mine.html",
        "evidence.html",
        "evidence.json",
    ]
    assert list((out / "evidence-pages").iterdir()) == []


def test_what_was_archived_lies_beside_the_pages_and_never_as_a_page_that_runs(db: str, tmp_path: Path) -> None:
    report(db, tmp_path / "ev", "--with-pages")
    folder = tmp_path / "ev" / "evidence-pages"
    copies = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name.partition(".")[2] for name in copies} == {"txt", "warc.gz"}
    texts = {name: body for name, body in copies.items() if name.endswith(".txt")}
    assert sorted(texts.values()) == sorted([LIST_PAGE, ARTICLE])  # byte for byte: sha256sum gives the hash
    for name, body in texts.items():
        assert hashlib.sha256(body).hexdigest().startswith(name.removesuffix(".txt"))
    for name in copies.keys() - texts.keys():
        record = read_record(folder, name, 0)
        assert hashlib.sha256(record.body).hexdigest().startswith(name.partition(".")[0])


def damage(db: str, how: str) -> None:
    (path,) = archive_folder(db).glob("*.warc.gz")
    if how == "lost":
        path.unlink()
        return
    records = gzip.decompress(path.read_bytes())
    assert LIST_PAGE in records
    pieces = records.replace(LIST_PAGE, LIST_PAGE.replace(b"4.html", b"5.html")).split(b"WARC/1.0\r\n")[1:]
    path.write_bytes(b"".join(gzip.compress(b"WARC/1.0\r\n" + piece) for piece in pieces))


@pytest.mark.parametrize(("how", "words"), [("changed", "核对不符"), ("lost", "无法核对")])
def test_an_archive_that_does_not_verify_is_told_on_the_page_and_at_the_end(
    db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], how: str, words: str
) -> None:
    damage(db, how)
    out = tmp_path / "ev"
    monkeypatch.setattr("sys.argv", ["gongkai", "report", "evidence", "2017-05", "--db", db, "--out", str(out)])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 3
    said = capsys.readouterr().err
    assert "evidence-0001.html" in said
    assert named(LIST_PAGE) in said
    page = html.fromstring((out / "evidence-0001.html").read_bytes())
    assert page.xpath("//p[@class='alert']")
    assert words in page.xpath("string(//table[@class='archive']//b[@class='bad'])")
    (finding,) = json.loads((out / "evidence.json").read_text(encoding="utf-8"))["findings"]
    assert finding["verified"] is False


def test_a_finding_that_a_reviewer_changed_is_none_any_more(db: str, tmp_path: Path) -> None:
    key = VERDICTS[1].key
    reviewing.take_step(db, key, Action.OVERRIDE, author="王某", reason="节前已报备", status=Status.ON_TIME, at=AT)
    assert ("市财政局", "2017-04") not in told(report(db, tmp_path))
    report(db, tmp_path, key)
    page = html.fromstring((tmp_path / "evidence-0001.html").read_bytes())
    assert "节前已报备" in page.text_content()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("no-such-key",), "no-such-key"),
        (("--agency", "没有这个局"), "没有这个局"),
        (("--status", "tardy"), "tardy"),
    ],
)
def test_what_names_nothing_is_one_clear_line(
    db: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    asked: tuple[str, ...],
    words: str,
) -> None:
    out = tmp_path / "ev"
    monkeypatch.setattr("sys.argv", ["gongkai", "report", "evidence", *asked, "--db", db, "--out", str(out)])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    said = capsys.readouterr().err.strip()
    assert words in said
    assert len(said.splitlines()) == 1
    assert not out.exists()
