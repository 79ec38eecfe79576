"""Where is the next page of a list, and does the page say how many there are?

Numbering differs from family to family and even within one call (FIELD-GUIDE 0.3, 3.3, 3.7, 3.8, 3.10), so
a page's own links win over computed addresses, and a script's own numbers win over habits.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement

from spiders.addresses import same_page
from spiders.document import Document, first_text
from spiders.outline import hidden, pieces
from spiders.records import PageRequest

_PAGER_STEPS: Final = 60  # elements of one pager; 25 seen
_LOOK: Final = 400_000  # characters of script text searched for pager calls
_NEXT_WORD = re.compile(
    r"(?:下一?[页頁]|后一?[页頁]|下1页)\d{0,5}|下\d{1,3}条|[较更]?(?:早期?|旧)的?(?:文章|信息|日志|内容|消息)|next(?:page)?|older",
    re.I,
)
_NEXT_IMAGE = re.compile(r"(?:^|[/_-])(?:next(?:_?page)?|xiayiye|xyy)\.(?:gif|png|jpe?g|svg|webp)$", re.I)
_NEXT_SIGN = re.compile(r"[>›]|→")
_NEXT_DOUBLE = re.compile(r"»|>>|››")
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:next|nextpage|page-?next|p_next|xiayiye)(?:$|[\s_-])", re.I)
_OFF_CLASS = re.compile(r"disabled?|(?:^|[\s_-])(?:no|none|gray|grey|off|unable|unclick)(?:$|[\s_-])", re.I)
_CURRENT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:current|cur|curr|active|on|thisclass|selected|now|this|hover|focus|sel|p_no_d|p_cur|layui-laypage-curr)(?:$|[\s_-])",
    re.I,
)
_NUMBER = re.compile(r"[\[(〔【]?(\d{1,5})[\])〕】]?")
_ORDINAL = re.compile(r"^第\s?(\d{1,5})\s?[页頁]$")
_TRIM = re.compile(r"[\s\[\]()【】{}|<>»›«‹→]+")
PAGE_KEYS: Final = (
    *("page", "pageno", "pagenum", "pagenumber", "pageindex", "currentpage", "curpage", "cur_page", "currpage"),
    *("currentpageno", "p", "pn", "pg", "nowpage", "pageid", "page_no"),
)
_QUOTED_ADDRESS = re.compile(r"""['"]([^'"\s]{1,500}?(?:\.\w{2,5}|/)(?:\?[^'"\s]{0,300})?|\?[^'"\s]{1,300})['"]""")
_CALL_NUMBER = re.compile(r"\(\s*(?:[^()]{0,80},\s*)?['\"]?(\d{1,5})['\"]?\s*(?:,[^()]{0,80})?\)")


@dataclass(frozen=True, slots=True)
class Pager:
    """`next` leads to the following page. `more` says that there is one, whether or not a link leads to it.
    `total` counts items, `pages` pages, `current` starts at 1; None where the page does not say."""

    next: PageRequest | None = None
    more: bool = False
    total: int | None = None
    pages: int | None = None
    current: int | None = None


@lru_cache(maxsize=2)  # the readers of one page share it
def find_pager(document: Document) -> Pager:
    """The pager of a list page. Never returns the page itself as its next."""
    scripts = script_text(document)
    text = _visible(document)
    total = _stated_total(document, scripts, text)
    found = _from_call(document, scripts) or _from_purl(document, scripts) or _from_links(document, text)
    found = found or _from_count(document, scripts) or _from_template(document, scripts)
    return _checked(document, found, total) if found else Pager(total=total)


def _checked(document: Document, found: Pager, total: int | None) -> Pager:
    request = found.next
    if request is not None and request.method == "GET" and same_page(request.url, document.url):
        request = None
    return Pager(request, found.more, found.total if found.total is not None else total, found.pages, found.current)


def script_text(document: Document) -> str:
    parts, size = [], 0
    for script in document.tree.iter("script"):
        if script.text:
            parts.append(script.text)
            size += len(script.text)
            if size > _LOOK:
                break
    return "\n".join(parts)[:_LOOK]


def _get(document: Document, href: str) -> PageRequest | None:
    url = document.absolute(href)
    return PageRequest(url) if url else None


# --- calls that carry all numbers -------------------------------------------------------------------------

_CALL = re.compile(
    r"""create_?page\w{0,12}\s*\(\s*(?:(['"])(?P<target>[\w#. -]{1,40})\1\s*,\s*)?(?P<total>\d{1,6})\s*,"""
    r"""\s*(?P<current>\d{1,6})\s*,\s*"""
    r"""(['"])(?P<name>[^'"]{0,200})\5\s*,\s*(['"])\.?(?P<ending>\w{2,8})\7(?:\s*,\s*['"]?(?P<records>\d{1,9}))?""",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\bPager\s*\(\s*\{([^{}]{1,600})\}")
_PAIR = re.compile(r"""(\w{1,30})\s*:\s*(?:'([^']{0,200})'|"([^"]{0,200})"|(\d{1,9}))""")


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers of a pager call. `targeted` calls name the element to draw in and count from 1."""

    total: int
    current: int
    name: str
    ending: str
    targeted: bool = False
    records: int | None = None


def _from_call(document: Document, scripts: str) -> Pager | None:
    found = _CALL.search(scripts)
    if found:
        records = int(found["records"]) if found["records"] else None
        total, current = int(found["total"]), int(found["current"])
        return _numbered(
            document, _Numbers(total, current, found["name"], found["ending"], bool(found["target"]), records)
        )
    literal = _OBJECT.search(scripts)
    if not literal:
        return None
    values = {key: single or double or number for key, single, double, number in _PAIR.findall(literal.group(1))}
    size, current_text, prefix = values.get("size", ""), values.get("current", ""), values.get("prefix")
    if not (size.isdigit() and current_text.isdigit() and prefix):
        return None
    return _numbered(document, _Numbers(int(size), int(current_text), prefix, values.get("suffix") or "html"))


def _numbered(document: Document, call: _Numbers) -> Pager:
    """createPageHTML and its kin. `current` counts from 0 (TRS) or, where the call names a target element or
    the first page says 1, from 1 (UCAP). The next address is name_{current+1} in both; the end differs."""
    from_one = call.current > 0 and (call.targeted or page_number(document.url) is None)
    shown = call.current if from_one else call.current + 1
    if shown >= call.total:
        return Pager(None, False, call.records, call.total, shown)
    request = _get(document, f"{call.name}_{call.current + 1}.{call.ending}")
    return Pager(request, True, call.records, call.total, shown)


def page_number(url: str) -> int | None:
    """The number at the end of the file name: index_3.html -> 3; None for index.html and ids of articles."""
    found = re.search(r"(?:[_-]|/)(\d{1,4})\.\w{2,6}$", urlsplit(url).path)
    return int(found.group(1)) if found else None


_PURL = re.compile(r"""\bpurl\s*=\s*["']([^"']{1,300})["']""")
_MAX_PAGE = re.compile(r"\bmaxPageNum\s*=\s*(\d{1,5})\s*;")
_COMPONENT = re.compile(r"/index_\d{5,}_(\d{1,5})\.html$")
_PAGE = re.compile(r"<(?:html|head|body)\b", re.I)  # what a fragment lacks


def _from_purl(document: Document, scripts: str) -> Pager | None:
    """The n-channel family counts down: the first page is maxPageNum, its next maxPageNum - 1, the oldest 1.
    Further pages are fragments without a pager; their number stands in their address (FIELD-GUIDE 3.10)."""
    here = _COMPONENT.search(urlsplit(document.url).path)
    stem, most = _PURL.search(scripts), [int(number) for number in _MAX_PAGE.findall(scripts)]
    if here and ("<!--start component" in document.text[:2_000] or not _PAGE.search(document.text[:2_000])):
        number = int(here.group(1))
        url = document.url.split("?", 1)[0].split("#", 1)[0]
        request = PageRequest(re.sub(r"_\d+\.html$", f"_{number - 1}.html", url)) if number > 1 else None
        return Pager(request, number > 1, None, None, None)
    if not stem or not most or max(most) < 1:
        return None
    pages = max(most)
    request = _get(document, f"{stem.group(1)}_{pages - 1}.html") if pages > 1 else None
    return Pager(request, pages > 1, None, pages, 1)


# --- links ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    """One element of a pager: its text, the address or script that it leads to, and its state."""

    element: HtmlElement
    text: str
    off: bool
    current: bool


def _label(element: HtmlElement) -> str:
    text = first_text(element, 60) if len(element) < 8 else ""
    if element.tag == "option":
        text = _ORDINAL.sub(r"\1", text.strip())
    image = next(element.iter("img"), None) if not text.strip() else None
    text = (
        text
        if text.strip()
        else (
            element.get("title")
            or element.get("aria-label")
            or (image.get("alt") if image is not None else "")
            or element.get("value")
            or ("下一页" if image is not None and _NEXT_IMAGE.search((image.get("src") or "")[:300]) else "")
        )
    )
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


def _steps(document: Document) -> Iterator[_Step]:
    for element in document.tree.iter(
        "a", "span", "b", "strong", "em", "li", "font", "button", "input", "option", "i", "td", "div"
    ):
        if element.tag not in ("a", "input", "option", "button") and (len(element) > 0 or len(element.text or "") > 24):
            continue
        if element.tag == "a" and len(element.text or "") > 40:
            continue
        text = _label(element)
        if not text or len(text) > 12:
            continue
        own = element.get("class") or ""
        parent = element.getparent()
        outer = (parent.get("class") or "") if parent is not None and parent.tag in ("li", "span", "em") else ""
        off = bool(_OFF_CLASS.search(own) or _OFF_CLASS.search(outer) or element.get("disabled") is not None)
        yield _Step(
            element,
            text,
            off,
            bool(_CURRENT_CLASS.search(own) or _CURRENT_CLASS.search(outer)) or element.get("selected") is not None,
        )


def _from_links(document: Document, text: str) -> Pager | None:
    head = document.tree.xpath("//link[translate(@rel,'NEXT','next')='next'][@href]")
    steps = list(_steps(document))
    numbers = _numbers(steps)
    current, pages = _stated_pages(text)
    if current is None and numbers:
        current = _current_number(steps, numbers)
    later = [number for number in numbers if current is not None and number > current]
    if head:
        request = _get(document, head[0].get("href", ""))
        if request is not None and not same_page(request.url, document.url):
            return Pager(request, True, None, pages, current)
    step = _next_step(document, steps)
    if step is not None:
        return _by_step(document, step, numbers, current, pages)
    if not later:
        return (
            Pager(None, bool(pages and current and current < pages), None, pages, current)
            if numbers or (pages and current)
            else None
        )
    request = _request(document, numbers[current + 1]) if current is not None and current + 1 in numbers else None
    return Pager(request, True, None, pages, current)


def _by_step(
    document: Document, step: _Step, numbers: dict[int, _Step], current: int | None, pages: int | None
) -> Pager:
    request = None if step.off else _request(document, step)
    if request is not None and same_page(request.url, document.url) and request.method == "GET":
        request = None
    at_end = pages is not None and current is not None and current >= pages
    if request is not None and not at_end:
        return Pager(request, True, None, pages, current)
    if at_end or step.off:
        return Pager(None, False, None, pages, current)
    if current is not None and current + 1 in numbers:
        request = _request(document, numbers[current + 1])
    if request is not None and not same_page(request.url, document.url):
        return Pager(request, True, None, pages, current)
    return Pager(None, _more(step, numbers, current, pages), None, pages, current)


def _more(step: _Step, numbers: dict[int, _Step], current: int | None, pages: int | None) -> bool:
    """Whether a next button without a usable address still promises a page."""
    if pages is not None and current is not None:
        return current < pages
    if current is not None and numbers:
        return max(numbers) > current
    if step.element.tag not in ("a", "button", "input"):
        return step.element.get("onclick") is not None
    href = (step.element.get("href") or "").strip()
    return href.lower().startswith("javascript:") or step.element.get("onclick") is not None


def _next_step(document: Document, steps: list[_Step]) -> _Step | None:
    """The next button: by its word, then by class, then by a single sign, then by a double one."""
    links = [step for step in steps if step.element.tag in ("a", "button", "input") or step.element.get("onclick")]
    for step in links:
        if _NEXT_WORD.fullmatch(_TRIM.sub("", step.text)) or "next" in (step.element.get("rel") or "").split():
            return step
    for step in steps:
        if (
            _NEXT_WORD.fullmatch(_TRIM.sub("", step.text))
            and "页" in step.text
            and step.element.tag in ("span", "em", "font", "li", "b", "td")
        ):
            return _Step(step.element, step.text, True, False)
    for step in links:
        if (
            step.element.tag == "a"
            and _NEXT_CLASS.search(step.element.get("class") or "")
            and not re.search("尾|末|last|[一-龥]{5}", step.text)
        ):
            return step
    for sign in (_NEXT_SIGN, _NEXT_DOUBLE):
        for step in links:
            if sign.fullmatch(step.text) and (_beside_number(step) or _counts_on(document, step)):
                return step
    return None


_COUNTED = re.compile(r"(?P<stem>.*[/_-])(?P<number>\d{1,4})(?P<tail>/?|\.\w{2,5})$")


def _counts_on(document: Document, step: _Step) -> bool:
    """Whether a sign's own address is the page's with the next number: /c/31 and /c/31?pageIndex=2, /c/ and /c/2/."""
    url = document.absolute(step.element.get("href") or "")
    if url is None or urlsplit(url).netloc != urlsplit(document.url).netloc:
        return False
    here, there = urlsplit(document.url), urlsplit(url)
    if here.path != there.path:
        return here.query == there.query and _counts_on_path(here.path, there.path)
    asked, asks = (dict(parse_qsl(parts.query)) for parts in (here, there))
    keys = [key for key in asks if asks[key] != asked.get(key)]
    if len(keys) != 1 or keys[0].lower() not in PAGE_KEYS:
        return False
    now = _as_number(asked.get(keys[0], "1"))
    return now is not None and _as_number(asks[keys[0]]) == now + 1


def _counts_on_path(here: str, there: str) -> bool:
    now, then = _COUNTED.fullmatch(here), _COUNTED.fullmatch(there)
    if then is None:
        return False
    if now is not None and (now["stem"], now["tail"]) == (then["stem"], then["tail"]):
        return int(then["number"]) == int(now["number"]) + 1
    first = re.sub(r"(?:index|default|list)?(?:\.\w{2,5})?$", "", here).rstrip("/")
    stem = re.sub(r"(?:index|default|list)[_-]$", "", then["stem"]).rstrip("/_-")
    return int(then["number"]) in (1, 2) and stem == first


def _beside_number(step: _Step) -> bool:
    """Whether a page number stands near, as in a pager; a bare > elsewhere is a breadcrumb or an ornament."""
    parent = step.element.getparent()
    for _ in range(2):
        if parent is None:
            return False
        near = list(islice(parent, _PAGER_STEPS + 1))  # the length of an element would be counted through
        if len(near) > _PAGER_STEPS:
            return False
        if any(_NUMBER.fullmatch(_label(node)) for node in near if isinstance(node.tag, str)):
            return True
        parent = parent.getparent()
    return False


def _numbers(steps: list[_Step]) -> dict[int, _Step]:
    """Page numbers that are links, of the container that holds most of them."""
    boxes: dict[HtmlElement, dict[int, _Step]] = {}
    for step in steps:
        found = _NUMBER.fullmatch(step.text)
        if not found or not any(step.element.get(name) for name in ("href", "value", "onclick")):
            continue
        box = _box(step.element)
        if box is not None:
            boxes.setdefault(box, {}).setdefault(int(found.group(1)), step)
    best = max(boxes.values(), key=len, default={})
    return best if (best and min(best) <= 3) or (len(best) >= 2 and _dense(list(best))) else {}


def _dense(numbers: list[int]) -> bool:
    """Whether numbers run one by one but for a gap or two; years and floors of a table do not count pages."""
    ordered = sorted(numbers)
    steps = sum(b - a == 1 for a, b in pairwise(ordered))
    return steps >= len(ordered) - 3 and ordered[-1] < 1900


def _box(element: HtmlElement) -> HtmlElement | None:
    parent = element.getparent()
    while parent is not None and parent.tag in ("li", "span", "em", "b", "td") and parent.getparent() is not None:
        parent = parent.getparent()
    return parent


def _current_number(steps: list[_Step], numbers: dict[int, _Step]) -> int | None:
    box = _box(next(iter(numbers.values())).element)
    candidates = [step for step in steps if _NUMBER.fullmatch(step.text) and _box(step.element) is box]
    for step in candidates:
        if step.current:
            return _as_number(step.text)
    for step in candidates:
        linked = step.element.tag in ("a", "option") and (
            step.element.get("href") or step.element.get("value") or step.element.get("onclick")
        )
        inside = step.element.getparent() is not None and step.element.getparent().tag == "a"
        value = _as_number(step.text)
        if linked or inside or value is None or step.element.tag == "input":
            continue
        if value - 1 in numbers or value + 1 in numbers:  # EmpireCMS writes the number of records beside
            return value
    return 1 if 1 not in numbers and 2 in numbers else None


_TAG_NAME = re.compile(r"(?:https?:/)?/[^\s\[\]]{1,300}\.\w{2,6}$")


def _as_number(text: str) -> int | None:
    found = _NUMBER.fullmatch(text)
    return int(found.group(1)) if found else None


def _request(document: Document, step: _Step) -> PageRequest | None:
    """What a pager element asks for: its address, an address in its script, or a form's page field."""
    element = step.element
    href = (element.get("tppabs") or element.get("href") or "").strip()
    if not href and (named := _TAG_NAME.match(element.get("tagname") or "")):
        href = named.group()  # node CMS (FIELD-GUIDE 3.10): its script opens what tagname says
    if element.tag == "option":
        value = (element.get("value") or "").strip()
        href = value if re.search(r"[/.?]", value) else ""
    script = element.get("onclick") or ""
    if href.lower().startswith("javascript:"):
        script, href = href[:600] + ";" + script, ""
    if href and not href.startswith("#"):
        return _get(document, href)
    number = element.get("data-page") or element.get("data-pageno") or ""
    if re.fullmatch(r"\d{1,5}", number) and not hidden(element):
        return _ask_number(document, int(number))
    if hidden(element) or not script:
        return None
    address = _QUOTED_ADDRESS.search(script[:1_000])
    if address:
        return _get(document, address.group(1))
    called = _CALL_NUMBER.search(script[:1_000])
    return _ask_number(document, int(called.group(1))) if called else None


def _ask_number(document: Document, number: int) -> PageRequest | None:
    """Page `number` by the form that holds a page field, or by the page's own query."""
    for form in document.tree.iter("form"):
        fields = [
            (field.get("name") or "", field.get("value") or "")
            for field in form.iter("input")
            if (field.get("type") or "text").lower() in ("hidden", "text")
        ]
        keys = [name for name, _ in fields if name.lower() in PAGE_KEYS]
        if not keys:
            continue
        body = urlencode([(name, str(number) if name == keys[0] else value) for name, value in fields if name])
        action = document.absolute(form.get("action") or document.url) or document.url
        if (form.get("method") or "get").lower() == "post":
            return PageRequest(action, "POST", body, (("Content-Type", "application/x-www-form-urlencoded"),))
        return PageRequest(urljoin(action, "?" + body))
    return with_page(document.url, number)


def page_in_query(url: str) -> tuple[str, int] | None:
    """The name and number of the page in an address's query."""
    for key, value in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        if key.lower() in PAGE_KEYS and value.isdigit() and len(value) <= 6:
            return key, int(value)
    return None


def with_page(url: str, number: int) -> PageRequest | None:
    """The same address with another page number, None where its query has none."""
    known = page_in_query(url)
    if known is None:
        return None
    parts = urlsplit(url)
    query = re.sub(rf"(^|&)({re.escape(known[0])})=\d*", rf"\g<1>\g<2>={number}", parts.query, count=1)
    return PageRequest(urlunsplit(parts._replace(query=query)))


# --- counts -----------------------------------------------------------------------------------------------

_COUNT_PAGE = re.compile(r"\bcountPage\s*=\s*['\"]?(\d{1,5})")
# The ending that the same script writes: "index"+"_" + nextPage + "."+"htm\">
_COUNT_ENDING = re.compile(r"""\bnextPage\s*\+\s*["']\.(?:["']\s*\+\s*["'])?([a-z]{3,5})\b""")
_CURRENT_PAGE = re.compile(r"\bcurrentPage\s*=\s*['\"]?(\d{1,5})")
_TOTAL_PAGE = re.compile(
    r"\btotal_?[pP]ages?['\"]?\s*[:=]\s*['\"]?(\d{1,5})|\bpageCount['\"]?\s*[:=]\s*['\"]?(\d{1,5})"
)
_TOTAL_ITEMS = re.compile(r"\btotal(?:Records?|Count|Num|Data)?['\"]?\s*:\s*['\"]?(\d{1,8})")
_PAGE_SIZE = re.compile(r"\b(?:page_?[sS]ize|perPage|prepage|limit|showData)['\"]?\s*:\s*['\"]?(\d{1,4})")
_TEMPLATE = re.compile(
    r"""['"]([^'"\s<>]{0,200})['"]\s*\+\s*\(?\s*((?:\w{1,20}\.){0,2}(?:pageIndex|pageNum|pageNo|page|current|curr|num|api\.getCurrent\(\)|n|i|p))\s*([+-]\s*1)?\s*\)?\s*\+\s*['"]((?:\.\w{2,6})|[&][^'"]{0,100})['"]"""
)


def _from_count(document: Document, scripts: str) -> Pager | None:
    """`var countPage = 12; var currentPage = 0;` of the TRS templates, 0-based; WAS answers page by query."""
    pages = _COUNT_PAGE.search(scripts)
    if not pages:
        return None
    count = int(pages.group(1))
    query = page_in_query(document.url)
    if query is not None:
        request = with_page(document.url, query[1] + 1) if query[1] < count else None
        return Pager(request, query[1] < count, None, count, query[1])
    stated = _CURRENT_PAGE.search(scripts)
    current = int(stated.group(1)) if stated else page_number(document.url) or 0
    if current + 1 >= count:
        return Pager(None, False, None, count, current + 1)
    stem, ending = _stem(document.url)
    spelled = _COUNT_ENDING.search(scripts) if document.url.endswith("/") else None
    ending = spelled.group(1) if spelled else ending
    return Pager(_get(document, f"{stem}_{current + 1}.{ending}"), True, None, count, current + 1)


def _stem(url: str) -> tuple[str, str]:
    """Name and ending of a list's file without its page number; index and html for a folder."""
    name = urlsplit(url).path.rsplit("/", 1)[-1]
    found = re.fullmatch(r"(.{1,100}?)(?:_\d{1,4})?\.(\w{2,6})", name)
    return (found.group(1), found.group(2)) if found else ("index", "html")


def _from_template(document: Document, scripts: str) -> Pager | None:
    """A pager plug-in whose click handler spells the address: "/x/" + (data.pageIndex + 1) + ".html" (S 057)."""
    total, size, stated = _TOTAL_ITEMS.search(scripts), _PAGE_SIZE.search(scripts), _TOTAL_PAGE.search(scripts)
    pages = int(stated.group(1) or stated.group(2)) if stated else None
    if pages is None and total and size and int(size.group(1)):
        pages = -(-int(total.group(1)) // int(size.group(1)))
    if pages is None:
        return None
    current = page_number(document.url) or 1
    items = int(total.group(1)) if total and stated is None else None
    if current >= pages:
        return Pager(None, False, items, pages, current)
    request = _template_request(document, scripts, current + 1)
    if request is None and stated and "totalPage" in scripts and ".pagination(" in scripts:
        stem, ending = _stem(document.url)  # Shanghai: index_2.html is page 2 (FIELD-GUIDE 3.3)
        request = _get(document, f"{stem}_{current + 1}.{ending}")
    return Pager(request, True, items, pages, current)


def _template_request(document: Document, scripts: str, number: int) -> PageRequest | None:
    for found in _TEMPLATE.finditer(scripts):
        head, name, shift, tail = found.groups()
        index_based = name.endswith("pageIndex")  # plug-ins hand a 0-based index under this name only
        offset = int(shift.replace(" ", "")) if shift else 0
        value = number + offset - (1 if index_based else 0)
        if offset > 0 and not index_based:
            continue
        if head.endswith(("=", "_", "/")) or not head:
            return _get(document, f"{head}{value}{tail if tail.startswith('.') else ''}")
    return None


_STATED = (
    re.compile(r"共\s{0,3}(\d{1,7})\s{0,3}(?:条|项|篇|个(?:结果|文件|记录)|则)"),
    re.compile(r"共\s{0,3}\d{1,5}\s{0,3}页\s{0,3}[/,，|]?\s{0,3}(\d{1,7})\s{0,3}条"),
    re.compile(r"共有?\s{0,3}(?:信息|文章|记录|文件|数据)\s{0,3}[:：]?\s{0,3}(\d{1,7})\s{0,3}(?:条|项|篇|则)"),
    re.compile(r"(?:总记录数?|记录总数|总条数|信息总数|总计)\s{0,3}[:：]?\s{0,3}(\d{1,7})"),
)
_SCRIPT_TOTAL = (
    re.compile(r"\btotalRecord\s*:\s*(\d{1,7})[^{}]{0,2000}?\bdataStore\b"),
    re.compile(r"\brecordCount['\"]?\s*[:=]\s*['\"]?(\d{1,7})"),
)
_DIV_COUNT = re.compile(r"""\bcount=["'](\d{1,7})["']\s+rows=["']\d{1,4}["']""")
_EMPIRE_TOTAL = re.compile(r"""title=["']Total record["'][^<>]{0,60}>(?:&nbsp;|\s|<b>){0,6}(\d{1,7})""", re.I)
_PAGES = (
    re.compile(r"页次\s?[:：]?\s?(?P<c>\d{1,5})\s?/\s?(?P<p>\d{1,5})"),
    re.compile(r"第\s?(?P<c>\d{1,5})\s?页\s?[/,，|]?\s?共\s?(?P<p>\d{1,5})\s?页"),
    re.compile(r"共\s?(?P<p>\d{1,5})\s?页[^\d]{0,12}(?:当前)?(?:第|为)\s?(?P<c>\d{1,5})\s?页"),
    re.compile(r"共\s?\d{1,7}\s?条[^\d]{0,12}(?P<c>\d{1,5})\s?/\s?(?P<p>\d{1,5})"),
    re.compile(r"当前\s?(?P<c>\d{1,5})\s?/\s?(?P<p>\d{1,5})\s?页?"),
)
_TAIL: Final = 60_000  # pagers stand below the list; characters of visible text searched from the end


def _stated_total(document: Document, scripts: str, text: str) -> int | None:
    """How many items the list itself says it has."""
    for pattern in (_EMPIRE_TOTAL, _DIV_COUNT):
        found = pattern.search(document.text)
        if found:
            return int(found.group(1))
    for pattern in _SCRIPT_TOTAL:
        found = pattern.search(scripts)
        if found:
            return int(found.group(1))
    for pattern in _STATED:
        found = pattern.search(text)
        if found:
            return int(found.group(1))
    return None


def _visible(document: Document) -> str:
    body = document.tree.find("body")
    flat = "".join(text for _, text in pieces(document.tree if body is None else body))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", flat[-_TAIL:]))


def _stated_pages(text: str) -> tuple[int | None, int | None]:
    for pattern in _PAGES:
        found = pattern.search(text)
        if found and 0 < int(found["c"]) <= int(found["p"]):
            return int(found["c"]), int(found["p"])
    return None, None
