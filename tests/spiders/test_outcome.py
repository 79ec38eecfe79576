# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Block pages are recognised, short articles are not mistaken for them."""

import pytest

from db.facts import FetchOutcome
from spiders.outcome import classify

URL = "http://www.example.gov.cn/zwgk/"
HTML = {"Content-Type": "text/html; charset=utf-8"}

SHORT_ARTICLE = """<html><head><title>停水通知</title><meta name="ArticleTitle" content="停水通知"></head><body><h1>停水通知</h1>
<div>发布时间：2017-05-03 来源：水务局</div><div id="zoom"><p>5月4日8时至12时停水。</p></div></body></html>"""
SEARCH_PAGE = (
    "<html><head><title>财政收支</title></head><body>"
    + "<li><a href='a.html'>全市一般公共预算收支情况</a></li>" * 20
    + "请输入验证码</body></html>"
)

BODIES = {
    "rivers script with 200": ("<html><head><script>$_ts=window['$_ts'];</script></head><body></body></html>", FetchOutcome.BLOCKED),
    "c3vk shell": ("<html><script>document.cookie='C3VK=ab12cd; max-age=300; path=/';location.reload();</script></html>", FetchOutcome.BLOCKED),
    "jsl first answer": ("<script>document.cookie=('_')+('_')+'jsl';document.cookie='__jsl_clearance_s=1';location.href=location.pathname</script>", FetchOutcome.BLOCKED),
    "waf text": ("<html><head><title>502</title></head><body>您的请求存在威胁，已被拦截。事件ID: 20170503</body></html>", FetchOutcome.BLOCKED),
    "waf title": ("<html><head><title>网站防火墙</title></head><body><p>当前访问可能对网站安全造成影响</p></body></html>", FetchOutcome.BLOCKED),
    "address barred": ("<html><body>您的IP地址123.1.1.1已被限制访问</body></html>", FetchOutcome.BLOCKED),
    "too often": ("<html><body>访问过于频繁，请稍后再试</body></html>", FetchOutcome.BLOCKED),
    "captcha": ("<html><body><p>为了您的访问安全，请输入验证码后继续</p><img src='c.png'></body></html>", FetchOutcome.CAPTCHA),
    "login": ("<html><head><title>用户登录</title></head><body><form>用户名<input name=u>密码<input type='password' name=p></form></body></html>", FetchOutcome.LOGIN_WALL),
    "soft 404 title": ("<html><head><title>404 - 页面不存在</title></head><body>返回首页</body></html>", FetchOutcome.SOFT_404),
    "soft 404 text": ("<html><head><title>示例市</title></head><body>抱歉，您访问的页面不存在或已被删除！<a href='/'>返回首页</a></body></html>", FetchOutcome.SOFT_404),
    "empty": ("", FetchOutcome.SOFT_404),
    "short article": (SHORT_ARTICLE, FetchOutcome.OK),
    "list with a search box": (SEARCH_PAGE, FetchOutcome.OK),
    "notice about deleted content": ("<html><body><h1>关于清理失效文件的通知</h1><p>发布时间：2017-05-03</p><p>部分文件已删除，内容不存在的请联系我们。</p></body></html>", FetchOutcome.OK),
    "article on captchas": ("<html><head><title>关于规范互联网验证码服务的通知</title></head><body><p>2017年5月3日发布：各单位应规范验证码服务的采购、使用与管理工作。</p></body></html>", FetchOutcome.OK),
    "document 404": ("<html><head><title>令</title></head><body><h1>第404号令</h1><p>现予公布，自2017年6月1日起施行。</p></body></html>", FetchOutcome.OK),
    "plain json": ('{"total":0,"list":[]}', FetchOutcome.OK),
}  # fmt: skip


@pytest.mark.parametrize("case", BODIES)
def test_an_answer_with_status_200(case: str) -> None:
    body, expected = BODIES[case]
    assert classify(200, HTML, body.encode(), URL) is expected


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (304, {}, FetchOutcome.NOT_MODIFIED),
        (404, HTML, FetchOutcome.NOT_FOUND),
        (410, HTML, FetchOutcome.NOT_FOUND),
        (403, HTML, FetchOutcome.BLOCKED),
        (412, HTML, FetchOutcome.BLOCKED),
        (521, HTML, FetchOutcome.BLOCKED),
        (429, HTML, FetchOutcome.BLOCKED),
        (401, HTML, FetchOutcome.LOGIN_WALL),
        (500, HTML, FetchOutcome.SERVER_ERROR),
        (503, HTML, FetchOutcome.SERVER_ERROR),
        (400, HTML, FetchOutcome.CLIENT_ERROR),
        (302, {"Location": URL}, FetchOutcome.BLOCKED),  # a loop that wants a cookie
        (302, {"location": "/login?from=zwgk"}, FetchOutcome.LOGIN_WALL),
        (302, {"location": "http://other.gov.cn/"}, FetchOutcome.MOVED),
        (200, {"content-type": "application/pdf"}, FetchOutcome.OK),
    ],
)
def test_an_answer_by_its_status(status: int, headers: dict[str, str], expected: FetchOutcome) -> None:
    assert classify(status, headers, b"x", URL) is expected


def test_a_challenge_with_an_error_status_is_a_block_not_a_server_error() -> None:
    assert classify(503, HTML, b"<script>$_ts=window['$_ts']</script>", URL) is FetchOutcome.BLOCKED
