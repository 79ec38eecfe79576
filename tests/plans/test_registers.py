"""Every register against what was counted and read by hand in its plan (`truth/*.yaml`)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from register_truth import Place, Section, Stated, item_of, place, section_of

from checks.matching import plain_title
from plans.agencies import sites_for
from plans.lint import lint_file
from plans.register import Cadence, CheckMode, Evidence, Kind, Obligation, Vague
from plans.words import is_catch_all, words

PLACES = [place(f"{name}-2017") for name in ("zhuhai", "doumen", "nansha", "shenzhen", "guangyuan")]
RECURRING = set(Cadence) - {Cadence.ONCE, Cadence.ON_EVENT, Cadence.STANDING}
# Beside the catch-all columns of words.yaml: columns that are full on every portal and are no list of anything.
ALL_SORTS = {"政策法规", "规范性文件", "规划计划", "公开目录"}
LONGEST_QUOTE = 20  # characters in a row: a name may be that long, a sentence of the plan may not

each_place = pytest.mark.parametrize("here", PLACES, ids=[here.truth.plan for here in PLACES])


def fits(evidence: Evidence, title: str) -> bool:
    wanted = any(re.search(pattern, title) for pattern in evidence.title)
    return wanted and not any(re.search(pattern, title) for pattern in evidence.exclude)


def answers(evidence: Evidence, title: str) -> set[bool]:
    """What the evidence says to a title as it is written and as it is searched."""
    return {fits(evidence, title), fits(evidence, plain_title(title))}


def unbroken(text: str) -> str:
    return "".join(text.split())


def of(here: Place, key: str) -> list[Obligation]:
    """The obligations that a key of the truth names: one by its id, or all of a measure."""
    return [o for o in here.obligations if key in (o.id, o.measure)]


def titles(field: str) -> list[ParameterSet]:
    return [
        pytest.param(here, key, title, id=f"{here.truth.plan}-{key}-{title}")
        for here in PLACES
        for key, several in getattr(here.truth, field).items()
        for title in several
    ]


def entries(field: str) -> list[ParameterSet]:
    """(place, key, value) for all entries of a mapping of the truth, (place, key) for those of a list."""
    found: list[ParameterSet] = []
    for here in PLACES:
        listed: Mapping[str, object] | Iterable[str] = getattr(here.truth, field)
        rows = listed.items() if isinstance(listed, Mapping) else [(key,) for key in listed]
        found.extend(pytest.param(here, *row, id=f"{here.truth.plan}-{row[0]}") for row in rows)
    return found


@each_place
def test_the_register_and_its_sites_have_no_errors(here: Place) -> None:
    assert lint_file(here.register_file, here.sites_file, "en").errors == ()


@each_place
def test_the_only_doubts_are_limits_that_the_plan_leaves_open(here: Place) -> None:
    doubts = lint_file(here.register_file, here.sites_file, "en").doubts
    judged = [o for o in here.obligations if o.check is CheckMode.AUTOMATIC and o.kind is Kind.PERIODIC]
    assert {doubt.message.split(":")[0] for doubt in doubts} == {"no due"}
    assert len(doubts) == len([o for o in judged if o.due is None])


@pytest.mark.parametrize(("here", "name", "section"), entries("sections"))
def test_each_section_has_every_measure_and_no_other(here: Place, name: str, section: Section) -> None:
    assert {item_of(o) for o in here.obligations if section_of(o) == name} == section.items


@each_place
def test_there_are_as_many_measures_as_counted(here: Place) -> None:
    counted = sum(len(section.items) for section in here.truth.sections.values())
    assert len({o.measure for o in here.obligations}) == counted == here.truth.measures


@each_place
def test_the_sections_stand_in_the_order_of_the_plan(here: Place) -> None:
    assert list(dict.fromkeys(map(section_of, here.obligations))) == list(here.truth.sections)


@each_place
def test_no_id_is_given_twice(here: Place) -> None:
    assert [key for key, many in Counter(o.id for o in here.obligations).items() if many > 1] == []


@each_place
def test_an_id_names_its_section_and_item(here: Place) -> None:
    for obligation in here.obligations:
        section = here.truth.sections[section_of(obligation)]
        assert re.fullmatch(rf"{re.escape(section.id)}-{item_of(obligation)}[a-z]?", obligation.id), obligation.id


@each_place
def test_the_letters_of_a_measure_run_from_a(here: Place) -> None:
    for measure, many in Counter(o.measure for o in here.obligations).items():
        letters = [o.id[-1] for o in of(here, measure)]
        expected = [chr(ord("a") + i) for i in range(many)]
        assert letters == expected or (many == 1 and letters[0].isdigit()), measure


@pytest.mark.parametrize(("here", "key", "stated"), entries("stated"))
def test_a_stated_period_or_limit_is_exact(here: Place, key: str, stated: Stated) -> None:
    obligation = here.by_id[key]
    assert (obligation.cadence, obligation.due) == (stated.cadence, stated.due)


@each_place
def test_no_other_obligation_claims_a_limit_or_a_recurring_cadence(here: Place) -> None:
    assert {o.id for o in here.obligations if o.due or o.cadence in RECURRING} == set(here.truth.stated)


@pytest.mark.parametrize(("here", "vague", "expected"), [*entries("vague"), *entries("vague_measures")])
def test_vague_words_stand_where_the_plan_has_them(here: Place, vague: Vague, expected: tuple[str, ...]) -> None:
    found = [o for o in here.obligations if o.vague is vague]
    by_measure = vague in here.truth.vague_measures
    assert {o.measure if by_measure else o.id for o in found} == set(expected)


@each_place
def test_regularly_and_as_appropriate_name_no_cadence_unless_the_plan_does(here: Place) -> None:
    vague = [o for o in here.obligations if o.vague in (Vague.REGULARLY, Vague.AS_APPROPRIATE)]
    assert [o.id for o in vague if o.due] == []
    assert [o.id for o in vague if o.vague is Vague.REGULARLY and o.cadence] == []
    assert {o.id for o in vague if o.cadence} == set(here.truth.appropriate_otherwise)


@each_place
def test_timely_hangs_on_an_event_unless_a_list_must_stand_or_a_single_thing_is_named(here: Place) -> None:
    usual = (Cadence.ON_EVENT, Cadence.STANDING, Cadence.ONCE)
    others = {o.id for o in here.obligations if o.vague is Vague.TIMELY and o.cadence not in usual}
    assert others == set(here.truth.timely_otherwise)


@pytest.mark.parametrize(("here", "key"), entries("sounds_periodic"))
def test_words_that_only_sound_like_a_cadence_give_none(here: Place, key: str) -> None:
    assert here.by_id[key].cadence in (None, Cadence.ON_EVENT)


@each_place
def test_official_statistics_alone_merge_january_with_february(here: Place) -> None:
    assert {o.id for o in here.obligations if o.merge_january} == set(here.truth.merge_january)


@pytest.mark.parametrize(("here", "key"), entries("standing"))
def test_a_list_that_must_stand_is_standing_in_kind_and_cadence(here: Place, key: str) -> None:
    assert (here.by_id[key].kind, here.by_id[key].cadence) == (Kind.STANDING, Cadence.STANDING)


@each_place
def test_a_standing_list_is_not_proven_by_a_column_of_all_sorts(here: Place) -> None:
    standing = [o for o in here.obligations if o.kind is Kind.STANDING]
    general = {o.id: tuple(c for c in o.evidence.columns if c in ALL_SORTS or is_catch_all(c)) for o in standing}
    assert {key: columns for key, columns in general.items() if columns} == here.truth.columns_of_all_sorts


@each_place
def test_what_a_machine_looks_for_can_be_recognised_and_found(here: Place) -> None:
    for obligation in here.obligations:
        if obligation.check is not CheckMode.MANUAL:
            assert obligation.evidence.title, obligation.id
            assert obligation.evidence.columns, obligation.id


@each_place
def test_what_is_judged_without_a_person_has_a_time_and_a_column_of_its_own(here: Place) -> None:
    """The register's defaults read 定期 and 适时 as a cadence; 及时 alone is none."""
    for obligation in here.obligations:
        if obligation.check is CheckMode.AUTOMATIC:
            read_as_cadence = obligation.vague in (Vague.REGULARLY, Vague.AS_APPROPRIATE)
            assert obligation.due or obligation.cadence or read_as_cadence, obligation.id
            assert [c for c in obligation.evidence.columns if not is_catch_all(c)], obligation.id


@each_place
def test_events_and_duties_are_never_judged_without_a_person(here: Place) -> None:
    judged = {o.kind for o in here.obligations if o.check is CheckMode.AUTOMATIC}
    assert judged <= {Kind.PERIODIC, Kind.STANDING, Kind.LABEL}


@each_place
def test_inner_duties_are_left_to_people(here: Place) -> None:
    assert {o.check for o in here.obligations if o.kind is Kind.DUTY} == {CheckMode.MANUAL}


@each_place
def test_what_is_left_to_people_needs_no_evidence(here: Place) -> None:
    assert not [o.id for o in here.obligations if o.check is CheckMode.MANUAL and o.evidence.title]


@pytest.mark.parametrize(("here", "key", "title"), titles("accepted"))
def test_evidence_takes_titles_as_portals_write_them(here: Place, key: str, title: str) -> None:
    assert answers(here.by_id[key].evidence, title) == {True}


@pytest.mark.parametrize(("here", "key", "title"), titles("refused"))
def test_evidence_turns_near_misses_down(here: Place, key: str, title: str) -> None:
    assert answers(here.by_id[key].evidence, title) == {False}


@each_place
def test_every_automatic_obligation_has_a_title_of_its_own_in_the_truth(here: Place) -> None:
    assert {o.id for o in here.obligations if o.check is CheckMode.AUTOMATIC} <= here.truth.accepted.keys()


@pytest.mark.parametrize(("here", "key", "lead"), entries("leads"))
def test_leads_stand_as_the_plan_names_them(here: Place, key: str, lead: tuple[str, ...]) -> None:
    assert {o.lead for o in of(here, key)} == {lead}


@each_place
def test_every_place_is_a_known_site_or_channel(here: Place) -> None:
    known = {site.id for site in here.sites.sites} | set(words().channels)
    assert {name for o in here.obligations for name in o.where} <= known


@each_place
def test_what_a_machine_looks_for_has_a_site_for_each_agency(here: Place) -> None:
    for obligation in here.obligations:
        if obligation.check is not CheckMode.MANUAL:
            found = sites_for(obligation, here.sites)
            assert all(agency.sites for agency in found), obligation.id
            if not set(obligation.lead) & set(here.truth.collective):
                assert [agency.agency for agency in found] == list(obligation.lead), obligation.id


@each_place
def test_no_site_is_called_verified_before_somebody_looked(here: Place) -> None:
    assert {site.verified for site in here.sites.sites} == {False}
    assert not [site.id for site in here.sites.sites if site.columns]


def our_words(here: Place, file: Path) -> str:
    """A file without the plan's title, where it is as long as a sentence: it names the document."""
    text, title = file.read_text(encoding="utf-8"), here.register.plan.title
    return unbroken(text if len(title) < LONGEST_QUOTE else text.replace(title, "|", 1))


@each_place
@pytest.mark.parametrize("file", ["register_file", "sites_file"])
def test_no_sentence_of_the_plan_is_copied(here: Place, file: str) -> None:
    if not here.seed.is_file():
        pytest.skip("the plan itself is not part of the project")
    plan, ours = unbroken(here.seed.read_text(encoding="utf-8")), our_words(here, getattr(here, file))
    runs = (ours[start : start + LONGEST_QUOTE] for start in range(len(ours) - LONGEST_QUOTE + 1))
    assert [run for run in runs if run in plan] == []
