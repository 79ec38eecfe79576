# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Everything from a portal is hostile: no bytes make reading fail, and none make it slow."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.document import Document
from spiders.outcome import classify
from spiders.read import read_page
from spiders.recognise import platform_for
from spiders.records import PageKind

URL = "http://www.example.gov.cn/zwgk/index.html"
ALLOWED_SECONDS = 8.0  # a megabyte of nonsense; a quadratic step takes minutes

PIECES = st.sampled_from(
    [
        "<ul>", "</ul>", "<li>", "<a href='", "'>", "</a>", "<a>", "<table><tr><td>", "2017-05-03", "05-03", "下一页", "<script>", "</script>",
        "createPageHTML(", "9, 0, 'index','html')", "<!--", "-->", "<![CDATA[", "<record>", "</record>", "<datastore>", "{", "}", "[{\"title\":", "\"url\":1}]",
        "window._CONFIG = {SID:'1', TREE: [", "DETAIL: {\"content\":\"", "\\", "\"", "\x00", "\u200b", "\xa0", "标题标题标题", "更多", "<iframe src='//[x'>", "javascript:;",
        "http://[", "&#0;", "&#xD800;", "<meta charset=hex>", "<base href='http://[::1'>", "count=\"1\" rows=\"0\"", "<form><input name=page>", "共", "99999999999999", "条",
    ]
)  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")),
    )
)
def test_no_bytes_make_reading_raise(body: bytes) -> None:
    page = read_page(body, URL)
    assert page.url == URL
    for kind in PageKind:
        read_page(body, URL, kind=kind)
    for family in ("gkmlpt", "nfcms", "trs_wcm", "unheard_of"):
        read_page(body, URL, platform=family, kind=PageKind.LIST)
        read_page(body, URL, platform=family, kind=PageKind.HOME)
    document = Document.from_bytes(body, URL)
    platform_for(document).directory(document)
    classify(200, {"Content-Type": "text/html"}, body, URL)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_address_makes_reading_raise(url: str, href: str) -> None:
    body = f'<html><body><ul><li><a href="{href}">全市一般公共预算</a>2017-05-03</li></ul><a href="{href}">下一页</a></body></html>'
    read_page(body.encode("utf-8", "replace"), url)
    classify(302, {"location": href}, b"", url)


RUNS = {
    "opening brackets": "<" * 1_000_000,
    "spaces": "<a href='x'>" + " " * 1_000_000,
    "nested divisions": "<div>" * 200_000,
    "nested links": "<ul><li><a href='a1234.html'>标题标题" * 30_000,
    "many rows": "<ul>" + "<li><a href='a1234.html'>全市一般公共预算收支</a><span>2017-05-03</span></li>" * 12_000 + "</ul>",
    "many links in a row": "<li>" + "<a href='t20170503_1.html'>标题标题标题</a>" * 20_000 + "</li>",
    "comments left open": "<!--" * 200_000,
    "scripts left open": "<script>" * 100_000,
    "digits": "<p>" + "2017-" * 200_000,
    "numbers": "<div>" + "<a href='2.html'>2</a>" * 20_000,
    "quotes in scripts": "<script>" + "document.write('" * 50_000 + "</script>",
    "pager calls": "<script>" + "createPageHTML(1," * 50_000 + "</script>",
    "json brackets": "[" * 200_000,
    "json objects in scripts": "<script>" + '[{"title":' * 50_000 + "</script>",
    "records": "<datastore>" + "<record>" * 100_000,
    "units": '<script url="/x/build/unit" ' * 20_000 + "queryData=\"{" * 20_000,
    "labels": "<li>" + "时间：" * 200_000,
    "tree": "window._CONFIG = {SID:'1', TREE: " + "[{\"children\":" * 50_000,
    "detail": "DETAIL: {\"content\":\"" + "\\\\" * 200_000,
    "forms": "<form><input name=page>" * 20_000 + "<a href='javascript:go(2)'>下一页</a>",
    "options": "<select>" + "<option value='index_2.html'>2</option>" * 20_000,
    "titles": "<title>" * 100_000,
    "headings before more": "<div>" + "<span class='tit'>" * 20_000 + "<a href='/x/'>更多</a>" * 500,
    "total records": 'totalRecord: 1 ' * 60_000,
}  # fmt: skip


@pytest.mark.parametrize("name", RUNS)
def test_long_runs_are_read_in_linear_time(name: str) -> None:
    body = RUNS[name].encode()
    started = time.process_time()
    for kind in (None, PageKind.LIST, PageKind.HOME):
        read_page(body, URL, kind=kind)
    classify(200, {}, body, URL)
    assert time.process_time() - started < ALLOWED_SECONDS
