"""Progress of a crawl on the terminal: one live line, or a line now and then where there is no terminal."""

import time
from types import TracebackType

from rich.console import Console
from rich.status import Status as Spinner

from crawler.summary import CrawlSummary
from gongkai.arguments import Lang
from plans.sites import Sites

_SECONDS_BETWEEN_LINES = 10.0
_LINE = {
    Lang.ZH: "已请求 {requests} 次，读列表 {list_pages} 页、条目 {rows} 条，打开文章 {articles} 篇",
    Lang.EN: "{requests} requests, {list_pages} list pages, {rows} rows, {articles} articles opened",
}
_DONE = {Lang.ZH: "采集完成：", Lang.EN: "Crawl done: "}
_BROKEN = {
    Lang.ZH: "采集中断，已存部分不丢；再次运行同一命令即可继续。",
    Lang.EN: "Crawl interrupted; nothing stored is lost. Run the same command again to go on.",
}
_RESUMED = {Lang.ZH: "（接续上次中断的采集）", Lang.EN: " (continued an interrupted crawl)"}
_DOWN = {
    Lang.ZH: "网站 {name}（{site}）无法进入：{outcome}。相关事项一律列为“无法判定”，不作未公开处理。",
    Lang.EN: "Site {name} ({site}) could not be entered: {outcome}. What belongs there is inconclusive, not missing.",
}
_OUTCOME = {  # each with what to do about it
    "blocked": "被网站拦截；请联系该网站管理单位放行，或改由其内网核查",
    "captcha": "要求验证码；请人工核查",
    "login_wall": "要求登录；请人工核查",
    "robots": "robots.txt 不允许采集；如系本机关主管网站，可在网站清单中设 obey_robots: false",
    "not_found": "首页不存在；请核对网站清单中的地址",
    "soft_404": "首页不存在；请核对网站清单中的地址",
    "moved": "已跳转到其他网站；请核对网站清单中的地址，或写入 aliases",
    "server_error": "服务器出错；请稍后再试",
    "client_error": "服务器拒绝请求；请核对网站清单中的地址",
    "timeout": "连接超时；请检查网络后再试",
    "dns": "域名无法解析；请核对网站清单中的地址",
    "refused": "连接被拒绝；请核对地址，或稍后再试",
    "tls": "安全连接失败；请改用 http:// 地址再试",
    "too_large": "页面过大",
    "not_html": "返回的不是网页；请核对地址",
}


def outcome_and_remedy(outcome: str, lang: Lang) -> str:
    """Why a site could not be entered, in Chinese with what to do about it."""
    return _OUTCOME.get(outcome, outcome) if lang is Lang.ZH else outcome


class Progress:
    """A context for one crawl; everything goes to stderr."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._console = Console(stderr=True, highlight=False)
        self._spinner: Spinner | None = None
        self._last_line = time.monotonic()

    def __enter__(self) -> "Progress":
        if self._console.is_terminal:
            self._spinner = self._console.status("…")
            self._spinner.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._spinner is not None:
            self._spinner.stop()

    def update(self, counts: dict[str, int]) -> None:
        if self._spinner is not None:
            self._spinner.update(self._line(counts))
        elif time.monotonic() - self._last_line > _SECONDS_BETWEEN_LINES:
            self._last_line = time.monotonic()
            self._console.print(self._line(counts))

    def summarise(self, summary: CrawlSummary, sites: Sites) -> None:
        """What was fetched, and the sites that could not be entered, by their names."""
        if summary.interrupted:
            self._console.print(_BROKEN[self._lang])
            return
        resumed = _RESUMED[self._lang] if summary.resumed else ""
        self._console.print(_DONE[self._lang] + self._line(summary.counts) + resumed)
        names = {site.id: site.name for site in sites.sites}
        for site, outcome in summary.unreachable:
            shown = outcome_and_remedy(outcome, self._lang)
            told = _DOWN[self._lang].format(name=names.get(site, site), site=site, outcome=shown)
            self._console.print(told, soft_wrap=True, markup=False)

    def _line(self, counts: dict[str, int]) -> str:
        shown = {name: counts.get(name, 0) for name in ("requests", "list_pages", "rows", "articles")}
        return _LINE[self._lang].format(**shown)
