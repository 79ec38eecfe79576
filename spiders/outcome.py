"""What kept us from seeing a page, told from the answer alone. Never a verdict about the agency.

Signs come from FIELD-GUIDE 6 and rule 10: block pages answer 200 as often as not. A short article is no
block page: every sign here is one that no article's text carries, or counts only on a page without a body.
"""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from db.facts import FetchOutcome
from spiders.document import decode

_LOOK: Final = 60_000  # bytes; every block page seen is far shorter
_SHORT: Final = 400  # visible characters; WAF texts seen have 40-250, the shortest real articles about 60
_FEW_LINKS: Final = 6
_STUB: Final = 40  # visible characters; a page with fewer and a reload script is a shell


_CHALLENGE_STATUS: Final = {412, 521, 567}  # Rivers, jsl; 567: a cloud shield's own code
# Marks of challenge scripts. They stand in the page's source, never in an article's text.
_CHALLENGE = re.compile(
    r"\$_ts\s*[=.\[]|__jsluid_s|__jsl_clearance|\bC3VK\s*=|\bCT6TS?\s*=|acw_sc__v2|arg1\s*=\s*'[0-9A-F]{30,}"
    r"|_wafchallenge|aliyun_waf_|/cdn-cgi/challenge-platform|probe\.js\?v=.{0,40}waf|waf_?captcha|eval\(function\(p,a,c,k,e"
)
_WAF_TITLE = re.compile(
    r"安全(防护|拦截|验证页)|访问(被)?(拦截|阻断|禁止|受限)|拦截(提示|页面)|请求被拦截|网站防火墙|云防护"
    r"|创宇盾|知道创宇|安全狗|云锁|玄武盾|盾 *提示"
    r"|\bWAF\b|Web应用防火墙|Access Denied|Request (was )?(Blocked|Rejected)"
    r"|Just a moment|403 Forbidden|502 Bad Gateway|Attention Required",
    re.I,
)
_WAF_TEXT = re.compile(
    r"(您|你)?的?(请求|访问|操作)(存在|带有|包含|含有|可能|疑似|行为)?[^。]{0,12}(威胁|不合法|攻击|被(管理员|网站|系统|防火墙|安全)?[^。]{0,8}(拦截|阻断|禁止|拒绝))"
    r"|(您|你)?的?(IP|ip)(地址)?[^。]{0,20}(被|已)[^。]{0,10}(限制|封禁|禁止|拦截|屏蔽)|访问(过于|太)频繁|访问频率(过高|过快)|(非法|异常)(访问|请求)"
    r"|request has been (blocked|rejected)|you have been blocked|access denied|事件ID|event ?id *[:：]|拦截(原因|时间)"
)
_CAPTCHA = re.compile(
    r"(请|需要?)[^。]{0,12}(输入|完成|通过)[^。]{0,10}(验证码|安全验证|人机验证|滑块)"
    r"|拖动滑块|滑动验证|verify you are human",
    re.I,
)
_LOGIN_TITLE = re.compile(
    r"(用户|统一|身份|系统|后台|会员|单点)?(登录|登陆|认证)(页面?|系统|平台|界面|中心)?$|^(sign|log) ?in\b"
    r"|统一身份认证|登录[-_|—]",
    re.I,
)
_MISSING = re.compile(
    r"(页面|网页|文章|内容|信息|栏目|资源|地址|文件)[^。！!]{0,12}(不存在|已(经)?(被)?(删除|移除|下线|撤[下销])|未找到|找不到|无法找到)"
    r"|(页面|网页|链接|栏目|资源|地址)[^。！!]{0,12}已(经)?失效"  # 该文件已失效 marks a page that is there
    r"|(找不到|未找到|没有找到|无法访问)[^。]{0,10}(页面|网页|内容|文件|资源)"
    r"|page not found|\b404\b|not found"
    r"|您?(要)?访问的(页面|网页|内容|地址|文章)[^。]{0,8}(走丢|飞走|不见)",
    re.I,
)
_MISSING_TITLE = re.compile(
    r"^\W*(404(?![\d号])|错误(页面?|提示)|出错(了|啦|页面?)|(页面|网页|内容)(不存在|未找到|已删除)"
    r"|找不到|(page )?not found|error\b)",
    re.I,
)
# The sentence itself, for error pages in the site's full layout.
_MISSING_SENTENCE = re.compile(
    r"您(所|要)?(访问|请求|查找|浏览|查看)的(页面|网页|内容|信息|文章|文件|地址|栏目)[^。，]{0,12}"
    r"(不存在|已(经)?(被)?(删除|移除|下线)|找不到|未找到|走丢|飞走)"
)
_TITLE = re.compile(r"<title[^>]{0,100}>([^<]{0,300})", re.I)
_TAG = re.compile(r"<[^<>]{0,3000}>")
_SPACE = re.compile(r"\s+|&nbsp;|&[a-z]{2,8};")
_RELOAD = re.compile(
    r"location\s*(\.\s*(href|replace|reload|assign)\s*)?[=(]|http-equiv=.?refresh|document\.cookie\s*=", re.I
)
_DRAWING = re.compile(r"<(?:script|iframe|frame|img|a|object|embed|input)\b", re.I)
_PASSWORD = re.compile(r"""<input[^<>]{0,300}type\s*=\s*["']?password""", re.I)
_TEXTUAL = ("text/", "html", "xml", "json", "javascript")


def classify(status: int, headers: Mapping[str, str], body: bytes, url: str) -> FetchOutcome:
    """How an answer is to be taken: OK, or what stands in the way. Pure; never raises."""
    named = {key.lower(): value for key, value in headers.items()}
    by_status = _by_status(status, named, url)
    source = decode(body[:_LOOK])[0]
    if by_status is not None:
        challenged = status >= 400 and _challenge(source)
        return FetchOutcome.BLOCKED if challenged else by_status
    if not _textual(named.get("content-type", "")):
        return FetchOutcome.OK  # a document; whether it is wanted is the caller's question
    return _by_body(source)


def _by_status(status: int, headers: Mapping[str, str], url: str) -> FetchOutcome | None:
    if status == 304:
        return FetchOutcome.NOT_MODIFIED
    if 300 <= status < 400:
        return _redirect(headers.get("location", ""), url)
    if status in (404, 410):
        return FetchOutcome.NOT_FOUND
    if status == 401:
        return FetchOutcome.LOGIN_WALL
    if status in (403, 405, 429) or status in _CHALLENGE_STATUS:
        return FetchOutcome.BLOCKED
    if status >= 500:
        return FetchOutcome.SERVER_ERROR
    return FetchOutcome.CLIENT_ERROR if status >= 400 else None


def _redirect(target: str, url: str) -> FetchOutcome:
    try:
        parts, own = urlsplit(target), urlsplit(url)
    except ValueError:
        return FetchOutcome.MOVED
    if re.search(r"(?:^|[/_.])(?:login|signin|cas|sso|oauth)\b", (parts.netloc + parts.path).lower()):
        return FetchOutcome.LOGIN_WALL
    here = (parts.netloc or own.netloc, parts.path, parts.query) == (own.netloc, own.path, own.query)
    return FetchOutcome.BLOCKED if here else FetchOutcome.MOVED  # a loop to itself wants a cookie (CT6T)


def _textual(content_type: str) -> bool:
    kind = content_type.lower()
    return not kind or any(mark in kind for mark in _TEXTUAL)


def _challenge(source: str) -> bool:
    return bool(_CHALLENGE.search(source))


def visible_text(source: str) -> str:
    """The page's text without tags, scripts and white space; a rough one, for counting and short phrases."""
    bare = _drop_blocks(source)
    return _SPACE.sub("", _TAG.sub(" ", bare))


def _drop_blocks(source: str) -> str:
    """Without comments, scripts and styles; linear, whatever is left open."""
    kept, position, low = [], 0, source.lower()
    for opening in re.finditer(r"<!--|<(?:script|style|noscript|title)\b", low):
        if opening.start() < position:
            continue
        kept.append(source[position : opening.start()])
        closing = "-->" if opening.group() == "<!--" else "</" + opening.group()[1:]
        end = low.find(closing, opening.end())
        if end < 0:
            position = len(source)
            break
        position = end + len(closing)
    kept.append(source[position:])
    return "".join(kept)


def _by_body(source: str) -> FetchOutcome:
    stripped = source.strip()
    if not stripped:
        return FetchOutcome.SOFT_404
    if stripped[0] in "{[":
        return FetchOutcome.OK
    text = visible_text(source)
    found = _TITLE.search(source)
    title = found.group(1).strip() if found else ""
    if len(text) <= _SHORT:
        return _short_page(source, title, text)
    if _WAF_TITLE.search(title) and len(text) <= 3 * _SHORT:
        return FetchOutcome.BLOCKED
    missing = _MISSING_TITLE.search(title) or (len(text) <= 4 * _SHORT and _MISSING_SENTENCE.search(text))
    return FetchOutcome.SOFT_404 if missing and not _has_article_mark(source) else FetchOutcome.OK


def _short_page(source: str, title: str, text: str) -> FetchOutcome:
    """A page with hardly any text: a shell, a wall, an error text, or really a short article."""
    if _challenge(source):
        return FetchOutcome.BLOCKED
    if _PASSWORD.search(source) and (_LOGIN_TITLE.search(title) or re.search("登录|登陆|密码", text)):
        return FetchOutcome.LOGIN_WALL
    if not text and not _DRAWING.search(source):
        return FetchOutcome.SOFT_404  # an empty stub, as TRS sites answer beyond their first pages
    if _has_article_mark(source):
        return FetchOutcome.OK
    bare = source.count("<a ") <= _FEW_LINKS  # walls have a way back and an address of help, no rows
    if bare and _CAPTCHA.search(text):
        return FetchOutcome.CAPTCHA
    if _WAF_TITLE.search(title) or (bare and _WAF_TEXT.search(text)):
        return FetchOutcome.BLOCKED
    if _MISSING_TITLE.search(title) or _MISSING_SENTENCE.search(text):
        return FetchOutcome.SOFT_404
    if bare and len(text) <= 200 and _MISSING.search(text):
        return FetchOutcome.SOFT_404
    if len(text) <= _STUB and _RELOAD.search(source) and "<a " not in source.lower():
        return FetchOutcome.BLOCKED if "cookie" in source else FetchOutcome.OK
    return FetchOutcome.OK


def _has_article_mark(source: str) -> bool:
    return bool(re.search(r"ArticleTitle|PubDate|发布(时间|日期)|UCAPCONTENT|TRS_Editor|vsb_content", source))
