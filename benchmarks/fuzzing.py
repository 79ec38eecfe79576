"""Broken pages through the readers: what raises, what is slow.

    python -m benchmarks.fuzzing [--pages N] [--seed S] [--processes 2]

Page number `i` of a seed is always the same (as long as the pages it is made from are): one in five is thrown
together from pieces of markup, the others are real or practice pages with one to four mutations. They are made from
the golden pages of the tests, from two practice cities drawn in process, and from the labelled pages beside the
project where these exist. Each goes through recognition, the reading of lists, articles, columns and directories, and
the classification of answers. Prints exceptions and pages slower than a second of CPU time, the worst first; exit 1
where anything was raised.
"""

import argparse
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from plans.load import load_register
from simulator import families
from simulator.publishing import build_city
from simulator.scenario import Access, load_scenario
from spiders.document import Document
from spiders.outcome import classify
from spiders.read import read_page
from spiders.recognise import platform_for

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "spiders" / "pages"
SHARED = ROOT.parent / "shared" / "data"
REGISTER = ROOT / "plans" / "registers" / "zhuhai-2017.yaml"
SITE = "http://www.example.gov.cn"
SLOW_SECONDS = 1.0  # a page of this size is read in some 20 ms; one that takes 50 times as long holds up a crawl
STOP_SECONDS = 60.0  # CPU time after which a page counts as hanging
MAX_BYTES = 300_000  # a long article with tables; the tests have the single long runs of a megabyte
PAGES_OF_A_SITE = 12  # practice pages of one site are alike
SHOWN = 10
PIECES = (
    *("<ul>", "</ul>", "<li>", "<a href='t20170503_12.html'>", "<a href='", "'>", "</a>", "<table><tr><td>"),
    *("</table>", "2017-05-03", "05-03", "2017年5月", "下一页", "更多", "共", "99999999999999", "条", "首页"),
    *("发布时间：", "来源：", "<script>", "</script>", "createPageHTML(", "9, 0, 'index','html')", "document.write('"),
    *("<!--", "-->", "<![CDATA[", "<record>", "</record>", "<datastore>", "{", "}", '[{"title":', '"url":1}]'),
    *("_CONFIG = {TREE: [", 'DETAIL: {"content":"', "\\", '"', "\x00", "\u200b", "\xa0", "全市一般公共预算收支"),
    *("javascript:;", "http://[", "&#0;", "&#xD800;", "<iframe src='//[x'>", "<meta charset=hex>"),
    *("<meta name='PubDate' content='", "<meta name='ArticleTitle' content='", "<base href='http://[::1'>"),
    *("<form><input name=page>", "<select><option value='index_2.html'>2</option>", "<div id='zoom'>", "</div>"),
    *("<span>", "<p>"),
)  # fmt: skip
ENCODINGS = ("gb18030", "utf-16", "utf-8-sig", "big5", "latin-1")


@dataclass(frozen=True, slots=True)
class Seedling:
    """A page to start from."""

    name: str
    url: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Result:
    """How reading one page went. `trouble` is empty, or the exception with the place that raised it."""

    number: int
    made_from: str
    size: int
    seconds: float
    trouble: str = ""


Mutation = Callable[[random.Random, bytes], bytes]


@cache
def seedlings() -> tuple[Seedling, ...]:
    """All pages to start from, in a fixed order."""
    return (*_golden(), *_practice("demo"), *_practice("tangled"), *_shared())


def _golden() -> Iterator[Seedling]:
    for file in sorted(GOLDEN.iterdir()):
        if not file.name.endswith(".golden.json"):
            yield Seedling(file.name, f"{SITE}/zwgk/{file.name}", file.read_bytes())


def _practice(scenario: str) -> Iterator[Seedling]:
    city = build_city(load_register(REGISTER), load_scenario(scenario))
    for site in city.sites:
        if site.profile.access is not Access.OPEN:
            continue
        makers = families.pages(site, None, SITE)
        chosen = random.Random(site.id).sample(sorted(makers), min(PAGES_OF_A_SITE, len(makers)))  # noqa: S311 - no secret
        for path in chosen:
            yield Seedling(f"{scenario}/{site.id}{path}", SITE + path, makers[path]({}).body)


def _shared() -> Iterator[Seedling]:
    if SHARED.is_dir():
        for file in sorted((*SHARED.rglob("*.html"), *SHARED.rglob("*.htm"))):
            place = file.relative_to(SHARED).as_posix()
            yield Seedling(f"shared/{place}", f"{SITE}/{place}", file.read_bytes())


def _span(dice: random.Random, body: bytes, longest: int) -> tuple[int, int]:
    begin = dice.randrange(len(body) + 1)
    return begin, min(len(body), begin + dice.randrange(1, longest))


def cut(dice: random.Random, body: bytes) -> bytes:
    return body[: dice.randrange(len(body) + 1)] if dice.random() < 0.5 else body[dice.randrange(len(body) + 1) :]


def drop_span(dice: random.Random, body: bytes) -> bytes:
    begin, end = _span(dice, body, 4_000)
    return body[:begin] + body[end:]


def repeat_span(dice: random.Random, body: bytes) -> bytes:
    begin, end = _span(dice, body, 3_000)
    return body[:end] + body[begin:end] * dice.choice((1, 2, 10, 100)) + body[end:]


def swap_tags(dice: random.Random, body: bytes) -> bytes:
    one, other = (
        dice.choice((b"div", b"li", b"ul", b"a", b"td", b"tr", b"span", b"script", b"p", b"title")) for _ in "12"
    )
    return body.replace(b"<" + one, b"<\0").replace(b"<" + other, b"<" + one).replace(b"<\0", b"<" + other)


def strew_bytes(dice: random.Random, body: bytes) -> bytes:
    scattered = bytearray(body)
    for _ in range(dice.choice((1, 10, 100, 1000)) if scattered else 0):
        scattered[dice.randrange(len(scattered))] = dice.randrange(256)
    return bytes(scattered)


def strew_pieces(dice: random.Random, body: bytes) -> bytes:
    for _ in range(dice.randrange(1, 12)):
        place = dice.randrange(len(body) + 1)
        body = body[:place] + _bytes(dice.choice(PIECES)) + body[place:]
    return body


def nest(dice: random.Random, body: bytes) -> bytes:
    tag, depth = (
        dice.choice(("div", "ul><li", "span", "table><tr><td", "a href='x.html'", "b", "font")),
        dice.choice((50, 300, 5_000)),
    )
    place = dice.randrange(len(body) + 1)
    return body[:place] + f"<{tag}>".encode() * depth + body[place:]


def insert_run(dice: random.Random, body: bytes) -> bytes:
    place = dice.randrange(len(body) + 1)
    return body[:place] + _bytes(dice.choice(PIECES)) * dice.choice((100, 1_000, 10_000)) + body[place:]


def insert_long_word(dice: random.Random, body: bytes) -> bytes:
    place = dice.randrange(len(body) + 1)
    return body[:place] + dice.choice("< \"'=0-年./(&[{:\n公").encode() * dice.choice((1_000, 30_000)) + body[place:]


def other_encoding(dice: random.Random, body: bytes) -> bytes:
    return body.decode("utf-8", "replace").encode(dice.choice(ENCODINGS), "replace")


def misread_encoding(dice: random.Random, body: bytes) -> bytes:
    return body.decode(dice.choice(ENCODINGS), "replace").encode("utf-8", "replace")


MUTATIONS: tuple[Mutation, ...] = (
    *(cut, drop_span, repeat_span, swap_tags, strew_bytes, strew_pieces),
    *(nest, insert_run, insert_long_word, other_encoding, misread_encoding),
)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def make_page(seed: int, number: int) -> tuple[str, str, bytes]:
    """How page `number` was made, its address and its bytes."""
    dice = random.Random(f"{seed}:{number}")  # noqa: S311 - repeatable on purpose
    if dice.random() < 0.2:
        pieces = dice.choices(PIECES, k=dice.choice((5, 50, 500, 5_000)))
        return "pieces", f"{SITE}/zwgk/", _bytes("".join(pieces))[:MAX_BYTES]
    start = dice.choice(seedlings())
    body, applied = start.body[:MAX_BYTES], []
    for mutation in dice.choices(MUTATIONS, k=dice.randrange(1, 5)):
        body = mutation(dice, body)[:MAX_BYTES]
        applied.append(mutation.__name__)
    return f"{start.name} + {', '.join(applied)}", start.url, body


def read_all(url: str, body: bytes) -> None:
    """Everything that a crawl may ask of a page."""
    read_page(body, url)
    document = Document.from_bytes(body, url)
    platform = platform_for(document)
    platform.read_list(document)
    platform.read_article(document)
    platform.columns(document)
    platform.directory(document)
    classify(200, {"Content-Type": "text/html"}, body, url)


def try_page(seed: int, number: int) -> Result:
    made_from, url, body = make_page(seed, number)
    begun, trouble = time.process_time(), ""
    signal.setitimer(signal.ITIMER_VIRTUAL, STOP_SECONDS)
    try:
        read_all(url, body)
    except Exception as error:  # noqa: BLE001 - whatever is raised is what we look for
        trouble = _described(error)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return Result(number, made_from, len(body), time.process_time() - begun, trouble)


def _described(error: Exception) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "spiders" in frame.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno} {frames[-1].name}" if frames else "?"
    return f"{type(error).__name__} at {place}: {str(error)[:200]}"


def _stop(*_: object) -> None:
    raise TimeoutError(f"more than {STOP_SECONDS:.0f} s of CPU time")


def _begin() -> None:
    """A process of the pool: hanging pages are broken off there."""
    signal.signal(signal.SIGVTALRM, _stop)


def run(pages: int, seed: int, processes: int) -> list[Result]:
    """Results in the order of the pages' numbers."""
    with ProcessPoolExecutor(processes, initializer=_begin) as pool:
        return list(pool.map(partial(try_page, seed), range(pages), chunksize=50))


def show(results: list[Result], seed: int) -> None:
    troubled = [result for result in results if result.trouble]
    slow = [result for result in results if result.seconds > SLOW_SECONDS]
    seconds = sorted(result.seconds for result in results)
    print(
        f"seed {seed}: {len(results)} pages from {len(seedlings())}, {sum(result.size for result in results):,} bytes"
    )
    print(f"exceptions: {len(troubled)}; slower than {SLOW_SECONDS:.0f} s of CPU time: {len(slow)}")
    if seconds:
        quantiles = (
            (name, seconds[int(share * (len(seconds) - 1))])
            for name, share in (("median", 0.5), ("99 %", 0.99), ("99.9 %", 0.999), ("worst", 1.0))
        )
        print("CPU ms a page: " + ", ".join(f"{name} {value * 1000:.0f}" for name, value in quantiles))
    for trouble, count in Counter(result.trouble for result in troubled).most_common(SHOWN):
        first = next(result for result in troubled if result.trouble == trouble)
        print(f"  {count} x {trouble}\n      first: page {first.number}, {first.made_from}")
    print("the slowest:")
    for result in sorted(results, key=lambda result: -result.seconds)[:SHOWN]:
        print(f"  {result.seconds:6.2f} s  {result.size:7} bytes  page {result.number}: {result.made_from}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.fuzzing")
    parser.add_argument("--pages", type=int, default=2_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    if options.pages < 1 or options.processes < 1:
        parser.error("--pages and --processes are at least 1")
    seedlings()  # drawn once, before the processes part
    results = run(options.pages, options.seed, options.processes)
    show(results, options.seed)
    sys.exit(any(result.trouble for result in results))


if __name__ == "__main__":
    main()
