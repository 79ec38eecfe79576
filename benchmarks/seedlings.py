# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Pages to start from when pages are broken on purpose: everything of which there is a kind in this project.

The golden pages of the tests; pages of three practice cities with all families, drawn in process, with what their
interfaces answer; answers of interfaces that no practice site has; notices that repeal documents; public letters; and
the labelled pages beside the project where these exist.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plans.load import load_register
from simulator import families
from simulator.city import CitySite
from simulator.pages import MIME, Maker
from simulator.publishing import build_city
from simulator.scenario import Access, load_scenario
from simulator.server import answer_page
from simulator.serving import Request
from spiders.document import Document
from spiders.recognise import platform_for
from spiders.records import PageRequest

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "spiders" / "pages"
SHARED = ROOT.parent / "shared" / "data"
REGISTER = ROOT / "plans" / "registers" / "zhuhai-2017.yaml"
SITE = "http://www.example.gov.cn"
SCENARIOS = ("demo", "tangled", "portals")
PAGES_OF_A_SITE = 12  # practice pages of one site are alike
ANSWERS_OF_A_SITE = 8
FILES = frozenset(MIME.values())  # attachments have readers of their own
HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
ANSWERING = (
    *("/api/list?page=1&pageSize=15", "/module/web/jpage/dataproxy.jsp?page=1&columnid=284&unitid=9&perpage=100"),
    *("/module/xxgk/search.jsp?currpage=1&divid=div284", "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"),
    "/api-gateway/jpaas-publish-server/front/page/build/unit?tagId=list&paramJson=%7B%22pageNo%22%3A2%7D",
    "/truecms/messageController/getMessage.do?startrecord=1&endrecord=60&perpage=20&columnId=x",
    *("/igs/front/search/list.html?pageNumber=1&pageSize=50&index=x", f"/common/search/{HEX}?page=1&_pageSize=15"),
    *("/cms/JsonList", "/getFileListByCodeId", "/search-gov/data?t=zhengcelibrary_gw&p=1&n=50"),
    "/cbircweb/DocInfo/SelectDocByItemIdAndChild?itemId=931&pageSize=18&pageIndex=1",
    "/cbircweb/DocInfo/SelectByDocId?docId=1",
)


@dataclass(frozen=True, slots=True)
class Seedling:
    """A page to start from. `asked` is the question that an interface's answer answers."""

    name: str
    url: str
    body: bytes
    asked: PageRequest | None = None


@cache
def seedlings() -> tuple[Seedling, ...]:
    """All pages to start from, in a fixed order."""
    drawn = (page for scenario in SCENARIOS for page in _practice(scenario))
    return (*_golden(), *drawn, *_answers(), *_notices(), *_letters(), *_shared())


def _golden() -> Iterator[Seedling]:
    for file in sorted(GOLDEN.iterdir()):
        if not file.name.endswith(".golden.json"):
            yield Seedling(file.name, f"{SITE}/zwgk/{file.name}", file.read_bytes())


def _practice(scenario: str) -> Iterator[Seedling]:
    city = build_city(load_register(REGISTER), load_scenario(scenario))
    for site in city.sites:
        if site.profile.access is Access.OPEN:
            yield from _pages_of(scenario, site)


def _pages_of(scenario: str, site: CitySite) -> Iterator[Seedling]:
    makers = families.pages(site, None, SITE)
    chosen = random.Random(site.id).sample(sorted(makers), min(PAGES_OF_A_SITE, len(makers)))  # noqa: S311 - no secret
    columns = [f"/{column.id}" for column in site.columns]
    asked: dict[PageRequest, None] = {}
    for path in dict.fromkeys((*chosen, *(path for path in columns if path in makers))):
        drawn = makers[path]({})
        if drawn.content_type in FILES:
            continue
        page = Seedling(f"{scenario}/{site.id}{path}", SITE + path, drawn.body)
        asked |= dict.fromkeys(_asked_by(page))
        if path in chosen:
            yield page
    for request in list(asked)[:ANSWERS_OF_A_SITE]:
        yield Seedling(f"{scenario}/{site.id} answers {request.url}", request.url, _answer(makers, request), request)


def _asked_by(page: Seedling) -> Iterator[PageRequest]:
    """What a column asks for its rows, and its second page where this is no page of its own."""
    document = Document.from_bytes(page.body, page.url)
    listed = platform_for(document).read_list(document)
    yield from listed.interfaces[:2]
    if listed.next is not None and (listed.next.method == "POST" or "?" in listed.next.url):
        yield listed.next


def _answer(makers: dict[str, Maker], request: PageRequest) -> bytes:
    kind = dict(request.headers).get("Content-Type", "")
    target = request.url.removeprefix(SITE)
    sent = Request(target, request.method, (request.body or "").encode(), kind, referred=True)
    return answer_page(makers, target.partition("?")[0], sent.fields()).body


def _answers() -> Iterator[Seedling]:
    rows = [
        {"title": f"关于公开第{n}季度预算的通知", "url": f"/a/t201705{n:02}_{n}.html", "publishdate": f"2017-05-{n:02}"}
        | {"docId": n, "docSubtitle": "办法", "docClob": "<p>全文</p>", "documentNo": f"珠府〔2017〕{n}号"}
        for n in range(1, 21)
    ]
    records = "".join(
        f"<record><![CDATA[<li><a href='{row['url']}'>{row['title']}</a><span>{row['publishdate']}</span></li>]]></record>"
        for row in rows
    )
    plain = json.dumps({"total": 57, "data": {"rows": rows, "page": 1}}, ensure_ascii=False)
    html = f"<ul>{''.join(row['title'].join(('<li>', '</li>')) for row in rows)}</ul>"  # type: ignore[attr-defined]
    bodies = (
        *(plain, f"jQuery1_2({plain});", json.dumps({"success": True, "data": {"html": records + html}})),
        f"<?xml version='1.0'?><datastore><totalrecord>57</totalrecord><recordset>{records}</recordset></datastore>",
        json.dumps({"rptCode": 200, "data": rows[0] | {"attachmentInfoVOList": [{"urlOtherName": "/f/1.pdf"}]}}),
    )
    for path in ANSWERING:
        for number, body in enumerate(bodies):
            yield Seedling(f"answer {number} of {path.partition('?')[0]}", SITE + path, body.encode())


def _notices() -> Iterator[Seedling]:
    names = [(f"某市第{n}号公园管理办法", f"某府〔{2000 + n}〕{n}号") for n in range(1, 16)]
    cells = "".join(f"<tr><td>{n}</td><td>{name}</td><td>{number}</td></tr>" for n, (name, number) in enumerate(names))
    lines = "".join(f"<p>{n}.《{name}》（{number}）</p>" for n, (name, number) in enumerate(names))
    told = "、".join(f"《{name}》（{number}）" for name, number in names)
    texts = (
        f"<p>一、决定废止的文件</p><table><tr><td>序号</td><td>文件名称</td><td>文号</td></tr>{cells}</table>",
        f"<p>一、废止的规范性文件</p>{lines}<p>二、继续有效的规范性文件</p>{lines}",
        f"<p>决定废止{told}等15件文件，自2017年5月1日起生效。</p><p>（此件已失效）</p>",
    )
    for number, text in enumerate(texts):
        body = (
            f"<h1>某市人民政府关于废止部分规范性文件的决定</h1><p>发布日期：2017-05-03</p><div id='zoom'>{text}</div>"
        )
        yield Seedling(f"notice {number}", f"{SITE}/zwgk/t20170503_{number}.html", _bare(body))


def _letters() -> Iterator[Seedling]:
    rows = "".join(
        f"<tr><td><a href='/l/{n}.html'>咨询公交线路第{n}路</a></td><td>2017-05-{n:02}</td><td>办理中</td></tr>"
        for n in range(1, 16)
    )
    head = "<tr><th>标题</th><th>来信时间</th><th>状态</th></tr>"
    yield Seedling("letters", f"{SITE}/hdjl/", _bare(f"<table>{head}{rows}</table><a href='?page=2'>下一页</a>"))
    letter = "<h1>咨询公交线路</h1><p>来信时间：2017-05-03</p><p>内容：几点发车？</p><p>回复时间：2017-05-10 状态：已办结</p>"
    yield Seedling("letter", f"{SITE}/hdjl/l/1.html", _bare(letter))


def _bare(body: str) -> bytes:
    return f"<html><head><meta charset='utf-8'><title>某市政府</title></head><body>{body}</body></html>".encode()


def _shared() -> Iterator[Seedling]:
    if SHARED.is_dir():
        for file in sorted((*SHARED.rglob("*.html"), *SHARED.rglob("*.htm"))):
            place = file.relative_to(SHARED).as_posix()
            yield Seedling(f"shared/{place}", f"{SITE}/{place}", file.read_bytes())
