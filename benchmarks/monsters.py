# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Pages built around one attack each: deep nesting, floods of links, tables and entities, endless lines and attributes.

Each is larger than any page of a portal and meant for one weakness: a walk that repeats itself, a pattern that tries
again, a list that is searched for each of its own members.
"""

from collections.abc import Iterator

_TITLE = "关于全市一般公共预算收支情况的公告"
_ROW = f"<li><a href='/zwgk/t20170503_{{n}}.html'>{_TITLE}{{n}}</a><span>2017-05-03</span></li>"
_TABLE = "<table><tr><td>序号</td><td>文件名称</td></tr><tr><td>{n}</td><td>《某市第{n}号管理办法》（某府〔2009〕{n}号）</td></tr></table>"
_ARTICLE = "<h1>某市人民政府关于废止部分规范性文件的决定</h1><p>发布日期：2017-05-03</p><div id='zoom'>{0}</div>"


def monsters() -> Iterator[tuple[str, str]]:
    """Each page with a name for it."""
    yield from _nesting()
    yield from _floods()
    yield from _long_ones()
    yield from _notices()
    yield from _answers()


def _many(count: int, pattern: str) -> str:
    return "".join(pattern.replace("{n}", str(n)) for n in range(count))


def _nesting() -> Iterator[tuple[str, str]]:
    for tag in ("div", "ul><li", "table><tr><td", "span", "b", "font", "a href='x.html'", "p", "dl><dd", "o:p"):
        yield f"20,000 levels of {tag}", f"<{tag}>" * 20_000 + _TITLE + "2017-05-03"
    yield "200 levels of divisions, closed", "<div>" * 200 + _many(2_000, _ROW) + "</div>" * 200
    yield "250 levels with text at each", _many(250, "<div>发布时间：2017-05-03 " + _TITLE) + _many(3_000, _ROW)
    yield "nested lists with links", _many(20_000, "<ul>" + _ROW.removesuffix("</li>"))
    yield "nested tables with text", _many(5_000, "<table><tr><td>来信时间<td>2017-05-03")


def _floods() -> Iterator[tuple[str, str]]:
    yield "100,000 links", "<ul>" + _many(100_000, _ROW) + "</ul>"
    yield "100,000 links in one paragraph", "<p>" + _many(100_000, "<a href='{n}.html'>{n}</a>")
    yield "100,000 empty links", "<a href='#'></a>" * 100_000
    yield "50,000 links to files", _many(50_000, "<a href='/f/{n}.doc'>附件{n}</a>")
    yield "50,000 links to more", _many(50_000, "<div><h3>栏目{n}</h3><a href='/c{n}/'>更多</a></div>")
    yield "50,000 links to years", _many(50_000, "<a href='/{n}/'>2017年</a>")
    yield "5,000 tables", _many(5_000, _TABLE)
    yield "one table of 50,000 rows", "<table>" + "<tr><td>1<td>来信时间<td>2017-05-03" * 50_000
    yield "one row of 50,000 cells", "<table><tr>" + "<td>文号" * 50_000
    yield "spans over spans", "<table>" + "<tr>" + "<td rowspan=999 colspan=999>x" * 5_000 + "<tr><td>y" * 5_000
    yield "50,000 paragraphs", _ARTICLE.format(f"<p>{_TITLE}，发布日期：2017-05-03。</p>" * 50_000)
    yield "50,000 labels", _ARTICLE.format("<p>来信时间：2017-05-03 回复时间：索引号：文号：有效性：</p>" * 50_000)
    yield "50,000 line breaks", _ARTICLE.format((_TITLE + "<br>") * 50_000)
    yield "50,000 inline scripts", "<script>var a='1';document.write(a)</script>" * 50_000
    yield "50,000 images", "<img src='/img/feizhi.png' alt='废止'>" * 50_000
    yield "50,000 comments", "<!-- 来源 begin -->x<!-- 来源 end -->" * 50_000
    yield "50,000 metas", "<head>" + _many(50_000, "<meta name='n{n}' content='PubDate'>")
    yield "50,000 frames", _many(50_000, "<iframe src='/f/{n}.html'></iframe>")
    yield (
        "50,000 forms",
        _many(50_000, "<form action='/f{n}'><input name=page></form>") + "<a href='javascript:go(2)'>下一页</a>",
    )
    yield (
        "50,000 kinds of boxes",
        _many(50_000, "<div class='box{n}'><a href='t20170503_{n}.html'>" + _TITLE + "</a></div>"),
    )
    yield (
        "rows of other classes",
        "<ul>" + _many(30_000, "<li class='k{n}x'><a href='t{n}.html'>" + _TITLE + "</a>2017-05-03</li>"),
    )
    yield "entities", "<p>" + "&nbsp;&#x200b;&amp;&lt;&#0;&bogus;" * 60_000
    yield (
        "entities in a link",
        "<li><a href='x.html' title='" + "&quot;&nbsp;" * 60_000 + "'>" + "&#x4e00;" * 60_000 + "</a>2017-05-03",
    )


def _long_ones() -> Iterator[tuple[str, str]]:
    for name, piece in (
        *(("blanks", " "), ("letters", "公"), ("digits", "2"), ("dates", "2017-05-03 "), ("dashes", "-")),
        *(("commas", "，"), ("quotes", "《"), ("brackets", "（"), ("numbers", "某府〔2009〕12号"), ("stops", "…")),
        *(("repeals", "废止《某市公园管理办法》"), ("years", "2017年"), ("labels", "发布时间："), ("counts", "共1条")),
        *(("zero widths", "\u200b"), ("hard blanks", "\xa0"), ("ampersands", "&"), ("ends", "。"), ("pages", "1/2页")),
    ):
        long = piece * (1_000_000 // len(piece))
        yield f"a megabyte of {name} in a paragraph", _ARTICLE.format(f"<p>{long}</p>")
        yield (
            f"a megabyte of {name} in a title",
            f"<title>{long}</title><ul><li><a href='t20170503_1.html'>{long}</a>2017-05-03</li></ul>",
        )
        yield f"a megabyte of {name} in a script", f"<script>{long}</script>" + _ROW * 3
        yield (
            f"a megabyte of {name} in attributes",
            f"<div class='{long}'><a href='{long[:300_000]}' onclick='{long[:300_000]}' title='{long[:300_000]}'>x</a></div>",
        )
    for name, piece in (
        *(
            ("calls", "createPageHTML("),
            ("strings", "'a'+"),
            ("variables", "var a='b';"),
            ("writes", "document.write('<a>');"),
        ),
        *(
            ("objects", '{"title":"x","url":"y"},'),
            ("keys", '"url":'),
            ("units", 'queryData="{'),
            ("sums", '"/list?a=" + b + '),
        ),
        *(
            ("openings", "window.open('"),
            ("escapes", "\\u4e00"),
            ("comments", "/*"),
            ("regexes", "/x/i,"),
            ("jumps", "location.href='"),
        ),
        *(("pagers", "var countPage = 1;"), ("nested groups", "((((["), ("templates", "{{a}}")),
    ):
        yield f"a megabyte of script {name}", f"<script>{piece * (1_000_000 // len(piece))}</script>" + _ROW * 3
    yield "one attribute of a megabyte of spaces", f"<a href='{' ' * 1_000_000}'>{_TITLE}</a>"
    yield "a hundred thousand attributes", "<div " + _many(100_000, "a{n}=1 ") + ">x</div>"
    yield "a style of a megabyte", f"<p style='{'display:' * 120_000}'>{_TITLE}</p>"


def _notices() -> Iterator[tuple[str, str]]:
    name = "《某市第{n}号管理办法》（某府〔2009〕{n}号）"
    yield "20,000 documents in one sentence", _ARTICLE.format("<p>决定废止" + _many(20_000, name + "、") + "。</p>")
    yield "20,000 documents in lines", _ARTICLE.format("<p>废止的文件</p>" + _many(20_000, f"<p>{{n}}.{name}</p>"))
    yield "20,000 sentences", _ARTICLE.format("<p>" + _many(20_000, name + "同时废止。"))
    yield (
        "20,000 rows",
        _ARTICLE.format(
            "<table><tr><td>序号<td>文件名称<td>文号<td>处理意见"
            + _many(20_000, f"<tr><td>{{n}}<td>{name}<td>某府〔2009〕{{n}}号<td>废止")
        ),
    )
    yield "names in names", _ARTICLE.format("<p>废止" + "《关于" * 30_000 + "》的通知" * 30_000 + "</p>")
    yield "names left open", _ARTICLE.format("<p>废止" + "《关于公布（" * 60_000 + "</p>")


def _answers() -> Iterator[tuple[str, str]]:
    row = '{"title":"' + _TITLE + '","url":"/a/{n}.html","publishdate":"2017-05-03"}'
    yield "an answer of 50,000 rows", '{"total":50000,"rows":[' + ",".join([row] * 50_000) + "]}"
    yield "a nested answer", '{"data":' * 900 + "1" + "}" * 900
    yield "an answer with HTML", '{"data":{"html":"' + _many(20_000, _ROW) + '"}}'
    yield "20,000 records", "<datastore>" + _many(20_000, f"<record><![CDATA[{_ROW}]]></record>") + "</datastore>"
    yield (
        "records in a script",
        "<script type='text/xml'><datastore>" + _many(20_000, f"<record><![CDATA[{_ROW}]]></record>"),
    )
