"""The catalogues say the same things in both languages, and name every code."""

import re
from pathlib import Path

import pytest

import reports
from checks.reviews import Action
from checks.verdict import Flag, ReasonCode, Refusal, Status
from db.facts import ClockName, FetchOutcome, Stop
from plans.register import Cadence
from reports.evidence import Check, Role
from reports.tables import COLUMNS
from reports.texts import CatalogueError, Lang, check_alike, read_catalogue, texts

FOLDER = Path(reports.__file__).parent
VOCABULARIES = {
    "status": Status,
    "letter": Status,
    "meaning": Status,
    "flag": Flag,
    "meaning_of_flag": Flag,
    "reason": ReasonCode,
    "advice": ReasonCode,
    "refusal": Refusal,
    "doubt": Refusal,
    "stop": Stop,
    "outcome": FetchOutcome,
    "clock": ClockName,
    "cadence": Cadence,
    "csv": COLUMNS,
    "action": Action,
    "check": Check,
    "exhibit": Role,
}


def test_both_languages_have_the_same_keys_and_placeholders():
    assert texts(Lang.ZH).entries.keys() == texts(Lang.EN).entries.keys()


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("prefix", VOCABULARIES)
def test_every_code_has_a_name(lang, prefix):
    words = texts(lang)
    assert all(words(f"{prefix}.{code}") for code in VOCABULARIES[prefix])


@pytest.mark.parametrize("lang", Lang)
def test_letters_tell_the_statuses_apart_without_colour(lang):
    letters = [texts(lang)(f"letter.{status}") for status in Status]
    assert len(set(letters)) == len(Status)
    assert all(len(letter) == 1 for letter in letters)


def test_statuses_are_named_as_the_design_names_them():
    names = [texts(Lang.ZH)(f"status.{status}") for status in Status]
    assert names == ["按时公开", "迟发", "逾期未公开", "未公开", "未到期", "无法判定", "需人工核查"]


def test_a_key_that_one_language_lacks_is_an_error():
    with pytest.raises(CatalogueError, match=r"card\.late"):
        check_alike({"card.late": "x"}, {})


def test_a_placeholder_that_one_language_lacks_is_an_error():
    with pytest.raises(CatalogueError, match="card"):
        check_alike({"card": "{n} 项"}, {"card": "items"})


def test_a_catalogue_holds_only_words(tmp_path):
    (tmp_path / "bad.yaml").write_text("card:\n  late: 3\n", "utf-8")
    with pytest.raises(CatalogueError, match=r"card\.late"):
        read_catalogue(tmp_path / "bad.yaml")


def test_no_key_is_left_over():
    code = "".join(p.read_text("utf-8") for pattern in ("*.py", "templates/*.j2") for p in FOLDER.glob(pattern))
    named = set(re.findall(r"[\"']([a-z_]+\.[a-z_0-9]+)[\"']", code)) | {
        "lang",
        "gap",
        "list_comma",
        "none",
        "unknown",
        "yes",
        "no",
    }
    computed = re.compile(r"(section|period|method\.rule|clock\.first_seen|scorecard\.empty_|selfcheck|criteria)")
    labels = {
        f"explain.{name}" for name in re.findall(r"[\"']([a-z_]+)[\"']", (FOLDER / "explanation.py").read_text("utf-8"))
    }
    named |= labels
    unused = [
        key
        for key in texts(Lang.ZH).entries
        if key not in named and key.split(".")[0] not in VOCABULARIES and not computed.match(key)
    ]
    assert unused == []
