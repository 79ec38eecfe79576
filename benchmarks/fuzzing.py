# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Broken pages through the readers: what raises, what is slow.

    python -m benchmarks.fuzzing [--pages N] [--first I] [--seed S] [--processes 2] [--progress FILE] [--monsters]

Page number `i` of a seed is always the same (as long as the pages it is made from are): one in five is thrown
together from pieces of markup, the others are pages of `benchmarks.seedlings` with one to four mutations. Each goes
through recognition, the reading of lists, articles (with tables, links, marks of repeal, what they repeal, and letters),
columns and directories, single years, and the classification of answers. Prints exceptions and pages slower than a
second of CPU time, the worst first; exit 1 where anything was raised.

With `--progress` each thousand of pages leaves a line in the file, and thousands that have one are not read again.
`--monsters` reads the pages of `benchmarks.monsters` instead, each built around one attack.
"""

import argparse
import json
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.monsters import monsters
from benchmarks.seedlings import SITE, seedlings
from spiders.capped import says_capped
from spiders.document import Document
from spiders.interfaces import interfaces_of
from spiders.lists import find_list
from spiders.originals import with_marks_and_repeals
from spiders.outcome import classify
from spiders.read import kind_of
from spiders.recognise import family_of, reader, recognise
from spiders.records import PageRequest
from spiders.years import year_links

SLOW_SECONDS = 1.0  # a page of this size is read in some 20 ms; one that takes 50 times as long holds up a crawl
STOP_SECONDS = 60.0  # CPU time after which a page counts as hanging
MAX_BYTES = 300_000  # a long article with tables; the tests have the single long runs of a megabyte
CHUNK = 1_000  # pages of one line of progress
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
    *("<span>", "<p>", "<tr><th>来信时间", "<td rowspan=99>", "<td colspan=9999999>", "回复时间：", "办理中", "<s>", "<img src='feizhi.png'>"),
    *("《某市公园管理办法》", "（某府〔2009〕12号）", "决定废止", "继续有效", "同时废止。", "一、", "此件已失效", "有效性：", "附件："),
    *("<a href='a.doc'>", "$('#1').jpage({", "<!--start component", "purl=", "queryData=\"{", "/common/search/", "&nbsp;", "&#x200b;"),
    *('"rows":[', '"total":1,', '"html":"<li>', "]", "}}", "cb(", ")", "null", "…", "2017", "<a href='2016/'>2016年</a>"),
)  # fmt: skip
ENCODINGS = ("gb18030", "utf-16", "utf-8-sig", "big5", "latin-1")


Readings = Callable[[str, bytes, PageRequest | None], None]


@dataclass(frozen=True, slots=True)
class Result:
    """How reading one page went. `trouble` is empty, or the exception with the place that raised it."""

    number: int
    made_from: str
    size: int
    seconds: float
    trouble: str = ""


Mutation = Callable[[random.Random, bytes], bytes]


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


def make_page(seed: int, number: int) -> tuple[str, str, bytes, PageRequest | None]:
    """How page `number` was made, its address, its bytes and what it answers."""
    dice = random.Random(f"{seed}:{number}")  # noqa: S311 - repeatable on purpose
    if dice.random() < 0.2:
        pieces = dice.choices(PIECES, k=dice.choice((5, 50, 500, 5_000)))
        return "pieces", f"{SITE}/zwgk/", _bytes("".join(pieces))[:MAX_BYTES], None
    start = dice.choice(seedlings())
    body, applied = start.body[:MAX_BYTES], []
    for mutation in dice.choices(MUTATIONS, k=dice.randrange(1, 5)):
        body = mutation(dice, body)[:MAX_BYTES]
        applied.append(mutation.__name__)
    return f"{start.name} + {', '.join(applied)}", start.url, body, start.asked


def read_all(url: str, body: bytes, asked: PageRequest | None = None) -> None:
    """Everything that a crawl may ask of a page, once."""
    classify(200, {"Content-Type": "text/html"}, body, url)
    document = replace(Document.from_bytes(body, url), asked=asked)
    platform = reader(family_of(recognise(document)))
    kind_of(document)
    platform.read_list(document)
    says_capped(document, find_list(document))
    interfaces_of(document)
    with_marks_and_repeals(document, platform.read_article(document))
    platform.columns(document)
    platform.directory(document)
    year_links(document)


def read_core(url: str, body: bytes, asked: PageRequest | None = None) -> None:
    """Recognition, list and article alone: what a crawl asks of nearly every page."""
    document = replace(Document.from_bytes(body, url), asked=asked)
    platform = reader(family_of(recognise(document)))
    platform.read_list(document)
    platform.read_article(document)


def try_page(seed: int, number: int, readings: Readings = read_all) -> Result:
    return _tried(number, *make_page(seed, number), readings=readings)


def _tried(
    number: int,
    made_from: str,
    url: str,
    body: bytes,
    asked: PageRequest | None = None,
    *,
    readings: Readings = read_all,
) -> Result:
    begun, trouble = time.process_time(), ""
    signal.setitimer(signal.ITIMER_VIRTUAL, STOP_SECONDS)
    try:
        readings(url, body, asked)
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


def run(pages: range, seed: int, processes: int, readings: Readings = read_all) -> list[Result]:
    """Results in the order of the pages' numbers."""
    if processes == 1:
        _begin()
        return [try_page(seed, number, readings) for number in pages]
    with ProcessPoolExecutor(processes, initializer=_begin) as pool:
        return list(pool.map(partial(try_page, seed, readings=readings), pages, chunksize=50))


def run_monsters() -> list[Result]:
    """The pages of `benchmarks.monsters`, in their order."""
    _begin()
    return [
        _tried(number, name, f"{SITE}/zwgk/", text.encode("utf-8", "surrogatepass"))
        for number, (name, text) in enumerate(monsters())
    ]


def run_on(pages: range, seed: int, processes: int, progress: Path, readings: Readings = read_all) -> list[Result]:
    """The same in thousands, each with a line in the file `progress`; those that have one already are left out."""
    done = progress.read_text(encoding="utf-8").splitlines() if progress.exists() else []
    known = {(line["seed"], line["first"]) for line in map(json.loads, done)}
    results = []
    for first in range(pages.start, pages.stop, CHUNK):
        if (seed, first) in known:
            continue
        part = run(range(first, min(first + CHUNK, pages.stop)), seed, processes, readings)
        results += part
        with progress.open("a", encoding="utf-8") as file:
            file.write(json.dumps(_line(part, seed, first), ensure_ascii=False) + "\n")
    return results


def _line(part: Sequence[Result], seed: int, first: int) -> dict[str, object]:
    worst = max(part, key=lambda result: result.seconds)
    return {
        **{"seed": seed, "first": first, "pages": len(part), "exceptions": sum(bool(r.trouble) for r in part)},
        **{"slow": [r.number for r in part if r.seconds > SLOW_SECONDS], "worst": round(worst.seconds, 3)},
        **{"worst_page": worst.number, "seconds": round(sum(r.seconds for r in part), 1)},
        "troubles": [[r.number, r.trouble] for r in part if r.trouble][:SHOWN],
    }


def show(results: Sequence[Result]) -> None:
    troubled = [result for result in results if result.trouble]
    slow = [result for result in results if result.seconds > SLOW_SECONDS]
    seconds = sorted(result.seconds for result in results)
    print(f"{len(results)} pages, {sum(result.size for result in results):,} bytes")
    print(f"exceptions: {len(troubled)}; slower than {SLOW_SECONDS:.0f} s of CPU time: {len(slow)}")
    if seconds:
        quantiles = (
            (name, seconds[int(share * (len(seconds) - 1))])
            for name, share in (("median", 0.5), ("99 %", 0.99), ("99.9 %", 0.999), ("worst", 1.0))
        )
        shown = ", ".join(f"{name} {value * 1000:.0f}" for name, value in quantiles)
        print(f"CPU ms a page: mean {sum(seconds) / len(seconds) * 1000:.0f}, {shown}")
    for trouble, count in Counter(result.trouble for result in troubled).most_common(SHOWN):
        first = next(result for result in troubled if result.trouble == trouble)
        print(f"  {count} x {trouble}\n      first: page {first.number}, {first.made_from}")
    print("the slowest:")
    for result in sorted(results, key=lambda result: -result.seconds)[:SHOWN]:
        print(f"  {result.seconds:6.2f} s  {result.size:7} bytes  page {result.number}: {result.made_from}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.fuzzing")
    parser.add_argument("--pages", type=int, default=2_000, metavar="N")
    parser.add_argument("--first", type=int, default=0, metavar="I", help="number of the first page")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--progress", type=Path, metavar="FILE", help="one line of JSON a thousand of pages; resumes")
    parser.add_argument("--core", action="store_true", help="recognition, list and article alone, not all readings")
    parser.add_argument("--monsters", action="store_true", help="the pages that are built around one attack each")
    options = parser.parse_args()
    if options.pages < 1 or options.processes < 1 or options.first < 0:
        parser.error("--pages and --processes are at least 1, --first is not negative")
    pages = range(options.first, options.first + options.pages)
    if options.monsters:
        results = run_monsters()
    else:
        print(f"seed {options.seed}, from {len(seedlings())} pages")  # drawn once, before the processes part
        ordered = (pages, options.seed, options.processes)
        readings = read_core if options.core else read_all
        results = run_on(*ordered, options.progress, readings) if options.progress else run(*ordered, readings)
    show(results)
    sys.exit(any(result.trouble for result in results))


if __name__ == "__main__":
    main()
