"""A practice city for the official check indicators: one portal a fault, each placed once, clean ones beside them.

    with serve_health(CITY, dt.date(2019, 6, 28)) as running:
        running.sites_yaml()

The pages are as plain as portals can be; what they must show is the guidelines' (FIELD-GUIDE 4). Paths, dates and
faults are fixed by the day on which the city is looked at, so that two runs are equal byte for byte.
"""

import datetime as dt
import html
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Final

HOST: Final = "127.0.0.1"
STALE_BLOCKS: Final = 6  # news columns that stop, and blank ones: one more than the rule's five


class Fault(StrEnum):
    """What is wrong with one site. The value is the id of the indicator that must find it (2019 edition)."""

    STALE_HOME = "home-not-updated"
    STALE_COLUMNS = "columns-not-updated"
    UNANSWERED_LETTERS = "letters-unanswered"
    DEAD_LINKS_HOME = "dead-links-home"
    DEAD_LINKS_ELSEWHERE = "dead-links-elsewhere"
    NO_SITE_METAS = "home-metas"
    NO_COLUMN_METAS = "column-metas"
    NO_ARTICLE_METAS = "article-metas"
    NO_SITE_CODE = "site-code"
    NO_ICP = "icp"
    NO_POLICE_NUMBER = "police-number"
    NO_CORRECTION_ENTRY = "correction-entry"
    NO_SITE_MAP = "site-map"
    NO_SEARCH = "search"
    NO_LEADERS = "leaders"
    NO_ORGANISATION = "organisation"
    STALE_POLICIES = "policies"


class Variant(StrEnum):
    """Further ways to plant a fault, and sound sites that look faulty."""

    BLANK_COLUMNS = "blank_columns"  # columns-not-updated, by blank columns
    UNDATED_HOME = "undated_home"  # home-not-updated: no day is shown anywhere
    NAVIGATION_HOME = "navigation_home"  # sound: the home page only leads on, a column is fresh
    DRAWN_COLUMNS = "drawn_columns"  # sound as far as anybody can see: six columns are drawn by script
    FOUR_STALE = "four_stale"  # one short of the limit
    ONE_BLANK = "one_blank"  # a deduction (other-columns), no veto
    SCRIPTED_FOOTER = "scripted_footer"  # identifiers drawn by script: nobody may say that they lack
    BLOCKED_LINKS = "blocked_links"  # a wall and a server's fault are no dead links
    PENDING_RECENT = "pending_recent"  # a letter of last month without an answer
    CLOSED_TOPIC = "closed_topic"  # a finished topic, quiet for years


Trouble = Fault | Variant


@dataclass(frozen=True, slots=True)
class HealthSite:
    """One portal and what is wrong with it. `expected` are the ids of the indicators that must fail."""

    id: str
    troubles: frozenset[Trouble] = frozenset()
    level: str = "portal"

    @property
    def expected(self) -> frozenset[str]:
        return frozenset(indicator for trouble in self.troubles for indicator in _EXPECTED.get(trouble, ()))

    def has(self, trouble: Trouble) -> bool:
        return trouble in self.troubles


# A veto may draw deductions after it: blank columns are a fault of the scored part too (which is then not scored).
_EXPECTED: Final[Mapping[Trouble, tuple[str, ...]]] = MappingProxyType(
    {
        **{fault: (fault.value,) for fault in Fault},
        Fault.STALE_COLUMNS: ("columns-not-updated", "news"),
        Variant.BLANK_COLUMNS: ("columns-not-updated", "other-columns"),
        Variant.UNDATED_HOME: ("home-not-updated",),
        Variant.ONE_BLANK: ("other-columns",),
    }
)
CITY: Final[tuple[HealthSite, ...]] = (
    HealthSite("clean-1"),
    HealthSite("clean-2", level="department"),
    *(HealthSite(fault.value, frozenset({fault})) for fault in Fault),
    *(HealthSite(variant.value.replace("_", "-"), frozenset({variant})) for variant in Variant),
)
NEWS_COLUMNS: Final = ("政务要闻", "部门动态", "区县动态", "工作动态", "图片新闻", "民生资讯")
PLAIN_COLUMNS: Final = ("通知公告", "政策文件", "政策解读", "统计数据", "人事信息")
_ON_HOME: Final = frozenset({"通知公告", "统计数据", "人事信息"})
_OWED: Final = ("财政资金", "项目建设", "社会救助", "教育信息", "医疗卫生", "环境保护")


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    path: str
    newest: dt.date
    is_blank: bool = False
    is_drawn: bool = False


@dataclass
class RunningCity:
    """The servers of a city, one port a site."""

    city: tuple[HealthSite, ...]
    ports: dict[str, int] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def url(self, site: str) -> str:
        return f"http://{HOST}:{self.ports[site]}/"

    def sites_yaml(self) -> str:
        rows = [
            f"  - {{id: {site.id}, name: {site.id} 门户, agency: {site.id}, url: '{self.url(site.id)}', "
            f"level: {site.level}}}"
            for site in self.city
        ]
        return "\n".join(["sites:", *rows, ""])


@contextmanager
def serve_health(city: Sequence[HealthSite], today: dt.date) -> Iterator[RunningCity]:
    """The city's sites answer on loopback while the block runs, as they are on `today`."""
    running = RunningCity(tuple(city))
    servers = [_Server(site, today, running) for site in city]
    threads = [threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True) for server in servers]
    for server, thread in zip(servers, threads, strict=True):
        running.ports[server.site.id] = server.server_address[1]
        thread.start()
    try:
        yield running
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    address_family = socket.AF_INET

    def __init__(self, site: HealthSite, today: dt.date, running: RunningCity) -> None:
        super().__init__((HOST, 0), _Handler)
        self.site, self.today, self.running = site, today, running


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        path = self.path.split("?", 1)[0]
        self.server.running.requests.append(f"{self.command} {self.server.site.id}{path}")
        status, body = answer(self.server.site, self.server.today, path)
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain" if path == "/robots.txt" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing: the terminal belongs to whoever runs the city."""


def answer(site: HealthSite, today: dt.date, path: str) -> tuple[int, str]:
    """Status and body for a path of a site."""
    if path == "/robots.txt":
        return 200, "User-agent: *\nDisallow: /private/\n"
    if path in ("/", "/index.html"):
        return 200, _home(site, today)
    columns = {f"/{column.path}/": column for column in _columns(site, today)}
    if path in columns:
        return 200, _column(site, columns[path])
    if path in _STANDING:
        return 200, _page(site, _STANDING[path], f"<div class='con'><p>{_STANDING[path]}：{_PROSE}</p></div>")
    if path == "/hdjl/zxzx/":
        return 200, _letters(site, today)
    if path.startswith("/hdjl/zxzx/content_"):
        return 200, _article(site, "letter")
    if path.startswith("/walled/"):
        return 403, "<html><title>403 Forbidden</title><body>访问被拦截</body></html>"
    if path.startswith("/broken/"):
        return 500, "<html><title>500</title><body>error</body></html>"
    parts = path.strip("/").split("/")
    if len(parts) == 3 and parts[2].startswith("t") and any(c.path == parts[0] for c in _columns(site, today)):
        return 200, _article(site, parts[2])
    return 404, "<html><head><title>404 Not Found</title></head><body>您访问的页面不存在</body></html>"


_PROSE: Final = (
    "本单位负责全市相关行政管理工作，承担政策拟订、组织实施和监督检查职责，依法公开有关信息，接受社会监督。" * 8
)
_STANDING: Final = {
    "/zwgk/ldzc/": "领导之窗",
    "/zwgk/jgzn/": "机构职能",
    "/zjlh/shgk/": "城市概况",
    "/wzdt/": "网站地图",
}


def _columns(site: HealthSite, today: dt.date) -> list[_Column]:
    fresh, old = today - dt.timedelta(days=3), today - dt.timedelta(days=420)
    news_old = today - dt.timedelta(days=40)
    stale_news = STALE_BLOCKS if site.has(Fault.STALE_COLUMNS) else 4 if site.has(Variant.FOUR_STALE) else 0
    columns = [
        _Column(name, f"xw{index}", news_old if index >= len(NEWS_COLUMNS) - stale_news else fresh)
        for index, name in enumerate(NEWS_COLUMNS)
    ]
    policies_old = site.has(Fault.STALE_POLICIES)
    columns += [
        _Column(name, f"gk{index}", old if name == "政策文件" and policies_old else fresh)
        for index, name in enumerate(PLAIN_COLUMNS)
    ]
    blank = STALE_BLOCKS if site.has(Variant.BLANK_COLUMNS) else 1 if site.has(Variant.ONE_BLANK) else 0
    drawn = len(_OWED) if site.has(Variant.DRAWN_COLUMNS) else 0
    columns += [
        _Column(name, f"ly{index}", fresh, is_blank=index < blank, is_drawn=index < drawn)
        for index, name in enumerate(_OWED)
    ]
    if site.has(Variant.CLOSED_TOPIC):
        columns.append(_Column("专项行动专题", "zt0", today - dt.timedelta(days=1200)))
    return columns


def _rows(column: _Column, count: int, *, dated: bool = True) -> str:
    rows = []
    for index in range(count):
        day = column.newest - dt.timedelta(days=index * 2)
        title = f"{column.name}：关于推进第{index + 1}项重点工作有关情况的通报"
        shown = f"<span>{day.isoformat()}</span>" if dated else ""
        name = f"t{day:%Y%m%d}_{1000 + index}.html" if dated else f"t_{1000 + index}.html"
        rows.append(f"<li><a href='/{column.path}/{day:%Y%m}/{name}'>{title}</a>{shown}</li>")
    return "<ul class='list'>" + "".join(rows) + "</ul>"


def _home(site: HealthSite, today: dt.date) -> str:
    if site.has(Variant.NAVIGATION_HOME):
        return _page(site, "", "<div class='enter'><p>欢迎访问</p></div>", today)
    blocks = []
    for column in (c for c in _columns(site, today) if c.name in _ON_HOME):
        shown = column
        if site.has(Fault.STALE_HOME):
            shown = _Column(column.name, column.path, today - dt.timedelta(days=60))
        heading = f"<div class='title'><h3>{column.name}</h3><a href='/{column.path}/'>更多</a></div>"
        blocks.append(f"<div class='box'>{heading}{_rows(shown, 6, dated=not site.has(Variant.UNDATED_HOME))}</div>")
    return _page(site, "", "".join(blocks) + _dead_links(site), today)


def _dead_links(site: HealthSite) -> str:
    if site.has(Fault.DEAD_LINKS_HOME):
        return "<p><a href='/gone/a.html'>已撤专题一</a> <a href='/gone/b.html'>已撤专题二</a></p>"
    if site.has(Variant.BLOCKED_LINKS):
        return "<p><a href='/walled/a.html'>内部系统入口</a> <a href='/broken/b.html'>查询系统入口</a></p>"
    return ""


def _column(site: HealthSite, column: _Column) -> str:
    if column.is_drawn:
        body = "<div id='app'></div><script>loadList('/api/list');</script>"
    elif column.is_blank:
        body = "<ul class='list'><li>暂无相关信息</li></ul>"
    else:
        dead = "<li><a href='/gone/c.html'>关于已撤下文件的说明与解释材料</a><span>2019-01-02</span></li>"
        rows = _rows(column, 8)
        with_dead = site.has(Fault.DEAD_LINKS_ELSEWHERE) and column.path == "gk0"
        body = rows.replace("<ul class='list'>", f"<ul class='list'>{dead}") if with_dead else rows
        body += "<div class='page'>共1页</div>"
    metas = "" if site.has(Fault.NO_COLUMN_METAS) and column.path == "gk0" else _column_metas(column.name)
    return _page(site, column.name, f"<div class='main'>{body}</div>", metas=metas)


def _letters(site: HealthSite, today: dt.date) -> str:
    asked = today - dt.timedelta(days=150)
    recent = today - dt.timedelta(days=25)
    rows: list[tuple[str, dt.date, dt.date | None]]
    rows = [("咨询公积金提取手续", asked, asked + dt.timedelta(days=6)), ("咨询入学报名时间", recent, recent)]
    if site.has(Fault.UNANSWERED_LETTERS):
        rows.append(("咨询老旧小区加装电梯", asked, None))
    if site.has(Variant.PENDING_RECENT):
        rows.append(("咨询公交线路调整", recent, None))
    cells = "".join(
        f"<tr><td><a href='/hdjl/zxzx/content_{100 + n}.html'>{title}</a></td><td>{day}</td>"
        f"<td>{'未回复' if done is None else '已回复'}</td><td>{done or ''}</td></tr>"
        for n, (title, day, done) in enumerate(rows)
    )
    head = "<tr><th>信件标题</th><th>来信日期</th><th>办理状态</th><th>答复日期</th></tr>"
    body = f"<div class='main'><table>{head}{cells}</table><div class='page'>共1页</div></div>"
    return _page(site, "咨询投诉", body, metas=_column_metas("在线咨询"))


def _article(site: HealthSite, name: str) -> str:
    day = f"{name[1:5]}-{name[5:7]}-{name[7:9]}" if name[1:9].isdigit() else "2019-01-02"
    title = "关于推进重点工作有关情况的通报"
    metas = "" if site.has(Fault.NO_ARTICLE_METAS) else _meta("ArticleTitle", title) + _meta("PubDate", f"{day} 09:30")
    metas += "" if site.has(Fault.NO_ARTICLE_METAS) else _meta("ContentSource", "市政府办公室")
    body = f"<h1>{title}</h1><p>发布日期：{day}　来源：市政府办公室</p><div class='TRS_Editor'><p>{_PROSE}</p></div>"
    return _page(site, title, body, metas=metas)


def _meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{html.escape(content)}">'


def _column_metas(name: str) -> str:
    return "".join(
        _meta(key, value)
        for key, value in (
            ("ColumnName", name),
            ("ColumnDescription", f"{name}栏目"),
            ("ColumnKeywords", name),
            ("ColumnType", "信息公开"),
        )
    )


def _page(site: HealthSite, title: str, body: str, today: dt.date | None = None, *, metas: str = "") -> str:
    """A page with the site's frame. `today` is given for the home page, which alone bears the site's metas."""
    if today is not None and not site.has(Fault.NO_SITE_METAS):
        metas += _meta("SiteName", f"{site.id} 门户") + _meta("SiteDomain", "www.example.gov.cn")
        metas += _meta("SiteIDCode", "4400000089")
    head = f"<head><meta charset='utf-8'><title>{title or site.id + ' 门户'}</title>{metas}</head>"
    return f"<html>{head}<body>{_navigation(site, today)}{body}{_footer(site)}</body></html>"


def _navigation(site: HealthSite, today: dt.date | None) -> str:
    columns = [(c.name, f"/{c.path}/") for c in _columns(site, today or dt.date(2019, 6, 28))]
    standing = [("城市概况", "/zjlh/shgk/"), ("在线咨询", "/hdjl/zxzx/")]
    if not site.has(Fault.NO_LEADERS):
        standing.append(("领导之窗", "/zwgk/ldzc/"))
    if not site.has(Fault.NO_ORGANISATION):
        standing.append(("机构职能", "/zwgk/jgzn/"))
    links = "".join(f"<li><a href='{url}'>{name}</a></li>" for name, url in (*columns, *standing))
    form = "<form action='/s/'><input name='q' placeholder='请输入关键词'><button>搜索</button></form>"
    search = "" if site.has(Fault.NO_SEARCH) else form
    return f"<div class='top'>{search}</div><div class='nav'><ul>{links}</ul></div>"


def _footer(site: HealthSite) -> str:
    if site.has(Variant.SCRIPTED_FOOTER):
        return "<script src='/footer.js'></script>"
    parts = ["<p>主办单位：某某市人民政府办公室　版权所有</p>"]
    lines: tuple[tuple[Fault, str], ...] = (
        (Fault.NO_SITE_CODE, "<p>网站标识码：4400000089</p>"),
        (Fault.NO_ICP, "<p>粤ICP备05012345号-1</p>"),
        (Fault.NO_POLICE_NUMBER, "<p>粤公网安备 44010402000123号</p>"),
        (Fault.NO_CORRECTION_ENTRY, "<p><img alt='政府网站找错' src='/zc.png'></p>"),
        (Fault.NO_SITE_MAP, "<p><a href='/wzdt/'>网站地图</a></p>"),
    )
    parts += [line for fault, line in lines if not site.has(fault)]
    return f"<div class='footer'>{''.join(parts)}</div>"
