"""Whose part of an obligation is looked for where."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.agencies import collective_levels, sites_for
from plans.load import load_sites
from plans.register import Obligation
from plans.sites import Level, Site, Sites

SITES = load_sites(Path(__file__).parent / "fixtures" / "sites.yaml")


def obligation(*lead: str, where: tuple[str, ...] = ()) -> Obligation:
    return Obligation(id="1-1", measure="一/1", title="x", lead=lead, kind="duty", where=where)


def places(*lead: str, where: tuple[str, ...] = (), sites: Sites = SITES) -> list[tuple[str, list[str], list[str]]]:
    found = sites_for(obligation(*lead, where=where), sites)
    return [(place.agency, [site.id for site in place.sites], list(place.channels)) for place in found]


def city(**agencies: str) -> Sites:
    return Sites(sites=[Site(id=key, name=a, agency=a, url="http://127.0.0.1/") for key, a in agencies.items()])


def test_without_where_a_lead_has_all_its_own_sites():
    assert places("市财政局") == [("市财政局", ["czj"], [])]


def test_each_lead_has_an_entry_in_the_register_s_order():
    assert places("市统计局", "市财政局") == [("市统计局", ["tjj"], []), ("市财政局", ["czj"], [])]


def test_a_lead_without_any_site_has_an_entry_without_sites():
    assert places("市粮食局") == [("市粮食局", [], [])]


def test_listed_sites_go_to_the_lead_that_owns_them():
    assert places("市财政局", "市统计局", where=("czj", "tjj")) == [
        ("市财政局", ["czj"], []),
        ("市统计局", ["tjj"], []),
    ]


def test_a_shared_portal_counts_for_all_leads():
    where = ("portal", "czj")
    assert places("市财政局", "市统计局", where=where) == [
        ("市财政局", ["portal", "czj"], []),
        ("市统计局", ["portal"], []),
    ]


def test_a_portal_whose_office_is_itself_a_lead_is_not_shared():
    assert places("市财政局", "市府办", where=("portal", "czj")) == [
        ("市财政局", ["czj"], []),
        ("市府办", ["portal"], []),
    ]


def test_names_in_where_that_are_no_site_are_channels():
    assert places("市财政局", where=("wechat", "czj", "newspaper")) == [("市财政局", ["czj"], ["wechat", "newspaper"])]


def test_channels_alone_leave_no_site():
    assert places("市财政局", where=("wechat",)) == [("市财政局", [], ["wechat"])]


@pytest.mark.parametrize(
    ("phrase", "levels"),
    [
        ("各区", (Level.DISTRICT,)),
        ("各区（功能区）", (Level.DISTRICT,)),
        ("各县(市、区)人民政府", (Level.DISTRICT,)),
        ("各部门", (Level.DEPARTMENT,)),
        ("各部门、各单位", (Level.DEPARTMENT,)),
        ("各区（功能区）、各部门", (Level.DISTRICT, Level.DEPARTMENT)),
        ("各镇（街）、各部门", (Level.TOWN, Level.DEPARTMENT)),
        ("各乡镇(街道办)", (Level.TOWN,)),
        ("各有关部门", ()),
        ("各部门、市财政局", ()),
        ("市财政局", ()),
        ("、", ()),
        ("（各区）", ()),
    ],
)
def test_collective_phrases(phrase, levels):
    assert collective_levels(phrase) == levels


def test_collective_leads_stand_for_all_agencies_of_their_levels_in_the_file_s_order():
    assert [name for name, _, _ in places("各区（功能区）、各部门")] == [
        "市财政局",
        "临海市统计局",
        "东湖区人民政府",
        "西湖区人民政府",
    ]
    assert places("各镇（街）") == [("石镇政府", ["shizhen"], [])]


def test_where_restricts_a_collective_lead():
    assert places("各区", where=("xihu", "czj")) == [("西湖区人民政府", ["czj", "xihu"], [])]


def test_a_collective_lead_that_where_leaves_without_members_keeps_its_phrase_and_the_shared_site():
    assert places("各区", where=("portal",)) == [("各区", ["portal"], [])]


def test_an_agency_named_twice_has_one_entry():
    assert [name for name, _, _ in places("市统计局", "临海市统计局", "市统计局", "各部门")] == ["市统计局", "市财政局"]


@pytest.mark.parametrize("lead", ["市财政局", "珠海市财政局", " 市 财政局", "市财政局\u3000"])
@pytest.mark.parametrize("agency", ["市财政局", "珠海市财政局"])
def test_blanks_and_a_place_s_name_do_not_part_an_agency_from_its_site(lead, agency):
    assert [ids for _, ids, _ in places(lead, sites=city(a=agency))] == [["a"]]


@pytest.mark.parametrize(
    ("lead", "agencies"),
    [
        ("市财政局", {"a": "珠海市财政局", "b": "中山市财政局"}),  # two fit: neither is taken
        ("公安局", {"a": "森林公安局"}),
        ("财政局", {"a": "香洲区财政局"}),
        ("市场监管局", {"a": "香洲区市场监管局"}),
        ("市教育局", {"a": "区教育局"}),
        ("局", {"a": "市财政局"}),
    ],
)
def test_another_office_is_never_taken_for_the_lead(lead, agencies):
    assert places(lead, sites=city(**agencies)) == [(lead, [], [])]


def test_an_exact_name_goes_before_one_with_a_place():
    assert places("市财政局", sites=city(a="珠海市财政局", b="市财政局")) == [("市财政局", ["b"], [])]


NAMES = st.sampled_from(
    ["市财政局", "临海市财政局", "市统计局", "各区", "各部门", "市府办", "石镇政府", "x", "各区、各部门"]
)
WHERE = st.lists(st.sampled_from(["portal", "czj", "tjj", "donghu", "shizhen", "wechat", "nowhere"]), unique=True)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(NAMES, min_size=1, max_size=4), WHERE)
def test_entries_are_unique_ordered_and_hold_only_what_where_names(lead, where):
    found = places(*lead, where=tuple(where))
    assert found
    assert len({name for name, _, _ in found}) == len(found)
    order = [site.id for site in SITES.sites]
    for _, ids, channels in found:
        assert ids == sorted(set(ids), key=order.index)
        assert channels == [name for name in where if name not in order and name != "nowhere"]  # no site, no channel
        assert not where or set(ids) <= set(where)
    if where:
        assert {i for _, ids, _ in found for i in ids} == set(where) & set(order), "no listed site is lost"
