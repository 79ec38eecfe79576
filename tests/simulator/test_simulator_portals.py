"""Saved portals and the one of Pingtan on loopback."""

import datetime as dt
import http.client
from pathlib import Path

import pytest
from lxml import html as lxml_html

from simulator.__main__ import main
from simulator.pingtan import COLUMN, pingtan, pingtan_pages, pingtan_site
from simulator.replay import replay
from simulator.serving import listening

SAVED = Path(__file__).parents[2].parent / "shared" / "data" / "pingtan" / "site"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "zwgk" / "gsgg").mkdir(parents=True)
    (root / "zwgk" / "gsgg" / "index.htm").write_bytes("<p>列表</p>".encode())
    (root / "zwgk" / "a b.htm").write_bytes(b"<p>article</p>")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (root / "leak.txt").symlink_to(tmp_path / "secret.txt")
    return root


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/zwgk/gsgg/", 200),
        ("/zwgk/gsgg", 200),
        ("/zwgk/gsgg/index.htm", 200),
        ("/zwgk/a%20b.htm", 200),
        ("/zwgk/gsgg/../a%20b.htm", 200),
        ("/zwgk/", 404),
        ("/none.htm", 404),
        ("/../secret.txt", 404),
        ("/..%2fsecret.txt", 404),
        ("/zwgk/..%2f..%2f..%2fsecret.txt", 404),
        ("/..%5csecret.txt", 404),
        ("/leak.txt", 404),
        ("//etc/passwd", 404),
        ("/%00", 404),
        ("/" + "x" * 5000, 404),
    ],
)
def test_replay_serves_its_folder_and_nothing_else(folder: Path, path: str, status: int) -> None:
    with listening(replay(folder)) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.putrequest("GET", path, skip_host=False)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        connection.close()
    assert response.status == status
    assert b"secret" not in body


@pytest.mark.skipif(not SAVED.is_dir(), reason="the saved portal is not here")
def test_the_saved_portal_answers_under_its_real_paths() -> None:
    source = replay(SAVED)
    assert source.answer(f"/{COLUMN}").status == 200
    assert source.answer(f"/{COLUMN}201706/t20170614_7304.htm").status == 200
    assert source.answer("/").status == 404


def test_pingtan_shows_seventy_five_rows_of_a_hundred_and_sixty_seven() -> None:
    page = pingtan().answer(f"/{COLUMN}index.htm").body.decode()
    rows = lxml_html.fromstring(page).xpath('//div[@ms-visible="showStatic"]//li[a/@href]')
    assert len(rows) == 75
    assert "recordCount:'167'" in page
    assert "maxStaticIndex: 5" in page
    first = rows[0]
    assert first.xpath("string(a/@href)") == "./202608/t20260810_108323.htm"
    assert first.xpath("string(span)") == "2026-07-23"


def test_pingtan_articles_claim_one_date_and_bear_another() -> None:
    page = pingtan().answer(f"/{COLUMN}202608/t20260810_108323.htm").body.decode()
    assert "2026年6月预算执行情况" in page
    assert "时间：2026-07-23" in page
    assert len(pingtan_site().publications) == 75


def test_pingtan_on_an_earlier_day_shows_less() -> None:
    made = pingtan_pages("http://x", dt.date(2026, 8, 1))
    page = made[f"/{COLUMN}"]({}).body.decode()
    assert "2026年6月预算执行情况" not in page
    assert "2026年4月预算执行情况" in page


def test_wrong_input_is_told_and_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(tmp_path / "none")]) == 2
    assert main(["serve", "--register", str(tmp_path / "none.yaml"), "--out", str(tmp_path)]) == 2
    small = str(Path(__file__).with_name("small-register.yaml"))
    assert main(["serve", "--register", small, "--scenario", "nowhere", "--out", str(tmp_path)]) == 2
    assert "none.yaml" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
