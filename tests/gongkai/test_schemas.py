"""The committed JSON Schemas are those of the models, and accept the files that are shipped."""

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from gongkai.schemas import MODELS
from plans.schema import FOLDER, schema

ROOT = Path(__file__).parents[2]
SHIPPED = {
    "scoring-model.schema.json": sorted((ROOT / "checks" / "models").glob("*.yaml")),
    "indicators.schema.json": sorted((ROOT / "checks" / "indicators").glob("*.yaml")),
    "bulletin-wording.schema.json": sorted((ROOT / "reports" / "templates").glob("bulletin.*.yaml")),
}
SCHEDULE = {
    "jobs": [
        {
            "id": "monthly",
            "register": "register.yaml",
            "sites": "sites.yaml",
            "db": "sqlite:///audit.sqlite",
            "out": "out",
            "when": {"at": "07:30", "day": "last"},
        }
    ],
    "notices": {"to": [{"name": "office", "address": "env:OFFICE"}], "quiet": {"from": "22:00", "to": "07:00"}},
}


def committed(name: str) -> dict[str, object]:
    found = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("name", sorted(MODELS))
def test_the_committed_schema_is_that_of_the_model(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == schema(MODELS[name]), "run: python -m gongkai.schemas"


def test_no_committed_schema_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == set(MODELS)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_what_is_shipped_fits_its_schema(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="no JSON Schema validator is installed")
    assert SHIPPED[name]
    for path in SHIPPED[name]:
        jsonschema.validate(YAML(typ="safe", pure=True).load(path.read_text("utf-8")), committed(name))


def test_a_schedule_fits_its_schema_and_a_misspelt_key_does_not() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="no JSON Schema validator is installed")
    known = committed("schedule.schema.json")
    jsonschema.validate(SCHEDULE, known)
    with pytest.raises(jsonschema.ValidationError, match="notice"):
        jsonschema.validate({"jobs": SCHEDULE["jobs"], "notice": {}}, known)
