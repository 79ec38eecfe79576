"""The committed JSON Schemas are those of the models, and agree with the loader on the fixtures."""

import pytest

from plans.schema import FOLDER, MODELS, schema


@pytest.mark.parametrize("name", sorted(MODELS))
def test_the_committed_schema_is_current(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == schema(MODELS[name]), "run: python -m gongkai.schemas"


def test_the_schemas_close_every_object():
    for model in MODELS.values():
        definitions = model.model_json_schema()
        for part in (definitions, *definitions["$defs"].values()):
            assert part.get("type") != "object" or part["additionalProperties"] is False
