"""What a page could be built of to hold its reader: each flood is read in time linear in its size."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzzing import read_all
from benchmarks.monsters import monsters
from spiders.cuttitles import ELLIPSIS, cut_rows
from spiders.document import MAX_ATTRIBUTES, Document
from spiders.outline import pieces, text_of

URL = "http://www.example.gov.cn/zwgk/"
LONGEST = 300_000  # bytes of the pages that are fuzzed
ALLOWED_SECONDS = 5.0  # CPU time; on the slowest machine seen they take up to 1, a quadratic step minutes
# The monsters that took longest, one of each kind; `python -m benchmarks.fuzzing --monsters` reads all of them whole.
CHOSEN = {
    *("20,000 levels of div", "100,000 links in one paragraph", "50,000 links to more", "one table of 50,000 rows"),
    *("one row of 50,000 cells", "spans over spans", "50,000 labels", "entities", "a hundred thousand attributes"),
    *("a megabyte of stops in a title", "a megabyte of dates in a paragraph", "a megabyte of blanks in attributes"),
    *("20,000 documents in one sentence", "names in names", "an answer of 50,000 rows", "20,000 records"),
}
PAGES = {name: text.encode()[:LONGEST] for name, text in monsters() if name in CHOSEN}


def test_the_chosen_monsters_exist() -> None:
    assert PAGES.keys() == CHOSEN


@pytest.mark.parametrize("name", sorted(CHOSEN))
def test_floods_are_read_in_linear_time(name: str) -> None:
    begun = time.process_time()
    read_all(URL, PAGES[name])
    assert time.process_time() - begun < ALLOWED_SECONDS


@pytest.mark.parametrize("one", ["a{n}=1 ", "a{n} ", "a{n}='' ", 'a{n}="1"', "a{n}\n/", "a{n}   = 1 "])
@pytest.mark.parametrize("before", ["<div ", "<div x='>' ", '<div x=">y=" z" '])
def test_a_tag_of_very_many_attributes_does_not_hold_the_parser(one: str, before: str) -> None:
    flood = "".join(one.replace("{n}", str(n)) for n in range(60_000))
    begun = time.process_time()
    tree = Document(URL, f"<html><body>{before}{flood}>x</div><p>全文</p>").tree
    assert time.process_time() - begun < ALLOWED_SECONDS
    assert tree.xpath("string(//p[last()])") == "全文"


def test_what_is_no_tag_stays_as_it_is() -> None:
    words = " ".join(f"word{n}" for n in range(30 * MAX_ATTRIBUTES))
    tree = Document(URL, f"<html><body><p>{words}</p></body></html>").tree
    assert tree.xpath("string(//p)") == words


def test_a_run_of_stops_in_many_titles_costs_one_look() -> None:
    titles = [("." * 30_000 + "全") * 3] * 20
    begun = time.process_time()
    assert not any(ELLIPSIS.search(title) for title in titles)
    cut_rows(titles)
    assert time.process_time() - begun < ALLOWED_SECONDS


@pytest.mark.parametrize("title", ["关于公开……", "关于公开..", "关于公开… ", "关于公开⋯⋯", "关于…公开...  "])
def test_an_ellipsis_at_the_end_is_found(title: str) -> None:
    assert ELLIPSIS.search(title)


@pytest.mark.parametrize("title", ["关于公开.", "关于…公开", "关于公开"])
def test_no_other_end_is_an_ellipsis(title: str) -> None:
    assert not ELLIPSIS.search(title)


MARKUP = st.sampled_from(
    ["<b>", "</b>", "<p style='display:none'>", "<p>", "</p>", "全 文", " ", "<!-- x -->", "<script>x</script>", "<br>"]
)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(MARKUP, max_size=30))
def test_the_text_of_an_element_is_its_pieces_in_their_order(parts: list[str]) -> None:
    body = Document(URL, "<html><body>" + "".join(parts)).tree.find("body")
    for element in [] if body is None else body.iter():
        if isinstance(element.tag, str):
            seen = [text for _, text in pieces(element)]
            assert text_of(element) == " ".join(" ".join(seen).split())
            inside = "".join(element.itertext())
            assert all(text in inside for text in seen)
