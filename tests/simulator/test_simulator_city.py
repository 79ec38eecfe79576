"""The practice city itself: the same every time, with every fault, and a key that follows DESIGN's rules."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from plans.load import PlanFileError
from plans.register import Register
from simulator.answers import answer_key
from simulator.city import City, CitySite, Publication
from simulator.families import pages
from simulator.publishing import build_city
from simulator.scenario import Scenario, load_scenario

AS_OF = dt.date(2018, 2, 15)
WANTED = {
    "late never undated incomplete early_address cumulative no_year merged_january backdated interpretation adjustment "
    "sticky out_of_order second_column attachment_only cut_titles migrated charset_gb2312 charset_gbk related_column "
    "static_part list_break_500 dates_list_only dates_page_only robots_forbid unreachable blocked_403 empty_column "
    "without_column"
}


def key(city: City, as_of: dt.date, at: dt.date | None = None) -> list[dict]:
    return answer_key(city, as_of, lambda _, publication: str(publication.number), at)


def every_byte(city: City) -> dict[str, bytes]:
    return {f"{s.id}{path}": make({}).body for s in city.sites for path, make in pages(s, AS_OF, "http://x").items()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(register: Register, demo: City) -> None:
    first, again = every_byte(demo), every_byte(build_city(register, load_scenario("demo")))
    assert first == again
    assert key(demo, AS_OF) == key(build_city(register, load_scenario("demo")), AS_OF)
    assert first != every_byte(build_city(register, load_scenario("demo"), seed=5))


def test_the_demo_plants_every_fault(demo: City) -> None:
    wanted = set(" ".join(WANTED).split())
    assert wanted <= set(demo.faults), wanted - set(demo.faults)


def test_the_demo_knows_every_status_of_a_closed_year(demo: City) -> None:
    found = Counter(answer["status"] for answer in key(demo, AS_OF))
    assert set(found) == {"on_time", "late", "missing", "inconclusive", "not_due"}
    reasons = {answer["reason"] for answer in key(demo, AS_OF) if answer["status"] == "inconclusive"}
    assert reasons == {"unreachable", "blocked", "robots", "truncated", "undated", "column_not_found"}


def test_left_out_obligations_are_named_with_a_reason(demo: City) -> None:
    assert ("4-1", "not periodic") in demo.skipped


def test_an_orderly_city_has_no_findings(register: Register) -> None:
    city = build_city(register, load_scenario("orderly"))
    assert {answer["status"] for answer in key(city, dt.date(2018, 4, 30))} == {"on_time"}


def one_month(status_day: dt.date, register: Register) -> str:
    """What the key says about 2017-05 of 1-1, due on 2017-06-25 and never published."""
    city = build_city(register, Scenario.model_validate({"sites": [{"family": "trs"}]}))
    site = city.sites[0]
    site.publications = [p for p in site.publications if ("1-1", "2017-05") not in p.serves]
    return next(a for a in key(city, status_day) if (a["obligation"], a["period"]) == ("1-1", "2017-05"))["status"]


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        (dt.date(2017, 6, 24), "not_due"),
        (dt.date(2017, 6, 25), "not_due"),
        (dt.date(2017, 6, 26), "overdue"),
        (dt.date(2017, 7, 25), "overdue"),  # the next one is due on this day, its due date has not passed
        (dt.date(2017, 7, 26), "missing"),
        (dt.date(2018, 1, 1), "missing"),
    ],
)
def test_an_absent_instalment_at_its_deadline_and_the_next(as_of: dt.date, status: str, register: Register) -> None:
    assert one_month(as_of, register) == status


def test_what_goes_online_later_is_not_seen_yet(demo: City) -> None:
    late = next(a for a in key(demo, AS_OF) if a["status"] == "late")
    before = dt.date.fromisoformat(late["published"]) - dt.timedelta(days=1)
    same = next(
        a for a in key(demo, before, before) if a["obligation"] == late["obligation"] and a["period"] == late["period"]
    )
    assert same["status"] in ("overdue", "missing", "not_due", "inconclusive")


def test_a_backdated_run_bears_one_day_in_its_addresses_and_neighbouring_numbers(demo: City) -> None:
    run = sorted((p for s in demo.sites for p in s.publications if "backdated" in p.faults), key=lambda p: p.number)
    assert len(run) >= 4
    assert len({p.url_day for p in run[:4]}) == 1
    assert len({p.day for p in run[:4]}) == 4
    assert [p.number - run[0].number for p in run[:4]] == [0, 1, 2, 3]


def test_running_numbers_grow_with_the_real_moment(demo: City) -> None:
    def grows(site: CitySite) -> bool:
        ordered: list[Publication] = sorted(site.publications, key=lambda p: p.number)
        return [p.moment for p in ordered] == sorted(p.moment for p in ordered)

    assert all(grows(site) for site in demo.sites)


def test_a_scenario_with_an_unknown_key_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("sites:\n  - {family: trs}\nitems: {latte: 0.1}\n", encoding="utf-8")
    with pytest.raises(PlanFileError, match="latte"):
        load_scenario(path)
