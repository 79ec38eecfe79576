"""The served pages, read with plain lxml and regular expressions: they show what the key says, faults included."""

import datetime as dt
import http.client
import io
import json
import re
import socket
import zipfile
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html as lxml_html

from plans.load import load_sites
from plans.register import Register
from simulator.city import City, CitySite, Column
from simulator.publishing import build_city
from simulator.scenario import Access, Scenario, load_scenario
from simulator.server import PracticeCity, serve

AS_OF = dt.date(2018, 2, 15)
Answer = tuple[int, dict[str, str], bytes]


def fetch(url: str, method: str = "GET", **headers: str) -> Answer:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        query = f"?{parts.query}" if parts.query else ""
        connection.request(
            method, (parts.path or "/") + query, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def text_of(body: bytes) -> str:
    declared = re.search(rb'charset="?([\w-]+)', body)
    charset = declared.group(1).decode().lower() if declared else "utf-8"
    return body.decode("gb18030" if charset in ("gb2312", "gbk") else charset)


def rows(url: str) -> Iterator[tuple[str, str]]:
    """Address and shown title of each row of a column, page after page, until the pager ends or a page fails."""
    while url:
        status, _, body = fetch(url)
        page = text_of(body)
        if status != 200 or "list-bd" not in page:
            return
        tree = lxml_html.fromstring(page)
        box = tree.xpath('//*[contains(@class, "rightCon") or @class="list"]')[-1]
        for link in box.xpath('.//*[contains(@class, "list-bd") or @ms-visible="showStatic"]//a[@href]'):
            yield urljoin(url, link.get("href")), (link.get("title") or link.text_content()).strip()
        url = next_page(url, page)


def next_page(url: str, page: str) -> str:
    call = re.search(r'createPageHTML\((\d+), (\d+), "index", "(\w+)"\)', page)
    if call:
        total, current = int(call[1]), int(call[2])
        return urljoin(url, f"index_{current + 1}.{call[3]}") if current + 1 < total else ""
    link = re.search(r'<a class="next" href="([^"]+)"', page)
    return urljoin(url, link[1]) if link else ""


def directory_rows(base: str, column: Column) -> Iterator[tuple[str, str]]:
    sid = re.search(r"SID: '(\d+)'", fetch(f"{base}/gkmlpt/index")[2].decode())
    assert sid
    page = 1
    while True:
        answer = json.loads(fetch(f"{base}/gkmlpt/api/all/{column.id}?page={page}&sid={sid[1]}")[2])
        if not answer["articles"]:
            return
        yield from ((article["url"], article["title"]) for article in answer["articles"])
        page += 1


def column_rows(running: PracticeCity, site: CitySite, column: Column) -> list[tuple[str, str]]:
    base = running.base_url(site.id)
    return list(directory_rows(base, column) if column.in_directory else rows(f"{base}/{column.id}"))


@pytest.fixture(params=["running_demo", "running_hindered"])
def running(request: pytest.FixtureRequest) -> PracticeCity:
    return request.getfixturevalue(request.param)


def test_the_key_agrees_with_the_lists(running: PracticeCity) -> None:
    """What the key found stands in its column (or among the notices); what it misses stands nowhere in it."""
    listed = {
        (site.id, column.id): column_rows(running, site, column)
        for site in running.city.sites
        if site.profile.access is Access.OPEN
        for column in site.columns
        if column.owed or column.id == site.notices
    }
    sites = {site.id: site for site in running.city.sites}
    columns = {(e.obligation, e.site, e.period): e.column for e in running.city.expectations}
    for answer in running.answer_key(AS_OF):
        site, column = sites[answer["site"]], columns[answer["obligation"], answer["site"], answer["period"]]
        found = [*listed.get((site.id, column), []), *listed.get((site.id, site.notices), [])]
        if answer["url"]:
            assert answer["url"] in [url for url, _ in found], answer
        if answer["status"] in ("missing", "overdue"):
            titles = {p.title for p in site.publications if (answer["obligation"], answer["period"]) in p.serves}
            assert not titles & {title for _, title in found}, answer


def test_every_found_instalment_shows_its_title_and_its_date(running: PracticeCity) -> None:
    for answer in running.answer_key(AS_OF):
        if not answer["url"]:
            continue
        status, _, body = fetch(answer["url"])
        tree = lxml_html.fromstring(text_of(body))
        assert status == 200
        shown = tree.xpath('string(//h1 | //h3[@class="zw-title"])').strip()
        assert shown == answer["title"]
        profile = next(s for s in running.city.sites if s.id == answer["site"]).profile
        if answer["published"] and profile.dates != "list_only":
            day = dt.date.fromisoformat(answer["published"])
            forms = {day.isoformat(), f"{day:%Y年%m月%d日}"}
            assert any(form in text_of(body) for form in forms), answer


def test_pages_are_of_real_size_and_differ_from_site_to_site(running_demo: PracticeCity) -> None:
    homes = [fetch(site.url)[2] for site in running_demo.sites().sites if site.id in running_demo.requests()]
    assert all(10_000 < len(home) < 60_000 for home in homes if b"\xef\xbf\xbd" not in home and len(home) > 1000)
    assert len({re.sub(rb"[^<>]+(?=<)", b"", home) for home in homes}) == len(homes)


def test_an_earlier_day_shows_less(running_demo: PracticeCity, demo: City) -> None:
    site = demo.sites[0]
    with serve(demo, dt.date(2017, 6, 30)) as running:
        for column in (c for c in site.columns if c.owed):
            assert len(column_rows(running, site, column)) <= len(column_rows(running_demo, site, column))
        future = next(p for p in site.publications if p.moment.date() == dt.date(2017, 7, 3) or p.moment.year == 2018)
        assert fetch(running.address(site, future))[0] == 404


def hindrance(running: PracticeCity, **wanted: object) -> CitySite:
    return next(s for s in running.city.sites if all(getattr(s.profile, k) == v for k, v in wanted.items()))


def test_broken_lists_answer_as_designed(running_demo: PracticeCity, running_hindered: PracticeCity) -> None:
    for running in (running_demo, running_hindered):
        for site in (s for s in running.city.sites if s.profile.list_break):
            column = next(c for c in site.columns if c.owed)
            page = "index_1" if site.profile.family == "trs" else "index_2"
            suffix = urlsplit(running.address(site, site.publications[0])).path.rpartition(".")[2]
            status, _, body = fetch(f"{running.base_url(site.id)}/{column.id}{page}.{suffix}")
            answer = site.profile.list_break.answer if site.profile.list_break else ""
            assert (status, len(body) < 500) == ({"500": 500, "404": 404, "stub": 200}[answer], True)


def test_blocked_sites_block_and_closed_ones_do_not_listen(running_hindered: PracticeCity) -> None:
    expected = {Access.BLOCK_PAGE: 200, Access.CHALLENGE: 412}
    for access, status in expected.items():
        site = hindrance(running_hindered, access=access)
        assert fetch(running_hindered.base_url(site.id) + "/")[0] == status
    closed = urlsplit(running_hindered.base_url(hindrance(running_hindered, access=Access.UNREACHABLE).id))
    with pytest.raises(ConnectionRefusedError), socket.create_connection((closed.hostname or "", closed.port or 0), 5):
        pass


def test_robots_txt_names_the_forbidden_column_alone(running_demo: PracticeCity) -> None:
    for site in (s for s in running_demo.city.sites if s.profile.access is Access.OPEN):
        status, _, body = fetch(running_demo.base_url(site.id) + "/robots.txt")
        forbidden = [c.id for c in site.columns if c.forbidden]
        assert (status == 200) == bool(forbidden)
        assert re.findall(r"Disallow: /(\S+)", body.decode()) == forbidden


def test_a_static_list_counts_more_rows_than_it_shows(running_demo: PracticeCity) -> None:
    site = next(s for s in running_demo.city.sites if s.profile.static_part)
    column = next(c for c in site.columns if c.owed)
    page = text_of(fetch(f"{running_demo.base_url(site.id)}/{column.id}")[2])
    recorded = re.search(r"recordCount:'(\d+)'", page)
    assert recorded
    assert page.count('<em id="rel_') == 20 < int(recorded[1])


def test_the_directory_serves_page_zero_as_page_one_and_ends(running_demo: PracticeCity) -> None:
    site = next(s for s in running_demo.city.sites if s.profile.family == "gkmlpt")
    column = next(c for c in site.columns if c.in_directory)
    base = running_demo.base_url(site.id)
    index = fetch(f"{base}/gkmlpt/index")[2].decode()
    sid = re.search(r"SID: '(\d+)'", index)
    tree = re.search(r"TREE:\s*(\[.*?\])\s*,\s*SERVICE_AREA_ID", index, re.S)
    assert sid
    assert tree
    assert json.loads(tree[1])[0]["children"]
    listed = [json.loads(fetch(f"{base}/gkmlpt/api/all/{column.id}?page={n}&sid={sid[1]}")[2]) for n in (0, 1, 2)]
    assert listed[0] == listed[1]
    first, second = ([article["id"] for article in answer["articles"]] for answer in listed[1:])
    assert len(first) <= 100
    assert not set(first) & set(second)
    assert len(first) + len(second) == listed[1]["classify"]["post_count"]


def test_signs_of_markup_in_a_register_break_no_page(register: Register) -> None:
    """One obligation of the small register is called `双随机<b>抽查</b>...`, its column `抽查<i>&结果"`."""
    hostile = register.model_copy(update={"obligations": tuple(o for o in register.obligations if o.id == "3-5")})
    for family in ("trs", "nfcms", "gkmlpt"):
        city = build_city(hostile, Scenario.model_validate({"sites": [{"family": family}]}))
        naming = city.sites[0].duties[0].naming
        for publication in city.sites[0].publications:
            if publication.obligation:
                publication.title += naming.what + "</title></script><b>粗</b>&amp;\"'"
        with serve(city, AS_OF) as running:
            column = next(c for c in city.sites[0].columns if c.owed)
            found = column_rows(running, city.sites[0], column)
            assert any("</script><b>粗</b>&amp;\"'" in title for _, title in found)
            base = running.base_url(city.sites[0].id)
            for url in (f"{base}/", f"{base}/zwgk/zdlyxxgk/", *(url for url, _ in found[:3])):
                tree = lxml_html.fromstring(text_of(fetch(url)[2]))
                assert not tree.xpath("//b | //i")
                assert tree.xpath('//div[@class="footer"]')


def test_validators_spare_the_body(running_demo: PracticeCity) -> None:
    url = running_demo.base_url(running_demo.city.sites[0].id) + "/"
    status, headers, body = fetch(url)
    assert status == 200
    assert fetch(url, If_None_Match=headers["ETag"])[::2] == (304, b"")
    assert fetch(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert fetch(url, If_Modified_Since="Mon, 02 Jan 2012 00:00:00 GMT")[0] == 200
    assert fetch(url, If_Modified_Since="no date")[0] == 200
    assert fetch(url, "HEAD")[2] == b""
    assert int(headers["Content-Length"]) == len(body)


def test_unknown_paths_are_404_and_requests_are_counted(running_demo: PracticeCity) -> None:
    site = running_demo.city.sites[0]
    before = running_demo.requests()[site.id]
    assert fetch(running_demo.base_url(site.id) + "/no/such/page.html")[0] == 404
    assert running_demo.requests()[site.id] == before + 1
    assert running_demo.requested_paths(site.id)["/no/such/page.html"] == 1


def test_attachments_are_real_files(running_demo: PracticeCity) -> None:
    kinds = set()
    for answer in running_demo.answer_key(AS_OF):
        if "attachment_only" in answer["planted"]:
            page = text_of(fetch(answer["url"])[2]).replace('\\"', '"').replace("\\u003C", "<").replace("\\u003E", ">")
            link = re.search(r'href="([^"]+\.(pdf|xlsx))"', page)
            assert link, answer
            status, headers, body = fetch(urljoin(answer["url"], link[1]))
            assert status == 200
            assert body.startswith(b"%PDF") if link[2] == "pdf" else zipfile.ZipFile(io.BytesIO(body)).testzip() is None
            kinds.add(headers["Content-Type"])
    assert kinds


def test_written_files_name_the_ports_and_hold_the_key(running_demo: PracticeCity, tmp_path) -> None:
    running_demo.write_city(tmp_path, AS_OF, columns=True)
    sites = load_sites(tmp_path / "sites.yaml")
    assert sites == running_demo.sites(columns=True)
    assert all(site.url.startswith("http://127.0.0.1:") for site in sites.sites)
    assert any(site.columns for site in sites.sites)
    assert not any(site.columns for site in running_demo.sites().sites)
    lines = (tmp_path / "answer-key.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == running_demo.answer_key(AS_OF)


def test_shipped_scenarios_can_be_served(register: Register) -> None:
    for name in ("orderly", "tangled"):
        with serve(build_city(register, load_scenario(name)), AS_OF) as running:
            assert all(fetch(site.url)[0] == 200 for site in running.sites().sites)
