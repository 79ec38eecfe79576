"""The newer families keep FIELD-GUIDE's promises: who follows what a page offers gets every row, once, in order.

The readers here are written from the guide alone, with plain regular expressions.
"""

import base64
import datetime as dt
import http.client
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from lxml import html as lxml_html

from crawler.browser_path import find_browser
from plans.register import Register
from simulator import addresses, families
from simulator.city import CitySite, Column, shown
from simulator.families import js_only
from simulator.publishing import build_city
from simulator.scenario import Family, Scenario, load_scenario
from simulator.server import PracticeCity, serve
from simulator.serving import Request

AS_OF = dt.date(2018, 2, 15)
SIZE = 10
SEEDS = (1, 2, 3)


@dataclass(frozen=True)
class Portal:
    """One served site and what a reader needs of it."""

    running: PracticeCity
    site: CitySite

    @property
    def base(self) -> str:
        return self.running.base_url(self.site.id)

    @property
    def column(self) -> Column:
        owed = [c for c in self.site.columns if c.owed]
        return max(owed, key=lambda c: len(shown(self.site, c, AS_OF)))

    @property
    def column_url(self) -> str:
        return self.base + addresses.column_path(self.site, self.column)

    @property
    def expected(self) -> list[str]:
        rows = shown(self.site, self.column, AS_OF)
        return [self.base + addresses.copy_path(self.site, p, self.column) for p in rows]

    def get(self, url: str, **more: object) -> str:
        status, _, body = ask(url, **more)
        assert status == 200, url
        return decoded(body)

    def rows(self, url: str, markup: str) -> list[str]:
        known = set(self.expected)
        found = [urljoin(url, unescape(href).strip()) for href in re.findall(r"href=[\"']([^\"']+)[\"']", markup)]
        return [href for href in found if href in known]


def ask(url: str, body: bytes | None = None, kind: str = "", referer: str = "") -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    headers = {k: v for k, v in {"Content-Type": kind, "Referer": referer}.items() if v}
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        target = quote(parts.path or "/", safe="/%") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST" if body is not None else "GET", target, body, headers)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def decoded(body: bytes) -> str:
    declared = re.search(rb'charset="?([\w-]+)', body)
    charset = declared.group(1).decode().lower() if declared else "utf-8"
    return body.decode("gb18030" if charset in ("gb2312", "gbk") else charset)


def form(**fields: object) -> bytes:
    return urlencode(fields).encode()


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text, re.S)
    assert match, pattern
    return match[1]


Pages = Iterator[list[str]]


def linked(*words: str) -> Callable[[Portal], Pages]:
    """A list whose next page stands behind a link of this text."""

    def read(portal: Portal) -> Pages:
        url = portal.column_url
        while url:
            page = portal.get(url)
            yield portal.rows(url, page)
            links = lxml_html.fromstring(page).xpath("//a[@href]")
            ahead = [link.get("href") for link in links if link.text_content().strip() in words]
            url = urljoin(url, ahead[0]) if ahead else ""

    return read


def ucap(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    call = re.search(r"createPageHTML\('page_div',(\d+), (\d+),'(\w+)','shtml',(\d+)\)", page)
    assert call
    assert (call[2], int(call[4])) == ("1", len(portal.expected))
    assert "下一页" not in page  # the pager is drawn by script
    yield portal.rows(portal.column_url, page)
    for number in range(2, int(call[1]) + 1):
        url = urljoin(portal.column_url, f"{call[3]}_{number}.shtml")
        yield portal.rows(url, portal.get(url))
    assert ask(urljoin(portal.column_url, f"{call[3]}_{int(call[1]) + 1}.shtml"))[0] == 404


def ucap_json(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    assert portal.rows(portal.column_url, page) == []
    path = found(r'"(/common/search/[0-9a-f]{32})\?', page)
    number, seen, total = 1, 0, 1
    while seen < total:
        question = f"?page={number}&_pageSize=15&_isAgg=true&_isJson=true&_template=index"
        data = json.loads(portal.get(portal.base + path + question))["data"]
        yield [urljoin(portal.base, row["url"]) for row in data["results"]]
        number, seen, total = number + 1, seen + len(data["results"]), data["total"]


def jcms(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    stores = re.findall(r'<script type="text/xml"><datastore>(.*?)</datastore></script>', page, re.S)
    assert len(stores) == 2  # the second repeats all rows for mobile screens
    embedded = [portal.rows(portal.column_url, store) for store in stores]
    assert embedded[0] == embedded[1] == portal.expected[:30]
    assert "totalRecord:1000" in page
    assert int(found(r"totalRecord:(\d+),\s*proxyUrl[^;]*dataStore", page)) == len(portal.expected)
    ids = {k: found(rf"{k}[=:] ?'?(\d+)", page) for k in ("columnid", "unitid")}
    proxy = portal.base + "/module/web/jpage/dataproxy.jsp"
    fields = form(col=1, appid=1, webid=3, path="/", sourceContentType=1, webname="x", permissiontype=0, **ids)
    for start in range(1, len(portal.expected) + 1, SIZE):
        question = f"?startrecord={start}&endrecord={start + SIZE - 1}&perpage={SIZE}"
        answer = portal.get(proxy + question, body=fields, kind="application/x-www-form-urlencoded")
        assert f"<totalrecord>{len(portal.expected)}</totalrecord>" in answer
        yield portal.rows(proxy, answer)
    by_page = f"{proxy}?page=2&perpage={SIZE}&startrecord=1&endrecord={SIZE}&" + urlencode(ids)
    assert portal.rows(proxy, portal.get(by_page)) == portal.expected[SIZE : 2 * SIZE]  # with GET only the page counts


def jpaas(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    assert portal.rows(portal.column_url, page) == []
    questions = [unescape(q).replace("'", '"') for q in re.findall(r'queryData="([^"]+)"', page)]
    assert len(questions) > 2
    address = portal.base + found(r' url="([^"]+)"', page)

    def unit(question: dict[str, str], **more: str) -> str:
        return json.loads(portal.get(f"{address}?{urlencode({**question, **more})}"))["data"]["html"]

    with_rows = [q for q in map(json.loads, questions) if portal.rows(portal.base, unit(q))]
    with_rows.sort(key=lambda question: len(portal.rows(portal.base, unit(question))), reverse=True)
    assert (
        1 <= len(with_rows) <= 2
    )  # the newest notices are a unit too, and one of them may stand in this column as well
    first = unit(with_rows[0])
    total, size = (int(found(rf' {name}="(\d+)"', first)) for name in ("count", "rows"))
    assert total == len(portal.expected)
    assert portal.rows(portal.base, unit(with_rows[0], pageNo="2")) == portal.rows(portal.base, first)
    for number in range(1, -(-total // size) + 1):
        asked = json.dumps({"pageNo": number, "pageSize": str(size)})
        yield portal.rows(portal.base, unit(with_rows[0], paramJson=asked))


def truecms(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    assert portal.rows(portal.column_url, page) == []
    address = portal.base + found(r"proxyUrl:'([^']+getMessage\.do)'", page)
    column = found(r"columnId:'(\w+)'", page)

    def window(start: int, width: int) -> list[str]:
        question = f"?startrecord={start}&endrecord={start + width - 1}&perpage={width}&columnId={column}&callback=cb"
        status, _, body = ask(address + question, referer=portal.column_url)
        text = body.decode()
        return portal.rows(portal.base, json.loads(found(r"^cb\((.*)\)$", text))["result"]) if status == 200 else []

    width = next(w for w in (50, 20, 10) if window(1, w))
    assert not window(1, 100)
    for start in range(1, len(portal.expected) + 1, width):
        yield window(start, width)


def epoint(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    assert "EWB-FRONT" in page
    assert portal.rows(portal.column_url, page) == []
    info = json.loads(found(r"var siteInfo\s*=\s*(\{.*?\})", portal.get(portal.base + "/js/webBuilderCommon.js")))
    address = f"{portal.base}{info['projectName']}/rest/lightfrontaction/getgovinfolist"
    asked = dict(part.split("=") for part in urlsplit(portal.column_url).query.split("&"))
    assert ask(address)[0] == 405

    def page_of(index: int, **other: str) -> list[str]:
        body = {**asked, "siteGuid": info["siteGuid"], "pageIndex": index, "pageSize": 15, **other}
        answer = json.loads(portal.get(address, body=json.dumps(body).encode(), kind="application/json"))
        return [urljoin(portal.base, row["infourl"]) for row in answer["custom"]["data"]]

    assert page_of(1, siteGuid="another") == []
    index = 1
    while rows := page_of(index):
        yield rows
        index += 1


def epoint_static(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    assert page.count("ewb-trade-tr") == SIZE
    size, total = int(found(r"pageSize: (\d+)", page)), int(found(r"total: (\d+)", page))
    yield portal.rows(portal.column_url, page)
    for number in range(2, -(-total // size) + 1):
        url = urljoin(portal.column_url, f"{number}.html")
        yield portal.rows(url, portal.get(url))


def nchannel(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    prefix, last = found(r'purl="([^"]+)"', page), int(found(r"maxPageNum = (\d+)", page))
    yield portal.rows(portal.column_url, page)
    for number in range(last - 1, 0, -1):
        url = urljoin(portal.column_url, f"{prefix}_{number}.html")
        fragment = portal.get(url)
        assert "<head" not in fragment
        yield portal.rows(url, fragment)


def jsp(portal: Portal) -> Pages:
    page, url = portal.get(portal.column_url), portal.column_url
    while True:
        yield portal.rows(url, page)
        ahead = re.search(r'goPage\((\d+)\)">下一页', page)
        if not ahead:
            return
        fields = form(colId=found(r'name="colId" value="(\d+)"', page), currentPage=ahead[1])
        if 'method="post"' in page:
            page = portal.get(portal.base + "/xxgk/list.jsp", body=fields, kind="application/x-www-form-urlencoded")
        else:
            page = portal.get(f"{portal.base}/xxgk/list.jsp?{fields.decode()}")


def igs(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    code = found(r'code = "(\w+)"', page)
    number = total = 1
    while number <= total:
        question = f"?code={code}&siteId=34&pageNumber={number}&pageSize={SIZE}"
        answer = json.loads(portal.get(f"{portal.base}/igs/front/search/list.jhtml{question}"))["page"]
        yield [urljoin(portal.base, row["url"]) for row in answer["content"]]
        number, total = number + 1, answer["totalPages"]


def shell(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    assert portal.rows(portal.column_url, page) == []
    url = urljoin(portal.column_url, found(r'(?:<iframe[^>]* src=|window\.location\.href = )"([^"]+)"', page))
    while url:
        page = portal.get(url)
        yield portal.rows(url, page)
        ahead = re.search(r'<a href="([^"]+)">下一页', page)
        url = urljoin(url, ahead[1]) if ahead else ""


def trs_years(portal: Portal) -> Pages:
    front = portal.get(portal.column_url)
    years = re.findall(rf'<a href="(/{portal.column.id}\d{{4}}/)"', front)
    assert len(years) > 1
    for year in years:
        url = portal.base + year
        page = portal.get(url)
        yield portal.rows(url, page)
        jump = re.search(r'createPageHTML\((\d+), 0, "index", "(\w+)"\)', page)
        total = int(jump[1] if jump else found(r"totalPage:(\d+)", page))
        extension = jump[2] if jump else found(r'"index\.(\w+)"', page)
        for number in range(2, total + 1):
            further = urljoin(url, f"index_{number - 1 if jump else number}.{extension}")
            yield portal.rows(further, portal.get(further))


def writeln(portal: Portal) -> Pages:
    url, page = portal.column_url, portal.get(portal.column_url)
    jump = re.search(r'createPageHTML\((\d+), 0, "index", "(\w+)"\)', page)
    assert jump
    assert 'document.writeln("20' in page or 'document.writeln("[20' in page
    for number in range(int(jump[1])):
        if number:
            url = urljoin(portal.column_url, f"index_{number}.{jump[2]}")
            page = portal.get(url)
        hrefs = re.findall(r'var url = "([^"]+)"', page)
        yield [urljoin(url, href) for href in hrefs]


def xxgk(portal: Portal) -> Pages:
    """The module lists all that the agency published: the address of an article tells its column."""
    page = portal.get(portal.column_url)
    area, own = found(r"tree\.jsp\?area=(\w+)", page), found(r"col(\d+)", portal.column_url)
    others, number = 0, 1
    while True:
        question = f"?infotypeId=&vc_title=&vc_number=&area={area}&currpage={number}"
        answer = portal.get(f"{portal.base}/module/xxgk/search.jsp{question}", body=b"")
        links = [urljoin(portal.base, href) for href in re.findall(r'<a href="([^"]+art_\d+_\d+\.html)"', answer)]
        if not links:
            break
        rows = [link for link in links if f"art_{own}_" in link]
        others, number = others + len(links) - len(rows), number + 1
        yield rows
    assert others


def unpacked(key: str, text: str) -> list[list[str]]:
    return json.loads(bytes(b ^ ord(key[i % len(key)]) for i, b in enumerate(base64.b64decode(text))).decode())


def scripted(portal: Portal) -> Pages:
    page = portal.get(portal.column_url)
    assert portal.rows(portal.column_url, page) == []
    assert not any(publication.title in page for publication in portal.site.publications)
    key, total = found(r'data-k="(\w+)"', page), int(found(r'data-n="(\d+)"', page))
    packed = re.search(r"var _0x\w+=\[(.*?)\];", page)
    for number in range(1, total + 1):
        if packed:
            text = re.findall(r'"([^"]+)"', packed[1])[number - 1]
        else:
            data = portal.get(portal.base + js_only.data_path(key, portal.column.id, number))
            text = json.loads(data)["d"]
        yield [urljoin(portal.base, row[0]) for row in unpacked(key, text)]


READERS: dict[Family, Callable[[Portal], Pages]] = {
    Family.VSB: linked("下页"),
    Family.UCAP: ucap,
    Family.UCAP_JSON: ucap_json,
    Family.JCMS: jcms,
    Family.JPAAS: jpaas,
    Family.TRUECMS: truecms,
    Family.EPOINT: epoint,
    Family.EPOINT_STATIC: epoint_static,
    Family.NCHANNEL: nchannel,
    Family.EMPIRE: linked("下一页"),
    Family.DEDE: linked("下一页"),
    Family.ASP: linked("下一页", "下页"),
    Family.JSP: jsp,
    Family.SHELL: shell,
    Family.IGS: igs,
    Family.TRS_YEARS: trs_years,
    Family.TRS_WRITELN: writeln,
    Family.XXGK: xxgk,
    Family.JS_ONLY: scripted,
}
CHARSETS = {Family.ASP: "gb2312", Family.DEDE: "gbk", Family.JSP: "gbk"}


@pytest.fixture(scope="module", params=[(f, s) for f in READERS for s in SEEDS], ids=lambda p: f"{p[0]}-{p[1]}")
def portal(request: pytest.FixtureRequest, register: Register) -> Iterator[Portal]:
    family, seed = request.param
    profile = {
        "family": family,
        "per_page": SIZE,
        "neighbours_per_month": 1,
        "charset": CHARSETS.get(family, "utf-8"),
        "second_column": 0.3,
        "attachment_only": 0.2,
    }
    scenario = Scenario.model_validate({"sites": [profile]})
    city = build_city(register, scenario, seed)
    with serve(city, AS_OF) as running:
        yield Portal(running, city.sites[0])


def test_following_what_the_list_offers_gives_every_row_once(portal: Portal) -> None:
    pages = list(READERS[portal.site.profile.family](portal))
    every = [row for page in pages for row in page]
    assert len(pages) > 2
    assert not set(pages[0]) & set(pages[1])
    assert len(every) == len(set(every))
    if portal.site.profile.family is Family.TRS_YEARS:  # within a year in the order of the list
        assert sorted(every) == sorted(portal.expected)
    else:
        assert every == portal.expected


def test_an_article_shows_its_title_its_date_and_its_files(portal: Portal) -> None:
    site = portal.site
    for publication in shown(site, portal.column, AS_OF):
        page = portal.get(portal.running.address(site, publication))
        assert publication.title in unescape(page)
        day = publication.day
        forms = {f"{day:{form}}" for form in ("%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d")}
        body = page.partition("<body")[2].partition('class="xg"')[0]
        assert any(form in body for form in forms), publication.title
        if publication.body == "attachment":
            href = unescape(found(r"href=\"([^\"]+\.(?:pdf|xlsx)|/system/_content/download[^\"]+)\"", page))
            status, _, data = ask(urljoin(portal.running.address(site, publication), href))
            assert status == 200
            assert data[:4] in (b"%PDF", b"PK\x03\x04")


def test_every_column_can_be_reached_from_the_home_page(portal: Portal) -> None:
    """By links alone: the navigation, the landing pages, the directory and the site map."""
    wanted = {portal.base + addresses.column_path(portal.site, c) for c in portal.site.columns}
    seen: set[str] = set()
    todo = [portal.base + "/"]
    for _ in range(3):
        pages = [(url, portal.get(url)) for url in todo if url not in seen]
        seen |= set(todo)
        links = {urljoin(url, unescape(h)) for url, page in pages for h in re.findall(r'<a href="([^"]+)"', page)}
        landings = {
            portal.base + addresses.place(portal.site, f) for f in ("xwzx/", "zwgk/", "zwgk/zdlyxxgk/", "wzdt/")
        }
        todo = sorted(landings & links)
        seen |= wanted & links
    assert wanted <= seen


def test_pages_are_declared_in_the_encoding_in_which_they_are_sent(portal: Portal) -> None:
    charset = CHARSETS.get(portal.site.profile.family, "utf-8")
    _, _, body = ask(portal.column_url)
    assert f"charset={charset}" in body.decode("latin-1").replace('"', "")
    if charset != "utf-8":
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")


def test_descending_numbers_change_their_content_when_the_list_grows(register: Register) -> None:
    city = build_city(register, Scenario.model_validate({"sites": [{"family": "vsb", "per_page": 5}]}))
    site = city.sites[0]
    column = next(c for c in site.columns if c.owed)
    texts = []
    for day in (dt.date(2017, 9, 1), dt.date(2018, 2, 1)):
        with serve(city, day) as running:
            path = addresses.column_path(site, column).removesuffix(".htm")
            texts.append(ask(f"{running.base_url(site.id)}{path}/2.htm")[2])
    assert texts[0] != texts[1]


def test_a_site_of_another_seed_looks_otherwise(register: Register) -> None:
    for family in READERS:
        profile = {"family": family}
        cities = [build_city(register, Scenario.model_validate({"sites": [profile]}), seed) for seed in range(1, 5)]
        shapes = set()
        for city in cities:
            page = decoded(families.pages(city.sites[0], AS_OF, "http://x")["/"]({}).body)
            shapes.add(tuple(element.tag for element in lxml_html.fromstring(page).iter() if element.tag != "li"))
        assert len(shapes) > 1, family


EXECUTABLE = find_browser()


@pytest.mark.skipif(EXECUTABLE is None, reason="no browser on this machine")
@pytest.mark.parametrize(("family", "seed"), [("js_only", 1), ("js_only", 2), ("js_only", 3), ("igs", 1)])
def test_a_browser_draws_the_rows_and_its_next_button_works(register: Register, family: str, seed: int) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an optional part

    profile = {"family": family, "per_page": SIZE, "neighbours_per_month": 1}
    city = build_city(register, Scenario.model_validate({"sites": [profile]}), seed)
    with serve(city, AS_OF) as running, sync_playwright() as player:
        portal = Portal(running, city.sites[0])
        browser = player.chromium.launch(executable_path=str(EXECUTABLE), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(portal.column_url)
        page.wait_for_selector("li a[title]")
        first = portal.rows(portal.base, page.content())
        assert first == portal.expected[:SIZE]
        page.get_by_text("下一页").click()
        page.wait_for_function("document.body.innerText.includes('2/')")
        assert portal.rows(portal.base, page.content()) == portal.expected[SIZE : 2 * SIZE]
        browser.close()


@pytest.mark.parametrize("family", ["vsb", "ucap", "epoint_static", "nchannel", "empire", "dede", "asp"])
def test_a_list_breaks_off_after_its_first_page(register: Register, family: str) -> None:
    profile = {"family": family, "per_page": SIZE, "neighbours_per_month": 1, "list_break": {"answer": "500"}}
    city = build_city(register, Scenario.model_validate({"sites": [profile]}))
    with serve(city, AS_OF) as running:
        portal, read = Portal(running, city.sites[0]), []
        with pytest.raises(AssertionError, match="http"):
            read.extend(READERS[portal.site.profile.family](portal))  # type: ignore[arg-type]
        assert portal.rows(portal.column_url, portal.get(portal.column_url)) == portal.expected[:SIZE]


@pytest.mark.parametrize("family", ["jcms", "jpaas", "truecms", "epoint", "igs", "js_only", "trs_years"])
def test_a_break_that_the_family_cannot_have_is_an_error(family: str) -> None:
    with pytest.raises(ValueError, match="list_break"):
        Scenario.model_validate({"sites": [{"family": family, "list_break": {}}]})
    with pytest.raises(ValueError, match="static_part"):
        Scenario.model_validate({"sites": [{"family": family, "static_part": {}}]})


def test_a_forbidden_column_is_forbidden_under_its_own_address(register: Register) -> None:
    city = build_city(register, Scenario.model_validate({"sites": [{"family": "jcms", "robots_forbid": True}]}))
    with serve(city, AS_OF) as running:
        site = city.sites[0]
        column = next(c for c in site.columns if c.forbidden)
        rules = ask(running.base_url(site.id) + "/robots.txt")[2].decode()
    assert f"Disallow: {addresses.column_path(site, column)}" in rules


def test_the_scenario_of_portals_has_a_site_on_each_family() -> None:
    """A new family is measured from its first day."""
    families_there = {profile.family for profile in load_scenario("portals").sites}
    assert families_there == set(Family) - {Family.MIXED}
    assert {profile.family for profile in load_scenario("portals_hindered").sites} < families_there


def test_a_post_asks_with_a_form_or_with_json_and_rubbish_asks_nothing() -> None:
    def fields(body: bytes, kind: str) -> dict[str, str]:
        return Request("/list?a=1", "POST", body, kind, referred=True).fields()

    known = {"a": "1", ":method": "POST", ":referer": "yes"}
    assert fields(b"page=2&key=", "application/x-www-form-urlencoded") == {**known, "page": "2", "key": ""}
    assert fields(b'{"pageIndex": 2, "a": "3"}', "application/json") == {**known, "pageIndex": "2", "a": "3"}
    for body in (b"[1]", b"{", b"\xff\xfe", b"[" * 60_000):
        assert fields(body, "application/json;charset=utf-8") == known
    assert Request("/list?a=1").fields() == {"a": "1", ":method": "GET", ":referer": ""}
