"""Every mark of the practice city is read on the pages of every family, and none where there is none."""

from collections.abc import Iterator

from simulator.addresses import article_path
from simulator.city import Publication
from simulator.families import pages
from simulator.timeline import site_on
from simulator.year.building import build_year
from simulator.year.registers import random_register
from spiders.document import Document
from spiders.lapse import marks_on
from spiders.recognise import platform_for

SORTS = {"fits", "says_more", "says_less"}
BASE = "http://127.0.0.1"


def originals(seed: int) -> Iterator[tuple[str, Publication, list[bool]]]:
    """Family, article and what each mark on its page is worth, on the year's last day."""
    year = build_year(random_register(seed), seed)
    for site in year.city.sites:
        now = site_on(site, year.looks[-1])
        made = pages(now, year.looks[-1], BASE)
        for p in now.publications:
            path = article_path(now, p)
            if path in made and (SORTS | {"silent"}) & p.source.faults:
                document = Document.from_bytes(made[path]({}).body, BASE + path)
                marks = marks_on(document, platform_for(document, "auto").read_article(document))
                yield site.profile.family.value, p, [mark.is_read for mark in marks]


def test_marks_are_read_on_the_pages_of_every_family() -> None:
    families = set()
    for seed in (61, 64, 68, 70, 77, 78):
        for family, p, read in originals(seed):
            families.add(family)
            told = (seed, family, p.title, p.source.faults)
            if not p.edited:
                assert read == [], told
            elif "silent" in p.source.faults:
                assert read, told
                assert not any(read), told
            else:
                assert any(read), told
    assert len(families) >= 5
