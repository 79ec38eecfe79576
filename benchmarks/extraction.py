"""Title, date and body of labelled real articles: ours beside four general libraries, in one run.

    python -m benchmarks.extraction [--pages DIR]

DIR holds `pages.jsonl` with `pages/NNN.html`, and `pingtan/articles.jsonl` with `pingtan/site/`. The others are no
dependencies of the project; those that are absent stand in the table as `not installed`. To have all of them:

    python -m pip install trafilatura==2.3.1 htmldate==1.11.0 gne==0.4.3 readability-lxml==0.9

(with pip 24 or newer: older ones stumble over two spellings of an extra of lxml).

How the comparison is made even: every library gets the text as we decode it and the page's address where it is known;
the others know that the page is an article, ours must find that out first. How it is not even: our reader was
developed on these very pages, the others were not. Our figures say "nothing broke", theirs what a general library
does here unaided.

Titles are compared in normal form KC without white space. A page whose label has no date is right only where none is
claimed. An exception is an answer without content, and counted. Characters of body are no measure of quality (menus
count too): they show who loses text. Milliseconds are CPU time.
"""

import argparse
import datetime as dt
import importlib
import json
import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lxml.html

from spiders.document import decode
from spiders.read import read_page

PAGES = Path(__file__).resolve().parents[1].parent / "shared" / "data"
# For us alone, our reader wants one. It fits no rule about addresses; a site's root would say "front page".
UNKNOWN_ADDRESS = "http://www.example.gov.cn/page"
_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled page. `url` is empty where it is not known, `date` None where the page states none."""

    name: str
    body: bytes
    url: str
    title: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one library says of one page. None: it does not say (or does not read) that. `note`: what went wrong."""

    title: str | None = None
    date: str | None = None
    text: str | None = None
    note: str = ""
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Library:
    """`prepare` imports the library and returns its reading; it raises ImportError where it is not installed."""

    name: str
    prepare: Callable[[], Callable[[Sample], Answer]]
    reads: frozenset[str]


def samples(folder: Path) -> Iterator[Sample]:
    """The labelled articles of both collections, in the order of their files."""
    for row in _rows(folder / "pages.jsonl"):
        if row["kind"] == "article":
            body = (folder / "pages" / f"{row['id']}.html").read_bytes()
            yield Sample(row["id"], body, row["url"] or "", row["title"], row["pub_date"])
    for row in _rows(folder / "pingtan" / "articles.jsonl"):
        file = folder / "pingtan" / "site" / row["url"].partition("pingtan.gov.cn/")[2]
        if file.is_file():
            yield Sample(file.stem, file.read_bytes(), row["url"], row["title"], row["pub_date_meta"][:10])


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _gongkai() -> Callable[[Sample], Answer]:
    def read(sample: Sample) -> Answer:
        page = read_page(sample.body, sample.url or UNKNOWN_ADDRESS)
        if page.article is None:
            return Answer(note=f"taken for: {page.kind}")
        article = page.article
        return Answer(article.title, article.published.isoformat() if article.published else None, article.text)

    return read


def _trafilatura() -> Callable[[Sample], Answer]:
    library = importlib.import_module("trafilatura")

    def read(sample: Sample) -> Answer:
        found = library.bare_extraction(_text(sample), url=sample.url or None, with_metadata=True)
        return Answer(found.title, _day(found.date), found.text) if found else Answer(note="nothing extracted")

    return read


def _htmldate() -> Callable[[Sample], Answer]:
    library = importlib.import_module("htmldate")
    # The first publication is asked for, not the last change.
    return lambda sample: Answer(date=library.find_date(_text(sample), original_date=True, url=sample.url or None))


def _htmldate_without_address() -> Callable[[Sample], Answer]:
    """Where the address bears a date htmldate believes it first; on these portals that is another clock."""
    library = importlib.import_module("htmldate")
    return lambda sample: Answer(date=library.find_date(_text(sample), original_date=True))


def _gne() -> Callable[[Sample], Answer]:
    library = importlib.import_module("gne")
    extractor = library.GeneralNewsExtractor()

    def read(sample: Sample) -> Answer:
        found = extractor.extract(_text(sample))
        return Answer(found["title"], _day(found["publish_time"]), found["content"])

    return read


def _readability() -> Callable[[Sample], Answer]:
    library = importlib.import_module("readability")

    def read(sample: Sample) -> Answer:
        document = library.Document(_text(sample), url=sample.url or None)
        return Answer(document.short_title(), None, str(lxml.html.fromstring(document.summary()).xpath("string()")))

    return read


_ALL = frozenset({"title", "date", "text"})
OURS = Library("gongkai", _gongkai, _ALL)
LIBRARIES = (
    OURS,
    Library("trafilatura", _trafilatura, _ALL),
    Library("htmldate", _htmldate, frozenset({"date"})),
    Library("htmldate, no address", _htmldate_without_address, frozenset({"date"})),
    Library("gne", _gne, _ALL),
    Library("readability-lxml", _readability, frozenset({"title", "text"})),
)


def _text(sample: Sample) -> str:
    return decode(sample.body)[0]


def _day(claim: str | None) -> str | None:
    """The ISO day of a claimed instant; the claim itself where it is no day, so that it counts as wrong."""
    found = _DAY.search(claim or "")
    if found is None:
        return claim or None
    try:
        return dt.date(*map(int, found.groups())).isoformat()
    except ValueError:
        return claim


def bare(text: str | None) -> str:
    """Text in normal form KC without any white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def asked(read: Callable[[Sample], Answer], sample: Sample) -> Answer:
    """The answer with its CPU time. A library's exception is its answer: nothing read."""
    begun = time.process_time()
    try:
        answer = read(sample)
    except Exception as error:  # noqa: BLE001 - foreign code on wild pages; counted in the table
        answer = Answer(note=f"raised {type(error).__name__}: {error}"[:100])
    return replace(answer, milliseconds=(time.process_time() - begun) * 1000)


def title_right(sample: Sample, answer: Answer) -> bool:
    return bare(answer.title) == bare(sample.title)


def date_right(sample: Sample, answer: Answer) -> bool:
    """A page without a stated date is right only if it was read and nothing is claimed."""
    return not answer.note and answer.date == sample.date


def row(library: Library, labelled: list[Sample], answers: list[Answer], ours: list[Answer]) -> str:
    """One line of the table."""
    pairs = list(zip(labelled, answers, strict=True))
    titles = str(sum(title_right(*pair) for pair in pairs)) if "title" in library.reads else "-"
    dates = str(sum(date_right(*pair) for pair in pairs)) if "date" in library.reads else "-"
    undated = [pair for pair in pairs if pair[0].date is None]
    claimed = str(sum(answer.date is not None for _, answer in undated)) if "date" in library.reads else "-"
    characters, share = "-", "-"
    if "text" in library.reads:
        found = [len(bare(answer.text)) for answer in answers]
        shares = [mine / len(bare(own.text)) for mine, own in zip(found, ours, strict=True) if bare(own.text)]
        characters, share = str(sum(found)), f"{statistics.median(shares):.2f}" if shares else "-"
    failed = sum(bool(answer.note) for answer in answers)
    speed = statistics.median(answer.milliseconds for answer in answers)
    return f"{library.name:22}{titles:>8}{dates:>8}{claimed:>16}{characters:>12}{share:>14}{failed:>8}{speed:>9.1f}"


def misses(labelled: list[Sample], said: dict[str, list[Answer]]) -> Iterator[str]:
    """Our wrong titles and dates, each with what was read, and who else had it right."""
    for place, (sample, answer) in enumerate(zip(labelled, said[OURS.name], strict=True)):
        for what, right, read, wanted in (
            ("title", title_right, answer.title, sample.title),
            ("date", date_right, answer.date, sample.date),
        ):
            if right(sample, answer):
                continue
            readers = {library.name for library in LIBRARIES if what in library.reads}
            others = [name for name, answers in said.items() if name in readers and right(sample, answers[place])]
            yield f"  {sample.name} {what}: {_cause(answer, read, wanted)}; right: {', '.join(others) or 'nobody'}"


def _cause(answer: Answer, read: str | None, wanted: str | None) -> str:
    if answer.note:
        return answer.note
    if read is None:
        return f"nothing found, labelled {wanted!r}"
    return f"claims {read!r}, " + (f"labelled {wanted!r}" if wanted else "the page states none")


def compare(labelled: list[Sample]) -> None:
    """Print the table and our misses."""
    undated = sum(sample.date is None for sample in labelled)
    print(f"{len(labelled)} articles, {undated} of them state no date")
    print("gongkai was developed on these pages, the others were not")
    heads = (
        f"{'titles':>8}{'dates':>8}{'false claims':>16}{'body chars':>12}{'of ours, med':>14}{'failed':>8}{'CPU ms':>9}"
    )
    print(f"{'':22}{heads}")
    said: dict[str, list[Answer]] = {}
    for library in LIBRARIES:
        try:
            read = library.prepare()
        except ImportError:
            print(f"{library.name:22}  not installed")
            continue
        said[library.name] = [asked(read, sample) for sample in labelled]
        print(row(library, labelled, said[library.name], said[OURS.name]), flush=True)
    print("our misses:")
    print("\n".join(misses(labelled, said)) or "  none")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.extraction")
    parser.add_argument("--pages", type=Path, default=PAGES, metavar="DIR")
    folder = parser.parse_args().pages
    if not (folder / "pages.jsonl").is_file() or not (folder / "pingtan" / "articles.jsonl").is_file():
        print(f"no labelled pages in {folder}: pages.jsonl and pingtan/articles.jsonl are needed", file=sys.stderr)
        raise SystemExit(2)
    compare(list(samples(folder)))


if __name__ == "__main__":
    main()
