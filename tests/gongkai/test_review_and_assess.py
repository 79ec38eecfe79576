"""One appeal from verdict to changed score; a team's sheets taken wholly or not at all."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from checks.export import to_record
from checks.verdict import ReasonCode, Status, Verdict
from db.recording import record_judgement
from db.store import open_store
from gongkai.__main__ import main
from gongkai.commands import app

REGISTER = """
plan: {id: p-2017, title: 某市方案, place: 某市, year: 2017}
obligations:
  - {id: "1-1", measure: 一/1, title: 财政收支, lead: [甲局, 乙局], kind: periodic, cadence: monthly, check: automatic}
"""
AT = dt.datetime(2018, 1, 5, 2, tzinfo=dt.UTC)


def verdict(agency: str, month: int, status: Status) -> Verdict:
    return Verdict(
        plan="p-2017",
        obligation="1-1",
        agency=agency,
        site="s",
        period=f"2017-{month:02d}",
        subject=None,
        status=status,
        flags=(),
        due=dt.date(2017, month, 25),
        published=None,
        first_seen=None,
        days_late=None,
        url="http://s.example/1.html",
        title="=1+1",
        evidence=None,
        reason_code=ReasonCode.NOT_FOUND if status is Status.MISSING else ReasonCode.FOUND,
        reason="理由",
        obligation_title="财政收支",
    )


@pytest.fixture
def db(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/audit.sqlite"
    engine = open_store(url)
    verdicts = [
        verdict("甲局", 1, Status.MISSING),
        verdict("甲局", 2, Status.ON_TIME),
        verdict("乙局", 1, Status.ON_TIME),
    ]
    record_judgement(
        engine,
        plan="p-2017",
        register_digest="0" * 64,
        as_of=dt.date(2018, 1, 1),
        at=AT,
        verdicts=[(v.key, v.status.value, to_record(v)) for v in verdicts],
    )
    engine.dispose()
    return url


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int | str | None:
    """The exit code of a command that must not succeed."""
    monkeypatch.setattr("sys.argv", ["gongkai", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code


def totals(out: Path) -> dict[str, float]:
    rows = json.loads((out / "scorecard.json").read_text("utf-8"))["tables"]["ranking-1"]
    return {row["agency"]: row["total"] for row in rows}


def assess(register: Path, db: str, out: Path, *more: str) -> str:
    return run("assess", "--register", str(register), "--db", db, "--out", str(out), *more)


def step(db: str, action: str, author: str, reason: str, *more: str) -> str:
    key = "p-2017/1-1/甲局/2017-01"
    return run("review", "add", key, "--db", db, "--action", action, "--author", author, "--reason", reason, *more)


def test_an_appeal_goes_from_verdict_to_changed_score(db: str, register: Path, tmp_path: Path) -> None:
    assess(register, db, tmp_path / "before")
    step(db, "appeal", "甲局", "已在市政府公报公开")
    trail = step(db, "grant", "王某", "核对公报第1期", "--status", "on_time", "--evidence", "公报2017年第1期")
    assess(register, db, tmp_path / "after")
    assert totals(tmp_path / "before")["甲局"] == 50.0
    assert totals(tmp_path / "after")["甲局"] == 100.0
    assert trail.index("机器判定：未公开") < trail.index("甲局　申诉") < trail.index("申诉成立 → 按时公开")
    assert "公报2017年第1期" in trail
    assert trail.rstrip().endswith("现行判定：按时公开")


def test_every_form_of_the_scorecard_is_written(db: str, register: Path, tmp_path: Path) -> None:
    assess(register, db, tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names >= {"scorecard.html", "scorecard.docx", "scorecard.xlsx", "scorecard.json", "scorecard-losses.csv"}


def test_report_scorecard_is_the_same_scorecard(db: str, register: Path, tmp_path: Path) -> None:
    assess(register, db, tmp_path / "one", "--model", "counties-100")
    asked = ("--register", str(register), "--db", db, "--out", str(tmp_path / "two"), "--model", "counties-100")
    run("report", "scorecard", *asked)
    for name in ("scorecard.html", "scorecard.json", "scorecard-losses.csv"):
        assert (tmp_path / "two" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()


def test_a_closed_year_is_corrected_by_a_new_version_with_a_reason(
    db: str, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert "第 1 版" in assess(register, db, out, "--freeze", "--author", "李某")
    again = ["assess", "--register", str(register), "--db", db, "--out", str(out), "--freeze", "--author", "李某"]
    assert refused(monkeypatch, *again) == 2
    step(db, "override", "李某", "人工核实", "--status", "on_time")
    assert "第 2 版" in assess(register, db, out, "--freeze", "--author", "李某", "--reason", "甲局申诉成立")
    assert "甲局申诉成立" in (out / "scorecard.html").read_text("utf-8")


def test_what_if_prints_who_moves(db: str, register: Path, tmp_path: Path) -> None:
    said = assess(register, db, tmp_path / "out", "--what-if", "counties-100")
    assert "家单位名次或等次变动" in said
    assert not (tmp_path / "out").exists()


def filled(db: str, path: Path, **cells: tuple[str, str]) -> Path:
    """A fresh sheet with an opinion and a reviewer in the row of a period."""
    run("review", "sheet", "--db", db, "--plan", "p-2017", "--out", str(path), "--all")
    book = load_workbook(path)
    sheet = book["复核"]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == "p-2017/1-1/甲局/2017-01":
            for head, value in cells.values():
                row[[c.value for c in sheet[1]].index(head)].value = value
    book.save(path)
    return path


def opinion(word: str, author: str, becomes: str = "") -> dict[str, tuple[str, str]]:
    said = {"a": ("复核意见", word), "b": ("复核人", author), "c": ("复核理由", "看过")}
    return said | ({"d": ("改判为", becomes)} if becomes else {})


def apply(db: str, *sheets: Path) -> str:
    return run("review", "apply", *map(str, sheets), "--db", db, "--plan", "p-2017")


def test_a_sheet_comes_back_as_steps(db: str, tmp_path: Path) -> None:
    sheet = filled(db, tmp_path / "a.xlsx", **opinion("改判", "王某", "按时公开"))
    assert "1 条" in apply(db, sheet)
    assert "现行判定：按时公开" in run("review", "show", "p-2017/1-1/甲局/2017-01", "--db", db)


def test_a_sheet_shows_a_title_like_a_formula_as_text(db: str, tmp_path: Path) -> None:
    run("review", "sheet", "--db", db, "--plan", "p-2017", "--out", str(tmp_path / "a.xlsx"))
    cells = [c for row in load_workbook(tmp_path / "a.xlsx")["复核"].iter_rows() for c in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_sheets_that_contradict_each_other_change_nothing(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = filled(db, tmp_path / "a.xlsx", **opinion("确认", "王某"))
    second = filled(db, tmp_path / "b.xlsx", **opinion("改判", "李某", "按时公开"))
    third = filled(db, tmp_path / "c.xlsx", **opinion("批注", "张某"))
    code = refused(monkeypatch, "review", "apply", str(first), str(second), str(third), "--db", db, "--plan", "p-2017")
    said = capsys.readouterr().err
    assert code == 2
    assert all(name in said for name in ("王某", "李某", "张某", "意见不一"))
    assert "确认" not in run("review", "show", "p-2017/1-1/甲局/2017-01", "--db", db)


def test_people_who_agree_count_once(db: str, tmp_path: Path) -> None:
    first = filled(db, tmp_path / "a.xlsx", **opinion("确认", "王某"))
    second = filled(db, tmp_path / "b.xlsx", **opinion("确认", "李某"))
    assert "1 条" in apply(db, first, second)


def test_a_sheet_made_before_somebody_else_s_decision_is_refused(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = filled(db, tmp_path / "a.xlsx", **opinion("确认", "王某"))
    step(db, "override", "李某", "人工核实", "--status", "late")
    assert refused(monkeypatch, "review", "apply", str(old), "--db", db, "--plan", "p-2017") == 2
    assert "李某" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"a": ("复核意见", "同意")}, "复核意见应为"),
        ({"a": ("复核意见", "确认")}, "复核人"),
        (opinion("改判", "王某", "很好"), "改判应为"),
        (opinion("改判", "王某"), "改判"),
    ],
)
def test_a_row_that_says_nothing_clear_is_named_by_its_line(
    db: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    cells: dict[str, tuple[str, str]],
    said: str,
) -> None:
    sheet = filled(db, tmp_path / "a.xlsx", **cells)
    assert refused(monkeypatch, "review", "apply", str(sheet), "--db", db, "--plan", "p-2017") == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04broken", "名称,意见".encode()])
def test_a_file_that_is_no_sheet_is_refused(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    (tmp_path / "x.xlsx").write_bytes(body)
    assert refused(monkeypatch, "review", "apply", str(tmp_path / "x.xlsx"), "--db", db, "--plan", "p-2017") == 2
    assert "x.xlsx" in capsys.readouterr().err


def test_an_unknown_verdict_or_model_is_said_in_a_line(
    db: str, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    step_ = ["review", "add", "p-2017/9-9/甲局/2017-01", "--db", db, "--action", "confirm", "--author", "王"]
    assert refused(monkeypatch, *step_, "--reason", "看过") == 2
    assert "没有这一判定" in capsys.readouterr().err
    arguments = ["assess", "--register", str(register), "--db", db, "--out", str(tmp_path / "o"), "--model", "nosuch"]
    assert refused(monkeypatch, *arguments) == 2
    assert "departments-2018" in capsys.readouterr().err


def test_the_sheet_s_bytes_are_a_workbook(db: str, tmp_path: Path) -> None:
    run("review", "sheet", "--db", db, "--plan", "p-2017", "--out", str(tmp_path / "a.xlsx"))
    assert load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).sheetnames == ["复核"]
